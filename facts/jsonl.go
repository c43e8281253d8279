package facts

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A jsonParser turns lines of JSONL into nodes. Unlike encoding/json it knows
// the column of every value, tells double keys, and reuses its memory from
// line to line, which makes it fast enough to need no second, quicker path.
type jsonParser struct {
	file   uint16
	line   uint32
	text   string
	next   int // byte offset of what comes next in text
	marked int // byte offset whose column is known
	column uint32
	depth  int
	open   []node // finished values of lists and maps not yet closed
	nodes  []node // values of closed lists and maps
	failed *fault
}

// parse returns the value on one line. It is good until the next call.
func (p *jsonParser) parse(text string, line uint32) (*node, *fault) {
	p.text, p.line, p.next, p.marked, p.column, p.depth = text, line, 0, 0, 1, 0
	p.open, p.nodes, p.failed = p.open[:0], p.nodes[:0], nil
	root := p.value()
	if p.peek(); p.failed == nil && p.next < len(text) {
		p.fail("unexpected %s after the value; one value a line", p.found())
	}
	return &root, p.failed
}

// place returns where p.next is. Columns are counted onwards from the last
// place, so that a long line is walked once.
func (p *jsonParser) place() place {
	p.column += uint32(utf8.RuneCountInString(p.text[p.marked:p.next]))
	p.marked = p.next
	return place{line: p.line, column: p.column, file: p.file}
}

func (p *jsonParser) fail(format string, args ...any) {
	if p.failed == nil {
		p.failed = &fault{p.place(), "not valid JSON: " + fmt.Sprintf(format, args...)}
	}
}

// found describes the next character.
func (p *jsonParser) found() string {
	if p.next >= len(p.text) {
		return "end of line"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.next:])
	return excerpt(string(r))
}

// peek skips space and returns the next byte, or 0 at the end and after a
// failure, which ends every loop.
func (p *jsonParser) peek() byte {
	for ; p.next < len(p.text); p.next++ {
		switch c := p.text[p.next]; c {
		case ' ', '\t', '\r':
		default:
			if p.failed != nil {
				return 0
			}
			return c
		}
	}
	return 0
}

func (p *jsonParser) value() node {
	c := p.peek()
	n := node{at: p.place()}
	switch {
	case c == '{':
		n.kind = mapNode
		n.kids = p.members('}', p.member)
	case c == '[':
		n.kind = listNode
		n.kids = p.members(']', p.value)
	case c == '"':
		n.kind = textNode
		n.text = p.quoted()
	case c == '-' || '0' <= c && c <= '9':
		n.kind = numberNode
		n.text = p.word()
	default:
		n.kind, n.text = p.literal()
	}
	return n
}

// members reads the inside of a list or map up to its closing bracket.
func (p *jsonParser) members(closing byte, read func() node) []node {
	if p.depth++; p.depth > MaxDepth {
		p.fail("%s", tooDeep)
		return nil
	}
	p.next++
	first := len(p.open)
	for c := p.peek(); c != closing; {
		p.open = append(p.open, read())
		switch c = p.peek(); {
		case c == ',':
			p.next++
			if p.peek() == closing {
				p.fail("a comma before %s", p.found())
			}
		case c != closing:
			p.fail("expected a comma or `%c`, found %s", closing, p.found())
		}
		if p.failed != nil {
			return nil
		}
	}
	p.next++
	p.depth--
	return p.keep(first)
}

// keep moves the open values from first on to where they stay together.
func (p *jsonParser) keep(first int) []node {
	start := len(p.nodes)
	p.nodes = append(p.nodes, p.open[first:]...)
	p.open = p.open[:first]
	return p.nodes[start:len(p.nodes):len(p.nodes)]
}

func (p *jsonParser) member() node {
	if p.peek() != '"' {
		p.fail("expected a key in double quotes, found %s", p.found())
		return node{}
	}
	at := p.place()
	key := p.quoted()
	if p.peek() != ':' {
		p.fail("expected a colon after the key %s, found %s", excerpt(key), p.found())
		return node{}
	}
	p.next++
	n := p.value()
	n.key, n.keyAt = key, at
	return n
}

// quoted reads a text in double quotes. Without escapes it is a part of the
// line and costs nothing.
func (p *jsonParser) quoted() string {
	start := p.next
	escaped := false
	for p.next++; p.next < len(p.text); p.next++ {
		switch c := p.text[p.next]; {
		case c == '"':
			p.next++
			if escaped {
				return p.unescape(start)
			}
			return p.text[start+1 : p.next-1]
		case c == '\\':
			escaped = true
			p.next++
		case c < ' ':
			p.fail("control character %s in a text; write it as an escape or delete it", codePoint(rune(c)))
			return ""
		}
	}
	p.next = len(p.text)
	p.fail("the text that starts at column %d has no closing quote", p.columnOf(start))
	return ""
}

func (p *jsonParser) columnOf(offset int) int {
	return utf8.RuneCountInString(p.text[:offset]) + 1
}

func (p *jsonParser) unescape(start int) (text string) {
	if err := json.Unmarshal([]byte(p.text[start:p.next]), &text); err != nil {
		p.fail("a wrong escape in the text before this; use \\\" \\\\ \\n or \\uXXXX")
	}
	return text
}

// word reads a number or a bare word.
func (p *jsonParser) word() string {
	start := p.next
	for p.next < len(p.text) && !strings.ContainsRune(" \t\r,:[]{}\"", rune(p.text[p.next])) {
		p.next++
	}
	text := p.text[start:p.next]
	if !json.Valid([]byte(text)) {
		p.next = start
		if text == "" {
			p.fail("expected a value, found %s", p.found())
		} else {
			p.fail("expected a value, found %s; text belongs in double quotes", excerpt(text))
		}
	}
	return text
}

func (p *jsonParser) literal() (kind, string) {
	switch word := p.word(); word {
	case "true", "false":
		return boolNode, word
	default:
		return nullNode, ""
	}
}
