package state

import (
	"fmt"
	"testing"

	"summitbot/commands"
)

// TestOneVote: a person has one vote on a revision of a fact, and can change
// it.
func TestOneVote(t *testing.T) {
	m := NewMemory()
	for _, v := range []commands.Vote{
		{User: "1", Fact: "fair/day", Revision: "a", Right: true},
		{User: "1", Fact: "fair/day", Revision: "a", Reason: "it rained"},
		{User: "1", Fact: "fair/day", Revision: "b", Right: true},
		{User: "2", Fact: "fair/day", Revision: "a", Right: true},
		{User: "2", Fact: "fair/guest", Revision: "a", Right: true},
	} {
		if err := m.Vote(t.Context(), v); err != nil {
			t.Fatal(err)
		}
	}
	votes := m.Votes("fair/day")
	if len(votes) != 3 {
		t.Fatalf("got %d votes: %+v", len(votes), votes)
	}
	for _, v := range votes {
		if v.User == "1" && v.Revision == "a" && (v.Right || v.Reason != "it rained") {
			t.Errorf("the vote was not changed: %+v", v)
		}
	}
}

// TestBounded: memory does not grow without end.
func TestBounded(t *testing.T) {
	m := NewMemory()
	for i := range mostVotes + 10 {
		if err := m.Vote(t.Context(), commands.Vote{User: fmt.Sprint(i), Fact: "f"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range mostQuestions + 10 {
		if _, err := m.Pass(t.Context(), commands.Miss{Text: fmt.Sprint(i), Lang: "en"}); err != nil {
			t.Fatal(err)
		}
	}
	if len(m.votes) != mostVotes || len(m.order) != mostVotes || len(m.Questions()) != mostQuestions {
		t.Errorf("%d votes, %d keys, %d questions", len(m.votes), len(m.order), len(m.Questions()))
	}
	if q := m.Questions(); q[0].Text != "10" || q[len(q)-1].Text != fmt.Sprint(mostQuestions+9) {
		t.Errorf("kept %q … %q", q[0].Text, q[len(q)-1].Text)
	}
}
