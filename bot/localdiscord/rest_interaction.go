package localdiscord

import (
	"net/http"
	"slices"
)

// maxForeignFollowups is how many followups a user-installed application may
// send in a guild that it is not installed in.
const maxForeignFollowups = 5

func callback(s *Server, c *call) (reply, *apiError) {
	i := s.called(c)
	if i == nil || i.late() && i.first == nil {
		return refuse(codeUnknownInteraction)
	}
	if err := s.respond(i, c.body); err != nil {
		return reply{}, err
	}
	if c.URL.Query().Get("with_response") == "true" {
		return reply{http.StatusOK, i.callbackJSON()}, nil
	}
	return noContent()
}

// called is the interaction that a callback is about, or nil.
func (s *Server) called(c *call) *Interaction {
	i := s.interactions[c.PathValue("interaction_id")]
	if i == nil || i.Token != c.PathValue("interaction_token") {
		return nil
	}
	return i
}

// respond takes the first response to an interaction, however it came.
func (s *Server) respond(i *Interaction, body any) *apiError {
	if i.first != nil {
		return failure(codeAcknowledged)
	}
	data := obj(body, "data")
	kind := number(body, "type")
	switch kind {
	case ResponseMessage, ResponseDeferred:
		m := i.newMessage(data)
		if kind == ResponseDeferred {
			m.flags |= FlagLoading
		}
		i.original = s.post(m)
	case ResponseDeferredUpdate:
		i.original, i.before = i.source, i.source.edits
	case ResponseUpdate:
		if err := s.change(i.source, data); err != nil {
			return err
		}
		i.original = i.source
	}
	decoded, _ := clone(data).(object)
	i.first = &Response{Type: kind, Data: decoded, Raw: encode(body), After: s.opts.Now().Sub(i.received)}
	s.notify()
	return nil
}

// newMessage is a message in response to an interaction.
func (i *Interaction) newMessage(body any) *message {
	m := &message{channel: i.channel, author: i.srv.bot, interaction: i}
	m.take(body)
	switch {
	case i.Type != InteractionCommand:
	case number(i.data, "type") == CommandChat:
		m.kind = typeChatCommand
	default:
		m.kind = typeContextMenu
	}
	if number(body, "flags")&FlagEphemeral != 0 {
		m.flags |= FlagEphemeral
		m.reader = i.member
	}
	return m
}

// callbackJSON is the answer to a callback with with_response.
func (i *Interaction) callbackJSON() object {
	interaction := object{"id": i.ID, "type": i.Type}
	o := object{"interaction": interaction}
	if i.original == nil {
		return o
	}
	interaction["response_message_id"] = i.original.id
	interaction["response_message_loading"] = i.original.flags&FlagLoading != 0
	interaction["response_message_ephemeral"] = i.original.flags&FlagEphemeral != 0
	if kind := i.first.Type; kind == ResponseMessage || kind == ResponseUpdate {
		o["resource"] = object{"type": kind, "message": i.srv.messageJSON(i.original)}
	}
	return o
}

// owner is the interaction whose token a call to its webhook carries.
func (s *Server) owner(c *call) (*Interaction, *apiError) {
	i := s.byToken[c.PathValue("webhook_token")]
	switch {
	case i == nil || c.PathValue("webhook_id") != s.opts.ApplicationID:
		return nil, failure(codeUnknownWebhook)
	case i.expired():
		return nil, failure(codeInvalidToken)
	case i.first == nil: // the webhook comes to be with the first response
		return nil, failure(codeUnknownWebhook)
	}
	return i, nil
}

// response is the message that a call to an interaction's webhook is about.
func (s *Server) response(c *call) (*message, *apiError) {
	i, err := s.owner(c)
	if err != nil {
		return nil, err
	}
	id := c.PathValue("message_id")
	for _, m := range append(slices.Clone(i.followups), i.original) {
		if m != nil && !m.deleted && (m.id == id || id == "" && m == i.original) {
			return m, nil
		}
	}
	return nil, failure(codeUnknownMessage)
}

func getResponse(s *Server, c *call) (reply, *apiError) {
	m, err := s.response(c)
	if err != nil {
		return reply{}, err
	}
	return ok(s.messageJSON(m))
}

func editResponse(s *Server, c *call) (reply, *apiError) {
	m, err := s.response(c)
	if err != nil {
		return reply{}, err
	}
	if err := s.change(m, c.body); err != nil {
		return reply{}, err
	}
	return ok(s.messageJSON(m))
}

func deleteResponse(s *Server, c *call) (reply, *apiError) {
	m, err := s.response(c)
	if err != nil {
		return reply{}, err
	}
	s.remove(m)
	return noContent()
}

func createFollowup(s *Server, c *call) (reply, *apiError) {
	i, err := s.owner(c)
	if err != nil {
		return reply{}, err
	}
	if m := i.original; m != nil && m.flags&FlagLoading != 0 && !m.deleted {
		return s.fillLoading(m, c)
	}
	if i.foreign() && len(i.followups) >= maxForeignFollowups {
		return refuse(codeMaxFollowups)
	}
	m := i.newMessage(c.body)
	m.kind = typeDefault
	i.followups = append(i.followups, s.post(m))
	s.notify()
	return ok(s.messageJSON(m))
}

// fillLoading is what Discord makes of a followup to a deferred response: an
// edit of the loading message.
func (s *Server) fillLoading(m *message, c *call) (reply, *apiError) {
	if err := s.change(m, c.body); err != nil {
		return reply{}, err
	}
	return ok(s.messageJSON(m))
}

// foreign reports whether the bot is here through the member's installation
// alone.
func (i *Interaction) foreign() bool {
	return i.channel.GuildID != "" && i.channel.GuildID != i.srv.guild.id
}
