package render

import (
	"regexp"
	"strings"
	"unicode"
)

// markup is what Discord's markdown gives a meaning to
// (https://docs.discord.com/developers/reference#message-formatting): signs
// anywhere, the colon of an address, and what opens a heading, a quote or an
// item of a list, behind which any space will do.
var markup = regexp.MustCompile("[\\\\*_~`|\\[\\]<>]|://|(?m:^[ \t\\p{Zs}]*(#{1,3}|-#?|\\+|[0-9]+[.)])[\\s\\p{Zs}])")

// escape makes a text show as it is written: nothing in it is markup, a link,
// a mention, or a heading.
func escape(text string) string {
	text = markup.ReplaceAllStringFunc(Printable(text), escapeMark)
	return strings.ReplaceAll(text, "@", "@"+blank)
}

// escapeMark puts a backslash, which takes a meaning away, before a mark: in
// front of the point of a number, else of its first sign.
func escapeMark(mark string) string {
	at := strings.IndexAny(mark, ".)")
	if at < 0 {
		at = strings.IndexFunc(mark, func(r rune) bool { return !unicode.IsSpace(r) })
	}
	return mark[:at] + `\` + mark[at:]
}

// link is a text that opens a page; without an address, the text alone.
func link(text, url string) string {
	if url == "" {
		return escape(text)
	}
	return "[" + escape(text) + "](" + linkEscapes.Replace(url) + ")"
}

// linkEscapes keeps an address from ending its link.
var linkEscapes = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E")
