package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// A corpus is real sentences and the questions put to them.
type corpus struct {
	lang      string
	sentences []string
	queries   []string
}

var tasksOf = map[string][]string{"en": {"squad2", "wikishift"}, "ja": {"jsquad"}, "ko": {"parakqc"}}

func loadCorpus(dir, lang string) (*corpus, error) {
	c := &corpus{lang: lang}
	for _, task := range tasksOf[lang] {
		if err := eachLine(filepath.Join(dir, task, "facts.jsonl"), func(text string, alts []string) {
			c.sentences = append(append(c.sentences, text), alts...)
		}); err != nil {
			return nil, err
		}
		if err := eachLine(filepath.Join(dir, task, "queries.jsonl"), func(text string, _ []string) {
			c.queries = append(c.queries, text)
		}); err != nil {
			return nil, err
		}
	}
	rng := rand.New(rand.NewPCG(7, 7))
	rng.Shuffle(len(c.queries), func(i, j int) { c.queries[i], c.queries[j] = c.queries[j], c.queries[i] })
	return c, nil
}

func eachLine(path string, yield func(text string, alts []string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		var line struct {
			Text string
			Alts []string
		}
		if err := json.Unmarshal(scan.Bytes(), &line); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		yield(line.Text, line.Alts)
	}
	return scan.Err()
}

// longest is the length in bytes at which a sentence is cut: a facts file
// takes no longer ones.
const longest = 1500

// facts returns n sentences. Beyond the real ones, each copy has one word in
// eight replaced by a word from anywhere, so that no two are alike.
func (c *corpus) facts(n int) []string {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	var vocabulary []string
	for _, s := range c.sentences {
		vocabulary = append(vocabulary, strings.Fields(s)...)
	}
	out := make([]string, n)
	for i := range out {
		s := c.sentences[i%len(c.sentences)]
		if i >= len(c.sentences) {
			s = vary(s, vocabulary, rng)
		}
		if len(s) > longest {
			s = strings.ToValidUTF8(s[:longest], "")
		}
		out[i] = s
	}
	return out
}

func vary(s string, vocabulary []string, rng *rand.Rand) string {
	words := strings.Fields(s)
	for i := range words {
		if rng.IntN(8) == 0 {
			words[i] = vocabulary[rng.IntN(len(vocabulary))]
		}
	}
	if len(words) < 3 {
		runes := []rune(s)
		for range 1 + len(runes)/8 {
			other := []rune(vocabulary[rng.IntN(len(vocabulary))])
			runes[rng.IntN(len(runes))] = other[rng.IntN(len(other))]
		}
		return string(runes)
	}
	return strings.Join(words, " ")
}

// jsonl writes sentences as a facts file in its JSONL form.
func (c *corpus) jsonl(sentences []string) []byte {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(map[string]any{"base": "bench", "title": "benchmark", "languages": []string{c.lang},
		"sources": map[string]any{"bench": map[string]string{"title": "benchmark", "publisher": "benchmark", "published": "2020-01-01", "url": "https://example.org/"}}})
	for i, s := range sentences {
		enc.Encode(map[string]any{"id": fmt.Sprintf("f%d", i), "title": fmt.Sprintf("f%d", i), "answer": s, "sources": []any{map[string]any{"ref": "bench", "paragraph": 1}}})
	}
	return []byte(b.String())
}
