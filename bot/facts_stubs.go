package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"summitbot/bot/state"
	"summitbot/commands"
	"summitbot/facts"
	"summitbot/facts/stub"
)

// stubFlags are the flags of facts stubs.
type stubFlags struct {
	baseChoice
	state    string
	language string
	least    int
	out      string
	force    bool
}

func newFactsStubs(a *app) *cobra.Command {
	var flags stubFlags
	cmd := &cobra.Command{
		Use:   "stubs",
		Short: "Write the open questions as facts to be filled in",
		Long: `Write what members asked and the facts do not hold as entries of a facts file,
the most asked first. Each has the question's wordings and an id made of its
words; above it stands how often it was asked, when last, and what comes near.

Fill in title, answer and sources, and paste the entries under "facts" of the
facts file. The questions stay open until the bot can answer them.`,
		Example: `  summitbot facts stubs -o stubs.yaml
  summitbot facts stubs --language ko --least 3 --facts my-facts.yaml
  summitbot facts stubs --state sqlite:/var/lib/summitbot/bot.db`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.stubs(cmd.Context(), flags) },
	}
	flags.addTo(a, cmd)
	f := cmd.Flags()
	f.StringVar(&flags.state, "state", "", "read the questions from the database at `URL` (default sqlite:summitbot.db)")
	f.StringVar(&flags.language, "language", "", "only questions in `LANGUAGE`")
	f.IntVar(&flags.least, "least", 1, "only what was asked at least `N` times")
	f.StringVarP(&flags.out, "out", "o", "", "write to `FILE` (default standard output)")
	f.BoolVar(&flags.force, "force", false, "write over a file that is there")
	must(cmd.RegisterFlagCompletionFunc("language", cobra.FixedCompletions(commands.Languages, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("out", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
	}))
	return cmd
}

// stubs carries out the command.
func (a *app) stubs(ctx context.Context, flags stubFlags) (err error) {
	settings, err := a.settings()
	if err != nil {
		return err
	}
	snapshot, err := openFacts(factsPaths(flags.facts, settings))
	if err != nil {
		return err
	}
	base, err := flags.choose(snapshot.Bases())
	if err != nil {
		return err
	}
	lang := strings.ToLower(flags.language)
	if lang != "" && !slices.ContainsFunc(base.Languages, func(l string) bool { return strings.EqualFold(l, lang) }) {
		return usage("leave it out for all languages", "--language %q is none of %s", flags.language, strings.Join(base.Languages, ", "))
	}
	store, err := openQuestions(ctx, cmp.Or(flags.state, settings.State))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	open, left, err := openQuestionsOf(ctx, store, lang, flags.least)
	if err != nil {
		return questionsFault(err)
	}
	list, err := stubsOf(ctx, store, snapshot, open)
	if err != nil {
		return questionsFault(err)
	}
	var out bytes.Buffer
	if err := stub.Write(&out, base, list); err != nil {
		return err
	}
	if left > 0 {
		fmt.Fprintf(a.err, "summitbot: warning: %s, asked less often, left out; --least narrows it down\n", count(left, "more question"))
	}
	return a.deliver(flags.out, out.Bytes(), flags.force, count(len(list), "question"))
}

// questions is what stubs needs of the store.
type questions interface {
	OpenAfter(ctx context.Context, id int64, n int) ([]commands.Question, error)
	Phrasings(ctx context.Context, id int64, n int) ([]string, error)
}

// openingTime bounds how long opening the database may take. A migration can
// take long.
const openingTime = time.Minute

// openQuestions opens the database, which must be there: an address with a
// slip would make a new one without any question.
func openQuestions(ctx context.Context, address string) (*state.Store, error) {
	url, err := state.ParseURL(address)
	if err != nil {
		return nil, usage("such as --state sqlite:summitbot.db", "--state: %v", err)
	}
	if path := url.File(); path != "" {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			hint, _ := nearFile(path)
			return nil, &fault{message: path + ": there is no such database", hint: cmp.Or(hint, "--state names the one that `summitbot serve` keeps"), code: exitFault, cause: err}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, openingTime)
	defer cancel()
	store, err := state.Open(ctx, address, state.Options{})
	if err != nil {
		return nil, stateFault(err)
	}
	return store, nil
}

func questionsFault(err error) error {
	return &fault{message: "the open questions could not be read: " + err.Error(), code: exitFault, cause: err}
}

// Bounds on what is written: somebody has to go through it.
const (
	mostStubs     = 500
	mostPhrasings = 50 // of one question
	onPage        = 200
)

// openQuestionsOf returns the open questions that were asked at least so often,
// most asked first, and how many more there are.
func openQuestionsOf(ctx context.Context, store questions, lang string, least int) (list []commands.Question, left int, err error) {
	for last := int64(0); ; {
		page, err := store.OpenAfter(ctx, last, onPage)
		if err != nil {
			return nil, 0, err
		}
		if len(page) == 0 {
			break
		}
		for _, q := range page {
			last = q.ID
			if q.Count >= least && (lang == "" || strings.EqualFold(q.Lang, lang)) {
				list = append(list, q)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b commands.Question) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.ID, b.ID))
	})
	if len(list) > mostStubs {
		list, left = list[:mostStubs], len(list)-mostStubs
	}
	return list, left, nil
}

// stubsOf adds the wordings of questions, each in its language.
func stubsOf(ctx context.Context, store questions, snapshot *facts.Snapshot, open []commands.Question) ([]stub.Question, error) {
	var list []stub.Question
	for _, q := range open {
		texts, err := store.Phrasings(ctx, q.ID, mostPhrasings)
		if err != nil {
			return nil, err
		}
		if len(texts) == 0 {
			texts = []string{q.Text}
		}
		s := stub.Question{ID: q.ID, Count: q.Count, Wrong: q.Wrong, Last: q.Last, Near: q.Near}
		for _, text := range texts {
			s.Asks = append(s.Asks, facts.Phrase{Lang: snapshot.LanguageOf(text, q.Lang), Text: text})
		}
		list = append(list, s)
	}
	return list, nil
}
