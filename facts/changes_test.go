package facts

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// spellChanges writes changes in a line: base kind, facts, gaps.
func spellChanges(changes []BaseChange) string {
	var list []string
	for _, c := range changes {
		words := []string{c.Base, string(c.Kind)}
		if c.Header {
			words = append(words, "header")
		}
		for _, f := range c.Facts {
			words = append(words, fmt.Sprintf("%s:%s", f.ID, f.Kind))
		}
		for _, kind := range slices.Sorted(maps.Keys(c.Gaps)) {
			words = append(words, fmt.Sprintf("gaps %s:%d", kind, c.Gaps[kind]))
		}
		list = append(list, strings.Join(words, " "))
	}
	return strings.Join(list, "; ")
}

func TestChanges(t *testing.T) {
	base := func() *Base {
		return &Base{ID: "b", Title: Text{{"en", "B"}}, Facts: []Fact{
			{ID: "one", Answer: Text{{"en", "One."}}, Asks: []Phrase{{"en", "which one"}}, Sources: []Citation{{Ref: "s", Paragraph: 1}}},
			{ID: "two", Answer: Text{{"en", "Two."}}, Status: Retracted},
		}, Gaps: []Gap{{ID: "gap"}, {ID: "hole"}}}
	}
	change := func(do func(b *Base)) []*Base {
		b := base()
		do(b)
		return []*Base{b}
	}
	tests := []struct {
		name  string
		after []*Base
		want  string
	}{
		{"nothing", change(func(*Base) {}), ""},
		{"places", change(func(b *Base) { b.places = &places{files: []string{"f"}} }), ""},
		{"title", change(func(b *Base) { b.Title[0].Text = "C" }), "b changed header"},
		{"declines", change(func(b *Base) { b.Declines = []Phrase{{"en", "no"}} }), "b changed header"},
		{"answer", change(func(b *Base) { b.Facts[0].Answer[0].Text = "I." }), "b changed b/one:changed"},
		{"asks", change(func(b *Base) { b.Facts[0].Asks[0].Text = "what one" }), "b changed b/one:changed"},
		{"tests", change(func(b *Base) { b.Facts[0].Tests = []Phrase{{"en", "one"}} }), "b changed b/one:changed"},
		{"source", change(func(b *Base) { b.Facts[0].Sources[0].Paragraph = 2 }), "b changed b/one:changed"},
		{"status between valid ones", change(func(b *Base) { b.Facts[0].Status = Disputed }), "b changed b/one:changed"},
		{"retired", change(func(b *Base) { b.Facts[0].Status, b.Facts[0].SupersededBy = Superseded, "two" }), "b changed b/one:retired"},
		{"still retired", change(func(b *Base) { b.Facts[1].Status = Superseded }), "b changed b/two:changed"},
		{"restored", change(func(b *Base) { b.Facts[1].Status = Confirmed }), "b changed b/two:restored"},
		{"added", change(func(b *Base) { b.Facts = slices.Insert(b.Facts, 0, Fact{ID: "nil"}) }), "b changed b/nil:added"},
		{"removed", change(func(b *Base) { b.Facts = b.Facts[1:] }), "b changed b/one:removed"},
		{"order", change(func(b *Base) { slices.Reverse(b.Facts) }), ""},
		{"gaps", change(func(b *Base) { b.Gaps = []Gap{{ID: "gap", Near: []string{"one"}}, {ID: "new"}, {ID: "newer"}} }),
			"b changed gaps added:2 gaps changed:1 gaps removed:1"},
		{"base removed", nil, "b removed b/one:removed b/two:removed gaps removed:2"},
		{"base renamed", change(func(b *Base) { b.ID, b.Facts, b.Gaps = "c", b.Facts[:1], nil }), "c added c/one:added; b removed b/one:removed b/two:removed gaps removed:2"},
		{"empty base added", append(change(func(*Base) {}), &Base{ID: "c"}), "c added"},
	}
	for _, tt := range tests {
		if got := spellChanges(Changes([]*Base{base()}, tt.after)); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// TestChangesPointTo: a change carries both states.
func TestChangesPointTo(t *testing.T) {
	a, b := &Base{ID: "b", Facts: []Fact{{ID: "f", When: "1965"}, {ID: "g"}}}, &Base{ID: "b", Facts: []Fact{{ID: "h"}, {ID: "f", When: "1966"}}}
	changes := Changes([]*Base{a}, []*Base{b})[0].Facts
	want := []FactChange{{"b/h", Added, nil, &b.Facts[0]}, {"b/f", Changed, &a.Facts[0], &b.Facts[1]}, {"b/g", Removed, &a.Facts[1], nil}}
	if !slices.Equal(changes, want) {
		t.Errorf("got %+v, want %+v", changes, want)
	}
}
