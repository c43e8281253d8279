package facts

// This file reads facts and gaps.

// statusNames are the words of Statuses.
var statusNames = func() (names []string) {
	for _, s := range Statuses {
		names = append(names, string(s))
	}
	return names
}()

func readFacts(d *decoder, n *node, _ *Base) {
	d.list(n, "a list of facts", func(_ int, kid *node) { d.fact(kid) })
}

func readGaps(d *decoder, n *node, _ *Base) {
	d.list(n, "a list of gaps", func(_ int, kid *node) { d.gap(kid) })
}

// fact reads a fact and adds it to the base.
func (d *decoder) fact(n *node) {
	d.reader = owner(len(d.base.Facts))
	d.places.facts = append(d.places.facts, n.at)
	d.base.Facts = append(d.base.Facts, Fact{Status: Reported})
	f := &d.base.Facts[d.reader]
	factObject.read(d, n, f)
	if n.kind == mapNode {
		d.checkStatus(f, n)
	}
}

// gap reads a gap and adds it to the base.
func (d *decoder) gap(n *node) {
	d.reader = ^owner(len(d.base.Gaps))
	d.places.gaps = append(d.places.gaps, n.at)
	d.base.Gaps = append(d.base.Gaps, Gap{})
	gapObject.read(d, n, &d.base.Gaps[^d.reader])
}

// checkStatus checks what a fact's status asks of its other fields.
func (d *decoder) checkStatus(f *Fact, n *node) {
	by := n.child("superseded_by")
	switch {
	case f.Status == Superseded && by == nil:
		d.statusFault(n, "a superseded fact needs `superseded_by`, the id of the fact that replaces it")
	case f.Status != Superseded && by != nil:
		d.errorAt(by.keyAt, d.pathText()+".superseded_by", by.text, "only a fact with `status: superseded` has `superseded_by`")
	case f.Status == Disputed && sides(f.Sources) < 2:
		d.statusFault(n, "a disputed fact needs two or more sources that give `says` and `version`, one for each side")
	}
}

func (d *decoder) statusFault(fact *node, message string) {
	d.in("status")
	d.errorf(fact.child("status"), "%s", message)
	d.out()
}

// sides counts the citations that give one side's version.
func sides(citations []Citation) (n int) {
	for _, c := range citations {
		if len(c.Says) > 0 && len(c.Version) > 0 {
			n++
		}
	}
	return n
}

// newID reads the id of the fact or gap being read, which no other may have.
func (d *decoder) newID(n *node) string {
	id := d.id(n)
	if id == "" {
		return ""
	}
	if before, taken := d.owners[id]; taken {
		d.errorf(n, "the id `%s` is taken, at %s; ids are unique over facts and gaps", id, d.position(d.ownerPlace(before)))
		return id
	}
	d.owners[id] = d.reader
	return id
}

// asks reads phrasings of the fact or gap being read.
func (d *decoder) asks(n *node) []Phrase {
	return d.phrasesEach(n, func(kid *node, _ int, p Phrase) { d.phrasing(kid, d.reader, p) })
}

// tests reads questions of the fact or gap being read and keeps their places.
func (d *decoder) tests(n *node, kind ItemKind) []Phrase {
	return d.phrasesEach(n, func(kid *node, i int, _ Phrase) { d.keepPlace(kind, d.reader, i, kid) })
}

// keepPlace remembers where an item of a fact or gap stands. Bases in JSONL
// are large and generated: there the line of the fact must do.
func (d *decoder) keepPlace(kind ItemKind, o owner, i int, n *node) {
	if d.byLine {
		return
	}
	if o.isGap() {
		o = ^o
	}
	d.places.inner[Item{kind, int(o), i}] = n.at
}

func (d *decoder) citations(n *node) []Citation {
	d.citationRoom = d.citationRoom[:0]
	d.list(n, "a list of sources, each with a `ref`", func(i int, kid *node) {
		d.citationRoom = append(d.citationRoom, Citation{})
		citationObject.read(d, kid, &d.citationRoom[i])
		d.keepPlace(CitationItem, d.reader, i, kid)
	})
	if n.kind == listNode && len(n.kids) == 0 {
		d.errorf(n, "the list is empty; a fact needs a source")
	}
	return d.citationSlab.keep(d.citationRoom)
}

// known reads a list of ids that set defines.
func (d *decoder) known(n *node, set *idSet) []string {
	return d.idList(n, func(kid *node) string { return d.knownID(kid, set) })
}

// knownID reads an id that set defines and returns the set's copy of it.
func (d *decoder) knownID(n *node, set *idSet) string {
	if !d.expect(n, textNode, "the id of a "+set.what) {
		return ""
	}
	id, ok := set.ids[n.text]
	if !ok && !d.report.skipError() {
		d.errorf(n, "%s is no %s in `%ss`%s", excerpt(n.text), set.what, set.what, suggestion(n.text, set.order))
	}
	return id
}

// idList reads a list of different ids.
func (d *decoder) idList(n *node, read func(*node) string) []string {
	var room [8]string
	ids := room[:0]
	d.list(n, "a list of ids", func(i int, kid *node) {
		if i >= MaxRefs {
			if i == MaxRefs {
				d.errorf(n, "a list of ids has at most %d", MaxRefs)
			}
			return
		}
		id := read(kid)
		for _, before := range ids {
			if id == before && id != "" {
				d.errorf(kid, "`%s` is listed twice; keep one", id)
				return
			}
		}
		if id != "" {
			ids = append(ids, id)
		}
	})
	return d.idSlab.keep(ids)
}
