package localdiscord

import (
	"context"
	"fmt"
	"time"
)

// A Member is somebody in the guild. What they do returns at once; the
// Interaction tells what comes of it.
type Member struct {
	User
	Roles       []string // ids
	Permissions uint64   // those of their roles included

	srv    *Server
	joined time.Time
	closed bool // takes no direct messages
}

// CloseDMs makes the member take no direct messages of the bot, or take them
// again.
func (m *Member) CloseDMs(closed bool) {
	m.srv.mu.Lock()
	defer m.srv.mu.Unlock()
	m.closed = closed
}

// An Option is an option of a command as the member filled it in. Value is a
// string, bool, int, float64, *Member, Channel or Role.
type Option struct {
	Name  string
	Value any
}

// Opt is an Option.
func Opt(name string, value any) Option { return Option{Name: name, Value: value} }

// act does something under the lock and delivers what it makes.
func (m *Member) act(ctx context.Context, do func(s *Server) (*Interaction, error)) *Interaction {
	if m == nil {
		return &Interaction{err: ErrNobody}
	}
	m.srv.mu.Lock()
	defer m.srv.mu.Unlock()
	i, err := do(m.srv)
	if err != nil {
		return failed("%s: %w", m.Name, err)
	}
	m.srv.send(ctx, i)
	return i
}

// Slash uses a chat command. The name of a subcommand follows after a space:
// "facts show".
func (m *Member) Slash(ctx context.Context, c Channel, name string, options ...Option) *Interaction {
	return m.act(ctx, func(s *Server) (*Interaction, error) {
		data, _, err := s.chatData(m, c, name, options, "")
		if err != nil {
			return nil, err
		}
		return s.newInteraction(m, c, InteractionCommand, data), nil
	})
}

// Autocomplete types text into an option of a command, with others filled in
// before.
func (m *Member) Autocomplete(ctx context.Context, c Channel, name, option, text string, filled ...Option) *Interaction {
	return m.act(ctx, func(s *Server) (*Interaction, error) {
		data, focused, err := s.chatData(m, c, name, append(filled, Opt(option, text)), option)
		if err != nil {
			return nil, err
		}
		i := s.newInteraction(m, c, InteractionAutocomplete, data)
		i.focused = focused
		return i, nil
	})
}

// MessageCommand uses a command of a message's menu.
func (m *Member) MessageCommand(ctx context.Context, c Channel, name string, target Message) *Interaction {
	return m.act(ctx, func(s *Server) (*Interaction, error) {
		found := s.messageByID(target.ID)
		if found == nil || found.channel.ID != c.ID || !m.sees(found) {
			return nil, fmt.Errorf("the message is not in %s", c.Name)
		}
		command, err := s.usable(m, c, CommandMessage, name)
		if err != nil {
			return nil, err
		}
		data := commandData(command)
		data["target_id"] = found.id
		data["resolved"] = object{"messages": object{found.id: s.messageJSON(found)}}
		return s.newInteraction(m, c, InteractionCommand, data), nil
	})
}

// UserCommand uses a command of a user's menu.
func (m *Member) UserCommand(ctx context.Context, c Channel, name string, target *Member) *Interaction {
	return m.act(ctx, func(s *Server) (*Interaction, error) {
		if target == nil {
			return nil, ErrNobody
		}
		command, err := s.usable(m, c, CommandUser, name)
		if err != nil {
			return nil, err
		}
		data := commandData(command)
		data["target_id"] = target.ID
		data["resolved"] = object{}
		resolve(data, target)
		return s.newInteraction(m, c, InteractionCommand, data), nil
	})
}

// Press presses a button.
func (m *Member) Press(ctx context.Context, on Message, customID string) *Interaction {
	return m.use(ctx, on, customID, func(c object, data object) error {
		if number(c, "type") != componentButton {
			return fmt.Errorf("%q is not a button", customID)
		}
		return nil
	})
}

// Select chooses values in a menu.
func (m *Member) Select(ctx context.Context, on Message, customID string, values ...string) *Interaction {
	return m.use(ctx, on, customID, func(c object, data object) error {
		data["values"] = values
		return mayChoose(c, values)
	})
}

// use uses a component of a message.
func (m *Member) use(ctx context.Context, on Message, customID string, fill func(component, data object) error) *Interaction {
	return m.act(ctx, func(s *Server) (*Interaction, error) {
		found := s.messageByID(on.ID)
		if found == nil || !m.sees(found) {
			return nil, fmt.Errorf("no such message")
		}
		component := s.view(found).Component(customID)
		switch {
		case component == nil:
			return nil, fmt.Errorf("the message has no component %q", customID)
		case boolean(component, "disabled"):
			return nil, fmt.Errorf("component %q is disabled", customID)
		}
		data := object{"custom_id": customID, "component_type": number(component, "type"), "id": number(component, "id")}
		if err := fill(component, data); err != nil {
			return nil, err
		}
		i := s.newInteraction(m, found.channel, InteractionComponent, data)
		i.source = found
		return i, nil
	})
}

// sees reports whether a message is shown to the member.
func (m *Member) sees(msg *message) bool {
	if msg.reader != nil {
		return msg.reader == m
	}
	return true
}

// Submit sends the modal that an interaction was responded to with. Fields go
// by custom id; several values of a menu are separated by commas, a checkbox
// is "true" or "false".
func (m *Member) Submit(ctx context.Context, from *Interaction, fields map[string]string) *Interaction {
	return m.act(ctx, func(s *Server) (*Interaction, error) {
		if from == nil || from.first == nil || from.first.Type != ResponseModal {
			return nil, fmt.Errorf("no modal is open")
		}
		components, err := fillModal(list(from.first.Data, "components"), fields)
		if err != nil {
			return nil, err
		}
		data := object{"custom_id": str(from.first.Data, "custom_id"), "components": components}
		i := s.newInteraction(m, from.channel, InteractionModal, data)
		i.trigger, i.source = from, from.source
		return i, nil
	})
}

// SayOptions describes a message that a member writes.
type SayOptions struct {
	Mention    bool             // begin with a mention of the bot
	ReplyTo    Message          // zero: a message of its own
	Embeds     []map[string]any // as Discord makes them of links
	Components []any            // only other bots have them; sent as they are
}

// Say writes a message.
func (m *Member) Say(_ context.Context, c Channel, text string, o SayOptions) (Message, error) {
	if m == nil {
		return Message{}, ErrNobody
	}
	s := m.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.channelByID(c.ID); !ok {
		return Message{}, fmt.Errorf("localdiscord: %s: no such channel", m.Name)
	}
	if o.Mention {
		text = s.bot.Mention() + " " + text
	}
	msg := &message{channel: c, author: m.User, content: text, components: o.Components}
	for _, e := range o.Embeds {
		msg.embeds = append(msg.embeds, e)
	}
	if o.ReplyTo.ID != "" {
		if problems := s.answerTo(msg, object{"message_id": o.ReplyTo.ID}); problems != nil {
			return Message{}, fmt.Errorf("localdiscord: %s: no such message to reply to", m.Name)
		}
	}
	return s.view(s.post(msg)), nil
}
