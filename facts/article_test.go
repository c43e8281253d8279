package facts

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode"
)

// articlePath is a copy of the article that the embedded base rests on. It is
// copyrighted and lies beside the project, not in it.
const articlePath = "../../shared/source/ap-2025-09-30.txt"

// readArticle returns the article, or skips the test when there is no copy.
func readArticle(t *testing.T, what string) []byte {
	t.Helper()
	content, err := os.ReadFile(articlePath)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s: did not run: there is no copy of the article at facts/%s", what, articlePath)
	}
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// paragraphsOf are the lines that are not empty.
func paragraphsOf(article string) (paragraphs []string) {
	for line := range strings.Lines(article) {
		if line = strings.TrimSpace(line); line != "" {
			paragraphs = append(paragraphs, line)
		}
	}
	return paragraphs
}

// articleBase is the base with the one source whose copy is read.
func articleBase(t *testing.T, article []byte) *Base {
	t.Helper()
	base := embedded(t).Bases()[0]
	source, ok := base.Source("ap-2025-09-30")
	if sum := fmt.Sprintf("%x", sha256.Sum256(article)); !ok || sum != source.TextSHA256 {
		t.Fatalf("the copy at %s has the sum %s, the base was made from %q", articlePath, sum, source.TextSHA256)
	}
	return base
}

// TestQuotes: each quote stands in its paragraph, word for word.
func TestQuotes(t *testing.T) {
	article := readArticle(t, "the quotes of the facts against the article")
	base := articleBase(t, article)
	paragraphs := paragraphsOf(string(article))
	quotes := 0
	for _, f := range base.Facts {
		for _, c := range f.Sources {
			switch {
			case c.Ref != "ap-2025-09-30":
				continue
			case c.Paragraph < 1 || c.Paragraph > len(paragraphs):
				t.Errorf("%s: there is no paragraph %d, only 1 to %d", f.ID, c.Paragraph, len(paragraphs))
				continue
			case c.Quote == "":
				continue
			}
			quotes++
			if strings.Contains(paragraphs[c.Paragraph-1], c.Quote) {
				continue
			}
			where := "nowhere in the article"
			for i, p := range paragraphs {
				if strings.Contains(p, c.Quote) {
					where = fmt.Sprintf("in paragraph %d", i+1)
				}
			}
			t.Errorf("%s: %q is not in paragraph %d, but %s", f.ID, c.Quote, c.Paragraph, where)
		}
	}
	if quotes < len(base.Facts)/2 {
		t.Errorf("%d facts have %d quotes only", len(base.Facts), quotes)
	}
}

// maxShared is how many consecutive words an answer may share with the
// article.
const maxShared = 12

// TestOwnWords: answers are not copied from the article.
func TestOwnWords(t *testing.T) {
	article := readArticle(t, "the answers' words against the article's")
	base := articleBase(t, article)
	runs := runsOf(string(article), maxShared+1)
	answers := 0
	check := func(id, kind string, text Text) {
		english, lang := text.In("en")
		if lang != "en" {
			return
		}
		answers++
		if shared := sharedRun(english, runs, maxShared+1); shared != "" {
			t.Errorf("%s: the %s shares more than %d words with the article: %q", id, kind, maxShared, shared)
		}
	}
	for _, f := range base.Facts {
		check(f.ID, "answer", f.Answer)
		check(f.ID, "title", f.Title)
	}
	for _, g := range base.Gaps {
		check(g.ID, "text", g.Says)
		check(g.ID, "title", g.Title)
	}
	if answers < len(base.Facts) {
		t.Errorf("%d texts were looked at, of %d facts", answers, len(base.Facts))
	}
}

// TestSharedRun shows that copying would be found.
func TestSharedRun(t *testing.T) {
	runs := runsOf("The quick brown fox’s cub jumped over a lazy dog.\n\nIt slept.", 5)
	tests := []struct{ text, want string }{
		{"Quick, brown FOX'S cub jumped!", "quick brown foxs cub jumped"},
		{"A lazy dog. It slept", "a lazy dog it slept"}, // across paragraphs
		{"Then the quick brown fox's cat jumped over a lazy cat", ""},
		{"over a lazy dog", ""}, // four
		{"", ""},
	}
	for _, tt := range tests {
		if got := sharedRun(tt.text, runs, 5); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// plainWords are the words of a text without case, apostrophes and signs.
func plainWords(text string) []string {
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// runsOf are all rows of n consecutive words.
func runsOf(text string, n int) map[string]bool {
	runs := map[string]bool{}
	words := plainWords(text)
	for i := range max(0, len(words)-n+1) {
		runs[strings.Join(words[i:i+n], " ")] = true
	}
	return runs
}

// sharedRun returns the first row of n words of a text that is among runs.
func sharedRun(text string, runs map[string]bool, n int) string {
	words := plainWords(text)
	for i := range max(0, len(words)-n+1) {
		if run := strings.Join(words[i:i+n], " "); runs[run] {
			return run
		}
	}
	return ""
}
