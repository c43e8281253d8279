package facts

import (
	"fmt"
	"strings"
	"testing"
)

// TestTextTable enters texts, some of them twice, with room for all of them
// and for none.
func TestTextTable(t *testing.T) {
	var texts []string
	for i := range 2000 {
		texts = append(texts, fmt.Sprintf("text-%d", i*i%1500), strings.Repeat("회", i%7))
	}
	for _, room := range []int{0, 1, len(texts)} {
		table := newTextTable(room, 8*room)
		want := map[string]uint32{}
		for _, text := range texts {
			id, isNew := table.add(text)
			before, known := want[text]
			switch {
			case known == isNew:
				t.Fatalf("room for %d: %q: new %t, known %t", room, text, isNew, known)
			case known && id != before, !known && int(id) != len(want):
				t.Fatalf("room for %d: %q has the number %d", room, text, id)
			}
			want[text] = id
		}
		for _, trimmed := range []bool{false, true} {
			if trimmed {
				table.trim()
			}
			if table.len() != len(want) {
				t.Fatalf("%d texts, want %d", table.len(), len(want))
			}
			for text, id := range want {
				if got, ok := table.id(text); !ok || got != id || table.text(id) != text {
					t.Errorf("trimmed %t: %q: got %d, %t, text %q", trimmed, text, got, ok, table.text(id))
				}
			}
			if id, ok := table.id("text-"); ok {
				t.Errorf("trimmed %t: a text that is not there has the number %d", trimmed, id)
			}
		}
	}
}

// TestTextTableKeepsTexts: a text handed out stays what it was.
func TestTextTableKeepsTexts(t *testing.T) {
	table := newTextTable(0, 0)
	table.add("first")
	first := table.text(0)
	for i := range 1000 {
		table.add(fmt.Sprint(i))
	}
	table.trim()
	if first != "first" {
		t.Errorf("got %q", first)
	}
}

func TestTextTableAllocates(t *testing.T) {
	table := newTextTable(0, 0)
	table.add("summit")
	word := []byte("summit")
	if n := testing.AllocsPerRun(100, func() {
		id, _ := table.id(string(word))
		_ = table.text(id)
	}); n != 0 {
		t.Errorf("a look-up allocates %v times", n)
	}
}

func TestTextTableSame(t *testing.T) {
	of := func(texts ...string) *textTable {
		table := newTextTable(0, 0)
		for _, text := range texts {
			table.add(text)
		}
		return table
	}
	tests := []struct {
		name string
		a, b *textTable
		want bool
	}{
		{"empty", of(), of(), true},
		{"the same", of("a", "bc"), of("a", "bc"), true},
		{"another order", of("a", "b"), of("b", "a"), false},
		{"other ends", of("a", "bc"), of("ab", "c"), false},
		{"one more", of("a"), of("a", ""), false},
	}
	for _, tt := range tests {
		if got := tt.a.sameAs(tt.b); got != tt.want {
			t.Errorf("%s: got %t", tt.name, got)
		}
	}
	if got := of("a", "", "bc").all(); got != "a\n\nbc\n" {
		t.Errorf("all: got %q", got)
	}
}

func TestTrimmed(t *testing.T) {
	list := make([]int, 3, 100)
	list[2] = 7
	if got := trimmed(list); len(got) != 3 || cap(got) > 4 || got[2] != 7 {
		t.Errorf("got %v with room for %d", got, cap(got))
	}
	if exact := []int{1, 2}; &trimmed(exact)[0] != &exact[0] {
		t.Error("a list without room was copied")
	}
}
