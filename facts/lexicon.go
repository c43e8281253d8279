package facts

import (
	"slices"
	"strings"
)

// A lexicon knows the names and terms of a base in one language. It reads a
// text as a row of senses: names by their id, words that mean the same here by
// their group, other words by their stem.
type lexicon struct {
	cjk    bool
	spelt  *textTable // the words of alphabetic entries and the stems of terms
	words  trie       // alphabetic text, by wordKey
	runes  trie       // CJK text, letter by letter
	raws   []string   // by number: how case-sensitive entries are typed
	groups []sensed   // by number
	names  []*Name    // by number, for groups that are names

	*lexiconSource // nil once the lexicon is part of an index
}

// A lexiconSource is what only building needs.
type lexiconSource struct {
	index    map[string]int // group of a name
	meanings []string       // by group: what tells it apart
	byWord   trieBuilder
	byRune   trieBuilder
	tokens   []token
	keys     []uint32
}

// A sensed is what a lexicon entry means.
type sensed struct {
	term uint32 // its term in the sense view
	name int32  // number of the name, or -1
}

// A mention is a stretch of a text that the lexicon knows.
type mention struct {
	group      int
	from, to   int // tokens
	start, end int // CJK: letters of the flattened text
}

// wordKey is the key of a word in the trie of words: as written, for names, or
// a stem, for terms.
func wordKey(number uint32, exact bool) uint32 {
	if exact {
		return number<<1 | 1
	}
	return number << 1
}

// newLexicon compiles what bases say about names and terms in lang; nil when
// they say nothing. Names keep their spellings in every script, since people
// mix them.
func newLexicon(lang string, bases []*Base) *lexicon {
	l := &lexicon{cjk: cjkLanguage(lang), spelt: newTextTable(0, 0), lexiconSource: &lexiconSource{index: map[string]int{}}}
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
	l.words, l.runes = l.byWord.build(), l.byRune.build()
	l.spelt.trim()
	return l
}

func (l *lexicon) addName(n *Name, lang string) {
	group, ok := l.index[n.ID]
	if !ok {
		meaning := n.ID
		if n.StandsFor != "" {
			meaning = n.StandsFor
		}
		group = l.addGroup("name:"+meaning, int32(len(l.names)))
		l.names = append(l.names, n)
		l.index[n.ID] = group
	}
	for _, s := range n.Spellings {
		if spelt(s, lang) {
			l.addSpelling(s.Text, int32(group))
		}
	}
}

// spelt reports whether a spelling is one that texts in lang may use: its own,
// or one of another script.
func spelt(s Phrase, lang string) bool { return s.Lang == lang || isCJK(s.Text) != cjkLanguage(lang) }

func (l *lexicon) addGroup(meaning string, name int32) (group int) {
	l.groups = append(l.groups, sensed{name: name})
	l.meanings = append(l.meanings, meaning)
	return len(l.groups) - 1
}

func (l *lexicon) addSpelling(text string, group int32) {
	raw, exact := strings.CutPrefix(text, "=")
	l.tokens = tokenize(raw, l.tokens[:0])
	if hasCJK(l.tokens) || l.cjk {
		l.byRune.add(l.flat(), trieEnd{group, -1})
		return
	}
	end := trieEnd{group, -1}
	if exact && len(l.tokens) == 1 {
		end.raw = l.rawNumber(l.tokens[0].raw)
	}
	l.keys = l.keys[:0]
	for _, t := range l.tokens {
		l.keys = append(l.keys, l.spell(t.text, true))
	}
	l.byWord.add(l.keys, end)
}

// rawNumber numbers the few texts that are to be matched as typed.
func (l *lexicon) rawNumber(raw string) int32 {
	i := slices.Index(l.raws, raw)
	if i < 0 {
		i = len(l.raws)
		l.raws = append(l.raws, raw)
	}
	return int32(i)
}

func (l *lexicon) spell(text string, exact bool) uint32 {
	number, _ := l.spelt.add(text)
	return wordKey(number, exact)
}

func (l *lexicon) addTerms(base string, g TermGroup) {
	if len(g.Words) == 0 {
		return
	}
	end := trieEnd{int32(l.addGroup("term:"+base+":"+g.Words[0], -1)), -1}
	for _, w := range g.Words {
		l.tokens = tokenize(w, l.tokens[:0])
		if l.cjk {
			l.byRune.add(l.flat(), end)
			continue
		}
		if len(l.tokens) == 1 && stopWords[l.tokens[0].text] {
			continue
		}
		l.keys = l.keys[:0]
		for _, t := range l.tokens {
			l.keys = append(l.keys, l.spell(stemOf(t.text), false))
		}
		l.byWord.add(l.keys, end)
	}
}

// flat writes l.tokens as one row of letters without spaces.
func (l *lexicon) flat() []uint32 {
	l.keys = l.keys[:0]
	for _, t := range l.tokens {
		for _, letter := range t.text {
			l.keys = append(l.keys, uint32(letter))
		}
	}
	return l.keys
}

func hasCJK(tokens []token) bool {
	for _, t := range tokens {
		if t.cjk {
			return true
		}
	}
	return false
}

// A reading is what a lexicon makes of a text. It keeps its buffers.
type reading struct {
	mentions []mention
	covered  []bool      // by token: part of a mention
	keys     [][2]uint32 // by token: its word's key and its stem's, or noKey
	row      []rune      // CJK: the letters of all tokens
	owner    []int       // by letter: its token
	at       []int       // by letter: where it starts in the tokens joined; then where the last ends
}

const noKey = 1<<32 - 1

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
	r.keys = r.keys[:0]
	for i, t := range tokens {
		r.keys = append(r.keys, [2]uint32{l.keyOf(t.text, true), l.keyOf(roots[i], false)})
	}
	for i := 0; i < len(tokens); {
		ends, length := l.longestWords(tokens, r.keys, i)
		for _, e := range ends {
			r.mentions = append(r.mentions, mention{group: int(e.group), from: i, to: i + length})
		}
		i += max(1, length)
	}
}

func (l *lexicon) keyOf(text string, exact bool) uint32 {
	number, ok := l.spelt.id(text)
	if !ok {
		return noKey
	}
	return wordKey(number, exact)
}

// longestWords follows names by their words and terms by their stems.
func (l *lexicon) longestWords(tokens []token, keys [][2]uint32, i int) (best []trieEnd, length int) {
	for form := range keys[i] {
		node := uint32(0)
		for j := i; j < len(tokens) && keys[j][form] != noKey; j++ {
			child, ok := l.words.step(node, keys[j][form])
			if !ok {
				break
			}
			node = child
			if ends := l.fitting(l.words.endsOf(node), tokens[j]); len(ends) > 0 && j-i+1 > length {
				best, length = ends, j-i+1
			}
		}
	}
	return best, length
}

// fitting leaves out entries that want another capitalisation.
func (l *lexicon) fitting(ends []trieEnd, t token) []trieEnd {
	for i, e := range ends {
		if e.raw >= 0 && l.raws[e.raw] != t.raw {
			rest := append([]trieEnd(nil), ends[:i]...)
			return append(rest, l.fitting(ends[i+1:], t)...)
		}
	}
	return ends
}

// readRunes looks through text without word boundaries. In Korean an
// entry begins where a word does, or where another entry ended, unless it is
// long enough to be no accident; alphabetic entries take whole words.
func (l *lexicon) readRunes(tokens []token, r *reading) {
	r.row, r.owner, r.at = r.row[:0], r.owner[:0], r.at[:0]
	start := 0
	for i, t := range tokens {
		for at, letter := range t.text {
			r.row = append(r.row, letter)
			r.owner = append(r.owner, i)
			r.at = append(r.at, start+at)
		}
		start += len(t.text)
	}
	r.at = append(r.at, start)
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
			r.mentions = append(r.mentions, mention{group: int(e.group), from: r.owner[i], to: r.owner[i+length-1] + 1, start: i, end: i + length})
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
	node := uint32(0)
	if scriptOf(row[i]) == latin && i > 0 && owner[i] == owner[i-1] {
		return nil, 0
	}
	for j := i; j < len(row); j++ {
		child, ok := l.runes.step(node, uint32(row[j]))
		if !ok {
			break
		}
		node = child
		wordEnds := j+1 == len(row) || owner[j+1] != owner[j]
		short := owner[j] != owner[i] && j-i+1 < shortestAcross && isHangul(row[j])
		if ends := l.runes.endsOf(node); len(ends) > 0 && !short && (scriptOf(row[j]) != latin || wordEnds) {
			best, length = ends, j-i+1
		}
	}
	return best, length
}

// withNames is l with the names of bases that say the same as those it was
// compiled from, so that it does not keep the latter.
func (l *lexicon) withNames(bases []*Base) *lexicon {
	moved := *l
	moved.names = make([]*Name, 0, len(l.names))
	seen := map[string]bool{}
	for _, b := range bases {
		for i := range b.Names {
			if n := &b.Names[i]; !seen[n.ID] {
				seen[n.ID] = true
				moved.names = append(moved.names, n)
			}
		}
	}
	return &moved
}

// named returns the name of a group, or nil for a group of terms.
func (l *lexicon) named(group int) *Name {
	if n := l.groups[group].name; n >= 0 {
		return l.names[n]
	}
	return nil
}
