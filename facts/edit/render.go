package edit

import "strings"

// This file writes values that are new. Lines end in \n here; the splice puts
// in the file's own line break.

func spaces(n int) string { return strings.Repeat(" ", n) }

// entry returns a key and its value on a line, or lines, of their own.
func (e *editor) entry(v *node, column int, like *node) string {
	return "\n" + spaces(column) + e.keyText(v.key, like) + ":" + e.behind(v, column, like)
}

// keyText writes a key, in quotes where it needs them.
func (e *editor) keyText(key string, like *node) string {
	quoted := &node{kind: textKind, text: key}
	if like != nil && like.keyEnd > like.keyStart && like.keyEnd <= len(e.text) && e.text[like.keyStart] == '"' {
		quoted.quoted = true
	}
	return e.scalar(quoted, nil, true, 0)
}

// item returns an item of a list with its dash, on a line of its own.
func (e *editor) item(v *node, column int, like *node) string {
	v = v.shapedLike(like)
	if v.isScalar() || e.flows(v, like) {
		return "\n" + spaces(column) + "-" + e.behind(v, column, like)
	}
	inner := 2
	if like != nil && like.kind == v.kind && like.style == blockStyle && like.offset > 0 {
		inner = like.offset
	}
	text := e.lines(v, column+inner, like)
	return "\n" + spaces(column) + "-" + spaces(inner-1) + strings.TrimLeft(text, "\n ")
}

// behind returns what follows a colon or dash that belongs to column.
func (e *editor) behind(v *node, column int, like *node) string {
	v = v.shapedLike(like)
	switch {
	case v.isScalar():
		return " " + e.scalar(v, like, false, column+e.layout.step)
	case e.flows(v, like):
		return " " + e.inBrackets(v, like)
	}
	offset := e.layout.step
	if v.kind == listKind {
		offset = e.layout.listOffset
	}
	if like != nil && like.kind == v.kind && like.style == blockStyle {
		offset = like.offset
	}
	return e.lines(v, column+offset, like)
}

// flows reports whether a list or map is to be written in brackets.
func (e *editor) flows(v, like *node) bool {
	switch {
	case len(v.kids) == 0:
		return true
	case like != nil && like.kind == v.kind:
		return like.style == flowStyle
	}
	return v.flow
}

// lines writes the entries of a list or map, each on lines of its own.
func (e *editor) lines(v *node, column int, like *node) string {
	var b strings.Builder
	for i, kid := range v.kids {
		if v.kind == listKind {
			b.WriteString(e.item(kid, column, likeAt(like, listKind, i)))
		} else {
			b.WriteString(e.entry(kid, column, likeKey(like, kid, v)))
		}
	}
	return b.String()
}

// likeAt returns the item of a list that item i should look like.
func likeAt(like *node, kind kind, i int) *node {
	if like == nil || like.kind != kind || len(like.kids) == 0 {
		return nil
	}
	return like.kids[min(i, len(like.kids)-1)]
}

// likeKey returns what an entry of a new map should look like.
func likeKey(like, kid, of *node) *node {
	if same := like.child(kid.key); same != nil {
		return same
	}
	if of.uniform {
		return likeAt(like, mapKind, 0)
	}
	return nil
}

// inBrackets writes a value within brackets.
func (e *editor) inBrackets(v *node, like *node) string {
	v = v.shapedLike(like)
	if v.isScalar() {
		return e.scalar(v, like, true, 0)
	}
	var parts []string
	for i, kid := range v.kids {
		if v.kind == listKind {
			parts = append(parts, e.inBrackets(kid, likeAt(like, listKind, i)))
		} else {
			parts = append(parts, e.entryInBrackets(kid, likeKey(like, kid, v)))
		}
	}
	open, shut := e.brackets(v, like)
	return open + strings.Join(parts, e.layout.comma) + shut
}

// brackets returns those of v, with the space that the neighbour has in them.
func (e *editor) brackets(v, like *node) (open, shut string) {
	open, shut = "[", "]"
	if v.kind == mapKind {
		open, shut = "{", "}"
	}
	if like != nil && like.kind == v.kind && like.style == flowStyle && len(v.kids) > 0 &&
		like.bound == "" && like.end <= len(e.text) && strings.HasPrefix(e.text[like.start:], open+" ") {
		return open + " ", " " + shut
	}
	return open, shut
}

func (e *editor) entryInBrackets(v *node, like *node) string {
	return e.keyText(v.key, like) + e.layout.colon + e.inBrackets(v, like)
}
