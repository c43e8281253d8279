package facts

import "slices"

// A pairTable numbers neighbouring stems: for each left one its right ones in
// order. stemMark on the left has the last row.
type pairTable struct {
	first uint32   // number of the first pair
	at    []uint32 // by left stem: where its row starts
	right []uint32
}

// pairKey names two neighbouring stems; stemMark stands before the first and
// after the last.
func pairKey(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

const stemMark = 1<<32 - 1

// newPairTable numbers sorted keys of pairs of so many stems from first on.
func newPairTable(keys []uint64, stems int, first uint32) pairTable {
	t := pairTable{first: first, right: make([]uint32, len(keys)), at: make([]uint32, stems+2)}
	for i, k := range keys {
		t.right[i] = uint32(k)
		t.at[t.row(uint32(k>>32))+1] = uint32(i + 1)
	}
	fillGaps(t.at)
	return t
}

// row is where the pairs of a left stem are listed.
func (t *pairTable) row(left uint32) int { return min(int(left), len(t.at)-2) }

// id returns the number of a pair; ok is false for one that is not listed.
func (t *pairTable) id(left, right uint32) (id uint32, ok bool) {
	row := t.row(left)
	from := t.at[row]
	i, ok := slices.BinarySearch(t.right[from:t.at[row+1]], right)
	return t.first + from + uint32(i), ok
}

// fillGaps lets empty rows end where the row before them does.
func fillGaps(at []uint32) {
	for i := 1; i < len(at); i++ {
		at[i] = max(at[i], at[i-1])
	}
}
