package facts

import (
	"strings"
	"time"
)

// isDay reports whether s is a day of the calendar: 2025-09-30.
func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil && len(s) == len(time.DateOnly)
}

// dateBounds returns the first and last day of a year, month or day.
func dateBounds(s string) (first, last time.Time, ok bool) {
	var err error
	switch len(s) {
	case len("2006"):
		first, err = time.Parse("2006", s)
		last = first.AddDate(1, 0, -1)
	case len("2006-01"):
		first, err = time.Parse("2006-01", s)
		last = first.AddDate(0, 1, -1)
	case len(time.DateOnly):
		first, err = time.Parse(time.DateOnly, s)
		last = first
	default:
		return first, last, false
	}
	return first, last, err == nil && first.Year() > 0
}

// whenFault says what is wrong with a date or span, or returns "".
func whenFault(s string) string {
	const form = "write 2025-09-30, 2025-08, 1965 or a span such as 2025-08/2025-09-30"
	from, to, isSpan := strings.Cut(s, "/")
	first, last, ok := dateBounds(from)
	if ok && !isSpan {
		return ""
	}
	toFirst, toLast, toOK := dateBounds(to)
	switch {
	case !ok || !toOK:
		return excerpt(s) + " is no date; " + form
	case from == to || toFirst.Before(first) || toLast.Before(last):
		return "the span " + excerpt(s) + " does not end after it starts; put the earlier date first"
	}
	return ""
}
