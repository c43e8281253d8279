package render

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"summitbot/commands"
)

// A canvas is the embeds of one message, which share a bound on their length.
type canvas struct {
	embeds []*discordgo.MessageEmbed
	left   int // characters that still fit
	cut    bool
}

// leastField is the room, in characters, below which no field is begun: the
// longest name and a few words.
const leastField = maxFieldName + 44

// field writes an entry with what stands below its title. What one field does
// not hold goes on in the next, which has no name.
func (c *canvas) field(e *discordgo.MessageEmbed, entry commands.Entry) {
	if isTitle(entry) {
		return
	}
	for i, lines := range parted(fieldLines(entry), maxFieldValue) {
		if len(e.Fields) == maxFields || c.left < leastField {
			c.cut = true
			return
		}
		name := ""
		if i == 0 {
			name = c.fieldName(entry)
		}
		name = c.orBlank(name)
		value := c.orBlank(c.lines(maxFieldValue, lines))
		e.Fields = append(e.Fields, &discordgo.MessageEmbedField{Name: name, Value: value, Inline: entry.Column})
	}
}

// fieldName is the title of an entry and, where its day is known, how Discord
// shows that.
func (c *canvas) fieldName(entry commands.Entry) string {
	moment := timestamp(entry.Date)
	if moment != "" {
		moment = " · " + moment
	}
	return c.take(escape(entry.Title), maxFieldName-utf8.RuneCountInString(moment)) + c.take(moment, maxFieldName)
}

// orBlank is a text, or what stands where Discord wants a character.
func (c *canvas) orBlank(text string) string {
	if text == "" {
		return c.take(blank, 1)
	}
	return text
}

// parted puts lines into parts of at most so many characters, one part at
// least. A line that is longer makes a part of its own.
func parted(lines []string, most int) [][]string {
	parts, room := [][]string{nil}, most
	for _, line := range lines {
		n := utf8.RuneCountInString(line) + 1 // the line end
		last := len(parts) - 1
		if n > room+1 && len(parts[last]) > 0 {
			parts, room, last = append(parts, nil), most, last+1
		}
		parts[last], room = append(parts[last], line), room-n
	}
	return parts
}

func fieldLines(entry commands.Entry) []string {
	var lines, links []string
	if done := by(entry); done != "" {
		lines = append(lines, done)
	}
	for _, line := range entry.Lines {
		lines = append(lines, escape(line))
	}
	for _, l := range entry.Links {
		links = append(links, link(l.Label, l.URL))
	}
	if len(links) > 0 {
		lines = append(lines, strings.Join(links, " · "))
	}
	return lines
}

// by tells who did something and when, in the reader's time zone. A mention in
// an embed pings nobody.
func by(entry commands.Entry) string {
	var parts []string
	if isID(entry.By) {
		parts = append(parts, "<@"+entry.By+">")
	}
	if !entry.At.IsZero() {
		parts = append(parts, "<t:"+strconv.FormatInt(entry.At.Unix(), 10)+":f>")
	}
	return strings.Join(parts, " · ")
}

// blank is what stands where Discord wants a character and there is none.
const blank = "\u200b"

// asked repeats the question above the reply, unless something else stands
// there.
func (c *canvas) asked(question string) {
	if OneLine(question) == "" || len(c.embeds) == 0 || c.embeds[0].Author != nil {
		return
	}
	text := repeated(question, min(maxAuthor, c.left))
	if text == "" {
		c.cut = true
		return
	}
	c.embeds[0].Author = &discordgo.MessageEmbedAuthor{Name: text}
}

// take returns a text, shortened to what is allowed and still fits.
func (c *canvas) take(text string, most int) string {
	n := utf8.RuneCountInString(text)
	if room := min(most, c.left); n > room {
		c.cut = true
		if room < 2 {
			return ""
		}
		text, n = shorten(text, room), room
	}
	c.left -= n
	return text
}

// lines joins the lines up to the first that does not fit, so that none stands
// below another than its own. The first is shortened if need be, unless it is
// a link, which would open nothing.
func (c *canvas) lines(most int, lines []string) string {
	room := min(most, c.left)
	var shown []string
	for i, line := range lines {
		n := utf8.RuneCountInString(line) + min(i, 1) // the line end before it
		if n > room {
			c.cut = true
			if i == 0 && room > 1 && !strings.HasPrefix(line, "[") {
				shown, room = append(shown, shorten(line, room)), 0
			}
			break
		}
		shown, room = append(shown, line), room-n
	}
	text := strings.Join(shown, "\n")
	c.left -= utf8.RuneCountInString(text)
	return text
}

// shorten cuts a text to so many characters, one at least, and shows that it
// did. An escape is not cut in two.
func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:most-1]), `\`) + "…"
}

// number marks an item of a numbered list without Discord's own, which starts
// anew at each line.
func number(n int) string { return strconv.Itoa(n) + "\\. " }

// timestamp shows how long ago a day was, in the reader's own time zone; ""
// for what is known less precisely. Noon in UTC is that very day from UTC-12
// to UTC+11.
func timestamp(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return "<t:" + strconv.FormatInt(day.Add(12*time.Hour).Unix(), 10) + ":D>"
}
