package commands

import (
	"context"
)

// helpCommand tells how to ask, with examples that work.
func helpCommand() Command { return Command{Name: "help", Run: runHelp} }

// mostExamples is how many questions are given to try.
const mostExamples = 3

func runHelp(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	r := v.guide(env, helpTitle, helpBody)
	e := Entry{Title: v.say(helpCommands)}
	for _, c := range All() {
		if !c.OnMessage && (!c.Curators || env.mayCurate(call)) {
			e.Lines = append(e.Lines, "/"+c.Name+" · "+v.say(c.describes()))
		}
	}
	r.Entries = []Entry{e}
	r.Private = true
	return r
}

// Introduce says what the bot does, to those who mention it without asking
// anything.
func Introduce(env *Env, lang string) Reply {
	return voiceIn(baseLanguage(lang)).guide(env, introTitle, introBody)
}

func (v *voice) guide(env *Env, title, body Sentence) Reply {
	snapshot := env.snapshot()
	return Reply{
		Lang:     v.lang,
		Title:    v.say(title),
		Body:     joinLines(v.say(body), v.say(aboutBases, v.joined(subjects(snapshot, v.lang)))),
		Heading:  v.say(tryAsking),
		Examples: Examples(snapshot, v.lang, mostExamples),
	}
}
