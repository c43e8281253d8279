package edit

import (
	"fmt"
	"slices"
	"strings"

	"summitbot/facts"
)

// An editor finds the splices that make one text mean what is wanted.
type editor struct {
	path    string
	text    string
	json    bool
	eol     string
	layout  layout
	splices []splice
	failed  error
}

// A layout is how a file is written, for what has no neighbour to look like.
type layout struct {
	step       int    // how far in a map stands from its parent, in columns
	listOffset int    // the same of a list's dashes
	comma      string // between values in brackets
	colon      string // between key and value in brackets
}

func newEditor(path, text string, root *node) *editor {
	e := &editor{path: path, text: text, eol: "\n", layout: layoutOf(root)}
	if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		e.eol = "\r\n"
	}
	return e
}

// layoutOf takes the layout from the first nested map and list of a file.
func layoutOf(root *node) layout {
	l := layout{step: -1, listOffset: -1, comma: ", ", colon: ": "}
	var look func(n *node)
	look = func(n *node) {
		for _, kid := range n.kids {
			if kid.bound != "" || n.style != blockStyle || l.step > 0 && l.listOffset >= 0 {
				return
			}
			if kid.style == blockStyle && n.kind == mapKind {
				switch {
				case kid.kind == mapKind && l.step < 0:
					l.step = kid.offset
				case kid.kind == listKind && l.listOffset < 0:
					l.listOffset = kid.offset
				}
			}
			look(kid)
		}
	}
	look(root)
	if l.step < 1 {
		l.step = 2
	}
	if l.listOffset < 0 {
		l.listOffset = l.step
	}
	return l
}

// fail says that n has to be changed by hand.
func (e *editor) fail(n *node, why string) {
	if e.failed == nil {
		e.failed = facts.Problem{File: e.path, Line: n.line, Column: n.column, Message: fmt.Sprintf("%s; change it in an editor", why)}
	}
}

func (e *editor) splice(start, end int, text string) {
	e.splices = append(e.splices, splice{start, end, strings.ReplaceAll(text, "\n", e.eol)})
}

// change makes old mean what is wanted, and no more. What is new in it looks
// like like, which may be nil.
func (e *editor) change(old, want, like *node) {
	if equal(old, want) || e.failed != nil {
		return
	}
	if old.bound != "" {
		e.fail(old, "here stands "+old.bound)
		return
	}
	if want.like != nil {
		like = want.like
	}
	want = want.shapedLike(old)
	switch {
	case old.isScalar() && want.isScalar() && old.kind != nullKind:
		e.changeScalar(old, want)
	case old.kind != want.kind || len(old.kids) == 0:
		e.replace(old, want, like)
	case old.style == flowStyle:
		e.splices = append(e.splices, splice{old.start, old.end, e.flowText(old, want, like)})
	case old.kind == mapKind:
		e.changeMap(old, want, like)
	default:
		e.changeList(old, want, like)
	}
}

// changeScalar writes another text or number in the style of the old one. Of a
// block of text the first line stays, with the comment that may stand there.
func (e *editor) changeScalar(old, want *node) {
	text := strings.TrimSpace(want.text)
	switch {
	case old.style != blockStyle:
		e.splice(old.start, old.end, e.scalar(want, old, old.inFlow, 0))
	case want.kind == textKind && fitsBlock(text, old.header):
		e.splice(lineEnd(e.text, old.start), old.end, blockLines(text, old.header, e.contentColumn(old)))
	case strings.Contains(e.text[old.start:lineEnd(e.text, old.start)], "#"):
		e.fail(old, "a comment stands in what would be replaced")
	default:
		e.splice(old.start, old.end, e.scalar(want, nil, false, 0))
	}
}

// contentColumn returns the column in which the lines of a block of text start.
func (e *editor) contentColumn(n *node) int {
	for at := nextLine(e.text, n.start); at < n.end; at = nextLine(e.text, at) {
		line := e.text[at:lineEnd(e.text, at)]
		if content := strings.TrimLeft(line, " "); content != "" {
			return len(line) - len(content)
		}
	}
	return e.columnOf(n) + e.layout.step
}

// columnOf returns the column of the key or dash of a value, from 0.
func (e *editor) columnOf(n *node) int {
	at := n.keyStart
	if n.colon == 0 {
		at = n.dash
	}
	return at - lineStart(e.text, at)
}

// replace writes a value of another kind.
func (e *editor) replace(old, want, like *node) {
	if old.hasAnchor() {
		e.fail(old, "an anchor stands in what would be replaced")
		return
	}
	if e.hasComment(old) {
		e.fail(old, "comments stand in what would be replaced")
		return
	}
	behind := old.colon
	switch {
	case old.inFlow && old.kind == nullKind:
		e.splice(old.start, old.end, " "+e.inBrackets(want, like))
		return
	case old.inFlow:
		e.splice(old.start, old.end, e.inBrackets(want, like))
		return
	case behind == 0:
		behind = old.dash + 1
	}
	e.splice(behind, old.end, e.behind(want, e.columnOf(old), like))
}

// hasComment reports whether a comment stands between the values within n.
func (e *editor) hasComment(n *node) bool {
	if n.isScalar() || n.bound != "" {
		return false
	}
	at := n.start
	for _, kid := range n.kids {
		if strings.Contains(e.text[at:kid.start], "#") && strings.Contains(e.withoutKey(at, kid), "#") || e.hasComment(kid) {
			return true
		}
		at = kid.end
	}
	return n.style == flowStyle && strings.Contains(e.text[at:n.end], "#")
}

// withoutKey returns what stands between at and a value, apart from its key.
func (e *editor) withoutKey(at int, kid *node) string {
	if kid.colon == 0 {
		return e.text[at:kid.start]
	}
	return e.text[at:kid.keyStart] + e.text[kid.keyEnd:kid.start]
}

// changeMap changes a map that is written in lines.
func (e *editor) changeMap(old, want, like *node) {
	gone := make([]bool, len(old.kids))
	for i, kid := range old.kids {
		gone[i] = want.child(kid.key) == nil
	}
	e.removeUnits(old, gone)
	before := -1
	for _, kid := range want.kids {
		if i := old.index(kid.key); i >= 0 {
			e.change(old.kids[i], kid, like.child(kid.key))
			before = i
			continue
		}
		e.insert(old, before, e.entry(kid, old.indent, likeFor(kid, old, want, like)))
	}
}

// likeFor returns what a new entry of old should look like: the same key
// elsewhere, or its neighbour.
func likeFor(kid, old, want, like *node) *node {
	if same := like.child(kid.key); same != nil {
		return same
	}
	if want.uniform {
		return old.kids[len(old.kids)-1]
	}
	return nil
}

// changeList changes a list that is written in lines.
func (e *editor) changeList(old, want, like *node) {
	from := align(old.kids, want.kids)
	gone := make([]bool, len(old.kids))
	for i := range gone {
		gone[i] = !slices.Contains(from, i)
	}
	e.removeUnits(old, gone)
	before := -1
	for i, kid := range want.kids {
		if from[i] >= 0 {
			before = from[i]
			e.change(old.kids[before], kid, like)
			continue
		}
		beside := kid.like
		if beside == nil {
			beside = old.kids[max(0, before)]
		}
		e.insert(old, before, e.item(kid, old.indent, beside))
	}
}
