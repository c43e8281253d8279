package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// shore is a base in a file, with a comment and phrasings in two languages.
const shore = `base: shore
title: { en: "The shore", ko: "해안" }
languages: [en, ko]
sources:
  gazette: { title: "The shore", publisher: "Gazette", published: "2025-05-01", url: "https://example.org/a", language: en }
names:
  east: { kind: place, label: { en: "East", ko: "동쪽" } }
facts:
  # Looked up twice.
  - id: length
    title: { en: "The length", ko: "길이" }
    answer: { en: "The shore is nine miles long.", ko: "해안의 길이는 9마일입니다." }
    asks: { en: ["How long is the shore?"], ko: ["해안은 얼마나 깁니까?"] }
    sources:
      - { ref: gazette, paragraph: 4, quote: "nine miles", says: { en: "the mayor", ko: "시장" } }
    status: reported
gaps:
  - id: fee
    title: { en: "The fee", ko: "요금" }
    asks: { en: ["What is the fee?"], ko: ["요금은 얼마입니까?"] }
`

// A folder is a Library of one file. Publishing serves what was written.
type folder struct {
	path     string
	snapshot *facts.Snapshot
	readOnly bool
}

func (f *folder) Status() LibraryStatus { return LibraryStatus{Paths: []string{f.path}, Loaded: noon} }

func (f *folder) Files(context.Context) (*edit.Files, error) {
	if f.readOnly {
		return nil, ErrReadOnly
	}
	return edit.Read(f.path)
}

func (f *folder) Publish(_ context.Context, files *edit.Files) error {
	if err := files.Write(); err != nil {
		return err
	}
	return f.load()
}

func (f *folder) load() error {
	bases, problems := facts.LoadFiles(f.path)
	if err := problems.Err(); err != nil {
		return err
	}
	f.snapshot = facts.NewSnapshot(bases...)
	return nil
}

func (f *folder) text(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(f.path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (f *folder) save(t *testing.T, text string) {
	t.Helper()
	if err := os.WriteFile(f.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.load(); err != nil {
		t.Fatal(err)
	}
}

// onShore is an Env over the shore, whose file can be changed.
func onShore(t *testing.T) (*Env, *store, *folder) {
	t.Helper()
	f := &folder{path: filepath.Join(t.TempDir(), "shore.yaml")}
	f.save(t, shore)
	s := &store{}
	env := s.env(nil)
	env.Facts, env.Library = func() *facts.Snapshot { return f.snapshot }, f
	return env, s, f
}

// curating is a call of the curator.
func curating(lang string, options map[string]string) Call {
	return Call{Lang: lang, User: curator, Options: options}
}

// filled submits a form with some texts changed.
func filled(t *testing.T, env *Env, form *Form, lang string, changed map[string]string) Reply {
	t.Helper()
	if form == nil {
		t.Fatal("no form opened")
	}
	call := Call{Lang: lang, User: curator, Fields: map[string]string{}}
	for _, in := range form.Inputs {
		call.Fields[in.Name] = in.Text
	}
	for name, text := range changed {
		call.Fields[name] = text
	}
	return pressed(t, env, call, form.Does.ID(), call.Fields[TextInput])
}

// buttonOf is the id of the first button of a reply with a verb.
func buttonOf(t *testing.T, r Reply, verb string) string {
	t.Helper()
	for _, id := range ids(r) {
		if strings.HasPrefix(id, "1/"+verb+"/") {
			return id
		}
	}
	t.Fatalf("no button does %s: %q\n%+v", verb, ids(r), r)
	return ""
}

// publish presses Publish and expects that it was.
func publish(t *testing.T, env *Env, preview Reply) Reply {
	t.Helper()
	r := pressed(t, env, curating("en", nil), buttonOf(t, preview, "publish"), "")
	if r.Headline != Say("en", nowLive) || r.Err != nil || !r.Replaces {
		t.Fatalf("not published: %+v", r)
	}
	return r
}

func TestEditKeepsWhatWasNotTouched(t *testing.T) {
	env, kept, f := onShore(t)
	form := called(t, env, "facts edit", curating("en-US", map[string]string{"fact": "=shore/length"})).Form
	preview := filled(t, env, form, "en-US", map[string]string{"answer": "The shore is ten miles long."})
	if preview.Headline != Say("en", previewGood) || !preview.Private || preview.Replaces || preview.Facts[0].Text != "The shore is ten miles long." || preview.Facts[0].Sources[0].Says == "" {
		t.Fatalf("got %+v", preview)
	}
	if f.text(t) != shore {
		t.Error("a preview has written")
	}
	publish(t, env, preview)
	want := strings.Replace(shore, "nine miles long", "ten miles long", 1)
	got := strings.Replace(f.text(t), "    updated: \"2025-10-01\"\n", "", 1)
	got = strings.Replace(got, "    updated: 2025-10-01\n", "", 1)
	if got != want {
		t.Errorf("got\n%s", f.text(t))
	}
	c := kept.changes[0]
	if c.User != curator || c.Kind != KindEdit || c.Fact != "shore/length" || c.At != noon || c.Before.Answer.Only("en") != "The shore is nine miles long." || c.After.Answer.Only("en") != "The shore is ten miles long." {
		t.Errorf("recorded %+v", c)
	}
	if len(kept.drafts) > 0 {
		t.Error("the draft is still there")
	}
}

// TestAddInLanguages adds a fact from a Korean form, then its English.
func TestAddInLanguages(t *testing.T) {
	env, _, f := onShore(t)
	form := called(t, env, "facts add", curating("ko", nil)).Form
	preview := filled(t, env, form, "ko", map[string]string{"title": "등대", "answer": "등대는 하나입니다.", "asks": "등대는 몇 개입니까?\n\n 등대 수 ", "sources": "gazette，第7段落，「하나」", "details": "id: lights\nstatus：confirmed\nabout: east"})
	if preview.Headline == Say("ko", previewGood) {
		form = pressed(t, env, curating("ko", nil), "1/back/"+draftID(t, preview)+"/en", "").Form
	} else { // the first language has to be there
		form = pressed(t, env, curating("ko", nil), "1/back/"+draftID(t, preview)+"/en", "").Form
	}
	preview = filled(t, env, form, "ko", map[string]string{"title": "The lights", "answer": "There is one light.", "asks": "How many lights are there?"})
	publish(t, env, preview)
	ref, ok := env.snapshot().Lookup("shore/lights")
	if !ok {
		t.Fatalf("it is not there:\n%s", f.text(t))
	}
	got := ref.Fact
	if got.Title.Only("ko") != "등대" || got.Answer.Only("en") != "There is one light." || got.Status != facts.Confirmed || got.Sources[0].Paragraph != 7 || got.Sources[0].Quote != "하나" || got.About[0] != "east" || got.Updated != "2025-10-01" {
		t.Errorf("got %+v", got)
	}
	same(t, "phrasings", facts.PhrasesIn(got.Asks, "ko"), []string{"등대는 몇 개입니까?", "등대 수"})
}

// draftID is the id of the draft that a preview is of.
func draftID(t *testing.T, preview Reply) string {
	t.Helper()
	return strings.Split(buttonOf(t, preview, "cancel"), "/")[2]
}

// TestFactChangedMeanwhile makes a change again on what somebody else has
// written, and says so before it is published.
func TestFactChangedMeanwhile(t *testing.T) {
	env, _, f := onShore(t)
	form := called(t, env, "facts edit", curating("en", map[string]string{"fact": "shore/length"})).Form
	f.save(t, strings.Replace(shore, "nine miles long", "eight miles long", 1))
	preview := filled(t, env, form, "en", map[string]string{"title": "How long"})
	if !strings.Contains(preview.Body, Say("en", changedMeanwhile)) || preview.Facts[0].Text != "The shore is eight miles long." || preview.Facts[0].Title != "How long" {
		t.Fatalf("got %+v", preview)
	}
	f.save(t, strings.Replace(shore, "nine miles long", "seven miles long", 1))
	again := pressed(t, env, curating("en", nil), buttonOf(t, preview, "publish"), "")
	if !strings.Contains(again.Body, Say("en", filesChanged)) || again.Facts[0].Text != "The shore is seven miles long." || strings.Contains(f.text(t), "How long\"") {
		t.Fatalf("got %+v\n%s", again, f.text(t))
	}
	publish(t, env, again)
	if text := f.text(t); !strings.Contains(text, "seven miles") || !strings.Contains(text, `"How long"`) {
		t.Errorf("got\n%s", text)
	}
}

// TestBadChanges says what is wrong, in the curator's language, and offers no
// Publish.
func TestBadChanges(t *testing.T) {
	tests := []struct {
		name, input, text, want string
	}{
		{"unknown source", "sources", "tribune, 3", "tribune"},
		{"no source", "sources", "gazette 3 four", "gazette 3 four"},
		{"unknown detail", "details", "colour: red", "colour"},
		{"bad status", "details", "status: sure", "sure"},
		{"bad date", "details", "when: someday", "someday"},
		{"unknown name", "details", "about: north", "north"},
		{"long quote", "sources", "gazette, 4, one two three four five six seven eight nine ten eleven twelve thirteen", "shore.yaml:15:46: the quote has 13 words"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env, _, f := onShore(t)
			form := called(t, env, "facts edit", curating("en", map[string]string{"fact": "=shore/length"})).Form
			r := filled(t, env, form, "en", map[string]string{tt.input: tt.text})
			if r.Headline != Say("en", previewFaults) || !strings.Contains(r.Body, tt.want) || strings.Contains(fmt.Sprint(ids(r)), "publish") {
				t.Errorf("got %+v", r)
			}
			back := pressed(t, env, curating("en", nil), buttonOf(t, r, "back"), "").Form
			if r.Replaces || !filled(t, env, back, "en", nil).Replaces {
				t.Error("a preview takes the place of another preview, and of nothing else")
			}
			for _, in := range back.Inputs {
				if in.Name == tt.input && in.Text != tt.text {
					t.Errorf("the form holds %q", in.Text)
				}
			}
			if f.text(t) != shore {
				t.Error("the file has changed")
			}
		})
	}
}

// TestManyPhrasings takes further ones where those that stand have no room.
func TestManyPhrasings(t *testing.T) {
	env, _, f := onShore(t)
	many := ""
	for i := range 200 {
		many += fmt.Sprintf(", \"how long is the shore in the eyes of person number %d\"", i)
	}
	f.save(t, strings.Replace(shore, `["How long is the shore?"`, `["How long is the shore?"`+many, 1))
	form := called(t, env, "facts edit", curating("en", map[string]string{"fact": "=shore/length"})).Form
	if in := form.Inputs[2]; in.Text != "" || !strings.Contains(in.Hint, "201") {
		t.Fatalf("got %+v", in)
	}
	preview := filled(t, env, form, "en", map[string]string{"asks": "span of the shore"})
	if !strings.Contains(preview.Body, "span of the shore") {
		t.Errorf("got %+v", preview)
	}
	publish(t, env, preview)
	ref, _ := env.snapshot().Lookup("shore/length")
	if n := len(facts.PhrasesIn(ref.Fact.Asks, "en")); n != 202 {
		t.Errorf("%d phrasings", n)
	}
}

func TestParseSources(t *testing.T) {
	base := marketBase()
	before := &facts.Fact{Sources: []facts.Citation{{Ref: "gazette", Paragraph: 3, Says: en("the mayor")}}}
	tests := []struct {
		text string
		want []facts.Citation
	}{
		{"gazette", []facts.Citation{{Ref: "gazette"}}},
		{" gazette , 3 ", []facts.Citation{{Ref: "gazette", Paragraph: 3, Says: en("the mayor")}}},
		{"gazette, 4, so it is, or not", []facts.Citation{{Ref: "gazette", Paragraph: 4, Quote: "so it is, or not"}}},
		{"gazette、第4段落、「so it is」\n\nnotice", []facts.Citation{{Ref: "gazette", Paragraph: 4, Quote: "so it is"}, {Ref: "notice"}}},
		{"gazette, ¶12, “so it is”", []facts.Citation{{Ref: "gazette", Paragraph: 12, Quote: "so it is"}}},
		{"", []facts.Citation{}},
	}
	for _, tt := range tests {
		got, err := parseSources(base, before, tt.text)
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q: got %+v, %v", tt.text, got, err)
		}
		again, err := parseSources(base, before, spellSources(got))
		if err != nil || !reflect.DeepEqual(again, tt.want) {
			t.Errorf("%q: spelt and read again %+v, %v", tt.text, again, err)
		}
	}
}

// TestTwoSides keeps what each side says of a disputed fact with that side,
// though both stand in one paragraph.
func TestTwoSides(t *testing.T) {
	east := facts.Citation{Ref: "gazette", Paragraph: 3, Quote: "two shells", Says: en("East"), Version: en("Two.")}
	west := facts.Citation{Ref: "gazette", Paragraph: 3, Quote: "three shells", Says: en("West"), Version: en("Three.")}
	before := &facts.Fact{Sources: []facts.Citation{east, west}}
	mended := west
	mended.Quote = "three white shells"
	for text, want := range map[string][]facts.Citation{
		"gazette, 3, two shells\ngazette, 3, three shells":       {east, west},
		"gazette, 3, three shells\ngazette, 3, two shells":       {west, east},
		"gazette, 3, three white shells\ngazette, 3, two shells": {mended, east},
		"gazette, 3, two shells\nnotice\ngazette, 3, two shells": {east, {Ref: "notice"}, {Ref: "gazette", Paragraph: 3, Quote: "two shells"}},
	} {
		if got, err := parseSources(marketBase(), before, text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %+v, %v", text, got, err)
		}
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{"The lighthouse": "the-lighthouse", "  Who's there? ": "who-s-there", "등대": "", strings.Repeat("long ", 20): "long-long-long-long-long-long-long-long"} {
		if got := slug(title); got != want {
			t.Errorf("%q: got %q", title, got)
		}
	}
}

// TestUndoOfUndo goes back and forth, and refuses what somebody has changed
// since.
func TestUndoOfUndo(t *testing.T) {
	env, kept, f := onShore(t)
	for _, answer := range []string{"It is ten miles long.", "It is eleven miles long."} {
		form := called(t, env, "facts edit", curating("en", map[string]string{"fact": "=shore/length"})).Form
		publish(t, env, filled(t, env, form, "en", map[string]string{"answer": answer}))
	}
	if r := called(t, env, "facts undo", curating("en", map[string]string{"change": "#1"})); r.Headline != Say("en", changedSince) {
		t.Errorf("got %+v", r)
	}
	publish(t, env, called(t, env, "facts undo", curating("en", nil)))
	if !strings.Contains(f.text(t), "ten miles") || kept.changes[2].Undoes != 2 || kept.changes[2].Kind != KindUndo {
		t.Errorf("got %+v\n%s", kept.changes[2], f.text(t))
	}
	publish(t, env, called(t, env, "facts undo", curating("en", map[string]string{"change": "3"})))
	if !strings.Contains(f.text(t), "eleven miles") {
		t.Errorf("got\n%s", f.text(t))
	}
	for _, change := range []string{"99", "x"} {
		if r := called(t, env, "facts undo", curating("en", map[string]string{"change": change})); r.Headline != Say("en", noSuchChange) {
			t.Errorf("got %+v", r)
		}
	}
}

func TestRetireAndRestore(t *testing.T) {
	env, _, f := onShore(t)
	pick := map[string]string{"fact": "=shore/length"}
	publish(t, env, called(t, env, "facts retire", curating("en", pick)))
	ref, _ := env.snapshot().Lookup("shore/length")
	if ref.Fact.Status != facts.Retracted {
		t.Errorf("got\n%s", f.text(t))
	}
	if r := called(t, env, "facts retire", curating("en", pick)); r.Headline != Say("en", alreadyRetired) {
		t.Errorf("got %+v", r)
	}
	publish(t, env, called(t, env, "facts restore", curating("en", pick)))
	if ref, _ := env.snapshot().Lookup("shore/length"); ref.Fact.Status != facts.Reported {
		t.Errorf("got\n%s", f.text(t))
	}
	if r := called(t, env, "facts restore", curating("en", pick)); r.Headline != Say("en", notRetired) {
		t.Errorf("got %+v", r)
	}
	if r := called(t, env, "facts retire", curating("en", map[string]string{"fact": "=shore/length", "replacement": "=shore/length"})); r.Headline != Say("en", badReplacement) {
		t.Errorf("got %+v", r)
	}
}

// TestReadOnly says what the operator has to set.
func TestReadOnly(t *testing.T) {
	env, _, f := onShore(t)
	f.readOnly = true
	form := called(t, env, "facts add", curating("en", nil)).Form
	for _, r := range []Reply{filled(t, env, form, "en", map[string]string{"title": "a", "answer": "b"}), called(t, env, "facts export", curating("en", nil))} {
		if r.Headline != Say("en", readOnly) {
			t.Errorf("got %+v", r)
		}
	}
	env.Library = nil
	for _, sub := range []string{"add", "edit", "retire", "restore", "undo", "export"} {
		if r := called(t, env, "facts "+sub, curating("en", map[string]string{"fact": "=shore/length"})); r.Headline != Say("en", readOnly) {
			t.Errorf("%s: got %+v", sub, r)
		}
	}
}

// TestBrokenFile says where the file is broken, without the folder that it is
// in, and changes nothing.
func TestBrokenFile(t *testing.T) {
	env, _, f := onShore(t)
	form := called(t, env, "facts edit", curating("en", map[string]string{"fact": "=shore/length"})).Form
	for name, broken := range map[string]string{"no YAML": shore + "  - {", "no base": strings.Replace(shore, "ref: gazette", "ref: gazete", 1)} {
		if err := os.WriteFile(f.path, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		r := filled(t, env, form, "en", map[string]string{"answer": "It is one mile long."})
		text := r.Headline + r.Body
		if !strings.Contains(text, Say("en", filesFaulty)) || !strings.Contains(text, "shore.yaml:") || strings.Contains(text, filepath.Dir(f.path)) || strings.Contains(fmt.Sprint(ids(r)), "publish") {
			t.Errorf("%s: got %+v", name, r)
		}
		if back := pressed(t, env, curating("en", nil), buttonOf(t, r, "back"), "").Form; back == nil || back.Inputs[1].Text != "It is one mile long." {
			t.Errorf("%s: what was typed is lost", name)
		}
		if f.text(t) != broken {
			t.Errorf("%s: the file has changed", name)
		}
	}
}

// TestGuard refuses everything to everybody else, whatever id they send.
func TestGuard(t *testing.T) {
	env, kept, f := onShore(t)
	for _, user := range []string{"", "1", curator + "0"} {
		call := Call{Lang: "en", User: user, Options: map[string]string{"fact": "=shore/length"}, Fields: map[string]string{}}
		for _, c := range callable() {
			if !c.Curators {
				continue
			}
			if r := c.Run(t.Context(), env, call); r.Headline != Say("en", notCurator) || !r.Private {
				t.Errorf("%s for %q: got %+v", c.Name, user, r)
			}
			if c.Suggest != nil && len(c.Suggest(env, call, "fact")) > 0 {
				t.Errorf("%s suggests to %q", c.Name, user)
			}
		}
		for name, v := range verbs {
			if !v.curators {
				continue
			}
			id := Action{name, []string{"a", "b", "0"}[:v.args]}.ID()
			if r := pressed(t, env, call, id, "1"); r.Headline != Say("en", notCurator) || r.Form != nil {
				t.Errorf("%s for %q: got %+v", id, user, r)
			}
		}
	}
	if f.text(t) != shore || len(kept.drafts)+len(kept.changes) > 0 {
		t.Error("something was changed")
	}
}

// TestOthersDraft keeps a curator from going on with another's draft.
func TestOthersDraft(t *testing.T) {
	env, _, f := onShore(t)
	env.IsCurator = func(string, []string) bool { return true }
	form := called(t, env, "facts edit", curating("en", map[string]string{"fact": "=shore/length"})).Form
	preview := filled(t, env, form, "en", map[string]string{"answer": "It is one mile long."})
	for _, verb := range []string{"publish", "cancel", "back"} {
		if r := pressed(t, env, Call{Lang: "en", User: "5"}, buttonOf(t, preview, verb), ""); r.Headline != Say("en", draftGone) || r.Form != nil {
			t.Errorf("%s: got %+v", verb, r)
		}
	}
	if f.text(t) != shore {
		t.Error("something was changed")
	}
	publish(t, env, preview)
}

// TestStoreFails tells the curator, and apart from that the operator.
func TestStoreFails(t *testing.T) {
	env, kept, f := onShore(t)
	form := called(t, env, "facts edit", curating("en", map[string]string{"fact": "=shore/length"})).Form
	kept.err = errDisk
	r := filled(t, env, form, "en", map[string]string{"answer": "It is one mile long."})
	if r.Headline != Say("en", notKept) || !errors.Is(r.Err, errDisk) {
		t.Errorf("got %+v", r)
	}
	if f.text(t) != shore {
		t.Error("something was changed")
	}
	for _, sub := range []string{"history", "queue", "status"} {
		if r := called(t, env, "facts "+sub, curating("en", nil)); !errors.Is(r.Err, errDisk) || strings.Contains(r.Text(), "disk") {
			t.Errorf("%s: got %+v", sub, r)
		}
	}
}
