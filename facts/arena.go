package facts

import "strings"

// A textArena keeps copies of short texts side by side in large blocks. A
// base of 100,000 facts has a million texts; on their own, each would cost an
// allocation and the rounding of its size, and keep the garbage collector busy.
type textArena struct {
	block strings.Builder
}

const textBlock = 32 << 10 // bytes

// keep returns a copy of s that shares nothing with the file it came from.
func (a *textArena) keep(s string) string {
	if len(s) > textBlock/8 {
		return strings.Clone(s)
	}
	if a.block.Cap()-a.block.Len() < len(s) {
		a.block = strings.Builder{}
		a.block.Grow(textBlock)
	}
	start := a.block.Len()
	a.block.WriteString(s) // never grows, so earlier texts stay where they are
	return a.block.String()[start:]
}

// A slab hands out slices of exact length from larger arrays, for the same
// reason as textArena.
type slab[T any] struct {
	free []T
	next int // length of the next array
}

const slabMost = 1024 // values in an array

// keep returns a copy of values that has no room to grow, or nil for none.
func (s *slab[T]) keep(values []T) []T {
	n := len(values)
	if n == 0 {
		return nil
	}
	if n > len(s.free) {
		s.next = min(max(2*s.next, 16), slabMost)
		s.free = make([]T, max(n, s.next))
	}
	kept := s.free[:n:n]
	s.free = s.free[n:]
	copy(kept, values)
	return kept
}
