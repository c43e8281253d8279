package localdiscord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// commandSet has a command of every kind that the tests use.
const commandSet = `[
	{"name":"ask","description":"Ask","contexts":[0,1,2],"integration_types":[0,1],"options":[
		{"type":3,"name":"question","description":"What","required":true,"autocomplete":true,"max_length":100},
		{"type":6,"name":"who","description":"Who"},{"type":5,"name":"loud","description":"Loud"},
		{"type":4,"name":"pick","description":"Pick","choices":[{"name":"one","value":1}]}]},
	{"name":"facts","description":"Facts","options":[{"type":1,"name":"show","description":"Show","options":[{"type":3,"name":"id","description":"Id"}]}]},
	{"name":"teach","description":"Teach","default_member_permissions":"8192"},
	{"name":"Check","type":3},{"name":"Who","type":2}]`

// bot plays a bot at a Server: it answers each interaction through respond.
type bot struct {
	*rest
	seen atomic.Int64
}

// gatewayBot receives interactions over the gateway.
func gatewayBot(t *testing.T, s *Server, respond func(b *bot, i any)) *bot {
	t.Helper()
	b := &bot{rest: newREST(t, s)}
	b.want(200, 0, "PUT", "/applications/"+s.ApplicationID()+"/commands", commandSet)
	w := dial(t, s, version)
	w.join(s)
	_ = w.ws.SetReadDeadline(time.Time{})
	done := make(chan struct{})
	t.Cleanup(func() { _ = w.ws.Close(); <-done })
	go func() {
		defer close(done)
		for {
			var p payload
			if w.ws.ReadJSON(&p) != nil {
				return
			}
			if p.Type != nil && *p.Type == "INTERACTION_CREATE" {
				v, _ := decode(p.Data)
				b.seen.Add(1)
				respond(b, v)
			}
		}
	}()
	return b
}

// callback makes the first response.
func (b *bot) callback(i any, body string) (int, any) {
	return b.do("POST", "/interactions/"+str(i, "id")+"/"+str(i, "token")+"/callback?with_response=true", body)
}

// webhook is the path of an interaction's webhook.
func (b *bot) webhook(i any) string {
	return "/webhooks/" + b.srv.ApplicationID() + "/" + str(i, "token")
}

func TestSlashOverGateway(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	b := gatewayBot(t, s, func(b *bot, i any) {
		status, v := b.callback(i, `{"type":5,"data":{"flags":64}}`)
		if status != 200 || !boolean(obj(v, "interaction"), "response_message_ephemeral") {
			b.t.Errorf("callback: %d %s", status, encode(v))
		}
		b.token = "" // nothing below needs it
		b.want(400, 40060, "POST", "/interactions/"+str(i, "id")+"/"+str(i, "token")+"/callback", `{"type":5}`)
		b.want(200, 0, "PATCH", b.webhook(i)+"/messages/@original", `{"flags":32768,"components":[{"type":10,"content":"October <@1>"}],"allowed_mentions":{"parse":[]}}`)
		f := b.want(200, 0, "POST", b.webhook(i), `{"content":"and more","flags":64}`)
		b.want(200, 0, "PATCH", b.webhook(i)+"/messages/"+str(f, "id"), `{"content":"and even more"}`)
		b.want(200, 0, "GET", b.webhook(i)+"/messages/@original", "")
	})
	mina := s.Member("mina")
	i := mina.Slash(t.Context(), s.Channel("general"), "ask", Opt("question", "when?"), Opt("who", s.Member("yuki")))
	r, err := i.Response(soon(t))
	if err != nil || r.Type != ResponseDeferred {
		t.Fatalf("response %+v, %v", r, err)
	}
	m, err := i.Message(soon(t))
	if err != nil || m.Text() != "October <@1>" || !m.Ephemeral() || m.Loading() || len(m.Pings()) != 0 {
		t.Errorf("message %q %+v, %v", m.Text(), m, err)
	}
	if f, err := i.WaitFollowups(soon(t), 1); err != nil || len(f) != 1 {
		t.Errorf("followups %v, %v", f, err)
	}
	if status, err := i.Status(soon(t)); status != 0 || err != nil {
		t.Errorf("status %d, %v", status, err)
	}
	if b.seen.Load() != 1 {
		t.Errorf("%d deliveries", b.seen.Load())
	}
	v, _ := decode(i.Payload())
	for _, key := range []string{"application_id", "id", "token", "version", "type", "data", "guild_id", "guild", "member", "channel", "channel_id", "locale", "guild_locale", "app_permissions", "entitlements", "context", "authorizing_integration_owners", "attachment_size_limit"} {
		if _, ok := v.(object)[key]; !ok {
			t.Errorf("the interaction has no %s", key)
		}
	}
	if data := obj(v, "data"); str(obj(obj(obj(data, "resolved"), "users"), s.Member("yuki").ID), "username") != "yuki" {
		t.Errorf("data: %s", encode(data))
	}
	if s.Interaction(i.ID) != i {
		t.Error("Interaction does not find it")
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	gatewayBot(t, s, func(b *bot, i any) {
		b.callback(i, `{"type":4,"data":{"content":"here"}}`)
		for n := range 6 {
			status, v := b.do("POST", b.webhook(i), `{"content":"more"}`)
			foreign := str(i, "guild_id") != "" && str(i, "guild_id") != s.GuildID()
			if late := foreign && n == 5; (status == 400) != late || late && number(v, "code") != 40094 {
				b.t.Errorf("followup %d: %d %s", n, status, encode(v))
			}
		}
	})
	mina := s.Member("mina")
	for _, c := range []struct {
		channel Channel
		context int
		owner   string
		user    bool
	}{
		{s.Channel("general"), 0, `{"0":"` + s.GuildID() + `"}`, false},
		{s.DM(mina), 1, `{"0":"0"}`, true},
		{s.Channel("private"), 2, `{"1":"` + mina.ID + `"}`, true},
		{s.Channel("lounge"), 0, `{"1":"` + mina.ID + `"}`, false},
	} {
		i := mina.Slash(t.Context(), c.channel, "ask", Opt("question", "x"))
		if m, err := i.Message(soon(t)); err != nil || m.Content != "here" {
			t.Fatalf("%s: %+v, %v", c.channel.Name, m, err)
		}
		v, _ := decode(i.Payload())
		if number(v, "context") != c.context || string(encode(obj(v, "authorizing_integration_owners"))) != c.owner || has(v, "user") != c.user || has(v, "member") == c.user {
			t.Errorf("%s: %s", c.channel.Name, i.Payload())
		}
	}
}

func TestMembersCannot(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	gatewayBot(t, s, func(b *bot, i any) { b.callback(i, `{"type":4,"data":{"content":"x"}}`) })
	general, mina := s.Channel("general"), s.Member("mina")
	ask := func(options ...Option) *Interaction { return mina.Slash(t.Context(), general, "ask", options...) }
	for want, i := range map[string]*Interaction{
		"registered":      mina.Slash(t.Context(), general, "nothing"),
		"permissions":     mina.Slash(t.Context(), general, "teach"),
		"required":        ask(),
		"characters":      ask(Opt("question", strings.Repeat("x", 101))),
		"no option":       ask(Opt("question", "x"), Opt("nothing", 1)),
		"does not take":   ask(Opt("question", 5)),
		"choice":          ask(Opt("question", "x"), Opt("pick", 2)),
		"subcommand":      mina.Slash(t.Context(), general, "facts"),
		"installation":    mina.Slash(t.Context(), s.Channel("private"), "facts show"),
		"no such chan":    mina.Slash(t.Context(), Channel{}, "ask"),
		"autocomplete":    mina.Autocomplete(t.Context(), general, "ask", "who", "x"),
		"not in general":  mina.MessageCommand(t.Context(), general, "Check", Message{ID: "1"}),
		"no such message": mina.Press(t.Context(), Message{ID: "1"}, "x"),
		"no modal":        mina.Submit(t.Context(), &Interaction{}, nil),
	} {
		if err := i.Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
		if _, err := i.Response(t.Context()); err == nil {
			t.Errorf("%q has a response", want)
		}
	}
	for _, i := range []*Interaction{
		s.Member("cora").Slash(t.Context(), general, "teach"),
		s.Member("otto").Slash(t.Context(), general, "teach"),
		mina.Slash(t.Context(), general, "facts show", Opt("id", "x")),
		ask(Opt("question", "x"), Opt("pick", 1), Opt("loud", true)),
		mina.UserCommand(t.Context(), general, "Who", s.Member("yuki")),
	} {
		if _, err := i.Response(soon(t)); err != nil {
			t.Error(err)
		}
	}
}

func TestAutocompleteAndMenus(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	gatewayBot(t, s, func(b *bot, i any) {
		switch number(i, "type") {
		case InteractionAutocomplete:
			option := list(obj(i, "data"), "options")[0]
			b.callback(i, fmt.Sprintf(`{"type":8,"data":{"choices":[{"name":"%s!","value":"v"}]}}`, str(option, "value")))
		case InteractionCommand:
			target := obj(obj(obj(i, "data"), "resolved"), "messages")[str(obj(i, "data"), "target_id")]
			b.callback(i, fmt.Sprintf(`{"type":4,"data":{"content":"%s?"}}`, str(target, "content")))
		}
	})
	general, mina := s.Channel("general"), s.Member("mina")
	r, err := mina.Autocomplete(t.Context(), general, "ask", "question", "wher").Response(soon(t))
	if err != nil || !slices.Equal(r.Choices(), []Choice{{"wher!", "v"}}) {
		t.Errorf("choices %v, %v", r.Choices(), err)
	}
	// The target of a command is shown although nothing mentions the bot.
	said, _ := s.Member("yuki").Say(t.Context(), general, "It was in May", SayOptions{})
	if m, err := mina.MessageCommand(t.Context(), general, "Check", said).Message(soon(t)); err != nil || m.Content != "It was in May?" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestComponentsAndModals(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	const message = `{"type":4,"data":{"content":"first","flags":64,"components":[
		{"type":1,"components":[{"type":2,"style":1,"label":"Ok","custom_id":"ok"},{"type":2,"style":1,"label":"No","custom_id":"no","disabled":true},
			{"type":2,"style":2,"label":"Form","custom_id":"form"},{"type":2,"style":2,"label":"Later","custom_id":"later"}]},
		{"type":1,"components":[{"type":3,"custom_id":"pick","options":[{"label":"A","value":"a"},{"label":"B","value":"b"}]}]}]}}`
	gatewayBot(t, s, func(b *bot, i any) {
		data := obj(i, "data")
		switch str(data, "custom_id") {
		case "":
			b.callback(i, message)
		case "ok":
			b.callback(i, `{"type":7,"data":{"content":"pressed"}}`)
		case "later":
			b.callback(i, `{"type":6}`)
			b.want(200, 0, "PATCH", b.webhook(i)+"/messages/@original", `{"content":"later"}`)
		case "pick":
			b.callback(i, fmt.Sprintf(`{"type":4,"data":{"content":"%v"}}`, list(data, "values")))
		case "form":
			b.callback(i, `{"type":9,"data":{"custom_id":"modal","title":"T","components":[
				{"type":18,"label":"Why","component":{"type":4,"custom_id":"why","style":2,"max_length":5}},
				{"type":18,"label":"How","component":{"type":3,"custom_id":"how","required":false,"options":[{"label":"A","value":"a"}]}},
				{"type":1,"components":[{"type":4,"custom_id":"old","style":1,"label":"Old","required":false,"value":"was"}]}]}}`)
		case "modal":
			label, row := list(data, "components")[0], list(data, "components")[2]
			if status, _ := b.callback(i, `{"type":9,"data":{"custom_id":"x","title":"T","components":[]}}`); status != 400 {
				b.t.Errorf("a modal after a modal: %d", status)
			}
			b.callback(i, fmt.Sprintf(`{"type":7,"data":{"content":"%s %s"}}`, str(obj(label, "component"), "value"), str(list(row, "components")[0], "value")))
		}
	})
	mina := s.Member("mina")
	m, err := mina.Slash(t.Context(), s.Channel("general"), "ask", Opt("question", "x")).Message(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	for want, i := range map[string]*Interaction{
		"disabled":     mina.Press(t.Context(), m, "no"),
		"no component": mina.Press(t.Context(), m, "nothing"),
		"not a button": mina.Press(t.Context(), m, "pick"),
		"no option":    mina.Select(t.Context(), m, "pick", "z"),
		"2 values":     mina.Select(t.Context(), m, "pick", "a", "b"),
		"no such":      s.Member("yuki").Press(t.Context(), m, "ok"), // mina alone sees it
	} {
		if err := i.Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	say := func(i *Interaction) string {
		m, err := i.Message(soon(t))
		if err != nil {
			t.Error(err)
		}
		return m.Content
	}
	if got := say(mina.Select(t.Context(), m, "pick", "b")); got != "[b]" {
		t.Errorf("select: %q", got)
	}
	if got := say(mina.Press(t.Context(), m, "ok")); got != "pressed" {
		t.Errorf("press: %q", got)
	}
	if got := say(mina.Press(t.Context(), m, "later")); got != "later" {
		t.Errorf("deferred update: %q", got)
	}
	form := mina.Press(t.Context(), m, "form")
	if r, err := form.Response(soon(t)); err != nil || r.Type != ResponseModal {
		t.Fatalf("modal: %+v, %v", r, err)
	}
	if _, err := form.Message(soon(t)); err == nil {
		t.Error("a modal has a message")
	}
	for want, fields := range map[string]map[string]string{
		"required":     {},
		"no more than": {"why": "longer"},
		"lacks":        {"why": "x", "nothing": "x"},
		"no option":    {"why": "x", "how": "z"},
	} {
		if err := mina.Submit(t.Context(), form, fields).Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	if got := say(mina.Submit(t.Context(), form, map[string]string{"why": "so", "how": "a"})); got != "so was" {
		t.Errorf("submit: %q", got)
	}
	if got := s.Refresh(m).Content; got != "so was" {
		t.Errorf("the message says %q", got)
	}
}

// A modal takes what its inputs take.
func TestModalInputs(t *testing.T) {
	t.Parallel()
	decoded, err := decode([]byte(`[
		{"type":10,"content":"read this"},
		{"type":18,"label":"l","component":{"type":4,"custom_id":"text","style":1,"required":false,"min_length":2}},
		{"type":18,"label":"l","component":{"type":21,"custom_id":"radio","required":false,"options":[{"label":"a","value":"1"},{"label":"b","value":"2"}]}},
		{"type":18,"label":"l","component":{"type":22,"custom_id":"boxes","required":false,"max_values":2,"options":[{"label":"a","value":"1"},{"label":"b","value":"2"}]}},
		{"type":18,"label":"l","component":{"type":23,"custom_id":"box"}}]`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		fields map[string]string
		want   string // the values, or part of the error
	}{
		{map[string]string{}, `["",null,[],false]`},
		{map[string]string{"text": "ab", "radio": "2", "boxes": "1,2", "box": "true"}, `["ab","2",["1","2"],true]`},
		{map[string]string{"text": "a"}, "needs 2"},
		{map[string]string{"radio": "3"}, "no option"},
		{map[string]string{"boxes": "1,3"}, "no option"},
		{map[string]string{"boxes": "1,2,1"}, "3 values"},
	} {
		filled, err := fillModal(decoded.([]any), c.fields)
		if err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v: %v, want %q", c.fields, err, c.want)
			}
			continue
		}
		var values []any
		for _, f := range filled[1:] {
			input := obj(f, "component")
			if has(input, "values") {
				values = append(values, input["values"])
			} else {
				values = append(values, input["value"])
			}
		}
		if got := string(encode(values)); got != c.want {
			t.Errorf("%v: %s, want %s", c.fields, got, c.want)
		}
	}
}

// A second delivery is the first one once more. The message it is about has
// components that libraries do not know.
func TestRedeliverOverGateway(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	b := gatewayBot(t, s, func(b *bot, i any) { b.callback(i, `{"type":4,"data":{"content":"x"}}`) })
	odd := SayOptions{Components: []any{object{"type": 99, "id": 1}}, Embeds: []map[string]any{{"title": "T"}}}
	said, err := s.Member("yuki").Say(t.Context(), s.Channel("general"), "odd", odd)
	if err != nil || said.Text() != "odd\nT" {
		t.Fatalf("%q, %v", said.Text(), err)
	}
	i := s.Member("mina").MessageCommand(t.Context(), s.Channel("general"), "Check", said)
	if _, err := i.Response(soon(t)); err != nil || !strings.Contains(string(i.Payload()), `"type":99`) {
		t.Errorf("%v: %s", err, i.Payload())
	}
	changed := s.Changed()
	if _, _, err := s.Redeliver(t.Context(), i); err != nil {
		t.Error(err)
	}
	<-changed
	if err := s.wait(soon(t), func() bool { return b.seen.Load() == 2 }); err != nil {
		t.Error(err)
	}
	if _, _, err := s.Redeliver(t.Context(), failed("x")); err == nil {
		t.Error("what never was is delivered again")
	}
	if _, err := s.Member("mina").Say(t.Context(), s.Channel("general"), "x", SayOptions{ReplyTo: Message{ID: "1"}}); err == nil {
		t.Error("a reply to nothing")
	}
}

func TestFollowupFillsDeferred(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	gatewayBot(t, s, func(b *bot, i any) {
		b.want(404, 10015, "POST", b.webhook(i), `{"content":"too early"}`)
		b.callback(i, `{"type":5}`)
		b.want(200, 0, "POST", b.webhook(i), `{"content":"done","flags":64}`)
	})
	i := s.Member("mina").Slash(t.Context(), s.Channel("general"), "ask", Opt("question", "x"))
	if m, err := i.Message(soon(t)); err != nil || m.Content != "done" || m.Ephemeral() || len(i.Followups()) != 0 {
		t.Errorf("%+v, %v", m, err)
	}
	newREST(t, s).want(204, 0, "DELETE", "/webhooks/"+s.ApplicationID()+"/"+i.Token+"/messages/@original", "")
	if n := len(s.Messages(s.Channel("general"))); n != 0 {
		t.Errorf("%d messages", n)
	}
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	var offset atomic.Int64
	s := start(t, Options{AnyCommand: true, Now: func() time.Time { return time.Now().Add(time.Duration(offset.Load())) }})
	w := dial(t, s, version)
	w.join(s)
	r := newREST(t, s)
	late := s.Member("mina").Slash(t.Context(), s.Channel("general"), "whatever now", Opt("x", 1))
	good := s.Member("mina").Slash(t.Context(), s.Channel("general"), "whatever")
	r.want(204, 0, "POST", "/interactions/"+good.ID+"/"+good.Token+"/callback", `{"type":4,"data":{"content":"x"}}`)
	offset.Store(int64(CallbackWindow))
	r.want(404, 10062, "POST", "/interactions/"+late.ID+"/"+late.Token+"/callback", `{"type":5}`)
	if _, err := late.Response(soon(t)); !errors.Is(err, ErrNoResponse) {
		t.Errorf("late: %v", err)
	}
	offset.Store(int64(TokenLife - time.Minute))
	r.want(200, 0, "PATCH", "/webhooks/"+s.ApplicationID()+"/"+good.Token+"/messages/@original", `{"content":"y"}`)
	offset.Store(int64(TokenLife))
	r.want(401, 50027, "PATCH", "/webhooks/"+s.ApplicationID()+"/"+good.Token+"/messages/@original", `{"content":"y"}`)
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	s := start(t, Options{AnyCommand: true, CallbackWindow: 30 * time.Millisecond})
	if err := s.Member("mina").Slash(t.Context(), s.Channel("general"), "x").Err(); !errors.Is(err, ErrNotConnected) {
		t.Errorf("without a session: %v", err)
	}
	dial(t, s, version).join(s)
	if _, err := s.Member("mina").Slash(t.Context(), s.Channel("general"), "x").Response(soon(t)); !errors.Is(err, ErrNoResponse) {
		t.Errorf("without an answer: %v", err)
	}
}

// endpoint is a bot that is reached over HTTP.
func endpoint(t *testing.T, s *Server, respond func(w http.ResponseWriter, i any)) *httptest.Server {
	t.Helper()
	key, _ := hex.DecodeString(s.PublicKeyHex())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		signature, _ := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
		if !ed25519.Verify(key, append([]byte(r.Header.Get("X-Signature-Timestamp")), body...), signature) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		i, _ := decode(body)
		if number(i, "type") == InteractionPing {
			writeJSON(w, 200, object{"type": 1})
			return
		}
		respond(w, i)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestHTTPDelivery(t *testing.T) {
	t.Parallel()
	s := start(t, Options{AnyCommand: true})
	r := newREST(t, s)
	server := endpoint(t, s, func(w http.ResponseWriter, i any) {
		switch str(obj(i, "data"), "name") {
		case "inline":
			writeJSON(w, 200, object{"type": 4, "data": object{"content": "inline"}})
		case "callback":
			path := "/interactions/" + str(i, "id") + "/" + str(i, "token") + "/callback"
			if status, v := r.do("POST", path, `{"type":4,"data":{"content":"callback"}}`); status != 204 && number(v, "code") != 40060 {
				t.Errorf("callback: %d %s", status, encode(v))
			}
			w.WriteHeader(http.StatusAccepted)
		case "wrong":
			writeJSON(w, 200, object{"type": 4, "data": object{"contents": "x"}})
		case "broken":
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	if err := s.SetEndpoint(soon(t), server.URL); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(soon(t)); err != nil {
		t.Error(err)
	}
	w := dial(t, s, version) // interactions never come by both
	w.join(s)
	for name, want := range map[string]int{"inline": 200, "callback": 202} {
		i := s.Member("mina").Slash(t.Context(), s.Channel("lounge"), name)
		if m, err := i.Message(soon(t)); err != nil || m.Content != name {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
		if status, err := i.Status(soon(t)); err != nil || status != want {
			t.Errorf("%s: status %d, %v", name, status, err)
		}
		if status, _, err := s.Redeliver(soon(t), i); err != nil || status != want {
			t.Errorf("again: %d, %v", status, err)
		}
	}
	for _, name := range []string{"wrong", "broken"} {
		if _, err := s.Member("mina").Slash(t.Context(), s.Channel("general"), name).Response(soon(t)); !errors.Is(err, ErrNoResponse) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.silence()
}

func TestRawDelivery(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	var seen atomic.Int64
	server := endpoint(t, s, func(w http.ResponseWriter, _ any) { seen.Add(1); writeJSON(w, 200, object{"type": 5}) })
	if err := s.SetEndpoint(soon(t), server.URL); err != nil {
		t.Fatal(err)
	}
	body := []byte(`{"id":"77","token":"tok","type":2,"channel_id":"` + s.Channel("general").ID + `","data":{"name":"ask","type":1}}`)
	for _, c := range []struct {
		name   string
		o      DeliverOptions
		status int
	}{
		{"good", DeliverOptions{}, 200}, {"bad signature", DeliverOptions{BadSignature: true}, 401}, {"no signature", DeliverOptions{NoSignature: true}, 401},
		{"old", DeliverOptions{Timestamp: time.Unix(1, 0), ContentType: "text/plain"}, 200}, {"twice", DeliverOptions{Twice: true}, 200},
	} {
		if status, _, err := s.DeliverRaw(soon(t), body, c.o); err != nil || status != c.status {
			t.Errorf("%s: %d, %v", c.name, status, err)
		}
	}
	if seen.Load() != 4 {
		t.Errorf("%d deliveries", seen.Load())
	}
	newREST(t, s).want(204, 0, "POST", "/interactions/77/tok/callback", `{"type":4,"data":{"content":"late"}}`)
	if m, err := s.Interaction("77").Message(soon(t)); err != nil || m.Content != "late" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestEndpointIsVerified(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	careless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, 200, object{"type": 1}) }))
	defer careless.Close()
	if err := s.SetEndpoint(soon(t), careless.URL); err == nil || !strings.Contains(err.Error(), "bad signature") {
		t.Errorf("an endpoint that checks nothing: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := s.SetEndpoint(ctx, "http://127.0.0.1:1"); err == nil {
		t.Error("an endpoint that is not there")
	}
	if err := s.SetEndpoint(t.Context(), ""); err != nil {
		t.Error(err)
	}
}
