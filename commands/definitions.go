package commands

import "github.com/bwmarrin/discordgo"

// locales are Discord's names for the languages besides the first
// (https://docs.discord.com/developers/reference#locales).
var locales = map[string]discordgo.Locale{"ko": discordgo.Korean, "ja": discordgo.Japanese}

// Everywhere a command can be used: in servers and, installed by a user, in
// every conversation (https://docs.discord.com/developers/resources/application).
var (
	installs = []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	contexts = []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
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
	if c.OnMessage { // the menu of a message shows names alone
		d.Type = discordgo.MessageApplicationCommand
		return d
	}
	d.Description = english[c.describes()]
	d.DescriptionLocalizations = pointTo(translations(c.describes()))
	for _, o := range c.Options {
		d.Options = append(d.Options, c.defineOption(o))
	}
	return d
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
// type in English.
func FindCommand(name string) (Command, bool) {
	for _, c := range All() {
		if english[c.names()] == name {
			return c, true
		}
	}
	return Command{}, false
}
