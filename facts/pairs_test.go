package facts

import "testing"

// TestPairTable numbers four pairs of three stems from 10 on.
func TestPairTable(t *testing.T) {
	keys := []uint64{pairKey(0, 2), pairKey(2, 1), pairKey(2, stemMark), pairKey(stemMark, 0)}
	table := newPairTable(keys, 3, 10)
	for i, k := range keys {
		if id, ok := table.id(uint32(k>>32), uint32(k)); !ok || int(id) != 10+i {
			t.Errorf("pair %d: got %d, %t", i, id, ok)
		}
	}
	for _, k := range [][2]uint32{{0, 1}, {0, stemMark}, {1, 2}, {2, 0}, {stemMark, 1}, {stemMark, stemMark}} {
		if id, ok := table.id(k[0], k[1]); ok {
			t.Errorf("%v: got %d", k, id)
		}
	}
	none := newPairTable(nil, 0, 0)
	if _, ok := none.id(stemMark, stemMark); ok {
		t.Error("an empty table has a pair")
	}
}
