package facts

import (
	"strings"
	"unicode/utf8"
)

// A lexicon knows the names and terms of a base in one language. It reads a
// text as a row of senses: names by their id, words that mean the same here by
// their group, other words by their stem.
type lexicon struct {
	cjk    bool
	words  trie[string] // over words and stems: alphabetic text
	runes  trie[rune]   // over letters: CJK text
	groups []sensed     // by number
	names  []*Name      // by number, for groups that are names
	index  map[string]int
}

// A sensed is what a lexicon entry means.
type sensed struct {
	term string // the term of the sense view
	name int    // number of the name, or -1
}

// A mention is a stretch of a text that the lexicon knows.
type mention struct {
	group      int
	from, to   int // tokens
	start, end int // CJK: letters of the flattened text
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
	l := &lexicon{cjk: cjkLanguage(lang), words: newTrie[string](), runes: newTrie[rune](), index: map[string]int{}}
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
		l.groups = append(l.groups, sensed{term: "name:" + meaning, name: len(l.names)})
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
		keys := make([]string, len(tokens))
		for i, t := range tokens {
			keys[i] = "=" + t.text
		}
		l.words.add(keys, end)
	}
}

func (l *lexicon) addTerms(base string, g TermGroup) {
	if len(g.Words) == 0 {
		return
	}
	group := len(l.groups)
	l.groups = append(l.groups, sensed{term: "term:" + base + ":" + g.Words[0], name: -1})
	for _, w := range g.Words {
		tokens := tokenize(w, nil)
		if l.cjk {
			l.runes.add(flat(tokens), trieEnd{group: group})
			continue
		}
		keys := make([]string, len(tokens))
		for i, t := range tokens {
			keys[i] = stemOf(t.text)
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

// senses returns the terms of the sense view of a text: what the lexicon
// knows by group, and the rest of the words that matter by themselves.
func (l *lexicon) senses(tokens []token, buf []string) []string {
	covered := make([]bool, len(tokens))
	for _, m := range l.mentions(tokens) {
		term := l.groups[m.group].term
		buf = append(buf, term)
		for i := m.from; i < m.to; i++ {
			covered[i] = true
		}
	}
	for i, t := range tokens {
		if !covered[i] && !t.cjk && !stopWords[t.text] {
			buf = append(buf, stemOf(t.text))
		}
	}
	return buf
}

// mentions finds every name and term, longest first from left to right. An
// entry with several meanings gives a mention of each.
func (l *lexicon) mentions(tokens []token) []mention {
	if l.cjk || hasCJK(tokens) {
		return l.mentionsInRunes(tokens, nil)
	}
	return l.mentionsInWords(tokens, nil)
}

func (l *lexicon) mentionsInWords(tokens []token, found []mention) []mention {
	stems := make([]string, len(tokens))
	for i, t := range tokens {
		stems[i] = stemOf(t.text)
	}
	for i := 0; i < len(tokens); {
		ends, length := l.longestWords(tokens, stems, i)
		for _, e := range ends {
			found = append(found, mention{group: e.group, from: i, to: i + length})
		}
		i += max(1, length)
	}
	return found
}

// longestWords follows names by their words and terms by their stems.
func (l *lexicon) longestWords(tokens []token, stems []string, i int) (best []trieEnd, length int) {
	follow := func(key func(int) string) {
		node := int32(0)
		for j := i; j < len(tokens); j++ {
			child, ok := l.words.next[trieStep[string]{node, key(j)}]
			if !ok {
				return
			}
			node = child
			if ends := fitting(l.words.ends[node], tokens[j]); len(ends) > 0 && j-i+1 > length {
				best, length = ends, j-i+1
			}
		}
	}
	follow(func(j int) string { return "=" + tokens[j].text })
	follow(func(j int) string { return stems[j] })
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

// mentionsInRunes looks through text without word boundaries. In Korean an
// entry begins where a word does, or where another entry ended, unless it is
// long enough to be no accident; alphabetic entries take whole words.
func (l *lexicon) mentionsInRunes(tokens []token, found []mention) []mention {
	var row []rune
	var owner []int
	for i, t := range tokens {
		for _, r := range t.text {
			row = append(row, r)
			owner = append(owner, i)
		}
	}
	free := false
	for i := 0; i < len(row); {
		begins := i == 0 || owner[i] != owner[i-1]
		ends, length := l.longestRunes(row, owner, i)
		if length == 0 || !begins && !free && isHangul(row[i]) && length < 3 {
			free = false
			i++
			continue
		}
		for _, e := range ends {
			found = append(found, mention{group: e.group, from: owner[i], to: owner[i+length-1] + 1, start: i, end: i + length})
		}
		i += length
		free = true
	}
	return found
}

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
		if ends := l.runes.ends[node]; len(ends) > 0 && (scriptOf(row[j]) != latin || wordEnds) {
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

var _ = utf8.RuneLen
