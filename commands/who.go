package commands

import (
	"context"
	"slices"
	"strings"

	"summitbot/facts"
)

// whoCommand tells of a person, a place or an institution: how it is written
// and which facts are about it.
func whoCommand() Command {
	return Command{
		Name:    "who",
		Options: []Option{{Name: "name", Required: true, Suggests: true, Longest: facts.MaxAsk}},
		Run:     runWho,
		Suggest: suggestNames,
	}
}

// suggestNames offers the names that facts are about, in every spelling.
func suggestNames(env *Env, call Call, option string) []Suggestion {
	snapshot, lang := env.snapshot(), voiceIn(baseLanguage(call.Lang)).lang
	return nameShelf(snapshot, lang).find(cut(call.Options[option], maxTyped))
}

// nameShelf holds the names that facts are about: labels first, then the
// spellings of all languages.
func nameShelf(snapshot *facts.Snapshot, lang string) *shelf {
	s := &shelf{}
	for _, b := range snapshot.Bases() {
		own := ownNames(b)
		for _, n := range own {
			label, _ := n.Label.In(lang)
			s.put(label, b.ID+"/"+n.ID)
		}
		for _, n := range own {
			label, _ := n.Label.In(lang)
			for _, spelling := range spellings(n) {
				s.put(label+" · "+spelling, b.ID+"/"+n.ID)
			}
		}
	}
	return s
}

// ownNames are the names that a fact of the base is about, in the base's
// order.
func ownNames(b *facts.Base) []facts.Name {
	about := map[string]bool{}
	for i := range b.Facts {
		for _, id := range b.Facts[i].About {
			about[id] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(b.Names), func(n facts.Name) bool { return !about[n.ID] })
}

// spellings are the ways to write a name, without doubles.
func spellings(n facts.Name) []string {
	var list []string
	add := func(text string) {
		text = strings.TrimPrefix(text, "=")
		if !slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, text) }) {
			list = append(list, text)
		}
	}
	for _, p := range n.Label {
		add(p.Text)
	}
	for _, p := range n.Spellings {
		add(p.Text)
	}
	return list
}

// findName returns the name that was picked, or that has what was typed as one
// of its spellings.
func findName(snapshot *facts.Snapshot, typed string) (*facts.Base, facts.Name, bool) {
	for _, b := range snapshot.Bases() {
		for _, n := range b.Names {
			if b.ID+"/"+n.ID == typed {
				return b, n, true
			}
		}
	}
	typed = strings.TrimSpace(typed)
	for _, b := range snapshot.Bases() {
		for _, n := range b.Names {
			if slices.ContainsFunc(spellings(n), func(s string) bool { return strings.EqualFold(s, typed) }) {
				return b, n, true
			}
		}
	}
	return nil, facts.Name{}, false
}

// Bounds on what is told of a name.
const (
	mostSpellings = 20 // in all languages
	mostListed    = 15 // facts
)

func runWho(_ context.Context, env *Env, call Call) Reply {
	snapshot, v := env.snapshot(), voiceIn(baseLanguage(call.Lang))
	typed := call.Options["name"]
	base, name, ok := findName(snapshot, typed)
	if !ok {
		if found := nameShelf(snapshot, v.lang).find(cut(typed, maxTyped)); len(found) > 0 && strings.TrimSpace(typed) != "" {
			base, name, ok = findName(snapshot, found[0].Value)
		}
	}
	if !ok {
		return Reply{Lang: v.lang, Headline: v.say(whoUnknown, cut(typed, longestSuggestion)), Body: v.say(pickFromList), Private: true}
	}
	return v.who(base, name)
}

// who tells of a name.
func (v *voice) who(base *facts.Base, name facts.Name) Reply {
	label, _ := name.Label.In(v.lang)
	r := Reply{Lang: v.lang, Title: label, Body: v.say(kindName(name.Kind)), Private: true}
	all := spellings(name)
	shown := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == label })
	lines := []string{strings.Join(shown[:min(len(shown), mostSpellings)], " · ")}
	if more := len(shown) - mostSpellings; more > 0 {
		lines = append(lines, v.more(more))
	}
	if len(shown) > 0 {
		r.Entries = append(r.Entries, Entry{Title: v.say(whoSpellings), Lines: lines})
	}
	refs := factsAbout(base, name.ID)
	if len(refs) == 0 {
		r.Notes = append(r.Notes, v.say(whoNoFacts))
		return r
	}
	r.Entries = append(r.Entries, Entry{Title: v.say(whoFacts), Lines: v.titles(refs, mostListed)})
	r.Menu = v.factMenu(refs)
	return r
}

// factsAbout are the facts about a name that are still offered.
func factsAbout(b *facts.Base, name string) []facts.Ref {
	return factsWhere(b, func(f *facts.Fact) bool { return slices.Contains(f.About, name) })
}

// titles are the titles of facts, at most so many, and how many more there
// are.
func (v *voice) titles(refs []facts.Ref, most int) []string {
	var lines []string
	for _, ref := range refs[:min(len(refs), most)] {
		title, _ := ref.Fact.Title.In(v.lang)
		lines = append(lines, title)
	}
	if more := len(refs) - most; more > 0 {
		lines = append(lines, v.more(more))
	}
	return lines
}
