package commands

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// A draft is a change to one fact on its way from a form to the file. It holds
// what the curator wants to differ from Before, so that the change can be made
// again on a text that somebody else has changed meanwhile.
type draft struct {
	ID     string `json:"-"`
	User   string `json:"-"`
	Kind   string // one of the kinds of changes
	Base   string
	Fact   string // its id in the base; empty of a new one whose id is not known yet
	Lang   string // of the first form
	Before *facts.Fact
	Sum    string // of the files that the preview was made from

	Title, Answer map[string]string   // by language
	Asks          map[string][]string // by language: all phrasings
	More          map[string][]string // by language: phrasings to add
	Sources       *string             // as typed
	Details       *string             // as typed
	Set           *edit.Fields        // what is set without a form: a status, or all of a former state

	Question, Suggestion, Undoes int64 // what it settles
}

// newDraft begins a change to a fact; ref has none for a new one.
func newDraft(kind string, call Call, ref facts.Ref) *draft {
	d := &draft{ID: rand.Text()[:12], User: call.User, Kind: kind, Base: ref.Base.ID, Lang: formLanguage(ref.Base, call.Lang),
		Title: map[string]string{}, Answer: map[string]string{}, Asks: map[string][]string{}, More: map[string][]string{}}
	if ref.Fact != nil {
		d.Fact, d.Before = ref.Fact.ID, ref.Fact
	}
	return d
}

// formLanguage is the language in which a curator writes: their own where the
// base has it.
func formLanguage(b *facts.Base, lang string) string {
	if own := baseLanguage(lang); slices.Contains(b.Languages, own) {
		return own
	}
	return b.Languages[0]
}

// keep stores a draft.
func (d *draft) keep(ctx context.Context, env *Env) error {
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return env.Store.SaveDraft(ctx, Draft{ID: d.ID, User: d.User, Body: body, At: env.now()})
}

// openDraft finds a draft of the caller's own. What it says instead is for the
// caller.
func openDraft(ctx context.Context, env *Env, call Call, id string) (*draft, *Reply) {
	kept, err := env.Store.Draft(ctx, id)
	if errors.Is(err, ErrGone) || err == nil && kept.User != call.User {
		r := notice(call.Lang, draftGone, draftGoneHint)
		return nil, &r
	}
	d := &draft{ID: id, User: call.User}
	if err == nil {
		err = json.Unmarshal(kept.Body, d)
	}
	if err != nil {
		r := failure(call.Lang, err)
		return nil, &r
	}
	return d, nil
}

// id is the fact's id in the file: its own, or for a new one what was typed or
// what the title makes.
func (d *draft) id(taken func(string) bool) string {
	if d.Fact != "" {
		return d.Fact
	}
	id := cmp.Or(detailsOf(d.Details)["id"], slug(d.Title["en"]), slug(d.Title[d.Lang]))
	if id == "" {
		id = "fact"
	}
	if detailsOf(d.Details)["id"] != "" || !taken(id) {
		return id
	}
	for n := 2; ; n++ {
		if next := id + "-" + itoa(n); !taken(next) {
			return next
		}
	}
}

// longestSlug keeps ids short enough for buttons.
const longestSlug = 40

// slug makes an id of a title: letters and digits of the Latin alphabet.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	id := ""
	for _, w := range words {
		if len(id)+len(w)+1 > longestSlug {
			break
		}
		id = strings.TrimPrefix(id+"-"+w, "-")
	}
	return id
}

// apply makes the change in files. base is the base as the files have it.
func (d *draft) apply(env *Env, files *edit.Files, base *facts.Base) (id string, err error) {
	id = d.id(func(id string) bool { return hasID(base, id) })
	now := findFact(base, id)
	switch {
	case d.Kind == KindRemove:
		return id, files.Remove(d.Base, id)
	case now == nil && isGap(base, id):
		return id, d.addAsks(files, id)
	case now == nil && d.Kind != KindAdd && d.Kind != KindUndo:
		return id, errFactGone
	}
	fields, err := d.fields(env, base, now)
	if err != nil {
		return id, err
	}
	if now == nil {
		return id, files.Add(d.Base, id, fields)
	}
	return id, files.Set(d.Base, id, fields)
}

var errFactGone = errors.New("the fact is no longer in the file")

// addAsks adds the phrasings to a gap.
func (d *draft) addAsks(files *edit.Files, id string) error {
	for lang, asks := range d.More {
		for _, ask := range asks {
			if err := files.AddAsk(d.Base, id, lang, ask); err != nil {
				return err
			}
		}
	}
	return nil
}

// fields are what has to be set on the fact as the file has it now; nil for a
// new one.
func (d *draft) fields(env *Env, base *facts.Base, now *facts.Fact) (edit.Fields, error) {
	if d.Set != nil {
		fields := *d.Set
		fields.Updated = pointTo(today(env))
		return fields, nil
	}
	if now == nil {
		now = &facts.Fact{}
	}
	fields := edit.Fields{Updated: pointTo(today(env))}
	if len(d.Title) > 0 {
		fields.Title = merged(base, now.Title, d.Title)
	}
	if len(d.Answer) > 0 {
		fields.Answer = merged(base, now.Answer, d.Answer)
	}
	if len(d.Asks)+len(d.More) > 0 {
		fields.Asks = d.asks(now)
	}
	if d.Sources != nil {
		cited, err := parseSources(base, now, *d.Sources)
		if err != nil {
			return fields, err
		}
		fields.Sources = cited
	}
	if d.Details != nil {
		return fields, setDetails(&fields, *d.Details)
	}
	if now.ID == "" {
		fields.Status = pointTo(facts.Reported)
	}
	return fields, nil
}

// asks are the phrasings by language, where they are to change.
func (d *draft) asks(now *facts.Fact) map[string][]string {
	out := maps.Clone(d.Asks)
	for lang, more := range d.More {
		list, ok := out[lang]
		if !ok {
			list = facts.PhrasesIn(now.Asks, lang)
		}
		for _, ask := range more {
			if !slices.Contains(list, ask) {
				list = append(slices.Clone(list), ask)
			}
		}
		out[lang] = list
	}
	return out
}

// merged is a text with some languages replaced, in the order of the base's.
func merged(base *facts.Base, now facts.Text, changed map[string]string) facts.Text {
	var out facts.Text
	for _, lang := range base.Languages {
		text, ok := changed[lang]
		if !ok {
			text = now.Only(lang)
		}
		if text != "" {
			out = append(out, facts.Phrase{Lang: lang, Text: text})
		}
	}
	return out
}

func hasID(b *facts.Base, id string) bool { return findFact(b, id) != nil || isGap(b, id) }

func isGap(b *facts.Base, id string) bool {
	return slices.ContainsFunc(b.Gaps, func(g facts.Gap) bool { return g.ID == id })
}

func findFact(b *facts.Base, id string) *facts.Fact {
	for i := range b.Facts {
		if b.Facts[i].ID == id {
			return &b.Facts[i]
		}
	}
	return nil
}

func findBase(list []*facts.Base, id string) *facts.Base {
	for _, b := range list {
		if b.ID == id {
			return b
		}
	}
	return nil
}

// today is the day on which a fact is changed.
func today(env *Env) string { return env.now().UTC().Format(time.DateOnly) }
