package facts

import "strings"

// A questionType is what a question asks for, told by its first question word.
type questionType uint8

const (
	asksNothing questionType = iota
	asksWho
	asksWhen
	asksWhere
	asksMany
	asksWhy
	asksHow
	asksWhat
	asksYesNo
)

var typeNames = [...]string{"nothing", "who", "when", "where", "how many", "why", "how", "what", "yes or no"}

func (q questionType) String() string { return typeNames[q] }

var (
	whenNouns  = setOf(`year date day century month decade time weekday period era`)
	whereNouns = setOf(`city country place state town region venue location continent county province district nation village island`)
	manyNouns  = setOf(`number percentage percent amount rate population price share proportion sum many fraction`)
	manyWords  = setOf(`many much long old far large big tall often high deep wide heavy fast`)
	auxiliary  = setOf(`is are was were do does did has have had can could will would should may might am isnt arent didnt`)
)

// typeOf reads the type of a question in lang.
func typeOf(tokens []token, lang string) questionType {
	switch lang {
	case "en":
		return typeOfEnglish(tokens)
	case "ko", "ja":
		return typeByWords(rowOf(tokens), questionWords[lang])
	}
	return asksNothing
}

// alsoAsked returns the types that a question asks for in one breath, by bit,
// its own among them: "when and where", 언제 어디서.
func alsoAsked(tokens []token, row, lang string, ask questionType) uint16 {
	types := uint16(1) << ask
	switch lang {
	case "en":
		for i, t := range tokens[:max(0, len(tokens)-2)] {
			if bareTypes[t.text] != 0 && (tokens[i+1].text == "and" || tokens[i+1].text == "or") {
				types |= 1<<bareTypes[t.text] | 1<<bareTypes[tokens[i+2].text]
			}
		}
	case "ko", "ja":
		types |= plainTypes(row, questionWords[lang])
	}
	return types &^ (1 << asksNothing)
}

// bareTypes are question words that need no noun.
var bareTypes = map[string]questionType{"who": asksWho, "when": asksWhen, "where": asksWhere, "why": asksWhy}

// plainTypes returns who, when and where if a row of tokens asks for them.
func plainTypes(row string, words []questionWord) uint16 {
	var types uint16
	for _, w := range words {
		if (w.ask == asksWho || w.ask == asksWhen || w.ask == asksWhere) && strings.Contains(row, w.word) {
			types |= 1 << w.ask
		}
	}
	return types
}

func typeOfEnglish(tokens []token) questionType {
	for i, t := range tokens {
		next := ""
		if i+1 < len(tokens) {
			next = tokens[i+1].text
		}
		switch t.text {
		case "who", "whom", "whose":
			return asksWho
		case "when":
			return asksWhen
		case "where":
			return asksWhere
		case "why":
			return asksWhy
		case "how":
			if manyWords[next] {
				return asksMany
			}
			return asksHow
		case "what", "which", "wat", "wich":
			return typeOfNoun(tokens[i+1:])
		}
	}
	if len(tokens) > 0 && auxiliary[tokens[0].text] {
		return asksYesNo
	}
	return asksNothing
}

// typeOfNoun reads what the noun after what or which asks for.
func typeOfNoun(rest []token) questionType {
	for _, t := range rest[:min(3, len(rest))] {
		switch {
		case whenNouns[t.text]:
			return asksWhen
		case whereNouns[t.text]:
			return asksWhere
		case manyNouns[t.text]:
			return asksMany
		case !stopWords[t.text]:
			return asksWhat
		}
	}
	return asksWhat
}

// A questionWord tells the type of questions that hold it.
type questionWord struct {
	word string
	ask  questionType
}

// Question words of languages without word order to go by, the most telling
// first.
var (
	koreanQuestions = folded([]questionWord{
		{"왜", asksWhy}, {"이유", asksWhy}, {"어째서", asksWhy}, {"무슨요일", asksWhen}, {"몇박", asksMany}, {"며칠동안", asksMany}, {"며칠간", asksMany}, {"며칠", asksWhen}, {"언제", asksWhen}, {"몇월", asksWhen}, {"몇년", asksWhen}, {"몇일", asksWhen}, {"몇시", asksWhen},
		{"얼마", asksMany}, {"몇", asksMany}, {"어디", asksWhere}, {"어느도시", asksWhere}, {"누구", asksWho}, {"누가", asksWho}, {"누굴", asksWho},
		{"어떻게", asksHow}, {"어떤", asksWhat}, {"어느", asksWhat}, {"무엇", asksWhat}, {"무슨", asksWhat}, {"뭐", asksWhat}, {"뭘", asksWhat}, {"뭔", asksWhat}, {"머", asksWhat}, {"모라", asksWhat},
	})
	japaneseQuestions = []questionWord{
		{"なぜ", asksWhy}, {"なんで", asksWhy}, {"何で", asksWhy}, {"どうして", asksWhy}, {"理由", asksWhy}, {"いつ", asksWhen}, {"何日間", asksMany}, {"何泊", asksMany}, {"何曜", asksWhen}, {"何月", asksWhen}, {"何年", asksWhen}, {"何日", asksWhen},
		{"いくら", asksMany}, {"いくつ", asksMany}, {"何回", asksMany}, {"何度", asksMany}, {"何人", asksMany}, {"何割", asksMany}, {"何パー", asksMany}, {"何番", asksMany}, {"どれくらい", asksMany}, {"どのくらい", asksMany}, {"どれだけ", asksMany},
		{"どこ", asksWhere}, {"どちらで", asksWhere}, {"誰", asksWho}, {"だれ", asksWho}, {"どなた", asksWho}, {"どうやって", asksHow}, {"どのように", asksHow}, {"どう", asksHow}, {"どの", asksWhat}, {"どんな", asksWhat}, {"何", asksWhat}, {"なに", asksWhat}, {"なん", asksWhat}, {"どっち", asksWhat},
	}
)

// folded writes question words as tokens are written.
func folded(words []questionWord) []questionWord {
	for i := range words {
		words[i].word = foldHangul(words[i].word)
	}
	return words
}

// questionWords are those of the languages without word order.
var questionWords = map[string][]questionWord{"ko": koreanQuestions, "ja": japaneseQuestions}

// mayAskTwice reports whether a text may be one that can be cut into two that
// each ask something: it has two question words. Its row is its tokens without
// spaces.
func mayAskTwice(tokens []token, row, lang string) bool {
	words := questionWords[lang]
	if words == nil {
		return countCues(tokens) > 1
	}
	firstEnd, lastStart := len(row)+1, -1
	for _, w := range words {
		if at := strings.Index(row, w.word); at >= 0 {
			firstEnd = min(firstEnd, at+len(w.word))
			lastStart = max(lastStart, strings.LastIndex(row, w.word))
		}
	}
	return firstEnd <= lastStart
}

// countCues counts the tokens by which an English text can ask something.
func countCues(tokens []token) int {
	n := 0
	for i := range tokens {
		if typeOfEnglish(tokens[i:i+1]) != asksNothing {
			n++
		}
	}
	return n
}

// typeByWords takes the first listed question word that a row of tokens holds.
func typeByWords(row string, words []questionWord) questionType {
	for _, w := range words {
		if strings.Contains(row, w.word) {
			return w.ask
		}
	}
	return asksNothing
}

// rowOf joins tokens without spaces.
func rowOf(tokens []token) string {
	if len(tokens) == 1 {
		return tokens[0].text
	}
	n := 0
	for _, t := range tokens {
		n += len(t.text)
	}
	var text strings.Builder
	text.Grow(n)
	for _, t := range tokens {
		text.WriteString(t.text)
	}
	return text.String()
}

// evidence tells how well a phrase shows what the question asks for, beyond
// the question's own words: 1 yes, 0 no.
func (ps *phraseScore) evidence(ask questionType) float32 {
	has := func(t trait) bool { return ps.traits&t != 0 }
	switch {
	case ask == asksWhen && has(isYear|isDate), ask == asksMany && has(isNumber), ask == asksWho && ps.names,
		ask == asksWhere && ps.places, ask == asksWhy && has(isCause):
		return 1
	case ask == asksWhen && has(isNumber):
		return .4
	case ask == asksMany && has(isYear):
		return .3
	}
	return 0
}
