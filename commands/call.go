package commands

import (
	"strings"
	"unicode"
)

// A Call is what somebody asks of the bot.
type Call struct {
	Text    string            // a question, or the text of a message
	Options map[string]string // by name, as typed or picked; a flag that is set is "true", a person is an id
	Lang    string            // the reader's language; empty: the question's own
	Explain bool              // fill in Reply.Decision.Why
	Fields  map[string]string // what was filled into a form, by the name of the input
	User    string            // Discord's id of who calls; empty elsewhere
	Roles   []string          // ids of the roles that the caller has in the server
	Guild   string            // id of the server; empty in direct messages
	Channel string            // id of the channel
	Own     bool              // the button pressed stands below the answer to the caller's own question
}

// baseLanguage drops the region: Discord says en-US and en-GB.
func baseLanguage(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	return strings.ToLower(base)
}

// clearWords is how many alphabetic words make a text clearly English.
const clearWords = 3

// LanguageOf is the language to reply in to a free text: its own where that is
// clear, else the reader's, or the bot's first.
func LanguageOf(text, reader string) string { return voiceIn(replyLanguage(text, reader)).lang }

// replyLanguage is the language to reply in to a free text: its own where that
// is clear, else the reader's. Names and numbers alone do not make it clear.
func replyLanguage(text, reader string) string {
	var hangul, kana, words int
	inWord := false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		}
		letter := r < unicode.MaxLatin1 && unicode.IsLetter(r)
		if letter && !inWord {
			words++
		}
		inWord = letter
	}
	switch {
	case hangul > 0 && hangul >= kana:
		return "ko"
	case kana > 0:
		return "ja"
	case words >= clearWords:
		return "en"
	}
	return baseLanguage(reader)
}
