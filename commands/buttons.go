package commands

import (
	"slices"

	"summitbot/facts"
)

// Bounds on what stands below a reply. A message has five rows of at most five
// buttons (https://docs.discord.com/developers/components/reference).
const (
	mostRelated = 3
	mostRows    = 5
)

// WithButtons adds to a reply the buttons that its outcome calls for.
func WithButtons(snapshot *facts.Snapshot, r Reply) Reply {
	v := voiceIn(r.Lang)
	switch r.Outcome {
	case facts.Answer:
		r.Buttons = v.answerButtons(snapshot, r.Decision.Facts)
	case facts.Choices:
		r.Buttons = v.factButtons("pick", r.Decision.Facts)
	case facts.Decline:
		r.Buttons = v.factButtons("fact", r.Decision.Facts)
		if hasLetters(r.Asked) {
			r.Buttons = append(r.Buttons, []Button{
				{Label: v.say(passOnButton), Emoji: "📨", Does: Action{Verb: "pass"}},
				{Label: v.say(tellButton), Emoji: "🔔", Does: Action{Verb: "tell"}},
			})
		}
	}
	return r
}

// answerButtons are, for each fact asserted, its sources and what to think of
// it, and what to read next.
func (v *voice) answerButtons(snapshot *facts.Snapshot, refs []facts.Ref) [][]Button {
	var rows [][]Button
	for _, ref := range refs[:min(len(refs), mostRows-1)] {
		revision := ref.Fact.Revision()
		rows = append(rows, []Button{
			{Label: v.say(sourcesButton), Emoji: "📰", Does: onFact("sources", ref.ID())},
			{Label: v.say(rightButton), Emoji: "👍", Does: onFact("yes", ref.ID(), revision)},
			{Label: v.say(wrongButton), Emoji: "👎", Does: onFact("no", ref.ID(), revision)},
		})
	}
	if next := v.factButtons("fact", related(snapshot, refs)); len(next) > 0 {
		rows = append(rows, next[0])
	}
	return rows
}

// factButtons make one row of buttons that show facts.
func (v *voice) factButtons(verb string, refs []facts.Ref) [][]Button {
	var row []Button
	for _, ref := range refs[:min(len(refs), 5)] {
		title, _ := ref.Fact.Title.In(v.lang)
		row = append(row, Button{Label: title, Does: onFact(verb, ref.ID())})
	}
	if row == nil {
		return nil
	}
	return [][]Button{row}
}

// related are facts worth reading next: those that the curators name, else
// what the fact contains or is contained in.
func related(snapshot *facts.Snapshot, refs []facts.Ref) []facts.Ref {
	var next []facts.Ref
	add := func(base *facts.Base, id string) {
		ref, ok := snapshot.Lookup(base.ID + "/" + id)
		if ok && ref.Fact != nil && readable(ref.Fact) && len(next) < mostRelated && !slices.Contains(next, ref) && !slices.Contains(refs, ref) {
			next = append(next, ref)
		}
	}
	for _, ref := range refs {
		for _, id := range ref.Fact.Related {
			add(ref.Base, id)
		}
		for _, id := range ref.Fact.Covers {
			add(ref.Base, id)
		}
		for i := range ref.Base.Facts {
			if whole := &ref.Base.Facts[i]; slices.Contains(whole.Covers, ref.Fact.ID) {
				add(ref.Base, whole.ID)
			}
		}
	}
	return next
}

// readable reports whether a fact is still offered: what is out of date or
// withdrawn is only shown to those who look for it.
func readable(f *facts.Fact) bool { return f.Status != facts.Superseded && f.Status != facts.Retracted }
