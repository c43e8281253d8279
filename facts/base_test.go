package facts

import (
	"sync"
	"testing"
	"testing/fstest"
)

// tramTalks is a small base in three languages with everything that a
// decision looks at: names in and out of the facts, numbers, an overview with
// its parts, a superseded fact, gaps, terms.
const tramTalks = `
base: tram-talks
title: {en: "The tram talks", ko: "트램 회담", ja: "路面電車の会談"}
languages: [en, ko, ja]
sources:
  paper: {title: "Mayors meet", publisher: "The Paper", url: "https://example.org/tram", language: en}
names:
  keller: {kind: person, label: {en: "Anna Keller", ko: "켈러", ja: "ケラー"}, spellings: {en: ["Anna Keller", "Keller"], ko: ["안나 켈러", "켈러"], ja: ["アンナ・ケラー", "ケラー"]}}
  kim: {kind: person, label: {en: "Kim Min-ji", ko: "김민지", ja: "キム・ミンジ"}, spellings: {en: ["Kim Min-ji", "Kim"], ko: ["김민지"], ja: ["キム・ミンジ", "キム"]}}
  geneva: {kind: place, label: {en: "Geneva", ko: "제네바", ja: "ジュネーブ"}, spellings: {en: ["Geneva"], ko: ["제네바"], ja: ["ジュネーブ"]}}
  daegu: {kind: place, label: {en: "Daegu", ko: "대구", ja: "テグ"}, spellings: {en: ["Daegu"], ko: ["대구"], ja: ["テグ"]}}
  obama: {kind: person, label: {en: "Barack Obama", ko: "오바마", ja: "オバマ"}, spellings: {en: ["Barack Obama", "Obama"], ko: ["오바마"], ja: ["オバマ"]}}
  china: {kind: country, label: {en: "China", ko: "중국", ja: "中国"}, spellings: {en: ["China", "Chinese"], ko: ["중국"], ja: ["中国"]}}
terms:
  en: [[talks, meeting, sit-down], [fare, ticket price], [pledge, promise]]
  ko: [[회담, 만남], [요금, 운임]]
  ja: [[会談, 話し合い], [運賃, 料金]]
facts:
  - id: overview
    title: {en: "The talks in short", ko: "회담 개요", ja: "会談の概要"}
    answer:
      en: "Mayors Anna Keller and Kim Min-ji met in Geneva on 4 May 2021 and agreed on a tram line."
      ko: "안나 켈러 시장과 김민지 시장은 2021년 5월 4일 제네바에서 만나 트램 노선에 합의했다."
      ja: "アンナ・ケラー市長とキム・ミンジ市長は2021年5月4日にジュネーブで会談し、路面電車の新線で合意した。"
    asks:
      en: ["what were the talks about", "sum up the meeting", "give me an overview of the talks"]
      ko: ["회담 요약해줘", "무슨 회담이었어", "회담 전체 내용 알려줘"]
      ja: ["会談の概要を教えて", "どんな会談だったの", "会談をまとめて"]
    about: [keller, kim, geneva]
    covers: [talks-place, talks-date]
    sources: [{ref: paper}]
  - id: talks-place
    title: {en: "Where the talks were held", ko: "회담 장소", ja: "会談の場所"}
    answer:
      en: "Anna Keller and Kim Min-ji met in the town hall of Geneva."
      ko: "안나 켈러와 김민지는 제네바 시청에서 만났다."
      ja: "アンナ・ケラーとキム・ミンジはジュネーブの市庁舎で会った。"
    asks:
      en: ["where were the talks held", "where did the mayors meet", "in which city was the meeting", "where did Keller meet Kim"]
      ko: ["회담은 어디에서 열렸나요", "시장들이 어디서 만났어", "회담 장소가 어디야", "켈러와 김민지가 어디서 만났나요"]
      ja: ["会談はどこで開かれましたか", "市長たちはどこで会ったの", "会談の場所はどこ", "ケラーとキムはどこで会いましたか"]
    about: [keller, kim, geneva]
    sources: [{ref: paper}]
  - id: talks-date
    title: {en: "When the talks were held", ko: "회담 날짜", ja: "会談の日付"}
    answer:
      en: "Anna Keller and Kim Min-ji met on 4 May 2021."
      ko: "안나 켈러와 김민지는 2021년 5월 4일에 만났다."
      ja: "アンナ・ケラーとキム・ミンジは2021年5月4日に会った。"
    asks:
      en: ["when were the talks held", "when did the mayors meet", "on which day was the meeting", "what date did Keller meet Kim"]
      ko: ["회담은 언제 열렸나요", "시장들이 언제 만났어", "회담 날짜가 언제야", "켈러와 김민지가 언제 만났나요"]
      ja: ["会談はいつ開かれましたか", "市長たちはいつ会ったの", "会談の日付はいつ", "ケラーとキムはいつ会いましたか"]
    about: [keller, kim]
    sources: [{ref: paper}]
  - id: fare-cut
    title: {en: "The fare cut", ko: "요금 인하", ja: "運賃の値下げ"}
    answer:
      en: "Geneva cut the tram fare by 12 percent."
      ko: "제네바는 트램 요금을 12% 내렸다."
      ja: "ジュネーブは路面電車の運賃を12％下げた。"
    asks:
      en: ["how much was the fare cut", "by how many percent did the fare fall", "did Geneva cut the fare by 12 percent", "how big was the cut in ticket prices"]
      ko: ["요금을 얼마나 내렸나요", "요금이 몇 퍼센트 내렸어", "제네바가 요금을 12% 내렸나요", "요금 인하 폭이 얼마야"]
      ja: ["運賃はいくら下がりましたか", "運賃は何パーセント下がったの", "ジュネーブは運賃を12％下げたの", "運賃の値下げ幅はどれくらい"]
    about: [geneva]
    sources: [{ref: paper}]
  - id: old-fare-cut
    title: {en: "The fare cut, as first announced", ko: "처음 발표된 요금 인하", ja: "当初発表の値下げ"}
    answer: {en: "Geneva plans to halve the tram fare.", ko: "제네바는 요금을 반으로 내릴 계획이다.", ja: "ジュネーブは運賃を半額にする計画だ。"}
    asks:
      en: ["is it true that fares will be halved"]
      ko: ["요금이 반값이 된다는 게 사실이야"]
      ja: ["運賃が半額になるのは本当"]
    status: superseded
    superseded_by: fare-cut
    about: [geneva]
    sources: [{ref: paper}]
  - id: pledge
    title: {en: "What Daegu pledged", ko: "대구의 약속", ja: "テグの約束"}
    answer:
      en: "Daegu pledged 30 million euros for the new line."
      ko: "대구는 새 노선에 3000만 유로를 내기로 했다."
      ja: "テグは新しい路線に3000万ユーロを出すと約束した。"
    asks:
      en: ["how much did Daegu pledge", "how many euros did Daegu promise for the line", "what did Daegu pledge for the new line"]
      ko: ["대구가 얼마를 내기로 했어", "대구가 약속한 돈이 얼마야", "대구는 새 노선에 얼마를 내나요"]
      ja: ["テグはいくら出すと約束しましたか", "テグが約束した金額はいくら", "テグは新しい路線にいくら出すの"]
    about: [daegu]
    sources: [{ref: paper}]
gaps:
  - id: lunch
    title: {en: "What the mayors ate", ko: "시장들이 먹은 음식", ja: "市長たちの食事"}
    says: {en: "The paper does not say.", ko: "신문에 나오지 않는다.", ja: "新聞には書かれていない。"}
    asks:
      en: ["what did the mayors eat for lunch", "what was on the menu", "which dishes were served", "what food did they eat"]
      ko: ["시장들이 점심에 뭘 먹었어", "메뉴가 뭐였나요", "무슨 음식이 나왔어", "점심 메뉴 알려줘"]
      ja: ["市長たちは昼食に何を食べましたか", "メニューは何だったの", "どんな料理が出たの", "昼食のメニューを教えて"]
    about: [keller, kim]
    near: [talks-place]
`

// loadBase loads a base from its text.
func loadBase(tb testing.TB, text string) *Base {
	tb.Helper()
	bases, problems := LoadFS(fstest.MapFS{"base.yaml": {Data: []byte(text)}}, "base.yaml")
	if err := problems.Err(); err != nil {
		tb.Fatal(err)
	}
	return bases[0]
}

var tramOnce struct {
	sync.Once
	snapshot *Snapshot
}

// tramSnapshot is the snapshot of tramTalks that tests share.
func tramSnapshot(tb testing.TB) *Snapshot {
	tb.Helper()
	tramOnce.Do(func() { tramOnce.snapshot = NewSnapshot(loadBase(tb, tramTalks)) })
	if tramOnce.snapshot == nil {
		tb.Fatal("the small base did not load")
	}
	return tramOnce.snapshot
}

// embedded is the snapshot of the base that the binary carries.
func embedded(tb testing.TB) *Snapshot {
	tb.Helper()
	s, err := Embedded()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// indexOf indexes phrasings, one entry each row, without fitting a model.
func indexOf(lang string, phrasings ...[]string) *index {
	b := newBuilder(lang, nil)
	for i, asks := range phrasings {
		b.beginEntry(0, i, false)
		for _, text := range asks {
			b.addPhrase(text, askPhrase)
		}
	}
	return b.finish()
}
