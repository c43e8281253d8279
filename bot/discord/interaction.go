package discord

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"summitbot/commands"
)

// Types of interactions
// (https://docs.discord.com/developers/interactions/receiving-and-responding).
const (
	typePing         = 1
	typeCommand      = 2
	typeComponent    = 3
	typeAutocomplete = 4
	typeModal        = 5
)

// Types of responses.
const (
	respondPong           = 1
	respondMessage        = 4
	respondDeferred       = 5 // a message comes later
	respondDeferredUpdate = 6 // the message of the button changes later
	respondUpdate         = 7
	respondChoices        = 8
	respondModal          = 9
)

// An Interaction is what somebody does with the bot in Discord, as far as the
// bot looks at it. It is decoded by the bot's own types, since the library's
// come out empty when a message holds a component that it does not know.
type Interaction struct {
	ID        string  `json:"id"`
	Type      int     `json:"type"`
	Token     string  `json:"token"`
	GuildID   string  `json:"guild_id"`
	ChannelID string  `json:"channel_id"`
	Locale    string  `json:"locale"`
	Member    *Member `json:"member"` // in a server
	User      *User   `json:"user"`   // elsewhere
	Message   *struct {
		ID     string `json:"id"`
		Flags  int    `json:"flags"`
		Embeds []struct {
			Author struct {
				Name string `json:"name"`
			} `json:"author"`
		} `json:"embeds"`
		Metadata struct {
			User User `json:"user"`
		} `json:"interaction_metadata"`
		Referenced *struct {
			Content string `json:"content"`
			Author  User   `json:"author"`
		} `json:"referenced_message"`
	} `json:"message"`
	Data struct {
		Name       string        `json:"name"`
		TargetID   string        `json:"target_id"`
		Options    []optionValue `json:"options"`
		CustomID   string        `json:"custom_id"`
		Values     []string      `json:"values"`
		Components []component   `json:"components"`
		Resolved   struct {
			Messages map[string]struct {
				Content string `json:"content"`
				Embeds  []struct {
					Title       string `json:"title"`
					Description string `json:"description"`
				} `json:"embeds"`
			} `json:"messages"`
		} `json:"resolved"`
	} `json:"data"`

	recallKey  recallKey // what it asks, if others may get the same answer
	recallable bool
}

// A Member is somebody in a server.
type Member struct {
	User  User     `json:"user"`
	Roles []string `json:"roles"` // ids
}

// An optionValue is an option of a command as it was filled in, or the
// subcommand that was called, with its options.
type optionValue struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []optionValue   `json:"options"`
}

// optionSubcommand is the type of an option that is a subcommand
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
const optionSubcommand = 1

// called is the command that was called, as in "facts add", and its options.
func (in *Interaction) called() (name string, filled []optionValue) {
	filled = in.Data.Options
	if len(filled) == 1 && filled[0].Type == optionSubcommand {
		return in.Data.Name + " " + filled[0].Name, filled[0].Options
	}
	return in.Data.Name, filled
}

// isBelow reports whether something below a message was used, or a form that
// was opened from there: the message can be changed in response.
func (in *Interaction) isBelow() bool {
	return in.Message != nil && (in.Type == typeComponent || in.Type == typeModal)
}

// text is the value as a command takes it: a text as it is, everything else as
// JSON has it.
func (o optionValue) text() string {
	var s string
	if json.Unmarshal(o.Value, &s) == nil {
		return s
	}
	return string(o.Value)
}

// A component is part of a filled-in form: an input, or what holds inputs.
type component struct {
	CustomID   string          `json:"custom_id"`
	Value      json.RawMessage `json:"value"` // of a kind of input that this version does not know, anything
	Component  *component      `json:"component"`
	Components []component     `json:"components"`
}

// deepest is how far forms are nested: a label holds an input.
const deepest = 4

// fill collects the texts that a form holds, by the id of the input.
func fill(fields map[string]string, list []component, depth int) {
	for _, c := range list {
		var text string
		if c.CustomID != "" && json.Unmarshal(c.Value, &text) == nil {
			fields[c.CustomID] = text
		}
		if depth == deepest {
			continue
		}
		if c.Component != nil {
			fill(fields, []component{*c.Component}, depth+1)
		}
		fill(fields, c.Components, depth+1)
	}
}

// roles are the roles that the one who does it has in the server.
func (in *Interaction) roles() []string {
	if in.Member == nil {
		return nil
	}
	return in.Member.Roles
}

// errNoInteraction tells of JSON that is no interaction.
var errNoInteraction = errors.New("not an interaction")

// decodeInteraction reads an interaction. Whoever sends it may leave anything
// out, and a newer Discord may add anything.
func decodeInteraction(raw []byte) (*Interaction, error) {
	if in, ok := plainAsk(raw); ok {
		return in, nil
	}
	var in Interaction
	if err := json.Unmarshal(raw, &in); err != nil {
		return nil, errNoInteraction // the cause quotes what a member wrote
	}
	if in.Type == 0 || in.Type != typePing && (in.ID == "" || in.Token == "") {
		return nil, errNoInteraction
	}
	return &in, nil
}

// user is who does it.
func (in *Interaction) user() User {
	switch {
	case in.Member != nil:
		return in.Member.User
	case in.User != nil:
		return *in.User
	}
	return User{}
}

// own reports whether the button pressed stands below the answer to the
// presser's own question.
func (in *Interaction) own() bool {
	if in.Message == nil {
		return false
	}
	asker := in.Message.Metadata.User.ID
	if asker == "" && in.Message.Referenced != nil {
		asker = in.Message.Referenced.Author.ID
	}
	return asker != "" && asker == in.user().ID
}

// Snowflakes count milliseconds from the first second of 2015
// (https://docs.discord.com/developers/reference#snowflakes).
const discordEpoch = 1420070400000

// snowflake returns an id as a number, and the time that it holds. A text that
// is no id gives 0.
func snowflake(id string) (n uint64, at time.Time) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0, time.Time{}
	}
	return n, time.UnixMilli(int64(n>>22) + discordEpoch)
}

// A Response is the first answer to an interaction.
type Response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`

	ready []byte             // the whole as JSON, where it is there already
	files []commands.File    // Data announces them; they come with an edit, as only that takes files over HTTP too
	shown []commands.Posting // the facts that it asserts to everybody, without where; see poster
}

// MarshalJSON spells the response.
func (r Response) MarshalJSON() ([]byte, error) {
	if r.ready != nil {
		return r.ready, nil
	}
	type plain Response
	return json.Marshal(plain(r))
}
