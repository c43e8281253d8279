package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"summitbot/facts"
)

// openFacts loads the facts files, or without any the embedded base.
func openFacts(paths []string) (*facts.Snapshot, error) {
	if len(paths) == 0 {
		snapshot, err := facts.Embedded()
		if err != nil {
			return nil, embeddedFault(err)
		}
		return snapshot, nil
	}
	bases, problems := facts.LoadFiles(paths...)
	if errs := problems.Errors(); len(errs) > 0 {
		return nil, factsFault(errs)
	}
	return facts.NewSnapshot(bases...), nil
}

func embeddedFault(err error) error {
	return &fault{message: "the embedded facts are broken: " + firstLine(err), hint: "build again from a tree in which `summitbot check` is green", code: exitFault, cause: err}
}

// factsFault tells the first of the problems that keep facts from being used.
func factsFault(errs facts.Problems) error {
	first := errs[0]
	f := &fault{message: first.Error(), code: exitFault, cause: errs.Err()}
	switch {
	case errors.Is(first, fs.ErrNotExist):
		f.hint = similarFile(first.File)
	case len(errs) > 1:
		f.hint = fmt.Sprintf("%s; `summitbot check %s` lists them all", count(len(errs)-1, "more fault"), first.File)
	}
	return f
}

// similarFile guesses which facts file was meant by a path to none.
func similarFile(path string) string {
	if hint, ok := nearFile(path); ok {
		return hint
	}
	return "name a facts file, or leave --facts out to use the embedded base"
}

// nearFile guesses which file was meant by a path to none. It returns false
// when it has no idea.
func nearFile(path string) (hint string, ok bool) {
	folder := filepath.Dir(path)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "there is no folder " + folder + " either", true
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && (filepath.Ext(e.Name()) != "" || filepath.Ext(path) == "") { // a program is no file of ours
			names = append(names, e.Name())
		}
	}
	if name := closest(filepath.Base(path), names); name != "" {
		return "did you mean " + filepath.Join(folder, name) + "?", true
	}
	return "", false
}

// firstLine is the first of what may be many joined errors.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
