package facts

import (
	"reflect"
	"slices"
)

// A ChangeKind is what happened to a fact or a gap from one load to the next.
type ChangeKind string

const (
	Added    ChangeKind = "added"    // it is new
	Changed  ChangeKind = "changed"  // something in it is other than before
	Retired  ChangeKind = "retired"  // it was valid, and is superseded or retracted now
	Restored ChangeKind = "restored" // it was retired, and is valid again
	Removed  ChangeKind = "removed"  // it is in no file any more
)

// A FactChange is one fact that is not as it was.
type FactChange struct {
	ID            string // base/fact
	Kind          ChangeKind
	Before, After *Fact // nil where there was or is none
}

// A BaseChange is what differs in the bases of one id.
type BaseChange struct {
	Base   string             // its id
	Kind   ChangeKind         // Added, Removed or Changed
	Facts  []FactChange       // in the order of the base after; removed ones last
	Gaps   map[ChangeKind]int // how many were Added, Changed, Removed
	Header bool               // what belongs to no fact and no gap differs: names, terms, sources, title …
}

// Changes compares what was loaded before with what is loaded now, by the whole
// content of each fact, phrasings and tests included; only where it stands in
// the files does not count. Bases that say the same are left out. The order is
// that of after, removed bases last.
func Changes(before, after []*Base) []BaseChange {
	was := map[string]*Base{}
	for _, b := range before {
		was[b.ID] = b
	}
	var changes []BaseChange
	for _, b := range after {
		if c := changesOf(was[b.ID], b); !c.isEmpty() {
			changes = append(changes, c)
		}
		delete(was, b.ID)
	}
	for _, b := range before {
		if was[b.ID] == b {
			changes = append(changes, changesOf(b, nil))
		}
	}
	return changes
}

func (c *BaseChange) isEmpty() bool {
	return c.Kind == Changed && !c.Header && len(c.Facts) == 0 && len(c.Gaps) == 0
}

// changesOf compares two states of a base, one of which may be nil.
func changesOf(before, after *Base) BaseChange {
	c := BaseChange{Kind: Changed, Gaps: map[ChangeKind]int{}}
	switch {
	case before == nil:
		before, c.Base, c.Kind = &Base{}, after.ID, Added
	case after == nil:
		after, c.Base, c.Kind = &Base{}, before.ID, Removed
	default:
		c.Base = after.ID
		c.Header = !sameHeader(before, after)
	}
	c.compareFacts(before.Facts, after.Facts)
	c.compareGaps(before.Gaps, after.Gaps)
	return c
}

// sameHeader compares what is outside of facts and gaps.
func sameHeader(a, b *Base) bool {
	header := func(b *Base) Base {
		h := *b
		h.Facts, h.Gaps, h.places = nil, nil, nil
		return h
	}
	return reflect.DeepEqual(header(a), header(b))
}

func (c *BaseChange) compareFacts(before, after []Fact) {
	was := make(map[string]*Fact, len(before))
	for i := range before {
		was[before[i].ID] = &before[i]
	}
	for i := range after {
		f := &after[i]
		if kind := ChangeOf(was[f.ID], f); kind != "" {
			c.Facts = append(c.Facts, FactChange{c.Base + "/" + f.ID, kind, was[f.ID], f})
		}
		delete(was, f.ID)
	}
	for i := range before {
		if f := &before[i]; was[f.ID] == f {
			c.Facts = append(c.Facts, FactChange{c.Base + "/" + f.ID, Removed, f, nil})
		}
	}
}

// ChangeOf tells what happened to a fact between two states, one of which may
// be nil; "" when nothing did.
func ChangeOf(before, after *Fact) ChangeKind {
	switch {
	case before == nil:
		return Added
	case after == nil:
		return Removed
	case before.isIndexed() && !after.isIndexed():
		return Retired
	case !before.isIndexed() && after.isIndexed():
		return Restored
	case !sameFact(before, after):
		return Changed
	}
	return ""
}

// sameFact compares facts. Their phrasings, which are most of them, go first and
// without reflection.
func sameFact(a, b *Fact) bool {
	if !slices.Equal(a.Asks, b.Asks) || !slices.Equal(a.Tests, b.Tests) {
		return false
	}
	x, y := *a, *b
	x.Asks, x.Tests, y.Asks, y.Tests = nil, nil, nil, nil
	return reflect.DeepEqual(x, y)
}

func (c *BaseChange) compareGaps(before, after []Gap) {
	was := make(map[string]*Gap, len(before))
	for i := range before {
		was[before[i].ID] = &before[i]
	}
	for i := range after {
		g := &after[i]
		switch w := was[g.ID]; {
		case w == nil:
			c.Gaps[Added]++
		case !reflect.DeepEqual(w, g):
			c.Gaps[Changed]++
		}
		delete(was, g.ID)
	}
	if len(was) > 0 {
		c.Gaps[Removed] = len(was)
	}
}
