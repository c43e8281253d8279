package commands

import (
	"context"
	"strconv"

	"summitbot/facts"
)

// sourcesCommand lists every source and what rests on it.
func sourcesCommand() Command { return Command{Name: "sources", Run: runSources} }

func runSources(_ context.Context, env *Env, call Call) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	r := Reply{Lang: v.lang, Title: v.say(sourcesTitle), Private: true}
	for _, b := range env.snapshot().Bases() {
		for _, s := range b.Sources {
			r.Entries = append(r.Entries, v.sourceEntry(s, restingOn(b, s.ID)))
		}
	}
	return r
}

// restingOn counts the facts that cite a source.
func restingOn(b *facts.Base, source string) int {
	n := 0
	for i := range b.Facts {
		for _, c := range b.Facts[i].Sources {
			if c.Ref == source {
				n++
				break
			}
		}
	}
	return n
}

func (v *voice) sourceEntry(s facts.Source, n int) Entry {
	e := Entry{Title: s.Title, Lines: []string{v.place(s, 0)}}
	if e.Title == "" {
		e.Title = s.Publisher
	}
	if s.By != "" {
		e.Lines = append(e.Lines, v.say(sourceBy, s.By))
	}
	e.Lines = append(e.Lines, v.say(sourceFacts, strconv.Itoa(n)))
	if s.URL != "" {
		e.Links = append(e.Links, Link{v.say(sourceOpen), s.URL})
	}
	if s.Archive != "" {
		e.Links = append(e.Links, Link{v.say(sourceArchive), s.Archive})
	}
	return e
}

// pressSources tells where a fact comes from, passage by passage.
func pressSources(_ context.Context, env *Env, call Call, a Action, _ string) Reply {
	ref, ok := env.snapshot().Lookup(a.factID())
	if !ok || ref.Fact == nil {
		return notice(call.Lang, factGone, factGoneHint)
	}
	v := voiceIn(baseLanguage(call.Lang))
	title, _ := ref.Fact.Title.In(v.lang)
	r := Reply{Lang: v.lang, Title: v.say(sourcesTitle), Body: title, Private: true}
	for _, c := range ref.Fact.Sources {
		source, _ := ref.Base.Source(c.Ref)
		shown := v.source(ref.Base, c, v.lang)
		e := Entry{Title: shown.Line}
		if c.Quote != "" {
			e.Lines = append(e.Lines, "“"+c.Quote+"”")
		}
		if shown.Says != "" {
			e.Lines = append(e.Lines, shown.Says)
		}
		if shown.Link != "" {
			e.Links = append(e.Links, Link{v.say(openSource), shown.Link})
		}
		if source.Archive != "" {
			e.Links = append(e.Links, Link{v.say(sourceArchive), source.Archive})
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}
