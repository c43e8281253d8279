package facts

import (
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
)

// phrasingsOf picks about n phrasings of a base, of facts and gaps, evenly
// over it.
func phrasingsOf(b *Base, n int) []string {
	var all []string
	add := func(asks []Phrase) {
		for _, a := range asks {
			all = append(all, a.Text)
		}
	}
	for i := range b.Facts {
		add(b.Facts[i].Asks)
	}
	for i := range b.Gaps {
		add(b.Gaps[i].Asks)
	}
	var picked []string
	for i := 0; i < len(all); i += max(1, len(all)/n) {
		picked = append(picked, all[i])
	}
	return picked
}

// TestManyGoroutines asks the same from 64 goroutines as from one, on a
// snapshot of which nothing is built yet.
func TestManyGoroutines(t *testing.T) {
	s := embedded(t)
	questions := append(phrasingsOf(s.Bases()[0], 40), "", "hello", "\xff", "where did Biden meet Xi?", "회담 talks 会談")
	var want []Decision
	for _, q := range questions {
		want = append(want, ask(s, q))
	}
	fresh := newSnapshot(s.Bases(), embeddedAhead(t))
	var wait sync.WaitGroup
	for g := range 64 {
		wait.Go(func() {
			for i := range questions {
				n := (i*7 + g) % len(questions) // each in another order
				d := ask(fresh, questions[n])
				if !alike(d, want[n]) {
					t.Errorf("goroutine %d, %q: got %s, want %s", g, questions[n], describe(d), describe(want[n]))
					return
				}
			}
		})
	}
	wait.Wait()
}

// embeddedAhead is what was prepared ahead of time; nil when
// they are stale.
func embeddedAhead(tb testing.TB) map[string]prepare {
	tb.Helper()
	c, err := readCompiled()
	if err != nil {
		tb.Logf("everything has to be read and fitted: %v", err)
		return nil
	}
	return c.Ahead
}

// maxAllocations of one match in steady state, on average. What a decision
// returns needs two or three: its candidates and facts.
const maxAllocations = 12

func TestAllocations(t *testing.T) {
	s := embedded(t)
	questions := phrasingsOf(s.Bases()[0], 100)
	measure := func(t *testing.T, match func(q string)) {
		t.Helper()
		perRun := testing.AllocsPerRun(5, func() {
			for _, q := range questions {
				match(q)
			}
		})
		if n := perRun / float64(len(questions)); n >= maxAllocations {
			t.Errorf("%.1f allocations a question, want less than %d", n, maxAllocations)
		}
	}
	t.Run("Match", func(t *testing.T) {
		if underRace() {
			t.Skip("did not run: under the race detector sync.Pool throws some of its content away; the other half ran")
		}
		measure(t, func(q string) { s.Match(Question{Text: q}) })
	})
	t.Run("own scratch", func(t *testing.T) {
		scratches := map[string]*scratch{}
		for _, lang := range s.Bases()[0].Languages {
			scratches[lang] = s.indexes[lang].get().newScratch()
		}
		measure(t, func(q string) {
			var d Decision
			s.decide(&d, scratches[s.languageOf(q, "")], q, false)
		})
	})
}

// underRace reports whether the race detector is compiled in.
func underRace() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// TestLazy: a language is indexed when the first question in it comes, unless
// all are wanted at once.
func TestLazy(t *testing.T) {
	s := NewSnapshot(loadBase(t, tramTalks))
	built := func() string {
		var langs []string
		for lang, li := range s.indexes {
			if li.index != nil {
				langs = append(langs, lang)
			}
		}
		slices.Sort(langs)
		return strings.Join(langs, " ")
	}
	steps := []struct {
		name string
		do   func()
		want string
	}{
		{"new", func() {}, ""},
		{"small talk", func() { s.Match(Question{Text: "hello"}) }, ""},
		{"Lookup", func() { s.Lookup("tram-talks/overview") }, ""},
		{"a Korean question", func() { s.Match(Question{Text: "회담은 언제 열렸나요", Lang: "en"}) }, "ko"},
		{"an English question", func() { s.Match(Question{Text: "when was it"}) }, "en ko"},
		{"Ready", s.Ready, "en ja ko"},
		{"Ready again", s.Ready, "en ja ko"},
	}
	for _, step := range steps {
		step.do()
		if got := built(); got != step.want {
			t.Errorf("after %s: built are %q, want %q", step.name, got, step.want)
		}
	}
}

func TestLookup(t *testing.T) {
	s := tramSnapshot(t)
	tests := []struct {
		id        string
		fact, gap bool
	}{
		{"tram-talks/talks-place", true, false},
		{"tram-talks/lunch", false, true},
		{"tram-talks/none", false, false},
		{"talks-place", false, false},
		{"other/talks-place", false, false},
		{"", false, false},
	}
	for _, tt := range tests {
		r, ok := s.Lookup(tt.id)
		if ok != (tt.fact || tt.gap) || (r.Fact != nil) != tt.fact || (r.Gap != nil) != tt.gap {
			t.Errorf("%q: got %+v, %t", tt.id, r, ok)
		}
		if ok && r.ID() != tt.id {
			t.Errorf("%q is called %q", tt.id, r.ID())
		}
	}
}

// TestTwoBases: facts of several bases compete in one snapshot, and each is
// named with its base.
func TestTwoBases(t *testing.T) {
	other := &Base{ID: "ferry", Languages: []string{"en", "fr"}, Facts: []Fact{{
		ID: "talks-place", Title: Text{{"en", "The ferry"}}, Answer: Text{{"en", "The ferry leaves from the old harbour every morning."}},
		Asks: []Phrase{{"en", "where does the ferry leave from"}, {"en", "from which harbour does the ferry go"}},
	}}}
	s := NewSnapshot(loadBase(t, tramTalks), other)
	for question, want := range map[string]string{
		"where does the ferry leave from": "ferry/talks-place",
		"where were the talks held":       "tram-talks/talks-place",
	} {
		d := ask(s, question)
		if asserted(d) == "" || d.Facts[0].ID() != want {
			t.Errorf("%q: want %s, got %s", question, want, describe(d))
		}
	}
	if !s.speaks("fr") || !s.speaks("ja") || s.speaks("de") {
		t.Error("the languages are not those of both bases")
	}
}
