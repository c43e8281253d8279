package edit

import "slices"

// This file plans edits of facts and gaps.

// set plans other fields for a fact.
func (b *base) set(o owner, id string, fields Fields) (*plan, error) {
	p := &plan{base: b}
	fact := fields.setOn(o.node, b.ref)
	fact, err := p.setPhrases(fact, id, fields)
	if err != nil {
		return nil, err
	}
	if fact != o.node {
		styled := *fact
		styled.like = b.neighbours(o.index)
		p.setOwner(o, &styled)
	}
	return p, nil
}

// setPhrases plans asks and tests, and returns the fact with those that are in
// the fact itself.
func (p *plan) setPhrases(fact *node, id string, fields Fields) (*node, error) {
	for _, field := range []struct {
		section string
		byLang  map[string][]string
	}{{"asks", fields.Asks}, {"tests", fields.Tests}} {
		byLang := field.byLang
		if byLang != nil && len(byLang) == 0 {
			byLang = map[string][]string{}
			for _, lang := range p.base.langs {
				byLang[lang] = nil
			}
		}
		for _, lang := range languages(byLang) {
			var err error
			if fact, err = p.setList(fact, id, field.section, lang, phraseList(byLang[lang])); err != nil {
				return nil, err
			}
		}
	}
	return fact, nil
}

// setList plans phrasings in one language.
func (p *plan) setList(owner *node, id, section, lang string, list *node) (*node, error) {
	homes, err := p.base.homes(owner, id, section, lang)
	if err != nil {
		return nil, err
	}
	for i, list := range share(homes, list) {
		switch {
		case list == nil && homes[i].list == nil:
		case homes[i].list != nil && list != nil && equal(homes[i].list, list):
		case homes[i].part != nil:
			p.setInPart(homes[i].part, section, id, list)
		default:
			inline := inlineWith(owner.child(section), list, lang, p.base.ref, p.base.langs)
			owner = owner.with(section, inline, ownerKeys)
		}
	}
	return owner, nil
}

// neighbours returns a fact made of the fields of those nearest to the index,
// the ones before it first, for new fields to look like.
func (b *base) neighbours(index int) *node {
	if b.main.isJSONL() {
		return nil
	}
	list := b.main.root.child("facts")
	if list == nil || list.bound != "" {
		return nil
	}
	var like *node
	take := func(fact *node) {
		if fact.kind != mapKind || fact.bound != "" {
			return
		}
		if like == nil {
			copied := *fact
			like = &copied
			like.kids = nil
		}
		for _, kid := range fact.kids {
			if kid.bound == "" && like.child(kid.key) == nil {
				like.kids = append(like.kids, kid)
			}
		}
	}
	for _, fact := range slices.Backward(list.kids[:min(index, len(list.kids))]) {
		take(fact)
	}
	for i := index + 1; i < len(list.kids); i++ {
		take(list.kids[i])
	}
	return like
}

// add plans a new fact.
func (b *base) add(id string, fields Fields) (*plan, error) {
	p := &plan{base: b}
	fact := &node{kind: mapKind, kids: []*node{{kind: textKind, key: "id", text: id}}}
	last, err := b.last()
	if err != nil {
		return nil, err
	}
	if fact.like = last.node; last.root == nil {
		fact.like = b.neighbours(last.index + 1)
	}
	fact = fields.setOn(fact, b.ref)
	if fact, err = p.setPhrases(fact, id, fields); err != nil {
		return nil, err
	}
	if b.main.isJSONL() {
		p.wants = append(p.wants, want{file: b.main, root: fact, line: &last, isNew: true})
		return p, nil
	}
	list := b.main.root.child("facts")
	if list == nil || list.kind != listKind {
		list = &node{kind: listKind}
	}
	list = list.withItems(append(slices.Clone(list.kids), fact))
	p.setRoot(b.main, b.main.root.with("facts", list, baseKeys))
	return p, nil
}

// last returns the last fact. In YAML only its index matters.
func (b *base) last() (owner, error) {
	if b.main.isJSONL() {
		return b.lastFact()
	}
	if list := b.main.root.child("facts"); list != nil {
		return owner{index: len(list.kids) - 1}, nil
	}
	return owner{index: -1}, nil
}

// remove plans the removal of a fact.
func (b *base) remove(o owner, id string) (*plan, error) {
	p := &plan{base: b}
	if b.main.isJSONL() {
		p.wants = append(p.wants, want{file: b.main, line: &o, remove: true})
		return p, nil
	}
	list := b.main.root.child("facts")
	items := slices.Delete(slices.Clone(list.kids), o.index, o.index+1)
	p.setRoot(b.main, b.main.root.with("facts", list.withItems(items), baseKeys))
	for _, part := range b.parts {
		if err := part.parse(); err != nil {
			return nil, err
		}
		for _, section := range []string{"asks", "tests"} {
			if part.root.child(section).child(id) != nil {
				p.setInPart(part, section, id, nil)
			}
		}
	}
	return p, nil
}

// addAsk plans one more phrasing, behind the others in its language.
func (b *base) addAsk(o owner, id, lang, text string) (*plan, error) {
	p := &plan{base: b}
	homes, err := b.homes(o.node, id, "asks", lang)
	if err != nil {
		return nil, err
	}
	all := &node{kind: listKind}
	for _, h := range homes {
		if h.list != nil {
			all.kids = append(all.kids, h.list.kids...)
		}
	}
	all.kids = append(all.kids, phraseList([]string{text}).kids...)
	changed, err := p.setList(o.node, id, "asks", lang, all)
	if err != nil {
		return nil, err
	}
	if changed != o.node {
		styled := *changed
		if !o.isGap {
			styled.like = b.neighbours(o.index)
		}
		p.setOwner(o, &styled)
	}
	return p, nil
}
