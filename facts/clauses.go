package facts

import (
	"regexp"
	"strings"
)

// maxClauses bounds the places at which a question is tried to be cut in two.
const maxClauses = 4

// joint is where one clause of a question may end and the next begin. The
// groups are what belongs to the clause before and to the one after.
var joints = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)[,;.?!]?\s+(?:(?:and|but|also|plus|n|&)\s+)+(?:also\s+|then\s+)?|[,;.?!]\s+`),
	"ko": regexp.MustCompile(`[,.?!]\s*|(?:고|며|는지|은지|인지|나요|죠|요|와|과|랑)\s+(?:또\s+|그리고\s+)?`),
	"ja": regexp.MustCompile(`[、。？！?!]\s*(?:そして|また|それと|あと)?`),
}

// clauses returns the ways to cut a question into two that each ask
// something; none for most questions. It may use buf's room.
func clauses(text, lang string, buf []token) [][2]string {
	joint := joints[lang]
	if joint == nil {
		return nil
	}
	var ways [][2]string
	for _, at := range joint.FindAllStringIndex(text, -1) {
		before, after := strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
		if len(ways) < maxClauses && asks(before, lang, buf) && asks(after, lang, buf) {
			ways = append(ways, [2]string{before, after})
		}
	}
	return ways
}

// asks reports whether a clause is a question by itself.
func asks(clause, lang string, buf []token) bool {
	tokens := tokenize(clause, buf[:0])
	return (len(tokens) > 1 || lang != "en" && len(tokens) == 1) && typeOf(tokens, lang) != asksNothing
}
