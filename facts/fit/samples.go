package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"summitbot/facts"
)

// A sample is one question with the evidence that its best candidate had.
type sample struct {
	task  string
	x     []float64
	right bool
}

type taskFact struct {
	ID, Base, Text string
	Alts           []string
}

type taskQuery struct {
	ID, Base, Text string
	Relevant       []string
}

var taskLanguage = map[string]string{"jsquad": "ja", "parakqc": "ko"}

// samplesOf puts every question of a task to its base.
func samplesOf(dir, task string) ([]sample, error) {
	lang := taskLanguage[task]
	if lang == "" {
		lang = "en"
	}
	list, err := readLines[taskFact](filepath.Join(dir, "facts.jsonl"))
	if err != nil {
		return nil, err
	}
	queries, err := readLines[taskQuery](filepath.Join(dir, "queries.jsonl"))
	if err != nil {
		return nil, err
	}
	snapshots := map[string]*facts.Snapshot{}
	for base, fs := range byBase(list) {
		snapshots[base] = facts.NewSnapshot(baseOf(fs, lang))
	}
	var rows []sample
	for _, q := range queries {
		d := snapshots[q.Base].Match(facts.Question{Text: q.Text, Lang: lang, Explain: true})
		if d.Why == nil {
			continue
		}
		rows = append(rows, sample{task, vector(d.Why), slices.Contains(q.Relevant, d.Candidates[0].Fact.ID)})
	}
	return rows, nil
}

func byBase(list []taskFact) map[string][]taskFact {
	m := map[string][]taskFact{}
	for _, f := range list {
		m[f.Base] = append(m[f.Base], f)
	}
	return m
}

// baseOf makes a base of a task's facts: phrasings where a fact has several
// texts, else an answer.
func baseOf(list []taskFact, lang string) *facts.Base {
	b := &facts.Base{ID: "task", Languages: []string{lang}}
	for _, f := range list {
		fact := facts.Fact{ID: f.ID}
		if len(f.Alts) == 0 {
			fact.Answer = facts.Text{{Lang: lang, Text: f.Text}}
		} else {
			for _, text := range append([]string{f.Text}, f.Alts...) {
				fact.Asks = append(fact.Asks, facts.Phrase{Lang: lang, Text: text})
			}
		}
		b.Facts = append(b.Facts, fact)
	}
	return b
}

func vector(why *facts.Explanation) []float64 {
	x := make([]float64, len(facts.FeatureNames))
	for i, name := range facts.FeatureNames {
		x[i] = why.Features[name]
	}
	return x
}

func readLines[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for n := 1; scan.Scan(); n++ {
		var v T
		if err := json.Unmarshal(scan.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, v)
	}
	return out, scan.Err()
}
