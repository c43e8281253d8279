package facts

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// headerObject is the first line of a JSONL file: a base without facts and
// gaps, which have lines of their own.
var headerObject = object[Base]{"header", slices.DeleteFunc(slices.Clone(baseObject.fields), func(f field[Base]) bool {
	return f.key == "facts" || f.key == "gaps" || f.key == "parts"
})}

// readLines reads JSONL of about size bytes. It returns an error only when
// reading fails.
func (d *decoder) readLines(r io.Reader, size int64) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), MaxLine)
	parser := &jsonParser{}
	number, read := uint32(1), int64(0)
	for ; lines.Scan(); number++ {
		text := lines.Bytes()
		read += int64(len(text)) + 1
		if number == 1 {
			text = bytes.TrimPrefix(text, byteOrderMark)
		}
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if !d.readLine(parser, text, number) {
			return nil
		}
		d.makeRoom(read, size)
	}
	d.base.Facts = exactly(d.base.Facts)
	d.base.Gaps = exactly(d.base.Gaps)
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		d.errorAt(place{line: number}, "", "", fmt.Sprintf("the line is longer than %d MiB; write one fact a line", MaxLine>>20))
		return nil
	case err == nil && d.baseAt.line == 0:
		return errEmpty
	default:
		return err
	}
}

// makeRoom grows the facts at once to about as many as the rest of the file
// will hold, since growing step by step copies them many times. Four times as
// many is the most: the first lines may be shorter than the others.
func (d *decoder) makeRoom(read, size int64) {
	have := len(d.base.Facts)
	if have < 64 || have < cap(d.base.Facts) {
		return
	}
	perFact := read / int64(have)
	more := int(max(0, size-read)/perFact)*51/50 + 1
	d.base.Facts = slices.Grow(d.base.Facts, min(more, 3*have))
	d.places.facts = slices.Grow(d.places.facts, min(more, 3*have))
}

// exactly returns s with next to no room to grow, which is a large part of a
// large base.
func exactly[T any](s []T) []T {
	if cap(s)-len(s) <= len(s)/16 {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}

var errEmpty = errors.New("the file is empty; a base starts with `base`, `title` and `languages`")

// readLine reads the header or a fact or gap. It returns false when the rest
// of the file cannot be judged.
func (d *decoder) readLine(parser *jsonParser, text []byte, number uint32) bool {
	if f := checkLine(text, true); f != nil {
		f.at.line = number
		d.reportFaults([]*fault{f})
		return d.baseAt.line > 0
	}
	n, failed := parser.parse(string(text), number)
	if failed != nil {
		d.reportFaults([]*fault{failed})
		return d.baseAt.line > 0
	}
	switch {
	case d.baseAt.line == 0:
		return d.readHeader(n)
	case n.child("gap") != nil:
		d.at(step{key: "gaps"}, step{index: len(d.base.Gaps)})
		d.gapLine(n)
	default:
		d.at(step{key: "facts"}, step{index: len(d.base.Facts)})
		d.fact(n)
	}
	return true
}

func (d *decoder) readHeader(n *node) bool {
	if n.kind != mapNode || n.child("base") == nil {
		d.errorf(n, "the first line is the header: {\"base\": …, \"title\": …, \"languages\": […]}")
		return false
	}
	d.readBase(n, &headerObject)
	return true
}

// gapLine reads {"gap": {…}}.
func (d *decoder) gapLine(n *node) {
	gap := n.child("gap")
	for i := range n.kids {
		if kid := &n.kids[i]; kid != gap {
			d.unknownKey(kid, "line with a gap", []string{"gap"})
		}
	}
	d.gap(gap)
}
