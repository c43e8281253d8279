package library

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitbot/facts"
)

// TestAsking has 64 people ask while the files are written a thousand times:
// nobody sees half a base or waits, and nothing stays behind.
func TestAsking(t *testing.T) {
	const rewrites, people = 1000, 64
	dir := folder(t, "talks")
	b := opened(t, Config{Paths: []string{in(dir, "talks.yaml")}, Debounce: time.Millisecond}, filesEditing()).run()
	heap := inUse()
	alone := ask(b, people, func() { time.Sleep(time.Second) })
	served := map[*facts.Snapshot]bool{}
	var longest time.Duration // that a file was empty
	beside := ask(b, people, func() {
		for n := 2; n <= rewrites; n++ {
			text := mainText("talks", n)
			if n%2 == 0 {
				began := time.Now()
				check(t, os.WriteFile(in(dir, "talks.yaml"), []byte(text), 0o600))
				longest = max(longest, time.Since(began))
			} else {
				check(t, os.WriteFile(in(dir, "new"), []byte(text), 0o600))
				check(t, os.Rename(in(dir, "new"), in(dir, "talks.yaml")))
			}
			served[b.Snapshot()] = true
			time.Sleep(3 * time.Millisecond)
		}
		b.serves("talks", rewrites)
	})
	if len(served) < 20 {
		t.Errorf("only %d states were served", len(served))
	}
	clear(served)
	if _, faulty := b.told(); faulty > 0 && longest < grace {
		t.Errorf("a fault was told: %v", b.faulty[0].Faults)
	}
	if alone, beside := middle(alone), middle(beside); beside > 5*alone+time.Millisecond {
		t.Errorf("an answer takes %v while files are read, else %v", beside, alone)
	}
	t.Logf("answers: median %v, longest %v of %d; while files are read: median %v, longest %v of %d",
		middle(alone), slices.Max(alone), len(alone), middle(beside), slices.Max(beside), len(beside))
	b.mu.Lock()
	b.changed, b.loads = nil, nil // which hold what was served
	b.mu.Unlock()
	if now := inUse(); now > heap+4<<20 {
		t.Errorf("%d KiB more are in use than before", (now-heap)>>10)
	}
}

// inUse is the size of the heap in bytes, without garbage.
func inUse() uint64 {
	var m runtime.MemStats
	for range 3 { // what pools hold goes with the second
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func middle(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// ask has people ask while something is done, and returns how long each
// answer took.
func ask(b *bench, people int, while func()) (times []time.Duration) {
	var done atomic.Bool
	var mu sync.Mutex
	var work sync.WaitGroup
	for range people {
		work.Go(func() {
			var mine []time.Duration
			for last := 0; !done.Load(); time.Sleep(20 * time.Millisecond) {
				took, number, err := askOnce(b.Snapshot())
				if err == nil && number < last {
					err = fmt.Errorf("%d is served after %d", number, last)
				}
				if err != nil {
					b.t.Error(err)
					return
				}
				last, mine = number, append(mine, took)
			}
			mu.Lock()
			defer mu.Unlock()
			times = append(times, mine...)
		})
	}
	while()
	done.Store(true)
	work.Wait()
	return times
}

// askOnce asks for the number, and holds all of the base against it.
func askOnce(s *facts.Snapshot) (took time.Duration, number int, err error) {
	began := time.Now()
	d := s.Match(facts.Question{Text: "what is the first number of the talks"})
	took = time.Since(began)
	if d.Outcome != facts.Answer || len(d.Facts) == 0 {
		return took, 0, fmt.Errorf("no answer: %+v", d)
	}
	text, _ := d.Facts[0].Fact.Answer.In("en")
	number = parsed(text)
	base := s.Bases()[0]
	if len(base.Facts) != 2+number%3 {
		return took, number, fmt.Errorf("%d facts beside the number %d", len(base.Facts), number)
	}
	for _, f := range base.Facts {
		if text, _ := f.Answer.In("en"); parsed(text) != number {
			return took, number, fmt.Errorf("the fact says %q beside the number %d", text, number)
		}
	}
	return took, number, nil
}
