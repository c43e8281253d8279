package render

import (
	"strings"
	"unicode"
)

// Printable makes a text safe to write to a terminal: control characters,
// which could move the cursor or change colours, and the marks that turn the
// direction of writing are dropped. Line ends stay.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// OneLine is Printable on a single line.
func OneLine(s string) string {
	return strings.Join(strings.Fields(Printable(s)), " ")
}
