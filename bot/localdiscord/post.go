package localdiscord

import (
	"slices"
	"strings"
)

// post adds a message and tells the bot's sessions.
func (s *Server) post(m *message) *message {
	m.id, m.sent = s.ids.next(), s.opts.Now()
	s.messages = keepLast(append(s.messages, m), maxLog)
	s.dispatchMessage("MESSAGE_CREATE", m)
	s.notify()
	return m
}

// change edits a message by the fields of body that are there.
func (s *Server) change(m *message, body any) *apiError {
	next := *m
	next.apply(body)
	if next.empty() {
		return failure(codeEmptyMessage)
	}
	next.edits++
	next.edited = s.opts.Now()
	next.flags &^= FlagLoading
	*m = next
	s.dispatchMessage("MESSAGE_UPDATE", m)
	s.notify()
	return nil
}

// remove deletes a message.
func (s *Server) remove(m *message) {
	m.deleted = true
	if m.reader == nil {
		s.dispatch(event{
			name: "MESSAGE_DELETE", guild: m.channel.GuildID, channel: &m.channel, intents: messageIntent(m.channel),
			data: merge(object{"id": m.id, "channel_id": m.channel.ID}, guildID(m.channel.GuildID)),
		})
	}
	s.notify()
}

// apply takes over the fields that are there. What a message is, ephemeral or
// made of components v2, it stays.
func (m *message) apply(body any) {
	o, _ := clone(body).(object)
	if content, ok := o["content"]; ok {
		m.content, _ = content.(string)
		m.content = strings.TrimSpace(m.content)
		m.allowed = o["allowed_mentions"]
	}
	if _, ok := o["embeds"]; ok {
		m.embeds = finishEmbeds(list(o, "embeds"))
	}
	if _, ok := o["components"]; ok {
		m.components = finishComponents(list(o, "components"))
		m.allowed = o["allowed_mentions"]
	}
	if _, ok := o["attachments"]; ok {
		m.files = nil
		for _, a := range list(o, "attachments") {
			m.files = append(m.files, str(a, "id"))
		}
	}
	const settable = FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2
	if has(o, "flags") {
		m.flags = m.flags&^FlagSuppressEmbeds | number(o, "flags")&settable
	}
}

// empty reports whether nothing of it can be seen.
func (m *message) empty() bool {
	return m.content == "" && len(m.embeds) == 0 && len(m.components) == 0 && len(m.files) == 0
}

func (s *Server) messageByID(id string) *message {
	for _, m := range slices.Backward(s.messages) {
		if m.id == id && !m.deleted {
			return m
		}
	}
	return nil
}
