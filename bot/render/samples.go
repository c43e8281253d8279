package render

import (
	"summitbot/commands"
	"summitbot/facts"
)

// A Sample is one kind of reply in one language, made from an invented base.
// Golden files show how each looks; people look at the same ones.
type Sample struct {
	Name    string // what the golden file is called: answer-reported.ko
	Reply   commands.Reply
	Discord bool // only Discord shows it
}

// Samples returns every kind of reply in every language.
func Samples() []Sample {
	base := sampleBase()
	snapshot := facts.NewSnapshot(base)
	var samples []Sample
	for _, lang := range commands.Languages {
		for _, kind := range sampleKinds(base) {
			d := kind.decision
			d.Lang = lang
			r := commands.Compose(snapshot, kind.question, d)
			r.Asked = kind.question
			samples = append(samples, Sample{Name: kind.name + "." + lang, Reply: commands.WithButtons(snapshot, r)})
		}
		samples = append(samples, browseSamples(snapshot, lang)...)
	}
	return samples
}

// A sampleKind is a decision that leads to a kind of reply.
type sampleKind struct {
	name     string
	question string
	decision facts.Decision
}

func sampleKinds(base *facts.Base) []sampleKind {
	fact := func(i int) facts.Ref { return facts.Ref{Base: base, Fact: &base.Facts[i]} }
	gap := func(i int) *facts.Ref { return &facts.Ref{Base: base, Gap: &base.Gaps[i]} }
	kinds := []sampleKind{
		{"answer-confirmed", "when", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{fact(0)}}},
		{"answer-reported", "who", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{fact(1)}}},
		{"answer-disputed", "how many", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{fact(2)}}},
		{"answer-superseded", "price", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{fact(3)}}},
		{"answer-retracted", "rain", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{fact(4)}}},
		{"answer-two", "when and who", facts.Decision{Outcome: facts.Answer, Facts: []facts.Ref{fact(0), fact(1)}}},
		{"choices", "fair", facts.Decision{Outcome: facts.Choices, Facts: []facts.Ref{fact(0), fact(2)}}},
		{"decline", "moon", facts.Decision{Outcome: facts.Decline}},
		{"decline-near", "fair on the moon", facts.Decision{Outcome: facts.Decline, Facts: []facts.Ref{fact(0), fact(1)}}},
		{"decline-gap", "cost", facts.Decision{Outcome: facts.Decline, Gap: gap(0), Facts: []facts.Ref{fact(2)}}},
		{"decline-gap-title", "menu", facts.Decision{Outcome: facts.Decline, Gap: gap(1)}},
		{"decline-unreadable", "🎪🎪", facts.Decision{Outcome: facts.Decline}},
	}
	for _, talk := range []facts.Talk{facts.Hello, facts.Thanks, facts.Help, facts.WhoAmI, facts.Bye, facts.Chat} {
		kinds = append(kinds, sampleKind{"talk-" + string(talk), string(talk), facts.Decision{Outcome: facts.Smalltalk, Smalltalk: talk}})
	}
	return kinds
}
