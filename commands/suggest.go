package commands

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"summitbot/facts"
)

// suggestCommand lets members say what is wrong or missing.
func suggestCommand() Command {
	return Command{Name: "suggest", Options: []Option{factOption(false), {Name: "tell", Kind: FlagOption}}, Run: runSuggest, Suggest: suggestFacts}
}

// Bounds on a suggestion, in characters.
const (
	longestSuggested = 1500
	longestLink      = 400
)

// Inputs of the form of a suggestion, besides its text.
const linkInput = "link"

func runSuggest(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	base, id, tell := everything, everything, "quiet"
	if ref, ok := picked(env.snapshot(), call.Options["fact"]); ok {
		base, id = cutID(ref.ID())
	}
	if call.Options["tell"] == "true" {
		tell = "tell"
	}
	return Reply{Lang: v.lang, Form: &Form{
		Title: v.say(suggestTitle), Does: Action{"hint", []string{base, id, tell}},
		Inputs: []Input{
			{Name: TextInput, Label: v.say(suggestText), Hint: v.say(suggestHint), Required: true, Longest: longestSuggested},
			{Name: linkInput, Label: v.say(suggestLink), Short: true, Longest: longestLink},
		},
	}}
}

// submitSuggestion keeps a suggestion and shows it to the curators.
func submitSuggestion(ctx context.Context, env *Env, call Call, a Action, input string) Reply {
	s := Suggested{Text: strings.TrimSpace(cut(input, longestSuggested)), Link: strings.TrimSpace(call.Fields[linkInput]), Lang: voiceIn(baseLanguage(call.Lang)).lang, Guild: call.Guild, Channel: call.Channel, State: StateOpen, At: env.now()}
	switch {
	case !hasLetters(s.Text):
		return notice(call.Lang, suggestEmpty)
	case s.Link != "" && !isLink(s.Link):
		return notice(call.Lang, suggestBadLink)
	}
	if a.Args[0] != everything {
		s.Fact = a.factID()
	}
	if a.Args[2] == "tell" {
		s.User = call.User
	}
	id, err := env.Store.Suggest(ctx, s)
	if err != nil {
		return failure(call.Lang, err)
	}
	s.ID = id
	r := notice(call.Lang, suggestThanks)
	if s.User != "" {
		r.Body = Say(r.Lang, suggestWillTell)
	}
	if err := env.Messenger.ToCurators(ctx, suggestionCard(env, s)); err != nil && !errors.Is(err, ErrNoChannel) {
		r.Err = err // it is kept all the same
	}
	return r
}

func isLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// suggestionCard is what curators see of a suggestion.
func suggestionCard(env *Env, s Suggested) Reply {
	v := voiceIn(s.Lang)
	r := Reply{Lang: v.lang, Title: v.say(cardTitle, number64(s.ID)), Body: s.Text}
	if s.Fact != "" {
		r.Entries = append(r.Entries, Entry{Title: v.say(cardFact), Lines: []string{v.titleOf(env, s.Fact)}})
	}
	if s.Link != "" {
		r.Entries = append(r.Entries, Entry{Title: v.say(suggestLink), Links: []Link{{cut(s.Link, longestSuggestion), s.Link}}})
	}
	id := number64(s.ID)
	r.Buttons = [][]Button{{
		{Label: v.say(acceptButton), Emoji: "✅", Does: Action{"accept", []string{id}}},
		{Label: v.say(rejectButton), Emoji: "❌", Does: Action{"reject", []string{id}}},
	}}
	return r
}

// openSuggestion finds a suggestion that nobody has decided on.
func openSuggestion(ctx context.Context, env *Env, call Call, id string) (Suggested, *Reply) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		r := notice(call.Lang, oldButton, oldButtonHint)
		return Suggested{}, &r
	}
	s, err := env.Store.Suggestion(ctx, n)
	var r Reply
	switch {
	case errors.Is(err, ErrGone) || err == nil && s.State != StateOpen:
		r = notice(call.Lang, suggestionClosed)
	case err != nil:
		r = failure(call.Lang, err)
	default:
		return s, nil
	}
	return Suggested{}, &r
}

// pressAccept opens the form of the fact that the suggestion is about, or of
// a new one. It is accepted once that is published.
func pressAccept(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	s, refused := openSuggestion(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	snapshot := env.snapshot()
	if env.Library == nil || len(snapshot.Bases()) == 0 {
		return notice(call.Lang, readOnly, readOnlyHint)
	}
	kind, ref := KindAdd, facts.Ref{Base: snapshot.Bases()[0]}
	if found, ok := snapshot.Lookup(s.Fact); ok && found.Fact != nil {
		kind, ref = KindEdit, found
	}
	d := newDraft(kind, call, ref)
	d.Suggestion = s.ID
	if kind == KindAdd {
		d.Answer[d.Lang] = cut(s.Text, facts.MaxAnswer)
	}
	return d.openForm(ctx, env, call, ref.Base, d.Lang)
}

// pressReject asks for the reason.
func pressReject(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	if _, refused := openSuggestion(ctx, env, call, a.Args[0]); refused != nil {
		return *refused
	}
	v := voiceIn(baseLanguage(call.Lang))
	return Reply{Lang: v.lang, Form: &Form{
		Title: v.say(rejectTitle), Does: Action{"rejected", a.Args},
		Inputs: []Input{{Name: TextInput, Label: v.say(rejectReason), Hint: v.say(rejectHint), Longest: MaxReason}},
	}}
}

// submitReject closes the suggestion and tells the one who made it.
func submitReject(ctx context.Context, env *Env, call Call, a Action, input string) Reply {
	s, refused := openSuggestion(ctx, env, call, a.Args[0])
	if refused != nil {
		return *refused
	}
	first, err := env.Store.Decide(ctx, s.ID, StateRejected, cut(strings.TrimSpace(input), MaxReason), call.User)
	if err != nil {
		return failure(call.Lang, err)
	}
	if !first {
		return notice(call.Lang, suggestionClosed)
	}
	r := notice(call.Lang, rejected)
	r.Title, r.Entries = voiceIn(r.Lang).say(cardTitle, number64(s.ID)), []Entry{{Title: cut(s.Text, longestShown), By: call.User, At: env.now()}}
	r.Private, r.Replaces = false, true
	if err := tellSuggester(ctx, env, s.ID); err != nil {
		r.Err = err
	}
	return r
}

// tellSuggester tells the one who made a suggestion what became of it, if they
// wished so and take messages.
func tellSuggester(ctx context.Context, env *Env, id int64) error {
	s, err := env.Store.Suggestion(ctx, id)
	if err != nil || s.User == "" {
		return err
	}
	v := voiceIn(s.Lang)
	r := Reply{Lang: v.lang, Headline: v.say(yourSuggestion), Body: cut(s.Text, longestShown)}
	switch {
	case s.State == StateAccepted:
		r.Entries = []Entry{{Title: v.say(suggestionAccepted)}}
	case s.Reason != "":
		r.Entries = []Entry{{Title: v.say(suggestionRejected), Lines: []string{s.Reason}}}
	default:
		r.Entries = []Entry{{Title: v.say(suggestionRejected)}}
	}
	if err := env.Messenger.ToMember(ctx, s.User, "suggestion-"+number64(id), r); err != nil && !errors.Is(err, ErrClosed) {
		return err
	}
	return nil
}
