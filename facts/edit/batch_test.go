package edit

import (
	"slices"
	"testing"

	"summitbot/facts"
)

// TestSetAll compares many changes at once with the same one after the other,
// on the shipped base.
func TestSetAll(t *testing.T) {
	if testing.Short() {
		t.Skip("it parses the shipped base twenty times")
	}
	const base, path = "busan-summit", "../data/busan-summit.yaml"
	at := read(t, path)
	var changes []Change
	for i, fact := range load(t, at).Facts {
		if i%12 != 0 {
			continue
		}
		fields := Fields{
			Title:  facts.Text{{Lang: "en", Text: "Title " + fact.ID}, {Lang: "ko", Text: "제목: " + fact.ID}},
			Status: ptr(facts.Confirmed),
			Asks:   map[string][]string{"en": {"zebra " + fact.ID}},
		}
		if i%24 == 0 {
			fields = Fields{Updated: ptr("2025-11-01"), Covers: []string{"summit-date"}, Related: []string{}}
		}
		changes = append(changes, Change{fact.ID, fields})
	}
	if err := at.SetAll(base, changes); err != nil {
		t.Fatal(err)
	}
	step := read(t, path)
	for _, c := range slices.Backward(changes) {
		if err := step.Set(base, c.ID, c.Fields); err != nil {
			t.Fatal(err)
		}
	}
	if at.Diff() == "" || at.Diff() != step.Diff() {
		t.Errorf("at once:\n%s\nstep by step:\n%s", at.Diff(), step.Diff())
	}
}

// TestSetAllOrNothing changes nothing when one fact is not there.
func TestSetAllOrNothing(t *testing.T) {
	const fact = `{"id":"one","title":"T","answer":"A.","sources":[{"ref":"ap"}]}`
	for name, text := range map[string]string{
		"tram.yaml":  header + "facts:\n  - " + fact + "\n",
		"tram.jsonl": `{"base":"tram","title":"T","languages":["en"],"sources":{"ap":{"title":"A","publisher":"B","url":"https://example.org/"}}}` + "\n" + fact + "\n",
	} {
		f := read(t, writeFiles(t, name, text))
		changes := []Change{{"one", Fields{Title: en("Other")}}, {"two", Fields{Title: en("Other")}}}
		if err := f.SetAll("tram", changes); err == nil || f.Diff() != "" {
			t.Errorf("%s: %v\n%s", name, err, f.Diff())
		}
		if err := f.SetAll("tram", changes[:1]); err != nil || f.Diff() == "" {
			t.Errorf("%s: %v\n%s", name, err, f.Diff())
		}
	}
}
