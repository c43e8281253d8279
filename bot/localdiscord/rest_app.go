package localdiscord

import "strings"

// gatewayURL is where the gateway is.
func (s *Server) gatewayURL() string { return "ws" + strings.TrimPrefix(s.url, "http") + "/gateway" }

// identifiesPerDay is how many sessions a small bot may start.
const identifiesPerDay = 1000

func getGateway(s *Server, _ *call) (reply, *apiError) {
	return ok(object{"url": s.gatewayURL()})
}

func getGatewayBot(s *Server, _ *call) (reply, *apiError) {
	return ok(object{
		"url":    s.gatewayURL(),
		"shards": s.opts.Shards,
		"session_start_limit": object{
			"total": identifiesPerDay, "remaining": max(0, identifiesPerDay-s.gateway.identifies), "reset_after": 24 * 3600 * 1000,
			"max_concurrency": s.opts.MaxConcurrency,
		},
	})
}

func getMe(s *Server, _ *call) (reply, *apiError) { return ok(s.meJSON()) }

// getGuilds lists the guilds that the bot is in, with what it may do there.
func getGuilds(s *Server, _ *call) (reply, *apiError) {
	return ok([]any{object{
		"id": s.guild.id, "name": s.guild.name, "icon": nil, "banner": nil, "owner": false,
		"permissions": permissions(s.opts.BotPermissions), "features": []any{},
	}})
}

func getApplication(s *Server, _ *call) (reply, *apiError) { return ok(s.applicationJSON()) }

func getGuild(s *Server, c *call) (reply, *apiError) {
	if c.PathValue("guild_id") != s.guild.id {
		return refuse(codeUnknownGuild)
	}
	o := s.guildJSON()
	if c.URL.Query().Get("with_counts") == "true" {
		o["approximate_member_count"] = len(s.members) + 1
		o["approximate_presence_count"] = len(s.members) + 1
	}
	return ok(o)
}

func getMember(s *Server, c *call) (reply, *apiError) {
	if c.PathValue("guild_id") != s.guild.id {
		return refuse(codeUnknownGuild)
	}
	m := s.memberByID(c.PathValue("user_id"))
	if m == nil {
		return refuse(codeUnknownMember)
	}
	return ok(fullMemberJSON(m))
}

func getChannel(s *Server, c *call) (reply, *apiError) {
	channel, err := s.reachable(c.PathValue("channel_id"))
	if err != nil {
		return reply{}, err
	}
	return ok(s.channelJSON(channel))
}

func startTyping(s *Server, c *call) (reply, *apiError) {
	if _, err := s.reachable(c.PathValue("channel_id")); err != nil {
		return reply{}, err
	}
	return noContent()
}

func dmRules(_ *Server, c *call) []problem {
	var k checker
	k.object("", c.body, "recipient_id", "access_tokens", "nicks")
	k.required("", c.body, "recipient_id")
	return k.problems
}

func createDM(s *Server, c *call) (reply, *apiError) {
	m := s.memberByID(str(c.body, "recipient_id"))
	if m == nil {
		return refuse(codeUnknownUser)
	}
	return ok(s.channelJSON(s.dm(m)))
}
