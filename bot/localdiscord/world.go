package localdiscord

import (
	"slices"
	"strconv"
	"time"
)

// Permissions that matter here.
// https://discord.com/developers/docs/topics/permissions
const (
	PermissionAdministrator  = 1 << 3
	PermissionManageGuild    = 1 << 5
	PermissionViewChannel    = 1 << 10
	PermissionSendMessages   = 1 << 11
	PermissionManageMessages = 1 << 13
	PermissionEmbedLinks     = 1 << 14
	PermissionReadHistory    = 1 << 16
	PermissionUseCommands    = 1 << 31
	PermissionSendInThreads  = 1 << 38

	everyonePermissions = PermissionViewChannel | PermissionSendMessages | PermissionEmbedLinks | PermissionReadHistory | PermissionUseCommands
)

// Types of channels.
// https://discord.com/developers/docs/resources/channel#channel-object-channel-types
const (
	ChannelText  = 0
	ChannelDM    = 1
	ChannelGroup = 3
)

// A User is somebody with an account; the bot is one, too.
type User struct {
	ID     string
	Name   string
	Locale string // such as ko or en-US
	Bot    bool
}

// Mention is how the user is mentioned in a message.
func (u User) Mention() string { return "<@" + u.ID + ">" }

// A Role is a role of the guild.
type Role struct {
	ID          string
	Name        string
	Permissions uint64
}

// Mention is how the role is mentioned in a message.
func (r Role) Mention() string { return "<@&" + r.ID + ">" }

// A Channel is a place to write in.
type Channel struct {
	ID      string
	GuildID string // "" outside guilds
	Name    string
	Type    int

	recipients []User
}

// A guild is a server in the bot's words. The bot is in the first one only.
type guild struct {
	id, name, locale string
	owner            string // user id
	joined           time.Time
}

// world is who and what there is.
type world struct {
	bot       User
	guild     guild
	elsewhere guild // the bot is not installed here
	members   []*Member
	roles     []Role
	channels  []Channel
	curator   Role
}

// newWorld makes a guild with the channels general, questions and curators,
// and the members mina (ko), yuki (ja), alex (en-US), cora (en-GB, a curator)
// and otto (de, the owner).
func newWorld(s *Server) world {
	w := world{bot: User{ID: s.opts.ApplicationID, Name: "summitbot", Locale: "en-US", Bot: true}}
	now := s.opts.Now()
	w.guild = guild{id: s.ids.next(), name: "Summit watchers", locale: "en-US", joined: now}
	w.elsewhere = guild{id: s.ids.next(), name: "Elsewhere", locale: "en-US", joined: now}
	w.roles = []Role{{ID: w.guild.id, Name: "@everyone", Permissions: everyonePermissions}}
	w.curator = w.addRole(s.ids.next(), "curator", PermissionManageMessages|PermissionManageGuild)
	for _, name := range []string{"general", "questions", "curators"} {
		w.channels = append(w.channels, Channel{ID: s.ids.next(), GuildID: w.guild.id, Name: name})
	}
	w.channels = append(w.channels, Channel{ID: s.ids.next(), GuildID: w.elsewhere.id, Name: "lounge"})
	for _, m := range []MemberOptions{
		{Name: "mina", Locale: "ko"},
		{Name: "yuki", Locale: "ja"},
		{Name: "alex", Locale: "en-US"},
		{Name: "cora", Locale: "en-GB", Roles: []string{w.curator.ID}},
		{Name: "otto", Locale: "de", Permissions: PermissionAdministrator},
	} {
		w.addMember(s, m)
	}
	w.guild.owner = w.members[len(w.members)-1].ID
	w.elsewhere.owner = w.guild.owner
	private := Channel{ID: s.ids.next(), Name: "private", Type: ChannelGroup}
	private.recipients = []User{w.members[0].User, w.members[1].User}
	w.channels = append(w.channels, private)
	return w
}

func (w *world) addRole(id, name string, permissions uint64) Role {
	r := Role{ID: id, Name: name, Permissions: permissions}
	w.roles = append(w.roles, r)
	return r
}

func (w *world) addMember(s *Server, o MemberOptions) *Member {
	m := &Member{
		User:        User{ID: s.ids.next(), Name: o.Name, Locale: o.Locale},
		Roles:       slices.Clone(o.Roles),
		Permissions: o.Permissions,
		srv:         s,
		joined:      s.opts.Now(),
		closed:      o.ClosedDMs,
	}
	if m.Locale == "" {
		m.Locale = "en-US"
	}
	for _, r := range w.roles {
		if r.ID == w.guild.id || slices.Contains(m.Roles, r.ID) {
			m.Permissions |= r.Permissions
		}
	}
	w.members = append(w.members, m)
	return m
}

// MemberOptions describes a member to add.
type MemberOptions struct {
	Name        string
	Locale      string   // default en-US
	Roles       []string // ids
	Permissions uint64   // besides those of everyone and of the roles
	ClosedDMs   bool     // takes no direct messages
}

// AddMember adds somebody to the guild.
func (s *Server) AddMember(o MemberOptions) *Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addMember(s, o)
}

// AddChannel adds a text channel to the guild.
func (s *Server) AddChannel(name string) Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Channel{ID: s.ids.next(), GuildID: s.guild.id, Name: name}
	s.channels = append(s.channels, c)
	s.dispatch(event{name: "CHANNEL_CREATE", guild: c.GuildID, intents: intentGuilds, data: s.channelJSON(c)})
	return c
}

// AddRole adds a role to the guild.
func (s *Server) AddRole(name string, permissions uint64) Role {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addRole(s.ids.next(), name, permissions)
}

// Bot is the bot's user.
func (s *Server) Bot() User { return s.bot }

// GuildID is the id of the guild that the bot is in.
func (s *Server) GuildID() string { return s.guild.id }

// CuratorRole is the role of the member cora.
func (s *Server) CuratorRole() Role { return s.curator }

// Member returns the member of this name: mina (ko), yuki (ja), alex (en-US),
// cora (en-GB, curator), otto (de, owner), or one who was added. It is nil when
// nobody has the name; whatever a nil member does fails with ErrNobody.
func (s *Server) Member(name string) *Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.members, func(m *Member) bool { return m.Name == name })
	if i < 0 {
		return nil
	}
	return s.members[i]
}

// Channel returns the channel of this name: general, questions or curators in
// the guild; lounge, in a guild that the bot is not in, where a member may
// have installed it for themselves; private, a group of mina and yuki. It is
// the zero Channel, in which nobody can do anything, when none has the name.
func (s *Server) Channel(name string) Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.channels, func(c Channel) bool { return c.Name == name })
	if i < 0 {
		return Channel{}
	}
	return s.channels[i]
}

// DM is the channel of direct messages between a member and the bot, the zero
// Channel when there is no such member.
func (s *Server) DM(m *Member) Channel {
	if m == nil {
		return Channel{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dm(m)
}

func (s *Server) dm(m *Member) Channel {
	for _, c := range s.channels {
		if c.Type == ChannelDM && c.recipients[0].ID == m.ID {
			return c
		}
	}
	c := Channel{ID: s.ids.next(), Type: ChannelDM, recipients: []User{m.User}}
	s.channels = append(s.channels, c)
	return c
}

// Members returns everybody in the guild but the bot.
func (s *Server) Members() []*Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.members)
}

// Channels returns all channels, direct messages that were opened included.
func (s *Server) Channels() []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.channels)
}

func (s *Server) memberByID(id string) *Member {
	for _, m := range s.members {
		if m.ID == id {
			return m
		}
	}
	return nil
}

func (s *Server) channelByID(id string) (Channel, bool) {
	for _, c := range s.channels {
		if c.ID == id {
			return c, true
		}
	}
	return Channel{}, false
}

// reachable returns a channel that the bot can see, or why it cannot.
func (s *Server) reachable(id string) (Channel, *apiError) {
	c, ok := s.channelByID(id)
	switch {
	case !ok:
		return c, failure(codeUnknownChannel)
	case c.Type != ChannelDM && c.GuildID != s.guild.id:
		return c, failure(codeMissingAccess)
	}
	return c, nil
}

// permissions writes a permission set as Discord does.
func permissions(p uint64) string { return strconv.FormatUint(p, 10) }
