package commands

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"summitbot/facts"
)

// Bounds on suggestions
// (https://docs.discord.com/developers/interactions/application-commands).
const (
	mostSuggestions   = 25
	longestSuggestion = 100 // characters of a label, and of a value
)

// pickedMark opens the value of a suggestion that stands for a fact. No
// question begins so.
const pickedMark = "="

// picked returns the fact that a picked suggestion stands for.
func picked(snapshot *facts.Snapshot, value string) (facts.Ref, bool) {
	id, ok := strings.CutPrefix(value, pickedMark)
	if !ok {
		return facts.Ref{}, false
	}
	ref, ok := snapshot.Lookup(id)
	return ref, ok && ref.Fact != nil
}

// isPick reports whether a text is the value of a suggestion, whether or not
// its fact is still there.
func isPick(value string) bool {
	id, ok := strings.CutPrefix(value, pickedMark)
	return ok && strings.Contains(id, "/") && !strings.ContainsFunc(id, unicode.IsSpace)
}

// A shelf is texts that somebody picks from while typing, each for a fact or
// a name. It is searched as fuzzy does: the letters typed must come in order.
type shelf struct {
	labels []string
	values []string
}

// String and Len make a shelf a fuzzy.Source.
func (s *shelf) String(i int) string { return s.labels[i] }
func (s *shelf) Len() int            { return len(s.labels) }

func (s *shelf) put(label, value string) {
	if label != "" && value != "" && utf8.RuneCountInString(value) <= longestSuggestion {
		s.labels = append(s.labels, label)
		s.values = append(s.values, value)
	}
}

// find returns the suggestions for what was typed, best first, one for each
// value. For nothing typed it returns the first.
func (s *shelf) find(typed string) []Suggestion {
	var found []Suggestion
	seen := map[string]bool{}
	add := func(i int) bool {
		if !seen[s.values[i]] {
			seen[s.values[i]] = true
			found = append(found, Suggestion{Label: cut(s.labels[i], longestSuggestion), Value: s.values[i]})
		}
		return len(found) < mostSuggestions
	}
	if typed = strings.TrimSpace(typed); typed == "" {
		for i := range s.labels {
			if !add(i) {
				break
			}
		}
		return found
	}
	for _, match := range fuzzy.FindFrom(typed, s) {
		if !add(match.Index) {
			break
		}
	}
	return found
}

// cut shortens a text to so many characters, and shows that it did.
func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// maxTyped bounds what is searched for: a longer text is no beginning of a
// phrase that anybody would pick.
const maxTyped = 100

// suggestQuestions offers titles and phrasings, and behind them what the
// engine makes of the text.
func suggestQuestions(env *Env, call Call, option string) []Suggestion {
	typed := call.Options[option]
	if utf8.RuneCountInString(typed) > maxTyped {
		return nil
	}
	snapshot := env.snapshot()
	found := factShelf(snapshot, voiceIn(baseLanguage(call.Lang)).lang, true).find(typed)
	if len(found) >= mostSuggestions || strings.TrimSpace(typed) == "" {
		return found
	}
	return withCandidates(snapshot, found, typed, call.Lang)
}

// withCandidates adds the facts that the engine weighs, as titles.
func withCandidates(snapshot *facts.Snapshot, found []Suggestion, typed, lang string) []Suggestion {
	d := snapshot.Match(facts.Question{Text: typed, Lang: baseLanguage(lang)})
	for _, c := range d.Candidates {
		if c.Fact == nil || len(found) >= mostSuggestions {
			continue
		}
		value := pickedMark + c.ID()
		title, _ := c.Fact.Title.In(voiceIn(baseLanguage(lang)).lang)
		if !hasValue(found, value) {
			found = append(found, Suggestion{Label: cut(title, longestSuggestion), Value: value})
		}
	}
	return found
}

func hasValue(list []Suggestion, value string) bool {
	for _, s := range list {
		if s.Value == value {
			return true
		}
	}
	return false
}

// factShelf holds every fact under its title and, if wanted, its phrasings in
// the language: titles first.
func factShelf(snapshot *facts.Snapshot, lang string, phrasings bool) *shelf {
	s := &shelf{}
	eachFact(snapshot, func(ref facts.Ref) {
		title, _ := ref.Fact.Title.In(lang)
		s.put(title, pickedMark+ref.ID())
	})
	if !phrasings {
		return s
	}
	eachFact(snapshot, func(ref facts.Ref) {
		for _, p := range ref.Fact.Asks {
			if p.Lang == lang && utf8.RuneCountInString(p.Text) <= longestSuggestion {
				s.put(p.Text, pickedMark+ref.ID())
			}
		}
	})
	return s
}

// eachFact calls yield for every fact that is still offered.
func eachFact(snapshot *facts.Snapshot, yield func(facts.Ref)) {
	for _, b := range snapshot.Bases() {
		for i := range b.Facts {
			if readable(&b.Facts[i]) {
				yield(facts.Ref{Base: b, Fact: &b.Facts[i]})
			}
		}
	}
}
