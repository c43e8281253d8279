package facts

import "testing"

func TestFoldPhrase(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Who came?", "who came"},
		{"  WHO,  came…", "who came"},
		{"Ｗｈｏ　ｃａｍｅ？", "who came"},
		{"Lee Jae-myung's 15%", "lee jaemyungs 15%"},
		{"누가 왔나요?", "누가 왔나요"},
		{"誰が来た？", "誰が来た"},
		{"ﾄﾗﾝﾌﾟ", "トランプ"},
		{"?!", ""},
	}
	for _, tt := range tests {
		if got := string(foldPhrase(nil, tt.in)); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestSuggestion(t *testing.T) {
	known := []string{"topics", "sources", "asks", "ap-2025-09-30", "when"}
	tests := []struct{ in, want string }{
		{"topcs", "topics"},
		{"tpoics", "topics"},
		{"Topics", "topics"},
		{"source", "sources"},
		{"aks", "asks"},
		{"ap-2025-9-30", "ap-2025-09-30"},
		{"colour", ""},
		{"x", ""},
		{"", ""},
	}
	for _, tt := range tests {
		want := tt.want
		if want != "" {
			want = "; did you mean `" + want + "`?"
		}
		if got := suggestion(tt.in, known); got != want {
			t.Errorf("%q: got %q, want %q", tt.in, got, want)
		}
	}
}

func TestWhenFault(t *testing.T) {
	good := []string{"2025-09-30", "2025-08", "1965", "2025-08/2025-09-30", "2024-02-29", "2025/2026-01", "2025-09-30/2025-10"}
	for _, s := range good {
		if fault := whenFault(s); fault != "" {
			t.Errorf("%s: %s", s, fault)
		}
	}
	bad := []string{"", "/", "2025-02-29", "2025-13", "25", "2025-08/", "/2025", "2025-09/2025-08", "2025/2025", "2025-09-30T00", "２０２５", "0000", "-001"}
	for _, s := range bad {
		if whenFault(s) == "" {
			t.Errorf("%q was accepted", s)
		}
	}
}
