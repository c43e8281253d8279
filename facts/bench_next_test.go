package facts

import (
	"fmt"
	"slices"
	"testing"
)

// edited is a copy of a base with its first fact changed.
func edited(b *Base, change func(f *Fact)) *Base {
	c := *b
	c.Facts = slices.Clone(b.Facts)
	change(&c.Facts[0])
	return &c
}

// without is a copy of a base without facts and gaps of some ids.
func without(b *Base, ids ...string) *Base {
	c := *b
	c.Facts, c.Gaps = slices.Clone(b.Facts), slices.Clone(b.Gaps)
	c.Facts = slices.DeleteFunc(c.Facts, func(f Fact) bool { return slices.Contains(ids, f.ID) })
	c.Gaps = slices.DeleteFunc(c.Gaps, func(g Gap) bool { return slices.Contains(ids, g.ID) })
	return &c
}

// asking adds a phrasing in each of some languages.
func asking(langs ...string) func(f *Fact) {
	return func(f *Fact) {
		texts := map[string]string{"en": "which harbour town welcomed the guests", "ko": "손님을 맞이한 항구 도시는", "ja": "客を迎えた港町はどこ"}
		f.Asks = slices.Clone(f.Asks)
		for _, lang := range langs {
			f.Asks = append(f.Asks, Phrase{lang, texts[lang]})
		}
	}
}

// BenchmarkNext follows a snapshot of the shipped base with one of a changed
// copy.
func BenchmarkNext(b *testing.B) {
	s := embedded(b)
	s.Ready()
	base := s.Bases()[0]
	less, _ := s.Next(without(base, base.Facts[0].ID))
	benchmarks := []struct {
		name   string
		before *Snapshot
		after  *Base
	}{
		{"nothing", s, edited(base, func(*Fact) {})},
		{"answer in en", s, edited(base, func(f *Fact) { f.Answer = slices.Clone(f.Answer); f.Answer[0].Text += " So it was." })},
		{"phrasing in en", s, edited(base, asking("en"))},
		{"phrasing in 3", s, edited(base, asking("en", "ko", "ja"))},
		{"fact added", less, base},
		{"fact removed", s, without(base, base.Facts[0].ID)},
	}
	for _, bm := range benchmarks {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bm.before.Next(bm.after)
			}
		})
	}
}

// BenchmarkNextPlain does so for facts without phrasings, where there is no
// regression, and loads them from the disk before.
func BenchmarkNextPlain(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path := writeLines(b, n)
			bases, _ := LoadFiles(path)
			s := NewSnapshot(edited(bases[0], func(f *Fact) { f.Answer = Text{{"en", "Another answer."}} }))
			s.Ready()
			for b.Loop() {
				after, _ := LoadFiles(path)
				s.Next(after...)
			}
		})
	}
}
