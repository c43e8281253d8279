package facts

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Last-stage weights. The sums are log-odds: a softmax over the candidates is
// the fitted probability. Facts with phrasings: mixWeight·mx + modelWeight·L.
// Bare sentences: the other five.
const (
	mixWeight   = 13
	modelWeight = 2.2

	typeBonus = 3 // for facts with answers, when some phrasing asks for the same

	keywordGap = 6 // what a gap loses when only a topic is named: people then want what is there

	bareMix     = 58
	bareType    = 2.8
	bareSoft    = 8
	bareLength  = -.8
	bareNumbers = 3.7

	fading = .6 // what each further phrasing counts, while no model is fitted

	modelCandidates = 10 // entries that join the candidates by the model alone
)

func (x *index) viewWeight(v view) float32 { return viewWeights[v] }

// A phraseScore is a phrase scored against the question.
type phraseScore struct {
	phrase  uint32
	score   float32
	pair    float32 // its score in the sequence view alone, 0 … 1
	soft    float32
	traits  trait // evidence that is not in the question
	names   bool  // has a capitalised word that the question lacks
	places  bool  // … after in, at, from …
	length  float32
	numbers int // terms of the question with a digit that it holds
}

// A candidate is an entry with its score in log-odds.
type candidate struct {
	entry int32
	score float32
	mx    float32
	model float32
	best  phraseScore
}

// rank scores the candidates and sorts them, best first.
func (s *scratch) rank(ask questionType) {
	s.keywords = ask == asksNothing && s.contentWords() <= maxKeywords
	s.pick()
	s.runModel()
	s.prepareSoft()
	s.findNumbers()
	for _, p := range s.picked {
		s.phrases = append(s.phrases, s.scorePhrase(p))
	}
	s.gather()
	s.asked = alsoAsked(s.tokens, s.row, s.x.lang, ask)
	for i := range s.ranked {
		s.ranked[i].score = s.lastStage(&s.ranked[i], ask)
	}
	slices.SortFunc(s.ranked, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.entry, b.entry))
	})
}

// maxKeywords is how many words name a topic and ask nothing of it.
const maxKeywords = 3

// contentWords counts the question's words that are no stop words; a CJK run
// counts once for each run of its scripts that is not hiragana.
func (s *scratch) contentWords() int {
	n := 0
	for i, t := range s.tokens {
		if !t.cjk {
			if !s.resolved[i].stop {
				n++
			}
			continue
		}
		scriptRuns(t.text, func(kind script, _ string) {
			if kind != hiragana {
				n++
			} else {
				n += 2 // particles and verbs make a sentence
			}
		})
	}
	return n
}

// gather groups the scored phrases by entry.
func (s *scratch) gather() {
	if s.x.model == nil {
		slices.SortFunc(s.phrases, func(a, b phraseScore) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.phrase, b.phrase))
		})
	}
	for _, ps := range s.phrases {
		e := s.x.owner[ps.phrase]
		if s.at[e] == 0 {
			s.ranked = append(s.ranked, candidate{entry: e, mx: ps.score, best: ps})
			s.at[e] = int32(len(s.ranked))
			continue
		}
		c := &s.ranked[s.at[e]-1]
		if s.x.model == nil && s.x.phrased {
			c.model += ps.score * s.fade(c)
			continue
		}
		if ps.score > c.mx {
			c.mx, c.best = ps.score, ps
		}
	}
	if s.x.model != nil {
		for i := range s.ranked {
			s.ranked[i].model = s.logits[s.ranked[i].entry]
		}
	}
}

// fade halves, as it were, what each further phrasing of a fact is worth.
func (s *scratch) fade(c *candidate) float32 {
	c.best.numbers++
	return float32(math.Pow(fading, float64(c.best.numbers)))
}

func (s *scratch) lastStage(c *candidate, ask questionType) float32 {
	if s.x.phrased {
		score := mixWeight*c.mx + modelWeight*c.model
		if s.x.answered && s.x.entries[c.entry].types&s.asked != 0 {
			score += typeBonus
		}
		if s.keywords && s.x.entries[c.entry].gap {
			score -= keywordGap
		}
		return score
	}
	b := &c.best
	length := float64(max(1, b.length)) / s.x.meanWords
	score := bareMix*c.mx + bareSoft*b.soft + bareLength*float32(math.Log(length))
	score += bareType * b.evidence(ask)
	if s.numerals > 0 {
		score += bareNumbers * float32(b.numbers) / float32(s.numerals)
	}
	return score
}

// A seenWord is a word of a phrase as the question sees it.
type seenWord struct {
	word     uint32
	from, to uint32 // of the marks of those of its terms that the question has
	lengths  [wordViews]float32
	place    uint16 // of its stem among the question's stems, + 1
	soft     uint16 // of a stem that resembles one of the question's, + 1
	traits   trait
	known    bool // the question has it, or a letter of it
}

// see looks a word up among the question's terms.
func (s *scratch) see(id uint32) *seenWord {
	if at := s.seenAt[id]; int(at) < len(s.seen) && s.seen[at].word == id {
		return &s.seen[at]
	}
	return s.seeNew(id)
}

func (s *scratch) seeNew(id uint32) *seenWord {
	x := s.x
	w := &x.table[id]
	seen := seenWord{word: id, from: uint32(len(s.marks)), place: s.stemPlace[w.stem], soft: s.softMark[w.stem], traits: w.traits}
	at := w.terms
	for v := range view(wordViews) {
		n := uint32(w.n[v])
		if v != content || w.traits&isStop == 0 || s.bare {
			had := len(s.marks)
			if x.terms.long != nil {
				s.marks = marked(s.marks, s.mark[v], x.terms.long[at:at+n])
			} else {
				s.marks = marked(s.marks, s.mark[v], x.terms.short[at:at+n])
			}
			seen.lengths[v] = float32(n)
			seen.known = seen.known || v == surface && len(s.marks) > had
		}
		at += n
	}
	seen.to = uint32(len(s.marks))
	s.seenAt[id] = uint32(len(s.seen))
	s.seen = append(s.seen, seen)
	return &s.seen[len(s.seen)-1]
}

// marked appends the marks of those terms that the question has.
func marked[T uint16 | uint32](marks, mark []uint16, terms []T) []uint16 {
	for _, t := range terms {
		if m := mark[t]; m != 0 {
			marks = append(marks, m)
		}
	}
	return marks
}

// scorePhrase compares one phrase with the question in every view, in one
// pass over its words.
func (s *scratch) scorePhrase(p uint32) phraseScore {
	x := s.x
	ps := phraseScore{phrase: p}
	s.hits = s.hits[:0]
	var length [views]float32
	left, after := uint16(1), trait(0)
	n := len(s.stems) + 1
	first, end := x.phraseAt[p], x.phraseAt[p+1]
	for i := first; i < end; i++ {
		stored := x.words.at(i)
		w := s.see(stored >> 1)
		for _, m := range s.marks[w.from:w.to] {
			s.hit(m)
		}
		for v, terms := range w.lengths {
			length[v] += terms
		}
		if left != 0 && w.place != 0 && len(s.pairSet) > 0 {
			s.hit(s.pairPlace[int(left)*n+int(w.place)])
		}
		left = w.place
		if !w.known {
			ps.traits |= w.traits
			if stored&1 != 0 {
				ps.names = true
				ps.places = ps.places || after&isPlacer != 0
			}
			if w.soft != 0 {
				soft := s.softTerms[w.soft-1]
				s.softBest[soft.term] = max(s.softBest[soft.term], soft.similarity)
			}
		}
		after = w.traits
	}
	if left != 0 && len(s.pairSet) > 0 {
		s.hit(s.pairPlace[int(left)*n+1])
	}
	if !x.cjk {
		length[sequence] += float32(end - first + 1)
	}
	if x.lexicon != nil {
		for i := x.senseAt[p]; i < x.senseAt[p+1]; i++ {
			s.hit(s.mark[sense][x.senses.at(i)])
			length[sense]++
		}
	}
	s.sum(&ps, &length)
	return ps
}

// hit counts a term of the question, by its number + 1; 0 is none.
func (s *scratch) hit(m uint16) {
	if m == 0 {
		return
	}
	if s.tf[m-1] == 0 {
		s.hits = append(s.hits, m-1)
	}
	s.tf[m-1]++
}

// sum turns the counts into a score and clears them.
func (s *scratch) sum(ps *phraseScore, length *[views]float32) {
	var norm, total [views]float32
	for v := range norm {
		norm[v] = bm25K1 * (1 - bm25B + bm25B*length[v]/s.x.mean[v])
	}
	var soft float32
	for _, h := range s.hits {
		v, tf := s.viewOf[h], s.tf[h]
		total[v] += s.weight[h] * tf * (bm25K1 + 1) / (tf + norm[v])
		s.tf[h] = 0
		if v == content {
			soft += s.softOf(h)
		}
	}
	ps.length = length[surface]
	if s.x.cjk {
		ps.length = length[content]
	}
	for v, t := range total {
		ps.score += t * s.share[v]
	}
	if s.ceiling[sequence] > 0 {
		ps.pair = total[sequence] / ((bm25K1 + 1) * s.ceiling[sequence])
	}
	s.finishSoft(ps, soft)
	for _, m := range s.numbers {
		for _, h := range s.hits {
			if uint32(h) == m {
				ps.numbers++
			}
		}
	}
}

// A softTerm is a stem of the base that resembles a stem of the question.
type softTerm struct {
	term       int // place among the question's missing content terms
	similarity float32
}

// softIDF is the weight of a content term in the soft view: idf to the power 1.
func (s *scratch) softOf(h uint16) float32 {
	return s.x.rarityOf(s.ids[h])
}

// prepareSoft marks the base's stems that resemble a content stem of the
// question: the same first four letters, and a common start of at least .6 of
// the longer one.
func (s *scratch) prepareSoft() {
	s.softTotal, s.softBest = 0, s.softBest[:0]
	if s.x.phrased || s.x.cjk {
		return
	}
	for i, r := range s.resolved {
		if r.stop && !s.bare || s.tokens[i].cjk {
			continue
		}
		s.markSimilar(r)
	}
	slices.SortFunc(s.softSet, func(a, b uint32) int { return int(a) - int(b) })
}

func (s *scratch) markSimilar(r resolved) {
	text := r.root
	weight := float32(1)
	if id, ok := s.x.termIDs[content].id(text); ok {
		weight = s.x.rarityOf(id)
	}
	s.softTotal += weight
	term := len(s.softBest)
	s.softBest = append(s.softBest, 0)
	s.softWeights = append(s.softWeights[:term], weight)
	if len(text) < 4 {
		return
	}
	order := s.x.stemOrder
	from, _ := slices.BinarySearchFunc(order, text[:4], func(id uint32, p string) int { return strings.Compare(s.x.stems.text(id), p) })
	for _, id := range order[from:] {
		stem := s.x.stems.text(id)
		if !strings.HasPrefix(stem, text[:4]) {
			break
		}
		if id == r.stem || s.softMark[id] != 0 {
			continue
		}
		if sim := commonStart(stem, text); sim >= .6 {
			s.softTerms = append(s.softTerms, softTerm{term, sim})
			s.softMark[id] = uint16(len(s.softTerms))
			s.softSet = append(s.softSet, id)
		}
	}
}

// finishSoft adds to what the phrase shares exactly what it shares nearly.
func (s *scratch) finishSoft(ps *phraseScore, exact float32) {
	if s.softTotal == 0 {
		return
	}
	for i, best := range s.softBest {
		if best > 0 {
			exact += best * s.softWeights[i]
			s.softBest[i] = 0
		}
	}
	ps.soft = min(1, exact/s.softTotal)
}

// commonStart is the length of the common start over the longer length.
func commonStart(a, b string) float32 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return float32(n) / float32(max(len(a), len(b)))
}

// findNumbers notes which terms of the question hold a digit.
func (s *scratch) findNumbers() {
	s.numbers, s.numerals = s.numbers[:0], 0
	for i, t := range s.tokens {
		if t.cjk || !hasDigit(t.text) {
			continue
		}
		s.numerals++
		if r := s.resolved[i]; r.stem != unknownWord {
			if id, ok := s.x.termIDs[content].id(r.root); ok && s.mark[content][id] != 0 {
				s.numbers = append(s.numbers, uint32(s.mark[content][id]-1))
			}
		}
	}
}
