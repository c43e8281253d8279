package render

import (
	"context"

	"summitbot/commands"
	"summitbot/facts"
)

// browseSamples are replies that only Discord shows: what commands list, and
// what buttons and menus do.
func browseSamples(snapshot *facts.Snapshot, lang string) []Sample {
	env := &commands.Env{
		Facts: func() *facts.Snapshot { return snapshot },
		Store: forgetful{}, Learner: forgetful{},
		Info: commands.Info{Version: "1.2.3", Contact: "owner@example.org", Policy: "https://example.org/privacy"},
	}
	var samples []Sample
	add := func(name string, r commands.Reply) {
		samples = append(samples, Sample{Name: name + "." + lang, Reply: r, Discord: true})
	}
	for _, kind := range browseKinds {
		if c, ok := commands.FindCommand(kind.command); ok {
			add(kind.name, c.Run(context.Background(), env, commands.Call{Lang: lang, Options: kind.options}))
		}
	}
	for _, kind := range pressKinds {
		add(kind.name, commands.Press(context.Background(), env, commands.Call{Lang: lang, Text: "How much did the fair cost?", Own: true}, kind.id, kind.input))
	}
	add("introduction", commands.Introduce(env, lang))
	add("notice-busy", commands.Reply{Lang: lang, Headline: commands.Say(lang, commands.Busy), Private: true, Outcome: facts.Smalltalk})
	return samples
}

// browseKinds are commands as people call them.
var browseKinds = []struct {
	name, command string
	options       map[string]string
}{
	{"fact", "fact", map[string]string{"fact": "=fair/fair-guest"}},
	{"fact-for", "ask", map[string]string{"question": "=fair/fair-guest", "for": "1100000000000000001"}},
	{"fact-unknown", "fact", map[string]string{"fact": "**qqq** @everyone"}},
	{"topics", "topics", nil},
	{"timeline", "timeline", nil},
	{"who", "who", map[string]string{"name": "Port"}},
	{"who-no-facts", "who", map[string]string{"name": "The moon"}},
	{"compare", "compare", nil},
	{"compare-same", "compare", map[string]string{"first": "Port", "second": "Harbour"}},
	{"sources", "sources", nil},
	{"help", "help", nil},
	{"about", "about", nil},
	{"privacy", "privacy", nil},
}

// pressKinds are buttons, menus and forms as people use them.
var pressKinds = []struct{ name, id, input string }{
	{"topic", "1/topic", "fair/people"},
	{"fact-opened", "1/choose", "fair/fair-crowd"},
	{"fact-picked", "1/pick/fair/fair-day", ""},
	{"fact-sources", "1/sources/fair/fair-crowd", ""},
	{"fact-gone", "1/fact/fair/fair-queue", ""},
	{"button-unknown", "0/fly", ""},
	{"vote-right", "1/yes/fair/fair-day/0", ""},
	{"vote-wrong", "1/why/fair/fair-day/0", "It was in June."},
	{"form-why", "1/no/fair/fair-day/0", ""},
	{"form-pass", "1/pass", ""},
	{"passed", "1/passed", "How much did the fair cost?"},
}

// forgetful keeps nothing of what samples would have kept.
type forgetful struct{ commands.Store }

func (forgetful) Vote(context.Context, commands.Vote) error          { return nil }
func (forgetful) Pass(context.Context, commands.Miss) (int64, error) { return 1, nil }
func (forgetful) Missed(commands.Miss)                               {}
