package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitbot/bot/localdiscord"
)

// get asks serve over HTTP.
func (l *live) get(path string) (int, string) {
	response, err := http.Get("http://" + l.listen + path)
	if err != nil {
		return 0, ""
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body)
}

// TestScenarios does everything that members can do, over each transport.
func TestScenarios(t *testing.T) {
	for _, transport := range []string{"gateway", "http", "both"} {
		t.Run(transport, func(t *testing.T) {
			l := newLive(t, localdiscord.Options{})
			l.serve("--transport", transport)
			if transport != "http" {
				if err := l.WaitConnected(within(t)); err != nil {
					t.Fatal(err)
				}
			}
			if transport != "gateway" {
				if err := l.SetEndpoint(within(t), "http://"+l.listen+"/interactions"); err != nil {
					t.Fatal(err)
				}
			}
			for _, s := range scenarios {
				if s.overGateway && transport == "http" {
					continue
				}
				t.Run(s.name, func(t *testing.T) { s.run(t, l) })
			}
			if code := l.end(); code != exitOK {
				t.Errorf("serve ended with %d", code)
			}
		})
	}
}

// A scenario is something that members do.
type scenario struct {
	name        string
	overGateway bool // it needs messages
	run         func(t *testing.T, l *live)
}

var scenarios = []scenario{
	{"ask", false, func(t *testing.T, l *live) {
		m := message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "Where was the summit held?")))
		has(t, m, false, "Where was the summit held?", "Busan", "Associated Press", "paragraph 2", "#:~:text=", "As reported", "30 September 2025")
	}},
	{"ask in Korean, by a Japanese reader", false, func(t *testing.T, l *live) {
		m := message(t, l.Member("yuki").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "정상회담은 어디서 열렸나요?")))
		has(t, m, false, "부산에서 열렸습니다", "제2문단")
	}},
	{"ask in Japanese", false, func(t *testing.T, l *live) {
		m := message(t, l.Member("yuki").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "首脳会談はどこで開かれましたか")))
		has(t, m, false, "釜山で開かれました", "第2段落")
	}},
	{"ask privately", false, func(t *testing.T, l *live) {
		m := message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "Where was the summit held?"), localdiscord.Opt("private", true)))
		has(t, m, true, "Busan")
	}},
	{"ask for somebody", false, func(t *testing.T, l *live) {
		mina := l.Member("mina")
		m := message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "Where was the summit held?"), localdiscord.Opt("for", mina)))
		if pings := m.Pings(); len(pings) != 1 || !strings.Contains(pings[0], mina.ID) {
			t.Errorf("it pings %v, want %s alone", pings, mina.ID)
		}
	}},
	{"decline, and pass the question on", false, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		m := message(t, alex.Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "How long did the two leaders talk @everyone **now**?")))
		has(t, m, true, "does not hold", "does not say how long")
		form := alex.Press(within(t), m, button(t, m, "1/pass"))
		if raw := opened(t, form); !strings.Contains(raw, "How long did the two leaders talk") {
			t.Errorf("the form does not hold the question: %s", raw)
		}
		has(t, message(t, alex.Submit(within(t), form, map[string]string{"text": "How long did they talk?"})), true, "The curators will see the question")
	}},
	{"choices, and pick one", false, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		m := message(t, alex.Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", choicesQuestion(t))))
		has(t, m, false, "Did you mean one of these?")
		other := message(t, l.Member("mina").Press(within(t), m, button(t, m, "1/pick/")))
		has(t, other, true, "문단")
		answered := message(t, alex.Press(within(t), m, button(t, m, "1/pick/")))
		has(t, answered, false, "paragraph")
		if answered.ID != m.ID {
			t.Error("the answer did not take the place of the choice")
		}
	}},
	{"feedback", false, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		m := message(t, alex.Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "Where was the summit held?")))
		has(t, message(t, alex.Press(within(t), m, button(t, m, "1/yes/"))), true, "Thank you")
		form := alex.Press(within(t), m, button(t, m, "1/no/"))
		opened(t, form)
		has(t, message(t, alex.Submit(within(t), form, map[string]string{"text": "it is a harbour"})), true, "curators")
		mina := l.Member("mina").Press(within(t), m, button(t, m, "1/yes/"))
		has(t, message(t, mina), true, "고맙습니다")
	}},
	{"sources and related facts of an answer", false, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		m := message(t, alex.Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "Where was the summit held?")))
		has(t, message(t, alex.Press(within(t), m, button(t, m, "1/sources/"))), true, "Sources", "paragraph 2", "Open the source")
		has(t, message(t, alex.Press(within(t), m, button(t, m, "1/fact/"))), true, "paragraph")
	}},
	{"small talk", false, func(t *testing.T, l *live) {
		m := message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "hello!")))
		has(t, m, false, "Hello!")
	}},
	{"autocomplete of a question", false, func(t *testing.T, l *live) {
		r, err := l.Member("mina").Autocomplete(within(t), l.Channel("general"), "ask", "question", "부산").Response(within(t))
		if err != nil {
			t.Fatal(err)
		}
		list := r.Choices()
		if len(list) < 3 {
			t.Fatalf("got %+v", list)
		}
		m := message(t, l.Member("mina").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", list[0].Value)))
		has(t, m, false, "문단")
	}},
	{"autocomplete of nothing, and of nonsense", false, func(t *testing.T, l *live) {
		for text, most := range map[string]int{"": 25, strings.Repeat("qx", 300): 0} {
			r, err := l.Member("alex").Autocomplete(within(t), l.Channel("general"), "ask", "question", text).Response(within(t))
			if err != nil || len(r.Choices()) > most || most > 0 && len(r.Choices()) == 0 {
				t.Errorf("%.10q: got %d, %v", text, len(r.Choices()), err)
			}
		}
	}},
	{"fact", false, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		r, err := alex.Autocomplete(within(t), l.Channel("general"), "fact", "fact", "whr smmt held").Response(within(t))
		if err != nil || len(r.Choices()) == 0 {
			t.Fatalf("got %+v, %v", r, err)
		}
		has(t, message(t, alex.Slash(within(t), l.Channel("general"), "fact", localdiscord.Opt("fact", r.Choices()[0].Value))), false, "paragraph")
		has(t, message(t, alex.Slash(within(t), l.Channel("general"), "fact", localdiscord.Opt("fact", "qqqqxxxx"))), true, "I know no fact like")
	}},
	{"topics", false, func(t *testing.T, l *live) {
		mina := l.Member("mina")
		m := message(t, mina.Slash(within(t), l.Channel("general"), "topics"))
		has(t, m, true, "주제", "정상회담")
		list := message(t, mina.Select(within(t), m, "1/topic", "busan-summit/investment"))
		has(t, list, true, "대미 투자")
		has(t, message(t, mina.Select(within(t), list, "1/choose", "busan-summit/japan-investment")), true, "5500억 달러")
	}},
	{"timeline", false, func(t *testing.T, l *live) {
		has(t, message(t, l.Member("yuki").Slash(within(t), l.Channel("general"), "timeline")), true, "年表", "1965年", "2025年8月", "<t:1759233600:D>")
	}},
	{"who", false, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		r, err := alex.Autocomplete(within(t), l.Channel("general"), "who", "name", "이재").Response(within(t))
		if err != nil || len(r.Choices()) == 0 {
			t.Fatalf("got %+v, %v", r, err)
		}
		m := message(t, alex.Slash(within(t), l.Channel("general"), "who", localdiscord.Opt("name", r.Choices()[0].Value)))
		has(t, m, true, "Lee Jae-myung", "이재명", "李在明", "Facts about it")
		has(t, message(t, alex.Slash(within(t), l.Channel("general"), "who", localdiscord.Opt("name", "石破"))), true, "Shigeru Ishiba")
		has(t, message(t, alex.Slash(within(t), l.Channel("general"), "who", localdiscord.Opt("name", "Zaphod"))), true, "I know no name")
	}},
	{"compare", false, func(t *testing.T, l *live) {
		m := message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "compare"))
		has(t, m, true, "Japan", "South Korea", "$550 billion", "$350 billion")
		same := message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "compare", localdiscord.Opt("first", "Japan"), localdiscord.Opt("second", "Japan")))
		has(t, same, true, "two different names")
	}},
	{"sources", false, func(t *testing.T, l *live) {
		has(t, message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "sources")), true, "Leaders of Japan, South Korea commit", "Facts that rest on it: 82", "Open")
	}},
	{"help", false, func(t *testing.T, l *live) {
		m := message(t, l.Member("mina").Slash(within(t), l.Channel("general"), "help"))
		has(t, m, true, "질문하는 방법", "/ask", "이렇게 질문해 보십시오")
	}},
	{"about", false, func(t *testing.T, l *live) {
		has(t, message(t, l.Member("yuki").Slash(within(t), l.Channel("general"), "about")), true, "このボットについて", "事実82件")
	}},
	{"privacy", false, func(t *testing.T, l *live) {
		has(t, message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "privacy")), true, "without who asked it", "deleted")
	}},
	{"check a message", false, func(t *testing.T, l *live) {
		alex, general := l.Member("alex"), l.Channel("general")
		said, err := l.Member("otto").Say(within(t), general, "They met in Busan on Tuesday. Japan pledged 550 billion dollars, I hear! What's for lunch?", localdiscord.SayOptions{})
		if err != nil {
			t.Fatal(err)
		}
		has(t, message(t, alex.MessageCommand(within(t), general, "Check with the facts", said)), true, "What the facts say about this", "$550 billion", "does not say whether the message is true")
		lunch, err := l.Member("otto").Say(within(t), general, "I had noodles.", localdiscord.SayOptions{Components: []any{map[string]any{"type": 99, "content": "from the future"}}})
		if err != nil {
			t.Fatal(err)
		}
		has(t, message(t, alex.MessageCommand(within(t), general, "Check with the facts", lunch)), true, "nothing on this")
	}},
	{"user install, where the bot is not", false, func(t *testing.T, l *live) {
		for _, channel := range []string{"lounge", "private"} {
			m := message(t, l.Member("alex").Slash(within(t), l.Channel(channel), "ask", localdiscord.Opt("question", "Where was the summit held?")))
			has(t, m, false, "Busan")
		}
	}},
	{"in a direct message", false, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		m := message(t, alex.Slash(within(t), l.DM(alex), "ask", localdiscord.Opt("question", "Where was the summit held?")))
		has(t, m, false, "Busan")
	}},
	{"buttons of a fact that is gone, and of another version", false, func(t *testing.T, l *live) {
		for id, want := range map[string]string{
			"1/fact/busan-summit/never-was": "no longer in the fact base", "1/yes/busan-summit/never-was/0": "no longer", "1/no/busan-summit/never-was/0": "no longer",
			"1/sources/busan-summit/never-was": "no longer", "1/pick/busan-summit/never-was": "no longer",
			"2/fact/busan-summit/summit-place": "do not know that button", "1/why/x": "do not know that button", "1/fly": "do not know that button", "x": "do not know that button",
		} {
			m := old(t, l, id)
			has(t, message(t, l.Member("alex").Press(within(t), m, id)), true, want)
		}
		m := old(t, l, "1/fact/busan-summit/summit-place")
		has(t, message(t, l.Member("alex").Press(within(t), m, "1/fact/busan-summit/summit-place")), true, "Busan")
	}},
	{"mention", true, func(t *testing.T, l *live) {
		reply := said(t, l, "mina", "general", "정상회담은 어디서 열렸나요?", localdiscord.SayOptions{Mention: true})
		has(t, reply, false, "부산에서 열렸습니다")
	}},
	{"mention without a question", true, func(t *testing.T, l *live) {
		has(t, said(t, l, "alex", "general", "", localdiscord.SayOptions{Mention: true}), false, "Ask me a question", "Try asking")
	}},
	{"reply to the bot", true, func(t *testing.T, l *live) {
		first := said(t, l, "alex", "general", "When did they meet?", localdiscord.SayOptions{Mention: true})
		has(t, said(t, l, "alex", "general", "And where was the summit held?", localdiscord.SayOptions{Mention: true, ReplyTo: first}), false, "Busan")
	}},
	{"direct message", true, func(t *testing.T, l *live) {
		alex := l.Member("alex")
		asked, err := alex.Say(within(t), l.DM(alex), "How long did they talk?", localdiscord.SayOptions{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := l.WaitMessage(within(t), l.DM(alex), func(m localdiscord.Message) bool { return m.ReplyTo == asked.ID })
		if err != nil {
			t.Fatal(err)
		}
		has(t, m, false, "does not hold", "does not say how long")
		form := alex.Press(within(t), m, button(t, m, "1/pass"))
		opened(t, form)
		has(t, message(t, alex.Submit(within(t), form, map[string]string{"text": "How long?"})), true, "curators")
	}},
	{"choices in reply to a mention", true, func(t *testing.T, l *live) {
		m := said(t, l, "alex", "general", choicesQuestion(t), localdiscord.SayOptions{Mention: true})
		has(t, m, false, "Did you mean")
		answered := message(t, l.Member("alex").Press(within(t), m, button(t, m, "1/pick/")))
		if answered.ID != m.ID {
			t.Errorf("the answer did not take the place of the choice: %s", answered.Raw)
		}
	}},
	{"what members write neither pings nor breaks the markdown", true, func(t *testing.T, l *live) {
		m := said(t, l, "alex", "general", "@everyone <@1> <@&2> **bold** `code` ||spoiler|| [x](http://y) how tall is the moon", localdiscord.SayOptions{Mention: true})
		has(t, m, false)
		for _, bad := range []string{"**bold", "[x](http"} {
			if strings.Contains(string(m.Raw), `"description":"`+bad) {
				t.Errorf("%q is markup", bad)
			}
		}
	}},
}

// choicesQuestion is a question with near ties in the embedded base. Which one
// is, changes with the base: people asked these.
func choicesQuestion(t *testing.T) string {
	t.Helper()
	paths, err := filepath.Glob("../facts/testdata/rounds/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		c := &console{in: bytes.NewReader(data), out: &out, err: io.Discard, getenv: func(string) string { return "" }}
		run(t.Context(), c, []string{"ask", "--jsonl"})
		for line := range strings.Lines(out.String()) {
			var r struct{ Q, Outcome, Lang string }
			if json.Unmarshal([]byte(line), &r) == nil && r.Outcome == "choices" && r.Lang == "en" {
				return r.Q
			}
		}
	}
	t.Fatal("no question of the rounds has near ties")
	return ""
}

// old is a message with a button as an earlier or a later version of the bot
// may have left it.
func old(t *testing.T, l *live, id string) localdiscord.Message {
	t.Helper()
	body := json.RawMessage(fmt.Sprintf(`{"content":"old","components":[{"type":1,"components":[{"type":2,"style":2,"label":"old","custom_id":%q}]}]}`, id))
	var m struct{ ID string }
	l.rest(t, http.MethodPost, "/api/v10/channels/"+l.Channel("general").ID+"/messages", body, &m)
	if m.ID == "" {
		t.Fatal("the message has no id")
	}
	found, err := l.WaitMessage(within(t), l.Channel("general"), func(have localdiscord.Message) bool { return have.ID == m.ID })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// opened waits for a form, and returns its JSON.
func opened(t *testing.T, i *localdiscord.Interaction) string {
	t.Helper()
	r, err := i.Response(within(t))
	if err != nil || r.Type != localdiscord.ResponseModal {
		t.Fatalf("got %+v, %v, want a form", r, err)
	}
	return string(r.Raw)
}

// said is the bot's reply to what a member writes.
func said(t *testing.T, l *live, who, where, text string, o localdiscord.SayOptions) localdiscord.Message {
	t.Helper()
	asked, err := l.Member(who).Say(within(t), l.Channel(where), text, o)
	if err != nil {
		t.Fatal(err)
	}
	m, err := l.WaitMessage(within(t), l.Channel(where), func(m localdiscord.Message) bool { return m.ReplyTo == asked.ID })
	if err != nil {
		t.Fatalf("no reply: %v", err)
	}
	return m
}
