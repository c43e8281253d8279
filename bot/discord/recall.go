package discord

import (
	"encoding/json"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/tidwall/gjson"

	"summitbot/commands"
	"summitbot/facts"
)

// Bounds on what is recalled. People ask the same again within minutes, when
// something has just happened.
const (
	mostRecalled = 512 // answers, of 2 to 4 KB
	recalledFor  = 10 * time.Minute
)

// A recall holds answers to what was asked just now, as they are sent, so
// that the same question costs next to nothing.
type recall struct {
	answers *lru.Cache[recallKey, recalled]
	facts   atomic.Pointer[facts.Snapshot] // from which they were made
}

// A recallKey is all that an answer to /ask depends on.
type recallKey struct {
	question, locale string
	private          bool
}

// A recalled answer is one that can be sent as it is, while the facts are those
// that it was made from.
type recalled struct {
	response Response
	outcome  string
	lang     string
	snapshot *facts.Snapshot
	until    time.Time
}

func newRecall() (*recall, error) {
	answers, err := lru.New[recallKey, recalled](mostRecalled)
	return &recall{answers: answers}, err
}

// A glance is what must be known of an interaction to answer it from what is
// recalled: a tenth of what decoding it costs.
type glance struct {
	id, token, user, channel string
	key                      recallKey
}

// glanceAt looks at an interaction; ok is false for what is not recalled:
// everything but /ask for oneself or for all who read the channel.
func glanceAt(raw []byte) (g glance, ok bool) {
	isAsk := false
	gjson.ParseBytes(raw).ForEach(func(name, value gjson.Result) bool {
		switch name.Str {
		case "id":
			g.id = value.Str
		case "token":
			g.token = value.Str
		case "locale":
			g.key.locale = value.Str
		case "channel_id":
			g.channel = value.Str
		case "member":
			g.user = value.Get("user.id").Str
		case "user":
			g.user = value.Get("id").Str
		case "type":
			isAsk = value.Int() == typeCommand
		case "data":
			g.key.question, g.key.private, ok = glanceAtAsk(value)
		}
		return true
	})
	return g, ok && isAsk && g.id != "" && g.token != ""
}

func glanceAtAsk(data gjson.Result) (question string, private, ok bool) {
	if data.Get("name").Str != commands.AskName {
		return "", false, false
	}
	ok = true
	data.Get("options").ForEach(func(_, option gjson.Result) bool {
		switch option.Get("name").Str {
		case commands.QuestionOption:
			question = option.Get("value").Str
		case commands.PrivateOption:
			private = option.Get("value").Bool()
		default:
			ok = false // pointed at somebody
		}
		return ok
	})
	return question, private, ok && question != ""
}

// get returns the answer to what was asked just now of these facts.
func (r *recall) get(s *facts.Snapshot, k recallKey, now time.Time) (recalled, bool) {
	r.keepTo(s)
	a, ok := r.answers.Get(k)
	if ok && (a.snapshot != s || now.After(a.until)) {
		r.answers.Remove(k)
		return recalled{}, false
	}
	return a, ok
}

// put keeps an answer made from a snapshot.
func (r *recall) put(s *facts.Snapshot, k recallKey, response Response, reply commands.Reply, now time.Time) {
	body, err := json.Marshal(response)
	if err != nil {
		return
	}
	response.ready = body
	r.answers.Add(k, recalled{response, string(reply.Decision.Outcome), reply.Lang, s, now.Add(recalledFor)})
	if r.facts.Load() != s { // they have changed meanwhile
		r.answers.Remove(k)
	}
}

// keepTo forgets what was made from other facts, which would else stay in
// memory as long as one answer from them.
func (r *recall) keepTo(s *facts.Snapshot) {
	if old := r.facts.Load(); old != s && r.facts.CompareAndSwap(old, s) {
		r.answers.Purge()
	}
}

// recallFor answers an interaction with what was answered just now; ok is
// false when it has to be decoded and worked out.
func (b *Bot) recallFor(raw []byte, received time.Time) (r Response, first, ok bool) {
	g, ok := glanceAt(raw)
	if !ok {
		return Response{}, false, false
	}
	a, ok := b.recall.get(b.env.Facts(), g.key, received)
	if !ok {
		return Response{}, false, false
	}
	if !b.isNew(g.id) {
		return Response{}, false, true
	}
	if v := b.limits.allow(g.user, g.channel, g.key.locale, b.config.Now()); !v.ok {
		b.refused("limit")
		return private(v.text), true, true
	}
	b.countQuestion(a.outcome, a.lang)
	if b.config.Metrics.Answered != nil {
		b.config.Metrics.Answered("command", b.config.Now().Sub(received))
	}
	return a.response, true, true
}
