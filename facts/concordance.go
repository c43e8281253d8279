package facts

// A concordance is what reading the phrases of a base in one language has
// found: which words stand in each and what they mean. The embedded base
// carries it, so that starting needs to cut no text into words.
type concordance struct {
	Words   []string // by number
	CJK     []bool   // by word: a run of CJK letters
	Senses  []string // terms of the sense view, by number
	Kinds   []byte   // by phrase, a phraseKind
	Lengths []uint32 // by phrase, in words
	Row     []uint32 // words of all phrases: number·2, + 1 for a capital
	Means   []uint32 // by phrase, how many senses it has
	Meaning []uint32 // senses of all phrases
	Entries []indexed
}

// An indexed entry is what is known of a fact or a gap from its phrases.
type indexed struct {
	N, Asks, Questions int32
	Answer             int32 // its phrase, counted from the entry's first, or -1
	Types              uint16
	Counts             bool
}

// concordance writes down the phrases that have been added.
func (b *builder) concordance() *concordance {
	book := &concordance{Words: b.wordText, Senses: make([]string, len(b.termIDs[sense]))}
	for text, id := range b.termIDs[sense] {
		book.Senses[id] = text
	}
	for _, text := range b.wordText {
		book.CJK = append(book.CJK, b.cjkWords[text])
	}
	for p, kind := range b.kinds {
		book.Kinds = append(book.Kinds, byte(kind))
		book.Lengths = append(book.Lengths, b.phraseAt[p+1]-b.phraseAt[p])
		book.Means = append(book.Means, b.senseAt[p+1]-b.senseAt[p])
	}
	for _, stored := range b.words {
		book.Row = append(book.Row, stored&wordMask<<1|stored>>31)
	}
	book.Meaning = b.senses
	for _, e := range b.entries {
		answer := e.answer
		if answer >= 0 {
			answer -= e.first
		}
		book.Entries = append(book.Entries, indexed{e.n, e.asks, e.questions, answer, e.types, e.counts})
	}
	return book
}

// A bookmark is how far a concordance has been read.
type bookmark struct {
	*concordance
	entry, phrase, word, sense int
}

// open enters the book's words, in the order in which they got their numbers.
func (b *builder) open(book *concordance) *bookmark {
	for i, text := range book.Words {
		b.word(token{text: text, cjk: book.CJK[i]})
	}
	for _, text := range book.Senses {
		b.term(sense, text)
	}
	b.words = make([]uint32, 0, len(book.Row))
	b.senses = make([]uint32, 0, len(book.Meaning))
	return &bookmark{concordance: book}
}

// readEntry adds the phrases of the entry begun last.
func (b *builder) readEntry(at *bookmark) {
	saved := at.Entries[at.entry]
	at.entry++
	e := int32(len(b.entries) - 1)
	entry := &b.entries[e]
	entry.n, entry.asks, entry.questions, entry.types, entry.counts = saved.N, saved.Asks, saved.Questions, saved.Types, saved.Counts
	b.phrased = b.phrased || saved.Asks > 0
	if saved.Answer >= 0 {
		entry.answer = entry.first + saved.Answer
		b.answered = true
	}
	for range saved.N {
		p := uint32(len(b.owner))
		b.owner = append(b.owner, e)
		b.kinds = append(b.kinds, phraseKind(at.Kinds[at.phrase]))
		for _, v := range at.Row[at.word : at.word+int(at.Lengths[at.phrase])] {
			b.words = append(b.words, v>>1|v<<31)
		}
		b.countWords(e, p)
		for _, term := range at.Meaning[at.sense : at.sense+int(at.Means[at.phrase])] {
			b.addSense(term, e)
		}
		b.senseAt = append(b.senseAt, uint32(len(b.senses)))
		at.word += int(at.Lengths[at.phrase])
		at.sense += int(at.Means[at.phrase])
		at.phrase++
	}
}
