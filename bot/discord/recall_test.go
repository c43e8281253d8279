package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"
	"weak"

	"summitbot/bot/render"
	"summitbot/commands"
	"summitbot/facts"
)

// unlimited is a bot that holds nobody back.
func unlimited(t *testing.T, now func() *facts.Snapshot) *Bot {
	t.Helper()
	free := Rate{Burst: 1 << 30, PerMinute: 1}
	client := NewClient(ClientConfig{BaseURL: "http://127.0.0.1:1"})
	b, err := NewBot(&commands.Env{Facts: now}, client, BotConfig{User: free, Channel: free, DeferAfter: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close(t.Context()); client.Close() })
	return b
}

// asking is /ask as Discord sends it.
func asking(t *testing.T, question, locale string, private bool) *Interaction {
	t.Helper()
	text, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	in, err := decodeInteraction([]byte(`{"id":"x","type":2,"token":"t","locale":"` + locale + `","user":{"id":"7"},"data":{"name":"ask","options":[{"name":"question","value":` +
		string(text) + `},{"name":"private","value":` + strconv.FormatBool(private) + `}]}}`))
	if err != nil || !in.recallable {
		t.Fatalf("%q cannot be recalled: %v", question, err)
	}
	return in
}

// spelt is a response as it is sent.
func spelt(t *testing.T, r Response) string {
	t.Helper()
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// remade is the response made anew, without a recall.
func remade(t *testing.T, b *Bot, in *Interaction) string {
	t.Helper()
	command, _ := commands.FindCommand(commands.AskName)
	reply := command.Run(t.Context(), b.env, commands.Call{Lang: in.Locale, User: "7", Options: options(in)})
	return spelt(t, Response{Type: respondMessage, Data: render.Discord(reply)})
}

// odd are questions that are not repeated as they are.
var odd = []string{
	"When is the fair?", `When is "the fair"?`, `\ "`, "When is *the* _fair_ ~~or~~ `what` || [it](https://example.org)?", "<@1100000000000000007> @everyone, when is the fair?",
	"언제 열리나요?", "祭りはいつですか", "🎪 When is the fair? 👩‍👩‍👧", "🎪🎪", "<b>&amp;</b> \u2028 when \u202eis the fair?", "when\nis\t the  fair", "\x00\x01", "=fair/fair-day", "=fair/none", "hello", "What did it cost?",
	strings.Repeat("When is the fair? ", 13), strings.Repeat("fair ", 60), strings.Repeat("축제 ", 200), strings.Repeat("x", 253), render.FullQuestion(), render.FullQuestion() + "x", "\U0001f3ea",
}

// TestRecall asks everything twice: what is recalled is, to the byte, what
// would be made anew.
func TestRecall(t *testing.T) {
	shipped, err := facts.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	asked := append([]string(nil), odd...)
	for _, f := range shipped.Bases()[0].Facts {
		for _, p := range f.Tests {
			asked = append(asked, p.Text)
		}
	}
	for _, p := range shipped.Bases()[0].Declines {
		asked = append(asked, p.Text)
	}
	for name, s := range map[string]*facts.Snapshot{"shipped": shipped, "small": facts.NewSnapshot(smallBase())} {
		t.Run(name, func(t *testing.T) {
			b := unlimited(t, func() *facts.Snapshot { return s })
			list := asked
			if name == "small" {
				list = odd
			}
			recalled := 0
			for i, question := range list {
				in := asking(t, question, []string{"en-US", "ko", "ja", "fr"}[i%4], i%3 == 0)
				want := remade(t, b, in)
				for range 2 {
					if r, _ := answered(b, in, time.Now()); spelt(t, r) != want {
						t.Fatalf("%q is answered\n%s\nwant\n%s", question, spelt(t, r), want)
					}
				}
				if _, ok := b.recall.get(s, in.recallKey.fingerprint()); ok {
					recalled++
				}
			}
			if recalled < len(list)*9/10 {
				t.Errorf("%d of %d are recalled", recalled, len(list))
			}
			t.Logf("%d questions, %d templates of %d KiB", recalled, len(b.recall.recent.templates)+len(b.recall.older.templates), (b.recall.recent.size+b.recall.older.size)>>10)
		})
	}
}

// TestRecallDeferred: what is edited into a promise is the message alone.
func TestRecallDeferred(t *testing.T) {
	s := facts.NewSnapshot(smallBase())
	b := unlimited(t, func() *facts.Snapshot { return s })
	r := b.guarded(asking(t, "When is the fair?", "en", false))
	if want := `{"type":4,"data":` + spelt(t, Response{Type: r.Type, Data: r.Data})[len(responseOpens):]; spelt(t, r) != want {
		t.Errorf("the data is %s, the whole %s", r.Data, spelt(t, r))
	}
}

// TestRecallBounds asks more than is held, and gets answers that are alike to
// none.
func TestRecallBounds(t *testing.T) {
	s := facts.NewSnapshot(smallBase())
	r := newRecall()
	for i := range 5 * mostQuestions {
		question := fmt.Sprint("When is the fair ", i)
		reply := commands.Reply{Outcome: facts.Decline, Asked: question, Decision: facts.Decision{Outcome: facts.Decline}}
		if i%8 == 0 {
			reply.Body = strings.Repeat(strconv.Itoa(i)+" ", 300)
		}
		if _, ok := r.learn(s, recallKey{question: question}, reply, nil); !ok {
			t.Fatal("it was not kept")
		}
		if _, ok := r.get(s, recallKey{question: "When is the fair 0"}.fingerprint()); !ok {
			t.Fatalf("what is asked again and again is forgotten after %d", i)
		}
		for _, g := range []*generation{r.recent, r.older} {
			if len(g.answers) > mostQuestions || g.size > mostTemplates || len(g.templates) > len(g.answers) {
				t.Fatalf("%d questions, %d templates of %d bytes are held", len(g.answers), len(g.templates), g.size)
			}
		}
	}
}

// TestRecallReload: other facts answer anew, and the old ones can go.
func TestRecallReload(t *testing.T) {
	current := facts.NewSnapshot(smallBase())
	b := unlimited(t, func() *facts.Snapshot { return current })
	in := asking(t, "When is the fair?", "en", false)
	ask := func(want string) {
		t.Helper()
		for range 2 {
			if r, _ := answered(b, in, time.Now()); !strings.Contains(spelt(t, r), want) {
				t.Errorf("got %s, want %s", spelt(t, r), want)
			}
		}
	}
	ask("in May")
	old := weak.Make(current)
	changed := smallBase()
	changed.Facts[0].Answer[0].Text = "The fair is held in June."
	current = facts.NewSnapshot(changed)
	until(t, "the old facts are gone", func() bool { runtime.GC(); return old.Value() == nil })
	ask("in June")
}

// TestLikeness changes one thing of a reply at a time: it looks different, or
// has no template at all. Only the question may be another.
func TestLikeness(t *testing.T) {
	whole := func() commands.Reply {
		return commands.Reply{Asked: "a", Facts: []commands.Fact{{ID: "b"}}, Examples: []string{"c"}, Notes: []string{"d"}, Buttons: [][]commands.Button{{{Label: "e"}, {Label: "f"}}}}
	}
	first, ok := likeness(whole())
	if !ok {
		t.Fatal("a reply has no likeness")
	}
	changes := map[string]any{
		"Outcome": facts.Answer, "Lang": "x", "Title": "x", "Headline": "x", "Body": "x", "Heading": "x", "Facts": []commands.Fact{{ID: "x"}}, "Examples": []string{"x"},
		"Entries": []commands.Entry{{}}, "Notes": []string{"x"}, "Decision": facts.Decision{Outcome: facts.Answer}, "Private": true, "Replaces": true, "For": "x",
		"Buttons": [][]commands.Button{{{Label: "e"}}, {{Label: "f"}}}, "Menu": &commands.Menu{}, "Form": &commands.Form{}, "Err": errors.New("x"), "Asked": "", "Files": []commands.File{{}}, "Missed": &commands.Miss{Gap: "x"},
	}
	for field := range reflect.TypeFor[commands.Reply]().Fields() {
		r := whole()
		to, named := changes[field.Name]
		if !named {
			t.Errorf("nothing is known of %s: add it here and to likeness", field.Name)
			continue
		}
		reflect.ValueOf(&r).Elem().FieldByName(field.Name).Set(reflect.ValueOf(to))
		if f, ok := likeness(r); ok && f == first {
			t.Errorf("another %s does not show", field.Name)
		}
	}
	r := whole()
	r.Asked = "another"
	if f, ok := likeness(r); !ok || f != first {
		t.Error("the question makes a difference")
	}
}

// TestPlainAsk reads /ask in two ways, with what is odd in JSON.
func TestPlainAsk(t *testing.T) {
	ask := func(options string) string { return interaction(2, `{"id":"9","name":"ask","options":[`+options+`]}`) }
	question := `{"name":"question","type":3,"value":"When?"}`
	tests := []struct {
		name, raw string
		plain     bool
	}{
		{"a question", ask(question), true},
		{"private", ask(question + `,{"name":"private","type":5,"value":true}`), true},
		{"not private", ask(`{"name":"private","type":5,"value":false},` + question), true},
		{"escapes", ask(`{"value":"\u0041\n\"\\ \ud83c\udfaa \ud800 축제","name":"question"}`), true},
		{"in a direct message", `{"type":2,"id":"1","token":"t","user":{"id":"7"},"data":{"name":"ask","options":[` + question + `]}}`, true},
		{"for somebody", ask(question + `,{"name":"for","type":6,"value":"7"}`), false},
		{"no question", ask(``), false},
		{"an empty one", ask(`{"name":"question","value":""}`), false},
		{"a number", ask(`{"name":"question","value":1}`), false},
		{"private in words", ask(question + `,{"name":"private","value":"true"}`), false},
		{"not UTF-8", ask(`{"name":"question","value":"a` + "\xff" + `"}`), false},
		{"another command", interaction(2, `{"name":"who","options":[`+question+`]}`), false},
		{"a suggestion", interaction(4, `{"name":"ask","options":[`+question+`]}`), false},
		{"no token", `{"type":2,"id":"1","data":{"name":"ask","options":[` + question + `]}}`, false},
		{"cut off", strings.TrimSuffix(ask(question), "}"), false},
		{"nothing", ``, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, plain := plainAsk([]byte(tt.raw))
			if plain != tt.plain {
				t.Fatalf("plain: %t", plain)
			}
			var want Interaction
			if !plain || json.Unmarshal([]byte(tt.raw), &want) != nil {
				return
			}
			if in.ID != want.ID || in.Type != want.Type || in.Token != want.Token || in.ChannelID != want.ChannelID || in.Locale != want.Locale || in.user().ID != want.user().ID || in.Data.Name != want.Data.Name || !reflect.DeepEqual(options(in), options(&want)) {
				t.Errorf("got %+v, want %+v", in, want)
			}
			if key := (recallKey{options(&want)["question"], want.Locale, options(&want)["private"] == "true"}); in.recallKey != key || !in.recallable {
				t.Errorf("the key is %+v, want %+v", in.recallKey, key)
			}
		})
	}
}

// TestBucketKeys: who asks is remembered without the rest of what came.
func TestBucketKeys(t *testing.T) {
	l, err := newLimits(Rate{Burst: 1, PerMinute: 1}, Rate{})
	if err != nil {
		t.Fatal(err)
	}
	came := strings.Repeat("7", 1<<10)
	whole := weak.Make(unsafe.StringData(came))
	l.allow(came[:18], "", "en", time.Now())
	until(t, "the rest is gone", func() bool { runtime.GC(); return whole.Value() == nil })
	runtime.KeepAlive(l)
}
