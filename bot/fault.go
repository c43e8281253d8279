package main

import (
	"errors"
	"fmt"
	"io"

	"summitbot/bot/render"
)

// Exit codes of the process.
const (
	exitOK    = 0 // answered, or fine; a declined question is fine
	exitFault = 1 // something is wrong with a file, a fact or the machine
	exitUsage = 2 // the command line or the configuration is wrong
)

// A fault is an error as the operator reads it: one line, and a hint when the
// intent can be guessed.
type fault struct {
	message string
	hint    string
	code    int
	cause   error
}

func (f *fault) Error() string { return f.message }
func (f *fault) Unwrap() error { return f.cause }

// usage returns a fault of the command line.
func usage(hint, format string, args ...any) error {
	return &fault{message: fmt.Sprintf(format, args...), hint: hint, code: exitUsage}
}

// errSaid ends the process with exitFault after the command itself has said
// what is wrong.
var errSaid = errors.New("said already")

// finish says once what went wrong, if anything, and returns the exit code.
// It is the only place that does.
func finish(w io.Writer, err error) int {
	if err == nil {
		return exitOK
	}
	if errors.Is(err, errSaid) {
		return exitFault
	}
	fmt.Fprintln(w, "summitbot: "+render.OneLine(err.Error()))
	f, ok := errors.AsType[*fault](err)
	if !ok {
		return exitFault
	}
	if f.hint != "" {
		fmt.Fprintln(w, "hint: "+render.OneLine(f.hint))
	}
	return f.code
}
