package commands

import "summitbot/facts"

// A Reply is what to say, never how it looks: package render turns it into
// terminal text, and later into Discord messages. All its words are in Lang,
// except where a fact says otherwise.
type Reply struct {
	Outcome  facts.Outcome
	Lang     string
	Headline string         // one sentence to start with; empty for small talk
	Body     string         // what is said besides the facts; may be empty
	Heading  string         // what the facts or examples below it are: "Nearest facts, which do not answer it:"
	Facts    []Fact         // asserted (answer), offered (choices) or merely near (decline)
	Examples []string       // questions to try
	Decision facts.Decision // what the reply was made from
}

// A Fact is one fact in the reader's language, ready to be shown.
type Fact struct {
	ID       string // base/id
	Title    string
	Text     string // the answer; shown only when the fact is asserted
	Fallback string // says which language Text is in when it is not the reader's
	Standing string // says what the status means
	Warning  bool   // Standing must not be overlooked: disputed, superseded, retracted
	When     string // says when it happened; may be empty
	AsOf     string // says when its latest source appeared; may be empty
	Sources  []Source
}

// A Source is where a fact comes from.
type Source struct {
	Line string // publisher, day, paragraph
	Says string // whose statement it is and, of a disputed fact, what they say; may be empty
	Link string // opens the source at the passage
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
