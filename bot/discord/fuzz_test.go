package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"summitbot/bot/state"
	"summitbot/commands"
	"summitbot/facts"
)

// keptFor is a store in memory.
func keptFor(f testing.TB) commands.Store {
	store, err := state.Open(context.Background(), "sqlite::memory:", state.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = store.Close() })
	return store
}

// noLearner learns nothing.
type noLearner struct{}

func (noLearner) Pass(context.Context, commands.Miss) (int64, error) { return 1, nil }
func (noLearner) Changed()                                           {}
func (noLearner) Missed(commands.Miss)                               {}

// smallBase is about a fair that never was.
func smallBase() *facts.Base {
	text := func(s string) facts.Text { return facts.Text{{Lang: "en", Text: s}} }
	return &facts.Base{
		ID: "fair", Title: text("The fair"), Languages: []string{"en"},
		Sources: []facts.Source{{ID: "gazette", Publisher: "Gazette", Published: "2025-05-01", URL: "https://example.org/"}},
		Names:   []facts.Name{{ID: "east", Kind: "country", Label: text("East")}, {ID: "west", Kind: "country", Label: text("West")}},
		Topics:  []facts.Topic{{ID: "days", Title: text("Days")}},
		Facts: []facts.Fact{
			{ID: "fair-day", Title: text("The day"), Answer: text("The fair is held in May."), Asks: text("When is the fair?"), About: []string{"east"}, Topics: []string{"days"}, When: "2025-05-01", Status: facts.Reported, Sources: []facts.Citation{{Ref: "gazette", Paragraph: 2, Quote: "in May"}}},
			{ID: "fair-guest", Title: text("The guest"), Answer: text("The keeper came."), Asks: text("Who came?"), About: []string{"west"}, Status: facts.Disputed, Sources: []facts.Citation{{Ref: "gazette"}}},
		},
		Gaps: []facts.Gap{{ID: "fair-cost", Title: text("The cost"), Says: text("Nobody says what it cost."), Asks: text("What did it cost?")}},
	}
}

// fuzzBot is a bot over a small base that is never too busy, holds nobody
// back and always waits for the answer. Its clock stands still.
func fuzzBot(f *testing.F, now time.Time) *Bot {
	snapshot := facts.NewSnapshot(smallBase())
	env := &commands.Env{Facts: func() *facts.Snapshot { return snapshot }, Store: keptFor(f), Learner: noLearner{}}
	client := NewClient(ClientConfig{BaseURL: "http://127.0.0.1:9", Token: testToken, ApplicationID: "42"})
	b, err := NewBot(env, client, BotConfig{
		ApplicationID: "42", Workers: 1, DeferAfter: time.Minute, Now: func() time.Time { return now },
		User: Rate{Burst: 1 << 30, PerMinute: 1}, Channel: Rate{Burst: 1 << 30, PerMinute: 1},
		Metrics: BotMetrics{Panicked: func() { panic("a panic was caught") }}, // which ends the fuzzing
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = b.Close(context.Background()); client.Close() })
	return b
}

// recorded are interactions as Discord sends them, with everything in them
// that the bot does not look at.
var recorded = []string{
	`{"type":1,"id":"1100000000000000001","application_id":"42","token":"t","version":1}`,
	interaction(2, `{"id":"9","name":"ask","type":1,"options":[{"name":"question","type":3,"value":"When is the fair?"},{"name":"private","type":5,"value":true}]}`),
	interaction(2, `{"id":"9","name":"ask","type":1,"options":[{"name":"question","type":3,"value":"How tall is the moon?"},{"name":"for","type":6,"value":"1100000000000000007"}],"resolved":{"users":{"1100000000000000007":{"id":"1100000000000000007"}}}}`),
	interaction(2, `{"id":"9","name":"ask","type":1,"options":[{"name":"question","type":3,"value":"=fair/fair-guest"}]}`),
	interaction(2, `{"id":"9","name":"who","type":1,"options":[{"name":"name","type":3,"value":"East"}]}`),
	interaction(2, `{"id":"9","name":"fact","type":1,"options":[{"name":"fact","type":3,"value":"day"}]}`),
	interaction(2, `{"id":"9","name":"compare","type":1}`), interaction(2, `{"id":"9","name":"timeline","type":1}`), interaction(2, `{"id":"9","name":"topics","type":1}`),
	interaction(2, `{"id":"9","name":"sources","type":1}`), interaction(2, `{"id":"9","name":"help","type":1}`), interaction(2, `{"id":"9","name":"about","type":1}`),
	interaction(2, `{"id":"9","name":"privacy","type":1}`), interaction(2, `{"id":"9","name":"no-such","type":1}`),
	interaction(2, `{"id":"9","name":"Check with the facts","type":3,"target_id":"88","resolved":{"messages":{"88":{"id":"88","content":"The fair is held in May. Noodles.","embeds":[{"title":"t","description":"The keeper came."}],"components":[{"type":99,"x":{}}]}}}}`),
	interaction(3, `{"custom_id":"1/pick/fair/fair-day","component_type":2}`), interaction(3, `{"custom_id":"1/no/fair/fair-day/0a1b2c3d","component_type":2}`),
	interaction(3, `{"custom_id":"1/pass","component_type":2}`), interaction(3, `{"custom_id":"1/choose","component_type":3,"values":["fair/fair-guest"]}`),
	interaction(3, `{"custom_id":"1/topic","component_type":3,"values":["fair/days"]}`), interaction(3, `{"custom_id":"2/fly","component_type":2}`),
	interaction(4, `{"id":"9","name":"ask","type":1,"options":[{"name":"question","type":3,"value":"fai","focused":true}]}`),
	interaction(4, `{"id":"9","name":"compare","type":1,"options":[{"name":"first","type":3,"value":"East"},{"name":"second","type":3,"value":"w","focused":true}]}`),
	interaction(5, `{"custom_id":"1/passed","components":[{"type":18,"id":1,"component":{"type":4,"custom_id":"text","value":"What did it cost?"}}]}`),
	interaction(5, `{"custom_id":"1/why/fair/fair-day/0","components":[{"type":1,"components":[{"type":4,"custom_id":"text","value":"It was in June."}]}]}`),
	interaction(5, `{"custom_id":"1/passed","components":[{"type":18,"component":{"type":19,"custom_id":"files","values":["1"]}}]}`),
	interaction(2, `{"id":"9","name":"facts","type":1,"options":[{"name":"edit","type":1,"options":[{"name":"fact","type":3,"value":"day"}]}]}`),
	interaction(2, `{"id":"9","name":"facts","type":1,"options":[{"name":"a","type":2,"options":[{"name":"b","type":1,"options":[{"name":"c","type":1}]}]}]}`),
	interaction(2, `{"id":"9","name":"ask","type":1,"options":[{"name":"question","type":1,"options":[{"name":"question","type":3,"value":"When is the fair?"}]}]}`),
	interaction(4, `{"id":"9","name":"facts","type":1,"options":[{"name":"edit","type":1,"options":[{"name":"fact","type":3,"value":"d","focused":true}]}]}`),
	interaction(9, `{}`), interaction(2, `{"options":[{"name":"question","value":{"a":[1]}}]}`), `{"type":2}`, `{"type":3,"id":"x","token":"t"}`, `[]`, `null`, ``,
}

// interaction is one with the data given, in a server, on a message that
// repeats a question.
func interaction(kind int, data string) string {
	return `{"id":"1100000000000000002","application_id":"42","type":` + strconv.Itoa(kind) + `,"token":"` + testSecret + `","version":1,"data":` + data + `,
		"guild_id":"1100000000000000003","channel_id":"1100000000000000004","channel":{"id":"1100000000000000004","type":0},"locale":"en-GB","guild_locale":"en-US","context":0,"entitlements":[],
		"app_permissions":"2147483647","authorizing_integration_owners":{"0":"1100000000000000003"},"attachment_size_limit":10485760,
		"member":{"user":{"id":"1100000000000000005","username":"alex","global_name":null},"roles":[],"permissions":"0","nick":null},
		"message":{"id":"1100000000000000006","content":"","embeds":[{"author":{"name":"💬 How tall is the moon?"}}],"interaction_metadata":{"id":"7","type":2,"user":{"id":"1100000000000000005"}}}}`
}

// FuzzInteraction answers whatever comes as an interaction: without a panic,
// and with what Discord takes for it.
func FuzzInteraction(f *testing.F) {
	for _, raw := range recorded {
		f.Add([]byte(raw))
	}
	now := time.Now()
	b := fuzzBot(f, now)
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := decodeInteraction(raw)
		if err != nil {
			return
		}
		in.ID = "x" // no number: the same one may come again
		r, first := answered(b, in, now)
		if !first {
			t.Fatal("it was not answered")
		}
		checkResponse(t, in, r)
	})
}

// answered is what a bot answers.
func answered(b *Bot, in *Interaction, received time.Time) (r Response, first bool) {
	first = b.Answer(in, received, func(answer Response, _ bool) { r = answer })
	return r, first
}

// checkResponse holds a response to what Discord takes: a type that fits what
// is answered, and data within the limits.
func checkResponse(t *testing.T, in *Interaction, r Response) {
	t.Helper()
	body, err := json.Marshal(r)
	if err != nil || !utf8.Valid(body) {
		t.Fatalf("%v: %.200q", err, body)
	}
	if allowed, known := answeredBy[in.Type]; known && !slices.Contains(allowed, r.Type) {
		t.Errorf("type %d is answered by type %d", in.Type, r.Type)
	}
	var tree any
	if err := json.Unmarshal(body, &tree); err != nil {
		t.Fatal(err)
	}
	checkTree(t, tree)
}

// answeredBy are the types of responses by those of interactions. Nothing is
// deferred, since the bot here has time.
var answeredBy = map[int][]int{
	typePing: {respondPong}, typeCommand: {respondMessage}, typeComponent: {respondMessage, respondUpdate, respondModal},
	typeAutocomplete: {respondChoices}, typeModal: {respondMessage, respondUpdate, respondModal}, // the last for the id of a button, which no form has
}

// longest are the limits on texts by their key, in characters
// (https://docs.discord.com/developers/resources/message and …/components).
var longest = map[string]int{"content": 2000, "description": 4096, "title": 256, "value": 4000, "name": 256, "text": 2048, "label": 100, "placeholder": 150, "custom_id": 100}

// checkTree walks through a response.
func checkTree(t *testing.T, node any) {
	t.Helper()
	switch node := node.(type) {
	case []any:
		for _, child := range node {
			checkTree(t, child)
		}
	case map[string]any:
		for key, child := range node {
			text, isText := child.(string)
			if most := longest[key]; isText && most > 0 && utf8.RuneCountInString(text) > most {
				t.Errorf("%s has more than %d characters: %.60q", key, most, text)
			}
			if key == "custom_id" && text != "text" { // that of the input in a form
				if _, err := commands.ParseAction(text); err != nil {
					t.Errorf("nobody understands the id %q", text)
				}
			}
			checkTree(t, child)
		}
	}
}

// FuzzSigned sends whatever may come over HTTP: only what Discord has signed
// just now gets past 401, and that always does.
func FuzzSigned(f *testing.F) {
	now := time.Unix(1759233600, 0)
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	public, _ := private.Public().(ed25519.PublicKey)
	stamp := strconv.FormatInt(now.Unix(), 10)
	sign := func(timestamp string, body []byte) string {
		return hex.EncodeToString(ed25519.Sign(private, append([]byte(timestamp), body...)))
	}
	for _, raw := range recorded {
		f.Add(sign(stamp, []byte(raw)), stamp, "application/json", []byte(raw), false)
		f.Add("", stamp, "application/json; charset=utf-8", []byte(raw), true)
	}
	ping := []byte(recorded[0])
	f.Add(sign(stamp, ping), stamp, "application/json", append(ping, ' '), false)
	f.Add(strings.ToUpper(sign(stamp, ping)), stamp, "text/plain", ping, false)
	f.Add(sign("1", ping), "1", "", ping, false)
	f.Add(sign(stamp[:9], append([]byte(stamp[9:]), ping...)), stamp, "application/json", ping, false) // the same bytes, cut elsewhere
	f.Add(strings.Repeat("00", ed25519.SignatureSize), "+"+stamp, "application/json", ping, true)
	f.Add("", "", "", []byte{}, false)
	handler := fuzzBot(f, now).Webhook(public)
	f.Fuzz(func(t *testing.T, signature, timestamp, kind string, body []byte, signed bool) {
		if len(body) > maxBody {
			return
		}
		if signed {
			signature = sign(timestamp, body)
		}
		request := httptest.NewRequest(http.MethodPost, "/interactions", bytes.NewReader(body))
		request.Header.Set("X-Signature-Ed25519", signature)
		request.Header.Set("X-Signature-Timestamp", timestamp)
		request.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request)

		raw, err := hex.DecodeString(signature)
		seconds, bad := strconv.ParseInt(timestamp, 10, 64)
		genuine := err == nil && len(raw) == ed25519.SignatureSize && ed25519.Verify(public, append([]byte(timestamp), body...), raw) &&
			bad == nil && seconds >= now.Unix()-300 && seconds <= now.Unix()+300
		if genuine == (w.Code == http.StatusUnauthorized) {
			t.Fatalf("genuine %t, but status %d", genuine, w.Code)
		}
		switch w.Code {
		case http.StatusOK:
			if !json.Valid(w.Body.Bytes()) || w.Header().Get("Content-Type") != "application/json" {
				t.Errorf("answered %.100q of type %q", w.Body, w.Header().Get("Content-Type"))
			}
		case http.StatusAccepted, http.StatusBadRequest, http.StatusUnauthorized, http.StatusUnsupportedMediaType:
		default:
			t.Errorf("status %d", w.Code)
		}
	})
}
