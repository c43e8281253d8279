package facts

import (
	"slices"
	"strings"
)

// minRepair is the length from which an unknown word may be a slip.
const minRepair = 4

// A repairIndex lists the base's words by first letter and length.
type repairIndex struct {
	byShape map[uint16][]uint32 // first letter << 8 | length → words, most frequent first
}

func shapeOf(first byte, length int) uint16 { return uint16(first)<<8 | uint16(min(length, 255)) }

func (x *index) buildRepairs() {
	x.repairs.byShape = map[uint16][]uint32{}
	for id, w := range x.wordText {
		if len(w) < minRepair-1 || !isPlainASCII(w) || hasDigit(w) {
			continue
		}
		shape := shapeOf(w[0], len(w))
		x.repairs.byShape[shape] = append(x.repairs.byShape[shape], uint32(id))
	}
	for _, list := range x.repairs.byShape {
		slices.SortStableFunc(list, func(a, b uint32) int { return int(x.wordFreq[b] - x.wordFreq[a]) })
	}
}

// repair returns the base's most frequent word that is one slip (a letter
// more, less, other, or two swapped) from w. A slip in the first letter is
// believed only in words longer than five letters.
func (x *index) repair(w string) (uint32, bool) {
	if len(w) < minRepair || len(w) > 40 || !isPlainASCII(w) || hasDigit(w) {
		return 0, false
	}
	best, freq := uint32(0), int32(0)
	consider := func(id uint32) {
		if f := x.wordFreq[id]; f > freq || f == freq && id < best {
			best, freq = id, f
		}
	}
	for n := len(w) - 1; n <= len(w)+1; n++ {
		for _, id := range x.repairs.byShape[shapeOf(w[0], n)] {
			if x.wordFreq[id] < freq {
				break // most frequent first
			}
			if oneSlip(w, x.wordText[id]) {
				consider(id)
			}
		}
	}
	if len(w) > 5 {
		x.firstLetterSlips(w, consider)
	}
	return best, freq > 0
}

// firstLetterSlips tries the words that differ from w in the first letter.
func (x *index) firstLetterSlips(w string, consider func(uint32)) {
	try := func(buf []byte) {
		if id, ok := x.wordIDs[string(buf)]; ok {
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
