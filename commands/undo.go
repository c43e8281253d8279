package commands

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// undoCommand takes a change back, by a change of its own.
func undoCommand() Command {
	return Command{Name: "undo", Options: []Option{{Name: "change", Longest: 20}}, Run: runUndo}
}

func runUndo(ctx context.Context, env *Env, call Call) Reply {
	if env.Library == nil {
		return notice(call.Lang, readOnly, readOnlyHint)
	}
	c, err := changeToUndo(ctx, env, call.Options["change"])
	switch {
	case errors.Is(err, ErrGone):
		return notice(call.Lang, noSuchChange)
	case err != nil:
		return failure(call.Lang, err)
	}
	base, id := cutID(c.Fact)
	b := findBase(env.snapshot().Bases(), base)
	if b == nil {
		return notice(call.Lang, factGone)
	}
	if isGap(b, id) {
		return notice(call.Lang, undoInFile)
	}
	now := findFact(b, id)
	if !SameFact(now, c.After) {
		return notice(call.Lang, changedSince)
	}
	return undoing(call, facts.Ref{Base: b, Fact: now}, c).preview(ctx, env, call)
}

// changeToUndo is the change with a number, or else the newest.
func changeToUndo(ctx context.Context, env *Env, typed string) (Change, error) {
	if typed = strings.TrimPrefix(strings.TrimSpace(typed), "#"); typed != "" {
		n, err := strconv.ParseInt(typed, 10, 64)
		if err != nil {
			return Change{}, ErrGone
		}
		return env.Store.Change(ctx, n)
	}
	list, _, err := env.Store.Changes(ctx, "", 0, 1)
	if err == nil && len(list) == 0 {
		err = ErrGone
	}
	if err != nil {
		return Change{}, err
	}
	return list[0], nil
}

// undoing is the change that leads back to the state before.
func undoing(call Call, ref facts.Ref, c Change) *draft {
	_, id := cutID(c.Fact)
	d := newDraft(KindUndo, call, ref)
	d.Fact, d.Undoes = id, c.ID
	if c.Before == nil {
		d.Kind = KindRemove
		return d
	}
	d.Set = pointTo(edit.All(c.Before))
	return d
}

// SameFact compares all that a curator can change; the day of the change is
// none of it.
func SameFact(a, b *facts.Fact) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, y := *a, *b
	x.Updated, y.Updated = "", ""
	return reflect.DeepEqual(emptied(x), emptied(y))
}

// emptied makes lists without anything all alike.
func emptied(f facts.Fact) facts.Fact {
	v := reflect.ValueOf(&f).Elem()
	for i := range v.NumField() {
		if field := v.Field(i); field.Kind() == reflect.Slice && field.Len() == 0 {
			field.SetZero()
		}
	}
	return f
}
