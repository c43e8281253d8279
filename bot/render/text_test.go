package render

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"summitbot/facts"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; `go test ./bot/render -update` writes it", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; `go test ./bot/render -update` writes it anew\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}

func TestReply(t *testing.T) {
	for _, s := range Samples() {
		if s.Discord {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			got := Text{Width: 60}.Reply(s.Reply)
			golden(t, s.Name, got)
			checkLines(t, got, 60)
		})
	}
}

// checkLines holds every line but addresses to the width.
func checkLines(t *testing.T, text string, width int) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if uniseg.StringWidth(line) > width && !strings.Contains(line, "://") {
			t.Errorf("%q is wider than %d columns", line, width)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("%q ends in a space", line)
		}
	}
}

// TestGoldenFilesAreUsed finds golden files of samples that are gone.
func TestGoldenFilesAreUsed(t *testing.T) {
	names := map[string]bool{"colour": true, "explanation": true}
	for _, s := range Samples() {
		names[filepath.Join("discord", s.Name)] = true
		names[s.Name] = !s.Discord
	}
	for _, folder := range []string{"", "discord"} {
		files, err := filepath.Glob(filepath.Join("testdata", folder, "*.golden"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if name := filepath.Join(folder, strings.TrimSuffix(filepath.Base(f), ".golden")); !names[name] {
				t.Errorf("%s belongs to no sample", f)
			}
		}
	}
}

func TestColour(t *testing.T) {
	var all strings.Builder
	for _, s := range Samples() {
		if strings.HasSuffix(s.Name, ".en") && strings.HasPrefix(s.Name, "answer") {
			all.WriteString(Text{Width: 60, Colour: true}.Reply(s.Reply))
		}
	}
	golden(t, "colour", all.String())
	if plain := (Text{Width: 60}).Reply(Samples()[0].Reply); strings.Contains(plain, "\x1b") {
		t.Errorf("colour without Colour: %q", plain)
	}
}

func TestExplanation(t *testing.T) {
	base := sampleBase()
	d := facts.Decision{
		Outcome:    facts.Decline,
		Confidence: .4375,
		Gap:        &facts.Ref{Base: base, Gap: &base.Gaps[0]},
		Candidates: []facts.Candidate{{Ref: facts.Ref{Base: base, Gap: &base.Gaps[0]}, Score: 12.345}, {Ref: facts.Ref{Base: base, Fact: &base.Facts[0]}, Score: -1}},
		Why:        &facts.Explanation{Asks: "how many", Features: map[string]float64{"coverage": .5, "margin": 11.1}, Doubts: []string{"a word nobody knows", "a number"}},
	}
	golden(t, "explanation", Text{Width: 60}.Explanation(d))
}

func TestWrap(t *testing.T) {
	tests := []struct {
		name, lang, text string
		width            int
		want             []string
	}{
		{"fits", "en", "one two", 7, []string{"one two"}},
		{"at a space", "en", "one two three", 8, []string{"one two", "three"}},
		{"the space at the end takes no room", "en", "one two three", 7, []string{"one two", "three"}},
		{"a long word", "en", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"lines stay", "en", "a\nb\n", 10, []string{"a", "b"}},
		{"no width", "en", "one two three", 0, []string{"one two three"}},
		{"wide characters take two columns", "ja", "日本語の文", 6, []string{"日本語", "の文"}},    // 3 × 2 = 6
		{"no line starts with a full stop", "ja", "日本語。文", 6, []string{"日本", "語。文"}},     // 語 goes along
		{"no line ends in an opening bracket", "ja", "日本（語）", 6, []string{"日本", "（語）"}},  // （ goes along
		{"Korean breaks at spaces", "ko", "정상 회담입니다", 8, []string{"정상", "회담입니", "다"}},    // 4 × 2 = 8
		{"a family is one character", "en", "👩‍👩‍👧👩‍👩‍👧", 2, []string{"👩‍👩‍👧", "👩‍👩‍👧"}}, // joined emoji
		{"nothing", "en", "", 5, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := wrap(tt.text, tt.lang, tt.width)
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPrintable(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "a\tb\nc", "a b\nc"},
		{"colour codes", "\x1b[31mred\x1b[0m", "[31mred[0m"},
		{"bell, backspace, return", "a\a\b\rb", "ab"},
		{"C1 control", "a\u009bb", "ab"},
		{"direction of writing", "a\u202eb\u2066c\u200f", "abc"},
		{"invalid UTF-8", "a\xffb", "a\ufffdb"},
		{"zero-width joiner stays", "👩\u200d👧", "👩\u200d👧"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Printable(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := OneLine(" a\n b "); got != "a b" {
		t.Errorf("OneLine: %q", got)
	}
}
