package edit

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"summitbot/facts"
)

// nasty is a base in four files that are written in as many ways as YAML has.
var nasty = []string{
	"tram.yaml", `# A base. [brackets] {braces} "quotes" # and more

# about it
base: tram   # its id
languages: [ "en" , 'ko', ja ] # three
title: >-
  All about
  trams: & # no comment
parts: # here
- tram.en.yaml
- "tram.en2.yaml"   # two of one language
- tram.ko.yaml

sources:
  ap: &src {title: "A, b: c # d", publisher: 'B ''b''', url: https://example.org/#x, language: en}
  bp: *src
names:
  keller:
      kind: person
      label: Keller
  kim: {kind: person, label: {en: "Kim", ko: "김", ja: "キム"}}
topics: {talks: {en: Talks, ko: "회담"}, trade: Trade}
facts:
# the first fact
- id: overview
  # its title
  title: {en: 'It''s a "tram" #1', ko: "트램 # 하나",

          ja: 路面電車、一} # three
  answer:
    # reference
    en: |
      One line: first.

      # no comment
        further in
    ko: >-
      접은
      글

      둘째 줄

    # plain, over two lines
    ja: これは
      路面電車です。
  asks: # many
    en:
    - what is it # w
    # between
    - "what # is"

    - 'who''s it'
    - where - is it?
    ja: [何, "どこ, 何",
      'いつ' ] # in brackets
  about: [ keller, kim ]
  sources:
  -   ref: ap
      # paragraph
      paragraph: 3 # p
      quote: "a \"quoted\" \u00e9 word"
  - {ref: bp, says: Kim, version: {en: "One: side", ko: "한쪽"}}
  status: reported # s
  when: 1965
  # trailing, further in or not

# the second fact

- {id: two, title: Two, answer: "Two, really", asks: {en: [two], ko: ["둘" , '이']}, sources: [{ref: ap}, {ref: bp,
   paragraph: 5}], related: [overview], updated: 2025-01-02}
-   # a dash of its own
  id: three
  title: "Three \
    escaped"
  answer: {en: A, ko: 나}
  topics:
    - talks # t
    - trade
  sources: [ { ref : ap } ]
  tests:
    ko:
      - "셋?"
  updated: "2025-01-03"
# before the last
- id: four
  sources: &cited
    - ref: ap
  answer: Four.
  title: 4 wheels
- id: five
  title: &five Five
  answer: *five
  sources: *cited

gaps: # gaps
  - id: menu
    title: {en: Menu}
    says: The menu is not known.
    asks:
      en: ["what did they eat"]
  - {id: colour, title: Colour, asks: [which colour]}
# the end, without a line break`,
	"tram.en.yaml", `base: tram
language: en
# phrasings
asks:

    overview: # o
        - overview # 1
        # two
        - "overview \"two\""

    four: ["four", "vier"]
    menu:
        - "menu"
# tests
tests: {overview: [test it, 'test that'],
  three: ["three?"]}
`,
	"tram.en2.yaml", `{base: tram, language: en, asks: {overview: ["second home", "third home"]}}`,
	"tram.ko.yaml", `language: ko
base: tram
asks:
  # 하나
  overview:
  - 개요
  - "개요 # 둘"
  two:
  - 두 번째`,
}

// rewritten returns files with every text changed.
func rewritten(files []string, change func(string) string) []string {
	files = slices.Clone(files)
	for i := 1; i < len(files); i += 2 {
		files[i] = change(files[i])
	}
	return files
}

// lines is a base in JSONL.
var lines = []string{"tram.jsonl", `{"base": "tram", "title": "Trams","languages":["en","ko","ja"],"sources":{"ap":{"title":"A","publisher":"B","url":"https://example.org/","language":"en"},"bp":{"title":"A","publisher":"B","url":"https://example.org/"}},"names":{"keller":{"kind":"person","label":"K"},"kim":{"kind":"person","label":"K"}},"topics":{"talks":"T","trade":"T"}}

{"id":"overview","title":{"en":"One \"q\"","ko":"하나"},"answer":"An \u00e9 \/ answer\nin lines","asks":["what","who"],"sources":[{"ref":"ap"}]}
{ "id" : "two" , "title" : "Two", "answer":"A,b:{}[]", "asks":{"ko":["둘"]}, "sources":[{"ref":"bp","paragraph":3 }],	"when":1965 }
{"gap":{"id":"menu","title":"Menu","asks":["what did they eat"]}}
{"id":"three","sources":[{"ref":"ap","says":"Kim","version":{"en":"v"}}],"title":"Three","answer":"Three","related":["two"],"status":"confirmed"}
   
{"gap": {"title":"Colour","id":"colour"}}`}

// phrases by language, in the order in which they are read.
func byLang(phrases []facts.Phrase) map[string][]string {
	out := map[string][]string{}
	for _, p := range phrases {
		out[p.Lang] = append(out[p.Lang], p.Text)
	}
	return out
}

// view is a fact or gap so that two can be compared.
func view(f facts.Fact) map[string]any {
	asks, tests := byLang(f.Asks), byLang(f.Tests)
	f.Asks, f.Tests = nil, nil
	return map[string]any{"fact": fmt.Sprintf("%#v", f), "asks": asks, "tests": tests}
}

func views(b *facts.Base) map[string]any {
	out := map[string]any{"": []any{b.ID, b.Title, b.Languages, b.Sources, b.Names, b.Terms, b.Topics, b.Declines}}
	for i, f := range b.Facts {
		out[f.ID] = view(f)
		out["#"+f.ID] = i
	}
	for _, g := range b.Gaps {
		asks := byLang(g.Asks)
		g.Asks = nil
		out[g.ID] = map[string]any{"gap": fmt.Sprintf("%#v", g), "asks": asks}
	}
	return out
}

// expected returns a fact after Set.
func expected(f facts.Fact, fs Fields, langs []string) facts.Fact {
	if fs.Title != nil {
		f.Title = fs.Title
	}
	if fs.Answer != nil {
		f.Answer = fs.Answer
	}
	if fs.About != nil {
		f.About = orNil(fs.About)
	}
	if fs.Topics != nil {
		f.Topics = orNil(fs.Topics)
	}
	if fs.Related != nil {
		f.Related = orNil(fs.Related)
	}
	if fs.When != nil {
		f.When = *fs.When
	}
	if fs.Updated != nil {
		f.Updated = *fs.Updated
	}
	if fs.Sources != nil {
		f.Sources = fs.Sources
	}
	if fs.Status != nil {
		f.Status = *fs.Status
	}
	f.Asks = expectedPhrases(f.Asks, fs.Asks, langs)
	f.Tests = expectedPhrases(f.Tests, fs.Tests, langs)
	return f
}

func orNil(ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	return ids
}

func expectedPhrases(have []facts.Phrase, set map[string][]string, langs []string) (out []facts.Phrase) {
	all := byLang(have)
	maps.Copy(all, set)
	if _, only := set[Others]; only {
		all = set
	}
	if set != nil && len(set) == 0 {
		return nil
	}
	for _, lang := range langs {
		for _, text := range all[lang] {
			out = append(out, facts.Phrase{Lang: lang, Text: text})
		}
	}
	return out
}

// A maker makes random edits.
type maker struct {
	*rand.Rand
	count int
}

// bits are what texts are made of.
var bits = []string{"tram", "line", "#", " # ", ": ", ":", "- ", "\"", "'", "''", "{", "}", "[", "]", ", ", "&a", "*b", "!", "|", ">", "%", "@", "`", "\\", "\\n", "?", "~", "null", "yes", "1965", "0x1F", "é", "트램", "路面電車", "👩‍👩‍👧", "\u00a0", "\u2028", "<<", "---", "...", "=", "한 국", " ", "  "}

func (m maker) text(many bool) string {
	var b strings.Builder
	for range 1 + m.IntN(6) {
		b.WriteString(bits[m.IntN(len(bits))])
	}
	if many && m.IntN(3) == 0 {
		b.WriteString("\n" + strings.Repeat("\n", m.IntN(2)) + strings.Repeat(" ", m.IntN(3)) + "line two " + bits[m.IntN(len(bits))])
	}
	if text := strings.TrimSpace(b.String()); text != "" && text != "=" {
		return text
	}
	return "x"
}

// phrase is a text that no other is the same as.
func (m *maker) phrase() string {
	m.count++
	return fmt.Sprintf("%s word%d", m.text(false), m.count)
}

func (m maker) langs(langs []string) []string {
	langs = slices.Clone(langs)
	m.Shuffle(len(langs), func(i, j int) { langs[i], langs[j] = langs[j], langs[i] })
	langs = langs[:1+m.IntN(len(langs))]
	slices.Sort(langs)
	return langs
}

func (m maker) translated(b *facts.Base, many bool) (t facts.Text) {
	chosen := m.langs(b.Languages)
	for _, lang := range b.Languages {
		if slices.Contains(chosen, lang) {
			t = append(t, facts.Phrase{Lang: lang, Text: m.text(many)})
		}
	}
	return t
}

// phrases changes a list here and there.
func (m *maker) phrases(have []string) []string {
	out := []string{}
	for _, text := range have {
		switch m.IntN(5) {
		case 0:
		case 1:
			out = append(out, m.phrase())
		case 2:
			out = append(out, text, m.phrase())
		default:
			out = append(out, text)
		}
	}
	if m.IntN(3) == 0 {
		out = append(out, m.phrase())
	}
	return out
}

func (m *maker) phraseMap(b *facts.Base, have []facts.Phrase) map[string][]string {
	if m.IntN(10) == 0 {
		return map[string][]string{}
	}
	all := byLang(have)
	out := map[string][]string{}
	for _, lang := range m.langs(b.Languages) {
		out[lang] = m.phrases(all[lang])
	}
	return out
}

func pick[T any](m maker, all []T) []T {
	out := []T{}
	for _, v := range all {
		if m.IntN(2) == 0 {
			out = append(out, v)
		}
	}
	return out
}

func (m maker) citations(b *facts.Base, have []facts.Citation) []facts.Citation {
	out := pick(m, have)
	for i := range out {
		switch m.IntN(3) {
		case 0:
			out[i].Paragraph = m.IntN(3)
		case 1:
			out[i].Says = m.translated(b, false)
		}
	}
	if len(out) == 0 || m.IntN(2) == 0 {
		out = slices.Insert(out, m.IntN(len(out)+1), facts.Citation{Ref: b.Sources[m.IntN(len(b.Sources))].ID, Paragraph: m.IntN(20), Quote: "q " + m.text(false)})
	}
	return out
}

// fields sets some fields of a fact.
func (m *maker) fields(b *facts.Base, f facts.Fact) (fs Fields) {
	var names, topics []string
	for _, n := range b.Names {
		names = append(names, n.ID)
	}
	for _, n := range b.Topics {
		topics = append(topics, n.ID)
	}
	set := []func(){
		func() { fs.Title = m.translated(b, false) },
		func() { fs.Answer = m.translated(b, true) },
		func() { fs.Asks = m.phraseMap(b, f.Asks) },
		func() { fs.About = pick(*m, names[:min(4, len(names))]) },
		func() { fs.Topics = pick(*m, topics) },
		func() { fs.When = ptr([]string{"", "1965", "2025-09", "2025-09-30"}[m.IntN(4)]) },
		func() { fs.Sources = m.citations(b, f.Sources) },
		func() { fs.Status = ptr([]facts.Status{facts.Confirmed, facts.Reported, facts.Retracted}[m.IntN(3)]) },
		func() { fs.Tests = m.phraseMap(b, f.Tests) },
		func() { fs.Updated = ptr([]string{"", "2026-01-02"}[m.IntN(2)]) },
	}
	m.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
	for _, s := range set[:1+m.IntN(3)] {
		s()
	}
	return fs
}

// bases are those that random edits are made on.
var bases = map[string][]string{
	"nasty":         nasty,
	"CRLF":          rewritten(nasty, func(s string) string { return byteOrderMark + strings.ReplaceAll(s, "\n", "\r\n") }),
	"ends in break": rewritten(nasty, func(s string) string { return strings.TrimRight(s, "\n") + "\n\n" }),
	"JSONL":         lines,
	"JSONL, CRLF":   rewritten(lines, func(s string) string { return byteOrderMark + strings.ReplaceAll(s, "\n", "\r\n") + "\r\n" }),
}

// rounds is how often each base is edited anew; with 120 it passes too.
const rounds = 6

// TestRandomEdits makes random edits, several in a row, and compares all that
// the files say before and after. Where a fact is set, all bytes outside of it
// and of the fields that were not set must be the same.
func TestRandomEdits(t *testing.T) {
	for name, files := range bases {
		t.Run(name, func(t *testing.T) {
			path := writeFiles(t, files...)
			n := tally{}
			for seed := range uint64(rounds) {
				m := &maker{Rand: rand.New(rand.NewPCG(seed, 1))}
				randomEdits(t, m, read(t, path), 8, n)
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
			t.Log(n)
		})
	}
}

// shippedSeed makes another edit of the shipped base.
const shippedSeed = 0

// TestRandomEditsOfShippedBase does the same once: the base is large.
func TestRandomEditsOfShippedBase(t *testing.T) {
	t.Parallel()
	n := tally{}
	m := &maker{Rand: rand.New(rand.NewPCG(shippedSeed, 2))}
	randomEdits(t, m, read(t, "../data/busan-summit.yaml"), 1, n)
	t.Log(n)
}

type tally map[string]int

func randomEdits(t *testing.T, m *maker, f *Files, edits int, n tally) {
	t.Helper()
	was := load(t, f)
	for range edits {
		if was = randomEdit(t, m, f, was, n); was == nil || t.Failed() {
			return
		}
	}
}

func randomEdit(t *testing.T, m *maker, f *Files, was *facts.Base, n tally) *facts.Base {
	t.Helper()
	want, texts := views(was), textsOf(f)
	fact := was.Facts[m.IntN(len(was.Facts))]
	var err error
	var fs Fields
	op := []string{"set", "set", "set", "add", "remove", "ask"}[m.IntN(6)]
	if op == "remove" && isNeeded(was, fact.ID) {
		op = "set"
	}
	switch op {
	case "set":
		fs = m.fields(was, fact)
		want[fact.ID] = view(expected(fact, fs, was.Languages))
		err = f.Set(was.ID, fact.ID, fs)
	case "add":
		m.count++
		id := fmt.Sprintf("new-%d", m.count)
		fs = All(&fact)
		fs.Asks, fs.Tests = m.phraseMap(was, nil), m.phraseMap(was, nil)
		added := expected(fact, fs, was.Languages)
		added.ID, added.Asks, added.Tests = id, expectedPhrases(nil, fs.Asks, was.Languages), expectedPhrases(nil, fs.Tests, was.Languages)
		want[id], want["#"+id] = view(added), len(was.Facts)
		err = f.Add(was.ID, id, fs)
	case "remove":
		for i, o := range was.Facts {
			if i > want["#"+fact.ID].(int) {
				want["#"+o.ID] = i - 1
			}
		}
		delete(want, fact.ID)
		delete(want, "#"+fact.ID)
		err = f.Remove(was.ID, fact.ID)
	case "ask":
		lang, text := was.Languages[m.IntN(len(was.Languages))], m.phrase()
		changed := fact
		changed.Asks = append(slices.Clone(fact.Asks), facts.Phrase{Lang: lang, Text: text})
		want[fact.ID] = view(changed)
		err = f.AddAsk(was.ID, fact.ID, lang, text)
	}
	if err != nil {
		n[op+" refused"]++
		if !strings.Contains(err.Error(), "; change it in an editor") || strings.Contains(err.Error(), "safely") || !reflect.DeepEqual(texts, textsOf(f)) {
			t.Errorf("%s: %v", op, err)
		}
		return was
	}
	n[op]++
	got, problems := f.Load()
	if err := problems.Err(); err != nil {
		t.Errorf("%s %s %+v: %v\n%s", op, fact.ID, fs, err, f.Diff())
		return nil
	}
	for id, v := range views(got[0]) {
		if !reflect.DeepEqual(v, want[id]) {
			t.Errorf("%s %s: %s is\n%v, not\n%v\n%s", op, fact.ID, id, v, want[id], f.Diff())
		}
		delete(want, id)
	}
	if len(want) > 0 {
		t.Errorf("%s %s: missing %v", op, fact.ID, want)
	}
	if op == "add" {
		checkBytes(t, got[0].Facts[len(was.Facts)].ID, op, fs, f, texts)
	} else {
		checkBytes(t, fact.ID, op, fs, f, texts)
	}
	if op == "set" {
		setBack(t, f, was.ID, fact, texts, n)
	}
	return got[0]
}

// isNeeded reports whether something refers to a fact, or few are left.
func isNeeded(b *facts.Base, id string) bool {
	return len(b.Facts) < 3 ||
		slices.ContainsFunc(b.Facts, func(f facts.Fact) bool { return slices.Contains(slices.Concat(f.Related, f.Covers), id) }) ||
		slices.ContainsFunc(b.Gaps, func(g facts.Gap) bool { return slices.Contains(g.Near, id) })
}

func textsOf(f *Files) (texts []string) {
	for _, file := range f.files {
		texts = append(texts, file.now)
	}
	return texts
}

// setBack sets a fact as it was. That must give the same facts; whether it gives
// the same bytes too depends on how the file was written.
func setBack(t *testing.T, f *Files, base string, fact facts.Fact, texts []string, n tally) {
	t.Helper()
	changed := textsOf(f)
	if err := f.Set(base, fact.ID, All(&fact)); err != nil {
		n["back refused"]++
		return
	}
	if reflect.DeepEqual(texts, textsOf(f)) {
		n["back to the same bytes"]++
	} else {
		n["back to other bytes"]++
	}
	got, problems := f.Load()
	if problems.Err() != nil {
		t.Fatal(problems.Err())
	}
	for _, g := range got[0].Facts {
		if g.ID == fact.ID && !reflect.DeepEqual(view(g), view(fact)) {
			t.Errorf("%s set back is\n%v, not\n%v", g.ID, view(g), view(fact))
		}
	}
	for i, file := range f.files {
		file.now, file.root = changed[i], nil
		if !file.isJSONL() {
			if err := file.parse(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// checkBytes compares the texts before and after an edit, apart from what is of
// the fact itself. Where that was or is not there at all, what separates it from
// others does not count.
func checkBytes(t *testing.T, id, op string, fs Fields, f *Files, texts []string) {
	t.Helper()
	for i, file := range f.files {
		old, was := cut(t, file.path, texts[i], id)
		now, is := cut(t, file.path, file.now, id)
		if was != is || op == "remove" || op == "add" {
			old, now = squeezed(old), squeezed(now)
		}
		if old != now {
			t.Errorf("%s %s: %s differs outside of the fact:\n%s", op, id, file.path, f.Diff())
		}
	}
	if op == "set" && !f.files[0].isJSONL() {
		checkFields(t, id, fs, f, texts[0])
	}
}

var separators = strings.NewReplacer(" ", "", "\n", "", "\r", "", ",", "", "# phrasings", "", "# tests", "", "asks:", "", "tests:", "") // a section goes when it is empty

func squeezed(s string) string { return strings.ReplaceAll(separators.Replace(s), "{}", "") }

// cut returns a text without the stretches that are of a fact, and where those
// are.
func cut(t *testing.T, path, text, id string) (rest, where string) {
	t.Helper()
	file := &file{path: path, was: text, now: text}
	b := &base{id: "tram", main: file}
	if file.isJSONL() {
		o, err := b.owner(id)
		if err != nil {
			return text, ""
		}
		return text[:o.line.start] + text[o.line.end:], "line"
	}
	if err := file.parse(); err != nil {
		t.Fatal(err)
	}
	e := newEditor(path, text, file.root)
	var out []splice
	take := func(list *node, i int) {
		start, end := flowStart(list.kids[i]), list.kids[i].end
		if list.style == blockStyle {
			start, end = e.unitTop(list, i), e.unitEnd(list, i)
		}
		out = append(out, splice{start, end, ""})
	}
	if list := file.root.child("facts"); list != nil {
		for i, kid := range list.kids {
			if hasID(kid, id) {
				take(list, i)
				where += "facts "
			}
		}
	}
	for _, section := range []string{"asks", "tests"} {
		if all := file.root.child(section); all != nil && all.index(id) >= 0 {
			take(all, all.index(id))
			where += section + " "
		}
	}
	return spliced(text, 0, len(text), out), where
}

// checkFields compares the bytes of the fields that were not set.
func checkFields(t *testing.T, id string, fs Fields, f *Files, text string) {
	t.Helper()
	set := map[string]bool{"title": fs.Title != nil, "answer": fs.Answer != nil, "asks": fs.Asks != nil, "about": fs.About != nil, "topics": fs.Topics != nil, "when": fs.When != nil,
		"sources": fs.Sources != nil, "status": fs.Status != nil, "tests": fs.Tests != nil, "updated": fs.Updated != nil}
	old := &base{main: &file{path: f.files[0].path, now: text}}
	was, err := old.owner(id)
	if err != nil {
		t.Fatal(err)
	}
	is, err := f.bases[0].owner(id)
	if err != nil {
		t.Fatal(err)
	}
	for _, kid := range was.node.kids {
		same := is.node.child(kid.key)
		switch {
		case set[kid.key]:
		case same == nil:
			t.Errorf("%s: %s is gone", id, kid.key)
		case text[kid.keyStart:kid.end] != f.files[0].now[same.keyStart:same.end]:
			t.Errorf("%s: %s differs:\n%s", id, kid.key, f.Diff())
		}
	}
}
