package commands

import (
	"cmp"
	"context"
	"slices"

	"summitbot/facts"
)

// compareCommand puts what is known of two names next to each other. Without
// names it takes the two countries that most facts are about.
func compareCommand() Command {
	return Command{
		Name: "compare",
		Options: []Option{
			{Name: "first", Suggests: true, Longest: facts.MaxAsk},
			{Name: "second", Suggests: true, Longest: facts.MaxAsk},
		},
		Run:     runCompare,
		Suggest: suggestNames,
	}
}

func runCompare(_ context.Context, env *Env, call Call) Reply {
	snapshot, v := env.snapshot(), voiceIn(baseLanguage(call.Lang))
	base, names, unknown := sides(snapshot, call.Options["first"], call.Options["second"])
	switch {
	case unknown != "":
		return Reply{Lang: v.lang, Headline: v.say(whoUnknown, cut(unknown, longestSuggestion)), Body: v.say(pickFromList), Private: true}
	case len(names) < 2 || names[0].ID == names[1].ID:
		return notice(call.Lang, compareSame)
	}
	return v.compare(base, names[0], names[1])
}

// sides returns the two names to compare, or the text that is none.
func sides(snapshot *facts.Snapshot, typed ...string) (base *facts.Base, names []facts.Name, unknown string) {
	for _, text := range typed {
		if text == "" {
			continue
		}
		b, n, ok := findName(snapshot, text)
		if !ok || base != nil && b != base {
			return nil, nil, text
		}
		base, names = b, append(names, n)
	}
	if bases := snapshot.Bases(); base == nil && len(bases) > 0 {
		base = bases[0]
	}
	if base == nil {
		return nil, nil, ""
	}
	for _, n := range countries(base) {
		if len(names) < 2 && !slices.ContainsFunc(names, func(have facts.Name) bool { return have.ID == n.ID }) {
			names = append(names, n)
		}
	}
	return base, names, ""
}

// countries are the countries that facts are about, those of most facts first.
func countries(b *facts.Base) []facts.Name {
	list := slices.DeleteFunc(ownNames(b), func(n facts.Name) bool { return n.Kind != "country" })
	slices.SortStableFunc(list, func(x, y facts.Name) int {
		return cmp.Compare(len(factsAbout(b, y.ID)), len(factsAbout(b, x.ID)))
	})
	return list
}

// mostCompared is how many facts stand on each side.
const mostCompared = 8

// compare lists what is known of one side and not of the other in columns,
// below the curators' own comparisons.
func (v *voice) compare(base *facts.Base, first, second facts.Name) Reply {
	one, _ := first.Label.In(v.lang)
	two, _ := second.Label.In(v.lang)
	r := Reply{Lang: v.lang, Title: v.say(compareTitle, one, two), Private: true}
	firstOnly, secondOnly, both := split(base, first.ID, second.ID)
	for _, ref := range both {
		if len(r.Entries) < 3 {
			title, _ := ref.Fact.Title.In(v.lang)
			text, _ := ref.Fact.Answer.In(v.lang)
			r.Entries = append(r.Entries, Entry{Title: title, Lines: []string{text}})
		}
	}
	if len(firstOnly)+len(secondOnly) == 0 {
		r.Notes = append(r.Notes, v.say(compareNothing))
	} else {
		r.Entries = append(r.Entries, Entry{Title: one, Lines: v.titles(firstOnly, mostCompared), Column: true}, Entry{Title: two, Lines: v.titles(secondOnly, mostCompared), Column: true})
	}
	r.Menu = v.factMenu(slices.Concat(both, firstOnly, secondOnly))
	return r
}

// split sorts facts by whether they are about one of two names, or compare
// them: those that cover a fact about either alone.
func split(base *facts.Base, first, second string) (firstOnly, secondOnly, both []facts.Ref) {
	only := map[string]string{} // fact → the side that it is about alone
	for i := range base.Facts {
		f := &base.Facts[i]
		one, two := slices.Contains(f.About, first), slices.Contains(f.About, second)
		switch {
		case !readable(f) || one == two:
		case one:
			only[f.ID] = first
			firstOnly = append(firstOnly, facts.Ref{Base: base, Fact: f})
		default:
			only[f.ID] = second
			secondOnly = append(secondOnly, facts.Ref{Base: base, Fact: f})
		}
	}
	for i := range base.Facts {
		f := &base.Facts[i]
		covers := map[string]bool{}
		for _, id := range f.Covers {
			covers[only[id]] = true
		}
		if readable(f) && covers[first] && covers[second] {
			both = append(both, facts.Ref{Base: base, Fact: f})
		}
	}
	return firstOnly, secondOnly, both
}
