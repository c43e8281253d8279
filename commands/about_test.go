package commands

import "testing"

func TestAbout(t *testing.T) {
	env, _ := envOf(marketBase(), fairBase())
	env.Info.Version = "1.2"
	r := called(t, env, "about", Call{Lang: "en-US"})
	same(t, "bases", titlesOf(r.Entries), []string{"The market", "The fair"})
	same(t, "the market", r.Entries[0].Lines, []string{"7 facts from 2 sources; 1 known gaps", "Latest source: 2 June 2025"})
	same(t, "notes", r.Notes, []string{"Version: 1.2"})
	if !r.Private || r.Title == "" || r.Body == "" {
		t.Errorf("got %+v", r)
	}
	env.Info.Version = ""
	if r := called(t, env, "about", Call{Lang: "ko"}); len(r.Notes) != 0 || r.Entries[1].Title != "축제" {
		t.Errorf("got %+v", r)
	}
}

// TestPrivacy says whom to ask only where that is known.
func TestPrivacy(t *testing.T) {
	tests := []struct {
		info Info
		want []string
	}{
		{Info{}, nil},
		{Info{Contact: "owner@example.org"}, []string{"Contact: owner@example.org"}},
		{Info{Contact: "100% me", Policy: "https://example.org/p"}, []string{"Contact: 100% me", "Privacy policy: https://example.org/p"}},
	}
	for _, tt := range tests {
		env, _ := envOf(fairBase())
		env.Info = tt.info
		r := called(t, env, "privacy", Call{Lang: "en-US"})
		same(t, "notes", r.Notes, tt.want)
		if !r.Private || len(r.Entries) != 2 || r.Entries[0].Lines[0] == "" || r.Entries[1].Lines[0] == "" {
			t.Errorf("got %+v", r)
		}
	}
}

// TestWithoutBases holds every command to saying something while there are no
// facts at all.
func TestWithoutBases(t *testing.T) {
	env, _ := envOf()
	for _, c := range callable() {
		for _, lang := range Languages {
			called(t, env, callName(c), Call{Lang: lang, Text: "East", Options: map[string]string{"question": "Who?", "fact": "a", "name": "a", "first": ""}})
		}
		if c.Suggest != nil {
			for _, o := range c.Options {
				if list := c.Suggest(env, Call{Options: map[string]string{o.Name: "a"}}, o.Name); len(list) != 0 {
					t.Errorf("%s suggests %v", c.Name, list)
				}
			}
		}
	}
}
