package commands

import (
	"strings"
	"time"
)

// when says when a fact happened: a day, month, year or span of these, as
// facts.Fact.When has them. It returns "" for none.
func (w *words) when(when string) string {
	if when == "" {
		return ""
	}
	from, to, isSpan := strings.Cut(when, "/")
	if isSpan {
		return w.When(w.Span(w.date(from), w.date(to)))
	}
	return w.When(w.date(from))
}

// date writes 2025-09-30, 2025-09 or 2025 as the language does. What is none
// of these is shown as it is.
func (w *words) date(date string) string {
	for _, form := range []struct{ have, want string }{{time.DateOnly, w.Day}, {"2006-01", w.Month}, {"2006", w.Year}} {
		if t, err := time.Parse(form.have, date); err == nil {
			return t.Format(form.want)
		}
	}
	return date
}
