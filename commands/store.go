package commands

import (
	"context"
	"errors"
	"time"

	"summitbot/facts"
)

// A Store keeps what members and curators tell the bot. What a method has
// returned without an error is there after a crash; what it could not keep it
// says, within seconds. A time At that is zero stands for now. Package bot/state
// has the databases.
type Store interface {
	Votes
	Queue
	Suggestions
	Drafts
	History
	Postings
	People
}

// ErrGone tells of something in the store that is not there, or no longer.
var ErrGone = errors.New("not there")

// Forgotten stands where the name of a curator was who had it deleted.
const Forgotten = "forgotten"

// Votes keeps what members think of answers.
type Votes interface {
	// Vote keeps a vote in place of the one that the same person had on the
	// same revision of the fact. An empty reason leaves the one that was given.
	Vote(ctx context.Context, v Vote) error

	// Worst returns up to n revisions of facts by how many think that they are
	// wrong, most first; those of which nobody does are left out.
	Worst(ctx context.Context, n int) ([]Rating, error)

	// Reasons returns up to n reasons why a fact (base/id) was thought wrong,
	// newest first and without who gave them.
	Reasons(ctx context.Context, fact string, n int) ([]Vote, error)
}

// A Vote is one person's opinion of one revision of a fact.
type Vote struct {
	User     string // Discord's id
	Fact     string // base/id
	Revision string
	Right    bool
	Reason   string // at most MaxReason characters; empty: none given
	At       time.Time
}

// MaxReason is how many characters of a reason are taken.
const MaxReason = 1000

// A Rating is how many people think what of a revision of a fact.
type Rating struct {
	Fact, Revision string
	Right, Wrong   int
}

// Queue keeps what people ask and the base does not hold.
type Queue interface {
	// Miss counts a question: into the open group that it names, or into the
	// open group that has the same words in the same language, or else into a
	// new one. Words that a curator has dismissed are counted where they are,
	// and stay dismissed; what was answered is asked anew. It returns the group.
	Miss(ctx context.Context, m Miss) (group int64, err error)

	// Open returns open groups of questions, and how many there are in all.
	Open(ctx context.Context, f QueueFilter) (list []Question, all int, err error)

	// OpenAfter returns up to n open groups with greater ids, ascending, so that
	// all can be gone through.
	OpenAfter(ctx context.Context, id int64, n int) ([]Question, error)

	// Question returns a group, open or not, or ErrGone.
	Question(ctx context.Context, id int64) (Question, error)

	// Phrasings returns up to n of the texts of a group, most asked first.
	Phrasings(ctx context.Context, id int64, n int) ([]string, error)

	// Settle closes an open group. It returns false when it is closed already,
	// or gone.
	Settle(ctx context.Context, id int64, s Settlement) (bool, error)

	// Wait keeps that somebody wants to be told when a question is answered;
	// who does so already is not kept twice. Without the question it returns
	// ErrGone. Nobody is ever told of one that was dismissed.
	Wait(ctx context.Context, w Waiter) error

	// Due returns up to n people whose question is answered and who have not
	// been told, those who have waited longest first.
	Due(ctx context.Context, n int) ([]Waiter, error)

	// Told forgets somebody who has been told.
	Told(ctx context.Context, id int64) error
}

// A Miss is a question that was not answered, or whose answer was thought
// wrong. Who asked it is not part of it.
type Miss struct {
	Text    string // as asked, at most MaxPassed characters
	Key     string // the same words however written; see facts.Normal; empty: Text
	Lang    string
	Why     string   // one of the Why constants
	Near    []string // base/id of the nearest facts
	Gap     string   // base/id of the gap that declined it; may be empty
	Group   int64    // the group that it belongs to; 0: not known
	Counted bool     // it was counted when it was asked: only its group is wanted
	At      time.Time
}

// Why a question is in the queue.
const (
	WhyDeclined = "declined"
	WhyWrong    = "wrong"  // an answer was voted down
	WhyPassed   = "passed" // a member passed it on
)

// A Question is a group of questions that ask the same.
type Question struct {
	ID          int64
	Text        string // the one that was asked first, while it is kept
	Lang        string
	Count       int // how often it was asked
	Wrong       int // how many of these were answers voted down
	Waiting     int // how many want to be told
	First, Last time.Time
	Near        []string // base/id of the nearest facts, when it was asked last
	Gap         string   // base/id; may be empty
	State       string   // one of the states of a question
	Fact        string   // base/id of the fact that answers it; empty while open
}

// The states of a question.
const (
	StateOpen      = "open"
	StateAnswered  = "answered"
	StateDismissed = "dismissed"
)

// A QueueFilter says which groups are wanted.
type QueueFilter struct {
	Lang   string // empty: every language
	Newest bool   // by when it was asked last instead of by how often
	Skip   int
	Most   int
}

// A Settlement is how a question was closed.
type Settlement struct {
	State string // StateAnswered or StateDismissed
	Fact  string // base/id of what answers it
	By    string // the curator; empty: the bot, after a reload
	At    time.Time
}

// A Waiter wants to be told the answer to a question.
type Waiter struct {
	ID       int64
	Question int64
	User     string
	Channel  string // where it was asked
	Guild    string // empty in a direct message
	Lang     string // of the notice
	Asked    string // the question as this person put it
	Fact     string // base/id of the answer, when it is due
	At       time.Time
}

// Suggestions keeps what members think is wrong or missing.
type Suggestions interface {
	Suggest(ctx context.Context, s Suggested) (id int64, err error)
	Suggestion(ctx context.Context, id int64) (Suggested, error) // or ErrGone

	// Decide closes an open suggestion. It returns false when somebody was
	// first.
	Decide(ctx context.Context, id int64, state, reason, by string) (bool, error)
}

// A Suggested thing is what a member thinks is wrong or missing.
type Suggested struct {
	ID            int64
	User          string // empty: does not wish to be told
	Text          string // what is wrong or missing
	Link          string // to a source; may be empty
	Fact          string // base/id of the fact that it is about; may be empty
	Lang          string
	Guild         string
	Channel       string
	State, Reason string
	By            string // the curator who decided, or Forgotten
	At            time.Time
}

// The states of a suggestion besides StateOpen.
const (
	StateAccepted = "accepted"
	StateRejected = "rejected"
)

// Drafts keeps changes that curators are working on: a button's id has no room
// for them.
type Drafts interface {
	// SaveDraft keeps a draft in place of the one with the same id, unless that
	// is somebody else's: then it returns ErrGone.
	SaveDraft(ctx context.Context, d Draft) error

	Draft(ctx context.Context, id string) (Draft, error) // or ErrGone
	DropDraft(ctx context.Context, id string) error
}

// A Draft is a change to a fact before it is published.
type Draft struct {
	ID   string // of up to 16 letters and digits
	User string // whose it is; nobody else may go on with it
	Body []byte // JSON that package commands reads and writes
	At   time.Time
}

// History keeps who changed what. Nothing in it is ever altered, but for the
// name of somebody who had theirs deleted.
type History interface {
	// Record appends a change, unless the newest of the same fact led to the
	// same state already: what is published in Discord is seen a second time
	// when the file is read. It returns its number, or 0 when it was not kept.
	Record(ctx context.Context, c Change) (id int64, err error)

	// Changes returns changes, newest first, and how many there are in all. An
	// empty fact stands for all.
	Changes(ctx context.Context, fact string, skip, most int) (list []Change, all int, err error)

	// Change returns one change, or ErrGone.
	Change(ctx context.Context, id int64) (Change, error)
}

// A Change is one change to one fact.
type Change struct {
	ID     int64
	At     time.Time
	User   string      // the curator, or Forgotten; empty: in the file itself
	Kind   string      // one of the kinds of changes
	Fact   string      // base/id
	Before *facts.Fact // nil: it was not there
	After  *facts.Fact // nil: it is no longer there
	Undoes int64       // the change that it takes back; 0: none
}

// The kinds of changes.
const (
	KindAdd     = "add"
	KindEdit    = "edit"
	KindRetire  = "retire"
	KindRestore = "restore"
	KindRemove  = "remove"
	KindUndo    = "undo"
)

// Postings keeps where which revision of a fact was shown to everybody, so
// that it can be corrected in place.
type Postings interface {
	// Post keeps what a message shows now, in place of what it showed of the
	// same fact before; the id stays.
	Post(ctx context.Context, list []Posting) error

	Posted(ctx context.Context, fact string, after int64, n int) ([]Posting, error) // by ascending id
}

// A Posting is one fact in one message.
type Posting struct {
	ID                      int64
	Fact, Revision          string
	Lang                    string
	Guild, Channel, Message string
	At                      time.Time
}

// People lets everybody see and delete what is kept about them.
type People interface {
	Stored(ctx context.Context, user string) (Stored, error)

	// Forget deletes what is kept about somebody; what others need, such as
	// that a fact was changed, stays without the name. It returns how many
	// things were deleted or lost the name.
	Forget(ctx context.Context, user string) (int, error)
}

// Stored is how much is kept about somebody.
type Stored struct {
	Votes, Waiting, Suggestions, Drafts, Changes int
}
