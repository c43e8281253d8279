package main

import (
	"net/http"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
)

// TestBusy has more come than fits: what does not is told so at once, and
// what does is answered.
func TestBusy(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	defer all.Wait()
	for _, transport := range []string{"gateway", "both"} {
		all.Go(func() {
			t.Run(transport, func(t *testing.T) {
				l := newLive(t, patient())
				l.settings += "workers: 1\nqueue: 1\n"
				l.serveOver(transport)
				l.occupy(t, 3*time.Second)
				waits := l.ask(t, "alex")
				until(t, "one waits", func() bool { return l.metric("summitbot_queue_length") == 1 })
				for who, want := range map[string]string{"mina": "요청이 너무 많습니다", "yuki": "混み合っています", "cora": "too much to do"} {
					i := l.ask(t, who)
					has(t, message(t, i), true, want)
					if r, err := i.Response(within(t)); err != nil || r.After > time.Second {
						t.Errorf("%s waited %v, %v", who, r.After, err)
					}
				}
				r, err := l.Member("mina").Autocomplete(within(t), l.Channel("general"), "ask", "question", "부산").Response(within(t))
				if err != nil || len(r.Choices()) > 0 {
					t.Errorf("autocomplete: %+v, %v, want no choices", r, err)
				}
				has(t, message(t, waits), false, "Busan")
				l.asks(t, "mina")
				if n := l.metric(`summitbot_refused_total{why="busy"}`); n != 4 {
					t.Errorf("refused: %v, want 4", n)
				}
			})
		})
	}
}

// occupy keeps a worker busy with a reply that Discord takes so slowly.
func (l *live) occupy(t *testing.T, d time.Duration) {
	t.Helper()
	before := l.Log().Count(http.MethodPost, messagesRoute)
	l.Fail(localdiscord.Fault{Kind: localdiscord.Slow, Method: http.MethodPost, Route: messagesRoute, Delay: d})
	if _, err := l.Member("otto").Say(within(t), l.Channel("general"), question, localdiscord.SayOptions{Mention: true}); err != nil {
		t.Fatal(err)
	}
	until(t, "the worker is busy", func() bool { return l.Log().Count(http.MethodPost, messagesRoute) > before })
}

// TestMemberLimit has one member press ten buttons at once, with the limits
// that nobody has changed.
func TestMemberLimit(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	defer all.Wait()
	for _, transport := range []string{"gateway", "http"} {
		all.Go(func() {
			t.Run(transport, func(t *testing.T) {
				l := newLive(t, patient())
				l.settings = standard
				l.serveOver(transport)
				m := message(t, l.ask(t, "alex"))
				id := button(t, m, "1/sources/")
				var pressed []*localdiscord.Interaction
				for range 10 {
					pressed = append(pressed, l.Member("mina").Press(within(t), m, id))
				}
				slow := regexp.MustCompile(`요청이 한꺼번에 몰렸습니다\. [1-3]초 뒤에`)
				limited := 0
				for _, i := range pressed {
					answer := message(t, i)
					has(t, answer, true)
					if slow.MatchString(answer.Text()) {
						limited++
					}
				}
				// Six at once, and one more every three seconds.
				if limited < 3 || limited > 4 {
					t.Errorf("%d of 10 were told to slow down, want 4", limited)
				}
				l.asks(t, "yuki")
				l.asks(t, "alex")
				if n := l.metric(`summitbot_refused_total{why="limit"}`); n != float64(limited) {
					t.Errorf("refused: %v, want %d", n, limited)
				}
				if lines := l.complaints(); len(lines) > 0 {
					t.Errorf("the log complains: %q", lines)
				}
			})
		})
	}
}

// TestChannelLimit has many members ask in one channel. Suggestions are not
// limited, and other channels are not affected.
func TestChannelLimit(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.settings = "channel_burst: 4\nchannel_per_minute: 0.1\n"
	l.serveOver("gateway")
	for _, who := range []string{"mina", "yuki", "alex", "cora"} {
		l.asks(t, who)
	}
	has(t, message(t, l.ask(t, "otto")), true, "This channel asks a lot right now. Please wait 600 seconds.")
	has(t, message(t, l.ask(t, "mina")), true, "이 채널에서 요청이 너무 많습니다")
	for range 50 {
		r, err := l.Member("mina").Autocomplete(within(t), l.Channel("general"), "ask", "question", "부산").Response(within(t))
		if err != nil || len(r.Choices()) == 0 {
			t.Fatalf("autocomplete: %+v, %v", r, err)
		}
	}
	has(t, message(t, l.Member("otto").Slash(within(t), l.Channel("questions"), "ask", localdiscord.Opt("question", question))), false, "Busan")
}

// TestMentionLimit has a member mention the bot again and again: they are told
// once to slow down, and then not answered.
func TestMentionLimit(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	l.settings = "user_burst: 2\nuser_per_minute: 0.1\n"
	l.serveOver("gateway")
	const times = 7
	for n := range times {
		if _, err := l.Member("otto").Say(within(t), l.Channel("general"), question, localdiscord.SayOptions{Mention: true}); err != nil {
			t.Fatal(err)
		}
		// One after the other: events may overtake each other.
		until(t, "it is dealt with", func() bool {
			return l.botMessages() == min(n+1, 3) && int(l.metric(`summitbot_refused_total{why="limit"}`)) == max(0, n-1)
		})
	}
	told := 0
	for _, m := range l.Messages(l.Channel("general")) {
		if m.Author.Bot && strings.Contains(m.Text(), "That was a lot at once. Please wait") {
			told++
		}
	}
	if told != 1 || l.botMessages() != 3 {
		t.Errorf("%d messages, %d of which tell to slow down; want 3 and 1", l.botMessages(), told)
	}
	has(t, said(t, l, "mina", "general", question, localdiscord.SayOptions{Mention: true}), false, "Busan")
}

// botMessages counts what the bot wrote in general.
func (l *live) botMessages() (n int) {
	for _, m := range l.Messages(l.Channel("general")) {
		if m.Author.Bot {
			n++
		}
	}
	return n
}

// TestFlood sends 100,000 events of each kind that are not for the bot. They
// leave nothing behind. It measures the memory of this process, so no other
// test runs beside it.
func TestFlood(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	const (
		replayed = 6_000   // more than the local Discord keeps for a resume
		most     = 4 << 20 // bytes; 20 for each event
	)
	events := 100_000
	if raced() { // ten times slower, and what is looked for is the same
		events /= 10
	}
	o := patient()
	o.CallbackWindow = time.Minute // the question comes after all events
	l := newLive(t, o)
	l.serveOver("gateway")
	message := object{"id": "1500000000000000001", "channel_id": l.Channel("general").ID, "guild_id": l.GuildID(), "type": 0, "content": gossip, "author": object{"id": "15", "username": "somebody"}, "mentions": []any{}}
	guild := object{"id": "1500000000000000002", "name": gossip, "member_count": 12, "channels": []any{object{"id": "1500000000000000003", "type": 0}}, "members": []any{}}
	flood := func(n int) {
		t.Helper()
		for name, data := range map[string]any{"GUILD_CREATE": guild, "MESSAGE_CREATE": message} {
			if err := l.Flood(n, name, data); err != nil {
				t.Fatal(err)
			}
			answer, err := l.ask(t, "mina").Message(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			has(t, answer, false, "Busan")
		}
	}
	flood(replayed)
	before := heap()
	flood(events)
	grown := 0
	until(t, "the heap is as it was", func() bool {
		grown = heap() - before
		return grown < most
	})
	t.Logf("the heap has grown by %d KiB", grown>>10)
	l.asks(t, "alex")
	if lines := append(l.lines("gateway connection lost"), l.complaints()...); len(lines) > 0 {
		t.Errorf("the log complains: %q", lines)
	}
}

// raced reports whether the race detector is built in.
func raced() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// heap is how many bytes are in use once what is not has been collected.
func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // frees what finalizers and pools still held
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
