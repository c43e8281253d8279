package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"summitbot/commands"
	"summitbot/facts"
)

// prompt keeps asking until quit or the end of input.
func (q *asker) prompt(in io.Reader) error {
	if err := q.app.write("Ask a question. A number shows a fact that was listed; quit or Ctrl-D ends.\n"); err != nil {
		return err
	}
	lines := newLineReader(in)
	var last commands.Reply
	for {
		if err := q.app.write("\n> "); err != nil {
			return err
		}
		line, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return q.app.write("\n")
		case errors.Is(err, errLongLine):
			err = q.app.write(err.Error() + "\n")
		case err == nil && isQuit(string(line)):
			return nil
		case err == nil:
			last, err = q.turn(strings.TrimSpace(string(line)), last)
		}
		if err != nil {
			return err
		}
	}
}

func isQuit(line string) bool {
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "quit", "exit", ":q":
		return true
	}
	return false
}

// turn answers one line at the prompt: nothing, the number of a fact that the
// last reply listed, or a question.
func (q *asker) turn(line string, last commands.Reply) (commands.Reply, error) {
	if line == "" {
		return last, nil
	}
	if listed := listedFacts(last); len(listed) > 0 {
		if n, err := strconv.Atoi(line); err == nil && 0 < n && n <= len(listed) {
			return last, q.print(commands.Show(q.snapshot, listed[n-1], last.Lang))
		}
	}
	return q.answer(line)
}

// listedFacts are those that a reply only named.
func listedFacts(r commands.Reply) []facts.Ref {
	if r.Outcome == facts.Answer {
		return nil
	}
	return r.Decision.Facts
}

// eachLine answers every line of input. A line that is too long is told on
// errs, and the rest goes on.
func (q *asker) eachLine(in io.Reader, errs io.Writer) error {
	lines := newLineReader(in)
	var failed error
	for n, asked := 1, 0; ; n++ {
		line, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return failed
		case errors.Is(err, errLongLine):
			fmt.Fprintf(errs, "summitbot: line %d: %v\n", n, err)
			failed = errSaid
			continue
		case err != nil:
			return err
		}
		question := strings.TrimSpace(string(line))
		if question == "" {
			continue
		}
		if err := q.lineAnswer(question, asked > 0); err != nil {
			return err
		}
		asked++
	}
}

// lineAnswer answers one of several questions, and repeats it above so that
// they can be told apart.
func (q *asker) lineAnswer(question string, more bool) error {
	if q.json {
		return q.one(question)
	}
	if more {
		if err := q.app.write("\n"); err != nil {
			return err
		}
	}
	if err := q.app.write(q.text.Question(question) + "\n"); err != nil {
		return err
	}
	return q.one(question)
}
