// Package state keeps what members tell the bot.
package state

import (
	"context"
	"sync"
	"time"

	"summitbot/commands"
)

// Bounds on what is kept in memory. Beyond them the oldest goes.
const (
	mostVotes     = 100_000
	mostQuestions = 10_000
)

// Memory keeps everything until the process ends. It implements
// commands.Feedback and commands.Questions, and never fails.
type Memory struct {
	commands.Store
	mu        sync.Mutex
	votes     map[voteKey]commands.Vote
	order     []voteKey // oldest first
	questions []Question
	now       func() time.Time
}

// voteKey is what a person has one vote on.
type voteKey struct{ user, fact, revision string }

// A Question is one that was passed on, without who asked it.
type Question struct {
	Text string
	Lang string
	At   time.Time
}

// NewMemory returns an empty memory.
func NewMemory() *Memory { return &Memory{votes: map[voteKey]commands.Vote{}, now: time.Now} }

// Vote keeps a vote in place of an earlier one.
func (m *Memory) Vote(_ context.Context, v commands.Vote) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := voteKey{v.User, v.Fact, v.Revision}
	if _, ok := m.votes[key]; !ok {
		m.order = append(m.order, key)
	}
	m.votes[key] = v
	if len(m.order) > mostVotes {
		delete(m.votes, m.order[0])
		m.order = m.order[1:]
	}
	return nil
}

// Pass keeps a question.
func (m *Memory) Pass(_ context.Context, q commands.Miss) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.questions = append(m.questions, Question{q.Text, q.Lang, m.now()})
	if len(m.questions) > mostQuestions {
		m.questions = m.questions[1:]
	}
	return 1, nil
}

// Votes returns the votes on a fact, in no particular order.
func (m *Memory) Votes(fact string) []commands.Vote {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []commands.Vote
	for key, v := range m.votes {
		if key.fact == fact {
			list = append(list, v)
		}
	}
	return list
}

// Questions returns what was passed on, oldest first.
func (m *Memory) Questions() []Question {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]Question(nil), m.questions...)
}

// Missed counts nothing.
func (m *Memory) Missed(commands.Miss) {}
