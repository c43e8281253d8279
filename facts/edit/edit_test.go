package edit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitbot/facts"
)

// write puts files into a new folder and returns the path of the first.
func writeFiles(tb testing.TB, namesAndTexts ...string) string {
	tb.Helper()
	dir := tb.TempDir()
	for i := 0; i < len(namesAndTexts); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, namesAndTexts[i]), []byte(namesAndTexts[i+1]), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(dir, namesAndTexts[0])
}

func read(tb testing.TB, paths ...string) *Files {
	tb.Helper()
	f, err := Read(paths...)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func load(tb testing.TB, f *Files) *facts.Base {
	tb.Helper()
	bases, problems := f.Load()
	if err := problems.Err(); err != nil {
		tb.Fatalf("%v\n%s", err, f.Diff())
	}
	return bases[0]
}

func ptr[T any](v T) *T { return &v }

// header is that of the bases in these tests.
const header = `base: tram
title: Trams
languages: [en, ko, ja]
sources: {ap: {title: A, publisher: B, url: https://example.org/, language: en}, bp: {title: A, publisher: B, url: https://example.org/, language: en}}
names: {keller: {kind: person, label: Keller}, kim: {kind: person, label: Kim}}
topics: {talks: Talks, trade: Trade}
`

func en(text string) facts.Text { return facts.Text{{Lang: "en", Text: text}} }

// TestEdits makes one edit on a file and compares all of the text.
func TestEdits(t *testing.T) {
	set := func(fields Fields) func(*Files) error {
		return func(f *Files) error { return f.Set("tram", "one", fields) }
	}
	add := func(fields Fields) func(*Files) error {
		return func(f *Files) error { return f.Add("tram", "new", fields) }
	}
	remove := func(f *Files) error { return f.Remove("tram", "one") }
	whole := Fields{Title: en("New"), Answer: en("It is new: yes."), About: []string{"kim"}, Sources: []facts.Citation{{Ref: "ap", Paragraph: 3}}, Status: ptr(facts.Reported), Updated: ptr("2026-01-02")}
	tests := []struct {
		name      string
		was, want string // behind the header
		edit      func(*Files) error
	}{
		{
			"a plain text",
			"facts:\n  - id: one\n    title: Old # why\n    answer: 'An answer.'\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: New # why\n    answer: 'It''s new.'\n    sources: [{ref: ap}]\n",
			set(Fields{Title: en("New"), Answer: en("It's new.")}),
		},
		{
			"quotes where they are needed",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: \"A: b # c\"\n    answer: \"1965\"\n    sources: [{ref: ap}]\n",
			set(Fields{Title: en("A: b # c"), Answer: en("1965")}),
		},
		{
			"a translation more, in braces",
			"facts:\n  - id: one\n    title: { en: \"Old\" } # note\n    answer: Old\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: { en: \"Old\", ko: \"새\" } # note\n    answer: Old\n    sources: [{ref: ap}]\n",
			set(Fields{Title: facts.Text{{Lang: "en", Text: "Old"}, {Lang: "ko", Text: "새"}}}),
		},
		{
			"a translation less, in lines, and one more before the others",
			"facts:\n- id: one\n  title:\n   # in Korean\n   ko: 하나 # k\n\n   ja: \"一\"\n  answer: Old\n  sources:\n  - ref: ap\n",
			"facts:\n- id: one\n  title:\n   en: \"One\"\n   # in Korean\n   ko: 하나 # k\n  answer: Old\n  sources:\n  - ref: ap\n",
			set(Fields{Title: facts.Text{{Lang: "en", Text: "One"}, {Lang: "ko", Text: "하나"}}}),
		},
		{
			"a text becomes texts",
			"facts:\n  - id: one\n    title: Old # note\n    answer: Old\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title:\n      en: \"Old\"\n      ko: \"새\" # note\n    answer: Old\n    sources: [{ref: ap}]\n",
			set(Fields{Title: facts.Text{{Lang: "en", Text: "Old"}, {Lang: "ko", Text: "새"}}}),
		},
		{
			"new fields in their places",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    # cited\n    sources:\n      - ref: ap # p\n        quote: old\n    # end\n",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    about: [keller, kim]\n    when: \"1965\"\n    # cited\n    sources:\n      - ref: ap # p\n        paragraph: 2\n        quote: old\n      - ref: bp\n    status: confirmed\n    # end\n",
			set(Fields{About: []string{"keller", "kim"}, When: ptr("1965"), Status: ptr(facts.Confirmed), Sources: []facts.Citation{{Ref: "ap", Paragraph: 2, Quote: "old"}, {Ref: "bp"}}}),
		},
		{
			"a field is taken out",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    # since\n    when: 1965 # year\n    topics: [talks]\n    sources: [{ref: ap}]",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    sources: [{ref: ap}]",
			set(Fields{When: ptr(""), Topics: []string{}}),
		},
		{
			"the last line without a line break",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    sources: [{ref: ap}]\n    updated: 2025-01-01",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    sources: [{ref: ap}]",
			set(Fields{Updated: ptr("")}),
		},
		{
			"blocks of text keep their kind",
			"facts:\n  - id: one\n    title: Old\n    answer: | # note\n      Old: one\n\n      two # no comment\n\n    about: [kim]\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: Old\n    answer: | # note\n      New: one\n      three # 3\n\n    about: [kim]\n    sources: [{ref: ap}]\n",
			set(Fields{Answer: en("New: one\nthree # 3")}),
		},
		{
			"folded blocks too",
			"facts:\n  - id: one\n    title: Old\n    answer: >-\n        Old\n        text\n    about: [kim]\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: Old\n    answer: >-\n        One\n\n        two\n    about: [kim]\n    sources: [{ref: ap}]\n",
			set(Fields{Answer: en("One\ntwo")}),
		},
		{
			"phrasings: one less, one other, one more",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    asks:\n      - what # first\n      # second\n      - \"why # not\"\n      - 'it''s'\n      - who\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    asks:\n      - what # first\n      # second\n      - \"is it\"\n      - who\n      - how\n    sources: [{ref: ap}]\n",
			set(Fields{Asks: map[string][]string{"en": {"what", "is it", "who", "how"}}}),
		},
		{
			"phrasings in another language, in brackets",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    asks: {en: [\"what\", 'who']}\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    asks: {en: [\"what\", 'who'], ko: [\"누구\"]}\n    sources: [{ref: ap}]\n",
			set(Fields{Asks: map[string][]string{"ko": {"누구"}}}),
		},
		{
			"brackets over several lines",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    asks: [\n      \"what\", # w\n      \"who\" # x\n    ]\n    sources: [{ref: ap}]\n",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    asks: [\n      \"what\", # w\n      \"who\", # x\n      \"how\"\n    ]\n    sources: [{ref: ap}]\n",
			func(f *Files) error { return f.AddAsk("tram", "one", "en", "how") },
		},
		{
			"a fact more, like the one before",
			"facts:\n  # first\n  - id: one\n    title: Old\n    answer: \"Old\"\n    about: [ keller ]\n    sources:\n      - ref: ap\n    updated: '2025-01-01'\n    # more of it\n\n  - {id: two, title: Two, answer: Two, sources: [{ref: ap}]}\n\n# the gaps\ngaps: []\n",
			"facts:\n  # first\n  - id: one\n    title: Old\n    answer: \"Old\"\n    about: [ keller ]\n    sources:\n      - ref: ap\n    updated: '2025-01-01'\n    # more of it\n\n  - {id: two, title: Two, answer: Two, sources: [{ref: ap}]}\n\n" +
				"  - {id: new, title: New, answer: \"It is new: yes.\", about: [ kim ], sources: [{ref: ap, paragraph: 3}], updated: '2026-01-02'}\n\n# the gaps\ngaps: []\n",
			add(whole),
		},
		{
			"the first fact",
			"gaps: []\n",
			"facts:\n  - id: new\n    title: \"New\"\n    answer: \"It is new: yes.\"\n    about: [kim]\n    sources:\n      - ref: ap\n        paragraph: 3\n    status: reported\n    updated: \"2026-01-02\"\ngaps: []\n",
			add(whole),
		},
		{
			"a fact less, with its comment",
			"facts:\n  # Section\n\n  # first\n  - id: one\n    title: Old\n    answer: Old\n    sources: [{ref: ap}]\n    # more of it\n\n  # second\n  - {id: two, title: Two, answer: Two, sources: [{ref: ap}]}\n",
			"facts:\n  # Section\n\n  # second\n  - {id: two, title: Two, answer: Two, sources: [{ref: ap}]}\n",
			remove,
		},
		{
			"the only fact",
			"facts:\n  - id: one\n    title: Old\n    answer: Old\n    sources: [{ref: ap}]\n\ngaps: []",
			"\ngaps: []",
			remove,
		},
		{
			"Windows line breaks",
			"facts:\r\n  - id: one\r\n    title: Old\r\n    answer: Old\r\n    sources: [{ref: ap}]\r\n",
			"facts:\r\n  - id: one\r\n    title: Old\r\n    answer: Old\r\n    sources: [{ref: ap}]\r\n  - id: new\r\n    title: New\r\n    answer: \"It is new: yes.\"\r\n    about: [kim]\r\n    sources: [{ref: ap, paragraph: 3}]\r\n    updated: \"2026-01-02\"\r\n",
			add(whole),
		},
		{
			"an unchanged value, however it is written",
			"facts:\n  - id: one\n    title: {en: Old}\n    answer: >\n      An\n      answer.\n    when: 1965\n    sources: &s [{ref: ap, says: {en: Kim}}]\n  - {id: two, title: T, answer: A, sources: *s}\n",
			"facts:\n  - id: one\n    title: {en: Old}\n    answer: >\n      An\n      answer.\n    when: 1965\n    sources: &s [{ref: ap, says: {en: Kim}}]\n  - {id: two, title: T, answer: A, sources: *s}\n",
			set(Fields{Title: en("Old"), Answer: en("An answer."), When: ptr("1965"), Status: ptr(facts.Reported), Sources: []facts.Citation{{Ref: "ap", Says: en("Kim")}}}),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			head := header
			if strings.Contains(tt.was, "\r\n") {
				head = byteOrderMark + strings.ReplaceAll(head, "\n", "\r\n")
			}
			f := read(t, writeFiles(t, "tram.yaml", head+tt.was))
			if err := tt.edit(f); err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimPrefix(f.files[0].now, head); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			load(t, f)
		})
	}
}

// TestRefused tries what cannot be changed safely. The error tells where, and
// nothing is changed.
func TestRefused(t *testing.T) {
	const two = "  - {id: two, title: Two, answer: Two, sources: [{ref: ap}], about: *who}\n"
	answer := func(f *Files) error { return f.Set("tram", "one", Fields{Answer: en("New")}) }
	tests := []struct {
		name, text, want string
		edit             func(*Files) error
	}{
		{"alias", "facts:\n  - id: one\n    title: &t Old\n    answer: *t\n    sources: [{ref: ap}]\n", "tram.yaml:10:13: here stands an alias (*t); change it in an editor", answer},
		{"anchor", "facts:\n  - id: one\n    title: Old\n    answer: &t Old\n    sources: [{ref: ap}]\n", "tram.yaml:10:13: here stands an anchor (&t)", answer},
		{"within an anchor", "facts:\n  - id: one\n    title: Old\n    answer: &t\n      en: Old\n    sources: [{ref: ap}]\n", "tram.yaml:10:13: here stands an anchor (&t)", answer},
		{
			"removal of an anchor", "facts:\n  - id: one\n    title: Old\n    answer: Old\n    about: &who [kim]\n    sources: [{ref: ap}]\n" + two, "tram.yaml:8:5: an anchor (&)",
			func(f *Files) error { return f.Remove("tram", "one") },
		},
		{
			"comments within what becomes something else", "facts:\n  - id: one\n    title: Old\n    answer: Old\n    asks:\n      # first\n      - what\n    sources: [{ref: ap}]\n", "tram.yaml:13:7: comments stand in what would be replaced",
			func(f *Files) error { return f.AddAsk("tram", "one", "ko", "무엇") },
		},
		{"unknown fact", "facts: []\n", "`tram` has no fact or gap `one`", answer},
		{"gap", "gaps: [{id: one, title: Old}]\n", "`one` of `tram` is a gap", answer},
		{"unknown base", "facts: []\n", "no base `other`", func(f *Files) error { return f.Remove("other", "one") }},
		{"taken id", "gaps: [{id: one, title: Old}]\n", "`one` is taken", func(f *Files) error { return f.Add("tram", "one", Fields{}) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := read(t, writeFiles(t, "tram.yaml", header+tt.text))
			err := tt.edit(f)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if f.files[0].now != header+tt.text {
				t.Errorf("changed:\n%s", f.Diff())
			}
		})
	}
}

// TestUnreadable tells of files that cannot be read for editing.
func TestUnreadable(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"tram.yaml", header + "facts: # a\ttab\n", "7:11: a tab"},
		{"tram.yaml", header + "facts: [\n", "not valid YAML"},
		{"tram.yaml", header + "facts: [{<<: {id: one}}]\n", "a key must be plain text"},
		{"tram.yaml", header + "facts: !!set {}\n", "is not used here"},
		{"tram.yaml", header + "parts: [none.yaml]\n", "tram.yaml:7:9: the part `none.yaml` cannot be read"},
		{"tram.jsonl", "{\"base\":\n", "tram.jsonl:1: not valid JSON"},
		{"tram.jsonl", "\n", "empty"},
	}
	for _, tt := range tests {
		if _, err := Read(writeFiles(t, tt.name, tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

// TestWhereItLives writes phrasings of the shipped base where the others are.
func TestWhereItLives(t *testing.T) {
	t.Parallel()
	f := read(t, "../data/busan-summit.yaml")
	fact := load(t, f).Facts[3]
	if err := f.AddAsk("busan-summit", "sums-changed", "ja", "金額は変わりましたか、教えて"); err != nil {
		t.Fatal(err)
	}
	fields := All(&fact)
	fields.Asks = map[string][]string{"en": {"a first phrasing # of all"}, "ko": {"새로운 물음"}}
	fields.Tests, fields.Covers = nil, nil
	if err := f.Add("busan-summit", "new-one", fields); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"     status: reported\n     updated: \"2026-11-24\"\n+\n+  - id: new-one\n+    title:\n+      en: \"Where the summit was held\"\n",
		"+    about: [busan, south-korea, ishiba, lee, japan]\n+    topics: [summit]\n+    when: \"2025-09-30\"\n+    sources:\n+      - ref: ap-2025-09-30\n+        paragraph: 2\n+        quote: \"southeastern port city of Busan\"\n+    status: reported\n+    updated: \"2026-11-26\"\n \n gaps:\n",
		"--- a/busan-summit.en.yaml\n+++ b/busan-summit.en.yaml\n",
		"+  new-one:\n+    - \"a first phrasing # of all\"\n \n # Questions",
		"+  new-one:\n+    - \"새로운 물음\"\n \n # Questions",
		"+    - \"金額は変わりましたか、教えて\"\n",
	}
	diff := f.Diff()
	for _, w := range want {
		if !strings.Contains(diff, w) {
			t.Errorf("no\n%s\nin\n%s", w, diff)
		}
	}
	if removed := strings.Count(diff, "\n-") - strings.Count(diff, "\n---"); removed > 0 {
		t.Errorf("%d lines are taken out:\n%s", removed, diff)
	}
	load(t, f)
	if err := f.Remove("busan-summit", "new-one"); err != nil {
		t.Fatal(err)
	}
	if diff := f.Diff(); strings.Count(diff, "\n+") != 2 {
		t.Errorf("not as before:\n%s", diff)
	}
}

// TestLoadOnce reads a state of the files once, and another anew.
func TestLoadOnce(t *testing.T) {
	f := read(t, writeFiles(t, "tram.jsonl", `{"base":"tram","title":"The tram","languages":["en"],"sources":{"ap":{"title":"A","publisher":"AP","url":"https://example.org/a","language":"en"}}}
{"id":"fare","title":"The fare","answer":"A ride is two francs.","sources":[{"ref":"ap"}]}
`))
	first, _ := f.Load()
	if again, _ := f.Load(); again[0] != first[0] {
		t.Error("the same state was read twice")
	}
	if err := f.Set("tram", "fare", Fields{Answer: en("A ride is three francs.")}); err != nil {
		t.Fatal(err)
	}
	changed, _ := f.Load()
	if text := changed[0].Facts[0].Answer.Only("en"); text != "A ride is three francs." {
		t.Errorf("got %q", text)
	}
	if text := first[0].Facts[0].Answer.Only("en"); text != "A ride is two francs." {
		t.Errorf("the state before says %q", text)
	}
}
