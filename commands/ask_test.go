package commands

import (
	"strings"
	"testing"

	"summitbot/facts"
)

// fairBase is about a fair that never was.
func fairBase() *facts.Base {
	return &facts.Base{
		ID:        "fair",
		Title:     facts.Text{{Lang: "en", Text: "The fair"}, {Lang: "ko", Text: "축제"}},
		Languages: []string{"en", "ko"},
		Sources:   []facts.Source{{ID: "gazette", Publisher: "Gazette", Published: "2025-05-01", URL: "https://example.org/"}},
		Facts: []facts.Fact{
			{
				ID:      "fair-day",
				Title:   facts.Text{{Lang: "en", Text: "The day"}, {Lang: "ko", Text: "날짜"}},
				Answer:  facts.Text{{Lang: "en", Text: "The harbour fair is held in May."}},
				Asks:    []facts.Phrase{{Lang: "en", Text: "When is the harbour fair?"}, {Lang: "en", Text: "date of the harbour fair"}},
				Status:  facts.Reported,
				When:    "2025-05",
				Sources: []facts.Citation{{Ref: "gazette", Paragraph: 2, Quote: "in May", Says: facts.Text{{Lang: "en", Text: "the mayor"}}}},
			},
			{ID: "fair-guest", Title: facts.Text{{Lang: "en", Text: "The guest"}}, Answer: facts.Text{{Lang: "en", Text: "The keeper came."}}, Status: facts.Confirmed},
		},
		Gaps: []facts.Gap{{ID: "fair-cost", Title: facts.Text{{Lang: "en", Text: "The cost"}}, Says: facts.Text{{Lang: "en", Text: "Nobody says what it cost."}}}},
	}
}

func TestAsk(t *testing.T) {
	snapshot := facts.NewSnapshot(fairBase())
	r := Ask(snapshot, Call{Text: "When is the harbour fair?", Explain: true})
	if r.Outcome != facts.Answer || r.Text() != "The harbour fair is held in May." || r.Decision.Why == nil {
		t.Fatalf("%s %q, why %v", r.Outcome, r.Text(), r.Decision.Why)
	}
	f := r.Facts[0]
	want := Fact{
		ID: "fair/fair-day", Title: "The day", Text: "The harbour fair is held in May.", Standing: "As reported", When: "When: May 2025", AsOf: "as of 1 May 2025",
		Sources: f.Sources,
	}
	if f.ID != want.ID || f.Title != want.Title || f.Text != want.Text || f.Standing != want.Standing || f.When != want.When || f.AsOf != want.AsOf || f.Fallback != "" || f.Warning {
		t.Errorf("got  %+v\nwant %+v", f, want)
	}
	source := Source{Line: "Gazette, 1 May 2025, paragraph 2", Says: "Statement by the mayor", Link: "https://example.org/#:~:text=in%20May"}
	if len(f.Sources) != 1 || f.Sources[0] != source {
		t.Errorf("got  %+v\nwant %+v", f.Sources, source)
	}
}

// TestReaderLanguage takes Discord's locales, and labels a text that is not
// translated.
func TestReaderLanguage(t *testing.T) {
	snapshot := facts.NewSnapshot(fairBase())
	for _, lang := range []string{"ko", "ko-KR", "KO"} {
		r := Ask(snapshot, Call{Text: "When is the harbour fair?", Lang: lang})
		if r.Lang != "ko" || len(r.Facts) != 1 || !strings.Contains(r.Facts[0].Fallback, "영어") {
			t.Errorf("%s: %s %+v", lang, r.Lang, r.Facts)
		}
	}
	if r := Ask(snapshot, Call{Text: "When is the harbour fair?", Lang: "fr"}); r.Lang != "en" {
		t.Errorf("a language that the base does not speak: %s", r.Lang)
	}
}

func TestShow(t *testing.T) {
	base := fairBase()
	r := Show(facts.NewSnapshot(base), facts.Ref{Base: base, Fact: &base.Facts[1]}, "en")
	if r.Outcome != facts.Answer || r.Text() != "The keeper came." {
		t.Errorf("%s %q", r.Outcome, r.Text())
	}
}

// TestNothingAsserted holds every other outcome to naming facts at most.
func TestNothingAsserted(t *testing.T) {
	base := fairBase()
	snapshot := facts.NewSnapshot(base)
	fact := facts.Ref{Base: base, Fact: &base.Facts[0]}
	tests := []struct {
		name, question string
		decision       facts.Decision
		want           string // in the text
	}{
		{"choices", "fair", facts.Decision{Outcome: facts.Choices, Facts: []facts.Ref{fact}}, "Did you mean one of these?"},
		{"decline", "moon", facts.Decision{Outcome: facts.Decline, Facts: []facts.Ref{fact}}, "does not hold"},
		{"gap", "cost", facts.Decision{Outcome: facts.Decline, Gap: &facts.Ref{Base: base, Gap: &base.Gaps[0]}}, "does not hold an answer to that.\nNobody says what it cost."},
		{"no question", "🎪", facts.Decision{Outcome: facts.Decline}, "no question"},
		{"too long", strings.Repeat("a", facts.MaxQuestion+1), facts.Decision{Outcome: facts.Decline}, "at most 2000 characters"},
		{"hello", "hello", facts.Decision{Outcome: facts.Smalltalk, Smalltalk: facts.Hello}, "Hello"},
		{"help", "help", facts.Decision{Outcome: facts.Smalltalk, Smalltalk: facts.Help}, "What I know about: The fair."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.decision.Lang = "en"
			r := Compose(snapshot, tt.question, tt.decision)
			if !strings.Contains(r.Text(), tt.want) || strings.Contains(r.Text(), "held in May") {
				t.Errorf("got %q, want %q in it", r.Text(), tt.want)
			}
		})
	}
}

func TestExamples(t *testing.T) {
	snapshot := facts.NewSnapshot(fairBase())
	if got := Examples(snapshot, "en", 2); len(got) != 1 || got[0] != "When is the harbour fair?" {
		t.Errorf("got %q: one of a fact", got)
	}
	if got := Examples(snapshot, "ko", 2); len(got) != 0 {
		t.Errorf("got %q for a language without phrasings", got)
	}
}
