package facts

import (
	"errors"
	"fmt"
	"strings"
)

// A Problem is one fault in a facts file, said so that a curator can mend it.
type Problem struct {
	File    string
	Line    int    // from 1; 0 when the fault is in no line, as with a missing file
	Column  int    // from 1, in characters; 0 when unknown
	Path    string // where in the data: facts[3].sources[0].quote
	Value   string // what was found, cut short; may be empty
	Message string // what is wrong, and what would be right
	Warning bool   // the base can be used all the same

	cause error // of a file that could not be read
}

// Error returns file:line:column: message, without what is unknown.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
			if p.Column > 0 {
				fmt.Fprintf(&b, ":%d", p.Column)
			}
		}
		b.WriteString(": ")
	}
	if p.Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// Unwrap returns the error of the file system, if that is what went wrong.
func (p Problem) Unwrap() error { return p.cause }

// Problems are all the faults of one load, by file, line and column.
type Problems []Problem

// Error returns every problem, a line each, so that a change can be refused
// with what is wrong with it.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the problems one by one.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

// Err returns every error, joined, or nil when there are only warnings.
func (ps Problems) Err() error {
	var errs []error
	for _, p := range ps.Errors() {
		errs = append(errs, p)
	}
	return errors.Join(errs...)
}

// Errors returns the problems that keep the bases from being used.
func (ps Problems) Errors() Problems { return ps.filter(false) }

// Warnings returns the problems that do not.
func (ps Problems) Warnings() Problems { return ps.filter(true) }

func (ps Problems) filter(warning bool) Problems {
	var out Problems
	for _, p := range ps {
		if p.Warning == warning {
			out = append(out, p)
		}
	}
	return out
}
