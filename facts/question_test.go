package facts

import "testing"

func TestTypeOf(t *testing.T) {
	tests := []struct {
		lang, text string
		want       questionType
	}{
		{"en", "Who met in Busan?", asksWho},
		{"en", "whose idea was it", asksWho},
		{"en", "When did they meet?", asksWhen},
		{"en", "so, when was it", asksWhen},
		{"en", "wen did they meet", asksWhen},
		{"en", "in which year", asksWhen},
		{"en", "What was the date?", asksWhen},
		{"en", "Where did they meet?", asksWhere},
		{"en", "what city was it in", asksWhere},
		{"en", "In which country?", asksWhere},
		{"en", "How many times?", asksMany},
		{"en", "how much is it", asksMany},
		{"en", "how old is he", asksMany},
		{"en", "what percentage", asksMany},
		{"en", "what is the amount", asksMany},
		{"en", "Why did he resign?", asksWhy},
		{"en", "y did he resign", asksWhy},
		{"en", "How did they get there?", asksHow},
		{"en", "What did they sign?", asksWhat},
		{"en", "wat did they sign", asksWhat},
		{"en", "What did Lee say when they met?", asksWhat}, // the first word tells
		{"en", "what", asksWhat},
		{"en", "which one of the mayors", asksWhat},
		{"en", "Did they sign anything?", asksYesNo},
		{"en", "isn't he the president", asksYesNo},
		{"en", "tariff rate", asksNothing},
		{"en", "tell me, is it so", asksNothing}, // the auxiliary does not open it
		{"en", "", asksNothing},

		{"ko", "누가 만났나요?", asksWho},
		{"ko", "만난 사람이 누구야", asksWho},
		{"ko", "언제 만났어", asksWhen},
		{"ko", "몇 월에 만났어", asksWhen}, // not: how many
		{"ko", "무슨 요일이야", asksWhen},
		{"ko", "어디서 만났어", asksWhere},
		{"ko", "어느 도시야", asksWhere},
		{"ko", "얼마를 냈어", asksMany},
		{"ko", "몇 번 만났어", asksMany},
		{"ko", "왜 사임했어", asksWhy},
		{"ko", "사임한 이유", asksWhy},
		{"ko", "왜 누가 언제", asksWhy}, // the most telling
		{"ko", "어떻게 갔어", asksHow},
		{"ko", "무엇을 했어", asksWhat},
		{"ko", "뭐라고 했어", asksWhat},
		{"ko", "관세율", asksNothing},
		{"ko", "who met", asksNothing},
		{"ko", "", asksNothing},

		{"ja", "誰が会ったの", asksWho},
		{"ja", "だれですか", asksWho},
		{"ja", "いつ会ったの", asksWhen},
		{"ja", "何月ですか", asksWhen},
		{"ja", "どこで会ったの", asksWhere},
		{"ja", "いくら出すの", asksMany},
		{"ja", "何回会ったの", asksMany},
		{"ja", "何パーセントですか", asksMany},
		{"ja", "なぜ辞めたの", asksWhy},
		{"ja", "何で辞めたの", asksWhy}, // not: what
		{"ja", "辞めた理由", asksWhy},
		{"ja", "どうやって行ったの", asksHow},
		{"ja", "何をしたの", asksWhat},
		{"ja", "どんな会談", asksWhat},
		{"ja", "関税率", asksNothing},
		{"ja", "", asksNothing},

		{"fr", "Quand ?", asksNothing},
		{"", "When did they meet?", asksNothing},
	}
	for _, tt := range tests {
		if got := typeOf(tokenize(tt.text, nil), tt.lang); got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.lang, tt.text, got, tt.want)
		}
	}
}

// TestTypeNames names every type, and no two alike.
func TestTypeNames(t *testing.T) {
	seen := map[string]bool{}
	for q := asksNothing; q <= asksYesNo; q++ {
		if q.String() == "" || seen[q.String()] {
			t.Errorf("%d is called %q", q, q)
		}
		seen[q.String()] = true
	}
}

func TestValueOf(t *testing.T) {
	tests := []struct{ in, want string }{
		{"15", "15"}, {"350bn", "350"}, {"3rd", "3"}, {"third", "3"}, {"three", "3"}, {"second", "2"}, {"hundred", "100"}, {"2025", "2025"},
		{"summit", ""}, {"b4", ""}, {"", ""}, {"부산", ""},
	}
	for _, tt := range tests {
		if got := valueOf(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTraitsOf(t *testing.T) {
	tests := []struct {
		in   string
		want trait
	}{
		{"1965", isYear}, {"2025", isYear}, {"2100", isNumber}, {"999", isNumber}, {"10000", isNumber}, {"350bn", isNumber},
		{"three", isNumber}, {"third", isNumber}, {"billion", isNumber},
		{"september", isDate}, {"tuesday", isDate},
		{"because", isStop | isCause}, {"reason", isCause},
		{"in", isStop | isPlacer}, {"near", isPlacer},
		{"the", isStop}, {"summit", 0}, {"부산", 0}, {"", 0},
	}
	for _, tt := range tests {
		if got := traitsOf(tt.in); got != tt.want {
			t.Errorf("%q: got %b, want %b", tt.in, got, tt.want)
		}
	}
}

// TestAntonyms: what is opposite is so both ways.
func TestAntonyms(t *testing.T) {
	for _, pair := range [][2]string{{"north", "south"}, {"rise", "fall"}, {"import", "export"}, {"win", "lose"}} {
		a, b := pair[0], pair[1]
		if antonyms[a] != b || antonyms[b] != a {
			t.Errorf("%s → %s, %s → %s", a, antonyms[a], b, antonyms[b])
		}
	}
}

// TestEvidence asks whether a phrase shows what is asked for.
func TestEvidence(t *testing.T) {
	year, number, month, cause := phraseScore{traits: isYear}, phraseScore{traits: isNumber}, phraseScore{traits: isDate}, phraseScore{traits: isCause}
	name, place := phraseScore{names: true}, phraseScore{names: true, places: true}
	tests := []struct {
		ask  questionType
		yes  []phraseScore
		some []phraseScore
		no   []phraseScore
	}{
		{asksWhen, []phraseScore{year, month}, []phraseScore{number}, []phraseScore{cause, name, place}},
		{asksMany, []phraseScore{number}, []phraseScore{year}, []phraseScore{month, cause, name}},
		{asksWho, []phraseScore{name, place}, nil, []phraseScore{year, number, cause}},
		{asksWhere, []phraseScore{place}, nil, []phraseScore{name, year, number}},
		{asksWhy, []phraseScore{cause}, nil, []phraseScore{name, year, number}},
		{asksWhat, nil, nil, []phraseScore{year, number, month, cause, name, place}},
		{asksNothing, nil, nil, []phraseScore{year, number, month, cause, name, place}},
	}
	for _, tt := range tests {
		for _, p := range tt.yes {
			if got := p.evidence(tt.ask); got != 1 {
				t.Errorf("%s of %+v: got %v, want 1", tt.ask, p, got)
			}
		}
		for _, p := range tt.some {
			if got := p.evidence(tt.ask); got <= 0 || got >= 1 {
				t.Errorf("%s of %+v: got %v, want less than 1 and more than 0", tt.ask, p, got)
			}
		}
		for _, p := range tt.no {
			if got := p.evidence(tt.ask); got != 0 {
				t.Errorf("%s of %+v: got %v, want 0", tt.ask, p, got)
			}
		}
	}
}
