package facts

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// roundQuestions returns the questions of testdata/rounds by language.
func roundQuestions(tb testing.TB) map[string][]string {
	tb.Helper()
	paths, err := filepath.Glob("testdata/rounds/*.jsonl")
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no rounds: %v", err)
	}
	byLang := map[string][]string{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			var q struct{ Q, Lang string }
			if err := json.Unmarshal([]byte(line), &q); err != nil {
				tb.Fatalf("%s: %v", path, err)
			}
			byLang[q.Lang] = append(byLang[q.Lang], q.Q)
		}
	}
	return byLang
}

// BenchmarkMatchRounds puts the questions of the rounds to the embedded base,
// each in turn, and reports the median beside the mean.
func BenchmarkMatchRounds(b *testing.B) {
	s := embedded(b)
	s.Ready()
	byLang := roundQuestions(b)
	for _, lang := range []string{"en", "ko", "ja"} {
		b.Run(lang, func(b *testing.B) {
			questions := byLang[lang]
			var times []time.Duration
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				s.Match(Question{Text: questions[i%len(questions)]})
				times = append(times, time.Since(start))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2]), "median-ns")
		})
	}
}

// BenchmarkBuildIndex builds the index of each language from what is prepared
// ahead, and reports what it holds of the heap.
func BenchmarkBuildIndex(b *testing.B) {
	c, err := readCompiled()
	if err != nil {
		b.Fatal(err)
	}
	for _, lang := range c.Bases[0].Languages {
		b.Run(lang, func(b *testing.B) {
			before := liveHeap()
			b.ReportAllocs()
			var x *index
			for b.Loop() {
				x = buildIndex(lang, c.Bases, c.Ahead[lang])
			}
			b.StopTimer()
			b.ReportMetric(float64(liveHeap()-before), "heap-B")
			runtime.KeepAlive(x)
		})
	}
}

// BenchmarkReady starts a snapshot and builds all its languages.
func BenchmarkReady(b *testing.B) {
	before := liveHeap()
	b.ReportAllocs()
	var s *Snapshot
	for b.Loop() {
		c, err := readCompiled()
		if err != nil {
			b.Fatal(err)
		}
		s = newSnapshot(c.Bases, c.Ahead)
		s.Ready()
	}
	b.StopTimer()
	b.ReportMetric(float64(liveHeap()-before), "heap-B")
	runtime.KeepAlive(s)
}

// liveHeap is the heap in use after a collection, in bytes.
func liveHeap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
