package facts

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A unit is one content word of the question: a word, or a run of one CJK
// script.
type unit struct {
	token  int
	text   string
	weight float32
	match  float32
	lacks  float32 // how much it speaks of gaps rather than facts
	known  bool    // the base has it
	name   bool    // written like a name
}

// cover takes an entry, and another one with it unless that is -1, as what
// answers: it marks which terms of the question any phrase of theirs holds, in
// the content and the sense view.
func (s *scratch) cover(e, whole int32) {
	s.held = grow(s.held, len(s.weight))
	s.covered, s.coveredLetters = append(s.covered[:0], e), false
	if whole >= 0 {
		s.covered = append(s.covered, whole)
	}
	for _, e := range s.covered {
		s.coverContent(&s.x.entries[e])
		s.coverSenses(&s.x.entries[e])
	}
}

func (s *scratch) coverContent(e *entry) {
	x := s.x
	first, last := uint32(e.first), uint32(e.first+e.n)
	for i, v := range s.viewOf {
		if v != content {
			continue
		}
		term := s.ids[i]
		if x.postings.holds(stretch{x.postingsAt[term], x.postingsAt[term+1]}, first, last) {
			s.held[i] = true
		} else if _, stop := slices.BinarySearch(x.stopTerms, term); stop {
			s.held[i] = s.held[i] || x.stopWordHas(e, term)
		}
	}
}

// stopWordHas reports whether a stop word of an entry has a content term.
func (x *index) stopWordHas(e *entry, term uint32) bool {
	for i := x.phraseAt[e.first]; i < x.phraseAt[e.first+e.n]; i++ {
		w := &x.table[x.words.at(i)>>1]
		if w.traits&isStop != 0 && x.terms.at(w.terms) == term {
			return true
		}
	}
	return false
}

func (s *scratch) coverSenses(e *entry) {
	x := s.x
	mark := s.mark[sense]
	hold := func(term uint32) {
		if m := mark[term]; m != 0 {
			s.held[m-1] = true
		}
	}
	for i := x.senseAt[e.first]; i < x.senseAt[e.first+e.n]; i++ {
		hold(x.senses.at(i))
	}
	for _, term := range e.about {
		hold(term)
	}
}

// coverLetters marks the terms of the surface view, which few questions need.
func (s *scratch) coverLetters(e *entry) {
	x := s.x
	mark := s.mark[surface]
	for i := x.phraseAt[e.first]; i < x.phraseAt[e.first+e.n]; i++ {
		w := &x.table[x.words.at(i)>>1]
		from := w.terms + uint32(w.n[content])
		for at := from; at < from+uint32(w.n[surface]); at++ {
			if m := mark[x.terms.at(at)]; m != 0 {
				s.held[m-1] = true
			}
		}
	}
}

// holdsTerm reports whether what is covered holds a content term of the
// question.
func (s *scratch) holdsTerm(term string) bool {
	id, ok := s.x.termIDs[content].id(term)
	return ok && s.holdsID(content, id)
}

func (s *scratch) holdsID(v view, id uint32) bool {
	m := s.mark[v][id]
	return m != 0 && s.held[m-1]
}

// holdsLetter reports whether what is covered holds a letter of the question.
func (s *scratch) holdsLetter(id uint32) bool {
	if !s.coveredLetters {
		s.coveredLetters = true
		for _, e := range s.covered {
			s.coverLetters(&s.x.entries[e])
		}
	}
	return s.holdsID(surface, id)
}

// holdsSense reports whether the covered entry means what a mention means.
func (s *scratch) holdsSense(m mention) bool {
	return s.holdsID(sense, s.x.lexicon.groups[m.group].term)
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
	id, known := s.x.termIDs[content].id(stem)
	if known {
		u.weight, u.lacks = s.x.rarityOf(id), s.x.lacksOf(id)
	}
	switch {
	case known && s.holdsID(content, id):
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
	for i := s.x.phraseAt[p]; i < s.x.phraseAt[p+1]; i++ {
		if strings.HasPrefix(s.x.stems.text(s.x.table[s.x.words.at(i)>>1].stem), stem[:5]) {
			return true
		}
	}
	return false
}

// runUnit weighs a run of one script by the bigrams that the entry holds.
func (s *scratch) runUnit(i int, kind script, part string) unit {
	u := unit{token: i, text: part, name: kind == katakana && utf8.RuneCountInString(part) >= 3 && !isDoubled(part)}
	var total, found, n, lacks, seen float32
	each := func(g []byte) {
		weight := float32(1)
		id, ok := s.x.termIDs[content].id(string(g))
		if ok {
			weight, u.known = s.x.rarityOf(id), true
			lacks += s.x.lacksOf(id)
			seen++
		}
		n++
		total += weight
		if ok && s.holdsID(content, id) {
			found += weight
		}
	}
	if utf8.RuneCountInString(part) == 1 {
		id, known := s.x.termIDs[surface].id(part)
		u.known = known
		if known && s.holdsLetter(id) {
			return unit{token: i, text: part, weight: .5, match: 1, known: true}
		}
		u.weight = .5
		return u
	}
	eachGram(s.writer.write(part), 2, each)
	u.weight = total / n
	if seen > 0 {
		u.lacks = lacks / seen
	}
	if total > 0 {
		u.match = found / total
	}
	return u
}

// isDoubled reports whether a run says the same twice, as words for sounds and
// moods do: ゴタゴタ.
func isDoubled(part string) bool {
	half := len(part) / 2
	return len(part)%2 == 0 && part[:half] == part[half:]
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
	if m.end == 0 {
		return s.row[s.rowAt[m.from]:s.rowAt[m.to]]
	}
	return s.row[s.reading.at[m.start]:s.reading.at[m.end]]
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
			if u.known {
				ev.x[fGapWord] = max(ev.x[fGapWord], float64(u.lacks))
			}
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
