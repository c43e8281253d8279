package localdiscord

import "time"

// nonceLife is how long an enforced nonce dedupes: "a few minutes".
const nonceLife = 3 * time.Minute

func createMessage(s *Server, c *call) (reply, *apiError) {
	channel, err := s.reachable(c.PathValue("channel_id"))
	if err != nil {
		return reply{}, err
	}
	if s.takesNone(channel) {
		return refuse(codeCannotSendToUser)
	}
	if m := s.sentWith(channel, c.body); m != nil {
		return ok(s.messageJSON(m))
	}
	m := &message{channel: channel, author: s.bot, nonce: field(c.body, "nonce"), enforced: boolean(c.body, "enforce_nonce")}
	m.take(c.body)
	if problems := s.answerTo(m, obj(c.body, "message_reference")); problems != nil {
		return reply{}, invalidForm(problems)
	}
	return ok(s.messageJSON(s.post(m)))
}

// takesNone reports whether a channel is of direct messages that the member
// does not take. It can be opened all the same.
func (s *Server) takesNone(c Channel) bool {
	if c.Type != ChannelDM {
		return false
	}
	m := s.memberByID(c.recipients[0].ID)
	return m != nil && m.closed
}

// take fills a new message with a body.
func (m *message) take(body any) {
	m.apply(body)
	m.allowed = clone(field(body, "allowed_mentions"))
}

// sentWith is the message that was sent before with an enforced nonce.
func (s *Server) sentWith(channel Channel, body any) *message {
	if !boolean(body, "enforce_nonce") || !has(body, "nonce") {
		return nil
	}
	for _, m := range s.messages {
		if m.channel.ID == channel.ID && m.enforced && m.nonce == field(body, "nonce") && s.opts.Now().Sub(m.sent) < nonceLife {
			return m
		}
	}
	return nil
}

// answerTo makes a message a reply.
func (s *Server) answerTo(m *message, reference object) []problem {
	if reference == nil {
		return nil
	}
	m.reply = s.messageByID(str(reference, "message_id"))
	if m.reply == nil || m.reply.channel.ID != m.channel.ID || m.reply.reader != nil {
		m.reply = nil
		if v, ok := reference["fail_if_not_exists"].(bool); ok && !v {
			return nil
		}
		return []problem{{"message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"}}
	}
	m.kind = typeReply
	return nil
}

// named finds the message of a call in its channel.
func (s *Server) named(c *call) (*message, *apiError) {
	channel, err := s.reachable(c.PathValue("channel_id"))
	if err != nil {
		return nil, err
	}
	m := s.messageByID(c.PathValue("message_id"))
	if m == nil || m.channel.ID != channel.ID || m.reader != nil {
		return nil, failure(codeUnknownMessage)
	}
	return m, nil
}

func getMessage(s *Server, c *call) (reply, *apiError) {
	m, err := s.named(c)
	if err != nil {
		return reply{}, err
	}
	o := s.messageJSON(m)
	if !s.showsContent(m) {
		hideContent(o)
	}
	return ok(o)
}

func editMessage(s *Server, c *call) (reply, *apiError) {
	m, err := s.named(c)
	switch {
	case err != nil:
		return reply{}, err
	case m.author.ID != s.bot.ID:
		return refuse(codeNotAuthor)
	}
	if err := s.change(m, c.body); err != nil {
		return reply{}, err
	}
	return ok(s.messageJSON(m))
}

func deleteMessage(s *Server, c *call) (reply, *apiError) {
	m, err := s.named(c)
	switch {
	case err != nil:
		return reply{}, err
	case m.author.ID != s.bot.ID:
		return refuse(codeMissingPermissions)
	}
	s.remove(m)
	return noContent()
}
