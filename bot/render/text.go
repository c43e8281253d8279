// Package render gives replies their looks.
package render

import (
	"fmt"
	"strings"

	"summitbot/commands"
	"summitbot/facts"
)

// Text renders for a terminal.
type Text struct {
	Width  int  // columns to wrap at; 0 does not wrap
	Colour bool // emphasise with ANSI codes
}

// Reply renders a reply. The result ends in a line end.
func (t Text) Reply(r commands.Reply) string {
	p := &page{Text: t, lang: r.Lang}
	p.paragraph(bold, r.Headline)
	p.paragraph(plain, r.Body)
	if r.Outcome == facts.Answer {
		for _, f := range r.Facts {
			p.fact(f)
		}
		return p.String()
	}
	p.list(r.Heading, factTitles(r.Facts), true)
	p.list(r.Heading, r.Examples, false)
	return p.String()
}

func factTitles(shown []commands.Fact) []string {
	var titles []string
	for _, f := range shown {
		titles = append(titles, f.Title)
	}
	return titles
}

// Question renders a question that is repeated above its answer.
func (t Text) Question(text string) string {
	p := &page{Text: t}
	p.line(dim, "> "+clip(OneLine(text), longestEcho))
	return p.String()
}

// A style is how a piece of text stands out; its value is the ANSI code.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	yellow style = "33"
)

// A page is text being put together.
type page struct {
	Text
	strings.Builder
	lang string
}

// fact writes a fact that is asserted, then where it comes from.
func (p *page) fact(f commands.Fact) {
	p.paragraph(bold, f.Title)
	p.paragraph(plain, f.Text)
	p.paragraph(yellow, f.Fallback)
	p.gap()
	standing := dim
	if f.Warning {
		standing = yellow
	}
	p.indented(standing, 0, joined(f.Standing, f.AsOf))
	p.indented(dim, 0, f.When)
	for _, s := range f.Sources {
		p.indented(plain, 0, s.Line)
		p.indented(plain, 2, s.Says)
		if s.Link != "" {
			p.line(dim, "    "+OneLine(s.Link)) // in one piece, to be opened
		}
	}
}

// joined puts short notes on one line.
func joined(notes ...string) string {
	var kept []string
	for _, n := range notes {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, " · ")
}

// list writes a heading and one item a line, numbered when one may be
// picked.
func (p *page) list(heading string, items []string, numbered bool) {
	if len(items) == 0 {
		return
	}
	p.paragraph(plain, heading)
	if heading == "" {
		p.gap()
	}
	for i, item := range items {
		mark := "-"
		if numbered {
			mark = fmt.Sprintf("%d.", i+1)
		}
		p.hanging("  "+mark+" ", OneLine(item))
	}
}

// paragraph writes a wrapped text, apart from what stands above.
func (p *page) paragraph(s style, text string) {
	if text == "" {
		return
	}
	p.gap()
	for _, line := range wrap(Printable(text), p.lang, p.Width) {
		p.line(s, line)
	}
}

// indented writes a wrapped note below a fact.
func (p *page) indented(s style, more int, text string) {
	if text == "" {
		return
	}
	indent := strings.Repeat(" ", 2+more)
	for _, line := range wrap(Printable(text), p.lang, p.inside(len(indent))) {
		p.line(s, indent+line)
	}
}

// hanging writes an item whose further lines stand under its first word.
func (p *page) hanging(mark, text string) {
	for i, line := range wrap(text, p.lang, p.inside(len(mark))) {
		if i > 0 {
			mark = strings.Repeat(" ", len(mark))
		}
		p.line(plain, mark+line)
	}
}

// inside is the width that an indent leaves, with room for a word whatever
// the terminal.
func (p *page) inside(indent int) int {
	if p.Width <= 0 {
		return 0
	}
	return max(p.Width-indent, 10)
}

// gap parts blocks by an empty line.
func (p *page) gap() {
	if p.Len() > 0 {
		p.WriteByte('\n')
	}
}

// line writes one line in a style.
func (p *page) line(s style, text string) {
	if p.Colour && s != plain && strings.TrimSpace(text) != "" {
		text = "\x1b[" + string(s) + "m" + text + "\x1b[0m"
	}
	p.WriteString(text)
	p.WriteByte('\n')
}

// longestEcho is how many characters of a question are repeated.
const longestEcho = 300

// clip cuts a text to so many characters, and shows that it did.
func clip(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
