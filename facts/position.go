package facts

import "fmt"

// A Position is a place in a facts file.
type Position struct {
	File   string
	Line   int // from 1; 0 when unknown
	Column int // from 1, in characters; 0 when unknown
}

// String returns file:line:column.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// An Item is something in a base that has a position: the zero Item is its
// first fact.
type Item struct {
	Kind  ItemKind
	Owner int // index of the fact or gap; 0 for a decline
	Index int // index in the owner's list; 0 for the fact or gap itself
}

// ItemKind says what an Item is.
type ItemKind uint8

// The kinds of items.
const (
	FactItem     ItemKind = iota // Base.Facts[Owner]
	GapItem                      // Base.Gaps[Owner]
	CitationItem                 // Base.Facts[Owner].Sources[Index]
	FactTestItem                 // Base.Facts[Owner].Tests[Index]
	GapTestItem                  // Base.Gaps[Owner].Tests[Index]
	DeclineItem                  // Base.Declines[Index]
)

// Position returns where it stands. A base that was not loaded from a file
// knows no positions, and one from JSONL knows those of facts, gaps and
// declines only: there it returns the owner's.
func (b *Base) Position(it Item) Position { return b.places.position(it) }

// A place is a Position in 12 bytes. Lines and columns beyond four billion
// do not occur: files are bounded.
type place struct {
	line, column uint32
	file         uint16
}

// places holds where the items of a base stand.
type places struct {
	files []string // main file first, then the parts
	facts []place
	gaps  []place
	inner map[Item]place // all other kinds, of bases written by hand
}

func (ps *places) position(it Item) Position {
	if ps == nil {
		return Position{}
	}
	at, ok := ps.inner[it]
	switch {
	case ok:
	case it.Kind == GapItem || it.Kind == GapTestItem:
		at = ps.gaps[it.Owner]
	case it.Kind != DeclineItem:
		at = ps.facts[it.Owner]
	}
	return Position{File: ps.files[at.file], Line: int(at.line), Column: int(at.column)}
}
