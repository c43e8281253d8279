package discord

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"
)

// ErrStuck says that discordgo waits for itself, or no longer notices what
// arrives. Nothing in the process can free it.
var ErrStuck = errors.New("the gateway library hangs: restart the process")

// stuckIntervals is after how many heartbeat intervals without a noticed
// acknowledgement discordgo counts as hanging. A link whose server is silent
// ends after two, so that this is discordgo's fault.
const stuckIntervals = 3

// watch ends a link whose heartbeats are not acknowledged, and cancels Run
// with ErrStuck when discordgo hangs. It returns when ctx is done.
func (g *Gateway) watch(ctx context.Context, cancel context.CancelCauseFunc) {
	ticker := time.NewTicker(g.c.Timings.Check)
	defer ticker.Stop()
	var watched *discordgo.Session
	var free time.Time // when its lock was last obtained
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now, s, l := time.Now(), g.session.Load(), g.link.Load()
		if l != nil && !l.ended() && l.zombie(now) {
			l.end(loss{reason: lostZombie})
		}
		acked, ok := lastAck(s)
		switch {
		case s != watched || ok:
			watched, free = s, now
		case now.Sub(free) > g.c.Timings.Stuck:
			cancel(ErrStuck)
			return
		}
		if ok && l != nil && l.isReady() && l.ignored(acked, now) {
			cancel(ErrStuck)
			return
		}
	}
}

// lastAck returns when s noticed the last acknowledgement of a heartbeat. It
// is not ok while somebody holds the session's lock.
func lastAck(s *discordgo.Session) (at time.Time, ok bool) {
	if s == nil {
		return time.Time{}, true
	}
	if !s.TryRLock() {
		return time.Time{}, false
	}
	defer s.RUnlock()
	return s.LastHeartbeatAck, true
}

// ignored reports whether discordgo noticed no acknowledgement for too long.
func (l *link) ignored(noticed, now time.Time) bool {
	interval := time.Duration(l.interval.Load())
	return interval > 0 && now.Sub(noticed) > stuckIntervals*interval
}
