package facts

import (
	"slices"
	"testing"
)

func TestClauses(t *testing.T) {
	tests := []struct {
		lang, text string
		want       [][2]string
	}{
		{"en", "Where were the talks held, and how much did Daegu pledge?", [][2]string{{"Where were the talks held", "how much did Daegu pledge?"}}},
		{"en", "who met and what did they sign", [][2]string{{"who met", "what did they sign"}}},
		{"en", "when and where did they meet", nil},       // one clause asks nothing by itself
		{"en", "I missed it, so where was it held?", nil}, // the first asks nothing
		{"en", "where did Lee and Ishiba meet", nil},      // nor does a name
		{"en", "what did they sign, where, and when? who came? who left?", [][2]string{ // four ways at most
			{"what did they sign", "where, and when? who came? who left?"},
			{"what did they sign, where", "when? who came? who left?"},
			{"what did they sign, where, and when", "who came? who left?"},
			{"what did they sign, where, and when? who came", "who left?"},
		}},
		{"ko", "회담은 어디서 열렸고 얼마를 내기로 했나요?", [][2]string{{"회담은 어디서 열렸", "얼마를 내기로 했나요?"}}},
		{"ko", "회담은 어디서 열렸나요", nil},
		{"ja", "会談はどこで、いくら出すの？", [][2]string{{"会談はどこで", "いくら出すの？"}}},
		{"ja", "会談は、どこで開かれたの", nil},
		{"fr", "où, et quand ?", nil},
	}
	for _, tt := range tests {
		if got := clauses(tt.text, tt.lang, nil); !slices.Equal(got, tt.want) {
			t.Errorf("%s %q: got %q, want %q", tt.lang, tt.text, got, tt.want)
		}
	}
}

// TestBoth: a question for two things that no one fact holds is answered with
// a fact for each; where one of them is not known, nothing is added.
func TestBoth(t *testing.T) {
	s := tramSnapshot(t)
	tests := []struct {
		question string
		want     []string
	}{
		{"where were the talks held, and how much did Daegu pledge?", []string{"talks-place", "pledge"}},
		{"how much did Daegu pledge and where did the mayors meet", []string{"pledge", "talks-place"}},
		{"회담은 어디에서 열렸나요? 대구가 얼마를 내기로 했어?", []string{"talks-place", "pledge"}},
		{"会談はどこで開かれましたか。テグはいくら出すと約束しましたか", []string{"talks-place", "pledge"}},
	}
	for _, tt := range tests {
		d := ask(s, tt.question)
		var got []string
		for _, r := range d.Facts {
			got = append(got, r.Fact.ID)
		}
		if d.Outcome != Answer || !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %s, want %v", tt.question, describe(d), tt.want)
		}
	}
	for _, q := range []string{"where were the talks held, and what did the mayors eat for lunch?", "how much did Daegu pledge, and how much did China pledge?"} {
		if d := ask(s, q); d.Outcome == Answer && len(d.Facts) > 1 {
			t.Errorf("%q: got %s", q, describe(d))
		}
	}
}

func TestAlsoAsked(t *testing.T) {
	tests := []struct {
		lang, text string
		want       []questionType
	}{
		{"en", "when and where did they meet", []questionType{asksWhen, asksWhere}},
		{"en", "who met and when", []questionType{asksWho}},
		{"en", "what did Lee say when they met", []questionType{asksWhat}},
		{"en", "tariff rate", nil},
		{"ko", "언제 어디서 만났어", []questionType{asksWhen, asksWhere}},
		{"ja", "いつどこで会ったの", []questionType{asksWhen, asksWhere}},
		{"ja", "関税率", nil},
	}
	for _, tt := range tests {
		var want uint16
		for _, ask := range tt.want {
			want |= 1 << ask
		}
		tokens := tokenize(tt.text, nil)
		if got := alsoAsked(tokens, rowOf(tokens), tt.lang, typeOf(tokens, tt.lang)); got != want {
			t.Errorf("%s %q: got %b, want %b", tt.lang, tt.text, got, want)
		}
	}
}

// TestMayAskTwice: no question that can be cut in two is taken for one that
// cannot.
func TestMayAskTwice(t *testing.T) {
	joints := map[string][]string{"en": {" and ", ", ", " "}, "ko": {"고 ", ", ", " "}, "ja": {"、", "、それと", ""}}
	for lang, questions := range roundQuestions(t) {
		cuts := 0
		for i, q := range questions[1:] {
			for _, joint := range joints[lang] {
				text := normalise(questions[i] + joint + q)
				tokens := tokenize(text, nil)
				ways := clauses(text, lang, nil)
				cuts += len(ways)
				if len(ways) > 0 && !mayAskTwice(tokens, rowOf(tokens), lang) {
					t.Errorf("%q can be cut: %q", text, ways[0])
				}
			}
		}
		if cuts < len(questions) {
			t.Errorf("%s: only %d cuts", lang, cuts)
		}
	}
}
