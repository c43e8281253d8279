package commands

import (
	"strings"
	"time"
)

// when says when a fact happened: a day, month, year or span of these, as
// facts.Fact.When has them. It returns "" for none.
func (w *voice) when(when string) string {
	if when == "" {
		return ""
	}
	return w.say(happened, w.dates(when))
}

// dates writes a day, month, year or span of these.
func (w *voice) dates(when string) string {
	from, to, isSpan := strings.Cut(when, "/")
	if isSpan {
		return w.say(span, w.date(from), w.date(to))
	}
	return w.date(from)
}

// date writes 2025-09-30, 2025-09 or 2025 as the language does. What is none
// of these is shown as it is.
func (w *voice) date(date string) string {
	for _, form := range []struct{ have, want string }{{time.DateOnly, w.say(dayLayout)}, {"2006-01", w.say(monthForm)}, {"2006", w.say(yearForm)}} {
		if t, err := time.Parse(form.have, date); err == nil {
			return t.Format(form.want)
		}
	}
	return date
}
