package sheet

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// A Comparison is how a sheet differs from a base.
type Comparison struct {
	Changes []Change
	Same    int // facts of which nothing differs
	Left    int // facts of the base that are not in the sheet
}

// A Change is a fact that is new in a sheet or different.
type Change struct {
	ID     string
	Row    int
	New    bool
	Fields edit.Fields // that differ
}

// Count returns how many facts are new and how many are different.
func (c *Comparison) Count() (added, changed int) {
	for _, ch := range c.Changes {
		if ch.New {
			added++
		}
	}
	return added, len(c.Changes) - added
}

// Compare finds what differs between a sheet and a base. A column that the
// sheet does not have stays as it is in the base; so does a fact without a row.
func (s *Sheet) Compare(b *facts.Base) (*Comparison, []Fault) {
	c := &comparer{sheet: s, base: b, known: map[string]*facts.Fact{}, seen: map[string]int{}}
	for i := range b.Facts {
		c.known[b.Facts[i].ID] = &b.Facts[i]
	}
	out := &Comparison{Left: len(b.Facts)}
	for _, r := range s.rows {
		change, ok := c.row(r)
		switch {
		case !ok:
		case change == nil:
			out.Same++
		default:
			out.Changes = append(out.Changes, *change)
		}
		if ok && (change == nil || !change.New) {
			out.Left--
		}
	}
	if len(c.faults) > 0 {
		return nil, c.faults
	}
	return out, nil
}

// A comparer goes through the rows of a sheet.
type comparer struct {
	sheet  *Sheet
	base   *facts.Base
	known  map[string]*facts.Fact
	seen   map[string]int // id to row
	faults []Fault
}

func (c *comparer) fault(at Cell, message string) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, Fault{Cell: at, Message: message})
	}
}

// row returns how a row differs from its fact: nil when it does not, not ok
// when it cannot be told which fact it is.
func (c *comparer) row(r row) (change *Change, ok bool) {
	at := c.sheet.index(fieldID, "")
	id, place := r.cell(at), c.sheet.place(r, at)
	isGap := slices.ContainsFunc(c.base.Gaps, func(g facts.Gap) bool { return g.ID == id })
	switch {
	case id == "":
		c.fault(place, "the row has no id; give it one, such as joint-statement, or delete the row")
		return nil, false
	case isGap:
		c.fault(place, excerpt(id)+" is a gap, not a fact; a sheet holds facts only")
		return nil, false
	case c.seen[id] > 0:
		c.fault(place, fmt.Sprintf("%s is in row %d already; keep one of them", excerpt(id), c.seen[id]))
		return nil, false
	}
	c.seen[id] = r.number
	had := c.known[id]
	d := &differ{comparer: c, row: r, had: had}
	if had == nil {
		d.had = &facts.Fact{Status: facts.Reported}
	}
	for i, col := range c.sheet.columns {
		d.column(i, col)
	}
	if had != nil && !d.differs {
		return nil, true
	}
	return &Change{ID: id, Row: r.number, New: had == nil, Fields: d.fields}, true
}

// A differ finds the fields of one row that differ.
type differ struct {
	*comparer
	row     row
	had     *facts.Fact
	fields  edit.Fields
	differs bool
}

// column compares one cell with what the fact has there.
func (d *differ) column(i int, c column) {
	cell := d.row.cell(i)
	at := d.sheet.place(d.row, i)
	if units(d.row.text(i)) == MaxCell {
		d.fault(at, fmt.Sprintf("the cell has %d characters, which is where spreadsheets cut; change this fact in the facts file", MaxCell))
		return
	}
	if had := cellOf(d.had, c); lostLetters(had, cell) {
		d.fault(at, "letters became question marks; in the spreadsheet, save the sheet as “CSV UTF-8”")
		return
	}
	switch c.field {
	case fieldTitle:
		d.text(&d.fields.Title, d.had.Title, c.lang, cell)
	case fieldAnswer:
		d.text(&d.fields.Answer, d.had.Answer, c.lang, cell)
	case fieldAsks:
		d.asks(c.lang, linesOf(cell))
	case fieldSources:
		d.sources(at, cell)
	case fieldStatus:
		d.status(strings.ToLower(cell))
	case fieldWhen:
		d.date(&d.fields.When, d.had.When, at, cell)
	case fieldUpdated:
		d.date(&d.fields.Updated, d.had.Updated, at, cell)
	case fieldAbout:
		d.ids(&d.fields.About, d.had.About, cell)
	case fieldTopics:
		d.ids(&d.fields.Topics, d.had.Topics, cell)
	case fieldRelated:
		d.ids(&d.fields.Related, d.had.Related, cell)
	case fieldSupersededBy:
		set(d, &d.fields.SupersededBy, d.had.SupersededBy, cell)
	}
}

// text returns a cell as it came.
func (r row) text(i int) string {
	if i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// set sets a field to a value that differs.
func set[T comparable](d *differ, field **T, had, now T) {
	if now != had {
		*field, d.differs = &now, true
	}
}

// text sets one translation of a text, of which those in other columns, or in
// none, stay.
func (d *differ) text(field *facts.Text, had facts.Text, lang, cell string) {
	if had.Only(lang) == cell {
		return
	}
	all := *field
	if all == nil {
		all = had
	}
	next := facts.Text{}
	for _, l := range d.base.Languages {
		text := all.Only(l)
		if l == lang {
			text = cell
		}
		if text != "" {
			next = append(next, facts.Phrase{Lang: l, Text: text})
		}
	}
	*field, d.differs = next, true
}

func (d *differ) asks(lang string, now []string) {
	if slices.Equal(now, facts.PhrasesIn(d.had.Asks, lang)) {
		return
	}
	if d.fields.Asks == nil {
		d.fields.Asks = map[string][]string{}
	}
	d.fields.Asks[lang] = slices.Concat([]string{}, now)
	d.differs = true
}

func (d *differ) ids(field *[]string, had []string, cell string) {
	if now := idsOf(cell); !slices.Equal(now, had) {
		*field, d.differs = slices.Concat([]string{}, now), true
	}
}

func (d *differ) sources(at Cell, cell string) {
	if cell == citationsCell(d.had.Sources) {
		return
	}
	now, wrong := citationsOf(cell, d.had.Sources)
	if wrong != "" {
		d.fault(at, wrong)
		return
	}
	if citationsCell(now) != citationsCell(d.had.Sources) {
		d.fields.Sources, d.differs = slices.Concat([]facts.Citation{}, now), true
	}
}

// status sets a status; none means reported.
func (d *differ) status(cell string) {
	if cell == "" {
		cell = string(facts.Reported)
	}
	set(d, &d.fields.Status, d.had.Status, facts.Status(cell))
}

func (d *differ) date(field **string, had string, at Cell, cell string) {
	if wrong := dateFault(cell, had); wrong != "" {
		d.fault(at, wrong)
		return
	}
	set(d, field, had, cell)
}

// lostLetters reports whether a cell is what it was but for question marks in
// place of letters outside of ASCII, as an older encoding leaves them.
func lostLetters(had, now string) bool {
	if had == now || utf8.RuneCountInString(had) != utf8.RuneCountInString(now) {
		return false
	}
	letters := []rune(now)
	for i, r := range []rune(had) {
		if r != letters[i] && (letters[i] != '?' || r < utf8.RuneSelf) {
			return false
		}
	}
	return true
}
