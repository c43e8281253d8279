package edit

import (
	"slices"
	"strings"
)

// A splice puts text in the place of the bytes from start to end.
type splice struct {
	start, end int
	text       string
}

// spliced returns what stands between from and to after the splices, which
// stand in there. Where two take out the same bytes they count as one.
func spliced(text string, from, to int, splices []splice) string {
	splices = slices.Clone(splices)
	slices.SortStableFunc(splices, func(a, b splice) int { return a.start - b.start })
	var b strings.Builder
	at := from
	for _, s := range splices {
		b.WriteString(text[at:max(at, s.start)])
		b.WriteString(s.text)
		at = max(at, s.end)
	}
	b.WriteString(text[at:to])
	return b.String()
}
