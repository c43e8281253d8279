package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"summitbot/bot/discord"
	"summitbot/bot/state"
	"summitbot/commands"
	"summitbot/facts"
)

// A workload is signed requests for /ask, made ahead so that only answering
// is measured.
type workload struct {
	public  ed25519.PublicKey
	private ed25519.PrivateKey
	asked   []string // the questions
	next    atomic.Uint64
}

// A signed request is the body and headers of one.
type signed struct {
	body      []byte
	signature string
	timestamp string
}

func newWorkload() (*workload, error) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	snapshot, err := facts.Embedded()
	if err != nil {
		return nil, err
	}
	w := &workload{public: public, private: private}
	for _, f := range snapshot.Bases()[0].Facts {
		for _, p := range f.Tests {
			w.asked = append(w.asked, p.Text)
		}
	}
	for _, p := range snapshot.Bases()[0].Declines {
		w.asked = append(w.asked, p.Text)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(w.asked), func(i, j int) { w.asked[i], w.asked[j] = w.asked[j], w.asked[i] })
	return w, nil
}

// make makes n requests, each an interaction of its own, of the questions that
// pick chooses.
func (w *workload) make(n int, pick func(i int) string) ([]signed, error) {
	list := make([]signed, n)
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	for i := range list {
		body, err := interaction(w.next.Add(1), pick(i))
		if err != nil {
			return nil, err
		}
		list[i] = signed{body, hex.EncodeToString(ed25519.Sign(w.private, append([]byte(timestamp), body...))), timestamp}
	}
	return list, nil
}

// interaction is /ask as Discord sends it, with all that it sends besides.
func interaction(n uint64, question string) ([]byte, error) {
	id := strconv.FormatUint(1300000000000000000+n<<10, 10)
	user := map[string]any{"id": strconv.FormatUint(900000000000000000+n<<8, 10), "username": "mina", "global_name": "Mina", "avatar": "a_0123456789abcdef0123456789abcdef", "discriminator": "0", "public_flags": 0, "avatar_decoration_data": nil, "clan": nil, "primary_guild": nil}
	return json.Marshal(map[string]any{
		"id": id, "application_id": "1100000000000000001", "type": 2, "token": "aW50ZXJhY3Rpb246" + id + "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz", "version": 1,
		"guild_id": "1200000000000000001", "channel_id": strconv.FormatUint(1250000000000000000+n<<8, 10), "locale": "en-US", "guild_locale": "en-US", "app_permissions": "2248473465835073", "context": 0, "attachment_size_limit": 10485760,
		"entitlements": []any{}, "authorizing_integration_owners": map[string]any{"0": "1200000000000000001"},
		"guild":   map[string]any{"id": "1200000000000000001", "locale": "en-US", "features": []string{"COMMUNITY", "NEWS"}},
		"channel": map[string]any{"id": "1250000000000000001", "type": 0, "name": "general", "guild_id": "1200000000000000001", "permissions": "2248473465835073", "position": 1, "nsfw": false, "flags": 0, "rate_limit_per_user": 0, "topic": nil, "parent_id": nil, "last_message_id": id},
		"member":  map[string]any{"user": user, "roles": []string{"1210000000000000001", "1210000000000000002"}, "permissions": "2248473465835073", "joined_at": "2024-01-01T00:00:00.000000+00:00", "premium_since": nil, "deaf": false, "mute": false, "pending": false, "nick": nil, "avatar": nil, "flags": 0, "communication_disabled_until": nil, "unusual_dm_activity_until": nil},
		"data":    map[string]any{"id": "1310000000000000001", "name": "ask", "type": 1, "options": []any{map[string]any{"name": "question", "type": 3, "value": question}}},
	})
}

// A learner counts nothing: the requests are answered or declined.
type learner struct{ commands.Learner }

// Missed implements commands.Learner.
func (learner) Missed(commands.Miss) {}

// bot is the bot with the embedded base, behind its webhook.
func (w *workload) bot() (*discord.Bot, http.Handler, error) {
	snapshot, err := facts.Embedded()
	if err != nil {
		return nil, nil, err
	}
	snapshot.Ready()
	store, err := state.Open(context.Background(), "sqlite::memory:", state.Options{})
	if err != nil {
		return nil, nil, err
	}
	env := &commands.Env{Facts: func() *facts.Snapshot { return snapshot }, Store: store, Learner: learner{}}
	client := discord.NewClient(discord.ClientConfig{BaseURL: "http://127.0.0.1:1", Token: "none", ApplicationID: "1100000000000000001"})
	b, err := discord.NewBot(env, client, discord.BotConfig{ApplicationID: "1100000000000000001"})
	if err != nil {
		return nil, nil, err
	}
	return b, b.Webhook(w.public), nil
}

// floor is a handler that verifies the signature and says PONG.
func (w *workload) floor() http.Handler {
	pong := []byte(`{"type":1}`)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		body.WriteString(r.Header.Get("X-Signature-Timestamp"))
		if _, err := body.ReadFrom(http.MaxBytesReader(rw, r.Body, 1<<20)); err != nil {
			http.Error(rw, "bad request", http.StatusBadRequest)
			return
		}
		signature, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
		if err != nil || !ed25519.Verify(w.public, body.Bytes(), signature) {
			http.Error(rw, "unauthorized", http.StatusUnauthorized)
			return
		}
		rw.Header().Set("Content-Type", "application/json")
		_, _ = rw.Write(pong)
	})
}

// request is a signed request to an address.
func (s signed) request(url string) (*http.Request, error) {
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(s.body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Ed25519", s.signature)
	r.Header.Set("X-Signature-Timestamp", s.timestamp)
	return r, nil
}

// picks are the ways in which people ask.
func (w *workload) picks() []struct {
	name string
	pick func(int) string
} {
	zipf := rand.NewZipf(rand.New(rand.NewPCG(3, 4)), 1.1, 1, uint64(len(w.asked)-1))
	return []struct {
		name string
		pick func(int) string
	}{
		{"what was asked in the last minutes", func(i int) string { return w.asked[i%100] }},
		{"a mixture (Zipf, 1.1, over 1,800 questions)", func(int) string { return w.asked[zipf.Uint64()] }},
		{"every question a new one", func(i int) string { return fmt.Sprintf("%s %d", w.asked[i%len(w.asked)], w.next.Load()) }},
	}
}
