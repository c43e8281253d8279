package render

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// between holds the characters of a text to bounds.
func between(t *testing.T, what, text string, least, most int) {
	t.Helper()
	if n := utf8.RuneCountInString(text); n < least || n > most {
		t.Errorf("%s has %d characters, want %d to %d: %.60q", what, n, least, most, text)
	}
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8: %.60q", what, text)
	}
}

// checkMessage holds a message to Discord's limits, and to pinging nobody but
// the one whom it points at.
func checkMessage(t *testing.T, m Message) {
	t.Helper()
	between(t, "content", m.Content, 0, 2000)
	if len(m.Embeds) == 0 || len(m.Embeds) > 10 {
		t.Errorf("%d embeds", len(m.Embeds))
	}
	total := 0
	for _, e := range m.Embeds {
		total += checkEmbed(t, e)
	}
	if total > 6000 {
		t.Errorf("%d characters in all embeds", total)
	}
	checkComponents(t, m.Components)
	if m.AllowedMentions.Parse == nil || len(m.AllowedMentions.Parse) != 0 || m.AllowedMentions.RepliedUser {
		t.Errorf("it may ping: %+v", m.AllowedMentions)
	}
	if want := "<@" + strings.Join(m.AllowedMentions.Users, "") + ">"; m.Content != "" && m.Content != want {
		t.Errorf("the content is %q, allowed is %q", m.Content, want)
	}
	if m.Flags != 0 && m.Flags != 64 {
		t.Errorf("flags %d", m.Flags)
	}
}

// checkEmbed holds an embed to the limits, and counts its characters.
func checkEmbed(t *testing.T, e *discordgo.MessageEmbed) int {
	t.Helper()
	between(t, "embed title", e.Title, 0, 256)
	between(t, "description", e.Description, 0, 4096)
	n := utf8.RuneCountInString(e.Title + e.Description)
	if e.Author != nil {
		between(t, "author", e.Author.Name, 1, 256)
		n += utf8.RuneCountInString(e.Author.Name)
	}
	if e.Footer != nil {
		between(t, "footer", e.Footer.Text, 1, 2048)
		n += utf8.RuneCountInString(e.Footer.Text)
	}
	if len(e.Fields) > 25 {
		t.Errorf("%d fields", len(e.Fields))
	}
	for _, f := range e.Fields {
		between(t, "field name", f.Name, 1, 256)
		between(t, "field", f.Value, 1, 1024)
		n += utf8.RuneCountInString(f.Name + f.Value)
	}
	if e.Title+e.Description == "" && len(e.Fields) == 0 {
		t.Error("an embed says nothing")
	}
	return n
}

func checkComponents(t *testing.T, rows []discordgo.MessageComponent) {
	t.Helper()
	if len(rows) > 5 {
		t.Errorf("%d rows", len(rows))
	}
	used := map[string]bool{}
	for _, row := range rows {
		inside := row.(discordgo.ActionsRow).Components
		if len(inside) == 0 || len(inside) > 5 {
			t.Errorf("%d in a row", len(inside))
		}
		for _, c := range inside {
			id := ""
			switch c := c.(type) {
			case discordgo.Button:
				if id = c.CustomID; c.URL == "" {
					between(t, "button id", id, 1, 100)
				}
				between(t, "button", c.Label, 1, 80)
				between(t, "address", c.URL, 0, 512)
			case discordgo.SelectMenu:
				id = c.CustomID
				checkMenu(t, c)
			default:
				t.Errorf("a component of type %T", c)
			}
			if used[id] && id != "" {
				t.Errorf("%q stands there twice", id)
			}
			used[id] = true
		}
	}
}

func checkMenu(t *testing.T, m discordgo.SelectMenu) {
	t.Helper()
	between(t, "menu id", m.CustomID, 1, 100)
	between(t, "menu", m.Placeholder, 1, 150)
	if len(m.Options) == 0 || len(m.Options) > 25 {
		t.Errorf("%d choices", len(m.Options))
	}
	values := map[string]bool{}
	for _, o := range m.Options {
		between(t, "choice", o.Label, 1, 100)
		between(t, "note", o.Description, 0, 100)
		between(t, "value", o.Value, 1, 100)
		if values[o.Value] {
			t.Errorf("the value %q stands there twice", o.Value)
		}
		values[o.Value] = true
	}
}

func checkForm(t *testing.T, m Modal) {
	t.Helper()
	between(t, "form id", m.CustomID, 1, 100)
	between(t, "form title", m.Title, 1, 45)
	used := map[string]bool{}
	for _, c := range m.Components {
		if used[c.Component.CustomID] {
			t.Errorf("two inputs are called %q", c.Component.CustomID)
		}
		used[c.Component.CustomID] = true
		between(t, "label", c.Label, 1, 45)
		between(t, "hint", c.Description, 0, 100)
		between(t, "input id", c.Component.CustomID, 1, 100)
		between(t, "text", c.Component.Value, 0, c.Component.MaxLength)
		if n := c.Component.MaxLength; n < 1 || n > 4000 {
			t.Errorf("the input takes %d characters", n)
		}
	}
	if len(m.Components) < 1 || len(m.Components) > 5 {
		t.Errorf("%d components", len(m.Components))
	}
}
