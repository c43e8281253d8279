package facts

import (
	"fmt"
	"slices"
	"strings"
)

// A decoder reads nodes into one base and reports what is wrong with them.
// Faulty facts stay in the base, so that one fault does not make others of
// every reference to them; a base with errors is thrown away in the end.
type decoder struct {
	report *report
	base   *Base
	places *places
	path   []step // to the value being read
	reader owner  // the fact or gap being read
	byLine bool   // reading JSONL: of a fact or gap only its own place is kept

	parts                  []partName
	names, topics, sources idSet
	owners                 map[string]owner // facts and gaps by id
	later                  []reference
	phrasings              phrasebook
	baseAt                 place // of the base's id

	texts        textArena
	phraseSlab   slab[Phrase]
	idSlab       slab[string]
	citationSlab slab[Citation]
	citationRoom []Citation // of the fact being read
}

func newDecoder(r *report, file string, byLine bool) *decoder {
	return &decoder{
		report:    r,
		base:      &Base{},
		places:    &places{files: []string{file}, inner: map[Item]place{}},
		byLine:    byLine,
		names:     idSet{what: "name"},
		topics:    idSet{what: "topic"},
		sources:   idSet{what: "source"},
		owners:    map[string]owner{},
		phrasings: newPhrasebook(),
	}
}

// An owner is a fact, by its index, or a gap, by the complement of its index.
type owner int32

func (o owner) isGap() bool { return o < 0 }

// path returns where the owner stands in the data.
func (o owner) path() string {
	if o.isGap() {
		return fmt.Sprintf("gaps[%d]", ^o)
	}
	return fmt.Sprintf("facts[%d]", o)
}

// ownerID returns the id of a fact or gap.
func (d *decoder) ownerID(o owner) string {
	if o.isGap() {
		return d.base.Gaps[^o].ID
	}
	return d.base.Facts[o].ID
}

func (d *decoder) ownerPlace(o owner) place {
	if o.isGap() {
		return d.places.gaps[^o]
	}
	return d.places.facts[o]
}

// A step leads from a map to a key, or from a list to an index.
type step struct {
	key   string // "" for an index
	index int
}

func (d *decoder) in(key string) { d.path = append(d.path, step{key: key}) }
func (d *decoder) inItem(i int)  { d.path = append(d.path, step{index: i}) }
func (d *decoder) out()          { d.path = d.path[:len(d.path)-1] }

// at sets the path.
func (d *decoder) at(path ...step) { d.path = append(d.path[:0], path...) }

// readBase reads a base, or the header of one.
func (d *decoder) readBase(n *node, o *object[Base]) {
	d.baseAt = n.at
	if id := n.child("base"); id != nil {
		d.baseAt = id.at
	}
	o.read(d, n, d.base)
	d.base.places = d.places
}

// reportFaults reports what is wrong with the bytes or the syntax of a file.
func (d *decoder) reportFaults(faults []*fault) {
	for _, f := range faults {
		d.errorAt(f.at, "", "", f.message)
	}
}

// pathText writes the path as in facts[3].sources[0].quote.
func (d *decoder) pathText() string {
	var b strings.Builder
	for _, s := range d.path {
		switch {
		case s.key == "":
			fmt.Fprintf(&b, "[%d]", s.index)
		case b.Len() == 0:
			b.WriteString(cut(s.key))
		default:
			b.WriteString("." + cut(s.key))
		}
	}
	return b.String()
}

// errorf reports an error in n, the value at d.path.
func (d *decoder) errorf(n *node, format string, args ...any) {
	if d.report.skipError() {
		return
	}
	d.errorAt(n.at, d.pathText(), n.text, fmt.Sprintf(format, args...))
}

// warnf reports a warning about n.
func (d *decoder) warnf(n *node, format string, args ...any) {
	d.warnAt(n.at, d.pathText(), fmt.Sprintf(format, args...))
}

func (d *decoder) errorAt(at place, path, value, message string) {
	d.report.add(d.problem(at, path, value, message))
}

func (d *decoder) warnAt(at place, path, message string) {
	p := d.problem(at, path, "", message)
	p.Warning = true
	d.report.add(p)
}

func (d *decoder) problem(at place, path, value, message string) Problem {
	if value != "" {
		value = cut(value)
	}
	return Problem{
		File: d.places.files[at.file], Line: int(at.line), Column: int(at.column),
		Path: path, Value: value, Message: message,
	}
}

// position returns where at is, for naming another place in a message.
func (d *decoder) position(at place) string {
	return Position{d.places.files[at.file], int(at.line), int(at.column)}.String()
}

// expect reports whether n is of the kind wanted, and says so when not.
func (d *decoder) expect(n *node, want kind, what string) bool {
	if n.kind == want {
		return true
	}
	switch {
	case n.kind == nullNode:
		d.errorf(n, "nothing stands here; give %s or leave the line out", what)
	case want == textNode && (n.kind == numberNode || n.kind == boolNode):
		d.errorf(n, "expected %s, found %s; put it in quotes", what, n.describe())
	default:
		d.errorf(n, "expected %s, found %s", what, n.describe())
	}
	return false
}

func (d *decoder) unknownKey(kid *node, object string, known []string) {
	if d.report.skipError() {
		return
	}
	d.in(kid.key)
	defer d.out()
	hint := suggestion(kid.key, known)
	if hint == "" {
		hint = "; a " + object + " has " + oneOf(known)
	}
	d.errorAt(kid.keyAt, d.pathText(), kid.key, excerpt(kid.key)+": unknown field"+hint)
}

func (d *decoder) doubleKey(kid, before *node) {
	if d.report.skipError() {
		return
	}
	d.in(kid.key)
	defer d.out()
	d.errorAt(kid.keyAt, d.pathText(), kid.key,
		excerpt(kid.key)+" is here twice, first at "+d.position(before.keyAt)+"; keep one")
}

// entries calls read for each value of a map whose keys curators choose.
func (d *decoder) entries(n *node, what string, read func(key string, kid *node)) {
	if !d.expect(n, mapNode, what) {
		return
	}
	seen := make(map[string]*node, len(n.kids))
	for i := range n.kids {
		kid := &n.kids[i]
		if before := seen[kid.key]; before != nil {
			d.doubleKey(kid, before)
			continue
		}
		seen[kid.key] = kid
		d.in(kid.key)
		read(kid.key, kid)
		d.out()
	}
}

// list calls read for each value of a list.
func (d *decoder) list(n *node, what string, read func(i int, kid *node)) {
	if !d.expect(n, listNode, what) {
		return
	}
	for i := range n.kids {
		d.inItem(i)
		read(i, &n.kids[i])
		d.out()
	}
}

// An idSet is the ids that a section of the header defines.
type idSet struct {
	what  string // "name"
	ids   map[string]string
	order []string
}

func (s *idSet) add(id string) {
	if s.ids == nil {
		s.ids = map[string]string{}
	}
	s.ids[id] = id
	s.order = append(s.order, id)
}

// declares reports whether lang is one of the base's languages and returns
// the base's own copy of it.
func (d *decoder) declares(lang string) (string, bool) {
	if i := slices.Index(d.base.Languages, lang); i >= 0 {
		return d.base.Languages[i], true
	}
	return "", false
}

// referenceLanguage returns the language of plain strings.
func (d *decoder) referenceLanguage() string {
	if len(d.base.Languages) == 0 {
		return ""
	}
	return d.base.Languages[0]
}
