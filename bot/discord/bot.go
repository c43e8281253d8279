package discord

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"summitbot/commands"
)

// A Bot answers what comes from Discord, whichever way it comes: Webhook and
// HandleEvent only receive and send.
type Bot struct {
	env      *commands.Env
	client   *Client
	config   BotConfig
	log      *slog.Logger
	pool     *pool
	limits   *limits
	seen     *lru.Cache[uint64, struct{}]
	notices  chan struct{} // room for notices that are sent while the pool is full
	handlers *count        // of events
	recall   *recall
	tally    tally
	does     deeds
	posts    *poster // nil: nothing is recorded
	userID   string
	lifetime context.Context
	stop     context.CancelFunc
}

// BotConfig says how the bot behaves. Zero values stand for the defaults.
type BotConfig struct {
	ApplicationID string
	UserID        string        // the bot's own account; empty: the application's id
	Workers       int           // how much is done at a time; default 8 jobs
	Queue         int           // how much waits for that; default 512 jobs
	DeferAfter    time.Duration // how long an answer may take before it is deferred; default 1.5 s
	User          Rate          // default 6 at once, 20 a minute
	Channel       Rate          // default 30 at once, 120 a minute
	Curators      string        // id of the channel for curators; empty: there is none
	Metrics       BotMetrics
	Log           *slog.Logger
	Now           func() time.Time

	// Posted keeps which messages show which facts, such as the Store's Post;
	// nil: that is not recorded. It is never called twice at a time, and may
	// take seconds.
	Posted func(ctx context.Context, list []commands.Posting) error
}

// deeds are what is done with what members do.
type deeds struct {
	find     func(name string) (commands.Command, bool)
	press    func(ctx context.Context, env *commands.Env, call commands.Call, id, input string) commands.Reply
	replaces func(id string) bool
}

// BotMetrics are told what happens. Each may be nil, and must return at once.
type BotMetrics struct {
	Question func(outcome, lang string)
	Answered func(kind string, took time.Duration) // from receipt to the answer
	Refused  func(why string)                      // busy, limit, duplicate
	Panicked func()
	Unposted func(why string, n int) // facts shown that were not recorded: full, lookup, store or closed
}

// mostSeen is how many ids are remembered to answer what comes twice once:
// Discord repeats within seconds.
const mostSeen = 50_000

// mostNotices is how many notices may be on their way while the pool is full.
const mostNotices = 32

// NewBot returns a bot that is ready to answer. Close ends it.
func NewBot(env *commands.Env, client *Client, c BotConfig) (*Bot, error) {
	c = c.withDefaults()
	limits, err := newLimits(c.User, c.Channel)
	if err != nil {
		return nil, err
	}
	seen, err := lru.New[uint64, struct{}](mostSeen)
	if err != nil {
		return nil, err
	}
	b := &Bot{env: env, client: client, config: c, log: c.Log, pool: newPool(c.Workers, c.Queue), limits: limits, seen: seen, notices: make(chan struct{}, mostNotices), handlers: newCount(math.MaxInt), recall: newRecall(), tally: tally{times: map[string]int{}}, userID: c.UserID}
	b.does = deeds{commands.FindCommand, commands.Press, commands.MayReplace}
	b.lifetime, b.stop = context.WithCancel(context.Background())
	if c.Posted != nil {
		b.posts = newPoster(c, client.Original)
	}
	return b, nil
}

func (c BotConfig) withDefaults() BotConfig {
	if c.UserID == "" {
		c.UserID = c.ApplicationID
	}
	if c.Workers <= 0 {
		c.Workers = 8
	}
	if c.Queue <= 0 {
		c.Queue = 512
	}
	if c.DeferAfter <= 0 {
		c.DeferAfter = 1500 * time.Millisecond
	}
	if c.User == (Rate{}) {
		c.User = Rate{Burst: 6, PerMinute: 20}
	}
	if c.Channel == (Rate{}) {
		c.Channel = Rate{Burst: 30, PerMinute: 120}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// QueueLength is how many jobs wait for their turn.
func (b *Bot) QueueLength() int { return b.pool.length() }

// Drain waits until everything that was accepted is answered, or ctx is done.
func (b *Bot) Drain(ctx context.Context) error {
	// Handlers of events wait for their turn in the pool and then still send.
	// What came over HTTP is written before its server has shut down.
	return errors.Join(b.handlers.drain(ctx), b.pool.drain(ctx))
}

// Close takes nothing more, waits for what was accepted until ctx is done, and
// ends what is left then.
func (b *Bot) Close(ctx context.Context) error {
	err := errors.Join(b.Drain(ctx), b.posts.close(ctx))
	b.stop()
	b.pool.close()
	return err
}

// isNew reports whether an id comes for the first time.
func (b *Bot) isNew(id string) bool {
	n, _ := snowflake(id)
	if n == 0 {
		return true
	}
	had, _ := b.seen.ContainsOrAdd(n, struct{}{})
	if had && b.config.Metrics.Refused != nil {
		b.config.Metrics.Refused("duplicate")
	}
	return !had
}

func (b *Bot) refused(why string) {
	if b.config.Metrics.Refused != nil {
		b.config.Metrics.Refused(why)
	}
}

// say logs a call to Discord that failed, in one line: at a level below the
// default when the one who asked has merely gone.
func (b *Bot) say(what string, err error) {
	switch {
	case err == nil:
	case IsGone(err) || errors.Is(err, context.Canceled):
		b.log.Info(what, "error", err.Error())
	default:
		b.log.Warn(what, "error", err.Error())
	}
}
