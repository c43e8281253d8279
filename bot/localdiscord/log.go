package localdiscord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// maxLog bounds what Log keeps of each kind; the oldest go first.
const maxLog = 10_000

// A Violation is something that the bot must not send.
type Violation struct {
	Method  string
	Route   string // template, such as /channels/{channel_id}/messages
	Path    string // in the body, such as components.0.custom_id
	Message string
}

// String is one line: method, route, path and what is wrong.
func (v Violation) String() string {
	if v.Path == "" {
		return fmt.Sprintf("%s %s: %s", v.Method, v.Route, v.Message)
	}
	return fmt.Sprintf("%s %s: %s: %s", v.Method, v.Route, v.Path, v.Message)
}

// A Request is a REST call that the bot made.
type Request struct {
	Method string
	Route  string // template; the path itself when no route matched
	Query  string
	Header http.Header     // Authorization, if there was one, is "[redacted]"
	Body   json.RawMessage // nil when there was none
	Status int             // 0: not answered yet, or the connection was dropped
	When   time.Time
}

// Kinds of gateway events.
const (
	Connected    = "connected"
	Identified   = "identified" // an Identify arrived, good or bad
	Resumed      = "resumed"    // a Resume arrived, good or bad
	Heartbeat    = "heartbeat"
	Disconnected = "disconnected"
)

// A GatewayEvent is something that the bot did at the gateway.
type GatewayEvent struct {
	Kind  string
	Shard int
	Code  int             // Disconnected: the close code, 1006 when there was none
	Data  json.RawMessage // Identified, Resumed: the payload without the token
	When  time.Time
}

// A Log is what the bot did so far.
type Log struct {
	Requests []Request
	Gateway  []GatewayEvent
}

// Count counts the requests of a method to a route. Names of placeholders in
// the template do not matter; an empty method or route stands for all.
func (l Log) Count(method, route string) int {
	return len(l.To(method, route))
}

// To returns the requests that Count counts.
func (l Log) To(method, route string) []Request {
	var found []Request
	for _, r := range l.Requests {
		if (method == "" || r.Method == method) && (route == "" || sameRoute(r.Route, route)) {
			found = append(found, r)
		}
	}
	return found
}

// Events counts the gateway events of a kind.
func (l Log) Events(kind string) int {
	n := 0
	for _, e := range l.Gateway {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// Log returns what the bot did so far, the last 10,000 of each kind.
func (s *Server) Log() Log {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := Log{Gateway: slices.Clone(s.gateway.log)}
	for _, r := range s.requests {
		l.Requests = append(l.Requests, *r)
	}
	return l
}

func (s *Server) logRequest(r *Request) {
	s.requests = keepLast(append(s.requests, r), maxLog)
	s.notify()
}

func (s *Server) logGateway(e GatewayEvent) {
	e.When = s.opts.Now()
	s.gateway.log = keepLast(append(s.gateway.log, e), maxLog)
	s.notify()
}

// violate records problems with one request.
func (s *Server) violate(method, route string, problems []problem) {
	for _, p := range problems {
		s.violations = append(s.violations, Violation{Method: method, Route: route, Path: p.path, Message: p.message})
	}
	s.violations = keepLast(s.violations, maxLog)
}

// keepLast drops the oldest once there are a tenth more than n, so that it
// seldom copies.
func keepLast[T any](all []T, n int) []T {
	if len(all) <= n+n/10 {
		return all
	}
	return slices.Clone(all[len(all)-n:])
}
