package render

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"summitbot/commands"
	"summitbot/facts"
)

// A Message is a reply as Discord takes it: the body of a message, and the
// data of an interaction's response. Everything is always sent, so that a
// message which takes the place of another clears what that had.
type Message struct {
	Content         string                       `json:"content"`
	Embeds          []*discordgo.MessageEmbed    `json:"embeds"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions Mentions                     `json:"allowed_mentions"`
	Flags           int                          `json:"flags,omitempty"`

	Cut bool `json:"-"` // something did not fit and was left out
}

// Mentions is who may be pinged: nobody but those named.
type Mentions struct {
	Parse       []string `json:"parse"` // always empty: null would mean everybody
	Users       []string `json:"users,omitempty"`
	RepliedUser bool     `json:"replied_user"`
}

// Limits of Discord, in characters
// (https://docs.discord.com/developers/resources/message#embed-object-embed-limits).
const (
	maxEmbeds      = 10
	maxEmbedTitle  = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256
	maxEmbedsTotal = 6000
)

// FlagEphemeral shows a message to one person alone
// (https://docs.discord.com/developers/resources/message#message-object-message-flags).
const FlagEphemeral = 64

// Colours of the stripe beside an embed.
const (
	colourSure    = 0x2e7d32 // confirmed
	colourPlain   = 0x1565c0 // reported, and everything that is browsed
	colourWarning = 0xf9a825 // disputed, out of date, withdrawn
	colourNothing = 0x757575 // nothing is asserted
)

// askedMark opens the question that a reply repeats.
const askedMark = "💬 "

// Repeated is a question as a reply repeats it where there is room; "" when
// there is nothing to repeat.
func Repeated(question string) string { return repeated(question, maxAuthor) }

// FullQuestion is a question that is as long as the longest that is repeated
// whole.
func FullQuestion() string { return strings.Repeat("x", maxAuthor-utf8.RuneCountInString(askedMark)) }

// repeated is a question in at most so many characters; "" when none fit.
func repeated(question string, most int) string {
	question = OneLine(question)
	room := most - utf8.RuneCountInString(askedMark)
	if question == "" || room < 2 {
		return ""
	}
	return askedMark + shorten(question, room)
}

// Discord renders a reply for Discord.
func Discord(r commands.Reply) Message {
	c := &canvas{left: maxEmbedsTotal}
	if r.Outcome == facts.Answer {
		c.answer(r)
	} else {
		c.notice(r)
	}
	c.asked(r.Asked)
	m := Message{Embeds: c.embeds, Components: components(r), AllowedMentions: Mentions{Parse: []string{}}, Cut: c.cut || r.Menu != nil && len(r.Menu.Choices) > maxChoices}
	if isID(r.For) {
		m.Content = "<@" + r.For + ">"
		m.AllowedMentions.Users = []string{r.For}
	}
	if r.Private {
		m.Flags = FlagEphemeral
	}
	return m
}

// isID reports whether a text is one of Discord's ids, 64 bits in decimal.
func isID(text string) bool {
	_, err := strconv.ParseUint(text, 10, 64)
	return err == nil
}

// Asked returns the question that a message repeats, as it was rendered; ""
// when it repeats none.
func Asked(author string) string {
	question, ok := strings.CutPrefix(author, askedMark)
	if !ok {
		return ""
	}
	return question
}

// noteMark parts the small print from what stands before it in a footer.
const noteMark = " · "

// Shares of a footer: what is said of the fact above it, and the reply's small
// print.
const (
	maxStanding = maxFooter/2 - 3 // noteMark
	maxNotes    = maxFooter / 2
)

// answer writes one embed for each fact that is asserted. The small print has
// its room before them, and stands below the last.
func (c *canvas) answer(r commands.Reply) {
	notes := c.take(joined(r.Notes...), maxNotes)
	if notes != "" {
		c.left -= utf8.RuneCountInString(noteMark)
	}
	shown := r.Facts[:min(len(r.Facts), maxEmbeds)]
	c.cut = c.cut || len(shown) < len(r.Facts)
	for i, f := range shown {
		title := ""
		if i == 0 {
			title = r.Title
		}
		c.fact(f, title)
	}
	if len(c.embeds) > 0 {
		addFooter(c.embeds[len(c.embeds)-1], notes)
	}
	c.verdict(r)
}

// verdict writes what is said about an answer, apart from it: that a change is
// not published yet, say.
func (c *canvas) verdict(r commands.Reply) {
	text := c.lines(maxDescription, noticeLines(commands.Reply{Headline: r.Headline, Body: r.Body}))
	if text != "" && len(c.embeds) < maxEmbeds {
		c.embeds = append(c.embeds, &discordgo.MessageEmbed{Color: colourNothing, Description: text})
	}
}

// fact writes the embed of a fact, unless there is no room for what the fact
// says: without that, its title and standing would be an empty claim.
func (c *canvas) fact(f commands.Fact, above string) {
	before := c.left
	e := &discordgo.MessageEmbed{Color: colourOf(f)}
	if above = c.take(above, maxAuthor); above != "" {
		e.Author = &discordgo.MessageEmbedAuthor{Name: above}
	}
	e.Title = c.take(escape(f.Title), maxEmbedTitle)
	addFooter(e, c.take(joined(f.Standing, f.AsOf), maxStanding))
	if e.Description = c.lines(maxDescription, factLines(f)); e.Description == "" {
		c.left, c.cut = before, true
		return
	}
	c.embeds = append(c.embeds, e)
}

// addFooter writes a text below an embed, behind what stands there.
func addFooter(e *discordgo.MessageEmbed, text string) {
	if text == "" {
		return
	}
	if e.Footer == nil {
		e.Footer = &discordgo.MessageEmbedFooter{}
	}
	e.Footer.Text = joined(e.Footer.Text, text)
}

// factLines are what is said of a fact below its title.
func factLines(f commands.Fact) []string {
	lines := []string{escape(f.Text)}
	if f.Fallback != "" {
		lines = append(lines, "*"+escape(f.Fallback)+"*")
	}
	if f.Warning {
		lines = append(lines, "⚠️ **"+escape(f.Standing)+"**")
	}
	if f.When != "" {
		lines = append(lines, "-# "+escape(f.When))
	}
	for _, s := range f.Sources {
		lines = append(lines, "-# 📰 "+link(s.Line, s.Link))
		if s.Says != "" {
			lines = append(lines, "-# ↳ "+escape(s.Says))
		}
	}
	return lines
}

func colourOf(f commands.Fact) int {
	switch {
	case f.Warning:
		return colourWarning
	case f.Confirmed:
		return colourSure
	}
	return colourPlain
}

// notice writes everything that is no answer as one embed.
func (c *canvas) notice(r commands.Reply) {
	e := &discordgo.MessageEmbed{Color: colourPlain}
	if r.Outcome != "" && r.Outcome != facts.Smalltalk {
		e.Color = colourNothing
	}
	c.embeds = append(c.embeds, e)
	e.Title = c.take(escape(r.Title), maxEmbedTitle)
	addFooter(e, c.take(joined(r.Notes...), maxFooter))
	e.Description = c.lines(maxDescription, noticeLines(r))
	for _, entry := range r.Entries {
		c.field(e, entry)
	}
}

// noticeLines are the sentences of a reply and its plain lists.
func noticeLines(r commands.Reply) []string {
	var lines []string
	say := func(text, around string) {
		if text != "" {
			lines = append(lines, around+escape(text)+around)
		}
	}
	say(r.Headline, "**")
	say(r.Body, "")
	if r.Outcome != facts.Answer && len(r.Facts)+len(r.Examples) > 0 {
		say(r.Heading, "")
	}
	for i, f := range r.Facts {
		lines = append(lines, number(i+1)+escape(f.Title))
	}
	for _, example := range r.Examples {
		lines = append(lines, "- "+escape(example))
	}
	for _, entry := range r.Entries {
		if isTitle(entry) {
			lines = append(lines, "- "+escape(entry.Title))
		}
	}
	return lines
}

// isTitle reports whether an entry has nothing below its title, so that it is
// a line rather than a field.
func isTitle(e commands.Entry) bool { return len(e.Lines)+len(e.Links) == 0 && e.Date+by(e) == "" }
