package commands

import (
	"context"
	"strings"

	"summitbot/facts"
)

// factCommand shows one fact by its title.
func factCommand() Command {
	return Command{
		Name:    "fact",
		Options: []Option{{Name: "fact", Required: true, Suggests: true, Longest: facts.MaxAsk}},
		Run:     runFact,
		Suggest: suggestFacts,
	}
}

// suggestFacts offers facts by titles, phrasings and the names that they are
// about.
func suggestFacts(env *Env, call Call, option string) []Suggestion {
	snapshot, lang := env.snapshot(), voiceIn(baseLanguage(call.Lang)).lang
	s := factShelf(snapshot, lang, true)
	addByNames(s, snapshot, lang)
	return s.find(cut(call.Options[option], maxTyped))
}

// addByNames puts every fact on the shelf under the names that it is about.
func addByNames(s *shelf, snapshot *facts.Snapshot, lang string) {
	eachFact(snapshot, func(ref facts.Ref) {
		title, _ := ref.Fact.Title.In(lang)
		for _, id := range ref.Fact.About {
			if name, ok := ref.Base.Name(id); ok {
				label, _ := name.Label.In(lang)
				s.put(label+" · "+title, pickedMark+ref.ID())
			}
		}
	})
}

// runFact shows the picked fact, or the one whose title comes nearest to what
// was typed instead.
func runFact(_ context.Context, env *Env, call Call) Reply {
	snapshot, v := env.snapshot(), voiceIn(baseLanguage(call.Lang))
	typed := call.Options["fact"]
	ref, ok := picked(snapshot, typed)
	switch {
	case ok:
	case strings.HasPrefix(typed, pickedMark):
		return notice(call.Lang, factGone, factGoneHint)
	case strings.TrimSpace(typed) == "":
		return notice(call.Lang, pickFromList)
	default:
		found := factShelf(snapshot, v.lang, true).find(cut(typed, maxTyped))
		if len(found) == 0 || hasValue(found[:1], "") {
			return Reply{Lang: v.lang, Headline: v.say(factUnknown, cut(typed, longestSuggestion)), Body: v.say(pickFromList), Private: true}
		}
		ref, _ = picked(snapshot, found[0].Value)
	}
	return WithButtons(snapshot, Show(snapshot, ref, v.lang))
}

// pressFact shows a fact to the one who pressed its button.
func pressFact(_ context.Context, env *Env, call Call, a Action, _ string) Reply {
	return showPrivately(env, call, a.factID())
}

// chooseFact shows the fact that was chosen in a menu.
func chooseFact(_ context.Context, env *Env, call Call, _ Action, input string) Reply {
	return showPrivately(env, call, input)
}

func showPrivately(env *Env, call Call, id string) Reply {
	snapshot := env.snapshot()
	ref, ok := snapshot.Lookup(id)
	if !ok || ref.Fact == nil {
		return notice(call.Lang, factGone, factGoneHint)
	}
	r := WithButtons(snapshot, Show(snapshot, ref, voiceIn(baseLanguage(call.Lang)).lang))
	r.Private = true
	return r
}

// pressPick answers a question whose near ties were offered. Pressed by the
// asker, the answer takes the place of the choice.
func pressPick(_ context.Context, env *Env, call Call, a Action, _ string) Reply {
	r := showPrivately(env, call, a.factID())
	if call.Own && r.Outcome == facts.Answer {
		r.Private, r.Replaces = false, true
	}
	return r
}
