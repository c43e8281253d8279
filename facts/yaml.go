package facts

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	yamltoken "github.com/goccy/go-yaml/token"
)

// ParseYAML returns the syntax tree of the one document in data, the contents
// of the file path, for those who change facts files. Its lines and columns are
// those of data; a byte order mark counts for nothing. What the loader refuses
// to parse it refuses too, with Problems.
func ParseYAML(path string, data []byte) (ast.Node, error) {
	body, faults := parseClean(data, onlyDocument)
	var r report
	for _, f := range faults {
		r.add(Problem{File: path, Line: int(f.at.line), Column: int(f.at.column), Message: f.message})
	}
	return body, r.problems().Err()
}

// parseYAML returns the one document in data. Every value in it carries file
// as the number of its file.
func parseYAML(data []byte, file uint16) (*node, []*fault) {
	root, faults := parseClean(data, func(docs []*ast.DocumentNode) (*node, *fault) { return convertDocuments(docs, file) })
	for _, f := range faults {
		f.at.file = file
	}
	return root, faults
}

// parseClean looks at the bytes of a file before it parses them, and returns
// what build makes of them.
func parseClean[T any](data []byte, build func([]*ast.DocumentNode) (T, *fault)) (root T, faults []*fault) {
	data = bytes.TrimPrefix(data, byteOrderMark)
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.TrimRight(data, " \n")
	if faults = checkBytes(data); len(faults) > 0 {
		return root, faults
	}
	if faults = checkBlankLines(data); len(faults) > 0 {
		return root, faults
	}
	root, failed := parseText(string(data), build)
	if failed != nil {
		var none T
		return none, []*fault{failed}
	}
	return root, nil
}

// checkBlankLines refuses a long run of blank lines. After a block of text the
// lexer's time is quadratic in them.
func checkBlankLines(data []byte) []*fault {
	run, number := 0, uint32(0)
	for line := range bytes.Lines(data) {
		number++
		if run++; len(bytes.TrimSpace(line)) > 0 {
			run = 0
		}
		if run > MaxBlankLines {
			return []*fault{{place{line: number}, fmt.Sprintf("more than %d blank lines in a row; delete them", MaxBlankLines)}}
		}
	}
	return nil
}

// parseText parses clean text. The parser is known to panic on some broken
// input, and this is where that becomes a message.
func parseText[T any](text string, build func([]*ast.DocumentNode) (T, *fault)) (root T, failed *fault) {
	defer func() {
		if r := recover(); r != nil {
			failed = &fault{message: fmt.Sprintf("the YAML is broken in a way the parser cannot explain (%v); undo the last change and try again", r)}
		}
	}()
	tokens := lexer.Tokenize(text)
	if f := checkTokens(tokens); f != nil {
		return root, f
	}
	doc, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return root, syntaxFault(err)
	}
	return build(doc.Docs)
}

// syntaxFault turns an error of the parser, which knows its token, into ours.
func syntaxFault(err error) *fault {
	var at interface {
		GetToken() *yamltoken.Token
		GetMessage() string
	}
	if !errors.As(err, &at) {
		return &fault{message: "not valid YAML: " + err.Error()}
	}
	hint := ""
	switch message := at.GetMessage(); {
	case strings.HasPrefix(message, "mapping value"):
		hint = "; text that contains a colon and a space belongs in quotes"
	case strings.Contains(message, "not allowed in this context"):
		hint = "; does the line start as far in as its neighbours?"
	}
	return &fault{tokenPlace(at.GetToken(), 0), "not valid YAML: " + at.GetMessage() + hint}
}

func tokenPlace(tk *yamltoken.Token, file uint16) place {
	if tk == nil || tk.Position == nil {
		return place{file: file}
	}
	return place{line: uint32(tk.Position.Line), column: uint32(tk.Position.Column), file: file}
}

// checkTokens refuses what the parser would take too long for. It calls itself
// for every list and map, and again for every key of a map; and it moves all
// that follows when it puts something in for an entry without a value. So
// depth would overflow its stack, and the other two cost quadratic time.
func checkTokens(tokens yamltoken.Tokens) *fault {
	var n nesting
	headers, empty := 0, 0
	for i, tk := range tokens {
		n.visit(tokens, i)
		if n.keyOnly || isEmptyEntry(tokens, i) {
			empty++
		}
		switch {
		case n.unopened:
			return &fault{tokenPlace(tk, 0), excerpt(tk.Value) + " closes nothing; delete it, or put the text in quotes"}
		case n.depth() > MaxDepth:
			return &fault{tokenPlace(tk, 0), tooDeep}
		case n.keyWork > MaxKeys*MaxKeys/2:
			return &fault{tokenPlace(tk, 0), fmt.Sprintf("more than %s keys in one map, or several such maps; split the file, or write the base as JSONL", thousands(MaxKeys))}
		case empty > MaxEmpty:
			return &fault{tokenPlace(tk, 0), fmt.Sprintf("more than %s entries without a value; fill them in or delete them", thousands(MaxEmpty))}
		case tk.Type == yamltoken.MappingKeyType:
			return &fault{tokenPlace(tk, 0), "a key that starts with `?` is not used here; write `key: value`, and text that starts with ? in quotes"}
		case tk.Type == yamltoken.DocumentHeaderType:
			if headers++; headers > 1 {
				return &fault{tokenPlace(tk, 0), secondDocument}
			}
		}
	}
	return nil
}

const secondDocument = "a second YAML document starts here; put each base in a file of its own"

var tooDeep = fmt.Sprintf("more than %d levels of lists and maps; a facts file needs eight", MaxDepth)

// isEmptyEntry reports whether a list item or key ends at token i without a
// value. Where it errs, it counts too many.
func isEmptyEntry(tokens yamltoken.Tokens, i int) bool {
	tk := tokens[i]
	if i+1 == len(tokens) {
		return false
	}
	next := tokens[i+1]
	switch tk.Type {
	case yamltoken.SequenceEntryType:
		return next.Position.Line > tk.Position.Line && next.Position.Column <= tk.Position.Column
	case yamltoken.MappingValueType:
		return next.Position.Line > tk.Position.Line && i > 0 && next.Position.Column <= tokens[i-1].Position.Column && next.Type != yamltoken.SequenceEntryType ||
			next.Type == yamltoken.CollectEntryType || next.Type == yamltoken.MappingEndType
	}
	return false
}

// nesting counts how deep a token stands. Block levels are told by columns,
// as in YAML itself; flow levels by brackets.
type nesting struct {
	block    []blockLevel
	flow     []flowLevel
	keyWork  int  // the sum over all block maps of 1 + 2 + … + number of keys
	keyOnly  bool // the last token ended an entry {like, this}
	unopened bool // the last token closed a list or map that none had opened
}

type blockLevel struct {
	column, entries int
}

type flowLevel struct {
	isMap, colon bool
}

func (n *nesting) depth() int { return len(n.block) + len(n.flow) }

func (n *nesting) visit(tokens yamltoken.Tokens, i int) {
	n.keyOnly = false
	switch tk := tokens[i]; tk.Type {
	case yamltoken.SequenceStartType, yamltoken.MappingStartType:
		n.flow = append(n.flow, flowLevel{isMap: tk.Type == yamltoken.MappingStartType})
	case yamltoken.SequenceEndType, yamltoken.MappingEndType:
		n.unopened = len(n.flow) == 0
		n.flow = n.flow[:max(0, len(n.flow)-1)]
	case yamltoken.SequenceEntryType:
		n.enter(tk)
	case yamltoken.MappingValueType:
		switch {
		case len(n.flow) > 0:
			n.flow[len(n.flow)-1].colon = true
		case i > 0:
			n.keyWork += n.enter(tokens[i-1])
		}
	case yamltoken.CollectEntryType:
		if len(n.flow) > 0 {
			top := &n.flow[len(n.flow)-1]
			n.keyOnly = top.isMap && !top.colon
			top.colon = false
		}
	}
}

// enter notes a list item or key of block style, and returns how many of its
// list or map it makes.
func (n *nesting) enter(tk *yamltoken.Token) (entries int) {
	column := tk.Position.Column
	for len(n.block) > 0 && n.block[len(n.block)-1].column > column {
		n.block = n.block[:len(n.block)-1]
	}
	if len(n.block) == 0 || n.block[len(n.block)-1].column < column {
		n.block = append(n.block, blockLevel{column: column})
	}
	top := &n.block[len(n.block)-1]
	top.entries++
	return top.entries
}

// onlyDocument returns the only document, comments apart.
func onlyDocument(docs []*ast.DocumentNode) (ast.Node, *fault) {
	var body ast.Node
	for _, doc := range docs {
		switch doc.Body.(type) {
		case nil, *ast.CommentGroupNode, *ast.DirectiveNode:
			continue
		}
		if body != nil {
			return nil, &fault{tokenPlace(doc.Body.GetToken(), 0), secondDocument}
		}
		body = doc.Body
	}
	if body == nil {
		return nil, &fault{message: "the file is empty; a base starts with `base`, `title` and `languages`"}
	}
	return body, nil
}

func convertDocuments(docs []*ast.DocumentNode, file uint16) (*node, *fault) {
	body, failed := onlyDocument(docs)
	if failed != nil {
		return nil, failed
	}
	c := converter{file: file, anchors: map[string]ast.Node{}}
	root := c.convert(body)
	return &root, c.failed
}

// A converter turns the parser's tree into nodes and resolves aliases.
type converter struct {
	file    uint16
	anchors map[string]ast.Node // nil while the anchor's own value is converted
	copying int                 // depth of aliases
	copied  int                 // nodes that aliases have added
	failed  *fault
}

func (c *converter) fail(at ast.Node, format string, args ...any) node {
	if c.failed == nil {
		c.failed = &fault{tokenPlace(at.GetToken(), c.file), fmt.Sprintf(format, args...)}
	}
	return node{at: tokenPlace(at.GetToken(), c.file)}
}

// convert returns n as a node. After a failure what it returns is of no use.
func (c *converter) convert(n ast.Node) node {
	if n == nil || c.failed != nil {
		return node{at: place{file: c.file}}
	}
	if c.copying > 0 {
		if c.copied++; c.copied > MaxAliasNodes {
			return c.fail(n, "aliases (*name) add more than %s values; write them out or leave them", thousands(MaxAliasNodes))
		}
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		out := c.convertMap(n, n.Values)
		if n.IsFlowStyle {
			out.at = tokenPlace(n.Start, c.file)
		}
		return out
	case *ast.MappingValueNode:
		return c.convertMap(n, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		return c.convertList(n)
	case *ast.AnchorNode:
		return c.convertAnchor(n)
	case *ast.AliasNode:
		return c.convertAlias(n)
	case *ast.TagNode:
		return c.fail(n, "tags such as %s are not used here; put text in quotes", excerpt(n.Start.Value))
	}
	return c.convertScalar(n)
}

func (c *converter) convertScalar(n ast.Node) node {
	out := node{at: tokenPlace(n.GetToken(), c.file)}
	switch n := n.(type) {
	case *ast.StringNode:
		out.kind, out.text = textNode, n.Value
	case *ast.LiteralNode:
		out.kind, out.text = textNode, n.Value.Value
	case *ast.NullNode:
		out.kind = nullNode
	case *ast.BoolNode:
		out.kind, out.text = boolNode, n.Token.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		out.kind, out.text = numberNode, n.GetToken().Value
	default:
		return c.fail(n, "YAML of this kind (%s) is not used here", n.Type())
	}
	return out
}

func (c *converter) convertMap(n ast.Node, entries []*ast.MappingValueNode) node {
	out := node{kind: mapNode, at: tokenPlace(n.GetToken(), c.file), kids: make([]node, 0, len(entries))}
	for i, e := range entries {
		keyAt := tokenPlace(e.Key.GetToken(), c.file)
		if i == 0 {
			out.at = keyAt // the parser's own place is that of the colon
		}
		key, ok := keyText(e.Key)
		if !ok {
			return c.fail(e.Key, "a key must be plain text")
		}
		kid := c.convert(e.Value)
		kid.key, kid.keyAt = key, keyAt
		if kid.kind == nullNode {
			kid.at = keyAt // nothing has no place of its own
		}
		out.kids = append(out.kids, kid)
	}
	return out
}

// keyText returns a key as written: 1965 and yes are good ids.
func keyText(key ast.MapKeyNode) (string, bool) {
	switch key := key.(type) {
	case *ast.StringNode:
		return key.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return key.GetToken().Value, true
	}
	return "", false // merge keys (<<), lists, aliases
}

func (c *converter) convertList(n *ast.SequenceNode) node {
	out := node{kind: listNode, at: tokenPlace(n.Start, c.file), kids: make([]node, 0, len(n.Values))}
	for i, v := range n.Values {
		kid := c.convert(v)
		if kid.kind == nullNode && i < len(n.Entries) && n.Entries[i] != nil {
			kid.at = tokenPlace(n.Entries[i].Start, c.file)
		}
		out.kids = append(out.kids, kid)
	}
	return out
}

func (c *converter) convertAnchor(n *ast.AnchorNode) node {
	name := n.Name.GetToken().Value
	c.anchors[name] = nil
	out := c.convert(n.Value)
	c.anchors[name] = n.Value
	return out
}

func (c *converter) convertAlias(n *ast.AliasNode) node {
	name := n.Value.GetToken().Value
	target, known := c.anchors[name]
	if !known {
		return c.fail(n, "`*%s` names no anchor; text that starts with * belongs in quotes", cut(name))
	}
	if target == nil {
		return c.fail(n, "`*%s` contains itself", cut(name))
	}
	c.copying++
	out := c.convert(target)
	c.copying--
	return out
}
