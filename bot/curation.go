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
type clerk chan func(context.Context)

// mostJobs is how many jobs may wait; what comes then is left to the next
// start, which finds what is not recorded.
const mostJobs = 256

// jobWithin bounds how long one job may take.
const jobWithin = 30 * time.Second

// run does jobs until ctx is done: what is left then, the next start will find.
func (c clerk) run(ctx context.Context) {
	for {
		select {
		case job := <-c:
			c.do(ctx, job)
		case <-ctx.Done():
			return
		}
	}
}

func (c clerk) do(ctx context.Context, job func(context.Context)) {
	ctx, cancel := context.WithTimeout(ctx, jobWithin)
	defer cancel()
	job(ctx)
}

// give hands over a job; it never waits.
func (c clerk) give(job func(context.Context)) {
	select {
	case c <- job:
	default:
	}
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
				s.recordChange(ctx, c)
			}
		}
	})
}

// recordChange records a change that was made in the file.
func (s *server) recordChange(ctx context.Context, c facts.FactChange) {
	_, err := s.store.Record(ctx, commands.Change{At: time.Now(), Kind: changeKinds[c.Kind], Fact: c.ID, Before: c.Before, After: c.After})
	if err != nil {
		s.log.Error("a change of the facts was not recorded", "error", err.Error())
	}
}

// changeKinds name in the history what has happened to a fact.
var changeKinds = map[facts.ChangeKind]string{
	facts.Added: commands.KindAdd, facts.Changed: commands.KindEdit, facts.Retired: commands.KindRetire,
	facts.Restored: commands.KindRestore, facts.Removed: commands.KindRemove,
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
		s.recordChange(ctx, facts.FactChange{ID: newest.Fact, Kind: facts.ChangeOf(newest.After, ref.Fact), Before: newest.After, After: ref.Fact})
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
