package facts

import (
	"fmt"
	"slices"
	"strings"
)

// This file reads what stands above the facts.

func (d *decoder) languages(n *node) (langs []string) {
	d.list(n, "a list of languages such as [en, ko]", func(_ int, kid *node) {
		switch lang := d.languageTag(kid); {
		case lang == "":
		case slices.Contains(langs, lang):
			d.errorf(kid, "`%s` is listed twice; keep one", lang)
		case len(langs) == MaxLanguages:
			d.errorf(kid, "a base has at most %d languages", MaxLanguages)
		default:
			langs = append(langs, lang)
		}
	})
	if n.kind == listNode && len(n.kids) == 0 {
		d.errorf(n, "the list is empty; name the language of the base")
	}
	return langs
}

// A partName is the name of a file beside the main one, and where it stands.
type partName struct {
	name string
	at   place
}

func (d *decoder) partNames(n *node) (names []partName) {
	d.list(n, "a list of file names", func(_ int, kid *node) {
		name := d.str(kid, MaxAsk, oneLine)
		switch {
		case name == "":
		case name == ".." || strings.ContainsAny(name, `/\:`):
			d.errorf(kid, "%s is not a plain file name; parts stand in the same folder as the main file", excerpt(name))
		case !isYAML(name):
			d.errorf(kid, "%s is no YAML file; a part's name ends in .yaml", excerpt(name))
		case slices.ContainsFunc(names, func(p partName) bool { return p.name == name }):
			d.errorf(kid, "%s is listed twice; keep one", excerpt(name))
		case len(names) == MaxParts:
			d.errorf(kid, "a base has at most %d parts", MaxParts)
		default:
			names = append(names, partName{strings.Clone(name), kid.at})
		}
	})
	return names
}

// define calls read for each entry of a map whose keys are the ids of set.
// All ids are known before the first entry is read, so that a name may stand
// for one that comes later.
func (d *decoder) define(n *node, set *idSet, read func(id string, kid *node)) {
	for i := range n.kids {
		set.add(d.texts.keep(n.kids[i].key))
	}
	d.entries(n, fmt.Sprintf("a map of %ss by id", set.what), func(key string, kid *node) {
		d.isID(kid.keyAt, key)
		read(set.ids[key], kid)
	})
}

func readSources(d *decoder, n *node, b *Base) {
	d.define(n, &d.sources, func(id string, kid *node) {
		s := Source{ID: id}
		sourceObject.read(d, kid, &s)
		b.Sources = append(b.Sources, s)
	})
}

func readNames(d *decoder, n *node, b *Base) {
	d.define(n, &d.names, func(id string, kid *node) {
		m := Name{ID: id}
		nameObject.read(d, kid, &m)
		b.Names = append(b.Names, m)
	})
}

// spellings reads the spellings of a name.
func (d *decoder) spellings(n *node) []Phrase {
	return d.phrasesEach(n, d.checkSpelling)
}

func (d *decoder) checkSpelling(n *node, _ int, p Phrase) {
	if p.Text == "=" {
		d.errorf(n, "nothing follows the `=`; write the spelling after it, such as `=US`")
	}
}

func readTopics(d *decoder, n *node, b *Base) {
	d.define(n, &d.topics, func(id string, kid *node) {
		b.Topics = append(b.Topics, Topic{ID: id, Title: d.translated(kid, MaxTitle, oneLine)})
	})
}

func readTerms(d *decoder, n *node, _ *Base) {
	if d.expect(n, mapNode, "lists of word groups by language") {
		d.languageEntries(n, func(lang string, kid *node) { d.termGroups(kid, lang) })
	}
}

// termGroups adds groups of words of one language to the base.
func (d *decoder) termGroups(n *node, lang string) {
	d.list(n, "a list of word groups", func(_ int, group *node) {
		var room [16]string
		words := room[:0]
		d.list(group, "a group: a list of words that mean the same", func(_ int, kid *node) {
			if w := d.str(kid, MaxAsk, oneLine); w != "" {
				words = append(words, d.texts.keep(w))
			}
		})
		if group.kind == listNode && len(group.kids) < 2 {
			d.errorf(group, "a group needs two words or more that mean the same")
		}
		d.base.Terms = append(d.base.Terms, TermGroup{Lang: lang, Words: d.idSlab.keep(words)})
	})
}

func readDeclines(d *decoder, n *node, b *Base) {
	b.Declines = d.phrasesEach(n, func(kid *node, i int, _ Phrase) {
		d.places.inner[Item{DeclineItem, 0, i}] = kid.at
	})
}
