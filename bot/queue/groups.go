package queue

import (
	"context"

	"summitbot/commands"
	"summitbot/facts"
)

// mostGrouped bounds the memory for finding groups: the newest open questions
// beyond it are grouped by their words alone.
const mostGrouped = 20_000

// A grouping finds the group that asks the same, among the open ones.
type grouping struct {
	groups *facts.Groups
	left   int // how many more fit in
}

func (g *grouping) find(m commands.Miss) int64 {
	id, _ := g.groups.Find(m.Lang, m.Text)
	return id
}

func (g *grouping) add(id int64, m commands.Miss) {
	if g.left > 0 && m.Group != id {
		g.groups.Add(id, m.Lang, m.Text)
		g.left--
	}
}

// regroup reads the open questions anew: names and terms of the facts decide
// what asks the same.
func (q *Queue) regroup(ctx context.Context) {
	q.passing.Lock()
	defer q.passing.Unlock()
	g := &grouping{groups: facts.NewGroups(q.config.Facts()), left: mostGrouped}
	err := q.eachOpen(ctx, func(open commands.Question) error {
		g.add(open.ID, commands.Miss{Text: open.Text, Lang: open.Lang})
		return nil
	})
	q.report("open questions were not read", err)
	q.groups.Store(g)
}
