package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"summitbot/commands"
)

// An app is what the subcommands share: the console and the settings.
type app struct {
	*console
	configPath string
}

// newRoot builds the command tree. Each subcommand has a file of its name.
func newRoot(c *console) *cobra.Command {
	a := &app{console: c}
	root := &cobra.Command{
		Use:   "summitbot",
		Short: "Answers questions from a base of curated facts",
		Long: `summitbot answers questions in English, Korean and Japanese from a base of
facts that people have written down, each with its source. It never makes up
an answer: when the base does not hold one, it says so.`,
		Example: `  summitbot ask "What did the two leaders agree on?"
  summitbot ask 이시바는 왜 물러나나요
  summitbot ask                       # keeps asking
  summitbot check my-facts.yaml       # are my facts sound?
  summitbot facts export --csv        # edit them in a spreadsheet
  summitbot doctor                    # what does the bot on Discord need?
  summitbot serve                     # run it`,
		Args:          refuseArguments,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.SetFlagErrorFunc(flagFault)
	root.PersistentFlags().StringVar(&a.configPath, "config", "", "read settings from `FILE` (or set "+configVariable+")")
	root.AddCommand(newAsk(a), newCheck(a), newFacts(a), newServe(a), newRegister(a), newDoctor(a))
	return root
}

// settings reads the configuration that the command line names.
func (a *app) settings() (config, error) {
	path := a.configPath
	if path == "" {
		path = a.getenv(configVariable)
	}
	return loadConfig(path)
}

// refuseArguments explains what a command that only has others below it was
// given.
func refuseArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	hint := didYouMean(cmd.CommandPath()+" ", args[0], names)
	if hint == "" && cmd.HasParent() {
		hint = "`" + cmd.CommandPath() + " --help` lists the commands"
	}
	if hint == "" && strings.Contains(strings.Join(args, " "), " ") {
		hint = "to ask a question: summitbot ask " + quoted(args)
	}
	if hint == "" {
		hint = "`summitbot --help` lists the commands"
	}
	return usage(hint, "unknown command %q", args[0])
}

// quoted writes arguments as one that a shell takes.
func quoted(args []string) string {
	return "'" + strings.ReplaceAll(strings.Join(args, " "), "'", `'\''`) + "'"
}

// flagFault turns what pflag refuses into a fault with a hint.
func flagFault(cmd *cobra.Command, err error) error {
	hint := "`" + cmd.CommandPath() + " --help` lists the flags"
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if guess := didYouMean("--", unknown.GetSpecifiedName(), names); guess != "" {
			hint = guess
		}
	}
	return usage(hint, "%s", err.Error())
}

// language checks a language that a flag names.
func language(lang string) (string, error) {
	if lang == "" || slices.Contains(commands.Languages, strings.ToLower(lang)) {
		return strings.ToLower(lang), nil
	}
	return "", usage("leave it out to reply in the language of the question", "--lang %q is none of %s", lang, strings.Join(commands.Languages, ", "))
}

// completeFacts completes names of facts files.
func completeFacts(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml", "yml", "jsonl", "ndjson"}, cobra.ShellCompDirectiveFilterFileExt
}
