package edit

import "strings"

// This file adds and removes lines of lists and maps in block style.

// unitStart returns where an entry of a map or an item of a list starts.
func unitStart(parent *node, i int) int {
	if parent.kind == listKind {
		return parent.kids[i].dash
	}
	return parent.kids[i].keyStart
}

// unitEnd returns the end of an entry's last line. Comments below it that
// stand further in than its neighbours belong to it.
func (e *editor) unitEnd(parent *node, i int) int {
	end := lineEnd(e.text, parent.kids[i].end)
	for at := nextLine(e.text, end); at < len(e.text) && e.isComment(at) && e.indentAt(at) > parent.indent; at = nextLine(e.text, at) {
		end = lineEnd(e.text, at)
	}
	return end
}

// unitTop returns where the comments directly above an entry start, or its
// own line.
func (e *editor) unitTop(parent *node, i int) int {
	top := lineStart(e.text, unitStart(parent, i))
	floor := 0
	if i > 0 {
		floor = parent.kids[i-1].end
	}
	for top > 0 {
		above := lineStart(e.text, top-1)
		if above >= top || above < floor || !e.isComment(above) || e.indentAt(above) > parent.indent {
			break
		}
		top = above
	}
	return top
}

// indentAt returns how far in the line starts that starts at at.
func (e *editor) indentAt(at int) int {
	line := e.text[at:lineEnd(e.text, at)]
	return len(line) - len(strings.TrimLeft(line, " "))
}

func (e *editor) isComment(at int) bool {
	return strings.HasPrefix(strings.TrimLeft(e.text[at:lineEnd(e.text, at)], " "), "#")
}

func (e *editor) isBlank(at int) bool {
	return strings.TrimLeft(e.text[at:lineEnd(e.text, at)], " ") == ""
}

// ownLine reports whether nothing but space stands before at on its line.
func (e *editor) ownLine(at int) bool {
	return strings.TrimLeft(e.text[lineStart(e.text, at):at], " ") == ""
}

// blanksAbove returns where the blank lines directly above the line at top
// start, and how many there are.
func (e *editor) blanksAbove(top int) (start, count int) {
	for start = top; start > 0; count++ {
		above := lineStart(e.text, start-1)
		if above >= start || !e.isBlank(above) {
			break
		}
		start = above
	}
	return start, count
}

// insert adds an entry behind that of index before, or on top if it is -1, with
// as many blank lines as stand between the two before it.
func (e *editor) insert(parent *node, before int, entry string) {
	if before < 0 && !e.ownLine(unitStart(parent, 0)) {
		before = len(parent.kids) - 1
	}
	if before < 0 {
		top := e.unitTop(parent, 0)
		e.splice(top, top, entry[1:]+"\n")
		return
	}
	blanks := 0
	if before > 0 {
		_, blanks = e.blanksAbove(e.unitTop(parent, before))
	}
	if before > 1 {
		_, other := e.blanksAbove(e.unitTop(parent, before-1))
		blanks = min(blanks, other)
	}
	end := e.unitEnd(parent, before)
	e.splice(end, end, strings.Repeat("\n", blanks)+entry)
}

// removeUnits takes out entries with the comments that belong to them.
func (e *editor) removeUnits(parent *node, gone []bool) {
	for i := 0; i < len(gone); i++ {
		switch start := unitStart(parent, i); {
		case !gone[i]:
		case parent.kids[i].hasAnchor():
			e.fail(parent.kids[i], "an anchor (&), to which other places may refer, stands in what would be removed")
		case e.ownLine(start):
			e.removeLines(parent, i)
		default: // behind a dash: the next takes its place there
			for i+1 < len(gone) && gone[i+1] {
				i++
			}
			if i+1 == len(gone) {
				e.fail(parent.kids[i], "nothing would be left here")
				return
			}
			e.splice(start, unitStart(parent, i+1), "")
		}
	}
}

// removeLines takes out the lines of an entry, and one of the gaps around it.
func (e *editor) removeLines(parent *node, i int) {
	top, end := e.unitTop(parent, i), nextLine(e.text, e.unitEnd(parent, i))
	gapStart, above := e.blanksAbove(top)
	below := end
	for below < len(e.text) && e.isBlank(below) {
		below = nextLine(e.text, below)
	}
	switch {
	case above > 0 && (below > end || end == len(e.text) || i == len(parent.kids)-1):
		top = gapStart
	case above == 0 && i == 0 && below < len(e.text):
		end = below
	}
	if end == len(e.text) && !strings.HasSuffix(e.text, "\n") && top > 0 {
		top = lineEnd(e.text, top-1) // the last line has no line break, so it loses the one before
	}
	e.splice(top, end, "")
}
