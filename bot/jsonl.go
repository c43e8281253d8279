package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"summitbot/commands"
	"summitbot/facts"
)

// This file holds the contract of ask --jsonl, on which other programs rely:
// one question a line in, one result a line out, in the same order.

// jsonQuestion is a line of input.
type jsonQuestion struct {
	ID   json.RawMessage `json:"id"` // given back as it came
	Q    *string         `json:"q"`
	Lang string          `json:"lang"` // the reader's; empty: the question's own
}

// jsonResult is a line of output.
type jsonResult struct {
	ID         json.RawMessage `json:"id,omitempty"`
	Q          string          `json:"q"`
	Outcome    facts.Outcome   `json:"outcome"`
	Confidence float64         `json:"confidence"` // of the best candidate, whatever the outcome
	Lang       string          `json:"lang"`
	Answer     string          `json:"answer"` // the text shown
	Facts      []jsonFact      `json:"facts,omitempty"`
	Gap        string          `json:"gap,omitempty"`
	Candidates []jsonCandidate `json:"candidates"`
	Micros     int64           `json:"micros"` // of matching alone
	Explain    *jsonExplain    `json:"explain,omitempty"`
}

// jsonFact is a fact that is asserted or offered.
type jsonFact struct {
	ID      string       `json:"id"`
	Title   string       `json:"title"`
	Status  facts.Status `json:"status"`
	Sources []jsonSource `json:"sources"`
}

type jsonSource struct {
	Ref       string `json:"ref"`
	Paragraph int    `json:"paragraph,omitempty"`
	URL       string `json:"url"`
}

type jsonCandidate struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
}

type jsonExplain struct {
	Asks     string             `json:"asks"`
	Features map[string]float64 `json:"features"`
	Vetoes   []string           `json:"vetoes"`
	Doubts   []string           `json:"doubts"`
}

// jsonFault is what a line that cannot be answered leads to.
type jsonFault struct {
	Line  int    `json:"line"`
	Error string `json:"error"`
}

// askLines answers every line of in. A broken line gets an error object and
// the rest goes on. Output is flushed at the end and whenever in pauses, so
// that a program can ask one question at a time.
func askLines(snapshot *facts.Snapshot, in io.Reader, out io.Writer, defaults commands.Call) error {
	lines, w := newLineReader(in), bufio.NewWriter(out)
	enc := newEncoder(w)
	for n := 1; ; n++ {
		if lines.pauses() {
			if err := w.Flush(); err != nil {
				return err
			}
		}
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return errors.Join(err, w.Flush())
		}
		if err == nil && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := enc.Encode(lineResult(snapshot, n, line, err, defaults)); err != nil {
			return err
		}
	}
}

// lineResult answers one line, or says what is wrong with it.
func lineResult(snapshot *facts.Snapshot, n int, line []byte, err error, defaults commands.Call) any {
	if err != nil {
		return jsonFault{n, err.Error()}
	}
	q, err := parseQuestion(line, n == 1)
	if err != nil {
		return jsonFault{n, err.Error()}
	}
	call := defaults
	call.Text = *q.Q
	if q.Lang != "" {
		call.Lang = q.Lang
	}
	result := resultOf(*q.Q, commands.Ask(snapshot, call))
	result.ID = q.ID
	return result
}

// parseQuestion reads a line of input. The first may start with a byte order
// mark.
func parseQuestion(line []byte, first bool) (q jsonQuestion, err error) {
	if first {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	if err := json.Unmarshal(line, &q); err != nil {
		return q, errors.New("this is no question: " + jsonMessage(err))
	}
	if q.Q == nil {
		return q, errors.New(`there is no "q": a line looks like {"id":"1","q":"How much did Japan pledge?"}`)
	}
	if len(q.ID) > 0 && !bytes.ContainsAny(q.ID[:1], `"-0123456789`) {
		return q, errors.New(`"id" must be a text or a number`)
	}
	return q, nil
}

// jsonMessage puts a JSON error into words that name no Go type.
func jsonMessage(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return "a line must be an object, not " + article(wrong.Value)
		}
		return `"` + wrong.Field + `" must be a text, not ` + article(wrong.Value)
	}
	return err.Error()
}

func article(kind string) string {
	if kind == "array" || kind == "object" {
		return "an " + kind
	}
	return "a " + kind
}

// resultOf turns a reply into the object of the contract.
func resultOf(question string, r commands.Reply) jsonResult {
	d := r.Decision
	result := jsonResult{Q: question, Outcome: d.Outcome, Confidence: d.Confidence, Lang: r.Lang, Answer: r.Text(), Micros: d.Elapsed.Microseconds(), Candidates: []jsonCandidate{}}
	for _, ref := range d.Facts {
		result.Facts = append(result.Facts, factOf(ref, r.Lang))
	}
	if d.Gap != nil {
		result.Gap = d.Gap.ID()
	}
	for _, c := range d.Candidates {
		result.Candidates = append(result.Candidates, jsonCandidate{c.ID(), c.Score})
	}
	if why := d.Why; why != nil {
		result.Explain = &jsonExplain{why.Asks, why.Features, notNull(why.Vetoes), notNull(why.Doubts)}
	}
	return result
}

// notNull makes an empty list [] rather than null.
func notNull(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func factOf(ref facts.Ref, lang string) jsonFact {
	title, _ := ref.Fact.Title.In(lang)
	f := jsonFact{ID: ref.ID(), Title: title, Status: ref.Fact.Status}
	for _, c := range ref.Fact.Sources {
		source, _ := ref.Base.Source(c.Ref)
		f.Sources = append(f.Sources, jsonSource{c.Ref, c.Paragraph, c.Link(source)})
	}
	return f
}

// newEncoder writes JSON for people and programs: <, > and & as they are.
func newEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}
