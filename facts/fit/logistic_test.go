package main

import (
	"math"
	"slices"
	"testing"

	"summitbot/facts"
)

// place is where a feature stands in a vector.
func place(t *testing.T, name string) int {
	t.Helper()
	i := slices.Index(facts.FeatureNames[:], name)
	if i < 0 {
		t.Fatalf("there is no feature %q", name)
	}
	return i
}

// rowOf is a sample with the named features and the constant 1.
func rowOf(t *testing.T, task string, right bool, values map[string]float64) sample {
	t.Helper()
	x := make([]float64, len(facts.FeatureNames))
	x[place(t, "constant")] = 1
	for name, v := range values {
		x[place(t, name)] = v
	}
	return sample{task, x, right}
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-3 }

// TestFitFindsOdds: of the samples with coverage 1 three in four are right, of
// those with 0 one in four. The odds are 3 and 1/3, so that the constant is
// ln ⅓ = -1.0986 and coverage adds ln 9 = 2.1972.
func TestFitFindsOdds(t *testing.T) {
	var rows []sample
	for i := range 400 {
		coverage := float64(i % 2)
		right := (i/2%4 == 0) != (coverage == 1)
		rows = append(rows, rowOf(t, "task", right, map[string]float64{"coverage": coverage}))
	}
	w := fitWeights(rows)
	if got := w[place(t, "constant")]; math.Abs(got+1.0986) > .05 {
		t.Errorf("the constant is %v", got)
	}
	if got := w[place(t, "coverage")]; math.Abs(got-2.1972) > .05 {
		t.Errorf("coverage counts %v", got)
	}
	for i, v := range w {
		if name := facts.FeatureNames[i]; v != 0 && name != "constant" && name != "coverage" {
			t.Errorf("%s counts %v, though it is 0 throughout", name, v)
		}
	}
}

// TestFitFindsSigns: each feature goes with right (1) or wrong (-1). Where
// that is against its sign it counts nothing.
func TestFitFindsSigns(t *testing.T) {
	tests := []struct {
		feature  string
		goesWith int
		want     int
	}{
		{"coverage", 1, 1},
		{"coverage", -1, 0}, // may not count against
		{"name_miss", -1, -1},
		{"name_miss", 1, 0}, // may not count for
		{"open", 1, 1},      // has no sign of its own
		{"open", -1, -1},
	}
	for _, tt := range tests {
		var rows []sample
		for i := range 200 {
			on := i%2 == 0
			right := on == (tt.goesWith > 0)
			if i%10 == 0 {
				right = !right // so that they can be told apart, but not wholly
			}
			value := 0.0
			if on {
				value = 1
			}
			rows = append(rows, rowOf(t, "task", right, map[string]float64{tt.feature: value}))
		}
		got := fitWeights(rows)[place(t, tt.feature)]
		if sign := int(math.Copysign(1, got)); got == 0 && tt.want != 0 || got != 0 && sign != tt.want {
			t.Errorf("%s, which goes with %d, counts %v", tt.feature, tt.goesWith, got)
		}
	}
}

// TestSignsAreKnown: a sign for a feature that does not exist would do nothing.
func TestSignsAreKnown(t *testing.T) {
	for name := range signs {
		place(t, name)
	}
}

// TestTasksWeighTheSame: a task of 300 samples, all wrong, and one of 3, all
// right, come out even.
func TestTasksWeighTheSame(t *testing.T) {
	var rows []sample
	for range 300 {
		rows = append(rows, rowOf(t, "large", false, nil))
	}
	for range 3 {
		rows = append(rows, rowOf(t, "small", true, nil))
	}
	if p := predict(fitWeights(rows), rows[0].x); !near(p, .5) {
		t.Errorf("got %v", p)
	}
}

// scored makes samples of which the weights oneHot make the given
// probabilities: the log-odds stand in one feature that counts 1.
func scored(t *testing.T, right, wrong []float64) []sample {
	t.Helper()
	var rows []sample
	for _, group := range []struct {
		list  []float64
		right bool
	}{{right, true}, {wrong, false}} {
		for _, p := range group.list {
			rows = append(rows, rowOf(t, "task", group.right, map[string]float64{"coverage": math.Log(p / (1 - p))}))
		}
	}
	return rows
}

func oneHot(t *testing.T) []float64 {
	t.Helper()
	w := make([]float64, len(facts.FeatureNames))
	w[place(t, "coverage")] = 1
	return w
}

func TestPredict(t *testing.T) {
	for _, p := range []float64{.1, .5, .9} {
		if got := predict(oneHot(t), scored(t, []float64{p}, nil)[0].x); !near(got, p) {
			t.Errorf("got %v, want %v", got, p)
		}
	}
}

func TestAUROC(t *testing.T) {
	tests := []struct {
		name         string
		right, wrong []float64
		want         float64
	}{
		{"apart", []float64{.9, .8}, []float64{.2, .1}, 1},
		{"upside down", []float64{.1, .2}, []float64{.8, .9}, 0},
		// .9 is above .7 and .2; .4 above .2 only: 3 of 4 pairs.
		{"mixed", []float64{.9, .4}, []float64{.7, .2}, .75},
		// .6 is above .5 but below .7: 1 of 2.
		{"one right", []float64{.6}, []float64{.5, .7}, .5},
	}
	for _, tt := range tests {
		if got := auroc(scored(t, tt.right, tt.wrong), oneHot(t)); !near(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestECE(t *testing.T) {
	tests := []struct {
		name         string
		right, wrong []float64
		want         float64
	}{
		// Three in four of those with .75 are right.
		{"calibrated", []float64{.75, .75, .75}, []float64{.75}, 0},
		// Each is off by .1.
		{"too sure", nil, []float64{.1, .1}, .1},
		// One bin: 2·.75 expected, 1 right: .5 over 2.
		{"half right", []float64{.75}, []float64{.75}, .25},
		// Two bins: |.95-1| and |.25-0| over 2.
		{"two bins", []float64{.95}, []float64{.25}, .15},
		// Errors in one bin cancel: .75+.7 expected, … 1 right: .45 over 2.
		{"one bin", []float64{.75}, []float64{.7}, .225},
		{"certain", []float64{1 - 1e-12}, nil, 0}, // the last bin takes 1
	}
	for _, tt := range tests {
		if got := ece(scored(t, tt.right, tt.wrong), oneHot(t)); !near(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestShareAndTasks(t *testing.T) {
	rows := []sample{{"b", nil, true}, {"a", nil, false}, {"b", nil, true}, {"a", nil, true}}
	if got := share(rows); got != .75 {
		t.Errorf("share: got %v", got)
	}
	if got := tasksOf(rows); !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("tasks: got %v", got)
	}
}

// TestLeaveOut: over the folds every phrasing is asked, and never one that
// the base still has.
func TestLeaveOut(t *testing.T) {
	snapshot, err := facts.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	base := snapshot.Bases()[0]
	type phrasing struct{ owner, lang, text string }
	wanted := map[phrasing]int{}
	for _, f := range base.Facts {
		for _, a := range f.Asks {
			wanted[phrasing{f.ID, a.Lang, a.Text}]++
		}
	}
	got := map[phrasing]int{}
	for fold := range folds {
		rest, out := leaveOut(base, fold)
		have := map[phrasing]bool{}
		for _, f := range rest.Facts {
			for _, a := range f.Asks {
				have[phrasing{f.ID, a.Lang, a.Text}] = true
			}
		}
		for _, q := range out {
			p := phrasing{q.fact, q.lang, q.text}
			if have[p] {
				t.Fatalf("fold %d asks %q, which is still there", fold, q.text)
			}
			if q.fact != "" {
				got[p]++
			}
		}
	}
	if len(got) != len(wanted) {
		t.Errorf("%d phrasings were asked, of %d", len(got), len(wanted))
	}
	for p, n := range got {
		if n != wanted[p] {
			t.Errorf("%q was asked %d times, want %d", p.text, n, wanted[p])
		}
	}
}

// TestAccepts judges answers to a round's question: one of the paragraphs,
// and in the text one pattern of each group.
func TestAccepts(t *testing.T) {
	fact := func(paragraph int, text string) *facts.Fact {
		return &facts.Fact{Answer: facts.Text{{Lang: "en", Text: text}}, Sources: []facts.Citation{{Ref: "a", Paragraph: paragraph}}}
	}
	q := roundQuestion{Lang: "en", Paragraphs: []int{2, 3}, Must: [][]string{{"busan", "pusan"}, {`(?<!\d)15(?!\d)`}}}
	tests := []struct {
		name string
		fact *facts.Fact
		want bool
	}{
		{"all there", fact(3, "In Pusan, 15 percent"), true},
		{"another paragraph", fact(4, "In Pusan, 15 percent"), false},
		{"one group missing", fact(2, "In Busan, 25 percent"), false},
		{"other place", fact(2, "In Seoul, 15 percent"), false},
	}
	for _, tt := range tests {
		got, err := q.accepts(tt.fact)
		if err != nil || got != tt.want {
			t.Errorf("%s: got %t, %v", tt.name, got, err)
		}
	}
	if _, err := (roundQuestion{Lang: "en", Paragraphs: []int{2}, Must: [][]string{{"("}}}).accepts(fact(2, "")); err == nil {
		t.Error("a broken pattern was accepted")
	}
}
