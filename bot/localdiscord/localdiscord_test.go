package localdiscord

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start starts a Discord that holds all bodies against the contract, if that
// is there. Unless a test says so, its own answers must keep to it.
func start(t *testing.T, o Options) *Server {
	t.Helper()
	o.Contract = contract(t)
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		for _, v := range s.Violations() {
			if strings.Contains(v.Message, "this Discord answered") {
				t.Errorf("own answer: %v", v)
			}
		}
	})
	return s
}

var loadContract = sync.OnceValues(func() (*Contract, error) {
	return LoadContract(filepath.Join(moduleRoot(), "..", "shared", "discord", "openapi.json"))
})

// moduleRoot is the folder of go.mod, above this one.
func moduleRoot() string {
	dir, _ := os.Getwd()
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
	}
	return dir
}

// contract is nil where the file is not there.
func contract(t *testing.T) *Contract {
	t.Helper()
	c, err := loadContract()
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// soon is a context that ends before the test's patience does.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// rest makes calls as the bot.
type rest struct {
	t     *testing.T
	srv   *Server
	token string
	http  *http.Client
}

func newREST(t *testing.T, s *Server) *rest {
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &rest{t, s, "Bot " + s.Token(), &http.Client{Transport: transport}}
}

// raw makes one call with JSON or nothing.
func (r *rest) raw(method, path, body string) (*http.Response, []byte, error) {
	r.t.Helper()
	contentType := ""
	if body != "" {
		contentType = "application/json"
	}
	return r.typed(method, path, body, contentType)
}

// typed makes one call with a body of any kind.
func (r *rest) typed(method, path, body, contentType string) (*http.Response, []byte, error) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(r.t.Context()), method, r.srv.URL()+"/api/v10"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		r.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if r.token != "" {
		req.Header.Set("Authorization", r.token)
	}
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return resp, data, err
}

// do makes one call whose answer is JSON or nothing.
func (r *rest) do(method, path, body string) (int, any) {
	r.t.Helper()
	resp, data, err := r.raw(method, path, body)
	if err != nil {
		r.t.Error(err) // not Fatal: bots call from goroutines of their own
		return 0, nil
	}
	if len(data) == 0 {
		return resp.StatusCode, nil
	}
	v, err := decode(data)
	if err != nil {
		r.t.Errorf("%s %s: %v in %q", method, path, err, data)
	}
	return resp.StatusCode, v
}

// want makes one call and checks status and, for errors, the code.
func (r *rest) want(status, code int, method, path, body string) any {
	r.t.Helper()
	got, v := r.do(method, path, body)
	if got != status || status >= 400 && number(v, "code") != code {
		r.t.Errorf("%s %s = %d %s, want %d with code %d", method, path, got, encode(v), status, code)
	}
	return v
}

func TestCloseTwiceAndWaiters(t *testing.T) {
	s := start(t, Options{})
	done := make(chan error)
	go func() {
		_, err := s.WaitMessage(t.Context(), s.Channel("general"), nil)
		done <- err
	}()
	s.Close()
	if err := <-done; !errors.Is(err, ErrClosed) {
		t.Errorf("WaitMessage after Close = %v", err)
	}
	s.Close()
}

func TestSnowflakes(t *testing.T) {
	now := time.UnixMilli(discordEpoch + 5)
	ids := snowflakes{now: func() time.Time { return now }}
	// 5 ms << 22, then one more each
	for _, want := range []string{"20971520", "20971521"} {
		if got := ids.next(); got != want {
			t.Errorf("next() = %s, want %s", got, want)
		}
	}
	now = now.Add(-time.Second)
	if got := ids.next(); got != "20971522" {
		t.Errorf("after the clock went back: %s", got)
	}
	if got := shardOf("20971520", 3); got != 2 { // 5 mod 3
		t.Errorf("shardOf = %d, want 2", got)
	}
}

func TestWorld(t *testing.T) {
	s := start(t, Options{})
	m := s.AddMember(MemberOptions{Name: "vera", Locale: "ko", Roles: []string{s.CuratorRole().ID}})
	if s.Member("vera") != m || m.Permissions&PermissionManageMessages == 0 {
		t.Errorf("AddMember: %+v", m)
	}
	c := s.AddChannel("extra")
	if s.Channel("extra").ID != c.ID || s.Channel("nowhere").ID != "" || s.Member("nobody") != nil {
		t.Error("lookup by name")
	}
	if got := s.Member("nobody").Slash(t.Context(), c, "ask").Err(); !errors.Is(got, ErrNobody) {
		t.Errorf("nobody asks: %v", got)
	}
	if a, b := s.DM(m), s.DM(m); a.ID != b.ID || a.Type != ChannelDM {
		t.Errorf("DM: %v, %v", a, b)
	}
	if n, m := len(s.Members()), len(s.Channels()); n != 6 || m != 7 {
		t.Errorf("%d members and %d channels", n, m)
	}
	role := s.AddRole("editor", PermissionManageGuild)
	if e := s.AddMember(MemberOptions{Name: "ed", Roles: []string{role.ID}}); e.Permissions&PermissionManageGuild == 0 || e.Locale != "en-US" {
		t.Errorf("ed: %+v", e)
	}
}
