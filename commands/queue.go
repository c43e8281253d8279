package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"summitbot/facts"
)

// queueCommand lists what people ask and the base does not hold.
func queueCommand() Command {
	return Command{
		Name:    "queue",
		Options: []Option{{Name: "language", Suggests: true, Longest: 10}, {Name: "newest", Kind: FlagOption}},
		Run:     runQueue,
		Suggest: suggestLanguages,
	}
}

func suggestLanguages(_ *Env, call Call, option string) []Suggestion {
	s := &shelf{}
	for _, lang := range Languages {
		s.put(Say(call.Lang, languageName(lang)), lang)
	}
	return s.find(call.Options[option])
}

// questionsOnPage is how many questions are shown at once.
const questionsOnPage = 5

// Orders of the queue in the id of an action.
const (
	byCount = "most"
	byTime  = "newest"
)

func runQueue(ctx context.Context, env *Env, call Call) Reply {
	lang, order := call.Options["language"], byCount
	if !slices.Contains(Languages, lang) {
		lang = everything
	}
	if call.Options["newest"] == "true" {
		order = byTime
	}
	return queuePage(ctx, env, call, lang, order, 0)
}

// pressQueue turns to another page: 1/queue/ko/most/5.
func pressQueue(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	skip, _ := strconv.Atoi(a.Args[2]) // what is no number is the first page
	r := queuePage(ctx, env, call, a.Args[0], a.Args[1], max(skip, 0))
	r.Replaces = r.Err == nil
	return r
}

func queuePage(ctx context.Context, env *Env, call Call, lang, order string, skip int) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	f := QueueFilter{Lang: lang, Newest: order == byTime, Skip: skip, Most: questionsOnPage}
	if lang == everything {
		f.Lang = ""
	}
	list, all, err := env.Store.Open(ctx, f)
	if err != nil {
		return failure(call.Lang, err)
	}
	if len(list) == 0 {
		return notice(call.Lang, queueEmpty)
	}
	r := Reply{Lang: v.lang, Title: v.say(queueTitle), Headline: v.say(queueCount, itoa(all)), Private: true}
	r.Menu = &Menu{Label: v.say(pickQuestion), Does: Action{Verb: "question"}}
	for _, q := range list {
		r.Entries = append(r.Entries, v.question(env, q))
		r.Menu.Choices = append(r.Menu.Choices, MenuChoice{Label: cut(q.Text, longestSuggestion), Note: v.say(askedTimes, itoa(q.Count)), Value: number64(q.ID)})
	}
	r.Buttons = v.pages(skip, questionsOnPage, all, func(skip int) Action { return Action{"queue", []string{lang, order, itoa(skip)}} })
	return r
}

// question tells how often something is asked and what comes nearest.
func (v *voice) question(env *Env, q Question) Entry {
	e := Entry{Title: q.Text, At: q.Last, Lines: []string{v.say(languageName(q.Lang)) + " · " + v.say(askedTimes, itoa(q.Count))}}
	if q.Wrong > 0 {
		e.Lines = append(e.Lines, v.say(votedDown, itoa(q.Wrong)))
	}
	if q.Waiting > 0 {
		e.Lines = append(e.Lines, v.say(waitingFor, itoa(q.Waiting)))
	}
	if q.Gap != "" {
		e.Lines = append(e.Lines, v.say(declinedBy, v.titleOf(env, q.Gap)))
	}
	for _, id := range q.Near[:min(len(q.Near), 3)] {
		e.Lines = append(e.Lines, "≈ "+v.titleOf(env, id))
	}
	return e
}

// openQuestion finds a question that is still open.
func openQuestion(ctx context.Context, env *Env, call Call, id string) (Question, *Reply) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		r := notice(call.Lang, oldButton, oldButtonHint)
		return Question{}, &r
	}
	q, err := env.Store.Question(ctx, n)
	var r Reply
	switch {
	case errors.Is(err, ErrGone) || err == nil && q.State != StateOpen:
		r = notice(call.Lang, questionClosed)
	case err != nil:
		r = failure(call.Lang, err)
	default:
		return q, nil
	}
	return Question{}, &r
}

// chooseQuestion shows one question with what can be done about it.
func chooseQuestion(ctx context.Context, env *Env, call Call, _ Action, input string) Reply {
	q, refused := openQuestion(ctx, env, call, input)
	if refused != nil {
		return *refused
	}
	v := voiceIn(baseLanguage(call.Lang))
	r := Reply{Lang: v.lang, Title: v.say(queueTitle), Private: true, Replaces: true, Entries: []Entry{v.question(env, q)}}
	texts, err := env.Store.Phrasings(ctx, q.ID, mostFaults)
	if err != nil {
		return failure(call.Lang, err)
	}
	if texts = slices.DeleteFunc(texts, func(s string) bool { return s == q.Text }); len(texts) > 0 {
		r.Entries = append(r.Entries, Entry{Title: v.say(alsoAsked), Lines: texts})
	}
	id := number64(q.ID)
	r.Menu = v.phrasingMenu(env, q)
	r.Buttons = [][]Button{{
		{Label: v.say(answerButton), Emoji: "✏️", Does: Action{"answer", []string{id}}},
		{Label: v.say(dismissButton), Emoji: "🗑️", Does: Action{"dismiss", []string{id}}},
		{Label: v.say(backToQueue), Emoji: "◀️", Does: Action{"queue", []string{everything, byCount, "0"}}},
	}}
	return r
}

// phrasingMenu offers the facts and gaps of which the question may be a
// phrasing: what the engine weighs, best first.
func (v *voice) phrasingMenu(env *Env, q Question) *Menu {
	m := &Menu{Label: v.say(phrasingOf), Does: Action{"phrasing", []string{number64(q.ID)}}}
	d := env.snapshot().Match(facts.Question{Text: q.Text, Lang: q.Lang})
	for _, c := range d.Candidates {
		if len(m.Choices) < mostChoices && len(c.ID()) <= longestSuggestion {
			m.Choices = append(m.Choices, MenuChoice{Label: cut(v.titleOf(env, c.ID()), longestSuggestion), Value: c.ID()})
		}
	}
	if len(m.Choices) == 0 {
		return nil
	}
	return m
}

// choosePhrasing adds the question to the phrasings of a fact or a gap, once
// the curator has seen what that answers.
func choosePhrasing(ctx context.Context, env *Env, call Call, a Action, input string) Reply {
	q, refused := openQuestion(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	ref, ok := env.snapshot().Lookup(input)
	if !ok || env.Library == nil {
		return notice(call.Lang, factGone, factGoneHint)
	}
	d := newDraft(KindEdit, call, ref)
	d.Question = q.ID
	if ref.Gap != nil {
		d.Fact = ref.Gap.ID
	}
	d.More[q.Lang] = []string{q.Text}
	r := d.preview(ctx, env, call)
	r.Replaces = r.Err == nil
	return r
}

// pressDismiss closes a question that needs no answer.
func pressDismiss(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	q, refused := openQuestion(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	if _, err := env.Store.Settle(ctx, q.ID, Settlement{State: StateDismissed, By: call.User, At: env.now()}); err != nil {
		return failure(call.Lang, err)
	}
	r := queuePage(ctx, env, call, everything, byCount, 0)
	r.Replaces = r.Err == nil
	return r
}
