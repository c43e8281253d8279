package facts

import (
	"math"
	"slices"
	"strings"
)

// BM25 parameters, the power that idf is raised to, and the weights of the
// views, as experiments on six public tasks showed (see CONTRIBUTING.md).
const (
	bm25K1   = 0.6
	bm25B    = 0.4
	idfPower = 1.3
)

// viewWeights sum to one without a lexicon. The sense view comes on top where
// the base has names or terms.
var viewWeights = [views]float32{content: .25, surface: .25, sequence: .15, grams: .35, sense: .30}

// A phraseKind tells what a phrase of an entry is.
type phraseKind uint8

const (
	askPhrase phraseKind = iota
	answerPhrase
	titlePhrase
)

// An entry is a fact or a gap, as the index sees it.
type entry struct {
	base, item int32 // which base, which fact or gap in it
	gap        bool
	asks       int32 // number of phrasings in this language
	first      int32 // its phrases are first … first+n-1
	n          int32
	answer     int32    // its answer's phrase, or -1
	types      uint16   // the question types of its phrasings, by bit
	questions  int32    // phrasings that have a type
	about      []uint32 // terms of the sense view
	covers     []int32  // entries whose content it contains
	partOf     []int32  // entries that contain it
}

// A word is what the index knows of one distinct token.
type word struct {
	terms  uint32            // where its terms start in index.terms
	n      [wordViews]uint16 // how many terms it has in each view, in order
	stem   uint32            // its stem's number, for pairs
	traits trait
}

// A trait is something a word can be evidence of.
type trait uint8

const (
	isStop   trait = 1 << iota
	isYear         // 1965
	isDate         // september, tuesday
	isNumber       // 15, three, billion
	isCause        // because
	isPlacer       // in, at, from: a name after it is a place
)

// A phrase's words are stored as numbers; the top bit marks a capital that
// does not come from the start of a sentence.
const (
	capitalBit = 1 << 31
	wordMask   = capitalBit - 1
)

// An index holds the phrases of one language, ready to be matched.
type index struct {
	lang    string
	cjk     bool // words are not set apart: letters are matched
	entries []entry

	// Phrases: words[phraseAt[p]:phraseAt[p+1]] and the same for senses.
	words    []uint32
	phraseAt []uint32
	owner    []int32
	kinds    []phraseKind
	senses   []uint32
	senseAt  []uint32

	// The vocabulary.
	wordIDs       map[string]uint32
	table         []word
	wordText      []string // by word
	wordFreq      []int32  // by word: how often it occurs in phrases
	terms         []uint32
	termIDs       [views]map[string]uint32
	pairIDs       map[uint64]uint32 // by two stems
	stemIDs       map[string]uint32
	stemText      []string // by stem
	stemOfContent []uint32 // content term → stem

	idf    [views][]float32
	rarest [views]float32 // the weight of a term that no fact has
	mean   [views]float32 // mean length of a phrase
	holds  []float32      // by content term: rarity for coverage, 0 … 1

	// Postings of the content view: phrases that hold a term, ascending.
	postings   []uint32
	postingsAt []uint32

	lexicon   *lexicon
	model     *regression
	repairs   repairIndex
	phrased   bool      // some entry has phrasings
	answered  bool      // some entry has an answer text
	logAsks   []float32 // by entry: ln of its phrasings over the mean
	meanWords float64
	stemOrder []uint32       // stems in alphabetical order, where similar ones are looked for
	df        [views][]int32 // by term: entries that hold it; kept for the fit only
}

// weights are the ones that confidence was fitted with for bases like this.
func (x *index) weights() *[features]float64 {
	switch {
	case !x.phrased:
		return &bareWeights
	case x.answered:
		return &curatedWeights
	}
	return &phrasedWeights
}

// pairKey names two neighbouring stems; stemMark stands before the first and
// after the last.
func pairKey(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

const stemMark = math.MaxUint32

// A builder collects phrases and counts what they hold.
type builder struct {
	*index
	tokens  []token
	roots   []string
	reading reading
	seen    [views][]int32 // the last entry that held it, + 1
	pairDF  map[uint64]*pairCount
	length  [views]int64
	links   []uint64 // content term and phrase, for the postings
}

type pairCount struct{ df, last int32 }

func newBuilder(lang string, lex *lexicon) *builder {
	x := &index{lang: lang, cjk: cjkLanguage(lang), wordIDs: map[string]uint32{}, stemIDs: map[string]uint32{}, pairIDs: map[uint64]uint32{}, lexicon: lex, phraseAt: []uint32{0}, senseAt: []uint32{0}}
	for v := range x.termIDs {
		x.termIDs[v] = map[string]uint32{}
	}
	b := &builder{index: x, pairDF: map[uint64]*pairCount{}}
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
		b.answered = true
	}
	b.owner = append(b.owner, e)
	b.kinds = append(b.kinds, kind)

	bare := b.onlyStops(b.tokens)
	previous := uint32(stemMark)
	for _, t := range b.tokens {
		id := b.word(t)
		w := &b.table[id]
		b.wordFreq[id]++
		entryWord := id
		if t.capital() && !t.opening {
			entryWord |= capitalBit
		}
		b.words = append(b.words, entryWord)
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
	b.addSenses(e)
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
	b.wordFreq = append(b.wordFreq, 0)
	stem := t.text
	if !t.cjk {
		stem = stemOf(t.text)
	}
	w := word{terms: uint32(len(b.terms)), stem: b.stem(stem), traits: traitsOf(t.text)}
	var byView [wordViews][]uint32
	b.wordTerms(t, stem, func(v view, term string) { byView[v] = append(byView[v], b.term(v, term)) })
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
		if v == content {
			b.stemOfContent = append(b.stemOfContent, b.stem(term))
		}
	}
	return id
}

// finish works out the weights and the postings.
func (b *builder) finish() *index {
	x := b.index
	n := float64(len(x.entries))
	for v := range x.idf {
		x.rarest[v] = idf(n, 1)
		if v == int(sequence) {
			continue
		}
		x.idf[v] = make([]float32, len(b.df[v]))
		for t, df := range b.df[v] {
			x.idf[v][t] = idf(n, float64(df))
		}
	}
	x.finishSequence(b, n)
	phrases := float32(max(1, len(x.owner)))
	for v := range x.mean {
		x.mean[v] = max(1, float32(b.length[v])/phrases)
	}
	x.holds = make([]float32, len(b.df[content]))
	for t, df := range b.df[content] {
		x.holds[t] = rarity(n, float64(df))
	}
	b.finishPostings()
	x.finishEntries()
	x.buildRepairs()
	if !x.phrased {
		x.sortStems()
	}
	return x
}

// finishSequence numbers the pairs. They share the sequence view with the
// script runs of CJK text. A pair of a single fact weighs as much as one that
// is unknown, so large bases need not keep it.
func (x *index) finishSequence(b *builder, n float64) {
	x.idf[sequence] = make([]float32, len(b.df[sequence]), len(b.df[sequence])+len(b.pairDF))
	for t, df := range b.df[sequence] {
		x.idf[sequence][t] = idf(n, float64(df))
	}
	keep := int32(2)
	if x.phrased {
		keep = 1
	}
	keys := make([]uint64, 0, len(b.pairDF))
	for k, c := range b.pairDF {
		if c.df >= keep {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		x.pairIDs[k] = uint32(len(x.idf[sequence]))
		x.idf[sequence] = append(x.idf[sequence], idf(n, float64(b.pairDF[k].df)))
		x.df[sequence] = append(x.df[sequence], b.pairDF[k].df)
	}
}

func (b *builder) finishPostings() {
	slices.Sort(b.links)
	b.links = slices.Compact(b.links)
	b.postings = make([]uint32, len(b.links))
	b.postingsAt = make([]uint32, len(b.df[content])+1)
	for i, l := range b.links {
		b.postings[i] = uint32(l)
		b.postingsAt[l>>32+1] = uint32(i + 1)
	}
	for t := 1; t < len(b.postingsAt); t++ {
		b.postingsAt[t] = max(b.postingsAt[t], b.postingsAt[t-1])
	}
}

func (x *index) finishEntries() {
	var asked, asks float64
	for _, e := range x.entries {
		if e.asks > 0 {
			asked++
			asks += float64(e.asks)
		}
	}
	x.logAsks = make([]float32, len(x.entries))
	for i, e := range x.entries {
		if e.asks > 0 {
			x.logAsks[i] = float32(math.Log(float64(e.asks) / (asks / asked)))
		}
	}
	x.meanWords = float64(x.mean[surface])
	if x.cjk {
		x.meanWords = float64(x.mean[content])
	}
}

// idf is the BM25+ inverse document frequency over n facts, sharpened.
func idf(n, df float64) float32 {
	return float32(math.Pow(math.Log(1+(n-df+.5)/(df+.5)), idfPower))
}

// rarity is an inverse document frequency between 0 (in every fact) and 1 (in none).
func rarity(n, df float64) float32 {
	return float32(math.Log(1+(n-df+.5)/(df+.5)) / math.Log(1+(n+.5)/.5))
}

func (x *index) sortStems() {
	x.stemOrder = make([]uint32, len(x.stemText))
	for i := range x.stemOrder {
		x.stemOrder[i] = uint32(i)
	}
	slices.SortFunc(x.stemOrder, func(a, b uint32) int { return strings.Compare(x.stemText[a], x.stemText[b]) })
}

func cjkLanguage(lang string) bool { return lang == "ja" || lang == "ko" || lang == "zh" }
