package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/sahilm/fuzzy"
	_ "modernc.org/sqlite"

	"summitbot/facts"
)

// A system answers one query; it is built from a facts file.
type system struct {
	name  string
	build func(path, lang string) (search func(query string), closer func(), err error)
	every int // at large sizes, only every nth query: a slow system must not take all day
}

var systems = []system{
	{"summitbot", buildEngine, 1},
	{"bleve", buildBleve, 1},
	{"fts5", buildFTS, 10},
	{"fuzzy", buildFuzzy, 20},
}

func buildEngine(path, lang string) (func(string), func(), error) {
	bases, problems := facts.LoadFiles(path)
	if err := problems.Err(); err != nil {
		return nil, nil, err
	}
	snapshot := facts.NewSnapshot(bases...)
	snapshot.Ready()
	return func(q string) { snapshot.Match(facts.Question{Text: q, Lang: lang}) }, func() { _ = snapshot }, nil
}

// sentences reads the answers of a facts file in its JSONL form.
func sentences(path string, yield func(id, text string) error) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	scan := bufio.NewScanner(bytes.NewReader(content))
	scan.Buffer(nil, 1<<20)
	scan.Scan() // the header
	for scan.Scan() {
		var fact struct{ ID, Answer string }
		if err := json.Unmarshal(scan.Bytes(), &fact); err != nil {
			return err
		}
		if err := yield(fact.ID, fact.Answer); err != nil {
			return err
		}
	}
	return scan.Err()
}

// batchSize is how many documents bleve gets at once. Large batches are its
// best case: they build faster and leave fewer segments to search.
const batchSize = 100_000

type document struct {
	Text string `json:"text"`
}

// leanMapping indexes one text field for ranked search and nothing else: no
// stored copy, term vectors, doc values or catch-all field, which bleve would
// otherwise spend time and memory on.
func leanMapping(analyzer string) *mapping.IndexMappingImpl {
	text := bleve.NewTextFieldMapping()
	text.Analyzer = analyzer
	text.Store, text.IncludeTermVectors, text.IncludeInAll, text.DocValues = false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", text)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = analyzer
	m.ScoringModel = index.BM25Scoring
	return m
}

func buildBleve(path, lang string) (func(string), func(), error) {
	analyzer := "en"
	if lang != "en" {
		analyzer = "cjk"
	}
	index, err := bleve.NewMemOnly(leanMapping(analyzer))
	if err != nil {
		return nil, nil, err
	}
	batch := index.NewBatch()
	err = sentences(path, func(id, text string) error {
		if err := batch.Index(id, document{text}); err != nil || batch.Size() < batchSize {
			return err
		}
		defer batch.Reset()
		return index.Batch(batch)
	})
	if err == nil {
		err = index.Batch(batch)
	}
	search := func(q string) {
		match := bleve.NewMatchQuery(q)
		match.SetField("text")
		request := bleve.NewSearchRequest(match)
		request.Size = 10
		if _, err := index.Search(request); err != nil {
			panic(err)
		}
	}
	return search, func() { index.Close() }, err
}

func buildFTS(path, lang string) (func(string), func(), error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	tokenizer := "porter unicode61"
	if lang != "en" {
		tokenizer = "trigram"
	}
	if _, err := db.Exec("CREATE VIRTUAL TABLE facts USING fts5(text, tokenize='" + tokenizer + "')"); err != nil {
		return nil, nil, err
	}
	tx, err := db.Begin()
	if err != nil {
		return nil, nil, err
	}
	insert, err := tx.Prepare("INSERT INTO facts(text) VALUES (?)")
	if err != nil {
		return nil, nil, err
	}
	err = sentences(path, func(_, text string) error { _, err := insert.Exec(text); return err })
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return nil, nil, err
	}
	find, err := db.Prepare("SELECT rowid FROM facts WHERE facts MATCH ? ORDER BY rank LIMIT 10")
	search := func(q string) {
		rows, err := find.Query(anyWord(q))
		if err != nil {
			panic(err)
		}
		for rows.Next() {
		}
		rows.Close()
	}
	return search, func() { db.Close() }, err
}

// anyWord writes a question as an FTS5 expression: any of its words.
func anyWord(q string) string {
	words := strings.FieldsFunc(q, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		words[i] = `"` + w + `"`
	}
	if len(words) == 0 {
		return `""`
	}
	return strings.Join(words, " OR ")
}

func buildFuzzy(path, _ string) (func(string), func(), error) {
	var list []string
	err := sentences(path, func(_, text string) error { list = append(list, text); return nil })
	return func(q string) { fuzzy.Find(q, list) }, func() { list = nil }, err
}
