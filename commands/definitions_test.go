package commands

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// Discord's rules for commands
// (https://docs.discord.com/developers/interactions/application-commands).
const (
	maxName        = 32
	maxDescription = 100
	maxOptions     = 25
	maxOptionText  = 6000
	maxCommand     = 8000 // of names and descriptions, the longest localisation of each
	maxChat        = 100
	maxOnMessage   = 15
)

var chatName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

// length is that of the longest of a text and its translations.
func length(text string, translated map[discordgo.Locale]string) int {
	n := utf8.RuneCountInString(text)
	for _, other := range translated {
		n = max(n, utf8.RuneCountInString(other))
	}
	return n
}

// checkWording holds a name and a description to the rules, in every locale.
func checkWording(t *testing.T, name, description string, names, descriptions map[discordgo.Locale]string) {
	t.Helper()
	for _, locale := range []discordgo.Locale{"", discordgo.Korean, discordgo.Japanese} {
		if locale != "" {
			name, description = names[locale], descriptions[locale]
		}
		if !chatName.MatchString(name) || strings.ToLower(name) != name {
			t.Errorf("%s: a bad name: %q", locale, name)
		}
		if n := utf8.RuneCountInString(description); n < 1 || n > maxDescription {
			t.Errorf("%s: %q has a description of %d characters", locale, name, n)
		}
	}
	if len(names) != len(Languages)-1 || len(descriptions) != len(Languages)-1 {
		t.Errorf("%s is in %d and %d other locales", name, len(names), len(descriptions))
	}
}

func TestDefinitions(t *testing.T) {
	count := map[discordgo.ApplicationCommandType]int{}
	seen := map[string]bool{}
	for _, d := range Definitions() {
		t.Run(d.Name, func(t *testing.T) {
			if seen[d.Name] {
				t.Error("the name is taken")
			}
			seen[d.Name] = true
			count[d.Type]++
			if d.IntegrationTypes == nil || len(*d.IntegrationTypes) != 2 || d.Contexts == nil || len(*d.Contexts) != 3 {
				t.Errorf("installs %v, contexts %v", d.IntegrationTypes, d.Contexts)
			}
			if _, ok := FindCommand(d.Name); !ok {
				t.Error("nobody answers it")
			}
			if d.Type == discordgo.MessageApplicationCommand {
				checkOnMessage(t, d)
				return
			}
			checkWording(t, d.Name, d.Description, *d.NameLocalizations, *d.DescriptionLocalizations)
			checkOptions(t, d)
		})
	}
	if chat, onMessage := count[discordgo.ChatApplicationCommand], count[discordgo.MessageApplicationCommand]; chat < 10 || chat > maxChat || onMessage < 1 || onMessage > maxOnMessage {
		t.Errorf("%d and %d commands", chat, onMessage)
	}
	if _, ok := FindCommand("nothing"); ok {
		t.Error("a command that is not there was found")
	}
}

// checkOnMessage holds a command in the menu of messages to the rules: it has
// a name in mixed case and nothing else.
func checkOnMessage(t *testing.T, d *discordgo.ApplicationCommand) {
	t.Helper()
	if d.Description != "" || d.DescriptionLocalizations != nil || len(d.Options) > 0 {
		t.Errorf("it has a description or options: %+v", d)
	}
	if n := length(d.Name, *d.NameLocalizations); n > maxName || len(*d.NameLocalizations) != len(Languages)-1 {
		t.Errorf("names of %d characters: %v", n, *d.NameLocalizations)
	}
	for locale, name := range *d.NameLocalizations {
		if name == "" {
			t.Errorf("%s: no name", locale)
		}
	}
}

// checkOptions holds the options of a command to the rules, and the whole to
// its length.
func checkOptions(t *testing.T, d *discordgo.ApplicationCommand) {
	t.Helper()
	total := length(d.Name, *d.NameLocalizations) + length(d.Description, *d.DescriptionLocalizations)
	optional := false
	for _, o := range d.Options {
		checkWording(t, o.Name, o.Description, o.NameLocalizations, o.DescriptionLocalizations)
		total += length(o.Name, o.NameLocalizations) + length(o.Description, o.DescriptionLocalizations)
		if o.Required && optional {
			t.Errorf("%s is required behind one that is not", o.Name)
		}
		optional = optional || !o.Required
		text := o.Type == discordgo.ApplicationCommandOptionString
		if o.Autocomplete && !text || o.MaxLength > maxOptionText || o.MaxLength != 0 && !text {
			t.Errorf("%s: %+v", o.Name, o)
		}
	}
	if len(d.Options) > maxOptions || total > maxCommand {
		t.Errorf("%d options, %d characters", len(d.Options), total)
	}
}

// TestOptionNames keeps names apart in every locale, and answers to those
// that Discord sends, the English ones.
func TestOptionNames(t *testing.T) {
	for _, c := range All() {
		for _, lang := range Languages {
			seen := map[string]bool{}
			for _, o := range c.Options {
				name := sentences[lang][c.optionNames(o)]
				if seen[name] {
					t.Errorf("%s in %s: two options are called %q", c.Name, lang, name)
				}
				seen[name] = true
				if lang == Languages[0] && name != o.Name {
					t.Errorf("%s: Discord calls %q what the command reads as %q", c.Name, name, o.Name)
				}
			}
		}
		for _, o := range c.Options {
			if o.Suggests != (c.Suggest != nil) && o.Kind == TextOption {
				t.Errorf("%s %s: completed %t, completes %t", c.Name, o.Name, o.Suggests, c.Suggest != nil)
			}
		}
	}
}

// TestCommandNames keeps the names of commands apart in every locale.
func TestCommandNames(t *testing.T) {
	for _, lang := range Languages {
		seen := map[string]bool{}
		for _, c := range All() {
			name := sentences[lang][c.names()]
			if seen[name] {
				t.Errorf("%s: two commands are called %q", lang, name)
			}
			seen[name] = true
		}
	}
}
