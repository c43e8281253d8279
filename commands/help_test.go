package commands

import (
	"slices"
	"strings"
	"testing"

	"summitbot/facts"
)

// TestExamplesWork asks every example that help gives: it must be answered,
// in each language.
func TestExamplesWork(t *testing.T) {
	env := embedded(t)
	for _, lang := range Languages {
		for name, r := range map[string]Reply{
			"help":      called(t, env, "help", Call{Lang: lang}),
			"a mention": Introduce(env, lang),
			"who":       Compose(env.snapshot(), "", facts.Decision{Outcome: facts.Smalltalk, Smalltalk: facts.WhoAmI, Lang: lang}),
		} {
			if len(r.Examples) < 2 || r.Heading != Say(lang, tryAsking) {
				t.Errorf("%s in %s: %q below %q", name, lang, r.Examples, r.Heading)
			}
			for _, question := range r.Examples {
				if got := AskIn(env, Call{Text: question, Lang: lang}); got.Outcome != facts.Answer || got.Lang != lang {
					t.Errorf("%s in %s: %q leads to %s in %s", name, lang, question, got.Outcome, got.Lang)
				}
			}
		}
	}
}

// TestHelp names every command that can be typed, those for curators to
// curators alone.
func TestHelp(t *testing.T) {
	env, _ := envOf(fairBase())
	for _, user := range []string{"1", curator} {
		r := called(t, env, "help", Call{Lang: "ja", User: user})
		var want []string
		for _, c := range All() {
			if !c.OnMessage && (!c.Curators || user == curator) {
				want = append(want, "/"+c.Name)
			}
		}
		var got []string
		for _, line := range r.Entries[0].Lines {
			name, about, _ := strings.Cut(line, " · ")
			if got = append(got, name); about == "" {
				t.Errorf("%s is not explained", name)
			}
		}
		same(t, "commands", got, want)
		if !r.Private || !slices.Contains(got, "/ask") || !strings.Contains(r.Body, "The fair") {
			t.Errorf("got %+v", r)
		}
	}
}

// TestIntroduce is said to all, in the language of who mentions the bot.
func TestIntroduce(t *testing.T) {
	env, _ := envOf(fairBase())
	r := Introduce(env, "ko-KR")
	checkReply(t, r)
	if r.Private || r.Lang != "ko" || !strings.Contains(r.Body, "축제") || len(r.Examples) != 0 {
		t.Errorf("got %+v", r)
	}
}
