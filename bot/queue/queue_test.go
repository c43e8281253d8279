package queue

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"summitbot/bot/state"
	"summitbot/commands"
	"summitbot/facts"
)

// harbour is a base about a harbour, with or without the fact that tells how
// tall its lighthouse is.
func harbour(withHeight bool) *facts.Snapshot {
	text := func(s string) facts.Text { return facts.Text{{Lang: "en", Text: s}} }
	b := &facts.Base{ID: "harbour", Title: text("The harbour"), Languages: []string{"en"}, Facts: []facts.Fact{
		{ID: "opening", Title: text("The opening"), Answer: text("The harbour opened on 1 May."), Asks: text("When did the harbour open?"), Status: facts.Reported},
		{ID: "depth", Title: text("The depth"), Answer: text("The harbour is 12 metres deep."), Asks: text("How deep is the harbour?"), Status: facts.Reported},
		{ID: "builder", Title: text("The builder"), Answer: text("Reed and Sons built the quays."), Asks: text("Who built the quays?"), Status: facts.Reported},
		{ID: "cost", Title: text("The cost"), Answer: text("It cost 9 million crowns."), Asks: text("How much did it cost?"), Status: facts.Reported},
	}}
	if withHeight {
		b.Facts = append(b.Facts, facts.Fact{ID: "height", Title: text("The lighthouse"), Answer: text("The lighthouse is 40 metres tall."), Asks: text("How tall is the lighthouse?"), Status: facts.Reported})
	}
	return facts.NewSnapshot(b)
}

// A post takes what a queue sends.
type post struct {
	mu     sync.Mutex
	closed map[string]bool // who takes no direct messages
	err    error
	sent   []string // who or where, and the nonce
}

func (p *post) ToCurators(context.Context, commands.Reply) error { return nil }

func (p *post) ToMember(_ context.Context, user, nonce string, r commands.Reply) error {
	if p.closed[user] {
		return commands.ErrClosed
	}
	return p.take(user, nonce, r)
}

func (p *post) ToChannel(_ context.Context, channel, nonce string, r commands.Reply) error {
	return p.take(channel+" for "+r.For, nonce, r)
}

func (p *post) take(to, nonce string, r commands.Reply) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.sent = append(p.sent, fmt.Sprintf("%s %s %s", to, nonce, r.Facts[0].ID))
	}
	return p.err
}

// A bench is a queue over a real store, with facts that can be changed.
type bench struct {
	*Queue
	store *state.Store
	post  *post
	mu    sync.Mutex
	facts *facts.Snapshot
}

func newBench(t *testing.T) *bench {
	t.Helper()
	store, err := state.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "queue.db"), state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	b := &bench{store: store, post: &post{closed: map[string]bool{}}, facts: harbour(false)}
	b.Queue = New(Config{Store: store, Messenger: b.post, Keep: 90 * 24 * time.Hour, Facts: func() *facts.Snapshot {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.facts
	}})
	return b
}

func (b *bench) change(s *facts.Snapshot) {
	b.mu.Lock()
	b.facts = s
	b.mu.Unlock()
	b.Changed()
}

// run runs the queue until the test ends.
func (b *bench) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan struct{})
	go func() { defer close(done); b.Run(ctx) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

func (b *bench) open(t *testing.T) []commands.Question {
	t.Helper()
	list, _, err := b.store.Open(t.Context(), commands.QueueFilter{Most: 100})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

func missed(text string) commands.Miss {
	return commands.Miss{Text: text, Lang: "en", Why: commands.WhyDeclined}
}

// TestGroups counts those that ask the same together, and others apart.
func TestGroups(t *testing.T) {
	b := newBench(t)
	b.run(t)
	for _, text := range []string{"How tall is the lighthouse?", "how tall is the lighthouse", "please, how tall is the lighthouse??", "How tall is the crane?", "How TALL is the lighthouse ?"} {
		b.Missed(missed(text))
	}
	until(t, "two groups", func() bool {
		list := b.open(t)
		return len(list) == 2 && list[0].Count == 4 && list[1].Count == 1
	})
	if q := b.open(t)[0]; q.Text != "How tall is the lighthouse?" || len(q.Near) == 0 {
		t.Errorf("got %+v", q)
	}
}

// TestPassCountsOnce finds the group of what was declined a moment ago without
// counting it again.
func TestPassCountsOnce(t *testing.T) {
	b := newBench(t)
	b.Missed(missed("How tall is the lighthouse?"))
	m := missed("How tall is the lighthouse?")
	m.Counted = true
	for range 3 {
		if _, err := b.Pass(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if list := b.open(t); len(list) != 1 || list[0].Count != 1 {
		t.Errorf("got %+v", list)
	}
}

// TestToldOnce closes what the new facts answer and tells those who wait, once:
// whoever takes no messages where they asked.
func TestToldOnce(t *testing.T) {
	b := newBench(t)
	b.post.closed["2"] = true
	id, err := b.Pass(t.Context(), missed("How tall is the lighthouse?"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := b.Pass(t.Context(), missed("Which birds nest on the roof of the warehouse?"))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []commands.Waiter{{Question: id, User: "1", Channel: "7"}, {Question: id, User: "2", Channel: "7"}, {Question: id, User: "1", Channel: "8"}, {Question: other, User: "3", Channel: "7"}} {
		w.Lang, w.Asked, w.At = "en", "How tall?", time.Now()
		if err := b.store.Wait(t.Context(), w); err != nil {
			t.Fatal(err)
		}
	}
	b.run(t)
	b.change(harbour(true))
	sent := func() []string { b.post.mu.Lock(); defer b.post.mu.Unlock(); return b.post.sent }
	until(t, "both told", func() bool { return len(sent()) == 2 })
	b.change(harbour(true))
	b.change(harbour(true))
	until(t, "another review", func() bool { return len(b.changed) == 0 })
	time.Sleep(50 * time.Millisecond)
	if got := sent(); len(got) != 2 || got[0] != "1 told-1 harbour/height" || got[1] != "7 for 2 told-2 harbour/height" {
		t.Errorf("sent %q", got)
	}
	if list := b.open(t); len(list) != 1 || list[0].ID != other {
		t.Errorf("open: %+v", list)
	}
}

// TestToldLater keeps trying while Discord cannot be reached.
func TestToldLater(t *testing.T) {
	b := newBench(t)
	id, err := b.Pass(t.Context(), missed("How tall is the lighthouse?"))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.store.Wait(t.Context(), commands.Waiter{Question: id, User: "1", Lang: "en", Asked: "How tall?", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	b.post.err = errors.New("no network")
	b.facts = harbour(true)
	b.review(t.Context())
	if due, err := b.store.Due(t.Context(), 10); err != nil || len(due) != 1 {
		t.Fatalf("due %v, %v", due, err)
	}
	b.post.err = nil
	b.tellDue(t.Context())
	b.tellDue(t.Context())
	if len(b.post.sent) != 1 {
		t.Errorf("sent %q", b.post.sent)
	}
}

// TestVotedDown is closed by another fact alone, not by the one that was voted
// down.
func TestVotedDown(t *testing.T) {
	b := newBench(t)
	m := missed("How deep is the harbour?")
	m.Why, m.Near = commands.WhyWrong, []string{"harbour/depth"}
	if _, err := b.Pass(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	b.review(t.Context())
	if list := b.open(t); len(list) != 1 || list[0].Wrong != 1 {
		t.Errorf("got %+v", list)
	}
}

// TestFullQueue drops what there is no room for, and says so; it never waits.
func TestFullQueue(t *testing.T) {
	b := newBench(t)
	dropped := 0
	b.config.Dropped = func() { dropped++ }
	for i := range mostPending + 10 {
		b.Missed(missed(fmt.Sprintf("question %d", i)))
	}
	if dropped != 10 {
		t.Errorf("dropped %d", dropped)
	}
	stop := b.run(t)
	stop() // what waits is counted at the end
	if _, all, err := b.store.Open(t.Context(), commands.QueueFilter{Most: 1}); err != nil || all == 0 {
		t.Errorf("%d counted, %v", all, err)
	}
}

// TestPrunes deletes what is older than it may be kept.
func TestPrunes(t *testing.T) {
	b := newBench(t)
	b.config.Now = func() time.Time { return time.Now().Add(-91 * 24 * time.Hour) }
	if _, err := b.Pass(t.Context(), missed("How tall is the lighthouse?")); err != nil {
		t.Fatal(err)
	}
	b.config.Now = time.Now
	b.prune(t.Context())
	if list := b.open(t); len(list) != 0 {
		t.Errorf("still there: %+v", list)
	}
}
