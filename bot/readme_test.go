package main

import (
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"summitbot/facts"
)

// TestReadme loads the example of a facts file and runs its tests.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(readme)
	if found == nil {
		t.Fatal("README.md has no example in YAML")
	}
	bases, problems := facts.LoadFS(fstest.MapFS{"example.yaml": {Data: found[1]}}, "example.yaml")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	r := newReport(bases, problems)
	if r.runTests(facts.NewSnapshot(bases...)); !r.OK || r.Tests != 1 {
		t.Errorf("%d tests, failed: %v", r.Tests, r.Failures)
	}
}
