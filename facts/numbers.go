package facts

import (
	"math"
	"slices"
)

// A numbers is a list of whole numbers, in two bytes each where all are small
// and in four where one is not.
type numbers struct {
	short []uint16
	long  []uint32
}

// newNumbers takes a list over.
func newNumbers(list []uint32) numbers {
	if len(list) > 0 && slices.Max(list) > math.MaxUint16 {
		return numbers{long: trimmed(list)}
	}
	short := make([]uint16, len(list))
	for i, v := range list {
		short[i] = uint16(v)
	}
	return numbers{short: short}
}

func (n *numbers) len() int { return len(n.short) + len(n.long) }

func (n *numbers) at(i uint32) uint32 {
	if n.long == nil {
		return uint32(n.short[i])
	}
	return n.long[i]
}

// A stretch is a part of a list.
type stretch struct{ from, to uint32 }

// holds reports whether a stretch of the list, which ascends there, has a
// number from … to-1.
func (n *numbers) holds(s stretch, from, to uint32) bool {
	end := s.to
	for s.from < s.to {
		if middle := s.from + (s.to-s.from)/2; n.at(middle) < from {
			s.from = middle + 1
		} else {
			s.to = middle
		}
	}
	return s.from < end && n.at(s.from) < to
}
