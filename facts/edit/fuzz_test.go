package edit

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"summitbot/facts"
)

// inMemory returns the files of one base that stands in a single text, or nil
// when it cannot be read.
func inMemory(name, text string) *Files {
	f := &Files{paths: []string{name}, files: []*file{{path: name, was: text, now: text}}}
	main := f.files[0]
	if main.isJSONL() {
		if f.readHeader(main) != nil {
			return nil
		}
		return f
	}
	if main.parse() != nil {
		return nil
	}
	f.bases = []*base{newBase(main, main.root)}
	return f
}

// FuzzEdit edits any text. Whatever it is, nothing crashes; an edit that fails
// changes nothing; and one of a sound base gives a sound base in which only
// what was to be changed is changed.
func FuzzEdit(f *testing.F) {
	for _, text := range []string{nasty[1], header + "facts: [{id: one, title: a, answer: b, sources: [{ref: ap}]}]", header + "facts:\n- id: one\n  title: |+\n   a\n\n  answer: &x >2\n    b\n  sources:\n  - {ref: ap}\n"} {
		text = strings.Replace(text, "parts: # here\n- tram.en.yaml\n- \"tram.en2.yaml\"   # two of one language\n- tram.ko.yaml\n", "", 1)
		for op := range byte(4) {
			f.Add(text, "New: # 'text' \"q\"", op, false)
			f.Add(strings.ReplaceAll(text, "\n", "\r\n"), "새 글", op, false)
		}
	}
	for op := range byte(4) {
		f.Add(lines[1], "New: # 'text' \"q\"", op, true)
	}
	f.Fuzz(func(t *testing.T, text, value string, op byte, jsonl bool) {
		name := "a.yaml"
		if jsonl {
			name = "a.jsonl"
		}
		files := inMemory(name, text)
		if files == nil {
			return
		}
		fuzzEdit(t, files, clean("w "+value), op%4)
	})
}

// clean makes a text that a fact may have.
func clean(text string) string {
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == unicode.ReplacementChar {
			return -1
		}
		return c
	}, text)
	return strings.TrimSpace(string([]rune(text)[:min(60, len([]rune(text)))]))
}

func fuzzEdit(t *testing.T, files *Files, value string, op byte) {
	text, id := files.files[0].now, "one"
	before, problems := files.Load()
	sound := problems.Err() == nil
	var fact facts.Fact
	if sound && len(before[0].Facts) > 0 {
		fact = before[0].Facts[len(value)%len(before[0].Facts)]
		id = fact.ID
	}
	ref := files.bases[0].ref
	fs := Fields{Title: facts.Text{{Lang: ref, Text: value}}, Answer: facts.Text{{Lang: ref, Text: value + "\n\n" + value}}, When: ptr("1965"), About: []string{}}
	var want map[string]any
	if sound {
		want = views(before[0])
	}
	var err error
	base := files.bases[0].id
	switch op {
	case 0:
		err = files.Set(base, id, fs)
		if sound {
			want[id] = view(expected(fact, fs, before[0].Languages))
		}
	case 1:
		if !sound || len(before[0].Facts) == 0 {
			return
		}
		fs = All(&fact)
		fs.Asks = map[string][]string{ref: {"zzz" + value}}
		err = files.Add(base, "zz-new", fs)
		added := fact
		added.ID, added.Asks = "zz-new", []facts.Phrase{{Lang: ref, Text: "zzz" + value}}
		want["zz-new"], want["#zz-new"] = view(added), len(before[0].Facts)
	case 2:
		err = files.AddAsk(base, id, ref, "zzz"+value)
		if sound {
			fact.Asks = append(fact.Asks[:len(fact.Asks):len(fact.Asks)], facts.Phrase{Lang: ref, Text: "zzz" + value})
			want[id] = view(fact)
		}
	case 3:
		err = files.Remove(base, id)
		sound = false // others may refer to it
	}
	if err != nil {
		if files.files[0].now != text {
			t.Errorf("changed in spite of %v", err)
		}
		return
	}
	if !sound {
		return
	}
	after, problems := files.Load()
	if problems.Err() != nil {
		t.Fatalf("%v\n%s", problems.Err(), files.Diff())
	}
	for key, v := range views(after[0]) {
		if !reflect.DeepEqual(v, want[key]) {
			t.Errorf("%s is\n%v, not\n%v\n%s", key, v, want[key], files.Diff())
		}
	}
}
