package discord

import (
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"summitbot/commands"
)

// plainAsk reads what comes most often, /ask for oneself or for all who read
// the channel, at a fifth of what decoding costs. It returns false for
// everything else, and for what decoding may take otherwise.
func plainAsk(raw []byte) (in *Interaction, ok bool) {
	if !gjson.ValidBytes(raw) {
		return nil, false
	}
	in = &Interaction{User: &User{}}
	gjson.ParseBytes(raw).ForEach(func(name, value gjson.Result) bool {
		switch name.Str {
		case "id":
			in.ID = value.Str
		case "type":
			in.Type = int(value.Int())
		case "token":
			in.Token = value.Str
		case "guild_id":
			in.GuildID = value.Str
		case "channel_id":
			in.ChannelID = value.Str
		case "locale":
			in.Locale = value.Str
		case "member":
			in.User.ID = value.Get("user.id").Str
		case "user":
			in.User.ID = value.Get("id").Str
		case "data":
			ok = in.fillIn(value)
		}
		return true
	})
	ok = ok && in.Type == typeCommand && in.ID != "" && in.Token != ""
	in.recallKey.locale, in.recallable = in.Locale, ok
	return in, ok
}

// fillIn reads the options of /ask, if they are of a plain one.
func (in *Interaction) fillIn(data gjson.Result) (ok bool) {
	if in.Data.Name = data.Get("name").Str; in.Data.Name != commands.AskName {
		return false
	}
	ok = true
	data.Get("options").ForEach(func(_, option gjson.Result) bool {
		name, value := option.Get("name").Str, option.Get("value")
		switch {
		case name == commands.QuestionOption && value.Type == gjson.String && utf8.ValidString(value.Str):
			in.recallKey.question = value.Str
		case name == commands.PrivateOption && value.IsBool():
			in.recallKey.private = value.Bool()
		default:
			ok = false // such as the one whom it points at
		}
		in.Data.Options = append(in.Data.Options, optionValue{Name: name, Value: []byte(value.Raw)})
		return ok
	})
	return ok && in.recallKey.question != ""
}
