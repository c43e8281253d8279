package edit

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"summitbot/facts"
)

// parseYAML returns the tree of a YAML file with the extents of its values.
func parseYAML(path, text string) (root *node, err error) {
	body, err := facts.ParseYAML(path, []byte(text))
	if err != nil {
		return nil, err
	}
	// The parser builds trees of broken text in which parts are missing.
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, facts.Problem{File: path, Message: "the YAML is written in a way that cannot be changed safely; change it in an editor"}
		}
	}()
	r := &reader{path: path, text: text, lines: lineStarts(text), anchors: map[string]*node{}}
	root = r.value(body, -1, false)
	if r.failed != nil {
		return nil, r.failed
	}
	root.check()
	return root, nil
}

// A reader turns the parser's tree into nodes. The parser tells where values
// start; where they end is looked up in the text.
type reader struct {
	path    string
	text    string
	lines   []int // where each line starts
	anchors map[string]*node
	failed  error
}

// lineStarts returns where the lines of a text start. A byte order mark is no
// part of the first.
func lineStarts(text string) []int {
	starts := []int{len(text) - len(strings.TrimPrefix(text, byteOrderMark))}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

const byteOrderMark = "\ufeff"

// offset returns where a token stands. The parser counts columns in characters.
func (r *reader) offset(tk *token.Token) int {
	at := r.lines[tk.Position.Line-1]
	for range tk.Position.Column - 1 {
		_, size := utf8.DecodeRuneInString(r.text[at:])
		at += size
	}
	return at
}

func (r *reader) fail(tk *token.Token, message string) {
	if r.failed == nil {
		r.failed = facts.Problem{File: r.path, Line: tk.Position.Line, Column: tk.Position.Column, Message: message}
	}
}

// value reads a value whose key or dash stands in column parent, from 0; -1 is
// for the whole document.
func (r *reader) value(n ast.Node, parent int, inFlow bool) *node {
	out := r.valueOf(n, parent, inFlow)
	if tk := n.GetToken(); out.line == 0 && tk != nil && tk.Position != nil {
		out.line, out.column = tk.Position.Line, tk.Position.Column
	}
	return out
}

func (r *reader) valueOf(n ast.Node, parent int, inFlow bool) *node {
	switch n := n.(type) {
	case *ast.MappingNode:
		if n.IsFlowStyle {
			return r.flowMap(n)
		}
		return r.blockMap(n.Values, parent, inFlow)
	case *ast.MappingValueNode:
		return r.blockMap([]*ast.MappingValueNode{n}, parent, inFlow)
	case *ast.SequenceNode:
		if n.IsFlowStyle {
			return r.flowList(n)
		}
		return r.blockList(n, parent)
	case *ast.AnchorNode:
		return r.anchor(n, parent, inFlow)
	case *ast.AliasNode:
		return r.alias(n)
	}
	return r.scalar(n, parent, inFlow)
}

func (r *reader) blockMap(entries []*ast.MappingValueNode, parent int, inFlow bool) *node {
	out := &node{kind: mapKind, style: blockStyle, inFlow: inFlow}
	for i, e := range entries {
		key := r.offset(e.Key.GetToken())
		if i == 0 {
			out.start, out.indent = key, key-r.lineStart(key)
			out.offset = out.indent - max(parent, 0)
		}
		out.kids = append(out.kids, r.entry(e, out.indent, inFlow))
	}
	out.end = out.kids[len(out.kids)-1].end
	if inFlow {
		out.bound = "a pair without braces"
	}
	return out
}

func (r *reader) entry(e *ast.MappingValueNode, indent int, inFlow bool) *node {
	tk := e.Key.GetToken()
	switch e.Key.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
	default:
		r.fail(tk, "a key must be plain text")
		return &node{}
	}
	var kid *node
	colon := r.offset(e.Start) + 1
	if isNothing(e.Value, r, colon) {
		kid = &node{start: colon, end: colon, inFlow: inFlow}
	} else {
		kid = r.value(e.Value, indent, inFlow)
	}
	kid.key, kid.colon = keyText(e.Key), colon
	kid.keyStart = r.offset(tk)
	kid.keyEnd = r.scalarEnd(tk, kid.keyStart, kid.key)
	if kid.line == 0 {
		kid.line, kid.column = tk.Position.Line, tk.Position.Column
	}
	return kid
}

func keyText(key ast.MapKeyNode) string {
	if s, ok := key.(*ast.StringNode); ok {
		return s.Value
	}
	return key.GetToken().Value
}

// isNothing reports whether n is what the parser puts in where nothing stands.
func isNothing(n ast.Node, r *reader, behind int) bool {
	if n == nil {
		return true
	}
	null, ok := n.(*ast.NullNode)
	if !ok {
		return false
	}
	at := r.offset(null.Token)
	return at < behind || !strings.HasPrefix(r.text[at:], null.Token.Value) || null.Token.Value == ""
}

func (r *reader) blockList(n *ast.SequenceNode, parent int) *node {
	out := &node{kind: listKind, style: blockStyle}
	for i, v := range n.Values {
		dash := r.offset(n.Entries[i].Start)
		if i == 0 {
			out.start, out.indent = dash, dash-r.lineStart(dash)
			out.offset = out.indent - max(parent, 0)
		}
		var kid *node
		if isNothing(v, r, dash+1) {
			kid = &node{start: dash + 1, end: dash + 1}
		} else {
			kid = r.value(v, out.indent, false)
		}
		kid.dash = dash
		if kid.line == 0 {
			kid.line = n.Entries[i].Start.Position.Line
		}
		out.kids = append(out.kids, kid)
	}
	out.end = out.kids[len(out.kids)-1].end
	return out
}

func (r *reader) flowMap(n *ast.MappingNode) *node {
	out := &node{kind: mapKind, style: flowStyle, inFlow: true, start: r.offset(n.Start), end: r.offset(n.End) + 1}
	for _, e := range n.Values {
		out.kids = append(out.kids, r.entry(e, 0, true))
	}
	return r.enclosed(out, '{', '}')
}

func (r *reader) flowList(n *ast.SequenceNode) *node {
	out := &node{kind: listKind, style: flowStyle, inFlow: true, start: r.offset(n.Start), end: r.offset(n.End) + 1}
	for _, v := range n.Values {
		out.kids = append(out.kids, r.value(v, 0, true))
	}
	return r.enclosed(out, '[', ']')
}

// enclosed makes sure that brackets stand where the parser says.
func (r *reader) enclosed(n *node, open, shut byte) *node {
	if n.end > len(r.text) || n.start >= n.end || r.text[n.start] != open || r.text[n.end-1] != shut {
		n.bound = unclear
	}
	return n
}

const unclear = "text whose extent is unclear"

func (r *reader) anchor(n *ast.AnchorNode, parent int, inFlow bool) *node {
	out := r.value(n.Value, parent, inFlow)
	name := n.Name.GetToken().Value
	out.anchored, out.bound = true, "an anchor (&"+name+"), to which other places may refer"
	out.start = r.offset(n.Start)
	out.line, out.column = n.Start.Position.Line, n.Start.Position.Column
	r.anchors[name] = out
	return out
}

// alias returns what the alias stands for, with the alias's own extent. What
// is in it stands elsewhere, so it is bound.
func (r *reader) alias(n *ast.AliasNode) *node {
	name := n.Value.GetToken().Value
	target := r.anchors[name]
	if target == nil {
		r.fail(n.Start, fmt.Sprintf("`*%s` names no anchor", name))
		return &node{}
	}
	start := r.offset(n.Start)
	return &node{
		kind: target.kind, text: target.text, kids: target.kids, style: target.style, start: start, end: start + 1 + len(name),
		bound: "an alias (*" + name + ")", line: n.Start.Position.Line, column: n.Start.Position.Column,
	}
}

func (r *reader) scalar(n ast.Node, parent int, inFlow bool) *node {
	tk := n.GetToken()
	out := &node{inFlow: inFlow, start: r.offset(tk)}
	switch n := n.(type) {
	case *ast.StringNode:
		out.kind, out.text = textKind, n.Value
	case *ast.LiteralNode:
		out.kind, out.text, out.style = textKind, n.Value.Value, blockStyle
		out.end, out.header = r.blockText(out.start, parent)
		return out
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		out.kind, out.text = numberKind, tk.Value
	case *ast.NullNode:
		out.text = tk.Value
	case *ast.BoolNode:
		out.kind, out.text = otherKind, tk.Value
	default:
		r.fail(tk, fmt.Sprintf("YAML of this kind (%s) is not used here", n.Type()))
		return out
	}
	switch tk.Type {
	case token.DoubleQuoteType:
		out.style = doubleStyle
	case token.SingleQuoteType:
		out.style = singleStyle
	}
	if out.end = r.scalarEnd(tk, out.start, out.text); out.end < 0 {
		out.end, out.bound = out.start, unclear
	}
	return out
}
