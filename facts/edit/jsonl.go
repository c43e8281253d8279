package edit

import (
	"encoding/json"
	"io"
	"strings"

	"summitbot/facts"
)

// A line is one line of a JSONL file: its extent without the line break, and
// its number from 1.
type line struct {
	start, end, number int
}

// linesOf yields the lines of a text that are not blank.
func linesOf(text string) func(yield func(line) bool) {
	return func(yield func(line) bool) {
		number := 1
		for at := lineStarts(text[:min(len(text), len(byteOrderMark))])[0]; at < len(text); number++ {
			l := line{at, lineEnd(text, at), number}
			if strings.TrimSpace(text[l.start:l.end]) != "" && !yield(l) {
				return
			}
			at = nextLine(text, at)
		}
	}
}

// parseLine returns the tree of a line of JSONL. Extents are those in text.
func parseLine(path, text string, l line) (root *node, err error) {
	p := &jsonReader{dec: json.NewDecoder(strings.NewReader(text[l.start:l.end])), text: text, base: l.start, line: l.number}
	p.dec.UseNumber()
	if root, err = p.next(); err == nil {
		if _, err = p.dec.Token(); err == io.EOF {
			return root, nil
		}
	}
	return nil, facts.Problem{File: path, Line: l.number, Message: "not valid JSON; one value a line"}
}

// A jsonReader turns the tokens of a line into nodes.
type jsonReader struct {
	dec  *json.Decoder
	text string
	base int // where the line starts
	line int
}

// token returns the next token with its extent.
func (p *jsonReader) token() (tk json.Token, start, end int, err error) {
	start = p.base + int(p.dec.InputOffset())
	if tk, err = p.dec.Token(); err != nil {
		return nil, 0, 0, err
	}
	for strings.IndexByte(" \t\r,:", p.text[start]) >= 0 {
		start++
	}
	return tk, start, p.base + int(p.dec.InputOffset()), nil
}

func (p *jsonReader) next() (*node, error) {
	tk, start, end, err := p.token()
	if err != nil {
		return nil, err
	}
	n := &node{start: start, end: end, line: p.line, inFlow: true, style: doubleStyle}
	switch tk := tk.(type) {
	case json.Delim:
		n.style, n.kind = flowStyle, listKind
		if tk == '{' {
			n.kind = mapKind
		}
		err = p.kids(n)
	case string:
		n.kind, n.text = textKind, tk
	case json.Number:
		n.kind, n.text = numberKind, tk.String()
	case bool:
		n.kind, n.text = otherKind, p.text[start:end]
	}
	return n, err
}

// kids reads a list or map up to its closing bracket.
func (p *jsonReader) kids(n *node) error {
	for p.dec.More() {
		var key *node
		if n.kind == mapKind {
			var err error
			if key, err = p.next(); err != nil {
				return err
			}
		}
		kid, err := p.next()
		if err != nil {
			return err
		}
		if key != nil {
			kid.key, kid.keyStart, kid.keyEnd = key.text, key.start, key.end
			kid.colon = key.end + strings.IndexByte(p.text[key.end:], ':') + 1
		}
		n.kids = append(n.kids, kid)
	}
	_, _, end, err := p.token()
	n.end = end
	return err
}

// spacing returns what a line of JSON has between its values.
func spacing(text string, root *node) layout {
	l := layout{comma: ",", colon: ":"}
	if len(root.kids) > 0 && strings.HasPrefix(text[root.kids[0].colon:], " ") {
		l.colon = ": "
	}
	if len(root.kids) > 1 && strings.HasPrefix(text[root.kids[0].end:], ", ") {
		l.comma = ", "
	}
	return l
}

// ownerOf returns the fact or gap on a line; it is nil on the first.
func ownerOf(root *node) (owner *node, isGap bool) {
	if gap := root.child("gap"); gap != nil {
		return gap, true
	}
	if root.child("id") == nil {
		return nil, false
	}
	return root, false
}
