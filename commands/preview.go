package commands

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// mostFaults is how many faults of a change are listed.
const mostFaults = 5

// A trial is a change made to a copy of the files, as far as that went.
type trial struct {
	files  *edit.Files
	bases  []*facts.Base
	id     string // of the fact in its base
	now    *facts.Fact
	faults []string // in the curator's language; none: it can be published
	notes  []string
}

// try makes the change to a copy of the files and checks the whole.
func (d *draft) try(ctx context.Context, env *Env, v *voice) (t trial, err error) {
	if t.files, err = env.Library.Files(ctx); err != nil {
		return t, err
	}
	stand, problems := t.files.Load()
	base := findBase(stand, d.Base)
	if base == nil {
		t.faults = append(t.faults, v.say(filesFaulty))
		t.faults = append(t.faults, problemLines(problems)...)
		return t, nil
	}
	t.now = findFact(base, d.Fact)
	if d.Before != nil && t.now != nil && t.now.Revision() != d.Before.Revision() {
		t.notes = append(t.notes, v.say(changedMeanwhile))
	}
	if t.id, err = d.apply(env, t.files, base); err != nil {
		t.faults = append(t.faults, v.complain(err))
		return t, nil
	}
	t.bases, problems = t.files.Load()
	t.faults = append(t.faults, problemLines(problems.Errors())...)
	if t.bases != nil {
		t.notes = append(t.notes, d.warnings(problems.Warnings(), t.id)...)
	}
	return t, nil
}

// complain says in the curator's language what is wrong with what they typed.
func (v *voice) complain(err error) string {
	if c, ok := errors.AsType[complaint](err); ok {
		return v.say(c.what, c.args...)
	}
	if p, ok := errors.AsType[facts.Problem](err); ok {
		return problemLines(facts.Problems{p})[0]
	}
	if errors.Is(err, errFactGone) {
		return v.say(factGone)
	}
	return err.Error()
}

// unreadableFiles says why the files cannot be changed just now.
func unreadableFiles(lang string, err error) Reply {
	if errors.Is(err, ErrReadOnly) {
		return notice(lang, readOnly, readOnlyHint)
	}
	if p, ok := errors.AsType[facts.Problem](err); ok {
		r := notice(lang, filesFaulty)
		r.Body = problemLines(facts.Problems{p})[0]
		return r
	}
	return failure(lang, err)
}

func problemLines(problems facts.Problems) []string {
	var lines []string
	for _, p := range problems[:min(len(problems), mostFaults)] {
		p.File = filepath.Base(p.File) // where the operator has it is no matter of Discord
		lines = append(lines, p.Error())
	}
	return lines
}

// warnings are those about the fact alone: what else is amiss in the file is
// no matter of this change.
func (d *draft) warnings(problems facts.Problems, id string) []string {
	var lines []string
	for _, p := range problems {
		if strings.Contains(p.Message, "`"+id+"`") {
			lines = append(lines, p.Message)
		}
	}
	return lines
}

// preview shows the change as members will see it, with what the check says.
func (d *draft) preview(ctx context.Context, env *Env, call Call, above ...Sentence) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	t, err := d.try(ctx, env, v)
	if err != nil {
		return d.kept(ctx, env, v, unreadableFiles(call.Lang, err))
	}
	d.Sum = t.files.Sum()
	if err := d.keep(ctx, env); err != nil {
		return failure(call.Lang, err)
	}
	return d.shown(v, t, above)
}

// kept keeps what was typed, so that a curator can go back to it once what
// stands in the way is mended.
func (d *draft) kept(ctx context.Context, env *Env, v *voice, r Reply) Reply {
	if d.keep(ctx, env) == nil {
		r.Buttons = d.buttons(v, nil, false)
	}
	return r
}

// shown is the preview of a trial.
func (d *draft) shown(v *voice, t trial, above []Sentence) Reply {
	r := Reply{Lang: v.lang, Private: true}
	base := findBase(t.bases, d.Base)
	if base != nil {
		if fact := findFact(base, t.id); fact != nil {
			r = Compose(nil, "", facts.Decision{Outcome: facts.Answer, Lang: v.lang, Facts: []facts.Ref{{Base: base, Fact: fact}}})
			r.Private = true
		}
	}
	r.Title = v.say(previewTitle)
	r.Headline = v.say(d.verdict(t))
	for _, s := range above {
		r.Body = joinLines(r.Body, v.say(s))
	}
	r.Body = joinLines(append(append([]string{r.Body}, t.faults...), t.notes...)...)
	if len(d.More) > 0 || len(d.Asks) > 0 {
		r.Body = joinLines(r.Body, d.newAsks(v))
	}
	r.Buttons = d.buttons(v, base, len(t.faults) == 0)
	return r
}

func (d *draft) verdict(t trial) Sentence {
	switch {
	case len(t.faults) > 0:
		return previewFaults
	case d.Kind == KindRemove:
		return previewRemove
	}
	return previewGood
}

// newAsks lists the phrasings that the change adds.
func (d *draft) newAsks(v *voice) string {
	var lines []string
	for _, lang := range Languages {
		for _, ask := range append(d.Asks[lang], d.More[lang]...) {
			if len(lines) < mostFaults && !slices.Contains(facts.PhrasesIn(d.before().Asks, lang), ask) {
				lines = append(lines, v.say(previewAsk, ask))
			}
		}
	}
	return joinLines(lines...)
}

// buttons publish, go back to the form, or drop the change; the second row
// goes to the other languages.
func (d *draft) buttons(v *voice, base *facts.Base, good bool) [][]Button {
	var row, others []Button
	if good {
		row = append(row, Button{Label: v.say(publishButton), Emoji: "✅", Does: Action{"publish", []string{d.ID}}})
	}
	if d.hasForm() {
		row = append(row, Button{Label: v.say(backButton), Emoji: "✏️", Does: Action{"back", []string{d.ID, d.Lang}}})
	}
	row = append(row, Button{Label: v.say(cancelButton), Emoji: "🗑️", Does: Action{"cancel", []string{d.ID}}})
	if base == nil || !d.hasForm() {
		return [][]Button{row}
	}
	for _, lang := range base.Languages {
		if lang != d.Lang && len(others) < 5 && voices[lang] != nil {
			mark := "➕"
			if d.wording(d.Answer, d.before().Answer, lang) != "" {
				mark = "🌐"
			}
			others = append(others, Button{Label: v.say(languageName(lang)), Emoji: mark, Does: Action{"back", []string{d.ID, lang}}})
		}
	}
	if others == nil {
		return [][]Button{row}
	}
	return [][]Button{row, others}
}

// hasForm reports whether the change was typed.
func (d *draft) hasForm() bool {
	return d.Set == nil && d.Kind != KindRemove && (d.Kind == KindAdd || d.Before != nil)
}

// openDraftAndBase finds a draft of the caller's own and the base that it is
// of.
func openDraftAndBase(ctx context.Context, env *Env, call Call, id string) (*draft, *facts.Base, *Reply) {
	d, refused := openDraft(ctx, env, call, id)
	if refused != nil {
		return nil, nil, refused
	}
	base := findBase(env.snapshot().Bases(), d.Base)
	if base == nil {
		r := notice(call.Lang, factGone, factGoneHint)
		return nil, nil, &r
	}
	return d, base, nil
}

// submitDraft takes a filled-in form and shows the preview.
func submitDraft(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	d, base, refused := openDraftAndBase(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	d.take(base, a.Args[1], call.Fields)
	return d.preview(ctx, env, call)
}

// resubmitDraft does the same for a form that was opened from the preview,
// whose place the new one takes.
func resubmitDraft(ctx context.Context, env *Env, call Call, a Action, input string) Reply {
	r := submitDraft(ctx, env, call, a, input)
	r.Replaces = r.Err == nil
	return r
}

// pressBack opens the form again, with what was typed.
func pressBack(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	d, base, refused := openDraftAndBase(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	r := d.openForm(ctx, env, call, base, a.Args[1])
	if r.Form != nil {
		r.Form.Does.Verb = "redrafted"
	}
	return r
}

// pressCancel drops the change.
func pressCancel(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	if _, refused := openDraft(ctx, env, call, a.Args[0]); refused != nil {
		return *refused
	}
	if err := env.Store.DropDraft(ctx, a.Args[0]); err != nil {
		return failure(call.Lang, err)
	}
	r := notice(call.Lang, draftDropped)
	r.Replaces = true
	return r
}
