package facts

import (
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
)

// A textTable numbers distinct texts from 0, in the order in which they come.
// It keeps them side by side and finds them by open addressing: a quarter of
// the memory of a map with its strings, and nothing for the garbage collector
// to follow.
type textTable struct {
	seed    maphash.Seed
	letters strings.Builder // never shrinks, so texts handed out stay good
	ends    []uint32        // by number: where its text ends
	slots   []uint32        // number + 1 in the low bits, a tag of the hash above; 0 is free
}

const fewestSlots = 8

// newTextTable returns a table with room for count texts of size bytes
// together. It grows beyond.
func newTextTable(count, size int) *textTable {
	t := &textTable{seed: maphash.MakeSeed(), ends: make([]uint32, 0, count), slots: make([]uint32, slotsFor(count))}
	t.letters.Grow(size)
	return t
}

// slotsFor returns how many slots count keys need: a power of two of which they
// fill three quarters at the most.
func slotsFor(count int) int {
	n := max(fewestSlots, count+count/3+1)
	return 1 << bits.Len(uint(n-1))
}

func (t *textTable) len() int { return len(t.ends) }

// text returns the text with a number.
func (t *textTable) text(id uint32) string {
	start := uint32(0)
	if id > 0 {
		start = t.ends[id-1]
	}
	return t.letters.String()[start:t.ends[id]]
}

// id returns the number of a text; ok is false when the table lacks it.
func (t *textTable) id(s string) (id uint32, ok bool) {
	_, id, ok = t.find(s, maphash.String(t.seed, s))
	return id, ok
}

// add returns the number of a text and enters it if it is new.
func (t *textTable) add(s string) (id uint32, isNew bool) {
	hash := maphash.String(t.seed, s)
	slot, id, ok := t.find(s, hash)
	if ok {
		return id, false
	}
	id = uint32(len(t.ends))
	t.letters.WriteString(s)
	t.ends = append(t.ends, uint32(t.letters.Len()))
	t.slots[slot] = t.tagOf(hash) | (id + 1)
	if len(t.slots) < slotsFor(len(t.ends)) {
		t.rehash(2 * len(t.slots))
	}
	return id, true
}

// tagOf is what a slot keeps of a hash above its number.
func (t *textTable) tagOf(hash uint64) uint32 { return uint32(hash>>32) &^ uint32(len(t.slots)-1) }

// find returns where a text is, or the slot to put it in.
func (t *textTable) find(s string, hash uint64) (slot int, id uint32, ok bool) {
	mask := uint32(len(t.slots) - 1)
	tag := t.tagOf(hash)
	at := uint32(hash) & mask
	for ; t.slots[at] != 0; at = (at + 1) & mask {
		if v := t.slots[at]; v&^mask == tag && t.text(v&mask-1) == s {
			return int(at), v&mask - 1, true
		}
	}
	return int(at), 0, false
}

func (t *textTable) rehash(slots int) {
	t.slots = make([]uint32, slots)
	mask := uint32(slots - 1)
	for id := range t.ends {
		hash := maphash.String(t.seed, t.text(uint32(id)))
		at := uint32(hash) & mask
		for t.slots[at] != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = t.tagOf(hash) | uint32(id+1)
	}
}

// trim gives back the room that was kept for more.
func (t *textTable) trim() {
	if all := t.letters.String(); t.letters.Cap() > len(all)+len(all)/16 {
		t.letters = strings.Builder{}
		t.letters.Grow(len(all))
		t.letters.WriteString(all)
	}
	t.ends = trimmed(t.ends)
	if slots := slotsFor(len(t.ends)); slots < len(t.slots) {
		t.rehash(slots)
	}
}

// sameAs reports whether two tables number the same texts the same way.
func (t *textTable) sameAs(o *textTable) bool {
	return t.len() == o.len() && t.letters.String() == o.letters.String() && slices.Equal(t.ends, o.ends)
}

// all returns the texts by number, a line each.
func (t *textTable) all() string {
	var b strings.Builder
	for id := range t.ends {
		b.WriteString(t.text(uint32(id)))
		b.WriteByte('\n')
	}
	return b.String()
}

// trimmed returns the list in an array of its own length, if much more is
// kept for it.
func trimmed[T any](list []T) []T {
	if cap(list) <= len(list)+len(list)/16 {
		return list
	}
	exact := make([]T, len(list))
	copy(exact, list)
	return exact
}
