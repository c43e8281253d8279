package facts

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func textsOf(tokens []token) []string {
	texts := []string{}
	for _, t := range tokens {
		texts = append(texts, t.text)
	}
	return texts
}

func TestTokenize(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "Who met whom?", "who met whom"},
		{"punctuation", "tariff-rate (15%), U-turn", "tariff rate 15 you turn"},
		{"digits", "350bn in 2025", "350bn in 2025"},
		{"decimals are two numbers", "3.5", "3 5"},
		{"accents", "Café Zürich", "café zürich"},
		{"decomposed accents", "Cafe\u0301", "café"},
		{"other alphabets", "Где ΑΘΗΝΑ", "где αθηνα"},

		{"not", "don't isn't couldn't", "do not is not could not"},
		{"not, irregular", "can't won't", "can not will not"},
		{"possessive", "Lee's office", "lee office"},
		{"other clitics", "I'm you're he'll we'd they've", "i you he we they"},
		{"curly apostrophe", "Lee’s don‘t donʼt", "lee do not do not"},
		{"full-width apostrophe", "don＇t", "do not"},
		{"apostrophe within a name", "O'Neill rock'n'roll", "oneill rocknroll"},
		{"quotes are no apostrophes", "'the leaders' said 'no'", "the leaders said no"},
		{"apostrophe alone", "' '' a'", "a"},
		{"a clitic alone", "n't", "not"},

		{"chat", "wat did u say abt it", "what did you say about it"},
		{"chat without apostrophes", "didnt dont", "did not do not"},
		{"chat in capitals", "WUT R U", "what are you"},
		{"chat only as a word", "utter wen2", "utter wen2"},

		{"full width", "Ｗｈｏ　１５％", "who 15"},
		{"half-width katakana", "ﾄﾗﾝﾌﾟ", "トランプ"},
		{"ligatures and circles", "ﬁne ① ㍿", "fine 1 株式会社"},
		{"conjoining jamo", "\u1107\u116e\u1109\u1161\u11ab", "부산"},
		{"decomposed kana", "か\u3099", "が"},

		{"Korean", "누가 부산에서 모이나요?", "누가 부산에서 모이나요"},
		{"vowels that sound alike", "개 얘 왜 웨 게 예 외", "게 예 외 외 게 예 외"},
		{"endings that sound alike", "했어 만났나 밖", "헷어 만낫나 밖"}, // ㅆ is written ㅅ, ㄲ stays
		{"Japanese", "石破さんはどこ？", "石破さんはどこ"},
		{"Latin beside CJK", "SK가 15%를", "sk 가 15 를"},
		{"middle dot", "イ・ジェミョン", "イ ジェミョン"},
		{"long vowel", "サミットー", "サミットー"},
		{"iteration mark", "人々", "人々"},
		{"Japanese punctuation", "「会談」、終了。", "会談 終了"},

		{"zero width space", "sum\u200bmit", "summit"},
		{"soft hyphen", "sum\u00admit", "summit"},
		{"direction marks", "\u200fsummit\u200e \u202esummit\u202c", "summit summit"},
		{"byte order mark", "\ufeffsummit", "summit"},
		{"joiner within CJK", "부\u200d산", "부산"},
		{"control characters part words", "a\x00b\x07c\x1b", "a b c"},
		{"invalid UTF-8 parts words", "for\xffty \xed\xa0\x80", "for ty"},

		{"empty", "", ""},
		{"blank", " \t\n\u00a0\u3000", ""},
		{"emoji", "😀👍🏽", ""},
		{"signs", "?!…—「」、。", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(textsOf(tokenize(tt.in, nil)), " "); got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestTokenFlags spells a token as text/raw and marks: c for CJK, + for no gap
// before it, ^ for the first of a sentence.
func TestTokenFlags(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"Lee met Ishiba. They", []string{"lee/Lee^", "met/met", "ishiba/Ishiba", "they/They^"}},
		{"Yes: Lee", []string{"yes/Yes^", "lee/Lee^"}},
		{"one,\nTwo", []string{"one/one^", "two/Two^"}},
		{"one, Two", []string{"one/one^", "two/Two"}},
		{"US가 말했다", []string{"us/US^", "가/가c+", "말헷다/말했다c"}},
		{"李Lee", []string{"李/李c^", "lee/Lee+"}},
		{"Lee’s", []string{"lee/Lee's^"}},
		{"don't", []string{"do/don't^", "not/don't^"}},
		{"ＵＳ", []string{"us/US^"}},
	}
	for _, tt := range tests {
		got := []string{}
		for _, tok := range tokenize(tt.in, nil) {
			s := tok.text + "/" + tok.raw
			if tok.cjk {
				s += "c"
			}
			if tok.sticks {
				s += "+"
			}
			if tok.opening {
				s += "^"
			}
			got = append(got, s)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestCapital(t *testing.T) {
	tests := []struct {
		in   string
		want bool
	}{
		{"Lee", true}, {"lee", false}, {"iPhone", false}, {"Élysée", true}, {"Ｌｅｅ", true}, {"15", false}, {"부산", false}, {"石破", false},
	}
	for _, tt := range tests {
		if got := tokenize(tt.in, nil)[0].capital(); got != tt.want {
			t.Errorf("%q: got %t", tt.in, got)
		}
	}
}

// TestTokenizeAppends shows that the buffer is kept.
func TestTokenizeAppends(t *testing.T) {
	got := tokenize("two", tokenize("one", nil))
	if want := []string{"one", "two"}; !slices.Equal(textsOf(got), want) {
		t.Errorf("got %q", textsOf(got))
	}
}

func TestScriptOf(t *testing.T) {
	tests := []struct {
		letters string
		want    script
	}{
		{"azAZ09éжλअ٣", latin},
		{"あんっ", hiragana},
		{"アンッー", katakana},
		{"石破々", kanji},
		{"가힣ㄱㅎᄀ", hangul},
		{" .,'・。😀\x00", other},
	}
	for _, tt := range tests {
		for _, r := range tt.letters {
			if got := scriptOf(r); got != tt.want {
				t.Errorf("%q: got %d, want %d", r, got, tt.want)
			}
		}
	}
}

func TestScriptRuns(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"石破さんはトランプと会談", []string{"石破", "さんは", "トランプ", "と", "会談"}},
		{"人々が", []string{"人々", "が"}},
		{"サミット", []string{"サミット"}},
		{"らーめん", []string{"らーめん"}},
		{"부산", []string{"부산"}},
		{"부산駅", []string{"부산", "駅"}},
		{"", nil},
	}
	for _, tt := range tests {
		var got []string
		scriptRuns(tt.in, func(_ script, part string) { got = append(got, part) })
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

// FuzzTokenize holds for any text: tokens are not empty and in lower case, and
// reading them again changes nothing. The exceptions: what a clitic leaves
// over may be chat spelling (u're) or have another apostrophe, and an invisible
// character that went may have parted a letter from its mark.
func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"", "Who met whom?", "don’t can't 's n't u're", "Ｗｈｏ　１５％", "석파 石破さん ﾄﾗﾝﾌﾟ", "\u200f\u00ad\ufeff", "a\xffb", "İẞΣ ǅ ϓ", "か\u3099e\u200d\u0301", strings.Repeat("a\u0301", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := tokenize(text, nil)
		stable := true
		for _, tok := range tokens {
			if tok.text == "" || tok.raw == "" {
				t.Fatalf("%q: an empty token: %+v", text, tok)
			}
			if i := strings.IndexFunc(tok.text, unicode.IsUpper); i >= 0 {
				t.Errorf("%q: %q has a capital", text, tok.text)
			}
			_, chat := chatSpelling[tok.text]
			stable = stable && !chat && !strings.Contains(tok.text, "'") && norm.NFKC.IsNormalString(tok.text)
		}
		if !stable {
			return
		}
		texts := textsOf(tokens)
		if again := textsOf(tokenize(strings.Join(texts, " "), nil)); !slices.Equal(again, texts) {
			t.Errorf("%q: first %q, then %q", text, texts, again)
		}
	})
}

// TestIsNormal: what needs no folding is what folding leaves as it is, letter
// by letter and in pairs.
func TestIsNormal(t *testing.T) {
	var plain []rune
	for r := range unicode.MaxRune {
		if isNormal(string(r)) {
			plain = append(plain, r)
		}
	}
	for i, r := range plain {
		for _, other := range []rune{r, plain[(i*31+7)%len(plain)], 'a', 'か', '가', '각', 'ー', '漢'} {
			if s := string([]rune{r, other, r}); fold(s) != s {
				t.Errorf("%q becomes %q", s, fold(s))
			}
		}
	}
	for _, s := range []string{"café", "ｶﾞ", "か\u3099", "\u1100\u1161", "it’s", "a\u200bb", "？", "\xff", "\ufffd"} {
		if isNormal(s) {
			t.Errorf("%q passes for normal", s)
		}
	}
}
