package facts

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// discordMarkup is what Discord writes for mentions, emoji and time stamps,
// and addresses: nothing that a question is about.
var discordMarkup = regexp.MustCompile(`<(@[!&]?|#|a?:\w+:|t:)[0-9]+(:\w)?>|https?://\S+|@everyone|@here`)

// cleanQuestion drops markup and what cannot be seen.
func cleanQuestion(text string) string {
	if strings.ContainsAny(text, "<@:") {
		text = discordMarkup.ReplaceAllString(text, " ")
	}
	return strings.TrimSpace(normalise(text))
}

// LanguageOf returns the language of the bases that a question is taken to be
// in, where reader is that of who asks.
func (s *Snapshot) LanguageOf(question, reader string) string {
	if len(s.bases) == 0 {
		return reader
	}
	return s.languageOf(cleanQuestion(question), reader)
}

// languageOf tells which index a text is for: by its script where that is
// clear, else the reader's language, else the first that uses the script.
func (s *Snapshot) languageOf(text, reader string) string {
	var count [hangul + 1]int
	for _, r := range text {
		count[scriptOf(r)]++
	}
	kana := count[hiragana] + count[katakana]
	switch {
	case count[latin] > mostlyLatin*(kana+count[kanji]+count[hangul]):
		return s.firstLatin(reader)
	case count[hangul] > 0 && count[hangul] >= kana:
		return s.first(reader, "ko")
	case kana > 0:
		return s.first(reader, "ja")
	case count[kanji] > 0:
		return s.first(reader, "ja", "zh")
	case count[latin] > 0:
		return s.firstLatin(reader)
	}
	return s.first(reader, s.bases[0].Languages[0])
}

// mostlyLatin is how many alphabetic letters for one of another script make a
// text alphabetic: "Where did Ishiba (石破) meet Lee?"
const mostlyLatin = 5

// first returns the first of the script's languages that a base has.
func (s *Snapshot) first(reader string, langs ...string) string {
	for _, l := range langs {
		if l == reader && s.speaks(l) {
			return l
		}
	}
	for _, l := range langs {
		if s.speaks(l) {
			return l
		}
	}
	return langs[0]
}

// firstLatin prefers the reader's language when it is written in an alphabet;
// a base that has none is searched in its own.
func (s *Snapshot) firstLatin(reader string) string {
	if reader != "" && !cjkLanguage(reader) && s.speaks(reader) {
		return reader
	}
	for _, b := range s.bases {
		for _, l := range b.Languages {
			if !cjkLanguage(l) {
				return l
			}
		}
	}
	return s.first(reader, s.bases[0].Languages[0])
}

// Bounds on taking a question apart.
const (
	longQuestion = 90 // characters from which sentences are also tried alone
	fewestWords  = 4  // of a sentence that can stand alone
	maxSentences = 4  // that are tried, the last ones
)

// sentenceEnd is where one sentence of a question ends.
var sentenceEnd = regexp.MustCompile(`[.?!;:。？！；…\n]+\s*|、|, `)

// sentences returns the parts of a long question that may be the question
// proper; nil for a short one. It may use buf's room.
func sentences(text string, buf []token) []string {
	if utf8.RuneCountInString(text) < longQuestion/runeWidth(text) {
		return nil
	}
	var parts []string
	for _, p := range sentenceEnd.Split(text, -1) {
		if tokens := tokenize(p, buf[:0]); len(tokens) >= fewestWords/runeWidth(text) && saysEnough(tokens) && len(p) < len(text) {
			parts = append(parts, p)
		}
	}
	return parts[max(0, len(parts)-maxSentences):]
}

// questionsIn returns the sentences of a long question without those that ask
// nothing, if there are others: they only lead up to the question.
func (s *scratch) questionsIn(text string) []string {
	parts := sentences(text, s.tokens)
	var asking []string
	for _, p := range parts {
		if typeOf(tokenize(p, s.tokens[:0]), s.x.lang) != asksNothing {
			asking = append(asking, p)
		}
	}
	if asking == nil {
		return parts
	}
	return asking
}

// saysEnough reports whether a sentence has two words that are more than
// grammar or frame: "What should I write?" has one.
func saysEnough(tokens []token) bool {
	n := 0
	for _, t := range tokens {
		if t.cjk || !stopWords[t.text] && !frameWords[t.text] {
			n++
		}
	}
	return n >= 2 || n == 1 && len(tokens) > 0 && tokens[0].cjk
}

// runeWidth is how many letters of an alphabet one letter of the text is worth.
func runeWidth(text string) int {
	if len(text) > 2*utf8.RuneCountInString(text) {
		return 2
	}
	return 1
}
