package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"summitbot/facts"
)

// A sourceCopy is the text of a source, in which paragraphs are counted.
type sourceCopy struct {
	file       string
	sum        string
	paragraphs []string
}

// checkSources holds citations against the copies that flags name as REF=FILE.
func checkSources(r *report, bases []*facts.Base, flags []string) error {
	for _, flag := range flags {
		ref, file, ok := strings.Cut(flag, "=")
		if !ok || ref == "" || file == "" {
			return usage("for example --source ap-2025-09-30=article.txt", "--source %q is not REF=FILE", flag)
		}
		text, err := readSource(file)
		if err != nil {
			return err
		}
		if len(bases) == 0 { // they could not be loaded, which the report says
			continue
		}
		if err := checkSource(r, bases, ref, text); err != nil {
			return err
		}
	}
	return nil
}

// readSource reads a copy. A paragraph is a line that is not empty.
func readSource(file string) (*sourceCopy, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &fault{message: file + ": " + readable(err), code: exitFault, cause: err}
	}
	sum := sha256.Sum256(data)
	text := &sourceCopy{file: file, sum: hex.EncodeToString(sum[:])}
	for line := range strings.Lines(string(data)) {
		if line = foldSpaces(line); line != "" {
			text.paragraphs = append(text.paragraphs, line)
		}
	}
	return text, nil
}

// checkSource holds all citations of one source against its copy.
func checkSource(r *report, bases []*facts.Base, ref string, text *sourceCopy) error {
	found := false
	var known []string
	for _, b := range bases {
		source, ok := b.Source(ref)
		for _, s := range b.Sources {
			known = append(known, s.ID)
		}
		if !ok {
			continue
		}
		found = true
		if want := source.TextSHA256; want != "" && !strings.EqualFold(want, text.sum) {
			r.add(reportProblem{File: text.file, Message: fmt.Sprintf("this is another text than `text_sha256` of source `%s` says: it has %s, want %s", ref, text.sum, want)})
		}
		checkCitations(r, b, ref, text)
	}
	if !found {
		return usage(didYouMean("", ref, known), "--source %s: the facts have no such source", ref)
	}
	return nil
}

func checkCitations(r *report, b *facts.Base, ref string, text *sourceCopy) {
	for i, f := range b.Facts {
		for j, c := range f.Sources {
			if c.Ref != ref {
				continue
			}
			if wrong := text.misses(c); wrong != "" {
				at := b.Position(facts.Item{Kind: facts.CitationItem, Owner: i, Index: j})
				r.add(reportProblem{File: at.File, Line: at.Line, Column: at.Column, Path: fmt.Sprintf("facts[%d].sources[%d]", i, j), Value: c.Quote, Message: "`" + f.ID + "`: " + wrong})
			}
		}
	}
}

// misses says what is wrong with a citation of the text, or "".
func (s *sourceCopy) misses(c facts.Citation) string {
	if c.Paragraph > len(s.paragraphs) {
		return fmt.Sprintf("there is no paragraph %d: the source has %d", c.Paragraph, len(s.paragraphs))
	}
	quote := foldSpaces(c.Quote)
	if quote == "" {
		return ""
	}
	switch where := s.find(quote, c.Paragraph); where {
	case 0:
		return fmt.Sprintf("the quote “%s” is not in the source", quote)
	case c.Paragraph:
		return ""
	default:
		if c.Paragraph == 0 {
			return ""
		}
		return fmt.Sprintf("the quote “%s” is in paragraph %d, not %d", quote, where, c.Paragraph)
	}
}

// find returns the paragraph that holds the quote, the preferred one if it
// does, or 0.
func (s *sourceCopy) find(quote string, preferred int) int {
	if preferred > 0 && strings.Contains(s.paragraphs[preferred-1], quote) {
		return preferred
	}
	for i, p := range s.paragraphs {
		if strings.Contains(p, quote) {
			return i + 1
		}
	}
	return 0
}

func foldSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }
