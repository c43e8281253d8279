package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"summitbot/bot/library"
	"summitbot/facts"
)

// A rewriting is a base in a folder, of which one answer can be rewritten.
type rewriting struct {
	name   string
	create func(dir string) (path string, err error)
	before string // what is rewritten in the file, to itself with a number
}

var rewritings = []rewriting{
	{"100 facts", func(dir string) (string, error) { return generated(dir, 100) }, "In the year 1000 "},
	{"the shipped base", shipped, "The Busan summit between Ishiba and Lee took place "},
	{"100,000 facts", func(dir string) (string, error) { return generated(dir, 100_000) }, "In the year 1000 "},
}

// reload measures the time from the moment when a file is saved, in one step,
// until what it says is served.
func reload(time.Duration) error {
	const saves = 5
	for _, r := range rewritings {
		m, err := r.measure(saves)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		fmt.Printf("%-18s live after %.2f s, CPU time %.2f s (medians of %d saves), heap %.1f MiB before and %.1f MiB at rest\n", r.name, median(m.took), median(m.used), saves, m.before, m.after)
	}
	return nil
}

// A measured rewriting.
type measured struct {
	took, used    []float64 // by save: time until it is live, and CPU time; in seconds
	before, after float64   // the heap in MiB, before the first save and after the last
}

// measure saves a file several times.
func (r rewriting) measure(saves int) (m measured, err error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(dir)
	path, err := r.create(dir)
	if err != nil {
		return m, err
	}
	l, err := library.Open(library.Config{Paths: []string{path}})
	if err != nil {
		return m, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); l.Run(ctx) }()
	defer func() { cancel(); <-done }()
	time.Sleep(time.Second) // until it watches
	m.before = heap()
	for n := range saves {
		used := cpuTime()
		took, err := r.save(l, path, n)
		if err != nil {
			return m, err
		}
		m.took, m.used = append(m.took, took.Seconds()), append(m.used, (cpuTime()-used).Seconds())
	}
	m.after = restingHeap(m.before)
	return m, nil
}

// save rewrites the file for the nth time, and waits until that is served.
func (r rewriting) save(l *library.Library, path string, n int) (time.Duration, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	after := fmt.Sprintf("%s%d, ", r.before, n)
	text := strings.Replace(string(data), r.before, after, 1)
	if text == string(data) {
		return 0, fmt.Errorf("%s does not say %q", path, r.before)
	}
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		return 0, err
	}
	began := time.Now()
	if err := os.Rename(path+".new", path); err != nil {
		return 0, err
	}
	for !says(l.Snapshot(), after) {
		if time.Since(began) > 10*time.Minute {
			return 0, errors.New("the change is not served")
		}
		time.Sleep(time.Millisecond)
	}
	return time.Since(began), nil
}

// says reports whether one of the first answers holds a text.
func says(s *facts.Snapshot, text string) bool {
	base := s.Bases()[0]
	for i := range min(len(base.Facts), 100) {
		if answer, _ := base.Facts[i].Answer.In("en"); strings.Contains(answer, text) {
			return true
		}
	}
	return false
}

// heap is what is in use without garbage, in MiB.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// restingHeap is the heap once what is fitted at leisure is done, or after half
// a minute.
func restingHeap(before float64) (now float64) {
	const near = 1.02
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(200 * time.Millisecond) {
		if now = heap(); now < before*near {
			break
		}
	}
	return now
}

// generated writes a base of n facts without phrasings.
func generated(dir string, n int) (path string, err error) {
	var b strings.Builder
	b.WriteString(`{"base":"generated","title":"Generated facts","languages":["en"],"topics":{"talks":"Talks","trade":"Trade"},` +
		`"sources":{"wiki":{"title":"A page","publisher":"Wikipedia","url":"https://example.org/page","language":"en"}}}` + "\n")
	for i := range n {
		fmt.Fprintf(&b, `{"id":"fact-%d","title":"Sentence %d of the collection","answer":"In the year %d the delegation number %d travelled to the coast, `+
			`where it met its counterpart and agreed on the exchange of %d students.","topics":["talks","trade"],`+
			`"sources":[{"ref":"wiki","paragraph":%d}],"related":["fact-%d"],"updated":"2025-10-01"}`+"\n", i, i, 1000+i%1000, i, i*7, i%50+1, (i+1)%n)
	}
	path = filepath.Join(dir, "generated.jsonl")
	return path, os.WriteFile(path, []byte(b.String()), 0o600)
}

// shipped writes the files of the embedded base.
func shipped(dir string) (path string, err error) {
	from, names, err := facts.EmbeddedFiles()
	if err != nil {
		return "", err
	}
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return "", err
		}
	}
	return filepath.Join(dir, names[0]), nil
}
