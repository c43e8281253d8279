package facts

import "strings"

// Talk is a kind of small talk. Its reply asserts nothing.
type Talk string

const (
	Hello  Talk = "hello"
	Thanks Talk = "thanks"
	Help   Talk = "help"
	WhoAmI Talk = "who"
	Bye    Talk = "bye"
	Chat   Talk = "chat" // anything else said to the bot and not asked of it
)

// talks lists small talk as it is typed, without spaces and punctuation. Only
// a whole message counts: "hello, when did they meet?" is a question.
var talks = func() map[string]Talk {
	m := map[string]Talk{}
	add := func(t Talk, list string) {
		for _, s := range strings.Split(list, "|") {
			m[squeeze(s)] = t
		}
	}
	add(Hello, `hi|hello|hey|yo|hiya|hello bot|hi bot|hey bot|good morning|good evening|good afternoon|good night|sup|whats up|what's up|how are you|how are you today|hello how are you|hello bot how are you|hello bot how are you today|hi how are you|how are you doing|how's it going|greetings|howdy|안녕|안녕하세요|안녕하십니까|하이|ㅎㅇ|하이요|안뇽|반가워|반갑습니다|안녕 봇|봇 안녕|잘 지내|잘 지내요|こんにちは|こんばんは|おはよう|おはようございます|やあ|どうも|はじめまして|ハロー|元気|元気ですか|お元気ですか|調子どう`)
	add(Thanks, `thanks|thank you|thx|ty|tysm|thanks a lot|thank you so much|thanks bot|thank you bot|cheers|nice|great|cool|good bot|nice one|well done|awesome|lol thanks|ok thanks|okay thanks|고마워|고마워요|고맙습니다|감사|감사합니다|감사해요|ㄱㅅ|ㄳ|땡큐|오 고마워|오 고마워 ㅋㅋ|고마워 ㅋㅋ|잘했어|굿|ありがとう|ありがとうございます|ありがとー|あざす|サンキュー|感謝|助かる|助かった|どうもありがとう|いいね`)
	add(Help, `help|help me|what can you do|what do you do|how do i use you|how does this work|how do you work|what can i ask|what can i ask you|commands|usage|도움말|도와줘|뭐 할 수 있어|뭘 할 수 있어|뭐 물어볼 수 있어|사용법|어떻게 써|어떻게 사용해|ヘルプ|助けて|使い方|何ができる|何ができるの|何ができますか|何を聞けばいい|使い方を教えて`)
	add(WhoAmI, `who are you|what are you|who made you|who built you|who created you|are you a bot|are you a robot|are you human|are you real|are you an ai|what is your name|what's your name|who is your creator|who runs you|넌 누구야|너 누구야|너는 누구니|누구세요|누가 만들었어|누가 너 만들었어|너 봇이야|너 ai야|이름이 뭐야|너 이름 뭐야|あなたは誰|君は誰|誰ですか|お前誰|誰が作ったの|あなたは誰が作ったの|名前は|名前は何|ボットなの|aiなの|人間ですか`)
	add(Bye, `bye|goodbye|see you|see ya|cya|good bye|later|good night bot|잘 가|안녕히 계세요|바이|ㅂㅂ|잘자|さようなら|またね|じゃあね|バイバイ|おやすみ`)
	add(Chat, `lol|lmao|haha|hahaha|ok|okay|yes|no|yeah|nope|wow|omg|bruh|you suck|you are useless|you're useless|you're useless lol|useless|stupid bot|dumb bot|bad bot|shut up|i love you|love you|tell me a joke|sing a song|are you okay|test|testing|ping|ㅋㅋ|ㅋㅋㅋ|ㅎㅎ|ㅇㅇ|ㄴㄴ|응|아니|오|와|대박|바보|멍청이|사랑해|심심해|농담 해줘|테스트|笑|w|ww|www|草|うん|はい|いいえ|すごい|バカ|大好き|暇|テスト`)
	return m
}()

// talkOf recognises a message that is nothing but small talk.
func talkOf(text string) Talk {
	if len(text) > 80 {
		return ""
	}
	return talks[squeeze(text)]
}

// squeeze keeps the letters and digits of a text, in lower case.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if scriptOf(r) == other {
			return -1
		}
		return r
	}, strings.ToLower(normalise(text)))
}
