package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

// Secrets of the tests: no error and no line of a log may hold one.
const (
	testToken   = "MTIz.bot-secret/+.xyz"
	testSecret  = "aW50ZXJhY3Rpb24.secret"
	testWords   = "what a member wrote"
	testSession = "session-secret"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.fuzz").Value.String() == "" {
		// The tests wait for discordgo, which sleeps for a second at each close.
		_ = flag.Set("test.parallel", "24")
	}
	// discordgo's logger is set once a process; tests may outlive their logs.
	SetLibraryLogger(slog.New(slog.DiscardHandler))
	goleak.VerifyTestMain(m)
}

// noSecrets fails the test when text holds a secret.
func noSecrets(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{testToken, testSecret, testWords, testSession} {
		if strings.Contains(text, secret) {
			t.Errorf("a secret got into %q", text)
		}
	}
}

// A safeBuffer may be written to by many goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func (s *safeBuffer) lines(with string) (found []string) {
	for line := range strings.Lines(s.String()) {
		if strings.Contains(line, with) {
			found = append(found, line)
		}
	}
	return found
}

// testLog returns a logger of everything and what it wrote. The test fails if
// that holds a secret.
func testLog(t *testing.T) (*slog.Logger, *safeBuffer) {
	out := &safeBuffer{}
	t.Cleanup(func() { noSecrets(t, out.String()) })
	return slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelDebug})), out
}

// A fakeGateway lets one function after the other serve the connections to
// it, the last one all that follow. It answers GET /gateway/bot too.
type fakeGateway struct {
	*httptest.Server
	t *testing.T

	mu        sync.Mutex
	serve     []func(*wire)
	dials     int
	opened    []string // what each connection began with: IDENTIFY or RESUME
	paths     []string
	remaining int // session starts
	lookups   int
}

func newFakeGateway(t *testing.T, serve ...func(*wire)) *fakeGateway {
	f := &fakeGateway{t: t, serve: serve, remaining: 1000}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fakeGateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/gateway/bot") {
		f.lookup(w, r)
		return
	}
	f.mu.Lock()
	serve := f.serve[min(f.dials, len(f.serve)-1)]
	f.dials++
	f.paths = append(f.paths, r.URL.Path)
	f.mu.Unlock()
	if serve == nil { // no answer to the upgrade
		<-r.Context().Done()
		return
	}
	upgrader := websocket.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	serve(&wire{Conn: conn, f: f})
}

func (f *fakeGateway) lookup(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lookups++
	w.Header().Set("Content-Type", "application/json")
	if r.Header.Get("Authorization") != "Bot "+testToken {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"message":"401: Unauthorized","code":0}`)
		return
	}
	_ = json.NewEncoder(w).Encode(GatewayInfo{URL: f.address(""), Shards: 1, Limit: SessionStartLimit{
		Total: 1000, Remaining: f.remaining, ResetAfter: 50, MaxConcurrency: 1,
	}})
	f.remaining = max(f.remaining, 1000) // the next day has begun
}

func (f *fakeGateway) address(path string) string {
	return "ws" + strings.TrimPrefix(f.URL, "http") + path
}

func (f *fakeGateway) saw() (dials int, opened string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dials, strings.Join(f.opened, " ")
}

// A wire is one connection, as the server sees it.
type wire struct {
	*websocket.Conn
	f *fakeGateway
}

type payload struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s,omitempty"`
	Type string          `json:"t,omitempty"`
}

func (w *wire) send(op int, data string) {
	_ = w.WriteJSON(payload{Op: op, Data: json.RawMessage(data)})
}

func (w *wire) event(seq int64, name, data string) {
	_ = w.WriteJSON(payload{Data: json.RawMessage(data), Seq: seq, Type: name})
}

// hello greets and notes how the client opens.
func (w *wire) hello(interval string) {
	w.send(opHello, `{"heartbeat_interval":`+interval+`}`)
	var p payload
	if w.ReadJSON(&p) != nil {
		return
	}
	w.f.mu.Lock()
	defer w.f.mu.Unlock()
	w.f.opened = append(w.f.opened, map[int]string{2: "IDENTIFY", 6: "RESUME"}[p.Op])
	if !bytes.Contains(p.Data, []byte(`"Bot `+testToken+`"`)) {
		w.f.t.Errorf("op %d came without the token", p.Op)
	}
}

// ready greets and announces a session.
func (w *wire) ready() {
	w.hello("60000")
	w.event(1, "READY", `{"session_id":"`+testSession+`","resume_gateway_url":"`+w.f.address("/resume")+`"}`)
}

// resumed greets and goes on with a session.
func (w *wire) resumed() {
	w.hello("60000")
	w.event(2, "RESUMED", `{}`)
}

// answer acknowledges heartbeats until the connection ends, and returns the
// code that the client closed with.
func (w *wire) answer() int {
	for {
		var p payload
		if err := w.ReadJSON(&p); err != nil {
			if closed, ok := err.(*websocket.CloseError); ok {
				return closed.Code
			}
			return 0
		}
		if p.Op == 1 {
			w.send(opHeartbeatAck, "null")
		}
	}
}

// silence reads and never answers.
func (w *wire) silence() {
	for {
		if _, _, err := w.ReadMessage(); err != nil {
			return
		}
	}
}

func (w *wire) closeWith(code int) {
	_ = w.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(code, testWords))
	w.silence()
}

// What connections do.
func readyAnd(then func(*wire)) func(*wire)   { return func(w *wire) { w.ready(); w.wait(); then(w) } }
func resumedAnd(then func(*wire)) func(*wire) { return func(w *wire) { w.resumed(); then(w) } }
func helloAnd(then func(*wire)) func(*wire)   { return func(w *wire) { w.hello("60000"); then(w) } }

// wait lets the client notice what came before, as READY and the next message
// are handled apart.
func (w *wire) wait() { time.Sleep(150 * time.Millisecond) }

func drop(w *wire)   { w.NetConn().Close() }
func remain(w *wire) { w.answer() }

func sendOp(code int, data string) func(*wire) {
	return func(w *wire) { w.send(code, data); w.silence() }
}

func closing(code int) func(*wire) { return func(w *wire) { w.closeWith(code) } }

// A running gateway of a test.
type running struct {
	*Gateway
	log    *safeBuffer
	result chan error
	cancel context.CancelFunc
	events chan string
}

var fast = Timings{
	Open: 10 * time.Second, Idle: 30 * time.Second, Stuck: 30 * time.Second, Check: 10 * time.Millisecond,
	Backoff: 10 * time.Millisecond, MaxBackoff: 50 * time.Millisecond, Invalid: 5 * time.Millisecond,
}

// runGateway starts a gateway on the server and stops it with the test.
func runGateway(t *testing.T, f *fakeGateway, timings Timings) *running {
	log, out := testLog(t)
	client := NewClient(ClientConfig{BaseURL: f.URL, Token: testToken, ApplicationID: "1", Log: log})
	r := &running{log: out, result: make(chan error, 1), events: make(chan string, 100)}
	r.Gateway = NewGateway(GatewayConfig{
		Client: client, Intents: 1, Log: log, Timings: timings, Identify: NewIdentifyLimiter(time.Millisecond),
		Handle: func(_ context.Context, event string, _ json.RawMessage) { r.events <- event },
	})
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.result <- r.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		client.Close()
	})
	return r
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(25 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never %s", what)
		}
	}
}
