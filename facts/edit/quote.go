package edit

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// scalar writes a text or number, quoted as like is. The lines of a block of
// text start in column.
func (e *editor) scalar(v, like *node, inFlow bool, column int) string {
	text := strings.TrimSpace(v.text)
	switch {
	case v.kind == numberKind:
		return text
	case e.json:
		return jsonText(text)
	}
	style := plainStyle
	switch {
	case v.end > v.start && v.style != blockStyle: // moves within the file
		style = v.style
	case like != nil && like.kind == textKind && like.bound == "":
		style = like.style
	case v.quoted:
		style = doubleStyle
	}
	switch {
	case style == blockStyle && !inFlow && fitsBlock(text, like.header):
		return like.header + blockLines(text, like.header, column)
	case style == singleStyle && isPrintable(text):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case style == plainStyle && isPlain(text):
		return text
	}
	return doubleQuoted(text)
}

// plainText matches texts that mean themselves without quotes wherever they
// stand. Others might; quotes never hurt.
var plainText = regexp.MustCompile(`^\pL[\pL\pM\pN /().;'’_+%&=!?，。、・（）-]*$`)

// notText are words that mean something else.
var notText = map[string]bool{"true": true, "false": true, "null": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true, "nan": true, "inf": true}

func isPlain(text string) bool {
	return plainText.MatchString(text) && !notText[strings.ToLower(text)]
}

// isPrintable reports whether a text can stand as it is between quotes on one
// line.
func isPrintable(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return !canStand(c) })
}

// canStand reports whether editors show c and parsers leave it as it is.
func canStand(c rune) bool { return c == ' ' || unicode.IsPrint(c) }

func doubleQuoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case canStand(c) || unicode.Is(unicode.Cf, c) && c != 0xfeff: // joiners within emoji and scripts
			b.WriteRune(c)
		case c > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, c)
		default:
			fmt.Fprintf(&b, `\u%04X`, c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// fitsBlock reports whether a text can be written as a block: each of its
// lines as it is, or, folded, each with a blank line behind it.
func fitsBlock(text, header string) bool {
	if text == "" || strings.ContainsAny(header, "123456789") {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if !isPrintable(line) || strings.TrimSpace(line) != line || line == "" && header[0] == '>' {
			return false
		}
	}
	return true
}

// blockLines writes the lines of a block of text. A folded one joins lines, so
// a line break is written as two.
func blockLines(text, header string, column int) string {
	if header[0] == '>' {
		text = strings.ReplaceAll(text, "\n", "\n\n")
	}
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteByte('\n')
		if line != "" {
			b.WriteString(spaces(column) + line)
		}
	}
	return b.String()
}

func jsonText(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) != nil {
		return `""` // cannot happen: a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}
