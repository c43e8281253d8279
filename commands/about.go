package commands

import (
	"context"
	"strconv"
)

// aboutCommand tells what the bot is and what it knows.
func aboutCommand() Command { return Command{Name: "about", Run: runAbout} }

func runAbout(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	r := Reply{Lang: v.lang, Title: v.say(aboutTitle), Body: v.say(aboutBody), Private: true}
	for _, b := range env.snapshot().Bases() {
		title, _ := b.Title.In(v.lang)
		e := Entry{Title: title, Lines: []string{v.say(aboutFacts, strconv.Itoa(len(b.Facts)), strconv.Itoa(len(b.Sources)), strconv.Itoa(len(b.Gaps)))}}
		latest := ""
		for _, s := range b.Sources {
			latest = max(latest, s.Published)
		}
		if latest != "" {
			e.Lines = append(e.Lines, v.say(aboutLatest, v.date(latest)))
		}
		r.Entries = append(r.Entries, e)
	}
	if env.Info.Version != "" {
		r.Notes = append(r.Notes, v.say(aboutVersion, env.Info.Version))
	}
	return r
}
