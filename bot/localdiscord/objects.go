package localdiscord

import "time"

// timestamp writes a time as Discord does.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }

// userJSON is a user as everybody sees it.
func userJSON(u User) object {
	o := object{
		"id": u.ID, "username": u.Name, "global_name": nil, "discriminator": "0", "avatar": nil,
		"public_flags": 0, "flags": 0, "primary_guild": nil,
	}
	if u.Bot {
		o["bot"] = true
	}
	return o
}

// meJSON is the bot's user as the bot sees it.
func (s *Server) meJSON() object {
	return merge(userJSON(s.bot), object{"mfa_enabled": false, "locale": s.bot.Locale, "verified": true, "email": nil})
}

// memberJSON is a member without their user, as in MESSAGE_CREATE.
func memberJSON(m *Member) object {
	roles := m.Roles
	if roles == nil {
		roles = []string{}
	}
	return object{
		"avatar": nil, "banner": nil, "communication_disabled_until": nil, "flags": 0,
		"joined_at": timestamp(m.joined), "nick": nil, "pending": false, "premium_since": nil,
		"roles": roles, "mute": false, "deaf": false,
	}
}

// fullMemberJSON is a member with their user.
func fullMemberJSON(m *Member) object {
	return merge(memberJSON(m), object{"user": userJSON(m.User)})
}

// roleJSON is a role of the guild.
func roleJSON(r Role, position int) object {
	return object{
		"id": r.ID, "name": r.Name, "permissions": permissions(r.Permissions), "position": position,
		"color": 0, "colors": object{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist": false, "managed": false, "mentionable": false, "icon": nil, "unicode_emoji": nil, "flags": 0,
	}
}

// channelJSON is a channel as GET /channels shows it.
func (s *Server) channelJSON(c Channel) object {
	o := object{"id": c.ID, "type": c.Type, "flags": 0, "last_message_id": nil}
	if c.GuildID == "" {
		recipients := []any{}
		for _, u := range c.recipients {
			recipients = append(recipients, userJSON(u))
		}
		o["recipients"] = recipients
		return o
	}
	return merge(o, object{
		"guild_id": c.GuildID, "name": c.Name, "position": 0, "topic": nil, "parent_id": nil,
		"nsfw": false, "rate_limit_per_user": 0, "permission_overwrites": []any{},
	})
}

// guildJSON is the guild as GET /guilds shows it.
func (s *Server) guildJSON() object {
	roles := []any{}
	for i, r := range s.roles {
		roles = append(roles, roleJSON(r, i))
	}
	return object{
		"id": s.guild.id, "name": s.guild.name, "owner_id": s.guild.owner, "roles": roles,
		"preferred_locale": s.guild.locale, "icon": nil, "description": nil, "home_header": nil,
		"splash": nil, "discovery_splash": nil, "features": []any{}, "banner": nil,
		"application_id": nil, "region": "us-west", "afk_channel_id": nil, "afk_timeout": 300,
		"system_channel_id": nil, "system_channel_flags": 0, "widget_enabled": false,
		"widget_channel_id": nil, "verification_level": 0, "default_message_notifications": 0,
		"mfa_level": 0, "explicit_content_filter": 0, "max_presences": nil, "max_members": 500000,
		"max_stage_video_channel_users": 50, "max_video_channel_users": 25, "vanity_url_code": nil,
		"premium_tier": 0, "premium_subscription_count": 0, "rules_channel_id": nil,
		"safety_alerts_channel_id": nil, "public_updates_channel_id": nil,
		"premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
		"emojis": []any{}, "stickers": []any{}, "incidents_data": nil,
	}
}

// guildCreateJSON is the guild as the gateway sends it once a session is ready.
func (s *Server) guildCreateJSON() object {
	channels, members := []any{}, []any{}
	for _, c := range s.channels {
		if c.GuildID == s.guild.id {
			channels = append(channels, s.channelJSON(c))
		}
	}
	members = append(members, merge(fullMemberJSON(&Member{joined: s.guild.joined}), object{"user": userJSON(s.bot)}))
	for _, m := range s.members {
		members = append(members, fullMemberJSON(m))
	}
	return merge(s.guildJSON(), object{
		"channels": channels, "members": members, "member_count": len(members), "joined_at": timestamp(s.guild.joined),
		"large": false, "unavailable": false, "voice_states": []any{}, "threads": []any{}, "presences": []any{},
		"stage_instances": []any{}, "guild_scheduled_events": []any{}, "soundboard_sounds": []any{},
	})
}

// applicationJSON is the application as its bot sees it.
func (s *Server) applicationJSON() object {
	var endpoint any
	if s.endpoint != "" {
		endpoint = s.endpoint
	}
	return object{
		"id": s.opts.ApplicationID, "name": s.bot.Name, "icon": nil, "description": "", "type": nil,
		"bot": userJSON(s.bot), "bot_public": true, "bot_require_code_grant": false,
		"verify_key": s.PublicKeyHex(), "flags": 0, "flags_new": "0", "redirect_uris": []any{},
		"interactions_endpoint_url": endpoint, "role_connections_verification_url": nil,
		"owner": userJSON(s.members[len(s.members)-1].User), "approximate_guild_count": 1,
		"approximate_user_install_count": 1, "approximate_user_authorization_count": 1,
		"explicit_content_filter": 0, "team": nil, "eligible_oauth2_scopes": []any{},
		"integration_types_config": object{"0": object{}, "1": object{}},
	}
}
