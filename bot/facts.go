package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"summitbot/facts"
)

// newFacts is the command for those who curate facts in other programs.
func newFacts(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "facts",
		Short: "Edit facts in a spreadsheet; turn open questions into facts",
		Example: `  summitbot facts export --csv -o facts.csv --facts my-facts.yaml
  summitbot facts import --csv facts.csv --facts my-facts.yaml
  summitbot facts stubs -o stubs.yaml`,
		Args: refuseArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newFactsExport(a), newFactsImport(a), newFactsStubs(a))
	return cmd
}

// A baseChoice is the flags that say which base is meant.
type baseChoice struct {
	facts []string
	base  string
}

func (c *baseChoice) addTo(a *app, cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&c.facts, "facts", nil, "use the facts in `PATH` instead of the embedded base (repeatable)")
	f.StringVar(&c.base, "base", "", "which base is meant, by its `ID`, where there are several")
	must(cmd.RegisterFlagCompletionFunc("facts", completeFacts))
	must(cmd.RegisterFlagCompletionFunc("base", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		bases, _, err := a.bases(*c)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return idsOf(bases), cobra.ShellCompDirectiveNoFileComp
	}))
}

// paths are the facts files that flags name, or else the configuration; none
// stand for the embedded base.
func (a *app) paths(c baseChoice) ([]string, error) {
	settings, err := a.settings()
	return factsPaths(c.facts, settings), err
}

// bases loads the facts files, and returns their paths.
func (a *app) bases(c baseChoice) ([]*facts.Base, []string, error) {
	paths, err := a.paths(c)
	if err != nil {
		return nil, nil, err
	}
	if len(paths) == 0 {
		snapshot, err := openFacts(nil)
		if err != nil {
			return nil, nil, err
		}
		return snapshot.Bases(), nil, nil
	}
	bases, problems := facts.LoadFiles(paths...)
	if errs := problems.Errors(); len(errs) > 0 {
		return nil, nil, factsFault(errs)
	}
	return bases, paths, nil
}

func idsOf(bases []*facts.Base) (ids []string) {
	for _, b := range bases {
		ids = append(ids, b.ID)
	}
	return ids
}

// choose returns the base that is meant.
func (c baseChoice) choose(bases []*facts.Base) (*facts.Base, error) {
	if c.base == "" && len(bases) == 1 {
		return bases[0], nil
	}
	for _, b := range bases {
		if b.ID == c.base {
			return b, nil
		}
	}
	known := strings.Join(idsOf(bases), ", ")
	if c.base == "" {
		return nil, usage("name one of them with --base", "there are several bases: %s", known)
	}
	hint := didYouMean("--base ", c.base, idsOf(bases))
	if hint == "" {
		hint = "there is " + known
	}
	return nil, usage(hint, "--base %q: no such base is loaded", c.base)
}

// writeNew writes a file that is not there yet, or with force also over one.
// The file is never there in part.
func writeNew(path string, data []byte, force bool) (err error) {
	if info, err := os.Stat(path); err == nil && (!force || info.IsDir()) {
		return existsFault(path, info.IsDir())
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fileFault(path, err)
	}
	defer func() {
		if err != nil {
			os.Remove(temporary.Name())
		}
	}()
	_, err = temporary.Write(data)
	if err := errors.Join(err, temporary.Chmod(0o644), temporary.Sync(), temporary.Close()); err != nil {
		return fileFault(path, err)
	}
	if force {
		return fileFault(path, os.Rename(temporary.Name(), path))
	}
	// A link, unlike a new name, never takes the place of a file that somebody
	// else has put there meanwhile.
	if err := os.Link(temporary.Name(), path); errors.Is(err, fs.ErrExist) {
		return existsFault(path, false)
	} else if err != nil {
		return fileFault(path, os.Rename(temporary.Name(), path)) // no links on this disk
	}
	return os.Remove(temporary.Name())
}

// existsFault refuses to write over what is there.
func existsFault(path string, isFolder bool) error {
	if isFolder {
		return usage("name a file with -o", "%s is a folder", path)
	}
	return usage("--force writes over it; -o names another", "%s is there already, so it was not written", path)
}

// fileFault tells that a file could not be used; nil when it could.
func fileFault(path string, err error) error {
	if err == nil {
		return nil
	}
	reason := readable(err)
	if link, ok := errors.AsType[*os.LinkError](err); ok {
		reason = link.Err.Error()
	}
	return &fault{message: path + ": " + reason, code: exitFault, cause: err}
}

// deliver writes a result to a file and says so, or without a path to standard
// output.
func (a *app) deliver(path string, data []byte, force bool, what string) error {
	if path == "" || path == "-" {
		_, err := a.out.Write(data)
		return err
	}
	if err := writeNew(path, data, force); err != nil {
		return err
	}
	return a.write(fmt.Sprintf("%s: %s\n", path, what))
}
