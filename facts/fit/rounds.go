package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"summitbot/facts"
)

// A roundQuestion is a question written by somebody who had not seen the
// base, with what a right answer cites and cannot lack.
type roundQuestion struct {
	ID, Q, Lang, Kind string
	Paragraphs        []int
	Must              [][]string
}

// roundSamples puts the spent rounds to a base. Questions whose best
// candidate is a gap assert nothing and are left out.
func roundSamples(dir string, snapshot *facts.Snapshot) ([]sample, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	var rows []sample
	for _, path := range paths {
		questions, err := readLines[roundQuestion](path)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(path), ".jsonl")
		for _, q := range questions {
			d := snapshot.Match(facts.Question{Text: q.Q, Explain: true})
			if d.Why == nil || d.Why.Best == nil || d.Candidates[0].Fact == nil {
				continue
			}
			right, err := q.accepts(d.Why.Best.Fact)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", path, q.ID, err)
			}
			rows = append(rows, sample{name, vector(d.Why), right})
		}
	}
	return rows, nil
}

// accepts judges a fact as an answer: it cites one of the paragraphs, and its
// text holds what the answer cannot lack.
func (q roundQuestion) accepts(f *facts.Fact) (bool, error) {
	if !slices.ContainsFunc(f.Sources, func(c facts.Citation) bool { return slices.Contains(q.Paragraphs, c.Paragraph) }) {
		return false, nil
	}
	text, _ := f.Answer.In(q.Lang)
	for _, group := range q.Must {
		found := false
		for _, pattern := range group {
			// Go has no look-around; without it a pattern only accepts more.
			pattern = lookAround.ReplaceAllString(pattern, "")
			re, err := regexp.Compile("(?i)" + pattern)
			if err != nil {
				return false, err
			}
			found = found || re.MatchString(text)
		}
		if !found {
			return false, nil
		}
	}
	return true, nil
}

var lookAround = regexp.MustCompile(`\(\?<?[=!][^()]*\)`)
