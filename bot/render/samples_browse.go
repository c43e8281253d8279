package render

import (
	"context"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

// browseSamples are replies that only Discord shows: what commands list, and
// what buttons and menus do.
func browseSamples(snapshot *facts.Snapshot, lang string) []Sample {
	env := &commands.Env{
		Facts: func() *facts.Snapshot { return snapshot },
		Store: forgetful{}, Learner: forgetful{}, Now: func() time.Time { return then }, IsCurator: func(user string, _ []string) bool { return user == curator },
		Info: commands.Info{Version: "1.2.3", Contact: "owner@example.org", Policy: "https://example.org/privacy", Retention: 90},
	}
	var samples []Sample
	add := func(name string, r commands.Reply) {
		samples = append(samples, Sample{Name: name + "." + lang, Reply: r, Discord: true})
	}
	for _, kind := range browseKinds {
		if c, ok := commands.FindCommand(kind.command); ok {
			add(kind.name, c.Run(context.Background(), env, commands.Call{Lang: lang, User: curator, Options: kind.options}))
		}
	}
	for _, kind := range pressKinds {
		add(kind.name, commands.Press(context.Background(), env, commands.Call{Lang: lang, User: curator, Text: "How much did the fair cost?", Own: true}, kind.id, kind.input))
	}
	add("introduction", commands.Introduce(env, lang))
	add("facts-faulty", commands.FaultyFiles(lang, facts.Problems{{File: "/srv/facts/fair.yaml", Line: 12, Column: 5, Message: "`gazete` is no source in `sources`; did you mean `gazette`?"}}))
	if told, ok := commands.Told(snapshot, commands.Waiter{User: curator, Lang: lang, Asked: "How many **people** came?", Fact: "fair/fair-crowd"}); ok {
		add("told", told)
	}
	if ref, ok := snapshot.Lookup("fair/fair-day"); ok {
		preview := commands.Show(snapshot, ref, lang)
		preview.Title, preview.Headline, preview.Body, preview.Private = "Preview", "Checked: it can be published.", "New phrasing: “which day **exactly**?”", true
		add("preview", preview)
	}
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
	{"suggest", "suggest", nil},
	{"facts-status", "facts status", nil},
	{"facts-history", "facts history", nil},
	{"facts-queue", "facts queue", nil},
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
	{"tell", "1/tell", ""},
	{"question", "1/question", "7"},
	{"reject", "1/reject/3", ""},
	{"rejected", "1/rejected/3", "That is another fair."},
	{"draft-gone", "1/publish/gone", ""},
}

// curator is who presses and calls in samples.
const curator = "1100000000000000009"

// forgetful keeps nothing of what samples would have kept, and tells what a
// store that is in use might hold.
type forgetful struct{ commands.Store }

func (forgetful) Vote(context.Context, commands.Vote) error          { return nil }
func (forgetful) Pass(context.Context, commands.Miss) (int64, error) { return 7, nil }
func (forgetful) Missed(commands.Miss)                               {}
func (forgetful) Changed()                                           {}
func (forgetful) Wait(context.Context, commands.Waiter) error        { return nil }
func (forgetful) Stored(context.Context, string) (commands.Stored, error) {
	return commands.Stored{Votes: 2, Waiting: 1}, nil
}

// then is when everything in samples happened.
var then = time.Date(2025, 10, 1, 12, 0, 0, 0, time.UTC)

func (forgetful) Question(context.Context, int64) (commands.Question, error) {
	return commands.Question{ID: 7, Text: "How much did the **fair** cost?", Lang: "en", Count: 12, Wrong: 1, Waiting: 3, First: then, Last: then, Near: []string{"fair/fair-crowd"}, State: commands.StateOpen}, nil
}

func (f forgetful) Open(ctx context.Context, _ commands.QueueFilter) ([]commands.Question, int, error) {
	q, err := f.Question(ctx, 7)
	return []commands.Question{q}, 31, err
}

func (forgetful) Phrasings(context.Context, int64, int) ([]string, error) {
	return []string{"what was the price of the fair"}, nil
}

func (forgetful) Worst(context.Context, int) ([]commands.Rating, error) {
	return []commands.Rating{{Fact: "fair/fair-day", Revision: "0", Right: 4, Wrong: 2}}, nil
}

func (forgetful) Reasons(context.Context, string, int) ([]commands.Vote, error) {
	return []commands.Vote{{Reason: "It was in June."}}, nil
}

func (forgetful) Suggestion(context.Context, int64) (commands.Suggested, error) {
	return commands.Suggested{ID: 3, Text: "The fair was in June.", Lang: "en", State: commands.StateOpen}, nil
}

func (forgetful) Decide(context.Context, int64, string, string, string) (bool, error) {
	return true, nil
}

func (forgetful) Draft(context.Context, string) (commands.Draft, error) {
	return commands.Draft{}, commands.ErrGone
}

func (forgetful) Changes(context.Context, string, int, int) ([]commands.Change, int, error) {
	text := func(s string) facts.Text { return facts.Text{{Lang: "en", Text: s}} }
	before := &facts.Fact{ID: "fair-day", Title: text("The day"), Answer: text("The fair was on 1 May."), Status: facts.Reported}
	after := &facts.Fact{ID: "fair-day", Title: text("The day"), Answer: text("The fair was on 2 May."), Status: facts.Confirmed}
	return []commands.Change{
		{ID: 2, At: then, User: curator, Kind: commands.KindEdit, Fact: "fair/fair-day", Before: before, After: after},
		{ID: 1, At: then, Kind: commands.KindAdd, Fact: "fair/fair-day", After: before},
	}, 9, nil
}
