// Package facts holds what the bot knows and finds the right piece of it.
//
// A base is a set of facts that people curate in a file, each with its
// source; see Load. A Snapshot is an immutable index over bases; its Match
// turns a question into a Decision. The package knows nothing of Discord,
// databases or any particular event: all it knows is in the files.
package facts

// A Base is one curated set of facts about one subject, loaded and valid.
type Base struct {
	ID        string   // kebab-case
	Title     Text     // what the base is about
	Languages []string // BCP 47; the first is the reference language
	Sources   []Source
	Names     []Name
	Terms     []TermGroup
	Topics    []Topic
	Declines  []Phrase // questions that must not be answered; run by check, never indexed
	Facts     []Fact
	Gaps      []Gap

	places *places // where they stand in the files; see Position
}

// Text is one text in one or more languages. The first is the one to fall
// back to.
type Text []Phrase

// A Phrase is a piece of text in one language.
type Phrase struct {
	Lang string
	Text string
}

// In returns the text in lang, or else its first translation, with the
// language that it found. It returns "", "" for an empty Text.
func (t Text) In(lang string) (text, found string) {
	for _, p := range t {
		if p.Lang == lang {
			return p.Text, p.Lang
		}
	}
	if len(t) == 0 {
		return "", ""
	}
	return t[0].Text, t[0].Lang
}

// Only returns the text in lang and no other; "" when there is none.
func (t Text) Only(lang string) string {
	text, found := t.In(lang)
	if found != lang {
		return ""
	}
	return text
}

// PhrasesIn returns the texts of the phrases in lang.
func PhrasesIn(list []Phrase, lang string) (texts []string) {
	for _, p := range list {
		if p.Lang == lang {
			texts = append(texts, p.Text)
		}
	}
	return texts
}

// A Fact is one thing the sources state, in the curators' words.
type Fact struct {
	ID           string   // kebab-case, unique in its base over facts and gaps, never reused
	Title        Text     // short label, at most MaxTitle characters
	Answer       Text     // what members read, at most MaxAnswer characters
	Asks         []Phrase // phrasings people use
	About        []string // ids from Names: who and what it is about
	Topics       []string // ids from Topics
	When         string   // 2025-09-30, 2025-08, 1965, or a span 2025-08/2025-09-30
	Sources      []Citation
	Status       Status
	SupersededBy string   // the fact that replaces a superseded one
	Related      []string // facts worth reading next
	Covers       []string // facts whose content this one contains: an overview or a comparison
	Tests        []Phrase // questions that must lead to this fact
	Updated      string   // the day it was last changed
}

// A Gap is what people ask and the sources do not say. Gaps compete with
// facts for every question; a gap that wins declines it.
type Gap struct {
	ID    string // kebab-case, unique in its base over facts and gaps
	Title Text
	Says  Text // optional: "The report does not say how long the two met."
	Asks  []Phrase
	About []string // ids from Names
	Near  []string // facts worth showing instead
	Tests []Phrase // questions that must be declined through this gap
}

// Status is the standing of a fact.
type Status string

const (
	Confirmed  Status = "confirmed"
	Reported   Status = "reported"
	Disputed   Status = "disputed" // each citation then carries its side's Version
	Superseded Status = "superseded"
	Retracted  Status = "retracted"
)

// Statuses lists every known status in the order of trust.
var Statuses = []Status{Confirmed, Reported, Disputed, Superseded, Retracted}

// A Citation ties a fact to a passage of a source.
type Citation struct {
	Ref       string // id from Sources
	Paragraph int    // counted from 1; 0 when not given
	Quote     string // locator: at most MaxQuoteWords consecutive words of the source
	Says      Text   // whose statement it is; empty: the source's own
	Version   Text   // of a disputed fact: what this side says
}

// A Source is a published text that facts rest on.
type Source struct {
	ID         string
	Title      string
	Publisher  string
	By         string // the author, where named
	Published  string // a day
	URL        string
	Language   string
	Archive    string // a lasting copy's address
	TextSHA256 string // of the copy in which paragraphs are counted
}

// A Name is a person, place or institution in all its spellings. Names that
// no fact is about belong here too: a question about one of them is a
// question about something else.
type Name struct {
	ID        string
	Kind      string   // one of NameKinds
	Label     Text     // how to show it
	StandsFor string   // id of the state or body that news language means by it: Seoul for South Korea
	Spellings []Phrase // a leading = makes one case-sensitive: "=US"
}

// NameKinds lists the kinds a name can have.
var NameKinds = []string{"person", "country", "place", "institution", "group", "topic"}

// A TermGroup is words and short phrases that mean the same in this subject.
type TermGroup struct {
	Lang  string
	Words []string
}

// A Topic groups facts for browsing.
type Topic struct {
	ID    string
	Title Text
}
