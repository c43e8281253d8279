package commands

import (
	"context"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// restoreCommand takes a fact back into use, with the standing it had.
func restoreCommand() Command {
	return Command{Name: "restore", Options: []Option{factOption(true)}, Run: runRestore, Suggest: suggestRetired}
}

func runRestore(ctx context.Context, env *Env, call Call) Reply {
	ref, refused := chosenFact(env, call, call.Options["fact"])
	switch {
	case refused != nil:
		return *refused
	case readable(ref.Fact):
		return notice(call.Lang, notRetired)
	}
	standing, err := formerStanding(ctx, env, ref)
	if err != nil {
		return failure(call.Lang, err)
	}
	d := newDraft(KindRestore, call, ref)
	d.Set = &edit.Fields{Status: &standing, SupersededBy: pointTo("")}
	return d.preview(ctx, env, call)
}

// formerStanding is the standing that a fact had before it was retired.
func formerStanding(ctx context.Context, env *Env, ref facts.Ref) (facts.Status, error) {
	const looked = 50
	list, _, err := env.Store.Changes(ctx, ref.ID(), 0, looked)
	if err != nil {
		return "", err
	}
	for _, c := range list {
		if c.Before != nil && readable(c.Before) && c.Before.Status != "" {
			return c.Before.Status, nil
		}
	}
	return facts.Reported, nil
}

// suggestRetired offers the facts that are out of date or withdrawn.
func suggestRetired(env *Env, call Call, option string) []Suggestion {
	return suggestTitles(env, call, option, func(f *facts.Fact) bool { return !readable(f) })
}
