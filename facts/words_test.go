package facts

import (
	"slices"
	"strings"
	"testing"
)

// termsOf lists the terms of one word by view, and its stem.
func termsOf(cjk bool, word string) (byView [wordViews][]string) {
	t := tokenize(word, nil)[0]
	new(termWriter).wordTerms(t, stemOf(t.text), cjk, func(v view, term []byte) { byView[v] = append(byView[v], string(term)) })
	return byView
}

func TestWordTerms(t *testing.T) {
	tests := []struct {
		name, word                         string
		cjk                                bool
		content, surface, sequence, letter string
	}{
		// The stem; the word; pairs are made from neighbours; ^word$ in threes.
		{"English", "resigned", false, "resign", "resigned", "", "^re res esi sig ign gne ned ed$"},
		{"three letters", "met", false, "met", "met", "", "^me met et$"},
		{"one letter is one gram", "x", false, "x", "x", "", "^x$"},
		{"number", "2025", false, "2025", "2025", "", "^20 202 025 25$"},
		{"accented words are not stemmed", "élections", false, "élections", "élections", "", "^él éle lec ect cti tio ion ons ns$"},

		// Bigrams; letters; the word without its particle; bigrams of ^run$.
		{"Korean", "부산에서", true, "부산 산에 에서", "부 산 에 서", "부산", "^부 부산 산에 에서 서$"},
		{"one syllable", "몇", true, "몇", "몇", "몇", "^몇 몇$"},
		// Bigrams; kanji letters and katakana runs; runs of one script, but for single hiragana.
		{"Japanese", "石破さんはトランプと", true, "石破 破さ さん んは はト トラ ラン ンプ プと", "石 破 トランプ", "石破 さんは トランプ", "^石 石破 破さ さん んは はト トラ ラン ンプ プと と$"},
		{"one kanji", "何", true, "何", "何", "何", "^何 何$"},
		// What is not of the language is the same term everywhere.
		{"Latin in CJK", "Talks", true, "talk", "talk", "talk", "talk"},
		{"number in CJK", "15", true, "15", "15", "15", "15"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := termsOf(tt.cjk, tt.word)
			for v, want := range [wordViews]string{tt.content, tt.surface, tt.sequence, tt.letter} {
				if got := strings.Join(got[v], " "); got != want {
					t.Errorf("view %d of %q: got %q, want %q", v, tt.word, got, want)
				}
			}
		})
	}
}

func TestStemOf(t *testing.T) {
	tests := []struct{ in, want string }{
		{"tariffs", "tariff"}, {"meeting", "meet"}, {"met", "met"}, {"is", "is"}, {"2025", "2025"}, {"zürichs", "zürichs"}, {"", ""},
	}
	for _, tt := range tests {
		if got := stemOf(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestWithoutParticle(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"subject", "시장이", "시장"},
		{"topic", "도쿄는", "도쿄"},
		{"object", "관세를", "관세"},
		{"place", "부산에서", "부산"},
		{"the longest goes", "부산에서는", "부산"},
		{"only one goes", "부산까지도", "부산까지"},
		{"two syllables stay", "한국", "한국"},
		{"one syllable would be left", "나는", "나는"},
		{"the longest would leave one", "집에서", "집에서"},
		{"no particle", "정상회담", "정상회담"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := withoutParticle(tt.in); got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestParticleOrder keeps the list such that the longest comes first.
func TestParticleOrder(t *testing.T) {
	for i, p := range particles {
		for _, later := range particles[i+1:] {
			if later != p && strings.HasSuffix(later, p) {
				t.Errorf("%s hides %s, which ends in it and comes later", p, later)
			}
		}
	}
}

func TestEachGram(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want []string
	}{
		{"abcd", 2, []string{"ab", "bc", "cd"}},
		{"abcd", 3, []string{"abc", "bcd"}},
		{"abcd", 4, []string{"abcd"}},
		{"ab", 3, nil},
		{"", 2, nil},
		{"부산항", 2, []string{"부산", "산항"}},
		{"aé부𠮷", 2, []string{"aé", "é부", "부𠮷"}}, // one to four bytes a letter
		{"abc", 1, []string{"a", "b", "c"}},
	}
	for _, tt := range tests {
		var got []string
		eachGram([]byte(tt.in), tt.n, func(g []byte) { got = append(got, string(g)) })
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q by %d: got %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
