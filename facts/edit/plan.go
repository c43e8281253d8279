package edit

import (
	"slices"

	"summitbot/facts"
)

// A plan is the changes to the files of a base that one edit makes: all of
// them, or none if one of them fails.
type plan struct {
	base  *base
	wants []want
}

// A want is one file with the tree that it should have, or a line of JSONL.
type want struct {
	file   *file
	root   *node
	line   *owner // JSONL: the line that is changed; nil in YAML
	isNew  bool   // JSONL: the line comes behind that one
	remove bool   // JSONL
}

// rootOf returns the tree wanted for a file.
func (p *plan) rootOf(f *file) *node {
	for _, w := range p.wants {
		if w.file == f {
			return w.root
		}
	}
	return f.root
}

func (p *plan) setRoot(f *file, root *node) {
	for i := range p.wants {
		if p.wants[i].file == f {
			p.wants[i].root = root
			return
		}
	}
	p.wants = append(p.wants, want{file: f, root: root})
}

// setOwner plans another fact or gap in the place of o.
func (p *plan) setOwner(o owner, to *node) {
	f := p.base.main
	if f.isJSONL() {
		root := to
		if o.isGap {
			root = o.root.with("gap", to, nil)
		}
		p.wants = append(p.wants, want{file: f, root: root, line: &o})
		return
	}
	section := "facts"
	if o.isGap {
		section = "gaps"
	}
	list := f.root.child(section)
	items := slices.Clone(list.kids)
	items[o.index] = to
	p.setRoot(f, f.root.with(section, list.withItems(items), baseKeys))
}

// setInPart plans another list for an owner in a section of a part.
func (p *plan) setInPart(f *file, section, id string, list *node) {
	root := p.rootOf(f)
	all := root.child(section)
	switch {
	case all == nil && list == nil:
		return
	case all == nil:
		all = &node{kind: mapKind}
	}
	all = all.withKey(id, list)
	if all != nil {
		all.uniform = true
	}
	p.setRoot(f, root.with(section, all, partKeys))
}

// run makes the changes.
func (p *plan) run() error {
	type result struct {
		text string
		root *node
	}
	results := make([]result, len(p.wants))
	for i, w := range p.wants {
		text, root, err := w.result()
		if err != nil {
			return err
		}
		results[i] = result{text, root}
	}
	for i, w := range p.wants {
		w.file.now, w.file.root = results[i].text, results[i].root
	}
	return nil
}

// result returns the text of the file that means what is wanted.
func (w want) result() (text string, root *node, err error) {
	if w.file.isJSONL() {
		text, err = w.lineResult()
		return text, nil, err
	}
	old := w.file.root
	e := newEditor(w.file.path, w.file.now, old)
	e.change(old, w.root, nil)
	if e.failed != nil {
		return "", nil, e.failed
	}
	if len(e.splices) == 0 {
		return w.file.now, old, nil
	}
	text = spliced(w.file.now, 0, len(w.file.now), e.splices)
	if root, err = parseYAML(w.file.path, text); err != nil || !equal(root, w.root) {
		return "", nil, unsafe(w.file.path, text, w.file.now)
	}
	return text, root, nil
}

// lineResult is result for a line of JSONL.
func (w want) lineResult() (text string, err error) {
	now, l := w.file.now, w.line.line
	e := newEditor(w.file.path, now, w.line.root)
	e.json = true
	e.layout = spacing(now, w.line.root)
	switch {
	case w.remove:
		return withoutLine(now, l), nil
	case w.isNew:
		e.splice(l.end, l.end, "\n"+e.inBrackets(w.root, w.line.node))
	default:
		e.change(w.line.root, w.root, nil)
	}
	if e.failed != nil {
		return "", e.failed
	}
	text = spliced(now, 0, len(now), e.splices)
	if w.isNew {
		l = line{nextLine(text, l.start), 0, l.number + 1}
	}
	l.end = lineEnd(text, l.start)
	if root, err := parseLine(w.file.path, text, l); err != nil || !equal(root, w.root) {
		return "", unsafe(w.file.path, text, now)
	}
	return text, nil
}

// withoutLine takes a line out with its line break, or with the one before it
// if it has none.
func withoutLine(text string, l line) string {
	next := nextLine(text, l.start)
	if l.end == len(text) && l.start > 0 {
		return text[:lineEnd(text, l.start-1)]
	}
	return text[:l.start] + text[next:]
}

// unsafe is the error for a change that does not parse to what is wanted.
func unsafe(path, now, was string) error {
	at := 0
	for at < len(now) && at < len(was) && now[at] == was[at] {
		at++
	}
	number := 1
	for i := range was[:at] {
		if was[i] == '\n' {
			number++
		}
	}
	return facts.Problem{File: path, Line: number, Message: "the file is written here in a way that cannot be changed safely; change it in an editor"}
}
