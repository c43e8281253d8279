package discord

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"summitbot/bot/render"
	"summitbot/commands"
	"summitbot/facts"
)

// suggestBy is when suggestions must be there: they cannot be deferred, and
// none are better than late ones.
const suggestBy = 2300 * time.Millisecond

// A sender sends an answer. Early ones are sent by another goroutine while the
// work goes on.
type sender func(r Response, early bool)

// Answer answers an interaction: with what there is to say or, when that takes
// too long, with a promise that is kept by editing. It returns when all of it
// is done, or false for what has been answered already. The time is when the
// interaction was received.
func (b *Bot) Answer(in *Interaction, received time.Time, send sender) bool {
	if in.Type == typePing {
		send(Response{Type: respondPong}, false)
		return true
	}
	if !b.isNew(in.ID) {
		return false
	}
	if in.Type != typeAutocomplete {
		v := b.limits.allow(in.user().ID, in.ChannelID, in.Locale, b.config.Now())
		if !v.ok {
			b.refused("limit")
			send(private(v.text), false)
			return true
		}
	}
	if r, ok := b.recalled(in, received); ok {
		send(r, false)
		return true
	}
	b.answerInTime(in, received, send)
	return true
}

// A pending answer is claimed once: by the one who has it, or by the promise
// that it will come later.
type pending struct {
	send     sender
	claimed  atomic.Bool
	ready    chan Response
	promised chan struct{} // closed when the promise has been sent
}

func (p *pending) claim() bool { return p.claimed.CompareAndSwap(false, true) }

// answerInTime works the answer out and sends it, or a promise at the time at
// which it is deferred.
func (b *Bot) answerInTime(in *Interaction, received time.Time, send sender) {
	p := &pending{send: send, ready: make(chan Response, 1), promised: make(chan struct{})}
	wait := b.config.DeferAfter
	if in.Type == typeAutocomplete {
		wait = suggestBy
	}
	timer := time.AfterFunc(wait-b.config.Now().Sub(received), func() {
		if p.claim() {
			defer close(p.promised)
			send(b.promise(in), true)
		}
	})
	defer timer.Stop()
	if err := b.pool.do(func() { b.workOut(in, received, p) }); err != nil {
		b.refused("busy")
		b.settle(in, received, p, busy(in))
	}
	select {
	case r := <-p.ready:
		send(r, false)
	case <-p.promised:
	}
}

// busy says that there is too much to do.
func busy(in *Interaction) Response {
	if in.Type == typeAutocomplete {
		return noSuggestions()
	}
	return private(commands.Say(in.Locale, commands.Busy))
}

func (b *Bot) workOut(in *Interaction, received time.Time, p *pending) {
	r := b.guarded(in)
	b.measure(in, received)
	b.settle(in, received, p, r)
}

// settle has the answer sent or, when it was deferred, edits it into the
// promise.
func (b *Bot) settle(in *Interaction, received time.Time, p *pending, r Response) {
	inTime := p.claim()
	switch {
	case inTime && len(r.files) == 0:
		p.ready <- r
	case inTime:
		promised := promiseOf(r)
		p.send(promised, true)
		close(p.promised)
		b.keep(in, received, promised, r)
	case in.Type != typeAutocomplete:
		b.keep(in, received, b.promise(in), r)
	}
}

// promise tells Discord that the answer comes later. Whether only one person
// sees it, and whether it changes a message, is final with the promise: so
// what may be private is, and what may change the message does.
func (b *Bot) promise(in *Interaction) Response {
	switch {
	case in.Type == typeAutocomplete:
		return noSuggestions()
	case in.isBelow() && b.does.replaces(in.Data.CustomID):
		return Response{Type: respondDeferredUpdate}
	case in.Type == typeComponent:
		return Response{Type: respondDeferred, Data: flags{render.FlagEphemeral}}
	}
	if in.Type == typeCommand && in.Data.Name == commands.AskName && !asksPrivately(in) {
		return Response{Type: respondDeferred}
	}
	return Response{Type: respondDeferred, Data: flags{render.FlagEphemeral}}
}

// flags are the only data that a promise may have.
type flags struct {
	Flags int `json:"flags"`
}

// promiseOf is the promise of a response that is there.
func promiseOf(r Response) Response {
	m, _ := r.Data.(messageWithFiles)
	switch {
	case r.Type == respondUpdate:
		return Response{Type: respondDeferredUpdate}
	case m.Flags == render.FlagEphemeral:
		return Response{Type: respondDeferred, Data: flags{render.FlagEphemeral}}
	}
	return Response{Type: respondDeferred}
}

// keep keeps a promise.
func (b *Bot) keep(in *Interaction, received time.Time, promised, r Response) {
	ctx, cancel := context.WithTimeout(b.lifetime, TokenLifetime-b.config.Now().Sub(received))
	defer cancel()
	if r.Type == respondModal { // a promise cannot become a form
		r = busy(in)
	}
	id, err := b.fulfil(ctx, in.Token, promised, r)
	if len(r.files) > 0 && isTooLarge(err) {
		b.log.Warn("files were too large for Discord", "error", err.Error())
		_, err = b.fulfil(ctx, in.Token, promised, tooLarge(in.Locale))
	}
	b.say("a deferred answer did not arrive", err)
	if promised.Data == nil && id != "" { // all who read the channel see it
		b.posted(in, r, id)
	}
}

// fulfil sends what was promised, and returns the id of the message that it
// changed. What does not take the place of a message, as it was thought to, is
// a message of its own.
func (b *Bot) fulfil(ctx context.Context, token string, promised, r Response) (messageID string, err error) {
	body := withFiles(r.Data, r.files)
	if promised.Type == respondDeferredUpdate && r.Type != respondUpdate {
		return "", b.client.Followup(ctx, token, body)
	}
	return b.client.editOriginal(ctx, token, body)
}

func asksPrivately(in *Interaction) bool { return options(in)[commands.PrivateOption] == "true" }

// measure tells how long an answer took.
func (b *Bot) measure(in *Interaction, received time.Time) {
	if b.config.Metrics.Answered != nil {
		b.config.Metrics.Answered(kindOf(in), b.config.Now().Sub(received))
	}
}

func kindOf(in *Interaction) string {
	switch in.Type {
	case typeCommand:
		return "command"
	case typeComponent:
		return "component"
	case typeAutocomplete:
		return "autocomplete"
	case typeModal:
		return "modal"
	}
	return "unknown"
}

// guarded makes the answer. A panic answers this one interaction with an
// apology and a number, under which the log has the cause.
func (b *Bot) guarded(in *Interaction) (r Response) {
	defer func() {
		if cause := recover(); cause != nil {
			r = b.apology(in.Locale, cause)
		}
	}()
	return b.respond(in)
}

// apology logs a panic and says sorry.
func (b *Bot) apology(lang string, cause any) Response {
	if b.config.Metrics.Panicked != nil {
		b.config.Metrics.Panicked()
	}
	number := reference()
	b.log.Error("a panic was caught; the member was given the reference", "reference", number, "panic", kindOfPanic(cause), "stack", string(debug.Stack()))
	return private(commands.Say(lang, commands.Broken, number))
}

// kindOfPanic names a panic without its text, which may quote a member.
func kindOfPanic(cause any) string {
	if err, ok := cause.(interface{ RuntimeError() }); ok {
		return fmt.Sprint(err)
	}
	return fmt.Sprintf("%T", cause)
}

// reference is a short number that a member can read out.
func reference() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	return strings.ToUpper(hex.EncodeToString(b[:]))
}

// respond does what the interaction asks for.
func (b *Bot) respond(in *Interaction) Response {
	ctx := b.lifetime
	call := commands.Call{Lang: in.Locale, User: in.user().ID, Roles: in.roles(), Guild: in.GuildID, Channel: in.ChannelID, Options: options(in), Own: in.own()}
	switch in.Type {
	case typeAutocomplete:
		return b.suggest(in, call)
	case typeCommand:
		name, _ := in.called()
		command, ok := b.does.find(name)
		if !ok {
			b.log.Warn("an unknown command was called; register the commands anew", "command", clipName(name))
			return private(commands.Say(in.Locale, commands.NotHere))
		}
		call.Text = targetText(in)
		snapshot := b.env.Facts()
		reply := command.Run(ctx, b.env, call)
		if in.recallable && reply.Decision.Outcome != "" {
			if t, ok := b.recall.learn(snapshot, in.recallKey, reply, b.shownBy(reply)); ok {
				b.count(reply)
				return t.response(reply.Asked)
			}
		}
		return b.response(in, reply)
	case typeComponent:
		call.Text = b.repeatedQuestion(in)
		chosen := ""
		if len(in.Data.Values) > 0 {
			chosen = in.Data.Values[0]
		}
		return b.response(in, b.does.press(ctx, b.env, call, in.Data.CustomID, chosen))
	case typeModal:
		call.Fields = map[string]string{}
		fill(call.Fields, in.Data.Components, 0)
		return b.response(in, b.does.press(ctx, b.env, call, in.Data.CustomID, call.Fields[commands.TextInput]))
	}
	b.log.Warn("an interaction of an unknown type came", "type", in.Type)
	return private(commands.Say(in.Locale, commands.NotHere))
}

// clipName shortens what should be the name of a command.
func clipName(name string) string {
	const longest = 32
	return string([]rune(render.OneLine(name))[:min(len([]rune(render.OneLine(name))), longest)])
}

// options are what was filled in, by name.
func options(in *Interaction) map[string]string {
	_, list := in.called()
	filled := make(map[string]string, len(list))
	for _, o := range list {
		filled[o.Name] = o.text()
	}
	return filled
}

// targetText is the text of the message that a command was called on, with
// what its embeds say.
func targetText(in *Interaction) string {
	m, ok := in.Data.Resolved.Messages[in.Data.TargetID]
	if !ok {
		return ""
	}
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

// repeatedQuestion is the question to which the message with the button is the
// answer: the one that it repeats, or else that of the message it replies to.
func (b *Bot) repeatedQuestion(in *Interaction) string {
	if in.Message == nil {
		return ""
	}
	for _, e := range in.Message.Embeds {
		if q := render.Asked(e.Author.Name); q != "" {
			return q
		}
	}
	if in.Message.Referenced != nil {
		return strings.TrimSpace(b.withoutMention(in.Message.Referenced.Content))
	}
	return ""
}

// response turns a reply into the answer to an interaction, and counts it.
func (b *Bot) response(in *Interaction, r commands.Reply) Response {
	b.count(r)
	switch {
	case r.Form != nil:
		return Response{Type: respondModal, Data: render.DiscordForm(*r.Form)}
	case !fit(r.Files):
		return tooLarge(in.Locale)
	case r.Replaces && in.isBelow():
		return b.update(in, r)
	case r.Replaces: // there is nothing that it could take the place of
		r.Private = true
	}
	out := Response{Type: respondMessage, Data: b.message(r), files: r.Files, shown: b.shownBy(r)}
	if len(r.Files) > 0 {
		out.Data = messageWithFiles{b.message(r), attachmentsOf(r.Files)}
	}
	return out
}

// update takes the place of a message, its files included. Who sees it, that
// message has settled.
func (b *Bot) update(in *Interaction, r commands.Reply) Response {
	r.Private = in.Message.Flags&render.FlagEphemeral != 0
	m := b.message(r)
	m.Flags = 0
	return Response{Type: respondUpdate, Data: messageWithFiles{m, attachmentsOf(r.Files)}, files: r.Files, shown: b.shownBy(r)}
}

// A messageWithFiles is a message that announces its files.
type messageWithFiles struct {
	render.Message
	Attachments []attachment `json:"attachments"`
}

// tooLarge says privately that files are larger than Discord takes, and how to
// get them.
func tooLarge(lang string) Response {
	return private(commands.Say(lang, commands.FileTooLong, strconv.Itoa(MaxFiles>>20)))
}

// message renders a reply, and says when something did not fit.
func (b *Bot) message(r commands.Reply) render.Message {
	m := render.Discord(r)
	if m.Cut {
		b.log.Warn("a reply was too long for Discord and was cut", "fact", firstFact(r))
	}
	return m
}

func firstFact(r commands.Reply) string {
	if len(r.Facts) == 0 {
		return ""
	}
	return r.Facts[0].ID
}

// count counts questions, and logs what could not be kept.
func (b *Bot) count(r commands.Reply) {
	if r.Err != nil {
		b.log.Error("what a member asked to keep was not kept", "error", r.Err.Error())
	}
	b.countQuestion(string(r.Decision.Outcome), r.Lang)
	if r.Missed != nil {
		b.learn("", r.Missed, r.Missed.Text)
		return
	}
	b.learn(asserted(r), nil, "")
}

// asserted is the first fact that answers a question; empty when none does.
func asserted(r commands.Reply) string {
	if r.Decision.Outcome != facts.Answer || len(r.Decision.Facts) == 0 {
		return ""
	}
	return r.Decision.Facts[0].ID()
}

// learn counts what was asked for, and passes on what was not answered.
func (b *Bot) learn(fact string, missed *commands.Miss, question string) {
	if fact != "" {
		b.tally.add(fact)
	}
	if missed != nil && b.env.Learner != nil {
		m := *missed
		m.Text = question
		b.env.Learner.Missed(m)
	}
}

func (b *Bot) countQuestion(outcome, lang string) {
	if outcome != "" && b.config.Metrics.Question != nil {
		b.config.Metrics.Question(outcome, lang)
	}
}

// suggest completes the option that is being typed.
func (b *Bot) suggest(in *Interaction, call commands.Call) Response {
	name, filled := in.called()
	command, ok := b.does.find(name)
	if !ok || command.Suggest == nil {
		return noSuggestions()
	}
	for _, o := range filled {
		if o.Focused {
			return suggestions(command.Suggest(b.env, call, o.Name))
		}
	}
	return noSuggestions()
}

// A choice is one suggestion as Discord takes it.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type choices struct {
	Choices []choice `json:"choices"`
}

func suggestions(list []commands.Suggestion) Response {
	out := choices{Choices: make([]choice, 0, len(list))}
	for _, s := range list {
		out.Choices = append(out.Choices, choice{render.OneLine(s.Label), s.Value})
	}
	return Response{Type: respondChoices, Data: out}
}

func noSuggestions() Response { return suggestions(nil) }

// private is a sentence for one person alone.
func private(text string) Response {
	return Response{Type: respondMessage, Data: render.Discord(commands.Reply{Headline: text, Private: true, Outcome: facts.Smalltalk})}
}
