package discord

import (
	"cmp"
	"slices"
	"sync"

	"summitbot/commands"
)

// A tally counts, from the start of the process, how often each fact was the
// answer.
type tally struct {
	mu    sync.Mutex
	times map[string]int
}

func (t *tally) add(fact string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.times[fact]++
}

// Asked returns up to n facts that were asked for most, most first.
func (b *Bot) Asked(n int) []commands.Asked {
	b.tally.mu.Lock()
	var list []commands.Asked
	for fact, times := range b.tally.times {
		list = append(list, commands.Asked{Fact: fact, Times: times})
	}
	b.tally.mu.Unlock()
	slices.SortFunc(list, func(a, b commands.Asked) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Fact, b.Fact))
	})
	return list[:min(n, len(list))]
}
