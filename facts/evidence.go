package facts

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Evidence is what speaks for and against the best candidate: the features
// that confidence is worked out from, and the checks that may veto it.
type evidence struct {
	ask    questionType
	x      [features]float64
	vetoes []reason // why it must not be asserted, nor offered
	doubts []reason // why it may only be offered
	whole  int32    // the entry that contains the best candidate and its rivals, or -1
}

// A reason is one objection to the best candidate.
type reason struct {
	why  string
	what string
}

func (r reason) String() string { return r.why + " “" + r.what + "”" }

// The objections that can be raised.
const (
	unknownHere  = "the base has no word"
	unknownName  = "the base has never heard of"
	otherName    = "it is not about"
	otherNumber  = "it does not say"
	otherMeaning = "it says the opposite of"
	gapWord      = "the sources do not speak of"
)

// The features, in the order of the fitted weights.
const (
	fConstant  = iota
	fCoverage  // share of the question's weight that the entry holds
	fMatched   // units of the question that it holds
	fUnmatched // … and lacks
	fPair      // its share of the question's word order
	fEntropy   // of the softmax over the ten best, in nats
	fTop       // its share of the question's ceiling over the views
	fLogP      // ln of its softmax probability over the candidates
	fModelLogP // ln of its probability under the regression
	fMargin    // lead in the regression over the best other
	fTypeMiss  // what is asked for is not in it
	fUnseen    // none of its phrasings asks like this
	fNameMiss  // share of capitalised words that it lacks
	fNameOOV   // … of which the base has never heard
	fNumMiss   // a number is not in it
	fNegOnly   // the question is negated and it is not
	fAntonym   // it says the opposite of a word
	fTypeHit   // what is asked for is in it
	fOpen      // the question asks how, why or for nothing in particular
	fSecond    // the second best's share of the ceiling over the best's
	fUnknown   // share of units that the base lacks
	fLogit     // the regression's raw logit
	fGapWord   // a gap has a word of the question that it lacks
	fFlat      // entropy of the ten best shares of the ceiling, in nats
	fLead      // the same lead, at most maxLead
	features
)

// maxMatched bounds the unit counts: long questions are no surer than these.
const maxMatched = 8

// maxLead is the lead in log-odds beyond which a further lead says less.
const maxLead = 1.5

// A unit is one content word of the question: a word, or a run of one CJK
// script.
type unit struct {
	token  int
	text   string
	weight float32
	match  float32
	known  bool // the base has it
	name   bool // written like a name
}

// inspect weighs the best candidate.
func (s *scratch) inspect(ask questionType) evidence {
	c := &s.ranked[0]
	ev := evidence{ask: ask, vetoes: s.vetoes[:0], doubts: s.doubts[:0], whole: -1}
	s.findFamily(&ev)
	s.cover(c.entry)
	units := s.units()
	ev.x[fConstant] = 1
	s.coverage(&ev, units)
	ev.x[fPair] = s.pairShare()
	ev.x[fTop] = float64(c.mx)
	s.spread(&ev)
	s.modelEvidence(&ev, c.entry)
	s.typeEvidence(&ev, c)
	s.nameEvidence(&ev, units)
	s.gapEvidence(&ev, units)
	s.numberEvidence(&ev, c.entry)
	s.negation(&ev, c.entry)
	s.vetoes, s.doubts = ev.vetoes, ev.doubts
	return ev
}

// cover marks which terms of the question any phrase of the entry holds.
func (s *scratch) cover(e int32) {
	x := s.x
	s.held = grow(s.held, len(s.weight))
	entry := &x.entries[e]
	hold := func(m uint16) {
		if m != 0 {
			s.held[m-1]++
		}
	}
	for p := entry.first; p < entry.first+entry.n; p++ {
		for _, stored := range x.words[x.phraseAt[p]:x.phraseAt[p+1]] {
			w := &x.table[stored&wordMask]
			at := w.terms
			for v := range view(wordViews) {
				for _, t := range x.terms[at : at+uint32(w.n[v])] {
					hold(s.mark[v][t])
				}
				at += uint32(w.n[v])
			}
		}
		for _, t := range x.senses[x.senseAt[p]:x.senseAt[p+1]] {
			hold(s.mark[sense][t])
		}
	}
	for _, t := range entry.about {
		hold(s.mark[sense][t])
	}
}

// holdsTerm reports whether the covered entry holds a term of the question.
func (s *scratch) holdsTerm(v view, term string) bool {
	id, ok := s.x.termIDs[v][term]
	return ok && s.mark[v][id] != 0 && s.held[s.mark[v][id]-1] > 0
}

// holdsSense reports whether the covered entry means what a mention means.
func (s *scratch) holdsSense(m mention) bool {
	at := s.mark[sense][s.x.lexicon.groups[m.group].term]
	return at != 0 && s.held[at-1] > 0
}

// units cuts the question into what carries its meaning.
func (s *scratch) units() []unit {
	s.unitBuf = s.unitBuf[:0]
	for i, t := range s.tokens {
		if !t.cjk {
			if s.resolved[i].stop && !s.bare {
				continue
			}
			s.unitBuf = append(s.unitBuf, s.wordUnit(i, t))
			continue
		}
		scriptRuns(t.text, func(kind script, part string) {
			if kind == hangul {
				part = withoutParticle(part)
			}
			if kind == hiragana || functionWord(part) {
				return
			}
			s.unitBuf = append(s.unitBuf, s.runUnit(i, kind, part))
		})
	}
	s.senseUnits()
	return s.unitBuf
}

func (s *scratch) wordUnit(i int, t token) unit {
	r := s.resolved[i]
	u := unit{token: i, text: t.text, weight: 1, known: r.stem != unknownWord, name: t.capital() && !t.opening}
	stem := r.root
	if id, ok := s.x.termIDs[content][stem]; ok {
		u.weight = s.x.holds[id]
	}
	switch {
	case s.holdsTerm(content, stem):
		u.match = 1
		if r.repaired {
			u.match = .8
		}
	case s.hasNear(stem):
		u.match = .6
	}
	if frameWords[t.text] && u.match == 0 {
		u.weight = 0
	}
	return u
}

// hasNear reports whether the best phrase holds a word with a common start of
// five letters.
func (s *scratch) hasNear(stem string) bool {
	if len(stem) < 6 {
		return false
	}
	p := s.ranked[0].best.phrase
	for _, stored := range s.x.words[s.x.phraseAt[p]:s.x.phraseAt[p+1]] {
		if strings.HasPrefix(s.x.stemText[s.x.table[stored&wordMask].stem], stem[:5]) {
			return true
		}
	}
	return false
}

// runUnit weighs a run of one script by the bigrams that the entry holds.
func (s *scratch) runUnit(i int, kind script, part string) unit {
	u := unit{token: i, text: part, name: kind == katakana && utf8.RuneCountInString(part) >= 3}
	var total, found, n float32
	each := func(g []byte) {
		weight := float32(1)
		id, ok := s.x.termIDs[content][string(g)]
		if ok {
			weight, u.known = s.x.holds[id], true
		}
		n++
		total += weight
		if ok && s.mark[content][id] != 0 && s.held[s.mark[content][id]-1] > 0 {
			found += weight
		}
	}
	if utf8.RuneCountInString(part) == 1 {
		_, u.known = s.x.termIDs[surface][part]
		if s.holdsTerm(surface, part) {
			return unit{token: i, text: part, weight: .5, match: 1, known: true}
		}
		u.weight = .5
		return u
	}
	eachGram(s.writer.write(part), 2, each)
	u.weight = total / n
	if total > 0 {
		u.match = found / total
	}
	return u
}

// senseUnits lifts the units that the lexicon knows the entry to mean.
func (s *scratch) senseUnits() {
	for _, m := range s.reading.mentions {
		if !s.holdsSense(m) {
			continue
		}
		for i := range s.unitBuf {
			u := &s.unitBuf[i]
			if u.token >= m.from && u.token < m.to && (!s.tokens[u.token].cjk || overlaps(s.mentionText(m), u.text)) {
				u.match = max(u.match, .9)
				u.known = true
			}
		}
	}
	for _, m := range s.reading.mentions {
		for i := range s.unitBuf {
			if u := &s.unitBuf[i]; u.token >= m.from && u.token < m.to {
				u.known = u.known || overlaps(s.mentionText(m), u.text)
			}
		}
	}
}

// mentionText is what a mention covers, without spaces.
func (s *scratch) mentionText(m mention) string {
	var b strings.Builder
	for _, t := range s.tokens[m.from:m.to] {
		b.WriteString(t.text)
	}
	if m.end == 0 {
		return b.String()
	}
	row := []rune(b.String())
	offset := 0
	for _, t := range s.tokens[:m.from] {
		offset += utf8.RuneCountInString(t.text)
	}
	return string(row[m.start-offset : m.end-offset])
}

func overlaps(mention, part string) bool {
	return strings.Contains(mention, part) || strings.Contains(part, mention)
}

func (s *scratch) coverage(ev *evidence, units []unit) {
	var total, found, matched, unmatched, unknown float64
	for _, u := range units {
		total += float64(u.weight)
		found += float64(u.weight * u.match)
		switch {
		case u.match >= .5:
			matched++
		case u.weight > 0:
			unmatched++
		}
		if !u.known && u.weight > 0 {
			unknown++
			ev.doubts = append(ev.doubts, reason{unknownHere, u.text})
		}
	}
	if total > 0 {
		ev.x[fCoverage] = found / total
	}
	ev.x[fUnknown] = unknown / float64(max(1, len(units)))
	if len(s.ranked) > 1 {
		ev.x[fSecond] = float64(s.ranked[1].mx / max(s.ranked[0].mx, 1e-6))
	}
	ev.x[fMatched], ev.x[fUnmatched] = min(matched, maxMatched), min(unmatched, maxMatched)
}

// pairShare is the best candidate's sequence score over the best of all.
func (s *scratch) pairShare() float64 {
	var best float32
	for _, c := range s.ranked[:min(10, len(s.ranked))] {
		best = max(best, c.best.pair)
	}
	if best == 0 {
		return 0
	}
	return float64(s.ranked[0].best.pair / best)
}

// rivalry is the lead in log-odds below which another candidate is a rival.
const rivalry = 2.5

// findFamily looks for one entry that contains the best candidate and, if
// there are rivals, as many of them as it can: an overview or a comparison.
// Its parts are then no rivals of each other, since it answers for them all.
func (s *scratch) findFamily(ev *evidence) {
	s.family = s.family[:0]
	top := s.ranked[0]
	e := &s.x.entries[top.entry]
	best := 0
	consider := func(whole int32) {
		rivals := 0
		for _, c := range s.ranked[:min(10, len(s.ranked))] {
			if top.score-c.score <= rivalry && (c.entry == whole || contains(s.x.entries[whole].covers, c.entry)) {
				rivals++
			}
		}
		if rivals > best {
			best, ev.whole = rivals, whole
		}
	}
	if len(e.covers) > 0 {
		consider(top.entry)
	}
	for _, whole := range e.partOf {
		consider(whole)
	}
	if ev.whole < 0 {
		s.family = append(s.family, top.entry)
		return
	}
	s.family = append(append(s.family, ev.whole), s.x.entries[ev.whole].covers...)
	if best == 1 {
		ev.whole = -1 // no rival inside: the candidate stands for itself
	}
}

func contains(list []int32, e int32) bool {
	for _, v := range list {
		if v == e {
			return true
		}
	}
	return false
}

// spread looks at how the scores of the ten best fall off. The best
// candidate's family counts as one.
func (s *scratch) spread(ev *evidence) {
	top := float64(s.ranked[0].score)
	var sum, own float64
	n := min(10, len(s.ranked))
	for _, c := range s.ranked[:n] {
		weight := math.Exp(float64(c.score) - top)
		sum += weight
		if contains(s.family, c.entry) {
			own += weight
		}
	}
	ev.x[fFlat] = s.flatness(n)
	ev.x[fLogP] = math.Log(own / sum)
	ev.x[fEntropy] = -own / sum * math.Log(own/sum)
	for _, c := range s.ranked[:n] {
		if p := math.Exp(float64(c.score)-top) / sum; p > 0 && !contains(s.family, c.entry) {
			ev.x[fEntropy] -= p * math.Log(p)
		}
	}
}

// flatness is the entropy of softmax(10·(mx/best mx - 1)) over the n best.
func (s *scratch) flatness(n int) float64 {
	best := 1e-6
	for _, c := range s.ranked[:n] {
		best = max(best, float64(c.mx))
	}
	var sum, entropy float64
	for _, c := range s.ranked[:n] {
		sum += math.Exp(10 * (float64(c.mx)/best - 1))
	}
	for _, c := range s.ranked[:n] {
		p := math.Exp(10*(float64(c.mx)/best-1)) / sum
		entropy -= p * math.Log(p)
	}
	return entropy
}

// modelEvidence asks the regression how sure it is of the family.
func (s *scratch) modelEvidence(ev *evidence, e int32) {
	if s.x.model == nil {
		return
	}
	z := s.logits
	top, other := float64(z[e]), math.Inf(-1)
	ev.x[fLogit] = top
	var sum, own float64
	for i, v := range z {
		weight := math.Exp(float64(v) - top)
		sum += weight
		if contains(s.family, int32(i)) {
			own += weight
		} else {
			other = max(other, float64(v))
		}
	}
	ev.x[fModelLogP] = math.Log(own/sum + 1e-4)
	if !math.IsInf(other, 0) {
		ev.x[fMargin] = top - other
		ev.x[fLead] = min(top-other, maxLead)
	}
}

// typeEvidence checks that what is asked for is there.
func (s *scratch) typeEvidence(ev *evidence, c *candidate) {
	entry := &s.x.entries[c.entry]
	seen := entry.types&(1<<ev.ask) != 0
	if ev.ask == asksHow || ev.ask == asksWhy || ev.ask == asksNothing {
		ev.x[fOpen] = 1
	}
	if ev.ask == asksNothing {
		return
	}
	if entry.asks > 0 && !seen && 2*entry.questions > entry.asks {
		ev.x[fUnseen] = 1
	}
	if s.x.cjk || seen || ev.ask >= asksHow {
		return
	}
	best := c.best
	if entry.answer >= 0 && s.x.phrased {
		best = s.scorePhrase(uint32(entry.answer))
	}
	if best.evidence(ev.ask) == 0 {
		ev.x[fTypeMiss] = 1
	} else {
		ev.x[fTypeHit] = 1
	}
}

// nameEvidence checks every name of the question against the entry.
func (s *scratch) nameEvidence(ev *evidence, units []unit) {
	var names, missing float64
	for _, u := range units {
		if !u.name {
			continue
		}
		names++
		if u.match < .5 {
			missing++
			if !u.known {
				ev.x[fNameOOV] = 1
				ev.vetoes = append(ev.vetoes, reason{unknownName, u.text})
			}
		}
	}
	if names > 0 {
		ev.x[fNameMiss] = missing / names
	}
	for _, m := range s.reading.mentions {
		n := s.x.lexicon.named(m.group)
		if n != nil && !s.holdsSense(m) {
			label, _ := n.Label.In(s.x.lang)
			ev.vetoes = append(ev.vetoes, reason{otherName, label})
		}
	}
}

// gapReach is how far behind in log-odds a gap still speaks.
const gapReach = 8

// gapEvidence asks the best gap: when it has a word of the question that the
// best fact lacks, that word is what the sources do not say.
func (s *scratch) gapEvidence(ev *evidence, units []unit) {
	top := s.ranked[0]
	if s.x.entries[top.entry].gap {
		return
	}
	for _, c := range s.ranked[1:] {
		if top.score-c.score > gapReach {
			return
		}
		if !s.x.entries[c.entry].gap {
			continue
		}
		for _, u := range units {
			if u.match < .5 && u.weight > .3 && s.phraseHasUnit(c.best.phrase, u) {
				ev.x[fGapWord] = 1
				ev.doubts = append(ev.doubts, reason{gapWord, u.text})
			}
		}
		return
	}
}

// phraseHasUnit reports whether a phrase holds a unit's stem or letters.
func (s *scratch) phraseHasUnit(p uint32, u unit) bool {
	for _, stored := range s.x.words[s.x.phraseAt[p]:s.x.phraseAt[p+1]] {
		id := stored & wordMask
		if s.tokens[u.token].cjk {
			if strings.Contains(s.x.wordText[id], u.text) {
				return true
			}
		} else if s.x.table[id].stem == s.resolved[u.token].stem {
			return true
		}
	}
	return false
}

// numberEvidence checks the question's numbers against the entry. Where the
// answer has other numbers that is a contradiction; where it has none, the
// number may be the asker's way to name the thing.
func (s *scratch) numberEvidence(ev *evidence, e int32) {
	entry := &s.x.entries[e]
	for _, t := range s.tokens {
		value := valueOf(t.text)
		if value == "" || t.cjk || cardinals[t.text] || s.entryHasNumber(entry, value) {
			continue
		}
		ev.x[fNumMiss] = 1
		why := reason{otherNumber, t.text}
		if entry.answer >= 0 && s.answerHasNumbers(entry) {
			ev.vetoes = append(ev.vetoes, why)
		} else {
			ev.doubts = append(ev.doubts, why)
		}
	}
}

func (s *scratch) answerHasNumbers(entry *entry) bool {
	p := uint32(entry.answer)
	for _, stored := range s.x.words[s.x.phraseAt[p]:s.x.phraseAt[p+1]] {
		if s.x.table[stored&wordMask].traits&(isNumber|isYear) != 0 {
			return true
		}
	}
	return false
}

func (s *scratch) entryHasNumber(entry *entry, value string) bool {
	x := s.x
	first, last := x.phraseAt[entry.first], x.phraseAt[entry.first+entry.n]
	for _, stored := range x.words[first:last] {
		id := stored & wordMask
		if x.table[id].traits&(isNumber|isYear) != 0 && valueOf(x.wordText[id]) == value {
			return true
		}
	}
	return false
}

// negation looks for a question that turns the fact around.
func (s *scratch) negation(ev *evidence, e int32) {
	if s.x.cjk {
		return
	}
	for i, t := range s.tokens {
		if negations[t.text] && !s.entryHasAny(e, negations) {
			ev.x[fNegOnly] = 1
		}
		root := s.resolved[i].root
		if opposite := antonyms[root]; opposite != "" && s.resolved[i].stem != unknownWord && !s.holdsTerm(content, root) && s.bestHasStem(opposite) {
			ev.x[fAntonym] = 1
		}
	}
}

func (s *scratch) entryHasAny(e int32, words map[string]bool) bool {
	p := s.x.entries[e].first
	for _, stored := range s.x.words[s.x.phraseAt[p]:s.x.phraseAt[p+1]] {
		if words[s.x.wordText[stored&wordMask]] {
			return true
		}
	}
	return false
}

func (s *scratch) bestHasStem(stem string) bool {
	p := s.ranked[0].best.phrase
	for _, stored := range s.x.words[s.x.phraseAt[p]:s.x.phraseAt[p+1]] {
		if s.x.stemText[s.x.table[stored&wordMask].stem] == stem {
			return true
		}
	}
	return false
}
