package main

import (
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"summitbot/bot/render"
	"summitbot/commands"
	"summitbot/facts"
)

// askFlags are the flags of ask.
type askFlags struct {
	facts       []string
	lang        string
	json, jsonl bool
	explain     bool
}

func newAsk(a *app) *cobra.Command {
	var flags askFlags
	cmd := &cobra.Command{
		Use:   "ask [QUESTION…]",
		Short: "Answer a question, with its source",
		Long: `Answer a question from the facts, in the language of the question.

Without a question it keeps asking for one; when the input is not a terminal
it answers each line of it.`,
		Example: `  summitbot ask "Where did the two leaders meet?"
  summitbot ask 日本はいくら投資する？
  summitbot ask --lang ko --explain "Why is Ishiba leaving?"
  summitbot ask --facts my-facts.yaml "When do we open?"
  echo '{"id":"1","q":"How much did Japan pledge?"}' | summitbot ask --jsonl`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(_ *cobra.Command, args []string) error { return a.ask(flags, args) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&flags.facts, "facts", nil, "use the facts in `PATH` instead of the embedded base (repeatable)")
	f.StringVar(&flags.lang, "lang", "", "reply in `LANGUAGE`: en, ko or ja (default the question's own)")
	f.BoolVar(&flags.json, "json", false, "print one JSON object a question")
	f.BoolVar(&flags.jsonl, "jsonl", false, "read one JSON object a line and print one a line")
	f.BoolVar(&flags.explain, "explain", false, "say why")
	must(cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(commands.Languages, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("facts", completeFacts))
	return cmd
}

// must panics on an error that only a mistake in this program can cause.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// gcForOne keeps the memory small in which one question is answered: garbage
// is collected at half again what is in use, not at twice.
const gcForOne = 50

// ask carries out the command.
func (a *app) ask(flags askFlags, args []string) error {
	if len(args) > 0 {
		debug.SetGCPercent(gcForOne)
	}
	if flags.jsonl && len(args) > 0 {
		return usage("to ask one question and get JSON, use --json", "--jsonl reads its questions from standard input")
	}
	q, err := a.asker(flags)
	if err != nil {
		return err
	}
	switch {
	case flags.jsonl:
		return askLines(q.snapshot, a.in, a.out, q.call)
	case len(args) > 0:
		return q.one(strings.Join(args, " "))
	case a.inTerminal:
		return q.prompt(a.in)
	}
	return q.eachLine(a.in, a.err)
}

// An asker answers questions on the console, as the flags have it.
type asker struct {
	app      *app
	snapshot *facts.Snapshot
	call     commands.Call // what all questions have in common
	text     render.Text
	json     bool
}

// asker prepares for the first question. Flags win over the configuration.
func (a *app) asker(flags askFlags) (*asker, error) {
	lang, err := language(flags.lang)
	if err != nil {
		return nil, err
	}
	settings, err := a.settings()
	if err != nil {
		return nil, err
	}
	if lang == "" {
		lang = settings.Language
	}
	paths := flags.facts
	if len(paths) == 0 {
		paths = settings.Facts
	}
	snapshot, err := openFacts(paths)
	if err != nil {
		return nil, err
	}
	return &asker{
		app:      a,
		snapshot: snapshot,
		call:     commands.Call{Lang: lang, Explain: flags.explain},
		text:     render.Text{Width: a.width, Colour: a.colours()},
		json:     flags.json,
	}, nil
}

// one answers a single question.
func (q *asker) one(question string) error {
	_, err := q.answer(question)
	return err
}

// answer prints the answer to a question, and returns it.
func (q *asker) answer(question string) (commands.Reply, error) {
	call := q.call
	call.Text = question
	reply := commands.Ask(q.snapshot, call)
	if q.json {
		return reply, newEncoder(q.app.out).Encode(resultOf(question, reply))
	}
	return reply, q.print(reply)
}

// print shows a reply as text, and why when that is asked for.
func (q *asker) print(reply commands.Reply) error {
	text := q.text.Reply(reply)
	if q.call.Explain {
		text += "\n" + q.text.Explanation(reply.Decision)
	}
	return q.app.write(text)
}
