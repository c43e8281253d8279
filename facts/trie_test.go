package facts

import (
	"slices"
	"testing"
)

// TestTrie enters sequences in an order that is not theirs, one with two
// meanings and one twice.
func TestTrie(t *testing.T) {
	var b trieBuilder
	b.add([]uint32{9, 1}, trieEnd{0, -1})
	b.add([]uint32{4, 2, 6}, trieEnd{1, -1})
	b.add([]uint32{4, 2}, trieEnd{3, -1})
	b.add([]uint32{4, 2}, trieEnd{2, 5})
	b.add([]uint32{4, 2}, trieEnd{3, -1})
	b.add([]uint32{9}, trieEnd{4, -1})
	b.add(nil, trieEnd{5, -1})
	trie := b.build()
	tests := []struct {
		keys []uint32
		ok   bool
		want []trieEnd
	}{
		{nil, true, nil},
		{[]uint32{9}, true, []trieEnd{{4, -1}}},
		{[]uint32{9, 1}, true, []trieEnd{{0, -1}}},
		{[]uint32{9, 2}, false, nil},
		{[]uint32{4}, true, nil},
		{[]uint32{4, 2}, true, []trieEnd{{3, -1}, {2, 5}}}, // as entered
		{[]uint32{4, 2, 6}, true, []trieEnd{{1, -1}}},
		{[]uint32{4, 2, 6, 6}, false, nil},
		{[]uint32{noKey}, false, nil},
	}
	for _, tt := range tests {
		node, ok := uint32(0), true
		for _, key := range tt.keys {
			if node, ok = trie.step(node, key); !ok {
				break
			}
		}
		if ok != tt.ok || ok && !slices.Equal(trie.endsOf(node), tt.want) {
			t.Errorf("%v: got %t, %v", tt.keys, ok, trie.endsOf(node))
		}
	}
	empty := (&trieBuilder{}).build()
	if _, ok := empty.step(0, 1); ok || len(empty.endsOf(0)) != 0 {
		t.Error("an empty trie holds something")
	}
}
