// Package stub writes questions that nobody has answered yet as facts to be
// filled in: entries of a facts file without title, answer and source.
package stub

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"summitbot/facts"
)

// A Question is questions that ask the same.
type Question struct {
	ID    int64 // greater than 0
	Count int   // how often it was asked
	Wrong int   // how often after an answer that was voted down
	Last  time.Time
	Near  []string       // base/id of the facts that come nearest
	Asks  []facts.Phrase // as people put it, in any language
}

// Write writes questions as a fragment of the base's file. Once a title, an
// answer and a source are filled in, its entries can be pasted under facts.
func Write(w io.Writer, b *facts.Base, list []Question) error {
	out := &writer{Writer: bufio.NewWriter(w), base: b, ids: map[string]bool{}, asked: map[string]string{}}
	for i := range b.Facts {
		out.take(b.Facts[i].ID, b.Facts[i].Asks)
	}
	for i := range b.Gaps {
		out.take(b.Gaps[i].ID, b.Gaps[i].Asks)
	}
	out.head(len(list))
	for _, q := range list {
		out.question(q)
	}
	return out.Flush()
}

// A writer keeps its first error until Flush.
type writer struct {
	*bufio.Writer
	base  *facts.Base
	ids   map[string]bool   // that are taken
	asked map[string]string // phrasings, folded, to the id that has them
}

func (w *writer) take(id string, asks []facts.Phrase) {
	w.ids[id] = true
	for _, p := range asks {
		w.asked[facts.Folded(p.Text)] = id
	}
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) head(n int) {
	var sources []string
	for _, s := range w.base.Sources {
		sources = append(sources, s.ID)
	}
	w.line("# Questions that the base does not answer, as facts to be filled in: %d.", n)
	w.line("# Delete those that are not to be answered. Of the others fill in title, answer")
	w.line("# and sources, choose an id (it never changes again), and paste them under")
	w.line("# `facts` of `%s`. Then run `summitbot check` on that file.", w.base.ID)
	w.line("# A source is written [{ref: %s, paragraph: 1}]", firstOr(sources, "gazette"))
	if len(sources) > 1 {
		w.line("# The sources are %s.", strings.Join(sources, ", "))
	}
	if n == 0 {
		w.line("facts: []")
		return
	}
	w.line("facts:")
}

func firstOr(list []string, or string) string {
	if len(list) == 0 {
		return or
	}
	return list[0]
}

// question writes one entry, headed by what there is to know about it.
func (w *writer) question(q Question) {
	id := w.newID(q)
	w.line("  # %s", seen(q))
	if near := w.near(q.Near); near != "" {
		w.line("  # nearest: %s", near)
	}
	asks := w.sorted(id, q.Asks)
	w.line("  - id: %s", quoteID(id))
	w.line(`    title: ""`)
	w.line(`    answer: ""`)
	if len(asks) > 0 {
		w.line("    asks:")
	}
	for _, lang := range w.base.Languages {
		if len(asks[lang]) > 0 {
			w.line("      %s:", doubleQuoted(lang))
		}
		for _, text := range asks[lang] {
			w.line("        - %s", doubleQuoted(text))
		}
	}
	w.line("    sources: []")
}

// seen tells how often and when a question was asked.
func seen(q Question) string {
	text := "asked " + times(q.Count)
	if !q.Last.IsZero() {
		text += ", last on " + q.Last.UTC().Format(time.DateOnly)
	}
	if q.Wrong > 0 {
		text += "; " + times(q.Wrong) + " the answer was thought wrong"
	}
	return text
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return strconv.Itoa(n) + " times"
}

// near names the nearest facts with their titles.
func (w *writer) near(ids []string) string {
	var named []string
	for _, id := range ids {
		short, ours := strings.CutPrefix(id, w.base.ID+"/")
		i := slices.IndexFunc(w.base.Facts, func(f facts.Fact) bool { return ours && f.ID == short })
		if i < 0 {
			named = append(named, clean(id))
			continue
		}
		title, _ := w.base.Facts[i].Title.In(w.base.Languages[0])
		named = append(named, short+" ("+clean(title)+")")
	}
	return strings.Join(named, ", ")
}

// sorted returns the phrasings of an entry by language. Those that could not be
// in the file it writes as comments: what has no word, what leads elsewhere
// already, and languages that the base does not have.
func (w *writer) sorted(id string, list []facts.Phrase) map[string][]string {
	asks := map[string][]string{}
	for _, p := range list {
		text := clean(p.Text)
		folded := facts.Folded(text)
		owner, taken := w.asked[folded]
		switch {
		case folded == "":
			if text != "" {
				w.line("  # left out, it has no word: %s", text)
			}
		case taken && owner != id:
			w.line("  # left out, it leads to `%s` already: %s", owner, text)
		case taken:
		case !slices.Contains(w.base.Languages, p.Lang):
			w.line("  # left out, the base has no language %s: %s", clean(p.Lang), text)
		default:
			w.asked[folded] = id
			asks[p.Lang] = append(asks[p.Lang], text)
		}
	}
	return asks
}

// newID makes an id of the question's words, or of its number where they are
// not in a to z, and takes it.
func (w *writer) newID(q Question) string {
	id := "question-" + strconv.FormatInt(q.ID, 10)
	if len(q.Asks) > 0 {
		if words := slug(q.Asks[0].Text); words != "" {
			id = words
		}
	}
	free := id
	for n := 2; w.ids[free]; n++ {
		end := "-" + strconv.Itoa(n)
		free = strings.TrimRight(id[:min(len(id), facts.MaxID-len(end))], "-") + end
	}
	w.ids[free] = true
	return free
}

// slug makes an id of a text, or returns "" when there would be less than two
// words in it or letters would be missing.
func slug(text string) string {
	var words []string
	length := 0
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		word = strings.NewReplacer("'", "", "’", "").Replace(word)
		if strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return ""
		}
		if length += len(word) + 1; length > facts.MaxID+1 {
			break
		}
		if word != "" {
			words = append(words, word)
		}
	}
	if len(words) < 2 {
		return ""
	}
	return strings.Join(words, "-")
}

// clean puts a text on one line of at most facts.MaxAsk characters, without
// what cannot be seen: it would break the file, or mislead who reads it.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		const zeroWidthNonJoiner, zeroWidthJoiner = 0x200c, 0x200d // within words and emoji
		switch {
		case r == utf8.RuneError || unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner && r != zeroWidthNonJoiner:
			return -1
		case unicode.IsPrint(r) || r == zeroWidthJoiner || r == zeroWidthNonJoiner:
			return r
		}
		return ' '
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if letters := []rune(text); len(letters) > facts.MaxAsk {
		text = strings.TrimSpace(string(letters[:facts.MaxAsk]))
	}
	return text
}

// doubleQuoted writes a text that was cleaned as a value in YAML.
func doubleQuoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// quoteID writes an id, in quotes where it would be read as something else.
func quoteID(id string) string {
	if strings.ContainsFunc(id[:1], unicode.IsDigit) {
		return doubleQuoted(id)
	}
	return id
}
