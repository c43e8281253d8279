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

// Curators: who may, and what stands in the way.
const (
	notCurator     Sentence = "curator.not"
	notCuratorHint Sentence = "curator.not.hint"
	readOnly       Sentence = "read-only"
	readOnlyHint   Sentence = "read-only.hint"
)

// A change on its way: form, preview, publishing.
const (
	draftTitle        Sentence = "draft.title"
	draftName         Sentence = "draft.name"
	draftNameHint     Sentence = "draft.name.hint"
	draftAnswer       Sentence = "draft.answer"
	draftAnswerHint   Sentence = "draft.answer.hint"
	draftAsks         Sentence = "draft.asks"
	draftAsksHint     Sentence = "draft.asks.hint"
	draftMoreAsks     Sentence = "draft.more-asks"
	draftMoreAsksHint Sentence = "draft.more-asks.hint"
	draftSources      Sentence = "draft.sources"
	draftSourcesHint  Sentence = "draft.sources.hint"
	draftDetails      Sentence = "draft.details"
	draftDetailsHint  Sentence = "draft.details.hint"
	draftGone         Sentence = "draft.gone"
	draftGoneHint     Sentence = "draft.gone.hint"
	draftDropped      Sentence = "draft.dropped"
	badSource         Sentence = "draft.bad-source"
	unknownSource     Sentence = "draft.unknown-source"
	unknownDetail     Sentence = "draft.unknown-detail"
	previewTitle      Sentence = "preview.title"
	previewGood       Sentence = "preview.good"
	previewRemove     Sentence = "preview.remove"
	previewFaults     Sentence = "preview.faults"
	previewAsk        Sentence = "preview.ask"
	changedMeanwhile  Sentence = "preview.changed"
	filesChanged      Sentence = "preview.files-changed"
	filesFaulty       Sentence = "preview.files-faulty"
	publishButton     Sentence = "button.publish"
	backButton        Sentence = "button.back"
	cancelButton      Sentence = "button.cancel"
	nowLive           Sentence = "published"
	notRecorded       Sentence = "published.not-recorded"
	badReplacement    Sentence = "retire.replacement"
	alreadyRetired    Sentence = "retire.already"
	notRetired        Sentence = "restore.not"
	exported          Sentence = "exported"
)

// The history of changes.
const (
	historyTitle      Sentence = "history.title"
	historyEmpty      Sentence = "history.empty"
	changedBySomebody Sentence = "history.forgotten"
	changedInFile     Sentence = "history.in-file"
	undoes            Sentence = "history.undoes"
	fromTo            Sentence = "history.from-to"
	noSuchChange      Sentence = "undo.none"
	changedSince      Sentence = "undo.changed-since"
	undoInFile        Sentence = "undo.in-file"
	pageBack          Sentence = "page.back"
	pageOn            Sentence = "page.on"
)

// What people ask and the base does not hold.
const (
	tellButton     Sentence = "button.tell"
	willTell       Sentence = "tell.done"
	willTellHint   Sentence = "tell.hint"
	nowAnswered    Sentence = "tell.answered"
	queueTitle     Sentence = "queue.title"
	queueCount     Sentence = "queue.count"
	queueEmpty     Sentence = "queue.empty"
	pickQuestion   Sentence = "queue.pick"
	askedTimes     Sentence = "queue.asked"
	votedDown      Sentence = "queue.wrong"
	waitingFor     Sentence = "queue.waiting"
	declinedBy     Sentence = "queue.gap"
	alsoAsked      Sentence = "queue.also"
	questionClosed Sentence = "queue.closed"
	phrasingOf     Sentence = "queue.phrasing"
	answerButton   Sentence = "button.answer"
	dismissButton  Sentence = "button.dismiss"
	backToQueue    Sentence = "button.queue"
)

// Suggestions of members.
const (
	suggestTitle       Sentence = "suggest.title"
	suggestText        Sentence = "suggest.text"
	suggestHint        Sentence = "suggest.hint"
	suggestLink        Sentence = "suggest.link"
	suggestEmpty       Sentence = "suggest.empty"
	suggestBadLink     Sentence = "suggest.bad-link"
	suggestThanks      Sentence = "suggest.thanks"
	suggestWillTell    Sentence = "suggest.will-tell"
	cardTitle          Sentence = "suggest.card"
	cardFact           Sentence = "suggest.fact"
	acceptButton       Sentence = "button.accept"
	rejectButton       Sentence = "button.reject"
	rejectTitle        Sentence = "reject.title"
	rejectReason       Sentence = "reject.reason"
	rejectHint         Sentence = "reject.hint"
	rejected           Sentence = "rejected"
	suggestionClosed   Sentence = "suggest.closed"
	yourSuggestion     Sentence = "suggest.yours"
	suggestionAccepted Sentence = "suggest.accepted"
	suggestionRejected Sentence = "suggest.rejected"
)

// How the facts are.
const (
	statusTitle     Sentence = "status.title"
	statusLoaded    Sentence = "status.loaded"
	statusTook      Sentence = "status.took"
	statusEmbedded  Sentence = "status.embedded"
	statusFaults    Sentence = "status.faults"
	statusStillGood Sentence = "status.still-good"
	statusAsked     Sentence = "status.asked"
	statusDeclined  Sentence = "status.declined"
	statusWorst     Sentence = "status.worst"
	timesOf         Sentence = "status.times"
	rated           Sentence = "status.rated"
	reasonGiven     Sentence = "status.reason"
	storeGone       Sentence = "store.gone"
)

// What is kept about the caller.
const (
	privacyYours      Sentence = "privacy.yours"
	storedNothing     Sentence = "stored.nothing"
	storedVotes       Sentence = "stored.votes"
	storedWaiting     Sentence = "stored.waiting"
	storedSuggestions Sentence = "stored.suggestions"
	storedDrafts      Sentence = "stored.drafts"
	storedChanges     Sentence = "stored.changes"
	forgetButton      Sentence = "button.forget"
	forgotten         Sentence = "forgotten"
	forgottenCount    Sentence = "forgotten.count"
)

// kindOfChange is the Sentence that names a kind of change.
func kindOfChange(kind string) Sentence { return Sentence("change." + kind) }

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
