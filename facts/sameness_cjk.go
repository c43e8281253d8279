package facts

import (
	"slices"
	"strings"
)

// What Korean and Japanese questions can do without, as tokens are written,
// the longest first.
var (
	koreanFillers = setOf(foldHangul(`좀 혹시 제발 님들 여러분 근데 그런데 진짜 대체 도대체 궁금 궁금해 궁금해요 궁금합니다 궁금한데 궁금한데요 알려 알려줘 알려줘요 알려주세요 알려줄래 알려주실래요 알려주실
말해줘 말해주세요 가르쳐줘 가르쳐주세요 주세요 줘 줘요 주실래요 있나요 부탁해 부탁해요 부탁드려요 부탁드립니다 안녕 안녕하세요 저기요 저기 질문 질문이요 질문있어요 고마워 감사합니다 감사해요`))
	koreanEndings = byLength(strings.Fields(foldHangul(`습니까 나요 어요 었나요 는지 는지요 는가 는가요 는데 지 지요 죠 음 냐 니 어
인가요 이에요 예요 에요 이야 야 임 입니까 이죠 인지 인지요 인가 이냐 이니 던가요 던가 을까요 을까 거야 건가요 건가 건가요 겁니까 요`)))
	koreanSubjects   = strings.Fields(foldHangul(`께서 은 는 이 가`))
	koreanObjects    = strings.Fields(foldHangul(`을 를`))
	koreanJoiners    = setOf(foldHangul(`와 과 랑 이랑 하고 및 그리고`))
	japaneseEndings  = byLength(strings.Fields(`を教えてください を教えて下さい を教えてほしい を教えてくれませんか を教えてもらえますか を教えて 教えてください 教えて下さい 教えて を知りたい を知りたいです が知りたい が知りたいです 知りたい 知りたいです ですか でしょうか のですか んですか の か ね よ かな んだっけ だっけ っけ です ください 下さい お願いします おねがいします`))
	japaneseOpenings = strings.Fields(`すみません すいません あの えっと ちなみに こんにちは ところで`)
	japanesePast     = byLength(strings.Fields(`ましたでしょうか ましたか ました たのでしょうか たのですか たんですか たんでしょうか たのか たの たん`))
	japaneseJoiners  = setOf(`と や ・ および`)
)

// byLength sorts the longest first.
func byLength(list []string) []string {
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// sayCJK lists the units of a text of CJK letters: in Korean what stands between
// spaces, in Japanese letters one by one. Names and terms are units of their own.
func (m samer) sayCJK(tokens []token) []saying {
	var pieces [][]saying // by token
	if m.lang == "ko" {
		tokens = koreanWords(tokens)
	}
	names := 0
	for _, p := range m.piecesOf(tokens) {
		pieces = append(pieces, p)
		for _, u := range p {
			if u.name {
				names++
			}
		}
	}
	if m.lang == "ko" {
		return sayKorean(pieces, names > 1)
	}
	return sayJapanese(slices.Concat(pieces...), names > 1)
}

// piecesOf cuts each token into what the lexicon knows and what lies between.
func (m samer) piecesOf(tokens []token) [][]saying {
	var r reading
	if m.x == nil || m.x.lexicon == nil {
		(&lexicon{cjk: true}).read(tokens, nil, &r)
	} else {
		m.x.lexicon.read(tokens, nil, &r)
	}
	at := map[int]found{}
	for _, mention := range r.mentions {
		if m.x.lexicon.named(mention.group) != nil {
			at[mention.start] = at[mention.start].with(m, mention.group, mention.end)
		}
	}
	pieces := make([][]saying, len(tokens))
	for i := 0; i < len(r.row); {
		p := &pieces[r.owner[i]]
		if f, ok := at[i]; ok {
			*p = append(*p, saying{text: f.text, name: true})
			i = f.to
			continue
		}
		if n := len(*p); n == 0 || (*p)[n-1].name {
			*p = append(*p, saying{})
		}
		last := &(*p)[len(*p)-1]
		last.text += string(r.row[i])
		i++
	}
	return pieces
}

// koreanWords are the tokens that are more than courtesy and laughter.
func koreanWords(tokens []token) []token {
	var words []token
	for _, t := range tokens {
		if !koreanFillers[t.text] && strings.Trim(t.text, laughter) != "" {
			words = append(words, t)
		}
	}
	return words
}

// laughter and tears, as tokens are written.
var laughter = normalise("ㅋㅎㅠㅜ")

// sayKorean takes the particles off that mark subjects and objects, unless there
// are two names that these tell apart, and the ending off the last word.
func sayKorean(pieces [][]saying, roles bool) []saying {
	var list []saying
	for i, p := range pieces {
		if len(p) == 0 {
			continue
		}
		last := &p[len(p)-1]
		if i == len(pieces)-1 {
			last.text = withoutEnding(last.text, koreanEndings)
		} else {
			last.text = withoutRole(last.text, roles && slices.ContainsFunc(p, func(u saying) bool { return u.name }))
		}
		for _, u := range p {
			if u.text != "" {
				list = append(list, u)
			}
		}
	}
	return joinNames(list, koreanJoiners)
}

// withoutRole cuts the particle off that marks a subject or an object, or writes
// which of the two it marks.
func withoutRole(w string, keep bool) string {
	for role, particles := range [][]string{koreanSubjects, koreanObjects} {
		for _, p := range particles {
			head, ok := strings.CutSuffix(w, p)
			if !ok || head == "" && w != p {
				continue
			}
			if keep {
				head += []string{"|s", "|o"}[role]
			}
			return head
		}
	}
	return w
}

// withoutEnding cuts the first of the endings that a word has off it.
func withoutEnding(w string, endings []string) string {
	for _, e := range endings {
		if head, ok := strings.CutSuffix(w, e); ok {
			return head
		}
	}
	return w
}

// joinNames drops what only joins two names and marks the second.
func joinNames(list []saying, joiners map[string]bool) []saying {
	var out []saying
	for i := range list {
		u := list[i]
		if joiners[u.text] && i > 0 && i+1 < len(list) && list[i-1].name && list[i+1].name {
			continue
		}
		if u.name && i > 0 {
			u.joined = list[i-1].name || i > 1 && joiners[list[i-1].text] && list[i-2].name
		}
		out = append(out, u)
	}
	return out
}

// sayJapanese drops a polite opening and ending, and the particles that casual
// speech leaves out unless there are two names that these tell apart.
func sayJapanese(list []saying, roles bool) []saying {
	if len(list) == 0 {
		return nil
	}
	for _, o := range japaneseOpenings {
		list[0].text = strings.TrimPrefix(list[0].text, o)
	}
	last := &list[len(list)-1]
	for range 3 {
		if stem := withoutEnding(last.text, japanesePast); stem != last.text {
			last.text = stem + "た"
		}
		last.text = withoutEnding(last.text, japaneseEndings)
	}
	if !roles {
		for i := range list {
			list[i].text = withoutLoose(list[i].text)
		}
	}
	return joinNames(list, japaneseJoiners)
}

// withoutLoose drops は, が and を behind a letter of another script, unless they
// are a part of a verb such as 下がる.
func withoutLoose(text string) string {
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		behind := i == 0 || scriptOf(runes[i-1]) != hiragana
		verb := r == 'が' && i+1 < len(runes) && strings.ContainsRune("らりるれろっ", runes[i+1])
		if !behind || verb || !strings.ContainsRune("はがを", r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
