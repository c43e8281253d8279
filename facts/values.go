package facts

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// lineBreaks says whether a text may have several lines.
type lineBreaks bool

const (
	oneLine   lineBreaks = false
	manyLines lineBreaks = true
)

// str reads a text of at most most characters and returns it without the
// space around it, or "" after reporting what is wrong.
func (d *decoder) str(n *node, most int, breaks lineBreaks) string {
	if !d.expect(n, textNode, "text") {
		return ""
	}
	s := strings.TrimSpace(n.text)
	if s == "" {
		d.errorf(n, "the text is empty; write it or leave the field out")
		return ""
	}
	if r, bad := badCharacter(s, breaks); bad {
		d.badCharacter(n, r)
		return ""
	}
	if len(s) > most && utf8.RuneCountInString(s) > most {
		d.errorf(n, "%s characters; at most %s are allowed", thousands(utf8.RuneCountInString(s)), thousands(most))
		return ""
	}
	return s
}

func badCharacter(s string, breaks lineBreaks) (rune, bool) {
	for _, r := range s {
		if r >= ' ' && r < 0x7f {
			continue
		}
		if unicode.IsControl(r) && !(r == '\n' && breaks == manyLines) || r == utf8.RuneError {
			return r, true
		}
	}
	return 0, false
}

func (d *decoder) badCharacter(n *node, r rune) {
	switch r {
	case '\n':
		d.errorf(n, "the text has a line break; write it on one line")
	case '\t':
		d.errorf(n, "the text has a tab; write a space")
	case utf8.RuneError:
		d.errorf(n, "the text has a broken character (U+FFFD); type it again")
	default:
		d.errorf(n, "the text has the control character %s; delete it", codePoint(r))
	}
}

// short reads a text such as a source's title.
func (d *decoder) short(n *node) string { return d.texts.keep(d.str(n, MaxAsk, oneLine)) }

// text reads a plain string, which is in the reference language, or a map by
// language. The order is that of the base's languages.
func (d *decoder) text(n *node, most int, breaks lineBreaks) Text {
	if n.kind != mapNode {
		if n.kind == listNode {
			d.errorf(n, "expected text, or texts by language, found a list")
			return nil
		}
		s := d.str(n, most, breaks)
		if s == "" {
			return nil
		}
		return d.phraseSlab.keep([]Phrase{{d.referenceLanguage(), d.texts.keep(s)}})
	}
	var room [4]Phrase
	found := room[:0]
	d.languageEntries(n, func(lang string, kid *node) {
		if s := d.str(kid, most, breaks); s != "" {
			found = append(found, Phrase{lang, d.texts.keep(s)})
		}
	})
	d.sortByLanguage(found)
	return d.phraseSlab.keep(found)
}

func (d *decoder) sortByLanguage(found []Phrase) {
	slices.SortStableFunc(found, func(a, b Phrase) int {
		return slices.Index(d.base.Languages, a.Lang) - slices.Index(d.base.Languages, b.Lang)
	})
}

// translated reads a text that should be there in every language.
func (d *decoder) translated(n *node, most int, breaks lineBreaks) Text {
	t := d.text(n, most, breaks)
	if len(t) < len(d.base.Languages) {
		d.checkTranslated(n)
	}
	return t
}

// checkTranslated warns of languages in which nothing stands, be it right or
// wrong.
func (d *decoder) checkTranslated(n *node) {
	var there []Phrase
	switch n.kind {
	case textNode:
		there = []Phrase{{Lang: d.referenceLanguage()}}
	case mapNode:
		for i := range n.kids {
			there = append(there, Phrase{Lang: n.kids[i].key})
		}
	default:
		return // reported already
	}
	missing := d.missing(there)
	if len(there) > 0 && len(missing) > 0 && !d.report.skipWarning() {
		d.warnf(n, "no translation into %s", oneOf(missing))
	}
}

// missing returns the declared languages that phrases has nothing in.
func (d *decoder) missing(phrases []Phrase) (langs []string) {
	for _, lang := range d.base.Languages {
		if !slices.ContainsFunc(phrases, func(p Phrase) bool { return p.Lang == lang }) {
			langs = append(langs, lang)
		}
	}
	return langs
}

// languageEntries calls read for each value of a map by language.
func (d *decoder) languageEntries(n *node, read func(lang string, kid *node)) {
	if len(n.kids) == 0 {
		d.errorf(n, "the map is empty; give a text for a language")
	}
	var before [MaxLanguages]*node
	for i := range n.kids {
		kid := &n.kids[i]
		at := slices.Index(d.base.Languages, kid.key)
		switch {
		case len(d.base.Languages) == 0: // reported already
		case at < 0:
			d.undeclared(kid)
		case before[at] != nil:
			d.doubleKey(kid, before[at])
		default:
			before[at] = kid
			d.in(kid.key)
			read(d.base.Languages[at], kid)
			d.out()
		}
	}
}

func (d *decoder) undeclared(kid *node) {
	if d.report.skipError() {
		return
	}
	d.in(kid.key)
	defer d.out()
	d.errorAt(kid.keyAt, d.pathText(), kid.key,
		"language "+excerpt(kid.key)+" is not declared; use "+oneOf(d.base.Languages)+" or add it to `languages`")
}

// phrasesEach reads a list in the reference language or lists by language.
// It calls visit for each with its node and the index it has in the result.
func (d *decoder) phrasesEach(n *node, visit func(n *node, i int, p Phrase)) []Phrase {
	var out []Phrase
	read := func(lang string, list *node) { out = d.appendPhrases(out, list, lang, visit) }
	switch n.kind {
	case mapNode:
		d.languageEntries(n, read)
	case listNode:
		read(d.referenceLanguage(), n)
	default:
		d.expect(n, listNode, "a list of texts, or such lists by language")
	}
	return d.phraseSlab.keep(out)
}

// phraseList reads a list in one language.
func (d *decoder) phraseList(n *node, lang string, visit func(n *node, i int, p Phrase)) []Phrase {
	return d.appendPhrases(nil, n, lang, visit)
}

func (d *decoder) appendPhrases(out []Phrase, n *node, lang string, visit func(n *node, i int, p Phrase)) []Phrase {
	d.list(n, "a list of texts", func(_ int, kid *node) {
		p := Phrase{lang, d.texts.keep(d.str(kid, MaxAsk, oneLine))}
		if p.Text != "" {
			visit(kid, len(out), p)
		}
		out = append(out, p) // a faulty one too, so that its language is not missed as well
	})
	return out
}

// id reads an id and checks its form.
func (d *decoder) id(n *node) string {
	if !d.expect(n, textNode, "an id") || !d.isID(n.at, n.text) {
		return ""
	}
	return d.texts.keep(n.text)
}

// isID reports whether s is kebab-case, and says so when not.
func (d *decoder) isID(at place, s string) bool {
	switch {
	case s == "":
		d.errorAt(at, d.pathText(), s, "the id is empty; write one such as `joint-statement`")
	case !isKebab(s):
		d.errorAt(at, d.pathText(), s, excerpt(s)+" is no id; use small letters a to z, digits and single hyphens, such as "+exampleID(s))
	case len(s) > MaxID:
		d.errorAt(at, d.pathText(), s, "the id has "+strconv.Itoa(len(s))+" characters; at most "+strconv.Itoa(MaxID)+" are allowed")
	default:
		return true
	}
	return false
}

func isKebab(s string) bool {
	hyphen := true // a hyphen may not come first, last or after another
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			hyphen = false
		case c == '-' && !hyphen:
			hyphen = true
		default:
			return false
		}
	}
	return !hyphen
}

// exampleID makes an id of s, or gives one for example.
func exampleID(s string) string {
	words := strings.FieldsFunc(strings.ToLower(cut(s)), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
	})
	if id := strings.Join(words, "-"); id != "" && len(id) <= MaxID {
		return "`" + id + "`"
	}
	return "`joint-statement`"
}

// choice reads one of the known words.
func (d *decoder) choice(n *node, what string, known []string) string {
	if !d.expect(n, textNode, "one of "+oneOf(known)) {
		return ""
	}
	if i := slices.Index(known, n.text); i >= 0 {
		return known[i]
	}
	d.errorf(n, "unknown %s %s; use %s", what, excerpt(n.text), oneOf(known))
	return ""
}

// day reads a day of the calendar.
func (d *decoder) day(n *node) string {
	if n.kind != numberNode && !d.expect(n, textNode, "a day such as 2025-09-30") {
		return ""
	}
	if !isDay(n.text) {
		d.errorf(n, "%s is no day of the calendar; write it as 2025-09-30", excerpt(n.text))
		return ""
	}
	return d.texts.keep(n.text)
}

// when reads a date or span. A year alone looks like a number.
func (d *decoder) when(n *node) string {
	if n.kind != numberNode && !d.expect(n, textNode, "a date such as 2025-09-30 or 1965") {
		return ""
	}
	if fault := whenFault(n.text); fault != "" {
		d.errorf(n, "%s", fault)
		return ""
	}
	return d.texts.keep(n.text)
}

func (d *decoder) url(n *node) string {
	s := d.str(n, MaxURL, oneLine)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || strings.ContainsFunc(s, unicode.IsSpace) {
		d.errorf(n, "%s is no web address; write all of it, such as https://example.org/article", excerpt(s))
		return ""
	}
	return d.texts.keep(s)
}

func (d *decoder) sha256(n *node) string {
	if !d.expect(n, textNode, "a SHA-256 sum in quotes") {
		return ""
	}
	isHex := !strings.ContainsFunc(n.text, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) })
	if len(n.text) != 64 || !isHex {
		d.errorf(n, "%s is no SHA-256 sum; write 64 digits 0-9 and a-f, as sha256sum prints them", excerpt(n.text))
		return ""
	}
	return d.texts.keep(n.text)
}

// languageTag reads a BCP 47 tag in its usual spelling.
func (d *decoder) languageTag(n *node) string {
	if !d.expect(n, textNode, "a language such as `en`") {
		return ""
	}
	tag, err := language.Parse(n.text)
	switch {
	case err != nil || tag == language.Und:
		d.errorf(n, "%s is no language; use a tag such as `en`, `ko` or `pt-BR`", excerpt(n.text))
		return ""
	case tag.String() != n.text:
		d.errorf(n, "%s is not how the language is written; write `%s`", excerpt(n.text), tag)
		return ""
	}
	return d.texts.keep(n.text)
}

// quote reads a locator: a few words, so that it points and does not copy.
func (d *decoder) quote(n *node) string {
	s := d.str(n, MaxAsk, oneLine)
	if words := len(strings.Fields(s)); words > MaxQuoteWords {
		d.errorf(n, "the quote has %d words; at most %d are allowed, enough to find the place", words, MaxQuoteWords)
		return ""
	}
	if utf8.RuneCountInString(s) > MaxQuoteCJK && strings.ContainsFunc(s, hasNoSpaces) {
		d.errorf(n, "the quote has %d characters; at most %d are allowed, enough to find the place", utf8.RuneCountInString(s), MaxQuoteCJK)
		return ""
	}
	return d.texts.keep(s)
}

// hasNoSpaces reports whether r belongs to a script that writes no spaces
// between words.
func hasNoSpaces(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func (d *decoder) paragraph(n *node) int {
	if n.kind != numberNode {
		d.expect(n, numberNode, "a whole number, counted from 1")
		return 0
	}
	i, err := strconv.Atoi(n.text)
	if err != nil || i < 1 {
		d.errorf(n, "%s is no paragraph; paragraphs are whole numbers, counted from 1", excerpt(n.text))
		return 0
	}
	return i
}
