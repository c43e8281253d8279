package facts

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
)

// Contents is the SHA-256 sum over all that an index of one language is made
// of, in order: two indexes with the same are the same.
type contents [sha256.Size]byte

// contentsOf sums up what bases hold in lang. What is added here and not
// indexed costs an index built in vain; what is indexed and not added here
// would be served stale.
func contentsOf(lang string, bases []*Base) *contents {
	s := summer{hash: sha256.New(), lang: lang}
	for _, b := range bases {
		s.lexicon(b)
		s.entries(b)
	}
	return s.sum()
}

// lexiconContents sums up what a lexicon is made of.
func lexiconContents(lang string, bases []*Base) *contents {
	s := summer{hash: sha256.New(), lang: lang}
	for _, b := range bases {
		s.lexicon(b)
	}
	return s.sum()
}

// A summer writes values so that no two lists of them look the same: texts
// behind their lengths, lists behind marks.
type summer struct {
	hash hash.Hash
	lang string
	buf  []byte
}

const summerBlock = 32 << 10 // bytes

// flush passes on what has gathered, if it is more than so many bytes.
func (s *summer) flush(more int) {
	if len(s.buf) > more {
		s.hash.Write(s.buf)
		s.buf = s.buf[:0]
	}
}

func (s *summer) sum() *contents {
	s.flush(0)
	return (*contents)(s.hash.Sum(nil))
}

func (s *summer) number(n int) { s.buf = binary.AppendVarint(s.buf, int64(n)) }

func (s *summer) text(t string) {
	s.number(len(t))
	s.buf = append(s.buf, t...)
}

func (s *summer) list(texts []string) {
	s.number(len(texts))
	for _, t := range texts {
		s.text(t)
	}
}

// endOfList stands where a list that is not counted ahead ends; it is the
// length of no text.
const endOfList = -1

func (s *summer) lexicon(b *Base) {
	s.text(b.ID)
	for i := range b.Names {
		s.name(&b.Names[i])
	}
	s.number(endOfList)
	for _, g := range b.Terms {
		if g.Lang == s.lang {
			s.list(g.Words)
		}
	}
	s.number(endOfList)
}

func (s *summer) entries(b *Base) {
	for i := range b.Facts {
		s.fact(i, &b.Facts[i])
	}
	s.number(endOfList)
	for i := range b.Gaps {
		g := &b.Gaps[i]
		s.number(i)
		s.text(g.ID)
		s.list(g.About)
		s.asks(g.Asks)
		s.inLanguage(g.Title)
		s.flush(summerBlock)
	}
	s.number(endOfList)
}

func (s *summer) name(n *Name) {
	s.text(n.ID)
	s.text(n.StandsFor)
	label, _ := n.Label.In(s.lang)
	s.text(label)
	for _, p := range n.Spellings {
		if spelt(p, s.lang) {
			s.text(p.Text)
		}
	}
	s.number(endOfList)
}

func (s *summer) fact(i int, f *Fact) {
	if !f.isIndexed() {
		return
	}
	s.number(i)
	s.text(f.ID)
	s.list(f.About)
	s.list(f.Covers)
	s.asks(f.Asks)
	s.inLanguage(f.Answer)
	s.inLanguage(f.Title)
	s.flush(summerBlock)
}

func (s *summer) asks(asks []Phrase) {
	for _, a := range asks {
		if a.Lang == s.lang {
			s.text(a.Text)
		}
	}
	s.number(endOfList)
}

// inLanguage adds a text that is indexed in the language, if there is one.
func (s *summer) inLanguage(t Text) {
	if text, found := t.In(s.lang); found == s.lang {
		s.text(text)
		return
	}
	s.number(endOfList)
}
