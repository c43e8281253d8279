package localdiscord

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strings"
)

// maxBody is the largest request that Discord takes, in bytes.
const maxBody = 25 << 20

// A route is one REST call. Its handler and rules run under the lock.
type route struct {
	method   string
	template string                             // as in the OpenAPI file
	open     bool                               // needs no Authorization
	rules    func(s *Server, c *call) []problem // what the body must keep to; nil: there is no body
	handle   func(s *Server, c *call) (reply, *apiError)
}

// A call is one request to a route.
type call struct {
	*http.Request
	body    any // decoded; nil when there was none
	uploads []upload
}

// A reply is an answer that is a success.
type reply struct {
	status int
	body   any // nil: none
}

func ok(body any) (reply, *apiError) { return reply{http.StatusOK, body}, nil }

func noContent() (reply, *apiError) { return reply{status: http.StatusNoContent}, nil }

func refuse(code int) (reply, *apiError) { return reply{}, failure(code) }

// handler serves REST under /api/v9 and /api/v10, and the gateway.
func (s *Server) handler() http.Handler {
	api := http.NewServeMux()
	for _, r := range routes() {
		api.Handle(r.method+" "+r.template, s.serve(r))
	}
	api.HandleFunc("/", s.serveUnknown)
	mux := http.NewServeMux()
	mux.Handle("/api/v9/", http.StripPrefix("/api/v9", api))
	mux.Handle("/api/v10/", http.StripPrefix("/api/v10", api))
	mux.HandleFunc("/gateway", s.serveGateway)
	mux.HandleFunc("/gateway/", s.serveGateway)
	mux.HandleFunc("GET /attachments/{id}", s.serveFile)
	mux.HandleFunc("/", s.serveUnknown)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			return
		}
		defer s.work.Done()
		mux.ServeHTTP(w, r)
	})
}

// serveUnknown answers calls that this Discord does not have.
func (s *Server) serveUnknown(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.violate(r.Method, r.URL.Path, []problem{{message: "no such route"}})
	s.logRequest(&Request{Method: r.Method, Route: r.URL.Path, Header: withoutSecret(r.Header), Status: http.StatusNotFound, When: s.opts.Now()})
	s.mu.Unlock()
	writeJSON(w, http.StatusNotFound, plain(http.StatusNotFound).body())
}

// serve answers the calls to one route: faults first, then who asks, then the
// rules, then the work.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			return // the connection is gone or should be
		}
		fault, entry := s.arrive(r, rt, raw)
		s.answer(w, r, rt, raw, fault, entry)
	})
}

// arrive takes down a call, and the fault that hits it, nil for none. It takes
// the lock.
func (s *Server) arrive(r *http.Request, rt route, raw []byte) (*Fault, *Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entry := &Request{
		Method: rt.method, Route: rt.template, Query: r.URL.RawQuery, Header: withoutSecret(r.Header),
		Body: requestJSON(r.Header.Get("Content-Type"), raw), When: s.opts.Now(),
	}
	s.logRequest(entry)
	return s.takeFault(rt), entry
}

// withoutSecret copies headers as the log keeps them.
func withoutSecret(h http.Header) http.Header {
	h = h.Clone()
	if h.Get("Authorization") != "" {
		h.Set("Authorization", "[redacted]")
	}
	return h
}

// answer writes the answer to one call, or what a fault makes of it. The log
// has the status before the bot does.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, rt route, raw []byte, fault *Fault, entry *Request) {
	status, body := 0, any(nil)
	if fault == nil || fault.AfterWork || fault.Kind == Slow {
		s.mu.Lock()
		status, body = s.do(r, rt, raw)
		s.mu.Unlock()
	}
	if fault != nil && !fault.pause(r.Context(), s.ctx) {
		return
	}
	wrong := fault != nil && fault.Kind != Slow
	if wrong {
		status = fault.status()
	}
	s.mu.Lock()
	entry.Status = status
	s.notify()
	s.mu.Unlock()
	if wrong {
		fault.answer(w)
		return
	}
	s.limitHeaders(w.Header(), rt)
	writeJSON(w, status, body)
}

// do carries out one call.
func (s *Server) do(r *http.Request, rt route, raw []byte) (status int, body any) {
	rep, err := s.tryCall(r, rt, raw)
	if err != nil {
		rep = reply{err.status, err.body()}
	}
	if s.opts.Contract != nil {
		s.violate(rt.method, rt.template, s.opts.Contract.response(rt.method, rt.template, rep))
	}
	return rep.status, rep.body
}

func (s *Server) tryCall(r *http.Request, rt route, raw []byte) (reply, *apiError) {
	if !rt.open && !s.validToken(r.Header.Get("Authorization")) {
		return reply{}, plain(http.StatusUnauthorized)
	}
	c := &call{Request: r}
	if rt.rules != nil {
		body, uploads, problems := decodeBody(r.Header.Get("Content-Type"), raw)
		if len(problems) > 0 {
			s.violate(rt.method, rt.template, problems)
			return refuse(codeInvalidJSON)
		}
		c.body, c.uploads = body, uploads
		if err := s.check(rt, c); err != nil {
			return reply{}, err
		}
		if err := s.keepFiles(c); err != nil {
			return reply{}, err
		}
	}
	return rt.handle(s, c)
}

// check holds a body against the contract and the rules.
func (s *Server) check(rt route, c *call) *apiError {
	problems := rt.rules(s, c)
	if s.opts.Contract != nil {
		problems = append(problems, s.opts.Contract.request(rt.method, rt.template, c.body)...)
	}
	if len(problems) == 0 {
		return nil
	}
	s.violate(rt.method, rt.template, problems)
	return invalidForm(problems)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encode(body)) // whoever asked may be gone
}

// limitHeaders tells of a bucket that is never empty; Fail empties it.
func (s *Server) limitHeaders(h http.Header, rt route) {
	if rt.open {
		return
	}
	maps.Copy(h, http.Header{
		"X-Ratelimit-Limit":       {"50"},
		"X-Ratelimit-Remaining":   {"49"},
		"X-Ratelimit-Reset-After": {"1.000"},
		"X-Ratelimit-Bucket":      {bucket(rt)},
	})
}

// bucket is an opaque name, the same for all calls to a route.
func bucket(rt route) string {
	return "local" + strings.NewReplacer("/", "", "{", "", "}", "", "@", "", "_", "").Replace(rt.method+rt.template)
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// sameRoute compares templates whatever their placeholders are called.
func sameRoute(a, b string) bool {
	return placeholder.ReplaceAllString(a, "{}") == placeholder.ReplaceAllString(b, "{}")
}

// hijack ends a connection without a word, as a broken network does.
func hijack(w http.ResponseWriter) error {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return err
	}
	return errors.Join(reset(conn), conn.Close())
}
