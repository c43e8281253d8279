package localdiscord

import (
	"encoding/json"
	"slices"
	"time"
)

// An identify is what begins a session.
type identify struct {
	Token    string `json:"token"`
	Intents  int    `json:"intents"`
	Shard    [2]int `json:"shard"`
	Compress bool   `json:"compress"`
}

// A resume goes back to a session.
type resume struct {
	Token     string `json:"token"`
	SessionID string `json:"session_id"`
	Seq       int    `json:"seq"`
}

// take takes one payload of the client.
func (c *conn) take(data []byte) {
	c.listen()
	var p payload
	switch {
	case len(data) > maxSend:
		c.fault(closeDecodeError, "payload of more than 4,096 bytes")
		return
	case !c.maySend():
		c.fault(closeRateLimited, "more than 120 payloads in a minute")
		return
	case json.Unmarshal(data, &p) != nil:
		c.fault(closeDecodeError, "payload is not JSON")
		return
	}
	switch p.Op {
	case opHeartbeat:
		c.srv.logGateway(GatewayEvent{Kind: Heartbeat})
		if !c.noAck {
			c.send(opHeartbeatAck, nil)
		}
	case opIdentify:
		c.identify(p.Data)
	case opResume:
		c.resume(p.Data)
	case opPresence, opVoiceState, opRequestMembers:
		if c.session == nil {
			c.fault(closeNotAuthenticated, "payload before Identify")
		}
	default:
		c.fault(closeUnknownOpcode, "unknown opcode")
	}
}

// fault closes the connection for something that the bot must not send.
func (c *conn) fault(code int, what string) {
	c.srv.violate("SEND", "/gateway", []problem{{message: what}})
	c.close(code, what)
}

// maySend counts one more payload of the client.
func (c *conn) maySend() bool {
	now := time.Now()
	c.sends = slices.DeleteFunc(c.sends, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
	c.sends = append(c.sends, now)
	return len(c.sends) <= maxSendsMinute
}

// identify begins a session or says why not.
func (c *conn) identify(data json.RawMessage) {
	s := c.srv
	in := identify{Shard: [2]int{0, 1}}
	if json.Unmarshal(data, &in) != nil {
		c.fault(closeDecodeError, "Identify is not well formed")
		return
	}
	s.gateway.identifies++
	s.logGateway(GatewayEvent{Kind: Identified, Shard: in.Shard[0], Data: withoutToken(data)})
	switch {
	case c.session != nil:
		c.fault(closeAlreadyAuthenticated, "Identify on a connection that has a session")
	case !s.validToken(in.Token):
		c.close(closeAuthenticationFailed, "Authentication failed.")
	case in.Shard[0] < 0 || in.Shard[0] >= in.Shard[1]:
		c.fault(closeInvalidShard, "Invalid shard.")
	case in.Intents < 0 || in.Intents&^knownIntents != 0:
		c.fault(closeInvalidIntents, "Invalid intent(s).")
	case in.Intents&privilegedIntents&^s.opts.PrivilegedIntents != 0:
		c.fault(closeDisallowedIntents, "Disallowed intent(s).")
	case !s.mayIdentify(in.Shard[0]):
		s.violate("SEND", "/gateway", []problem{{message: "Identify too soon after the last one"}})
		c.send(opInvalidSession, false)
	case !c.interfere(s.takeFaultAt(InvalidInsteadOfReady, ReconnectInsteadOfReady, CloseInsteadOfReady, DropInsteadOfReady, NoReady)):
		c.join(s.begin(c, in), 0, in.Compress)
	}
}

// mayIdentify enforces the time between two identifies of a concurrency key.
func (s *Server) mayIdentify(shard int) bool {
	key, now := shard%s.opts.MaxConcurrency, time.Now()
	last, again := s.gateway.identified[key]
	s.gateway.identified[key] = now
	return !again || now.Sub(last) >= s.opts.IdentifyEvery
}

// resume goes back to a session or says why not.
func (c *conn) resume(data json.RawMessage) {
	s := c.srv
	var in resume
	if json.Unmarshal(data, &in) != nil {
		c.fault(closeDecodeError, "Resume is not well formed")
		return
	}
	ss := s.sessionByID(in.SessionID)
	event := GatewayEvent{Kind: Resumed, Data: withoutToken(data)}
	if ss != nil {
		event.Shard = ss.shard
	}
	s.logGateway(event)
	switch {
	case c.session != nil:
		c.fault(closeAlreadyAuthenticated, "Resume on a connection that has a session")
	case !s.validToken(in.Token):
		c.close(closeAuthenticationFailed, "Authentication failed.")
	case c.interfere(s.takeFaultAt(InvalidOnResume, ReconnectInsteadOfReady, CloseInsteadOfReady, DropInsteadOfReady, NoReady)):
	case ss == nil:
		c.send(opInvalidSession, false)
	case in.Seq > ss.seq:
		c.close(closeInvalidSeq, "Invalid seq.")
	case !kept(ss, in.Seq):
		s.forget(ss)
		c.send(opInvalidSession, false)
	default:
		c.rejoin(ss, in.Seq)
	}
}

func kept(ss *session, seq int) bool {
	_, ok := ss.since(seq)
	return ok
}

// rejoin takes a session over from a connection that may still be there.
func (c *conn) rejoin(ss *session, seq int) {
	compress := false
	if old := ss.conn; old != nil {
		ss.conn = nil
		compress = old.compress
		old.close(closeUnknownError, "Session was resumed elsewhere.")
	}
	ss.conn = c
	ss.push("RESUMED", object{"_trace": []any{"localdiscord"}})
	c.join(ss, seq, compress)
}

// join attaches the connection to a session whose events it has up to seq.
func (c *conn) join(ss *session, seq int, compress bool) {
	c.session, c.sent, c.compress = ss, seq, compress
	switch c.srv.takeFaultAt(NoAck, Zombie).Kind {
	case NoAck:
		c.noAck = true
	case Zombie:
		c.noAck, c.frozen = true, true
	}
	c.srv.notify()
	c.wake()
}

// withoutToken is a payload as the log keeps it.
func withoutToken(data json.RawMessage) json.RawMessage {
	v, _ := decode(data)
	o, _ := v.(object)
	delete(o, "token")
	return encode(o)
}
