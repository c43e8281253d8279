package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// isoDate matches what a fact's date looks like; whether there is such a day
// is for the check to say.
var isoDate = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$`)

// Layouts in which spreadsheets write days and months, in the languages that
// they are most likely set to.
var (
	dayLayouts = []string{
		"1/2/2006", "2/1/2006", "1/2/06", "2/1/06", "2006/1/2", "2006-1-2", "2-1-2006", "1-2-2006",
		"2.1.2006", "2.1.06", "2006.1.2", "2006.1.2.", "2006. 1. 2", "2006. 1. 2.",
		"2006年1月2日", "2006년 1월 2일", "2-Jan-06", "2-Jan-2006", "2 Jan 2006", "Jan 2, 2006", "2 January 2006", "January 2, 2006",
		"Monday, January 2, 2006", "Monday, 2 January 2006",
	}
	monthLayouts = []string{"Jan-06", "Jan-2006", "06-Jan", "Jan 2006", "January 2006", "2006/1", "1/2006", "2006-1", "2006.1", "2006年1月", "2006년 1월"}
)

// midnight is what a spreadsheet may put behind a day.
var midnight = regexp.MustCompile(`[ T]0?0:00(:00(\.0+)?)?$`)

// rewritten returns the days or months, as facts write them, that a
// spreadsheet may have written in its own way.
func rewritten(cell string) (dates []string) {
	cell = midnight.ReplaceAllString(cell, "")
	add := func(layouts []string, as string) {
		for _, layout := range layouts {
			if t, err := time.Parse(layout, cell); err == nil {
				dates = append(dates, t.Format(as))
			}
		}
	}
	add(dayLayouts, time.DateOnly)
	add(monthLayouts, "2006-01")
	if day, ok := serialDay(cell); ok {
		dates = append(dates, day)
	}
	slices.Sort(dates)
	return slices.Compact(dates)
}

// serialDay reads the number of a day, as spreadsheets count them. Years look
// like days before 1928, so those are left out.
func serialDay(cell string) (string, bool) {
	const first, last = 10_000, 80_000 // 1927 to 2119
	n, err := strconv.Atoi(cell)
	if err != nil || n < first || n > last {
		return "", false
	}
	return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly), true
}

// dateFault says what is wrong with a date, or returns "". A fact had the date
// given before; it is the most likely one.
func dateFault(cell, had string) string {
	if cell == "" || isoDate.MatchString(cell) {
		return ""
	}
	dates := rewritten(cell)
	const asText = " and format the cell as text, or put an apostrophe before it"
	switch {
	case slices.Contains(dates, had):
		return excerpt(cell) + " was rewritten by the spreadsheet; write " + had + ", as it was," + asText
	case len(dates) > 0:
		return excerpt(cell) + " was rewritten by the spreadsheet; write " + strings.Join(dates, " or ") + asText
	}
	return excerpt(cell) + " is no date; write 2025-09-30, 2025-08, 1965 or a span such as 2025-08/2025-09-30"
}
