package commands

import (
	"slices"
	"strings"
	"testing"

	"summitbot/facts"
)

func TestActionID(t *testing.T) {
	tests := []struct {
		action Action
		id     string
	}{
		{Action{Verb: "pass"}, "1/pass"},
		{Action{Verb: "choose"}, "1/choose"},
		{onFact("fact", "market/opening"), "1/fact/market/opening"},
		{onFact("no", "market/opening", "0a1b2c3d"), "1/no/market/opening/0a1b2c3d"},
	}
	for _, tt := range tests {
		if got := tt.action.ID(); got != tt.id {
			t.Errorf("got %q, want %q", got, tt.id)
		}
		a, err := ParseAction(tt.id)
		if err != nil || a.Verb != tt.action.Verb || !slices.Equal(a.Args, tt.action.Args) {
			t.Errorf("%q: got %+v, %v", tt.id, a, err)
		}
	}
	if got := onFact("yes", "market/opening", "0").factID(); got != "market/opening" {
		t.Errorf("the fact is %q", got)
	}
}

// TestLongestIDs holds the longest ids of a base that may be to Discord's
// limit: 1/sources/ + 40 + / + 40 = 91, 1/yes/ + 40 + / + 40 + / + 8 = 96.
func TestLongestIDs(t *testing.T) {
	id := strings.Repeat("b", facts.MaxID) + "/" + strings.Repeat("f", facts.MaxID)
	for name, v := range verbs {
		a := onFact(name, id, []string{(&facts.Fact{}).Revision()}[:max(0, v.args-2)]...)
		a.Args = a.Args[:v.args]
		if _, err := ParseAction(a.ID()); err != nil || len(a.ID()) > MaxActionID {
			t.Errorf("%s has %d characters: %v", a.ID(), len(a.ID()), err)
		}
	}
}

// TestUnknownActions presses what no reply of this version has.
func TestUnknownActions(t *testing.T) {
	env, kept := envOf(marketBase())
	for _, id := range []string{
		"", "/", "1", "1/", "1//", "fact", "fact/market/opening",
		"0/fact/market/opening", "2/fact/market/opening", "01/pass", "1 /pass", " 1/pass",
		"1/fly", "1/Fact/market/opening", "1/pass/", "1/pass/x",
		"1/fact", "1/fact/market", "1/fact/market/", "1/fact//opening", "1/fact/market/opening/more",
		"1/yes/market/opening", "1/yes/market/opening/", "1/no/market/opening/0/0", "1/why/x",
		"1/fact/market/" + strings.Repeat("x", MaxActionID),
	} {
		if _, err := ParseAction(id); err == nil {
			t.Errorf("%q is an action", id)
		}
		r := pressed(t, env, Call{Lang: "en-GB"}, id, "input")
		if !r.Private || r.Headline != "I do not know that button." || len(offers(r)) > 0 {
			t.Errorf("%q: got %+v", id, r)
		}
	}
	if len(kept.votes)+len(kept.passed) > 0 {
		t.Errorf("kept %+v", kept)
	}
}

// TestGone presses buttons of facts that are no longer there, or never were.
func TestGone(t *testing.T) {
	env, kept := envOf(marketBase())
	for _, id := range []string{
		"1/fact/market/never", "1/pick/market/never", "1/sources/market/never", "1/yes/market/never/0", "1/no/market/never/0", "1/why/market/never/0",
		"1/fact/fair/opening", "1/fact/market/fee", // a gap is no fact
	} {
		r := pressed(t, env, Call{Lang: "en", Own: true}, id, "")
		if !r.Private || r.Replaces || r.Headline != Say("en", factGone) || r.Body == "" {
			t.Errorf("%q: got %+v", id, r)
		}
	}
	if r := pressed(t, env, Call{Lang: "ko"}, "1/choose", "market/never"); r.Headline != Say("ko", factGone) {
		t.Errorf("a choice that is gone: %+v", r)
	}
	if len(kept.votes) > 0 {
		t.Errorf("kept %+v", kept.votes)
	}
}

// TestEveryOffer does all that replies about the embedded base offer to do,
// what the replies to that offer, and so on. Ids are checked on the way.
func TestEveryOffer(t *testing.T) {
	env := embedded(t)
	for _, lang := range Languages {
		t.Run(lang, func(t *testing.T) {
			seen := map[offer]bool{}
			for next := firstReplies(t, env, lang); len(next) > 0; {
				r := next[0]
				next = next[1:]
				for _, o := range offers(r) {
					if seen[o] {
						continue
					}
					seen[o] = true
					r := pressed(t, env, Call{Lang: lang, Text: "Who came?", Own: true}, o.id, o.input)
					if r.Headline == Say(lang, oldButton) || r.Headline == Say(lang, factGone) || r.Err != nil || r.Lang != lang {
						t.Errorf("%q with %q: got %+v", o.id, o.input, r)
					}
					next = append(next, r)
				}
			}
			// Of each fact: fact, sources, yes, no, why and a choice.
			if least := 6 * len(env.snapshot().Bases()[0].Facts); len(seen) < least {
				t.Errorf("only %d things were done, want %d", len(seen), least)
			}
		})
	}
}

// firstReplies are what every command says, and every fact shown as each
// outcome shows it.
func firstReplies(t *testing.T, env *Env, lang string) []Reply {
	var list []Reply
	for _, c := range callable() {
		list = append(list, c.Run(t.Context(), env, Call{Lang: lang, Text: "Japan", Options: map[string]string{"question": "Ishiba?", "fact": "summit", "name": "Ishiba"}}))
	}
	snapshot := env.snapshot()
	eachFact(snapshot, func(ref facts.Ref) {
		list = append(list, WithButtons(snapshot, Show(snapshot, ref, lang)))
		for _, outcome := range []facts.Outcome{facts.Choices, facts.Decline} {
			r := Compose(snapshot, "what", facts.Decision{Outcome: outcome, Lang: lang, Facts: []facts.Ref{ref}})
			r.Asked = "what"
			list = append(list, WithButtons(snapshot, r))
		}
	})
	for _, r := range list {
		checkReply(t, r)
	}
	return list
}

// TestMayReplace knows which replies may take the place of a message.
func TestMayReplace(t *testing.T) {
	for id, want := range map[string]bool{"1/pick/market/opening": true, "1/fact/market/opening": false, "1/pick": false, "2/pick/market/opening": false, "": false} {
		if got := MayReplace(id); got != want {
			t.Errorf("%q: got %t", id, got)
		}
	}
	for name := range replacing {
		if _, ok := verbs[name]; !ok {
			t.Errorf("there is no verb %q", name)
		}
	}
}
