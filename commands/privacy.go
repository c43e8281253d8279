package commands

import "context"

// privacyCommand tells what is stored and how to have it deleted.
func privacyCommand() Command { return Command{Name: "privacy", Run: runPrivacy} }

func runPrivacy(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	r := Reply{Lang: v.lang, Title: v.say(privacyTitle), Body: v.say(privacyBody), Private: true}
	r.Entries = []Entry{{Lines: []string{v.say(privacyStored)}}, {Lines: []string{v.say(privacyDelete)}}}
	if env.Info.Contact != "" {
		r.Notes = append(r.Notes, v.say(privacyContact, env.Info.Contact))
	}
	if env.Info.Policy != "" {
		r.Notes = append(r.Notes, v.say(privacyPolicy, env.Info.Policy))
	}
	return r
}
