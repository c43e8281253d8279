package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"summitbot/facts"
)

// timelineCommand lists what happened, in order.
func timelineCommand() Command { return Command{Name: "timeline", Run: runTimeline} }

func runTimeline(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	dated := datedFacts(env.snapshot())
	if len(dated) == 0 {
		return notice(call.Lang, timelineEmpty)
	}
	r := Reply{Lang: v.lang, Title: v.say(timelineTitle), Private: true}
	var firsts []facts.Ref
	for i, ref := range dated {
		title, _ := ref.Fact.Title.In(v.lang)
		if i == 0 || ref.Fact.When != dated[i-1].Fact.When {
			r.Entries = append(r.Entries, Entry{Title: v.dates(ref.Fact.When), Date: ref.Fact.When})
			firsts = append(firsts, ref)
		}
		last := &r.Entries[len(r.Entries)-1]
		last.Lines = append(last.Lines, title)
	}
	r.Menu = v.factMenu(firsts)
	return r
}

// datedFacts are the facts that have a date, earliest first; what is known
// only to the month or the year stands behind its first day's.
func datedFacts(snapshot *facts.Snapshot) []facts.Ref {
	var dated []facts.Ref
	eachFact(snapshot, func(ref facts.Ref) {
		if ref.Fact.When != "" {
			dated = append(dated, ref)
		}
	})
	slices.SortStableFunc(dated, func(a, b facts.Ref) int {
		x, y := a.Fact.When, b.Fact.When
		return cmp.Or(cmp.Compare(firstDay(x), firstDay(y)), cmp.Compare(precision(y), precision(x)), cmp.Compare(x, y))
	})
	return dated
}

// firstDay is the first day of a date or span, for order.
func firstDay(when string) string {
	from, _, _ := strings.Cut(when, "/")
	day := from + "-01-01"
	return day[:min(len(day), len(time.DateOnly))]
}

// precision is how much is known of when a date or span begins: more for a day
// than for a month.
func precision(when string) int {
	from, _, _ := strings.Cut(when, "/")
	return len(from)
}
