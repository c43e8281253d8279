package facts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"
)

// near reports whether two numbers are equal but for rounding.
func near(a, b float64) bool { return math.Abs(a-b) < 1e-4 }

// gems has three facts of one phrasing each. All words have five letters, no
// two share a stem or a trigram that matters, and each is in one fact, so that
// every term weighs the same and every phrase has the mean length.
func gems() *index {
	return indexOf("en", []string{"amber birch cedar"}, []string{"dunes eland fjord"}, []string{"glass haven ivory"})
}

// rankAll puts a question to an index and returns the candidates.
func rankAll(x *index, question string) []candidate {
	s := x.newScratch()
	s.read(question)
	s.rank(typeOf(s.tokens, x.lang))
	return slices.Clone(s.ranked)
}

// TestMix does the sums of the four views. A term that is once in a phrase of
// mean length adds weight·(k1+1)/(1+k1) = weight to its view; the view's sum
// is divided by (k1+1)·(the weight of all the question's terms) and multiplied
// by the view's weight. All terms weigh the same here, also unknown ones.
func TestMix(t *testing.T) {
	tests := []struct {
		question                          string
		content, surface, sequence, grams float64 // shares of the question's terms
	}{
		// Word for word: everything.
		{"amber birch cedar", 1, 1, 1, 1},
		// Two of the words. Pairs: ^amber and amber-birch, but not birch$.
		{"amber birch", 1, 1, 2. / 3, 1},
		// Another order. Pairs: of ^cedar, cedar-birch, birch-amber, amber$ none.
		{"cedar birch amber", 1, 1, 0, 1},
		// A stop word counts on the surface: 3 of 4. Pairs: of ^the, the-amber,
		// amber-birch, birch-cedar, cedar$ three. Grams: ^the$ has 3, so 15 of 18.
		{"the amber birch cedar", 1, 3. / 4, 3. / 5, 15. / 18},
		// An unknown word. Pairs: ^amber of ^amber, amber-?, ?$. Grams: 5 of 10.
		{"amber quokk", 1. / 2, 1. / 2, 1. / 3, 1. / 2},
		// A word repeated is no other word. Pairs: ^amber, amber-amber, amber$.
		{"amber amber", 1, 1, 1. / 3, 1},
	}
	x := gems()
	for _, tt := range tests {
		var want float64
		for v, share := range map[view]float64{content: tt.content, surface: tt.surface, sequence: tt.sequence, grams: tt.grams} {
			want += share * float64(viewWeights[v]) / (bm25K1 + 1)
		}
		ranked := rankAll(x, tt.question)
		if len(ranked) != 1 || ranked[0].entry != 0 || !near(float64(ranked[0].mx), want) {
			t.Errorf("%q: got %+v, want %.4f for the first fact alone", tt.question, ranked, want)
		}
	}
}

// TestRepetition: a term that is twice in a phrase of mean length adds
// weight·2·(k1+1)/(2+k1), which is less than twice as much as once.
func TestRepetition(t *testing.T) {
	x := indexOf("en", []string{"amber amber cedar"}, []string{"dunes eland fjord"}, []string{"glass haven ivory"})
	// Pairs of the question: ^amber, which is there once, and amber$, which is not.
	once, twice := 1/(1+bm25K1), 2/(2+bm25K1)
	want := float64(viewWeights[content]+viewWeights[surface]+viewWeights[grams])*twice + float64(viewWeights[sequence])*once/2
	if ranked := rankAll(x, "amber"); len(ranked) != 1 || !near(float64(ranked[0].mx), want) {
		t.Errorf("got %+v, want %.4f", ranked, want)
	}
}

// TestTermWeights: what is rarer weighs more.
func TestTermWeights(t *testing.T) {
	for df := 1.0; df < 10; df++ {
		if idf(10, df) <= idf(10, df+1) || rarity(10, df) <= rarity(10, df+1) {
			t.Errorf("in %v facts of 10: idf %v, rarity %v; in one more: %v, %v", df, idf(10, df), rarity(10, df), idf(10, df+1), rarity(10, df+1))
		}
	}
	// ln(1 + 10.5/.5) / ln(1 + 10.5/.5), and ln(1 + .5/10.5) / ln 22 = .0465/3.0910.
	if r := rarity(10, 0); !near(float64(r), 1) {
		t.Errorf("rarity of what is in none: %v", r)
	}
	if r := rarity(10, 10); !near(float64(r), .01505) {
		t.Errorf("rarity of what is in all: %v", r)
	}
	// (ln(1 + 2.5/1.5))^p = (ln 2.6667)^p.
	if w := idf(3, 1); !near(float64(w), math.Pow(.980829, idfPower)) {
		t.Errorf("idf of one in three: %v", w)
	}
}

// TestRareWordWins: “rate” is in every fact and “fjord” in one, so that the
// fact with the rare word comes before those with the common one.
func TestRareWordWins(t *testing.T) {
	x := indexOf("en", []string{"rate of amber"}, []string{"rate of birch"}, []string{"rate of cedar"}, []string{"fjord view rate"})
	ranked := rankAll(x, "rate fjord")
	if len(ranked) != 4 || ranked[0].entry != 3 {
		t.Errorf("got %+v", ranked)
	}
}

// TestFading: while no model is fitted, each further phrasing that matches
// counts, but less and less. Both facts have the phrasing “amber birch”.
func TestFading(t *testing.T) {
	x := indexOf("en", []string{"amber birch"}, []string{"amber birch", "amber cedar", "amber fjord"})
	ranked := rankAll(x, "amber birch")
	if len(ranked) != 2 || ranked[0].entry != 1 {
		t.Fatalf("got %+v", ranked)
	}
	more, one := ranked[0], ranked[1]
	if more.mx != one.mx || one.model != 0 {
		t.Errorf("got %v and %v for the same phrasing, %v for no other", more.mx, one.mx, one.model)
	}
	// The two others score the same, s: fading·s + fading²·s.
	s := x.newScratch()
	s.read("amber birch")
	s.rank(asksNothing)
	var other float64
	for _, ps := range s.phrases {
		if x.owner[ps.phrase] == 1 && ps.score < more.mx {
			other = float64(ps.score)
		}
	}
	if want := other * (fading + fading*fading); !near(float64(more.model), want) || want == 0 {
		t.Errorf("the others: got %v, want %v", more.model, want)
	}
}

// TestTies are in the order of the facts.
func TestTies(t *testing.T) {
	x := indexOf("en", []string{"amber birch"}, []string{"amber cedar"}, []string{"amber fjord"})
	var got []int32
	for _, c := range rankAll(x, "amber") {
		got = append(got, c.entry)
	}
	if !slices.Equal(got, []int32{0, 1, 2}) {
		t.Errorf("got %v", got)
	}
}

func TestNothingShared(t *testing.T) {
	for _, q := range []string{"", "quokka", "왜", "!!"} {
		if ranked := rankAll(gems(), q); len(ranked) != 0 {
			t.Errorf("%q: got %+v", q, ranked)
		}
	}
}

// TestForget puts two questions to one scratch, between which nothing may
// stay.
func TestForget(t *testing.T) {
	x := gems()
	s := x.newScratch()
	for _, q := range []string{"amber birch", "the dunes of amber quokka 12 amber", "birch amber birch", ""} {
		s.read(q)
		s.rank(asksNothing)
		if got, want := slices.Clone(s.ranked), rankAll(x, q); !slices.Equal(got, want) {
			t.Errorf("%q: got %+v, want %+v", q, got, want)
		}
		s.forget()
	}
	for v, marks := range s.mark {
		if slices.ContainsFunc(marks, func(m uint16) bool { return m != 0 }) {
			t.Errorf("view %d keeps a mark", v)
		}
	}
	if slices.ContainsFunc(s.found, func(f float32) bool { return f != 0 }) || slices.ContainsFunc(s.stemPlace, func(p uint16) bool { return p != 0 }) {
		t.Error("a phrase or a stem keeps a mark")
	}
}

// TestBareQuestion: stop words count when there is nothing else.
func TestBareQuestion(t *testing.T) {
	x := indexOf("en", []string{"who are you"}, []string{"amber birch"})
	if ranked := rankAll(x, "who are you"); len(ranked) == 0 || ranked[0].entry != 0 {
		t.Errorf("bare: got %+v", ranked)
	}
	if ranked := rankAll(x, "who is amber"); len(ranked) != 1 || ranked[0].entry != 1 {
		t.Errorf("not bare: got %+v", ranked)
	}
}

// TestSoft: in bases of bare sentences, words with a common start of four
// letters and .6 of the longer one resemble each other.
func TestSoft(t *testing.T) {
	tests := []struct {
		a, b string
		want float32
	}{
		{"abcdefgh", "abcdefxy", 6. / 8}, {"abcd", "abcdefgh", 4. / 8}, {"abc", "abc", 1}, {"abc", "xyz", 0},
	}
	for _, tt := range tests {
		if got := commonStart(tt.a, tt.b); got != tt.want {
			t.Errorf("%s and %s: got %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
	b := newBuilder("en", nil)
	for i, text := range []string{"the parliament dissolved", "the weather improved", "parlour games"} {
		b.beginEntry(0, i, false)
		b.addPhrase(text, answerPhrase)
	}
	x := b.finish()
	s := x.newScratch()
	s.read("parliamentary weather")
	s.rank(asksNothing)
	for _, c := range s.ranked {
		// Two words: “weather” is there exactly, or “parliament” nearly.
		if c.best.soft <= 0 || c.best.soft >= 1 {
			t.Errorf("entry %d: soft %v", c.entry, c.best.soft)
		}
	}
	if len(s.ranked) != 1 {
		t.Errorf("got %d candidates", len(s.ranked))
	}
}

func TestSelectTop(t *testing.T) {
	order := func(a, b pick) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.phrase, b.phrase)) }
	for n := range 30 {
		for k := 1; k <= n; k++ {
			a := make([]pick, n)
			for i := range a {
				a[i] = pick{uint64(i * 7 % 31 % 11), uint32(i % 13 % 5)} // with repetitions
			}
			sorted := slices.Clone(a)
			slices.SortFunc(sorted, order)
			selectTop(a, k)
			top := slices.Clone(a[:k])
			slices.SortFunc(top, order)
			if !slices.Equal(top, sorted[:k]) {
				t.Fatalf("%d of %d: got %v, want %v", k, n, top, sorted[:k])
			}
			slices.SortFunc(a, order)
			if !slices.Equal(a, sorted) {
				t.Fatalf("%d of %d: something went: %v", k, n, a)
			}
		}
	}
}

// TestManyPhrases: of a thousand phrases that share a word, the best is found.
func TestManyPhrases(t *testing.T) {
	rows := make([][]string, 1000)
	for i := range rows {
		rows[i] = []string{fmt.Sprintf("rate number %d", i)}
	}
	x := indexOf("en", rows...)
	for _, i := range []int{0, 1, 500, 999} {
		ranked := rankAll(x, fmt.Sprintf("rate number %d", i))
		if len(ranked) == 0 || int(ranked[0].entry) != i {
			t.Errorf("%d: got %+v", i, ranked[:min(1, len(ranked))])
		}
		if len(ranked) > maxPhrasings {
			t.Errorf("%d: %d candidates", i, len(ranked))
		}
	}
}

// TestLongQuestion reads no more of a question than its first tokens.
func TestLongQuestion(t *testing.T) {
	text := "amber"
	for range maxTokens {
		text += " quokka"
	}
	if ranked := rankAll(gems(), text+" dunes"); len(ranked) != 1 || ranked[0].entry != 0 {
		t.Errorf("got %+v", ranked)
	}
}
