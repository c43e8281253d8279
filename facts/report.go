package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A report gathers problems. It keeps MaxProblems errors and as many
// warnings and counts the rest, so that a hopeless file costs little.
type report struct {
	errors, warnings    Problems
	unsaidErrs, unsaidW int
}

func (r *report) add(p Problem) {
	kept, unsaid := &r.errors, &r.unsaidErrs
	if p.Warning {
		kept, unsaid = &r.warnings, &r.unsaidW
	}
	if len(*kept) >= MaxProblems {
		*unsaid++
		return
	}
	*kept = append(*kept, p)
}

// skipError is skipWarning for errors.
func (r *report) skipError() bool {
	if len(r.errors) < MaxProblems {
		return false
	}
	r.unsaidErrs++
	return true
}

// skipWarning reports whether another warning would only be counted, and
// counts it. Callers ask before they put a warning into words.
func (r *report) skipWarning() bool {
	if len(r.warnings) < MaxProblems {
		return false
	}
	r.unsaidW++
	return true
}

// problems returns all that was kept, sorted, then how many more there are.
func (r *report) problems() Problems {
	all := slices.Concat(r.errors, r.warnings)
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if r.unsaidErrs > 0 {
		all = append(all, Problem{Message: "and " + count(r.unsaidErrs, "more error") + "; mend these first"})
	}
	if r.unsaidW > 0 {
		all = append(all, Problem{Message: "and " + count(r.unsaidW, "more warning"), Warning: true})
	}
	return all
}

// count returns "1 thing" or "1,234 things".
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return thousands(n) + " " + thing
}

// thousands writes a whole number from 0 with commas: 2,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// excerpt shows at most 60 characters of s on one line, in backticks.
func excerpt(s string) string { return "`" + cut(s) + "`" }

func cut(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s[:min(len(s), most*utf8.UTFMax)])[:most-1]) + "…"
	}
	var b strings.Builder
	for _, r := range s {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// oneOf lists what would be right: `a`, `b` or `c`.
func oneOf(known []string) string {
	var b strings.Builder
	for i, k := range known {
		switch {
		case i == 0:
		case i == len(known)-1:
			b.WriteString(" or ")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "`%s`", k)
	}
	return b.String()
}
