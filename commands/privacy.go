package commands

import (
	"context"
	"fmt"
)

// privacyCommand tells what is stored about the caller and deletes it.
func privacyCommand() Command { return Command{Name: "privacy", Run: runPrivacy} }

func runPrivacy(ctx context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	r := Reply{Lang: v.lang, Title: v.say(privacyTitle), Body: v.say(privacyBody), Private: true}
	r.Entries = []Entry{{Lines: []string{v.say(privacyStored, itoa(env.Info.Retention))}}, {Lines: []string{v.say(privacyDelete)}}}
	if call.User != "" {
		r.Entries = append(r.Entries, v.stored(ctx, env, call, &r))
		r.Buttons = [][]Button{{{Label: v.say(forgetButton), Emoji: "🗑️", Does: Action{Verb: "forget"}}}}
	}
	if env.Info.Contact != "" {
		r.Notes = append(r.Notes, v.say(privacyContact, env.Info.Contact))
	}
	if env.Info.Policy != "" {
		r.Notes = append(r.Notes, v.say(privacyPolicy, env.Info.Policy))
	}
	return r
}

// stored tells how much is kept about the caller.
func (v *voice) stored(ctx context.Context, env *Env, call Call, r *Reply) Entry {
	e := Entry{Title: v.say(privacyYours)}
	s, err := env.Store.Stored(ctx, call.User)
	if err != nil {
		r.Err = err
		e.Lines = []string{v.say(storeGone)}
		return e
	}
	for _, kept := range []struct {
		what Sentence
		n    int
	}{{storedVotes, s.Votes}, {storedWaiting, s.Waiting}, {storedSuggestions, s.Suggestions}, {storedDrafts, s.Drafts}, {storedChanges, s.Changes}} {
		if kept.n > 0 {
			e.Lines = append(e.Lines, v.say(kept.what, fmt.Sprint(kept.n)))
		}
	}
	if e.Lines == nil {
		e.Lines = []string{v.say(storedNothing)}
	}
	return e
}

// pressForget deletes what is kept about the caller.
func pressForget(ctx context.Context, env *Env, call Call, _ Action, _ string) Reply {
	n, err := env.Store.Forget(ctx, call.User)
	if err != nil {
		return failure(call.Lang, err)
	}
	v := voiceIn(baseLanguage(call.Lang))
	r := notice(call.Lang, forgotten)
	r.Body = v.say(forgottenCount, itoa(n))
	return r
}
