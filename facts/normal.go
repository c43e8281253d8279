package facts

import (
	"regexp"
	"strings"
)

// webQuery is what follows the path in an address.
var webQuery = regexp.MustCompile(`(https?://[^\s?#]+)[?#]\S*`)

// discordMentions is what Discord writes for mentions, custom emoji and time
// stamps.
var discordMentions = regexp.MustCompile(`<(@[!&]?|#|a?:\w+:|t:)[0-9]+(:\w)?>|@everyone|@here`)

// Normal is the same for texts that have the same words, however these are
// written: in which case and width, with which signs, spaces and emoji between
// them, in whichever of the spellings that the engine takes for one. Mentions,
// custom emoji and what follows the path in an address do not count. It is
// empty for a text without words.
func Normal(text string) string {
	var b strings.Builder
	cjk := true
	for _, t := range tokenize(withoutMarkup(text), nil) {
		if b.Len() > 0 && !cjk && !t.cjk {
			b.WriteByte(' ') // CJK text is spaced by taste
		}
		cjk = t.cjk
		b.WriteString(t.text)
	}
	return b.String()
}

// withoutMarkup drops what Discord and the web add to the words of a text.
func withoutMarkup(text string) string {
	if strings.Contains(text, "://") {
		text = webQuery.ReplaceAllString(text, "$1")
	}
	if strings.ContainsAny(text, "<@") {
		text = discordMentions.ReplaceAllString(text, " ")
	}
	return text
}
