package main

import (
	"hash/fnv"
	"slices"

	"summitbot/facts"
)

// folds is how many times a base is asked about what was left out of it.
const folds = 5

// selfSamples lets a base question itself. In each fold a part of every
// fact's phrasings is left out and asked; of the gaps most lose a part of
// their phrasings and some are left out whole, so that what they ask is held
// by nothing, as with a gap that no curator has thought of.
func selfSamples(base *facts.Base) []sample {
	var rows []sample
	for fold := range folds {
		rest, asked := leaveOut(base, fold)
		snapshot := facts.NewSnapshot(rest)
		snapshot.Ready()
		for _, q := range asked {
			d := snapshot.Match(facts.Question{Text: q.text, Lang: q.lang, Explain: true})
			if d.Why == nil || d.Why.Best == nil || d.Candidates[0].Fact == nil {
				continue // a gap asserts nothing
			}
			rows = append(rows, sample{task: "self", x: vector(d.Why), right: accepts(d.Why.Best.Fact, q.fact)})
		}
	}
	return rows
}

// accepts reports whether a fact answers for the wanted one: it is it, or an
// overview that contains it.
func accepts(best *facts.Fact, want string) bool {
	return want != "" && (best.ID == want || slices.Contains(best.Covers, want))
}

type asked struct {
	text, lang string
	fact       string // empty: nothing answers it
}

func leaveOut(base *facts.Base, fold int) (*facts.Base, []asked) {
	rest := *base
	rest.Facts, rest.Gaps = nil, nil
	var out []asked
	for _, f := range base.Facts {
		f.Asks, out = split(f.Asks, fold, f.ID, out)
		rest.Facts = append(rest.Facts, f)
	}
	for _, g := range base.Gaps {
		if bucket(g.ID, 4*folds) == fold {
			for _, a := range g.Asks {
				out = append(out, asked{a.Text, a.Lang, ""})
			}
			continue
		}
		g.Asks, out = split(g.Asks, fold, "", out)
		rest.Gaps = append(rest.Gaps, g)
	}
	return &rest, out
}

func split(asks []facts.Phrase, fold int, fact string, out []asked) ([]facts.Phrase, []asked) {
	var keep []facts.Phrase
	for _, a := range asks {
		if bucket(a.Text, folds) == fold {
			out = append(out, asked{a.Text, a.Lang, fact})
		} else {
			keep = append(keep, a)
		}
	}
	return keep, out
}

func bucket(s string, n uint32) int {
	h := fnv.New32a()
	h.Write([]byte(s))
	return int(h.Sum32() % n)
}
