package facts

// Evidence is what speaks for and against the best candidate: the features
// that confidence is worked out from, and the checks that may veto it.
type evidence struct {
	ask     questionType
	x       [features]float64
	vetoes  []reason // why it must not be asserted, nor offered
	doubts  []reason // what takes from its confidence
	aside   bool     // something is asked or named that is beside the best candidate: offer, do not assert
	foreign bool     // it names somebody or a number that belongs elsewhere
	others  bool     // it names somebody whom no fact is about
	whole   int32    // the entry that contains the best candidate and its rivals, or -1
}

// A reason is one objection to the best candidate.
type reason struct {
	why  string
	what string
}

func (r reason) String() string { return r.why + " “" + r.what + "”" }

// The objections that can be raised.
const (
	unknownHere = "the base has no word"
	unknownName = "the base has never heard of"
	otherName   = "it is not about"
	otherNumber = "it does not say"
	gapWord     = "the sources do not speak of"
	noMeasure   = "it does not say how"
	noNumber    = "its answer has no number, but the question is"
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

// inspect weighs the best candidate.
func (s *scratch) inspect(ask questionType) evidence {
	s.yieldToFact()
	c := &s.ranked[0]
	ev := evidence{ask: ask, vetoes: s.vetoes[:0], doubts: s.doubts[:0], whole: -1}
	s.findFamily(&ev)
	s.cover(c.entry, ev.whole)
	units := s.units()
	ev.x[fConstant] = 1
	s.coverage(&ev, units)
	s.setGapsAside(&ev)
	s.checkTie(&ev)
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

// nextReach is how far behind in log-odds the next fact may be that is tried in
// place of a vetoed one.
const nextReach = 5

// tryNext puts the next fact before a vetoed one that leads it by little, if
// nothing vetoes that.
func (s *scratch) tryNext(ask questionType, ev *evidence) {
	for i, c := range s.ranked[1:] {
		if s.ranked[0].score-c.score > nextReach {
			return
		}
		if s.x.entries[c.entry].gap || s.x.entries[s.ranked[0].entry].gap {
			continue
		}
		copy(s.ranked[1:i+2], s.ranked[:i+1])
		s.ranked[0] = c
		if next := s.inspect(ask); len(next.vetoes) == 0 {
			*ev = next
			return
		}
		copy(s.ranked[:i+1], s.ranked[1:i+2])
		s.ranked[i+1] = c
		*ev = s.inspect(ask)
		return
	}
}
