package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A scriptedTransport is a transport that answers without a network.
type scriptedTransport func(req *http.Request) *http.Response

func (s scriptedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	closeBody(req)
	resp := s(req)
	resp.Request = req
	return resp, nil
}

func (a fakeAnswer) response() *http.Response {
	h := http.Header{"Content-Type": {"application/json"}}
	for name, value := range a.header {
		h.Set(name, value)
	}
	return &http.Response{StatusCode: a.status, Header: h, Body: io.NopCloser(strings.NewReader(a.body))}
}

// scripted is a client whose calls to path get the answer once, and all others
// are fine. sent counts those that went out.
func scripted(t *testing.T, path string, a fakeAnswer) (c *Client, sent func() int) {
	log, _ := testLog(t)
	n, once := 0, false
	c = NewClient(ClientConfig{Token: testToken, ApplicationID: "42", Log: log, HTTP: scriptedTransport(func(req *http.Request) *http.Response {
		n++
		if !once && strings.HasSuffix(req.URL.Path, path) {
			once = true
			return a.response()
		}
		return okAnswer.response()
	})})
	return c, func() int { return n }
}

// took runs call and returns how long it took by the bubble's clock.
func took(call func() error) (time.Duration, error) {
	start := time.Now()
	err := call()
	return time.Since(start), err
}

func TestLimitScopes(t *testing.T) {
	tests := []struct {
		scope       string
		holdsOthers bool
		counts      int
	}{
		{scopeUser, false, 1},
		{scopeShared, false, 0},
		{scopeGlobal, true, 1},
	}
	for _, test := range tests {
		t.Run(test.scope, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, _ := scripted(t, "/channels/1/messages", limitAnswer(test.scope, "4"))
				send := func(channel string) error {
					_, err := c.Send(t.Context(), channel, map[string]string{})
					return err
				}
				done := make(chan time.Duration, 1)
				go func() {
					d, err := took(func() error { return send("1") })
					if err != nil {
						t.Error(err)
					}
					done <- d
				}()
				synctest.Wait()
				other, err := took(func() error { return send("2") })
				if err != nil || (other == 4*time.Second) != test.holdsOthers {
					t.Errorf("another route waited %s, %v", other, err)
				}
				if own := <-done; own < 4*time.Second || own > 4200*time.Millisecond {
					t.Errorf("the limited call took %s", own)
				}
				if got := breakerOf(c).invalid.count(time.Now()); got != test.counts {
					t.Errorf("%d refused calls counted, want %d", got, test.counts)
				}
			})
		})
	}
}

func breakerOf(c *Client) *breaker { return c.open.Transport.(*breaker) }
func gateOf(c *Client) *gate       { return c.bot.Transport.(*gate) }

// Interactions have a limit of their own: a global one does not hold them.
func TestGlobalLimitSparesInteractions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := scripted(t, "/users/@me", limitAnswer(scopeGlobal, "5"))
		go func() { _, _ = c.Me(t.Context()) }()
		synctest.Wait()
		d, err := took(func() error { return c.Callback(t.Context(), "1", testSecret, nil) })
		if err != nil || d > 0 {
			t.Errorf("the callback took %s, %v", d, err)
		}
		if d, err := took(func() error { _, err := c.GatewayBot(t.Context()); return err }); err != nil || d != 5*time.Second {
			t.Errorf("another bot call took %s, %v", d, err)
		}
	})
}

// A bucket that is used up is waited for, so that no 429 comes.
func TestUsedUpBucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		used := okAnswer
		used.header = map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "1.5"}
		c, _ := scripted(t, "/messages", used)
		send := func() error { _, err := c.Send(t.Context(), "1", nil); return err }
		if d, err := took(send); err != nil || d > 0 {
			t.Errorf("the first took %s, %v", d, err)
		}
		if d, err := took(send); err != nil || d != 1500*time.Millisecond {
			t.Errorf("the second took %s, %v", d, err)
		}
		if held := len(gateOf(c).routes); held != 0 {
			t.Errorf("%d routes are kept", held)
		}
	})
}

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := scripted(t, "", okAnswer)
		d, err := took(func() error {
			for range 3 * maxPerSecond {
				if _, err := c.Me(t.Context()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || d != 2*time.Second {
			t.Errorf("3 x %d calls took %s, %v", maxPerSecond, d, err)
		}
	})
}

// Who cannot wait long enough is told at once.
func TestLimitBeyondDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, sent := scripted(t, "/users/@me", limitAnswer(scopeUser, "20"))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		for range 2 { // the answer itself, then the gate
			d, err := took(func() error { _, err := c.Me(ctx); return err })
			if e, ok := errors.AsType[*Error](err); !ok || d > 0 || e.Status != 429 || e.RetryAfter != 20*time.Second {
				t.Errorf("after %s: %v", d, err)
			}
		}
		if sent() != 1 {
			t.Errorf("%d calls went out", sent())
		}
	})
}

func TestHeldRoutesAreBounded(t *testing.T) {
	g := &gate{now: time.Now, routes: map[string]time.Time{}, limited: func(string) {}}
	for i := range 2 * maxHeldRoutes {
		g.hold(fmt.Sprint(i), scopeUser, time.Hour)
	}
	if len(g.routes) != maxHeldRoutes {
		t.Errorf("%d routes are held", len(g.routes))
	}
	later := time.Now().Add(2 * time.Hour)
	g.now = func() time.Time { return later }
	g.hold("new", scopeUser, time.Hour)
	if len(g.routes) != 1 {
		t.Errorf("%d routes are held after the limits are over", len(g.routes))
	}
}

func TestBreaker(t *testing.T) {
	forbidden := fakeAnswer{status: 403, header: map[string]string{"Content-Type": "text/html; charset=UTF-8"}}
	for name, test := range map[string]struct {
		a      fakeAnswer
		paused time.Duration
	}{"429": {cloudHTML, 10 * time.Minute}, "403": {forbidden, blockPause}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, sent := scripted(t, "/users/@me", test.a)
				_, err := c.Me(t.Context())
				if !errors.Is(err, ErrBlocked) {
					t.Fatalf("got %v", err)
				}
				time.Sleep(test.paused - time.Second)
				_, err = c.Send(t.Context(), "1", nil)
				if e := c.EditOriginal(t.Context(), testSecret, nil); !errors.Is(e, ErrBlocked) || !errors.Is(err, ErrBlocked) || sent() != 1 {
					t.Errorf("%d calls went out, %v, %v", sent(), err, e)
				}
				time.Sleep(2 * time.Second)
				if err := c.EditOriginal(t.Context(), testSecret, nil); err != nil {
					t.Errorf("when the block is over: %v", err)
				}
				if _, err = c.Send(t.Context(), "1", nil); err != nil {
					t.Errorf("after that: %v", err)
				}
			})
		})
	}
}

// When a block ends one call finds out, and the others wait for its outcome.
func TestBreakerProbes(t *testing.T) {
	b := &breaker{limit: maxInvalid, until: time.Unix(1000, 0)}
	for _, test := range []struct {
		at   int64
		want bool
	}{{999, false}, {1000, true}, {1001, false}, {1009, false}, {1010, true}, {1011, false}} {
		if got := b.admit(time.Unix(test.at, 0)); got != test.want {
			t.Errorf("at %d: %t", test.at, got)
		}
	}
	b.learn(okAnswer.response(), time.Unix(1012, 0))
	for range 2 {
		if !b.admit(time.Unix(1012, 0)) {
			t.Error("still blocked after a good answer")
		}
	}
}

func TestTooManyRefusedCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, out := testLog(t)
		sent := 0
		var blocked []time.Time
		c := NewClient(ClientConfig{Log: log, Metrics: ClientMetrics{Blocked: func(until time.Time) { blocked = append(blocked, until) }},
			HTTP: scriptedTransport(func(*http.Request) *http.Response { sent++; return refusal(403, "50013").response() })})
		for range 2 * maxInvalid {
			_ = c.EditOriginal(t.Context(), testSecret, nil)
		}
		if sent != maxInvalid || len(blocked) != 1 || len(out.lines("calls to Discord are paused")) != 1 {
			t.Errorf("%d calls went out, told %d times", sent, len(blocked))
		}
		time.Sleep(invalidWindow + time.Minute)
		_ = c.EditOriginal(t.Context(), testSecret, nil)
		if sent != maxInvalid+1 {
			t.Error("still paused when the window is over")
		}
	})
}

func TestWindow(t *testing.T) {
	var w window
	start := time.Unix(600_000, 0)
	for i := range 30 {
		w.add(start.Add(time.Duration(i) * time.Minute))
	}
	now := start.Add(29 * time.Minute)
	// The current minute and the ten before it.
	if got := w.count(now); got != 11 {
		t.Errorf("count %d, want 11", got)
	}
	if got := w.count(now.Add(5 * time.Minute)); got != 6 {
		t.Errorf("five minutes later %d, want 6", got)
	}
	if got := w.count(now.Add(time.Hour)); got != 0 {
		t.Errorf("an hour later %d", got)
	}
	if got := w.count(start); got != 0 {
		t.Errorf("after the clock went back %d", got)
	}
}

func TestSeconds(t *testing.T) {
	for s, want := range map[string]time.Duration{"0": 0, "1.25": 1250 * time.Millisecond, "1e300": maxPause, "+Inf": maxPause} {
		if got, ok := seconds(s); !ok || got != want {
			t.Errorf("%q: %s %t", s, got, ok)
		}
	}
	for _, s := range []string{"", "-1", "NaN", "soon"} {
		if got, ok := seconds(s); ok {
			t.Errorf("%q: %s", s, got)
		}
	}
}

// discordgo's calls go to the client's address whatever they name.
func TestTransport(t *testing.T) {
	f := newFakeREST(t, okAnswer)
	web := http.Client{Transport: f.client(t).Transport()}
	resp, err := web.Get("https://discord.com/api/v9/users/@me")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if f.seen[0] != "GET /api/v9/users/@me" {
		t.Errorf("got %s", f.seen[0])
	}
}
