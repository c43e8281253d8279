package facts

import (
	"hash/maphash"
	"slices"
	"sync"
)

// MaxGroupTexts is how many texts Groups hold at most. Each takes some 300 bytes
// and what its text takes, which counts up to MaxQuestion characters.
const MaxGroupTexts = 50_000

// Groups find questions that ask the same in other words of courtesy, another
// spelling, spacing or order. Questions with other names, numbers or question
// words, with a "not" more, or that differ in any word that says something, are
// never the same. Texts are held by the id of their group; a group may have many
// in many languages. Groups are safe for use by many goroutines.
type Groups struct {
	lock     sync.RWMutex
	seed     maphash.Seed
	snapshot *Snapshot
	texts    map[int64][]groupText // by id
	byKey    map[uint64][]int64    // ids by row and by bag, in the order in which they came
	count    int
}

type groupText struct {
	lang, text string
	sameness
}

// NewGroups returns empty groups that read texts as a snapshot does: with its
// names and terms, and slips taken for its words.
func NewGroups(s *Snapshot) *Groups {
	return &Groups{seed: maphash.MakeSeed(), snapshot: s, texts: map[int64][]groupText{}, byKey: map[uint64][]int64{}}
}

// Use reads all texts again as another snapshot does, which takes some 20 µs for
// each, and lets go of the one before.
func (g *Groups) Use(s *Snapshot) {
	anew := NewGroups(s)
	g.lock.Lock()
	defer g.lock.Unlock()
	ids := make([]int64, 0, len(g.texts))
	for id := range g.texts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		for _, t := range g.texts[id] {
			anew.add(id, t.lang, t.text, anew.seed)
		}
	}
	g.seed, g.snapshot, g.texts, g.byKey, g.count = anew.seed, s, anew.texts, anew.byKey, anew.count
}

// Add adds a text to a group. It reports whether the text is held: not when it
// has no words or is too long, or when there are MaxGroupTexts.
func (g *Groups) Add(id int64, lang, text string) bool {
	g.lock.Lock()
	defer g.lock.Unlock()
	return g.add(id, lang, text, g.seed)
}

func (g *Groups) add(id int64, lang, text string, seed maphash.Seed) bool {
	s, ok := sameIn(g.snapshot, lang, text, seed)
	if !ok || g.count >= MaxGroupTexts {
		return false
	}
	for _, t := range g.texts[id] {
		if t.lang == lang && t.row == s.row && t.bag == s.bag && slices.Equal(t.order, s.order) {
			return true
		}
	}
	g.texts[id] = append(g.texts[id], groupText{lang, text, s})
	g.count++
	for _, key := range s.keys() {
		if !slices.Contains(g.byKey[key], id) {
			g.byKey[key] = append(g.byKey[key], id)
		}
	}
	return true
}

// keys are what a text is found by.
func (s sameness) keys() []uint64 {
	var keys []uint64
	for _, k := range []uint64{s.row, s.bag} {
		if k != 0 {
			keys = append(keys, k)
		}
	}
	return keys
}

// Remove drops a group.
func (g *Groups) Remove(id int64) {
	g.lock.Lock()
	defer g.lock.Unlock()
	for _, t := range g.texts[id] {
		for _, key := range t.keys() {
			ids := slices.DeleteFunc(g.byKey[key], func(other int64) bool { return other == id })
			if g.byKey[key] = ids; len(ids) == 0 {
				delete(g.byKey, key)
			}
		}
	}
	g.count -= len(g.texts[id])
	delete(g.texts, id)
}

// Find returns the group, of those that came first, with a text in lang that
// asks the same.
func (g *Groups) Find(lang, text string) (id int64, ok bool) {
	g.lock.RLock()
	defer g.lock.RUnlock()
	s, ok := sameIn(g.snapshot, lang, text, g.seed)
	if !ok {
		return 0, false
	}
	for _, key := range s.keys() {
		for _, id := range g.byKey[key] {
			for _, t := range g.texts[id] {
				if t.lang == lang && t.same(s) {
					return id, true
				}
			}
		}
	}
	return 0, false
}

// Len is how many texts there are.
func (g *Groups) Len() int {
	g.lock.RLock()
	defer g.lock.RUnlock()
	return g.count
}

// sameIn works out what has to be the same with the index of a language, if the
// snapshot has it.
func sameIn(s *Snapshot, lang, text string, seed maphash.Seed) (sameness, bool) {
	if len(text) > 4*MaxQuestion {
		return sameness{}, false
	}
	m := samer{lang: lang, seed: seed}
	if s != nil {
		if li := s.indexes[lang]; li != nil {
			m.x = li.get()
		}
	}
	return m.of(text)
}
