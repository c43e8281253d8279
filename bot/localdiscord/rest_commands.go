package localdiscord

import (
	"slices"
	"time"
)

// Types of commands.
const (
	CommandChat    = 1
	CommandUser    = 2
	CommandMessage = 3
)

// maxDailyCreates is how many commands may be created a day in a scope.
const maxDailyCreates = 200

// A commandBook holds the registered commands by scope: a guild, or "" for all.
type commandBook struct {
	ids     *snowflakes
	now     func() time.Time
	scopes  map[string][]object
	created map[string][]time.Time
}

// replace takes the commands of a scope. Those that keep type and name keep
// their id; the others are created.
func (b *commandBook) replace(scope, application string, commands []any) *apiError {
	var next []object
	creates := 0
	for _, c := range commands {
		o, _ := clone(c).(object)
		setDefault(o, "type", CommandChat)
		old := b.find(scope, number(o, "type"), str(o, "name"))
		if old == nil {
			creates++
		}
		next = append(next, b.finish(o, old, scope, application))
	}
	if !b.mayCreate(scope, creates) {
		return failure(codeDailyCreates)
	}
	if b.scopes == nil {
		b.scopes = map[string][]object{}
	}
	b.scopes[scope] = next
	return nil
}

// mayCreate counts creations of the last day.
func (b *commandBook) mayCreate(scope string, n int) bool {
	if b.created == nil {
		b.created = map[string][]time.Time{}
	}
	now := b.now()
	recent := slices.DeleteFunc(b.created[scope], func(t time.Time) bool { return now.Sub(t) >= 24*time.Hour })
	if len(recent)+n > maxDailyCreates {
		return false
	}
	for range n {
		recent = append(recent, now)
	}
	b.created[scope] = recent
	return true
}

// finish fills in what Discord assigns. Only a command that changed gets a new
// version.
func (b *commandBook) finish(o, old object, scope, application string) object {
	dropNulls(o)
	delete(o, "handler")
	o["application_id"] = application
	setDefault(o, "description", "")
	setDefault(o, "nsfw", false)
	setDefault(o, "default_member_permissions", nil)
	if scope != "" {
		o["guild_id"] = scope
	} else {
		setDefault(o, "dm_permission", true)
		setDefault(o, "contexts", nil)
		setDefault(o, "integration_types", []any{0})
	}
	finishOptions(list(o, "options"))
	if old != nil {
		o["id"], o["version"] = old["id"], old["version"]
		if string(encode(o)) == string(encode(old)) {
			return o
		}
	} else {
		o["id"] = b.ids.next()
	}
	o["version"] = b.ids.next()
	return o
}

// finishOptions leaves out what is null or false, as Discord does.
func finishOptions(options []any) {
	for _, v := range options {
		o, ok := v.(object)
		if !ok {
			continue
		}
		dropNulls(o)
		for _, key := range []string{"required", "autocomplete"} {
			if !boolean(o, key) {
				delete(o, key)
			}
		}
		for _, choice := range list(o, "choices") {
			if c, ok := choice.(object); ok {
				dropNulls(c)
			}
		}
		finishOptions(list(o, "options"))
	}
}

func (b *commandBook) find(scope string, kind int, name string) object {
	for _, c := range b.scopes[scope] {
		if number(c, "type") == kind && str(c, "name") == name {
			return c
		}
	}
	return nil
}

// shown are the commands of a scope, without localisations unless asked for.
func (b *commandBook) shown(scope string, localisations bool) []any {
	all := []any{}
	for _, c := range b.scopes[scope] {
		o, _ := clone(c).(object)
		if !localisations {
			hideLocalisations(o)
		} else {
			setDefault(o, "name_localizations", nil)
			setDefault(o, "description_localizations", nil)
		}
		all = append(all, o)
	}
	return all
}

func hideLocalisations(o object) {
	delete(o, "name_localizations")
	delete(o, "description_localizations")
	for _, key := range []string{"options", "choices"} {
		for _, v := range list(o, key) {
			if child, ok := v.(object); ok {
				hideLocalisations(child)
			}
		}
	}
}

// scope is the scope of a call, or why it has none.
func (s *Server) scope(c *call) (string, *apiError) {
	guild := c.PathValue("guild_id")
	switch {
	case c.PathValue("application_id") != s.opts.ApplicationID:
		return "", failure(10002)
	case guild != "" && guild != s.guild.id:
		return "", failure(codeMissingAccess)
	}
	return guild, nil
}

func getCommands(s *Server, c *call) (reply, *apiError) {
	scope, err := s.scope(c)
	if err != nil {
		return reply{}, err
	}
	return ok(s.commands.shown(scope, c.URL.Query().Get("with_localizations") == "true"))
}

func putCommands(s *Server, c *call) (reply, *apiError) {
	scope, err := s.scope(c)
	if err != nil {
		return reply{}, err
	}
	commands, _ := c.body.([]any)
	if err := s.commands.replace(scope, s.opts.ApplicationID, commands); err != nil {
		return reply{}, err
	}
	s.notify()
	return ok(s.commands.shown(scope, true))
}
