package facts

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

func cjkLanguage(lang string) bool { return lang == "ja" || lang == "ko" || lang == "zh" }
