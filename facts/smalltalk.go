package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	add(Hello, `gm gm|gm gm how's ur day going|hows ur day going|how's ur day going|bot|little bot|dear bot|buddy|mate|今日もよろしくね|今日もよろしく|今日もよろしくお願いします|hi there|hello there|hey there|heya|hola|hey bot how's your day going|how's your day going|how's your day|how is your day going|hows ur day|how r u|how you doing|how are you feeling today|what's new|wassup|whassup|hi all|gm|gn|morning|evening|bot hi|오늘 기분 어때|기분 어때|뭐 해|뭐해|뭐하니|뭐 하고 있어|밥 먹었어|밥 먹었니|잘 지냈어|잘 있었어|오랜만|오랜만이야|하이 봇|좋은 아침|좋은 아침이에요|좋은 하루|今日の調子はどう|今日の調子は|調子はどう|調子はどうですか|元気してる|おは|こんちは|こんちわ|やっほー|よろしく|よろしくお願いします|今何してる|何してるの|お腹すいた|hi|hello|hey|yo|hiya|hello bot|hi bot|hey bot|good morning|good evening|good afternoon|good night|sup|whats up|what's up|how are you|how are you today|hello how are you|hello bot how are you|hello bot how are you today|hi how are you|how are you doing|how's it going|greetings|howdy|안녕|안녕하세요|안녕하십니까|하이|ㅎㅇ|하이요|안뇽|반가워|반갑습니다|안녕 봇|봇 안녕|잘 지내|잘 지내요|こんにちは|こんばんは|おはよう|おはようございます|やあ|どうも|はじめまして|ハロー|元気|元気ですか|お元気ですか|調子どう`)
	add(Thanks, `thx a lot|ty so much|thank you very much|many thanks|good job|great job|nice job|good job bot|nice work|good work|you rock|you're the best|ur the best|best bot|great bot|nice bot|cool bot|love this bot|much appreciated|appreciate it|that helps|that helped|perfect|good stuff|잘했어 봇|고생했어|수고|수고했어|수고하세요|최고|최고야|역시|오 좋아|좋아요|정말 고마워|진짜 고마워|고마워 봇|봇 고마워|너무 고마워|助かりました|すごく助かった|ありがと|まじ助かる|さすが|えらい|優秀|いいボット|お疲れ|お疲れ様|お疲れさま|ナイス|thanks|thank you|thx|ty|tysm|thanks a lot|thank you so much|thanks bot|thank you bot|cheers|nice|great|cool|good bot|nice one|well done|awesome|lol thanks|ok thanks|okay thanks|고마워|고마워요|고맙습니다|감사|감사합니다|감사해요|ㄱㅅ|ㄳ|땡큐|오 고마워|오 고마워 ㅋㅋ|고마워 ㅋㅋ|잘했어|굿|ありがとう|ありがとうございます|ありがとー|あざす|サンキュー|感謝|助かる|助かった|どうもありがとう|いいね`)
	add(Help, `help|help me|what can you do|what do you do|how do i use you|how does this work|how do you work|what can i ask|what can i ask you|commands|usage|도움말|도와줘|뭐 할 수 있어|뭘 할 수 있어|뭐 물어볼 수 있어|사용법|어떻게 써|어떻게 사용해|ヘルプ|助けて|使い方|何ができる|何ができるの|何ができますか|何を聞けばいい|使い方を教えて`)
	add(WhoAmI, `who are you|what are you|who made you|who built you|who created you|are you a bot|are you a robot|are you human|are you real|are you an ai|what is your name|what's your name|who is your creator|who runs you|넌 누구야|너 누구야|너는 누구니|누구세요|누가 만들었어|누가 너 만들었어|너 봇이야|너 ai야|이름이 뭐야|너 이름 뭐야|あなたは誰|君は誰|誰ですか|お前誰|誰が作ったの|あなたは誰が作ったの|名前は|名前は何|ボットなの|aiなの|人間ですか`)
	add(Bye, `bye|goodbye|see you|see ya|cya|good bye|later|good night bot|잘 가|안녕히 계세요|바이|ㅂㅂ|잘자|さようなら|またね|じゃあね|バイバイ|おやすみ`)
	add(Chat, `tell me a story|sing me a song|do you like kimchi|do you like sushi|do you like pizza|are you single|do you dream|what's your favorite color|what's your favourite colour|do you have feelings|are you alive|can you dance|marry me|be my friend|i'm bored|im bored|so bored|good game|gg|ez|rip|f|노래 불러줘|노래해 줘|너 좋아하는 음식이 뭐야|좋아하는 색이 뭐야|나랑 놀자|놀자|심심하다|심심|배고파|졸려|재밌는 얘기 해줘|웃긴 얘기 해줘|歌って|歌を歌って|好きな食べ物は|好きな色は|冗談言って|何か面白いこと言って|遊ぼう|暇だ|暇すぎ|お腹空いた|眠い|結婚して|lol|lmao|haha|hahaha|ok|okay|yes|no|yeah|nope|wow|omg|bruh|you suck|you are useless|you're useless|you're useless lol|useless|stupid bot|dumb bot|bad bot|shut up|i love you|love you|tell me a joke|sing a song|are you okay|test|testing|ping|ㅋㅋ|ㅋㅋㅋ|ㅎㅎ|ㅇㅇ|ㄴㄴ|응|아니|오|와|대박|바보|멍청이|사랑해|심심해|농담 해줘|테스트|笑|w|ww|www|草|うん|はい|いいえ|すごい|バカ|大好き|暇|テスト`)
	return m
}()

// talkOf recognises a message that is nothing but small talk: every part
// between its signs is. The last part tells what kind.
func talkOf(text string) (talk Talk) {
	if len(text) > 80 {
		return ""
	}
	var room [128]byte
	buf := squeezed(room[:0], text)
	if talk := talks[string(buf)]; talk != "" {
		return talk
	}
	for part := range strings.FieldsFuncSeq(text, endsTalk) {
		if buf = squeezed(buf[:0], part); len(buf) == 0 {
			continue
		}
		if talk = talks[string(buf)]; talk == "" {
			return ""
		}
	}
	return talk
}

// endsTalk reports whether a sign stands between two pieces of small talk.
func endsTalk(r rune) bool { return strings.ContainsRune(",.!?~…;、。！？\n", r) }

// squeeze keeps the letters and digits of a text, in lower case.
func squeeze(text string) string { return string(squeezed(nil, text)) }

// squeezed appends what squeeze keeps.
func squeezed(buf []byte, text string) []byte {
	for _, r := range normalise(text) {
		if r = unicode.ToLower(r); scriptOf(r) != other {
			buf = utf8.AppendRune(buf, r)
		}
	}
	return buf
}
