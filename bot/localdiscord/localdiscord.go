// Package localdiscord is a small Discord in this process: the REST calls and
// the gateway that a bot uses, signed delivery of interactions, and one guild
// with members who ask. Tests run the real bot against it, and a page can
// stand in front of it.
//
//	srv, err := localdiscord.New(localdiscord.Options{})
//	// run the bot with DISCORD_API_URL=srv.URL() and srv.Token()
//	asked := srv.Member("mina").Slash(ctx, srv.Channel("general"), "ask", localdiscord.Opt("question", "when?"))
//	answer, err := asked.Message(ctx)
//
// It is as strict as Discord: a body that Discord would refuse is refused
// with the same error and kept in Violations. It can be as unkind, too: see
// Fail and FailGateway.
package localdiscord

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Defaults of Options, as on Discord.
const (
	CallbackWindow    = 3 * time.Second          // for the first response to an interaction
	TokenLife         = 15 * time.Minute         // of an interaction's token
	HeartbeatInterval = 41250 * time.Millisecond // that HELLO asks for
)

// Defaults of Options that Discord gives out in its portal.
const (
	DefaultToken         = "local.bot.token"
	DefaultApplicationID = "1400000000000000001"
)

// Options says how a Server is. The zero value is a good default.
type Options struct {
	Token         string             // of the bot, without "Bot "; default DefaultToken
	ApplicationID string             // default DefaultApplicationID; also the id of the bot's user
	PrivateKey    ed25519.PrivateKey // signs interactions; generated when nil
	Contract      *Contract          // when set, all bodies in and out are validated against it

	Now               func() time.Time // decides whether tokens have expired; default time.Now
	CallbackWindow    time.Duration    // default CallbackWindow
	TokenLife         time.Duration    // default TokenLife
	HeartbeatInterval time.Duration    // default HeartbeatInterval

	Shards            int           // that GET /gateway/bot recommends; default 1
	MaxConcurrency    int           // sessions that may identify at once; default 1
	IdentifyEvery     time.Duration // enforced between two identifies of a concurrency key; Discord: 5 s; 0: not enforced
	PrivilegedIntents int           // privileged intents that are switched on; asking for others closes with 4014

	BotPermissions uint64 // of the bot in the guild; default those of everyone, and to write in threads

	AnyCommand bool // members may use commands that were never registered
}

// withDefaults fills in what was left out.
func (o Options) withDefaults() (Options, error) {
	o.Token = cmp.Or(o.Token, DefaultToken)
	o.ApplicationID = cmp.Or(o.ApplicationID, DefaultApplicationID)
	o.CallbackWindow = cmp.Or(o.CallbackWindow, CallbackWindow)
	o.TokenLife = cmp.Or(o.TokenLife, TokenLife)
	o.HeartbeatInterval = cmp.Or(o.HeartbeatInterval, HeartbeatInterval)
	o.Shards = cmp.Or(o.Shards, 1)
	o.MaxConcurrency = cmp.Or(o.MaxConcurrency, 1)
	o.BotPermissions = cmp.Or(o.BotPermissions, everyonePermissions|PermissionSendInThreads)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.PrivateKey == nil {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return o, fmt.Errorf("localdiscord: generate key: %w", err)
		}
		o.PrivateKey = key
	}
	return o, nil
}

// A Server is a Discord of one guild. Its methods may be called from any
// goroutine.
//
// One lock guards all state: nothing is done under it that waits. Methods
// that are not exported expect it to be held unless they say otherwise.
type Server struct {
	opts   Options
	url    string
	server *http.Server
	client *http.Client // delivers interactions over HTTP
	ctx    context.Context
	end    context.CancelFunc
	work   sync.WaitGroup // handlers and deliveries

	mu      sync.Mutex
	changed chan struct{} // closed at the next change of anything
	ids     snowflakes
	revoked bool
	world
	messages     []*message
	files        []File                  // attached to messages
	interactions map[string]*Interaction // by id
	byToken      map[string]*Interaction
	commands     commandBook
	gateway      gateway
	endpoint     string
	faults       []Fault
	requests     []*Request
	violations   []Violation
}

// New starts a Server on a free port of 127.0.0.1. Close ends it.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("localdiscord: listen: %w", err)
	}
	s := &Server{
		opts:         o,
		url:          "http://" + listener.Addr().String(),
		client:       &http.Client{Transport: &http.Transport{}},
		changed:      make(chan struct{}),
		ids:          snowflakes{now: o.Now},
		interactions: map[string]*Interaction{},
		byToken:      map[string]*Interaction{},
		gateway:      newGateway(),
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.commands = commandBook{ids: &s.ids, now: o.Now}
	s.world = newWorld(s)
	s.server = &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second}
	s.work.Go(func() { _ = s.server.Serve(listener) }) // always ErrServerClosed
	return s, nil
}

// URL is where the bot finds this Discord: http://127.0.0.1:port.
func (s *Server) URL() string { return s.url }

// Token is the bot's token.
func (s *Server) Token() string { return s.opts.Token }

// ApplicationID is the id of the application and of the bot's user.
func (s *Server) ApplicationID() string { return s.opts.ApplicationID }

// PublicKeyHex is the key that verifies signed interactions, in hex.
func (s *Server) PublicKeyHex() string {
	return hex.EncodeToString(s.opts.PrivateKey.Public().(ed25519.PublicKey))
}

// Close ends all connections and goroutines, and waits for them.
func (s *Server) Close() {
	s.mu.Lock()
	s.end() // from here on, enter refuses
	s.mu.Unlock()
	_ = s.server.Close() // nothing is left to be told about a failure
	s.mu.Lock()
	for c := range s.gateway.conns {
		c.drop()
	}
	s.mu.Unlock()
	s.work.Wait()
	s.client.CloseIdleConnections()
}

// enter counts one more handler in work, unless the server is closing. It
// takes the lock.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil {
		return false
	}
	s.work.Add(1)
	return true
}

// RevokeToken makes the bot's token invalid, as when somebody resets it in
// the portal: sessions are closed with 4004 and calls answered with 401.
func (s *Server) RevokeToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
	s.gateway.sessions = nil
	for c := range s.gateway.conns {
		c.close(closeAuthenticationFailed, "Authentication failed.")
	}
}

// validToken reports whether the bot's token is good, with or without "Bot ".
func (s *Server) validToken(token string) bool {
	return !s.revoked && (token == s.opts.Token || token == "Bot "+s.opts.Token)
}

// Violations returns what the bot sent against the rules so far.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// Changed returns a channel that is closed at the next change of anything: a
// message, a response, a connection.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// notify wakes all who wait.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// wait returns when done, called under the lock, says so, or with the error
// of ctx. It takes the lock itself.
func (s *Server) wait(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		ok, changed := done(), s.changed
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-s.ctx.Done():
			return ErrClosed
		}
	}
}
