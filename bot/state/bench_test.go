package state

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"summitbot/commands"
)

var (
	benchRows  = flag.Int("rows", 0, "with how many questions and votes TestSpeed measures; 0: not at all")
	benchCalls = flag.Int("calls", 1000, "how often TestSpeed makes each call")
)

// worstWait is how long 99 of 100 calls may take at most.
const worstWait = 20 * time.Millisecond

// TestSpeed measures the calls on a full store; see make state-bench.
func TestSpeed(t *testing.T) {
	if *benchRows == 0 {
		t.Skip("did not run: `make state-bench` measures the speed")
	}
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			address := p.url(t)
			begun := time.Now()
			s := filledStore(t, address, *benchRows)
			t.Logf("%d questions and as many votes, written and migrated in %v", *benchRows, time.Since(begun).Round(time.Second))
			_, err := s.write.ExecContext(t.Context(), "ANALYZE")
			must(t, err)
			measure(t, s)
			measureOpen(t, address)
		})
	}
}

// measure times each call.
func measure(t *testing.T, s *Store) {
	t.Helper()
	ctx, n := t.Context(), *benchRows
	langs := []string{"ja", "en", "ko"}
	open := func(f commands.QueueFilter) func(int) error {
		return func(int) error { _, _, err := s.Open(ctx, f); return err }
	}
	for _, call := range []struct {
		name string
		do   func(i int) error
	}{
		{"Vote, a new one", func(i int) error {
			return s.Vote(ctx, commands.Vote{User: fmt.Sprint("new", i), Fact: fmt.Sprint("summit/", i%5000), Revision: "a"})
		}},
		{"Vote, changed", func(i int) error {
			k := 1 + i*7919%n
			return s.Vote(ctx, commands.Vote{User: fmt.Sprint(k), Fact: fmt.Sprint("summit/", k%5000), Revision: "a", Right: i%2 == 0, Reason: "Another reason"})
		}},
		{"Miss, a new one", func(i int) error {
			_, err := s.Miss(ctx, commands.Miss{Text: fmt.Sprint("Never asked before ", i), Lang: "en"})
			return err
		}},
		{"Miss, asked before", func(i int) error {
			k := 1 + i*7919%n
			_, err := s.Miss(ctx, commands.Miss{Text: "again", Key: fmt.Sprint("number ", k), Lang: []string{"en", "ko", "ja"}[k%3]})
			return err
		}},
		{"Open, by count", open(commands.QueueFilter{Most: 10})},
		{"Open, by count, one language", open(commands.QueueFilter{Most: 10, Lang: "ko"})},
		{"Open, newest", open(commands.QueueFilter{Most: 10, Newest: true})},
		{"Open, newest, one language", open(commands.QueueFilter{Most: 10, Newest: true, Lang: langs[1]})},
		{"Worst", func(int) error { _, err := s.Worst(ctx, 10); return err }},
		{"Reasons", func(i int) error { _, err := s.Reasons(ctx, fmt.Sprint("summit/", i%5000), 10); return err }},
		{"Phrasings", func(i int) error { _, err := s.Phrasings(ctx, int64(1+i), 5); return err }},
	} {
		times := make([]time.Duration, *benchCalls)
		for i := range times {
			begun := time.Now()
			must(t, call.do(i))
			times[i] = time.Since(begun)
		}
		slices.Sort(times)
		p50, p99 := times[len(times)/2], times[len(times)*99/100]
		t.Logf("%-30s p50 %6.2f ms  p99 %6.2f ms", call.name, millis(p50), millis(p99))
		if p99 > worstWait {
			t.Errorf("%s: p99 is %v, more than %v", call.name, p99, worstWait)
		}
	}
}

// measureOpen times opening a store that is up to date.
func measureOpen(t *testing.T, address string) {
	t.Helper()
	times := make([]time.Duration, 21)
	for i := range times {
		begun := time.Now()
		s, err := Open(t.Context(), address, Options{})
		must(t, err)
		times[i] = time.Since(begun)
		must(t, s.Close())
	}
	slices.Sort(times)
	t.Logf("%-30s p50 %6.2f ms  max %6.2f ms", "Open, up to date", millis(times[len(times)/2]), millis(times[len(times)-1]))
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		if info, err := os.Stat(path); err == nil {
			t.Logf("the file has %d MiB", info.Size()>>20)
		}
	}
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
