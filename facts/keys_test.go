package facts

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestKeyTable counts keys, the lowest and the highest among them, as a map
// does.
func TestKeyTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, room := range []int{0, 5000} {
		var table keyTable[int]
		if room > 0 {
			table.reserve(room)
		}
		want := map[uint64]int{}
		count := func(key uint64) {
			*table.at(key)++
			want[key]++
		}
		for range 3 {
			count(0)
			count(math.MaxUint64 - 1)
		}
		for range 10_000 {
			count(rng.Uint64N(2000) << rng.UintN(40))
		}
		if table.used != len(want) {
			t.Errorf("%d keys, want %d", table.used, len(want))
		}
		seen := 0
		table.each(func(key uint64, n int) {
			seen++
			if want[key] != n {
				t.Errorf("key %d: got %d, want %d", key, n, want[key])
			}
		})
		if seen != len(want) {
			t.Errorf("%d keys were visited, want %d", seen, len(want))
		}
	}
}
