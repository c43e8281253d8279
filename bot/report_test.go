package main

import (
	"fmt"
	"testing"

	"summitbot/facts"
)

// TestFailuresAreInOrder runs many tests at once: failures come in the order
// of the base, whichever was asked first.
func TestFailuresAreInOrder(t *testing.T) {
	base := &facts.Base{ID: "fair", Languages: []string{"en"}, Facts: []facts.Fact{{ID: "fair-day", Title: english("The day"), Answer: english("The fair is held in May.")}}}
	const n = 500
	for i := range n {
		base.Facts[0].Tests = append(base.Facts[0].Tests, facts.Phrase{Lang: "en", Text: fmt.Sprintf("Who baked cake %d?", i)})
	}
	r := newReport([]*facts.Base{base}, nil)
	r.runTests(facts.NewSnapshot(base))
	if r.OK || len(r.Failures) != n || r.Tests != n {
		t.Fatalf("%d of %d tests failed, ok %t", len(r.Failures), r.Tests, r.OK)
	}
	for i, f := range r.Failures {
		if want := fmt.Sprintf("Who baked cake %d?", i); f.Question != want || f.ID != "fair-day" {
			t.Fatalf("failure %d is of %s %q", i, f.ID, f.Question)
		}
	}
}

func english(s string) facts.Text { return facts.Text{{Lang: "en", Text: s}} }

func TestMet(t *testing.T) {
	base := &facts.Base{ID: "b", Facts: []facts.Fact{{ID: "right"}, {ID: "wrong"}}}
	right, wrong := facts.Ref{Base: base, Fact: &base.Facts[0]}, facts.Ref{Base: base, Fact: &base.Facts[1]}
	tests := []struct {
		name               string
		decision           facts.Decision
		fact, gap, decline bool // whether it meets a fact's test, a gap's, a decline
	}{
		{"the fact asserted", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{right}}, true, false, false},
		{"another asserted", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{wrong}}, false, false, false},
		{"both asserted", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{wrong, right}}, true, false, false},
		{"the fact offered", facts.Decision{Outcome: facts.Choices, Facts: []facts.Ref{right, wrong}}, false, false, true},
		{"declined", facts.Decision{Outcome: facts.Decline, Facts: []facts.Ref{right}}, false, true, true},
		{"small talk", facts.Decision{Outcome: facts.Smalltalk}, false, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for kind, want := range map[facts.ItemKind]bool{facts.FactTestItem: tt.fact, facts.GapTestItem: tt.gap, facts.DeclineItem: tt.decline} {
				e := expectation{base: base, item: facts.Item{Kind: kind}, fact: "b/right"}
				if got := e.met(tt.decision); got != want {
					t.Errorf("kind %d: met is %t, want %t", kind, got, want)
				}
			}
		})
	}
}

func TestMisses(t *testing.T) {
	text := &sourceCopy{paragraphs: []string{"The fair opens in May.", "It closes in June. The fair is old."}}
	tests := []struct {
		name      string
		paragraph int
		quote     string
		want      string
	}{
		{"right", 1, "opens in May", ""},
		{"spaces do not count", 1, " opens\n in May ", ""},
		{"in two paragraphs", 2, "The fair", ""},
		{"no quote", 2, "", ""},
		{"no paragraph", 0, "closes in June", ""},
		{"another paragraph", 1, "closes in June", "the quote “closes in June” is in paragraph 2, not 1"},
		{"nowhere", 1, "closes in July", "the quote “closes in July” is not in the source"},
		{"nowhere, no paragraph", 0, "closes in July", "the quote “closes in July” is not in the source"},
		{"beyond the end", 3, "", "there is no paragraph 3: the source has 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := text.misses(facts.Citation{Paragraph: tt.paragraph, Quote: tt.quote}); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
