package discord

import (
	"math"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"summitbot/commands"
)

// A Rate is a token bucket: how many may come at once, and how many a minute
// in the long run.
type Rate struct {
	Burst     int
	PerMinute float64
}

// mostBuckets bounds the memory for buckets; the least used is forgotten,
// which only lets its owner start anew.
const mostBuckets = 20_000

// limits hold back people and channels that ask too much at once.
type limits struct {
	user, channel   Rate
	users, channels *lru.Cache[string, *bucket]
}

// A bucket also remembers whether its owner has been told to slow down.
type bucket struct {
	*rate.Limiter
	told atomic.Int64 // when, in nanoseconds since 1970; 0: never
}

// toldAgain is how long somebody who goes on is not told again.
const toldAgain = 30 * time.Second

// tell reports whether its owner is to be told now.
func (b *bucket) tell(now time.Time) bool {
	last := b.told.Load()
	return (last == 0 || now.UnixNano()-last >= int64(toldAgain)) && b.told.CompareAndSwap(last, now.UnixNano())
}

func newLimits(user, channel Rate) (*limits, error) {
	users, err := lru.New[string, *bucket](mostBuckets)
	if err != nil {
		return nil, err
	}
	channels, err := lru.New[string, *bucket](mostBuckets)
	if err != nil {
		return nil, err
	}
	return &limits{user: user, channel: channel, users: users, channels: channels}, nil
}

// A verdict says whether somebody may go on, and else what to tell them; told
// is set when they have just been told.
type verdict struct {
	ok   bool
	text string
	told bool
}

// allow takes a token from the user's and the channel's buckets.
func (l *limits) allow(user, channel, lang string, now time.Time) verdict {
	if v := take(l.users, user, l.user, commands.SlowDown, lang, now); !v.ok {
		return v
	}
	return take(l.channels, channel, l.channel, commands.ChannelBusy, lang, now)
}

func take(buckets *lru.Cache[string, *bucket], key string, r Rate, s commands.Sentence, lang string, now time.Time) verdict {
	if key == "" || r.Burst <= 0 {
		return verdict{ok: true}
	}
	b, ok := buckets.Get(key)
	if !ok {
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(r.PerMinute/60), r.Burst)}
		// The key may be a piece of all that came with it.
		if old, had, _ := buckets.PeekOrAdd(strings.Clone(key), b); had {
			b = old
		}
	}
	if b.AllowN(now, 1) {
		return verdict{ok: true}
	}
	seconds := math.Ceil((1 - b.TokensAt(now)) / (r.PerMinute / 60))
	return verdict{text: commands.Say(lang, s, strconv.Itoa(int(max(seconds, 1)))), told: !b.tell(now)}
}
