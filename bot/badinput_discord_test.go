package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
)

// TestBadRequests sends to the endpoint what Discord would not: the status
// says so, and nothing of what is not signed is looked at.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("http")
	good := l.samples(t).command
	now := time.Now()
	tests := []struct {
		name   string
		body   []byte
		o      localdiscord.DeliverOptions
		status int
		lines  int // in the log
	}{
		{"bad signature", good(nil), localdiscord.DeliverOptions{BadSignature: true}, http.StatusUnauthorized, 0},
		{"no signature", good(nil), localdiscord.DeliverOptions{NoSignature: true}, http.StatusUnauthorized, 0},
		{"six minutes old", good(nil), localdiscord.DeliverOptions{Timestamp: now.Add(-6 * time.Minute)}, http.StatusUnauthorized, 0},
		{"six minutes ahead", good(nil), localdiscord.DeliverOptions{Timestamp: now.Add(6 * time.Minute)}, http.StatusUnauthorized, 0},
		{"four minutes old", good(nil), localdiscord.DeliverOptions{Timestamp: now.Add(-4 * time.Minute)}, http.StatusOK, 0},
		{"2 MB", []byte(`{"x":"` + strings.Repeat("x", 2<<20) + `"}`), localdiscord.DeliverOptions{}, http.StatusRequestEntityTooLarge, 0},
		{"2 MB, not signed", []byte(`{"x":"` + strings.Repeat("x", 2<<20) + `"}`), localdiscord.DeliverOptions{NoSignature: true}, http.StatusUnauthorized, 0},
		{"a form", good(nil), localdiscord.DeliverOptions{ContentType: "application/x-www-form-urlencoded"}, http.StatusUnsupportedMediaType, 0},
		{"with a character set", good(nil), localdiscord.DeliverOptions{ContentType: "application/json; charset=utf-8"}, http.StatusOK, 0},
		{"nothing", nil, localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"broken JSON", []byte(`{"type":2,"data":{"name":"` + gossip), localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"an empty object", []byte(`{}`), localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"a list", []byte(`[]`), localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"null", []byte(`null`), localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"no id", good(func(o object) { delete(o, "id") }), localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"no token", good(func(o object) { delete(o, "token") }), localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"an unknown type", good(func(o object) { o["type"] = 77 }), localdiscord.DeliverOptions{}, http.StatusBadRequest, 1},
		{"no member", good(func(o object) { delete(o, "member") }), localdiscord.DeliverOptions{}, http.StatusOK, 0},
		{"no data", good(func(o object) { delete(o, "data") }), localdiscord.DeliverOptions{}, http.StatusOK, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := len(l.complaints())
			status, _, err := l.DeliverRaw(within(t), tt.body, tt.o)
			if err != nil || status != tt.status {
				t.Errorf("got %d, %v, want %d", status, err, tt.status)
			}
			if lines := l.complaints()[before:]; len(lines) != tt.lines {
				t.Errorf("the log says %q, want %d lines", lines, tt.lines)
			}
			l.asks(t, "mina")
		})
	}
	if status, _ := l.get("/interactions"); status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", status)
	}
	if err := l.Ping(within(t)); err != nil {
		t.Error(err)
	}
}

// TestDuplicates delivers an interaction twice: it is answered once.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	t.Run("http", func(t *testing.T) {
		l := newLive(t, patient())
		l.serveOver("http")
		body := l.samples(t).command(nil)
		if status, answer, err := l.DeliverRaw(within(t), body, localdiscord.DeliverOptions{Twice: true}); err != nil || status != http.StatusAccepted || len(answer) > 0 {
			t.Errorf("got %d, %s, %v, want 202 and nothing", status, answer, err)
		}
		if n := l.metric(`summitbot_refused_total{why="duplicate"}`); n != 1 {
			t.Errorf("refused: %v", n)
		}
		l.asks(t, "mina")
	})
	t.Run("gateway", func(t *testing.T) {
		l := newLive(t, patient())
		l.serveOver("gateway")
		asked := l.ask(t, "mina")
		for range 3 {
			if _, _, err := l.Redeliver(within(t), asked); err != nil {
				t.Fatal(err)
			}
		}
		has(t, message(t, asked), false, "Busan")
		until(t, "all deliveries are seen", func() bool { return l.metric(`summitbot_refused_total{why="duplicate"}`) == 3 })
		if n := l.Log().Count(http.MethodPost, callbackRoute); n != 1 {
			t.Errorf("%d callbacks, want one", n)
		}
		if n := l.botMessages(); n != 1 {
			t.Errorf("%d messages, want one", n)
		}
		l.asks(t, "alex")
	})
}

// An object is one of JSON.
type object = map[string]any

// samples make interactions that are like real ones up to a change.
type samples struct {
	command, component, modal, target func(change func(object)) []byte
}

// samples records one interaction of each kind.
func (l *live) samples(t *testing.T) samples {
	t.Helper()
	alex := l.Member("alex")
	asked := l.ask(t, "alex")
	answer := message(t, asked)
	pressed := alex.Press(within(t), answer, button(t, answer, "1/no/"))
	opened(t, pressed)
	submitted := alex.Submit(within(t), pressed, map[string]string{"text": gossip})
	message(t, submitted)
	checked := alex.MessageCommand(within(t), l.Channel("general"), "Check with the facts", answer)
	message(t, checked)
	like := func(i *localdiscord.Interaction) func(func(object)) []byte {
		return func(change func(object)) []byte { return changed(t, i.Payload(), change) }
	}
	return samples{like(asked), like(pressed), like(submitted), like(checked)}
}

// changed is an interaction like another, with an id of its own.
func changed(t *testing.T, payload []byte, change func(object)) []byte {
	t.Helper()
	var o object
	if err := json.Unmarshal(payload, &o); err != nil {
		t.Fatal(err)
	}
	id := fmt.Sprint(time.Now().UnixNano()) // as long as a real one
	o["id"], o["token"] = id, base64.RawURLEncoding.EncodeToString([]byte("interaction:"+id))
	if change != nil {
		change(o)
	}
	body, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestOddInteractions sends well signed interactions that this version does
// not expect. Whoever sent them gets a sentence of their own.
func TestOddInteractions(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("http")
	s := l.samples(t)
	data := func(key string, value any) func(object) {
		return func(o object) { o["data"].(object)[key] = value }
	}
	option := func(name string, value any) func(object) {
		return data("options", []any{object{"name": name, "type": 3, "value": value}})
	}
	command := func(name string) func(object) {
		return func(o object) {
			data("name", name)(o)
			delete(o["data"].(object), "options")
		}
	}
	future := []any{
		object{"type": 77, "id": "x", "deep": []any{object{"type": 78, "custom_id": 5}}},
		object{"type": 17, "components": []any{object{"type": 18}, object{"type": 23, "custom_id": gossip, "value": object{"a": 1}}}},
	}
	target := func(change func(message object)) func(object) {
		return func(o object) {
			for _, m := range o["data"].(object)["resolved"].(object)["messages"].(object) {
				change(m.(object))
			}
		}
	}
	tests := []struct {
		name  string
		body  []byte
		want  string
		lines int
	}{
		{"unknown command", s.command(data("name", "fly")), "I do not know that command", 1},
		{"a command whose name is long and odd", s.command(data("name", strings.Repeat("x\n", 5000))), "I do not know that command", 1},
		{"ask without a question", s.command(command("ask")), "", 0},
		{"who without a name", s.command(command("who")), "", 0},
		{"an option that is null", s.command(data("options", []any{nil})), "", 0},
		{"an unknown option", s.command(option("colour", gossip)), "", 0},
		{"a number for the question", s.command(option("question", 5)), "", 0},
		{"an object for the question", s.command(option("question", object{"a": []any{1}})), "", 0},
		{"nothing for the question", s.command(option("question", nil)), "", 0},
		{"a question of 100,000 characters", s.command(option("question", strings.Repeat("가", 100_000))), "", 0},
		{"a subcommand of the future", s.command(data("options", []any{object{"name": "deep", "type": 1, "options": []any{object{"name": "x", "type": 3, "value": gossip}}}})), "do not know that command", 1},
		{"a message with unknown components", s.target(target(func(m object) { m["components"], m["content"], m["embeds"] = future, gossip, []any{} })), "nothing on this", 0},
		{"a message without text", s.target(target(func(m object) { m["content"], m["embeds"] = "", []any{} })), "There is no text", 0},
		{"a message that is null", s.target(target(func(m object) { clear(m) })), "There is no text", 0},
		{"a message that is not there", s.target(data("target_id", "1")), "There is no text", 0},
		{"a button of the future", s.component(data("custom_id", "9/zap/busan-summit/summit-place")), "do not know that button", 0},
		{"a button without an id", s.component(data("custom_id", "")), "do not know that button", 0},
		{"a button of 10,000 characters", s.component(data("custom_id", strings.Repeat("1/", 5000))), "do not know that button", 0},
		{"a button with a message of unknown components", s.component(func(o object) {
			o["message"].(object)["components"] = future
			data("custom_id", "9/zap")(o)
		}), "do not know that button", 0},
		{"a button without a message", s.component(func(o object) { delete(o, "message"); data("custom_id", "1/pass")(o) }), "", 0},
		{"a form of unknown inputs", s.modal(data("components", future)), "", 0},
		{"a form of nothing", s.modal(data("components", []any{})), "", 0},
		{"a form nested deeply", s.modal(data("components", nested(60))), "", 0},
		{"a form of the future", s.modal(data("custom_id", "9/zap")), "do not know that button", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := len(l.complaints())
			status, answer, err := l.DeliverRaw(within(t), tt.body, localdiscord.DeliverOptions{})
			if err != nil || status != http.StatusOK {
				t.Fatalf("got %d, %v", status, err)
			}
			private(t, answer, tt.want)
			if lines := l.complaints()[before:]; len(lines) != tt.lines {
				t.Errorf("the log says %q, want %d lines", lines, tt.lines)
			}
			l.asks(t, "mina")
		})
	}
}

// nested are components in one another.
func nested(depth int) []any {
	if depth == 0 {
		return []any{object{"type": 4, "custom_id": "text", "value": gossip}}
	}
	return []any{object{"type": 1, "components": nested(depth - 1)}}
}

// private checks that an answer is a sentence for one person, or a form.
func private(t *testing.T, answer []byte, want string) {
	t.Helper()
	var r struct {
		Type int
		Data struct{ Flags int }
	}
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatalf("%v in %s", err, answer)
	}
	if r.Type != localdiscord.ResponseModal && r.Data.Flags&localdiscord.FlagEphemeral == 0 {
		t.Errorf("everybody sees %s", answer)
	}
	if !strings.Contains(string(answer), want) {
		t.Errorf("%q is not in %s", want, answer)
	}
}

// TestOddEvents sends events that no Discord sends today: one line for each
// that should have been an interaction, none for the rest.
func TestOddEvents(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.serveOver("gateway")
	interactions := []string{`null`, `{}`, `[]`, `"` + gossip + `"`, `{"id":"1","token":"t","type":"x"}`, `{"id":"","token":"t","type":2}`}
	for name, list := range map[string][]string{
		"INTERACTION_CREATE": interactions,
		"MESSAGE_CREATE": {
			`null`, `{}`, `[]`, `"` + gossip + `"`, `{"id":1,"content":["` + gossip + `"]}`, `{"content":"` + gossip + `"}`,
			`{"id":"7","author":null}`, `{"id":"8","author":{"id":"9"},"mentions":[null]}`, `{"id":"8","channel_id":"1","author":"` + gossip + `"}`,
		},
		"NO_SUCH_EVENT_AT_ALL": {`null`, `{"deep":[[[[{}]]]]}`},
	} {
		for _, data := range list {
			if err := l.Dispatch(name, json.RawMessage(data)); err != nil {
				t.Fatal(err)
			}
			l.asks(t, "mina")
		}
	}
	if code := l.end(); code != exitOK { // now all that could be said is said
		t.Errorf("exit code %d", code)
	}
	if lines := l.complaints(); len(lines) != len(interactions) {
		t.Errorf("%d lines, want %d: %q", len(lines), len(interactions), lines)
	}
}
