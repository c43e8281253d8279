package facts

import "strings"

// Bounds on one question, so that no text can make a match slow.
const (
	MaxQuestion  = 2000 // characters; a longer text is declined unread
	maxTokens    = 120  // tokens of a question that are looked at
	maxPhrasings = 30   // phrasings that are scored in full
	maxBare      = 20   // … and bare sentences
)

// A scratch holds everything one match needs, to be used again.
type scratch struct {
	x        *index
	tokens   []token
	resolved []resolved
	bare     bool   // the question has nothing but stop words
	keywords bool   // it names a topic and asks nothing
	twice    bool   // it may ask two things
	row      string // the tokens without spaces, where that has a use
	rowAt    []int  // by token: where it starts in row
	rowBuf   []byte

	// The question's distinct terms over all views, numbered from 0.
	weight  []float32
	viewOf  []view
	inQuery []float32 // how often the question has it
	ids     []uint32  // its number in its view
	mark    [views][]uint16
	ceiling [views]float32
	share   [views]float32 // weight of the view / its ceiling

	// Pairs of neighbouring stems that the question has.
	stemPlace []uint16 // by stem: its place among the question's stems, + 1
	stems     []uint32
	pairPlace []uint16 // by two places: number of the term, + 1
	pairSet   []int
	roots     []string
	writer    termWriter
	lookups   map[string]lookup // by word that the base lacks
	reading   reading           // what the lexicon makes of it

	// Candidates.
	found      []float32 // by phrase: shared content weight
	touched    []uint32
	picks      []pick
	picked     []uint32
	order      []uint32
	phrases    []phraseScore
	logits     []float32
	vector     []feature
	termCounts []termCount
	ranked     []candidate
	at         []int32 // by entry: place in ranked, + 1

	// Scoring one phrase.
	tf   []float32
	hits []uint16

	// What the question's terms are in the words of phrases, found out once.
	seenAt []uint32 // by word: its place in seen, if that is about the word
	seen   []seenWord
	marks  []uint16 // of all seen words

	// Similar stems that the question lacks, for the soft view.
	softMark    []uint16
	softTerms   []softTerm
	softSet     []uint32
	softBest    []float32
	softTotal   float32
	softWeights []float32

	held           []bool  // by term: what is covered has it
	covered        []int32 // the entries that are
	coveredLetters bool    // … in the surface view, too
	unitBuf        []unit
	family         []int32 // the best candidate and what one answer covers with it
	vetoes         []reason
	doubts         []reason

	numbers  []uint32
	numerals int
	asked    uint16 // the types asked for, by bit
}

// A resolved token is what the index makes of a token of the question.
type resolved struct {
	word     uint32 // its number, or unknownWord
	stem     uint32 // its stem's number, or unknownWord
	root     string // its stem
	repaired bool   // taken for another word, one slip away
	stop     bool
}

const unknownWord = 1<<31 - 1 // beyond every word and stem

func (x *index) newScratch() *scratch {
	s := &scratch{x: x, lookups: map[string]lookup{}}
	for v := range s.mark {
		s.mark[v] = make([]uint16, len(x.grade[v]))
	}
	s.stemPlace = make([]uint16, x.stems.len())
	s.softMark = make([]uint16, x.stems.len())
	s.seenAt = make([]uint32, len(x.table))
	s.found = make([]float32, len(x.owner))
	s.at = make([]int32, len(x.entries))
	return s
}

// read analyses a question against the index.
func (s *scratch) read(text string) {
	s.tokens = tokenize(text, s.tokens[:0])
	if len(s.tokens) > maxTokens {
		s.tokens = s.tokens[:maxTokens]
	}
	s.bare = s.x.onlyStops(s.tokens)
	s.joinTokens()
	s.twice = len(s.tokens) == maxTokens || mayAskTwice(s.tokens, s.row, s.x.lang)
	if s.resolve() {
		s.joinTokens()
	}
	for i := range s.tokens {
		s.addWord(i)
	}
	s.addPairs()
	s.addSenses()
	for v := range s.share {
		if s.ceiling[v] > 0 {
			s.share[v] = s.x.viewWeight(view(v)) / ((bm25K1 + 1) * s.ceiling[v])
		}
	}
	s.tf = grow(s.tf, len(s.weight))
}

// joinTokens writes the tokens without spaces.
func (s *scratch) joinTokens() {
	s.rowBuf, s.rowAt = s.rowBuf[:0], s.rowAt[:0]
	for _, t := range s.tokens {
		s.rowAt = append(s.rowAt, len(s.rowBuf))
		s.rowBuf = append(s.rowBuf, t.text...)
	}
	s.rowAt = append(s.rowAt, len(s.rowBuf))
	s.row = string(s.rowBuf)
}

// questionType reads what the question asks for.
func (s *scratch) questionType() questionType {
	if words := questionWords[s.x.lang]; words != nil {
		return typeByWords(s.row, words)
	}
	return typeOf(s.tokens, s.x.lang)
}

// resolve looks every token up and repairs what nobody knows. It reports
// whether a word was taken for another.
func (s *scratch) resolve() (repaired bool) {
	s.resolved = s.resolved[:0]
	for i, t := range s.tokens {
		r := resolved{word: unknownWord, stem: unknownWord, root: t.text, stop: !t.cjk && stopWords[t.text]}
		id, known := s.x.vocabulary.id(t.text)
		switch {
		case known && t.cjk:
			r.word, r.stem = id, s.x.table[id].stem
		case known:
			r.word, r.stem, r.root = id, s.x.table[id].stem, s.x.stems.text(s.x.table[id].stem)
		case !t.cjk:
			s.resolveUnknown(&s.tokens[i], &r)
		}
		s.resolved = append(s.resolved, r)
		repaired = repaired || r.repaired
	}
	return repaired
}

// resolveUnknown takes a word that the base lacks by its stem, or else for the
// word that was meant.
func (s *scratch) resolveUnknown(t *token, r *resolved) {
	l := s.look(t.text)
	r.root, r.stem = l.root, l.stem
	if l.repaired {
		r.word, r.repaired = l.word, true
		t.text = s.x.vocabulary.text(l.word)
		r.stop = stopWords[t.text]
	}
}

// A lookup is what was found out about a word that the base lacks.
type lookup struct {
	root     string
	stem     uint32
	word     uint32
	repaired bool
}

// Bounds on the memory of look-ups, which a flood of made-up words must not
// fill.
const (
	maxLookups = 4096
	maxLooked  = 64 // bytes of a word worth remembering
)

// look finds out about a word that the base lacks, and remembers it.
func (s *scratch) look(w string) lookup {
	if l, ok := s.lookups[w]; ok {
		return l
	}
	l := lookup{root: stemOf(w), stem: unknownWord}
	if id, ok := s.x.stems.id(l.root); ok {
		l.stem = id
	} else if id, ok := s.x.repair(w); ok {
		l = lookup{root: s.x.stems.text(s.x.table[id].stem), stem: s.x.table[id].stem, word: id, repaired: true}
	}
	if len(w) <= maxLooked {
		if len(s.lookups) >= maxLookups {
			clear(s.lookups)
		}
		l.root = strings.Clone(l.root)
		s.lookups[strings.Clone(w)] = l
	}
	return l
}

func (s *scratch) addWord(i int) {
	r, t := s.resolved[i], s.tokens[i]
	skip := r.stop && !s.bare
	if r.word != unknownWord {
		w := &s.x.table[r.word]
		at := w.terms
		for v := range view(wordViews) {
			n := uint32(w.n[v])
			if v != content || !skip {
				for i := at; i < at+n; i++ {
					s.addTerm(v, s.x.terms.at(i))
				}
			}
			at += n
		}
		return
	}
	s.writer.wordTerms(t, r.root, s.x.cjk, func(v view, term []byte) {
		if v == content && skip {
			return
		}
		if id, ok := s.x.termIDs[v].id(string(term)); ok {
			s.addTerm(v, id)
			return
		}
		s.ceiling[v] += s.x.rarest
	})
}

func (s *scratch) addTerm(v view, term uint32) {
	if m := s.mark[v][term]; m != 0 {
		s.inQuery[m-1]++
		return
	}
	s.enter(v, term, s.x.idfOf(v, term))
	s.mark[v][term] = uint16(len(s.weight))
}

// enter gives a term of the question its number.
func (s *scratch) enter(v view, term uint32, weight float32) {
	s.weight = append(s.weight, weight)
	s.viewOf = append(s.viewOf, v)
	s.inQuery = append(s.inQuery, 1)
	s.ids = append(s.ids, term)
	s.ceiling[v] += weight
}

const noTerm = uint32(1<<32 - 1)

// addPairs enters the neighbouring stems of the question's alphabetic words.
func (s *scratch) addPairs() {
	if s.x.cjk {
		return
	}
	s.stems = append(s.stems[:0], stemMark)
	last := -1
	for i, r := range s.resolved {
		if s.tokens[i].cjk {
			continue
		}
		if r.stem != unknownWord && s.stemPlace[r.stem] == 0 {
			s.stems = append(s.stems, r.stem)
			s.stemPlace[r.stem] = uint16(len(s.stems))
		}
		last = i
	}
	if last < 0 {
		return
	}
	n := len(s.stems) + 1
	s.pairPlace = grow(s.pairPlace, n*n)
	left := uint32(stemMark)
	for i, r := range s.resolved {
		if !s.tokens[i].cjk {
			s.addPair(left, r.stem, n)
			left = r.stem
		}
	}
	s.addPair(left, stemMark, n)
}

func (s *scratch) addPair(left, right uint32, n int) {
	if left == unknownWord || right == unknownWord {
		s.ceiling[sequence] += s.x.rarest
		return
	}
	at := int(s.place(left))*n + int(s.place(right))
	if m := s.pairPlace[at]; m != 0 {
		s.inQuery[m-1]++
		return
	}
	id, known := s.x.pairs.id(left, right)
	weight := s.x.rarest
	if known {
		weight = s.x.idfOf(sequence, id)
	} else {
		id = noTerm
	}
	s.enter(sequence, id, weight)
	s.pairPlace[at] = uint16(len(s.weight))
	s.pairSet = append(s.pairSet, at)
}

// place is a stem's place in the pair table; 0 when the question lacks it.
func (s *scratch) place(stem uint32) uint16 {
	if stem == stemMark {
		return 1
	}
	return s.stemPlace[stem]
}

func (s *scratch) addSenses() {
	if s.x.lexicon == nil {
		return
	}
	s.roots = s.roots[:0]
	for _, r := range s.resolved {
		s.roots = append(s.roots, r.root)
	}
	s.x.lexicon.read(s.tokens, s.roots, &s.reading)
	for _, m := range s.reading.mentions {
		s.addTerm(sense, s.x.lexicon.groups[m.group].term)
	}
	for i, t := range s.tokens {
		if s.reading.covered[i] || t.cjk || stopWords[t.text] {
			continue
		}
		if id, ok := s.x.termIDs[sense].id(s.roots[i]); ok {
			s.addTerm(sense, id)
			continue
		}
		s.ceiling[sense] += s.x.rarest
	}
}

// forget clears every mark, for the next question.
func (s *scratch) forget() {
	for i, v := range s.viewOf {
		if s.ids[i] != noTerm && (v != sequence || int(s.ids[i]) < len(s.mark[v])) {
			s.mark[v][s.ids[i]] = 0
		}
	}
	for _, stem := range s.stems {
		if stem != stemMark {
			s.stemPlace[stem] = 0
		}
	}
	for _, at := range s.pairSet {
		s.pairPlace[at] = 0
	}
	for _, p := range s.touched {
		s.found[p] = 0
	}
	for _, stem := range s.softSet {
		s.softMark[stem] = 0
	}
	for _, c := range s.ranked {
		s.at[c.entry] = 0
	}
	s.weight, s.viewOf, s.inQuery, s.ids = s.weight[:0], s.viewOf[:0], s.inQuery[:0], s.ids[:0]
	s.pairSet, s.stems, s.touched, s.softSet, s.softTerms = s.pairSet[:0], s.stems[:0], s.touched[:0], s.softSet[:0], s.softTerms[:0]
	s.ranked, s.picked, s.phrases = s.ranked[:0], s.picked[:0], s.phrases[:0]
	s.seen, s.marks = s.seen[:0], s.marks[:0]
	clear(s.ceiling[:])
	clear(s.share[:])
}

// grow returns a zeroed slice of n values, using buf where it is large enough.
func grow[T any](buf []T, n int) []T {
	if cap(buf) < n {
		return make([]T, n, n+n/2)
	}
	buf = buf[:n]
	clear(buf)
	return buf
}
