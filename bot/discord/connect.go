package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// connect opens a connection and waits until events arrive over it. It
// resumes the session if there is one, or identifies when that is allowed.
func (g *Gateway) connect(ctx context.Context) *loss {
	identifies := g.resume.Load() == nil
	if identifies {
		if why := g.identify(ctx); why != nil {
			return why
		}
	}
	trying, cancel := context.WithTimeout(ctx, g.c.Timings.Open)
	defer cancel()
	before := g.link.Load()
	keep := context.AfterFunc(trying, func() {
		if ctx.Err() != nil {
			g.cut(before, lostStopped)
		} else {
			g.cut(before, lostSlow)
		}
	})
	defer keep()
	err := g.open(trying, ctx)
	if identifies {
		g.c.Identify.Sent(g.c.Shard, g.concurrency)
	}
	if err != nil {
		return g.openLoss(before, err)
	}
	return g.greeted(trying)
}

// identify replaces the session by one that will identify, once it may.
func (g *Gateway) identify(ctx context.Context) *loss {
	if why := g.admit(ctx); why != nil {
		return why
	}
	if ctx.Err() != nil {
		return &loss{reason: lostStopped}
	}
	s, err := g.newSession(ctx)
	if err != nil {
		return &loss{reason: lostProtocol, err: err}
	}
	g.session.Store(s)
	return nil
}

// open has discordgo connect. It waits for that even after trying ended, as
// discordgo then fails at once; if it does not, the watchdog ends ctx.
func (g *Gateway) open(trying, ctx context.Context) error {
	s := g.session.Load()
	select {
	case <-g.released: // late word of an earlier connection
	default:
	}
	opened := make(chan error, 1)
	go func() { opened <- g.openSession(trying, s) }()
	select {
	case err := <-opened:
		g.held = err == nil
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-opened:
		g.held = err == nil
		return err
	case <-time.After(g.c.Timings.Close):
		return ErrStuck
	}
}

// openSession opens s. A panic of discordgo's becomes an error.
func (g *Gateway) openSession(ctx context.Context, s *discordgo.Session) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in discordgo: %T: %w", r, errUnusable)
		}
	}()
	if g.resume.Load() != nil {
		// Discord wants a session resumed at an address of its own, and
		// discordgo asks for the address only when it failed to connect.
		s.Dialer = &websocket.Dialer{NetDialContext: refuse}
		_ = s.Open()
	}
	s.Dialer = g.dialer(ctx)
	return s.Open()
}

// errUnusable marks an error that leaves a session in an unknown state.
var errUnusable = errors.New("the session cannot be used again")

func refuse(context.Context, string, string) (net.Conn, error) { return nil, errNotSent }

// dialer makes connections that are links, as long as ctx lasts.
func (g *Gateway) dialer(ctx context.Context) *websocket.Dialer {
	return &websocket.Dialer{
		NetDialContext: func(_ context.Context, network, addr string) (net.Conn, error) {
			return g.adopt(ctx)(dial(ctx, network, addr, nil))
		},
		NetDialTLSContext: func(_ context.Context, network, addr string) (net.Conn, error) {
			return g.adopt(ctx)(dial(ctx, network, addr, g.tls))
		},
	}
}

// adopt makes a new connection the gateway's link.
func (g *Gateway) adopt(ctx context.Context) func(net.Conn, error) (net.Conn, error) {
	return func(conn net.Conn, err error) (net.Conn, error) {
		if err != nil {
			return nil, err
		}
		l := newLink(conn, g.c.Timings.Idle)
		g.link.Store(l)
		if ctx.Err() != nil {
			l.end(loss{reason: lostSlow})
		}
		return l, nil
	}
}

// cut ends the link that was made since before, if any.
func (g *Gateway) cut(before *link, reason string) {
	if l := g.link.Load(); l != nil && l != before {
		l.end(loss{reason: reason})
	}
}

// openLoss is why discordgo could not connect. What the link knows of it is
// better than what discordgo says.
func (g *Gateway) openLoss(before *link, err error) *loss {
	why := loss{reason: lostNetwork, err: err}
	g.cut(before, lostProtocol)
	l := g.link.Load()
	if l != nil && l != before && l.lost.reason != lostLibrary && !errors.Is(err, ErrStuck) {
		why = l.lost
	}
	why.fresh = why.fresh || errors.Is(err, errUnusable)
	return &why
}

// greeted waits for READY or RESUMED.
func (g *Gateway) greeted(ctx context.Context) *loss {
	l := g.link.Load()
	select {
	case <-l.ready:
		return nil
	case <-l.done:
		return &l.lost
	}
}

// release waits until discordgo has let go of a connection that ended, which
// takes it a second. It reports whether it did.
func (g *Gateway) release() bool {
	if !g.held {
		return true
	}
	g.held = false
	select {
	case <-g.released:
		return true
	case <-time.After(g.c.Timings.Close):
		return false
	}
}

// stop closes the connection, if there is one, the way Discord wants it done.
func (g *Gateway) stop(ctx context.Context) error {
	if !g.held {
		return nil
	}
	s, l := g.session.Load(), g.link.Load()
	defer l.end(loss{reason: lostStopped})
	if errors.Is(context.Cause(ctx), ErrStuck) {
		return ErrStuck
	}
	l.stopping.Store(true)
	go s.Close()
	if !g.release() {
		return ErrStuck
	}
	return nil
}

// A lookup answers discordgo when it asks where the gateway is, so that it
// does so without a call while it holds its lock.
type lookup struct{ g *Gateway }

// RoundTrip answers GET /gateway and leaves other calls to the client.
func (l lookup) RoundTrip(req *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(req.URL.Path, "/gateway") {
		return l.g.c.Client.Transport().RoundTrip(req)
	}
	closeBody(req)
	body, err := json.Marshal(map[string]string{"url": l.g.where()})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   io.NopCloser(strings.NewReader(string(body))),
	}, nil
}

// resumeTries is how often to try the session's own address.
const resumeTries = 3

// where is the address to connect to. The session's own must be as safe as
// the general one.
func (g *Gateway) where() string {
	own := g.resume.Load()
	if own == nil || g.tries > resumeTries {
		return g.address
	}
	if strings.HasPrefix(*own, "wss://") || strings.HasPrefix(*own, "ws://") && strings.HasPrefix(g.address, "ws://") {
		return *own
	}
	return g.address
}
