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

// TestAskIn asks as people do in Discord.
func TestAskIn(t *testing.T) {
	env, _ := envOf(fairBase())
	tests := []struct {
		name, text, reader string
		outcome            facts.Outcome
		lang               string
		asked              string // repeated above the reply
		buttons            string // verbs
	}{
		{"a question", "When is the harbour fair?", "en-US", facts.Answer, "en", "When is the harbour fair?", "sources yes no"},
		{"a clear question in another language than the reader's", "When is the harbour fair?", "ko", facts.Answer, "en", "When is the harbour fair?", "sources yes no"},
		{"a suggestion that was picked", "=fair/fair-guest", "en-US", facts.Answer, "en", "", "sources yes no"},
		{"picked by a Korean reader", "=fair/fair-day", "ko", facts.Answer, "ko", "", "sources yes no"},
		{"what the base does not hold", "How tall is the lighthouse on the moon?", "en-US", facts.Decline, "en", "How tall is the lighthouse on the moon?", "fact fact pass tell"},
		{"small talk", "hello", "en-US", facts.Smalltalk, "en", "hello", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := AskIn(env, Call{Text: tt.text, Lang: tt.reader})
			checkReply(t, r)
			if r.Outcome != tt.outcome || r.Lang != tt.lang || r.Asked != tt.asked {
				t.Errorf("got %s in %s, asked %q", r.Outcome, r.Lang, r.Asked)
			}
			var have []string
			for _, id := range ids(r) {
				have = append(have, strings.Split(id, "/")[1])
			}
			if got := strings.Join(have, " "); got != tt.buttons {
				t.Errorf("buttons %q, want %q", got, tt.buttons)
			}
		})
	}
}

// TestAskOddly asks the embedded base what is no question: nothing is
// answered, and what has no words is not passed on.
func TestAskOddly(t *testing.T) {
	env := embedded(t)
	for _, text := range []string{"", " ", "🎪🎪", "?!", "\xff"} {
		r := called(t, env, AskName, Call{Lang: "ko", Options: map[string]string{"question": text}})
		if r.Outcome != facts.Decline || r.Lang != "ko" || !r.Private || len(r.Buttons) > 0 {
			t.Errorf("%q: got %s in %s, buttons %v", text, r.Outcome, r.Lang, ids(r))
		}
	}
}

// TestStalePick picks what is gone: no other fact is shown for it.
func TestStalePick(t *testing.T) {
	env := embedded(t)
	for _, text := range []string{"=busan-summit/never-was", "=fair/fair-day", "=busan-summit/" + env.snapshot().Bases()[0].Gaps[0].ID} {
		r := called(t, env, AskName, Call{Lang: "en-US", Options: map[string]string{"question": text, "for": "77"}})
		if r.Headline != Say("en", factGone) || !r.Private || r.For != "" {
			t.Errorf("%q: got %+v", text, r)
		}
	}
	for _, text := range []string{"= where / when was it held?", "=", "=/ "} {
		if isPick(text) {
			t.Errorf("%q passes for a pick", text)
		}
	}
}

// TestRunAsk decides who sees a reply and whom it points at.
func TestRunAsk(t *testing.T) {
	env, _ := envOf(fairBase())
	tests := []struct {
		name, question, private, person string
		wantPrivate                     bool
		wantFor                         string
	}{
		{"for all", "When is the harbour fair?", "", "", false, ""},
		{"in private", "When is the harbour fair?", "true", "", true, ""},
		{"not in private", "When is the harbour fair?", "false", "", false, ""},
		{"for somebody", "When is the harbour fair?", "", "77", false, "77"},
		{"in private, nobody is pointed at", "When is the harbour fair?", "true", "77", true, ""},
		{"a decline is private and points at nobody", "Do zebras like quantum physics?", "", "77", true, ""},
		{"small talk", "hello", "", "", false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := called(t, env, AskName, Call{Lang: "en-US", Options: map[string]string{"question": tt.question, PrivateOption: tt.private, "for": tt.person}})
			if r.Private != tt.wantPrivate || r.For != tt.wantFor {
				t.Errorf("private %t, for %q", r.Private, r.For)
			}
		})
	}
}

// TestChoiceButtons offers near ties, five at most.
func TestChoiceButtons(t *testing.T) {
	base := marketBase()
	snapshot := facts.NewSnapshot(base)
	var refs []facts.Ref
	for i := range base.Facts {
		refs = append(refs, facts.Ref{Base: base, Fact: &base.Facts[i]})
	}
	r := WithButtons(snapshot, Compose(snapshot, "price", facts.Decision{Outcome: facts.Choices, Lang: "en", Facts: refs}))
	same(t, "buttons", ids(r), []string{"1/pick/market/opening", "1/pick/market/season", "1/pick/market/east-price", "1/pick/market/west-price", "1/pick/market/prices"})
}

// TestRelated names what to read next: what curators name, then what contains
// a fact; never what is out of date, nor what is shown already.
func TestRelated(t *testing.T) {
	base := marketBase()
	snapshot := facts.NewSnapshot(base)
	tests := []struct {
		fact string
		want []string
	}{
		{"opening", []string{"market/east-price"}}, // old-price is out of date
		{"east-price", []string{"market/prices"}},
		{"prices", []string{"market/east-price", "market/west-price"}},
		{"season", nil},
	}
	for _, tt := range tests {
		ref, _ := snapshot.Lookup("market/" + tt.fact)
		var got []string
		for _, next := range related(snapshot, []facts.Ref{ref}) {
			got = append(got, next.ID())
		}
		same(t, tt.fact, got, tt.want)
	}
}
