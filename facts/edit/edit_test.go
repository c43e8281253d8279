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
