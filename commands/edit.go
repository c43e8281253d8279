package commands

import (
	"context"
	"strings"

	"summitbot/facts"
)

// editCommand changes a fact.
func editCommand() Command {
	return Command{Name: "edit", Options: []Option{factOption(true)}, Run: runEdit, Suggest: suggestAnyFact}
}

func runEdit(ctx context.Context, env *Env, call Call) Reply {
	ref, refused := chosenFact(env, call, call.Options["fact"])
	if refused != nil {
		return *refused
	}
	return newDraft(KindEdit, call, ref).openForm(ctx, env, call, ref.Base, formLanguage(ref.Base, call.Lang))
}

// suggestAnyFact offers every fact by its title, those that are out of date or
// withdrawn included.
func suggestAnyFact(env *Env, call Call, option string) []Suggestion {
	return suggestTitles(env, call, option, func(*facts.Fact) bool { return true })
}

// suggestTitles offers the facts that are wanted by their titles.
func suggestTitles(env *Env, call Call, option string, wanted func(*facts.Fact) bool) []Suggestion {
	lang := voiceIn(baseLanguage(call.Lang)).lang
	s := &shelf{}
	for _, b := range env.snapshot().Bases() {
		for i := range b.Facts {
			if f := &b.Facts[i]; wanted(f) {
				title, _ := f.Title.In(lang)
				s.put(title, pickedMark+b.ID+"/"+f.ID)
			}
		}
	}
	return s.find(cut(call.Options[option], maxTyped))
}

// chosenFact is the fact that was picked, or typed as its id.
func chosenFact(env *Env, call Call, typed string) (facts.Ref, *Reply) {
	if env.Library == nil {
		r := notice(call.Lang, readOnly, readOnlyHint)
		return facts.Ref{}, &r
	}
	snapshot := env.snapshot()
	ref, ok := snapshot.Lookup(strings.TrimPrefix(strings.TrimSpace(typed), pickedMark))
	if !ok || ref.Fact == nil {
		r := notice(call.Lang, pickFromList)
		return facts.Ref{}, &r
	}
	return ref, nil
}

// cutID parts base/id.
func cutID(id string) (base, rest string) {
	base, rest, _ = strings.Cut(id, "/")
	return base, rest
}
