package facts

import (
	"fmt"
	"slices"
	"testing"
)

// lexiconBase has names and terms for every rule of the lexicon.
var lexiconBase = &Base{
	ID: "b",
	Names: []Name{
		{ID: "ishiba", Spellings: []Phrase{{"en", "Shigeru Ishiba"}, {"en", "Ishiba"}, {"ko", "이시바"}, {"ko", "이시바 총리"}, {"ja", "石破"}, {"ja", "石破茂"}}},
		{ID: "united-states", Spellings: []Phrase{{"en", "=US"}, {"en", "USA"}, {"en", "United States"}, {"ko", "미국"}, {"ja", "アメリカ"}}},
		{ID: "washington", StandsFor: "united-states", Spellings: []Phrase{{"en", "Washington"}, {"ja", "ワシントン"}}},
		{ID: "washington-post", Spellings: []Phrase{{"en", "Washington Post"}}},
		{ID: "china", Spellings: []Phrase{{"en", "China"}, {"ko", "중국"}}},
		{ID: "south-korea", Spellings: []Phrase{{"en", "Korea"}, {"ko", "한국"}, {"ja", "韓国"}}},
		{ID: "north-korea", Spellings: []Phrase{{"en", "Korea"}, {"en", "North Korea"}}},
	},
	Terms: []TermGroup{
		{"en", []string{"resign", "step down", "quit"}},
		{"en", []string{"talks", "sit-down meeting"}},
		{"en", []string{"the", "of"}},
		{"ko", []string{"회담", "정상회담"}},
		{"ko", []string{"관세", "타리프"}},
		{"ja", []string{"会談", "話し合い"}},
		{"ja", []string{"関税"}},
	},
}

// readAs lists what a lexicon finds: what each mention means, with the tokens
// that it covers.
func readAs(t *testing.T, lang, text string) []string {
	t.Helper()
	l := newLexicon(lang, []*Base{lexiconBase})
	tokens := tokenize(text, nil)
	roots := make([]string, len(tokens))
	for i, tok := range tokens {
		roots[i] = stemOf(tok.text)
	}
	var r reading
	l.read(tokens, roots, &r)
	covered := make([]bool, len(tokens))
	got := []string{}
	for _, m := range r.mentions {
		got = append(got, fmt.Sprintf("%s %d-%d", l.meanings[m.group], m.from, m.to))
		for i := m.from; i < m.to; i++ {
			covered[i] = true
		}
	}
	if !slices.Equal(covered, r.covered) {
		t.Errorf("%q: covered %v, but the mentions cover %v", text, r.covered, covered)
	}
	return got
}

func TestLexiconRead(t *testing.T) {
	const (
		ishiba = "name:ishiba"
		us     = "name:united-states"
		resign = "term:b:resign"
		koTalk = "term:b:회담"
		jaTalk = "term:b:会談"
	)
	tests := []struct {
		name, lang, text string
		want             []string
	}{
		{"nothing", "en", "who came", nil},
		{"empty", "en", "", nil},
		{"a name", "en", "did Ishiba come", []string{ishiba + " 1-2"}},
		{"the longest name", "en", "Shigeru Ishiba came", []string{ishiba + " 0-2"}},
		{"the beginning of a longer name", "en", "Shigeru came", nil},
		{"case does not matter", "en", "ISHIBA ishiba", []string{ishiba + " 0-1", ishiba + " 1-2"}},
		{"the possessive", "en", "Ishiba's words", []string{ishiba + " 0-1"}},
		{"names are not stemmed", "en", "the ishibas", nil},
		{"words must be neighbours", "en", "Shigeru and Ishiba", []string{ishiba + " 2-3"}},

		{"case-sensitive", "en", "the US said", []string{us + " 1-2"}},
		{"case-sensitive, otherwise", "en", "tell us more", nil},
		{"case-sensitive, full width", "en", "the ＵＳ said", []string{us + " 1-2"}},

		{"stands for", "en", "Washington said", []string{us + " 0-1"}},
		{"longer than what stands for", "en", "the Washington Post said", []string{"name:washington-post 1-3"}},
		{"two meanings", "en", "Korea said", []string{"name:south-korea 0-1", "name:north-korea 0-1"}},
		{"the longer has one", "en", "North Korea said", []string{"name:north-korea 0-2"}},

		{"a term", "en", "did he quit", []string{resign + " 2-3"}},
		{"a term by its stem", "en", "resigned, resigning, resigns", []string{resign + " 0-1", resign + " 1-2", resign + " 2-3"}},
		{"a term of two words by their stems", "en", "is he stepping down", []string{resign + " 2-4"}},
		{"a hyphen parts words", "en", "the sit down meetings", []string{"term:b:talks 1-4"}},
		{"stop words are no terms", "en", "the end of it", nil},

		{"Korean name with a particle", "ko", "이시바는 왔나", []string{ishiba + " 0-1"}},
		{"Korean term", "ko", "회담은 언제", []string{koTalk + " 0-1"}},
		{"the longest Korean term", "ko", "정상회담은", []string{koTalk + " 0-1"}},
		{"an entry after an entry", "ko", "미국관세", []string{us + " 0-1", "term:b:관세 0-1"}},
		{"short Korean entries begin words", "ko", "부산한국", nil},
		{"long Korean entries need not", "ko", "부산타리프", []string{"term:b:관세 0-1"}},
		{"long Korean entries run over a space", "ko", "정상 회담 이시바총리", []string{koTalk + " 0-2", ishiba + " 2-3"}},
		{"short ones do not", "ko", "회의 중 국가안보실장", nil},
		{"a name in another script", "ko", "Ishiba 총리는", []string{ishiba + " 0-1"}},
		{"alphabetic entries take whole words", "ko", "Ishibas Chinatown", nil},
		{"Latin with a particle", "ko", "Ishiba가", []string{ishiba + " 0-1"}},

		{"Japanese name within a run", "ja", "昨日石破首相は", []string{ishiba + " 0-1"}},
		{"the longest Japanese name", "ja", "石破茂が", []string{ishiba + " 0-1"}},
		{"Japanese term within a run", "ja", "日韓会談は", []string{jaTalk + " 0-1"}},
		{"mixed kana and kanji", "ja", "首脳の話し合いの場", []string{jaTalk + " 0-1"}},
		{"katakana", "ja", "ワシントンは", []string{us + " 0-1"}},
		{"several", "ja", "アメリカの関税と石破", []string{us + " 0-1", "term:b:関税 0-1", ishiba + " 0-1"}},
		{"other languages' terms are unknown", "ja", "회담", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := readAs(t, tt.lang, tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestLexiconLetters pins which letters a mention covers where words are not
// set apart: 昨日(0,1) 石破(2,3) 首相は(4,5,6).
func TestLexiconLetters(t *testing.T) {
	l := newLexicon("ja", []*Base{lexiconBase})
	var r reading
	tokens := tokenize("昨日 石破首相は", nil)
	l.read(tokens, []string{"", ""}, &r)
	if want := (mention{group: l.index["ishiba"], from: 1, to: 2, start: 2, end: 4}); len(r.mentions) != 1 || r.mentions[0] != want {
		t.Errorf("got %+v, want %+v", r.mentions, want)
	}
}

// TestLexiconReuse reads a long text and then a short one with one reading.
func TestLexiconReuse(t *testing.T) {
	l := newLexicon("en", []*Base{lexiconBase})
	var r reading
	l.read(tokenize("Ishiba Ishiba Ishiba", nil), []string{"", "", ""}, &r)
	l.read(tokenize("who", nil), []string{"who"}, &r)
	if len(r.mentions) != 0 || len(r.covered) != 1 || r.covered[0] {
		t.Errorf("something was left over: %+v", r)
	}
}

func TestNoLexicon(t *testing.T) {
	if l := newLexicon("en", []*Base{{ID: "b", Terms: []TermGroup{{"ko", []string{"회담"}}, {"en", nil}}}}); l != nil {
		t.Errorf("got %+v", l)
	}
}

func TestLexiconNamed(t *testing.T) {
	l := newLexicon("en", []*Base{lexiconBase})
	if n := l.named(l.index["washington"]); n == nil || n.ID != "washington" {
		t.Errorf("the name: got %+v", n)
	}
	for i, meaning := range l.meanings {
		if meaning == "term:b:resign" && l.named(i) != nil {
			t.Errorf("the term: got %+v", l.named(i))
		}
	}
}

// TestLexiconOfTwoBases gives a name that two bases share one meaning and
// their terms two.
func TestLexiconOfTwoBases(t *testing.T) {
	base := func(id, spelling string) *Base {
		return &Base{ID: id, Names: []Name{{ID: "lee", Spellings: []Phrase{{"en", spelling}}}}, Terms: []TermGroup{{"en", []string{"talks"}}}}
	}
	l := newLexicon("en", []*Base{base("one", "Lee"), base("two", "President Lee")})
	var r reading
	l.read(tokenize("President Lee: talks", nil), []string{"presid", "lee", "talk"}, &r)
	got := []string{}
	for _, m := range r.mentions {
		got = append(got, l.meanings[m.group])
	}
	if want := []string{"name:lee", "term:one:talks", "term:two:talks"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
