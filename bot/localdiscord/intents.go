package localdiscord

// Intents that matter here.
// https://discord.com/developers/docs/events/gateway#gateway-intents
const (
	intentGuilds         = 1 << 0
	intentGuildMembers   = 1 << 1
	intentPresences      = 1 << 8
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentContent        = 1 << 15

	privilegedIntents = intentGuildMembers | intentPresences | intentContent
	// knownIntents are bits 0 to 16 but 17 to 19, 20, 21, 24 and 25.
	knownIntents = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

// messageIntent is what a session must ask for to hear of messages in a
// channel.
func messageIntent(c Channel) int {
	if c.Type == ChannelDM {
		return intentDirectMessages
	}
	return intentGuildMessages
}

// showsContent reports whether Discord shows the bot what a message says
// although it may not read messages in general: the bot's own, those in direct
// messages with it, and those that mention it.
func (s *Server) showsContent(m *message) bool {
	if m.author.ID == s.bot.ID || m.channel.Type == ChannelDM {
		return true
	}
	for _, p := range s.viewPings(m) {
		if p == "user:"+s.bot.ID {
			return true
		}
	}
	return s.opts.PrivilegedIntents&intentContent != 0
}

// viewPings are the pings of a message.
func (s *Server) viewPings(m *message) []string {
	v := Message{Content: m.content, allowed: m.allowed, response: m.interaction != nil}
	if m.reply != nil {
		v.replied = m.reply.author.ID
	}
	return v.Pings()
}

// hideContent empties what the bot may not read.
func hideContent(o object) {
	o["content"] = ""
	for _, key := range []string{"embeds", "components", "attachments"} {
		o[key] = []any{}
	}
}

// dispatchMessage tells sessions of a message, with its content only where
// the bot may read it. Nobody but its reader hears of an ephemeral message.
func (s *Server) dispatchMessage(name string, m *message) {
	if m.reader != nil || m.flags&FlagEphemeral != 0 {
		return
	}
	o := merge(s.messageJSON(m), guildID(m.channel.GuildID))
	o["channel_type"] = m.channel.Type
	if author := s.memberByID(m.author.ID); author != nil && m.channel.GuildID != "" {
		o["member"] = memberJSON(author)
	}
	shown := s.showsContent(m)
	hidden, _ := clone(o).(object)
	hideContent(hidden)
	s.dispatch(event{
		name: name, guild: m.channel.GuildID, channel: &m.channel, intents: messageIntent(m.channel),
		data: o, hidden: hidden, shown: shown,
	})
}
