package discord

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

// TestPanic: a panic in one interaction answers that one with an apology and a
// number that the log has too, and touches no other.
func TestPanic(t *testing.T) {
	snapshot := facts.NewSnapshot(smallBase())
	broken := true
	env := &commands.Env{Facts: func() *facts.Snapshot {
		if broken {
			panic("a member's secret words")
		}
		return snapshot
	}}
	var log bytes.Buffer
	panics := 0
	b, err := NewBot(env, NewClient(ClientConfig{BaseURL: "http://127.0.0.1:1"}), BotConfig{Log: slog.New(slog.NewTextHandler(&log, nil)), Metrics: BotMetrics{Panicked: func() { panics++ }}})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close(t.Context())
	ask := func(id string) string {
		in, err := decodeInteraction([]byte(`{"id":"` + id + `","type":2,"token":"t","locale":"ko","user":{"id":"7"},"data":{"name":"about"}}`))
		if err != nil {
			t.Fatal(err)
		}
		r, first := answered(b, in, time.Now())
		body, err := json.Marshal(r)
		if err != nil || !first {
			t.Fatalf("%v, first %t", err, first)
		}
		return string(body)
	}
	apology := ask("1300000000000000001")
	if !strings.Contains(apology, "죄송합니다") || !strings.Contains(apology, `"flags":64`) {
		t.Errorf("got %s", apology)
	}
	_, number, _ := strings.Cut(log.String(), "reference=")
	number, _, _ = strings.Cut(number, " ")
	if number == "" || !strings.Contains(apology, number) {
		t.Errorf("the number %q of the log is not in %s", number, apology)
	}
	if strings.Contains(log.String(), "secret words") || panics != 1 {
		t.Errorf("%d panics counted; the log says %s", panics, &log)
	}
	broken = false
	if answer := ask("1300000000000000002"); !strings.Contains(answer, "이 봇에 대하여") {
		t.Errorf("the next one got %s", answer)
	}
}
