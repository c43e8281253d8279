package facts

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// writeLines writes a base of n generated facts in JSONL without phrasings.
func writeLines(tb testing.TB, n int) (path string) {
	tb.Helper()
	var b strings.Builder
	b.WriteString(`{"base":"generated","title":"Generated facts","languages":["en"],"topics":{"talks":"Talks","trade":"Trade"},` +
		`"sources":{"wiki":{"title":"A page","publisher":"Wikipedia","url":"https://example.org/page","language":"en"}}}` + "\n")
	for i := range n {
		fmt.Fprintf(&b, `{"id":"fact-%d","title":"Sentence %d of the collection","answer":"In the year %d the delegation number %d travelled to the coast, `+
			`where it met its counterpart and agreed on the exchange of %d students.","topics":["talks","trade"],`+
			`"sources":[{"ref":"wiki","paragraph":%d}],"related":["fact-%d"],"updated":"2025-10-01"}`+"\n", i, i, 1000+i%1000, i, i*7, i%50+1, (i+1)%n)
	}
	path = filepath.Join(tb.TempDir(), "generated.jsonl")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// BenchmarkLoadJSONL loads 100,000 facts and reports, beside the time, what
// each fact holds of the heap afterwards.
func BenchmarkLoadJSONL(b *testing.B) {
	const facts = 100_000
	path := writeLines(b, facts)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ReportAllocs()
	var bases []*Base
	for b.Loop() {
		var problems Problems
		if bases, problems = LoadFiles(path); len(problems) > 0 {
			b.Fatal(problems[0])
		}
	}
	b.StopTimer()
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/facts, "heap-B/fact")
	runtime.KeepAlive(bases)
}

// BenchmarkLoadYAML loads a base whose part file holds 6,000 phrasings in
// 1.6 MB.
func BenchmarkLoadYAML(b *testing.B) {
	path := writePhrasings(b, 80, 75)
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := LoadFiles(path); len(problems) > 0 {
			b.Fatal(problems[0])
		}
	}
}

func writePhrasings(tb testing.TB, facts, each int) (path string) {
	tb.Helper()
	var main, asks strings.Builder
	main.WriteString("base: big\ntitle: Big\nlanguages: [en]\nparts: [big.en.yaml]\n" +
		"sources: {ap: {title: A, publisher: B, url: https://example.org/, language: en}}\nfacts:\n")
	asks.WriteString("base: big\nlanguage: en\nasks:\n")
	for f := range facts {
		fmt.Fprintf(&main, "  - {id: fact-%d, title: Fact %d, answer: The answer., sources: [{ref: ap}]}\n", f, f)
		fmt.Fprintf(&asks, "  fact-%d:\n", f)
		for i := range each {
			fmt.Fprintf(&asks, "    - \"what did the two leaders agree on in meeting number %d, and then what happened after all of it in both of "+
				"the countries, and why did they all say so in the end of the day, whatever it was, please tell me about these things again in full\"\n", f*each+i)
		}
	}
	dir := tb.TempDir()
	for name, text := range map[string]string{"big.yaml": main.String(), "big.en.yaml": asks.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(dir, "big.yaml")
}
