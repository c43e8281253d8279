// Package commands holds what can be asked of the bot, one file per command.
//
// A command takes a Call and returns a Reply, both plain values: it never
// sends anything and knows nothing of terminals or networks.
package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"summitbot/facts"
)

// askCommand answers a question for everybody in the channel to read, or for
// the caller alone.
func askCommand() Command {
	return Command{
		Name: "ask",
		Options: []Option{
			{Name: "question", Required: true, Suggests: true, Longest: facts.MaxQuestion},
			{Name: "private", Kind: FlagOption},
			{Name: "for", Kind: UserOption},
		},
		Run:     runAsk,
		Suggest: suggestQuestions,
	}
}

func runAsk(_ context.Context, env *Env, call Call) Reply {
	call.Text = call.Options["question"]
	r := AskIn(env, call)
	switch {
	case r.Private || r.Outcome == facts.Decline || call.Options["private"] == "true":
		r.Private = true
	default:
		r.For = call.Options["for"]
	}
	return r
}

// AskIn answers a question as it is put in Discord: with buttons, in the
// question's language where that is clear and else in the reader's. A question
// that was picked from the suggestions leads to its fact, and to no other when
// that is gone.
func AskIn(env *Env, call Call) Reply {
	snapshot := env.snapshot()
	if ref, ok := picked(snapshot, call.Text); ok {
		return WithButtons(snapshot, Show(snapshot, ref, voiceIn(baseLanguage(call.Lang)).lang))
	}
	if isPick(call.Text) {
		return notice(call.Lang, factGone, factGoneHint)
	}
	asked := call.Text
	call.Lang = replyLanguage(call.Text, call.Lang)
	r := Ask(snapshot, call)
	r.Asked = asked
	r.Missed = missed(r)
	return WithButtons(snapshot, r)
}

// Ask answers a question from the snapshot.
func Ask(snapshot *facts.Snapshot, call Call) Reply {
	text := strings.ToValidUTF8(call.Text, " ")
	decision := snapshot.Match(facts.Question{Text: text, Lang: baseLanguage(call.Lang), Explain: call.Explain})
	return Compose(snapshot, text, decision)
}

// Show replies with one fact, as when somebody picks it from a list.
func Show(snapshot *facts.Snapshot, fact facts.Ref, lang string) Reply {
	return Compose(snapshot, "", facts.Decision{Outcome: facts.Answer, Confidence: 1, Lang: lang, Facts: []facts.Ref{fact}})
}

// Compose puts a decision about a question into words.
func Compose(snapshot *facts.Snapshot, question string, d facts.Decision) Reply {
	w := voiceIn(d.Lang)
	r := Reply{Outcome: d.Outcome, Lang: d.Lang, Decision: d}
	for _, ref := range d.Facts {
		r.Facts = append(r.Facts, w.fact(ref, d.Lang))
	}
	switch d.Outcome {
	case facts.Answer:
	case facts.Choices:
		r.Headline = w.say(choices)
	case facts.Smalltalk:
		w.talk(&r, snapshot)
	default:
		w.decline(&r, question)
	}
	return r
}

// decline says plainly that the base does not hold the answer, and why if
// that can be told.
func (w *voice) decline(r *Reply, question string) {
	if len(r.Facts) > 0 {
		r.Heading = w.say(near)
	}
	switch gap := r.Decision.Gap; {
	case gap != nil:
		r.Headline, r.Body = w.say(declined), w.gapSays(gap.Gap, r.Lang)
	case !hasLetters(question):
		r.Headline, r.Body = w.say(unreadable), w.say(askInWords)
	case utf8.RuneCountInString(question) > facts.MaxQuestion:
		r.Headline, r.Body = w.say(tooLong), w.say(askShorter, strconv.Itoa(facts.MaxQuestion))
	default:
		r.Headline, r.Body = w.say(declined), w.say(declineHint)
	}
}

// gapSays is the gap's own sentence, or one made from its title.
func (w *voice) gapSays(gap *facts.Gap, lang string) string {
	if says, _ := gap.Says.In(lang); says != "" {
		return says
	}
	title, _ := gap.Title.In(lang)
	return w.say(gapTitle, title)
}

// hasLetters reports whether there is anything to read: a text of spaces,
// signs or emoji alone asks nothing.
func hasLetters(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// talk replies to small talk. It asserts nothing about the subject.
func (w *voice) talk(r *Reply, snapshot *facts.Snapshot) {
	switch talk := r.Decision.Smalltalk; talk {
	case facts.Help, facts.WhoAmI:
		r.Headline = w.say(talkReply(talk))
		r.Body = w.say(aboutBases, w.joined(subjects(snapshot, r.Lang)))
		r.Heading = w.say(tryAsking)
		r.Examples = Examples(snapshot, r.Lang, 2)
	default:
		r.Headline = w.say(talkReply(talk))
	}
}

// joined writes titles in a row.
func (w *voice) joined(titles []string) string { return strings.Join(titles, w.say(joinTitles)) }

// more says how many more there are.
func (w *voice) more(n int) string { return w.say(andMore, strconv.Itoa(n)) }

// subjects are the titles of the bases.
func subjects(snapshot *facts.Snapshot, lang string) []string {
	var titles []string
	for _, b := range snapshot.Bases() {
		if title, _ := b.Title.In(lang); title != "" {
			titles = append(titles, title)
		}
	}
	return titles
}

// Examples returns up to n questions that the snapshot answers: the first
// phrasings in lang of its first facts.
func Examples(snapshot *facts.Snapshot, lang string, n int) []string {
	var examples []string
	for _, b := range snapshot.Bases() {
		for i := range b.Facts {
			if len(examples) == n {
				return examples
			}
			if ask, ok := firstIn(b.Facts[i].Asks, lang); ok {
				examples = append(examples, ask)
			}
		}
	}
	return examples
}

func firstIn(phrases []facts.Phrase, lang string) (string, bool) {
	i := slices.IndexFunc(phrases, func(p facts.Phrase) bool { return p.Lang == lang })
	if i < 0 {
		return "", false
	}
	return phrases[i].Text, true
}

// joinLines joins the texts that are not empty.
func joinLines(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(s string) bool { return s == "" })
	return strings.Join(texts, "\n")
}
