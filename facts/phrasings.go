package facts

import (
	"bytes"
	"hash/maphash"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A phrasebook finds phrasings that lead to two places. It knows them by the
// hashes of two forms: folded (spaces, punctuation, case and width do not
// count) and rough (neither do order and small words). Hashes of 64 bits keep
// it small; that two of a million phrasings collide by chance is a matter of
// one load in thirty million.
type phrasebook struct {
	seed   maphash.Seed
	folded map[uint64]heard
	rough  map[uint64]heard
	buf    []byte
	words  [][]byte
}

// heard is the first phrasing of its form.
type heard struct {
	owner owner
	lang  string
	at    place
}

func newPhrasebook() phrasebook {
	return phrasebook{seed: maphash.MakeSeed(), folded: map[uint64]heard{}, rough: map[uint64]heard{}}
}

// phrasing checks a phrasing of o against all before it.
func (d *decoder) phrasing(n *node, o owner, p Phrase) {
	now := heard{o, p.Lang, n.at}
	before, likeness := d.phrasings.add(p.Text, now)
	switch {
	case likeness == wordless:
		d.errorf(n, "%s has no word; write a question", excerpt(p.Text))
	case likeness == unlike:
	case before.owner != o && likeness == same:
		d.errorf(n, "%s leads to `%s` already, at %s; keep it in one place", excerpt(p.Text), d.ownerID(before.owner), d.position(before.at))
	case before.owner != o:
		if !d.report.skipWarning() {
			d.warnf(n, "%s is nearly the same as a phrasing of `%s`, at %s", excerpt(p.Text), d.ownerID(before.owner), d.position(before.at))
		}
	case likeness == same && before.lang == p.Lang:
		if !d.report.skipWarning() {
			d.warnf(n, "%s is here twice, first at %s; keep one", excerpt(p.Text), d.position(before.at))
		}
	}
}

type likeness uint8

const (
	unlike likeness = iota
	same
	nearly
	wordless
)

// add returns the first phrasing of the same form, if there was one.
func (b *phrasebook) add(text string, now heard) (before heard, how likeness) {
	b.buf = foldPhrase(b.buf[:0], text)
	if len(b.buf) == 0 {
		return heard{}, wordless
	}
	key := maphash.Bytes(b.seed, b.buf)
	if before, ok := b.folded[key]; ok {
		return before, same
	}
	b.folded[key] = now
	key, ok := b.roughKey()
	if !ok {
		return heard{}, unlike
	}
	if before, ok := b.rough[key]; ok {
		return before, nearly
	}
	b.rough[key] = now
	return heard{}, unlike
}

// roughKey hashes the sorted words of b.buf without small ones. Of fewer than
// two words too little is left to say that they mean the same.
func (b *phrasebook) roughKey() (key uint64, ok bool) {
	b.words = b.words[:0]
	for word := range bytes.SplitSeq(b.buf, []byte(" ")) {
		if !smallWords[string(word)] {
			b.words = append(b.words, word)
		}
	}
	if len(b.words) < 2 {
		return 0, false
	}
	slices.SortFunc(b.words, bytes.Compare)
	var h maphash.Hash
	h.SetSeed(b.seed)
	for _, word := range b.words {
		h.Write(word)
		h.WriteByte(' ')
	}
	return h.Sum64(), true
}

// smallWords change a question so little that two which differ in nothing
// else would be told apart by chance.
var smallWords = map[string]bool{
	"a": true, "an": true, "the": true, "of": true, "in": true, "at": true, "on": true, "to": true, "for": true,
	"is": true, "are": true, "was": true, "were": true, "do": true, "does": true, "did": true,
	"and": true, "please": true, "me": true, "tell": true,
}

// Folded returns the form in which two phrasings are the same one, which leads
// to one place only; "" for a text without any word.
func Folded(text string) string { return string(foldPhrase(nil, text)) }

// foldPhrase appends text in lower case and NFKC, its words parted by single
// spaces. Signs that carry meaning, such as % and $, stay.
func foldPhrase(dst []byte, text string) []byte {
	if !isASCII(text) {
		text = norm.NFKC.String(text)
	}
	start, space := len(dst), false
	for _, r := range text {
		switch {
		case r == '\'' || r == '’' || r == '-': // Lee's, Jae-myung
		case unicode.IsSpace(r) || unicode.IsPunct(r) && r != '%':
			space = true
		default:
			if space && len(dst) > start {
				dst = append(dst, ' ')
			}
			space = false
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
