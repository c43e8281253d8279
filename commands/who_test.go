package commands

import (
	"fmt"
	"testing"

	"summitbot/facts"
)

func TestWho(t *testing.T) {
	env, _ := envOf(marketBase())
	tests := []struct{ name, typed, title string }{ // title: empty for an unknown name
		{"picked", "market/east", "East"},
		{"a spelling", "eastland", "East"},
		{"a spelling of one case", "west", "West"},
		{"another language", " 서쪽 나라 ", "West"},
		{"letters in order", "myr rd", "Mayor Reed"},
		{"a name that no fact is about", "Nowhere", "Nowhere"},
		{"nobody", "Zaphod", ""},
		{"nothing", "", ""},
		{"blank", "  ", ""},
		{"a pick that is gone", "market/never", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := called(t, env, "who", Call{Lang: "en-US", Options: map[string]string{"name": tt.typed}})
			if !r.Private || r.Title != tt.title || tt.title == "" && r.Headline != Say("en", whoUnknown, tt.typed) {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// TestWhoTells lists spellings and facts, without what is out of date.
func TestWhoTells(t *testing.T) {
	env, _ := envOf(marketBase())
	r := called(t, env, "who", Call{Lang: "ko", Options: map[string]string{"name": "market/east"}})
	if r.Title != "동국" || r.Body != "나라" || len(r.Entries) != 2 {
		t.Fatalf("got %+v", r)
	}
	same(t, "spellings", r.Entries[0].Lines, []string{"East · Eastland"})
	same(t, "facts", r.Entries[1].Lines, []string{"동국의 가격", "Both prices", "The guard of East"})
	if len(r.Menu.Choices) != 3 || r.Menu.Choices[0].Value != "market/east-price" {
		t.Errorf("got %+v", r.Menu)
	}
	none := called(t, env, "who", Call{Lang: "en", Options: map[string]string{"name": "market/nowhere"}})
	if len(none.Entries) != 0 || none.Menu != nil || none.Notes[0] != "No fact is about it." {
		t.Errorf("got %+v", none)
	}
}

// TestWhoBounds says how much more there is.
func TestWhoBounds(t *testing.T) {
	base := marketBase()
	for i := range 30 {
		base.Names[2].Spellings = append(base.Names[2].Spellings, facts.Phrase{Lang: "en", Text: fmt.Sprint("Reed ", i)})
		base.Facts = append(base.Facts, facts.Fact{ID: fmt.Sprint("more-", i), Title: en("More"), Answer: en("More."), About: []string{"mayor"}})
	}
	env, _ := envOf(base)
	r := called(t, env, "who", Call{Lang: "en", Options: map[string]string{"name": "Mayor Reed"}})
	if lines := r.Entries[0].Lines; len(lines) != 2 || lines[1] != "and 10 more" { // 30 − 20
		t.Errorf("spellings: %q", lines)
	}
	if lines := r.Entries[1].Lines; len(lines) != mostListed+1 || lines[mostListed] != "and 16 more" { // 1 + 30 − 15
		t.Errorf("facts: %q", lines)
	}
	if len(r.Menu.Choices) != mostChoices {
		t.Errorf("%d choices", len(r.Menu.Choices))
	}
}

func TestSuggestNames(t *testing.T) {
	env, _ := envOf(marketBase())
	for typed, want := range map[string][]string{
		"":         {"market/east", "market/west", "market/mayor"}, // no fact is about Nowhere
		"eastland": {"market/east"},
		"서쪽":       {"market/west"},
		"nowhere":  nil,
	} {
		var got []string
		for _, s := range suggestNames(env, Call{Lang: "en", Options: map[string]string{"name": typed}}, "name") {
			got = append(got, s.Value)
		}
		same(t, typed, got, want)
	}
}
