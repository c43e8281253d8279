package main

import (
	"bytes"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"summitbot/facts"
)

// TestReadme loads the example of a facts file and runs its tests, and reads
// the examples of a configuration.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	bases := 0
	for _, found := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(readme, -1) {
		if !bytes.HasPrefix(found[1], []byte("base:")) {
			if _, err := parseConfig(found[1]); err != nil {
				t.Errorf("%v in\n%s", err, found[1])
			}
			continue
		}
		bases++
		checkExample(t, found[1])
	}
	if bases != 1 {
		t.Errorf("README.md has %d examples of a base", bases)
	}
}

func checkExample(t *testing.T, data []byte) {
	t.Helper()
	bases, problems := facts.LoadFS(fstest.MapFS{"example.yaml": {Data: data}}, "example.yaml")
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	r := newReport(bases, problems)
	if r.runTests(facts.NewSnapshot(bases...)); !r.OK || r.Tests != 1 {
		t.Errorf("%d tests, failed: %v", r.Tests, r.Failures)
	}
}
