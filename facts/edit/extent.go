package edit

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// This file finds where values end.

func (r *reader) lineStart(at int) int { return lineStart(r.text, at) }

// lineStart returns where the line of an offset starts.
func lineStart(text string, at int) int {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	if start == 0 && strings.HasPrefix(text, byteOrderMark) {
		return len(byteOrderMark)
	}
	return start
}

// lineEnd returns where the line of an offset ends, before its line break.
func lineEnd(text string, at int) int {
	i := strings.IndexByte(text[at:], '\n')
	switch {
	case i < 0:
		return len(text)
	case i > 0 && text[at+i-1] == '\r':
		return at + i - 1
	}
	return at + i
}

// nextLine returns where the line behind that of an offset starts, or the end
// of the text.
func nextLine(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}

// scalarEnd returns where a text or number ends that starts at start, or -1
// when it is not what the parser says.
func (r *reader) scalarEnd(tk *token.Token, start int, value string) int {
	switch tk.Type {
	case token.DoubleQuoteType:
		return r.quoteEnd(start, '"')
	case token.SingleQuoteType:
		return r.quoteEnd(start, '\'')
	}
	return r.plainEnd(start, value)
}

func (r *reader) quoteEnd(start int, quote byte) int {
	if start >= len(r.text) || r.text[start] != quote {
		return -1
	}
	for i := start + 1; i < len(r.text); i++ {
		switch {
		case r.text[i] == '\\' && quote == '"':
			i++
		case r.text[i] != quote:
		case quote == '\'' && strings.HasPrefix(r.text[i+1:], "'"):
			i++
		default:
			return i + 1
		}
	}
	return -1
}

// plainEnd follows a text without quotes: its lines are joined by spaces.
func (r *reader) plainEnd(start int, value string) int {
	at := start
	for _, c := range value {
		if isSpace(c) {
			continue
		}
		for at < len(r.text) && isSpace(rune(r.text[at])) {
			at++
		}
		found, size := utf8.DecodeRuneInString(r.text[at:])
		if found != c || size == 0 {
			return -1
		}
		at += size
	}
	return at
}

func isSpace(c rune) bool { return c == ' ' || c == '\n' || c == '\r' }

// blockText returns where a text that starts with | or > ends, and that sign
// with what belongs to it. Its lines are those further in than parent.
func (r *reader) blockText(start, parent int) (end int, header string) {
	header, _, _ = strings.Cut(r.text[start:lineEnd(r.text, start)], " ")
	end = lineEnd(r.text, start)
	for at := nextLine(r.text, start); at < len(r.text); at = nextLine(r.text, at) {
		line := r.text[at:lineEnd(r.text, at)]
		indent := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case indent == len(line): // blank: a part of the text if more of it follows
		case indent <= parent:
			return end, header
		default:
			end = at + len(line)
		}
	}
	return end, header
}
