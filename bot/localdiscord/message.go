package localdiscord

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Flags of messages.
// https://discord.com/developers/docs/resources/message#message-object-message-flags
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagComponentsV2          = 1 << 15
)

// Types of messages.
const (
	typeDefault     = 0
	typeReply       = 19
	typeChatCommand = 20
	typeContextMenu = 23
)

// A message is what somebody wrote. It is changed in place.
type message struct {
	id         string
	channel    Channel
	author     User
	kind       int
	content    string
	embeds     []any
	components []any
	files      []string // ids
	flags      int
	allowed    any // allowed_mentions as given, nil when absent
	nonce      any
	enforced   bool // the nonce dedupes
	reply      *message
	sent       time.Time
	edited     time.Time
	edits      int
	deleted    bool

	interaction *Interaction // to which the bot responded with it
	reader      *Member      // who alone sees it, when it is ephemeral
}

// A Message is a message as it was when it was asked for.
type Message struct {
	ID        string
	ChannelID string
	GuildID   string
	Author    User
	Content   string
	Flags     int
	Nonce     string
	ReplyTo   string // id of the message it replies to
	Edits     int    // how often it was changed
	Deleted   bool
	Raw       json.RawMessage // as Discord shows it

	Embeds     []map[string]any
	Components []map[string]any // top level; Component finds nested ones
	Files      []File

	allowed  any
	response bool // to an interaction
	replied  string
}

// Ephemeral reports whether only one member sees it.
func (m Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// Loading reports whether the bot is still "thinking".
func (m Message) Loading() bool { return m.Flags&FlagLoading != 0 }

// Text is all there is to read, a line for each part: the content, then
// embeds and components from top to bottom.
func (m Message) Text() string {
	lines := []string{m.Content}
	for _, e := range m.Embeds {
		lines = append(lines, str(obj(e, "author"), "name"), str(e, "title"), str(e, "description"))
		for _, f := range list(e, "fields") {
			lines = append(lines, str(f, "name"), str(f, "value"))
		}
		lines = append(lines, str(obj(e, "footer"), "text"))
	}
	for _, c := range m.all() {
		lines = append(lines, str(c, "content"), str(c, "label"), str(c, "placeholder"))
		for _, o := range list(c, "options") {
			lines = append(lines, str(o, "label"), str(o, "description"))
		}
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// A Button is a button of a message.
type Button struct {
	Label    string
	CustomID string // "" for links
	URL      string
	Style    int
	Disabled bool
}

// Buttons returns all buttons in reading order.
func (m Message) Buttons() []Button {
	var buttons []Button
	for _, c := range m.all() {
		if number(c, "type") == componentButton {
			buttons = append(buttons, Button{str(c, "label"), str(c, "custom_id"), str(c, "url"), number(c, "style"), boolean(c, "disabled")})
		}
	}
	return buttons
}

// Component returns the component with a custom id, however deep it is, or nil.
func (m Message) Component(customID string) map[string]any {
	for _, c := range m.all() {
		if customID != "" && str(c, "custom_id") == customID {
			return c
		}
	}
	return nil
}

// all returns the components in reading order, nested ones after their parent.
func (m Message) all() []object {
	var all []object
	for _, c := range m.Components {
		all = append(all, nested(c)...)
	}
	return all
}

// nested returns a component and all inside it.
func nested(c object) []object {
	all := []object{c}
	for _, child := range append(list(c, "components"), field(c, "accessory"), field(c, "component")) {
		if o, ok := child.(object); ok {
			all = append(all, nested(o)...)
		}
	}
	return all
}

// view is the message as it is now.
func (s *Server) view(m *message) Message {
	raw := s.messageJSON(m)
	v := Message{
		ID: m.id, ChannelID: m.channel.ID, GuildID: m.channel.GuildID, Author: m.author, Content: m.content,
		Flags: m.flags, Edits: m.edits, Deleted: m.deleted, Raw: encode(raw),
		Files: s.filesOf(m.files), allowed: m.allowed, response: m.interaction != nil,
	}
	v.Nonce, _ = m.nonce.(string)
	if m.reply != nil {
		v.ReplyTo, v.replied = m.reply.id, m.reply.author.ID
	}
	decoded := clone(raw)
	v.Embeds, v.Components = objects(list(decoded, "embeds")), objects(list(decoded, "components"))
	return v
}

// objects keeps the objects of a list.
func objects(all []any) []map[string]any {
	var found []map[string]any
	for _, v := range all {
		if o, ok := v.(object); ok {
			found = append(found, o)
		}
	}
	return found
}

// Messages returns what members see in a channel, oldest first: nothing that
// is deleted, and ephemeral messages although only one of them sees each.
func (s *Server) Messages(c Channel) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.messages {
		if m.channel.ID == c.ID && !m.deleted {
			all = append(all, s.view(m))
		}
	}
	return all
}

// WaitMessage waits for a message by the bot in a channel that is not loading
// and that match accepts; nil accepts any. It returns the first one.
func (s *Server) WaitMessage(ctx context.Context, c Channel, match func(Message) bool) (Message, error) {
	var found Message
	err := s.wait(ctx, func() bool {
		for _, m := range s.messages {
			if m.channel.ID != c.ID || !m.author.Bot || m.deleted {
				continue
			}
			if found = s.view(m); !found.Loading() && (match == nil || match(found)) {
				return true
			}
		}
		return false
	})
	return found, err
}

// Refresh returns a message as it is now.
func (s *Server) Refresh(m Message) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, now := range slices.Backward(s.messages) {
		if now.id == m.ID {
			return s.view(now)
		}
	}
	return m
}
