package localdiscord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Types of options of a chat command.
const (
	optionSubcommand  = 1
	optionGroup       = 2
	optionString      = 3
	optionInteger     = 4
	optionBoolean     = 5
	optionUser        = 6
	optionChannel     = 7
	optionRole        = 8
	optionMentionable = 9
	optionNumber      = 10
)

// Where an interaction happens.
const (
	contextGuild   = 0
	contextBotDM   = 1
	contextPrivate = 2
)

// Ways in which an application is installed.
const (
	installGuild = 0
	installUser  = 1
)

// place says in which context a channel is and through which installation the
// bot is there.
func (s *Server) place(c Channel) (context, install int) {
	switch {
	case c.GuildID == s.guild.id:
		return contextGuild, installGuild
	case c.GuildID != "":
		return contextGuild, installUser
	case c.Type == ChannelDM:
		return contextBotDM, installGuild
	}
	return contextPrivate, installUser
}

// usable is the command of a name that the member may use in a channel.
func (s *Server) usable(m *Member, c Channel, kind int, name string) (object, error) {
	if _, ok := s.channelByID(c.ID); !ok {
		return nil, fmt.Errorf("no such channel")
	}
	var command object
	if c.GuildID == s.guild.id {
		command = s.commands.find(s.guild.id, kind, name)
	}
	if command == nil {
		command = s.commands.find("", kind, name)
	}
	if command == nil {
		if s.opts.AnyCommand {
			return object{"id": s.ids.next(), "name": name, "type": kind}, nil
		}
		return nil, fmt.Errorf("no command %q is registered (Options.AnyCommand allows any)", name)
	}
	return command, s.mayUse(m, c, command)
}

// mayUse reports why a command is not shown to a member in a channel.
func (s *Server) mayUse(m *Member, c Channel, command object) error {
	context, install := s.place(c)
	name := str(command, "name")
	if !has(command, "guild_id") {
		if contexts := list(command, "contexts"); has(command, "contexts") && !containsInt(contexts, context) {
			return fmt.Errorf("command %q is not for context %d", name, context)
		}
		if context != contextBotDM && !containsInt(list(command, "integration_types"), install) {
			return fmt.Errorf("command %q is not for installation type %d", name, install)
		}
	}
	needs, err := strconv.ParseUint(str(command, "default_member_permissions"), 10, 64)
	if err != nil || context != contextGuild || m.Permissions&PermissionAdministrator != 0 {
		return nil
	}
	if m.Permissions&needs != needs || needs == 0 {
		return fmt.Errorf("lacks the permissions %d for command %q", needs, name)
	}
	return nil
}

func containsInt(all []any, n int) bool {
	return slices.ContainsFunc(all, func(v any) bool { i, ok := integer(v); return ok && i == n })
}

// commandData is the part of data that all commands have.
func commandData(command object) object {
	return merge(object{"id": command["id"], "name": command["name"], "type": number(command, "type")}, guildID(str(command, "guild_id")))
}

// chatData is the data of a chat command, and the definition of the option
// that is being typed, if focus names one.
func (s *Server) chatData(m *Member, c Channel, name string, filled []Option, focus string) (data, focused object, err error) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return nil, nil, fmt.Errorf("no command is named")
	}
	command, err := s.usable(m, c, CommandChat, words[0])
	if err != nil {
		return nil, nil, err
	}
	data = commandData(command)
	defined, into, err := s.descend(command, data, words[1:])
	if err != nil {
		return nil, nil, err
	}
	if focus == "" {
		if err := allRequired(defined, filled); err != nil {
			return nil, nil, err
		}
	}
	focused, err = s.fill(defined, into, data, filled, focus)
	return data, focused, err
}

// descend goes down to a subcommand: its definition, and the part of data
// that its options go into.
func (s *Server) descend(command, data object, words []string) (defined, into object, err error) {
	defined, into = command, data
	for _, word := range words {
		defined, err = s.option(defined, word, Opt(word, nil))
		if err != nil {
			return nil, nil, err
		}
		sub := object{"name": word, "type": number(defined, "type")}
		into["options"] = []any{sub}
		into = sub
	}
	return defined, into, nil
}

// fill puts the options into data and returns the definition of the focused
// one.
func (s *Server) fill(defined, into, data object, filled []Option, focus string) (focused object, err error) {
	options := []any{}
	for _, o := range filled {
		def, err := s.option(defined, o.Name, o)
		if err != nil {
			return nil, err
		}
		typed := focus != "" && o.Name == focus
		value, err := s.optionValue(def, o, data, typed)
		if err != nil {
			return nil, err
		}
		if typed {
			focused = def
		}
		options = append(options, value)
	}
	if len(options) > 0 {
		into["options"] = options
	}
	return focused, nil
}
