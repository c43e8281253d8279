package discord

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"summitbot/commands"
)

// A shelf is a store of postings that may fail, or hang until it is told.
type shelf struct {
	mu    sync.Mutex
	kept  []commands.Posting
	calls []int // how many each call had
	fault error
	hangs bool
}

func (s *shelf) Post(ctx context.Context, list []commands.Posting) error {
	s.mu.Lock()
	hangs, fault := s.hangs, s.fault
	s.calls = append(s.calls, len(list))
	s.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return ctx.Err()
	}
	if fault == nil {
		s.mu.Lock()
		s.kept = append(s.kept, list...)
		s.mu.Unlock()
	}
	return fault
}

func (s *shelf) count() (kept, calls int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.kept), len(s.calls)
}

// postingBot is a bot that records into a shelf, and counts what is lost. Over
// HTTP, messages are found by look.
func postingBot(t *testing.T, s *shelf, look func(context.Context, string) (string, error)) (b *Bot, log *safeBuffer, lost func(why string) int) {
	t.Helper()
	logger, out := testLog(t)
	var mu sync.Mutex
	counts := map[string]int{}
	c := BotConfig{Log: logger, Posted: s.Post, Metrics: BotMetrics{Unposted: func(why string, n int) {
		mu.Lock()
		defer mu.Unlock()
		counts[why] += n
	}}}.withDefaults()
	b = &Bot{config: c, posts: newPoster(c, look)}
	return b, out, func(why string) int {
		mu.Lock()
		defer mu.Unlock()
		return counts[why]
	}
}

// posting is a message that shows so many facts.
func posting(message string, n int) shownMessage {
	return shownMessage{shown: slices.Repeat([]commands.Posting{{Fact: "a/b", Revision: "1", Lang: "en"}}, n), channel: "4", message: message, token: testSecret}
}

func soonOver(t *testing.T, within time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	t.Cleanup(cancel)
	return ctx
}

// TestPosterBatches keeps what comes together at once, and closing keeps the
// rest.
func TestPosterBatches(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	b, _, lost := postingBot(t, s, nil)
	for i := range 300 {
		b.record(posting(strconv.Itoa(i), 1))
	}
	if err := b.posts.close(soonOver(t, 5*time.Second)); err != nil {
		t.Fatal(err)
	}
	if kept, calls := s.count(); kept != 300 || calls < 3 || calls > 4 || lost("full")+lost("closed") > 0 {
		t.Errorf("%d kept in %d calls %v", kept, calls, s.calls)
	}
	if s.kept[299].Message != "299" || s.kept[299].Channel != "4" || s.kept[299].At.IsZero() {
		t.Errorf("got %+v", s.kept[299])
	}
	if err := b.posts.close(soonOver(t, time.Second)); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

// TestPosterFaults logs a failing store once, tries again, and holds no more
// than it may.
func TestPosterFaults(t *testing.T) {
	t.Parallel()
	s := &shelf{fault: errors.New("the disk is full")}
	b, log, lost := postingBot(t, s, nil)
	const many = mostHeld + 504
	for i := range many / 10 {
		b.record(posting(strconv.Itoa(i), 10))
		if i%100 == 0 {
			time.Sleep(10 * time.Millisecond)
		}
	}
	until(t, "dropped", func() bool { return lost("store") > 0 })
	s.mu.Lock()
	s.fault = nil
	s.mu.Unlock()
	if err := b.posts.close(soonOver(t, 5*time.Second)); err != nil {
		t.Fatal(err)
	}
	kept, _ := s.count()
	if n := len(log.lines("was not kept")); n != 1 || kept+lost("store")+lost("full") != many || kept > mostHeld {
		t.Errorf("%d kept, %d and %d lost, logged %d times", kept, lost("store"), lost("full"), n)
	}
}

// TestPosterHangs never makes an answer wait, and ends in time.
func TestPosterHangs(t *testing.T) {
	t.Parallel()
	s := &shelf{hangs: true}
	b, _, lost := postingBot(t, s, nil)
	start := time.Now()
	for i := range mostPosts + 5*batchSize {
		b.record(posting(strconv.Itoa(i), 1))
	}
	if took := time.Since(start); took > time.Second || lost("full") == 0 {
		t.Errorf("took %s, %d dropped", took, lost("full"))
	}
	start = time.Now()
	if err := b.posts.close(soonOver(t, 200*time.Millisecond)); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 2*time.Second {
		t.Errorf("after %s: %v", time.Since(start), err)
	}
	if lost("closed") == 0 {
		t.Error("nobody was told of what was left")
	}
}

// TestPosterLooks looks messages up at a pace, and gives those up that are not
// found.
func TestPosterLooks(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	b, _, lost := postingBot(t, s, func(_ context.Context, token string) (string, error) {
		if token != testSecret {
			return "", errors.New("gone")
		}
		return "77", nil
	})
	start := time.Now()
	for range 3 {
		b.record(posting("", 1))
	}
	other := posting("", 2)
	other.token = "other"
	b.record(other)
	until(t, "kept", func() bool { kept, _ := s.count(); return kept == 3 })
	if took := time.Since(start); took < lookAfter {
		t.Errorf("looked after %s", took)
	}
	if err := b.posts.close(soonOver(t, 5*time.Second)); err != nil || s.kept[0].Message != "77" || lost("lookup") != 2 {
		t.Errorf("%v, %+v, %d lost", err, s.kept, lost("lookup"))
	}
}

// TestNothingIsRecorded without a store, or of what shows no fact.
func TestNothingIsRecorded(t *testing.T) {
	b := &Bot{config: BotConfig{}.withDefaults()}
	b.record(posting("1", 1))
	if err := b.posts.close(t.Context()); err != nil {
		t.Error(err)
	}
	if shown := b.shownBy(commands.Reply{Outcome: "answer"}); shown != nil {
		t.Errorf("got %v", shown)
	}
}
