package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"summitbot/bot/render"
	"summitbot/facts"
)

// A report is what check found.
type report struct {
	OK        bool            `json:"ok"`
	Facts     int             `json:"facts"`
	Gaps      int             `json:"gaps"`
	Phrasings map[string]int  `json:"phrasings"` // of facts and gaps, by language
	Tests     int             `json:"tests"`
	Declines  int             `json:"declines"`
	Errors    int             `json:"errors"`
	Warnings  int             `json:"warnings"`
	Problems  []reportProblem `json:"problems"`
	Failures  []failure       `json:"failures"`
}

// A reportProblem is one fault in a file.
type reportProblem struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Path    string `json:"path,omitempty"`
	Value   string `json:"value,omitempty"`
	Message string `json:"message"`
	Warning bool   `json:"warning"`
}

// String is file:line:column: message, on one line.
func (p reportProblem) String() string {
	return render.OneLine(facts.Problem{File: p.File, Line: p.Line, Column: p.Column, Message: p.Message, Warning: p.Warning}.Error())
}

// A failure is a test that did not come out as the curators expect.
type failure struct {
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	ID       string `json:"id"` // of the fact or gap, or "declines"
	Question string `json:"question"`
	Lang     string `json:"lang"`
	Want     string `json:"want"`
	Got      string `json:"got"`
}

// String is file:line:column: id: “question” → what happened.
func (f failure) String() string {
	at := facts.Position{File: f.File, Line: f.Line, Column: f.Column}.String()
	if at != "" {
		at += ": "
	}
	return render.OneLine(fmt.Sprintf("%s%s: “%s” → %s, want %s", at, f.ID, f.Question, f.Got, f.Want))
}

// newReport counts what the bases hold and takes over the loader's problems.
func newReport(bases []*facts.Base, problems facts.Problems) *report {
	r := &report{OK: true, Phrasings: map[string]int{}, Problems: []reportProblem{}, Failures: []failure{}}
	for _, p := range problems {
		r.add(reportProblem{p.File, p.Line, p.Column, p.Path, p.Value, p.Message, p.Warning})
	}
	for _, b := range bases {
		r.Facts += len(b.Facts)
		r.Gaps += len(b.Gaps)
		for _, f := range b.Facts {
			r.countAsks(f.Asks)
		}
		for _, g := range b.Gaps {
			r.countAsks(g.Asks)
		}
	}
	return r
}

func (r *report) countAsks(asks []facts.Phrase) {
	for _, a := range asks {
		r.Phrasings[a.Lang]++
	}
}

func (r *report) add(p reportProblem) {
	r.Problems = append(r.Problems, p)
	if p.Warning {
		r.Warnings++
		return
	}
	r.Errors++
	r.OK = false
}

// An expectation is a test or decline in a base.
type expectation struct {
	base   *facts.Base
	item   facts.Item
	id     string
	fact   string // base/id that must be asserted; "" when nothing may be
	phrase facts.Phrase
	want   string // fact put into words
}

// expectations lists the tests and declines of a base in its order.
func expectations(b *facts.Base) (tests, declines []expectation) {
	for i, f := range b.Facts {
		for j, p := range f.Tests {
			tests = append(tests, expectation{b, facts.Item{Kind: facts.FactTestItem, Owner: i, Index: j}, f.ID, b.ID + "/" + f.ID, p, "answer " + f.ID})
		}
	}
	for i, g := range b.Gaps {
		for j, p := range g.Tests {
			tests = append(tests, expectation{b, facts.Item{Kind: facts.GapTestItem, Owner: i, Index: j}, g.ID, "", p, "decline"})
		}
	}
	for j, p := range b.Declines {
		declines = append(declines, expectation{b, facts.Item{Kind: facts.DeclineItem, Index: j}, "declines", "", p, "no answer"})
	}
	return tests, declines
}

// met reports whether a decision is what was expected. The questions under
// declines may be offered facts to choose from, those of a gap may not.
func (e expectation) met(d facts.Decision) bool {
	switch e.item.Kind {
	case facts.FactTestItem:
		return d.Outcome == facts.Answer && asserts(d, e.fact)
	case facts.GapTestItem:
		return d.Outcome == facts.Decline
	}
	return d.Outcome != facts.Answer
}

func asserts(d facts.Decision, id string) bool {
	for _, ref := range d.Facts {
		if ref.ID() == id {
			return true
		}
	}
	return false
}

// runTests asks all that the curators expect, over all processors. Failures
// are told in the order of the files whatever the order of answers.
func (r *report) runTests(snapshot *facts.Snapshot) {
	var all []expectation
	for _, b := range snapshot.Bases() {
		tests, declines := expectations(b)
		r.Tests += len(tests)
		r.Declines += len(declines)
		all = append(all, append(tests, declines...)...)
	}
	for i, d := range matchAll(snapshot, all) {
		if e := all[i]; !e.met(d) {
			r.Failures = append(r.Failures, e.failure(d))
			r.OK = false
		}
	}
}

// matchAll asks the questions of all expectations.
func matchAll(snapshot *facts.Snapshot, all []expectation) []facts.Decision {
	decisions := make([]facts.Decision, len(all))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(all)); i = next.Add(1) - 1 {
				p := all[i].phrase
				decisions[i] = snapshot.Match(facts.Question{Text: p.Text, Lang: p.Lang})
			}
		})
	}
	wait.Wait()
	return decisions
}

// failure tells what happened instead of what was expected.
func (e expectation) failure(d facts.Decision) failure {
	at := e.base.Position(e.item)
	return failure{at.File, at.Line, at.Column, e.id, e.phrase.Text, e.phrase.Lang, e.want, happened(d)}
}

// happened puts a decision into a few words: "choices summit-date, summit-place (0.61)".
func happened(d facts.Decision) string {
	var ids []string
	if d.Gap != nil {
		ids = append(ids, "through "+d.Gap.Gap.ID)
	} else if d.Outcome != facts.Decline {
		for _, ref := range d.Facts {
			ids = append(ids, ref.Fact.ID)
		}
	}
	if len(ids) == 0 && len(d.Candidates) > 0 {
		ids = []string{"near " + d.Candidates[0].ID()}
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s", d.Outcome, strings.Join(ids, ", "))) + fmt.Sprintf(" (%.2f)", d.Confidence)
}
