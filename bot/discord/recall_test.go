package discord

import (
	"testing"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

// TestRecallForgets: answers go with the facts that they were made from.
func TestRecallForgets(t *testing.T) {
	t.Parallel()
	r, err := newRecall()
	if err != nil {
		t.Fatal(err)
	}
	old, next, now := facts.NewSnapshot(), facts.NewSnapshot(), time.Now()
	put := func(s *facts.Snapshot, question string) {
		r.put(s, recallKey{question: question}, Response{}, commands.Reply{}, now)
	}
	r.get(old, recallKey{question: "one"}, now)
	put(old, "one")
	put(old, "two")
	if _, ok := r.get(old, recallKey{question: "one"}, now); !ok || r.answers.Len() != 2 {
		t.Fatal("nothing is recalled")
	}
	if _, ok := r.get(next, recallKey{question: "one"}, now); ok || r.answers.Len() != 0 {
		t.Error("answers from the old facts are kept")
	}
	put(old, "late")
	if r.answers.Len() != 0 {
		t.Error("an answer from the old facts is kept that came late")
	}
	put(next, "one")
	if _, ok := r.get(next, recallKey{question: "one"}, now); !ok {
		t.Error("nothing is recalled from the new facts")
	}
}
