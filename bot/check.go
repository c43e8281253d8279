package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"summitbot/facts"
)

// checkFlags are the flags of check.
type checkFlags struct {
	sources []string // REF=FILE
	json    bool
	quiet   bool
}

func newCheck(a *app) *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "Check facts files and run the tests in them",
		Long: `Check facts files (default: the embedded base) and tell every fault at once as
file:line:column. Then run what the curators expect: each of a fact's tests must
be answered with that fact, a gap's tests and the declines must not be answered.

A folder stands for the facts files in it. Exit code 1 on any fault.`,
		Example: `  summitbot check
  summitbot check my-facts.yaml
  summitbot check -q facts/             # only what is wrong
  summitbot check --source ap-2025-09-30=article.txt my-facts.yaml
  summitbot check --json my-facts.yaml`,
		ValidArgsFunction: completeFacts,
		RunE:              func(_ *cobra.Command, args []string) error { return a.check(flags, args) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&flags.sources, "source", nil, "check quotes and paragraphs against a copy of a source, `REF=FILE` (repeatable)")
	f.BoolVar(&flags.json, "json", false, "print the report as JSON")
	f.BoolVarP(&flags.quiet, "quiet", "q", false, "print faults only")
	return cmd
}

// check carries out the command.
func (a *app) check(flags checkFlags, args []string) error {
	paths, err := a.pathsToCheck(args)
	if err != nil {
		return err
	}
	bases, problems, err := loadForCheck(paths)
	if err != nil {
		return err
	}
	r := newReport(bases, problems)
	if err := checkSources(r, bases, flags.sources); err != nil {
		return err
	}
	if len(bases) > 0 {
		r.runTests(facts.NewSnapshot(bases...))
	}
	if err := a.printReport(r, flags); err != nil {
		return err
	}
	if !r.OK {
		return errSaid
	}
	return nil
}

// pathsToCheck are the arguments, or else the facts of the configuration.
func (a *app) pathsToCheck(args []string) ([]string, error) {
	settings, err := a.settings()
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return settings.Facts, nil
	}
	var paths []string
	for _, arg := range args {
		files, err := factsFiles(arg)
		if err != nil {
			return nil, err
		}
		paths = append(paths, files...)
	}
	return paths, nil
}

// factsFiles lists the facts files that a path stands for: those in a folder,
// or itself.
func factsFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return []string{path}, nil // the loader tells what is wrong with it
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && slices.Contains([]string{".yaml", ".yml", ".jsonl", ".ndjson"}, filepath.Ext(e.Name())) {
			files = append(files, filepath.Join(path, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, &fault{message: path + ": no facts file in this folder", hint: "a facts file ends in .yaml or .jsonl", code: exitFault}
	}
	return files, nil
}

// loadForCheck loads paths, or the embedded base when there are none.
func loadForCheck(paths []string) ([]*facts.Base, facts.Problems, error) {
	if len(paths) == 0 {
		bases, problems := facts.LoadEmbedded()
		return bases, problems, nil
	}
	bases, problems := facts.LoadFiles(paths...)
	for i, p := range problems {
		if errors.Is(p, os.ErrNotExist) && p.Line == 0 {
			problems[i].Message += "; " + similarFile(p.File)
		}
	}
	return bases, problems, nil
}

// printReport writes faults to standard error and the summary to standard
// output, or all of it as JSON to the latter.
func (a *app) printReport(r *report, flags checkFlags) error {
	if flags.json {
		enc := newEncoder(a.out)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	for _, p := range r.Problems {
		if p.Warning && flags.quiet {
			continue
		}
		if _, err := fmt.Fprintln(a.err, p.String()); err != nil {
			return err
		}
	}
	for _, f := range r.Failures {
		if _, err := fmt.Fprintln(a.err, f.String()); err != nil {
			return err
		}
	}
	if flags.quiet {
		return nil
	}
	return a.write(r.summary())
}

// summary counts what was checked, in one line.
func (r *report) summary() string {
	var phrasings []string
	for _, lang := range slices.Sorted(maps.Keys(r.Phrasings)) {
		phrasings = append(phrasings, fmt.Sprintf("%s %d", lang, r.Phrasings[lang]))
	}
	verdict := "ok"
	if !r.OK {
		verdict = "FAILED, " + count(r.Errors, "error") + " and " + count(len(r.Failures), "failing test")
	}
	return fmt.Sprintf("%s: %s, %s; phrasings: %s; %s and %s run; %s\n", verdict,
		count(r.Facts, "fact"), count(r.Gaps, "gap"), orNone(phrasings),
		count(r.Tests, "test"), count(r.Declines, "decline"), count(r.Warnings, "warning"))
}

// count returns "1 fact" or "2 facts".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func orNone(items []string) string {
	if len(items) == 0 {
		return "none"
	}
	return strings.Join(items, ", ")
}
