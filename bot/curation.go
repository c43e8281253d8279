package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"summitbot/bot/library"
	"summitbot/bot/queue"
	"summitbot/commands"
	"summitbot/facts"
)

// isCurator reports whether somebody may change the facts: by their id or by a
// role.
func (c config) isCurator(user string, roles []string) bool {
	return slices.Contains(c.CuratorUsers, user) || slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(c.CuratorRoles, r) })
}

// A clerk does, one after the other and in the background, what a change of
// the facts calls for, so that nothing waits for the database or Discord.
type clerk struct {
	jobs chan func(context.Context)
	done chan struct{}
	stop context.CancelFunc
}

// mostJobs is how many jobs may wait; what comes then is left to the next
// start, which finds what is not recorded.
const mostJobs = 256

// jobWithin bounds how long one job may take.
const jobWithin = 30 * time.Second

func newClerk() *clerk {
	ctx, cancel := context.WithCancel(context.Background())
	c := &clerk{jobs: make(chan func(context.Context), mostJobs), done: make(chan struct{}), stop: cancel}
	go func() {
		defer close(c.done)
		for {
			select {
			case job := <-c.jobs:
				c.do(ctx, job)
			case <-ctx.Done():
				return
			}
		}
	}()
	return c
}

func (c *clerk) do(ctx context.Context, job func(context.Context)) {
	ctx, cancel := context.WithTimeout(ctx, jobWithin)
	defer cancel()
	job(ctx)
}

// give hands over a job; it never waits.
func (c *clerk) give(job func(context.Context)) {
	select {
	case c.jobs <- job:
	default:
	}
}

// close ends the clerk: what is left to do, the next start will find.
func (c *clerk) close() {
	c.stop()
	<-c.done
}

// factsChanged records what somebody has changed in the files, and has the
// open questions put to the new facts. What was published from Discord is
// recorded by who published it.
func (s *server) factsChanged(r library.Report) {
	s.queue.Changed()
	if r.Published {
		return
	}
	s.clerk.give(func(ctx context.Context) {
		for _, base := range r.Changes {
			for _, c := range base.Facts {
				s.recordChange(ctx, base.Base, c.Before, c.After)
			}
		}
	})
}

// recordChange records a change that was made in the file.
func (s *server) recordChange(ctx context.Context, base string, before, after *facts.Fact) {
	fact := after
	if fact == nil {
		fact = before
	}
	_, err := s.store.Record(ctx, commands.Change{At: time.Now(), Kind: kindOf(before, after), Fact: base + "/" + fact.ID, Before: before, After: after})
	if err != nil {
		s.log.Error("a change of the facts was not recorded", "error", err.Error())
	}
}

// kindOf names what happened between two states of a fact.
func kindOf(before, after *facts.Fact) string {
	retired := func(f *facts.Fact) bool { return f.Status == facts.Superseded || f.Status == facts.Retracted }
	switch {
	case before == nil:
		return commands.KindAdd
	case after == nil:
		return commands.KindRemove
	case retired(after) && !retired(before):
		return commands.KindRetire
	case retired(before) && !retired(after):
		return commands.KindRestore
	}
	return commands.KindEdit
}

// catchUp records what has changed in the files since the history was last
// written: while the bot was not running, or in a crash.
func (s *server) catchUp(ctx context.Context) {
	const looked = 200
	seen := map[string]bool{}
	for skip := 0; ; skip += looked {
		list, all, err := s.store.Changes(ctx, "", skip, looked)
		if err != nil {
			s.log.Error("the history was not read", "error", err.Error())
			return
		}
		for _, c := range list {
			if !seen[c.Fact] {
				seen[c.Fact] = true
				s.compare(ctx, c)
			}
		}
		if skip+looked >= all {
			return
		}
	}
}

// compare records a change when a fact is not as its newest change has left
// it.
func (s *server) compare(ctx context.Context, newest commands.Change) {
	snapshot := s.library.Snapshot()
	base, _, _ := strings.Cut(newest.Fact, "/")
	isServed := slices.ContainsFunc(snapshot.Bases(), func(b *facts.Base) bool { return b.ID == base })
	ref, _ := snapshot.Lookup(newest.Fact)
	if isServed && ref.Gap == nil && !commands.SameFact(ref.Fact, newest.After) {
		s.recordChange(ctx, base, newest.After, ref.Fact)
	}
}

// factsFaulty tells the curators that a file has faults: the library calls it
// once for each distinct state of them.
func (s *server) factsFaulty(r library.Report) {
	s.clerk.give(func(ctx context.Context) {
		err := s.bot.ToCurators(ctx, commands.FaultyFiles(s.config.Language, r.Faults))
		if err != nil && !errors.Is(err, commands.ErrNoChannel) {
			s.log.Warn("the curators were not told of faults in the facts files", "error", err.Error())
		}
	})
}

// newQueue returns the queue of what people ask and the facts do not hold.
func (s *server) newQueue() *queue.Queue {
	return queue.New(queue.Config{
		Store: s.store, Facts: s.library.Snapshot, Messenger: s.bot, Log: s.log,
		Keep: time.Duration(s.config.RetentionDays) * 24 * time.Hour, Dropped: s.metrics.uncounted.Inc,
	})
}

// stateWarning says, in a line, that nothing can be kept just now; "": all is
// well. Questions are answered all the same.
func (s *server) stateWarning(ctx context.Context) string {
	if s.store.Healthy(ctx) == nil {
		return ""
	}
	return "warning: the database does not work; questions are answered, but nothing that members or curators tell is kept\n"
}
