package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"summitbot/facts"
)

// A result is what one system took.
type result struct {
	name        string
	median, p99 time.Duration
	build       time.Duration
	heap        uint64 // bytes
	allocs      float64
	samples     int
}

// compare builds every system on the same n facts and puts the same queries
// to them, turn by turn.
func compare(c *corpus, n, queries int) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "facts.jsonl")
	if err := os.WriteFile(path, c.jsonl(c.facts(n)), 0o644); err != nil {
		return err
	}
	results := make([]result, len(systems))
	search := make([]func(string), len(systems))
	for i, s := range systems {
		before := heap()
		start := time.Now()
		run, closer, err := s.build(path, c.lang)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		defer closer()
		results[i] = result{name: s.name, build: time.Since(start), heap: heap() - before}
		search[i] = run
	}
	times := interleave(c, search, n, queries)
	for i := range results {
		slices.Sort(times[i])
		results[i].samples = len(times[i])
		results[i].median = times[i][len(times[i])/2]
		results[i].p99 = times[i][len(times[i])*99/100]
	}
	results[0].allocs = allocations(c, search[0], queries)
	show(c.lang, n, results)
	return nil
}

func interleave(c *corpus, search []func(string), n, queries int) [][]time.Duration {
	times := make([][]time.Duration, len(systems))
	for round := range 2 { // the first warms every system up
		for q := range queries {
			query := c.queries[q%len(c.queries)]
			for k := range systems {
				i := (k + q) % len(systems) // nobody always comes first
				if n > 1000 && q%systems[i].every != 0 {
					continue
				}
				start := time.Now()
				search[i](query)
				if d := time.Since(start); round > 0 {
					times[i] = append(times[i], d)
				}
			}
		}
	}
	return times
}

// heap is the live heap in bytes after a full collection.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// allocations is how often the engine allocates for one question.
func allocations(c *corpus, search func(string), queries int) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for q := range queries {
		search(c.queries[q%len(c.queries)])
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / float64(queries)
}

func show(lang string, n int, results []result) {
	peer := results[1]
	fmt.Printf("\n%s, %d facts\n%-10s %10s %10s %10s %10s   %s\n", lang, n, "", "median", "p99", "build", "heap", "median/bleve  p99/bleve  build/bleve  heap/bleve")
	for _, r := range results {
		fmt.Printf("%-10s %10s %10s %10s %8.1fMB   %12.2f %10.2f %12.2f %11.2f\n", r.name, micros(r.median), micros(r.p99), r.build.Round(time.Millisecond/10), float64(r.heap)/1e6,
			ratio(r.median, peer.median), ratio(r.p99, peer.p99), ratio(r.build, peer.build), float64(r.heap)/float64(peer.heap))
	}
	fmt.Printf("summitbot allocates %.1f times a question\n", results[0].allocs)
}

func micros(d time.Duration) string { return fmt.Sprintf("%.1fµs", float64(d)/1e3) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// summitBase times the base that the bot ships with.
func summitBase() error {
	start := time.Now()
	snapshot, err := facts.Embedded()
	if err != nil {
		return err
	}
	loaded := time.Since(start)
	snapshot.Ready()
	ready := time.Since(start)
	fmt.Printf("\nthe shipped base: loaded in %v, ready in %v\n", loaded.Round(time.Millisecond/10), ready.Round(time.Millisecond/10))
	for _, lang := range snapshot.Bases()[0].Languages {
		var times []time.Duration
		for round := range 3 {
			for _, f := range snapshot.Bases()[0].Facts {
				for _, ask := range f.Asks {
					if ask.Lang != lang {
						continue
					}
					start := time.Now()
					snapshot.Match(facts.Question{Text: ask.Text})
					if d := time.Since(start); round > 0 {
						times = append(times, d)
					}
				}
			}
		}
		if len(times) == 0 {
			continue
		}
		slices.Sort(times)
		fmt.Printf("  %s: median %s, p99 %s over %d questions\n", lang, micros(times[len(times)/2]), micros(times[len(times)*99/100]), len(times))
	}
	return nil
}
