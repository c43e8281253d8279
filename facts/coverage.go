package facts

import (
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

// cover marks which terms of the question any phrase of the entry holds.
func (s *scratch) cover(e int32) {
	s.held = grow(s.held, len(s.weight))
	s.coverToo(e)
}

// coverToo marks in addition what another entry holds.
func (s *scratch) coverToo(e int32) {
	x := s.x
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
		u.weight, u.lacks = s.x.holds[id], s.x.lacks[id]
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
	u := unit{token: i, text: part, name: kind == katakana && utf8.RuneCountInString(part) >= 3 && !isDoubled(part)}
	var total, found, n, lacks, seen float32
	each := func(g []byte) {
		weight := float32(1)
		id, ok := s.x.termIDs[content][string(g)]
		if ok {
			weight, u.known = s.x.holds[id], true
			lacks += s.x.lacks[id]
			seen++
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
