package commands

import (
	"errors"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"summitbot/facts"
)

// en is a text in English, ko one in Korean as well.
func en(text string) facts.Text { return facts.Text{{Lang: "en", Text: text}} }

func ko(english, korean string) facts.Text {
	return append(en(english), facts.Phrase{Lang: "ko", Text: korean})
}

// marketBase is about a market between two countries that never were.
func marketBase() *facts.Base {
	cite := func(paragraph int) []facts.Citation {
		return []facts.Citation{{Ref: "gazette", Paragraph: paragraph, Quote: "so it is"}}
	}
	return &facts.Base{
		ID:        "market",
		Title:     ko("The market", "시장"),
		Languages: []string{"en", "ko"},
		Sources: []facts.Source{
			{ID: "gazette", Title: "The market opens", Publisher: "Gazette", By: "A. Clerk", Published: "2025-05-01", URL: "https://example.org/a", Archive: "https://example.org/b"},
			{ID: "notice", Publisher: "Town hall", Published: "2025-06-02"},
		},
		Names: []facts.Name{
			{ID: "east", Kind: "country", Label: ko("East", "동국"), Spellings: en("Eastland")},
			{ID: "west", Kind: "country", Label: ko("West", "서국"), Spellings: facts.Text{{Lang: "en", Text: "=WEST"}, {Lang: "ko", Text: "서쪽 나라"}}},
			{ID: "mayor", Kind: "person", Label: en("Mayor Reed")},
			{ID: "nowhere", Kind: "country", Label: en("Nowhere")},
		},
		Topics: []facts.Topic{{ID: "price", Title: ko("Prices", "가격")}, {ID: "day", Title: en("Days")}, {ID: "empty", Title: en("Nothing")}},
		Facts: []facts.Fact{
			{ID: "opening", Title: ko("The opening", "개장"), Answer: en("The market opened on 1 May."), Asks: en("When did the market open?"), About: []string{"mayor"}, Topics: []string{"day"}, When: "2025-05-01", Sources: cite(1), Status: facts.Confirmed, Related: []string{"old-price", "east-price"}},
			{ID: "season", Title: en("The season"), Answer: en("The market is held in May."), Topics: []string{"day"}, When: "2025-05", Sources: cite(2), Status: facts.Reported},
			{ID: "east-price", Title: ko("The price in East", "동국의 가격"), Answer: en("East asks two shells."), About: []string{"east"}, Topics: []string{"price"}, When: "2025-05-01/2025-05-09", Sources: cite(3), Status: facts.Reported},
			{ID: "west-price", Title: en("The price in West"), Answer: en("West asks three shells."), About: []string{"west"}, Topics: []string{"price"}, When: "2025", Sources: append(cite(4), facts.Citation{Ref: "notice"}), Status: facts.Disputed},
			{ID: "prices", Title: en("Both prices"), Answer: en("East asks two shells, West three."), About: []string{"east", "west"}, Topics: []string{"price"}, Sources: cite(5), Status: facts.Reported, Covers: []string{"east-price", "west-price"}},
			{ID: "old-price", Title: en("The old price"), Answer: en("East asked one shell."), About: []string{"east"}, Topics: []string{"price"}, When: "1965", Sources: cite(6), Status: facts.Superseded, SupersededBy: "east-price"},
			{ID: "east-guard", Title: en("The guard of East"), Answer: en("East sent a guard."), About: []string{"east"}, When: "2024-12-31", Sources: cite(7), Status: facts.Reported},
		},
		Gaps: []facts.Gap{{ID: "fee", Title: en("The fee"), Says: en("Nobody tells the fee."), Near: []string{"prices"}}},
	}
}

var errDisk = errors.New("the disk is full")

// envOf is an Env over bases, with the store behind it.
func envOf(bases ...*facts.Base) (*Env, *store) {
	s, snapshot := &store{}, facts.NewSnapshot(bases...)
	return s.env(snapshot), s
}

// curator is who may change the facts in tests.
const curator = "99"

// noon is the time in tests.
var noon = time.Date(2025, 10, 1, 12, 0, 0, 0, time.UTC)

// env is an Env with the store behind it.
func (s *store) env(snapshot *facts.Snapshot) *Env {
	return &Env{Facts: func() *facts.Snapshot { return snapshot }, Store: s, Learner: s, Messenger: s, IsCurator: func(user string, _ []string) bool { return user == curator }, Info: Info{Retention: 90}, Now: func() time.Time { return noon }}
}

// embedded is an Env over the base that the binary carries.
func embedded(t testing.TB) *Env {
	t.Helper()
	snapshot, err := facts.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return (&store{}).env(snapshot)
}

// callable are all commands that can be called: in place of those that have
// subcommands, these.
func callable() []Command {
	var list []Command
	for _, c := range All() {
		if len(c.Subs) == 0 {
			list = append(list, c)
		}
		list = append(list, c.subs()...)
	}
	return list
}

// callName is what Discord calls a command by.
func callName(c Command) string {
	name := english[c.names()]
	if c.under != "" {
		return english[Sentence("command."+c.under)] + " " + name
	}
	return name
}

// called runs a command by its name.
func called(t testing.TB, env *Env, name string, call Call) Reply {
	t.Helper()
	c, ok := FindCommand(name)
	if !ok {
		t.Fatalf("there is no command %q", name)
	}
	r := c.Run(t.Context(), env, call)
	checkReply(t, r)
	return r
}

// pressed presses what has an id.
func pressed(t testing.TB, env *Env, call Call, id, input string) Reply {
	t.Helper()
	r := Press(t.Context(), env, call, id, input)
	checkReply(t, r)
	return r
}

// checkReply holds for every reply: it says something in a language of the
// bot, and what it offers to do fits Discord and can be done.
func checkReply(t testing.TB, r Reply) {
	t.Helper()
	if !slices.Contains(Languages, r.Lang) {
		t.Errorf("it speaks %q", r.Lang)
	}
	if r.Form == nil && r.Title+r.Headline == "" && len(r.Facts) == 0 {
		t.Errorf("it says nothing: %+v", r)
	}
	if len(r.Buttons) > mostRows || r.Menu != nil && (len(r.Buttons) == mostRows || len(r.Menu.Choices) == 0 || len(r.Menu.Choices) > mostChoices) {
		t.Errorf("%d rows of buttons and the menu %+v", len(r.Buttons), r.Menu)
	}
	if r.Form != nil {
		checkForm(t, *r.Form)
	}
	for _, o := range offers(r) {
		a, err := ParseAction(o.id)
		if err != nil || a.ID() != o.id || r.Menu != nil && utf8.RuneCountInString(o.input) > longestSuggestion {
			t.Errorf("%q with %q: %v", o.id, o.input, err)
		}
	}
}

// checkForm holds for every form.
func checkForm(t testing.TB, f Form) {
	t.Helper()
	if f.Title == "" || len(f.Inputs) == 0 || len(f.Inputs) > 5 {
		t.Errorf("a bad form: %+v", f)
	}
	for _, in := range f.Inputs {
		if in.Name == "" || in.Label == "" || in.Longest <= 0 || utf8.RuneCountInString(in.Text) > in.Longest {
			t.Errorf("a bad input: %+v", in)
		}
	}
}

// An offer is something that a reply lets people do.
type offer struct{ id, input string }

// offers are what the buttons, the menu and the form of a reply do.
func offers(r Reply) []offer {
	var list []offer
	for _, row := range r.Buttons {
		for _, b := range row {
			list = append(list, offer{b.Does.ID(), ""})
		}
	}
	if r.Menu != nil {
		for _, c := range r.Menu.Choices {
			list = append(list, offer{r.Menu.Does.ID(), c.Value})
		}
	}
	if r.Form != nil {
		list = append(list, offer{r.Form.Does.ID(), r.Form.Inputs[0].Text})
	}
	return list
}

// ids are what the buttons of a reply do.
func ids(r Reply) []string {
	var list []string
	for _, row := range r.Buttons {
		for _, b := range row {
			list = append(list, b.Does.ID())
		}
	}
	return list
}

// titlesOf are the titles of entries.
func titlesOf(entries []Entry) []string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Title)
	}
	return list
}

// same compares two lists; none and an empty one are the same.
func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot  %q\nwant %q", what, got, want)
	}
}
