package discord

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"time"
	"weak"

	"summitbot/bot/render"
	"summitbot/commands"
	"summitbot/facts"
)

// Bounds on what each of the two generations of a recall holds: 4 MB in all.
const (
	mostQuestions = 8192    // of about 100 bytes
	mostTemplates = 1 << 20 // bytes; 750 templates of 1 to 4 KB
)

// A recall holds the answers to what was asked before, so that the same
// question costs next to nothing. It holds no question: an answer is found by
// the fingerprint of its question, and put together from a template, which
// many questions share, and the question as it has come again. Nothing in an
// answer depends on the time, so it is good for as long as the facts are.
//
// When the recent generation is full it takes the place of the older one, so
// that what is asked again and again stays.
type recall struct {
	mu            sync.Mutex
	of            weak.Pointer[facts.Snapshot] // what was asked; weak, so that facts that were replaced can go
	recent, older *generation
}

// A generation is what was asked in some stretch of time.
type generation struct {
	answers   map[fingerprint]*template // by question
	templates map[fingerprint]*template // by likeness
	size      int                       // of the templates, in bytes
}

func newGeneration() *generation {
	return &generation{answers: map[fingerprint]*template{}, templates: map[fingerprint]*template{}}
}

func newRecall() *recall { return &recall{recent: newGeneration(), older: newGeneration()} }

// A recallKey is all that an answer to /ask depends on besides the facts.
type recallKey struct {
	question, locale string
	private          bool
}

func (k recallKey) fingerprint() fingerprint {
	return fingerprintOf(k.question, k.locale, strconv.FormatBool(k.private))
}

// A fingerprint stands for texts without holding them.
type fingerprint [sha256.Size]byte

func fingerprintOf(texts ...string) fingerprint {
	all := make([]byte, 0, 512)
	for _, text := range texts {
		all = binary.AppendUvarint(all, uint64(len(text)))
		all = append(all, text...)
	}
	return sha256.Sum256(all)
}

// get returns the answer that these facts gave to a question, without the
// question.
func (r *recall) get(s *facts.Snapshot, question fingerprint) (*template, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turnTo(s)
	if t, ok := r.recent.answers[question]; ok {
		return t, true
	}
	t, ok := r.older.answers[question]
	if ok {
		r.keep(question, t)
	}
	return t, ok
}

// learn keeps the answer that these facts give to a question, and returns it
// as a template; ok is false when it makes none.
func (r *recall) learn(s *facts.Snapshot, k recallKey, reply commands.Reply, shown []commands.Posting) (t *template, ok bool) {
	like, ok := likeness(reply)
	if !ok || reply.Asked != "" && reply.Asked != k.question {
		return nil, false
	}
	if t, ok = r.template(s, like); !ok {
		if t, ok = newTemplate(like, reply, shown); !ok {
			return nil, false
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turnTo(s)
	r.keep(k.fingerprint(), t)
	return t, true
}

// template returns the template of a reply that looked the same.
func (r *recall) template(s *facts.Snapshot, like fingerprint) (*template, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turnTo(s)
	if t, ok := r.recent.templates[like]; ok {
		return t, true
	}
	t, ok := r.older.templates[like]
	return t, ok
}

// turnTo forgets everything when the facts are others.
func (r *recall) turnTo(s *facts.Snapshot) {
	if r.of.Value() != s {
		r.of, r.recent, r.older = weak.Make(s), newGeneration(), newGeneration()
	}
}

// keep puts an answer into the recent generation.
func (r *recall) keep(question fingerprint, t *template) {
	if len(r.recent.answers) >= mostQuestions || r.recent.size+t.size() > mostTemplates {
		r.recent, r.older = newGeneration(), r.recent
	}
	if had, ok := r.recent.templates[t.like]; ok {
		t = had
	} else {
		r.recent.templates[t.like] = t
		r.recent.size += t.size()
	}
	r.recent.answers[question] = t
}

// likeness is the fingerprint of all that shows of a reply but the question
// that it repeats. Of a fact the id is enough: in one language, the same facts
// say the same of it. Only what /ask replies with has a likeness.
func likeness(r commands.Reply) (f fingerprint, ok bool) {
	if r.Form != nil || r.Menu != nil || r.Replaces || r.Err != nil || r.For != "" || len(r.Entries)+len(r.Files) > 0 {
		return f, false
	}
	texts := append(make([]string, 0, 64), string(r.Outcome), string(r.Decision.Outcome), r.Lang, strconv.FormatBool(r.Private),
		strconv.FormatBool(render.Repeated(r.Asked) != ""), r.Title, r.Headline, r.Body, r.Heading, strconv.Itoa(len(r.Facts)))
	for _, fact := range r.Facts {
		texts = append(texts, fact.ID)
	}
	if m := r.Missed; m != nil {
		texts = append(append(texts, m.Lang, m.Why, m.Gap), m.Near...)
	}
	for _, list := range [][]string{r.Examples, r.Notes} {
		texts = append(append(texts, strconv.Itoa(len(list))), list...)
	}
	for _, row := range r.Buttons {
		texts = append(texts, strconv.Itoa(len(row)))
		for _, b := range row {
			texts = append(texts, b.Label, b.Emoji, b.Does.ID(), b.URL)
		}
	}
	return fingerprintOf(texts...), true
}

// A template is a response as it is sent, without the question that it
// repeats.
type template struct {
	like          fingerprint
	before, after []byte // of the question
	asks          bool   // it repeats one
	outcome, lang string
	shown         []commands.Posting // what it asserts to everybody
	asserts       string             // base/id of the first fact that it asserts; may be empty
	missed        *commands.Miss     // what the queue is to know, without the question
}

// responseOpens is how every message begins that answers an interaction.
const responseOpens = `{"type":4,"data":`

// newTemplate makes the template of a reply. There is none of a reply that
// does not have room for every question.
func newTemplate(like fingerprint, reply commands.Reply, shown []commands.Posting) (t *template, ok bool) {
	asks := render.Repeated(reply.Asked) != ""
	if asks {
		reply.Asked = render.FullQuestion()
	}
	m := render.Discord(reply)
	body, err := json.Marshal(Response{Type: respondMessage, Data: m})
	if err != nil || m.Cut || !bytes.HasPrefix(body, []byte(responseOpens)) {
		return nil, false
	}
	t = &template{like: like, before: body, asks: asks, outcome: string(reply.Decision.Outcome), lang: strings.Clone(reply.Lang), shown: shown, missed: withoutQuestion(reply.Missed), asserts: asserted(reply)}
	if asks {
		t.before, t.after, ok = bytes.Cut(body, quoted(reply.Asked))
		return t, ok
	}
	return t, true
}

// withoutQuestion is a copy of what the queue is to know, which holds no
// question.
func withoutQuestion(m *commands.Miss) *commands.Miss {
	if m == nil {
		return nil
	}
	bare := *m
	bare.Text = ""
	return &bare
}

// quoted is a question as JSON has it where a reply repeats it.
func quoted(question string) []byte {
	text, _ := json.Marshal(render.Repeated(question)) // a text cannot fail
	return text
}

// size is how many bytes a template holds, about.
func (t *template) size() int { return len(t.before) + len(t.after) + 200 }

// response is the template with a question.
func (t *template) response(question string) Response {
	whole := t.before
	if t.asks {
		text := quoted(question)
		whole = append(make([]byte, 0, len(t.before)+len(text)+len(t.after)), t.before...)
		whole = append(append(whole, text...), t.after...)
	}
	return Response{Type: respondMessage, Data: json.RawMessage(whole[len(responseOpens) : len(whole)-1]), ready: whole, shown: t.shown}
}

// recalled answers what was asked before; ok is false when it has to be worked
// out.
func (b *Bot) recalled(in *Interaction, received time.Time) (r Response, ok bool) {
	if !in.recallable {
		return Response{}, false
	}
	t, ok := b.recall.get(b.env.Facts(), in.recallKey.fingerprint())
	if !ok {
		return Response{}, false
	}
	b.countQuestion(t.outcome, t.lang)
	b.learn(t.asserts, t.missed, in.recallKey.question)
	b.measure(in, received)
	return t.response(in.recallKey.question), true
}
