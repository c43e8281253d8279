package facts

// A reuse takes over from an earlier index what reading its phrases has found.
type reuse struct {
	old    *index
	from   []int32  // by entry of the new index: the one whose texts are the same, or -1
	words  []uint32 // by word of old: its number in the new index, + 1
	senses []uint32 // the same for terms of the sense view
}

// newReuse returns nil where nothing may be taken over: names and terms, by
// which phrases are read, have changed.
func newReuse(lang string, bases []*Base, old *index, of *Snapshot) *reuse {
	if old == nil || *lexiconContents(lang, bases) != *lexiconContents(lang, of.bases) {
		return nil
	}
	at := entriesByID(old, of)
	r := &reuse{old: old, words: make([]uint32, old.vocabulary.len()), senses: make([]uint32, old.termIDs[sense].len())}
	eachEntry(bases, func(ref Ref) {
		e, ok := at[ref.ID()]
		if !ok || !ref.readsAs(of.refOf(&old.entries[e]), lang) {
			e = -1
		}
		r.from = append(r.from, e)
	})
	return r
}

// eachEntry calls visit for what is indexed, in the order of the index.
func eachEntry(bases []*Base, visit func(r Ref)) {
	for _, b := range bases {
		for i := range b.Facts {
			if b.Facts[i].isIndexed() {
				visit(Ref{Base: b, Fact: &b.Facts[i]})
			}
		}
		for i := range b.Gaps {
			visit(Ref{Base: b, Gap: &b.Gaps[i]})
		}
	}
}

// entriesByID finds the entries of an index of s by "base/id".
func entriesByID(x *index, s *Snapshot) map[string]int32 {
	at := make(map[string]int32, len(x.entries))
	for i := range x.entries {
		at[s.refOf(&x.entries[i]).ID()] = int32(i)
	}
	return at
}

// readsAs reports whether two entries have the same texts in lang.
func (r Ref) readsAs(other Ref, lang string) bool {
	if (r.Fact == nil) != (other.Fact == nil) {
		return false
	}
	if r.Fact != nil {
		return sameAsks(r.Fact.Asks, other.Fact.Asks, lang) && sameText(r.Fact.Answer, other.Fact.Answer, lang) && sameText(r.Fact.Title, other.Fact.Title, lang)
	}
	return sameAsks(r.Gap.Asks, other.Gap.Asks, lang) && sameText(r.Gap.Title, other.Gap.Title, lang)
}

// sameAsks compares the phrasings in lang.
func sameAsks(a, b []Phrase, lang string) bool {
	j := 0
	next := func() (string, bool) {
		for ; j < len(b); j++ {
			if b[j].Lang == lang {
				j++
				return b[j-1].Text, true
			}
		}
		return "", false
	}
	for _, p := range a {
		if p.Lang == lang {
			if text, ok := next(); !ok || text != p.Text {
				return false
			}
		}
	}
	_, more := next()
	return !more
}

// sameText compares what is indexed of two texts in lang.
func sameText(a, b Text, lang string) bool {
	x, inA := a.In(lang)
	y, inB := b.In(lang)
	return (inA == lang) == (inB == lang) && (inA != lang || x == y)
}

// readAgain adds the phrases of the entry begun last, if the earlier index has
// them. Words and senses get their numbers in the order of the texts, as when
// these are read.
func (b *builder) readAgain(r *reuse) bool {
	if r == nil || r.from[len(b.entries)-1] < 0 {
		return false
	}
	old := r.old
	was := &old.entries[r.from[len(b.entries)-1]]
	e := int32(len(b.entries) - 1)
	entry := &b.entries[e]
	entry.n, entry.asks, entry.questions, entry.types, entry.counts = was.n, was.asks, was.questions, was.types, was.counts
	b.phrased = b.phrased || was.asks > 0
	if was.answer >= 0 {
		entry.answer = entry.first + was.answer - was.first
		b.answered = true
	}
	for p := was.first; p < was.first+was.n; p++ {
		b.owner = append(b.owner, e)
		b.kinds = append(b.kinds, old.kinds[p])
		for i := old.phraseAt[p]; i < old.phraseAt[p+1]; i++ {
			stored := old.words.at(i)
			b.raw.words = append(b.raw.words, b.wordAgain(r, stored>>1)<<1|stored&1)
		}
		b.countWords(e)
		for i := old.senseAt[p]; i < old.senseAt[p+1]; i++ {
			b.addSense(b.senseAgain(r, old.senses.at(i)), e)
		}
		b.senseAt = append(b.senseAt, uint32(len(b.raw.senses)))
	}
	return true
}

// wordAgain is word for a word of the earlier index.
func (b *builder) wordAgain(r *reuse, id uint32) uint32 {
	if r.words[id] == 0 {
		text := r.old.vocabulary.text(id)
		number, ok := b.vocabulary.id(text)
		if !ok {
			number = b.enter(token{text: text, cjk: isCJK(text)}, r.old.stems.text(r.old.table[id].stem))
		}
		r.words[id] = number + 1
	}
	return r.words[id] - 1
}

func (b *builder) senseAgain(r *reuse, id uint32) uint32 {
	if r.senses[id] == 0 {
		r.senses[id] = b.term(sense, r.old.termIDs[sense].text(id)) + 1
	}
	return r.senses[id] - 1
}
