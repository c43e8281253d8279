package localdiscord

import (
	"regexp"
	"slices"
	"strings"
)

var mention = regexp.MustCompile(`<@(&?)!?(\d+)>|@(everyone|here)`)

// Pings returns whom a message notifies, as "user:ID", "role:ID", "everyone"
// and "here", by its text and allowed_mentions. Without allowed_mentions a
// channel message notifies all it mentions and a response to an interaction
// users only. It errs on the side of too many: mentions in code blocks count,
// and the bot's permissions do not matter.
func (m Message) Pings() []string {
	var pings []string
	for _, p := range mentionsIn(m.mentionText()) {
		if m.mayPing(p) && !slices.Contains(pings, p) {
			pings = append(pings, p)
		}
	}
	if author := "user:" + m.replied; m.replied != "" && m.pingsReplied() && !slices.Contains(pings, author) {
		pings = append(pings, author)
	}
	return pings
}

// mentionText is the text in which mentions count: not that of embeds,
// buttons and menus.
func (m Message) mentionText() string {
	parts := []string{m.Content}
	for _, c := range m.all() {
		if number(c, "type") == componentText {
			parts = append(parts, str(c, "content"))
		}
	}
	return strings.Join(parts, "\n")
}

// mentionsIn finds mentions in a text, in its order.
func mentionsIn(text string) []string {
	var found []string
	for _, m := range mention.FindAllStringSubmatch(text, -1) {
		switch {
		case m[3] != "":
			found = append(found, m[3])
		case m[1] != "":
			found = append(found, "role:"+m[2])
		default:
			found = append(found, "user:"+m[2])
		}
	}
	return found
}

// mayPing decides one mention. A parse that is null is taken for one that is
// left out together with users and roles: what Discord makes of it is not
// documented.
func (m Message) mayPing(ping string) bool {
	kind, id, _ := strings.Cut(ping, ":")
	if m.allowed == nil {
		return !m.response || kind == "user"
	}
	if parse, ok := field(m.allowed, "parse").([]any); ok {
		return slices.Contains(parse, any(allowedKind(kind))) || slices.Contains(list(m.allowed, kind+"s"), any(id))
	}
	if has(m.allowed, "users") || has(m.allowed, "roles") {
		return slices.Contains(list(m.allowed, kind+"s"), any(id))
	}
	o, _ := m.allowed.(object)
	_, isNull := o["parse"]
	return isNull
}

// allowedKind is the word in parse for a kind of mention.
func allowedKind(kind string) string {
	if kind == "user" || kind == "role" {
		return kind + "s"
	}
	return "everyone"
}

// pingsReplied reports whether a reply notifies the author of what it replies
// to: it does unless allowed_mentions is there and does not say so.
func (m Message) pingsReplied() bool {
	return m.allowed == nil || boolean(m.allowed, "replied_user")
}

// mentionsJSON are the fields of a message about mentions. Those of members
// always count; those of the bot as allowed_mentions says.
func (s *Server) mentionsJSON(m *message) (users, roles []any, everyone bool) {
	users, roles = []any{}, []any{}
	v := Message{Content: m.content, Components: objects(m.components), allowed: m.allowed, response: m.interaction != nil}
	if m.reply != nil {
		v.replied = m.reply.author.ID
	}
	for _, p := range v.Pings() {
		kind, id, _ := strings.Cut(p, ":")
		switch kind {
		case "user":
			if u, ok := s.userByID(id); ok {
				users = append(users, userJSON(u))
			}
		case "role":
			roles = append(roles, id)
		default:
			everyone = true
		}
	}
	return users, roles, everyone
}

func (s *Server) userByID(id string) (User, bool) {
	if id == s.bot.ID {
		return s.bot, true
	}
	if m := s.memberByID(id); m != nil {
		return m.User, true
	}
	return User{}, false
}
