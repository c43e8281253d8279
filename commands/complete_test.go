package commands

import (
	"strings"
	"testing"
	"unicode/utf8"

	"summitbot/facts"
)

// TestSuggestions types into every option that is completed, in every
// language: what comes fits Discord's list.
func TestSuggestions(t *testing.T) {
	env := embedded(t)
	inputs := map[string]bool{ // whether nothing may be found
		"": false, "a": false, "Where was the summit held?": true, "부산": true, "石破": true, "=": true, "\x00\xff🎪": true, strings.Repeat("e", maxTyped): true,
	}
	for _, lang := range []string{"en-US", "ko", "ja", "xx"} {
		for _, c := range callable() {
			for _, o := range c.Options {
				if !o.Suggests {
					continue
				}
				for typed, mayBeNone := range inputs {
					list := c.Suggest(env, Call{Lang: lang, User: curator, Options: map[string]string{o.Name: typed}}, o.Name)
					checkSuggestions(t, list)
					if len(list) == 0 && !mayBeNone && (!c.Curators || typed == "" && c.Name != "restore") { // those search titles alone
						t.Errorf("%s %s in %q: nothing for %q", c.Name, o.Name, lang, typed)
					}
				}
			}
		}
	}
}

// checkSuggestions holds a list to Discord's limits
// (https://docs.discord.com/developers/interactions/application-commands).
func checkSuggestions(t testing.TB, list []Suggestion) {
	t.Helper()
	if len(list) > 25 {
		t.Errorf("%d suggestions", len(list))
	}
	seen := map[string]bool{}
	for _, s := range list {
		if n := utf8.RuneCountInString(s.Label); n < 1 || n > 100 {
			t.Errorf("a label of %d characters: %q", n, s.Label)
		}
		if n := utf8.RuneCountInString(s.Value); n < 1 || n > 100 {
			t.Errorf("a value of %d characters: %q", n, s.Value)
		}
		if seen[s.Value] {
			t.Errorf("%q stands there twice", s.Value)
		}
		seen[s.Value] = true
	}
}

// TestSuggestNothing finds nothing for what nobody types.
func TestSuggestNothing(t *testing.T) {
	env := embedded(t)
	for _, c := range callable() {
		for _, o := range c.Options {
			for _, typed := range []string{strings.Repeat("qx", 3000), strings.Repeat("e", 6000), strings.Repeat("부산 ", 2000)} {
				if !o.Suggests {
					continue
				}
				if list := c.Suggest(env, Call{Lang: "ko", Options: map[string]string{o.Name: typed}}, o.Name); len(list) > 0 {
					t.Errorf("%s: %d suggestions for %.10q", c.Name, len(list), typed)
				}
			}
		}
	}
}

// TestPickedSuggestion asks what each suggestion stands for: the fact itself.
func TestPickedSuggestion(t *testing.T) {
	env := embedded(t)
	for _, lang := range Languages {
		for _, s := range suggestQuestions(env, Call{Lang: lang, Options: map[string]string{"question": ""}}, "question") {
			r := called(t, env, AskName, Call{Lang: lang, Options: map[string]string{"question": s.Value}})
			if r.Outcome != facts.Answer || pickedMark+r.Facts[0].ID != s.Value || r.Lang != lang {
				t.Errorf("%+v in %s: got %+v", s, lang, r.Facts)
			}
		}
	}
}

// TestSuggestByMeaning offers what the engine finds behind what is typed
// letter by letter.
func TestSuggestByMeaning(t *testing.T) {
	env, _ := envOf(fairBase())
	typed := "fair harbour" // in another order than in any phrasing
	if list := factShelf(env.snapshot(), "en", true).find(typed); len(list) != 0 {
		t.Fatalf("letter by letter: %v", list)
	}
	list := suggestQuestions(env, Call{Lang: "en", Options: map[string]string{"question": typed}}, "question")
	if len(list) == 0 || list[0].Value != "=fair/fair-day" || list[0].Label != "The day" {
		t.Errorf("got %v", list)
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		text string
		most int
		want string
	}{
		{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"가나다라", 3, "가나…"}, {"ab", 1, "…"},
	}
	for _, tt := range tests {
		if got := cut(tt.text, tt.most); got != tt.want {
			t.Errorf("%q to %d: got %q", tt.text, tt.most, got)
		}
	}
}
