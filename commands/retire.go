package commands

import (
	"context"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// retireCommand withdraws a fact, or replaces it by another. It stays in the
// file, since its id is never used again.
func retireCommand() Command {
	return Command{Name: "retire", Options: []Option{factOption(true), {Name: "replacement", Suggests: true, Longest: longestSuggestion}}, Run: runRetire, Suggest: suggestAnyFact}
}

func runRetire(ctx context.Context, env *Env, call Call) Reply {
	ref, refused := chosenFact(env, call, call.Options["fact"])
	if refused != nil {
		return *refused
	}
	set := edit.Fields{Status: pointTo(facts.Retracted)}
	if typed := call.Options["replacement"]; typed != "" {
		by, refused := chosenFact(env, call, typed)
		switch {
		case refused != nil:
			return *refused
		case by.Base != ref.Base || by.Fact == ref.Fact:
			return notice(call.Lang, badReplacement)
		}
		set = edit.Fields{Status: pointTo(facts.Superseded), SupersededBy: pointTo(by.Fact.ID)}
	}
	if ref.Fact.Status == *set.Status {
		return notice(call.Lang, alreadyRetired)
	}
	d := newDraft(KindRetire, call, ref)
	d.Set = &set
	return d.preview(ctx, env, call)
}
