package commands

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"summitbot/facts"
)

// statusCommand tells curators how the facts are.
func statusCommand() Command { return Command{Name: "status", Run: runStatus} }

// mostInStatus is how many items of a kind the status has.
const mostInStatus = 5

func runStatus(ctx context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	r := Reply{Lang: v.lang, Title: v.say(statusTitle), Private: true}
	for _, b := range env.snapshot().Bases() {
		title, _ := b.Title.In(v.lang)
		r.Entries = append(r.Entries, Entry{Title: title, Lines: []string{v.say(aboutFacts, itoa(len(b.Facts)), itoa(len(b.Sources)), itoa(len(b.Gaps)))}})
	}
	if env.Library != nil {
		r.Entries = append(r.Entries, v.libraryEntries(env.Library.Status())...)
	}
	lists, err := v.storeEntries(ctx, env)
	if err != nil {
		r.Err = err
		r.Notes = append(r.Notes, v.say(storeGone))
	}
	r.Entries = append(r.Entries, lists...)
	return r
}

// libraryEntries tell what is loaded and what is wrong with the files.
func (v *voice) libraryEntries(s LibraryStatus) []Entry {
	loaded := Entry{Title: v.say(statusLoaded), At: s.Loaded, Lines: []string{v.say(statusTook, s.Took.Round(time.Millisecond).String())}}
	for _, path := range s.Paths {
		loaded.Lines = append(loaded.Lines, filepath.Base(path))
	}
	if len(s.Paths) == 0 {
		loaded.Lines = append(loaded.Lines, v.say(statusEmbedded))
	}
	if len(s.Faults.Errors()) == 0 {
		return []Entry{loaded}
	}
	faults := Entry{Title: v.say(statusFaults, itoa(len(s.Faults.Errors()))), At: s.Since, Lines: problemLines(s.Faults.Errors())}
	faults.Lines = append(faults.Lines, v.say(statusStillGood))
	return []Entry{loaded, faults}
}

// storeEntries are what is asked and declined most, and what members think is
// wrong.
func (v *voice) storeEntries(ctx context.Context, env *Env) ([]Entry, error) {
	var entries []Entry
	if env.Asked != nil {
		if most := env.Asked(mostInStatus); len(most) > 0 {
			e := Entry{Title: v.say(statusAsked)}
			for _, a := range most {
				e.Lines = append(e.Lines, v.say(timesOf, itoa(a.Times), v.titleOf(env, a.Fact)))
			}
			entries = append(entries, e)
		}
	}
	open, all, err := env.Store.Open(ctx, QueueFilter{Most: mostInStatus})
	if err != nil {
		return entries, err
	}
	if all > 0 {
		e := Entry{Title: v.say(statusDeclined, itoa(all))}
		for _, q := range open {
			e.Lines = append(e.Lines, v.say(timesOf, itoa(q.Count), q.Text))
		}
		entries = append(entries, e)
	}
	worst, err := env.Store.Worst(ctx, mostInStatus)
	if err != nil || len(worst) == 0 {
		return entries, err
	}
	e := Entry{Title: v.say(statusWorst)}
	for _, w := range worst {
		e.Lines = append(e.Lines, v.say(rated, itoa(w.Right), itoa(w.Wrong), v.titleOf(env, w.Fact)))
		reasons, err := env.Store.Reasons(ctx, w.Fact, 2)
		if err != nil {
			return entries, err
		}
		for _, reason := range reasons {
			e.Lines = append(e.Lines, v.say(reasonGiven, cut(reason.Reason, longestShown)))
		}
	}
	return append(entries, e), nil
}

// titleOf is the title of a fact, or its id when it is gone.
func (v *voice) titleOf(env *Env, id string) string {
	ref, ok := env.snapshot().Lookup(id)
	switch {
	case ok && ref.Fact != nil:
		title, _ := ref.Fact.Title.In(v.lang)
		return title
	case ok && ref.Gap != nil:
		title, _ := ref.Gap.Title.In(v.lang)
		return title
	}
	return id
}

// number64 writes the number of something in the store.
func number64(n int64) string { return strconv.FormatInt(n, 10) }

// FaultyFiles tells the curators what is wrong with the facts files, and what
// would be right.
func FaultyFiles(lang string, problems facts.Problems) Reply {
	v := voiceIn(lang)
	errs := problems.Errors()
	r := Reply{Lang: v.lang, Title: v.say(statusFaults, itoa(len(errs))), Headline: v.say(statusStillGood), Body: joinLines(problemLines(errs)...)}
	if more := len(errs) - mostFaults; more > 0 {
		r.Notes = []string{v.more(more)}
	}
	return r
}
