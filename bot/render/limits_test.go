package render

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"summitbot/commands"
	"summitbot/facts"
)

// huge is a reply that is too long in every place.
func huge(outcome facts.Outcome, letters string) commands.Reply {
	long := strings.Repeat(letters, 5000/utf8.RuneCountInString(letters))
	each := strings.Repeat(letters, 300/utf8.RuneCountInString(letters)) // of many
	r := commands.Reply{
		Outcome: outcome, Lang: "en", Asked: long, Title: long, Headline: long, Body: long, Heading: long, For: "1100000000000000001",
		Notes: []string{long, long}, Menu: &commands.Menu{Label: long, Does: commands.Action{Verb: "choose"}},
	}
	for i := range 12 {
		f := commands.Fact{ID: "fair/fair-day", Title: each, Text: each, Fallback: each, Standing: each, Warning: true, When: each, AsOf: each}
		if i == 0 {
			f.Title, f.Text, f.Standing = long, long, long
		}
		for range 40 / (1 + i) {
			f.Sources = append(f.Sources, commands.Source{Line: each, Says: each, Link: "https://example.org/" + each})
		}
		r.Facts = append(r.Facts, f)
	}
	for i := range 30 {
		r.Examples = append(r.Examples, each)
		r.Entries = append(r.Entries, commands.Entry{Title: each, Date: "2025-05-02", Lines: []string{each, each, each, each}, Links: []commands.Link{{Label: each, URL: "https://example.org/" + each}}, Column: i%2 == 0}, commands.Entry{Title: each})
		r.Menu.Choices = append(r.Menu.Choices, commands.MenuChoice{Label: each, Note: each, Value: fmt.Sprint("fair/", i)})
		var row []commands.Button
		for j := range 7 {
			row = append(row, commands.Button{Label: each, Does: commands.Action{Verb: "fact", Args: []string{"fair", fmt.Sprint(i, "-", j)}}}, commands.Button{Label: "x", URL: "https://example.org/" + long})
		}
		r.Buttons = append(r.Buttons, row)
	}
	return r
}

// TestLimits renders replies that are too long: every limit holds, and the
// message says that something was left out.
func TestLimits(t *testing.T) {
	for _, letters := range []string{"🎪", "*", "[x](y) @\n# "} {
		for _, outcome := range []facts.Outcome{facts.Answer, facts.Decline} {
			t.Run(fmt.Sprintf("%.2q %s", letters, outcome), func(t *testing.T) {
				m := Discord(huge(outcome, letters))
				checkMessage(t, m)
				if !m.Cut {
					t.Error("nothing was left out")
				}
			})
		}
	}
}

// TestEachLimit makes one thing too long at a time.
func TestEachLimit(t *testing.T) {
	long := strings.Repeat("word ", 1000)
	short := commands.Fact{ID: "fair/fair-day", Title: "t", Text: "x", Standing: "s"}
	answer := func(edit func(*commands.Reply)) commands.Reply {
		r := commands.Reply{Outcome: facts.Answer, Facts: []commands.Fact{short}}
		edit(&r)
		return r
	}
	entries := func(n int, e commands.Entry) commands.Reply {
		r := commands.Reply{Title: "t"}
		for range n {
			r.Entries = append(r.Entries, e)
		}
		return r
	}
	tests := []struct {
		name  string
		reply commands.Reply
	}{
		{"text", answer(func(r *commands.Reply) { r.Facts[0].Text = long })},
		{"title", answer(func(r *commands.Reply) { r.Facts[0].Title = long })},
		{"standing", answer(func(r *commands.Reply) { r.Facts[0].Standing = long })},
		{"notes", answer(func(r *commands.Reply) { r.Notes = []string{long} })},
		{"name of the answer", answer(func(r *commands.Reply) { r.Title = long })},
		{"twelve facts", answer(func(r *commands.Reply) { r.Facts = repeat(short, 12) })},
		{"forty sources", answer(func(r *commands.Reply) {
			r.Facts[0].Sources = repeat(commands.Source{Line: "Gazette", Says: "the mayor", Link: "https://example.org/" + strings.Repeat("a", 100)}, 40)
		})},
		{"three long facts", answer(func(r *commands.Reply) {
			r.Facts = repeat(commands.Fact{ID: "fair/fair-day", Title: "t", Text: strings.Repeat("a", 2500)}, 3)
		})},
		{"headline", commands.Reply{Headline: long}},
		{"body", commands.Reply{Headline: "h", Body: long}},
		{"thirty entries", entries(30, commands.Entry{Title: "e", Lines: []string{"l"}})},
		{"entries of 300 characters", entries(22, commands.Entry{Title: "e", Lines: []string{strings.Repeat("a", 300)}})},
		{"one long line", entries(1, commands.Entry{Title: "e", Lines: []string{long}})},
		{"one long link", entries(1, commands.Entry{Title: "e", Links: []commands.Link{{Label: "open", URL: "https://example.org/" + strings.Repeat("a", 1500)}}})},
		{"title and day of an entry", entries(1, commands.Entry{Title: long, Date: "2025-05-02"})},
		{"thirty titles", entries(30, commands.Entry{Title: strings.Repeat("a", 200)})},
		{"thirty choices", commands.Reply{Title: "t", Menu: &commands.Menu{Label: "m", Does: commands.Action{Verb: "choose"}, Choices: numbered(30)}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := Discord(tt.reply)
			checkMessage(t, m)
			if !m.Cut {
				t.Error("it does not say that something was left out")
			}
			if text := pretty(t, m); strings.Contains(text, "<t:") != strings.Contains(text, ":D>") || strings.Count(text, "](https") != strings.Count(text, "a)") {
				t.Errorf("a day or a link is cut: %s", text)
			}
		})
	}
}

func repeat[T any](v T, n int) (list []T) {
	for range n {
		list = append(list, v)
	}
	return list
}

func numbered(n int) (list []commands.MenuChoice) {
	for i := range n {
		list = append(list, commands.MenuChoice{Label: "c", Value: fmt.Sprint(i)})
	}
	return list
}

// TestCutKeepsMeaning leaves out from the end: no statement comes to stand
// below another's source, and the small print stays.
func TestCutKeepsMeaning(t *testing.T) {
	r := commands.Reply{Outcome: facts.Answer, Notes: []string{"small print"}, Facts: []commands.Fact{{Text: strings.Repeat("a", 3900), Sources: []commands.Source{
		{Line: "first", Says: "one"}, {Line: strings.Repeat("b", 300), Says: "two"}, {Line: "third", Says: "three"},
	}}}}
	r.Facts = append(r.Facts, r.Facts[0], r.Facts[0])
	m := Discord(r)
	if len(m.Embeds) != 2 || !strings.HasSuffix(m.Embeds[0].Description, "-# 📰 first\n-# ↳ one") {
		t.Errorf("%d embeds, the first ends in %q", len(m.Embeds), m.Embeds[0].Description[3900:])
	}
	if foot := m.Embeds[len(m.Embeds)-1].Footer; foot == nil || foot.Text != "small print" {
		t.Errorf("the footer is %+v", foot)
	}
}

// TestLongEntry goes on in further fields with what one does not hold.
func TestLongEntry(t *testing.T) {
	line := strings.Repeat("a", 99)
	tests := []struct {
		name  string
		lines []string
		want  []int // characters of each field
	}{
		{"nothing", nil, []int{1}}, // a blank
		{"ten lines", repeat(line, 10), []int{999}},
		{"eleven lines", repeat(line, 11), []int{999, 99}}, // 11 × 99 + 10 = 1,099
		{"to the last character", []string{strings.Repeat("a", 924), line}, []int{1024}},
		{"one more", []string{strings.Repeat("a", 925), line}, []int{925, 99}},
		{"forty lines", repeat(line, 40), []int{999, 999, 999, 999}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := Discord(commands.Reply{Title: "t", Entries: []commands.Entry{{Title: "day", Date: "2025-09-30", Lines: tt.lines}}})
			checkMessage(t, m)
			var got []int
			for i, f := range m.Embeds[0].Fields {
				got = append(got, utf8.RuneCountInString(f.Value))
				if (i == 0) != strings.HasPrefix(f.Name, "day") {
					t.Errorf("field %d is called %q", i, f.Name)
				}
			}
			if m.Cut || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %v, want %v, cut %t", got, tt.want, m.Cut)
			}
		})
	}
}

// TestExactly fills limits to the last character.
func TestExactly(t *testing.T) {
	fits := commands.Reply{Outcome: facts.Answer, Facts: []commands.Fact{{Title: strings.Repeat("t", 256), Text: strings.Repeat("x", 4096)}}}
	m := Discord(fits)
	checkMessage(t, m)
	if m.Cut || utf8.RuneCountInString(m.Embeds[0].Description) != 4096 {
		t.Error("what fits was cut")
	}
	fits.Facts = append(fits.Facts, commands.Fact{Text: strings.Repeat("x", 6000-4096-256)})
	if m := Discord(fits); m.Cut || len(m.Embeds) != 2 {
		t.Error("what fits in all was cut")
	}
	fits.Facts[1].Text += "x"
	if m := Discord(fits); !m.Cut || !strings.HasSuffix(m.Embeds[1].Description, "x…") {
		t.Error("one character more was not cut")
	}
}
