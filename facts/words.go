package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// A view is one way to look at a word. A question and a phrasing may meet in
// one view and miss each other in another: "resigned" and "resigning" differ
// on the surface and share a stem.
type view uint8

const (
	content  view = iota // stems without stop words; CJK: bigrams of a run
	surface              // words as written; CJK: single letters, katakana runs
	sequence             // neighbouring stems; CJK: runs of one script
	grams                // trigrams of ^word$; CJK: bigrams of ^run$
	sense                // the lexicon's reading: names and terms
	views
)

// wordViews are the views that follow from a word alone.
const wordViews = 4

// stemOf returns the English stem of a normalised word.
func stemOf(w string) string {
	if len(w) < 3 || !isPlainASCII(w) {
		return w
	}
	return english.Stem(w, true)
}

// A termWriter spells the terms of words without allocating: what it yields
// is only good until the next.
type termWriter struct {
	buf []byte
}

// wordTerms calls yield with every term of a token in the views that follow
// from the word alone. Terms are only told apart within a view.
func (tw *termWriter) wordTerms(t token, stem string, cjkText bool, yield func(v view, term []byte)) {
	if t.cjk {
		tw.runTerms(t.text, yield)
		return
	}
	if cjkText { // a foreign word or a number: the same in every view
		for v := range view(wordViews) {
			yield(v, tw.write(stem))
		}
		return
	}
	yield(content, tw.write(stem))
	yield(surface, tw.write(t.text))
	marked := tw.mark(t.text)
	if utf8.RuneCount(marked) <= 3 {
		yield(grams, marked)
		return
	}
	eachGram(marked, 3, func(g []byte) { yield(grams, g) })
}

// runTerms spells a run of CJK letters.
func (tw *termWriter) runTerms(run string, yield func(v view, term []byte)) {
	marked := tw.mark(run)
	bare := marked[1 : len(marked)-1]
	if utf8.RuneCount(bare) == 1 {
		yield(content, bare)
	}
	eachGram(bare, 2, func(g []byte) { yield(content, g) })
	eachGram(marked, 2, func(g []byte) { yield(grams, g) })
	if scriptAt(run) == hangul {
		eachGram(bare, 1, func(g []byte) { yield(surface, g) })
		yield(sequence, tw.write(withoutParticle(run)))
		return
	}
	scriptRuns(run, func(kind script, part string) {
		switch kind {
		case kanji:
			eachGram(tw.write(part), 1, func(g []byte) { yield(surface, g) })
		case katakana:
			yield(surface, tw.write(part))
		}
		if kind != hiragana || utf8.RuneCountInString(part) >= 2 {
			yield(sequence, tw.write(part))
		}
	})
}

func (tw *termWriter) write(s string) []byte {
	tw.buf = append(tw.buf[:0], s...)
	return tw.buf
}

// mark writes a word between the signs for its start and its end.
func (tw *termWriter) mark(s string) []byte {
	tw.buf = append(append(append(tw.buf[:0], '^'), s...), '$')
	return tw.buf
}

func scriptAt(s string) script {
	r, _ := utf8.DecodeRuneInString(s)
	return scriptOf(r)
}

// eachGram calls yield with every run of n neighbouring letters.
func eachGram(s []byte, n int, yield func([]byte)) {
	var starts [4]int // byte offsets of the last n letters
	count := 0
	for i := 0; i < len(s); {
		if count >= n {
			yield(s[starts[count%n]:i])
		}
		starts[count%n] = i
		count++
		_, size := utf8.DecodeRune(s[i:])
		i += size
	}
	if count >= n {
		yield(s[starts[count%n]:])
	}
}

// particles are the endings that Korean glues to a noun, longest first.
var particles = []string{
	"에서는", "으로는", "이라고", "에게서", "까지는", "부터는", "한테서",
	"에서", "에게", "한테", "으로", "라고", "이나", "까지", "부터", "처럼", "보다", "마다", "조차", "밖에", "이랑", "하고", "와의", "과의", "로는", "에는", "이란", "께서",
	"은", "는", "이", "가", "을", "를", "에", "의", "로", "와", "과", "도", "만", "랑", "나", "께",
}

// withoutParticle cuts a Korean word's last particle off, when at least two
// syllables are left.
func withoutParticle(w string) string {
	for _, p := range particles {
		if head, ok := strings.CutSuffix(w, p); ok && utf8.RuneCountInString(head) >= 2 {
			return head
		}
	}
	return w
}

// stopWords are the English words that say nothing about the subject.
var stopWords = setOf(`a about after all also am an and any are as at be because been before being between both but by can could did do does doing
done during each few for from further had has have having he her here hers herself him himself his how i if in into is it its itself just
let like me more most my myself no nor not now of off on once only or other our ours out over own please same she should so some such than that
the their theirs them themselves then there these they this those through to too under until up upon us very was we were what when where which
while who whom whose why will with would you your yours yourself im ive dont`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
