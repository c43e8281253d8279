package facts

// A builder collects phrases and counts what they hold.
type builder struct {
	*index
	tokens  []token
	roots   []string
	writer  termWriter
	reading reading
	df      [views][]int32 // by term: entries that hold it
	seen    [views][]int32 // the last entry that held it, + 1
	pairDF  keyTable[pairCount]
	length  [views]int64
	found   [wordViews][]uint32                     // terms of the word being entered
	raw     struct{ words, senses, terms []uint32 } // what the index packs
}

type pairCount struct{ df, last int32 }

func newBuilder(lang string, lex *lexicon) *builder {
	return newSizedBuilder(lang, lex, extent{})
}

// An extent is how much a builder will hold, as far as that is known. Bytes are
// those of all texts of a table together.
type extent struct {
	Words, WordBytes     int
	Stems, StemBytes     int
	Terms, TermBytes     [views]int
	WordTerms            int // terms of all distinct words
	Row, Senses, Phrases int // words, senses and phrases
	Pairs                int // distinct
}

// extent is how much b holds.
func (b *builder) extent() extent {
	n := extent{Words: b.vocabulary.len(), WordBytes: b.vocabulary.letters.Len(), Stems: b.stems.len(), StemBytes: b.stems.letters.Len(),
		WordTerms: len(b.raw.terms), Row: len(b.raw.words), Senses: len(b.raw.senses), Phrases: len(b.owner), Pairs: b.pairDF.used}
	for v, t := range b.termIDs {
		n.Terms[v], n.TermBytes[v] = t.len(), t.letters.Len()
	}
	return n
}

func newSizedBuilder(lang string, lex *lexicon, n extent) *builder {
	x := &index{lang: lang, cjk: cjkLanguage(lang), ownNames: map[uint32]bool{}, lexicon: lex,
		vocabulary: newTextTable(n.Words, n.WordBytes), stems: newTextTable(n.Stems, n.StemBytes),
		table: make([]word, 0, n.Words), wordFreq: make([]int32, 0, n.Words),
		owner: make([]int32, 0, n.Phrases), kinds: make([]phraseKind, 0, n.Phrases),
		phraseAt: make([]uint32, 1, n.Phrases+1), senseAt: make([]uint32, 1, n.Phrases+1)}
	b := &builder{index: x}
	b.raw.words, b.raw.senses, b.raw.terms = make([]uint32, 0, n.Row), make([]uint32, 0, n.Senses), make([]uint32, 0, n.WordTerms)
	b.pairDF.reserve(n.Pairs)
	for v := range x.termIDs {
		x.termIDs[v] = newTextTable(n.Terms[v], n.TermBytes[v])
		b.df[v], b.seen[v] = make([]int32, 0, n.Terms[v]), make([]int32, 0, n.Terms[v])
	}
	if lex != nil {
		for i, meaning := range lex.meanings {
			lex.groups[i].term = b.term(sense, meaning)
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
	p := len(b.owner)
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
		b.raw.words = append(b.raw.words, storedWord(b.word(t), t.capital() && !t.opening))
	}
	b.countWords(e)
	b.addSenses(e)
}

// countWords counts what the words of a phrase hold, which are the last in
// b.raw.words.
func (b *builder) countWords(e int32) {
	row := b.raw.words[b.phraseAt[len(b.phraseAt)-1]:]
	bare := b.onlyStopWords(row)
	previous := uint32(stemMark)
	for _, stored := range row {
		id := stored >> 1
		w := &b.table[id]
		b.wordFreq[id]++
		b.countTerms(w, e, bare)
		if !b.cjk {
			b.countPair(previous, w.stem, e)
			previous = w.stem
		}
	}
	if previous != stemMark {
		b.countPair(previous, stemMark, e)
	}
	b.phraseAt = append(b.phraseAt, uint32(len(b.raw.words)))
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
			b.roots = append(b.roots, b.rootOf(t))
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
	b.senseAt = append(b.senseAt, uint32(len(b.raw.senses)))
}

// rootOf is the stem of a token that has been entered.
func (x *index) rootOf(t token) string {
	id, _ := x.vocabulary.id(t.text)
	if t.cjk {
		return t.text
	}
	return x.stems.text(x.table[id].stem)
}

func (b *builder) addSense(term uint32, e int32) {
	b.raw.senses = append(b.raw.senses, term)
	b.count(sense, term, e)
}

func (b *builder) countTerms(w *word, e int32, bare bool) {
	at := w.terms
	for v := range view(wordViews) {
		n := uint32(w.n[v])
		if v != content || w.traits&isStop == 0 || bare {
			for _, term := range b.raw.terms[at : at+n] {
				b.count(v, term, e)
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
	c := b.pairDF.at(pairKey(left, right))
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
	if id, ok := b.vocabulary.id(t.text); ok {
		return id
	}
	stem := ""
	if !t.cjk {
		stem = stemOf(t.text)
	}
	return b.enter(t, stem)
}

// enter gives a new token its number.
func (b *builder) enter(t token, stem string) uint32 {
	id, _ := b.vocabulary.add(t.text)
	b.wordFreq = append(b.wordFreq, 0)
	w := word{terms: uint32(len(b.raw.terms))}
	w.stem, _ = b.stems.add(stem)
	if !t.cjk {
		w.traits = traitsOf(t.text)
	}
	for v := range b.found {
		b.found[v] = b.found[v][:0]
	}
	b.writer.wordTerms(t, stem, b.cjk, func(v view, term []byte) { b.found[v] = append(b.found[v], b.term(v, string(term))) })
	for v, terms := range b.found {
		w.n[v] = uint16(len(terms))
		b.raw.terms = append(b.raw.terms, terms...)
	}
	b.table = append(b.table, w)
	return id
}

func (b *builder) term(v view, term string) uint32 {
	id, isNew := b.termIDs[v].add(term)
	if isNew {
		b.df[v] = append(b.df[v], 0)
		b.seen[v] = append(b.seen[v], 0)
	}
	return id
}
