package edit

import (
	"fmt"
	"strings"
	"testing"

	"summitbot/facts"
)

// BenchmarkShippedBase reads the shipped base, sets an answer and phrasings,
// and checks all of it.
func BenchmarkShippedBase(b *testing.B) {
	for b.Loop() {
		f := read(b, "../data/busan-summit.yaml")
		if err := f.Set("busan-summit", "summit-date", Fields{Answer: en("It was on a Tuesday."), Asks: map[string][]string{"en": {"which day of the week"}}}); err != nil {
			b.Fatal(err)
		}
		if _, problems := f.Load(); problems.Err() != nil {
			b.Fatal(problems.Err())
		}
	}
}

// BenchmarkJSONL does the same step by step with 100,000 facts in 35 MB.
func BenchmarkJSONL(b *testing.B) {
	var text strings.Builder
	text.WriteString(`{"base":"tram","title":"T","languages":["en"],"sources":{"ap":{"title":"A","publisher":"B","url":"https://example.org/"}}}` + "\n")
	for i := range 100_000 {
		fmt.Fprintf(&text, `{"id":"fact-%d","title":"Sentence %d of the collection","answer":"In the year %d the delegation number %d travelled to the coast, `+
			`where it met its counterpart and agreed on the exchange of %d students.","sources":[{"ref":"ap","paragraph":%d}],"related":["fact-%d"],"updated":"2025-10-01"}`+"\n",
			i, i, 1000+i%1000, i, i*7, i%50+1, (i+1)%100_000)
	}
	path := writeFiles(b, "tram.jsonl", text.String())
	set := func(b *testing.B, f *Files) {
		if err := f.Set("tram", "fact-99998", Fields{Title: facts.Text{{Lang: "en", Text: "Other"}}}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			read(b, path)
		}
	})
	f := read(b, path)
	b.Run("set", func(b *testing.B) {
		for b.Loop() {
			f.files[0].now = f.files[0].was
			set(b, f)
		}
	})
	b.Run("add", func(b *testing.B) {
		for b.Loop() {
			f.files[0].now = f.files[0].was
			if err := f.Add("tram", "new", Fields{Title: en("New"), Answer: en("New."), Sources: []facts.Citation{{Ref: "ap"}}}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			f.last = loading{} // or it would not be read again
			load(b, f)
		}
	})
	b.Run("diff", func(b *testing.B) {
		for b.Loop() {
			if f.Diff() == "" {
				b.Fatal("no difference")
			}
		}
	})
	b.Run("write", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if err := f.Set("tram", "fact-99998", Fields{Title: en(fmt.Sprint("Title ", i))}); err != nil {
				b.Fatal(err)
			}
			if err := f.Write(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
