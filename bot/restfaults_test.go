package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
)

// Routes of Discord's that faults hit.
const (
	callbackRoute = "/interactions/{id}/{token}/callback"
	messagesRoute = "/channels/{id}/messages"
	originalRoute = "/webhooks/{id}/{token}/messages/@original"
)

// A restFault is one that Discord answers an answer with.
type restFault struct {
	name  string
	fault localdiscord.Fault
	lost  bool // the answer is, and the log says so in one line
}

// restFaults are those after which a retry helps, and those after which it
// does not.
func restFaults() []restFault {
	code := func(name string, n int) restFault {
		return restFault{name, localdiscord.Fault{Kind: localdiscord.ErrorCode, Code: n}, true}
	}
	status := func(n int) restFault {
		return restFault{http.StatusText(n), localdiscord.Fault{Kind: localdiscord.ServerError, Status: n}, false}
	}
	const soon = 200 * time.Millisecond
	return []restFault{
		{"429, user", localdiscord.Fault{Kind: localdiscord.UserLimit, RetryAfter: soon}, false},
		{"429, global", localdiscord.Fault{Kind: localdiscord.GlobalLimit, RetryAfter: soon}, false},
		{"429, shared", localdiscord.Fault{Kind: localdiscord.SharedLimit, RetryAfter: soon}, false},
		status(500), status(502), status(503), status(504),
		{"502 although it arrived", localdiscord.Fault{Kind: localdiscord.ServerError, Status: 502, AfterWork: true}, false},
		{"dropped connection", localdiscord.Fault{Kind: localdiscord.DropConnection}, false},
		{"dropped connection after it arrived", localdiscord.Fault{Kind: localdiscord.DropConnection, AfterWork: true}, false},
		{"slow", localdiscord.Fault{Kind: localdiscord.Slow, Delay: 4 * time.Second}, false},
		code("10062, too late", 10062), code("40060, answered already", 40060),
		code("50013, no permission", 50013), code("50001, no access", 50001),
	}
}

// TestCallbackFaults has answers to interactions go wrong.
func TestCallbackFaults(t *testing.T) {
	t.Parallel()
	l := newLive(t, localdiscord.Options{})
	l.serveOver("gateway")
	for _, tt := range restFaults() {
		t.Run(tt.name, func(t *testing.T) {
			tt.fault.Method, tt.fault.Route = http.MethodPost, callbackRoute
			before, calls, tries := len(l.complaints()), l.Log().Count(http.MethodPost, callbackRoute), 2
			l.Fail(tt.fault)
			if tt.lost {
				tries = 1
				l.ask(t, "mina")
				until(t, "the loss is told", func() bool { return len(l.complaints()) > before })
			} else {
				l.asks(t, "mina")
			}
			until(t, "all tries are made", func() bool { return l.Log().Count(http.MethodPost, callbackRoute) == calls+tries })
			l.asks(t, "alex")
			l.told(t, before, tt.lost)
		})
	}
}

// told checks that there is one more line in the log for what was lost, and
// else none.
func (l *live) told(t *testing.T, before int, lost bool) {
	t.Helper()
	want := before
	if lost {
		want++
	}
	if lines := l.complaints(); len(lines) != want && !strings.Contains(strings.Join(lines[before:], ""), "limits all calls") {
		t.Errorf("%d lines, want %d: %q", len(lines)-before, want-before, lines[before:])
	}
}

// TestReplyFaults has replies to messages go wrong: those that are repeated
// appear once.
func TestReplyFaults(t *testing.T) {
	t.Parallel()
	l := newLive(t, localdiscord.Options{})
	l.serveOver("gateway")
	for _, tt := range restFaults() {
		t.Run(tt.name, func(t *testing.T) {
			tt.fault.Method, tt.fault.Route = http.MethodPost, messagesRoute
			before, calls := len(l.complaints()), l.Log().Count(http.MethodPost, messagesRoute)
			tries := 2
			if tt.lost || tt.fault.Kind == localdiscord.Slow {
				tries = 1
			}
			l.Fail(tt.fault)
			asked, err := l.Member("mina").Say(within(t), l.Channel("general"), question, localdiscord.SayOptions{Mention: true})
			if err != nil {
				t.Fatal(err)
			}
			until(t, "all tries are answered", func() bool {
				made := l.Log().To(http.MethodPost, messagesRoute)[calls:]
				return len(made) == tries && made[tries-1].Status != 0 && (!tt.lost || len(l.complaints()) > before)
			})
			if n, want := l.replies(asked), map[bool]int{false: 1, true: 0}[tt.lost]; n != want {
				t.Errorf("%d replies, want %d", n, want)
			}
			l.asks(t, "alex")
			l.told(t, before, tt.lost)
		})
	}
}

// replies counts the bot's replies to a message.
func (l *live) replies(to localdiscord.Message) (n int) {
	for _, m := range l.Messages(l.Channel("general")) {
		if m.ReplyTo == to.ID && m.Author.Bot {
			n++
		}
	}
	return n
}

// TestCloudflareLimit answers with a page instead of JSON: the bot is quiet for
// as long as that asks for.
func TestCloudflareLimit(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("gateway")
	l.Fail(localdiscord.Fault{Kind: localdiscord.CloudflareLimit, Method: http.MethodPost, Route: callbackRoute, RetryAfter: time.Second})
	l.ask(t, "mina")
	until(t, "the loss is told", func() bool { return len(l.lines("an answer did not arrive")) == 1 })
	paused := time.Now().Add(time.Second)
	calls := l.Log().Count("", "")
	l.ask(t, "yuki")
	until(t, "the second loss is told", func() bool { return len(l.lines("an answer did not arrive")) == 2 })
	if n := l.Log().Count("", ""); n != calls && time.Now().Before(paused) {
		t.Errorf("%d calls while blocked", n-calls)
	}
	time.Sleep(time.Until(paused))
	l.asks(t, "alex")
	if lines := l.lines("calls to Discord are paused"); len(lines) != 1 {
		t.Errorf("the pause is told in %q", lines)
	}
}

// TestCloudflareBlock blocks the address: what comes over HTTP needs no calls
// and is answered all the same.
func TestCloudflareBlock(t *testing.T) {
	t.Parallel()
	l := newLive(t, localdiscord.Options{})
	l.serveOver("both")
	l.Fail(localdiscord.Fault{Kind: localdiscord.CloudflareBlock, Method: http.MethodPost, Route: messagesRoute})
	for n := range 2 {
		if _, err := l.Member("mina").Say(within(t), l.Channel("general"), question, localdiscord.SayOptions{Mention: true}); err != nil {
			t.Fatal(err)
		}
		until(t, "the loss is told", func() bool { return len(l.lines("a reply did not arrive")) == n+1 })
	}
	if n := l.Log().Count(http.MethodPost, messagesRoute); n != 1 {
		t.Errorf("%d calls, want one", n)
	}
	l.asks(t, "alex")
}

// TestDeferred keeps the only worker busy: the answer is promised in time and
// comes by an edit, whatever goes wrong with either.
func TestDeferred(t *testing.T) {
	t.Parallel()
	once := func(kind localdiscord.FaultKind, route string) []localdiscord.Fault {
		return []localdiscord.Fault{{Kind: kind, Route: route, RetryAfter: 200 * time.Millisecond}}
	}
	tests := []struct {
		name   string
		faults []localdiscord.Fault
	}{
		{"nothing", nil},
		{"the edit is limited", once(localdiscord.UserLimit, originalRoute)},
		{"the edit fails", once(localdiscord.ServerError, originalRoute)},
		{"the edit is dropped", once(localdiscord.DropConnection, originalRoute)},
		{"the edit overtakes the promise", []localdiscord.Fault{{Kind: localdiscord.ServerError, Route: callbackRoute, Delay: 900 * time.Millisecond}}},
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, tt := range tests {
		all.Go(func() {
			t.Run(tt.name, func(t *testing.T) {
				l := newLive(t, patient())
				l.settings += "workers: 1\n"
				l.serveOver("gateway")
				l.occupy(t, 2*time.Second)
				for _, f := range tt.faults {
					l.Fail(f)
				}
				asked := l.ask(t, "alex")
				r, err := asked.Response(within(t))
				if err != nil || r.Type != localdiscord.ResponseDeferred {
					t.Fatalf("got %+v, %v, want a promise", r, err)
				}
				has(t, message(t, asked), false, "Busan")
				if lines := l.complaints(); len(lines) > 0 {
					t.Errorf("the log complains: %q", lines)
				}
			})
		})
	}
}
