package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
)

// patient is a Discord that waits long enough for a bot that has to connect
// again first.
func patient() localdiscord.Options {
	return localdiscord.Options{CallbackWindow: 20 * time.Second, IdentifyEvery: 5 * time.Second}
}

// TestGatewayFaultsAtStart has connecting go wrong: the bot tries again
// without an Identify too many, and says nothing of it, since nothing was
// lost. A gateway that stays silent is tried in package discord, where its 30
// seconds can be shortened.
func TestGatewayFaultsAtStart(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		fault      localdiscord.GatewayFault
		identifies int
	}{
		{"op 7 instead of READY", localdiscord.GatewayFault{Kind: localdiscord.ReconnectInsteadOfReady}, 2},
		{"op 9 instead of READY", localdiscord.GatewayFault{Kind: localdiscord.InvalidInsteadOfReady}, 2},
		{"closed with 4000 instead of READY", localdiscord.GatewayFault{Kind: localdiscord.CloseInsteadOfReady, Code: 4000}, 2},
		{"drop instead of READY", localdiscord.GatewayFault{Kind: localdiscord.DropInsteadOfReady}, 2},
		{"drop before Hello", localdiscord.GatewayFault{Kind: localdiscord.DropOnConnect}, 1},
		{"no websocket", localdiscord.GatewayFault{Kind: localdiscord.RefuseDial}, 1},
		{"late Hello", localdiscord.GatewayFault{Kind: localdiscord.DelayedHello, Delay: time.Second}, 1},
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, tt := range tests {
		all.Go(func() {
			t.Run(tt.name, func(t *testing.T) {
				l := newLive(t, patient())
				l.FailGateway(tt.fault)
				l.serveOver("gateway")
				l.asks(t, "mina")
				if n := l.Log().Events(localdiscord.Identified); n != tt.identifies {
					t.Errorf("%d Identifies, want %d", n, tt.identifies)
				}
				if lines := l.lines(`msg="gateway `); len(lines) != 1 || !strings.Contains(lines[0], "gateway connected") {
					t.Errorf("the log says %q, want one line", lines)
				}
			})
		})
	}
}

// TestGatewayFaults loses a good connection in every way. What members do
// meanwhile is answered if the session can be resumed.
func TestGatewayFaults(t *testing.T) {
	t.Parallel()
	drop := (*localdiscord.Server).DropGateway
	closing := func(code int) func(*localdiscord.Server) {
		return func(s *localdiscord.Server) { s.CloseGateway(code) }
	}
	onResume := func(f localdiscord.GatewayFault) func(*localdiscord.Server) {
		return func(s *localdiscord.Server) { s.FailGateway(f); s.DropGateway() }
	}
	tests := []struct {
		name    string
		fault   func(*localdiscord.Server)
		reason  string // in the line of the log
		resumes int    // tries to resume
		resumed bool
	}{
		{"drop", drop, "reason=network code=0", 1, true},
		{"op 7", (*localdiscord.Server).AskReconnect, `reason="reconnect requested" code=0`, 1, true},
		{"op 9, resumable", func(s *localdiscord.Server) { s.Invalidate(true) }, `reason="session invalid" code=0`, 1, true},
		{"op 9", func(s *localdiscord.Server) { s.Invalidate(false) }, `reason="session invalid" code=0`, 0, false},
		{"4000", closing(4000), `reason="closed by Discord" code=4000`, 1, true},
		{"1000", closing(1000), `reason="closed by Discord" code=1000`, 1, false},
		{"4009", closing(4009), `reason="closed by Discord" code=4009`, 0, false},
		{"op 7 instead of RESUMED", onResume(localdiscord.GatewayFault{Kind: localdiscord.ReconnectInsteadOfReady}), "reason=network code=0", 2, true},
		{"op 9 instead of RESUMED", onResume(localdiscord.GatewayFault{Kind: localdiscord.InvalidOnResume}), "reason=network code=0", 1, false},
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, tt := range tests {
		all.Go(func() {
			t.Run(tt.name, func(t *testing.T) {
				l := newLive(t, patient())
				l.serveOver("gateway")
				l.asks(t, "mina")
				tt.fault(l.Server)
				if tt.resumed {
					l.asks(t, "alex")
					has(t, said(t, l, "otto", "general", question, localdiscord.SayOptions{Mention: true}), false, "Busan")
				}
				l.recovers(t, tt.reason, tt.resumes, tt.resumed)
			})
		})
	}
}

// recovers waits until the bot is connected again, checks what it says about
// that, and asks.
func (l *live) recovers(t *testing.T, reason string, resumes int, resumed bool) {
	t.Helper()
	until(t, "the loss is told", func() bool { return len(l.lines("gateway connection lost")) > 0 })
	l.asks(t, "yuki")
	lost := l.lines("gateway connection lost")
	how := "resumed=false"
	if resumed {
		how = "resumed=true"
	}
	if len(lost) != 1 || !strings.Contains(lost[0], reason) || !strings.Contains(lost[0], how) || !strings.Contains(lost[0], "downtime=") {
		t.Errorf("got %q, want one line with %s and %s", lost, reason, how)
	}
	if n := l.Log().Events(localdiscord.Resumed); n != resumes {
		t.Errorf("%d tries to resume, want %d", n, resumes)
	}
	if lines := l.lines(`msg="gateway `); len(lines) != 2 {
		t.Errorf("the log says %q of the gateway, want that it connected and what was lost", lines)
	}
	if status, _ := l.get("/readyz"); status != http.StatusOK {
		t.Errorf("/readyz: %d", status)
	}
}

// TestZombie leaves heartbeats without an answer.
func TestZombie(t *testing.T) {
	t.Parallel()
	o := patient()
	o.HeartbeatInterval = 2 * time.Second
	l := newLive(t, o)
	l.serveOver("gateway")
	l.asks(t, "mina")
	l.Freeze()
	l.asks(t, "alex")
	l.recovers(t, `reason="heartbeats not acknowledged"`, 1, true)
}

// TestFatalGateway refuses the bot for good: it ends, says why and does not
// dial again.
func TestFatalGateway(t *testing.T) {
	t.Parallel()
	closed := func(code int) func(*live) {
		return func(l *live) {
			l.FailGateway(localdiscord.GatewayFault{Kind: localdiscord.CloseInsteadOfReady, Code: code, Times: localdiscord.Always})
			l.begin()
		}
	}
	revoke := func(l *live) {
		l.serveOver("gateway")
		l.asks(l.t, "mina")
		l.RevokeToken()
	}
	tests := []struct {
		name string
		do   func(*live)
		want string
	}{
		{"4004", closed(4004), "refused the bot token: set DISCORD_TOKEN"},
		{"4014", closed(4014), "privileged intent"},
		{"a revoked token", revoke, "refused the bot token: set DISCORD_TOKEN"},
		{"a wrong token", func(l *live) { l.env["DISCORD_TOKEN"] = "wrong.token.here"; l.begin() }, "refused the bot token: set DISCORD_TOKEN"},
		{"a wrong token, and no application id", func(l *live) {
			l.env["DISCORD_TOKEN"], l.env["DISCORD_APPLICATION_ID"] = "wrong.token.here", ""
			l.begin()
		}, "the token is wrong or was reset"},
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, tt := range tests {
		all.Go(func() {
			t.Run(tt.name, func(t *testing.T) {
				l := newLive(t, localdiscord.Options{})
				tt.do(l)
				if code := l.ended(); code != exitFault {
					t.Errorf("exit code %d", code)
				}
				if lines := l.lines(tt.want); len(lines) != 1 {
					t.Errorf("%q is told in %q", tt.want, lines)
				}
				if dials := l.Log().Events(localdiscord.Connected); dials > 1 {
					t.Errorf("it dialled %d times", dials)
				}
				if strings.Contains(l.log.String(), "wrong.token.here") {
					t.Error("the log holds the wrong token")
				}
			})
		})
	}
}
