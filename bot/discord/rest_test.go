package discord

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/commands"
)

// A fakeAnswer is what the fake REST server gives to one request.
type fakeAnswer struct {
	status int
	header map[string]string
	body   string
	drop   bool          // close the connection instead
	after  time.Duration // unless the client gives up
}

// A fakeREST gives one answer after the other, the last one to all that
// follow.
type fakeREST struct {
	*httptest.Server
	mu      sync.Mutex
	answers []fakeAnswer
	seen    []string // method, path and query
	bodies  []string
	auth    []string
}

func newFakeREST(t *testing.T, answers ...fakeAnswer) *fakeREST {
	f := &fakeREST{answers: answers}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fakeREST) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	a := f.answers[min(len(f.seen), len(f.answers)-1)]
	f.seen = append(f.seen, r.Method+" "+r.URL.RequestURI())
	f.bodies = append(f.bodies, string(body))
	f.auth = append(f.auth, r.Header.Get("Authorization"))
	f.mu.Unlock()
	select {
	case <-time.After(a.after):
	case <-r.Context().Done():
	}
	if a.drop {
		conn, _, _ := w.(http.Hijacker).Hijack()
		conn.Close()
		return
	}
	w.Header().Set("Content-Type", "application/json")
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body)
}

func (f *fakeREST) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.seen)
}

func (f *fakeREST) client(t *testing.T) *Client {
	log, _ := testLog(t)
	c := NewClient(ClientConfig{BaseURL: f.URL, Token: testToken, ApplicationID: "42", Version: "1.2", Log: log})
	t.Cleanup(c.Close)
	return c
}

var (
	okAnswer     = fakeAnswer{status: 200, body: `{"id":"77"}`}
	noContent    = fakeAnswer{status: 204}
	brokenAnswer = fakeAnswer{status: 503, header: map[string]string{"Content-Type": "text/html"}, body: testWords}
	dropped      = fakeAnswer{drop: true}
	cloudHTML    = fakeAnswer{status: 429, header: map[string]string{"Content-Type": "text/html", "Retry-After": "600"}, body: "<html>"}
)

func refusal(status int, code string) fakeAnswer {
	return fakeAnswer{status: status, body: `{"code":` + code + `,"message":"` + testWords + `"}`}
}

func limitAnswer(scope, after string) fakeAnswer {
	return fakeAnswer{status: 429, body: `{"retry_after":1}`, header: map[string]string{"Retry-After": after, "X-RateLimit-Scope": scope}}
}

func TestPaths(t *testing.T) {
	tests := []struct {
		name string
		call func(context.Context, *Client) error
		want string
		body string
		bot  bool
	}{
		{"callback", func(ctx context.Context, c *Client) error {
			return c.Callback(ctx, "1", "tok/en", map[string]int{"type": 5})
		}, "POST /api/v10/interactions/1/tok%2Fen/callback", `{"type":5}`, false},
		{"edit", func(ctx context.Context, c *Client) error { return c.EditOriginal(ctx, "tok", map[string]int{}) },
			"PATCH /api/v10/webhooks/42/tok/messages/@original", `{}`, false},
		{"followup", func(ctx context.Context, c *Client) error { return c.Followup(ctx, "tok", map[string]int{}) },
			"POST /api/v10/webhooks/42/tok", `{}`, false},
		{"callback with the message", func(ctx context.Context, c *Client) error {
			_, err := c.CallbackMessage(ctx, "1", "tok", map[string]int{"type": 4})
			return err
		}, "POST /api/v10/interactions/1/tok/callback?with_response=true", `{"type":4}`, false},
		{"original", func(ctx context.Context, c *Client) error {
			id, err := c.Original(ctx, "tok")
			if id != "77" {
				t.Errorf("Original returned %q", id)
			}
			return err
		}, "GET /api/v10/webhooks/42/tok/messages/@original", "", false},
		{"send", func(ctx context.Context, c *Client) error {
			id, err := c.Send(ctx, "9", map[string]string{"content": "x"})
			if id != "77" {
				t.Errorf("Send returned %q", id)
			}
			return err
		}, "POST /api/v10/channels/9/messages", `{"content":"x"}`, true},
		{"direct", func(ctx context.Context, c *Client) error { _, err := c.DirectChannel(ctx, "8"); return err },
			"POST /api/v10/users/@me/channels", `{"recipient_id":"8"}`, true},
		{"me", func(ctx context.Context, c *Client) error { _, err := c.Me(ctx); return err }, "GET /api/v10/users/@me", "", true},
		{"application", func(ctx context.Context, c *Client) error { _, err := c.Application(ctx); return err }, "GET /api/v10/applications/@me", "", true},
		{"gateway", func(ctx context.Context, c *Client) error { _, err := c.GatewayBot(ctx); return err }, "GET /api/v10/gateway/bot", "", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFakeREST(t, okAnswer)
			if err := test.call(t.Context(), f.client(t)); err != nil {
				t.Fatal(err)
			}
			if f.seen[0] != test.want || f.bodies[0] != test.body {
				t.Errorf("got %s with %s, want %s with %s", f.seen[0], f.bodies[0], test.want, test.body)
			}
			if want := map[bool]string{true: "Bot " + testToken}[test.bot]; f.auth[0] != want {
				t.Errorf("Authorization is %q, want %q", f.auth[0], want)
			}
		})
	}
}

func TestCommandCalls(t *testing.T) {
	f := newFakeREST(t, fakeAnswer{status: 200, body: `[{"id":"1"},{"id":"2"}]`})
	c := f.client(t)
	for _, guild := range []string{"", "5"} {
		got, err := c.Commands(t.Context(), guild)
		if err != nil || len(got) != 2 {
			t.Errorf("Commands returned %s, %v", got, err)
		}
		if _, err := c.OverwriteCommands(t.Context(), guild, []int{1}); err != nil {
			t.Error(err)
		}
	}
	want := []string{
		"GET /api/v10/applications/42/commands?with_localizations=true", "PUT /api/v10/applications/42/commands",
		"GET /api/v10/applications/42/guilds/5/commands?with_localizations=true", "PUT /api/v10/applications/42/guilds/5/commands",
	}
	if !slices.Equal(f.seen, want) {
		t.Errorf("got %q, want %q", f.seen, want)
	}
}

func TestRetries(t *testing.T) {
	send := func(ctx context.Context, c *Client) error {
		_, err := c.Send(ctx, "9", map[string]any{"content": testWords, "nonce": "n1", "enforce_nonce": true})
		return err
	}
	sendPlain := func(ctx context.Context, c *Client) error {
		_, err := c.Send(ctx, "9", map[string]any{"content": testWords})
		return err
	}
	callback := func(ctx context.Context, c *Client) error { return c.Callback(ctx, "1", testSecret, testWords) }
	callbackMessage := func(ctx context.Context, c *Client) error {
		_, err := c.CallbackMessage(ctx, "1", testSecret, testWords)
		return err
	}
	original := func(ctx context.Context, c *Client) error { _, err := c.Original(ctx, testSecret); return err }
	files := []commands.File{{Name: "a", Data: []byte(testWords)}}
	editFiles := func(ctx context.Context, c *Client) error {
		return c.EditOriginal(ctx, testSecret, withFiles(testWords, files))
	}
	sendFiles := func(ctx context.Context, c *Client) error {
		_, err := c.Send(ctx, "9", withFiles(map[string]any{"nonce": "n1", "enforce_nonce": true}, files))
		return err
	}
	sendFilesPlain := func(ctx context.Context, c *Client) error {
		_, err := c.Send(ctx, "9", withFiles(map[string]any{"content": testWords}, files))
		return err
	}
	edit := func(ctx context.Context, c *Client) error { return c.EditOriginal(ctx, testSecret, testWords) }
	followup := func(ctx context.Context, c *Client) error { return c.Followup(ctx, testSecret, testWords) }
	tests := []struct {
		name    string
		call    func(context.Context, *Client) error
		answers []fakeAnswer
		calls   int
		fails   bool
		gone    bool
		fatal   bool
	}{
		{"send after 503 and a drop", send, []fakeAnswer{brokenAnswer, dropped, okAnswer}, 3, false, false, false},
		{"send for ever 503", send, []fakeAnswer{brokenAnswer}, 4, true, false, false},
		{"send without a nonce after 503", sendPlain, []fakeAnswer{brokenAnswer, okAnswer}, 1, true, false, false},
		{"send after 429", send, []fakeAnswer{limitAnswer("user", "0.05"), okAnswer}, 2, false, false, false},
		{"send without a nonce after 429", sendPlain, []fakeAnswer{limitAnswer("user", "0.05"), okAnswer}, 2, false, false, false},
		{"send after a long 429", send, []fakeAnswer{limitAnswer("user", "31"), okAnswer}, 1, true, false, false},
		{"send without permission", send, []fakeAnswer{refusal(403, "50013"), okAnswer}, 1, true, true, false},
		{"send with an old token", send, []fakeAnswer{refusal(401, "0"), okAnswer}, 1, true, false, true},
		{"callback after 503", callback, []fakeAnswer{brokenAnswer, noContent}, 2, false, false, false},
		{"callback too late", callback, []fakeAnswer{refusal(404, "10062"), noContent}, 1, true, true, false},
		{"callback answered already", callback, []fakeAnswer{refusal(400, "40060"), noContent}, 1, true, true, false},
		{"callback whose answer was lost", callback, []fakeAnswer{dropped, refusal(400, "40060")}, 2, false, false, false},
		{"callback limited", callback, []fakeAnswer{limitAnswer("user", "0.01"), noContent}, 2, false, false, false},
		{"callback limited for too long", callback, []fakeAnswer{limitAnswer("user", "3"), noContent}, 1, true, false, false},
		{"callback with a bad token", callback, []fakeAnswer{refusal(401, "50027"), noContent}, 1, true, true, false},
		{"edit after everything", edit, []fakeAnswer{brokenAnswer, dropped, limitAnswer("user", "0.01"), okAnswer}, 4, false, false, false},
		{"edit that overtakes its promise", edit, []fakeAnswer{refusal(404, "10015"), okAnswer}, 2, false, false, false},
		{"edit without a promise", edit, []fakeAnswer{refusal(404, "10015")}, earlyTries, true, true, false},
		{"edit of what is gone", edit, []fakeAnswer{refusal(404, "10008"), okAnswer}, 1, true, true, false},
		{"edit behind Cloudflare's block", edit, []fakeAnswer{cloudHTML, okAnswer}, 1, true, false, false},
		{"edit whose answer cannot be read", edit, []fakeAnswer{noContent}, 1, false, false, false},
		{"callback with the message after 503", callbackMessage, []fakeAnswer{brokenAnswer, okAnswer}, 2, false, false, false},
		{"callback with the message, untold", callbackMessage, []fakeAnswer{noContent}, 1, false, false, false},
		{"callback with the message, lost", callbackMessage, []fakeAnswer{dropped, refusal(400, "40060")}, 2, false, false, false},
		{"original too early", original, []fakeAnswer{refusal(404, "10015"), okAnswer}, 2, false, false, false},
		{"original that is gone", original, []fakeAnswer{refusal(404, "10008"), okAnswer}, 1, true, true, false},
		{"edit with files after everything", editFiles, []fakeAnswer{brokenAnswer, dropped, limitAnswer("user", "0.01"), okAnswer}, 4, false, false, false},
		{"edit with files that are too large", editFiles, []fakeAnswer{refusal(413, "40005"), okAnswer}, 1, true, false, false},
		{"send with files after 503 and 429", sendFiles, []fakeAnswer{brokenAnswer, limitAnswer("user", "0.01"), okAnswer}, 3, false, false, false},
		{"send with files without a nonce after 503", sendFilesPlain, []fakeAnswer{brokenAnswer, okAnswer}, 1, true, false, false},
		{"followup after 429", followup, []fakeAnswer{limitAnswer("user", "0.01"), okAnswer}, 2, false, false, false},
		{"followup after 503", followup, []fakeAnswer{brokenAnswer, okAnswer}, 1, true, false, false},
		{"followup lost", followup, []fakeAnswer{dropped, okAnswer}, 1, true, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeREST(t, test.answers...)
			err := test.call(t.Context(), f.client(t))
			if (err != nil) != test.fails {
				t.Fatalf("got %v, want an error: %t", err, test.fails)
			}
			if f.count() != test.calls {
				t.Errorf("%d calls, want %d", f.count(), test.calls)
			}
			if IsGone(err) != test.gone || IsFatal(err) != test.fatal {
				t.Errorf("%v: gone %t, fatal %t", err, IsGone(err), IsFatal(err))
			}
			if err != nil {
				noSecrets(t, err.Error())
			}
			for _, body := range f.bodies[1:] {
				if body != f.bodies[0] {
					t.Errorf("repeated with %s instead of %s", body, f.bodies[0])
				}
			}
		})
	}
}

// A slow Discord must not hold a callback for longer than its token lives.
func TestCallbackDeadline(t *testing.T) {
	t.Parallel()
	f := newFakeREST(t, fakeAnswer{status: 204, after: 5 * time.Second})
	start := time.Now()
	err := f.client(t).Callback(t.Context(), "1", testSecret, nil)
	if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took > CallbackTimeout+300*time.Millisecond {
		t.Errorf("after %s: %v", took, err)
	}
	noSecrets(t, err.Error())
}

func TestNoConnection(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	c := NewClient(ClientConfig{BaseURL: "http://" + l.Addr().String(), Token: testToken})
	err = c.Followup(t.Context(), testSecret, nil)
	if e, ok := errors.AsType[*Error](err); !ok || e.Status != 0 || !errors.Is(err, errNotSent) {
		t.Errorf("got %v", err)
	}
	noSecrets(t, err.Error())
}

func TestCancelWhileLimited(t *testing.T) {
	for name, call := range map[string]func(context.Context, *Client) error{
		"interaction": func(ctx context.Context, c *Client) error { return c.EditOriginal(ctx, testSecret, nil) },
		"bot":         func(ctx context.Context, c *Client) error { _, err := c.Me(ctx); return err },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeREST(t, limitAnswer("user", "8"))
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- call(ctx, f.client(t)) }()
			until(t, "called", func() bool { return f.count() == 1 })
			start := time.Now()
			cancel()
			err := <-done
			if took := time.Since(start); took > time.Second || !errors.Is(err, context.Canceled) {
				t.Errorf("after %s: %v", took, err)
			}
		})
	}
}

// A redirect would carry a token elsewhere.
func TestNoRedirect(t *testing.T) {
	f := newFakeREST(t, fakeAnswer{status: 307, header: map[string]string{"Location": "/elsewhere"}}, okAnswer)
	if _, err := f.client(t).Me(t.Context()); err == nil || f.count() != 1 {
		t.Errorf("%d calls, %v", f.count(), err)
	}
}

func TestBadInput(t *testing.T) {
	f := newFakeREST(t, fakeAnswer{status: 200, body: testWords})
	c := f.client(t)
	_, unreadable := c.Me(t.Context())
	_, unwritable := c.Send(t.Context(), "1", func() {})
	_, address := NewClient(ClientConfig{BaseURL: "http://bad host\x7f/" + testSecret}).Me(t.Context())
	badToken := NewClient(ClientConfig{BaseURL: f.URL, Token: testToken + "\nX: y"}).Followup
	for name, err := range map[string]error{"answer": unreadable, "body": unwritable, "address": address,
		"interaction token": badToken(t.Context(), testSecret+"\n", make(chan int))} {
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		noSecrets(t, err.Error())
	}
}

func TestErrorText(t *testing.T) {
	body := `{"code":50035,"message":"` + testWords + `","errors":{"0":{"options":{"1":{"name":{"_errors":[
		{"code":"BASE_TYPE_BAD_LENGTH","message":"` + testWords + `"},{"code":"` + testWords + `"}]}}},
		"` + testWords + `":{"_errors":[{"code":"X"}]}},"_errors":[{"code":"TOP"}]}}`
	f := newFakeREST(t, fakeAnswer{status: 400, body: body})
	_, err := f.client(t).OverwriteCommands(t.Context(), "", []int{})
	const want = "PUT /applications/{application}/commands: status 400: code 50035: invalid body; 0.options.1.name BASE_TYPE_BAD_LENGTH; TOP"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// Whatever Discord, or what stands before it, answers: no secret gets out,
// and nothing panics.
func FuzzAnswers(f *testing.F) {
	f.Add(400, "application/json", `{"code":50035,"errors":{"a":{"_errors":[{"code":"B"}]}}}`)
	f.Add(429, "text/html", "<html>"+testToken)
	f.Add(429, "application/json", `{"retry_after":`)
	f.Add(401, "application/json", `{"code":"`+testSecret+`","errors":"`+testWords+`"}`)
	f.Fuzz(func(t *testing.T, status int, kind, body string) {
		r := restCall{method: "POST", route: "/x", secret: testSecret}
		err := r.refused(&http.Response{
			StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)),
		})
		noSecrets(t, err.Error())
		for _, words := range []string{err.Message, err.Route} {
			if !json.Valid([]byte(`"`+words+`"`)) || len(words) > 2_000 {
				t.Errorf("%q is not plain", words)
			}
		}
	})
}

func TestLibraryLogger(t *testing.T) {
	log, out := testLog(t) // fails the test for a secret
	libraryLogger(log)(0, 1, "Identify Packet: \n%#v", testToken)
	if len(out.lines("Identify Packet")) != 1 {
		t.Errorf("log has %q", out)
	}
}

func TestStrike(t *testing.T) {
	for _, text := range []string{
		`Post "https://x/webhooks/1/` + testSecret + `": EOF`,
		"malformed response \"" + testToken + "\"",
		"https://x/MTIz.bot-secret%2F+.xyz and " + testToken,
	} {
		noSecrets(t, withoutSecrets(errors.New(text), testToken, testSecret).Error())
	}
	if got := strike("plain", "", testToken); got != "plain" {
		t.Errorf("got %q", got)
	}
}
