package commands

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestVotes keeps a vote at once, and a reason with it when one comes.
func TestVotes(t *testing.T) {
	long := strings.Repeat("é", MaxReason+1)
	tests := []struct {
		name, id, input string
		want            Vote
		says            Sentence // empty: a form
	}{
		{"helpful", "1/yes/market/opening/0a", "", Vote{Right: true}, thanksRight},
		{"not right", "1/no/market/opening/0a", "", Vote{}, ""},
		{"why", "1/why/market/opening/0a", " It was in June. \n", Vote{Reason: "It was in June."}, thanksWrong},
		{"no reason", "1/why/market/opening/0a", "  ", Vote{}, thanksWrong},
		{"a long reason", "1/why/market/opening/0a", long, Vote{Reason: cut(long, MaxReason)}, thanksWrong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env, kept := envOf(marketBase())
			r := pressed(t, env, Call{Lang: "ko", User: "77"}, tt.id, tt.input)
			tt.want.User, tt.want.Fact, tt.want.Revision, tt.want.At = "77", "market/opening", "0a", noon
			if !slices.Equal(kept.votes, []Vote{tt.want}) {
				t.Errorf("kept %+v, want %+v", kept.votes, tt.want)
			}
			if tt.says == "" {
				if r.Form == nil || r.Form.Does.ID() != "1/why/market/opening/0a" || r.Form.Inputs[0].Longest != MaxReason || r.Form.Inputs[0].Required {
					t.Errorf("got %+v", r.Form)
				}
				return
			}
			if !r.Private || r.Headline != Say("ko", tt.says) || r.Err != nil {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// TestNotKept tells the member and, apart from that, the operator when the
// store fails.
func TestNotKept(t *testing.T) {
	env, kept := envOf(marketBase())
	kept.err = errDisk
	for id, input := range map[string]string{"1/yes/market/opening/0": "", "1/no/market/opening/0": "", "1/why/market/opening/0": "why", "1/passed": "Who came?"} {
		r := pressed(t, env, Call{Lang: "en-GB", User: "77"}, id, input)
		if !r.Private || r.Form != nil || r.Headline != Say("en", notKept) || !errors.Is(r.Err, errDisk) || strings.Contains(r.Text(), "disk") {
			t.Errorf("%s: got %+v", id, r)
		}
	}
}

// TestPass lets a question be looked over first.
func TestPass(t *testing.T) {
	env, kept := envOf(marketBase())
	long := strings.Repeat("가", MaxPassed+1)
	for text, want := range map[string]string{"": "", "Who came?": "Who came?", long: cut(long, MaxPassed)} {
		f := pressed(t, env, Call{Lang: "en", Text: text}, "1/pass", "").Form
		if f == nil || f.Inputs[0].Text != want || !f.Inputs[0].Required || f.Does.ID() != "1/passed" || f.Inputs[0].Longest != MaxPassed {
			t.Errorf("%.20q: got %+v", text, f)
		}
	}
	if len(kept.passed) > 0 {
		t.Errorf("passed on unasked: %q", kept.passed)
	}
}

// TestPassed keeps a question with its language and without who asked it.
func TestPassed(t *testing.T) {
	tests := []struct {
		name, input string
		want        []string
		says        Sentence
	}{
		{"in English, by a Korean reader", " How long did it take? ", []string{"How long did it take? en"}, passedOn},
		{"in Korean", "얼마나 걸렸나요?", []string{"얼마나 걸렸나요? ko"}, passedOn},
		{"unclear", "Ishiba?", []string{"Ishiba? ko"}, passedOn},
		{"nothing", "", nil, emptyQuestion},
		{"no words", " ?! ", nil, emptyQuestion},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env, kept := envOf(marketBase())
			r := pressed(t, env, Call{Lang: "ko", User: "77"}, "1/passed", tt.input)
			same(t, "passed on", kept.passed, tt.want)
			if !r.Private || r.Headline != Say("ko", tt.says) {
				t.Errorf("got %+v", r)
			}
		})
	}
	env, kept := envOf(marketBase())
	pressed(t, env, Call{Lang: "ko"}, "1/passed", strings.Repeat("가", 2*MaxPassed))
	if n := utf8.RuneCountInString(kept.passed[0]); n != MaxPassed+len(" ko") {
		t.Errorf("%d characters", n)
	}
}
