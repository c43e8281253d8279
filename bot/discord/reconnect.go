package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

// Close codes that need more than connecting again.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const (
	closeAuthentication = 4004
	closeInvalidSeq     = 4007
	closeSessionTimeout = 4009
)

// fatalCodes say what to do about the codes after which Discord wants no
// other connection.
var fatalCodes = map[int]string{
	closeAuthentication: "Discord refused the bot token: set DISCORD_TOKEN to the one on the Bot page of the developer portal",
	4010:                "Discord knows no such shard: the shard's number must be less than the number of shards",
	4011:                "the bot is in too many servers for one connection: run it with more shards",
	4012:                "Discord no longer speaks this version of the gateway: install a newer summitbot",
	4013:                "Discord does not know one of the intents: install a newer summitbot",
	4014:                "the bot asks for a privileged intent that is switched off: switch it on on the Bot page of the developer portal",
}

// A FatalError says why Discord refuses any connection until somebody acts.
type FatalError struct {
	Code   int    // close code: 4004, 4010 to 4014
	Advice string // a sentence: what is wrong and what to do
}

// Error is the advice with the code.
func (e *FatalError) Error() string { return fmt.Sprintf("%s (close code %d)", e.Advice, e.Code) }

// endsSession reports whether a session is lost after a close code.
func endsSession(code int) bool { return code == closeInvalidSeq || code == closeSessionTimeout }

// Run connects and stays connected until ctx is done, and then closes the
// connection and returns nil. It returns a *FatalError when Discord refuses
// the bot, and ErrStuck when discordgo hangs: then goroutines may be left, and the
// process should be restarted. Call it once.
func (g *Gateway) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var watchdog sync.WaitGroup
	watchdog.Go(func() { g.watch(ctx, cancel) })
	err := g.stay(ctx)
	cancel(nil)
	watchdog.Wait()
	if errors.Is(context.Cause(ctx), ErrStuck) {
		return ErrStuck
	}
	return err
}

// An outage lasts from the loss of a ready connection to the next one.
type outage struct {
	loss  loss
	since time.Time
}

// stay connects again and again. It returns nil when ctx is done.
func (g *Gateway) stay(ctx context.Context) error {
	var out *outage
	for {
		why := g.connect(ctx)
		if why == nil {
			g.connected(out)
			why = g.live(ctx)
			out = &outage{loss: *why, since: time.Now()}
		}
		if errors.Is(why.err, ErrStuck) {
			return ErrStuck
		}
		if ctx.Err() != nil {
			g.over(out)
			return g.stop(ctx)
		}
		if advice, ok := fatalCodes[why.code]; ok {
			g.over(out)
			g.release()
			return &FatalError{why.code, advice}
		}
		g.retry(ctx, *why)
	}
}

// connected tells that events arrive: again, if out is not nil.
func (g *Gateway) connected(out *outage) {
	resumed := g.link.Load().resumed.Load()
	if out == nil {
		g.c.Metrics.Connected(resumed, 0)
		g.c.Log.Info("gateway connected", "shard", g.c.Shard)
		return
	}
	g.c.Metrics.Connected(resumed, time.Since(out.since))
	g.tell(slog.LevelInfo, out, "resumed", resumed)
}

// over tells of an outage that nothing follows.
func (g *Gateway) over(out *outage) {
	if out != nil && out.loss.reason != lostStopped {
		g.tell(slog.LevelWarn, out, "resumed", false, "reconnected", false)
	}
}

// tell writes the one line there is about a lost connection.
func (g *Gateway) tell(level slog.Level, out *outage, how ...any) {
	what := append(g.describe(out.loss), "downtime", time.Since(out.since).Round(time.Millisecond))
	g.c.Log.Log(context.Background(), level, "gateway connection lost", append(what, how...)...)
}

func (g *Gateway) describe(why loss) []any {
	what := []any{"shard", g.c.Shard, "reason", why.reason, "code", why.code}
	if why.err != nil {
		what = append(what, "error", withoutSecrets(why.err, g.c.Token))
	}
	return what
}

// live waits until the connection is lost or the process stops.
func (g *Gateway) live(ctx context.Context) *loss {
	start, l := time.Now(), g.link.Load()
	select {
	case <-ctx.Done():
		return &loss{reason: lostStopped}
	case <-l.done:
	}
	if time.Since(start) >= g.c.Timings.Steady {
		g.tries = 0
	}
	if l.lost.reason != lostStopped {
		g.c.Metrics.Lost(l.lost.reason, l.lost.code)
	}
	return &l.lost
}

// loudTries is from which vain try on the operator is told: until then Discord
// may merely be restarting something.
const loudTries = 5

// retry prepares for the next try and waits until it is due.
func (g *Gateway) retry(ctx context.Context, why loss) {
	g.release()
	if why.fresh {
		g.resume.Store(nil)
	}
	g.tries++
	wait := g.backoff()
	if why.reason == lostInvalid && why.fresh {
		wait = max(wait, invalidPause(g.c.Timings.Invalid))
	}
	level := slog.LevelDebug
	if g.tries >= loudTries {
		level = slog.LevelWarn
	}
	what := append(g.describe(why), "tries", g.tries, "wait", wait.Round(time.Millisecond))
	g.c.Log.Log(ctx, level, "gateway does not connect", what...)
	// The caller looks at ctx.
	_ = sleep(ctx, wait)
}

// backoff is at random, so that bots which lost their connections together do
// not come back together: up to the first pause at first, later half to all
// of a pause that doubles.
func (g *Gateway) backoff() time.Duration {
	t := g.c.Timings
	if g.tries == 1 {
		return rand.N(t.Backoff)
	}
	most := t.MaxBackoff
	if doublings := g.tries - 1; doublings < 16 {
		most = min(most, t.Backoff<<doublings)
	}
	return most/2 + rand.N(most/2+1)
}
