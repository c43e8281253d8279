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

// letGo reads what is grouped as the facts that are served do, once those by
// which it was read are not: they were fitted in haste, and are settled now.
func (q *Queue) letGo() {
	q.passing.Lock()
	defer q.passing.Unlock()
	if snapshot := q.config.Facts(); q.grouped != snapshot {
		q.groups.Use(snapshot)
		q.grouped = snapshot
	}
}
