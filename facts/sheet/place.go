package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	factPath = regexp.MustCompile(`^facts\[(\d+)\](?:\.([a-z_]+)(?:\.([A-Za-z0-9-]+))?)?`)
	partPath = regexp.MustCompile(`^(asks)\.([a-z0-9-]+)\[`)
)

// Find returns the cell that a problem of the changed base is about. Its path
// and value are those of a facts.Problem; ids are those of the base's facts in
// their order. It returns false when the fact is not in the sheet.
func (s *Sheet) Find(path, value string, ids []string) (Cell, bool) {
	var id, field, lang string
	if m := factPath.FindStringSubmatch(path); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil || n >= len(ids) {
			return Cell{}, false
		}
		id, field, lang = ids[n], m[2], m[3]
	} else if m := partPath.FindStringSubmatch(path); m != nil {
		field, id = m[1], m[2]
	}
	at := s.index(fieldID, "")
	for _, r := range s.rows {
		if id != "" && r.cell(at) == id {
			return s.in(r, field, lang, value), true
		}
	}
	return Cell{}, false
}

// in returns the cell of a row that holds a value of a field, or else its first
// cell of the field, or else the row.
func (s *Sheet) in(r row, field, lang, value string) Cell {
	value = strings.TrimSuffix(value, "…")
	found := Cell{Row: r.number}
	for i, c := range s.columns {
		if c.field == "" || c.field != field || lang != "" && c.lang != "" && c.lang != lang {
			continue
		}
		if value != "" && strings.Contains(r.cell(i), value) {
			return s.place(r, i)
		}
		if found.Column == 0 {
			found = s.place(r, i)
		}
	}
	return found
}
