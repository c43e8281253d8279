package localdiscord

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"strconv"
	"time"
)

// A FaultKind is a way for a REST call to go wrong.
type FaultKind int

// What can go wrong with a REST call.
const (
	UserLimit       FaultKind = iota + 1 // 429 for this route
	GlobalLimit                          // 429 for all routes
	SharedLimit                          // 429 that is nobody's fault: scope shared
	CloudflareLimit                      // 429 in HTML
	CloudflareBlock                      // 403 in HTML
	ServerError                          // Status, 500 unless given, in HTML
	Slow                                 // the right answer, Delay late
	ErrorCode                            // the JSON error Code
	DropConnection                       // TCP is reset
)

// Always makes a fault last for all requests to come.
const Always = -1

// A Fault makes REST calls go wrong.
type Fault struct {
	Kind   FaultKind
	Method string // empty: any
	Route  string // template, whatever its placeholders are called; empty: any
	Times  int    // how many requests it hits; 0 means one, Always all

	RetryAfter time.Duration // of a 429, in steps of a millisecond; default 1 s
	Status     int           // of a ServerError
	Code       int           // of an ErrorCode
	Delay      time.Duration // before the answer
	AfterWork  bool          // the request is carried out: only its answer goes wrong
}

// Fail arms a fault. Several for one request hit in the order of arming.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = cmp.Or(f.Times, 1)
	s.faults = append(s.faults, f)
}

// ClearFaults disarms all that Fail and FailGateway armed.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.gateway.faults = nil, nil
}

// takeFault returns the fault that hits a call, or nil.
func (s *Server) takeFault(rt route) *Fault {
	for i := range s.faults {
		f := &s.faults[i]
		if f.Times == 0 || (f.Method != "" && f.Method != rt.method) || (f.Route != "" && !sameRoute(f.Route, rt.template)) {
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		hit := *f
		return &hit
	}
	return nil
}

// pause waits for the delay; false when there is nobody left to answer.
func (f *Fault) pause(request, server context.Context) bool {
	if f.Delay <= 0 {
		return true
	}
	timer := time.NewTimer(f.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-request.Done():
	case <-server.Done():
	}
	return false
}

// status is that of the wrong answer, 0 for none.
func (f *Fault) status() int {
	switch f.Kind {
	case UserLimit, GlobalLimit, SharedLimit, CloudflareLimit:
		return http.StatusTooManyRequests
	case CloudflareBlock:
		return http.StatusForbidden
	case ServerError:
		return cmp.Or(f.Status, http.StatusInternalServerError)
	case ErrorCode:
		return failure(f.Code).status
	}
	return 0
}

// answer writes the wrong answer.
func (f *Fault) answer(w http.ResponseWriter) {
	switch f.Kind {
	case UserLimit, GlobalLimit, SharedLimit:
		f.limited(w)
	case CloudflareLimit:
		w.Header().Set("Retry-After", strconv.Itoa(int(f.retryAfter()/time.Second)))
		html(w, f.status(), "error code: 1015")
	case CloudflareBlock:
		html(w, f.status(), "error code: 1020")
	case ServerError:
		html(w, f.status(), "upstream connect error")
	case ErrorCode:
		writeJSON(w, f.status(), failure(f.Code).body())
	default:
		_ = hijack(w) // HTTP/1 on TCP can always be
	}
}

func (f *Fault) retryAfter() time.Duration { return cmp.Or(f.RetryAfter, time.Second) }

// limited writes a 429 with the scope of its kind.
func (f *Fault) limited(w http.ResponseWriter) {
	seconds := strconv.FormatFloat(f.retryAfter().Seconds(), 'f', 3, 64)
	h := w.Header()
	h.Set("Retry-After", strconv.Itoa(int((f.retryAfter()+time.Second-1)/time.Second)))
	h.Set("X-RateLimit-Scope", map[FaultKind]string{UserLimit: "user", GlobalLimit: "global", SharedLimit: "shared"}[f.Kind])
	if f.Kind == GlobalLimit {
		h.Set("X-RateLimit-Global", "true")
	} else {
		h.Set("X-RateLimit-Limit", "5")
		h.Set("X-RateLimit-Remaining", "0")
		h.Set("X-RateLimit-Reset-After", seconds)
		h.Set("X-RateLimit-Bucket", "local")
	}
	message := "You are being rate limited."
	if f.Kind == SharedLimit {
		message = "The resource is being rate limited."
	}
	writeJSON(w, http.StatusTooManyRequests, object{"message": message, "retry_after": f.retryAfter().Seconds(), "global": f.Kind == GlobalLimit, "code": codeGeneral})
}

// html writes an answer of what stands before Discord.
func html(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<!DOCTYPE html><html><body><h1>" + text + "</h1></body></html>\n"))
}

// reset makes the next Close of a TCP connection send RST.
func reset(conn net.Conn) error {
	if tcp, ok := conn.(*net.TCPConn); ok {
		return tcp.SetLinger(0)
	}
	return nil
}
