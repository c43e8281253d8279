package facts

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestNormal(t *testing.T) {
	tests := []struct {
		want  string
		texts []string
	}{
		{"when did lee meet ishiba", []string{"When did Lee meet Ishiba?", "  when did LEE meet, ishiba ", "<@123> when did Lee meet Ishiba <:hm:45> 🤔", "Ｗｈｅｎ did Lee meet Ishiba？", "when did lee’s meet ishiba"}},
		{"언제만낫나요", []string{"언제 만났나요?", "언제만났나요", "<#9> 언제 만났나요!!"}},
		{"どこで会いましたか", []string{"どこで会いましたか？", "どこで 会いましたか。", "@here どこで会いましたか"}},
		{"what is https example org a", []string{"what is https://example.org/a?utm=1", "what is https://example.org/a#top"}},
		{"", []string{"", "?!", "🙂 <@1>", " "}},
	}
	for _, tt := range tests {
		for _, text := range tt.texts {
			if got := Normal(text); got != tt.want {
				t.Errorf("%q: got %q, want %q", text, got, tt.want)
			}
		}
	}
}

func TestGroups(t *testing.T) {
	tests := []struct {
		lang, a, b string
		same       bool
	}{
		{"en", "When did Ishiba meet Lee?", "can you please tell me when did ishiba meet lee", true},
		{"en", "When was the summit held?", "the summit was held when", true},
		{"en", "What is the tariff on Japanese cars?", "what is the tarrif on japanese cars", true},
		{"en", "Did Lee and Ishiba shake hands?", "did Ishiba and Lee shake hands", true},
		{"en", "which city hosted it", "what city hosted it?", true},
		{"en", "What did Lee say to Ishiba?", "What did Ishiba say to Lee?", false},
		{"en", "When did Ishiba meet Lee?", "When did Ishiba meet Trump?", false},
		{"en", "When did Ishiba meet Lee?", "Where did Ishiba meet Lee?", false},
		{"en", "Did they sign a statement?", "Did they not sign a statement?", false},
		{"en", "Is the tariff 15%?", "Is the tariff 25%?", false},
		{"en", "Did he speak before the summit?", "Did he speak after the summit?", false},
		{"en", "is he the prime minister", "was he the prime minister", false},
		{"en", "will he resign", "did he resign", false},
		{"en", "do cats chase dogs", "do dogs chase cats", false},
		{"en", "how many came", "how old is he", false},
		{"ko", "정상회담은 언제 열렸나요?", "정상회담 언제 열렸어", true},
		{"ko", "정상회담은 언제 열렸나요?", "언제 정상회담이 열렸나요", true},
		{"ko", "정상 회담은 언제 열렸나요?", "정상회담은 언제 열렸나요 좀 알려주세요", true},
		{"ko", "일본 관세는 얼마인가요?", "일본 관세는 얼마예요?", true},
		{"ko", "한국이 일본에 투자하나요", "일본이 한국에 투자하나요", false},
		{"ko", "이시바는 어디서 만났나요", "이시바는 언제 만났나요", false},
		{"ko", "관세는 15%인가요", "관세는 25%인가요", false},
		{"ko", "서명했나요", "서명 안 했나요", false},
		{"ja", "会談はどこで開かれましたか？", "会談はどこで開かれたの", true},
		{"ja", "会談の場所を教えてください", "会談の場所", true},
		{"ja", "関税は何パーセントですか", "関税何パーセント?", true},
		{"ja", "日本は韓国に投資しますか", "韓国は日本に投資しますか", false},
		{"ja", "石破は辞任しましたか", "石破は辞任しませんでしたか", false},
		{"ja", "会談はいつですか", "会談はどこですか", false},
		{"ja", "関税は15%ですか", "関税は25%ですか", false},
	}
	for _, tt := range tests {
		for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			g := NewGroups(embedded(t))
			g.Add(7, tt.lang, pair[0])
			if id, ok := g.Find(tt.lang, pair[1]); ok != tt.same || ok && id != 7 {
				t.Errorf("%q and %q: got %d, %t", pair[0], pair[1], id, ok)
			}
			if _, ok := g.Find("fr", pair[0]); ok {
				t.Errorf("%q is found in another language", pair[0])
			}
		}
	}
}

// TestGroupsForget: what is removed is not found, and leaves nothing behind.
func TestGroupsForget(t *testing.T) {
	g := NewGroups(embedded(t))
	for id := range int64(3) {
		g.Add(id, "en", "when did they meet")
		g.Add(id, "ko", fmt.Sprintf("회담은 언제 %d번 열렸나요", id))
	}
	for want := range int64(3) {
		if id, ok := g.Find("en", "when did they meet?"); !ok || id != want {
			t.Fatalf("got %d, %t, want %d", id, ok, want)
		}
		if g.Use(embedded(t)); g.Len() != 6-2*int(want) {
			t.Errorf("%d texts", g.Len())
		}
		g.Remove(want)
	}
	if g.Len() != 0 || len(g.byKey) != 0 || len(g.texts) != 0 {
		t.Errorf("left: %d, %d keys, %d ids", g.Len(), len(g.byKey), len(g.texts))
	}
	if g.Add(1, "en", "?!") || g.Add(1, "en", strings.Repeat("a ", 9000)) {
		t.Error("nothing and too much are held")
	}
}

// TestGroupsTogether adds, finds and removes from many goroutines.
func TestGroupsTogether(t *testing.T) {
	g := NewGroups(embedded(t))
	var wait sync.WaitGroup
	for n := range int64(8) {
		wait.Go(func() {
			for i := range int64(50) {
				text := fmt.Sprintf("when did number %d meet", i)
				g.Add(n*50+i, "en", text)
				if _, ok := g.Find("en", text); !ok {
					t.Errorf("%q is not found", text)
				}
			}
			for i := range int64(50) {
				g.Remove(n*50 + i)
			}
		})
	}
	wait.Wait()
	if g.Len() != 0 {
		t.Errorf("%d texts are left", g.Len())
	}
}

// ownText is a phrasing or test with the fact or gap that it leads to.
type ownText struct {
	owner int64
	text  string
}

// ownTexts lists phrasings and tests by language.
func ownTexts(b *Base) map[string][]ownText {
	lists := map[string][]ownText{}
	add := func(owner int64, list []Phrase) {
		for _, p := range list {
			lists[p.Lang] = append(lists[p.Lang], ownText{owner, p.Text})
		}
	}
	for i := range b.Facts {
		add(int64(i), b.Facts[i].Asks)
		add(int64(i), b.Facts[i].Tests)
	}
	for i := range b.Gaps {
		add(int64(-1-i), b.Gaps[i].Asks)
		add(int64(-1-i), b.Gaps[i].Tests)
	}
	return lists
}

// rewrites are ways to write a question that must not count, by language.
var rewrites = map[string]map[string]func(string) string{
	"en": {
		"politeness": func(s string) string { return "can you please tell me " + s },
		"signs":      func(s string) string { return strings.ToUpper(strings.TrimRight(s, "?.!")) + " !! <@123>" },
		"typo":       swapLetters,
		"spacing":    func(s string) string { return "  " + strings.ReplaceAll(s, " ", "   ") },
		"order":      lastFirst,
	},
	"ko": {
		"politeness": func(s string) string { return "혹시 " + strings.TrimRight(s, "?") + " 좀 알려주세요" },
		"signs":      func(s string) string { return strings.TrimRight(s, "?.!") + " ㅋㅋ!! <@123>" },
		"spacing":    func(s string) string { return strings.ReplaceAll(s, " ", "") },
		"order":      secondFirst,
	},
	"ja": {
		"politeness": func(s string) string {
			return "すみません、" + strings.TrimRight(s, "?？。") + "教えてください"
		},
		"signs":   func(s string) string { return strings.TrimRight(s, "?？。") + "！！<@123>" },
		"spacing": func(s string) string { return strings.ReplaceAll(s, "は", "は ") },
	},
}

// swapLetters swaps two letters in the longest plain word.
func swapLetters(s string) string {
	longest := ""
	for _, w := range strings.Fields(s) {
		if isPlainASCII(w) && len(w) > len(longest) && strings.ToLower(w) == w {
			longest = w
		}
	}
	if len(longest) < 6 {
		return s
	}
	return strings.Replace(s, longest, longest[:2]+longest[3:4]+longest[2:3]+longest[4:], 1)
}

// lastFirst puts the last word first.
func lastFirst(s string) string {
	words := strings.Fields(strings.TrimRight(s, "?.!"))
	if len(words) < 3 {
		return s
	}
	return strings.Join(append(words[len(words)-1:], words[:len(words)-1]...), " ")
}

// secondFirst swaps the first two of three words and more: 언제 회담이 열렸나요.
func secondFirst(s string) string {
	words := strings.Fields(s)
	if len(words) < 3 {
		return s
	}
	words[0], words[1] = words[1], words[0]
	return strings.Join(words, " ")
}

// TestGroupsApart measures, over all phrasings and tests of the shipped base,
// how many are taken for one of another fact or gap, and how many are found
// again however they are written.
func TestGroupsApart(t *testing.T) {
	if underRace() {
		t.Skip("the measure of groups: did not run: it says nothing about races")
	}
	s := embedded(t)
	s.Ready()
	for lang, list := range ownTexts(s.Bases()[0]) {
		g := NewGroups(s)
		wrong, right := 0, 0
		for _, q := range list {
			if id, ok := g.Find(lang, q.text); ok && id != q.owner {
				if wrong++; wrong <= 10 {
					t.Logf("%s: %q of %d is taken for %d: %q", lang, q.text, q.owner, id, textLike(g, id, lang, q.text))
				}
			} else if ok {
				right++
			}
			g.Add(q.owner, lang, q.text)
		}
		rate := float64(wrong) / float64(len(list))
		t.Logf("%s: of %d texts %d (%.2f %%) are taken for one of another fact or gap, %d for one of their own", lang, len(list), wrong, 100*rate, right)
		if rate > .003 {
			t.Errorf("%s: too many", lang)
		}
		for name, rewrite := range rewrites[lang] {
			found, tried := 0, 0
			for i := 0; i < len(list); i += 7 {
				text := rewrite(list[i].text)
				if text == list[i].text {
					continue
				}
				alone := NewGroups(s)
				alone.Add(1, lang, list[i].text)
				tried++
				if _, ok := alone.Find(lang, text); ok {
					found++
				}
			}
			t.Logf("%s: %s: %.1f %% of %d are found again", lang, name, 100*float64(found)/float64(tried), tried)
		}
	}
}

// textLike is the text of a group that asks the same.
func textLike(g *Groups, id int64, lang, text string) string {
	s, _ := sameIn(g.snapshot, lang, text, g.seed)
	for _, t := range g.texts[id] {
		if t.lang == lang && t.same(s) {
			return t.text
		}
	}
	return ""
}

// BenchmarkGroupsFind finds among 10,000 texts, and reports what one takes.
func BenchmarkGroupsFind(b *testing.B) {
	s := embedded(b)
	s.Ready()
	for lang, list := range ownTexts(s.Bases()[0]) {
		b.Run(lang, func(b *testing.B) {
			before := liveHeap()
			g := NewGroups(s)
			bytes := 0
			for i := range 10_000 {
				text := fmt.Sprint(list[i%len(list)].text, " ", i)
				bytes += len(text)
				g.Add(int64(i), lang, text)
			}
			held := float64(liveHeap()-before-int64(bytes)) / 10_000
			for i := 0; b.Loop(); i++ {
				g.Find(lang, list[i%len(list)].text)
			}
			b.ReportMetric(held, "B/text")
		})
	}
}
