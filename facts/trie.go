package facts

import (
	"cmp"
	"slices"
)

// A trie finds the longest of many sequences that starts at a place. Its nodes
// are numbered level by level, so that the children of a node follow each
// other: children first[n]+1 … first[n+1] of node n are led to by the keys one
// place lower. Node 0 is the root.
type trie struct {
	first  []uint32
	keys   []uint32
	endsAt []uint32 // by node: where its ends start
	ends   []trieEnd
}

// A trieEnd is what a sequence means.
type trieEnd struct {
	group int32
	raw   int32 // number of the text to be matched as typed, or -1: a case-sensitive entry
}

// step follows a key from a node.
func (t *trie) step(node, key uint32) (child uint32, ok bool) {
	from := t.first[node]
	i, ok := slices.BinarySearch(t.keys[from:t.first[node+1]], key)
	return from + uint32(i) + 1, ok
}

// endsOf returns what the sequence that leads to a node means, in the order in
// which it was entered.
func (t *trie) endsOf(node uint32) []trieEnd { return t.ends[t.endsAt[node]:t.endsAt[node+1]] }

// A trieBuilder collects sequences.
type trieBuilder struct {
	next keyTable[uint32] // child by node and key
	size uint32           // nodes besides the root
	ends []nodeEnd
}

type nodeEnd struct {
	node uint32
	trieEnd
}

func (b *trieBuilder) add(keys []uint32, end trieEnd) {
	if len(keys) == 0 {
		return
	}
	node := uint32(0)
	for _, k := range keys {
		child := b.next.at(uint64(node)<<32 | uint64(k))
		if *child == 0 {
			b.size++
			*child = b.size
		}
		node = *child
	}
	b.ends = append(b.ends, nodeEnd{node, end})
}

// build lays the trie out.
func (b *trieBuilder) build() trie {
	type edge struct {
		key   uint64
		child uint32
	}
	edges := make([]edge, 0, b.size)
	b.next.each(func(key uint64, child uint32) { edges = append(edges, edge{key, child}) })
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.key, b.key) })
	at := make([]uint32, b.size+2) // by node as collected: its edges
	for i, e := range edges {
		at[e.key>>32+1] = uint32(i + 1)
	}
	fillGaps(at)

	t := trie{first: make([]uint32, b.size+2), keys: make([]uint32, 0, b.size)}
	nodes := make([]uint32, 1, b.size+1) // by number: as collected
	number := make([]uint32, b.size+1)   // the other way
	for n := 0; n < len(nodes); n++ {
		number[nodes[n]] = uint32(n)
		for _, e := range edges[at[nodes[n]]:at[nodes[n]+1]] {
			t.keys = append(t.keys, uint32(e.key))
			nodes = append(nodes, e.child)
		}
		t.first[n+1] = uint32(len(t.keys))
	}
	for i := range b.ends {
		b.ends[i].node = number[b.ends[i].node]
	}
	t.placeEnds(b.ends)
	return t
}

// placeEnds sorts what nodes mean by node and drops what is said twice.
func (t *trie) placeEnds(ends []nodeEnd) {
	slices.SortStableFunc(ends, func(a, b nodeEnd) int { return cmp.Compare(a.node, b.node) })
	t.endsAt = make([]uint32, len(t.first))
	t.ends = make([]trieEnd, 0, len(ends))
	from := 0 // where the ends of this node start
	for i, e := range ends {
		if i > 0 && e.node != ends[i-1].node {
			from = len(t.ends)
		}
		if !slices.Contains(t.ends[from:], e.trieEnd) {
			t.ends = append(t.ends, e.trieEnd)
		}
		t.endsAt[e.node+1] = uint32(len(t.ends))
	}
	fillGaps(t.endsAt)
}
