package discord

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

// IdentifyInterval is how long Discord wants between two Identifies of one
// concurrency key, and a little more for the way.
// https://discord.com/developers/docs/topics/gateway#rate-limiting
const IdentifyInterval = 5500 * time.Millisecond

// An IdentifyLimiter spaces out the Identifies of all shards of one process.
// Shards in other processes are not known to it: Discord turns down what
// comes too fast, and the gateway tries again after a pause.
type IdentifyLimiter struct {
	interval time.Duration
	mu       sync.Mutex
	next     map[int]time.Time // by concurrency key
}

// NewIdentifyLimiter returns a limiter; interval 0 is IdentifyInterval.
func NewIdentifyLimiter(interval time.Duration) *IdentifyLimiter {
	if interval == 0 {
		interval = IdentifyInterval
	}
	return &IdentifyLimiter{interval: interval, next: map[int]time.Time{}}
}

// Wait returns when shard may identify, or with the context's error.
func (l *IdentifyLimiter) Wait(ctx context.Context, shard, maxConcurrency int) error {
	return sleep(ctx, l.reserve(shard%max(maxConcurrency, 1), time.Now()))
}

func (l *IdentifyLimiter) reserve(key int, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := later(l.next[key], now)
	l.next[key] = at.Add(l.interval)
	return at.Sub(now)
}

// Sent puts the next Identify off: one was sent by now, which may be long
// after Wait returned when connecting took its time.
func (l *IdentifyLimiter) Sent(shard, maxConcurrency int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := shard % max(maxConcurrency, 1)
	l.next[key] = later(l.next[key], time.Now().Add(l.interval))
}

const (
	// identifyReserve is how many of the day's session starts are left
	// unused: Discord resets the token of a bot that uses more than it has.
	identifyReserve = 10

	// maxBudgetWait is how long to wait before asking again whether there are
	// session starts left.
	maxBudgetWait = 5 * time.Minute
)

// admit returns when the gateway may identify: session starts are left for
// today, and no other shard identified just now. It returns nil when ctx
// ended.
func (g *Gateway) admit(ctx context.Context) *loss {
	for {
		info, err := g.c.Client.GatewayBot(ctx)
		if err != nil {
			return lookupLoss(err)
		}
		limit := info.Limit
		if limit.Total == 0 || limit.Remaining > min(identifyReserve, limit.Total/10) {
			g.address, g.concurrency = info.URL, limit.MaxConcurrency
			// Its only error is the context's, which the caller looks at.
			_ = g.c.Identify.Wait(ctx, g.c.Shard, limit.MaxConcurrency)
			return nil
		}
		wait := min(time.Duration(limit.ResetAfter)*time.Millisecond+time.Second, maxBudgetWait)
		g.c.Log.Error("no session starts are left for today", "shard", g.c.Shard, "asking again in", wait)
		if sleep(ctx, wait) != nil {
			return nil
		}
	}
}

// lookupLoss is why there is no address to connect to.
func lookupLoss(err error) *loss {
	why := &loss{reason: lostLookup, err: err}
	if e, ok := errors.AsType[*Error](err); ok && IsFatal(e) {
		why.code = closeAuthentication
	}
	return why
}

// invalidPause is how long to wait before identifying after Discord called
// the session invalid: up to five times the given time, as Discord demands
// 1 to 5 s.
func invalidPause(least time.Duration) time.Duration {
	return least + rand.N(4*least+1)
}
