package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A Sheet is the rows of a file that have something in them.
type Sheet struct {
	columns []column // by index; one without a field is ignored
	rows    []row
}

// A row is one fact as it stands in a sheet.
type row struct {
	number int // from 1, as the spreadsheet counts
	cells  []string
}

// cell returns what stands in a column, read as text; "" where the row ends
// before it.
func (r row) cell(i int) string {
	if i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(unguarded(unixLines(r.cells[i])))
}

func (r row) isEmpty() bool {
	for i := range r.cells {
		if r.cell(i) != "" {
			return false
		}
	}
	return true
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func unixLines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return lineBreaks.Replace(s)
}

// Read reads a sheet that Write has written, or what a spreadsheet has made of
// it, for a base in these languages. It takes UTF-8 and, with a byte order
// mark, UTF-16; commas, semicolons and tabs; columns in any order, of which
// only id is needed. The sheet is nil when there are faults.
func Read(data []byte, langs []string) (*Sheet, []Fault) {
	text, err := decode(data)
	if err != nil {
		return nil, []Fault{{Message: err.Error()}}
	}
	comma, text := separator(text, columnsFor(langs))
	rows, err := records(text, comma)
	if err != nil {
		return nil, []Fault{{Message: err.Error()}}
	}
	if len(rows) == 0 {
		return nil, []Fault{{Message: "the sheet is empty; its first row names the columns, as in a sheet that was exported"}}
	}
	s := &Sheet{rows: rows[1:]}
	var faults []Fault
	if s.columns, faults = header(rows[0], columnsFor(langs)); len(faults) > 0 {
		return nil, faults
	}
	if faults = s.strays(); len(faults) > 0 {
		return nil, faults
	}
	return s, nil
}

// decode returns a file as UTF-8 without byte order mark.
func decode(data []byte) (string, error) {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data)
	if err != nil || !utf8.Valid(text) || bytes.ContainsRune(text, utf8.RuneError) {
		return "", errors.New("the sheet is not in UTF-8, so letters are lost; in the spreadsheet, save it as “CSV UTF-8”")
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return "", errors.New("this is no CSV; in the spreadsheet, save the sheet as “CSV UTF-8”")
	}
	return string(text), nil
}

// separator finds what parts the cells: what Excel says in a first line of its
// own, or else the one by which the header has most of the known columns.
func separator(text string, known []column) (comma rune, rest string) {
	first, rest, _ := strings.Cut(text, "\n")
	first = strings.TrimSpace(first)
	if said, ok := strings.CutPrefix(strings.ToLower(first), "sep="); ok && utf8.RuneCountInString(said) == 1 {
		comma, _ = utf8.DecodeRuneInString(said)
		return comma, rest // spreadsheets do not show that line
	}
	comma, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		found := 0
		for name := range strings.SplitSeq(first, string(c)) {
			if _, ok := columnNamed(strings.Trim(name, `"`), known); ok {
				found++
			}
		}
		if found > most {
			comma, most = c, found
		}
	}
	return comma, text
}

// records reads all rows but empty ones.
func records(text string, comma rune) ([]row, error) {
	if !strings.Contains(text, "\n") {
		text = unixLines(text) // as old spreadsheets on a Mac write
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	var rows []row
	number, line, at := 0, 1, 0 // the last row, and where what is read next starts
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, csvFault(err, number+1)
		}
		// The reader leaves blank lines out, which are rows nevertheless.
		start, _ := r.FieldPos(0)
		number += 1 + start - line
		end := int(r.InputOffset())
		line, at = line+strings.Count(text[at:end], "\n"), end
		if found := (row{number, cells}); !found.isEmpty() {
			rows = append(rows, found)
		}
	}
}

func csvFault(err error, number int) error {
	if e, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("row %d is broken, at line %d of the file: %w; save the sheet anew in the spreadsheet", number, e.Line, e.Err)
	}
	return err
}

// header reads the row with the names of the columns.
func header(r row, known []column) (columns []column, faults []Fault) {
	seen := map[column]int{}
	for i := range r.cells {
		name := r.cell(i)
		at := Cell{Row: r.number, Column: i + 1}
		c, ok := columnNamed(name, known)
		switch {
		case name == "":
		case !ok:
			faults = append(faults, Fault{Cell: at, Message: "there is no column " + excerpt(name), Word: strings.ToLower(name), Known: namesOf(known)})
		case seen[c] > 0:
			faults = append(faults, Fault{Cell: at, Message: fmt.Sprintf("the column %s is here twice, first in %s; delete one", c.name(), letters(seen[c]))})
		default:
			seen[c] = i + 1
		}
		columns = append(columns, c)
	}
	if seen[column{field: fieldID}] == 0 && len(faults) == 0 {
		faults = []Fault{{Cell: Cell{Row: r.number}, Message: "there is no column id, which tells the facts apart; the first row names the columns, as in a sheet that was exported"}}
	}
	return columns, faults
}

func columnNamed(name string, known []column) (column, bool) {
	name = strings.TrimSpace(name)
	for _, c := range known {
		if strings.EqualFold(c.name(), name) {
			return c, true
		}
	}
	return column{}, false
}

// strays finds cells beyond the columns that have a name.
func (s *Sheet) strays() (faults []Fault) {
	for _, r := range s.rows {
		for i := range r.cells {
			if (i >= len(s.columns) || s.columns[i].field == "") && r.cell(i) != "" && len(faults) < maxFaults {
				faults = append(faults, Fault{Cell: Cell{Row: r.number, Column: i + 1}, Message: excerpt(r.cell(i)) + " stands in a column without a name; move it or delete it"})
			}
		}
	}
	return faults
}

// index returns where a column is, or -1.
func (s *Sheet) index(field, lang string) int {
	for i, c := range s.columns {
		if c.field == field && c.lang == lang {
			return i
		}
	}
	return -1
}

// place returns a cell as people see it.
func (s *Sheet) place(r row, i int) Cell {
	return Cell{Row: r.number, Column: i + 1, Name: s.columns[i].name()}
}
