package edit

import "strings"

// flowText returns a list or map in brackets as it is wanted.
func (e *editor) flowText(old, want, like *node) string {
	from := e.alignFlow(old, want)
	f := newFlowStyle(e, old)
	var b strings.Builder
	b.WriteString(f.head)
	last := -2 // index of the one before, -1 for a new one
	for i, kid := range want.kids {
		switch {
		case i == 0:
		case from[i] >= 1 && from[i] == last+1:
			b.WriteString(f.gap(last))
		case last == len(old.kids)-1 && f.note != "":
			b.WriteString(f.note + f.newLine)
		default:
			b.WriteString(f.separator)
		}
		b.WriteString(e.flowPiece(old, want, from[i], kid, like))
		last = from[i]
	}
	e.checkFlowComments(old, from, f)
	return b.String() + f.tail(last == len(old.kids)-1)
}

// flowPiece returns an entry: as it stands, changed within, or new.
func (e *editor) flowPiece(old, want *node, at int, to, like *node) string {
	if at < 0 {
		beside := old.kids[len(old.kids)-1]
		if old.kind == mapKind {
			return e.entryInBrackets(to, likeFor(to, old, want, like))
		}
		return e.inBrackets(to, beside)
	}
	kid := old.kids[at]
	inner := &editor{path: e.path, text: e.text, json: e.json, eol: e.eol, layout: e.layout}
	inner.change(kid, to, like.child(kid.key))
	if inner.failed != nil && e.failed == nil {
		e.failed = inner.failed
	}
	return spliced(e.text, flowStart(kid), kid.end, inner.splices)
}

// flowStart returns where an entry in brackets starts.
func flowStart(kid *node) int {
	if kid.colon > 0 {
		return kid.keyStart
	}
	return kid.start
}

// alignFlow returns for each wanted entry the index of the old one it is made
// of, or -1.
func (e *editor) alignFlow(old, want *node) (from []int) {
	if old.kind == listKind {
		return align(old.kids, want.kids)
	}
	for _, kid := range want.kids {
		from = append(from, old.index(kid.key))
	}
	return from
}

// checkFlowComments refuses to lose a comment or an anchor.
func (e *editor) checkFlowComments(old *node, from []int, f flowLook) {
	kept := map[int]bool{}
	for i, at := range from {
		kept[at] = true
		if i > 0 && at > 0 && from[i-1] == at-1 {
			kept[-1-at] = true // the gap before it
		}
	}
	for i, kid := range old.kids {
		switch {
		case !kept[i] && kid.hasAnchor():
			e.fail(kid, "an anchor (&), to which other places may refer, stands in what would be removed")
		case !kept[i] && e.hasComment(kid), i > 0 && !kept[-1-i] && strings.Contains(f.gap(i-1), "#"):
			e.fail(kid, "comments stand in what would be rewritten")
		}
	}
}

// A flowLook is how a list or map in brackets is written.
type flowLook struct {
	e         *editor
	old       *node
	head      string // up to its first entry
	separator string // between two
	newLine   string // where each entry has a line of its own: line break and space before the entry
	note      string // where a comment follows the last entry on its line: what stands there, with a comma
}

func newFlowStyle(e *editor, old *node) flowLook {
	first := flowStart(old.kids[0])
	f := flowLook{e: e, old: old, head: e.text[old.start:first], separator: e.layout.comma}
	rest := f.head
	if len(old.kids) > 1 {
		if gap := f.gap(0); !strings.ContainsAny(gap, "#\n") {
			f.separator = gap
		} else {
			rest = gap
		}
	}
	if strings.Contains(rest, "\n") {
		last := flowStart(old.kids[min(1, len(old.kids)-1)])
		f.newLine = e.eol + strings.Repeat(" ", last-lineStart(e.text, last))
		f.separator = "," + f.newLine
	}
	if line, _, more := strings.Cut(f.end(), "\n"); f.newLine != "" && more && strings.Contains(line, "#") {
		f.note = strings.TrimSuffix(line, "\r")
		if before, _, _ := strings.Cut(line, "#"); !strings.Contains(before, ",") {
			f.note = "," + f.note
		}
	}
	return f
}

// gap returns what stands between entries i and i+1.
func (f flowLook) gap(i int) string {
	return f.e.text[f.old.kids[i].end:flowStart(f.old.kids[i+1])]
}

// end returns what stands behind the last entry.
func (f flowLook) end() string {
	return f.e.text[f.old.kids[len(f.old.kids)-1].end:f.old.end]
}

// tail returns what closes the list. Behind another entry than before, the
// comment that stood at the last is not repeated.
func (f flowLook) tail(sameLast bool) string {
	end := f.end()
	if sameLast || f.note == "" {
		return end
	}
	line, rest, _ := strings.Cut(end, "\n")
	comma := ""
	if before, _, _ := strings.Cut(line, "#"); strings.Contains(before, ",") {
		comma = ","
	}
	return comma + f.e.eol + rest
}
