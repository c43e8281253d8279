package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A script is a class of letters that words are cut by.
type script uint8

const (
	other script = iota
	latin        // every alphabet, and digits
	kanji
	hiragana
	katakana
	hangul
)

// scriptOf classifies one letter or digit of normalised text.
func scriptOf(r rune) script {
	switch {
	case r < 0x80:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' {
			return latin
		}
		return other
	case 0x3041 <= r && r <= 0x309f:
		return hiragana
	case 0x30a1 <= r && r <= 0x30ff && r != '・':
		return katakana
	case 0xac00 <= r && r <= 0xd7a3, 0x3131 <= r && r <= 0x318e, 0x1100 <= r && r <= 0x11ff:
		return hangul
	case 0x4e00 <= r && r <= 0x9fff, unicode.Is(unicode.Han, r):
		return kanji
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return latin
	}
	return other
}

// A token is one word of a text: a run of letters and digits in one of the
// alphabets, or a run of CJK letters.
type token struct {
	text    string // normalised: NFKC, lower case, clitics cut off
	raw     string // as typed, after NFKC
	cjk     bool
	sticks  bool // no gap between this token and the one before
	opening bool // first of a sentence: its capital says nothing
}

// capital reports whether the token was typed with a capital first letter.
func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.raw)
	return unicode.IsUpper(r)
}

// normalise folds width, ligatures and compositions (NFKC), straightens
// apostrophes and drops what is invisible, so that a text copied from
// anywhere compares equal to the same text typed.
func normalise(s string) string {
	if isNormal(s) {
		return s
	}
	return fold(s)
}

// fold is normalise for any text.
func fold(s string) string {
	s = norm.NFKC.String(strings.ToValidUTF8(s, " "))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == '‘' || r == 'ʼ':
			return '\''
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector): // zero width, direction marks, soft hyphens
			return -1
		}
		return r
	}, s)
}

// isNormal reports whether a text is plainly what normalise makes of it: it has
// but ASCII and CJK letters and signs that nothing composes with.
func isNormal(s string) bool {
	for _, r := range s {
		if r >= 0x80 && !(0x4e00 <= r && r <= 0x9fff || 0xac00 <= r && r <= 0xd7a3 || 0x3041 <= r && r <= 0x3096 || 0x30a1 <= r && r <= 0x30fc || r == '、' || r == '。') {
			return false
		}
	}
	return true
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// tokenize cuts text into tokens, appended to buf.
func tokenize(text string, buf []token) []token {
	text = normalise(text)
	lower := text // letter by letter at the same places, or else each word is lowered by itself
	if isPlainASCII(text) {
		lower = strings.ToLower(text)
	}
	opening, end := true, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		kind := scriptOf(r)
		if kind == other {
			opening = opening || r == '.' || r == '?' || r == '!' || r == ':' || r == '\n'
			i += size
			continue
		}
		start := i
		if kind == latin {
			i = endOfWord(text, i)
			for _, w := range clitics(strings.ToLower(lower[start:i])) {
				if w != "" {
					buf = append(buf, token{text: w, raw: text[start:i], sticks: start > 0 && start == end, opening: opening})
				}
			}
		} else {
			i = endOfRun(text, i)
			buf = append(buf, token{text: foldHangul(text[start:i]), raw: text[start:i], cjk: true, sticks: start > 0 && start == end, opening: opening})
		}
		end, opening = i, false
	}
	return buf
}

// endOfWord returns where the alphabetic word that starts at i ends. An
// apostrophe between letters belongs to the word.
func endOfWord(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '\'' && i+1 < len(text) {
			next, _ := utf8.DecodeRuneInString(text[i+1:])
			if scriptOf(next) != latin {
				return i
			}
		} else if scriptOf(r) != latin {
			return i
		}
		i += size
	}
	return i
}

// endOfRun returns where the CJK run that starts at i ends.
func endOfRun(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if k := scriptOf(r); k == other || k == latin {
			return i
		}
		i += size
	}
	return i
}

// clitics splits what English glues to a word: don't → do not. The others
// ('s 'm 're 'll 'd 've) say nothing on their own and go.
func clitics(w string) [2]string {
	cut := strings.IndexByte(w, '\'')
	if cut < 0 {
		if full, ok := chatSpelling[w]; ok {
			return full
		}
		return [2]string{w}
	}
	switch w {
	case "can't":
		return [2]string{"can", "not"}
	case "won't":
		return [2]string{"will", "not"}
	}
	if head, ok := strings.CutSuffix(w, "n't"); ok {
		return [2]string{head, "not"}
	}
	switch w[cut:] {
	case "'s", "'m", "'re", "'ll", "'d", "'ve":
		return [2]string{w[:cut]}
	}
	return [2]string{strings.ReplaceAll(w, "'", "")}
}

// Hangul syllables are (initial·21 + vowel)·28 + final from here on.
const (
	hangulBase = 0xac00
	hangulLast = 0xd7a3
	vowels     = 21
	finals     = 28
)

// soundAlike maps vowels that sound the same to one of them: ㅐ ㅒ ㅙ ㅞ to
// ㅔ ㅖ ㅚ ㅚ.
var soundAlike = [vowels]rune{0, 5, 2, 7, 4, 5, 6, 7, 8, 9, 11, 11, 12, 13, 14, 11, 16, 17, 18, 19, 20}

// foldHangul writes syllables that are mixed up in typing the same way: 언재
// and 언제, 햇나요 and 했나요.
func foldHangul(run string) string {
	return strings.Map(func(r rune) rune {
		if r < hangulBase || r > hangulLast {
			return r
		}
		const ss, s = 20, 19
		final := (r - hangulBase) % finals
		vowel := (r - hangulBase) / finals % vowels
		initial := (r - hangulBase) / finals / vowels
		if final == ss {
			final = s
		}
		return hangulBase + (initial*vowels+soundAlike[vowel])*finals + final
	}, run)
}

// scriptRuns calls yield for each stretch of one script in a CJK run.
func scriptRuns(run string, yield func(kind script, part string)) {
	start, kind := 0, other
	for i, r := range run {
		k := scriptOf(r)
		if r == 'ー' && (kind == katakana || kind == hiragana) {
			k = kind
		}
		if r == '々' {
			k = kanji
		}
		if k != kind && i > start {
			yield(kind, run[start:i])
			start = i
		}
		kind = k
	}
	if start < len(run) {
		yield(kind, run[start:])
	}
}

// chatSpelling writes out what people type for short, or by ear, in English.
var chatSpelling = map[string][2]string{
	"wat": {"what"}, "wut": {"what"}, "whats": {"what"}, "wen": {"when"}, "whens": {"when"}, "wher": {"where"}, "wheres": {"where"}, "whos": {"who"}, "hows": {"how"}, "wich": {"which"}, "whch": {"which"},
	"y": {"why"}, "u": {"you"}, "ur": {"your"}, "r": {"are"}, "n": {"and"}, "adn": {"and"}, "teh": {"the"}, "hte": {"the"}, "da": {"the"}, "dat": {"that"}, "dis": {"this"}, "dey": {"they"}, "thier": {"their"},
	"thru": {"through"}, "tho": {"though"}, "b4": {"before"}, "befor": {"before"}, "bc": {"because"}, "cuz": {"because"}, "coz": {"because"}, "cos": {"because"}, "bcuz": {"because"}, "abt": {"about"}, "ppl": {"people"}, "govt": {"government"}, "gov": {"government"},
	"didnt": {"did", "not"}, "doesnt": {"does", "not"}, "dont": {"do", "not"}, "isnt": {"is", "not"}, "arent": {"are", "not"}, "wasnt": {"was", "not"}, "werent": {"were", "not"}, "cant": {"can", "not"}, "wont": {"will", "not"}, "wouldnt": {"would", "not"}, "hasnt": {"has", "not"}, "havent": {"have", "not"},
	"wanna": {"want"}, "gonna": {"going"}, "gotta": {"must"}, "dose": {"does"}, "goto": {"go", "to"}, "alot": {"lot"}, "sez": {"says"}, "sed": {"said"}, "becuz": {"because"}, "2day": {"today"},
	"wy": {"why"}, "whyy": {"why"}, "wht": {"what"}, "waht": {"what"}, "whut": {"what"}, "wats": {"what"}, "wot": {"what"}, "nd": {"and"}, "nad": {"and"}, "w": {"with"}, "wit": {"with"}, "wiht": {"with"}, "wth": {"with"}, "bout": {"about"}, "abot": {"about"}, "abut": {"about"}, "bcs": {"because"}, "th": {"the"}, "tel": {"tell"}, "sya": {"say"}, "sey": {"say"}, "whn": {"when"}, "wehn": {"when"}, "hwen": {"when"}, "whr": {"where"}, "whre": {"where"}, "hwo": {"how"}, "hw": {"how"}, "hoo": {"who"}, "fr": {"for"}, "frm": {"from"}, "fo": {"of"}, "ot": {"to"}, "ti": {"it"}, "si": {"is"}, "ist": {"is"}, "iz": {"is"}, "wer": {"were"}, "ther": {"there"}, "thr": {"their"}, "em": {"them"}, "pres": {"president"}, "prez": {"president"}, "mtg": {"meeting"}, "mtng": {"meeting"}, "yr": {"year"}, "yrs": {"years"}, "amt": {"amount"}, "def": {"definitely"}, "esp": {"especially"}, "pls": {"please"}, "plz": {"please"}, "msg": {"message"},
}
