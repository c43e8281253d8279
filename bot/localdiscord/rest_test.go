package localdiscord

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestRESTReads(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	mina := s.Member("mina")
	for _, path := range []string{
		"/gateway", "/gateway/bot", "/users/@me", "/applications/@me", "/oauth2/applications/@me",
		"/guilds/" + s.GuildID(), "/guilds/" + s.GuildID() + "?with_counts=true", "/guilds/" + s.GuildID() + "/members/" + mina.ID,
		"/channels/" + s.Channel("general").ID, "/channels/" + s.DM(mina).ID,
	} {
		if status, v := r.do("GET", path, ""); status != 200 {
			t.Errorf("GET %s = %d %s", path, status, encode(v))
		}
	}
	_, gateway := r.do("GET", "/gateway/bot", "")
	if url := str(gateway, "url"); url != "ws"+strings.TrimPrefix(s.URL(), "http")+"/gateway" || number(obj(gateway, "session_start_limit"), "remaining") != 1000 {
		t.Errorf("gateway/bot: %s", encode(gateway))
	}
	_, app := r.do("GET", "/applications/@me", "")
	if str(app, "verify_key") != s.PublicKeyHex() {
		t.Errorf("application: %s", encode(app))
	}
}

func TestRESTErrors(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	general := "/channels/" + s.Channel("general").ID
	said, _ := s.Member("mina").Say(t.Context(), s.Channel("general"), "hello", SayOptions{})
	for _, c := range []struct {
		status, code       int
		method, path, body string
	}{
		{404, 10003, "GET", "/channels/1", ""},
		{403, 50001, "GET", "/channels/" + s.Channel("lounge").ID, ""},
		{404, 10004, "GET", "/guilds/1", ""},
		{404, 10007, "GET", "/guilds/" + s.GuildID() + "/members/1", ""},
		{404, 10008, "GET", general + "/messages/1", ""},
		{404, 10013, "POST", "/users/@me/channels", `{"recipient_id":"1"}`},
		{403, 50005, "PATCH", general + "/messages/" + said.ID, `{"content":"x"}`},
		{403, 50013, "DELETE", general + "/messages/" + said.ID, ""},
		{400, 50006, "POST", general + "/messages", `{"content":"  "}`},
		{400, 50109, "POST", general + "/messages", `{"content":`},
		{404, 10002, "GET", "/applications/1/commands", ""},
		{403, 50001, "GET", "/applications/" + s.ApplicationID() + "/guilds/1/commands", ""},
		{404, 10062, "POST", "/interactions/1/x/callback", `{"type":5}`},
		{404, 10015, "POST", "/webhooks/" + s.ApplicationID() + "/x", `{"content":"x"}`},
		{404, 0, "GET", "/nothing", ""},
	} {
		r.t = t
		r.want(c.status, c.code, c.method, c.path, c.body)
	}
	for _, token := range []string{"", "Bot wrong"} {
		r.token = token
		v := r.want(401, 0, "GET", "/users/@me", "")
		if str(v, "message") != "401: Unauthorized" {
			t.Errorf("401: %s", encode(v))
		}
	}
	if vs := s.Violations(); len(vs) == 0 || vs[len(vs)-1].Route != "/nothing" && !strings.Contains(vs[len(vs)-1].String(), "/nothing") {
		t.Errorf("an unknown route is no violation: %v", vs)
	}
}

func TestRateLimitHeaders(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	resp, _, err := newREST(t, s).raw("GET", "/users/@me", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []string{"Limit", "Remaining", "Reset-After", "Bucket"} {
		if resp.Header.Get("X-RateLimit-"+h) == "" {
			t.Errorf("no X-RateLimit-%s", h)
		}
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	general := s.Channel("general")
	messages := "/channels/" + general.ID + "/messages"
	said, _ := s.Member("mina").Say(t.Context(), general, "when?", SayOptions{Mention: true})
	body := fmt.Sprintf(`{"content":"In October.","nonce":"n1","enforce_nonce":true,"message_reference":{"message_id":"%s"},"allowed_mentions":{"parse":[]},
		"embeds":[{"title":"T","fields":[{"name":"a","value":"b"}],"footer":{"text":"f"}}],
		"components":[{"type":1,"components":[{"type":2,"style":1,"label":"Yes","custom_id":"yes"},{"type":2,"style":5,"label":"Read","url":"https://example.com"}]}]}`, said.ID)
	first := r.want(200, 0, "POST", messages, body)
	again := r.want(200, 0, "POST", messages, body)
	if str(first, "id") != str(again, "id") {
		t.Error("the nonce did not dedupe")
	}
	m, err := s.WaitMessage(soon(t), general, func(m Message) bool { return m.ReplyTo == said.ID })
	if err != nil {
		t.Fatal(err)
	}
	if want := "In October.\nT\na\nb\nf\nYes\nRead"; m.Text() != want {
		t.Errorf("Text() = %q, want %q", m.Text(), want)
	}
	if b := m.Buttons(); len(b) != 2 || b[0].CustomID != "yes" || b[1].URL == "" || m.Component("yes") == nil || m.Component("") != nil {
		t.Errorf("buttons: %+v", b)
	}
	if len(m.Pings()) != 0 {
		t.Errorf("pings %v", m.Pings())
	}
	r.want(200, 0, "PATCH", messages+"/"+m.ID, `{"content":"In November.","embeds":[],"components":null}`)
	if m = s.Refresh(m); m.Text() != "In November." || m.Edits != 1 {
		t.Errorf("after the edit: %+v", m)
	}
	r.want(400, 50006, "PATCH", messages+"/"+m.ID, `{"content":""}`)
	r.want(200, 0, "GET", messages+"/"+m.ID, "")
	r.want(204, 0, "DELETE", messages+"/"+m.ID, "")
	r.want(404, 10008, "GET", messages+"/"+m.ID, "")
	if n := len(s.Messages(general)); n != 1 {
		t.Errorf("%d messages are left", n)
	}
	r.want(400, 50035, "POST", messages, `{"content":"x","message_reference":{"message_id":"1"}}`)
	r.want(200, 0, "POST", messages, `{"content":"x","message_reference":{"message_id":"1","fail_if_not_exists":false}}`)
	r.want(204, 0, "POST", "/channels/"+general.ID+"/typing", "")
	if n := s.Log().Count("POST", "/channels/{channel}/messages"); n != 4 {
		t.Errorf("the log counts %d", n)
	}
}

func TestEveryComponentIsAnswered(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	m := r.want(200, 0, "POST", "/channels/"+s.Channel("general").ID+"/messages", `{"flags":32768,"components":[
		{"type":17,"accent_color":255,"components":[
			{"type":9,"components":[{"type":10,"content":"hello"}],"accessory":{"type":11,"media":{"url":"https://example.com/a.png"}}},
			{"type":14},{"type":12,"items":[{"media":{"url":"https://example.com/b.png"}}]}]},
		{"type":1,"components":[{"type":3,"custom_id":"s","options":[{"label":"a","value":"1"}]}]},
		{"type":1,"components":[{"type":5,"custom_id":"u"}]}]}`)
	messages := "/channels/" + s.Channel("general").ID + "/messages/" + str(m, "id")
	r.want(400, 50035, "PATCH", messages, `{"content":"no longer v2"}`)
	r.want(200, 0, "PATCH", messages, `{"components":[{"type":10,"content":"bye"}]}`)
}

func TestHiddenContent(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	general := s.Channel("general")
	for _, c := range []struct {
		channel Channel
		mention bool
		shown   bool
	}{{general, false, false}, {general, true, true}, {s.DM(s.Member("mina")), false, true}} {
		m, _ := s.Member("mina").Say(t.Context(), c.channel, "words", SayOptions{Mention: c.mention})
		v := r.want(200, 0, "GET", "/channels/"+c.channel.ID+"/messages/"+m.ID, "")
		if shown := str(v, "content") != ""; shown != c.shown {
			t.Errorf("%s, mention %t: shown %t", c.channel.Name, c.mention, shown)
		}
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := start(t, Options{Now: func() time.Time { return now }})
	r := newREST(t, s)
	commands := "/applications/" + s.ApplicationID() + "/commands"
	const ask = `{"name":"ask","description":"Ask","name_localizations":{"ko":"질문"},"default_member_permissions":"0","options":[
		{"type":3,"name":"question","description":"What","required":true,"autocomplete":true,"channel_types":null,"choices":null,"description_localizations":{"ja":"質問"}}]}`
	first := r.want(200, 0, "PUT", commands, "["+ask+`,{"name":"Check","type":3}]`).([]any)
	if str(first[0], "id") == "" || str(first[0], "version") == "" || number(first[1], "type") != 3 {
		t.Fatalf("PUT: %s", encode(first))
	}
	again := r.want(200, 0, "PUT", commands, "["+ask+"]").([]any)
	if str(again[0], "id") != str(first[0], "id") || str(again[0], "version") != str(first[0], "version") {
		t.Error("a command that did not change has another id or version")
	}
	plain := r.want(200, 0, "GET", commands, "").([]any)
	full := r.want(200, 0, "GET", commands+"?with_localizations=true", "").([]any)
	if has(plain[0], "name_localizations") || str(obj(full[0], "name_localizations"), "ko") != "질문" {
		t.Errorf("localisations: %s and %s", encode(plain), encode(full))
	}
	guild := "/applications/" + s.ApplicationID() + "/guilds/" + s.GuildID() + "/commands"
	r.want(200, 0, "PUT", guild, `[{"name":"here","description":"Here"}]`)
	if own := r.want(200, 0, "GET", guild, "").([]any); len(own) != 1 || str(own[0], "guild_id") != s.GuildID() {
		t.Errorf("guild commands: %s", encode(own))
	}
	for n := range 100 { // two creates each, two were made before
		status, v := r.do("PUT", commands, fmt.Sprintf(`[{"name":"a%d","description":"x"},{"name":"b%d","description":"x"}]`, n, n))
		if (status == 400) != (n == 99) {
			t.Fatalf("%d creates: %d %s", 2*n+4, status, encode(v))
		}
	}
	now = now.Add(24 * time.Hour)
	r.want(200, 0, "PUT", commands, `[{"name":"z","description":"x"}]`)
}

func TestEmptyOrMissingBody(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	r.want(400, 50109, "POST", "/channels/"+s.Channel("general").ID+"/messages", "")
	r.want(400, 50035, "POST", "/channels/"+s.Channel("general").ID+"/messages", "[]")
	r.want(400, 50035, "PUT", "/applications/"+s.ApplicationID()+"/commands", "{}")
}
