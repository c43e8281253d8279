package localdiscord

// messageJSON is a message as the bot sees it over REST.
func (s *Server) messageJSON(m *message) object {
	o := s.basicMessageJSON(m)
	if m.reply != nil {
		o["referenced_message"] = nil
		if !m.reply.deleted {
			o["referenced_message"] = s.basicMessageJSON(m.reply)
		}
	}
	return o
}

func (s *Server) basicMessageJSON(m *message) object {
	users, roles, everyone := s.mentionsJSON(m)
	o := object{
		"id": m.id, "channel_id": m.channel.ID, "type": m.kind, "content": m.content, "author": userJSON(m.author),
		"embeds": orEmpty(m.embeds), "components": orEmpty(m.components), "attachments": s.attachmentsJSON(m), "flags": m.flags,
		"mentions": users, "mention_roles": roles, "mention_everyone": everyone,
		"timestamp": timestamp(m.sent), "edited_timestamp": nil, "pinned": false, "tts": false,
	}
	if !m.edited.IsZero() {
		o["edited_timestamp"] = timestamp(m.edited)
	}
	if m.nonce != nil {
		o["nonce"] = m.nonce
	}
	if m.reply != nil {
		o["message_reference"] = merge(object{"type": 0, "channel_id": m.channel.ID, "message_id": m.reply.id}, guildID(m.channel.GuildID))
	}
	if m.interaction != nil {
		o["webhook_id"], o["application_id"] = s.opts.ApplicationID, s.opts.ApplicationID
		o["interaction_metadata"] = m.interaction.metadataJSON()
	}
	return o
}

func orEmpty(all []any) []any {
	if all == nil {
		return []any{}
	}
	return all
}

// guildID is the field of this name, left out outside guilds.
func guildID(id string) object {
	if id == "" {
		return object{}
	}
	return object{"guild_id": id}
}
