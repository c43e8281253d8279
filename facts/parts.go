package facts

import "slices"

// This file reads parts: files beside the main one with long lists in one
// language. What they hold is added to the base.

func (d *decoder) sameBase(n *node) {
	if d.expect(n, textNode, "the id of the base") && n.text != d.base.ID {
		d.errorf(n, "this part belongs to %s, but `%s` names it; make them the same", excerpt(n.text), d.base.ID)
	}
}

// declared reads one of the base's languages.
func (d *decoder) declared(n *node) string {
	if !d.expect(n, textNode, "a language such as `en`") {
		return ""
	}
	lang, ok := d.declares(n.text)
	if !ok {
		d.errorf(n, "language %s is not declared; use %s or add it to `languages` of the main file", excerpt(n.text), oneOf(d.base.Languages))
	}
	return lang
}

// partAsks adds phrasings to facts and gaps.
func (d *decoder) partAsks(n *node, lang string) {
	d.byOwner(n, func(o owner, kid *node) {
		asks := d.asksOf(o)
		*asks = slices.Concat(*asks, d.phraseList(kid, lang, func(kid *node, _ int, p Phrase) { d.phrasing(kid, o, p) }))
	})
}

// partTests adds tests to facts and gaps.
func (d *decoder) partTests(n *node, lang string) {
	d.byOwner(n, func(o owner, kid *node) {
		tests, kind := d.testsOf(o)
		had := len(*tests)
		*tests = slices.Concat(*tests, d.phraseList(kid, lang, func(kid *node, i int, _ Phrase) { d.keepPlace(kind, o, had+i, kid) }))
	})
}

func (d *decoder) asksOf(o owner) *[]Phrase {
	if o.isGap() {
		return &d.base.Gaps[^o].Asks
	}
	return &d.base.Facts[o].Asks
}

func (d *decoder) testsOf(o owner) (*[]Phrase, ItemKind) {
	if o.isGap() {
		return &d.base.Gaps[^o].Tests, GapTestItem
	}
	return &d.base.Facts[o].Tests, FactTestItem
}

// byOwner reads a map whose keys are ids of facts and gaps.
func (d *decoder) byOwner(n *node, read func(o owner, kid *node)) {
	d.entries(n, "a map of lists by the id of a fact or gap", func(id string, kid *node) {
		if o, ok := d.owners[id]; ok {
			read(o, kid)
			return
		}
		if d.report.skipError() {
			return
		}
		d.errorAt(kid.keyAt, d.pathText(), id, excerpt(id)+" is no fact or gap of the base"+suggestion(id, d.ownerIDs()))
	})
}

func (d *decoder) ownerIDs() []string {
	ids := d.factIDs()
	for i := range d.base.Gaps {
		ids = append(ids, d.base.Gaps[i].ID)
	}
	return ids
}

// partSpellings adds spellings to names.
func (d *decoder) partSpellings(n *node, lang string) {
	d.entries(n, "a map of lists by the id of a name", func(id string, kid *node) {
		i := slices.IndexFunc(d.base.Names, func(m Name) bool { return m.ID == id })
		if i < 0 {
			d.errorAt(kid.keyAt, d.pathText(), id, excerpt(id)+" is no name of the base"+suggestion(id, d.names.order))
			return
		}
		m := &d.base.Names[i]
		m.Spellings = slices.Concat(m.Spellings, d.phraseList(kid, lang, d.checkSpelling))
	})
}

// partDeclines adds questions that must not be answered.
func (d *decoder) partDeclines(n *node, lang string) {
	had := len(d.base.Declines)
	d.base.Declines = slices.Concat(d.base.Declines, d.phraseList(n, lang, func(kid *node, i int, _ Phrase) {
		d.places.inner[Item{DeclineItem, 0, had + i}] = kid.at
	}))
}
