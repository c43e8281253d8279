package commands

import (
	"reflect"
	"strings"
	"testing"

	"summitbot/facts"
)

// TestCatalogue fails when a sentence is missing in a language.
func TestCatalogue(t *testing.T) {
	talks := []facts.Talk{facts.Hello, facts.Thanks, facts.Help, facts.WhoAmI, facts.Bye, facts.Chat}
	for _, lang := range Languages {
		w := reflect.ValueOf(*wordsIn(lang))
		for f, value := range w.Fields() {
			if value.IsZero() {
				t.Errorf("%s: %s is missing", lang, f.Name)
			}
		}
		missing(t, lang, "Talk", wordsIn(lang).Talk, talks)
		missing(t, lang, "Status", wordsIn(lang).Status, facts.Statuses)
		missing(t, lang, "LanguageName", wordsIn(lang).LanguageName, Languages)
	}
}

func missing[K ~string](t *testing.T, lang, field string, have map[K]string, want []K) {
	t.Helper()
	for _, key := range want {
		if have[key] == "" {
			t.Errorf("%s: %s[%q] is missing", lang, field, string(key))
		}
	}
}

// TestSentencesUseWhatTheyAreGiven finds a sentence that drops an argument.
func TestSentencesUseWhatTheyAreGiven(t *testing.T) {
	for _, lang := range Languages {
		w := wordsIn(lang)
		for name, got := range map[string]string{
			"About":      w.About([]string{"{1}", "{2}"}),
			"GapTitle":   w.GapTitle("{1}{2}"),
			"Says":       w.Says("{1}{2}"),
			"Version":    w.Version("{1}", "{2}"),
			"AsOf":       w.AsOf("{1}{2}"),
			"When":       w.When("{1}{2}"),
			"Span":       w.Span("{1}", "{2}"),
			"SourceLine": w.SourceLine("{1}", "{2}", 7),
			"no page":    w.SourceLine("{1}", "{2}", 0),
			"ReplacedBy": w.ReplacedBy("{1}{2}"),
			"OnlyIn":     w.OnlyIn("{1}{2}"),
		} {
			if !strings.Contains(got, "{1}") || !strings.Contains(got, "{2}") || name == "SourceLine" && !strings.Contains(got, "7") {
				t.Errorf("%s: %s says %q", lang, name, got)
			}
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
			if got := wordsIn(lang).when(tt.when); got != want {
				t.Errorf("%s in %s: got %q, want %q", tt.when, lang, got, want)
			}
		}
	}
}
