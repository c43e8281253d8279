package facts

// A keyTable holds a value for each of many whole numbers, by open addressing.
// The zero table is empty and ready.
type keyTable[V any] struct {
	slots []keySlot[V]
	used  int
}

type keySlot[V any] struct {
	key   uint64 // + 1; 0 is free
	value V
}

// reserve makes room for that many keys in an empty table.
func (t *keyTable[V]) reserve(keys int) { t.slots = make([]keySlot[V], slotsFor(keys)) }

// at returns the value of a key, which is zero when the key is new. It is good
// until the next call. The highest key there is cannot be kept.
func (t *keyTable[V]) at(key uint64) *V {
	if len(t.slots) < slotsFor(t.used+1) {
		t.grow()
	}
	slot := t.find(key + 1)
	if slot.key == 0 {
		slot.key = key + 1
		t.used++
	}
	return &slot.value
}

// find returns the slot of a marked key, or the free one that it would get.
func (t *keyTable[V]) find(marked uint64) *keySlot[V] {
	mask := len(t.slots) - 1
	at := int(spread(marked)) & mask
	for t.slots[at].key != 0 && t.slots[at].key != marked {
		at = (at + 1) & mask
	}
	return &t.slots[at]
}

func (t *keyTable[V]) grow() {
	old := t.slots
	t.slots = make([]keySlot[V], max(fewestSlots, 2*len(old)))
	for i := range old {
		if old[i].key != 0 {
			*t.find(old[i].key) = old[i]
		}
	}
}

// each calls visit with every key and value, in no order.
func (t *keyTable[V]) each(visit func(key uint64, value V)) {
	for i := range t.slots {
		if s := &t.slots[i]; s.key != 0 {
			visit(s.key-1, s.value)
		}
	}
}

// spread mixes the bits of a key, so that neighbours do not crowd (the
// finalizer of MurmurHash3).
func spread(k uint64) uint64 {
	k ^= k >> 33
	k *= 0xff51afd7ed558ccd
	k ^= k >> 33
	k *= 0xc4ceb9fe1a85ec53
	return k ^ k>>33
}
