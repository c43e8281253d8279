package localdiscord

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	path := "/channels/" + s.Channel("general").ID + "/messages"
	for _, c := range []struct {
		name   string
		fault  Fault
		status int
		code   int
		header string // X-RateLimit-Scope
		html   bool
	}{
		{"user", Fault{Kind: UserLimit, RetryAfter: 1500 * time.Millisecond}, 429, 0, "user", false},
		{"global", Fault{Kind: GlobalLimit}, 429, 0, "global", false},
		{"shared", Fault{Kind: SharedLimit}, 429, 0, "shared", false},
		{"cloudflare 429", Fault{Kind: CloudflareLimit}, 429, 0, "", true},
		{"cloudflare 403", Fault{Kind: CloudflareBlock}, 403, 0, "", true},
		{"500", Fault{Kind: ServerError}, 500, 0, "", true},
		{"502", Fault{Kind: ServerError, Status: 502}, 502, 0, "", true},
		{"503", Fault{Kind: ServerError, Status: 503}, 503, 0, "", true},
		{"504", Fault{Kind: ServerError, Status: 504}, 504, 0, "", true},
		{"10062", Fault{Kind: ErrorCode, Code: 10062}, 404, 10062, "", false},
		{"40060", Fault{Kind: ErrorCode, Code: 40060}, 400, 40060, "", false},
		{"50013", Fault{Kind: ErrorCode, Code: 50013}, 403, 50013, "", false},
		{"50278", Fault{Kind: ErrorCode, Code: 50278}, 403, 50278, "", false},
		{"unheard of", Fault{Kind: ErrorCode, Code: 99999}, 400, 99999, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.fault.Method, c.fault.Route = "POST", "/channels/{channel}/messages"
			s.Fail(c.fault)
			if status, _ := r.do("GET", "/users/@me", ""); status != 200 {
				t.Errorf("another route: %d", status)
			}
			resp, data, err := r.raw("POST", path, `{"content":"x"}`)
			if err != nil {
				t.Fatal(err)
			}
			isHTML := strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html")
			if resp.StatusCode != c.status || resp.Header.Get("X-RateLimit-Scope") != c.header || isHTML != c.html {
				t.Errorf("%d, %v", resp.StatusCode, resp.Header)
			}
			if c.html {
				return
			}
			v, _ := decode(data)
			if number(v, "code") != c.code || c.status == 429 && (!has(v, "retry_after") || resp.Header.Get("Retry-After") == "") {
				t.Errorf("body %s", data)
			}
		})
	}
	if n := len(s.Messages(s.Channel("general"))); n != 0 {
		t.Errorf("%d requests were carried out", n)
	}
}

func TestFaultTimes(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	s.Fail(Fault{Kind: ServerError, Times: 2})
	s.Fail(Fault{Kind: ServerError, Status: 503, Times: Always})
	for _, want := range []int{500, 500, 503, 503} {
		if resp, _, err := r.raw("GET", "/users/@me", ""); err != nil || resp.StatusCode != want {
			t.Errorf("%v, %v; want %d", resp, err, want)
		}
	}
	s.ClearFaults()
	r.want(200, 0, "GET", "/users/@me", "")
}

func TestDroppedAndSlow(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	path := "/channels/" + s.Channel("general").ID + "/messages"
	const body = `{"content":"x","nonce":"1","enforce_nonce":true}`
	s.Fail(Fault{Kind: DropConnection, Method: "POST", AfterWork: true})
	if _, _, err := r.raw("POST", path, body); err == nil {
		t.Error("a dropped connection answers")
	}
	r.want(200, 0, "POST", path, body)
	if n := len(s.Messages(s.Channel("general"))); n != 1 {
		t.Errorf("%d messages although the nonce is the same", n)
	}
	s.Fail(Fault{Kind: DropConnection, Route: "/users/@me/channels"})
	if _, _, err := r.raw("POST", "/users/@me/channels", `{}`); err == nil {
		t.Error("a dropped connection answers")
	}
	s.Fail(Fault{Kind: Slow, Delay: 50 * time.Millisecond})
	began := time.Now()
	r.want(200, 0, "GET", "/users/@me", "")
	if took := time.Since(began); took < 50*time.Millisecond {
		t.Errorf("slow took %v", took)
	}
	if last := s.Log().To("POST", "/channels/{c}/messages"); last[0].Status != 0 || last[1].Status != http.StatusOK {
		t.Errorf("log: %+v", last)
	}
}

func TestRevokedToken(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	r.want(200, 0, "GET", "/users/@me", "")
	s.RevokeToken()
	r.want(401, 0, "GET", "/users/@me", "")
	r.want(200, 0, "GET", "/gateway", "")
}

// A slow answer does not hold up Close.
func TestCloseWhileSlow(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	s.Fail(Fault{Kind: Slow, Delay: time.Minute})
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _, _ = r.raw("GET", "/users/@me", "")
	}()
	_ = s.wait(soon(t), func() bool { return len(s.requests) > 0 })
	s.Close()
	<-done
}
