package localdiscord

import (
	"context"
	"strings"
)

// A Forger does what Discord would not let a member do, as if its own checks
// had failed: what a bot must not do then, it has to see itself.
type Forger struct{ member *Member }

// Forge is the member without anybody who checks what they do.
func (m *Member) Forge() Forger { return Forger{m} }

// Slash uses a chat command, or a subcommand behind a space, whether it is
// registered or not, is shown to the member or not, and takes such options or
// not.
func (f Forger) Slash(ctx context.Context, c Channel, name string, options ...Option) *Interaction {
	return f.member.act(ctx, func(s *Server) (*Interaction, error) {
		return s.newInteraction(f.member, c, InteractionCommand, s.forged(name, options, "")), nil
	})
}

// Autocomplete types text into an option of any command.
func (f Forger) Autocomplete(ctx context.Context, c Channel, name, option, text string, filled ...Option) *Interaction {
	return f.member.act(ctx, func(s *Server) (*Interaction, error) {
		return s.newInteraction(f.member, c, InteractionAutocomplete, s.forged(name, append(filled, Opt(option, text)), option)), nil
	})
}

// Press presses a button, or chooses values in a menu, that the message need
// not have and the member need not see.
func (f Forger) Press(ctx context.Context, on Message, customID string, values ...string) *Interaction {
	data := object{"custom_id": customID, "component_type": componentButton, "id": 1}
	if len(values) > 0 {
		data["component_type"], data["values"] = componentStringSelect, values
	}
	return f.on(ctx, InteractionComponent, on, data)
}

// Submit sends a form that was never opened, as if from a button of the
// message. A Message with nothing but the id of a channel stands for none: then
// it is as if a command had opened the form.
func (f Forger) Submit(ctx context.Context, on Message, customID string, fields map[string]string) *Interaction {
	components := []any{}
	for name, text := range fields {
		components = append(components, object{"type": componentLabel, "id": len(components) + 1, "component": object{"type": componentTextInput, "id": len(components) + 100, "custom_id": name, "value": text}})
	}
	return f.on(ctx, InteractionModal, on, object{"custom_id": customID, "components": components})
}

// on sends an interaction about a message.
func (f Forger) on(ctx context.Context, kind int, on Message, data object) *Interaction {
	return f.member.act(ctx, func(s *Server) (*Interaction, error) {
		c, _ := s.channelByID(on.ChannelID)
		i := s.newInteraction(f.member, c, kind, data)
		i.source = s.messageByID(on.ID)
		return i, nil
	})
}

// forged is the data of a command that nobody has checked.
func (s *Server) forged(name string, filled []Option, focus string) object {
	word, rest, _ := strings.Cut(name, " ")
	data := object{"id": s.ids.next(), "name": word, "type": CommandChat}
	into := data
	for _, word := range strings.Fields(rest) {
		sub := object{"name": word, "type": optionSubcommand}
		into["options"] = []any{sub}
		into = sub
	}
	options := []any{}
	for _, o := range filled {
		sent := object{"name": o.Name, "type": guessType(o.Value), "value": o.Value}
		if m, ok := o.Value.(*Member); ok {
			sent["value"] = m.ID
			resolve(data, m)
		}
		if focus != "" && o.Name == focus {
			sent["focused"] = true
		}
		options = append(options, sent)
	}
	if len(options) > 0 {
		into["options"] = options
	}
	return data
}
