package discord

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// A loss is why a connection to the gateway ended or did not come about.
type loss struct {
	reason string // one of the constants below: for logs and metrics
	code   int    // Discord's close code; 0: none
	fresh  bool   // the session cannot be resumed
	err    error  // what the network said; may be nil
}

// Reasons for a loss.
const (
	lostClosed    = "closed by Discord"
	lostReconnect = "reconnect requested"
	lostInvalid   = "session invalid"
	lostSilent    = "silent"
	lostZombie    = "heartbeats not acknowledged"
	lostNetwork   = "network"
	lostSlow      = "not ready in time"
	lostProtocol  = "protocol error"
	lostLibrary   = "closed by the library"
	lostLookup    = "gateway lookup failed"
	lostStopped   = "stopped"
)

// Error is what discordgo is told; it never gets into a log by that way.
func (l *loss) Error() string { return "gateway connection lost: " + l.reason }

// A link is one connection to the gateway. Each read and write has a deadline;
// whatever goes wrong first ends it for good, so that discordgo cannot send a
// close frame, which would end the session too.
type link struct {
	net.Conn
	idle     time.Duration
	frames   frames // used by the one reader
	interval atomic.Int64
	acked    atomic.Int64 // Unix time of the last heartbeat's acknowledgement, ns
	stopping atomic.Bool  // the process stops: the session may end

	readied sync.Once
	ready   chan struct{} // closed when READY or RESUMED was seen
	resumed atomic.Bool

	once sync.Once
	lost loss          // valid once ended is closed
	done chan struct{} // closed when the link ended
}

func newLink(conn net.Conn, idle time.Duration) *link {
	return &link{
		Conn: conn, idle: idle, frames: frames{limit: maxHandshakeFrame},
		ready: make(chan struct{}), done: make(chan struct{}),
	}
}

// end closes the connection. The first reason counts.
func (l *link) end(why loss) {
	l.once.Do(func() {
		l.lost = why
		close(l.done)
		l.Conn.Close()
	})
}

func (l *link) ended() bool { return isClosed(l.done) }

// Close ends the link on behalf of discordgo.
func (l *link) Close() error {
	l.end(loss{reason: lostLibrary})
	return nil
}

// Read passes on what the server sends, up to a message that ends the link.
func (l *link) Read(p []byte) (int, error) {
	if l.ended() {
		return 0, &l.lost
	}
	// A failure shows in the read itself.
	_ = l.Conn.SetReadDeadline(time.Now().Add(l.idle))
	n, err := l.Conn.Read(p)
	if err != nil {
		return 0, l.fail(err)
	}
	if n = l.frames.feed(p[:n], l.accept); n == 0 {
		<-l.done // accept ended the link
		return 0, &l.lost
	}
	return n, nil
}

// Write sends what discordgo has to say, except for a close frame at any other
// time than when the process stops.
func (l *link) Write(p []byte) (int, error) {
	if len(p) > 0 && p[0] == frameFinal|frameClose && !l.stopping.Load() {
		l.end(loss{reason: lostLibrary})
	}
	if l.ended() {
		return 0, &l.lost
	}
	_ = l.Conn.SetWriteDeadline(time.Now().Add(l.idle))
	n, err := l.Conn.Write(p)
	if err != nil {
		return n, l.fail(err)
	}
	return n, nil
}

// fail ends the link with the network's error.
func (l *link) fail(err error) error {
	why := loss{reason: lostNetwork, err: err}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		why.reason = lostSilent
	}
	l.end(why)
	return &l.lost
}

// Opcodes of the gateway.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
const (
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// accept looks at a message before discordgo does. Ops 7 and 9 end the link:
// where READY is expected discordgo would wait for itself for ever on the
// one, and it answers the other with an Identify that no limiter has seen.
func (l *link) accept(opcode byte, payload []byte) bool {
	if opcode == frameClose {
		l.end(closeLoss(payload))
		return false
	}
	if isEvent(payload) {
		return true
	}
	var m *struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(payload, &m) != nil || m == nil {
		l.end(loss{reason: lostProtocol})
		return false
	}
	switch m.Op {
	case opReconnect:
		l.end(loss{reason: lostReconnect})
	case opInvalidSession:
		l.end(loss{reason: lostInvalid, fresh: string(m.Data) != "true"})
	case opHello:
		l.hello(m.Data)
	case opHeartbeatAck:
		l.acked.Store(time.Now().UnixNano())
	}
	return !l.ended()
}

// maxInterval is the longest time between heartbeats taken for earnest;
// Discord asks for about 41 s. A ticker for zero would panic.
const maxInterval = time.Hour

func (l *link) hello(data []byte) {
	var hello struct {
		Interval int64 `json:"heartbeat_interval"` // ms
	}
	if json.Unmarshal(data, &hello) != nil || hello.Interval < 1 || hello.Interval > maxInterval.Milliseconds() {
		l.end(loss{reason: lostProtocol})
		return
	}
	l.frames.limit = maxControlFrame
	l.acked.Store(time.Now().UnixNano())
	l.interval.Store(int64(time.Duration(hello.Interval) * time.Millisecond))
}

// zombie reports whether the server left at least two heartbeats without an
// answer.
func (l *link) zombie(now time.Time) bool {
	interval := time.Duration(l.interval.Load())
	return interval > 0 && now.Sub(time.Unix(0, l.acked.Load())) > 2*interval
}

// markReady notes that Discord has greeted the session.
func (l *link) markReady(resumed bool) {
	l.readied.Do(func() {
		l.resumed.Store(resumed)
		close(l.ready)
	})
}

// isReady reports whether events arrive over the link.
func (l *link) isReady() bool { return isClosed(l.ready) && !l.ended() }

// closeLoss reads a close frame.
func closeLoss(payload []byte) loss {
	why := loss{reason: lostClosed, code: websocket.CloseNoStatusReceived}
	if len(payload) >= 2 {
		why.code = int(binary.BigEndian.Uint16(payload))
	}
	why.fresh = endsSession(why.code)
	return why
}

// dial connects to addr, with TLS if conf is not nil.
func dial(ctx context.Context, network, addr string, conf *tls.Config) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, addr)
	if err != nil || conf == nil {
		return conn, err
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		conn.Close()
		return nil, err
	}
	conf = conf.Clone()
	conf.ServerName = cmp.Or(conf.ServerName, host)
	conf.NextProtos = []string{"http/1.1"} // websockets are an upgrade of that
	secure := tls.Client(conn, conf)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
