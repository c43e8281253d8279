package commands

import (
	"context"
	"errors"
	"time"

	"summitbot/facts"
)

// A Command is one thing that can be asked of the bot in Discord. Its name,
// description and options are worded in the catalogue: ask.name,
// ask.description, ask.question.name and so on.
type Command struct {
	Name      string // what people type in English, and the file it is in
	OnMessage bool   // stands in the menu of a message instead of being typed
	Curators  bool   // for those who keep the facts: in servers alone, hidden from others
	Options   []Option
	Subs      []Command // what it is followed by, instead of options: /facts add
	Run       func(ctx context.Context, env *Env, call Call) Reply

	// Suggest completes an option while it is typed; nil where none is
	// completed.
	Suggest func(env *Env, call Call, option string) []Suggestion

	under string // the name of the command that it is a subcommand of, if any
}

// An Option is something that a command takes.
type Option struct {
	Name     string
	Kind     OptionKind
	Required bool
	Suggests bool // completed while it is typed
	Longest  int  // characters; 0: no bound but Discord's
}

// An OptionKind tells what an option takes.
type OptionKind int

const (
	TextOption OptionKind = iota
	FlagOption            // yes or no
	UserOption            // a person
)

// A Suggestion completes what somebody types. Value is what the command gets.
type Suggestion struct {
	Label, Value string
}

// All lists every command, in the order in which help shows them.
func All() []Command {
	return []Command{askCommand(), factCommand(), topicsCommand(), timelineCommand(), whoCommand(), compareCommand(), sourcesCommand(), suggestCommand(), helpCommand(), aboutCommand(), privacyCommand(), checkCommand(), factsCommand()}
}

// An Env is what commands need of the process.
type Env struct {
	Facts     func() *facts.Snapshot // the facts as they are now
	Store     Store
	Learner   Learner
	Library   Library                                // nil: the facts cannot be changed from here
	IsCurator func(user string, roles []string) bool // nil: nobody is
	Messenger Messenger
	Asked     func(n int) []Asked // the facts asked for most since the start; nil: not counted
	Info      Info
	Now       func() time.Time // nil: the time of day
}

// Info is what the operator tells about the bot.
type Info struct {
	Version   string
	Contact   string // how to reach the people who run it; may be empty
	Policy    string // address of the privacy policy; may be empty
	Retention int    // days for which the texts of questions are kept
}

// An Asked fact is how often it was the answer.
type Asked struct {
	Fact  string // base/id
	Times int
}

// A Learner takes in what was not answered. Package bot/queue has it.
type Learner interface {
	// Missed counts a question some time soon; it never waits. Text, Lang, Why,
	// Near and Gap are to be filled in.
	Missed(m Miss)

	// Pass counts a question and returns its group once that is kept.
	Pass(ctx context.Context, m Miss) (group int64, err error)

	// Changed says that questions may have been answered: those who wait are
	// told some time soon. It never waits.
	Changed()
}

// A Messenger sends what nobody has asked for just now. The same nonce sent
// twice within minutes makes one message.
type Messenger interface {
	ToCurators(ctx context.Context, r Reply) error                   // or ErrNoChannel
	ToMember(ctx context.Context, user, nonce string, r Reply) error // or ErrClosed
	ToChannel(ctx context.Context, channel, nonce string, r Reply) error
}

// Errors of a Messenger.
var (
	ErrNoChannel = errors.New("no channel for curators is configured")
	ErrClosed    = errors.New("this person takes no direct messages")
)

// now is the time at which things are kept.
func (e *Env) now() time.Time {
	if e.Now == nil {
		return time.Now()
	}
	return e.Now()
}

// snapshot is the facts as they are now.
func (e *Env) snapshot() *facts.Snapshot { return e.Facts() }
