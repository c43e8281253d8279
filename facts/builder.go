package facts

// A builder collects phrases and counts what they hold.
type builder struct {
	*index
	tokens  []token
	roots   []string
	writer  termWriter
	reading reading
	seen    [views][]int32 // the last entry that held it, + 1
	pairDF  map[uint64]*pairCount
	length  [views]int64
	links   []uint64 // content term and phrase, for the postings

	cjkWords map[string]bool // which words are runs of CJK letters
}

type pairCount struct{ df, last int32 }

func newBuilder(lang string, lex *lexicon) *builder {
	x := &index{lang: lang, cjk: cjkLanguage(lang), wordIDs: map[string]uint32{}, stemIDs: map[string]uint32{}, pairIDs: map[uint64]uint32{}, ownNames: map[uint32]bool{}, lexicon: lex, phraseAt: []uint32{0}, senseAt: []uint32{0}}
	for v := range x.termIDs {
		x.termIDs[v] = map[string]uint32{}
	}
	b := &builder{index: x, pairDF: map[uint64]*pairCount{}, cjkWords: map[string]bool{}}
	if lex != nil {
		for i := range lex.groups {
			lex.groups[i].term = b.term(sense, lex.groups[i].meaning)
		}
	}
	return b
}

// beginEntry starts a fact or a gap; its phrases follow.
func (b *builder) beginEntry(base, item int, gap bool) {
	b.entries = append(b.entries, entry{base: int32(base), item: int32(item), gap: gap, first: int32(len(b.owner)), answer: -1})
}

// addPhrase indexes one text of the entry begun last.
func (b *builder) addPhrase(text string, kind phraseKind) {
	b.tokens = tokenize(text, b.tokens[:0])
	if len(b.tokens) == 0 || kind != askPhrase && len(b.tokens) == 1 && !b.tokens[0].cjk {
		return // a label such as "f12" or "#7" is no text to match
	}
	e := int32(len(b.entries) - 1)
	p := uint32(len(b.owner))
	b.entries[e].n++
	switch kind {
	case askPhrase:
		b.addAskType(&b.entries[e])
	case answerPhrase:
		b.entries[e].answer = int32(p)
		b.entries[e].counts = b.cjk && numeral.MatchString(text)
		b.answered = true
	}
	b.owner = append(b.owner, e)
	b.kinds = append(b.kinds, kind)

	for _, t := range b.tokens {
		stored := b.word(t)
		if t.capital() && !t.opening {
			stored |= capitalBit
		}
		b.words = append(b.words, stored)
	}
	b.countWords(e, p)
	b.addSenses(e)
}

// countWords counts what the words of a phrase hold, which are the last in
// b.words.
func (b *builder) countWords(e int32, p uint32) {
	row := b.words[b.phraseAt[p]:]
	bare := true
	for _, stored := range row {
		bare = bare && b.table[stored&wordMask].traits&isStop != 0
	}
	previous := uint32(stemMark)
	for _, stored := range row {
		id := stored & wordMask
		w := &b.table[id]
		b.wordFreq[id]++
		b.countTerms(w, e, p, bare)
		if !b.cjk {
			b.countPair(previous, w.stem, e)
			previous = w.stem
		}
	}
	if previous != stemMark {
		b.countPair(previous, stemMark, e)
	}
	b.phraseAt = append(b.phraseAt, uint32(len(b.words)))
}

func (b *builder) addAskType(e *entry) {
	e.asks++
	b.phrased = true
	if ask := typeOf(b.tokens, b.lang); ask != asksNothing {
		e.types |= 1 << ask
		e.questions++
	}
}

func (b *builder) addSenses(e int32) {
	if b.lexicon != nil {
		b.roots = b.roots[:0]
		for _, t := range b.tokens {
			b.roots = append(b.roots, b.stemText[b.table[b.wordIDs[t.text]].stem])
		}
		b.lexicon.read(b.tokens, b.roots, &b.reading)
		for _, m := range b.reading.mentions {
			b.addSense(b.lexicon.groups[m.group].term, e)
		}
		for i, t := range b.tokens {
			if !b.reading.covered[i] && !t.cjk && !stopWords[t.text] {
				b.addSense(b.term(sense, b.roots[i]), e)
			}
		}
	}
	b.senseAt = append(b.senseAt, uint32(len(b.senses)))
}

func (b *builder) addSense(term uint32, e int32) {
	b.senses = append(b.senses, term)
	b.count(sense, term, e)
}

func (b *builder) countTerms(w *word, e int32, p uint32, bare bool) {
	at := w.terms
	for v := range view(wordViews) {
		n := uint32(w.n[v])
		if v == content && w.traits&isStop != 0 && !bare {
			at += n
			continue
		}
		for _, term := range b.terms[at : at+n] {
			b.count(v, term, e)
			if v == content {
				b.links = append(b.links, uint64(term)<<32|uint64(p))
			}
		}
		at += n
	}
}

func (b *builder) count(v view, term uint32, e int32) {
	b.length[v]++
	if b.seen[v][term] != e+1 {
		b.seen[v][term] = e + 1
		b.df[v][term]++
	}
}

func (b *builder) countPair(left, right uint32, e int32) {
	b.length[sequence]++
	c := b.pairDF[pairKey(left, right)]
	if c == nil {
		c = &pairCount{}
		b.pairDF[pairKey(left, right)] = c
	}
	if c.last != e+1 {
		c.last = e + 1
		c.df++
	}
}

// onlyStops reports whether no token says anything about a subject.
func (x *index) onlyStops(tokens []token) bool {
	for _, t := range tokens {
		if t.cjk || !stopWords[t.text] {
			return false
		}
	}
	return true
}

// word returns the number of a token, entering it if it is new.
func (b *builder) word(t token) uint32 {
	if id, ok := b.wordIDs[t.text]; ok {
		return id
	}
	id := uint32(len(b.table))
	b.wordIDs[t.text] = id
	b.wordText = append(b.wordText, t.text)
	if t.cjk {
		b.cjkWords[t.text] = true
	}
	b.wordFreq = append(b.wordFreq, 0)
	stem := t.text
	if !t.cjk {
		stem = stemOf(t.text)
	}
	w := word{terms: uint32(len(b.terms)), stem: b.stem(stem), traits: traitsOf(t.text)}
	var byView [wordViews][]uint32
	b.writer.wordTerms(t, stem, b.cjk, func(v view, term []byte) { byView[v] = append(byView[v], b.term(v, string(term))) })
	for v, terms := range byView {
		w.n[v] = uint16(len(terms))
		b.terms = append(b.terms, terms...)
	}
	b.table = append(b.table, w)
	return id
}

func (b *builder) stem(s string) uint32 {
	id, ok := b.stemIDs[s]
	if !ok {
		id = uint32(len(b.stemIDs))
		b.stemIDs[s] = id
		b.stemText = append(b.stemText, s)
	}
	return id
}

func (b *builder) term(v view, term string) uint32 {
	id, ok := b.termIDs[v][term]
	if !ok {
		id = uint32(len(b.termIDs[v]))
		b.termIDs[v][term] = id
		b.df[v] = append(b.df[v], 0)
		b.seen[v] = append(b.seen[v], 0)
	}
	return id
}
