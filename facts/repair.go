package facts

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// minRepair is the length from which an unknown word may be a slip.
const minRepair = 4

// minTwoSlips is the length from which a word may hold two slips. A shorter
// one may from minTwoSlipsOften when the base uses the right word often.
const (
	minTwoSlips      = 8
	minTwoSlipsOften = 6
	often            = 25
)

// A repairIndex lists the base's words by first letter and length, the most
// frequent first.
type repairIndex struct {
	at    map[uint16]stretch // by first letter << 8 | length
	words []shaped
}

// of returns the words that begin with a letter and are that long.
func (r *repairIndex) of(first byte, length int) []shaped {
	s := r.at[shapeOf(first, length)]
	return r.words[s.from:s.to]
}

// A shaped word carries the set of its letters, by which most words are ruled
// out before they are compared: each slip changes the set by two at the most.
type shaped struct {
	word    uint32
	letters uint32
}

// lettersOf is the set of a word's letters, one bit each.
func lettersOf(w string) uint32 {
	var set uint32
	for i := range len(w) {
		set |= 1 << ((w[i] - 'a') & 31)
	}
	return set
}

// mayBe reports whether words with these letters can be that many slips apart.
func mayBe(a, b uint32, slips int) bool { return bits.OnesCount32(a^b) <= 2*slips }

func shapeOf(first byte, length int) uint16 { return uint16(first)<<8 | uint16(min(length, 255)) }

func (x *index) buildRepairs() {
	shape := func(c shaped) uint16 {
		w := x.vocabulary.text(c.word)
		return shapeOf(w[0], len(w))
	}
	var words []shaped
	for id := range uint32(x.vocabulary.len()) {
		if w := x.vocabulary.text(id); len(w) >= minRepair-1 && isPlainASCII(w) && !hasDigit(w) {
			words = append(words, shaped{id, lettersOf(w)})
		}
	}
	slices.SortStableFunc(words, func(a, b shaped) int {
		return cmp.Or(cmp.Compare(shape(a), shape(b)), cmp.Compare(x.wordFreq[b.word], x.wordFreq[a.word]))
	})
	x.repairs = repairIndex{at: map[uint16]stretch{}, words: trimmed(words)}
	for i, c := range words {
		s, ok := x.repairs.at[shape(c)]
		if !ok {
			s.from = uint32(i)
		}
		s.to = uint32(i + 1)
		x.repairs.at[shape(c)] = s
	}
}

// repair returns the base's most frequent word that is one slip (a letter
// more, less, other, or two swapped) from w. A slip in the first letter is
// believed only in words longer than five letters.
func (x *index) repair(w string) (uint32, bool) {
	if len(w) < minRepair || len(w) > 40 || !isPlainASCII(w) || hasDigit(w) {
		return 0, false
	}
	letters := lettersOf(w)
	best, freq := uint32(0), int32(0)
	consider := func(id uint32) {
		if f := x.wordFreq[id]; f > freq || f == freq && id < best {
			best, freq = id, f
		}
	}
	for n := len(w) - 1; n <= len(w)+1; n++ {
		for _, c := range x.repairs.of(w[0], n) {
			if x.wordFreq[c.word] < freq {
				break // most frequent first
			}
			if mayBe(letters, c.letters, 1) && oneSlip(w, x.vocabulary.text(c.word)) {
				consider(c.word)
			}
		}
	}
	if len(w) > 5 {
		x.firstLetterSlips(w, consider)
	}
	if freq == 0 && len(w) >= minTwoSlipsOften {
		x.twoSlips(w, letters, consider)
		if len(w) < minTwoSlips && freq < often {
			return 0, false
		}
	}
	return best, freq > 0
}

// twoSlips tries the words that begin like w and are two slips away.
func (x *index) twoSlips(w string, letters uint32, consider func(uint32)) {
	for n := len(w) - 2; n <= len(w)+2; n++ {
		for _, c := range x.repairs.of(w[0], n) {
			if mayBe(letters, c.letters, 2) && distance(w, x.vocabulary.text(c.word), 2) <= 2 {
				consider(c.word)
			}
		}
	}
}

// distance counts the slips from a to b, up to most + 1 (optimal string
// alignment: letters more, less, other, or two swapped).
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 60 || len(b) > 60 {
		return most + 1
	}
	var rows [3][64]int
	before, last, next := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(last[j]+1, next[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			low = min(low, next[j])
		}
		if low > most {
			return most + 1
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}

// firstLetterSlips tries the words that differ from w in the first letter.
func (x *index) firstLetterSlips(w string, consider func(uint32)) {
	try := func(buf []byte) {
		if id, ok := x.vocabulary.id(string(buf)); ok {
			consider(id)
		}
	}
	buf := make([]byte, 0, 64)
	try(append(buf, w[1:]...))
	try(append(append(buf, w[1], w[0]), w[2:]...))
	for c := byte('a'); c <= 'z'; c++ {
		try(append(append(buf, c), w[1:]...))
		try(append(append(buf, c), w...))
	}
}

// oneSlip reports whether a becomes b by one insertion, deletion,
// replacement or swap of neighbours.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a)+1 == len(b) {
		return a[i:] == b[i+1:]
	}
	if len(a) != len(b) || i == len(a) {
		return false
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

func hasDigit(w string) bool { return strings.ContainsAny(w, "0123456789") }
