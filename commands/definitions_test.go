package commands

import (
	"context"
	"encoding/json"
	"fmt"
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
			checkPlaces(t, d)
			checkAnswered(t, d)
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

// checkPlaces holds a command to where it can be used: everywhere, or in
// servers by those who may change them.
func checkPlaces(t *testing.T, d *discordgo.ApplicationCommand) {
	t.Helper()
	if d.IntegrationTypes == nil || d.Contexts == nil {
		t.Fatal("it does not say where it can be used")
	}
	installed, used := fmt.Sprint(*d.IntegrationTypes), fmt.Sprint(*d.Contexts)
	switch {
	case d.DefaultMemberPermissions == nil && installed == "[0 1]" && used == "[0 1 2]":
	case d.DefaultMemberPermissions != nil && *d.DefaultMemberPermissions == 1<<5 && installed == "[0]" && used == "[0]":
	default:
		t.Errorf("installs %s, contexts %s, permissions %v", installed, used, d.DefaultMemberPermissions)
	}
}

// checkAnswered finds out whether what Discord can call is there.
func checkAnswered(t *testing.T, d *discordgo.ApplicationCommand) {
	t.Helper()
	names := []string{d.Name}
	if len(d.Options) > 0 && d.Options[0].Type == discordgo.ApplicationCommandOptionSubCommand {
		names = nil
		for _, o := range d.Options {
			names = append(names, d.Name+" "+o.Name)
		}
	}
	for _, name := range names {
		if c, ok := FindCommand(name); !ok || c.Run == nil {
			t.Errorf("nobody answers %q", name)
		}
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
	total := length(d.Name, *d.NameLocalizations) + length(d.Description, *d.DescriptionLocalizations) + checkOptionList(t, d.Options)
	if total > maxCommand {
		t.Errorf("%d characters", total)
	}
}

// checkOptionList holds options, those of subcommands included, to the rules,
// and counts their characters.
func checkOptionList(t *testing.T, options []*discordgo.ApplicationCommandOption) (total int) {
	t.Helper()
	if len(options) > maxOptions {
		t.Errorf("%d options", len(options))
	}
	optional := false
	for _, o := range options {
		checkWording(t, o.Name, o.Description, o.NameLocalizations, o.DescriptionLocalizations)
		total += length(o.Name, o.NameLocalizations) + length(o.Description, o.DescriptionLocalizations)
		if o.Type == discordgo.ApplicationCommandOptionSubCommand {
			total += checkOptionList(t, o.Options)
			continue
		}
		if o.Required && optional {
			t.Errorf("%s is required behind one that is not", o.Name)
		}
		optional = optional || !o.Required
		text := o.Type == discordgo.ApplicationCommandOptionString
		if o.Autocomplete && !text || o.MaxLength > maxOptionText || o.MaxLength != 0 && !text {
			t.Errorf("%s: %+v", o.Name, o)
		}
	}
	return total
}

// shelfCommand is one for curators with two subcommands, and what words it for
// as long as the test lasts.
func shelfCommand(t *testing.T) Command {
	for key, name := range map[Sentence]string{"command.shelf": "shelf", "command.shelf.add": "add", "command.shelf.edit": "edit", "command.shelf.edit.fact": "fact"} {
		for lang, texts := range sentences {
			said := name
			if lang != Languages[0] {
				said += "-" + lang
			}
			texts[key], texts[key+".description"] = said, "Says "+said
			t.Cleanup(func() { delete(texts, key); delete(texts, key+".description") })
		}
	}
	says := func(text string) func(context.Context, *Env, Call) Reply {
		return func(_ context.Context, _ *Env, call Call) Reply {
			return Reply{Lang: "en", Headline: text + call.Options["fact"], Private: true}
		}
	}
	return Command{Name: "shelf", Curators: true, Subs: []Command{
		{Name: "add", Run: says("add")},
		{Name: "edit", Options: []Option{{Name: "fact", Required: true, Suggests: true, Longest: 100}}, Run: says("edit")},
	}}
}

// TestSubcommands defines a command with subcommands, and finds each by what
// Discord calls it.
func TestSubcommands(t *testing.T) {
	c := shelfCommand(t)
	d := c.define()
	checkPlaces(t, d)
	checkOptions(t, d)
	body, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"default_member_permissions":"32"`, `"contexts":[0]`, `"integration_types":[0]`, `"name":"shelf"`,
		`"type":1,"name":"add"`, `"name":"add","name_localizations":{"ja":"add-ja","ko":"add-ko"}`,
		`"type":3,"name":"fact","name_localizations":{"ja":"fact-ja","ko":"fact-ko"}`,
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("%s is not in %s", want, body)
		}
	}
	list := append(All(), c)
	for name, want := range map[string]string{"shelf add": "add1", "shelf edit": "edit1"} {
		found, ok := find(list, name)
		if !ok || !found.Curators {
			t.Fatalf("%q: found %t, for curators %t", name, ok, found.Curators)
		}
		if r := found.Run(t.Context(), nil, Call{Options: map[string]string{"fact": "1"}}); r.Headline != want {
			t.Errorf("%q says %q", name, r.Headline)
		}
	}
	for _, name := range []string{"shelf", "shelf ", "shelf fly", "shelf add now", "add", "ask add", "shelf  add", ""} {
		if found, ok := find(list, name); ok {
			t.Errorf("%q is %s", name, found.Name)
		}
	}
}

// TestOptionNames keeps names apart in every locale, and answers to those
// that Discord sends, the English ones.
func TestOptionNames(t *testing.T) {
	for _, c := range callable() {
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
			if o.Suggests && c.Suggest == nil {
				t.Errorf("%s: nobody completes %s", c.Name, o.Name)
			}
		}
	}
}

// TestCommandNames keeps the names of commands, and of those under each, apart
// in every locale.
func TestCommandNames(t *testing.T) {
	lists := [][]Command{All()}
	for _, c := range All() {
		lists = append(lists, c.subs())
	}
	for _, lang := range Languages {
		for _, list := range lists {
			seen := map[string]bool{}
			for _, c := range list {
				name := sentences[lang][c.names()]
				if seen[name] {
					t.Errorf("%s: two commands are called %q", lang, name)
				}
				seen[name] = true
			}
		}
	}
}
