package commands

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// A store keeps what members and curators tell the bot, or fails with err. It
// knows no grouping but by the same text.
type store struct {
	mu        sync.Mutex
	err       error
	votes     []Vote
	passed    []string // with the language behind it
	missed    []Miss
	questions []Question
	waiting   []Waiter
	suggested []Suggested
	drafts    map[string]Draft
	changes   []Change
	forgotten []string
	sent      []sent
}

// A sent reply is what a Messenger was given.
type sent struct {
	to string // curators, a user or a channel
	r  Reply
}

func (s *store) lock() func() { s.mu.Lock(); return s.mu.Unlock }

func (s *store) Vote(_ context.Context, v Vote) error {
	defer s.lock()()
	if s.err == nil {
		s.votes = append(s.votes, v)
	}
	return s.err
}

func (s *store) Worst(context.Context, int) ([]Rating, error) {
	var list []Rating
	for _, v := range s.votes {
		if !v.Right {
			list = append(list, Rating{Fact: v.Fact, Revision: v.Revision, Wrong: 1})
		}
	}
	return list, s.err
}

func (s *store) Reasons(_ context.Context, fact string, n int) ([]Vote, error) {
	var list []Vote
	for _, v := range s.votes {
		if v.Fact == fact && v.Reason != "" && len(list) < n {
			list = append(list, v)
		}
	}
	return list, s.err
}

func (s *store) Pass(ctx context.Context, m Miss) (int64, error) {
	if s.err != nil {
		return 0, s.err
	}
	defer s.lock()()
	s.passed = append(s.passed, m.Text+" "+m.Lang)
	return s.group(m), nil
}

func (s *store) Missed(m Miss) {
	defer s.lock()()
	s.missed = append(s.missed, m)
	s.group(m)
}

func (s *store) Changed() {}

func (s *store) group(m Miss) int64 {
	for i := range s.questions {
		if q := &s.questions[i]; q.Text == m.Text && q.State == StateOpen {
			if !m.Counted {
				q.Count++
			}
			return q.ID
		}
	}
	id := int64(len(s.questions) + 1)
	s.questions = append(s.questions, Question{ID: id, Text: m.Text, Lang: m.Lang, Count: 1, Near: m.Near, Gap: m.Gap, State: StateOpen})
	return id
}

func (s *store) Miss(ctx context.Context, m Miss) (int64, error) { return s.Pass(ctx, m) }

func (s *store) Open(_ context.Context, f QueueFilter) ([]Question, int, error) {
	defer s.lock()()
	var list []Question
	for _, q := range s.questions {
		if q.State == StateOpen && (f.Lang == "" || f.Lang == q.Lang) {
			list = append(list, q)
		}
	}
	slices.SortStableFunc(list, func(a, b Question) int { return cmp.Compare(b.Count, a.Count) })
	all := len(list)
	list = list[min(f.Skip, all):]
	return list[:min(f.Most, len(list))], all, s.err
}

func (s *store) OpenAfter(_ context.Context, id int64, n int) ([]Question, error) { return nil, s.err }

func (s *store) Question(_ context.Context, id int64) (Question, error) {
	defer s.lock()()
	if s.err == nil && id >= 1 && int(id) <= len(s.questions) {
		return s.questions[id-1], nil
	}
	return Question{}, cmp.Or(s.err, ErrGone)
}

func (s *store) Phrasings(_ context.Context, id int64, _ int) ([]string, error) {
	return []string{s.questions[id-1].Text, "another way"}, s.err
}

func (s *store) Settle(_ context.Context, id int64, by Settlement) (bool, error) {
	defer s.lock()()
	if s.err != nil || s.questions[id-1].State != StateOpen {
		return false, s.err
	}
	s.questions[id-1].State, s.questions[id-1].Fact = by.State, by.Fact
	return true, nil
}

func (s *store) Wait(_ context.Context, w Waiter) error {
	defer s.lock()()
	if s.err == nil {
		s.waiting = append(s.waiting, w)
	}
	return s.err
}

func (s *store) Due(context.Context, int) ([]Waiter, error) { return nil, s.err }
func (s *store) Told(context.Context, int64) error          { return s.err }

func (s *store) Suggest(_ context.Context, g Suggested) (int64, error) {
	defer s.lock()()
	if s.err != nil {
		return 0, s.err
	}
	g.ID = int64(len(s.suggested) + 1)
	s.suggested = append(s.suggested, g)
	return g.ID, nil
}

func (s *store) Suggestion(_ context.Context, id int64) (Suggested, error) {
	defer s.lock()()
	if s.err == nil && id >= 1 && int(id) <= len(s.suggested) {
		return s.suggested[id-1], nil
	}
	return Suggested{}, cmp.Or(s.err, ErrGone)
}

func (s *store) Decide(_ context.Context, id int64, state, reason, by string) (bool, error) {
	defer s.lock()()
	g := &s.suggested[id-1]
	if s.err != nil || g.State != StateOpen {
		return false, s.err
	}
	g.State, g.Reason, g.By = state, reason, by
	return true, nil
}

func (s *store) SaveDraft(_ context.Context, d Draft) error {
	defer s.lock()()
	if s.drafts == nil {
		s.drafts = map[string]Draft{}
	}
	if s.err == nil {
		s.drafts[d.ID] = d
	}
	return s.err
}

func (s *store) Draft(_ context.Context, id string) (Draft, error) {
	defer s.lock()()
	d, ok := s.drafts[id]
	if !ok && s.err == nil {
		return d, ErrGone
	}
	return d, s.err
}

func (s *store) DropDraft(_ context.Context, id string) error {
	defer s.lock()()
	delete(s.drafts, id)
	return s.err
}

func (s *store) Record(_ context.Context, c Change) (int64, error) {
	defer s.lock()()
	if s.err != nil {
		return 0, s.err
	}
	c.ID = int64(len(s.changes) + 1)
	s.changes = append(s.changes, c)
	return c.ID, nil
}

func (s *store) Changes(_ context.Context, fact string, skip, most int) ([]Change, int, error) {
	defer s.lock()()
	var list []Change
	for _, c := range slices.Backward(s.changes) {
		if fact == "" || c.Fact == fact {
			list = append(list, c)
		}
	}
	all := len(list)
	list = list[min(skip, all):]
	return list[:min(most, len(list))], all, s.err
}

func (s *store) Change(_ context.Context, id int64) (Change, error) {
	defer s.lock()()
	if s.err == nil && id >= 1 && int(id) <= len(s.changes) {
		return s.changes[id-1], nil
	}
	return Change{}, cmp.Or(s.err, ErrGone)
}

func (s *store) Post(context.Context, []Posting) error { return s.err }

func (s *store) Posted(context.Context, string, int64, int) ([]Posting, error) { return nil, s.err }

func (s *store) Stored(_ context.Context, user string) (Stored, error) {
	defer s.lock()()
	var n Stored
	for _, v := range s.votes {
		if v.User == user {
			n.Votes++
		}
	}
	return n, s.err
}

func (s *store) Forget(_ context.Context, user string) (int, error) {
	defer s.lock()()
	s.forgotten = append(s.forgotten, user)
	return 3, s.err
}

func (s *store) ToCurators(_ context.Context, r Reply) error { return s.send("curators", r) }

func (s *store) ToMember(_ context.Context, user, _ string, r Reply) error { return s.send(user, r) }

func (s *store) ToChannel(_ context.Context, channel, _ string, r Reply) error {
	return s.send(channel, r)
}

func (s *store) send(to string, r Reply) error {
	defer s.lock()()
	s.sent = append(s.sent, sent{to, r})
	return s.err
}
