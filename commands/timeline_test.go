package commands

import (
	"strings"
	"testing"

	"summitbot/facts"
)

func TestTimeline(t *testing.T) {
	env, _ := envOf(marketBase())
	r := called(t, env, "timeline", Call{Lang: "en-US"})
	var got []string
	for _, e := range r.Entries {
		got = append(got, e.Title+": "+strings.Join(e.Lines, ", "))
	}
	same(t, "timeline", got, []string{
		"31 December 2024: The guard of East",
		"2025: The price in West",
		"1 May 2025: The opening",
		"1 May 2025 to 9 May 2025: The price in East",
		"May 2025: The season",
	})
	if r.Title != "Timeline" || !r.Private || r.Entries[2].Date != "2025-05-01" || len(r.Menu.Choices) != 5 {
		t.Errorf("got %+v", r)
	}
}

// TestTimelineOrder puts what is known less precisely behind what began on
// its first day, and keeps the base's order within a day.
func TestTimelineOrder(t *testing.T) {
	tests := []struct {
		name  string
		whens string // in the base's order; . stands for none
		want  string // as the timeline has them
	}{
		{"days", "2025-05-02 2025-05-01 2024-12-31", "2024-12-31 2025-05-01 2025-05-02"},
		{"a year, a month, its first day and its second", "2025 2025-01 2025-01-01 2025-01-02", "2025-01-01 2025-01 2025 2025-01-02"},
		{"spans by their beginning", "2025-05-03 1965/2025 2025-05/2025-06 2025-05-01/2025-05-09", "1965/2025 2025-05-01/2025-05-09 2025-05/2025-06 2025-05-03"},
		{"one day several times", "2025-05-01 1965 2025-05-01", "1965 2025-05-01 2025-05-01"},
		{"without a date", ". 1965 .", "1965"},
		{"what is no date", "soon 1965", "1965 soon"},
		{"hardly anything", "7 1965", "1965 7"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base := &facts.Base{ID: "b", Languages: []string{"en"}}
			for when := range strings.FieldsSeq(tt.whens) {
				base.Facts = append(base.Facts, facts.Fact{ID: "f", Title: en("f"), Answer: en("f"), When: strings.Trim(when, ".")})
			}
			var got []string
			for _, ref := range datedFacts(facts.NewSnapshot(base)) {
				got = append(got, ref.Fact.When)
			}
			same(t, "order", got, strings.Fields(tt.want))
		})
	}
}

// TestSameDay puts the facts of one day into one entry.
func TestSameDay(t *testing.T) {
	base := marketBase()
	base.Facts[1].When = base.Facts[0].When
	env, _ := envOf(base)
	r := called(t, env, "timeline", Call{Lang: "en"})
	same(t, "facts of 1 May", r.Entries[2].Lines, []string{"The opening", "The season"})
}

func TestNoTimeline(t *testing.T) {
	env, _ := envOf(&facts.Base{ID: "b", Languages: []string{"en"}})
	if r := called(t, env, "timeline", Call{Lang: "ja"}); r.Headline != Say("ja", timelineEmpty) || !r.Private {
		t.Errorf("got %+v", r)
	}
}
