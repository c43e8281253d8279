package localdiscord

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// rewrite sends calls for Discord to a Server instead.
type rewrite struct {
	to   *url.URL
	next http.RoundTripper
}

func (w rewrite) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = w.to.Scheme, w.to.Host
	return w.next.RoundTrip(r)
}

// newSession is a session of the library that talks to s, and its events.
func newSession(t *testing.T, s *Server) (*discordgo.Session, chan *discordgo.Event) {
	t.Helper()
	session, err := discordgo.New("Bot " + s.Token())
	if err != nil {
		t.Fatal(err)
	}
	to, _ := url.Parse(s.URL())
	transport := &http.Transport{}
	session.Client = &http.Client{Transport: rewrite{to, transport}}
	session.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	session.StateEnabled = false
	session.LogLevel = -1
	session.ShouldReconnectOnError = false // its loop cannot be stopped; see reopen
	session.SyncEvents = true
	events := make(chan *discordgo.Event, 2000)
	session.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { events <- e })
	t.Cleanup(func() {
		transport.CloseIdleConnections()
	})
	return session, events
}

// waitEvent waits for an event of a name.
func waitEvent(t *testing.T, events chan *discordgo.Event, name string) *discordgo.Event {
	t.Helper()
	timeout := time.After(5 * time.Second)
	for {
		select {
		case e := <-events:
			if e.Type == name {
				return e
			}
		case <-timeout:
			t.Fatalf("no %s", name)
		}
	}
}

func TestLibraryIdentifies(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	session, events := newSession(t, s)
	if err := session.Open(); err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	if err := s.WaitConnected(soon(t)); err != nil {
		t.Fatal(err)
	}
	var ready discordgo.Ready
	if err := json.Unmarshal(waitEvent(t, events, "READY").RawData, &ready); err != nil || ready.User.ID != s.Bot().ID || len(ready.Guilds) != 1 {
		t.Errorf("READY: %+v, %v", ready, err)
	}
	var guild discordgo.Guild
	if err := json.Unmarshal(waitEvent(t, events, "GUILD_CREATE").RawData, &guild); err != nil || guild.ID != s.GuildID() || len(guild.Channels) != 3 || len(guild.Members) != 6 {
		t.Errorf("GUILD_CREATE: %+v, %v", guild, err)
	}
	if _, err := s.Member("mina").Say(t.Context(), s.Channel("general"), "hello", SayOptions{Mention: true}); err != nil {
		t.Fatal(err)
	}
	var m discordgo.MessageCreate
	if err := json.Unmarshal(waitEvent(t, events, "MESSAGE_CREATE").RawData, &m); err != nil || !strings.HasSuffix(m.Content, "hello") || len(m.Mentions) != 1 || m.Member == nil {
		t.Errorf("MESSAGE_CREATE: %+v, %v", m, err)
	}
	if err := s.Flood(500, "TYPING_START", object{"n": 1}); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		waitEvent(t, events, "TYPING_START")
	}
	if l := s.Log(); l.Events(Identified) != 1 || l.Events(Resumed) != 0 || l.Events(Heartbeat) == 0 || l.Events(Connected) != 1 {
		t.Errorf("log: %+v", l.Gateway)
	}
	for _, e := range s.Log().Gateway {
		if strings.Contains(string(e.Data), s.Token()) {
			t.Error("the log holds the token")
		}
	}
}

// disconnects tells when the library has closed a connection.
func disconnects(session *discordgo.Session) chan struct{} {
	gone := make(chan struct{}, 10)
	session.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { gone <- struct{}{} })
	return gone
}

// reopen connects again once the connection is gone.
func reopen(t *testing.T, session *discordgo.Session, gone chan struct{}) {
	t.Helper()
	<-gone
	if err := session.Open(); err != nil && !errors.Is(err, discordgo.ErrWSAlreadyOpen) {
		t.Fatal(err)
	}
}

func TestLibraryResumes(t *testing.T) {
	for name, disturb := range map[string]func(s *Server){
		"drop":       (*Server).DropGateway,
		"op 7":       (*Server).AskReconnect,
		"close 4000": func(s *Server) { s.CloseGateway(4000) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, Options{})
			session, events := newSession(t, s)
			gone := disconnects(session)
			if err := session.Open(); err != nil {
				t.Fatal(err)
			}
			defer session.Close()
			waitEvent(t, events, "GUILD_CREATE")
			disturb(s)
			_, _ = s.Member("mina").Say(t.Context(), s.Channel("general"), "missed", SayOptions{Mention: true})
			reopen(t, session, gone)
			waitEvent(t, events, "MESSAGE_CREATE")
			waitEvent(t, events, "RESUMED")
			if l := s.Log(); l.Events(Identified) != 1 || l.Events(Resumed) != 1 {
				t.Errorf("log: %+v", l.Gateway)
			}
		})
	}
}

func TestLibraryStartsAnew(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	session, events := newSession(t, s)
	gone := disconnects(session)
	if err := session.Open(); err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	waitEvent(t, events, "GUILD_CREATE")
	s.FailGateway(GatewayFault{Kind: InvalidOnResume})
	s.DropGateway()
	reopen(t, session, gone)
	waitEvent(t, events, "READY")
	s.Invalidate(false)
	waitEvent(t, events, "READY")
	if l := s.Log(); l.Events(Identified) != 3 || l.Events(Resumed) != 1 {
		t.Errorf("log: %+v", l.Gateway)
	}
}

func TestLibraryIsTurnedAway(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	session, _ := newSession(t, s)
	session.Identify.Token = "Bot wrong"
	if closed, ok := errors.AsType[*websocket.CloseError](session.Open()); !ok || closed.Code != 4004 {
		t.Errorf("Open = %v", closed)
	}
	session.Identify.Token = "Bot " + s.Token()
	session.Identify.Intents |= discordgo.IntentsMessageContent
	if closed, ok := errors.AsType[*websocket.CloseError](session.Open()); !ok || closed.Code != 4014 {
		t.Errorf("Open = %v", closed)
	}
}

// wire speaks with the gateway frame by frame.
type wire struct {
	t  *testing.T
	ws *websocket.Conn
}

func dial(t *testing.T, s *Server, query string) *wire {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), s.gatewayURL()+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	return &wire{t, ws}
}

// read returns the next payload, or the close code.
func (w *wire) read() (payload, int) {
	w.t.Helper()
	_ = w.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	kind, data, err := w.ws.ReadMessage()
	if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
		return payload{}, closed.Code
	}
	if err != nil {
		return payload{}, -1
	}
	if kind == websocket.BinaryMessage {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			w.t.Fatal(err)
		}
		data, _ = io.ReadAll(z)
	}
	var p payload
	if err := json.Unmarshal(data, &p); err != nil {
		w.t.Fatal(err)
	}
	return p, 0
}

// want reads the next payload, which must have an opcode.
func (w *wire) want(op int) payload {
	w.t.Helper()
	p, code := w.read()
	if code != 0 || p.Op != op {
		w.t.Fatalf("op %d, close code %d; want op %d", p.Op, code, op)
	}
	return p
}

// event reads the next payload, which must be an event.
func (w *wire) event(name string) payload {
	w.t.Helper()
	p := w.want(opDispatch)
	if *p.Type != name {
		w.t.Fatalf("%s, want %s", *p.Type, name)
	}
	return p
}

// wantClose waits for the connection to end with a code, -1 for none. Answers
// to heartbeats may come before.
func (w *wire) wantClose(code int) {
	w.t.Helper()
	p, got := w.read()
	for got == 0 && p.Op == opHeartbeatAck {
		p, got = w.read()
	}
	if got != code {
		w.t.Fatalf("op %d, close code %d; want %d", p.Op, got, code)
	}
}

func (w *wire) send(op int, data any) {
	w.t.Helper()
	if err := w.ws.WriteJSON(object{"op": op, "d": data}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) identify(s *Server, more object) {
	w.t.Helper()
	w.send(opIdentify, merge(object{"token": s.Token(), "intents": intentGuilds | intentGuildMessages | intentDirectMessages, "properties": object{}}, more))
}

// join identifies and returns the session id.
func (w *wire) join(s *Server) string {
	w.t.Helper()
	w.want(opHello)
	w.identify(s, nil)
	ready, err := decode(w.event("READY").Data)
	if err != nil {
		w.t.Fatal(err)
	}
	w.event("GUILD_CREATE")
	return str(ready, "session_id")
}

const version = "?v=9&encoding=json"

func TestGatewayCloseCodes(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2})
	for _, c := range []struct {
		name string
		send func(w *wire)
		code int
	}{
		{"unknown opcode", func(w *wire) { w.send(99, nil) }, 4001},
		{"not JSON", func(w *wire) { _ = w.ws.WriteMessage(websocket.TextMessage, []byte("{")) }, 4002},
		{"too long", func(w *wire) { w.send(opPresence, strings.Repeat("x", 4097)) }, 4002},
		{"not authenticated", func(w *wire) { w.send(opPresence, nil) }, 4003},
		{"bad token", func(w *wire) { w.send(opIdentify, object{"token": "x"}) }, 4004},
		{"bad token to resume", func(w *wire) { w.send(opResume, object{"token": "x"}) }, 4004},
		{"shard", func(w *wire) { w.identify(s, object{"shard": []int{2, 2}}) }, 4010},
		{"unknown intent", func(w *wire) { w.identify(s, object{"intents": 1 << 30}) }, 4013},
		{"privileged intent", func(w *wire) { w.identify(s, object{"intents": intentContent}) }, 4014},
		{"identify twice", func(w *wire) { w.identify(s, object{"intents": 0}); w.event("READY"); w.identify(s, nil) }, 4005},
		{"too many", func(w *wire) {
			for range 121 {
				w.send(opHeartbeat, nil)
			}
		}, 4008},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := dial(t, s, version)
			w.want(opHello)
			c.send(w)
			w.wantClose(c.code)
		})
	}
	dial(t, s, "?v=8").wantClose(4012)
}

func TestGatewayResume(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	w := dial(t, s, version)
	id := w.join(s)
	_ = w.ws.NetConn().Close()
	for range 3 {
		_ = s.Dispatch("SOMETHING", object{"x": 1})
	}
	w = dial(t, s, version)
	w.want(opHello)
	w.send(opResume, object{"token": s.Token(), "session_id": id, "seq": 3}) // READY, GUILD_CREATE and one more were seen
	for seq := 4; seq <= 5; seq++ {
		if p := w.event("SOMETHING"); *p.Seq != seq {
			t.Errorf("seq %d, want %d", *p.Seq, seq)
		}
	}
	if p := w.event("RESUMED"); *p.Seq != 6 {
		t.Errorf("RESUMED has seq %d", *p.Seq)
	}
	// A resume elsewhere ends this connection, which may not have noticed yet.
	other := dial(t, s, version)
	other.want(opHello)
	other.send(opResume, object{"token": s.Token(), "session_id": id, "seq": 6})
	other.event("RESUMED")
	w.wantClose(4000)

	other.send(opResume, object{"token": s.Token(), "session_id": id, "seq": 6})
	other.wantClose(4005)
	for _, bad := range []struct {
		id   string
		seq  int
		code int
	}{{"nobody", 0, 0}, {id, 1000, 4007}} {
		w := dial(t, s, version)
		w.want(opHello)
		w.send(opResume, object{"token": s.Token(), "session_id": bad.id, "seq": bad.seq})
		if bad.code != 0 {
			w.wantClose(bad.code)
		} else if p := w.want(opInvalidSession); string(p.Data) != "false" {
			t.Errorf("op 9 with %s", p.Data)
		}
	}
}

// Closing with 1000 ends the session; any other code keeps it.
func TestGatewayClientCloses(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	for code, op := range map[int]int{websocket.CloseNormalClosure: opInvalidSession, websocket.CloseServiceRestart: opDispatch} {
		w := dial(t, s, version)
		id := w.join(s)
		_ = w.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
		_ = s.wait(soon(t), func() bool { return len(s.gateway.conns) == 0 })
		w = dial(t, s, version)
		w.want(opHello)
		w.send(opResume, object{"token": s.Token(), "session_id": id, "seq": 2})
		w.want(op)
		_ = w.ws.Close()
		_ = s.wait(soon(t), func() bool { return len(s.gateway.conns) == 0 })
	}
}

func TestGatewayFaults(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	fail := func(f GatewayFault) *wire {
		s.FailGateway(f)
		return dial(t, s, version)
	}
	w := fail(GatewayFault{Kind: DropOnConnect})
	w.wantClose(-1)

	w = fail(GatewayFault{Kind: DelayedHello, Delay: 30 * time.Millisecond})
	began := time.Now()
	w.want(opHello)
	if took := time.Since(began); took < 20*time.Millisecond {
		t.Errorf("HELLO came after %v", took)
	}
	for kind, op := range map[GatewayFaultKind]int{ReconnectInsteadOfReady: opReconnect, InvalidInsteadOfReady: opInvalidSession} {
		w = fail(GatewayFault{Kind: kind})
		w.want(opHello)
		w.identify(s, nil)
		w.want(op)
		w.identify(s, nil)
		w.event("READY")
	}
	for _, code := range []int{1000, 4000, 4004, 4010, 4011, 4012, 4013, 4014} {
		w = fail(GatewayFault{Kind: CloseInsteadOfReady, Code: code})
		w.want(opHello)
		w.identify(s, nil)
		w.wantClose(code)
	}
	w = fail(GatewayFault{Kind: DropInsteadOfReady})
	w.want(opHello)
	w.identify(s, nil)
	w.wantClose(-1)

	s.FailGateway(GatewayFault{Kind: RefuseDial})
	if _, resp, err := websocket.DefaultDialer.DialContext(t.Context(), s.gatewayURL()+version, nil); err == nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("refused dial: %v", err)
	}
}

// silence checks that nothing comes.
func (w *wire) silence() {
	w.t.Helper()
	_ = w.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, data, err := w.ws.ReadMessage(); err == nil {
		w.t.Errorf("got %s", data)
	}
}

func TestGatewaySilence(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	s.FailGateway(GatewayFault{Kind: NoHello})
	dial(t, s, version).silence()

	s.FailGateway(GatewayFault{Kind: NoReady})
	w := dial(t, s, version)
	w.want(opHello)
	w.identify(s, nil)
	w.silence()

	s.FailGateway(GatewayFault{Kind: NoAck})
	w = dial(t, s, version)
	w.join(s)
	w.send(opHeartbeat, 2)
	_ = s.Dispatch("SOMETHING", nil)
	w.event("SOMETHING")
	w.silence()

	s.FailGateway(GatewayFault{Kind: Zombie})
	w = dial(t, s, version)
	w.join(s)
	w.send(opHeartbeat, 2)
	_ = s.Dispatch("SOMETHING", nil)
	w.silence()

	w = dial(t, s, version)
	id := w.join(s)
	s.AskHeartbeat()
	w.want(opHeartbeat)
	s.Freeze()
	_ = s.Dispatch("SOMETHING", nil)
	w.silence()
	w = dial(t, s, version)
	w.want(opHello)
	w.send(opResume, object{"token": s.Token(), "session_id": id, "seq": 2})
	w.event("SOMETHING")
	w.event("RESUMED")
}

func TestGatewayRevoked(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	w := dial(t, s, version)
	id := w.join(s)
	s.RevokeToken()
	w.wantClose(4004)
	w = dial(t, s, version)
	w.want(opHello)
	w.send(opResume, object{"token": s.Token(), "session_id": id, "seq": 2})
	w.wantClose(4004)
	if err := s.Dispatch("SOMETHING", nil); !errors.Is(err, ErrNotConnected) {
		t.Errorf("Dispatch = %v", err)
	}
}

func TestGatewayTimesOut(t *testing.T) {
	t.Parallel()
	s := start(t, Options{HeartbeatInterval: 25 * time.Millisecond})
	w := dial(t, s, version)
	w.want(opHello)
	w.wantClose(4009)
}

func TestGatewayIdentifyTooSoon(t *testing.T) {
	t.Parallel()
	s := start(t, Options{IdentifyEvery: time.Minute, MaxConcurrency: 2, Shards: 3})
	for _, c := range []struct{ shard, op int }{{0, opDispatch}, {1, opDispatch}, {2, opInvalidSession}} { // 2 mod 2 = 0
		w := dial(t, s, version)
		w.want(opHello)
		w.identify(s, object{"shard": []int{c.shard, 3}})
		w.want(c.op)
	}
	if n := len(s.Violations()); n != 1 {
		t.Errorf("%d violations", n)
	}
}

func TestGatewayIntents(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		intents    int
		privileged int
		want       []string // channel and whether the content is shown
	}{
		{"none", 0, 0, nil},
		{"guild", intentGuildMessages, 0, []string{"general hidden", "general shown"}},
		{"direct", intentDirectMessages, 0, []string{"dm shown"}},
		{"content", intentGuildMessages | intentContent, intentContent, []string{"general shown", "general shown"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, Options{PrivilegedIntents: c.privileged})
			w := dial(t, s, version)
			w.want(opHello)
			w.identify(s, object{"intents": c.intents, "compress": true})
			w.event("READY")
			mina := s.Member("mina")
			for _, where := range []Channel{s.Channel("general"), s.DM(mina), s.Channel("lounge"), s.Channel("private")} {
				_, _ = mina.Say(t.Context(), where, strings.Repeat("words ", 300), SayOptions{})
			}
			_, _ = mina.Say(t.Context(), s.Channel("general"), "words", SayOptions{Mention: true})
			_ = s.Dispatch("END", nil)
			var got []string
			for p, _ := w.read(); *p.Type != "END"; p, _ = w.read() {
				v, _ := decode(p.Data)
				seen := map[bool]string{true: " shown", false: " hidden"}[str(v, "content") != ""]
				if has(v, "guild_id") {
					got = append(got, "general"+seen)
				} else {
					got = append(got, "dm"+seen)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
