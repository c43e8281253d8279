package facts

import (
	"math"
	"testing"
)

func TestNumbers(t *testing.T) {
	tests := []struct {
		name  string
		list  []uint32
		short bool
	}{
		{"none", nil, true},
		{"small", []uint32{0, 7, math.MaxUint16}, true},
		{"one is large", []uint32{0, math.MaxUint16 + 1, 7}, false},
	}
	for _, tt := range tests {
		n := newNumbers(tt.list)
		if n.len() != len(tt.list) || (n.long == nil) != tt.short {
			t.Errorf("%s: %d numbers, short %t", tt.name, n.len(), n.long == nil)
		}
		for i, want := range tt.list {
			if got := n.at(uint32(i)); got != want {
				t.Errorf("%s: number %d is %d, want %d", tt.name, i, got, want)
			}
		}
	}
}

// TestNumbersHolds looks between 3 and 5 in parts of 1 2 4 7 9.
func TestNumbersHolds(t *testing.T) {
	n := newNumbers([]uint32{1, 2, 4, 7, 9})
	tests := []struct {
		part     stretch
		from, to uint32
		want     bool
	}{
		{stretch{0, 5}, 3, 5, true},
		{stretch{0, 5}, 5, 7, false},
		{stretch{0, 5}, 9, 10, true},
		{stretch{0, 5}, 10, 20, false},
		{stretch{0, 5}, 0, 1, false},
		{stretch{0, 5}, 0, 2, true},
		{stretch{0, 2}, 3, 5, false}, // 4 stands behind the part
		{stretch{3, 5}, 1, 5, false}, // … and before it
		{stretch{2, 2}, 0, 9, false},
		{stretch{0, 5}, 4, 4, false},
	}
	for _, tt := range tests {
		if got := n.holds(tt.part, tt.from, tt.to); got != tt.want {
			t.Errorf("%+v has one of %d to %d: got %t", tt.part, tt.from, tt.to, got)
		}
	}
}
