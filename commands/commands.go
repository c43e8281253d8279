package commands

import (
	"context"

	"summitbot/facts"
)

// A Command is one thing that can be asked of the bot in Discord. Its name,
// description and options are worded in the catalogue: ask.name,
// ask.description, ask.question.name and so on.
type Command struct {
	Name      string // what people type in English, and the file it is in
	OnMessage bool   // stands in the menu of a message instead of being typed
	Options   []Option
	Run       func(ctx context.Context, env *Env, call Call) Reply

	// Suggest completes an option while it is typed; nil where none is
	// completed.
	Suggest func(env *Env, call Call, option string) []Suggestion
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
	return []Command{askCommand(), factCommand(), topicsCommand(), timelineCommand(), whoCommand(), compareCommand(), sourcesCommand(), helpCommand(), aboutCommand(), privacyCommand(), checkCommand()}
}

// An Env is what commands need of the process.
type Env struct {
	Facts     func() *facts.Snapshot // the facts as they are now
	Feedback  Feedback
	Questions Questions
	Info      Info
}

// Info is what the operator tells about the bot.
type Info struct {
	Version string
	Contact string // how to reach the people who run it; may be empty
	Policy  string // address of the privacy policy; may be empty
}

// Feedback keeps what members think of answers.
type Feedback interface {
	// Vote keeps a vote in place of the one that the same person had on the
	// same revision of the fact.
	Vote(ctx context.Context, v Vote) error
}

// A Vote is one person's opinion of one revision of a fact.
type Vote struct {
	User     string // Discord's id
	Fact     string // base/id
	Revision string
	Right    bool
	Reason   string // at most MaxReason characters; empty: none given
}

// Questions keeps what members pass on to the curators.
type Questions interface {
	// Pass keeps a question, without who asked it.
	Pass(ctx context.Context, question, lang string) error
}

// MaxReason is how many characters of a reason are taken.
const MaxReason = 1000

// snapshot is the facts as they are now.
func (e *Env) snapshot() *facts.Snapshot { return e.Facts() }
