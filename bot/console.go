package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// A console is what the process is attached to. Tests put their own in place.
type console struct {
	in          io.Reader
	out, err    io.Writer
	inTerminal  bool // somebody types
	outTerminal bool // somebody looks
	width       int  // of the terminal, in columns
	getenv      func(string) string
}

// processConsole is the console of this process.
func processConsole() *console {
	c := &console{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv}
	c.inTerminal = term.IsTerminal(int(os.Stdin.Fd()))
	c.outTerminal = term.IsTerminal(int(os.Stdout.Fd()))
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		c.width = width
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
