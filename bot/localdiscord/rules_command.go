package localdiscord

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Limits of commands.
// https://discord.com/developers/docs/interactions/application-commands
const (
	maxCommandName     = 32
	maxDescription     = 100
	maxOptions         = 25
	maxOptionLength    = 6000
	maxChatCommands    = 100
	maxUserCommands    = 15
	maxMessageCommands = 15
	maxCommandTotal    = 8000 // characters of all names, descriptions and values
	maxSafeInteger     = 1 << 53
)

// chatName is what a chat command, an option of one and their localisations
// may be called, besides being in lower case.
var chatName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are the languages of Discord.
// https://discord.com/developers/docs/reference#locales
var locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

var commandKeys = []string{
	"id", "type", "name", "name_localizations", "description", "description_localizations", "options",
	"default_member_permissions", "dm_permission", "default_permission", "integration_types", "contexts", "nsfw", "handler",
}

var optionKeys = []string{
	"type", "name", "name_localizations", "description", "description_localizations", "required", "choices", "options",
	"channel_types", "min_value", "max_value", "min_length", "max_length", "autocomplete",
}

func commandRules(_ *Server, c *call) []problem {
	var k checker
	commands, ok := c.body.([]any)
	if !ok {
		k.fail("", badValue, "Only iterables may be used in a ListType")
	}
	seen := map[string]bool{}
	counts := map[int]int{}
	for n, command := range commands {
		p := strconv.Itoa(n)
		kind := CommandChat
		if has(command, "type") {
			kind = number(command, "type")
		}
		if k.object(p, command, commandKeys...) {
			k.command(p, command, kind)
		}
		counts[kind]++
		k.unique(at(p, "name"), "command name", seen, strconv.Itoa(kind)+" "+str(command, "name"))
	}
	for kind, limit := range map[int]int{CommandChat: maxChatCommands, CommandUser: maxUserCommands, CommandMessage: maxMessageCommands} {
		if counts[kind] > limit {
			k.fail("", tooLong, "%d commands of type %d, at most %d", counts[kind], kind, limit)
		}
	}
	return k.problems
}

// command checks one command.
func (k *checker) command(path string, c any, kind int) {
	switch kind {
	case CommandChat:
		k.named(path, c)
		k.optionList(path, c, 0)
		if n := commandLength(c); n > maxCommandTotal {
			k.fail(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size of %d", maxCommandTotal)
		}
	case CommandUser, CommandMessage:
		k.text(path, c, "name", 1, maxCommandName)
		k.locales(path, c, "name", maxCommandName)
		k.text(path, c, "description", 0, 0)
		k.count(path, c, "options", 0, 0)
	default:
		k.fail(at(path, "type"), badChoice, "Value must be one of {1, 2, 3}.")
	}
	k.permissions(path, c)
	for _, v := range k.count(path, c, "contexts", 0, 3) {
		if n, ok := integer(v); !ok || n < contextGuild || n > contextPrivate {
			k.fail(at(path, "contexts"), badChoice, "Value must be one of {0, 1, 2}.")
		}
	}
	for _, v := range k.count(path, c, "integration_types", 0, 2) {
		if n, ok := integer(v); !ok || n < installGuild || n > installUser {
			k.fail(at(path, "integration_types"), badChoice, "Value must be one of {0, 1}.")
		}
	}
	if containsInt(list(c, "contexts"), contextPrivate) && !containsInt(list(c, "integration_types"), installUser) {
		k.fail(at(path, "contexts"), badValue, "Private channels need the installation by users (integration type 1)")
	}
}

// permissions checks a permission set: a number in a string.
func (k *checker) permissions(path string, c any) {
	v := field(c, "default_member_permissions")
	if text, ok := v.(string); ok {
		if _, err := strconv.ParseUint(text, 10, 64); err == nil {
			return
		}
	}
	if _, ok := integer(v); v != nil && !ok {
		k.fail(at(path, "default_member_permissions"), badValue, "Value is not a permission set")
	}
}

// named checks the name and description of a chat command or an option.
func (k *checker) named(path string, c any) {
	k.text(path, c, "name", 1, maxCommandName)
	k.text(path, c, "description", 1, maxDescription)
	k.chatName(at(path, "name"), str(c, "name"))
	k.locales(path, c, "name", maxCommandName)
	for locale, name := range obj(c, "name_localizations") {
		text, _ := name.(string)
		k.chatName(at(path, "name_localizations", locale), text)
	}
	k.locales(path, c, "description", maxDescription)
}

func (k *checker) chatName(path, name string) {
	if !chatName.MatchString(name) || strings.ToLower(name) != name {
		k.fail(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

// locales checks the localisations of a field.
func (k *checker) locales(path string, c any, key string, longest int) {
	key += "_localizations"
	localised := obj(c, key)
	for locale := range localised {
		if !slices.Contains(locales, locale) {
			k.fail(at(path, key, locale), badChoice, "There is no locale %q", locale)
		}
		k.text(at(path, key), localised, locale, 1, longest)
	}
}

// optionList checks the options of a command, of a group (depth 1) or of a
// subcommand (depth 2).
func (k *checker) optionList(path string, c any, depth int) {
	seen := map[string]bool{}
	optional := false
	all := k.count(path, c, "options", 0, maxOptions)
	nested := 0
	for n, o := range all {
		p := at(path, "options", n)
		if !k.object(p, o, optionKeys...) {
			continue
		}
		k.named(p, o)
		k.unique(at(p, "name"), "option name", seen, str(o, "name"))
		if optional && boolean(o, "required") {
			k.fail(at(p, "required"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !boolean(o, "required")
		switch kind := number(o, "type"); kind {
		case optionGroup, optionSubcommand:
			nested++
			k.subcommand(p, o, kind, depth)
		default:
			k.option(p, o, kind)
		}
	}
	if nested > 0 && nested < len(all) {
		k.fail(at(path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
}

// subcommand checks a subcommand or a group of them.
func (k *checker) subcommand(path string, o any, kind, depth int) {
	if depth == 2 || kind == optionGroup && depth > 0 {
		k.fail(at(path, "type"), badChoice, "Subcommands cannot be nested like that")
		return
	}
	if kind == optionSubcommand {
		k.optionList(path, o, 2)
		return
	}
	k.count(path, o, "options", 1, maxOptions)
	k.optionList(path, o, 1)
}

// option checks an option that takes a value.
func (k *checker) option(path string, o any, kind int) {
	if kind < optionString || kind > 11 {
		k.fail(at(path, "type"), badChoice, "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.")
	}
	takesChoices := kind == optionString || kind == optionInteger || kind == optionNumber
	choices := k.count(path, o, "choices", 0, maxChoices)
	if (len(choices) > 0 || boolean(o, "autocomplete")) && !takesChoices {
		k.fail(path, badValue, "Only texts and numbers have choices or autocomplete")
	}
	if len(choices) > 0 && boolean(o, "autocomplete") {
		k.fail(at(path, "autocomplete"), badValue, "autocomplete cannot be set when there are choices")
	}
	k.within(path, o, "min_length", 0, maxOptionLength)
	k.within(path, o, "max_length", 1, maxOptionLength)
	k.count(path, o, "options", 0, 0)
	seen := map[string]bool{}
	for n, c := range choices {
		p := at(path, "choices", n)
		if !k.object(p, c, "name", "name_localizations", "value") {
			continue
		}
		k.text(p, c, "name", 1, maxChoiceText)
		k.locales(p, c, "name", maxChoiceText)
		k.choiceValue(p, c)
		k.unique(at(p, "name"), "choice name", seen, str(c, "name"))
		if _, isText := field(c, "value").(string); isText != (kind == optionString) {
			k.fail(at(p, "value"), badValue, "value does not fit the type of the option")
		}
	}
}

// commandLength counts the characters of names, descriptions and values, the
// longest localisation of each.
func commandLength(c any) int {
	n := longest(c, "name") + longest(c, "description")
	if value, ok := field(c, "value").(string); ok {
		n += length(value)
	}
	for _, key := range []string{"options", "choices"} {
		for _, child := range list(c, key) {
			n += commandLength(child)
		}
	}
	return n
}

func longest(c any, key string) int {
	n := length(str(c, key))
	for _, v := range obj(c, key+"_localizations") {
		text, _ := v.(string)
		n = max(n, length(text))
	}
	return n
}
