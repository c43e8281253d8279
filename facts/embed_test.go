package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// compileOnce makes the compiled base anew as go generate does: with a program
// of its own, so that the race detector does not make minutes of seconds.
var compileOnce = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "compile")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		return nil, err
	}
	program := filepath.Join(dir, "program")
	if out, err := exec.Command("go", "build", "-o", program, "./compile").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build ./compile: %w\n%s", err, out)
	}
	run := exec.Command(program)
	run.Dir = dir
	if out, err := run.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("./compile: %w\n%s", err, out)
	}
	return os.ReadFile(filepath.Join(dir, filepath.FromSlash(compiledBase)))
})

// TestFresh: the compiled base is what its files and the engine make of it.
func TestFresh(t *testing.T) {
	want, err := compileOnce()
	if err != nil {
		t.Fatal(err)
	}
	got, err := data.ReadFile(compiledBase)
	if err != nil {
		t.Fatalf("%v; run: go generate ./facts", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("facts/%s (%d bytes) is stale: facts/data or the engine has changed, which make %d bytes; run: go generate ./facts", compiledBase, len(got), len(want))
	}
}

// TestEmbeddedIsTheFiles: starting from the compiled base gives the same
// answers as reading the files. The weights are those that compiling fits, so
// that this is done once.
func TestEmbeddedIsTheFiles(t *testing.T) {
	bases, problems := LoadEmbedded()
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	anew, err := compileOnce()
	if err != nil {
		t.Fatal(err)
	}
	read, err := readBlocks(string(anew))
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range read.Bases {
		b.places = bases[i].places // where things stand in files, which the compiled form leaves out
		if !reflect.DeepEqual(b, bases[i]) {
			t.Errorf("the compiled base %s is not the one in the files", b.ID)
		}
	}
	slow, fast := newSnapshot(bases, read.Ahead), embedded(t)
	questions := phrasingsOf(bases[0], 300)
	if len(questions) < 300 {
		t.Fatalf("%d questions", len(questions))
	}
	answered := 0
	for _, q := range questions {
		a, b := ask(slow, q), ask(fast, q)
		if spell(a) != spell(b) {
			t.Fatalf("%q, unless the compiled base is stale:\nthe files         %s\nthe compiled base %s", q, spell(a), spell(b))
		}
		if a.Outcome == Answer {
			answered++
		}
	}
	if answered < len(questions)/10 { // most phrasings are those of gaps
		t.Errorf("%d of %d phrasings are answered", answered, len(questions))
	}
}

// spell writes everything that a decision says, with ids for facts.
func spell(d Decision) string {
	out := struct {
		What       string
		Smalltalk  Talk
		Candidates []string
		Scores     []float64
		Confidence float64
		Why        Explanation
	}{What: describe(d), Smalltalk: d.Smalltalk, Confidence: d.Confidence}
	for _, c := range d.Candidates {
		out.Candidates = append(out.Candidates, c.ID())
		out.Scores = append(out.Scores, c.Score)
	}
	if d.Why != nil {
		out.Why = *d.Why
		out.Why.Best = nil
		if d.Why.Best != nil {
			out.What += " best=" + d.Why.Best.ID()
		}
	}
	text, err := json.Marshal(out)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// TestBaseIsWhole: enough facts and gaps, and every text in every language.
func TestBaseIsWhole(t *testing.T) {
	base := embedded(t).Bases()[0]
	if got := strings.Join(base.Languages, " "); got != "en ko ja" {
		t.Errorf("languages: %s", got)
	}
	if len(base.Facts) < 60 || len(base.Gaps) < 80 {
		t.Errorf("%d facts and %d gaps, want 60 and 80", len(base.Facts), len(base.Gaps))
	}
	complete := func(id, what string, text Text) {
		for _, lang := range base.Languages {
			if s, found := text.In(lang); found != lang || strings.TrimSpace(s) == "" {
				t.Errorf("%s: no %s in %s", id, what, lang)
			}
		}
	}
	asked := func(id string, asks []Phrase) {
		for _, lang := range base.Languages {
			n := 0
			for _, a := range asks {
				if a.Lang == lang {
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s: no phrasing in %s", id, lang)
			}
		}
	}
	for _, f := range base.Facts {
		if f.Status == Superseded || f.Status == Retracted {
			continue
		}
		complete(f.ID, "title", f.Title)
		complete(f.ID, "answer", f.Answer)
		asked(f.ID, f.Asks)
	}
	for _, g := range base.Gaps {
		complete(g.ID, "title", g.Title)
		asked(g.ID, g.Asks)
		if len(g.Says) > 0 {
			complete(g.ID, "text", g.Says)
		}
	}
	for _, n := range base.Names {
		complete(n.ID, "label", n.Label)
	}
}

// TestNoPhrasingFromTheEvaluation: the base is not written to the questions
// that measure it. They are compared and never shown.
func TestNoPhrasingFromTheEvaluation(t *testing.T) {
	const path = "../../shared/eval/summit/questions.jsonl"
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the phrasings against the evaluation: did not run: there is no facts/%s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	measured := map[string]string{}
	for line := range bytes.Lines(content) {
		var q struct{ ID, Q string }
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := json.Unmarshal(line, &q); err != nil || q.ID == "" || q.Q == "" {
			t.Fatalf("%s: a line that is no question", path)
		}
		measured[plainText(q.Q)] = q.ID
	}
	if len(measured) < 100 {
		t.Fatalf("%d questions only", len(measured))
	}
	base := embedded(t).Bases()[0]
	check := func(owner, kind string, list []Phrase) {
		place := map[string]int{} // by language
		for _, p := range list {
			place[p.Lang]++
			if id, ok := measured[plainText(p.Text)]; ok {
				t.Errorf("%s: phrase %d of its %s in %s is question %s of the evaluation; take it out", owner, place[p.Lang], kind, p.Lang, id)
			}
		}
	}
	for _, f := range base.Facts {
		check(f.ID, "asks", f.Asks)
		check(f.ID, "title", f.Title)
	}
	for _, g := range base.Gaps {
		check(g.ID, "asks", g.Asks)
		check(g.ID, "title", g.Title)
	}
}

// plainText is a phrase without width, case, spaces and signs.
func plainText(s string) string {
	return strings.ReplaceAll(string(foldPhrase(nil, s)), " ", "")
}

// TestDependencies: facts knows nothing of Discord, databases, the network
// or the packages above it.
func TestDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	deps := strings.Fields(string(out))
	if len(deps) < 20 {
		t.Fatalf("go list names %d packages only", len(deps))
	}
	forbidden := []string{"github.com/bwmarrin", "github.com/diamondburned", "github.com/disgoorg", "database", "modernc.org", "github.com/mattn/go-sqlite3", "github.com/jackc", "github.com/lib/pq", "net", "summitbot/bot", "summitbot/commands"}
	allowed := map[string]bool{"net/netip": true, "net/url": true} // addresses, no connections
	for _, dep := range deps {
		for _, f := range forbidden {
			if (dep == f || strings.HasPrefix(dep, f+"/")) && !allowed[dep] {
				t.Errorf("facts depends on %s", dep)
			}
		}
	}
}
