package queue

import (
	"context"
	"errors"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

// onPage is how many questions or people are looked at in one step.
const onPage = 200

// review puts the open questions to the facts as they are now, closes those
// that are answered and tells who waits.
func (q *Queue) review(ctx context.Context) {
	snapshot := q.config.Facts()
	closed, looked := 0, 0
	err := q.eachOpen(ctx, func(open commands.Question) error {
		if looked++; looked%onPage == 0 {
			q.countPending(ctx) // a long queue must not keep new questions waiting
		}
		fact, ok := answered(snapshot, open)
		if !ok {
			return nil
		}
		first, err := q.config.Store.Settle(ctx, open.ID, commands.Settlement{State: commands.StateAnswered, Fact: fact, At: q.config.Now()})
		if first {
			closed++
			q.groups.Remove(open.ID)
		}
		return err
	})
	q.report("open questions were not put to the facts", err)
	if closed > 0 {
		q.config.Log.Info("open questions are answered now", "questions", closed)
	}
	q.tellDue(ctx)
}

// eachOpen calls yield for every open question.
func (q *Queue) eachOpen(ctx context.Context, yield func(commands.Question) error) error {
	for last := int64(0); ; {
		list, err := q.config.Store.OpenAfter(ctx, last, onPage)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, open := range list {
			if err := errors.Join(ctx.Err(), yield(open)); err != nil {
				return err
			}
			last = open.ID
		}
	}
}

// answered returns the fact that answers a question now. An answer that was
// voted down was given before: only another fact closes the question.
func answered(snapshot *facts.Snapshot, open commands.Question) (string, bool) {
	d := snapshot.Match(facts.Question{Text: open.Text, Lang: open.Lang})
	if d.Outcome != facts.Answer || len(d.Facts) == 0 {
		return "", false
	}
	id := d.Facts[0].ID()
	if open.Wrong > 0 && len(open.Near) > 0 && open.Near[0] == id {
		return "", false
	}
	return id, true
}

// tellWithin bounds how long one notice may take.
const tellWithin = 30 * time.Second

// tellDue tells those whose question is answered. Who cannot be told is not
// tried for ever: what Discord refuses is not going to be taken later.
func (q *Queue) tellDue(ctx context.Context) {
	if q.config.Messenger == nil {
		return
	}
	for {
		list, err := q.config.Store.Due(ctx, onPage)
		q.report("those who wait for an answer were not looked up", err)
		if err != nil || len(list) == 0 {
			return
		}
		for _, w := range list {
			if !q.tell(ctx, w) {
				return
			}
		}
	}
}

// tell tells one person, and forgets them once Discord has taken or refused
// the notice. It returns false when it could be neither.
func (q *Queue) tell(ctx context.Context, w commands.Waiter) bool {
	ctx, cancel := context.WithTimeout(ctx, tellWithin)
	defer cancel()
	if r, ok := commands.Told(q.config.Facts(), w); ok {
		if err := q.send(ctx, w, r); err != nil && !isFinal(err) {
			q.report("somebody who waits for an answer could not be told", err)
			return false
		}
	}
	err := q.config.Store.Told(ctx, w.ID)
	q.report("somebody was told but is still in the queue", err)
	return err == nil
}

// send tells somebody privately, or where they asked when they take no
// messages. The nonce makes a notice that is sent again after a crash one.
func (q *Queue) send(ctx context.Context, w commands.Waiter, r commands.Reply) error {
	private := r
	private.For = ""
	nonce := "told-" + number(w.ID)
	err := q.config.Messenger.ToMember(ctx, w.User, nonce, private)
	if errors.Is(err, commands.ErrClosed) && w.Channel != "" {
		return q.config.Messenger.ToChannel(ctx, w.Channel, nonce, r)
	}
	return err
}

// isFinal reports whether trying again is of no use.
func isFinal(err error) bool {
	var final interface{ Final() bool }
	return errors.Is(err, commands.ErrClosed) || errors.As(err, &final) && final.Final()
}
