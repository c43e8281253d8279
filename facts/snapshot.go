package facts

import (
	"sync"
	"sync/atomic"
	"time"
)

// A Snapshot is an immutable index over bases, safe for any number of
// goroutines. What curators change makes a new one.
type Snapshot struct {
	bases   []*Base
	byID    map[string]Ref // by "base/id": facts and gaps
	indexes map[string]*languageIndex
}

// A Ref names a fact or a gap of a snapshot.
type Ref struct {
	Base *Base
	Fact *Fact // nil for a gap
	Gap  *Gap  // nil for a fact
}

// ID is what links, buttons and other programs call it: "busan-summit/summit-place".
func (r Ref) ID() string {
	if r.Fact != nil {
		return r.Base.ID + "/" + r.Fact.ID
	}
	return r.Base.ID + "/" + r.Gap.ID
}

// A Question is what somebody asks.
type Question struct {
	Text    string
	Lang    string // the reader's language; empty: the question's own
	Explain bool   // fill in Decision.Why
}

// An Outcome is what a question leads to.
type Outcome string

const (
	Answer    Outcome = "answer"    // Facts are asserted
	Choices   Outcome = "choices"   // Facts are near ties; nothing is asserted
	Decline   Outcome = "decline"   // the base does not hold it; Facts are merely near
	Smalltalk Outcome = "smalltalk" // a greeting or the like
)

// A Decision is what the engine makes of a question.
type Decision struct {
	Outcome    Outcome
	Confidence float64 // probability that the best candidate is right, 0 … 1
	Lang       string  // the language to reply in
	Facts      []Ref   // asserted, offered or near
	Gap        *Ref    // the gap that declined it, if one did
	Smalltalk  Talk    // which kind of small talk
	Candidates []Candidate
	Elapsed    time.Duration // of matching alone
	Why        *Explanation  // when asked for
}

// A Candidate is a fact or gap that was weighed, with its score in log-odds.
type Candidate struct {
	Ref
	Score float64
}

// A languageIndex is built when the first question in its language comes.
type languageIndex struct {
	once  sync.Once
	build func() *index
	index *index
	pool  sync.Pool // of *scratch

	// What the snapshot that follows has to know.
	built atomic.Bool
	ahead prepare
	sum   *contents // of what it indexes, once somebody has worked it out
	hasty bool      // its regression was fitted in short; see Next
}

// NewSnapshot indexes bases. Languages are indexed on first use; Ready does
// it at once.
func NewSnapshot(bases ...*Base) *Snapshot { return newSnapshot(bases, nil) }

// newSnapshot takes what was read and fitted ahead of time, by language.
func newSnapshot(bases []*Base, ahead map[string]prepare) *Snapshot {
	s := &Snapshot{bases: bases, byID: map[string]Ref{}, indexes: map[string]*languageIndex{}}
	for _, b := range bases {
		for i := range b.Facts {
			r := Ref{Base: b, Fact: &b.Facts[i]}
			s.byID[r.ID()] = r
		}
		for i := range b.Gaps {
			r := Ref{Base: b, Gap: &b.Gaps[i]}
			s.byID[r.ID()] = r
		}
		for _, lang := range b.Languages {
			if s.indexes[lang] == nil {
				s.indexes[lang] = &languageIndex{build: func() *index { return buildIndex(lang, bases, ahead[lang]) }, ahead: ahead[lang]}
			}
		}
	}
	return s
}

// Bases returns the bases in the order given.
func (s *Snapshot) Bases() []*Base { return s.bases }

// Lookup finds a fact or gap by "base/id".
func (s *Snapshot) Lookup(id string) (Ref, bool) {
	r, ok := s.byID[id]
	return r, ok
}

// Ready builds whatever is not built yet.
func (s *Snapshot) Ready() {
	var wait sync.WaitGroup
	for _, li := range s.indexes {
		wait.Go(func() { li.get() })
	}
	wait.Wait()
}

func (li *languageIndex) get() *index {
	li.once.Do(func() {
		li.index = li.build()
		li.build = nil // it holds the bases
		li.built.Store(true)
	})
	return li.index
}

// What is prepared of an index ahead of time: its phrases and the weights of
// its regression. Without them the same index takes longer to build.
type prepared struct {
	Book    *concordance
	Weights []byte
}

// prepare gets what is prepared of an index; nil where nothing is.
type prepare func() prepared

// buildIndex indexes what bases hold in lang. A fact without a phrase in it is
// still an entry, since names and topics may lead to it.
func buildIndex(lang string, bases []*Base, get prepare) *index {
	var ahead prepared
	if get != nil {
		ahead = get()
	}
	x := buildPhrases(lang, bases, ahead.Book, nil)
	if x.model = x.readModel(ahead.Weights); x.model == nil {
		x.model = x.fit()
	}
	return x
}

// buildPhrases is buildIndex without the regression. What reading the phrases
// finds may come from a book, or a part of it from an earlier index.
func buildPhrases(lang string, bases []*Base, book *concordance, again *reuse) *index {
	b := addBases(lang, bases, book, again)
	b.linkParts(bases)
	return b.finish()
}

// addBases enters the facts and gaps of bases with their phrases in lang.
func addBases(lang string, bases []*Base, book *concordance, again *reuse) *builder {
	b, at := newBuilder(lang, newLexicon(lang, bases)), (*bookmark)(nil)
	if book != nil {
		b = newSizedBuilder(lang, b.lexicon, book.Extent)
		at = b.open(book)
	}
	for n, base := range bases {
		for i := range base.Facts {
			f := &base.Facts[i]
			if !f.isIndexed() {
				continue
			}
			b.beginEntry(n, i, false)
			b.addAbout(f.About)
			if at != nil {
				b.readEntry(at)
				continue
			}
			if b.readAgain(again) {
				continue
			}
			b.addAsks(f.Asks, lang)
			b.addText(f.Answer, lang, answerPhrase)
			b.addText(f.Title, lang, titlePhrase)
		}
		for i := range base.Gaps {
			g := &base.Gaps[i]
			b.beginEntry(n, i, true)
			b.addAbout(g.About)
			if at != nil {
				b.readEntry(at)
				continue
			}
			if b.readAgain(again) {
				continue
			}
			b.addAsks(g.Asks, lang)
			b.addText(g.Title, lang, titlePhrase)
		}
	}
	return b
}

// isIndexed reports whether a fact may answer a question.
func (f *Fact) isIndexed() bool { return f.Status != Superseded && f.Status != Retracted }

// linkParts ties overviews and comparisons to what they contain.
func (b *builder) linkParts(bases []*Base) {
	type key struct {
		base int32
		id   string
	}
	at := map[key]int32{}
	for i, e := range b.entries {
		if !e.gap {
			at[key{e.base, bases[e.base].Facts[e.item].ID}] = int32(i)
		}
	}
	for i := range b.entries {
		e := &b.entries[i]
		if e.gap {
			continue
		}
		for _, id := range bases[e.base].Facts[e.item].Covers {
			if part, ok := at[key{e.base, id}]; ok {
				e.covers = append(e.covers, part)
				b.entries[part].partOf = append(b.entries[part].partOf, int32(i))
			}
		}
	}
}

// addAbout enters who and what the entry begun last is about.
func (b *builder) addAbout(ids []string) {
	if b.lexicon == nil {
		return
	}
	e := &b.entries[len(b.entries)-1]
	for _, id := range ids {
		if group, ok := b.lexicon.index[id]; ok {
			e.about = append(e.about, b.lexicon.groups[group].term)
			if !e.gap {
				b.ownNames[b.lexicon.groups[group].term] = true
			}
		}
	}
}

func (b *builder) addAsks(asks []Phrase, lang string) {
	for _, a := range asks {
		if a.Lang == lang {
			b.addPhrase(a.Text, askPhrase)
		}
	}
}

func (b *builder) addText(t Text, lang string, kind phraseKind) {
	if text, found := t.In(lang); found == lang {
		b.addPhrase(text, kind)
	}
}
