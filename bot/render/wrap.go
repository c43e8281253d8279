package render

import (
	"strings"

	"github.com/rivo/uniseg"
)

// wrap breaks a text into lines of at most width columns, where wide
// characters take two. Lines of the text stay lines; width 0 breaks no others.
func wrap(text, lang string, width int) []string {
	var lines []string
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if width <= 0 {
			lines = append(lines, line)
			continue
		}
		lines = append(lines, wrapLine(line, lang, width)...)
	}
	return lines
}

func wrapLine(text, lang string, width int) []string {
	var lines []string
	line, columns := "", 0
	for _, segment := range segments(text, lang) {
		for _, piece := range pieces(segment, width) {
			need := uniseg.StringWidth(strings.TrimRight(piece, " "))
			if columns+need > width && line != "" {
				lines = append(lines, strings.TrimRight(line, " "))
				line, columns = "", 0
			}
			line += piece
			columns += uniseg.StringWidth(piece)
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}

// segments cuts a text where a line may end, as Unicode has it. Korean, which
// Unicode lets break within words, breaks at its spaces.
func segments(text, lang string) []string {
	if lang == "ko" {
		return strings.SplitAfter(text, " ")
	}
	var found []string
	for state := -1; text != ""; {
		var segment string
		segment, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		found = append(found, segment)
	}
	return found
}

// pieces cuts a segment that fits no line, such as a long word, anywhere.
func pieces(segment string, width int) []string {
	if uniseg.StringWidth(segment) <= width {
		return []string{segment}
	}
	var found []string
	piece, columns := "", 0
	for state := -1; segment != ""; {
		var cluster string
		var need int
		cluster, segment, need, state = uniseg.FirstGraphemeClusterInString(segment, state)
		if columns+need > width && piece != "" {
			found = append(found, piece)
			piece, columns = "", 0
		}
		piece += cluster
		columns += need
	}
	return append(found, piece)
}
