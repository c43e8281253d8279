package localdiscord

import (
	"crypto/rand"
	"encoding/base64"
)

// attachmentSizeLimit is what members without a subscription may upload, in
// bytes.
const attachmentSizeLimit = 10 << 20

// newInteraction makes an interaction and remembers it. Fields about its
// source are set by the caller before it is sent.
func (s *Server) newInteraction(m *Member, c Channel, kind int, data object) *Interaction {
	id := s.ids.next()
	i := &Interaction{
		ID: id, Token: base64.RawURLEncoding.EncodeToString([]byte("interaction:" + id + ":" + rand.Text())), Type: kind,
		srv: s, member: m, channel: c, data: data, received: s.opts.Now(), owners: s.owners(m, c),
	}
	s.remember(i)
	return i
}

// remember keeps an interaction for as long as somebody may ask about it.
func (s *Server) remember(i *Interaction) {
	s.interactions[i.ID], s.byToken[i.Token] = i, i
	if len(s.interactions) <= maxLog {
		return
	}
	for id, old := range s.interactions {
		if old.expired() {
			delete(s.interactions, id)
			delete(s.byToken, old.Token)
		}
	}
}

// owners says through whom the bot is here.
func (s *Server) owners(m *Member, c Channel) object {
	switch context, install := s.place(c); {
	case install == installUser:
		return object{"1": m.ID}
	case context == contextBotDM:
		return object{"0": "0"}
	}
	return object{"0": s.guild.id}
}

// json is the interaction as Discord sends it.
func (i *Interaction) json() object {
	s := i.srv
	context, _ := s.place(i.channel)
	o := object{
		"application_id": s.opts.ApplicationID, "id": i.ID, "token": i.Token, "version": 1, "type": i.Type, "data": i.data,
		"channel": s.partialChannel(i.channel), "channel_id": i.channel.ID, "locale": i.member.Locale,
		"app_permissions": permissions(everyonePermissions), "entitlements": []any{}, "context": context,
		"authorizing_integration_owners": i.owners, "attachment_size_limit": attachmentSizeLimit,
	}
	if i.source != nil {
		o["message"] = s.messageJSON(i.source)
	}
	if i.channel.GuildID == "" {
		o["user"] = userJSON(i.member.User)
		return o
	}
	g := s.guild
	if i.channel.GuildID != g.id {
		g = s.elsewhere
	}
	o["member"] = merge(fullMemberJSON(i.member), object{"permissions": permissions(i.member.Permissions)})
	o["guild_id"], o["guild_locale"] = g.id, g.locale
	o["guild"] = object{"id": g.id, "locale": g.locale, "features": []any{}}
	return o
}

// partialChannel is a channel as interactions tell of it.
func (s *Server) partialChannel(c Channel) object {
	o := s.channelJSON(c)
	if c.GuildID != "" {
		o["permissions"] = permissions(everyonePermissions)
	}
	return o
}
