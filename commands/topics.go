package commands

import (
	"context"
	"slices"
	"strconv"

	"summitbot/facts"
)

// mostChoices is how many items a menu takes
// (https://docs.discord.com/developers/components/reference: string select).
const mostChoices = 25

// topicsCommand lists the topics; choosing one lists its facts.
func topicsCommand() Command { return Command{Name: "topics", Run: runTopics} }

func runTopics(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	r := Reply{Lang: v.lang, Title: v.say(topicsTitle), Private: true, Menu: &Menu{Label: v.say(pickTopic), Does: Action{Verb: "topic"}}}
	for _, b := range env.snapshot().Bases() {
		for _, topic := range b.Topics {
			title, _ := topic.Title.In(v.lang)
			n := len(factsOn(b, topic.ID))
			if n == 0 || len(r.Menu.Choices) == mostChoices {
				continue
			}
			count := v.say(topicCount, strconv.Itoa(n))
			r.Entries = append(r.Entries, Entry{Title: title, Lines: []string{count}, Column: true})
			r.Menu.Choices = append(r.Menu.Choices, MenuChoice{Label: title, Note: count, Value: b.ID + "/" + topic.ID})
		}
	}
	if len(r.Menu.Choices) == 0 {
		return notice(call.Lang, topicsEmpty)
	}
	return r
}

// factsOn are the facts on a topic that are still offered.
func factsOn(b *facts.Base, topic string) []facts.Ref {
	return factsWhere(b, func(f *facts.Fact) bool { return slices.Contains(f.Topics, topic) })
}

// factsWhere are the facts of a base that are still offered and wanted.
func factsWhere(b *facts.Base, wanted func(*facts.Fact) bool) []facts.Ref {
	var refs []facts.Ref
	for i := range b.Facts {
		if f := &b.Facts[i]; readable(f) && wanted(f) {
			refs = append(refs, facts.Ref{Base: b, Fact: f})
		}
	}
	return refs
}

// chooseTopic lists the facts on a topic.
func chooseTopic(_ context.Context, env *Env, call Call, _ Action, input string) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	for _, b := range env.snapshot().Bases() {
		for _, topic := range b.Topics {
			if b.ID+"/"+topic.ID != input {
				continue
			}
			title, _ := topic.Title.In(v.lang)
			r := v.listFacts(title, factsOn(b, topic.ID))
			r.Replaces = call.Own
			return r
		}
	}
	return notice(call.Lang, noTopic)
}

// listFacts is a private list of facts with a menu to open one.
func (v *voice) listFacts(title string, refs []facts.Ref) Reply {
	r := Reply{Lang: v.lang, Title: title, Private: true}
	for _, ref := range refs {
		label, _ := ref.Fact.Title.In(v.lang)
		r.Entries = append(r.Entries, Entry{Title: label})
	}
	r.Menu = v.factMenu(refs)
	return r
}

// factMenu is a menu that opens facts; nil for none.
func (v *voice) factMenu(refs []facts.Ref) *Menu {
	if len(refs) == 0 {
		return nil
	}
	m := &Menu{Label: v.say(pickFact), Does: Action{Verb: "choose"}}
	for _, ref := range refs[:min(len(refs), mostChoices)] {
		title, _ := ref.Fact.Title.In(v.lang)
		m.Choices = append(m.Choices, MenuChoice{Label: title, Value: ref.ID()})
	}
	return m
}
