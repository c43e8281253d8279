package render

import (
	"cmp"

	"github.com/bwmarrin/discordgo"

	"summitbot/commands"
)

// Limits of components
// (https://docs.discord.com/developers/components/reference).
const (
	maxRows        = 5
	maxButtons     = 5 // in a row
	maxButtonLabel = 80
	maxButtonURL   = 512
	maxChoices     = 25
	maxChoiceText  = 100
	maxMenuLabel   = 150
	maxModalTitle  = 45
	maxLabel       = 45
	maxInputHint   = 100
	maxInput       = 4000
)

// components are what can be pressed and chosen below a reply.
func components(r commands.Reply) []discordgo.MessageComponent {
	rows := []discordgo.MessageComponent{}
	if r.Menu != nil && len(r.Menu.Choices) > 0 {
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu(*r.Menu)}})
	}
	used := map[string]bool{}
	for _, row := range r.Buttons {
		if buttons := buttonRow(row, used); len(buttons) > 0 && len(rows) < maxRows {
			rows = append(rows, discordgo.ActionsRow{Components: buttons})
		}
	}
	return rows
}

// buttonRow leaves out a button that the message has already: ids must be
// unique in it.
func buttonRow(row []commands.Button, used map[string]bool) []discordgo.MessageComponent {
	var buttons []discordgo.MessageComponent
	for _, b := range row {
		id := b.Does.ID() + b.URL
		if used[id] || len(buttons) == maxButtons || len(b.URL) > maxButtonURL || b.URL == "" && len(id) > commands.MaxActionID {
			continue
		}
		used[id] = true
		buttons = append(buttons, button(b))
	}
	return buttons
}

func button(b commands.Button) discordgo.Button {
	out := discordgo.Button{Label: shorten(OneLine(b.Label), maxButtonLabel), Style: discordgo.SecondaryButton, CustomID: b.Does.ID()}
	if b.URL != "" {
		out.Style, out.URL, out.CustomID = discordgo.LinkButton, b.URL, ""
	}
	if b.Emoji != "" {
		out.Emoji = &discordgo.ComponentEmoji{Name: b.Emoji}
	}
	return out
}

func menu(m commands.Menu) discordgo.SelectMenu {
	out := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: m.Does.ID(), Placeholder: shorten(m.Label, maxMenuLabel)}
	for _, c := range m.Choices[:min(len(m.Choices), maxChoices)] {
		out.Options = append(out.Options, discordgo.SelectMenuOption{
			Label: shorten(OneLine(c.Label), maxChoiceText), Description: shorten(OneLine(c.Note), maxChoiceText), Value: c.Value,
		})
	}
	return out
}

// A Modal is a form as Discord takes it. The library has no Label, in which
// a text input stands today.
type Modal struct {
	CustomID   string       `json:"custom_id"`
	Title      string       `json:"title"`
	Components []ModalLabel `json:"components"`
}

// A ModalLabel is a text input with what is said about it.
type ModalLabel struct {
	Type        int       `json:"type"` // 18
	Label       string    `json:"label"`
	Description string    `json:"description,omitempty"`
	Component   TextInput `json:"component"`
}

// A TextInput is where a text is typed.
type TextInput struct {
	Type      int    `json:"type"` // 4
	CustomID  string `json:"custom_id"`
	Style     int    `json:"style"`
	Value     string `json:"value,omitempty"`
	Required  bool   `json:"required"`
	MaxLength int    `json:"max_length,omitempty"`
}

// Types of components.
const (
	typeTextInput = 4
	typeLabel     = 18
	styleShort    = 1 // one line
	styleLong     = 2
)

// maxInputs is how many components a modal can have.
const maxInputs = 5

// DiscordForm renders a form. Of inputs with one name the first is kept:
// Discord takes no form with two.
func DiscordForm(f commands.Form) Modal {
	m := Modal{CustomID: f.Does.ID(), Title: shorten(f.Title, maxModalTitle)}
	used := map[string]bool{}
	for _, in := range f.Inputs {
		if !used[in.Name] && len(m.Components) < maxInputs {
			m.Components = append(m.Components, modalLabel(in))
		}
		used[in.Name] = true
	}
	return m
}

func modalLabel(in commands.Input) ModalLabel {
	longest := min(cmp.Or(in.Longest, maxInput), maxInput)
	text := TextInput{Type: typeTextInput, CustomID: in.Name, Style: styleLong, Value: shorten(in.Text, longest), Required: in.Required, MaxLength: longest}
	if in.Short {
		text.Style, text.Value = styleShort, shorten(OneLine(in.Text), longest)
	}
	return ModalLabel{Type: typeLabel, Label: shorten(in.Label, maxLabel), Description: shorten(in.Hint, maxInputHint), Component: text}
}
