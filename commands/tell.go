package commands

import (
	"context"
	"errors"
	"strconv"

	"summitbot/facts"
)

// missed is what the queue is to know of a question that was not answered; nil
// where there is nothing to learn.
func missed(r Reply) *Miss {
	if r.Outcome != facts.Decline || !hasLetters(r.Asked) || len([]rune(r.Asked)) > MaxPassed {
		return nil
	}
	m := &Miss{Text: r.Asked, Lang: r.Lang, Why: WhyDeclined}
	for _, ref := range r.Decision.Facts {
		m.Near = append(m.Near, ref.ID())
	}
	if r.Decision.Gap != nil {
		m.Gap = r.Decision.Gap.ID()
	}
	return m
}

// pressTell keeps that somebody wants to be told the answer to the question
// that the message repeats.
func pressTell(ctx context.Context, env *Env, call Call, _ Action, _ string) Reply {
	if !hasLetters(call.Text) {
		return notice(call.Lang, emptyQuestion)
	}
	question := cut(call.Text, MaxPassed)
	group, err := env.Learner.Pass(ctx, Miss{Text: question, Lang: replyLanguage(question, call.Lang), Why: WhyPassed, Counted: true})
	if err != nil {
		return failure(call.Lang, err)
	}
	return wait(ctx, env, call, group, question)
}

// pressWait does the same for a question that was passed on just now.
func pressWait(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	n, err := strconv.ParseInt(a.Args[0], 10, 64)
	if err != nil {
		return notice(call.Lang, oldButton, oldButtonHint)
	}
	q, err := env.Store.Question(ctx, n)
	switch {
	case errors.Is(err, ErrGone) || err == nil && q.State != StateOpen:
		return notice(call.Lang, questionClosed)
	case err != nil:
		return failure(call.Lang, err)
	}
	return wait(ctx, env, call, n, q.Text)
}

func wait(ctx context.Context, env *Env, call Call, question int64, asked string) Reply {
	err := env.Store.Wait(ctx, Waiter{Question: question, User: call.User, Channel: call.Channel, Guild: call.Guild, Lang: replyLanguage(asked, call.Lang), Asked: asked, At: env.now()})
	if err != nil {
		return failure(call.Lang, err)
	}
	return notice(call.Lang, willTell, willTellHint)
}

// Told is the notice that a question is answered, with the answer.
func Told(snapshot *facts.Snapshot, w Waiter) (Reply, bool) {
	ref, ok := snapshot.Lookup(w.Fact)
	if !ok || ref.Fact == nil {
		return Reply{}, false
	}
	lang := voiceIn(w.Lang).lang
	r := WithButtons(snapshot, Show(snapshot, ref, lang))
	r.Title, r.Asked = Say(lang, nowAnswered, cut(w.Asked, longestShown)), w.Asked
	r.For = w.User
	return r, true
}
