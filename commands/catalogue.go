package commands

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// Languages are those the bot speaks; the first is the one it falls back to.
var Languages = []string{"en", "ko", "ja"}

// A Sentence is something that the bot says besides what curators write,
// named by what it is for. Each language has a file with all of them:
// english.go, korean.go, japanese.go. Arguments are numbered, since languages
// order them differently: %[1]s.
type Sentence string

// sentences are the catalogue: every sentence in every language. A test finds
// what is missing.
var sentences = map[string]map[Sentence]string{"en": english, "ko": korean, "ja": japanese}

// A voice says sentences in one language.
type voice struct {
	lang    string
	plain   map[Sentence]string
	printer *message.Printer
}

// voices holds a voice for each language.
var voices = newVoices()

func newVoices() map[string]*voice {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	for lang, texts := range sentences {
		tag := language.MustParse(lang)
		for s, text := range texts {
			if !strings.Contains(text, "%[") {
				continue // it is said as it stands
			}
			if err := b.SetString(tag, string(s), text); err != nil {
				panic(fmt.Sprintf("commands: %s: %s: %v", lang, s, err)) // a mistake in the catalogue itself
			}
		}
	}
	all := map[string]*voice{}
	for lang, texts := range sentences {
		all[lang] = &voice{lang, texts, message.NewPrinter(language.MustParse(lang), message.Catalog(b))}
	}
	return all
}

// voiceIn returns the voice of lang, or of the first language when the bot
// does not speak it.
func voiceIn(lang string) *voice {
	if v := voices[lang]; v != nil {
		return v
	}
	return voices[Languages[0]]
}

// say says a sentence, with arguments if it takes any.
func (v *voice) say(s Sentence, args ...any) string {
	if len(args) == 0 {
		return v.plain[s]
	}
	return v.printer.Sprintf(string(s), args...)
}

// Say says a sentence of the bot in lang, for what is said outside replies:
// notices of limits, faults and busy times.
func Say(lang string, s Sentence, args ...any) string {
	return voiceIn(baseLanguage(lang)).say(s, args...)
}

// fallback labels a text that is in another language than the reader's.
func (v *voice) fallback(lang string) string {
	name := v.say(languageName(lang))
	if name == "" {
		name = lang
	}
	return v.say(onlyIn, name)
}

// languageName is the sentence that names a language.
func languageName(lang string) Sentence { return Sentence("language." + lang) }
