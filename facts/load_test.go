package facts

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// testFiles returns the files of testdata/folder that are bases by
// themselves: parts have a second dot in their names.
func testFiles(t *testing.T, folder string) (paths []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		if !strings.HasSuffix(path, ".want") && strings.Count(filepath.Base(path), ".") == 1 {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		t.Fatalf("no test files in testdata/%s", folder)
	}
	return paths
}

// golden compares got with a file, or writes it with -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}

func describeProblems(problems Problems) string {
	var b strings.Builder
	for _, p := range problems {
		p.File = filepath.ToSlash(p.File)
		fmt.Fprintf(&b, "%s\n\tpath %q value %q\n", strings.ReplaceAll(p.Error(), "testdata/invalid/", ""), p.Path, p.Value)
	}
	return b.String()
}

func TestLoadInvalid(t *testing.T) {
	for _, path := range testFiles(t, "invalid") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			bases, problems := LoadFiles(path)
			if problems.Err() != nil && bases != nil {
				t.Error("bases came with an error")
			}
			if len(problems) == 0 {
				t.Error("no problem was found")
			}
			golden(t, strings.ReplaceAll(path, ".", "_")+".want", describeProblems(problems))
		})
	}
}

func TestLoadValid(t *testing.T) {
	for _, path := range testFiles(t, "valid") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			bases, problems := LoadFiles(path)
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(bases, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, strings.ReplaceAll(path, ".", "_")+".want", string(got)+"\n")
		})
	}
}

func TestPosition(t *testing.T) {
	bases, problems := LoadFiles("testdata/valid/full.yaml", "testdata/valid/lines.jsonl")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	full, lines := bases[0], bases[1]
	tests := []struct {
		base *Base
		item Item
		want string
	}{
		{full, Item{FactItem, 0, 0}, "full.yaml:3:5"},
		{full, Item{GapItem, 0, 0}, "full.yaml:43:5"},
		{full, Item{CitationItem, 1, 1}, "full.yaml:35:9"},
		{full, Item{FactTestItem, 0, 0}, "full.yaml:26:18"},
		{full, Item{FactTestItem, 1, 0}, "full.en.yaml:13:12"},
		{full, Item{GapTestItem, 0, 1}, "full.en.yaml:14:21"},
		{full, Item{DeclineItem, 0, 0}, "full.yaml:87:8"},
		{full, Item{DeclineItem, 0, 1}, "full.en.yaml:16:5"},
		{lines, Item{FactItem, 0, 0}, "lines.jsonl:3:1"},
		{lines, Item{CitationItem, 0, 0}, "lines.jsonl:3:1"},
		{lines, Item{GapItem, 0, 0}, "lines.jsonl:4:8"},
		{&Base{}, Item{}, ""},
	}
	for _, tt := range tests {
		got := strings.TrimPrefix(filepath.ToSlash(tt.base.Position(tt.item).String()), "testdata/valid/")
		if got != tt.want {
			t.Errorf("%+v: got %s, want %s", tt.item, got, tt.want)
		}
	}
}

// TestSameID loads one base twice.
func TestSameID(t *testing.T) {
	const path = "testdata/valid/minimal.yaml"
	bases, problems := LoadFiles(path, path)
	if bases != nil || len(problems) != 1 || !strings.Contains(problems[0].Message, "loaded already, from "+path+":1:7") {
		t.Errorf("got %v, %v", bases, problems)
	}
}

// TestPartAlone names parts like bases: with their base that is fine.
func TestPartAlone(t *testing.T) {
	if _, problems := LoadFiles("testdata/valid/full.en.yaml"); problems.Err() == nil || !strings.Contains(problems[0].Message, "part of a base") {
		t.Errorf("alone: got %v", problems)
	}
	bases, problems := LoadFiles("testdata/valid/full.en.yaml", "testdata/valid/full.ko.yaml", "testdata/valid/full.yaml")
	if err := problems.Err(); err != nil || len(bases) != 1 {
		t.Errorf("with its base: got %d bases, %v", len(bases), err)
	}
}

func TestLoadFS(t *testing.T) {
	bases, problems := LoadFS(os.DirFS("testdata"), "valid/full.yaml")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	if got := bases[0].Position(Item{FactTestItem, 1, 0}).File; got != "valid/full.en.yaml" {
		t.Errorf("the part is %q", got)
	}
}

func TestProblemError(t *testing.T) {
	tests := []struct {
		problem Problem
		want    string
	}{
		{Problem{File: "a.yaml", Line: 3, Column: 5, Message: "wrong"}, "a.yaml:3:5: wrong"},
		{Problem{File: "a.yaml", Line: 3, Message: "wrong", Warning: true}, "a.yaml:3: warning: wrong"},
		{Problem{File: "a.yaml", Message: "wrong"}, "a.yaml: wrong"},
		{Problem{Message: "wrong"}, "wrong"},
	}
	for _, tt := range tests {
		if got := tt.problem.Error(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
