package edit

import "slices"

// Phrasings and tests of a fact or gap in one language have a home, or several:
// the fact itself, and parts in that language.

// A home is a place for phrasings in one language, with those that it holds.
type home struct {
	part *file // nil: the fact itself
	list *node // nil when it holds none
}

// homes returns where phrasings of an owner are, in the order in which the
// loader reads them.
func (b *base) homes(owner *node, id, section, lang string) (all []home, err error) {
	if inline := inLanguage(owner.child(section), lang, b.ref); inline != nil {
		all = append(all, home{nil, inline})
	}
	parts, err := b.partsIn(lang)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		if list := p.root.child(section).child(id); list != nil {
			all = append(all, home{p, list})
		}
	}
	if len(all) > 0 {
		return all, nil
	}
	for _, p := range parts {
		if p.root.child(section) != nil {
			return []home{{p, nil}}, nil
		}
	}
	if len(parts) > 0 {
		return []home{{parts[0], nil}}, nil
	}
	return []home{{nil, nil}}, nil
}

// inLanguage returns the list in a language of what stands in a fact: a list
// in the language ref, or lists by language.
func inLanguage(phrases *node, lang, ref string) *node {
	switch {
	case phrases == nil:
		return nil
	case phrases.kind == mapKind:
		return phrases.child(lang)
	case lang == ref:
		return phrases
	}
	return nil
}

// share deals a list that is wanted out to homes. Each phrasing stays where it
// is; a new one goes where the one before it is.
func share(homes []home, want *node) (lists []*node) {
	var have []*node
	var homeOf []int
	for h, each := range homes {
		if each.list != nil {
			have = append(have, each.list.kids...)
			homeOf = append(homeOf, slices.Repeat([]int{h}, len(each.list.kids))...)
		}
	}
	lists = make([]*node, len(homes))
	if want == nil {
		return lists
	}
	from := align(have, want.kids)
	at := 0
	if i := slices.IndexFunc(from, func(i int) bool { return i >= 0 }); i >= 0 {
		at = homeOf[from[i]]
	} else if len(homes) > 0 {
		at = len(homes) - 1
	}
	for i, kid := range want.kids {
		if from[i] >= 0 {
			at = homeOf[from[i]]
			if equal(have[from[i]], kid) {
				kid = have[from[i]]
			}
		}
		if lists[at] == nil {
			lists[at] = &node{kind: listKind}
		}
		lists[at].kids = append(lists[at].kids, kid)
	}
	return lists
}

// inlineWith returns the phrasings in a fact with another list in one language.
func inlineWith(phrases, list *node, lang, ref string, order []string) *node {
	all := &node{kind: mapKind, ref: ref, uniform: true}
	switch {
	case phrases == nil:
	case phrases.kind == mapKind:
		copied := *phrases
		copied.ref, copied.uniform = ref, true
		all = &copied
	default:
		all.kids = []*node{phrases.named(ref)}
	}
	all = all.with(lang, list, order)
	if len(all.kids) == 0 {
		return nil
	}
	return all
}
