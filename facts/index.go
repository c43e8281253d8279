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
	wordIDs  map[string]uint32
	table    []word
	wordText []string // by word
	wordFreq []int32  // by word: how often it occurs in phrases
	terms    []uint32
	termIDs  [views]map[string]uint32
	pairIDs  map[uint64]uint32 // by two stems
	stemIDs  map[string]uint32
	stemText []string // by stem

	idf    [views][]float32
	rarest [views]float32 // the weight of a term that no fact has
	mean   [views]float32 // mean length of a phrase
	holds  []float32      // by content term: rarity for coverage, 0 … 1
	lacks  []float32      // by content term: how much it speaks of gaps rather than facts, 0 … 1

	// Postings of the content view: phrases that hold a term, ascending.
	postings   []uint32
	postingsAt []uint32

	lexicon   *lexicon
	ownNames  map[uint32]bool // terms of the sense view that some fact is about
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
	x.finishLacks()
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
	x.lacks = make([]float32, len(x.postingsAt)-1)
	if all[1] == 0 {
		return
	}
	for t := range x.lacks {
		count := [2]float32{.5, .5}
		for _, p := range x.postings[x.postingsAt[t]:x.postingsAt[t+1]] {
			count[kind(p)]++
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
	x.stemOrder = make([]uint32, len(x.stemText))
	for i := range x.stemOrder {
		x.stemOrder[i] = uint32(i)
	}
	slices.SortFunc(x.stemOrder, func(a, b uint32) int { return strings.Compare(x.stemText[a], x.stemText[b]) })
}

func cjkLanguage(lang string) bool { return lang == "ja" || lang == "ko" || lang == "zh" }
