package main

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

const examplePath = "../config.example.yaml"

// TestExample holds the example against the defaults, and against the keys
// that there are.
func TestExample(t *testing.T) {
	got, err := loadConfig(examplePath)
	if err != nil {
		t.Fatal(err)
	}
	want := defaultConfig()
	want.State = "sqlite:../summitbot.db" // beside the example
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the example says %+v, the defaults are %+v", got, want)
	}
	data, err := os.ReadFile(examplePath)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range configKeys() {
		if !regexp.MustCompile(`(?m)^# .*\n` + key + `:`).Match(data) {
			t.Errorf("the example does not document %s", key)
		}
	}
}

func TestParseConfig(t *testing.T) {
	tests := []struct{ name, text, wrong string }{
		{"empty", "", ""},
		{"comments", "# nothing\n", ""},
		{"all", "facts: [a.yaml, b.jsonl]\nlanguage: ja\n", ""},
		{"unknown key", "fact: []\n", "unknown"},
		{"a key twice", "language: en\nlanguage: ko\n", "already defined"},
		{"unknown language", "language: fr\n", "none of en, ko, ja"},
		{"a text for a list", "facts: 3\n", "sequence is expected"},
		{"broken", "facts: [", "not found"},
		{"a database", "state: postgres://bot@db/bot\n", ""},
		{"an unknown database", "state: mysql://bot:secret@db/bot\n", "state: a database is sqlite:FILE or postgres://USER@HOST/NAME, not mysql:"},
		{"a file for a database", "state: bot.db\n", "no scheme"},
		{"not a map", "- a\n", "mapping"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseConfig([]byte(tt.text))
			switch {
			case tt.wrong == "" && err != nil:
				t.Errorf("got %v", err)
			case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
				t.Errorf("got %v, want an error with %q", err, tt.wrong)
			}
		})
	}
}

// FuzzConfig holds for any file: settings or an error that can be shown.
func FuzzConfig(f *testing.F) {
	f.Add("facts: [a.yaml]\nlanguage: ko\n")
	f.Add("facts: &a [*a]\n")
	f.Add("langauge: x")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := parseConfig([]byte(text)); err != nil && configFault("c.yaml", err).Error() == "" {
			t.Error("an error without words")
		}
	})
}
