package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitbot/bot/discord"
	"summitbot/bot/localdiscord"
	"summitbot/bot/state"
)

// TestDoctor finds what is wrong, and says what to do.
func TestDoctor(t *testing.T) {
	t.Parallel()
	set := func(name, value string) func(*live) { return func(l *live) { l.env[name] = value } }
	tests := []struct {
		name   string
		config string
		do     func(*live)
		code   int
		wants  []string
	}{
		{"all is well", "", nil, exitOK, []string{
			"ok    facts: busan-summit, ", "ok    token: it is the bot summitbot", "ok    application: summitbot, ", "ok    public key: it is the application's",
			"ok    clock: it agrees with Discord's", "ok    commands: all ", "ok    permissions: it has all that it needs in 1 of 1 servers", "ok    gateway: 1000 of 1000 sessions are left", "Invite the bot:\n  https://discord.com/oauth2/authorize?client_id=",
		}},
		{"the application is asked for", "", set("DISCORD_APPLICATION_ID", ""), exitOK, []string{"ok    application: summitbot, 1400"}},
		{"no token", "", set("DISCORD_TOKEN", ""), exitFault, []string{"fail  there is no bot token", "→ create one on the Bot page"}},
		{"a wrong token", "", set("DISCORD_TOKEN", "wrong.token.here"), exitFault, []string{"fail  could not log in with the token", "→ the token is wrong or was reset"}},
		{"another public key", "", set("DISCORD_PUBLIC_KEY", strings.Repeat("ab", 32)), exitFault, []string{"fail  DISCORD_PUBLIC_KEY is not the application's", "→ set it to "}},
		{"a public key that is none", "", set("DISCORD_PUBLIC_KEY", "abcd"), exitFault, []string{"fail  DISCORD_PUBLIC_KEY: the public key must be 64", "ok    facts: "}},
		{"another application", "", set("DISCORD_APPLICATION_ID", "12"), exitFault, []string{"fail  DISCORD_APPLICATION_ID is 12, but", "→ set it to 1400"}},
		{"no endpoint", "transport: http\n", nil, exitFault, []string{"fail  Discord has no address to send interactions to", "→ enter https://"}},
		{"no public key over HTTP", "transport: both\n", set("DISCORD_PUBLIC_KEY", ""), exitFault, []string{"fail  DISCORD_PUBLIC_KEY is not set"}},
		{"commands of another version", "", func(l *live) { l.redefine(l.t, func(list []object) []object { return list[:3] }) }, exitOK, []string{"warn  commands: ", "→ run `summitbot register`"}},
		{"no Discord", "", set("DISCORD_API_URL", "http://127.0.0.1:1"), exitFault, []string{"fail  could not log in with the token", "→ is the network there, and DISCORD_API_URL right?"}},
		{"an address that is none", "", set("DISCORD_API_URL", "ftp://x"), exitFault, []string{"fail  DISCORD_API_URL: the address must be like"}},
		{"broken facts", "facts: [nowhere.yaml]\n", nil, exitFault, []string{"fail  ", "nowhere.yaml", "ok    token: "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newBare(t)
			if _, errs, code := l.program("register"); code != exitOK {
				t.Fatal(errs)
			}
			if tt.do != nil {
				tt.do(l)
			}
			out, errs, code := l.program("doctor", "--config", l.config(standard+tt.config))
			if code != tt.code || errs != "" {
				t.Errorf("exit code %d, want %d; %s", code, tt.code, errs)
			}
			for _, want := range tt.wants {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in\n%s", want, out)
				}
			}
			if strings.Contains(out, l.Token()) || strings.Contains(out, "wrong.token.here") {
				t.Error("it tells the token")
			}
		})
	}
}

// TestDoctorOverHTTP looks at a bot that has an endpoint.
func TestDoctorOverHTTP(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("http")
	if out, _, code := l.program("doctor", "--config", l.config("transport: http\n")); code != exitOK || !strings.Contains(out, "ok    interactions go to http://127.0.0.1:") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if out, _, code := l.program("doctor", "--config", l.config("transport: gateway\n")); code != exitFault || !strings.Contains(out, "so none come over the gateway") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}

// TestDoctorJSON prints for programs.
func TestDoctorJSON(t *testing.T) {
	t.Parallel()
	l := newBare(t)
	out, _, code := l.program("doctor", "--json")
	var e examination
	if err := json.Unmarshal([]byte(out), &e); err != nil || code != exitOK || e.Invite == "" {
		t.Fatalf("exit code %d, %v, %s", code, err, out)
	}
	states := map[string]int{}
	for _, f := range e.Findings {
		states[f.State]++
		if f.What == "" || f.State != "ok" && f.Do == "" {
			t.Errorf("finding %+v", f)
		}
	}
	if states["warn"] != 1 || states["fail"] != 0 || states["ok"] < 5 {
		t.Errorf("got %v in %s, want one warning: nothing is registered", states, out)
	}
	l.RevokeToken()
	out, _, code = l.program("doctor", "--json")
	if err := json.Unmarshal([]byte(out), &e); err != nil || code != exitFault || !strings.Contains(out, `"state":"fail"`) {
		t.Errorf("exit code %d, %v, %s", code, err, out)
	}
}

// TestDoctorBadConfig has nothing to look at.
func TestDoctorBadConfig(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "bot.yaml")
	if err := os.WriteFile(path, []byte("colour: blue\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := (session{args: []string{"doctor", "--config", path}}).run(); code != exitUsage || out != "" || !strings.Contains(errs, `unknown key "colour"`) {
		t.Errorf("exit code %d, %q %q", code, out, errs)
	}
}

// TestExamination judges what Discord says about the clock and the gateway.
func TestExamination(t *testing.T) {
	limit := func(shards, remaining int) discord.GatewayInfo {
		return discord.GatewayInfo{Shards: shards, Limit: discord.SessionStartLimit{Total: 1000, Remaining: remaining}}
	}
	tests := []struct {
		name string
		do   func(*examination)
		want string
	}{
		{"clock ahead", func(e *examination) { e.examineClock(time.Now().Add(-3 * time.Minute)) }, "fail  the clock is off by 3m0s"},
		{"clock behind", func(e *examination) { e.examineClock(time.Now().Add(3 * time.Minute)) }, "fail  the clock is off by -3m0s"},
		{"nobody curates", func(e *examination) { e.examineCurators(config{}) }, "ok    curators: nobody"},
		{"nothing to curate", func(e *examination) { e.examineCurators(config{CuratorUsers: []string{"1"}}) }, "warn  curators: 0 roles and 1 user, but there is no file"},
		{"no channel", func(e *examination) {
			e.examineCurators(config{CuratorRoles: []string{"1"}, FactsFolder: "facts"})
		}, "warn  curators: 1 role and 0 users, but suggestions"},
		{"all for curators", func(e *examination) {
			e.examineCurators(config{CuratorRoles: []string{"1"}, FactsFolder: "facts", CuratorsChannel: "2"})
		}, "ok    curators: 1 role and 0 users\n"},
		{"no database", func(e *examination) { e.examineState(state.Reach(t.Context(), "sqlite:/nowhere/bot.db")) }, "fail  database: /nowhere: no such file or directory\n      → name another"},
		{"another file", func(e *examination) {
			e.examineState(state.Reach(t.Context(), "sqlite:doctor_test.go"))
		}, "fail  database: doctor_test.go is no database of SQLite"},
		{"a database", func(e *examination) { e.examineState(state.Reach(t.Context(), "sqlite:"+t.TempDir()+"/bot.db")) }, "ok    database"},
		{"clock unknown", func(e *examination) { e.examineClock(time.Time{}) }, "warn  clock: "},
		{"few sessions", func(e *examination) { e.examineGateway(limit(1, 49), nil) }, "warn  gateway: only 49 of 1000"},
		{"many servers", func(e *examination) { e.examineGateway(limit(3, 900), nil) }, "warn  gateway: Discord recommends 3 shards"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var e examination
			tt.do(&e)
			if got := e.String(); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestDoctorPermissions names what the bot may not do in a server.
func TestDoctorPermissions(t *testing.T) {
	t.Parallel()
	o := patient()
	o.BotPermissions = localdiscord.PermissionViewChannel | localdiscord.PermissionReadHistory
	l := newLive(t, o)
	out, _, code := l.program("doctor", "--config", l.config(standard))
	if want := "it lacks Send Messages, Send Messages in Threads, Embed Links"; code != exitOK || !strings.Contains(out, want) || !strings.Contains(out, "→ give its role there what it lacks") {
		t.Errorf("exit code %d, want %q in\n%s", code, want, out)
	}
}
