package commands

import (
	"context"
	"slices"

	"summitbot/facts"
)

// addCommand adds a fact.
func addCommand() Command {
	return Command{
		Name:    "add",
		Options: []Option{{Name: "base", Suggests: true, Longest: longestSuggestion}},
		Run:     runAdd,
		Suggest: suggestBases,
	}
}

func runAdd(ctx context.Context, env *Env, call Call) Reply {
	bases := env.snapshot().Bases()
	if env.Library == nil || len(bases) == 0 {
		return notice(call.Lang, readOnly, readOnlyHint)
	}
	base := bases[0]
	if id := call.Options["base"]; id != "" {
		if base = findBase(bases, id); base == nil {
			return notice(call.Lang, pickFromList)
		}
	}
	return newDraft(KindAdd, call, facts.Ref{Base: base}).openForm(ctx, env, call, base, formLanguage(base, call.Lang))
}

// suggestBases offers the bases by title.
func suggestBases(env *Env, call Call, option string) []Suggestion {
	s := &shelf{}
	for _, b := range env.snapshot().Bases() {
		title, _ := b.Title.In(baseLanguage(call.Lang))
		s.put(title, b.ID)
	}
	return s.find(call.Options[option])
}

// pressAnswer adds a fact that answers a question of the queue.
func pressAnswer(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	q, refused := openQuestion(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	bases := env.snapshot().Bases()
	if env.Library == nil || len(bases) == 0 {
		return notice(call.Lang, readOnly, readOnlyHint)
	}
	base := nearestBase(bases, q)
	d := newDraft(KindAdd, call, facts.Ref{Base: base})
	d.Question = q.ID
	if slices.Contains(base.Languages, q.Lang) {
		d.Lang = q.Lang
	}
	d.Asks[d.Lang] = []string{q.Text}
	return d.openForm(ctx, env, call, base, d.Lang)
}

// nearestBase is the base of the nearest fact, or else the first.
func nearestBase(bases []*facts.Base, q Question) *facts.Base {
	for _, near := range q.Near {
		id, _ := cutID(near)
		if b := findBase(bases, id); b != nil {
			return b
		}
	}
	return bases[0]
}
