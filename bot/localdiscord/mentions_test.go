package localdiscord

import (
	"slices"
	"testing"
)

func TestPings(t *testing.T) {
	t.Parallel()
	const text = "<@1> <@!2> <@1> <@&3> @everyone @here <#4> a@b.c"
	all := []string{"user:1", "user:2", "role:3", "everyone", "here"}
	for _, c := range []struct {
		name    string
		m       Message
		allowed string
		want    []string
	}{
		{"channel message, nothing said", Message{Content: text}, "", all},
		{"response, nothing said", Message{Content: text, response: true}, "", []string{"user:1", "user:2"}},
		{"nobody", Message{Content: text}, `{"parse":[]}`, nil},
		{"empty", Message{Content: text}, `{}`, nil},
		{"null", Message{Content: text}, `{"parse":null}`, all},
		{"users", Message{Content: text}, `{"parse":["users"]}`, []string{"user:1", "user:2"}},
		{"roles", Message{Content: text}, `{"parse":["roles"]}`, []string{"role:3"}},
		{"everyone", Message{Content: text}, `{"parse":["everyone"]}`, []string{"everyone", "here"}},
		{"one user", Message{Content: text}, `{"users":["2","9"]}`, []string{"user:2"}},
		{"one role", Message{Content: text}, `{"parse":[],"roles":["3"]}`, []string{"role:3"}},
		{"reply", Message{Content: "x", replied: "7"}, "", []string{"user:7"}},
		{"silent reply", Message{Content: "x", replied: "7"}, `{"parse":["users"]}`, nil},
		{"loud reply", Message{Content: "<@7>", replied: "7"}, `{"parse":[],"replied_user":true}`, []string{"user:7"}},
		{"text display", Message{Components: []map[string]any{{"type": 10, "content": "<@1>"}}}, "", []string{"user:1"}},
		{"embed", Message{Embeds: []map[string]any{{"description": "<@1>"}}}, "", nil},
		{"label", Message{Components: []map[string]any{{"type": 2, "label": "@everyone"}}}, "", nil},
	} {
		if c.allowed != "" {
			c.m.allowed, _ = decode([]byte(c.allowed))
		}
		if got := c.m.Pings(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMessagesTellOfMentions(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	mina := s.Member("mina")
	path := "/channels/" + s.Channel("general").ID + "/messages"
	v := r.want(200, 0, "POST", path, `{"content":"`+mina.Mention()+` `+s.CuratorRole().Mention()+` @everyone"}`)
	if len(list(v, "mentions")) != 1 || len(list(v, "mention_roles")) != 1 || !boolean(v, "mention_everyone") {
		t.Errorf("message: %s", encode(v))
	}
	v = r.want(200, 0, "POST", path, `{"content":"`+mina.Mention()+`","allowed_mentions":{"parse":[]}}`)
	if len(list(v, "mentions")) != 0 {
		t.Errorf("message: %s", encode(v))
	}
}
