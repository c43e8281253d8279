package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"summitbot/bot/render"
	"summitbot/commands"
	"summitbot/facts"
)

// Intents are what the bot asks the gateway for; none is privileged.
const Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

// A messageEvent is a message that somebody wrote, as far as the bot looks at
// it.
type messageEvent struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id"`
	WebhookID string `json:"webhook_id"`
	Type      int    `json:"type"`
	Content   string `json:"content"`
	Author    struct {
		ID  string `json:"id"`
		Bot bool   `json:"bot"`
	} `json:"author"`
	Mentions []User `json:"mentions"`
}

// Types of messages that people write.
const (
	typeDefault = 0
	typeReply   = 19
)

// HandleEvent takes an event from the gateway.
func (b *Bot) HandleEvent(_ context.Context, event string, data json.RawMessage) {
	b.handlers.begin()
	defer b.handlers.end()
	received := b.config.Now()
	switch event {
	case "INTERACTION_CREATE":
		b.handleInteraction(data, received)
	case "MESSAGE_CREATE":
		if b.mayConcern(data) {
			b.handleMessage(data, received)
		}
	}
}

// handleInteraction answers an interaction over the callback endpoint.
func (b *Bot) handleInteraction(data []byte, received time.Time) {
	in, err := decodeInteraction(data)
	if err != nil {
		b.log.Warn("an event was no interaction that this version knows")
		return
	}
	b.Answer(in, received, func(answer Response, _ bool) { b.callback(in, answer) })
}

// callback gives the first answer to an interaction, and records the facts
// that it shows.
func (b *Bot) callback(in *Interaction, answer Response) {
	if answer.shown == nil {
		b.say("an answer did not arrive", b.client.Callback(b.lifetime, in.ID, in.Token, answer))
		return
	}
	id, err := b.client.CallbackMessage(b.lifetime, in.ID, in.Token, answer)
	b.say("an answer did not arrive", err)
	if err == nil {
		b.posted(in, answer, id)
	}
}

// inGuild is what the JSON of a message in a server has.
var inGuild = []byte(`"guild_id":`)

// mayConcern tells without decoding whether a message may be for the bot: in a
// server, only one that has the bot's id in it somewhere is.
func (b *Bot) mayConcern(data []byte) bool {
	return bytes.Contains(data, []byte(b.userID)) || !bytes.Contains(data, inGuild)
}

// handleMessage replies to a message that mentions the bot, replies to it or
// is written to it alone.
func (b *Bot) handleMessage(data []byte, received time.Time) {
	var m messageEvent
	if json.Unmarshal(data, &m) != nil || !b.isFor(&m) || !b.isNew(m.ID) {
		return
	}
	v := b.limits.allow(m.Author.ID, m.ChannelID, replyLang(m.Content), b.config.Now())
	if !v.ok {
		b.refused("limit")
		if !v.told {
			b.tell(&m, v.text)
		}
		return
	}
	if b.pool.do(func() { b.reply(&m, received) }) != nil {
		b.refused("busy")
		b.tell(&m, commands.Say(replyLang(m.Content), commands.Busy))
	}
}

// replyLang is the language of notices about a message, whose author's
// language is not known.
func replyLang(text string) string { return commands.LanguageOf(text, "") }

// isFor reports whether somebody wrote a message to the bot.
func (b *Bot) isFor(m *messageEvent) bool {
	if m.ID == "" || m.ChannelID == "" { // nothing can be replied to
		return false
	}
	if m.Author.Bot || m.WebhookID != "" || m.Author.ID == "" || m.Author.ID == b.userID || m.Type != typeDefault && m.Type != typeReply {
		return false
	}
	if m.GuildID == "" {
		return true
	}
	for _, u := range m.Mentions {
		if u.ID == b.userID {
			return true
		}
	}
	return false
}

// reply answers a message by replying to it.
func (b *Bot) reply(m *messageEvent, received time.Time) {
	out, shown := b.guardedReply(m)
	if id := b.send(m, out); id != "" {
		b.record(shownMessage{shown: shown, guild: m.GuildID, channel: m.ChannelID, message: id})
	}
	if b.config.Metrics.Answered != nil {
		b.config.Metrics.Answered("message", b.config.Now().Sub(received))
	}
}

func (b *Bot) guardedReply(m *messageEvent) (out render.Message, shown []commands.Posting) {
	defer func() {
		if cause := recover(); cause != nil {
			out, _ = b.apology(replyLang(m.Content), cause).Data.(render.Message)
			shown = nil
		}
	}()
	question := b.withoutMention(m.Content)
	if strings.TrimSpace(question) == "" {
		return b.message(commands.Introduce(b.env, replyLang(question))), nil
	}
	r := commands.AskIn(b.env, commands.Call{Text: question, User: m.Author.ID})
	if r.Outcome != facts.Decline {
		r.Asked = "" // it stands right above
	}
	b.count(r)
	return b.message(r), b.shownBy(r)
}

// withoutMention drops the bot's mention from a text.
func (b *Bot) withoutMention(text string) string {
	return strings.NewReplacer("<@"+b.userID+">", " ", "<@!"+b.userID+">", " ").Replace(text)
}

// An outgoing message replies to another and is taken once, however often it
// is sent.
type outgoing struct {
	render.Message
	Reference    messageReference `json:"message_reference"`
	Nonce        string           `json:"nonce"` // at most 25 characters: an id has 20
	EnforceNonce bool             `json:"enforce_nonce"`
}

type messageReference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id,omitempty"`
	FailIfNot bool   `json:"fail_if_not_exists"` // the message may be deleted by then
}

// sendWithin bounds how long a reply may take to arrive.
const sendWithin = 30 * time.Second

// send replies to a message, and returns the id of the reply; "" when it did
// not arrive.
func (b *Bot) send(m *messageEvent, out render.Message) (messageID string) {
	out.Flags = 0 // a channel's message is for all who read it
	ctx, cancel := context.WithTimeout(b.lifetime, sendWithin)
	defer cancel()
	id, err := b.client.Send(ctx, m.ChannelID, outgoing{
		Message: out, Reference: messageReference{MessageID: m.ID, ChannelID: m.ChannelID, GuildID: m.GuildID},
		Nonce: m.ID, EnforceNonce: true,
	})
	b.say("a reply did not arrive", err)
	return id
}

// tell sends a notice outside the pool, if there is room for one more.
func (b *Bot) tell(m *messageEvent, text string) {
	select {
	case b.notices <- struct{}{}:
	default:
		return
	}
	defer func() { <-b.notices }()
	out, _ := private(text).Data.(render.Message)
	b.send(m, out)
}
