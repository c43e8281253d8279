package edit

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// A file is a facts file: a base in JSONL, the main file of one in YAML, or a
// part.
type file struct {
	path string
	was  string // as it was read
	now  string // with the changes
	root *node  // of now, in YAML, once it is needed
}

func (f *file) isJSONL() bool {
	ext := strings.ToLower(filepath.Ext(f.path))
	return ext == ".jsonl" || ext == ".ndjson"
}

// parse makes the tree of a YAML file.
func (f *file) parse() (err error) {
	if f.root == nil {
		f.root, err = parseYAML(f.path, f.now)
	}
	return err
}

// A base is one base with its files.
type base struct {
	id    string
	ref   string // its reference language
	langs []string
	main  *file
	parts []*file
}

// newBase reads the header of a base.
func newBase(main *file, header *node) *base {
	b := &base{main: main}
	if id := header.child("base"); id != nil {
		b.id = id.text
	}
	if langs := header.child("languages"); langs != nil {
		for _, lang := range langs.kids {
			b.langs = append(b.langs, lang.text)
		}
	}
	if len(b.langs) > 0 {
		b.ref = b.langs[0]
	}
	return b
}

// partsIn returns the parts in a language.
func (b *base) partsIn(lang string) (parts []*file, err error) {
	for _, p := range b.parts {
		if err := p.parse(); err != nil {
			return nil, err
		}
		if l := p.root.child("language"); l != nil && l.text == lang {
			parts = append(parts, p)
		}
	}
	return parts, nil
}

// An owner is a fact or gap in its file.
type owner struct {
	node  *node
	isGap bool
	index int   // in the list, in YAML
	line  line  // in JSONL
	root  *node // of the line
}

// owner finds a fact or gap. The file is parsed afterwards.
func (b *base) owner(id string) (owner, error) {
	if b.main.isJSONL() {
		return b.lineOwner(id)
	}
	if err := b.main.parse(); err != nil {
		return owner{}, err
	}
	for _, section := range []string{"facts", "gaps"} {
		list := b.main.root.child(section)
		if list == nil || list.kind != listKind {
			continue
		}
		if i := slices.IndexFunc(list.kids, func(n *node) bool { return hasID(n, id) }); i >= 0 {
			return owner{node: list.kids[i], isGap: section == "gaps", index: i}, nil
		}
	}
	return owner{}, fmt.Errorf("`%s` has no fact or gap `%s`", b.id, id)
}

func hasID(n *node, id string) bool {
	found := n.child("id")
	return n.kind == mapKind && found != nil && found.text == id
}

// lineOwner looks only into lines in which the id stands at all: a file may
// have a hundred thousand.
func (b *base) lineOwner(id string) (owner, error) {
	written := jsonText(id)
	for l := range linesOf(b.main.now) {
		if !strings.Contains(b.main.now[l.start:l.end], written) {
			continue
		}
		root, err := parseLine(b.main.path, b.main.now, l)
		if err != nil {
			return owner{}, err
		}
		if n, isGap := ownerOf(root); n != nil && hasID(n, id) {
			return owner{node: n, isGap: isGap, line: l, root: root}, nil
		}
	}
	return owner{}, fmt.Errorf("`%s` has no fact or gap `%s`", b.id, id)
}

// lastFact returns the last line with a fact, or else the last line of all.
func (b *base) lastFact() (last owner, err error) {
	text := b.main.now
	lines := slices.Collect(linesOf(text))
	for _, l := range slices.Backward(lines) {
		if strings.Contains(text[l.start:min(l.end, l.start+20)], `"gap"`) {
			continue
		}
		root, err := parseLine(b.main.path, text, l)
		if err != nil {
			return owner{}, err
		}
		if n, isGap := ownerOf(root); n != nil && !isGap {
			return owner{node: n, line: l, root: root}, nil
		}
	}
	root, err := parseLine(b.main.path, text, lines[0])
	return owner{line: lines[0], root: root}, err
}
