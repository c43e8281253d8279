package commands

import (
	"context"
	"strings"
)

// pressYes keeps that an answer was helpful.
func pressYes(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	r, _ := vote(ctx, env, call, a, true, "")
	return r
}

// pressNo keeps that an answer was not right, and asks why: the vote counts
// even if the form is closed.
func pressNo(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	if r, kept := vote(ctx, env, call, a, false, ""); !kept {
		return r
	}
	if hasLetters(call.Text) {
		env.Learner.Missed(Miss{Text: cut(call.Text, MaxPassed), Lang: replyLanguage(call.Text, call.Lang), Why: WhyWrong, Near: []string{a.factID()}})
	}
	v := voiceIn(baseLanguage(call.Lang))
	return Reply{Lang: v.lang, Form: &Form{
		Title: v.say(whyTitle), Does: Action{"why", a.Args},
		Inputs: []Input{{Name: TextInput, Label: v.say(whyLabel), Hint: v.say(whyHint), Longest: MaxReason}},
	}}
}

// submitWhy keeps the reason with the vote.
func submitWhy(ctx context.Context, env *Env, call Call, a Action, input string) Reply {
	r, _ := vote(ctx, env, call, a, false, cut(strings.TrimSpace(input), MaxReason))
	return r
}

// vote keeps a vote, and reports whether it could.
func vote(ctx context.Context, env *Env, call Call, a Action, right bool, reason string) (r Reply, kept bool) {
	if ref, ok := env.snapshot().Lookup(a.factID()); !ok || ref.Fact == nil {
		return notice(call.Lang, factGone, factGoneHint), false
	}
	err := env.Store.Vote(ctx, Vote{User: call.User, Fact: a.factID(), Revision: a.Args[2], Right: right, Reason: reason, At: env.now()})
	if err != nil {
		return failure(call.Lang, err), false
	}
	if right {
		return notice(call.Lang, thanksRight), true
	}
	return notice(call.Lang, thanksWrong), true
}

// TextInput is the name of the input of a form that has one.
const TextInput = "text"

// pressPass lets the one who pressed look the question over before it is
// passed on. The question is the one that the message repeats.
func pressPass(_ context.Context, _ *Env, call Call, _ Action, _ string) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	return Reply{Lang: v.lang, Form: &Form{
		Title: v.say(passOnTitle), Does: Action{Verb: "passed"},
		Inputs: []Input{{Name: TextInput, Label: v.say(passOnLabel), Hint: v.say(passedOnHint), Text: cut(call.Text, MaxPassed), Required: true, Longest: MaxPassed}},
	}}
}

// MaxPassed is how many characters of a question are passed on, as many as a
// phrasing may have.
const MaxPassed = 400

// submitPass passes a question on.
func submitPass(ctx context.Context, env *Env, call Call, _ Action, input string) Reply {
	question := strings.TrimSpace(input)
	if !hasLetters(question) {
		return notice(call.Lang, emptyQuestion)
	}
	group, err := env.Learner.Pass(ctx, Miss{Text: cut(question, MaxPassed), Lang: replyLanguage(question, call.Lang), Why: WhyPassed, Counted: true})
	if err != nil {
		return failure(call.Lang, err)
	}
	r := notice(call.Lang, passedOn, passedOnHint)
	r.Buttons = [][]Button{{{Label: Say(r.Lang, tellButton), Emoji: "🔔", Does: Action{"wait", []string{number64(group)}}}}}
	return r
}
