package commands

import (
	"slices"
	"testing"

	"summitbot/facts"
)

func TestFact(t *testing.T) {
	env, _ := envOf(marketBase())
	tests := []struct{ name, typed, want string }{ // want: the fact, or what is said instead
		{"picked", "=market/season", "market/season"},
		{"picked, though out of date", "=market/old-price", "market/old-price"},
		{"a title", "Both prices", "market/prices"},
		{"letters in order", "bth prc", "market/prices"},
		{"a phrasing", "When did the market open?", "market/opening"},
		{"a pick that is gone", "=market/never", Say("en", factGone)},
		{"nothing like it", "qqqxxx", Say("en", factUnknown, "qqqxxx")},
		{"nothing", " ", Say("en", pickFromList)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := called(t, env, "fact", Call{Lang: "en-US", Options: map[string]string{"fact": tt.typed}})
			if r.Outcome == "" {
				if !r.Private || r.Headline != tt.want {
					t.Errorf("got %+v", r)
				}
				return
			}
			if r.Private || r.Outcome != facts.Answer || r.Facts[0].ID != tt.want {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// TestOpenFact opens facts by buttons and menus: for the one who presses.
func TestOpenFact(t *testing.T) {
	env, _ := envOf(marketBase())
	tests := []struct {
		name, id, input   string
		own               bool
		private, replaces bool
	}{
		{"button", "1/fact/market/season", "", false, true, false},
		{"menu", "1/choose", "market/season", true, true, false},
		{"a near tie, picked by the asker", "1/pick/market/season", "", true, false, true},
		{"a near tie, picked by somebody else", "1/pick/market/season", "", false, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := pressed(t, env, Call{Lang: "ko", Own: tt.own}, tt.id, tt.input)
			if r.Outcome != facts.Answer || r.Facts[0].ID != "market/season" || r.Lang != "ko" || r.Private != tt.private || r.Replaces != tt.replaces {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// TestSuggestFacts finds facts by the names that they are about, too.
func TestSuggestFacts(t *testing.T) {
	env, _ := envOf(marketBase())
	for typed, want := range map[string]string{"": "=market/opening", "mayor": "=market/opening", "동국의": "=market/east-price", "guard": "=market/east-guard"} {
		list := suggestFacts(env, Call{Lang: "ko", Options: map[string]string{"fact": typed}}, "fact")
		if len(list) == 0 || list[0].Value != want {
			t.Errorf("%q: got %v, want %s first", typed, list, want)
		}
		if slices.ContainsFunc(list, func(s Suggestion) bool { return s.Value == "=market/old-price" }) {
			t.Errorf("%q: a fact that is out of date is offered", typed)
		}
	}
}
