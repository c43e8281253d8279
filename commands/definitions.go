package commands

import (
	"strings"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// locales are Discord's names for the languages besides the first
// (https://docs.discord.com/developers/reference#locales).
var locales = map[string]discordgo.Locale{"ko": discordgo.Korean, "ja": discordgo.Japanese}

// Everywhere a command can be used: in servers and, installed by a user, in
// every conversation (https://docs.discord.com/developers/resources/application).
var (
	installs = []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	contexts = []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
)

// Where a command for curators can be used: in servers that have the bot.
// Discord hides it from members without the permission, unless the server's
// own settings say otherwise; the command itself checks who calls it.
var (
	curatorInstalls    = installs[:1]
	curatorContexts    = contexts[:1]
	curatorPermissions = int64(discordgo.PermissionManageGuild)
)

// Definitions describe all commands to Discord, in every language.
func Definitions() []*discordgo.ApplicationCommand {
	var list []*discordgo.ApplicationCommand
	for _, c := range All() {
		list = append(list, c.define())
	}
	return list
}

func (c Command) define() *discordgo.ApplicationCommand {
	d := &discordgo.ApplicationCommand{
		Type:              discordgo.ChatApplicationCommand,
		Name:              english[c.names()],
		NameLocalizations: pointTo(translations(c.names())),
		IntegrationTypes:  &installs,
		Contexts:          &contexts,
	}
	if c.Curators {
		d.IntegrationTypes, d.Contexts, d.DefaultMemberPermissions = &curatorInstalls, &curatorContexts, &curatorPermissions
	}
	if c.OnMessage { // the menu of a message shows names alone
		d.Type = discordgo.MessageApplicationCommand
		return d
	}
	d.Description = english[c.describes()]
	d.DescriptionLocalizations = pointTo(translations(c.describes()))
	d.Options = c.defineOptions()
	return d
}

// defineOptions are a command's options or its subcommands.
func (c Command) defineOptions() []*discordgo.ApplicationCommandOption {
	var list []*discordgo.ApplicationCommandOption
	for _, sub := range c.subs() {
		list = append(list, &discordgo.ApplicationCommandOption{
			Type:                     discordgo.ApplicationCommandOptionSubCommand,
			Name:                     english[sub.names()],
			NameLocalizations:        translations(sub.names()),
			Description:              english[sub.describes()],
			DescriptionLocalizations: translations(sub.describes()),
			Options:                  sub.defineOptions(),
		})
	}
	for _, o := range c.Options {
		list = append(list, c.defineOption(o))
	}
	return list
}

// subs are a command's subcommands, which know what they belong to and are
// for whom that is for.
func (c Command) subs() []Command {
	list := make([]Command, 0, len(c.Subs))
	for _, sub := range c.Subs {
		sub.under, sub.Curators = c.Name, c.Curators
		list = append(list, sub)
	}
	return list
}

func (c Command) defineOption(o Option) *discordgo.ApplicationCommandOption {
	kinds := map[OptionKind]discordgo.ApplicationCommandOptionType{
		TextOption: discordgo.ApplicationCommandOptionString,
		FlagOption: discordgo.ApplicationCommandOptionBoolean,
		UserOption: discordgo.ApplicationCommandOptionUser,
	}
	return &discordgo.ApplicationCommandOption{
		Type:                     kinds[o.Kind],
		Name:                     english[c.optionNames(o)],
		NameLocalizations:        translations(c.optionNames(o)),
		Description:              english[c.optionDescribes(o)],
		DescriptionLocalizations: translations(c.optionDescribes(o)),
		Required:                 o.Required,
		Autocomplete:             o.Suggests,
		MaxLength:                o.Longest,
	}
}

// translations are a sentence in the languages besides the first.
func translations(s Sentence) map[discordgo.Locale]string {
	texts := map[discordgo.Locale]string{}
	for lang, locale := range locales {
		texts[locale] = sentences[lang][s]
	}
	return texts
}

func pointTo[T any](v T) *T { return &v }

// Names that the caller of commands needs to know.
const (
	AskName        = "ask"
	QuestionOption = "question"
	PrivateOption  = "private"
)

// FindCommand returns the command that Discord calls by a name: what people
// type in English, that of a subcommand behind a space: "facts add". A command
// that has subcommands cannot be called without one.
func FindCommand(name string) (Command, bool) {
	listed.once.Do(func() { listed.commands = All() })
	return find(listed.commands, name)
}

// listed holds what All returns, since each call of a command looks it up. It
// is filled when the first is called: /help lists all commands, so no
// declaration could.
var listed struct {
	once     sync.Once
	commands []Command
}

func find(list []Command, name string) (Command, bool) {
	for _, c := range list {
		own := english[c.names()]
		if rest, ok := strings.CutPrefix(name, own+" "); ok && len(c.Subs) > 0 {
			return find(c.subs(), rest)
		}
		if own == name && len(c.Subs) == 0 {
			return c, true
		}
	}
	return Command{}, false
}
