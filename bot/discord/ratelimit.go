package discord

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"
)

const (
	// maxPerSecond keeps below the 50 calls a second that Discord grants a
	// bot. https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
	maxPerSecond = 45

	// maxHeldRoutes bounds the memory for routes that wait for their limit.
	maxHeldRoutes = 1_000

	// limitPause is for a 429 that names no time.
	limitPause = time.Second
)

// A gate holds calls with the bot token back while Discord's limits say so:
// those of a route, and those of all of them. It never waits longer than the
// request's context lasts, nor retries.
type gate struct {
	next    http.RoundTripper
	base    *url.URL // scheme and host that every request goes to
	now     func() time.Time
	log     *slog.Logger
	limited func(scope string)

	mu     sync.Mutex
	global time.Time            // no call before
	routes map[string]time.Time // no call of this method and path before
	second time.Time            // when the current second began
	sent   int                  // calls since then
}

// A heldError says that a limit lasts longer than the request's context.
type heldError struct{ wait time.Duration }

func (e *heldError) Error() string {
	return fmt.Sprintf("rate limited for another %s", e.wait.Round(time.Millisecond))
}

// RoundTrip sends the request to the gate's host once the limits allow.
func (g *gate) RoundTrip(req *http.Request) (*http.Response, error) {
	key := req.Method + " " + req.URL.Path
	if err := g.wait(req.Context(), key); err != nil {
		closeBody(req)
		return nil, err
	}
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host, req.Host = g.base.Scheme, g.base.Host, ""
	resp, err := g.next.RoundTrip(req)
	if err == nil {
		g.learn(key, resp)
	}
	return resp, err
}

// wait returns when a call may go out, and at once with an error when ctx
// ends, or would end first.
func (g *gate) wait(ctx context.Context, key string) error {
	for {
		wait := g.reserve(key, g.now())
		if wait <= 0 {
			return ctx.Err()
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
			return &heldError{wait}
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// reserve takes a place among this second's calls, or says how long to wait.
func (g *gate) reserve(key string, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if wait := max(g.global.Sub(now), g.routes[key].Sub(now)); wait > 0 {
		return wait
	}
	delete(g.routes, key)
	if now.Sub(g.second) >= time.Second {
		g.second, g.sent = now, 0
	}
	if g.sent >= maxPerSecond {
		return g.second.Add(time.Second).Sub(now)
	}
	g.sent++
	return 0
}

// learn notes what the answer says about limits.
func (g *gate) learn(key string, resp *http.Response) {
	switch h := resp.Header; {
	case resp.StatusCode == http.StatusTooManyRequests:
		g.hold(key, scopeOf(h), retryAfter(h, limitPause))
	case h.Get("X-RateLimit-Remaining") == "0":
		if wait, ok := seconds(h.Get("X-RateLimit-Reset-After")); ok {
			g.holdRoute(key, wait)
		}
	}
}

func (g *gate) hold(key, scope string, wait time.Duration) {
	g.limited(scope)
	if scope != scopeGlobal {
		g.holdRoute(key, wait)
		return
	}
	g.log.Warn("Discord limits all calls", "for", wait)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.global = later(g.global, g.now().Add(wait))
}

func (g *gate) holdRoute(key string, wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.routes) >= maxHeldRoutes {
		g.forget(g.now())
	}
	if len(g.routes) < maxHeldRoutes {
		g.routes[key] = later(g.routes[key], g.now().Add(wait))
	}
}

// forget drops the routes whose limit is over.
func (g *gate) forget(now time.Time) {
	for key, until := range g.routes {
		if !until.After(now) {
			delete(g.routes, key)
		}
	}
}

// Scopes of a limit.
const (
	scopeUser   = "user"
	scopeShared = "shared"
	scopeGlobal = "global"
)

func scopeOf(h http.Header) string {
	switch scope := h.Get("X-RateLimit-Scope"); {
	case scope == scopeGlobal || h.Get("X-RateLimit-Global") == "true":
		return scopeGlobal
	case scope == scopeShared:
		return scopeShared
	default:
		return scopeUser
	}
}

// retryAfter is how long an answer asks to wait, at most maxPause.
func retryAfter(h http.Header, otherwise time.Duration) time.Duration {
	for _, name := range []string{"Retry-After", "X-RateLimit-Reset-After"} {
		if wait, ok := seconds(h.Get(name)); ok {
			return wait
		}
	}
	return otherwise
}

// seconds reads a number of seconds that may have a fraction. It is at most
// maxPause.
func seconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(n) || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, maxPause.Seconds()) * float64(time.Second)), true
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// sleep waits, or returns the context's error as soon as ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
