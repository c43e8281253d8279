package facts

import "math"

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

// gapYield is the lead in log-odds that a gap may have and still yield.
const gapYield = 5

// yieldToFact puts the best fact before a gap that leads it by little and has
// no word of the question that the fact lacks: what tells the gap apart is
// then not asked for.
func (s *scratch) yieldToFact() {
	if !s.x.answered || len(s.ranked) < 2 || !s.x.entries[s.ranked[0].entry].gap {
		return
	}
	gap := s.ranked[0]
	held := s.coverageOf(gap.entry)
	for i, c := range s.ranked[1:] {
		if gap.score-c.score > gapYield {
			return
		}
		if s.x.entries[c.entry].gap {
			continue
		}
		if s.coverageOf(c.entry) >= held {
			copy(s.ranked[1:i+2], s.ranked[:i+1])
			s.ranked[0] = c
		}
		return
	}
}

// coverageOf is the weight of the question's units that an entry holds.
func (s *scratch) coverageOf(e int32) float32 {
	s.cover(e, -1)
	var held float32
	for _, u := range s.units() {
		held += u.weight * u.match
	}
	return held
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

// setGapsAside takes the gaps for no rivals of a fact that holds all of a few
// words, if they ask for nothing in particular or as the fact's phrasings do:
// none of what the gaps lack is asked for.
func (s *scratch) setGapsAside(ev *evidence) {
	top := &s.x.entries[s.ranked[0].entry]
	if !s.x.answered || top.gap || ev.x[fUnmatched] > 0 {
		return
	}
	if !s.keywords && (s.contentWords() > maxKeywords || top.types&(1<<ev.ask) == 0) {
		return
	}
	for _, c := range s.ranked {
		if s.x.entries[c.entry].gap {
			s.family = append(s.family, c.entry)
		}
	}
}

// Two candidates are level below the first lead in log-odds, or, when their
// phrasings fit as well as each other, below the second.
const (
	tie       = .15
	tieAlike  = .4
	fitsAlike = .97 // share of the best fit from which it is as good
)

// checkTie keeps a fact from being asserted that another, which no one answer
// covers with it, matches as well. A gap that has yielded to it does not count.
func (s *scratch) checkTie(ev *evidence) {
	top := s.ranked[0]
	for _, c := range s.ranked[1:min(10, len(s.ranked))] {
		lead := top.score - c.score
		yielded := lead < 0 && s.x.entries[c.entry].gap
		level := lead < tie || lead < tieAlike && c.mx > fitsAlike*top.mx
		if level && !yielded && !contains(s.family, c.entry) {
			ev.aside = true
			return
		}
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
