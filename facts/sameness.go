package facts

import (
	"hash/maphash"
	"slices"
	"strings"
)

// A sameness is what has to be the same in two questions that ask the same. It
// errs on the side of telling questions apart.
type sameness struct {
	row   uint64   // the text in its order, without spaces, if it is in a script that needs none; 0: none
	bag   uint64   // its units in no order, with the names in theirs; 0: none
	order []uint32 // the units but names, in order
}

// same reports whether two questions ask the same: what they say in the same
// order, or in one from which a single unit has moved.
func (a sameness) same(b sameness) bool {
	return a.row != 0 && a.row == b.row || a.bag != 0 && a.bag == b.bag && len(a.order)-commonOrder(a.order, b.order) <= 1
}

// commonOrder is the length of the longest common subsequence.
func commonOrder(a, b []uint32) int {
	row := make([]int, len(b)+1)
	for _, u := range a {
		before := 0
		for j, v := range b {
			above := row[j+1]
			if row[j+1] = max(row[j+1], row[j]); u == v {
				row[j+1] = max(row[j+1], before+1)
			}
			before = above
		}
	}
	return row[len(b)]
}

// A samer works out samenesses with what an index knows of its language; x is
// nil where there is none.
type samer struct {
	lang string
	x    *index
	seed maphash.Seed
}

// A saying is one unit of a question: a word, a name or a term.
type saying struct {
	text   string
	name   bool
	joined bool // to the name before it by "and" or the like
}

const maxSayings = 64 // units of a question that is compared; a longer one is only the same as itself

// of returns what has to be the same; ok is false for a text that says nothing.
func (m samer) of(text string) (s sameness, ok bool) {
	text = withoutMarkup(text)
	tokens := tokenize(text, nil)
	cjk := cjkLanguage(m.lang) && hasCJK(tokens)
	var list []saying
	if cjk {
		list = m.sayCJK(tokens)
	} else {
		tokens = withoutCourtesy(tokens)
		list = m.sayWords(tokens)
	}
	if len(list) == 0 || len(list) > maxSayings {
		plain := Normal(text)
		return sameness{row: m.hash("plain", []string{plain})}, plain != ""
	}
	kind := m.lang + " " + typeOf(tokens, m.lang).String()
	switch {
	case cjk && m.lang == "ko":
		s.row = m.hash(kind, []string{withoutEnding(rowOf(koreanWords(tokens)), koreanEndings)})
	case cjk:
		s.row = m.hash(kind, sayingsOf(list))
	}
	if m.lang != "ja" {
		s.bag, s.order = m.hashBag(kind, list)
	}
	return s, true
}

func sayingsOf(list []saying) (texts []string) {
	for _, u := range list {
		texts = append(texts, u.text)
	}
	return texts
}

func (m samer) hash(kind string, texts []string) uint64 {
	return maphash.String(m.seed, kind+"\x00"+strings.Join(texts, ""))
}

// hashBag hashes units without order, and names in their order; names that are
// joined have none.
func (m samer) hashBag(kind string, list []saying) (bag uint64, order []uint32) {
	var names, others []string
	first := 0 // of the names that are joined
	for _, u := range list {
		if !u.name {
			others = append(others, u.text)
			order = append(order, uint32(maphash.String(m.seed, u.text)))
			continue
		}
		if !u.joined {
			slices.Sort(names[first:])
			first = len(names)
		}
		names = append(names, u.text)
	}
	slices.Sort(names[first:])
	slices.Sort(others)
	return maphash.String(m.seed, kind+"\x00"+strings.Join(names, "\x00")+"\x01"+strings.Join(others, "\x00")), order
}

// Words that a question can do without, and words that are polite together.
var (
	fillers = setOf(`a an the of in at on to for is are was were be been being am do does did done have has had that this there it its s
please me tell just so um uh hey hi hello yo bot ok okay btw lol lmao omg bruh thanks thank thx ty actually exactly really anyway kindly sorry
quick question anyone anybody my ask asking curious`)
	politely   = phrasesOf(`can you,could you,would you,will you,you know,you tell,let me,you please`)
	courtesies = phrasesOf(`please,hey,hi,hello,yo,sorry,bot,ok,okay,so,um,uh,btw,lol,omg,excuse me,can you,could you,would you,will you,can someone,can anyone,could someone,tell me,please tell,let me,do you,you know,
know,to know,i want,i need,i wonder,want to,like to,i would,would like,i was,was wondering,wondering,explain to,me,quick question,question,can i,i ask,may i,ask,does anyone,anyone know,anybody know,tell us`)
	joiners = setOf(`and or n with`)
)

func phrasesOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, p := range strings.Split(list, ",") {
		set[strings.TrimSpace(p)] = true
	}
	return set
}

// sayWords lists the units of a text whose words are set apart.
func (m samer) sayWords(tokens []token) []saying {
	yesNo := typeOf(tokens, m.lang) == asksYesNo
	var list []saying
	lastName := -1 // token
	for i := 0; i < len(tokens); i++ {
		if f := m.nameAt(tokens, i); f.text != "" {
			list = append(list, saying{f.text, true, m.joins(tokens, lastName, i)})
			i = f.to - 1
			lastName = i
		} else if !isFiller(tokens, i) || yesNo && i == 0 {
			list = append(list, saying{text: m.termOf(sameWord(m.rootOf(tokens[i])))})
		}
	}
	return list
}

// nameAt returns the name that starts at a token, if one does.
func (m samer) nameAt(tokens []token, i int) found {
	if m.x == nil || m.x.lexicon == nil {
		return found{}
	}
	return m.longestName(tokens, i)
}

// withoutCourtesy drops what comes before the question.
func withoutCourtesy(tokens []token) []token {
	for len(tokens) > 1 {
		switch {
		case courtesies[tokens[0].text+" "+tokens[1].text] && len(tokens) > 2:
			tokens = tokens[2:]
		case courtesies[tokens[0].text]:
			tokens = tokens[1:]
		default:
			return tokens
		}
	}
	return tokens
}

// sameWord maps question words that ask the same to one.
func sameWord(root string) string {
	switch root {
	case "which":
		return "what"
	case "whom":
		return "who"
	}
	return root
}

// isFiller reports whether a token adds nothing.
func isFiller(tokens []token, i int) bool {
	t := tokens[i].text
	return fillers[t] || i+1 < len(tokens) && politely[t+" "+tokens[i+1].text] || i > 0 && politely[tokens[i-1].text+" "+t]
}

// joins reports whether only an "and" or nothing stands between two names.
func (m samer) joins(tokens []token, last, i int) bool {
	return last >= 0 && (i == last+1 || i == last+2 && joiners[tokens[last+1].text])
}

// minSlip is the length from which an unknown word is believed to be a slip;
// short ones are as likely other words.
const minSlip = 5

// rootOf is the stem of a token, or of the word of the base that was meant. A
// word with a capital is taken for a name, and another first letter for another
// word.
func (m samer) rootOf(t token) string {
	if t.cjk {
		return t.text
	}
	root := stemOf(t.text)
	if m.x == nil || len(t.text) < minSlip || t.capital() && !t.opening {
		return root
	}
	if m.isWord(t.text, root) {
		return root
	}
	if id, ok := m.x.repair(t.text); ok && m.x.vocabulary.text(id)[0] == t.text[0] {
		return m.x.stems.text(m.x.table[id].stem)
	}
	return root
}

// isWord reports whether the base has a word or another form of it.
func (m samer) isWord(text, root string) bool {
	_, known := m.x.vocabulary.id(text)
	if !known {
		_, known = m.x.stems.id(root)
	}
	return known
}

// A found is what the lexicon knows of a stretch of a text.
type found struct {
	text string // what it means
	to   int    // where the stretch ends
	name bool
}

// longestName returns the longest name that starts at a token.
func (m samer) longestName(tokens []token, i int) (f found) {
	l := m.x.lexicon
	if l.cjk {
		return found{}
	}
	node := uint32(0)
	for j := i; j < len(tokens); j++ {
		child, ok := l.words.step(node, l.keyOf(tokens[j].text, true))
		if !ok {
			break
		}
		node = child
		here := found{}
		for _, end := range l.fitting(l.words.endsOf(node), tokens[j]) {
			if l.named(int(end.group)) != nil {
				here = here.with(m, int(end.group), j+1)
			}
		}
		if here.text != "" {
			f = here
		}
	}
	return f
}

// termOf returns what a stem means by itself, or else the stem.
func (m samer) termOf(root string) string {
	if m.x == nil || m.x.lexicon == nil || m.x.lexicon.cjk {
		return root
	}
	node, ok := m.x.lexicon.words.step(0, m.x.lexicon.keyOf(root, false))
	if !ok {
		return root
	}
	var f found
	for _, end := range m.x.lexicon.words.endsOf(node) {
		f = f.with(m, int(end.group), 0)
	}
	if f.text == "" {
		return root
	}
	return f.text
}

// with adds a meaning of the same stretch. A name is told by its id, since those
// who speak for a state are not the state to somebody who asks.
func (f found) with(m samer, group, to int) found {
	text := ""
	if name := m.x.lexicon.named(group); name != nil {
		text, f.name = name.ID, true
	} else {
		text = m.x.termIDs[sense].text(m.x.lexicon.groups[group].term)
	}
	if text = "<" + text + ">"; !strings.Contains(f.text, text) {
		f.text += text
	}
	f.to = to
	return f
}
