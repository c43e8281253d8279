// Package queue learns what people ask and the facts do not hold: it counts
// such questions, puts those that ask the same into one group, and after the
// facts have changed closes those that are answered now and tells who waits.
package queue

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"summitbot/bot/state"
	"summitbot/commands"
	"summitbot/facts"
)

// Config is what a queue needs. All but Log and Messenger is required.
type Config struct {
	Store     Store
	Facts     func() *facts.Snapshot
	Messenger commands.Messenger // tells those who wait
	Keep      time.Duration      // how long the texts of questions are kept; 0: for ever
	Log       *slog.Logger
	Now       func() time.Time
	Dropped   func() // is told of a question that was not counted; may be nil
}

// A Store is where questions are kept.
type Store interface {
	commands.Queue
	Prune(ctx context.Context, now time.Time, keep time.Duration) (state.Pruned, error)
}

// Bounds on what waits to be counted, and on how long one step may take.
const (
	mostPending = 1024
	within      = 5 * time.Second
)

// A Queue counts questions in the background. It implements commands.Learner.
type Queue struct {
	config  Config
	pending chan commands.Miss
	changed chan struct{} // the facts have changed, or somebody waits
	failing atomic.Bool

	passing sync.Mutex // one question at a time finds its group
	groups  *facts.Groups
	grouped *facts.Snapshot // how the groups read questions
}

// New returns a queue. Run does its work.
func New(c Config) *Queue {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	snapshot := c.Facts()
	return &Queue{config: c, pending: make(chan commands.Miss, mostPending), changed: make(chan struct{}, 1), groups: facts.NewGroups(snapshot), grouped: snapshot}
}

// Missed counts a question some time soon. When too many wait already it is
// dropped: asking goes before counting.
func (q *Queue) Missed(m commands.Miss) {
	select {
	case q.pending <- m:
	default:
		if q.config.Dropped != nil {
			q.config.Dropped()
		}
	}
}

// Pass counts a question now, and returns its group once that is kept.
func (q *Queue) Pass(ctx context.Context, m commands.Miss) (int64, error) {
	q.countPending(ctx) // what was declined a moment ago may be this very question
	return q.pass(ctx, m)
}

func (q *Queue) pass(ctx context.Context, m commands.Miss) (int64, error) {
	q.passing.Lock()
	defer q.passing.Unlock()
	m.Key, m.At = facts.Normal(m.Text), q.config.Now()
	if len(m.Near) == 0 {
		m.Near, m.Gap = q.nearest(m)
	}
	m.Group, _ = q.groups.Find(m.Lang, m.Text)
	id, err := q.config.Store.Miss(ctx, m)
	if err == nil && id != m.Group {
		q.groups.Add(id, m.Lang, m.Text)
	}
	return id, err
}

// mostNear is how many facts a curator is shown as near to a question.
const mostNear = 3

// nearest are the facts that come nearest to a question, and the gap that
// declines it if there is one.
func (q *Queue) nearest(m commands.Miss) (near []string, gap string) {
	d := q.config.Facts().Match(facts.Question{Text: m.Text, Lang: m.Lang})
	for _, ref := range d.Facts[:min(len(d.Facts), mostNear)] {
		near = append(near, ref.ID())
	}
	if d.Gap != nil {
		gap = d.Gap.ID()
	}
	return near, gap
}

// Changed says that the facts have changed, or that a question was answered:
// those who wait for an answer may be told now.
func (q *Queue) Changed() {
	select {
	case q.changed <- struct{}{}:
	default: // it will be looked at anyway
	}
}

// Times between the rounds of work that nothing has asked for.
const (
	tellEvery  = time.Minute
	pruneEvery = time.Hour
)

// Run works until ctx is done, and then counts what still waits.
func (q *Queue) Run(ctx context.Context) {
	tell, prune := time.NewTicker(tellEvery), time.NewTicker(pruneEvery)
	defer tell.Stop()
	defer prune.Stop()
	q.regroup(ctx)
	q.prune(ctx)
	q.review(ctx)
	for {
		select {
		case m := <-q.pending:
			q.count(ctx, m)
		case <-q.changed:
			q.regroup(ctx)
			q.review(ctx)
		case <-tell.C:
			q.letGo()
			q.tellDue(ctx)
		case <-prune.C:
			q.prune(ctx)
		case <-ctx.Done():
			q.countPending(context.WithoutCancel(ctx))
			return
		}
	}
}

// countPending counts what waits by now.
func (q *Queue) countPending(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for range len(q.pending) {
		select {
		case m := <-q.pending:
			q.count(ctx, m)
		default: // somebody else was faster
			return
		}
	}
}

// count counts one question that nobody waits for.
func (q *Queue) count(ctx context.Context, m commands.Miss) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	_, err := q.pass(ctx, m)
	q.report("questions are not counted", err)
}

// report logs that something fails, and that it works again: once each.
func (q *Queue) report(what string, err error) {
	switch {
	case errors.Is(err, context.Canceled):
	case err != nil && !q.failing.Swap(true):
		q.config.Log.Error(what, "error", err.Error())
	case err == nil && q.failing.Swap(false):
		q.config.Log.Info("the queue of questions works again")
	}
}

// prune deletes what is older than it may be kept.
func (q *Queue) prune(ctx context.Context) {
	if q.config.Keep <= 0 {
		return
	}
	gone, err := q.config.Store.Prune(ctx, q.config.Now(), q.config.Keep)
	q.report("what is too old was not deleted", err)
	if gone != (state.Pruned{}) {
		q.config.Log.Info("deleted what is too old", "questions", gone.Questions, "texts", gone.Texts, "suggestions", gone.Suggestions, "postings", gone.Postings, "drafts", gone.Drafts)
	}
}

// number writes a number of the store.
func number(n int64) string { return strconv.FormatInt(n, 10) }
