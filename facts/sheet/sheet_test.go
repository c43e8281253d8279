package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"summitbot/facts"
)

// shore is a base in two languages.
const shore = `base: shore
title: { en: "The shore", ko: "해안" }
languages: [en, ko]
sources:
  gazette: { title: "The shore", publisher: "Gazette", published: "2025-05-01", url: "https://example.org/a", language: en }
facts:
  - id: length
    title: { en: "The length", ko: "길이" }
    answer: { en: "=9 miles, \"or so\",\nit is said.", ko: "9마일입니다." }
    asks: { en: ["How long is it?", "+length"], ko: ["얼마나 깁니까?"] }
    when: "2025-05-01"
    sources: [{ ref: gazette, paragraph: 4, quote: "nine miles, they say", says: { en: "the mayor", ko: "시장" } }]
    status: confirmed
  - id: width
    title: { en: "The width", ko: "너비" }
    answer: { en: "One mile.", ko: "1마일입니다." }
    sources: [{ ref: gazette }]
`

func base(t testing.TB, text string) *facts.Base {
	t.Helper()
	bases, problems := facts.LoadFS(fstest.MapFS{"shore.yaml": {Data: []byte(text)}}, "shore.yaml")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return bases[0]
}

func written(t testing.TB, b *facts.Base) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := Write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// compared reads a sheet and compares it; faults come as texts.
func compared(t testing.TB, data []byte, b *facts.Base) (*Comparison, []string) {
	t.Helper()
	s, faults := Read(data, b.Languages)
	var c *Comparison
	if len(faults) == 0 {
		c, faults = s.Compare(b)
	}
	var lines []string
	for _, f := range faults {
		lines = append(lines, f.Error())
	}
	return c, lines
}

// TestRoundTrip writes and reads: nothing differs, in the shipped base either.
func TestRoundTrip(t *testing.T) {
	embedded, problems := facts.LoadEmbedded()
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	for _, b := range []*facts.Base{base(t, shore), embedded[0]} {
		c, faults := compared(t, written(t, b), b)
		if len(faults) > 0 || len(c.Changes) > 0 || c.Same != len(b.Facts) || c.Left != 0 {
			t.Errorf("%s: %q, %+v", b.ID, faults, c)
		}
	}
}

// TestSpreadsheets reads what spreadsheets make of a sheet.
func TestSpreadsheets(t *testing.T) {
	b := base(t, shore)
	data := written(t, b)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	again := func(comma rune, crlf bool, change func([][]string) [][]string) []byte {
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		w.Comma, w.UseCRLF = comma, crlf
		copied := make([][]string, len(rows))
		for i, r := range rows {
			copied[i] = append([]string(nil), r...)
		}
		if err := w.WriteAll(change(copied)); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	asIs := func(r [][]string) [][]string { return r }
	wide := utf16.Encode([]rune("\ufeff" + string(again(',', false, asIs))))
	var utf16le []byte
	for _, u := range wide {
		utf16le = append(utf16le, byte(u), byte(u>>8))
	}
	for name, data := range map[string][]byte{
		"semicolons": again(';', true, asIs), "tabs": again('\t', false, asIs), "UTF-16": utf16le,
		"columns turned round": again(',', true, func(r [][]string) [][]string {
			for _, row := range r {
				for i, j := 0, len(row)-1; i < j; i, j = i+1, j-1 {
					row[i], row[j] = row[j], row[i]
				}
			}
			return r
		}),
		"empty rows below": again(',', true, func(r [][]string) [][]string { return append(r, make([]string, len(r[0])), make([]string, len(r[0]))) }),
		"one column":       []byte("id\r\nlength\r\nwidth\r\n"),
	} {
		if c, faults := compared(t, data, b); len(faults) > 0 || len(c.Changes) > 0 || c.Same != 2 {
			t.Errorf("%s: %q, %+v", name, faults, c)
		}
	}
}

// TestChanges finds what differs, and nothing else.
func TestChanges(t *testing.T) {
	b := base(t, shore)
	c, faults := compared(t, []byte("id,title.en,asks.en,status\r\nlength,The length,\"How long is it?\n+length\nhow far\",confirmed\r\nheight,The height,How high is it?,reported\r\n"), b)
	if len(faults) > 0 || len(c.Changes) != 2 || c.Left != 1 {
		t.Fatalf("%q, %+v", faults, c)
	}
	edit, add := c.Changes[0], c.Changes[1]
	if edit.ID != "length" || edit.New || edit.Row != 2 || edit.Fields.Title != nil || edit.Fields.Status != nil || strings.Join(edit.Fields.Asks["en"], "|") != "How long is it?|+length|how far" {
		t.Errorf("got %+v", edit)
	}
	if add.ID != "height" || !add.New || add.Row != 3 || len(add.Fields.Title) != 1 {
		t.Errorf("got %+v", add)
	}
}

// TestFaults says where in the sheet what is wrong.
func TestFaults(t *testing.T) {
	b := base(t, shore)
	tests := map[string]struct{ sheet, want string }{
		"nothing":              {"", ""},
		"no id":                {"title.en\r\nThe length\r\n", "id"},
		"an unknown column":    {"id,colour\r\nlength,red\r\n", "colour"},
		"a column twice":       {"id,status,status\r\nlength,reported,reported\r\n", "status"},
		"an unknown language":  {"id,title.fr\r\nlength,La longueur\r\n", "title.fr"},
		"an id twice":          {"id\r\nlength\r\nlength\r\n", "row 3"},
		"a reformatted date":   {"id,when\r\nlength,5/1/2025\r\n", "row 2, column B (when)"},
		"a quote without end":  {"id,title.en\r\nlength,\"The length\r\n", ""},
		"a source without end": {"id,sources\r\nlength,\"gazette, four, five\"\r\n", "row 2, column B (sources)"},
		"binary":               {"\x00\x01\x02\xff", ""},
	}
	for name, tt := range tests {
		_, faults := compared(t, []byte(tt.sheet), b)
		if len(faults) == 0 || !strings.Contains(strings.Join(faults, "\n"), tt.want) {
			t.Errorf("%s: got %q, want %q", name, faults, tt.want)
		}
	}
}

// FuzzRead reads whatever somebody may hand in: faults or rows, never a panic.
func FuzzRead(f *testing.F) {
	b := base(f, shore)
	f.Add(written(f, b))
	f.Add([]byte("id;when\nlength;2025-05-01\n"))
	f.Add([]byte("\xff\xfei\x00d\x00\n\x00"))
	f.Add([]byte("id,sources\nlength,\"gazette, 4, \"\"x\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, faults := Read(data, b.Languages)
		if (s == nil) != (len(faults) > 0) {
			t.Fatalf("a sheet %v with %d faults", s != nil, len(faults))
		}
		if s == nil {
			return
		}
		if c, faults := s.Compare(b); len(faults) == 0 && c.Same+c.Left > len(b.Facts) {
			t.Fatalf("%d the same and %d left of %d", c.Same, c.Left, len(b.Facts))
		}
	})
}
