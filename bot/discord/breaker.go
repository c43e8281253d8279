package discord

import (
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"sync"
	"time"
)

// ErrBlocked is the cause of an Error when calls are held back for some time
// because Discord, or Cloudflare before it, blocks this address or is about
// to. Retrying sooner makes it worse.
var ErrBlocked = errors.New("calls are paused: this address is blocked, or close to it")

const (
	// maxInvalid is where calls stop for the rest of the window: half of the
	// 10,000 answers of 401, 403 and 429 that bring a block of the address.
	// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
	maxInvalid = 5_000

	blockPause = time.Minute      // after a block that names no time
	probePause = 10 * time.Second // for the one call that finds out whether a block is over
	maxPause   = time.Hour        // that an answer may ask for
)

// A breaker stops every call while the address is blocked, and before it gets
// so. All calls to Discord pass it, those of interactions included.
type breaker struct {
	next    http.RoundTripper
	now     func() time.Time
	log     *slog.Logger
	blocked func(until time.Time)
	limit   int // of refused calls in a window

	mu      sync.Mutex
	until   time.Time // no call before; zero: not blocked
	probing bool      // one call is out to see whether the block is over
	invalid window    // refused calls
}

// RoundTrip sends the request, or fails with ErrBlocked.
func (b *breaker) RoundTrip(req *http.Request) (*http.Response, error) {
	if !b.admit(b.now()) {
		closeBody(req)
		return nil, ErrBlocked
	}
	resp, err := b.next.RoundTrip(req)
	if err == nil {
		b.learn(resp, b.now())
	}
	return resp, err
}

// admit reports whether a call may go out. When a block ends, it admits one
// call to find out, and the others once that came back well.
func (b *breaker) admit(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.invalid.count(now) >= b.limit || now.Before(b.until) {
		return false
	}
	if b.probing = !b.until.IsZero(); b.probing {
		b.until = now.Add(probePause)
	}
	return true
}

// learn opens the breaker on an answer that is not Discord's own, and counts
// those that Discord counts.
func (b *breaker) learn(resp *http.Response, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if isInvalid(resp) {
		b.invalid.add(now)
		if b.invalid.count(now) == b.limit {
			b.tell(now.Add(invalidWindow), "too many refused calls")
		}
	}
	switch {
	case isBlock(resp):
		b.until, b.probing = now.Add(retryAfter(resp.Header, blockPause)), false
		b.tell(b.until, "Cloudflare")
	case b.probing && resp.StatusCode < http.StatusInternalServerError:
		b.until, b.probing = time.Time{}, false
	}
}

func (b *breaker) tell(until time.Time, because string) {
	b.log.Error("calls to Discord are paused", "because", because, "until", until)
	b.blocked(until)
}

// isBlock reports whether the answer is a page of Cloudflare's instead of
// Discord's JSON.
func isBlock(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusForbidden:
		kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		return kind != "application/json"
	}
	return false
}

// isInvalid reports whether Discord counts the answer against the address. A
// limit shared with others is not the bot's fault.
func isInvalid(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true
	case http.StatusTooManyRequests:
		return resp.Header.Get("X-RateLimit-Scope") != "shared"
	}
	return false
}

// invalidWindow is how far back Discord counts.
const invalidWindow = 10 * time.Minute

// A window counts what happened in the last invalidWindow, to the minute.
type window struct {
	counts [11]int // the current minute and ten before it
	minute int64   // the current one, since 1970
}

func (w *window) add(now time.Time) {
	w.turn(now)
	w.counts[w.minute%int64(len(w.counts))]++
}

func (w *window) count(now time.Time) int {
	w.turn(now)
	sum := 0
	for _, n := range w.counts {
		sum += n
	}
	return sum
}

// turn forgets the minutes that left the window.
func (w *window) turn(now time.Time) {
	minute, n := now.Unix()/60, int64(len(w.counts))
	for m := max(w.minute+1, minute-n+1); m <= minute; m++ {
		w.counts[m%n] = 0
	}
	w.minute = max(w.minute, minute)
}

// closeBody does what a RoundTripper must when it does not send a request.
func closeBody(req *http.Request) {
	if req.Body != nil {
		req.Body.Close()
	}
}
