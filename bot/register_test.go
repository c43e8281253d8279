package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"summitbot/bot/localdiscord"
)

// Routes of the commands.
const (
	commandsRoute      = "/applications/{id}/commands"
	guildCommandsRoute = "/applications/{id}/guilds/{id}/commands"
)

// newBare starts a local Discord without any commands.
func newBare(t *testing.T) *live {
	t.Helper()
	check, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	srv, err := localdiscord.New(localdiscord.Options{Contract: check})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, v := range srv.Violations() {
			t.Errorf("Discord would have refused: %+v", v)
		}
		srv.Close()
	})
	return &live{Server: srv, t: t, log: &syncBuffer{}, env: environment(srv)}
}

// TestRegister pushes the commands, and then only what differs.
func TestRegister(t *testing.T) {
	t.Parallel()
	l := newBare(t)
	puts := 0
	step := func(name string, pushes bool, want string, args ...string) string {
		t.Helper()
		out, errs, code := l.program(append([]string{"register"}, args...)...)
		if code != exitOK || errs != "" {
			t.Fatalf("%s: exit code %d, %s", name, code, errs)
		}
		if !strings.Contains(out, want) {
			t.Errorf("%s: got %q, want %q", name, out, want)
		}
		if pushes {
			puts++
		}
		if n := l.Log().Count(http.MethodPut, ""); n != puts {
			t.Errorf("%s: %d pushes so far, want %d", name, n, puts)
		}
		return out
	}
	step("dry run of the first", false, "+ /ask\n", "--dry-run")
	step("dry run says so", false, "nothing was pushed (--dry-run)\n", "--dry-run")
	first := step("first", true, "pushed: ")
	if n := strings.Count(first, "+ "); n < 10 {
		t.Errorf("%d commands are new in %q", n, first)
	}
	step("second", false, "nothing to do: all ")
	l.redefine(t, func(list []object) []object {
		for _, c := range list {
			if c["name"] == "help" {
				c["description"] = "Something else"
			}
		}
		return list
	})
	puts++ // that was one
	step("dry run of a change", false, "~ /help: description\nnothing was pushed", "--dry-run")
	step("a change", true, "~ /help: description\npushed: ")
	step("after a change", false, "nothing to do: all ")
	l.redefine(t, func(list []object) []object {
		return append(list[1:], object{"name": "old", "description": "of an earlier version", "type": 1})
	})
	puts++
	out := step("one more and one less, as JSON", true, "", "--json")
	var result struct {
		Changes []commandChange
		Pushed  bool
	}
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		t.Fatal(err)
	}
	if c := result.Changes; !result.Pushed || len(c) != 2 || c[0].Change != "add" || c[1].Change != "remove" || c[1].Name != "/old" {
		t.Errorf("got %s", out)
	}
	if out := step("nothing, as JSON", false, "", "--json"); !strings.Contains(out, `"changes":[]`) || !strings.Contains(out, `"pushed":false`) {
		t.Errorf("got %s", out)
	}
	step("in a server", true, "+ /ask\n", "--guild", l.GuildID())
	step("in a server again", false, "nothing to do", "--guild", l.GuildID())
	if global, guild := l.Log().Count(http.MethodPut, commandsRoute), l.Log().Count(http.MethodPut, guildCommandsRoute); global != puts-1 || guild != 1 {
		t.Errorf("%d and %d pushes, want %d and 1", global, guild, puts-1)
	}
}

// curated is a command for curators with subcommands, as the program sends it
// and as Discord gives it back.
const (
	curatedHere = `{"type":1,"name":"shelf","name_localizations":{"ko":"선반"},"description":"Keep","contexts":[0],"integration_types":[0],"default_member_permissions":"32","options":[
		{"type":1,"name":"add","description":"Add","channel_types":null,"required":false,"options":null,"autocomplete":false,"choices":null},
		{"type":1,"name":"edit","description":"Edit","name_localizations":{"ko":"고치기"},"channel_types":null,"required":false,"autocomplete":false,"choices":null,"options":[
			{"type":3,"name":"fact","description":"Which","required":true,"autocomplete":true,"max_length":100,"channel_types":null,"options":null,"choices":null}]}]}`
	curatedThere = `{"id":"1","application_id":"2","version":"3","dm_permission":true,"nsfw":false,"type":1,"name":"shelf","name_localizations":{"ko":"선반"},"description":"Keep","description_localizations":null,
		"contexts":[0],"integration_types":[0],"default_member_permissions":"32","options":[
		{"type":1,"name":"add","description":"Add"},
		{"type":1,"name":"edit","description":"Edit","name_localizations":{"ko":"고치기"},"options":[{"type":3,"name":"fact","description":"Which","required":true,"autocomplete":true,"max_length":100}]}]}`
)

// TestCompareCommands finds what differs in a command with subcommands and
// permissions, and nothing in what means the same.
func TestCompareCommands(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"the same", "", "", "[]"},
		{"a number for permissions", `"default_member_permissions":"32"`, `"default_member_permissions":32`, "[]"},
		{"other permissions", `"default_member_permissions":"32"`, `"default_member_permissions":"8"`, "[{change /shelf [default_member_permissions]}]"},
		{"no permissions", `"default_member_permissions":"32"`, `"default_member_permissions":null`, "[{change /shelf [default_member_permissions]}]"},
		{"for nobody", `"default_member_permissions":"32"`, `"default_member_permissions":"0"`, "[{change /shelf [default_member_permissions]}]"},
		{"other places", `"contexts":[0]`, `"contexts":[0,1]`, "[{change /shelf [contexts]}]"},
		{"a subcommand's description", `"Edit"`, `"Change"`, "[{change /shelf [options]}]"},
		{"a subcommand's name in Korean", `"고치기"`, `"수정"`, "[{change /shelf [options]}]"},
		{"an option of a subcommand", `"max_length":100`, `"max_length":99`, "[{change /shelf [options]}]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			there := strings.Replace(curatedThere, tt.old, tt.new, 1)
			if tt.old != "" && there == curatedThere {
				t.Fatal("nothing was changed")
			}
			changes, err := compareCommands([]json.RawMessage{json.RawMessage(there)}, []json.RawMessage{json.RawMessage(curatedHere)})
			if got := fmt.Sprint(changes); err != nil || got != tt.want {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
}

// TestRegisterCurated pushes a command for curators, and finds it as it is.
func TestRegisterCurated(t *testing.T) {
	t.Parallel()
	l := newBare(t)
	path := "/api/v10/applications/" + l.ApplicationID() + "/commands"
	l.rest(t, http.MethodPut, path, []json.RawMessage{json.RawMessage(curatedHere)}, nil)
	var there []json.RawMessage
	l.rest(t, http.MethodGet, path+"?with_localizations=true", nil, &there)
	changes, err := compareCommands(there, []json.RawMessage{json.RawMessage(curatedHere)})
	if err != nil || len(changes) > 0 {
		t.Errorf("got %v, %v", changes, err)
	}
}

// redefine changes the registered commands as another program would.
func (l *live) redefine(t *testing.T, change func([]object) []object) {
	t.Helper()
	path := "/api/v10/applications/" + l.ApplicationID() + "/commands"
	var list []object
	l.rest(t, http.MethodGet, path+"?with_localizations=true", nil, &list)
	for _, c := range list {
		for _, key := range []string{"id", "application_id", "version", "dm_permission"} {
			delete(c, key)
		}
	}
	l.rest(t, http.MethodPut, path, change(list), nil)
}

// rest calls the local Discord with the bot's token.
func (l *live) rest(t *testing.T, method, path string, body, into any) {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(within(t), method, l.URL()+path, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bot "+l.Token())
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: status %d", method, path, response.StatusCode)
	}
	if into == nil {
		return
	}
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// TestRegisterFaults has pushing go wrong.
func TestRegisterFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(*live)
		args []string
		code int
		want string
	}{
		{"no id", nil, []string{"--guild", "summit"}, exitUsage, `--guild "summit" is no id`},
		{"a server that the bot is not in", nil, []string{"--guild", "5"}, exitFault, "code 50001"},
		{"no token", func(l *live) { l.env["DISCORD_TOKEN"] = "" }, nil, exitUsage, "there is no bot token"},
		{"a wrong token", func(l *live) { l.env["DISCORD_TOKEN"] = "wrong.token.here" }, nil, exitFault, "the token is wrong or was reset"},
		{"too many creations", func(l *live) {
			l.Fail(localdiscord.Fault{Kind: localdiscord.ErrorCode, Code: 30034, Method: http.MethodPut})
		}, nil, exitFault, "code 30034"},
		{"a page of Cloudflare's", func(l *live) { l.Fail(localdiscord.Fault{Kind: localdiscord.CloudflareBlock}) }, nil, exitFault, "this address is blocked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newBare(t)
			if tt.do != nil {
				tt.do(l)
			}
			out, errs, code := l.program(append([]string{"register"}, tt.args...)...)
			if code != tt.code || out != "" || !strings.Contains(errs, tt.want) {
				t.Errorf("exit code %d, want %d; got %q %q, want %q", code, tt.code, out, errs, tt.want)
			}
			if strings.Contains(errs, l.Token()) || strings.Contains(errs, "wrong.token.here") {
				t.Error("it tells the token")
			}
		})
	}
	t.Run("a server error is tried again", func(t *testing.T) {
		l := newBare(t)
		l.Fail(localdiscord.Fault{Kind: localdiscord.ServerError, Status: 503})
		l.Fail(localdiscord.Fault{Kind: localdiscord.DropConnection, Method: http.MethodPut})
		if out, errs, code := l.program("register"); code != exitOK || !strings.Contains(out, "pushed") {
			t.Errorf("exit code %d, %q %q", code, out, errs)
		}
	})
}
