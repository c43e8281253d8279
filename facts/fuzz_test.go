package facts

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"
)

// seed adds the test files with a given ending to the corpus.
func seed(f *testing.F, ending string) {
	f.Helper()
	for _, folder := range []string{"testdata/valid/", "testdata/invalid/"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			f.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ending) {
				data, err := os.ReadFile(folder + e.Name())
				if err != nil {
					f.Fatal(err)
				}
				f.Add(data)
			}
		}
	}
}

// checkLoad holds for any input: no crash, no stall, and either bases or an
// error, with messages that can be shown.
func checkLoad(t *testing.T, name string, data []byte) {
	start := time.Now()
	bases, problems := LoadFS(fstest.MapFS{name: {Data: data}}, name)
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("%d bytes took %v", len(data), took)
	}
	if (len(bases) == 1) == (problems.Err() != nil) {
		t.Errorf("%d bases with the error %v", len(bases), problems.Err())
	}
	lines := strings.Count(string(data), "\n") + 1
	for _, p := range problems {
		if p.Line > lines || p.Column < 0 || p.Message == "" || !utf8.ValidString(p.Error()) {
			t.Errorf("a bad problem: %#v", p)
		}
	}
	for _, b := range bases {
		for i := range b.Facts {
			if f := b.Facts[i]; f.ID == "" || len(f.Title) == 0 || len(f.Answer) == 0 || len(f.Sources) == 0 || b.Position(Item{Owner: i}).Line == 0 {
				t.Errorf("a fact that is not whole: %+v", f)
			}
		}
	}
}

func FuzzLoadYAML(f *testing.F) {
	seed(f, ".yaml")
	f.Fuzz(func(t *testing.T, data []byte) { checkLoad(t, "a.yaml", data) })
}

func FuzzLoadJSONL(f *testing.F) {
	seed(f, ".jsonl")
	f.Fuzz(func(t *testing.T, data []byte) { checkLoad(t, "a.jsonl", data) })
}

// FuzzParseJSON holds the parser against encoding/json: both accept the same
// lines, but for depth and for texts that are not UTF-8.
func FuzzParseJSON(f *testing.F) {
	for _, line := range []string{`{"a":[1,-2.5e3,"x",true,null,{}]}`, `"\u00e9\n"`, `[1 2]`, `{"a"}`, "\"\x01\"", `tru`, `-`, `1.`, `[,]`, `"\ud800"`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if !utf8.ValidString(line) || strings.ContainsAny(line, "\n") {
			return
		}
		_, failed := new(jsonParser).parse(line, 1)
		if failed != nil && failed.message == "not valid JSON: "+tooDeep {
			return
		}
		if valid := json.Valid([]byte(line)); valid != (failed == nil) {
			t.Errorf("%q: valid %t, got %v", line, valid, failed)
		}
	})
}
