package discord

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A GatewayConfig says which shard to connect and what to do with its events.
type GatewayConfig struct {
	Client  *Client // looks the gateway up; its token identifies the bot
	Token   string  // empty: the client's
	Shard   int     // counted from 0
	Shards  int     // 0: one
	Intents discordgo.Intent

	// Handle is called with every event, each in a goroutine of its own that
	// the library starts, and must return at once: hand over to a bounded
	// queue. Events may overtake one another. A panic in it is logged. The
	// context ends when Run returns. Data may be kept. Nil: events are dropped.
	Handle func(ctx context.Context, event string, data json.RawMessage)

	Log      *slog.Logger // nil: nothing is logged
	Metrics  GatewayMetrics
	Identify *IdentifyLimiter // shared by the shards of the process; nil: its own
	Timings  Timings
}

// GatewayMetrics are told what happens. Each may be nil, and must return at
// once.
type GatewayMetrics struct {
	Connected func(resumed bool, downtime time.Duration) // downtime 0: for the first time
	Lost      func(reason string, code int)
	Event     func(event string)
	Panicked  func(event string)
}

// Timings of the gateway. Each that is zero is its default.
type Timings struct {
	Open       time.Duration // from dialing to READY; 30 s
	Idle       time.Duration // for one read or write, longer than a heartbeat's interval; 75 s
	Stuck      time.Duration // until discordgo counts as deadlocked; 60 s
	Check      time.Duration // between two looks of the watchdog; 1 s
	Close      time.Duration // for discordgo to let go of a connection; 5 s
	Backoff    time.Duration // the first pause before connecting again, doubled each time; 1 s
	MaxBackoff time.Duration // the longest; 60 s
	Steady     time.Duration // after which a connection's loss starts from the first pause; 30 s
	Invalid    time.Duration // the least pause after "invalid session", the most is five times that; 1 s
}

func (t Timings) withDefaults() Timings {
	return Timings{
		Open:       cmp.Or(t.Open, 30*time.Second),
		Idle:       cmp.Or(t.Idle, 75*time.Second),
		Stuck:      cmp.Or(t.Stuck, time.Minute),
		Check:      cmp.Or(t.Check, time.Second),
		Close:      cmp.Or(t.Close, 5*time.Second),
		Backoff:    cmp.Or(t.Backoff, time.Second),
		MaxBackoff: cmp.Or(t.MaxBackoff, time.Minute),
		Steady:     cmp.Or(t.Steady, 30*time.Second),
		Invalid:    cmp.Or(t.Invalid, time.Second),
	}
}

// A Gateway keeps one shard connected.
type Gateway struct {
	c   GatewayConfig
	tls *tls.Config

	// The goroutine of Run changes these; the watchdog and Ready read them.
	session atomic.Pointer[discordgo.Session]
	link    atomic.Pointer[link]

	resume   atomic.Pointer[string] // address of the session's own gateway; nil: it cannot be resumed
	released chan struct{}          // discordgo let go of a connection

	// Only the goroutine of Run changes these, and not while discordgo opens
	// a connection.
	address     string // of the gateway, for new sessions
	concurrency int    // how many shards may identify at a time
	held        bool   // discordgo holds a connection
	tries       int    // since the last connection that was steady
}

// NewGateway returns a gateway for Run. It makes discordgo log through c.Log,
// unless SetLibraryLogger was called before.
func NewGateway(c GatewayConfig) *Gateway {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Identify == nil {
		c.Identify = NewIdentifyLimiter(0)
	}
	if c.Handle == nil {
		c.Handle = func(context.Context, string, json.RawMessage) {}
	}
	c.Token = cmp.Or(strings.TrimPrefix(c.Token, "Bot "), c.Client.token)
	c.Shards = max(c.Shards, 1)
	c.Metrics = c.Metrics.withDefaults()
	c.Timings = c.Timings.withDefaults()
	SetLibraryLogger(c.Log)
	return &Gateway{c: c, tls: &tls.Config{MinVersion: tls.VersionTLS12}, released: make(chan struct{}, 1)}
}

func (m GatewayMetrics) withDefaults() GatewayMetrics {
	if m.Connected == nil {
		m.Connected = func(bool, time.Duration) {}
	}
	if m.Lost == nil {
		m.Lost = func(string, int) {}
	}
	if m.Event == nil {
		m.Event = func(string) {}
	}
	if m.Panicked == nil {
		m.Panicked = func(string) {}
	}
	return m
}

// Ready reports whether Discord has greeted the session and the connection is
// alive.
func (g *Gateway) Ready() bool {
	l := g.link.Load()
	return l != nil && l.isReady()
}

// newSession returns a session that has not identified. All that discordgo
// would do on its own is switched off.
func (g *Gateway) newSession(ctx context.Context) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + g.c.Token)
	if err != nil {
		return nil, err
	}
	s.ShouldReconnectOnError = false
	s.StateEnabled = false
	s.SyncEvents = false
	s.Compress = false // the link reads what comes
	s.LogLevel = discordgo.LogError
	s.Client = &http.Client{Transport: lookup{g}}
	s.ShardID, s.ShardCount = g.c.Shard, g.c.Shards
	s.Identify.Intents = g.c.Intents
	s.Identify.Properties.Browser, s.Identify.Properties.Device = "summitbot", "summitbot"

	// A handler of raw events costs one goroutine for each. A handler of
	// interface{} would be called twice, and those of decoded events get
	// nothing when one component in them is unknown to discordgo.
	s.AddHandler(func(s *discordgo.Session, e *discordgo.Event) { g.take(ctx, s, e) })
	s.AddHandler(func(s *discordgo.Session, _ *discordgo.Disconnect) { g.letGo(s) })
	return s, nil
}

// take handles one event, even one that was received just before Run ended:
// Discord does not send it again.
func (g *Gateway) take(ctx context.Context, s *discordgo.Session, e *discordgo.Event) {
	defer g.survive(e.Type)
	if s == g.session.Load() {
		switch e.Type {
		case "READY":
			g.greet(e.RawData)
		case "RESUMED":
			g.link.Load().markReady(true)
		}
	}
	g.c.Metrics.Event(e.Type)
	g.c.Handle(ctx, e.Type, e.RawData)
}

// letGo notes that discordgo let go of the session's connection.
func (g *Gateway) letGo(s *discordgo.Session) {
	if s != g.session.Load() {
		return
	}
	select {
	case g.released <- struct{}{}:
	default:
	}
}

// greet notes where to resume the session that READY announces.
func (g *Gateway) greet(ready []byte) {
	var session struct {
		Address string `json:"resume_gateway_url"`
	}
	// Without an address the general one serves.
	_ = json.Unmarshal(ready, &session)
	g.resume.Store(&session.Address)
	g.link.Load().markReady(false)
}

// survive logs a panic of Handle. Its value could hold members' words, so
// that only what the runtime itself says is logged.
func (g *Gateway) survive(event string) {
	r := recover()
	if r == nil {
		return
	}
	what := fmt.Sprintf("%T", r)
	if e, ok := r.(runtime.Error); ok {
		what = e.Error()
	}
	g.c.Metrics.Panicked(event)
	g.c.Log.Error("panic in a handler", "event", event, "panic", what, "stack", string(debug.Stack()))
}
