package commands

import (
	"context"
	"regexp"
	"slices"

	"summitbot/facts"
)

// checkCommand finds what the facts say about somebody's message. It does not
// judge the message.
func checkCommand() Command { return Command{Name: "check", OnMessage: true, Run: runCheck} }

// mostChecked is how many facts are shown for a message.
const mostChecked = 3

func runCheck(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	if !hasLetters(call.Text) {
		return notice(call.Lang, checkNoText)
	}
	snapshot := env.snapshot()
	refs := aboutText(snapshot, call.Text)
	if len(refs) == 0 {
		return notice(call.Lang, checkNothing)
	}
	d := facts.Decision{Outcome: facts.Answer, Lang: v.lang, Facts: refs}
	r := Compose(snapshot, "", d)
	r.Title, r.Private = v.say(checkFound), true
	r.Notes = append(r.Notes, v.say(checkNote))
	r.Buttons = v.answerButtons(snapshot, refs)
	return r
}

// Bounds on reading a message.
const (
	mostSentences = 12
	sureEnough    = .6 // confidence from which a fact is near enough to be shown
	fewestShared  = 2  // words that the sentence and the fact have in common
	mostlyShared  = .5 // share of the sentence's weight that the fact holds
)

// sentenceEnd is where one sentence of a message ends.
var sentenceEnd = regexp.MustCompile(`[.?!;。？！；…\n]+(\s|$)|[。？！；…]+`)

// aboutText are the facts that the sentences of a message are about, at most
// mostChecked, in the order of the message.
func aboutText(snapshot *facts.Snapshot, text string) []facts.Ref {
	var refs []facts.Ref
	parts := sentenceEnd.Split(cut(text, facts.MaxQuestion), -1)
	for _, part := range parts[:min(len(parts), mostSentences)] {
		ref, ok := aboutSentence(snapshot, part)
		if ok && len(refs) < mostChecked && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	return refs
}

// aboutSentence is the fact that a sentence is about. A sentence asks for
// nothing, so that sharing a word by chance is more likely than in a question.
func aboutSentence(snapshot *facts.Snapshot, text string) (facts.Ref, bool) {
	d := snapshot.Match(facts.Question{Text: text, Explain: true})
	if len(d.Facts) == 0 || d.Why == nil || d.Outcome != facts.Answer && d.Outcome != facts.Choices {
		return facts.Ref{}, false
	}
	near := d.Confidence >= sureEnough && d.Why.Features["matched"] >= fewestShared && d.Why.Features["coverage"] >= mostlyShared
	return d.Facts[0], near
}
