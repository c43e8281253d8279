package commands

import (
	"fmt"
	"strings"

	"summitbot/facts"
)

// words is everything the bot says in one language besides what curators
// write. A sentence added here must be added in every language: a test finds
// empty fields.
type words struct {
	Choices     string // asks which of the offered facts is meant
	Decline     string // the base does not hold the answer
	DeclineHint string
	Unreadable  string // the question has no words
	AskInWords  string
	TooLong     string
	AskShorter  string
	Near        string // heading of facts that do not answer
	TryAsking   string // heading of example questions

	Talk   map[facts.Talk]string
	Status map[facts.Status]string

	About        func(titles []string) string // what the bot answers about
	GapTitle     func(title string) string    // of a gap that says nothing itself
	Says         func(who string) string      // whose statement it is
	Version      func(who, version string) string
	AsOf         func(date string) string // when the sources appeared
	When         func(date string) string
	Span         func(from, to string) string
	SourceLine   func(publisher, date string, paragraph int) string // paragraph 0: not known
	ReplacedBy   func(title string) string                          // of a superseded fact
	OnlyIn       func(language string) string                       // the text is not in the reader's language
	LanguageName map[string]string

	Day, Month, Year string // layouts of package time
}

// Languages are those the bot speaks; the first is the one it falls back to.
var Languages = []string{"en", "ko", "ja"}

// wordsIn returns the catalogue of lang, or of the first language when there
// is none.
func wordsIn(lang string) *words {
	switch lang {
	case "ko":
		return &korean
	case "ja":
		return &japanese
	}
	return &english
}

// fallback labels a text that is in another language than the reader's.
func (w *words) fallback(lang string) string {
	name := w.LanguageName[lang]
	if name == "" {
		name = lang
	}
	return w.OnlyIn(name)
}

var english = words{
	Choices:     "Did you mean one of these?",
	Decline:     "The fact base does not hold an answer to that.",
	DeclineHint: "I answer only what it states, and do not guess.",
	Unreadable:  "I see no question there.",
	AskInWords:  "Ask in words, in English, Korean or Japanese.",
	TooLong:     "That is too long for me to read.",
	AskShorter:  fmt.Sprintf("Ask one question in at most %d characters.", facts.MaxQuestion),
	Near:        "Nearest facts, which do not answer it:",
	TryAsking:   "Try asking:",
	Talk: map[facts.Talk]string{
		facts.Hello:  "Hello! What would you like to know?",
		facts.Thanks: "You're welcome.",
		facts.Help:   "Ask me a question, and I look for the fact that answers it.",
		facts.WhoAmI: "I am a bot that answers from facts people have written down, each with its source.",
		facts.Bye:    "Goodbye!",
		facts.Chat:   "I am no good at small talk, but you are welcome to ask me a question.",
	},
	Status: map[facts.Status]string{
		facts.Confirmed:  "Confirmed",
		facts.Reported:   "As reported",
		facts.Disputed:   "Disputed: the sides say different things",
		facts.Superseded: "Out of date",
		facts.Retracted:  "Withdrawn: do not rely on it",
	},
	About:      func(titles []string) string { return "What I know about: " + strings.Join(titles, "; ") + "." },
	GapTitle:   func(title string) string { return "Not stated in the sources: " + title + "." },
	Says:       func(who string) string { return "Statement by " + who },
	Version:    func(who, version string) string { return who + ": " + version },
	AsOf:       func(date string) string { return "as of " + date },
	When:       func(date string) string { return "When: " + date },
	Span:       func(from, to string) string { return from + " to " + to },
	ReplacedBy: func(title string) string { return "Out of date, replaced by “" + title + "”" },
	OnlyIn:     func(language string) string { return "Not translated yet; this is the " + language + " text." },
	SourceLine: func(publisher, date string, paragraph int) string {
		if paragraph == 0 {
			return publisher + ", " + date
		}
		return fmt.Sprintf("%s, %s, paragraph %d", publisher, date, paragraph)
	},
	LanguageName: map[string]string{"en": "English", "ko": "Korean", "ja": "Japanese"},
	Day:          "2 January 2006", Month: "January 2006", Year: "2006",
}

var korean = words{
	Choices:     "혹시 이 중에 찾으시는 내용이 있습니까?",
	Decline:     "그 질문에 대한 답은 자료에 없습니다.",
	DeclineHint: "자료에 있는 내용만 답하며, 추측하지 않습니다.",
	Unreadable:  "질문 내용을 찾지 못했습니다.",
	AskInWords:  "한국어, 영어, 일본어 중 하나로 질문을 적어 주십시오.",
	TooLong:     "글이 너무 길어 읽을 수 없습니다.",
	AskShorter:  fmt.Sprintf("한 번에 한 가지씩, %d자 이내로 질문해 주십시오.", facts.MaxQuestion),
	Near:        "답은 아니지만 가장 가까운 내용입니다.",
	TryAsking:   "이렇게 질문해 보십시오.",
	Talk: map[facts.Talk]string{
		facts.Hello:  "안녕하십니까? 무엇이 궁금하십니까?",
		facts.Thanks: "도움이 되었다니 다행입니다.",
		facts.Help:   "질문을 적어 주시면 그 답이 되는 사실을 찾아 드립니다.",
		facts.WhoAmI: "저는 사람들이 출처와 함께 정리해 둔 사실을 바탕으로 답하는 봇입니다.",
		facts.Bye:    "안녕히 가십시오.",
		facts.Chat:   "잡담은 서툴지만, 궁금한 점은 언제든지 물어봐 주십시오.",
	},
	Status: map[facts.Status]string{
		facts.Confirmed:  "확인된 사실",
		facts.Reported:   "보도된 내용",
		facts.Disputed:   "주장이 엇갈리는 내용",
		facts.Superseded: "지금은 맞지 않는 내용",
		facts.Retracted:  "철회된 내용이므로 근거로 삼지 마십시오",
	},
	About:    func(titles []string) string { return "다루는 주제: " + strings.Join(titles, ", ") },
	GapTitle: func(title string) string { return "출처에 나오지 않는 내용: " + title },
	Says:     func(who string) string { return "발언 주체: " + who },
	Version:  func(who, version string) string { return who + ": " + version },
	AsOf:     func(date string) string { return date + " 기준" },
	When:     func(date string) string { return "시기: " + date },
	Span:     func(from, to string) string { return from + "부터 " + to + "까지" },
	ReplacedBy: func(title string) string {
		return "지금은 맞지 않는 내용이며, ‘" + title + "’ 항목으로 대체되었습니다"
	},
	OnlyIn: func(language string) string {
		return "아직 번역되지 않아 " + language + " 문구를 보여 드립니다."
	},
	SourceLine: func(publisher, date string, paragraph int) string {
		if paragraph == 0 {
			return publisher + ", " + date
		}
		return fmt.Sprintf("%s, %s, 제%d문단", publisher, date, paragraph)
	},
	LanguageName: map[string]string{"en": "영어", "ko": "한국어", "ja": "일본어"},
	Day:          "2006년 1월 2일", Month: "2006년 1월", Year: "2006년",
}

var japanese = words{
	Choices:     "お知りになりたいのは、次のどれでしょうか。",
	Decline:     "そのご質問への答えは、資料にありません。",
	DeclineHint: "資料に書かれていることだけをお答えし、推測はしません。",
	Unreadable:  "ご質問が見当たりません。",
	AskInWords:  "日本語、英語、韓国語のいずれかで、文字でお尋ねください。",
	TooLong:     "長すぎて読み取れません。",
	AskShorter:  fmt.Sprintf("一度に一つずつ、%d文字以内でお尋ねください。", facts.MaxQuestion),
	Near:        "答えではありませんが、最も近い項目です。",
	TryAsking:   "たとえば、次のようにお尋ねください。",
	Talk: map[facts.Talk]string{
		facts.Hello:  "こんにちは。何をお知りになりたいですか。",
		facts.Thanks: "お役に立てて何よりです。",
		facts.Help:   "ご質問をお書きください。答えになる事実をお探しします。",
		facts.WhoAmI: "私は、出典を添えて人がまとめた事実をもとにお答えするボットです。",
		facts.Bye:    "またいつでもお尋ねください。",
		facts.Chat:   "雑談は苦手ですが、ご質問でしたらいつでもどうぞ。",
	},
	Status: map[facts.Status]string{
		facts.Confirmed:  "確認済みの内容",
		facts.Reported:   "報道された内容",
		facts.Disputed:   "双方の主張が食い違っている内容",
		facts.Superseded: "現在は当てはまらない内容",
		facts.Retracted:  "撤回された内容ですので、根拠になさらないでください",
	},
	About:    func(titles []string) string { return "扱っている話題：" + strings.Join(titles, "、") },
	GapTitle: func(title string) string { return "出典に書かれていない事柄：" + title },
	Says:     func(who string) string { return "発表・発言：" + who },
	Version:  func(who, version string) string { return who + "：" + version },
	AsOf:     func(date string) string { return date + "時点" },
	When:     func(date string) string { return "時期：" + date },
	Span:     func(from, to string) string { return from + "から" + to + "まで" },
	ReplacedBy: func(title string) string {
		return "現在は当てはまらない内容で、「" + title + "」に置き換えられました"
	},
	OnlyIn: func(language string) string {
		return "まだ翻訳がないため、" + language + "の文を表示しています。"
	},
	SourceLine: func(publisher, date string, paragraph int) string {
		if paragraph == 0 {
			return publisher + "、" + date
		}
		return fmt.Sprintf("%s、%s、第%d段落", publisher, date, paragraph)
	},
	LanguageName: map[string]string{"en": "英語", "ko": "韓国語", "ja": "日本語"},
	Day:          "2006年1月2日", Month: "2006年1月", Year: "2006年",
}
