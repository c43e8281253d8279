package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
)

// A live is the program running against the local Discord.
type live struct {
	*localdiscord.Server
	t        *testing.T
	env      map[string]string
	listen   string
	settings string // of the configuration file
	log      *syncBuffer
	stop     context.CancelFunc
	code     chan int // the exit code of serve
}

// contract is Discord's specification, where the tests have it.
var contract = sync.OnceValues(func() (*localdiscord.Contract, error) {
	path := filepath.Join("..", "..", "shared", "discord", "openapi.json")
	if _, err := os.Stat(path); err != nil {
		return nil, nil //nolint:nilnil // none is fine: the local Discord's own rules still hold
	}
	return localdiscord.LoadContract(path)
})

// A syncBuffer is written by the process and read by the test.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// freeAddress is an address on this machine that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// newLive starts a local Discord with the bot's commands registered.
func newLive(t *testing.T, o localdiscord.Options) *live {
	t.Helper()
	var err error
	if o.Contract, err = contract(); err != nil {
		t.Fatal(err)
	}
	if o.Contract == nil {
		t.Log("the contract was not checked: there is no ../shared/discord/openapi.json")
	}
	srv, err := localdiscord.New(o)
	if err != nil {
		t.Fatal(err)
	}
	l := &live{Server: srv, t: t, listen: freeAddress(t), log: &syncBuffer{}, settings: unlimited}
	l.env = environment(srv)
	t.Cleanup(func() {
		l.end()
		for _, v := range srv.Violations() {
			t.Errorf("Discord would have refused: %+v", v)
		}
		srv.Close()
		for what, secret := range l.secrets() {
			if strings.Contains(l.log.String(), secret) {
				t.Errorf("the log holds %s", what)
			}
		}
		if t.Failed() {
			t.Logf("log of serve:\n%s", l.log)
		}
	})
	if out, errs, code := l.program("register"); code != exitOK {
		t.Fatalf("register: exit code %d\n%s%s", code, out, errs)
	}
	return l
}

// environment is what the program needs to find a local Discord.
func environment(srv *localdiscord.Server) map[string]string {
	return map[string]string{
		"DISCORD_API_URL": srv.URL(), "DISCORD_TOKEN": srv.Token(),
		"DISCORD_PUBLIC_KEY": srv.PublicKeyHex(), "DISCORD_APPLICATION_ID": srv.ApplicationID(),
	}
}

// question is what members ask in most tests; the embedded base knows the
// answer.
const question = "Where was the summit held?"

// secrets must not be in the log.
func (l *live) secrets() map[string]string {
	return map[string]string{
		"the token":               l.Token(),
		"an interaction's token":  base64.RawURLEncoding.EncodeToString([]byte("interaction:")), // they all begin so
		"what a member asked":     question,
		"what a member wrote":     gossip,
		"the name of a member":    "mina",
		"what the answer is":      "Busan",
		"the body of a Discord's": "<html>",
	}
}

// gossip is in whatever members send that is no question.
const gossip = "my zebra pyjamas"

// program runs a command of the program to its end.
func (l *live) program(args ...string) (out, errs string, code int) {
	return session{args: args, env: l.env}.run()
}

// serve starts the program, and waits until it is ready.
func (l *live) serve(args ...string) {
	l.t.Helper()
	for range 3 { // somebody may take the address first
		if l.begin(args...); l.waitReady() {
			return
		}
		l.listen = freeAddress(l.t)
	}
	l.t.Fatalf("serve is not ready\n%s", l.log)
}

// begin starts the program.
func (l *live) begin(args ...string) {
	ctx, cancel := context.WithCancel(context.Background())
	l.stop, l.code = cancel, make(chan int, 1)
	c := &console{in: strings.NewReader(""), out: l.log, err: l.log, getenv: func(k string) string { return l.env[k] }}
	args = append([]string{"serve", "--listen", l.listen, "--config", l.config(l.settings)}, args...)
	go func() { l.code <- run(ctx, c, args) }()
}

// serveOver starts the program, and has interactions delivered over the
// transport.
func (l *live) serveOver(transport string) {
	l.t.Helper()
	l.serve("--transport", transport)
	if transport != "http" {
		if err := l.WaitConnected(within(l.t)); err != nil {
			l.t.Fatal(err)
		}
	}
	if transport != "gateway" {
		if err := l.SetEndpoint(within(l.t), "http://"+l.listen+"/interactions"); err != nil {
			l.t.Fatal(err)
		}
	}
}

// standard leaves everything at its default.
const standard = "log_level: info\n"

// unlimited lifts the limits for members, who in tests are few and quick.
const unlimited = "user_burst: 0\nchannel_burst: 0\n"

// config writes a configuration file.
func (l *live) config(settings string) string {
	path := filepath.Join(l.t.TempDir(), "bot.yaml")
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		l.t.Fatal(err)
	}
	return path
}

// waitReady waits until /readyz says so. It returns false when another
// program listens there.
func (l *live) waitReady() bool {
	l.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if status, _ := l.get("/readyz"); status == http.StatusOK {
			return true
		}
		select {
		case code := <-l.code:
			if l.stop = nil; !strings.Contains(l.log.String(), "address already in use") {
				l.t.Fatalf("serve ended with %d\n%s", code, l.log)
			}
			return false
		default:
		}
	}
	l.t.Fatalf("serve is not ready\n%s", l.log)
	return false
}

// ended waits until the program ends by itself, and returns its exit code.
func (l *live) ended() int {
	l.t.Helper()
	select {
	case code := <-l.code:
		l.stop = nil
		return code
	case <-time.After(20 * time.Second):
		l.t.Fatalf("serve does not end\n%s", l.log)
		return -1
	}
}

// end stops the program, and returns its exit code.
func (l *live) end() int {
	if l.stop == nil {
		return exitOK
	}
	http.DefaultClient.CloseIdleConnections() // one that was never used delays the stop
	l.stop()
	return l.ended()
}

// slowdown is how much longer things may take under the race detector.
var slowdown = sync.OnceValue(func() time.Duration {
	info, ok := debug.ReadBuildInfo()
	if ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return 4
	}
	return 1
})

// within bounds one step of a test.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second*slowdown())
	t.Cleanup(cancel)
	return ctx
}

// message is the message that an interaction led to.
func message(t *testing.T, i *localdiscord.Interaction) localdiscord.Message {
	t.Helper()
	m, err := i.Message(within(t))
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	return m
}

// asks has a member ask the question, and checks the answer.
func (l *live) asks(t *testing.T, who string) {
	t.Helper()
	has(t, message(t, l.ask(t, who)), false, "Busan")
}

// ask has a member ask the question in general.
func (l *live) ask(t *testing.T, who string) *localdiscord.Interaction {
	t.Helper()
	return l.Member(who).Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", question))
}

// lines are those of the log that contain a text.
func (l *live) lines(with string) (found []string) {
	for line := range strings.Lines(l.log.String()) {
		if strings.Contains(line, with) {
			found = append(found, line)
		}
	}
	return found
}

// complaints are the lines of the log about anything wrong.
func (l *live) complaints() []string {
	return slices.Concat(l.lines(`msg="an answer did not arrive"`), l.lines(`msg="a reply did not arrive"`), l.lines("level=WARN"), l.lines("level=ERROR"))
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second * slowdown()); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

// metric is the value of a series at /metrics; 0 when there is none.
func (l *live) metric(series string) float64 {
	_, page := l.get("/metrics")
	for line := range strings.Lines(page) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), series+" "); ok && name == "" {
			n, _ := strconv.ParseFloat(value, 64)
			return n
		}
	}
	return 0
}

// has checks what a message shows, and that it pings nobody.
func has(t *testing.T, m localdiscord.Message, ephemeral bool, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(m.Text(), text) {
			t.Errorf("%q is not in\n%s", text, m.Text())
		}
	}
	if m.Ephemeral() != ephemeral {
		t.Errorf("ephemeral: got %t, want %t\n%s", m.Ephemeral(), ephemeral, m.Text())
	}
	if pings := m.Pings(); len(pings) > 0 {
		t.Errorf("it pings %v", pings)
	}
}

// button is the id of the first button whose id begins so.
func button(t *testing.T, m localdiscord.Message, prefix string) string {
	t.Helper()
	for _, b := range m.Buttons() {
		if strings.HasPrefix(b.CustomID, prefix) {
			return b.CustomID
		}
	}
	t.Fatalf("no button begins with %s in %v", prefix, m.Buttons())
	return ""
}
