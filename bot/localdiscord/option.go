package localdiscord

import (
	"cmp"
	"fmt"
	"slices"
)

// option is the definition of an option. For a command that was never
// registered it is guessed from the value.
func (s *Server) option(defined object, name string, o Option) (object, error) {
	for _, def := range list(defined, "options") {
		if str(def, "name") == name {
			return def.(object), nil
		}
	}
	if s.opts.AnyCommand && !has(defined, "application_id") && !has(defined, "options") {
		return object{"name": name, "type": guessType(o.Value), "autocomplete": true}, nil
	}
	return nil, fmt.Errorf("%q has no option %q", str(defined, "name"), name)
}

func guessType(value any) int {
	switch value.(type) {
	case nil:
		return optionSubcommand
	case bool:
		return optionBoolean
	case int:
		return optionInteger
	case float64:
		return optionNumber
	case *Member:
		return optionUser
	case Channel:
		return optionChannel
	case Role:
		return optionRole
	}
	return optionString
}

func allRequired(defined object, filled []Option) error {
	for _, def := range list(defined, "options") {
		name := str(def, "name")
		if kind := number(def, "type"); kind == optionSubcommand || kind == optionGroup {
			return fmt.Errorf("%q needs a subcommand", str(defined, "name"))
		}
		if boolean(def, "required") && !slices.ContainsFunc(filled, func(o Option) bool { return o.Name == name }) {
			return fmt.Errorf("option %q is required", name)
		}
	}
	return nil
}

// optionValue is an option as it is sent. While it is typed, any text goes.
func (s *Server) optionValue(def object, o Option, data object, focused bool) (object, error) {
	kind := number(def, "type")
	sent := object{"name": o.Name, "type": kind, "value": o.Value}
	if focused {
		if !boolean(def, "autocomplete") {
			return nil, fmt.Errorf("option %q has no autocomplete", o.Name)
		}
		sent["focused"] = true
		return sent, nil
	}
	if guessed := guessType(o.Value); guessed != kind && kind != optionMentionable && (kind != optionNumber || guessed != optionInteger) {
		return nil, fmt.Errorf("option %q does not take a %T", o.Name, o.Value)
	}
	switch v := o.Value.(type) {
	case *Member:
		sent["value"] = v.ID
		resolve(data, v)
	case Channel:
		sent["value"] = v.ID
		resolved(data, "channels")[v.ID] = object{"id": v.ID, "name": v.Name, "type": v.Type, "permissions": permissions(everyonePermissions)}
	case Role:
		sent["value"] = v.ID
		resolved(data, "roles")[v.ID] = roleJSON(v, 1)
	}
	return sent, fits(def, o)
}

// resolve tells of a member by id.
func resolve(data object, m *Member) {
	resolved(data, "users")[m.ID] = userJSON(m.User)
	resolved(data, "members")[m.ID] = merge(memberJSON(m), object{"permissions": permissions(m.Permissions)})
}

// resolved is the part of data that tells of ids of a kind.
func resolved(data object, kind string) object {
	setDefault(data, "resolved", object{})
	all := obj(data, "resolved")
	setDefault(all, kind, object{})
	return obj(all, kind)
}

// fits reports why Discord would not let a member send a value.
func fits(def object, o Option) error {
	text, isText := o.Value.(string)
	if n := length(text); isText && (n < number(def, "min_length") || n > cmp.Or(number(def, "max_length"), maxOptionLength)) {
		return fmt.Errorf("option %q does not take %d characters", o.Name, n)
	}
	choices := list(def, "choices")
	if len(choices) > 0 && !slices.ContainsFunc(choices, func(c any) bool { return fmt.Sprint(field(c, "value")) == fmt.Sprint(o.Value) }) {
		return fmt.Errorf("option %q has no such choice", o.Name)
	}
	return nil
}
