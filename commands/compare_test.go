package commands

import (
	"testing"

	"summitbot/facts"
)

func TestSides(t *testing.T) {
	snapshot := facts.NewSnapshot(marketBase(), fairBase())
	tests := []struct {
		name, first, second string
		want                []string
		unknown             string
	}{
		{"the countries most facts are about", "", "", []string{"east", "west"}, ""}, // 3 and 2
		{"both", "West", "Mayor Reed", []string{"west", "mayor"}, ""},
		{"one", "West", "", []string{"west", "east"}, ""},
		{"the other", "", "east", []string{"east", "west"}, ""},
		{"one twice", "East", "Eastland", []string{"east", "east"}, ""},
		{"unknown", "West", "Zaphod", nil, "Zaphod"},
		{"unknown first", "Zaphod", "West", nil, "Zaphod"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, names, unknown := sides(snapshot, tt.first, tt.second)
			var got []string
			for _, n := range names {
				got = append(got, n.ID)
			}
			same(t, "sides", got, tt.want)
			if unknown != tt.unknown {
				t.Errorf("unknown: %q", unknown)
			}
		})
	}
}

// TestSidesOfTwoBases compares nothing across bases.
func TestSidesOfTwoBases(t *testing.T) {
	fair := fairBase()
	fair.Names = []facts.Name{{ID: "keeper", Kind: "person", Label: en("The keeper")}}
	if _, names, unknown := sides(facts.NewSnapshot(marketBase(), fair), "East", "the keeper"); names != nil || unknown != "the keeper" {
		t.Errorf("got %v, unknown %q", names, unknown)
	}
}

func TestSplit(t *testing.T) {
	base := marketBase()
	base.Facts = append(base.Facts,
		facts.Fact{ID: "half", Title: en("Half"), About: []string{"mayor"}, Covers: []string{"east-price"}},
		facts.Fact{ID: "mixed", Title: en("Mixed"), About: []string{"mayor"}, Covers: []string{"east-guard", "west-price"}},
		facts.Fact{ID: "gone", Title: en("Gone"), Covers: []string{"east-guard", "west-price"}, Status: facts.Retracted},
	)
	first, second, both := split(base, "east", "west")
	list := func(refs []facts.Ref) (found []string) {
		for _, ref := range refs {
			found = append(found, ref.Fact.ID)
		}
		return found
	}
	same(t, "East alone", list(first), []string{"east-price", "east-guard"})
	same(t, "West alone", list(second), []string{"west-price"})
	same(t, "both", list(both), []string{"prices", "mixed"})
}

func TestCompare(t *testing.T) {
	env, _ := envOf(marketBase())
	r := called(t, env, "compare", Call{Lang: "en-US"})
	same(t, "entries", titlesOf(r.Entries), []string{"Both prices", "East", "West"})
	same(t, "East", r.Entries[1].Lines, []string{"The price in East", "The guard of East"})
	same(t, "West", r.Entries[2].Lines, []string{"The price in West"})
	if r.Title != "East and West" || !r.Private || r.Entries[0].Column || !r.Entries[1].Column || len(r.Menu.Choices) != 4 {
		t.Errorf("got %+v", r)
	}
}

// TestCompareNothing says so when there is nothing to tell apart.
func TestCompareNothing(t *testing.T) {
	base := marketBase()
	for i := range base.Facts {
		base.Facts[i].About = []string{"east", "west"}
	}
	env, _ := envOf(base)
	if r := called(t, env, "compare", Call{Lang: "en"}); len(r.Notes) != 1 || r.Notes[0] != "No fact is about one of the two alone." {
		t.Errorf("got %+v", r)
	}
	alike, _ := envOf(marketBase())
	for name, call := range map[string]Call{
		"one name twice": {Lang: "en", Options: map[string]string{"first": "East", "second": "Eastland"}},
		"unknown":        {Lang: "en", Options: map[string]string{"first": "Zaphod"}},
	} {
		want := map[string]string{"one name twice": "Choose two different names.", "unknown": "I know no name like “Zaphod”."}[name]
		if r := called(t, alike, "compare", call); r.Headline != want || !r.Private || r.Menu != nil {
			t.Errorf("%s: got %+v", name, r)
		}
	}
}
