package commands

import "summitbot/facts"

// Answers and what stands around them.
const (
	choices     Sentence = "choices"      // asks which of the offered facts is meant
	declined    Sentence = "decline"      // the base does not hold the answer
	declineHint Sentence = "decline.hint" // that nothing is guessed
	unreadable  Sentence = "unreadable"   // the question has no words
	askInWords  Sentence = "unreadable.hint"
	tooLong     Sentence = "too-long"
	askShorter  Sentence = "too-long.hint" // most characters
	near        Sentence = "near"          // heading of facts that do not answer
	tryAsking   Sentence = "try-asking"    // heading of example questions
	aboutBases  Sentence = "about.bases"   // titles of the bases
	gapTitle    Sentence = "gap.title"     // title of a gap that says nothing itself
	joinTitles  Sentence = "join"          // what stands between titles in a row
)

// Facts and their sources.
const (
	says       Sentence = "says"         // who
	version    Sentence = "version"      // who, what they say
	asOf       Sentence = "as-of"        // date
	happened   Sentence = "when"         // date
	span       Sentence = "span"         // from, to
	replacedBy Sentence = "replaced-by"  // title
	onlyIn     Sentence = "only-in"      // language
	sourceLine Sentence = "source"       // publisher, date
	paragraph  Sentence = "source.place" // publisher, date, paragraph
	dayLayout  Sentence = "date.day"     // layouts of package time
	monthForm  Sentence = "date.month"
	yearForm   Sentence = "date.year"
)

// statusName is the Sentence that says what a status means.
func statusName(s facts.Status) Sentence { return Sentence("status." + string(s)) }

// talkReply is the Sentence that replies to small talk.
func talkReply(t facts.Talk) Sentence { return Sentence("talk." + string(t)) }

// Buttons, menus and forms.
const (
	sourcesButton Sentence = "button.sources"
	rightButton   Sentence = "button.right"
	wrongButton   Sentence = "button.wrong"
	passOnButton  Sentence = "button.pass-on"
	openSource    Sentence = "button.open"
	whyTitle      Sentence = "why.title" // of the form after 👎
	whyLabel      Sentence = "why.label"
	whyHint       Sentence = "why.hint"
	passOnTitle   Sentence = "pass-on.title"
	passOnLabel   Sentence = "pass-on.label"
	passedOn      Sentence = "pass-on.done"
	passedOnHint  Sentence = "pass-on.hint"
	emptyQuestion Sentence = "pass-on.empty"
	thanksRight   Sentence = "thanks.right"
	thanksWrong   Sentence = "thanks.wrong"
	factGone      Sentence = "gone"      // a button's fact is no longer there
	factGoneHint  Sentence = "gone.hint" // what to do instead
	oldButton     Sentence = "button.unknown"
	oldButtonHint Sentence = "button.unknown.hint"
	pickFact      Sentence = "menu.fact"
	pickTopic     Sentence = "menu.topic"
	andMore       Sentence = "more" // how many
)

// Slash commands: what they say.
const (
	introTitle     Sentence = "intro.title"
	introBody      Sentence = "intro.body"
	helpTitle      Sentence = "help.title"
	helpBody       Sentence = "help.body"
	helpCommands   Sentence = "help.commands"
	aboutTitle     Sentence = "about.title"
	aboutBody      Sentence = "about.body"
	aboutFacts     Sentence = "about.facts"   // facts, sources, gaps
	aboutLatest    Sentence = "about.latest"  // date
	aboutVersion   Sentence = "about.version" // version
	privacyTitle   Sentence = "privacy.title"
	privacyBody    Sentence = "privacy.body"
	privacyStored  Sentence = "privacy.stored"
	privacyDelete  Sentence = "privacy.delete"
	privacyContact Sentence = "privacy.contact" // address
	privacyPolicy  Sentence = "privacy.policy"  // address
	topicsTitle    Sentence = "topics.title"
	topicCount     Sentence = "topics.count" // facts
	noTopic        Sentence = "topics.none"
	topicsEmpty    Sentence = "topics.empty"
	timelineTitle  Sentence = "timeline.title"
	timelineEmpty  Sentence = "timeline.empty"
	whoSpellings   Sentence = "who.spellings"
	whoFacts       Sentence = "who.facts"
	whoNoFacts     Sentence = "who.no-facts"
	whoUnknown     Sentence = "who.unknown" // what was typed
	factUnknown    Sentence = "fact.unknown"
	pickFromList   Sentence = "pick-from-list"
	compareTitle   Sentence = "compare.title" // two names
	compareNothing Sentence = "compare.nothing"
	compareSame    Sentence = "compare.same"
	sourcesTitle   Sentence = "sources.title"
	sourceFacts    Sentence = "sources.facts" // how many facts rest on it
	sourceArchive  Sentence = "sources.archive"
	sourceBy       Sentence = "sources.by"
	sourceOpen     Sentence = "sources.open"
	checkFound     Sentence = "check.found"
	checkNothing   Sentence = "check.nothing"
	checkNoText    Sentence = "check.no-text"
	checkNote      Sentence = "check.note"
)

// kindName is the Sentence that names a kind of name.
func kindName(kind string) Sentence { return Sentence("kind." + kind) }

// Notices of the bot as a program.
const (
	notKept     Sentence = "not-kept"
	Busy        Sentence = "busy"          // the queue is full
	SlowDown    Sentence = "slow-down"     // seconds to wait
	ChannelBusy Sentence = "channel-busy"  // seconds to wait
	Broken      Sentence = "broken"        // reference number
	NotHere     Sentence = "not-here"      // an unknown command
	FileTooLong Sentence = "file-too-long" // most MiB
)

// key is what the sentences of a command begin with: command.ask, and of a
// subcommand command.facts.add.
func (c Command) key() string {
	if c.under != "" {
		return "command." + c.under + "." + c.Name
	}
	return "command." + c.Name
}

// names and describes are the sentences that word a command, and an option of
// it: what people type for it in their language, and what it does.
func (c Command) names() Sentence               { return Sentence(c.key()) }
func (c Command) describes() Sentence           { return Sentence(c.key() + ".description") }
func (c Command) optionNames(o Option) Sentence { return Sentence(c.key() + "." + o.Name) }
func (c Command) optionDescribes(o Option) Sentence {
	return Sentence(c.key() + "." + o.Name + ".description")
}
