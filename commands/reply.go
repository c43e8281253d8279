package commands

import (
	"time"

	"summitbot/facts"
)

// A Reply is what to say, never how it looks: package render turns it into
// terminal text and Discord messages. All its words are in Lang, except where
// a fact says otherwise.
type Reply struct {
	Outcome  facts.Outcome // of a question; empty for everything else
	Lang     string
	Asked    string         // the question, to be repeated above the reply; may be empty
	Title    string         // what a reply that is no answer is called; may be empty
	Headline string         // one sentence to start with; empty for small talk
	Body     string         // what is said besides the facts; may be empty
	Heading  string         // what the facts or examples below it are: "Nearest facts, which do not answer it:"
	Facts    []Fact         // asserted (answer), offered (choices) or merely near (decline)
	Examples []string       // questions to try
	Entries  []Entry        // what browsing lists
	Notes    []string       // said in small print
	Decision facts.Decision // what the reply was made from

	// What only Discord shows.
	Private  bool       // for the caller's eyes only
	Replaces bool       // takes the place of the message whose button was pressed
	For      string     // id of the person whom it points at
	Buttons  [][]Button // in rows
	Menu     *Menu
	Form     *Form // to fill in, instead of everything above
	Files    []File
	Missed   *Miss // what the queue is to know; nil: nothing
	Err      error // why what a member asked for could not be done, for the operator
}

// A Fact is one fact in the reader's language, ready to be shown.
type Fact struct {
	ID        string // base/id
	Title     string
	Text      string // the answer; shown only when the fact is asserted
	Fallback  string // says which language Text is in when it is not the reader's
	Standing  string // says what the status means
	Warning   bool   // Standing must not be overlooked: disputed, superseded, retracted
	Confirmed bool   // its status says so
	When      string // says when it happened; may be empty
	AsOf      string // says when its latest source appeared; may be empty
	Sources   []Source
}

// A Source is where a fact comes from.
type Source struct {
	Line string // publisher, day, paragraph
	Says string // whose statement it is and, of a disputed fact, what they say; may be empty
	Link string // opens the source at the passage
}

// An Entry is one item of a list that is browsed.
type Entry struct {
	Title  string
	Date   string   // as in facts.Fact.When, of the timeline; may be empty
	Lines  []string // what is said about it
	Links  []Link
	By     string    // id of the person who did it; may be empty
	At     time.Time // when; may be zero
	Column bool      // stands next to its neighbours rather than below them
}

// A Link opens a page.
type Link struct {
	Label, URL string
}

// A Button does something when it is pressed, or opens a page.
type Button struct {
	Label string
	Emoji string // may be empty
	Does  Action
	URL   string // instead of Does
}

// A Menu lets one of several be chosen.
type Menu struct {
	Label   string // shown while nothing is chosen
	Does    Action // with the value of what was chosen
	Choices []MenuChoice
}

// A MenuChoice is one item of a menu.
type MenuChoice struct {
	Label, Note, Value string
}

// A Form is texts to fill in, at most five.
type Form struct {
	Title  string
	Inputs []Input
	Does   Action // with the texts
}

// An Input is one text of a form.
type Input struct {
	Name     string
	Label    string
	Hint     string // said below the label; may be empty
	Text     string // what stands in it at first
	Short    bool   // one line
	Required bool
	Longest  int // characters
}

// A File is attached to a reply.
type File struct {
	Name string
	Data []byte
}

// Text is the reply's statement by itself: the facts' text for an answer, the
// sentence said for everything else.
func (r Reply) Text() string {
	if r.Outcome == facts.Answer {
		return joinLines(textsOf(r.Facts)...)
	}
	return joinLines(r.Headline, r.Body)
}

func textsOf(shown []Fact) []string {
	var texts []string
	for _, f := range shown {
		texts = append(texts, f.Text)
	}
	return texts
}

// failure is the private reply when something that a member asked for could
// not be kept.
func failure(lang string, err error) Reply {
	r := notice(lang, notKept)
	r.Err = err
	return r
}

// notice is a private reply of a sentence or two.
func notice(lang string, headline Sentence, body ...Sentence) Reply {
	v := voiceIn(baseLanguage(lang))
	r := Reply{Lang: v.lang, Headline: v.say(headline), Private: true}
	for _, b := range body {
		r.Body = joinLines(r.Body, v.say(b))
	}
	return r
}
