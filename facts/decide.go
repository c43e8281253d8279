package facts

import (
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// Thresholds of the decision. A wrong assertion is taken to cost ten declined
// questions, so that answering pays above 10/11 when the probability is all
// there is to go by; what the vetoes catch on top lowers the bar.
const (
	answerFrom  = .78 // confidence from which a fact is asserted
	bothFrom    = .90 // … from which each of two clauses is answered by itself
	choicesFrom = .08 // … from which it is offered
	nearScore   = 2.5 // log-odds behind the best within which others are offered
	byChance    = .10 // coverage below which a fact that holds no whole word leads by chance
	gapTie      = 2.5 // log-odds by which a gap must lead to decline on its own
	sureGap     = .60 // confidence from which it declines whatever comes near
	maxChoices  = 5
	maxNear     = 3
)

// An Explanation says why a decision came out as it did.
type Explanation struct {
	Asks     string             // the question's type
	Best     *Ref               // what would be asserted; nil for a gap
	Features map[string]float64 // what confidence was worked out from
	Vetoes   []string           // why the best candidate must not be shown as the answer
	Doubts   []string           // what takes from its confidence
}

// FeatureNames are the keys of Explanation.Features, in the order of the weights.
var FeatureNames = [features]string{"constant", "coverage", "matched", "unmatched", "pair", "entropy", "top", "log_p", "model_log_p", "margin",
	"type_miss", "unseen", "name_miss", "name_oov", "num_miss", "neg_only", "antonym", "type_hit", "open", "second", "unknown", "logit", "gap_word", "flat", "lead"}

// Match answers a question: tokenize, find candidates, rank, decide.
func (s *Snapshot) Match(q Question) Decision {
	d := Decision{Outcome: Decline, Lang: q.Lang}
	if len(s.bases) == 0 {
		return d
	}
	text := cleanQuestion(q.Text)
	lang := s.languageOf(text, q.Lang)
	if d.Lang == "" || !s.speaks(d.Lang) {
		d.Lang = lang
	}
	if talk := talkOf(text); talk != "" {
		d.Outcome, d.Smalltalk = Smalltalk, talk
		return d
	}
	li := s.indexes[lang]
	if li == nil || utf8.RuneCountInString(text) > MaxQuestion {
		return d
	}
	x := li.get()
	start := time.Now()
	sc, _ := li.pool.Get().(*scratch)
	if sc == nil {
		sc = x.newScratch()
	}
	foreign := s.decide(&d, sc, text, q.Explain)
	twice := sc.twice
	if x.phrased && x.answered {
		for _, part := range sc.questionsIn(text) {
			s.decidePart(&d, sc, part, q, foreign)
		}
	}
	if twice && x.phrased && x.answered && !foreign {
		s.decideBoth(&d, sc, text, q)
	}
	li.pool.Put(sc)
	d.Elapsed = time.Since(start)
	return d
}

// decidePart answers one sentence of a long question, whose other sentences
// may only lead up to it, and keeps the outcome if it is the surer one. Where
// the whole names somebody or a number from elsewhere, as those who introduce
// themselves do, the sentence must be sure by itself.
func (s *Snapshot) decidePart(d *Decision, sc *scratch, part string, q Question, foreign bool) {
	alone := Decision{Outcome: Decline, Lang: d.Lang}
	partForeign := s.decide(&alone, sc, part, q.Explain)
	if foreign && (partForeign || alone.Outcome != Answer || alone.Confidence < bothFrom) {
		return
	}
	if len(alone.Candidates) > 0 && (alone.Confidence > d.Confidence || foreign) {
		*d = alone
	}
}

// decideBoth answers a question that asks two things, when both are sure, with
// what contains both or else with a fact for each.
func (s *Snapshot) decideBoth(d *Decision, sc *scratch, text string, q Question) {
	for _, halves := range clauses(text, sc.x.lang, sc.tokens) {
		first := s.decideHalf(sc, halves[0], d.Lang, q)
		if !isSure(first) {
			continue
		}
		second := s.decideHalf(sc, halves[1], d.Lang, q)
		if !isSure(second) || overlap(first.Facts[0], second.Facts[0]) {
			continue
		}
		if d.Outcome == Answer && holds(d.Facts[0], first.Facts[0]) && holds(d.Facts[0], second.Facts[0]) {
			return
		}
		first.Facts = s.together(first.Facts[0], second.Facts[0])
		first.Confidence = min(first.Confidence, second.Confidence)
		*d = first
		return
	}
}

// decideHalf decides a clause by itself.
func (s *Snapshot) decideHalf(sc *scratch, half, lang string, q Question) Decision {
	d := Decision{Outcome: Decline, Lang: lang}
	s.decide(&d, sc, half, q.Explain)
	return d
}

// isSure reports whether a clause is answered surely enough to stand for a
// half of the question.
func isSure(d Decision) bool { return d.Outcome == Answer && d.Confidence >= bothFrom }

// together is the first fact that contains two others, or else the two.
func (s *Snapshot) together(a, b Ref) []Ref {
	for i := range a.Base.Facts {
		if whole := (Ref{Base: a.Base, Fact: &a.Base.Facts[i]}); holds(whole, a) && holds(whole, b) {
			return []Ref{whole}
		}
	}
	return []Ref{a, b}
}

// holds reports whether a fact is another or contains it.
func holds(whole, part Ref) bool {
	return whole == part || whole.Base == part.Base && slices.Contains(whole.Fact.Covers, part.Fact.ID)
}

// overlap reports whether one of two facts contains the other.
func overlap(a, b Ref) bool { return holds(a, b) || holds(b, a) }

// decide fills in the decision for a text, and reports whether the text speaks
// of somebody or something that the base is not about.
func (s *Snapshot) decide(d *Decision, sc *scratch, text string, explain bool) (foreign bool) {
	defer sc.forget()
	sc.read(text)
	ask := sc.questionType()
	sc.rank(ask)
	if len(sc.ranked) == 0 {
		return false
	}
	ev := sc.inspect(ask)
	if len(ev.vetoes) > 0 {
		sc.tryNext(ask, &ev)
	}
	d.Confidence = confidence(&ev, sc.x.weights())
	d.Candidates = make([]Candidate, 0, min(10, len(sc.ranked)))
	for _, c := range sc.ranked[:cap(d.Candidates)] {
		d.Candidates = append(d.Candidates, Candidate{s.ref(sc, c), float64(c.score)})
	}
	s.choose(d, sc, &ev)
	if explain {
		d.Why = ev.explain()
		if r, ok := s.best(d, sc, &ev); ok {
			d.Why.Best = &r
		}
	}
	return ev.foreign
}

func (s *Snapshot) ref(sc *scratch, c candidate) Ref {
	return s.refOf(&sc.x.entries[c.entry])
}

// refOf names what an entry of an index of s is.
func (s *Snapshot) refOf(e *entry) Ref {
	base := s.bases[e.base]
	if e.gap {
		return Ref{Base: base, Gap: &base.Gaps[e.item]}
	}
	return Ref{Base: base, Fact: &base.Facts[e.item]}
}

// choose turns the evidence into an outcome.
func (s *Snapshot) choose(d *Decision, sc *scratch, ev *evidence) {
	best := d.Candidates[0]
	switch {
	case best.Gap != nil:
		s.declineByGap(d, ev.foreign || ev.others)
	case len(ev.vetoes) > 0:
		s.near(d)
	case d.Confidence < choicesFrom || d.Confidence < answerFrom && ev.x[fMatched] == 0 && ev.x[fCoverage] < byChance:
		s.near(d)
	case d.Confidence >= answerFrom && !ev.aside:
		whole, _ := s.best(d, sc, ev)
		d.Outcome, d.Facts = Answer, []Ref{whole}
	default:
		d.Outcome = Choices
		s.offer(d)
	}
}

// best is what would be asserted: the best candidate, or the entry that
// contains it and its rivals; ok is false for a gap.
func (s *Snapshot) best(d *Decision, sc *scratch, ev *evidence) (r Ref, ok bool) {
	r = d.Candidates[0].Ref
	if ev.whole >= 0 {
		r = s.ref(sc, candidate{entry: ev.whole})
	}
	return r, r.Fact != nil
}

// declineByGap declines through the best candidate, a gap, unless that is not
// sure: then facts that come near are offered.
func (s *Snapshot) declineByGap(d *Decision, foreign bool) {
	best := d.Candidates[0]
	if d.Confidence < choicesFrom || foreign && d.Confidence < sureGap {
		s.near(d)
		return
	}
	for _, c := range d.Candidates[1:] {
		lead := best.Score - c.Score
		if c.Fact != nil && !foreign && (lead < gapTie || lead < gapReach && d.Confidence < sureGap) {
			d.Outcome = Choices
			s.offer(d)
			return
		}
	}
	d.Gap = &Ref{Base: best.Base, Gap: best.Gap}
	s.near(d)
}

// near lists the facts worth showing with a decline.
func (s *Snapshot) near(d *Decision) {
	if d.Gap != nil {
		for _, id := range d.Gap.Gap.Near {
			if r, ok := s.byID[d.Gap.Base.ID+"/"+id]; ok && r.Fact != nil {
				d.list(r, maxNear)
			}
		}
	}
	for _, c := range d.Candidates {
		if len(d.Facts) >= maxNear {
			return
		}
		if c.Fact != nil && !holdsRef(d.Facts, c.Ref) && d.Gap == nil {
			d.list(c.Ref, maxNear)
		}
	}
}

// list adds a fact to a list that seldom gets longer than most.
func (d *Decision) list(r Ref, most int) {
	if d.Facts == nil {
		d.Facts = make([]Ref, 0, most)
	}
	d.Facts = append(d.Facts, r)
}

// offer lists the best facts and those near them, two at least; with fewer it
// is no choice but a decline.
func (s *Snapshot) offer(d *Decision) {
	for i, c := range d.Candidates {
		close := i < maxChoices && d.Candidates[0].Score-c.Score <= nearScore
		if c.Fact != nil && len(d.Facts) < maxChoices && (close || len(d.Facts) < 2) {
			d.list(c.Ref, maxChoices)
		}
	}
	if len(d.Facts) < 2 {
		d.Outcome = Decline
	}
}

func holdsRef(refs []Ref, r Ref) bool {
	for _, have := range refs {
		if have == r {
			return true
		}
	}
	return false
}

// confidence is the logistic of the weighted evidence.
func confidence(ev *evidence, weights *[features]float64) float64 {
	var z float64
	for i, w := range weights {
		z += w * ev.x[i]
	}
	return 1 / (1 + math.Exp(-z))
}

func (ev *evidence) explain() *Explanation {
	e := &Explanation{Asks: ev.ask.String(), Features: map[string]float64{}}
	for _, r := range ev.vetoes {
		e.Vetoes = append(e.Vetoes, r.String())
	}
	for _, r := range ev.doubts {
		e.Doubts = append(e.Doubts, r.String())
	}
	for i, name := range FeatureNames {
		e.Features[name] = ev.x[i]
	}
	return e
}

// speaks reports whether a base has texts in lang.
func (s *Snapshot) speaks(lang string) bool { return s.indexes[lang] != nil }
