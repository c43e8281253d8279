package facts

import (
	"strconv"
	"strings"
	"testing"
)

func TestRepair(t *testing.T) {
	x := indexOf("en",
		[]string{"tariff tariff tariff tariffs", "trade grade", "grade", "prime minister", "cooperation"},
		[]string{"summit", "meeting meeting", "seating", "busan", "rate", "2025", "15bn", "zürich", "pact"})
	tests := []struct{ name, in, want string }{
		{"a letter less", "tarif", "tariff"},
		{"a letter more", "tarifff", "tariff"},
		{"another letter", "sumnit", "summit"},
		{"two swapped", "ministre", "minister"},
		{"in the last letter", "busam", "busan"},
		{"a word of four letters", "ratr", "rate"},
		{"to a word of three letters more than that is none", "rat", ""},
		{"too short", "rte", ""},

		{"three slips, eight letters", "minoxxer", ""},
		{"two slips, nine letters", "minnisterr", "minister"},
		{"two slips, eight letters", "mimistar", "minister"},
		{"two slips, seven letters", "maetimg", ""},
		{"two slips, long", "coperatoin", "cooperation"},
		{"three slips", "coperetoin", ""},

		{"the first letter, six letters", "zummit", "summit"},
		{"the first letter missing, six letters", "ariffs", "tariffs"},
		{"the first letter doubled", "ssummit", "summit"},
		{"the first two swapped", "usmmit", "summit"},
		{"a letter before the first", "xminister", "minister"},
		{"the first letter, five letters", "zusan", ""},
		{"the first of two slips", "zimistar", ""},

		// tariff ×3 and tariffs ×1 are both one slip from tariffx.
		{"the most frequent wins", "tariffx", "tariff"},
		// grade ×2 over trade ×1, though only trade keeps the first letter.
		{"the most frequent wins over the first letter, where that may slip", "tgrade", "grade"},
		// meeting ×2 and seating ×1: one slip from meating each.
		{"the most frequent wins among first letters", "meating", "meeting"},

		{"digits are not letters", "2052", ""},
		{"words with digits", "15bm", ""},
		{"accents", "zurich", ""},
		{"an accent more", "sümmit", ""},
		{"nothing alike", "volcano", ""},
		{"empty", "", ""},
		{"very long", strings.Repeat("tariff", 20), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if id, ok := x.repair(tt.in); ok {
				got = x.vocabulary.text(id)
			}
			if got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestRepairOften lets a word of six or seven letters hold two slips when the
// base has the right word often enough.
func TestRepairOften(t *testing.T) {
	for _, times := range []int{often - 1, often} {
		x := indexOf("en", []string{strings.Repeat("tariff ", times)})
		if _, ok := x.repair("terriff"); ok != (times >= often) {
			t.Errorf("%d times: repaired %t", times, ok)
		}
	}
}

// TestRepairInQuestion reads questions: what is known is left alone, and a
// word whose stem is known is no slip.
func TestRepairInQuestion(t *testing.T) {
	x := indexOf("en", []string{"tariff tariff resigned"}, []string{"tarif resign"})
	tests := []struct {
		in, root string
		repaired bool
	}{
		{"tarif", "tarif", false},       // known, though a rarer word
		{"resigning", "resign", false},  // a known stem
		{"resigend", "resign", true},    // two swapped
		{"volcanoes", "volcano", false}, // unknown
	}
	s := x.newScratch()
	for _, tt := range tests {
		s.read(tt.in)
		if r := s.resolved[0]; r.root != tt.root || r.repaired != tt.repaired {
			t.Errorf("%q: got %q, repaired %t", tt.in, r.root, r.repaired)
		}
		s.forget()
	}
}

func TestOneSlip(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"summit", "sumit", true},     // a letter less
		{"summit", "summiit", true},   // a letter more
		{"summit", "sunmit", true},    // another letter
		{"summit", "smumit", true},    // two swapped
		{"summit", "ummit", true},     // at the beginning
		{"summit", "summi", true},     // at the end
		{"summit", "summti", true},    // two swapped at the end
		{"a", "b", true},              // nothing else there
		{"", "a", true},               // one letter more
		{"summit", "summit", false},   // none
		{"", "", false},               // none
		{"summit", "smumti", false},   // two swaps
		{"summit", "sumi", false},     // two letters less
		{"summit", "mmiust", false},   // farther
		{"summit", "tummis", false},   // swapped, but no neighbours
		{"abcd", "bacde", false},      // a swap and a letter
		{"ab", "abcd", false},         // two letters more
		{"aab", "aba", true},          // swapped after a common start
		{"meeting", "seating", false}, // two others
	}
	for _, tt := range tests {
		if oneSlip(tt.a, tt.b) != tt.want || oneSlip(tt.b, tt.a) != tt.want {
			t.Errorf("%q and %q: want %t both ways", tt.a, tt.b, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		most int
		want int
	}{
		{"summit", "summit", 2, 0},
		{"summit", "sumit", 2, 1},
		{"summit", "smumit", 2, 1},
		{"summit", "smumti", 2, 2},
		{"summit", "smit", 2, 2},
		{"kitten", "sitting", 3, 3}, // k→s, e→i, +g
		{"ca", "abc", 3, 3},         // what is swapped is not touched again
		{"", "ab", 2, 2},
		{"", "", 2, 0},
		{"summit", "meeting", 2, 3},                              // farther than most
		{"summit", "meeting", 1, 2},                              // farther than most
		{"a", "abcdefgh", 2, 3},                                  // too different in length
		{"abc", "abd", 0, 1},                                     // none allowed
		{strings.Repeat("a", 61), strings.Repeat("a", 61), 2, 3}, // too long to look at
		{strings.Repeat("a", 60), strings.Repeat("a", 60), 2, 0},
	}
	for _, tt := range tests {
		if got := distance(tt.a, tt.b, tt.most); got != tt.want {
			t.Errorf("%q to %q, at most %d: got %d, want %d", tt.a, tt.b, tt.most, got, tt.want)
		}
		if got := distance(tt.b, tt.a, tt.most); got != tt.want {
			t.Errorf("%q to %q, at most %d: got %d, want %d", tt.b, tt.a, tt.most, got, tt.want)
		}
	}
}

// TestRemembered: what was found out about a word stays the same, and what is
// remembered is bounded.
func TestRemembered(t *testing.T) {
	x := indexOf("en", []string{"tariff tariff resigned"})
	s := x.newScratch()
	words := []string{"tarif", "resigning", "volcano"}
	var first []lookup
	for _, w := range words {
		first = append(first, s.look(w))
	}
	for i := range 2*maxLookups + 1 {
		s.look("made-up-" + strconv.Itoa(i))
		if len(s.lookups) > maxLookups {
			t.Fatalf("%d words are remembered", len(s.lookups))
		}
	}
	for i, w := range append(words, words...) {
		if got := s.look(w); got != first[i%len(words)] {
			t.Errorf("%q: first %+v, then %+v", w, first[i%len(words)], got)
		}
	}
	long := strings.Repeat("x", maxLooked+1)
	s.look(long)
	if _, ok := s.lookups[long]; ok {
		t.Error("a very long word is remembered")
	}
}

// TestSlipsAgree compares oneSlip and distance with the definition, on all
// pairs of words of up to four letters over three.
func TestSlipsAgree(t *testing.T) {
	words := []string{""}
	for from := 0; len(words[from]) < 4; from++ {
		for _, letter := range []string{"a", "b", "c"} {
			words = append(words, words[from]+letter)
		}
	}
	if len(words) != 1+3+9+27+81 {
		t.Fatalf("%d words", len(words))
	}
	for _, a := range words {
		for _, b := range words {
			want := slips(a, b)
			if got := distance(a, b, 2); min(got, 3) != min(want, 3) { // from 3: too far
				t.Errorf("distance %q to %q: got %d, want %d", a, b, got, want)
			}
			if got := oneSlip(a, b); got != (want == 1) {
				t.Errorf("oneSlip %q to %q: got %t, %d slips", a, b, got, want)
			}
			if !mayBe(lettersOf(a), lettersOf(b), want) {
				t.Errorf("by their letters %q and %q cannot be %d slips apart", a, b, want)
			}
		}
	}
}

// slips is the definition of the distance, by the last letters.
func slips(a, b string) int {
	if a == "" || b == "" {
		return len(a) + len(b)
	}
	m, n := len(a)-1, len(b)-1
	if a[m] == b[n] {
		return slips(a[:m], b[:n])
	}
	best := 1 + min(slips(a[:m], b), slips(a, b[:n]), slips(a[:m], b[:n]))
	if m > 0 && n > 0 && a[m] == b[n-1] && a[m-1] == b[n] {
		best = min(best, 1+slips(a[:m-1], b[:n-1]))
	}
	return best
}
