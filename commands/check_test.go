package commands

import (
	"strings"
	"testing"

	"summitbot/facts"
)

const checkName = "Check with the facts"

// TestCheck looks at messages as people write them. It never says whether
// they are true.
func TestCheck(t *testing.T) {
	env := embedded(t)
	tests := []struct {
		name, text string
		want       []string // facts, in the order of the message
	}{
		{"one sentence", "Japan pledged 550 billion dollars in investment.", []string{"busan-summit/japan-investment"}},
		{"in a longer message", "Hi all! I had noodles. They say Japan pledged 550 billion dollars in investment. What's for lunch?", []string{"busan-summit/japan-investment"}},
		{"a sentence twice", "Japan pledged 550 billion dollars in investment. Japan pledged 550 billion dollars in investment!", []string{"busan-summit/japan-investment"}},
		{"nothing of it", "I had noodles.", nil},
		{"many sentences of nothing", strings.Repeat("I had noodles. ", 100), nil},
		{"a very long word", strings.Repeat("x", 4000), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := called(t, env, checkName, Call{Lang: "en-US", Text: tt.text})
			var got []string
			for _, f := range r.Facts {
				got = append(got, f.ID)
			}
			same(t, "facts", got, tt.want)
			if !r.Private || len(tt.want) == 0 && r.Headline != Say("en", checkNothing) {
				t.Errorf("got %+v", r)
			}
			if len(tt.want) > 0 && (r.Title != Say("en", checkFound) || r.Notes[0] != Say("en", checkNote) || len(r.Buttons) == 0) {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestCheckNoText(t *testing.T) {
	env, _ := envOf(fairBase())
	for _, text := range []string{"", " \n", "🎪", "…!"} {
		if r := called(t, env, checkName, Call{Lang: "ja", Text: text}); r.Headline != Say("ja", checkNoText) || !r.Private {
			t.Errorf("%q: got %+v", text, r)
		}
	}
}

// TestCheckBounds shows three facts at most.
func TestCheckBounds(t *testing.T) {
	env := embedded(t)
	var text strings.Builder
	n := 0
	eachFact(env.snapshot(), func(ref facts.Ref) {
		if n++; n <= mostSentences {
			answer, _ := ref.Fact.Answer.In("en")
			text.WriteString(answer + "\n")
		}
	})
	if r := called(t, env, checkName, Call{Lang: "en", Text: text.String()}); len(r.Facts) != mostChecked {
		t.Errorf("%d facts", len(r.Facts))
	}
}
