// Package sheet writes the facts of a base as a spreadsheet and reads what
// people have made of it in one: a row a fact, in CSV.
//
// What a sheet cannot show stays as it is when it is read: gaps, covers, tests,
// whose statement a citation is, and every fact that has no row.
package sheet

import (
	"fmt"
	"strings"

	"summitbot/facts"
)

// MaxCell is how many characters, in UTF-16, a cell can have in Excel and
// LibreOffice. What is longer they cut.
const MaxCell = 32767

// Fields with a column for each language, and those with a single one.
const (
	fieldID           = "id"
	fieldStatus       = "status"
	fieldWhen         = "when"
	fieldTitle        = "title"
	fieldAnswer       = "answer"
	fieldAsks         = "asks"
	fieldSources      = "sources"
	fieldAbout        = "about"
	fieldTopics       = "topics"
	fieldRelated      = "related"
	fieldSupersededBy = "superseded_by"
	fieldUpdated      = "updated"
)

// A column is one field of a fact, or what it says in one language.
type column struct {
	field string
	lang  string // empty: of no language
}

// name is what stands above the column: answer.ko.
func (c column) name() string {
	if c.lang == "" {
		return c.field
	}
	return c.field + "." + c.lang
}

// columnsFor returns the columns of a base in their usual order.
func columnsFor(langs []string) (all []column) {
	for _, field := range []string{fieldID, fieldStatus, fieldWhen} {
		all = append(all, column{field: field})
	}
	for _, field := range []string{fieldTitle, fieldAnswer, fieldAsks} {
		for _, lang := range langs {
			all = append(all, column{field, lang})
		}
	}
	for _, field := range []string{fieldSources, fieldAbout, fieldTopics, fieldRelated, fieldSupersededBy, fieldUpdated} {
		all = append(all, column{field: field})
	}
	return all
}

func namesOf(columns []column) (names []string) {
	for _, c := range columns {
		names = append(names, c.name())
	}
	return names
}

// A Cell is a place in a sheet as people see it there.
type Cell struct {
	Row    int    // from 1, which is the header; 0: the sheet as a whole
	Column int    // from 1; 0: the row as a whole
	Name   string // of the column
}

// String is row 12, column D (when), without what is unknown.
func (c Cell) String() string {
	switch {
	case c.Row == 0:
		return ""
	case c.Column == 0:
		return fmt.Sprintf("row %d", c.Row)
	case c.Name == "":
		return fmt.Sprintf("row %d, column %s", c.Row, letters(c.Column))
	}
	return fmt.Sprintf("row %d, column %s (%s)", c.Row, letters(c.Column), c.Name)
}

// letters names a column as spreadsheets do: A to Z, AA, AB …
func letters(n int) string {
	var s string
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// A Fault is what is wrong with a sheet, and what would be right.
type Fault struct {
	Cell
	Message string

	// Of a word that is none of the known ones, for a guess what was meant.
	Word  string
	Known []string
}

// Error is row 12, column D (when): message.
func (f Fault) Error() string {
	if at := f.Cell.String(); at != "" {
		return at + ": " + f.Message
	}
	return f.Message
}

// maxFaults is how many faults are told.
const maxFaults = facts.MaxProblems

// excerpt shows the start of a cell on one line, in quotes.
func excerpt(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
