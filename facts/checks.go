package facts

import (
	"regexp"
	"slices"
	"strings"
)

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
	if ev.ask == asksMany && entry.answer >= 0 && !s.answerCounts(entry) && !asksDegree(s.row) {
		ev.doubts = append(ev.doubts, reason{noNumber, ev.ask.String()})
		ev.aside = true
	}
	if s.x.cjk {
		return
	}
	s.measureEvidence(ev, entry)
	if seen || ev.ask >= asksHow {
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

// measures are the adjectives that a question with how asks the degree of.
var measures = setOf(`old long tall big large far often high deep fast heavy wide rich popular`)

// sizes are those that any number can be the answer to.
var sizes = setOf(`large big`)

// measureEvidence checks that what is to be measured is what the entry
// measures: how old somebody is stands in no fact that speaks of no age.
func (s *scratch) measureEvidence(ev *evidence, entry *entry) {
	for i, t := range s.tokens[:max(0, len(s.tokens)-1)] {
		next := s.tokens[i+1].text
		if t.text == "how" && measures[next] && !s.holdsTerm(s.resolved[i+1].root) &&
			!(sizes[next] && entry.answer >= 0 && s.answerHasNumbers(entry)) {
			ev.doubts = append(ev.doubts, reason{noMeasure, next})
			ev.aside = true
		}
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
				ev.foreign = true
			}
		}
	}
	if names > 0 {
		ev.x[fNameMiss] = missing / names
	}
	s.listedNames(ev)
}

// listedNames checks the names that the lexicon knows. One that no fact is
// about makes it a question about something else. One of the base's own may
// stand beside the one that is meant: "of Lee and Ishiba, who is leaving?"
func (s *scratch) listedNames(ev *evidence) {
	held := false
	for _, m := range s.reading.mentions {
		if s.x.lexicon.named(m.group) != nil {
			held = held || s.holdsSense(m)
			ev.others = ev.others || !s.x.ownNames[s.x.lexicon.groups[m.group].term]
		}
	}
	for _, m := range s.reading.mentions {
		n := s.x.lexicon.named(m.group)
		if n == nil || s.holdsSense(m) || s.guessed(m) {
			continue
		}
		label, _ := n.Label.In(s.x.lang)
		why := reason{otherName, label}
		if held && s.x.ownNames[s.x.lexicon.groups[m.group].term] {
			ev.doubts = append(ev.doubts, why)
			ev.aside = true
		} else {
			ev.vetoes = append(ev.vetoes, why)
			ev.foreign = ev.foreign || !s.x.ownNames[s.x.lexicon.groups[m.group].term]
		}
	}
}

// guessed reports whether a mention rests on a repaired word: a veto reads the
// question as it was typed.
func (s *scratch) guessed(m mention) bool {
	for _, r := range s.resolved[m.from:m.to] {
		if r.repaired {
			return true
		}
	}
	return false
}

// gapReach is how far behind in log-odds a gap still speaks.
const gapReach = 8

// gapNear is how far behind in log-odds a gap that has a word of the question
// which the fact lacks keeps the fact from being asserted.
const gapNear = 5

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
				ev.aside = ev.aside || top.score-c.score < gapNear
				ev.doubts = append(ev.doubts, reason{gapWord, u.text})
			}
		}
		return
	}
}

// phraseHasUnit reports whether a phrase holds a unit's stem or letters.
func (s *scratch) phraseHasUnit(p uint32, u unit) bool {
	for i := s.x.phraseAt[p]; i < s.x.phraseAt[p+1]; i++ {
		id := s.x.words.at(i) >> 1
		if s.tokens[u.token].cjk {
			if strings.Contains(s.x.vocabulary.text(id), u.text) {
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
	for i, t := range s.tokens {
		value := valueOf(t.text)
		if value == "" || t.cjk || cardinals[t.text] || s.isAlternative(i) || s.entryHasNumber(entry, value) {
			continue
		}
		ev.x[fNumMiss] = 1
		why := reason{otherNumber, t.text}
		if entry.answer >= 0 && s.answerHasNumbers(entry) {
			ev.vetoes = append(ev.vetoes, why)
			ev.foreign = true
		} else {
			ev.doubts = append(ev.doubts, why)
		}
	}
}

// isAlternative reports whether a number is one of two to choose from: 1st or
// 2nd.
func (s *scratch) isAlternative(i int) bool {
	other := func(j int) bool { return j >= 0 && j < len(s.tokens) && valueOf(s.tokens[j].text) != "" }
	return i+1 < len(s.tokens) && s.tokens[i+1].text == "or" && other(i+2) || i > 0 && s.tokens[i-1].text == "or" && other(i-2)
}

// degrees are asked for how much of something that no number need answer:
// how close they want to be.
var degrees = strings.Fields(`얼마나 얼마만큼 どのくらい どのぐらい どのだけ どのほど どれくらい どれぐらい どれだけ どれほど`)

func asksDegree(row string) bool {
	return slices.ContainsFunc(degrees, func(words string) bool { return strings.Contains(row, words) })
}

// numeral finds numbers that Korean and Japanese write in letters.
var numeral = regexp.MustCompile(`[0-9]|(첫|두|세|네|다섯) ?(번|차|회|나라|가지|명|분|정상)|[一二三四五六七八九十両](回|度|番|つ|か国|国|人)`)

// answerCounts reports whether the answer of an entry has a number.
func (s *scratch) answerCounts(entry *entry) bool {
	return entry.counts || s.answerHasNumbers(entry)
}

func (s *scratch) answerHasNumbers(entry *entry) bool {
	p := uint32(entry.answer)
	for i := s.x.phraseAt[p]; i < s.x.phraseAt[p+1]; i++ {
		if s.x.table[s.x.words.at(i)>>1].traits&(isNumber|isYear) != 0 {
			return true
		}
	}
	return false
}

func (s *scratch) entryHasNumber(entry *entry, value string) bool {
	x := s.x
	first, last := x.phraseAt[entry.first], x.phraseAt[entry.first+entry.n]
	for i := first; i < last; i++ {
		id := x.words.at(i) >> 1
		if x.table[id].traits&(isNumber|isYear) != 0 && valueOf(x.vocabulary.text(id)) == value {
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
		if opposite := antonyms[root]; opposite != "" && s.resolved[i].stem != unknownWord && !s.holdsTerm(root) && s.bestHasStem(opposite) {
			ev.x[fAntonym] = 1
		}
	}
}

func (s *scratch) entryHasAny(e int32, words map[string]bool) bool {
	p := s.x.entries[e].first
	for i := s.x.phraseAt[p]; i < s.x.phraseAt[p+1]; i++ {
		if words[s.x.vocabulary.text(s.x.words.at(i)>>1)] {
			return true
		}
	}
	return false
}

func (s *scratch) bestHasStem(stem string) bool {
	p := s.ranked[0].best.phrase
	for i := s.x.phraseAt[p]; i < s.x.phraseAt[p+1]; i++ {
		if s.x.stems.text(s.x.table[s.x.words.at(i)>>1].stem) == stem {
			return true
		}
	}
	return false
}
