package sheet

import (
	"bytes"
	"encoding/csv"
	"io"
	"unicode/utf16"

	"summitbot/facts"
)

// byteOrderMark tells Excel that a file is in UTF-8.
const byteOrderMark = "\ufeff"

// Write writes a base as CSV for spreadsheets: UTF-8 with a byte order mark,
// rows that end in CRLF, line breaks within a cell as LF. It returns the cells
// that are longer than MaxCell.
func Write(w io.Writer, b *facts.Base) (long []Cell, err error) {
	columns := columnsFor(b.Languages)
	out := &rowWriter{to: w}
	out.csv = csv.NewWriter(&out.row)
	out.write(namesOf(columns), byteOrderMark)
	for i := range b.Facts {
		cells := make([]string, len(columns))
		for j, c := range columns {
			cells[j] = guarded(cellOf(&b.Facts[i], c))
			if units(cells[j]) > MaxCell {
				long = append(long, Cell{i + 2, j + 1, c.name()})
			}
		}
		out.write(cells, "")
	}
	return long, out.err
}

// units counts the characters of a text as spreadsheets do.
func units(text string) int {
	if len(text) <= MaxCell {
		return len(text) // at most
	}
	return len(utf16.Encode([]rune(text)))
}

// A rowWriter writes rows that end in CRLF. The writer of encoding/csv would
// write CRLF within cells as well, where spreadsheets write LF.
type rowWriter struct {
	to  io.Writer
	csv *csv.Writer
	row bytes.Buffer
	err error
}

func (w *rowWriter) write(cells []string, before string) {
	if w.err != nil {
		return
	}
	w.row.Reset()
	w.row.WriteString(before)
	if w.err = w.csv.Write(cells); w.err != nil {
		return
	}
	w.csv.Flush()
	if w.err = w.csv.Error(); w.err != nil {
		return
	}
	w.row.Truncate(w.row.Len() - len("\n"))
	w.row.WriteString("\r\n")
	_, w.err = w.to.Write(w.row.Bytes())
}
