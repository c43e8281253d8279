package facts

import "strings"

// A concordance is what reading the phrases of a base in one language has
// found: which words stand in each and what they mean. The embedded base
// carries it, so that starting needs to cut no text into words.
type concordance struct {
	Extent  extent   // what the index will hold
	Words   string   // by number, a line each
	Stems   string   // the same for stems
	Stem    []uint32 // by word
	Senses  string   // terms of the sense view, by number, a line each
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
	book := &concordance{Extent: b.extent(), Words: b.vocabulary.all(), Stems: b.stems.all(), Senses: b.termIDs[sense].all()}
	for _, w := range b.table {
		book.Stem = append(book.Stem, w.stem)
	}
	for p, kind := range b.kinds {
		book.Kinds = append(book.Kinds, byte(kind))
		book.Lengths = append(book.Lengths, b.phraseAt[p+1]-b.phraseAt[p])
		book.Means = append(book.Means, b.senseAt[p+1]-b.senseAt[p])
	}
	book.Row, book.Meaning = b.raw.words, b.raw.senses
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
	for stem := range strings.Lines(book.Stems) {
		b.stems.add(stem[:len(stem)-1])
	}
	i := 0
	for line := range strings.Lines(book.Words) {
		text := line[:len(line)-1]
		b.enter(token{text: text, cjk: isCJK(text)}, b.stems.text(book.Stem[i]))
		i++
	}
	for line := range strings.Lines(book.Senses) {
		b.term(sense, line[:len(line)-1])
	}
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
		b.owner = append(b.owner, e)
		b.kinds = append(b.kinds, phraseKind(at.Kinds[at.phrase]))
		b.raw.words = append(b.raw.words, at.Row[at.word:at.word+int(at.Lengths[at.phrase])]...)
		b.countWords(e)
		for _, term := range at.Meaning[at.sense : at.sense+int(at.Means[at.phrase])] {
			b.addSense(term, e)
		}
		b.senseAt = append(b.senseAt, uint32(len(b.raw.senses)))
		at.word += int(at.Lengths[at.phrase])
		at.sense += int(at.Means[at.phrase])
		at.phrase++
	}
}
