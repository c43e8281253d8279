package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// widest is how long lines get on however wide a terminal: longer ones are
// hard to read.
const widest = 100

// A console is what the process is attached to. Tests put their own in place.
type console struct {
	in          io.Reader
	out, err    io.Writer
	inTerminal  bool // somebody types
	outTerminal bool // somebody looks
	width       int  // to wrap lines at, in columns; 0 for no terminal
	getenv      func(string) string
}

// processConsole is the console of this process.
func processConsole() *console {
	c := &console{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv}
	c.inTerminal = term.IsTerminal(int(os.Stdin.Fd()))
	c.outTerminal = term.IsTerminal(int(os.Stdout.Fd()))
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		c.width = min(width, widest)
	}
	return c
}

// colours reports whether output may be coloured: only for somebody who looks
// at it and has not said no (https://no-color.org).
func (c *console) colours() bool {
	return c.outTerminal && c.getenv("NO_COLOR") == "" && c.getenv("TERM") != "dumb"
}

// write prints a text to standard output.
func (c *console) write(text string) error {
	_, err := io.WriteString(c.out, text)
	return err
}
