package facts

import (
	"strings"
)

// A lexicon knows the names and terms of a base in one language. It reads a
// text as a row of senses: names by their id, words that mean the same here by
// their group, other words by their stem.
type lexicon struct {
	cjk    bool
	words  trie[wordKey] // alphabetic text
	runes  trie[rune]    // CJK text, letter by letter
	groups []sensed      // by number
	names  []*Name       // by number, for groups that are names
	index  map[string]int
}

// A sensed is what a lexicon entry means.
type sensed struct {
	meaning string // what tells it apart
	term    uint32 // its term in the sense view
	name    int    // number of the name, or -1
}

// A mention is a stretch of a text that the lexicon knows.
type mention struct {
	group      int
	from, to   int // tokens
	start, end int // CJK: letters of the flattened text
}

// A wordKey is a word as written, for names, or a stem, for terms.
type wordKey struct {
	text  string
	exact bool
}

// A trie finds the longest of many sequences that starts at a place.
type trie[K comparable] struct {
	next map[trieStep[K]]int32
	ends map[int32][]trieEnd
	size int32
}

type trieStep[K comparable] struct {
	node int32
	key  K
}

type trieEnd struct {
	group int
	raw   string // to be matched as typed: a case-sensitive entry
	whole bool   // to be matched as written, not by stem
}

func newTrie[K comparable]() trie[K] {
	return trie[K]{next: map[trieStep[K]]int32{}, ends: map[int32][]trieEnd{}}
}

func (t *trie[K]) add(keys []K, end trieEnd) {
	if len(keys) == 0 {
		return
	}
	node := int32(0)
	for _, k := range keys {
		step := trieStep[K]{node, k}
		child, ok := t.next[step]
		if !ok {
			t.size++
			child = t.size
			t.next[step] = child
		}
		node = child
	}
	for _, e := range t.ends[node] {
		if e == end {
			return
		}
	}
	t.ends[node] = append(t.ends[node], end)
}

// newLexicon compiles what bases say about names and terms in lang; nil when
// they say nothing. Names keep their spellings in every script, since people
// mix them.
func newLexicon(lang string, bases []*Base) *lexicon {
	l := &lexicon{cjk: cjkLanguage(lang), words: newTrie[wordKey](), runes: newTrie[rune](), index: map[string]int{}}
	for _, b := range bases {
		for i := range b.Names {
			l.addName(&b.Names[i], lang)
		}
		for _, g := range b.Terms {
			if g.Lang == lang {
				l.addTerms(b.ID, g)
			}
		}
	}
	if len(l.groups) == 0 {
		return nil
	}
	return l
}

func (l *lexicon) addName(n *Name, lang string) {
	group, ok := l.index[n.ID]
	if !ok {
		group = len(l.groups)
		meaning := n.ID
		if n.StandsFor != "" {
			meaning = n.StandsFor
		}
		l.groups = append(l.groups, sensed{meaning: "name:" + meaning, name: len(l.names)})
		l.names = append(l.names, n)
		l.index[n.ID] = group
	}
	for _, s := range n.Spellings {
		if s.Lang == lang || isCJK(s.Text) != l.cjk {
			l.addSpelling(s.Text, group)
		}
	}
}

func (l *lexicon) addSpelling(text string, group int) {
	raw, exact := strings.CutPrefix(text, "=")
	end := trieEnd{group: group, whole: true}
	tokens := tokenize(raw, nil)
	if exact && len(tokens) == 1 {
		end.raw = tokens[0].raw
	}
	if hasCJK(tokens) || l.cjk {
		l.runes.add(flat(tokens), trieEnd{group: group})
	}
	if !hasCJK(tokens) && !l.cjk {
		keys := make([]wordKey, len(tokens))
		for i, t := range tokens {
			keys[i] = wordKey{t.text, true}
		}
		l.words.add(keys, end)
	}
}

func (l *lexicon) addTerms(base string, g TermGroup) {
	if len(g.Words) == 0 {
		return
	}
	group := len(l.groups)
	l.groups = append(l.groups, sensed{meaning: "term:" + base + ":" + g.Words[0], name: -1})
	for _, w := range g.Words {
		tokens := tokenize(w, nil)
		if l.cjk {
			l.runes.add(flat(tokens), trieEnd{group: group})
			continue
		}
		if len(tokens) == 1 && stopWords[tokens[0].text] {
			continue
		}
		keys := make([]wordKey, len(tokens))
		for i, t := range tokens {
			keys[i] = wordKey{stemOf(t.text), false}
		}
		l.words.add(keys, trieEnd{group: group})
	}
}

func hasCJK(tokens []token) bool {
	for _, t := range tokens {
		if t.cjk {
			return true
		}
	}
	return false
}

// flat writes tokens as one row of letters without spaces.
func flat(tokens []token) []rune {
	var out []rune
	for _, t := range tokens {
		out = append(out, []rune(t.text)...)
	}
	return out
}

// A reading is what a lexicon makes of a text. It keeps its buffers.
type reading struct {
	mentions []mention
	covered  []bool // by token: part of a mention
	row      []rune // CJK: the letters of all tokens
	owner    []int  // by letter: its token
}

// read finds every name and term, longest first from left to right. An entry
// with several meanings gives a mention of each. roots are the tokens' stems.
func (l *lexicon) read(tokens []token, roots []string, r *reading) {
	r.mentions = r.mentions[:0]
	if l.cjk || hasCJK(tokens) {
		l.readRunes(tokens, r)
	} else {
		l.readWords(tokens, roots, r)
	}
	r.covered = grow(r.covered, len(tokens))
	for _, m := range r.mentions {
		for i := m.from; i < m.to; i++ {
			r.covered[i] = true
		}
	}
}

func (l *lexicon) readWords(tokens []token, roots []string, r *reading) {
	for i := 0; i < len(tokens); {
		ends, length := l.longestWords(tokens, roots, i)
		for _, e := range ends {
			r.mentions = append(r.mentions, mention{group: e.group, from: i, to: i + length})
		}
		i += max(1, length)
	}
}

// longestWords follows names by their words and terms by their stems.
func (l *lexicon) longestWords(tokens []token, roots []string, i int) (best []trieEnd, length int) {
	for _, exact := range [2]bool{true, false} {
		node := int32(0)
		for j := i; j < len(tokens); j++ {
			key := wordKey{roots[j], false}
			if exact {
				key = wordKey{tokens[j].text, true}
			}
			child, ok := l.words.next[trieStep[wordKey]{node, key}]
			if !ok {
				break
			}
			node = child
			if ends := fitting(l.words.ends[node], tokens[j]); len(ends) > 0 && j-i+1 > length {
				best, length = ends, j-i+1
			}
		}
	}
	return best, length
}

// fitting leaves out entries that want another capitalisation.
func fitting(ends []trieEnd, t token) []trieEnd {
	for i, e := range ends {
		if e.raw != "" && e.raw != t.raw {
			rest := append([]trieEnd(nil), ends[:i]...)
			return append(rest, fitting(ends[i+1:], t)...)
		}
	}
	return ends
}

// readRunes looks through text without word boundaries. In Korean an
// entry begins where a word does, or where another entry ended, unless it is
// long enough to be no accident; alphabetic entries take whole words.
func (l *lexicon) readRunes(tokens []token, r *reading) {
	r.row, r.owner = r.row[:0], r.owner[:0]
	for i, t := range tokens {
		for _, letter := range t.text {
			r.row = append(r.row, letter)
			r.owner = append(r.owner, i)
		}
	}
	free := false
	for i := 0; i < len(r.row); {
		begins := i == 0 || r.owner[i] != r.owner[i-1]
		ends, length := l.longestRunes(r.row, r.owner, i)
		if length == 0 || !begins && !free && isHangul(r.row[i]) && length < 3 {
			free = false
			i++
			continue
		}
		for _, e := range ends {
			r.mentions = append(r.mentions, mention{group: e.group, from: r.owner[i], to: r.owner[i+length-1] + 1, start: i, end: i + length})
		}
		i += length
		free = true
	}
}

// shortestAcross is the length from which a Korean entry may run over a
// space: 이시바 총리, but not 회담 중 국가안보실장 for 중국.
const shortestAcross = 4

func isHangul(r rune) bool { return scriptOf(r) == hangul }

func (l *lexicon) longestRunes(row []rune, owner []int, i int) (best []trieEnd, length int) {
	node := int32(0)
	if scriptOf(row[i]) == latin && i > 0 && owner[i] == owner[i-1] {
		return nil, 0
	}
	for j := i; j < len(row); j++ {
		child, ok := l.runes.next[trieStep[rune]{node, row[j]}]
		if !ok {
			break
		}
		node = child
		wordEnds := j+1 == len(row) || owner[j+1] != owner[j]
		short := owner[j] != owner[i] && j-i+1 < shortestAcross && isHangul(row[j])
		if ends := l.runes.ends[node]; len(ends) > 0 && !short && (scriptOf(row[j]) != latin || wordEnds) {
			best, length = ends, j-i+1
		}
	}
	return best, length
}

// named returns the name of a group, or nil for a group of terms.
func (l *lexicon) named(group int) *Name {
	if n := l.groups[group].name; n >= 0 {
		return l.names[n]
	}
	return nil
}
