package stub

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"summitbot/facts"
)

const base = `base: fair
title: The harbour fair
languages: [en, ko]
sources:
  gazette: {title: A fair by the sea, publisher: Harbour Gazette, url: https://example.org/fair}
facts:
  - id: fair-day
    title: {en: When the fair is held, ko: 축제 날짜}
    answer: {en: The fair is held in May., ko: 축제는 5월에 열립니다.}
    asks: {en: [When is the harbour fair?], ko: [축제는 언제인가요]}
    sources: [{ref: gazette}]
gaps:
  - id: fair-cost
    title: {en: What the fair cost, ko: 축제 비용}
    asks: {en: [How much did the fair cost?], ko: [축제 비용은 얼마인가요]}
`

func load(t testing.TB, text string) (*facts.Base, facts.Problems) {
	t.Helper()
	bases, problems := facts.LoadFS(fstest.MapFS{"fair.yaml": {Data: []byte(text)}}, "fair.yaml")
	if len(bases) == 0 {
		return nil, problems
	}
	return bases[0], problems
}

// stubs writes questions for the base above.
func stubs(t testing.TB, list ...Question) string {
	t.Helper()
	b, problems := load(t, base)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Write(&out, b, list); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// filledIn pastes stubs into the base, with title, answer and source.
func filledIn(fragment string) string {
	_, entries, _ := strings.Cut(fragment, "facts:\n")
	lines := strings.Split(entries, "\n")
	for i, line := range lines {
		switch line {
		case `    title: ""`:
			lines[i] = "    title: A title"
		case `    answer: ""`:
			lines[i] = "    answer: An answer."
		case "    sources: []":
			lines[i] = "    sources: [{ref: gazette, paragraph: 1}]"
		}
	}
	entries = strings.Join(lines, "\n")
	return strings.Replace(base, "gaps:\n", entries+"gaps:\n", 1)
}

// TestWrite holds the text of stubs against what they should be.
func TestWrite(t *testing.T) {
	got := stubs(t,
		Question{ID: 4, Count: 12, Wrong: 2, Last: time.Date(2025, 10, 2, 23, 0, 0, 0, time.UTC), Near: []string{"fair/fair-day", "other/thing"}, Asks: []facts.Phrase{
			{Lang: "en", Text: `Who said: "open #1"?`}, {Lang: "ko", Text: "누가 열었나요"}, {Lang: "en", Text: "who said open 1"}, {Lang: "fr", Text: "Qui a dit ?"}, {Lang: "en", Text: "how much did the FAIR cost"}, {Lang: "en", Text: "?!"},
		}},
		Question{ID: 5, Count: 1, Asks: []facts.Phrase{{Lang: "ko", Text: "비가\n오나요"}}},
		Question{ID: 6, Count: 1, Asks: []facts.Phrase{{Lang: "en", Text: "Fair day?"}}},
	)
	want := `facts:
  # asked 12 times, last on 2025-10-02; 2 times the answer was thought wrong
  # nearest: fair-day (When the fair is held), other/thing
  # left out, the base has no language fr: Qui a dit ?
  # left out, it leads to ` + "`fair-cost`" + ` already: how much did the FAIR cost
  # left out, it has no word: ?!
  - id: who-said-open-1
    title: ""
    answer: ""
    asks:
      "en":
        - "Who said: \"open #1\"?"
      "ko":
        - "누가 열었나요"
    sources: []
  # asked once
  - id: question-5
    title: ""
    answer: ""
    asks:
      "ko":
        - "비가 오나요"
    sources: []
  # asked once
  - id: fair-day-2
    title: ""
    answer: ""
    asks:
      "en":
        - "Fair day?"
    sources: []
`
	if _, entries, _ := strings.Cut(got, "`summitbot check`"); !strings.HasSuffix(entries, want) {
		t.Errorf("got\n%s\nwant the end\n%s", got, want)
	}
	b, problems := load(t, filledIn(got))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	if n := len(b.Facts); n != 4 {
		t.Errorf("%d facts, want 4", n)
	}
	if _, problems = load(t, strings.Replace(base, "facts:\n", "facts:\n"+strings.SplitN(got, "\nfacts:\n", 2)[1], 1)); problems.Err() == nil {
		t.Error("stubs that nobody has filled in were taken")
	}
}

// TestNone writes a fragment that can be read when there is nothing.
func TestNone(t *testing.T) {
	if got := stubs(t); !strings.HasSuffix(got, "\nfacts: []\n") {
		t.Errorf("got %q", got)
	}
}

// FuzzWrite asks anything: what is written can always be filled in, and asks
// what was asked.
func FuzzWrite(f *testing.F) {
	for _, text := range []string{"", "# no comment", "a: b", "- x\n- y", "line\nbreak\r\nand\ttab", `"quoted" and \ and 'that'`, "\x00\x1b[31m\u0085\u2028\u202e\ufeff\xff", strings.Repeat("가나 ", 300), "When is the harbour fair?", "👩‍👩‍👧 who?", "2025-09-30", "null", "[a, {b: c}]", "&a *b !c", "%d %s", "<<", "? : |", strings.Repeat("\\\"", 300)} {
		f.Add(text, "en", int64(1))
		f.Add(text, text, int64(7))
	}
	f.Fuzz(func(t *testing.T, text, lang string, id int64) {
		got := stubs(t, Question{ID: id&0xffffff + 1, Count: 1, Near: []string{text, lang}, Asks: []facts.Phrase{{Lang: "en", Text: text}, {Lang: lang, Text: text + " more"}, {Lang: "ko", Text: lang}}},
			Question{ID: id&0xffffff + 2, Count: 2, Asks: []facts.Phrase{{Lang: "ko", Text: text}}})
		b, problems := load(t, filledIn(got))
		if err := problems.Err(); err != nil {
			t.Fatalf("%v\n%s", err, got)
		}
		if n := len(b.Facts); n != 3 {
			t.Fatalf("%d facts, want 3\n%s", n, got)
		}
		for _, p := range b.Facts[1].Asks {
			if utf8.RuneCountInString(p.Text) > facts.MaxAsk {
				t.Errorf("%d characters", utf8.RuneCountInString(p.Text))
			}
		}
		if plain := clean(text); plain == text && facts.Folded(text) != "" && !strings.Contains(base, text) && facts.Folded(text) != "when is the harbour fair" && facts.Folded(text) != "how much did the fair cost" {
			if asks := b.Facts[1].Asks; len(asks) == 0 || asks[0].Text != text {
				t.Errorf("%q became %+v", text, asks)
			}
		}
	})
}
