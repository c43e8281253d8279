package facts

import (
	"math"
	"slices"
	"strings"
)

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

// finishGrades works out the weights of terms. Two bytes are enough for a grade:
// 65,536 different numbers of entries would be those of two thousand million
// terms in phrases.
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
