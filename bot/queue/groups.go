package queue

import (
	"context"
	"errors"

	"summitbot/commands"
	"summitbot/facts"
)

// errFull ends the reading of open questions: groups hold no more.
var errFull = errors.New("the groups are full")

// regroup reads the open questions anew: names and terms of the facts decide
// what asks the same. What is asked meanwhile is grouped by its words alone.
func (q *Queue) regroup(ctx context.Context) {
	snapshot := q.config.Facts()
	groups := facts.NewGroups(snapshot)
	err := q.eachOpen(ctx, func(open commands.Question) error {
		if groups.Add(open.ID, open.Lang, open.Text); groups.Len() == facts.MaxGroupTexts {
			return errFull
		}
		return nil
	})
	if !errors.Is(err, errFull) {
		q.report("open questions were not read", err)
	}
	q.passing.Lock()
	defer q.passing.Unlock()
	q.groups, q.grouped = groups, snapshot
}

// regroupIfStale lets go of facts that are not served any more.
func (q *Queue) regroupIfStale(ctx context.Context) {
	q.passing.Lock()
	stale := q.grouped != q.config.Facts()
	q.passing.Unlock()
	if stale {
		q.regroup(ctx)
	}
}
