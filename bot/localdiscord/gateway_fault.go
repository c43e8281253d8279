package localdiscord

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// A GatewayFaultKind is a way for a gateway connection to go wrong.
type GatewayFaultKind int

// What can go wrong at the gateway. Those that come instead of READY come
// instead of RESUMED, too, unless said otherwise.
const (
	RefuseDial              GatewayFaultKind = iota + 1 // 503 instead of a websocket
	DropOnConnect                                       // TCP is reset before HELLO
	NoHello                                             // nothing ever comes
	DelayedHello                                        // HELLO comes Delay late
	NoReady                                             // nothing comes instead of READY
	ReconnectInsteadOfReady                             // op 7
	InvalidInsteadOfReady                               // op 9, Resumable or not; not when resuming
	InvalidOnResume                                     // op 9, Resumable or not, and the session is gone if not
	CloseInsteadOfReady                                 // closes with Code
	DropInsteadOfReady                                  // TCP is reset
	NoAck                                               // heartbeats of the session's connection are not answered
	Zombie                                              // nothing comes after READY although TCP stays
)

// A GatewayFault makes connections to the gateway go wrong.
type GatewayFault struct {
	Kind      GatewayFaultKind
	Times     int // how many connections it hits; 0 means one, Always all
	Code      int
	Delay     time.Duration
	Resumable bool // the d of op 9
}

// FailGateway arms a fault. Of several for one moment of a connection the
// first armed hits.
func (s *Server) FailGateway(f GatewayFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = cmp.Or(f.Times, 1)
	s.gateway.faults = append(s.gateway.faults, f)
}

// dialFault is takeFaultAt that takes the lock.
func (s *Server) dialFault(kinds ...GatewayFaultKind) GatewayFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.takeFaultAt(kinds...)
}

// takeFaultAt returns the armed fault of one of the kinds, or the
// zero one.
func (s *Server) takeFaultAt(kinds ...GatewayFaultKind) GatewayFault {
	for i := range s.gateway.faults {
		f := &s.gateway.faults[i]
		if f.Times == 0 || !slices.Contains(kinds, f.Kind) {
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		return *f
	}
	return GatewayFault{}
}

// interfere does what a fault says instead of READY, if it is one.
func (c *conn) interfere(f GatewayFault) bool {
	switch f.Kind {
	case ReconnectInsteadOfReady:
		c.send(opReconnect, nil)
	case InvalidInsteadOfReady:
		c.send(opInvalidSession, f.Resumable)
	case InvalidOnResume:
		if !f.Resumable {
			c.srv.gateway.sessions = slices.DeleteFunc(c.srv.gateway.sessions, func(ss *session) bool { return ss.conn == nil })
		}
		c.send(opInvalidSession, f.Resumable)
	case CloseInsteadOfReady:
		c.close(f.Code, "")
	case DropInsteadOfReady:
		c.drop()
	}
	return f.Kind != 0
}

// WaitConnected waits until the bot has a session with a connection.
func (s *Server) WaitConnected(ctx context.Context) error {
	return s.wait(ctx, func() bool {
		return slices.ContainsFunc(s.gateway.sessions, func(ss *session) bool { return ss.conn != nil && ss.conn.closed == 0 })
	})
}

// each does something to all connections that are open.
func (s *Server) each(do func(c *conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.gateway.conns {
		do(c)
	}
	s.notify()
}

// DropGateway resets the TCP connections of all sessions.
func (s *Server) DropGateway() { s.each((*conn).drop) }

// CloseGateway closes all connections with a code. The sessions can be
// resumed, unless the code is 4007 or 4009.
func (s *Server) CloseGateway(code int) {
	s.each(func(c *conn) { c.close(code, "") })
}

// AskReconnect sends op 7 to all connections.
func (s *Server) AskReconnect() {
	s.each(func(c *conn) { c.send(opReconnect, nil) })
}

// AskHeartbeat sends op 1 to all connections.
func (s *Server) AskHeartbeat() {
	s.each(func(c *conn) { c.send(opHeartbeat, nil) })
}

// Invalidate sends op 9 to all connections. Unless they are resumable, the
// sessions are gone.
func (s *Server) Invalidate(resumable bool) {
	s.each(func(c *conn) {
		if ss := c.session; ss != nil {
			ss.conn, c.session = nil, nil
			if !resumable {
				s.forget(ss)
			}
		}
		c.send(opInvalidSession, resumable)
	})
}

// Freeze makes zombies of all connections: nothing comes through them any
// more although TCP stays. What is dispatched waits for a resume.
func (s *Server) Freeze() {
	s.each(func(c *conn) { c.silent, c.noAck = true, true })
}
