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
var viewWeights = [views]float32{content: .25, surface: .25, sequence: .15, grams: .35, sense: .45}

// gapShare is how much of the correction for few phrasings a gap gets: what a
// base does not hold is asked less often than what it holds.
const gapShare = .7

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
	counts     bool     // its answer has a number in letters that only Korean and Japanese use
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

// storedWord is how a word of a phrase is kept: twice its number, + 1 for a
// capital that does not come from the start of a sentence.
func storedWord(id uint32, capital bool) uint32 {
	if capital {
		return id<<1 | 1
	}
	return id << 1
}

// An index holds the phrases of one language, ready to be matched.
type index struct {
	lang    string
	cjk     bool // words are not set apart: letters are matched
	entries []entry

	// Phrases: words[phraseAt[p]:phraseAt[p+1]] and the same for senses.
	words    numbers
	phraseAt []uint32
	owner    []int32
	kinds    []phraseKind
	senses   numbers
	senseAt  []uint32

	// The vocabulary.
	vocabulary *textTable // words
	table      []word
	wordFreq   []int32 // by word: how often it occurs in phrases
	terms      numbers
	termIDs    [views]*textTable
	pairs      pairTable  // they follow the terms of the sequence view
	stems      *textTable // of alphabetic words; all runs of CJK letters have the stem ""

	// What a term weighs depends on how many entries hold it alone.
	grade  [views][]uint16 // by term: which of dfs
	dfs    []int32         // the numbers of entries that there are, ascending
	idf    []float32       // by grade
	rarity []float32       // by grade: rarity for coverage, 0 … 1
	rarest float32         // the idf of a term that no fact has
	mean   [views]float32  // mean length of a phrase
	lacks  []float32       // by content term: how much it speaks of gaps rather than facts, 0 … 1; nil without gaps

	// Postings of the content view: phrases that hold a term, ascending.
	postings   numbers
	postingsAt []uint32
	stopTerms  []uint32 // terms of stop words, ascending: of most phrases the postings leave these out

	lexicon   *lexicon
	ownNames  map[uint32]bool // terms of the sense view that some fact is about
	model     *regression
	repairs   repairIndex
	phrased   bool      // some entry has phrasings
	answered  bool      // some entry has an answer text
	logAsks   []float32 // by entry: ln of its phrasings over the mean
	meanWords float64
	stemOrder []uint32 // stems in alphabetical order, where similar ones are looked for
}

// idfOf is the weight of a term.
func (x *index) idfOf(v view, term uint32) float32 { return x.idf[x.grade[v][term]] }

// rarityOf is the weight of a content term in coverage.
func (x *index) rarityOf(term uint32) float32 { return x.rarity[x.grade[content][term]] }

// lacksOf is how much a content term speaks of gaps rather than facts, 0 … 1.
func (x *index) lacksOf(term uint32) float32 {
	if x.lacks == nil {
		return 0
	}
	return x.lacks[term]
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

// finish works out the weights and the postings.
func (b *builder) finish() *index {
	x := b.index
	b.finishPairs()
	b.finishGrades()
	phrases := float32(max(1, len(x.owner)))
	for v := range x.mean {
		x.mean[v] = max(1, float32(b.length[v])/phrases)
	}
	b.finishPostings()
	x.finishLacks()
	x.finishEntries()
	b.finishTables()
	x.buildRepairs()
	if !x.phrased {
		x.sortStems()
	}
	return x
}

// finishPairs numbers the pairs. They share the sequence view with the script
// runs of CJK text. A pair of a single fact weighs as much as one that is
// unknown, so large bases need not keep it.
func (b *builder) finishPairs() {
	keep := int32(2)
	if b.phrased {
		keep = 1
	}
	keys := make([]uint64, 0, b.pairDF.used)
	b.pairDF.each(func(k uint64, c pairCount) {
		if c.df >= keep {
			keys = append(keys, k)
		}
	})
	slices.Sort(keys)
	b.pairs = newPairTable(keys, b.stems.len(), uint32(len(b.df[sequence])))
	b.df[sequence] = slices.Grow(b.df[sequence], len(keys))
	for _, k := range keys {
		b.df[sequence] = append(b.df[sequence], b.pairDF.at(k).df)
	}
}

// finishGrades works out the weights of terms.
func (b *builder) finishGrades() {
	x := b.index
	number := make([]uint16, len(x.entries)+1) // by df: its grade
	for v := range b.df {
		for _, df := range b.df[v] {
			number[df] = 1
		}
	}
	n := float64(len(x.entries))
	x.rarest = idf(n, 1)
	for df, used := range number {
		if used != 0 {
			number[df] = uint16(len(x.dfs))
			x.dfs = append(x.dfs, int32(df))
			x.idf = append(x.idf, idf(n, float64(df)))
			x.rarity = append(x.rarity, rarity(n, float64(df)))
		}
	}
	for v := range b.df {
		x.grade[v] = make([]uint16, len(b.df[v]))
		for t, df := range b.df[v] {
			x.grade[v][t] = number[df]
		}
	}
}

// finishPostings lists the phrases that hold each content term: it counts
// them, and then puts each in its place.
func (b *builder) finishPostings() {
	terms := len(b.df[content])
	b.postingsAt = make([]uint32, terms+1)
	last := make([]uint32, terms) // by term: the phrase that held it last, + 1
	b.eachContent(func(p, term uint32) {
		if last[term] != p+1 {
			last[term] = p + 1
			b.postingsAt[term+1]++
		}
	})
	for t := range terms {
		b.postingsAt[t+1] += b.postingsAt[t]
	}
	postings := make([]uint32, b.postingsAt[terms])
	next := last // by term: where its next phrase goes
	copy(next, b.postingsAt)
	b.eachContent(func(p, term uint32) {
		if at := next[term]; at == b.postingsAt[term] || postings[at-1] != p {
			postings[at] = p
			next[term]++
		}
	})
	b.postings = newNumbers(postings)
	b.finishStopTerms()
}

// eachContent calls visit for each phrase with its content terms in order.
func (b *builder) eachContent(visit func(p, term uint32)) {
	for p := range uint32(len(b.owner)) {
		row := b.raw.words[b.phraseAt[p]:b.phraseAt[p+1]]
		bare := b.onlyStopWords(row)
		for _, stored := range row {
			w := &b.table[stored>>1]
			if w.traits&isStop != 0 && !bare {
				continue
			}
			for _, term := range b.raw.terms[w.terms : w.terms+uint32(w.n[content])] {
				visit(p, term)
			}
		}
	}
}

func (b *builder) finishStopTerms() {
	for _, w := range b.table {
		if w.traits&isStop != 0 {
			b.stopTerms = append(b.stopTerms, b.raw.terms[w.terms:w.terms+uint32(w.n[content])]...)
		}
	}
	slices.Sort(b.stopTerms)
	b.stopTerms = slices.Compact(b.stopTerms)
}

// onlyStopWords reports whether no word of a phrase says anything about a subject.
func (x *index) onlyStopWords(row []uint32) bool {
	for _, stored := range row {
		if x.table[stored>>1].traits&isStop == 0 {
			return false
		}
	}
	return true
}

// finishTables drops the room that was kept for more, and what only building
// needs. In an alphabetic language the terms of two views are the stems and
// the words themselves.
func (b *builder) finishTables() {
	x := b.index
	x.words, x.senses, x.terms = newNumbers(b.raw.words), newNumbers(b.raw.senses), newNumbers(b.raw.terms)
	x.table, x.wordFreq = trimmed(x.table), trimmed(x.wordFreq)
	x.owner, x.kinds, x.phraseAt, x.senseAt, x.entries = trimmed(x.owner), trimmed(x.kinds), trimmed(x.phraseAt), trimmed(x.senseAt), trimmed(x.entries)
	x.stems.trim()
	x.vocabulary.trim()
	for v := range x.termIDs {
		switch t := x.termIDs[v]; {
		case t.sameAs(x.stems):
			x.termIDs[v] = x.stems
		case t.sameAs(x.vocabulary):
			x.termIDs[v] = x.vocabulary
		default:
			t.trim()
		}
	}
	if x.lexicon != nil {
		x.lexicon.lexiconSource = nil
	}
}

// finishLacks compares how large a share of the gaps' phrases and of the
// facts' has each term, half a phrase added to both.
func (x *index) finishLacks() {
	var all [2]float32 // phrases of facts, of gaps
	kind := func(p uint32) int {
		if x.entries[x.owner[p]].gap {
			return 1
		}
		return 0
	}
	for p := range x.owner {
		all[kind(uint32(p))]++
	}
	if all[1] == 0 {
		return
	}
	x.lacks = make([]float32, len(x.postingsAt)-1)
	for t := range x.lacks {
		count := [2]float32{.5, .5}
		for i := x.postingsAt[t]; i < x.postingsAt[t+1]; i++ {
			count[kind(x.postings.at(i))]++
		}
		inFacts, inGaps := count[0]/all[0], count[1]/all[1]
		x.lacks[t] = inGaps / (inGaps + inFacts)
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
			if e.gap {
				x.logAsks[i] *= gapShare
			}
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
	x.stemOrder = make([]uint32, x.stems.len())
	for i := range x.stemOrder {
		x.stemOrder[i] = uint32(i)
	}
	slices.SortFunc(x.stemOrder, func(a, b uint32) int { return strings.Compare(x.stems.text(a), x.stems.text(b)) })
}

func cjkLanguage(lang string) bool { return lang == "ja" || lang == "ko" || lang == "zh" }
