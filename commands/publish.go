package commands

import (
	"context"
	"errors"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// pressPublish writes the change that was previewed, and no other: when the
// files have changed since, the preview is shown again, made on the new text.
func pressPublish(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	d, refused := openDraft(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	r := d.publish(ctx, env, call)
	r.Replaces = r.Err == nil
	return r
}

func (d *draft) publish(ctx context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	t, err := d.try(ctx, env, v)
	switch {
	case err != nil:
		return unreadableFiles(call.Lang, err)
	case t.files.Sum() != d.Sum:
		return d.again(ctx, env, call)
	case len(t.faults) > 0:
		return d.preview(ctx, env, call)
	}
	err = env.Library.Publish(ctx, t.files)
	if errors.Is(err, edit.ErrChanged) {
		return d.again(ctx, env, call)
	}
	if err != nil {
		return failure(call.Lang, err)
	}
	return d.published(ctx, env, call, t)
}

// again shows the preview made on the text as it is now.
func (d *draft) again(ctx context.Context, env *Env, call Call) Reply {
	return d.preview(ctx, env, call, filesChanged)
}

// published records what is on the disk now and settles what led to it.
func (d *draft) published(ctx context.Context, env *Env, call Call, t trial) Reply {
	base := findBase(t.bases, d.Base)
	id := d.Base + "/" + t.id
	c := Change{At: env.now(), User: call.User, Kind: d.Kind, Fact: id, Before: t.now, After: asFact(base, t.id), Undoes: d.Undoes}
	if d.Kind == KindAdd && t.now == nil && isGap(base, t.id) {
		c.Kind = KindEdit
	}
	_, err := env.Store.Record(ctx, c)
	err = errors.Join(err, d.settle(ctx, env, call, base, t.id), env.Store.DropDraft(ctx, d.ID))
	r := notice(call.Lang, nowLive)
	if err != nil { // the file is written: that is what counts
		r = notice(call.Lang, nowLive, notRecorded)
		r.Err = err
		return r
	}
	if ref, ok := env.snapshot().Lookup(id); ok && ref.Fact != nil {
		title, _ := ref.Fact.Title.In(r.Lang)
		r.Body = title
		r.Buttons = [][]Button{{{Label: title, Does: onFact("fact", id)}}}
	}
	return r
}

// settle closes the question and the suggestion that the change came from.
func (d *draft) settle(ctx context.Context, env *Env, call Call, base *facts.Base, id string) (err error) {
	if d.Question != 0 {
		s := Settlement{State: StateAnswered, Fact: d.Base + "/" + id, By: call.User, At: env.now()}
		if isGap(base, id) {
			s.State = StateDismissed
		}
		_, err = env.Store.Settle(ctx, d.Question, s)
		env.Learner.Changed()
	}
	if d.Suggestion != 0 {
		_, failed := env.Store.Decide(ctx, d.Suggestion, StateAccepted, "", call.User)
		err = errors.Join(err, failed, tellSuggester(ctx, env, d.Suggestion))
	}
	return err
}

// asFact is a fact, or a gap in the shape of one, for the history; nil when it
// is not there.
func asFact(b *facts.Base, id string) *facts.Fact {
	if f := findFact(b, id); f != nil {
		return f
	}
	for _, g := range b.Gaps {
		if g.ID == id {
			return &facts.Fact{ID: g.ID, Title: g.Title, Answer: g.Says, Asks: g.Asks, About: g.About, Related: g.Near, Tests: g.Tests}
		}
	}
	return nil
}
