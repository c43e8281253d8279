package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

// TestPool brings more than fits: so much is done at a time, so much waits, and
// the rest is refused at once. A job that panics leaves its seat.
func TestPool(t *testing.T) {
	const workers, length, brought = 3, 4, 20
	p := newPool(workers, length)
	func() {
		defer func() { _ = recover() }()
		_ = p.do(func() { panic("a job") })
	}()
	var under, done, refused atomic.Int32
	var over atomic.Bool
	hold := make(chan struct{})
	var all sync.WaitGroup
	for range brought {
		all.Go(func() {
			if p.do(func() {
				if under.Add(1) > workers {
					over.Store(true)
				}
				<-hold
				under.Add(-1)
				done.Add(1)
			}) != nil {
				refused.Add(1)
			}
		})
	}
	until(t, "the rest is refused", func() bool { return refused.Load() == brought-workers-length && under.Load() == workers })
	if n := p.length(); n != length {
		t.Errorf("%d wait, want %d", n, length)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if p.drain(ctx) == nil {
		t.Error("it is drained before all is done")
	}
	close(hold)
	p.close()
	if over.Load() || done.Load() != workers+length || p.length() != 0 {
		t.Errorf("%d were done, too many at a time: %t; %d wait", done.Load(), over.Load(), p.length())
	}
	if p.do(func() {}) == nil {
		t.Error("it takes work after it was closed")
	}
	all.Wait()
}

// TestPromise has an answer take too long over HTTP: the promise is there
// while the work goes on, the connection is not used again, and the answer is
// edited in before the bot is closed.
func TestPromise(t *testing.T) {
	t.Parallel()
	edits := make(chan string, 1)
	rest := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		edits <- r.Method + " " + string(body)
		_, _ = io.WriteString(w, "{}")
	}))
	defer rest.Close()
	hold := make(chan struct{})
	var slow atomic.Bool
	s := facts.NewSnapshot(smallBase())
	env := &commands.Env{Facts: func() *facts.Snapshot {
		if slow.Load() {
			<-hold
		}
		return s
	}}
	client := NewClient(ClientConfig{BaseURL: rest.URL, Token: testToken, ApplicationID: "42"})
	defer client.Close()
	b, err := NewBot(env, client, BotConfig{ApplicationID: "42", DeferAfter: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	public, private, _ := ed25519.GenerateKey(nil)
	server := httptest.NewServer(b.Webhook(public))
	defer server.Close()
	slow.Store(true)
	body := interaction(2, `{"name":"fact","options":[{"name":"fact","value":"day"}]}`)
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Signature-Timestamp", stamp)
	request.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(private, []byte(stamp+body))))
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	promised, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasPrefix(string(promised), `{"type":5`) || !response.Close {
		t.Errorf("got %s, %v; the connection closes: %t", promised, err, response.Close)
	}
	select {
	case edit := <-edits:
		t.Errorf("it was edited before it was there: %s", edit)
	default:
	}
	slow.Store(false)
	close(hold)
	if err := b.Close(t.Context()); err != nil {
		t.Error(err)
	}
	select {
	case edit := <-edits:
		if !strings.HasPrefix(edit, http.MethodPatch) || !strings.Contains(edit, "in May") {
			t.Errorf("edited: %s", edit)
		}
	default:
		t.Error("the bot closed before the answer was edited in")
	}
}
