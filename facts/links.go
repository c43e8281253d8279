package facts

import (
	"fmt"
	"slices"
	"strings"
)

// Link returns the address of the cited passage: the source's own with a text
// fragment made from the quote, so that a browser opens the article at the
// very words. Without a quote, or an address, it returns the source's address
// as it is.
func (c Citation) Link(source Source) string {
	quote := strings.Join(strings.Fields(c.Quote), " ")
	if quote == "" || source.URL == "" {
		return source.URL
	}
	if strings.Contains(source.URL, "#") {
		return source.URL + ":~:text=" + escapeFragment(quote)
	}
	return source.URL + "#:~:text=" + escapeFragment(quote)
}

// escapeFragment percent-encodes all that is not unreserved in RFC 3986. In a
// text directive the hyphen, comma and ampersand part its terms, so the hyphen
// is encoded as well.
func escapeFragment(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isUnreserved(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '_' || c == '~'
}

// Source returns the source with this id; ok is false when the base has none.
func (b *Base) Source(id string) (source Source, ok bool) {
	for _, s := range b.Sources {
		if s.ID == id {
			return s, true
		}
	}
	return Source{}, false
}

// Name returns the name with an id.
func (b *Base) Name(id string) (name Name, ok bool) {
	i := slices.IndexFunc(b.Names, func(n Name) bool { return n.ID == id })
	if i < 0 {
		return Name{}, false
	}
	return b.Names[i], true
}
