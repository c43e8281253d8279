package localdiscord

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// A payload is one message of the gateway.
type payload struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int            `json:"s"`
	Type *string         `json:"t"`
}

// A conn is one websocket of the bot. One goroutine reads it and one writes;
// what they share is guarded by the server's lock.
type conn struct {
	srv     *Server
	version int
	ws      *websocket.Conn
	awake   chan struct{} // tells the writer that there is something to send
	gone    chan struct{} // closed when reading has ended

	session  *session
	queue    [][]byte // payloads to send that are not events
	sent     int      // seq of the last event sent
	compress bool
	frozen   bool        // nothing is sent after what is queued now
	silent   bool        // nothing is sent any more
	noAck    bool        // heartbeats are not answered
	closed   int         // close code that was sent; 0: none
	sends    []time.Time // of the client in the last minute
}

func (c *conn) wake() {
	select {
	case c.awake <- struct{}{}:
	default:
	}
}

// serveGateway serves one websocket until it ends.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	fault := s.dialFault(RefuseDial, DropOnConnect, NoHello, DelayedHello)
	if fault.Kind == RefuseDial {
		writeJSON(w, http.StatusServiceUnavailable, plain(http.StatusServiceUnavailable).body())
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	ws.SetCloseHandler(func(int, string) error { return nil })
	version, _ := strconv.Atoi(r.URL.Query().Get("v"))
	c := &conn{srv: s, version: version, ws: ws, awake: make(chan struct{}, 1), gone: make(chan struct{})}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.conns[c] = true
	s.logGateway(GatewayEvent{Kind: Connected})
	if s.ctx.Err() != nil {
		c.drop()
	}
	s.work.Go(c.write)
	s.mu.Unlock()
	code := c.read(fault)
	s.mu.Lock()
	c.leave(code)
}

// read greets the client and takes what it sends, until the connection ends
// with the close code that is returned. It takes the lock.
func (c *conn) read(fault GatewayFault) int {
	defer c.ws.Close()
	defer close(c.gone)
	c.greet(fault)
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			return c.ended(err)
		}
		c.srv.mu.Lock()
		c.take(data)
		c.srv.mu.Unlock()
	}
}

// greet sends HELLO, unless a fault forbids. It takes the lock.
func (c *conn) greet(fault GatewayFault) {
	if fault.Kind == DelayedHello {
		timer := time.NewTimer(fault.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-c.srv.ctx.Done():
		}
	}
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	c.listen()
	switch {
	case fault.Kind == DropOnConnect:
		c.drop()
	case c.version != 9 && c.version != 10:
		c.close(closeInvalidVersion, "Invalid API version.")
	case fault.Kind != NoHello:
		c.send(opHello, object{"heartbeat_interval": c.srv.opts.HeartbeatInterval.Milliseconds(), "_trace": []any{"localdiscord"}})
	}
}

// listen gives the client two heartbeat intervals to say something.
func (c *conn) listen() {
	if c.closed == 0 {
		_ = c.ws.SetReadDeadline(time.Now().Add(2 * c.srv.opts.HeartbeatInterval))
	}
}

// ended turns the error of a read into a close code. A client that was silent
// for too long is told so. It takes the lock.
func (c *conn) ended(err error) int {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	if c.closed != 0 {
		return c.closed // whatever the client says to that
	}
	if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
		return closed.Code
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() && !c.silent {
		c.close(closeSessionTimedOut, "Session timed out.")
		return closeSessionTimedOut
	}
	return websocket.CloseAbnormalClosure
}

// leave parts a connection from its session. After 1000 and 1001 nobody can
// resume that.
func (c *conn) leave(code int) {
	delete(c.srv.gateway.conns, c)
	shard := 0
	if ss := c.session; ss != nil && ss.conn == c {
		ss.conn, shard = nil, ss.shard
		if code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway {
			c.srv.forget(ss)
		}
	}
	c.srv.logGateway(GatewayEvent{Kind: Disconnected, Shard: shard, Code: code})
}

// write sends what is queued until the connection ends. It takes the lock.
func (c *conn) write() {
	for {
		select {
		case <-c.awake:
		case <-c.gone:
			return
		}
		for _, data := range c.pending() {
			if !c.frame(data) {
				break
			}
		}
	}
}

// pending takes what was not sent yet: events of the session after all else.
// It takes the lock.
func (c *conn) pending() [][]byte {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	if c.silent {
		return nil
	}
	all := c.queue
	c.queue = nil
	if ss := c.session; ss != nil && ss.conn == c {
		events, _ := ss.since(c.sent)
		all = append(all, events...)
		c.sent = ss.seq
		c.silent = c.frozen
		ss.events = keepLast(ss.events, maxReplay)
	}
	return all
}

// send queues a payload that is not an event.
func (c *conn) send(op int, data any) {
	c.queue = append(c.queue, encode(payload{Op: op, Data: encode(data)}))
	c.wake()
}

// frame writes one payload, compressed if it is long and the client asked for
// it, and reports whether that went well. A client that does not read is
// dropped.
func (c *conn) frame(data []byte) bool {
	kind := websocket.TextMessage
	if c.compresses() && len(data) >= compressFrom {
		var small bytes.Buffer
		z := zlib.NewWriter(&small)
		_, _ = z.Write(data) // a Buffer takes all
		_ = z.Close()
		kind, data = websocket.BinaryMessage, small.Bytes()
	}
	_ = c.ws.SetWriteDeadline(time.Now().Add(writeTimeout))
	if err := c.ws.WriteMessage(kind, data); err != nil {
		_ = c.ws.Close()
		return false
	}
	return true
}

// compresses takes the lock.
func (c *conn) compresses() bool {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	return c.compress
}

// close sends a close frame and ends the connection. The session stays, to be
// resumed, unless the code forbids.
func (c *conn) close(code int, reason string) {
	if c.closed != 0 {
		return
	}
	c.silent, c.closed = true, code
	if ss := c.session; ss != nil && ss.conn == c && (code == closeInvalidSeq || code == closeSessionTimedOut) {
		c.srv.forget(ss)
	}
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().Add(time.Second))
	_ = c.ws.SetReadDeadline(time.Now().Add(time.Second)) // for the client's own close frame
}

// drop ends the TCP connection without a word.
func (c *conn) drop() {
	_ = reset(c.ws.NetConn())
	_ = c.ws.Close()
}
