package commands

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"summitbot/facts"
)

// keys are all sentences that the code can ask for: the constants, and those
// that are named by what they are about.
func keys(t *testing.T) []Sentence {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "sentences.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []Sentence
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, v := range spec.Values {
			text, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, Sentence(text))
		}
		return true
	})
	for _, talk := range []facts.Talk{facts.Hello, facts.Thanks, facts.Help, facts.WhoAmI, facts.Bye, facts.Chat} {
		list = append(list, talkReply(talk))
	}
	for _, status := range facts.Statuses {
		list = append(list, statusName(status))
	}
	for _, lang := range Languages {
		list = append(list, languageName(lang))
	}
	for _, kind := range facts.NameKinds {
		list = append(list, kindName(kind))
	}
	for _, kind := range []string{KindAdd, KindEdit, KindRetire, KindRestore, KindRemove, KindUndo} {
		list = append(list, kindOfChange(kind))
	}
	for _, c := range append(All(), callable()...) {
		list = append(list, c.names(), c.describes())
		for _, o := range c.Options {
			list = append(list, c.optionNames(o), c.optionDescribes(o))
		}
	}
	return list
}

// TestCatalogue fails when a sentence is missing in a language, and when one
// stands there that nobody says.
func TestCatalogue(t *testing.T) {
	wanted := map[Sentence]bool{}
	for _, key := range keys(t) {
		wanted[key] = true
		for _, lang := range Languages {
			if sentences[lang][key] == "" {
				t.Errorf("%s: %s is missing", lang, key)
			}
		}
	}
	if len(wanted) < 100 {
		t.Errorf("only %d sentences were looked for", len(wanted))
	}
	for lang, texts := range sentences {
		for key := range texts {
			if !wanted[key] {
				t.Errorf("%s: nobody says %s", lang, key)
			}
		}
	}
}

var argument = regexp.MustCompile(`%(\[\d\])?[a-z%]`)

// TestArguments holds the languages to the same arguments, all numbered.
func TestArguments(t *testing.T) {
	for key, english := range sentences["en"] {
		want := map[string]bool{}
		for _, a := range argument.FindAllString(english, -1) {
			want[a] = true
		}
		for _, lang := range Languages {
			got := map[string]bool{}
			for _, a := range argument.FindAllString(sentences[lang][key], -1) {
				got[a] = true
				if !want[a] || !strings.HasPrefix(a, "%[") {
					t.Errorf("%s: %s has %s", lang, key, a)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s: %s has %v, English has %v", lang, key, got, want)
			}
		}
	}
}

// TestSentencesAreUsed finds a sentence whose constant nothing refers to.
func TestSentencesAreUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, name := range files {
		if texts := name == "english.go" || name == "korean.go" || name == "japanese.go"; texts || name == "sentences.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				used[id.Name] = true
			}
			return true
		})
	}
	for _, name := range constants(t) {
		if !used[name] && !ast.IsExported(name) { // what is exported is said elsewhere
			t.Errorf("nothing says %s", name)
		}
	}
}

// constants are the names of the sentences that have one.
func constants(t *testing.T) (names []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "sentences.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			names = append(names, spec.Names[0].Name)
		}
		return true
	})
	return names
}

func TestSay(t *testing.T) {
	tests := []struct {
		lang string
		key  Sentence
		args []any
		want string
	}{
		{"en", choices, nil, "Did you mean one of these?"},
		{"ko", span, []any{"1965년", "2025년"}, "1965년부터 2025년까지"},
		{"ja", span, []any{"1965年", "2025年"}, "1965年から2025年まで"},
		{"fr", span, []any{"a", "b"}, "a to b"},
		{"", declined, nil, "The fact base does not hold an answer to that."},
		{"ko-KR", asOf, []any{"9월"}, "9월 기준"},
		{"en", gapTitle, []any{"100% %s"}, "Not stated in the sources: 100% %s."},
	}
	for _, tt := range tests {
		if got := Say(tt.lang, tt.key, tt.args...); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.lang, tt.key, got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct{ when, en, ko, ja string }{
		{"", "", "", ""},
		{"2025-09-30", "When: 30 September 2025", "시기: 2025년 9월 30일", "時期：2025年9月30日"},
		{"2025-08", "When: August 2025", "시기: 2025년 8월", "時期：2025年8月"},
		{"1965", "When: 1965", "시기: 1965년", "時期：1965年"},
		{"1965/2025-08", "When: 1965 to August 2025", "시기: 1965년부터 2025년 8월까지", "時期：1965年から2025年8月まで"},
		{"soon", "When: soon", "시기: soon", "時期：soon"},
	}
	for _, tt := range tests {
		for lang, want := range map[string]string{"en": tt.en, "ko": tt.ko, "ja": tt.ja} {
			if got := voiceIn(lang).when(tt.when); got != want {
				t.Errorf("%s in %s: got %q, want %q", tt.when, lang, got, want)
			}
		}
	}
}
