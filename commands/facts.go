package commands

import "context"

// factsCommand is for those who keep the facts. Each word that can follow it
// has a file of its own.
func factsCommand() Command {
	c := Command{Name: "facts", Curators: true, Subs: []Command{
		addCommand(), editCommand(), retireCommand(), restoreCommand(), historyCommand(), undoCommand(), statusCommand(), exportCommand(), queueCommand(),
	}}
	for i := range c.Subs {
		c.Subs[i] = guarded(c.Subs[i])
	}
	return c
}

// guarded refuses a command to everybody but curators: Discord's own
// permissions are set in each server, and may be set to let anybody in.
func guarded(c Command) Command {
	run, suggest := c.Run, c.Suggest
	c.Run = func(ctx context.Context, env *Env, call Call) Reply {
		if !env.mayCurate(call) {
			return notice(call.Lang, notCurator, notCuratorHint)
		}
		return run(ctx, env, call)
	}
	if suggest != nil {
		c.Suggest = func(env *Env, call Call, option string) []Suggestion {
			if !env.mayCurate(call) {
				return nil
			}
			return suggest(env, call, option)
		}
	}
	return c
}

// mayCurate reports whether the caller keeps the facts.
func (e *Env) mayCurate(call Call) bool {
	return e.IsCurator != nil && call.User != "" && e.IsCurator(call.User, call.Roles)
}

// factOption takes a fact, completed from titles, phrasings and names.
func factOption(required bool) Option {
	return Option{Name: "fact", Required: required, Suggests: true, Longest: longestSuggestion}
}
