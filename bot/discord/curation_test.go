package discord

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
	"summitbot/commands"
	"summitbot/facts"
)

var contract = sync.OnceValues(func() (*localdiscord.Contract, error) {
	return localdiscord.LoadContract(filepath.Join("..", "..", "..", "shared", "discord", "openapi.json"))
})

// A stage is a bot whose commands and actions the test makes up, on a local
// Discord.
type stage struct {
	*localdiscord.Server
	t   *testing.T
	bot *Bot
	log *safeBuffer

	mu     sync.Mutex
	posted []commands.Posting
	fault  error // of the store
	lost   map[string]int
	calls  []commands.Call
}

// transports are how interactions come.
var transports = []string{"gateway", "http"}

// onEach runs a test over each transport.
func onEach(t *testing.T, c BotConfig, test func(t *testing.T, s *stage)) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			test(t, newStage(t, transport, c))
		})
	}
}

// newStage starts a bot over a transport. Without a DeferAfter of its own it
// has much time.
func newStage(t *testing.T, transport string, c BotConfig) *stage {
	t.Helper()
	check, err := contract()
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	srv, err := localdiscord.New(localdiscord.Options{Contract: check, AnyCommand: true, CallbackWindow: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{Server: srv, t: t, lost: map[string]int{}}
	c.Log, s.log = testLog(t)
	c.ApplicationID, c.Posted = srv.ApplicationID(), s.keep
	c.Metrics.Unposted = func(why string, n int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.lost[why] += n
	}
	c.User, c.Channel = Rate{Burst: 1000, PerMinute: 1}, Rate{Burst: 1000, PerMinute: 1}
	if c.DeferAfter == 0 {
		c.DeferAfter = 5 * time.Second
	}
	snapshot := facts.NewSnapshot(smallBase())
	env := &commands.Env{Facts: func() *facts.Snapshot { return snapshot }, Store: keptFor(t), Learner: noLearner{}}
	client := NewClient(ClientConfig{BaseURL: srv.URL(), Token: srv.Token(), ApplicationID: srv.ApplicationID(), Log: c.Log})
	if s.bot, err = NewBot(env, client, c); err != nil {
		t.Fatal(err)
	}
	env.Messenger = s.bot
	stop := s.receive(transport, client)
	t.Cleanup(func() {
		stop()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = s.bot.Close(ctx)
		client.Close()
		srv.Close()
		for _, v := range srv.Violations() {
			t.Errorf("Discord would have refused: %v", v)
		}
	})
	return s
}

// receive connects the bot.
func (s *stage) receive(transport string, client *Client) (stop func()) {
	s.t.Helper()
	if transport == "http" {
		key, err := ParsePublicKey(s.PublicKeyHex())
		if err != nil {
			s.t.Fatal(err)
		}
		web := httptest.NewServer(s.bot.Webhook(key))
		if err := s.SetEndpoint(s.t.Context(), web.URL); err != nil {
			s.t.Fatal(err)
		}
		return web.Close
	}
	gateway := NewGateway(GatewayConfig{Client: client, Intents: Intents, Handle: s.bot.HandleEvent, Timings: fast})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = gateway.Run(ctx)
	}()
	if err := s.WaitConnected(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	return func() { cancel(); <-done }
}

// keep is the store.
func (s *stage) keep(_ context.Context, list []commands.Posting) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault == nil {
		s.posted = append(s.posted, list...)
	}
	return s.fault
}

func (s *stage) kept() []commands.Posting {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.posted)
}

// replies has every command and action reply so, after a while.
func (s *stage) replies(after time.Duration, replaces bool, reply func(commands.Call, string) commands.Reply) {
	take := func(call commands.Call, what string) commands.Reply {
		s.mu.Lock()
		s.calls = append(s.calls, call)
		s.mu.Unlock()
		time.Sleep(after)
		return reply(call, what)
	}
	s.bot.does = deeds{
		find: func(name string) (commands.Command, bool) {
			c := commands.Command{Name: name, Run: func(_ context.Context, _ *commands.Env, call commands.Call) commands.Reply { return take(call, name) }}
			c.Suggest = func(_ *commands.Env, call commands.Call, option string) []commands.Suggestion {
				return []commands.Suggestion{{Label: name + " " + option, Value: call.Options[option]}}
			}
			return c, name != "nothing"
		},
		press: func(_ context.Context, _ *commands.Env, call commands.Call, id, _ string) commands.Reply {
			return take(call, id)
		},
		replaces: func(string) bool { return replaces },
	}
}

// note is a reply with a button that does something.
func note(text string, private bool) commands.Reply {
	return commands.Reply{Lang: "en", Headline: text, Private: private, Buttons: [][]commands.Button{{{Label: "Next", Does: commands.Action{Verb: "next"}}}}}
}

// replacing is a note in place of the message.
func replacing(text string) commands.Reply {
	r := note(text, true)
	r.Replaces = true
	return r
}

// answer is the reply with the first fact.
func (s *stage) answer() commands.Reply {
	snapshot := s.bot.env.Facts()
	ref, _ := snapshot.Lookup("fair/fair-day")
	return commands.Show(snapshot, ref, "en")
}

func (s *stage) soon() context.Context {
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	s.t.Cleanup(cancel)
	return ctx
}

func (s *stage) message(i *localdiscord.Interaction) localdiscord.Message {
	s.t.Helper()
	m, err := i.Message(s.soon())
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

func TestSubcommandIsCalled(t *testing.T) {
	onEach(t, BotConfig{}, func(t *testing.T, s *stage) {
		s.t = t
		s.replies(0, false, func(call commands.Call, what string) commands.Reply {
			return note(what+": "+call.Options["fact"]+" "+strings.Join(call.Roles, ","), true)
		})
		cora, general := s.Member("cora"), s.Channel("general")
		m := s.message(cora.Slash(t.Context(), general, "facts edit", localdiscord.Opt("fact", "day")))
		if want := "facts edit: day " + s.CuratorRole().ID; !strings.Contains(m.Text(), want) || !m.Ephemeral() {
			t.Errorf("got %q, want %q", m.Text(), want)
		}
		r, err := cora.Autocomplete(t.Context(), general, "facts edit", "fact", "da").Response(s.soon())
		if got := r.Choices(); err != nil || len(got) != 1 || got[0].Name != "facts edit fact" || got[0].Value != "da" {
			t.Errorf("got %v, %v", got, err)
		}
		if m := s.message(cora.Forge().Slash(t.Context(), general, "nothing")); !strings.Contains(m.Text(), "do not know that command") {
			t.Errorf("got %q", m.Text())
		}
	})
}

// TestForms fills in five inputs of a form behind a button of an ephemeral
// message, which the reply takes the place of: at once and late.
func TestForms(t *testing.T) {
	form := &commands.Form{Title: "Edit", Does: commands.Action{Verb: "form"}}
	for _, name := range []string{"title", "answer", "when", "link", "quote"} {
		form.Inputs = append(form.Inputs, commands.Input{Name: name, Label: "What " + name, Hint: "Hint", Short: name != "answer", Required: name == "title", Longest: 50})
	}
	for name, after := range map[string]time.Duration{"at once": 0, "late": 1300 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			onEach(t, BotConfig{DeferAfter: time.Second}, func(t *testing.T, s *stage) {
				s.t = t
				replies := func(call commands.Call, what string) commands.Reply {
					switch what {
					case "1/next":
						return commands.Reply{Form: form}
					case "1/form":
						return replacing("saved " + call.Fields["title"] + call.Fields["quote"] + call.Fields["when"])
					}
					return note("start", true)
				}
				s.replies(0, true, replies)
				cora := s.Member("cora")
				m := s.message(cora.Slash(t.Context(), s.Channel("general"), "facts edit"))
				open := cora.Press(t.Context(), m, "1/next")
				if r, err := open.Response(s.soon()); err != nil || r.Type != localdiscord.ResponseModal {
					t.Fatalf("%+v, %v", r, err)
				}
				s.replies(after, true, replies)
				submitted := cora.Submit(t.Context(), open, map[string]string{"title": "T", "quote": "Q", "when": "2025"})
				got := s.message(submitted)
				if got.ID != m.ID || !strings.Contains(got.Text(), "saved TQ2025") || !got.Ephemeral() {
					t.Errorf("got %q in another message: %t", got.Text(), got.ID != m.ID)
				}
				if r, _ := submitted.Response(s.soon()); r.Type != map[bool]int{true: localdiscord.ResponseUpdate, false: localdiscord.ResponseDeferredUpdate}[after == 0] {
					t.Errorf("response %d", r.Type)
				}
				alone := cora.Forge().Submit(t.Context(), localdiscord.Message{ChannelID: m.ChannelID}, "1/form", map[string]string{"title": "alone"})
				if got := s.message(alone); got.ID == m.ID || !got.Ephemeral() || !strings.Contains(got.Text(), "saved alone") {
					t.Errorf("without a message: %q", got.Text())
				}
			})
		})
	}
}

// TestLatePress keeps promises of all kinds.
func TestLatePress(t *testing.T) {
	late := BotConfig{DeferAfter: 100 * time.Millisecond}
	onEach(t, late, func(t *testing.T, s *stage) {
		s.t = t
		cora := s.Member("cora")
		show := func() localdiscord.Message {
			s.replies(0, false, func(commands.Call, string) commands.Reply { return note("start", true) })
			return s.message(cora.Slash(t.Context(), s.Channel("general"), "x"))
		}
		for _, tt := range []struct {
			name     string
			replaces bool
			reply    commands.Reply
			response int
			same     bool // it changes the message
			followup bool
			want     string
		}{
			{"replaces as said", true, replacing("second"), localdiscord.ResponseDeferredUpdate, true, false, "second"},
			{"does not replace as said", false, note("second", true), localdiscord.ResponseDeferred, false, false, "second"},
			{"said to replace and does not", true, note("second", true), localdiscord.ResponseDeferredUpdate, false, true, "second"},
			{"replaces unsaid", false, replacing("second"), localdiscord.ResponseDeferred, false, false, "second"},
			{"a form is too late", true, commands.Reply{Form: &commands.Form{}}, localdiscord.ResponseDeferredUpdate, false, true, "too much to do"},
			{"a file", true, commands.Reply{Lang: "en", Headline: "here", Replaces: true, Files: []commands.File{{Name: "a", Data: []byte("x")}}}, localdiscord.ResponseDeferredUpdate, true, false, "here"},
		} {
			m := show()
			s.replies(300*time.Millisecond, tt.replaces, func(commands.Call, string) commands.Reply { return tt.reply })
			i := cora.Press(t.Context(), m, "1/next")
			r, err := i.Response(s.soon())
			if err != nil || r.Type != tt.response {
				t.Errorf("%s: response %d, %v", tt.name, r.Type, err)
				continue
			}
			var got localdiscord.Message
			if tt.followup {
				all, err := i.WaitFollowups(s.soon(), 1)
				if err != nil {
					t.Fatal(err)
				}
				got = all[0]
				if now := s.Refresh(m); !strings.Contains(now.Text(), "start") {
					t.Errorf("%s: the message became %q", tt.name, now.Text())
				}
			} else {
				got = s.message(i)
			}
			if (got.ID == m.ID) != tt.same || !strings.Contains(got.Text(), tt.want) || !got.Ephemeral() || len(got.Files) != len(tt.reply.Files) {
				t.Errorf("%s: got %q, the same %t, files %d", tt.name, got.Text(), got.ID == m.ID, len(got.Files))
			}
		}
	})
}

// TestFiles attaches files to what answers commands and buttons.
func TestFiles(t *testing.T) {
	onEach(t, BotConfig{}, func(t *testing.T, s *stage) {
		s.t = t
		data := bytes.Repeat([]byte("fact\n"), 1<<18)
		file := func(r commands.Reply, size int) commands.Reply {
			r.Files = []commands.File{{Name: "facts.yaml", Data: data[:size]}, {Name: "이름\".yaml", Data: []byte("2")}}
			return r
		}
		cora, general := s.Member("cora"), s.Channel("general")
		ask := func(reply commands.Reply) *localdiscord.Interaction {
			s.replies(0, false, func(commands.Call, string) commands.Reply { return reply })
			return cora.Slash(t.Context(), general, "facts export")
		}
		whole := func(m localdiscord.Message, private bool) {
			t.Helper()
			if len(m.Files) != 2 || !bytes.Equal(m.Files[0].Data, data) || m.Files[0].Name != "facts.yaml" || m.Files[1].Name != "이름\".yaml" || m.Ephemeral() != private {
				t.Errorf("got %d files, private %t: %q", len(m.Files), m.Ephemeral(), m.Text())
			}
		}
		m := s.message(ask(file(note("here", true), len(data))))
		whole(m, true)
		whole(s.message(ask(file(note("here", false), len(data)))), false)
		// A message that takes its place has the files no longer, or others.
		s.replies(0, true, func(commands.Call, string) commands.Reply { return replacing("gone") })
		if got := s.message(cora.Press(t.Context(), m, "1/next")); got.ID != m.ID || len(got.Files) != 0 || !strings.Contains(got.Text(), "gone") {
			t.Errorf("got %d files, %q", len(got.Files), got.Text())
		}
		s.replies(0, true, func(commands.Call, string) commands.Reply { return file(replacing("again"), len(data)) })
		whole(s.message(cora.Press(t.Context(), m, "1/next")), true)
		// What is too large never leaves.
		data = append(data, make([]byte, MaxFiles)...)
		if got := s.message(ask(file(note("here", false), MaxFiles))); !got.Ephemeral() || len(got.Files) != 0 || !strings.Contains(got.Text(), "10 MiB") || !strings.Contains(got.Text(), "summitbot facts export") {
			t.Errorf("got %q", got.Text())
		}
		// Discord may take less than it says.
		data = data[:100]
		s.Fail(localdiscord.Fault{Kind: localdiscord.ErrorCode, Code: 40005, Method: "PATCH"})
		if got := s.message(ask(file(note("here", true), 100))); !got.Ephemeral() || !strings.Contains(got.Text(), "summitbot facts export") {
			t.Errorf("got %q", got.Text())
		}
		// What is lost on the way is sent again, whole.
		s.Fail(localdiscord.Fault{Kind: localdiscord.ServerError, Method: "PATCH", Status: 502})
		s.Fail(localdiscord.Fault{Kind: localdiscord.UserLimit, Method: "PATCH", RetryAfter: 10 * time.Millisecond})
		whole(s.message(ask(file(note("here", true), 100))), true)
	})
}

// TestMessenger sends what nobody has asked for.
func TestMessenger(t *testing.T) {
	s := newStage(t, "http", BotConfig{})
	ctx, mina, curators, general := t.Context(), s.Member("mina"), s.Channel("curators"), s.Channel("general")
	if err := s.bot.ToCurators(ctx, note("new", false)); !errors.Is(err, commands.ErrNoChannel) {
		t.Errorf("without a channel: %v", err)
	}
	s.bot.config.Curators = curators.ID
	r := note("new", true)
	r.Files = []commands.File{{Name: "a.txt", Data: []byte("x")}}
	if err := s.bot.ToCurators(ctx, r); err != nil {
		t.Error(err)
	}
	if all := s.Messages(curators); len(all) != 1 || !strings.Contains(all[0].Text(), "new") || all[0].Ephemeral() || len(all[0].Files) != 1 || len(all[0].Pings()) != 0 {
		t.Errorf("curators have %+v", all)
	}
	s.Fail(localdiscord.Fault{Kind: localdiscord.ServerError, Route: "/channels/{id}/messages", AfterWork: true})
	if err := s.bot.ToMember(ctx, mina.ID, "n1", note("answered", true)); err != nil {
		t.Error(err)
	}
	if all := s.Messages(s.DM(mina)); len(all) != 1 || !strings.Contains(all[0].Text(), "answered") {
		t.Errorf("mina has %d messages", len(all))
	}
	mina.CloseDMs(true)
	err := s.bot.ToMember(ctx, mina.ID, "n1", note("answered", true))
	if !errors.Is(err, commands.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
	if err := s.bot.ToMember(ctx, "1", "n2", note("answered", true)); err == nil || errors.Is(err, commands.ErrClosed) {
		t.Errorf("nobody: %v", err)
	}
	answer := s.answer()
	answer.For = mina.ID
	for _, nonce := range []string{"waiter-7", "waiter-7", strings.Repeat("n", 60), strings.Repeat("n", 60)} {
		if err := s.bot.ToChannel(ctx, general.ID, nonce, answer); err != nil {
			t.Error(err)
		}
	}
	all := s.Messages(general)
	if len(all) != 2 || !slices.Equal(all[0].Pings(), []string{"user:" + mina.ID}) || all[0].Content != mina.Mention() || all[0].Nonce != "waiter-7" || len(all[1].Nonce) != 25 {
		t.Errorf("%d messages: %+v", len(all), all)
	}
	until(t, "recorded", func() bool { return len(s.kept()) == 4 })
	if p := s.kept()[0]; p.Message != all[0].ID || p.Channel != general.ID || p.Fact != "fair/fair-day" {
		t.Errorf("recorded %+v", p)
	}
	r.Files[0].Data = make([]byte, MaxFiles+1)
	if err := s.bot.ToChannel(ctx, general.ID, "n", r); !errors.Is(err, ErrFiles) {
		t.Errorf("too large: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.bot.ToChannel(cancelled, general.ID, "c", note("x", false)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for _, complaint := range s.log.lines("level=") {
		if strings.Contains(complaint, s.Token()) {
			t.Error("the log holds the token")
		}
	}
}

// TestPostings records which messages show which facts to everybody: those
// that a command makes, at once, recalled or late, that a button changes, and
// that reply to a message. What one person alone sees is not recorded.
func TestPostings(t *testing.T) {
	onEach(t, BotConfig{DeferAfter: time.Second}, func(t *testing.T, s *stage) {
		s.t = t
		alex, general := s.Member("alex"), s.Channel("general")
		ask := func(options ...localdiscord.Option) localdiscord.Message {
			return s.message(alex.Slash(t.Context(), general, "ask", append(options, localdiscord.Opt("question", "When is the fair?"))...))
		}
		want := map[string]bool{ask().ID: true, ask().ID: true} // the second is recalled
		ask(localdiscord.Opt("private", true))
		own := s.bot.does
		s.replies(1300*time.Millisecond, false, func(commands.Call, string) commands.Reply { return s.answer() })
		want[ask(localdiscord.Opt("for", alex)).ID] = true  // late
		s.message(alex.Slash(t.Context(), general, "fact")) // late, and so for one alone
		s.replies(0, true, func(_ commands.Call, what string) commands.Reply {
			if what == "pick" {
				return note("which?", false)
			}
			r := s.answer()
			r.Replaces = true
			return r
		})
		m := s.message(alex.Slash(t.Context(), general, "pick"))
		want[s.message(alex.Press(t.Context(), m, "1/next")).ID] = true
		s.replies(0, true, func(_ commands.Call, what string) commands.Reply {
			r := s.answer()
			if r.Replaces = true; what == "pick" {
				return note("which?", true)
			}
			return r
		})
		hidden := s.message(alex.Slash(t.Context(), general, "pick"))
		s.message(alex.Press(t.Context(), hidden, "1/next"))
		s.bot.does = own
		if strings.Contains(t.Name(), "gateway") {
			said, err := alex.Say(t.Context(), general, "When is the fair?", localdiscord.SayOptions{Mention: true})
			if err != nil {
				t.Fatal(err)
			}
			reply, err := s.WaitMessage(s.soon(), general, func(m localdiscord.Message) bool { return m.ReplyTo == said.ID })
			if err != nil {
				t.Fatal(err)
			}
			want[reply.ID] = true
		}
		until(t, "recorded", func() bool { return len(s.kept()) >= len(want) })
		time.Sleep(100 * time.Millisecond)
		snapshot := s.bot.env.Facts()
		ref, _ := snapshot.Lookup("fair/fair-day")
		for _, p := range s.kept() {
			if !want[p.Message] || p.Channel != general.ID || p.Guild != s.GuildID() || p.Fact != "fair/fair-day" || p.Revision != ref.Fact.Revision() || p.Lang != "en" || p.At.IsZero() {
				t.Errorf("recorded %+v, wanted messages %v", p, want)
			}
			delete(want, p.Message)
		}
		if len(want) > 0 || len(s.lost) > 0 {
			t.Errorf("not recorded: %v, lost: %v", want, s.lost)
		}
	})
}
