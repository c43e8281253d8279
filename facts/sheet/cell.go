package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"summitbot/facts"
)

// formulaSigns are those at which a spreadsheet takes a cell for a formula. A
// Japanese one also does at the wide ones.
const formulaSigns = "=+-@\t\r＝＋－＠"

// valueText matches what a spreadsheet may take for a date, a time or a number
// and then writes in its own way: 2025-09-30 as 9/30/2025, 9월 30일 as a number.
var valueText = regexp.MustCompile(`(?i)^(?:[\d\s.,:/%()e$€£¥₩–-]|[年月日時分年년월일시분]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|am|pm)*$`)

// plainNumber matches numbers that come back as they are, such as a year.
var plainNumber = regexp.MustCompile(`^[1-9]\d{0,9}$`)

// longestValue bounds what is looked at as a date or a number, in bytes.
const longestValue = 40

// isRisky reports whether a spreadsheet would make something else of a cell
// than its text. Apostrophes before it do not count.
func isRisky(cell string) bool {
	cell = strings.TrimLeft(cell, "'")
	if strings.IndexFunc(cell, func(r rune) bool { return strings.ContainsRune(formulaSigns, r) }) == 0 {
		return true
	}
	return len(cell) <= longestValue && strings.ContainsAny(cell, "0123456789") &&
		!plainNumber.MatchString(cell) && valueText.MatchString(cell)
}

// guarded puts an apostrophe before a cell that a spreadsheet would take for
// something else than text.
func guarded(cell string) string {
	if isRisky(cell) {
		return "'" + cell
	}
	return cell
}

// unguarded takes that apostrophe away again.
func unguarded(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && isRisky(rest) {
		return rest
	}
	return cell
}

// cellOf returns what a fact has in a column.
func cellOf(f *facts.Fact, c column) string {
	switch c.field {
	case fieldID:
		return f.ID
	case fieldStatus:
		return string(f.Status)
	case fieldWhen:
		return f.When
	case fieldTitle:
		return f.Title.Only(c.lang)
	case fieldAnswer:
		return f.Answer.Only(c.lang)
	case fieldAsks:
		return strings.Join(facts.PhrasesIn(f.Asks, c.lang), "\n")
	case fieldSources:
		return citationsCell(f.Sources)
	case fieldAbout:
		return strings.Join(f.About, ", ")
	case fieldTopics:
		return strings.Join(f.Topics, ", ")
	case fieldRelated:
		return strings.Join(f.Related, ", ")
	case fieldSupersededBy:
		return f.SupersededBy
	case fieldUpdated:
		return f.Updated
	}
	return ""
}

// linesOf returns the lines of a cell that are not blank.
func linesOf(cell string) (lines []string) {
	for line := range strings.SplitSeq(cell, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// idsOf returns the ids in a cell, however people part them.
func idsOf(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;、，；", r) })
}

// citationsCell writes citations, a line each: ref, paragraph, quote.
func citationsCell(list []facts.Citation) string {
	var lines []string
	for _, c := range list {
		line := c.Ref
		if c.Paragraph > 0 || c.Quote != "" {
			line += ", "
		}
		if c.Paragraph > 0 {
			line += strconv.Itoa(c.Paragraph)
		}
		if c.Quote != "" {
			line += ", " + c.Quote
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// citationLine reads a line of citationsCell. It returns what is wrong with it,
// or "".
func citationLine(line string) (c facts.Citation, wrong string) {
	parts := strings.SplitN(line, ",", 3)
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	c.Ref, c.Quote = strings.TrimSpace(parts[0]), strings.TrimSpace(parts[2])
	paragraph := strings.TrimSpace(parts[1])
	if paragraph == "" {
		return c, ""
	}
	n, err := strconv.Atoi(paragraph)
	if err != nil || n < 1 {
		return c, excerpt(line) + " is no citation; write the source's id, the paragraph and the quote, as in `ap-2025-09-30, 14, the very words`; the paragraph may be left out, as in `ap-2025-09-30, , the very words`"
	}
	c.Paragraph = n
	return c, ""
}

// citationsOf reads the citations in a cell. What the cell does not show of
// those that a fact has, whose statement it is and which version, is kept where
// a line still shows the same citation.
func citationsOf(cell string, had []facts.Citation) (list []facts.Citation, wrong string) {
	had = slices.Clone(had)
	changed := map[string]bool{} // refs with a line that is new
	for _, line := range linesOf(cell) {
		c, wrong := citationLine(line)
		if wrong != "" {
			return nil, wrong
		}
		i := slices.IndexFunc(had, func(h facts.Citation) bool {
			return h.Ref == c.Ref && h.Paragraph == c.Paragraph && h.Quote == c.Quote
		})
		if i >= 0 {
			c, had = had[i], slices.Delete(had, i, i+1)
		} else {
			changed[c.Ref] = true
		}
		list = append(list, c)
	}
	for _, h := range had {
		if changed[h.Ref] && (len(h.Says) > 0 || len(h.Version) > 0) {
			return nil, "the citation " + excerpt(citationsCell([]facts.Citation{h})) + " also tells whose statement it is, which a sheet does not show; leave its line as it is, and change it in the facts file"
		}
	}
	return list, ""
}
