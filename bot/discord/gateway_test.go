package discord

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// Each fault hits the first connection, or the first two; afterwards all is
// well. discordgo takes a second to let go of a connection, so the tests run
// side by side.
func TestFaults(t *testing.T) {
	silent := fast
	silent.Idle = 200 * time.Millisecond
	slow := fast
	slow.Open = 200 * time.Millisecond
	zombie := func(w *wire) {
		w.hello("100")
		w.event(1, "READY", `{"session_id":"s"}`)
		w.silence()
	}
	tests := []struct {
		name    string
		timings Timings
		serve   []func(*wire)
		opened  string // how the connections began
		lost    string // in the one line of the log; "": no ready connection was lost
	}{
		{"drop", fast, []func(*wire){readyAnd(drop), resumedAnd(remain)}, "IDENTIFY RESUME", `reason=network code=0`},
		{"op 7", fast, []func(*wire){readyAnd(sendOp(7, "null")), resumedAnd(remain)}, "IDENTIFY RESUME", `reason="reconnect requested" code=0`},
		{"op 9", fast, []func(*wire){readyAnd(sendOp(9, "false")), readyAnd(remain)}, "IDENTIFY IDENTIFY", `reason="session invalid" code=0`},
		{"op 9, resumable", fast, []func(*wire){readyAnd(sendOp(9, "true")), resumedAnd(remain)}, "IDENTIFY RESUME", `reason="session invalid" code=0`},
		{"op 9 on resume", fast, []func(*wire){readyAnd(drop), helloAnd(sendOp(9, "false")), readyAnd(remain)}, "IDENTIFY RESUME IDENTIFY", `reason=network code=0`},
		{"op 7 on resume", fast, []func(*wire){readyAnd(drop), helloAnd(sendOp(7, "null")), resumedAnd(remain)}, "IDENTIFY RESUME RESUME", `reason=network code=0`},
		{"op 7 instead of READY", fast, []func(*wire){helloAnd(sendOp(7, "null")), readyAnd(remain)}, "IDENTIFY IDENTIFY", ""},
		{"op 9 instead of READY", fast, []func(*wire){helloAnd(sendOp(9, "false")), readyAnd(remain)}, "IDENTIFY IDENTIFY", ""},
		{"op 7 instead of Hello", fast, []func(*wire){sendOp(7, "null"), readyAnd(remain)}, "IDENTIFY", ""},
		{"no Hello", slow, []func(*wire){(*wire).silence, readyAnd(remain)}, "IDENTIFY", ""},
		{"a Hello of 0 ms", fast, []func(*wire){sendOp(10, `{"heartbeat_interval":0}`), readyAnd(remain)}, "IDENTIFY", ""},
		{"null", fast, []func(*wire){readyAnd(func(w *wire) { _ = w.WriteMessage(1, []byte("null")); w.silence() }), resumedAnd(remain)}, "IDENTIFY RESUME", `reason="protocol error"`},
		{"no answer to the upgrade", slow, []func(*wire){nil, readyAnd(remain)}, "IDENTIFY", ""},
		{"drop during Identify", fast, []func(*wire){helloAnd(drop), readyAnd(remain)}, "IDENTIFY IDENTIFY", ""},
		{"READY that never comes", slow, []func(*wire){helloAnd((*wire).silence), readyAnd(remain)}, "IDENTIFY IDENTIFY", ""},
		{"READY that never comes, but events", slow, []func(*wire){helloAnd(func(w *wire) { w.event(1, "TYPING_START", "{}"); w.silence() }), readyAnd(remain)}, "IDENTIFY IDENTIFY", ""},
		{"no acknowledgement", fast, []func(*wire){zombie, resumedAnd(remain)}, "IDENTIFY RESUME", `reason="heartbeats not acknowledged" code=0`},
		{"silence", silent, []func(*wire){readyAnd((*wire).silence), resumedAnd(remain)}, "IDENTIFY RESUME", `reason=silent code=0`},
		{"4000", fast, []func(*wire){readyAnd(closing(4000)), resumedAnd(remain)}, "IDENTIFY RESUME", `reason="closed by Discord" code=4000`},
		{"1000", fast, []func(*wire){readyAnd(closing(1000)), resumedAnd(remain)}, "IDENTIFY RESUME", `reason="closed by Discord" code=1000`},
		{"4009", fast, []func(*wire){readyAnd(closing(4009)), readyAnd(remain)}, "IDENTIFY IDENTIFY", `reason="closed by Discord" code=4009`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeGateway(t, test.serve...)
			r := runGateway(t, f, test.timings)
			until(t, "connected again", func() bool {
				_, opened := f.saw()
				told := len(r.log.lines("gateway connection lost")) > 0
				return r.Ready() && len(opened) >= len(test.opened) && told == (test.lost != "")
			})
			lost := r.log.lines("gateway connection lost")
			r.cancel()
			if err := <-r.result; err != nil {
				t.Errorf("Run returned %v", err)
			}
			r.result <- nil
			if _, opened := f.saw(); opened != test.opened {
				t.Errorf("connections began with %q, want %q", opened, test.opened)
			}
			if r.Ready() {
				t.Error("ready after Run returned")
			}
			checkLost(t, lost, test.lost, strings.HasSuffix(test.opened, "RESUME"))
			if after := r.log.lines("gateway connection lost"); len(after) != len(lost) {
				t.Errorf("stopping is logged as a loss: %q", after)
			}
		})
	}
}

func checkLost(t *testing.T, lines []string, want string, resumed bool) {
	t.Helper()
	if want == "" {
		if len(lines) > 0 {
			t.Errorf("log has %q, want nothing lost", lines)
		}
		return
	}
	how := "resumed=false"
	if resumed {
		how = "resumed=true"
	}
	if len(lines) != 1 || !strings.Contains(lines[0], want) || !strings.Contains(lines[0], how) || !strings.Contains(lines[0], "downtime=") {
		t.Errorf("log has %q, want one line with %s %s", lines, want, how)
	}
}

func TestFatal(t *testing.T) {
	tests := []struct {
		name  string
		serve func(*wire)
		lost  int // lines about it
		code  int
	}{
		{"4004 when identifying", helloAnd(closing(4004)), 0, 4004},
		{"4004 while running", readyAnd(closing(4004)), 1, 4004},
		{"4014 when identifying", helloAnd(closing(4014)), 0, 4014},
		{"4013 instead of Hello", closing(4013), 0, 4013},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeGateway(t, test.serve)
			r := runGateway(t, f, fast)
			err := <-r.result
			r.result <- nil
			fatal, ok := errors.AsType[*FatalError](err)
			if !ok || fatal.Code != test.code || fatal.Advice == "" {
				t.Fatalf("Run returned %v, want code %d", err, test.code)
			}
			noSecrets(t, err.Error())
			time.Sleep(3 * fast.MaxBackoff)
			if dials, _ := f.saw(); dials != 1 {
				t.Errorf("dialed %d times", dials)
			}
			if lost := r.log.lines("gateway connection lost"); len(lost) != test.lost {
				t.Errorf("log has %q", lost)
			}
		})
	}
}

func TestRefusedTokenAtLookup(t *testing.T) {
	t.Parallel()
	f := newFakeGateway(t, readyAnd(remain))
	g := NewGateway(GatewayConfig{Client: NewClient(ClientConfig{BaseURL: f.URL, Token: "old"}), Handle: ignore})
	err := g.Run(t.Context())
	if fatal, ok := errors.AsType[*FatalError](err); !ok || fatal.Code != 4004 {
		t.Errorf("Run returned %v", err)
	}
	if dials, _ := f.saw(); dials != 0 {
		t.Error("dialed without a token")
	}
	g.c.Client.Close()
}

func ignore(context.Context, string, json.RawMessage) {}

// Discord wants sessions resumed at the address of READY.
func TestResumeAddress(t *testing.T) {
	t.Parallel()
	f := newFakeGateway(t, readyAnd(drop), resumedAnd(drop), resumedAnd(remain))
	r := runGateway(t, f, fast)
	until(t, "resumed twice", func() bool { dials, _ := f.saw(); return dials == 3 && r.Ready() })
	f.mu.Lock()
	defer f.mu.Unlock()
	if want := []string{"/", "/resume/", "/resume/"}; !slices.Equal(f.paths, want) {
		t.Errorf("connected to %q, want %q", f.paths, want)
	}
}

func TestWhere(t *testing.T) {
	own := func(s string) *string { return &s }
	tests := []struct {
		general string
		own     *string
		tries   int
		want    string
	}{
		{"wss://a", nil, 0, "wss://a"},
		{"wss://a", own(""), 1, "wss://a"},
		{"wss://a", own("wss://b"), 1, "wss://b"},
		{"wss://a", own("ws://b"), 1, "wss://a"}, // never less safe
		{"ws://a", own("ws://b"), 1, "ws://b"},
		{"wss://a", own("wss://b"), resumeTries + 1, "wss://a"},
	}
	for _, test := range tests {
		g := &Gateway{address: test.general, tries: test.tries}
		g.resume.Store(test.own)
		if got := g.where(); got != test.want {
			t.Errorf("general %s, own %v, tries %d: got %s, want %s", test.general, test.own, test.tries, got, test.want)
		}
	}
}

// Stopping tells Discord so; a lost connection must not, or the session ends.
func TestCloseCodes(t *testing.T) {
	t.Parallel()
	codes := make(chan int, 2)
	f := newFakeGateway(t,
		readyAnd(func(w *wire) { w.send(opReconnect, "null"); codes <- w.answer() }),
		resumedAnd(func(w *wire) { codes <- w.answer() }))
	r := runGateway(t, f, fast)
	if code := <-codes; code == 1000 || code == 1001 {
		t.Errorf("the lost connection was closed with %d", code)
	}
	until(t, "resumed", func() bool { return r.Ready() && len(r.log.lines("resumed=true")) > 0 })
	r.cancel()
	if err := <-r.result; err != nil {
		t.Error(err)
	}
	r.result <- nil
	if code := <-codes; code != 1000 {
		t.Errorf("stopped with %d, want 1000", code)
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	const strange = `{"id":"5","components":[{"type":99,"component":[]}],"content":"hi"}`
	f := newFakeGateway(t, readyAnd(func(w *wire) {
		w.event(2, "MESSAGE_CREATE", strange)
		w.event(3, "MESSAGE_CREATE", `{"panic":"`+testWords+`"}`)
		w.event(4, "SOMETHING_NEW", `{}`)
		w.answer()
	}))
	log, out := testLog(t)
	got := make(chan string, 10)
	g := NewGateway(GatewayConfig{
		Client: NewClient(ClientConfig{BaseURL: f.URL, Token: "Bot " + testToken}), Log: log, Timings: fast,
		Handle: func(_ context.Context, event string, data json.RawMessage) {
			if strings.Contains(string(data), "panic") {
				panic(testWords)
			}
			got <- event + " " + string(data)
		},
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx) }()
	seen := []string{<-got, <-got, <-got}
	until(t, "logged the panic", func() bool { return len(out.lines("panic in a handler")) > 0 })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	g.c.Client.Close()
	for _, want := range []string{"MESSAGE_CREATE " + strange, "SOMETHING_NEW {}"} {
		if !slices.Contains(seen, want) {
			t.Errorf("got %q, want %q among them", seen, want)
		}
	}
	if panics := out.lines("panic in a handler"); len(panics) != 1 {
		t.Errorf("log has %q, want one panic", panics)
	}
}

// A session whose lock nobody gives back is beyond help.
func TestStuck(t *testing.T) {
	t.Parallel()
	f := newFakeGateway(t, readyAnd(remain))
	timings := fast
	timings.Stuck, timings.Close = 100*time.Millisecond, 50*time.Millisecond
	r := runGateway(t, f, timings)
	until(t, "ready", r.Ready)
	s := r.session.Load()
	s.Lock()
	err := <-r.result
	r.result <- nil
	s.Unlock() // lets discordgo's goroutines end
	if !errors.Is(err, ErrStuck) {
		t.Errorf("Run returned %v", err)
	}
	if r.Ready() {
		t.Error("still ready")
	}
}

// discordgo that notices no acknowledgement although they arrive is stuck.
func TestIgnored(t *testing.T) {
	t.Parallel()
	f := newFakeGateway(t, func(w *wire) {
		w.hello("1000")
		w.event(1, "READY", `{"session_id":"s"}`)
		w.answer()
	})
	r := runGateway(t, f, fast)
	until(t, "ready", r.Ready)
	until(t, "returned", func() bool {
		s := r.session.Load()
		s.Lock()
		s.LastHeartbeatAck = time.Now().Add(-time.Hour) // until discordgo gets the next
		s.Unlock()
		return len(r.result) > 0
	})
	err := <-r.result
	r.result <- nil
	if !errors.Is(err, ErrStuck) {
		t.Errorf("Run returned %v", err)
	}
}

func TestStopWhileOpening(t *testing.T) {
	for name, serve := range map[string]func(*wire){"no Hello": (*wire).silence, "no upgrade": nil, "no READY": helloAnd((*wire).silence)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeGateway(t, serve)
			r := runGateway(t, f, fast)
			until(t, "dialed", func() bool { dials, _ := f.saw(); return dials > 0 })
			start := time.Now()
			r.cancel()
			if err := <-r.result; err != nil {
				t.Error(err)
			}
			r.result <- nil
			if took := time.Since(start); took > time.Second {
				t.Errorf("stopping took %s", took)
			}
		})
	}
}

func TestOutageEndsWithProcess(t *testing.T) {
	t.Parallel()
	f := newFakeGateway(t, readyAnd(drop), helloAnd(drop))
	r := runGateway(t, f, fast)
	until(t, "tried often", func() bool { dials, _ := f.saw(); return dials > loudTries+2 })
	r.cancel()
	if err := <-r.result; err != nil {
		t.Error(err)
	}
	r.result <- nil
	if lost := r.log.lines("gateway connection lost"); len(lost) != 1 || !strings.Contains(lost[0], "reconnected=false") {
		t.Errorf("log has %q", lost)
	}
	if vain := r.log.lines("level=WARN msg=\"gateway does not connect\""); len(vain) == 0 {
		t.Error("a long outage is not logged")
	}
}

func TestBudgetOfSessionStarts(t *testing.T) {
	t.Parallel()
	f := newFakeGateway(t, readyAnd(remain))
	f.remaining = 3
	r := runGateway(t, f, fast)
	until(t, "ready", r.Ready)
	if f.lookups != 2 || len(r.log.lines("no session starts are left")) != 1 {
		t.Errorf("%d lookups, log %s", f.lookups, r.log)
	}
}

func TestIdentifyLimiter(t *testing.T) {
	l := NewIdentifyLimiter(5 * time.Second)
	now := time.Unix(1000, 0)
	for i, want := range []time.Duration{0, 5 * time.Second, 10 * time.Second} {
		if got := l.reserve(0, now); got != want {
			t.Errorf("Identify %d waits %s, want %s", i, got, want)
		}
	}
	if got := l.reserve(1, now); got != 0 {
		t.Errorf("another key waits %s", got)
	}
	if got := l.reserve(0, now.Add(time.Minute)); got != 0 {
		t.Errorf("a minute later it waits %s", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Wait(ctx, 2, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait returned %v", err)
	}
}

func TestBackoff(t *testing.T) {
	g := NewGateway(GatewayConfig{Client: NewClient(ClientConfig{})})
	for _, test := range []struct {
		tries       int
		least, most time.Duration
	}{
		{1, 0, time.Second},
		{2, time.Second, 2 * time.Second},
		{4, 4 * time.Second, 8 * time.Second},
		{7, 30 * time.Second, time.Minute},
		{1 << 40, 30 * time.Second, time.Minute},
	} {
		g.tries = test.tries
		for range 100 {
			if got := g.backoff(); got < test.least || got > test.most {
				t.Fatalf("try %d waits %s, want %s to %s", test.tries, got, test.least, test.most)
			}
		}
	}
}

func TestPanicInLibrary(t *testing.T) {
	g := NewGateway(GatewayConfig{Client: NewClient(ClientConfig{}), Log: slog.New(slog.DiscardHandler)})
	err := g.openSession(t.Context(), nil)
	if !errors.Is(err, errUnusable) {
		t.Errorf("got %v", err)
	}
	if why := g.openLoss(nil, err); !why.fresh {
		t.Error("the session would be used again")
	}
}

func TestLookupLeavesOtherCalls(t *testing.T) {
	f := newFakeGateway(t, readyAnd(remain))
	client := NewClient(ClientConfig{BaseURL: f.URL, Token: testToken})
	defer client.Close()
	g := NewGateway(GatewayConfig{Client: client})
	g.address = "wss://gateway"
	web := http.Client{Transport: lookup{g}}
	for path, want := range map[string]string{"/api/v9/gateway": "wss://gateway", "/api/v9/gateway/bot": "Unauthorized"} {
		resp, err := web.Get("https://discord.com" + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: got %s, want %s in it", path, body, want)
		}
	}
}
