package commands

import (
	"strings"
	"testing"
	"unicode/utf8"

	"summitbot/facts"
)

// FuzzPress presses whatever somebody may send: it is answered, in private or
// with what the message is for, and nothing is kept beyond its bounds.
func FuzzPress(f *testing.F) {
	for id, input := range map[string]string{
		"1/fact/market/opening": "", "1/pick/market/opening": "", "1/choose": "market/opening", "1/topic": "market/price", "1/sources/market/west-price": "",
		"1/yes/market/opening/0a1b2c3d": "", "1/no/market/opening/0a1b2c3d": "", "1/why/market/opening/0a1b2c3d": "It was in June.", "1/pass": "", "1/passed": "Who came?",
		"1/fact/market/fee": "", "2/fact/market/opening": "", "1/fly": "", "": "", "1/fact/../..": "=market/opening", "1/why/market/opening/" + strings.Repeat("0", 90): "\xff",
	} {
		f.Add(id, input, "en-US", "Who came?", true)
		f.Add(id, input, "ko", "", false)
	}
	snapshot := facts.NewSnapshot(marketBase())
	f.Fuzz(func(t *testing.T, id, input, lang, question string, own bool) {
		kept := &store{}
		env := kept.env(snapshot)
		r := Press(t.Context(), env, Call{Lang: lang, Text: question, User: "77", Own: own}, id, input)
		checkReply(t, r)
		if !r.Private && !r.Replaces && r.Form == nil {
			t.Errorf("%q: everybody would see %+v", id, r)
		}
		if r.Replaces && !own || r.Err != nil || r.For != "" {
			t.Errorf("%q: got %+v", id, r)
		}
		for _, v := range kept.votes {
			if v.User != "77" || !strings.HasPrefix(v.Fact, "market/") || v.Revision == "" || utf8.RuneCountInString(v.Reason) > MaxReason {
				t.Errorf("%q: kept %+v", id, v)
			}
		}
		if len(kept.votes)+len(kept.passed) > 1 {
			t.Errorf("%q: kept %+v", id, kept)
		}
	})
}

// FuzzSuggest types whatever somebody may type.
func FuzzSuggest(f *testing.F) {
	for _, typed := range []string{"", "open", "서쪽", "=market/opening", "price in", "\x00", "  a  "} {
		f.Add(typed, "en-US")
	}
	snapshot := facts.NewSnapshot(marketBase())
	env := (&store{}).env(snapshot)
	f.Fuzz(func(t *testing.T, typed, lang string) {
		for _, c := range callable() {
			for _, o := range c.Options {
				if o.Suggests {
					checkSuggestions(t, c.Suggest(env, Call{Lang: lang, Options: map[string]string{o.Name: typed}}, o.Name))
				}
			}
		}
	})
}
