package facts

import "strings"

// Words that are evidence of something, in English.
var (
	dateWords = setOf(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday century centuries year years decade decades`)
	numberWords = setOf(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
hundred hundreds thousand thousands million millions billion billions trillion half dozen once twice third quarter percent per`)
	causeWords  = setOf(`because due caused cause causes owing result resulted resulting reason thanks led leads risk since therefore`)
	placerWords = setOf(`in at from near of to`)
)

// traitsOf tells what a normalised word can be evidence of.
func traitsOf(w string) trait {
	var t trait
	if stopWords[w] {
		t |= isStop
	}
	if isYearNumber(w) {
		t |= isYear
	} else if _, ordinal := numberValues[w]; ordinal || hasDigit(w) || numberWords[w] {
		t |= isNumber
	}
	if dateWords[w] {
		t |= isDate
	}
	if causeWords[w] {
		t |= isCause
	}
	if placerWords[w] {
		t |= isPlacer
	}
	return t
}

// isYearNumber reports whether w is a number from 1000 to 2099.
func isYearNumber(w string) bool {
	if len(w) != 4 || (w[0] != '1' && (w[0] != '2' || w[1] != '0')) {
		return false
	}
	return allDigits(w)
}

func allDigits(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != ""
}

// frameWords dress a question up and say nothing about its subject.
var frameWords = setOf(`nah yep yup anyway gimme lemme settle fight offline scrolling woke heck hell dumb silly stupid q qq question tf tbf lowkey freaking literally damn dang jeez omfg whoa oof hmmm umm erm though actually even again relevant apparently supposedly lol lmao bruh bro dude ngl tbh imo omg wtf wait ok okay so well sorry sure hmm um uh like basically literally honestly guess anyway also then maybe rn fr idk wonder stuff bit missed keep keeps hearing
school class essay paper homework grandma grandmother dad mom friend boss professor teacher colleague trying figure out write writing english language understand correct wrong right yes no check double please hey bot tell know say said says article news happen happened happening report reported hi hello thanks anyone somebody explain give
want wanna wondering wonder question asking ask info information details really actually exactly btw lol pls plz yo guys sir mr mrs ms dear heard read understand think thing things stuff kind
quick quickly curious idea remind summary according`)

var negations = setOf(`not never no without neither nor none nobody nothing cannot`)

// antonyms maps stems to their opposites.
var antonyms = pairsOf(`increas decreas,rise fall,rais lower,improv worsen,win lose,accept refus,allow forbid,begin end,start end,open close,support oppos,
first last,north south,east west,before after,more less,high low,larg small,larger smaller,largest smallest,highest lowest,maximum minimum,
most least,earli late,earliest latest,strong weak,strengthen weaken,import export,success failur,succeed fail,agre disagre,love hate,approv reject,
gain loss,major minor,major minority,internal external,public privat,old new,oldest newest,victori defeat,war peac,friend enemi,legal illeg,possibl imposs,
includ exclud,appear disappear,arriv depart,attack defend,buy sell,creat destroy,remain leav,male femal,men women,upper lower,posit negat,right left,
young old,youngest oldest,youngest eldest,best worst,cheap expens,common rare,complex simpl,dark light,deep shallow,fast slow,hard easi,long short,longest shortest,rich poor,thick thin,wide narrow,warm cold,hot cold`)

func pairsOf(list string) map[string]string {
	m := map[string]string{}
	for _, pair := range strings.Split(list, ",") {
		a, b, _ := strings.Cut(strings.TrimSpace(pair), " ")
		m[stemOf(a)], m[stemOf(b)] = stemOf(b), stemOf(a)
	}
	return m
}

// functionWords are Korean and Japanese words that say nothing about the
// subject, question words among them.
var functionWords = foldedSet(`어디 어디서 어디에서 어디야 어디예요 언제 언제야 누구 누구야 누가 무엇 뭐 뭐야 뭔가 뭘 뭐라고 모라고 무슨 어떤 어떻게 어느 왜 얼마 얼마나 얼마야 얼마예요 몇 이번 그 이 저 것 거 게 수 좀 혹시 그리고 그래서 근데 그런데 진짜 정말 대체 도대체
봇아 봇 알려줘 알려주세요 알려줄래 가르쳐줘 말해줘 설명해줘 있어 있어요 있나요 있음 했어 했어요 했나요 했는지 했음 하기로 한다 한대 하나요 되나요 되는 됐어 됐나요 인가요 인지 이야 거야 건가요 건데 거예요 거임 무슨소리 얘기 대해 대해서 관련 관련해서 관해 대한 위해 때문에 때문 그냥 다 더 잘 안 못 또 및
요 야 님 함 임 음 ㅋㅋ ㅋㅋㅋ ㅎㅎ ㅠㅠ 궁금 궁금해 궁금해요 궁금합니다 싶어 싶어요 뉴스 기사 보도 何 誰 今 今回 時 事 方 的 今度 結局 教 知 言 記事 報道 具体的 実際 詳 詳細 質問 是非 一体 件 ボット`)

func foldedSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[foldHangul(normalise(w))] = true
	}
	return set
}

func functionWord(w string) bool { return functionWords[w] }

var numberValues = map[string]string{
	"three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
	"fifteen": "15", "twenty": "20", "fifty": "50", "hundred": "100",
	"second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}

// cardinals count what a fact may list without counting it.
var cardinals = setOf(`1 2 three four five six seven eight nine ten twenty hundred`)

// valueOf returns the number that a word writes, in digits: 3rd, third and
// three are 3, 350bn is 350. It is empty for other words.
func valueOf(w string) string {
	if v, ok := numberValues[w]; ok {
		return v
	}
	n := 0
	for n < len(w) && w[n] >= '0' && w[n] <= '9' {
		n++
	}
	return w[:n]
}
