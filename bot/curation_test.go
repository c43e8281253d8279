package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
	"summitbot/bot/state"
	"summitbot/bot/state/throwaway"
	"summitbot/facts"
)

// harbour is a base about a harbour that never was, with the comments and the
// layout that curators leave.
const harbour = `# The harbour, for tests.
base: harbour
title: { en: "The harbour", ko: "항구", ja: "港" }
languages: [en, ko, ja]

sources:
  gazette: { title: "The harbour opens", publisher: "Gazette", published: "2025-05-01", url: "https://example.org/a", language: en }

names:
  harbour: { kind: place, label: { en: "Harbour", ko: "항구", ja: "港" } }

topics:
  works: { en: "Works", ko: "공사", ja: "工事" }

facts:
  # Checked twice.
  - id: opening
    title: { en: "The opening", ko: "개항", ja: "開港" }
    answer:
      en: "The harbour opened on 1 May." # not 2 May
      ko: "항구는 5월 1일 문을 열었습니다."
      ja: "港は5月1日に開きました。"
    asks:
      en: ["When did the harbour open?", "opening day of the harbour"]
      ko: ["항구는 언제 문을 열었나요?"]
      ja: ["港はいつ開きましたか"]
    about: [harbour]
    when: "2025-05-01"
    sources:
      - { ref: gazette, paragraph: 1, quote: "opened on Thursday" }
    status: reported

  - id: depth
    title: { en: "The depth", ko: "수심", ja: "水深" }
    answer: { en: "The harbour is twelve metres deep.", ko: "항구의 수심은 12미터입니다.", ja: "港の水深は12メートルです。" }
    asks: { en: ["How deep is the harbour?"], ko: ["항구의 수심은 얼마입니까?"], ja: ["港の水深はどれくらいですか"] }
    sources: [{ ref: gazette, paragraph: 2 }]
    status: reported

  - id: builder
    title: { en: "The builder", ko: "시공사", ja: "施工者" }
    answer: { en: "Reed and Sons built the quays.", ko: "리드 앤드 선스가 부두를 지었습니다.", ja: "岸壁はリード・アンド・サンズが造りました。" }
    asks: { en: ["Who built the quays?", "which company built the quays"], ko: ["부두는 누가 지었습니까?"], ja: ["岸壁は誰が造りましたか"] }
    sources: [{ ref: gazette, paragraph: 5 }]
    status: reported

  - id: cost
    title: { en: "The cost", ko: "건설비", ja: "建設費" }
    answer: { en: "Building it cost nine million crowns.", ko: "건설비는 900만 크라운이었습니다.", ja: "建設費は900万クラウンでした。" }
    asks: { en: ["How much did building it cost?", "price of the works"], ko: ["건설비는 얼마였습니까?"], ja: ["建設費はいくらでしたか"] }
    sources: [{ ref: gazette, paragraph: 6 }]
    status: reported

  - id: ferries
    title: { en: "The ferries", ko: "여객선", ja: "フェリー" }
    answer: { en: "Two ferries a day sail to Port Island.", ko: "포트섬으로 가는 여객선은 하루 두 편입니다.", ja: "ポート島行きのフェリーは一日二便です。" }
    asks: { en: ["How many ferries sail to Port Island?", "ferries a day"], ko: ["포트섬행 여객선은 하루 몇 편입니까?"], ja: ["ポート島行きのフェリーは一日何便ですか"] }
    sources: [{ ref: gazette, paragraph: 7 }]
    status: reported

  - id: guest
    title: { en: "The guest", ko: "손님", ja: "来賓" }
    answer: { en: "Mayor Hall cut the ribbon.", ko: "홀 시장이 테이프를 잘랐습니다.", ja: "ホール市長がテープを切りました。" }
    asks: { en: ["Who cut the ribbon?", "which guest opened it"], ko: ["누가 테이프를 잘랐습니까?"], ja: ["誰がテープを切りましたか"] }
    sources: [{ ref: gazette, paragraph: 8 }]
    status: reported

gaps:
  - id: fish
    title: { en: "What fish there are", ko: "어종", ja: "魚の種類" }
    asks: { en: ["What fish can be caught there?"], ko: ["어떤 물고기가 잡힙니까?"], ja: ["どんな魚が釣れますか"] }
`

// A curated live has the harbour in a file and cora as its curator.
type curated struct {
	*live
	path  string // of the facts file
	state string // address of the database
}

// newCurated starts serve over a transport with the harbour.
func newCurated(t *testing.T, transport string) *curated {
	t.Helper()
	l := newLive(t, localdiscord.Options{})
	c := &curated{live: l, path: filepath.Join(t.TempDir(), "harbour.yaml"), state: database(t, transport)}
	c.save(t, harbour)
	l.settings = fmt.Sprintf("%sfacts: [%q]\nstate: %q\ncurator_roles: [%q]\ncurators_channel: %q\n",
		unlimited, c.path, c.state, l.CuratorRole().ID, l.Channel("curators").ID)
	l.serveOver(transport)
	return c
}

// database is the address of an empty database: over HTTP in the Postgres that
// is there for tests, else in a file.
func database(t *testing.T, transport string) string {
	t.Helper()
	if address := os.Getenv(throwaway.Variable); address != "" && transport == "http" {
		schema, err := throwaway.Schema(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		return schema
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "bot.db")
}

// overBoth runs a test over both transports.
func overBoth(t *testing.T, test func(t *testing.T, c *curated)) {
	for _, transport := range []string{"gateway", "http"} {
		t.Run(transport, func(t *testing.T) {
			c := newCurated(t, transport)
			test(t, c)
			if code := c.end(); code != exitOK {
				t.Errorf("serve ended with %d", code)
			}
		})
	}
}

// save writes the facts file as an editor does: beside it, then over it.
func (c *curated) save(t *testing.T, text string) {
	t.Helper()
	beside := c.path + "~"
	if err := os.WriteFile(beside, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(beside, c.path); err != nil {
		t.Fatal(err)
	}
}

// file is the facts file as it is.
func (c *curated) file(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(c.path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// curate calls a subcommand of /facts.
func (c *curated) curate(t *testing.T, who, sub string, options ...localdiscord.Option) *localdiscord.Interaction {
	t.Helper()
	return c.Member(who).Slash(within(t), c.Channel("curators"), "facts "+sub, options...)
}

// says asks until an answer, which may come with the next reload, holds a text.
func (c *curated) says(t *testing.T, who, question, want string) {
	t.Helper()
	until(t, want+" to "+question, func() bool {
		m := message(t, c.Member(who).Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", question)))
		return strings.Contains(m.Text(), want)
	})
}

// fill submits a form and returns the message that comes of it.
func fill(t *testing.T, who *localdiscord.Member, form *localdiscord.Interaction, fields map[string]string) localdiscord.Message {
	t.Helper()
	opened(t, form)
	return message(t, who.Submit(within(t), form, fields))
}

// press presses the first button whose id begins so, and returns the message.
func press(t *testing.T, who *localdiscord.Member, on localdiscord.Message, prefix string) localdiscord.Message {
	t.Helper()
	return message(t, who.Press(within(t), on, button(t, on, prefix)))
}

// another adds a curator beside cora.
func (c *curated) another(name string) *localdiscord.Member {
	return c.AddMember(localdiscord.MemberOptions{Name: name, Locale: "en-US", Roles: []string{c.CuratorRole().ID}})
}

// newFact is what is typed for a fact about the lighthouse.
var newFact = map[string]string{
	"title": "The lighthouse", "answer": "The lighthouse is forty metres tall.", "asks": "How tall is the lighthouse?\nheight of the lighthouse",
	"sources": "gazette, 3, forty metres tall", "details": "id: \nstatus: reported\nwhen: 2025\nabout: harbour\ntopics: works",
}

// TestAddFact adds a fact in three languages, which members then get.
func TestAddFact(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora := c.Member("cora")
		preview := fill(t, cora, c.curate(t, "cora", "add"), newFact)
		has(t, preview, true, "Preview", "The lighthouse is forty metres tall.", "Gazette", "paragraph 3", "can be published")
		ko := cora.Press(within(t), preview, backTo(t, preview, "ko"))
		preview = fill(t, cora, ko, map[string]string{"title": "등대", "answer": "등대의 높이는 40미터입니다.", "asks": "등대는 얼마나 높습니까?"})
		ja := cora.Press(within(t), preview, backTo(t, preview, "ja"))
		preview = fill(t, cora, ja, map[string]string{"title": "灯台", "answer": "灯台の高さは40メートルです。", "asks": "灯台の高さはどれくらいですか"})
		has(t, preview, true, "can be published")
		has(t, press(t, cora, preview, "1/publish/"), true, "Published", "The lighthouse")
		c.says(t, "alex", "How tall is the lighthouse?", "forty metres tall")
		c.says(t, "mina", "등대는 얼마나 높습니까?", "40미터입니다")
		c.says(t, "yuki", "灯台の高さはどれくらいですか", "40メートルです")
		file := c.file(t)
		if withoutFact(file, "the-lighthouse") != harbour || !strings.Contains(file, "id: the-lighthouse") {
			t.Errorf("what was not touched has changed:\n%s", file)
		}
		has(t, message(t, c.curate(t, "cora", "history")), true, "#1", "added", "The lighthouse")
	})
}

// withoutFact is the file without one fact, which is the last.
func withoutFact(file, id string) string {
	before, rest, _ := strings.Cut(file, "  - id: "+id+"\n")
	_, after, _ := strings.Cut(rest, "\ngaps:")
	return strings.TrimRight(before, "\n") + "\n\ngaps:" + after
}

// backTo is the id of the button to the form in a language.
func backTo(t *testing.T, m localdiscord.Message, lang string) string {
	t.Helper()
	for _, b := range m.Buttons() {
		if strings.HasPrefix(b.CustomID, "1/back/") && strings.HasSuffix(b.CustomID, "/"+lang) {
			return b.CustomID
		}
	}
	t.Fatalf("no button leads to %s in %v", lang, m.Buttons())
	return ""
}

// TestRefusedFact shows what is wrong with a change, and takes it once mended.
func TestRefusedFact(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora := c.Member("cora")
		bad := map[string]string{"title": newFact["title"], "answer": newFact["answer"], "asks": "", "sources": "tribune, 3", "details": newFact["details"]}
		preview := fill(t, cora, c.curate(t, "cora", "add"), bad)
		has(t, preview, true, "cannot be published yet", "tribune", "gazette")
		if strings.Contains(fmt.Sprint(preview.Buttons()), "1/publish/") {
			t.Error("a change with faults can be published")
		}
		form := cora.Press(within(t), preview, button(t, preview, "1/back/"))
		if raw := opened(t, form); !strings.Contains(raw, "tribune, 3") || !strings.Contains(raw, newFact["answer"]) {
			t.Errorf("the form has lost what was typed: %s", raw)
		}
		preview = fill(t, cora, form, newFact)
		publish := button(t, preview, "1/publish/")
		has(t, press(t, cora, preview, "1/cancel/"), true, "Nothing was changed")
		has(t, message(t, cora.Forge().Press(within(t), preview, publish)), true, "no longer there")
		if c.file(t) != harbour {
			t.Errorf("the file has changed:\n%s", c.file(t))
		}
	})
}

// TestFaultySave leaves the last good base serving, and tells the curators
// once.
func TestFaultySave(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		broken := strings.Replace(harbour, "ref: gazette, paragraph: 1", "ref: gazete, paragraph: 1", 1)
		c.save(t, broken)
		warned, err := c.WaitMessage(within(t), c.Channel("curators"), func(m localdiscord.Message) bool { return strings.Contains(m.Text(), "gazete") })
		if err != nil {
			t.Fatalf("the curators were not told: %v", err)
		}
		has(t, warned, false, "harbour.yaml:", "gazette")
		c.save(t, broken+"\n# the same fault\n")
		c.says(t, "alex", "When did the harbour open?", "1 May")
		has(t, message(t, c.curate(t, "cora", "status")), true, "Faults in the files: 1", "gazete", "last good state")
		if status, page := c.get("/readyz"); status != http.StatusOK || !strings.Contains(page, "fault") {
			t.Errorf("/readyz: %d %s", status, page)
		}
		c.save(t, strings.Replace(harbour, "on 1 May.", "on 3 May.", 1))
		c.says(t, "alex", "When did the harbour open?", "3 May")
		if n := len(c.Messages(c.Channel("curators"))); n > 2 {
			t.Errorf("the curators got %d messages", n)
		}
		until(t, "the change in the history", func() bool {
			return strings.Contains(message(t, c.curate(t, "cora", "history")).Text(), "1 May. → The harbour opened on 3 May.")
		})
		has(t, message(t, c.curate(t, "cora", "history")), true, "in the file")
	})
}

// TestTwoCurators edits one fact twice at once: the second sees the change on
// the first's text before it is written, and neither is lost.
func TestTwoCurators(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora, dan := c.Member("cora"), c.another("dan")
		pick := localdiscord.Opt("fact", "=harbour/opening")
		first, second := c.curate(t, "cora", "edit", pick), c.curate(t, "dan", "edit", pick)
		one := fill(t, cora, first, edited(t, first, map[string]string{"answer": "The harbour opened on Thursday, 1 May."}))
		two := fill(t, dan, second, edited(t, second, map[string]string{"title": "Opening day"}))
		has(t, press(t, cora, one, "1/publish/"), true, "Published")
		again := press(t, dan, two, "1/publish/")
		has(t, again, true, "nothing was written", "Opening day", "Thursday, 1 May")
		if strings.Contains(c.file(t), "Opening day") {
			t.Error("it was written all the same")
		}
		has(t, press(t, dan, again, "1/publish/"), true, "Published")
		if file := c.file(t); !strings.Contains(file, "Opening day") || !strings.Contains(file, "on Thursday, 1 May. # not 2 May") && !strings.Contains(file, `on Thursday, 1 May." # not 2 May`) {
			t.Errorf("a change or a comment was lost:\n%s", file)
		}
	})
}

// edited are the fields of a form as they stand, with some changed.
func edited(t *testing.T, form *localdiscord.Interaction, changed map[string]string) map[string]string {
	t.Helper()
	r, err := form.Response(within(t))
	if err != nil {
		t.Fatal(err)
	}
	fields := standing(t, r.Raw)
	for name, text := range changed {
		fields[name] = text
	}
	return fields
}

// TestEditorSaves saves the file while a form is open and again while the
// preview is: both times the change is made on the new text.
func TestEditorSaves(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora := c.Member("cora")
		form := c.curate(t, "cora", "edit", localdiscord.Opt("fact", "=harbour/opening"))
		fields := edited(t, form, map[string]string{"answer": "It opened on 1 May at noon."})
		c.save(t, strings.Replace(harbour, "twelve metres", "thirteen metres", 1))
		preview := fill(t, cora, form, fields)
		has(t, preview, true, "at noon", "can be published")
		c.save(t, strings.Replace(harbour, "twelve metres", "fourteen metres", 1))
		again := press(t, cora, preview, "1/publish/")
		has(t, again, true, "nothing was written")
		has(t, press(t, cora, again, "1/publish/"), true, "Published")
		if file := c.file(t); !strings.Contains(file, "fourteen metres") || !strings.Contains(file, "at noon") {
			t.Errorf("a change was lost:\n%s", file)
		}
		c.says(t, "alex", "How deep is the harbour?", "fourteen metres")
	})
}

// TestUndo takes an edit and an addition back, and the undoing too.
func TestUndo(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora := c.Member("cora")
		form := c.curate(t, "cora", "edit", localdiscord.Opt("fact", "=harbour/opening"))
		preview := fill(t, cora, form, edited(t, form, map[string]string{"answer": "It opened on 9 May."}))
		press(t, cora, preview, "1/publish/")
		c.says(t, "alex", "When did the harbour open?", "9 May")
		has(t, press(t, cora, message(t, c.curate(t, "cora", "undo")), "1/publish/"), true, "Published")
		c.says(t, "alex", "When did the harbour open?", "on 1 May")
		has(t, message(t, c.curate(t, "cora", "history")), true, "takes back #1", "taken back")
		press(t, cora, fill(t, cora, c.curate(t, "cora", "add"), newFact), "1/publish/")
		c.says(t, "alex", "How tall is the lighthouse?", "forty metres")
		gone := message(t, c.curate(t, "cora", "undo"))
		has(t, gone, true, "takes this fact out")
		has(t, press(t, cora, gone, "1/publish/"), true, "Published")
		if strings.Contains(c.file(t), "lighthouse") {
			t.Errorf("the fact is still there:\n%s", c.file(t))
		}
		has(t, press(t, cora, message(t, c.curate(t, "cora", "undo")), "1/publish/"), true, "Published")
		c.says(t, "alex", "How tall is the lighthouse?", "forty metres")
	})
}

// TestRetire withdraws a fact, which is then no answer any more, and takes it
// back into use.
func TestRetire(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora := c.Member("cora")
		pick := localdiscord.Opt("fact", "=harbour/depth")
		preview := message(t, c.curate(t, "cora", "retire", pick))
		has(t, preview, true, "Withdrawn", "can be published")
		has(t, press(t, cora, preview, "1/publish/"), true, "Published")
		withdrawn := message(t, c.Member("alex").Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", "How deep is the harbour?")))
		if strings.Contains(withdrawn.Text(), "twelve") {
			t.Errorf("it is still the answer: %s", withdrawn.Text())
		}
		has(t, press(t, cora, message(t, c.curate(t, "cora", "restore", pick)), "1/publish/"), true, "Published")
		c.says(t, "alex", "How deep is the harbour?", "twelve metres")
		if !strings.Contains(c.file(t), "status: reported") || strings.Contains(c.file(t), "retracted") {
			t.Errorf("got\n%s", c.file(t))
		}
	})
}

// TestSuggestion accepts one and rejects another; who made them is told.
func TestSuggestion(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora, mina := c.Member("cora"), c.Member("mina")
		for _, step := range []struct{ text, told string }{{"수심이 13미터라고 합니다.", "받아들였습니다"}, {"배가 커 보입니다.", "받아들이지 않았습니다"}} {
			form := mina.Slash(within(t), c.Channel("general"), "suggest", localdiscord.Opt("fact", "=harbour/depth"), localdiscord.Opt("tell", true))
			has(t, fill(t, mina, form, map[string]string{"text": step.text, "link": "https://example.org/b"}), true, "고맙습니다", "결과를 알려")
			card, err := c.WaitMessage(within(t), c.Channel("curators"), func(m localdiscord.Message) bool { return strings.Contains(m.Text(), step.text) })
			if err != nil {
				t.Fatal(err)
			}
			has(t, card, false, "수심", "https://example.org/b")
			accept := button(t, card, "1/accept/")
			has(t, message(t, mina.Press(within(t), card, button(t, card, "1/accept/"))), true, "관리자만")
			if strings.Contains(step.told, "않았") {
				fill(t, cora, cora.Press(within(t), card, button(t, card, "1/reject/")), map[string]string{"text": "Not in the source."})
			} else {
				form := cora.Press(within(t), card, button(t, card, "1/accept/"))
				preview := fill(t, cora, form, edited(t, form, map[string]string{"answer": "The harbour is thirteen metres deep."}))
				has(t, press(t, cora, preview, "1/publish/"), true, "Published")
			}
			told, err := c.WaitMessage(within(t), c.DM(mina), func(m localdiscord.Message) bool { return strings.Contains(m.Text(), step.told) })
			if err != nil {
				t.Fatalf("mina was not told: %v", err)
			}
			has(t, told, false, step.text)
			has(t, message(t, cora.Forge().Press(within(t), card, accept)), true, "already")
		}
		c.says(t, "alex", "How deep is the harbour?", "thirteen metres")
	})
}

// TestAnsweredLater declines a question, answers it from the queue, and tells
// those who wait once: in a direct message, or where they asked.
func TestAnsweredLater(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora, alex, mina := c.Member("cora"), c.Member("alex"), c.Member("mina")
		mina.CloseDMs(true)
		for _, m := range []*localdiscord.Member{alex, mina} {
			declined := message(t, m.Slash(within(t), c.Channel("questions"), "ask", localdiscord.Opt("question", "How tall is the lighthouse?")))
			press(t, m, declined, "1/tell")
		}
		var queue localdiscord.Message
		until(t, "the question in the queue", func() bool {
			queue = message(t, c.curate(t, "cora", "queue"))
			return strings.Contains(queue.Text(), "asked 2×") && strings.Contains(queue.Text(), "waiting to be told: 2")
		})
		has(t, queue, true, "How tall is the lighthouse?")
		detail := message(t, cora.Select(within(t), queue, "1/question", "1"))
		form := cora.Press(within(t), detail, button(t, detail, "1/answer/"))
		fields := edited(t, form, newFact)
		fields["asks"] = standing(t, mustRaw(t, form))["asks"]
		if fields["asks"] != "How tall is the lighthouse?" {
			t.Errorf("the form asks %q", fields["asks"])
		}
		has(t, press(t, cora, fill(t, cora, form, fields), "1/publish/"), true, "Published")
		for _, told := range []localdiscord.Channel{c.DM(alex), c.Channel("questions")} {
			told, err := c.WaitMessage(within(t), told, func(m localdiscord.Message) bool { return strings.Contains(m.Text(), "You asked") })
			if err != nil {
				t.Fatalf("somebody was not told: %v", err)
			}
			if !strings.Contains(told.Text(), "forty metres tall") {
				t.Errorf("got %s", told.Text())
			}
		}
		has(t, message(t, c.curate(t, "cora", "queue")), true, "No question is open")
		// Another reload tells nobody again.
		c.save(t, c.file(t)+"# again\n")
		c.save(t, strings.Replace(c.file(t), "twelve metres", "ten metres", 1))
		c.says(t, "alex", "How deep is the harbour?", "ten metres")
		time.Sleep(200 * time.Millisecond)
		for _, channel := range []localdiscord.Channel{c.DM(alex), c.Channel("questions")} {
			n := 0
			for _, m := range c.Messages(channel) {
				if strings.Contains(m.Text(), "You asked") {
					n++
				}
			}
			if n != 1 {
				t.Errorf("told %d times in %s", n, channel.Name)
			}
		}
	})
}

// TestPhrasing adds a question of the queue to the phrasings of a fact, which
// answers it from then on; nothing is learned without that.
func TestPhrasing(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora := c.Member("cora")
		const odd = "keel fathoms pls"
		for range 3 {
			has(t, message(t, c.Member("alex").Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", odd))), true, "does not hold")
		}
		var queue localdiscord.Message
		until(t, "the question in the queue", func() bool {
			queue = message(t, c.curate(t, "cora", "queue"))
			return strings.Contains(queue.Text(), odd) && strings.Contains(queue.Text(), "asked 3×")
		})
		detail := message(t, cora.Select(within(t), queue, "1/question", "1"))
		preview := message(t, cora.Select(within(t), detail, "1/phrasing/1", "harbour/depth"))
		has(t, preview, true, "New phrasing", odd, "twelve metres")
		has(t, press(t, cora, preview, "1/publish/"), true, "Published")
		c.says(t, "alex", odd, "twelve metres")
		if !strings.Contains(c.file(t), odd) {
			t.Errorf("got\n%s", c.file(t))
		}
	})
}

// TestVotedDownReply puts the question of a mention into the queue, though the
// reply below it does not repeat it.
func TestVotedDownReply(t *testing.T) {
	c := newCurated(t, "gateway")
	reply := said(t, c.live, "alex", "general", "How deep is the harbour?", localdiscord.SayOptions{Mention: true})
	opened(t, c.Member("mina").Press(within(t), reply, button(t, reply, "1/no/")))
	until(t, "the question in the queue", func() bool {
		text := message(t, c.curate(t, "cora", "queue")).Text()
		return strings.Contains(text, "How deep is the harbour?") && strings.Contains(text, "answer voted down 1×")
	})
}

// TestExport gives the file as it is.
func TestExport(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		m := message(t, c.curate(t, "cora", "export"))
		if len(m.Files) != 1 || m.Files[0].Name != "harbour.yaml" || string(m.Files[0].Data) != harbour || !m.Ephemeral() {
			t.Errorf("got %+v\n%s", m.Files, m.Text())
		}
	})
}

// TestOnlyCurators refuses everybody else everywhere, forged ids included.
func TestOnlyCurators(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora, alex := c.Member("cora"), c.Member("alex")
		preview := fill(t, cora, c.curate(t, "cora", "add"), newFact)
		for _, sub := range []string{"add", "edit", "retire", "restore", "history", "undo", "status", "export", "queue"} {
			i := alex.Forge().Slash(within(t), c.Channel("general"), "facts "+sub, localdiscord.Opt("fact", "=harbour/opening"))
			has(t, message(t, i), true, "for the curators")
			got, err := alex.Forge().Autocomplete(within(t), c.Channel("general"), "facts "+sub, "fact", "open").Response(within(t))
			if err != nil || len(got.Choices()) > 0 {
				t.Errorf("%s suggests %v, %v", sub, got.Choices(), err)
			}
		}
		public := message(t, alex.Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", "How deep is the harbour?")))
		id := strings.Split(button(t, preview, "1/publish/"), "/")[2]
		for _, forged := range []string{
			"1/publish/" + id, "1/back/" + id + "/en", "1/cancel/" + id, "1/history/all/all/0", "1/queue/all/most/0",
			"1/question", "1/answer/1", "1/phrasing/1", "1/dismiss/1", "1/accept/1", "1/reject/1",
		} {
			has(t, message(t, alex.Forge().Press(within(t), public, forged)), true, "for the curators")
		}
		for _, forged := range []string{"1/drafted/" + id + "/en", "1/rejected/1"} {
			has(t, message(t, alex.Forge().Submit(within(t), public, forged, newFact)), true, "for the curators")
		}
		// Another curator cannot go on with cora's draft either.
		dan := c.another("dan")
		has(t, message(t, dan.Forge().Press(within(t), public, "1/publish/"+id)), true, "no longer there")
		if c.file(t) != harbour {
			t.Errorf("the file has changed:\n%s", c.file(t))
		}
		has(t, press(t, cora, preview, "1/publish/"), true, "Published")
	})
}

// TestPrivacyDeletes shows what is kept about somebody and deletes it.
func TestPrivacyDeletes(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		alex := c.Member("alex")
		answer := message(t, alex.Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", "How deep is the harbour?")))
		press(t, alex, answer, "1/yes/")
		press(t, alex, message(t, alex.Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", "How tall is the lighthouse?"))), "1/tell")
		kept := message(t, alex.Slash(within(t), c.Channel("general"), "privacy"))
		has(t, kept, true, "votes: 1", "notices you wait for: 1", "90 days")
		has(t, press(t, alex, kept, "1/forget"), true, "deleted", "2")
		has(t, message(t, alex.Slash(within(t), c.Channel("general"), "privacy")), true, "nothing")
	})
}

// mustRaw is the JSON of the response to an interaction.
func mustRaw(t *testing.T, i *localdiscord.Interaction) []byte {
	t.Helper()
	r, err := i.Response(within(t))
	if err != nil {
		t.Fatal(err)
	}
	return r.Raw
}

// standing are the texts that stand in the inputs of a form.
func standing(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	var form struct {
		Data struct {
			Components []struct {
				Component struct {
					CustomID string `json:"custom_id"`
					Value    string `json:"value"`
				} `json:"component"`
			} `json:"components"`
		} `json:"data"`
	}
	if err := json.Unmarshal(raw, &form); err != nil || len(form.Data.Components) == 0 {
		t.Fatalf("no form: %v in %s", err, raw)
	}
	fields := map[string]string{}
	for _, label := range form.Data.Components {
		fields[label.Component.CustomID] = label.Component.Value
	}
	return fields
}

// TestCopiedBase adds a fact to the embedded base, which is copied to its folder
// the first time, with its phrasings in the parts.
func TestCopiedBase(t *testing.T) {
	l := newLive(t, localdiscord.Options{})
	folder := filepath.Join(t.TempDir(), "facts")
	l.settings = fmt.Sprintf("%sfacts_folder: %q\nstate: %q\ncurator_roles: [%q]\n", unlimited, folder, "sqlite:"+filepath.Join(t.TempDir(), "bot.db"), l.CuratorRole().ID)
	l.serveOver("http")
	c := &curated{live: l, path: filepath.Join(folder, "busan-summit.en.yaml")}
	cora := l.Member("cora")
	typed := map[string]string{
		"title": "The harbour lights", "answer": "The report says nothing of harbour lights; this fact is for a test.", "asks": "Which colour had the harbour lights of the test?",
		"sources": "ap-2025-09-30, 2", "details": "status: reported",
	}
	preview := fill(t, cora, c.curate(t, "cora", "add"), typed)
	has(t, preview, true, "harbour lights", "Associated Press", "Preview")
	for lang, fields := range map[string]map[string]string{
		"ko": {"title": "시험용 항구 불빛", "answer": "시험을 위한 사실입니다.", "asks": "시험용 항구 불빛은 무슨 색이었습니까?"},
		"ja": {"title": "試験用の港の灯", "answer": "試験のための事実です。", "asks": "試験用の港の灯は何色でしたか"},
	} {
		preview = fill(t, cora, cora.Press(within(t), preview, backTo(t, preview, lang)), fields)
	}
	has(t, preview, true, "can be published")
	began := time.Now()
	cora.Press(within(t), preview, button(t, preview, "1/publish/"))
	until(t, "the phrasing in the part with the others", func() bool { return strings.Contains(c.file(t), typed["asks"]) })
	t.Logf("written after %s", time.Since(began).Round(time.Millisecond))
	c.says(t, "alex", typed["asks"], "for a test")
	c.says(t, "mina", "시험용 항구 불빛은 무슨 색이었습니까?", "시험을 위한")
	if _, problems := facts.LoadFiles(filepath.Join(folder, "busan-summit.yaml")); problems.Err() != nil {
		t.Errorf("the files have faults: %v", problems.Err())
	}
}

// TestHostile types what would break out of the file, ping everybody or leave
// the page, and sends what is no number: it is kept as text, or refused.
func TestHostile(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		cora, mina := c.Member("cora"), c.Member("mina")
		evil := "Tall\"\n  - id: evil\n    answer: \"x\" # <@&1> @everyone [a](https://evil.example) ```"
		typed := map[string]string{"title": "The mast: {a: [b", "answer": evil, "asks": "- *a &b !!c: 'd'\n# e", "sources": "gazette, 3", "details": "status: reported"}
		preview := fill(t, cora, c.curate(t, "cora", "add"), typed)
		has(t, preview, true, "can be published")
		has(t, press(t, cora, preview, "1/publish/"), true, "Published")
		bases, problems := facts.LoadFiles(c.path)
		if problems.Err() != nil || len(bases[0].Facts) != strings.Count(harbour, "  - id: ") {
			t.Fatalf("%v in\n%s", problems.Err(), c.file(t))
		}
		fact := bases[0].Facts[len(bases[0].Facts)-1]
		if fact.Title.Only("en") != typed["title"] || fact.Answer.Only("en") != evil || len(fact.Asks) != 2 {
			t.Errorf("got %+v", fact)
		}
		shown := message(t, mina.Slash(within(t), c.Channel("general"), "fact", localdiscord.Opt("fact", "=harbour/"+fact.ID)))
		if len(shown.Pings()) > 0 || strings.Contains(shown.Text(), "[a](https") {
			t.Errorf("it pings %v: %s", shown.Pings(), shown.Text())
		}
		form := mina.Slash(within(t), c.Channel("general"), "suggest")
		has(t, fill(t, mina, form, map[string]string{"text": evil, "link": "javascript:alert(1)"}), true, "링크가 아닙니다")
		form = mina.Slash(within(t), c.Channel("general"), "suggest")
		fill(t, mina, form, map[string]string{"text": evil, "link": "https://example.org/)[x](https://evil.example"})
		card, err := c.WaitMessage(within(t), c.Channel("curators"), func(m localdiscord.Message) bool { return strings.Contains(m.Text(), "evil") })
		if err != nil || len(card.Pings()) > 0 {
			t.Errorf("%v, it pings %v", err, card.Pings())
		}
		for _, id := range []string{"1/history/all/all/99999999999999999999", "1/queue/xx/yy/-7", "1/history/../../0", "1/answer/9223372036854775808", "1/publish/x'; DROP TABLE drafts"} {
			if m := message(t, cora.Forge().Press(within(t), card, id)); !m.Ephemeral() && m.ID != card.ID {
				t.Errorf("%s: everybody sees %s", id, m.Text())
			}
		}
		c.says(t, "alex", "How deep is the harbour?", "twelve metres")
	})
}

// TestPostings records which revision of a fact was shown to everybody, and in
// which message; not what was shown to one person.
func TestPostings(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		ask := func(options ...localdiscord.Option) localdiscord.Message {
			return message(t, c.Member("alex").Slash(within(t), c.Channel("general"), "ask", append(options, localdiscord.Opt("question", "How deep is the harbour?"))...))
		}
		first, second := ask(), ask() // the second is recalled
		ask(localdiscord.Opt("private", true))
		if code := c.end(); code != exitOK {
			t.Fatalf("serve ended with %d", code)
		}
		store, err := state.Open(t.Context(), c.state, state.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		list, err := store.Posted(t.Context(), "harbour/depth", 0, 10)
		if err != nil || len(list) != 2 {
			t.Fatalf("got %+v, %v", list, err)
		}
		for i, m := range []localdiscord.Message{first, second} {
			if p := list[i]; p.Message != m.ID || p.Channel != c.Channel("general").ID || p.Guild != c.GuildID() || p.Revision == "" || p.Lang != "en" {
				t.Errorf("recorded %+v of message %s", p, m.ID)
			}
		}
	})
}

// TestRatings shows curators what members think wrong, and why.
func TestRatings(t *testing.T) {
	overBoth(t, func(t *testing.T, c *curated) {
		for _, who := range []string{"alex", "mina"} {
			m := message(t, c.Member(who).Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", "How deep is the harbour?")))
			press(t, c.Member(who), m, "1/yes/")
			form := c.Member(who).Press(within(t), m, button(t, m, "1/no/"))
			fill(t, c.Member(who), form, map[string]string{"text": "It is thirteen, says " + who})
		}
		status := message(t, c.curate(t, "cora", "status"))
		has(t, status, true, "Rated worst", "👍 0 👎 2 The depth", "It is thirteen, says mina", "Asked most", "The depth", "harbour.yaml")
		until(t, "the question in the queue", func() bool {
			return strings.Contains(message(t, c.curate(t, "cora", "queue")).Text(), "answer voted down 2×")
		})
	})
}
