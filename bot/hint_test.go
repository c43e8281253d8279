package main

import "testing"

func TestClosest(t *testing.T) {
	known := []string{"ask", "check", "facts", "language", "jsonl"}
	tests := []struct{ word, want string }{
		{"ask", "ask"},
		{"aks", "ask"},           // k and s swapped: 2 edits
		{"chek", "check"},        // 1
		{"langauge", "language"}, // 2
		{"JSNL", "jsonl"},        // case does not count: 1
		{"serve", ""},            // nothing near
		{"xyz", ""},              // every letter would change
		{"a", ""},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			if got := closest(tt.word, known); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEdits(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"부산", "부신", 1},
	}
	for _, tt := range tests {
		if got := edits(tt.a, tt.b); got != tt.want {
			t.Errorf("edits(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
