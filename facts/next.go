package facts

import (
	"context"
	"slices"
	"sync"
)

// Next returns the snapshot of bases that follows s, within a fraction of a
// second where NewSnapshot and Ready take many: a language in which nothing has
// changed takes over its index; in the others the regression is carried over,
// and only the entries whose phrasings have changed are fitted anew, against
// all the others. Where nothing can be carried over, as for a language that s
// lacks, what is new is fitted in short.
//
// A snapshot that was fitted in such haste decides nearly as one that was
// fitted at leisure. Settle is nil when there was no haste. Otherwise it fits
// the rest in the background, a language at a time, and returns the snapshot
// that decides in everything as NewSnapshot(bases...) does, so that in the long
// run what is answered depends on the files alone; it gives nil when ctx ends
// first. Until then next can be served, and be followed by another.
//
// Neither snapshot keeps s or its bases alive.
func (s *Snapshot) Next(bases ...*Base) (next *Snapshot, settle func(ctx context.Context) *Snapshot) {
	next = newSnapshot(bases, nil)
	var wait sync.WaitGroup
	for lang, li := range next.indexes {
		wait.Go(func() { s.follow(next, lang, li) })
	}
	wait.Wait()
	if !next.isHasty() {
		return next, nil
	}
	return next, next.settle
}

// isHasty reports whether some language was fitted in short.
func (s *Snapshot) isHasty() bool {
	for _, li := range s.indexes {
		if li.hasty {
			return true
		}
	}
	return false
}

// follow fills in the index of a language of the snapshot that follows s.
func (s *Snapshot) follow(next *Snapshot, lang string, li *languageIndex) {
	li.sum = contentsOf(lang, next.bases)
	before := s.indexes[lang]
	switch {
	case before == nil:
		li.become(next.hurry(lang, nil, nil))
	case *s.contents(lang) == *li.sum:
		li.takeOver(before, lang, next.bases)
	case before.built.Load() || before.ahead != nil:
		li.become(next.hurry(lang, before.get(), s))
	default:
		li.become(next.hurry(lang, nil, nil))
	}
}

// contents sums up what a language of s indexes.
func (s *Snapshot) contents(lang string) *contents {
	if sum := s.indexes[lang].sum; sum != nil {
		return sum
	}
	return contentsOf(lang, s.bases)
}

// takeOver makes the index of a language the one of before, which indexes the
// same. One that is not built yet is built from what is prepared ahead.
func (li *languageIndex) takeOver(before *languageIndex, lang string, bases []*Base) {
	if !before.built.Load() {
		ahead := before.ahead
		li.ahead = ahead
		li.build = func() *index { return buildIndex(lang, bases, ahead) }
		return
	}
	li.become(before.get().withBases(bases), before.hasty)
}

// become gives a language its index.
func (li *languageIndex) become(x *index, hasty bool) {
	li.hasty = hasty
	li.build = func() *index { return x }
	li.get()
}

// withBases is x for bases that say the same as those it was built from.
func (x *index) withBases(bases []*Base) *index {
	moved := *x
	if x.lexicon != nil {
		moved.lexicon = x.lexicon.withNames(bases)
	}
	return &moved
}

// settle fits what was fitted in haste.
func (s *Snapshot) settle(ctx context.Context) *Snapshot {
	settled := newSnapshot(s.bases, nil)
	for lang, li := range settled.indexes {
		quick := s.indexes[lang]
		li.sum = quick.sum
		if !quick.hasty {
			li.takeOver(quick, lang, s.bases)
			continue
		}
		x := *quick.get()
		if x.model = x.fitUnder(ctx); x.model == nil {
			return nil
		}
		li.become(&x, false)
	}
	return settled
}

// hurry builds the index of a language, with the regression of old, an index of
// snapshot of, where there is one. It reports whether that was fitted in short.
func (s *Snapshot) hurry(lang string, old *index, of *Snapshot) (x *index, hasty bool) {
	x = buildPhrases(lang, s.bases, nil, newReuse(lang, s.bases, old, of))
	m := x.newRegression()
	if m == nil {
		return x, false // a fresh start fits none either
	}
	if len(x.owner)*termsPerPhrase*m.entries*epochs <= hurriedWork {
		x.model = x.fit()
		return x, false
	}
	from, anew := s.compare(x, old, of)
	var known []bool
	if old != nil && old.model != nil {
		known = m.carry(x, old, from)
	}
	x.model = m
	if !slices.Contains(anew, true) && !slices.Contains(known[m.offset[sense]:], false) {
		return x, true
	}
	vectors, targets := m.examples(x)
	if known != nil {
		m.addUnknown(anew, known, vectors, targets)
	}
	m.refit(anew, vectors, targets)
	return x, true
}

// termsPerPhrase is about how many terms a phrase has, over all views.
const termsPerPhrase = 50

// compare returns by entry of x which one of old, an index of snapshot of, it
// is, or -1; and whether what it is learnt from has changed.
func (s *Snapshot) compare(x, old *index, of *Snapshot) (from []int32, anew []bool) {
	from, anew = make([]int32, len(x.entries)), make([]bool, len(x.entries))
	var at map[string]int32
	if old != nil {
		at = entriesByID(old, of)
	}
	for e := range x.entries {
		r := s.refOf(&x.entries[e])
		before, ok := at[r.ID()]
		if !ok {
			from[e], anew[e] = -1, true
			continue
		}
		from[e] = before
		anew[e] = !slices.Equal(r.lessons(x.lang), of.refOf(&old.entries[before]).lessons(x.lang))
	}
	return from, anew
}

// lessons are the texts that an entry is learnt from: its phrasings, or else its
// other texts.
func (r Ref) lessons(lang string) []string {
	var asks []Phrase
	var texts []Text
	if r.Fact != nil {
		asks, texts = r.Fact.Asks, []Text{r.Fact.Answer, r.Fact.Title}
	} else {
		asks, texts = r.Gap.Asks, []Text{r.Gap.Title}
	}
	list := PhrasesIn(asks, lang)
	if list != nil {
		return list
	}
	for _, t := range texts {
		if text, found := t.In(lang); found == lang {
			list = append(list, text)
		}
	}
	return list
}

// addUnknown marks the entries that are to be learnt anew because their texts
// have a sense that the regression before did not know: terms have changed.
func (m *regression) addUnknown(anew, known []bool, vectors [][]feature, targets []int32) {
	for i, v := range vectors {
		for _, f := range v {
			if f.row >= m.offset[sense] && !known[f.row] {
				anew[targets[i]] = true
			}
		}
	}
}
