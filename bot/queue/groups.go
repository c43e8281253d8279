package queue

import (
	"context"

	"summitbot/commands"
	"summitbot/facts"
)

// regroup reads the open questions anew: names and terms of the facts decide
// what asks the same.
func (q *Queue) regroup(ctx context.Context) {
	q.passing.Lock()
	defer q.passing.Unlock()
	q.grouped = q.config.Facts()
	q.groups = facts.NewGroups(q.grouped)
	err := q.eachOpen(ctx, func(open commands.Question) error {
		q.groups.Add(open.ID, open.Lang, open.Text)
		return nil
	})
	q.report("open questions were not read", err)
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
