package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"summitbot/bot/localdiscord"
)

// TestStop stops the bot while 50 questions are under way: each is answered,
// and nothing stays behind. No other test runs beside it.
func TestStop(t *testing.T) {
	const asked = 50
	tests := []struct {
		transport string
		under     func(t *testing.T, l *live) // what keeps the questions under way
		reached   func(l *live) bool          // all are
	}{
		{"gateway", func(_ *testing.T, l *live) {
			l.Fail(localdiscord.Fault{Kind: localdiscord.Slow, Method: http.MethodPost, Route: callbackRoute, Delay: 4 * time.Second, Times: asked})
		}, func(l *live) bool { return l.Log().Count(http.MethodPost, callbackRoute) >= asked }},
		{"both", func(t *testing.T, l *live) { l.occupy(t, 2500*time.Millisecond) },
			func(l *live) bool { return l.metric("summitbot_queue_length") == asked }},
	}
	for _, tt := range tests {
		t.Run(tt.transport, func(t *testing.T) {
			noLeak := goleak.IgnoreCurrent()
			l := newLive(t, patient())
			l.settings += "workers: 1\n"
			l.serveOver(tt.transport)
			tt.under(t, l)
			var questions []*localdiscord.Interaction
			for range asked {
				questions = append(questions, l.ask(t, "mina"))
			}
			until(t, "all are under way", func() bool { return tt.reached(l) })
			began := time.Now()
			if code := l.end(); code != exitOK {
				t.Errorf("exit code %d", code)
			}
			if took := time.Since(began); took > drainWithin {
				t.Errorf("it took %v", took)
			}
			for _, q := range questions {
				has(t, message(t, q), false, "Busan")
			}
			l.stoppedWell(t)
			l.Close()
			http.DefaultClient.CloseIdleConnections()
			goleak.VerifyNone(t, noLeak)
		})
	}
}

// stoppedWell checks what is to be seen of a stop from outside.
func (l *live) stoppedWell(t *testing.T) {
	t.Helper()
	events := l.Log().Gateway
	if last := events[len(events)-1]; last.Kind != localdiscord.Disconnected || last.Code != 1000 {
		t.Errorf("the gateway saw %s with %d at the end, want it closed with 1000", last.Kind, last.Code)
	}
	if lines := l.lines(`msg=stopped "all answered"=true`); len(lines) != 1 {
		t.Errorf("the log does not say that all was answered")
	}
	if lines := append(l.lines("gateway connection lost"), l.lines("context canceled")...); len(lines) > 0 {
		t.Errorf("the log complains: %q", lines)
	}
}

// TestStopAtOnce stops the bot while questions come in over HTTP: each that
// it took is answered.
func TestStopAtOnce(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("http")
	var questions []*localdiscord.Interaction
	for range 50 {
		questions = append(questions, l.ask(t, "mina"))
	}
	has(t, message(t, questions[0]), false, "Busan")
	if code := l.end(); code != exitOK {
		t.Errorf("exit code %d", code)
	}
	for _, q := range questions {
		status, err := q.Status(within(t))
		if err != nil {
			t.Fatal(err)
		}
		if status == http.StatusOK {
			has(t, message(t, q), false, "Busan")
		} else if status != 0 { // 0: nobody took it
			t.Errorf("status %d", status)
		}
	}
}

// TestReadyz loses the gateway and then stops: /readyz tells of both.
func TestReadyz(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("gateway")
	is := func(status int, text string) func() bool {
		return func() bool {
			got, body := l.get("/readyz")
			return got == status && strings.Contains(body, text)
		}
	}
	l.FailGateway(localdiscord.GatewayFault{Kind: localdiscord.RefuseDial, Times: localdiscord.Always})
	l.DropGateway()
	until(t, "/readyz says that the gateway is lost", is(http.StatusServiceUnavailable, "not connected to the gateway"))
	if status, body := l.get("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d, %q", status, body)
	}
	l.ClearFaults()
	until(t, "/readyz says that all is well again", is(http.StatusOK, "ready"))
	l.asks(t, "mina")
	l.stop()
	until(t, "/readyz says that the bot stops", is(http.StatusServiceUnavailable, "stopping"))
	if code := l.ended(); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// TestMetrics asks in every language and looks at what is counted.
func TestMetrics(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("gateway")
	l.asks(t, "alex")
	l.asks(t, "alex")
	for _, q := range []string{"정상회담은 어디서 열렸나요?", "How long did the two leaders talk?", "hello!"} {
		message(t, l.Member("cora").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", q)))
	}
	said(t, l, "yuki", "general", "首脳会談はどこで開かれましたか", localdiscord.SayOptions{Mention: true})
	if _, _, err := l.Redeliver(within(t), l.ask(t, "mina")); err != nil {
		t.Fatal(err)
	}
	until(t, "the second delivery is refused", func() bool { return l.metric(`summitbot_refused_total{why="duplicate"}`) == 1 })
	for series, want := range map[string]float64{
		`summitbot_questions_total{lang="en",outcome="answer"}`:                                                          3,
		`summitbot_questions_total{lang="ko",outcome="answer"}`:                                                          1,
		`summitbot_questions_total{lang="ja",outcome="answer"}`:                                                          1,
		`summitbot_questions_total{lang="en",outcome="decline"}`:                                                         1,
		`summitbot_questions_total{lang="en",outcome="smalltalk"}`:                                                       1,
		`summitbot_answer_seconds_count{kind="command"}`:                                                                 6,
		`summitbot_answer_seconds_count{kind="message"}`:                                                                 1,
		`summitbot_gateway_connections_total{resumed="false"}`:                                                           1,
		`summitbot_discord_calls_total{method="POST",route="/interactions/{interaction}/{token}/callback",status="204"}`: 2,
		`summitbot_discord_calls_total{method="POST",route="/interactions/{interaction}/{token}/callback",status="200"}`: 4, // facts shown to all, whose message is recorded
		`summitbot_discord_calls_total{method="POST",route="/channels/{channel}/messages",status="200"}`:                 1,
		"summitbot_panics_total": 0,
		"summitbot_queue_length": 0,
	} {
		if got := l.metric(series); got != want {
			t.Errorf("%s: got %v, want %v", series, got, want)
		}
	}
	_, page := l.get("/metrics")
	for what, secret := range l.secrets() {
		if strings.Contains(page, secret) {
			t.Errorf("the metrics hold %s", what)
		}
	}
}

// TestBadStart starts with something missing or wrong: the program ends with a
// sentence and what to do.
func TestBadStart(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	good := map[string]string{"DISCORD_API_URL": "http://127.0.0.1:1", "DISCORD_TOKEN": "secret.token", "DISCORD_APPLICATION_ID": "1", "DISCORD_PUBLIC_KEY": strings.Repeat("ab", 32)}
	tests := []struct {
		name   string
		config string
		env    map[string]string // over good
		args   []string
		code   int
		want   string
		hint   string
	}{
		{"unknown key", "transprot: http\n", nil, nil, exitUsage, `bot.yaml:2:1: unknown key "transprot"`, "did you mean transport?"},
		{"wrong value", "workers: 0\n", nil, nil, exitUsage, "workers: 0 is less than 1", ""},
		{"broken YAML", "workers: [\n", nil, nil, exitUsage, "bot.yaml", ""},
		{"wrong transport", "", nil, []string{"--transport", "htpp"}, exitUsage, `--transport "htpp" is none of`, "did you mean http?"},
		{"no token", "", map[string]string{"DISCORD_TOKEN": ""}, nil, exitUsage, "there is no bot token", "set DISCORD_TOKEN"},
		{"no token over HTTP, and no id", "transport: http\n", map[string]string{"DISCORD_TOKEN": "", "DISCORD_APPLICATION_ID": ""}, nil, exitUsage, "there is no bot token", "set DISCORD_TOKEN"},
		{"no file with the token", "token_file: nowhere\n", map[string]string{"DISCORD_TOKEN": ""}, nil, exitUsage, "nowhere: no such file", "bot's token and nothing else"},
		{"a short public key", "", map[string]string{"DISCORD_PUBLIC_KEY": "abcd"}, nil, exitUsage, "the public key must be 64 hexadecimal digits", "General Information page"},
		{"no public key over HTTP", "transport: http\n", map[string]string{"DISCORD_PUBLIC_KEY": ""}, nil, exitUsage, "need the application's public key", "set DISCORD_PUBLIC_KEY"},
		{"no address over HTTP", "transport: http\nlisten: \"\"\n", nil, nil, exitUsage, "need an address to listen at", "--listen :8080"},
		{"an id that is none", "", map[string]string{"DISCORD_APPLICATION_ID": "12a"}, nil, exitUsage, "DISCORD_APPLICATION_ID: an id has digits alone", "General Information page"},
		{"an address that is none", "", map[string]string{"DISCORD_API_URL": "discord.com"}, nil, exitUsage, "DISCORD_API_URL: the address must be like https://discord.com", "leave it out"},
		{"a port in use", "", nil, []string{"--listen", taken.Addr().String()}, exitFault, "could not listen at " + taken.Addr().String(), "choose one with --listen"},
		{"no facts", "", nil, []string{"--facts", "nowhere.yaml"}, exitFault, "nowhere.yaml", ""},
		{"a folder that cannot be", "facts_folder: /dev/null/facts\n", nil, nil, exitFault, "copy the embedded facts: ", "facts_folder names a folder that the bot may write to"},
		{"no Discord", "", map[string]string{"DISCORD_APPLICATION_ID": ""}, nil, exitFault, "could not ask whose the token is", "is the network there"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bot.yaml")
			if err := os.WriteFile(path, []byte(standard+tt.config), 0o600); err != nil {
				t.Fatal(err)
			}
			env := map[string]string{}
			for _, from := range []map[string]string{good, tt.env} {
				for k, v := range from {
					env[k] = v
				}
			}
			out, errs, code := session{args: append([]string{"serve", "--config", path}, tt.args...), env: env}.run()
			if code != tt.code || out != "" {
				t.Errorf("exit code %d, want %d; printed %q", code, tt.code, out)
			}
			message, hint, _ := strings.Cut(strings.TrimSpace(errs), "\nhint: ")
			if !strings.HasPrefix(message, "summitbot: ") || strings.Contains(message, "\n") || !strings.Contains(message, tt.want) {
				t.Errorf("got %q, want one line with %q", message, tt.want)
			}
			if !strings.Contains(hint, tt.hint) {
				t.Errorf("hint %q, want %q", hint, tt.hint)
			}
			if strings.Contains(fmt.Sprint(out, errs), "secret.token") {
				t.Error("it tells the token")
			}
		})
	}
}
