package render

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"summitbot/commands"
	"summitbot/facts"
)

// TestDiscord compares every sample with what Discord is sent for it.
func TestDiscord(t *testing.T) {
	for _, s := range Samples() {
		t.Run(s.Name, func(t *testing.T) {
			if s.Reply.Form != nil {
				form := DiscordForm(*s.Reply.Form)
				checkForm(t, form)
				golden(t, filepath.Join("discord", s.Name), pretty(t, form))
				return
			}
			m := Discord(s.Reply)
			checkMessage(t, m)
			if m.Cut {
				t.Error("something was left out")
			}
			golden(t, filepath.Join("discord", s.Name), pretty(t, m))
		})
	}
}

func pretty(t *testing.T, v any) string {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestEmbeddedBaseFits shows every fact and what every command says of the
// embedded base, in every language: nothing is too long for Discord.
func TestEmbeddedBaseFits(t *testing.T) {
	snapshot, err := facts.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	env := &commands.Env{Facts: func() *facts.Snapshot { return snapshot }}
	for _, lang := range commands.Languages {
		for _, base := range snapshot.Bases() {
			for i := range base.Facts {
				ref := facts.Ref{Base: base, Fact: &base.Facts[i]}
				checkWhole(t, ref.ID()+"."+lang, commands.WithButtons(snapshot, commands.Show(snapshot, ref, lang)))
				checkWhole(t, "sources of "+ref.ID()+"."+lang, commands.Press(t.Context(), env, commands.Call{Lang: lang}, "1/sources/"+ref.ID(), ""))
			}
			for _, name := range base.Names {
				checkWhole(t, name.ID+"."+lang, call(t, env, "who", lang, map[string]string{"name": base.ID + "/" + name.ID}))
			}
			for _, topic := range base.Topics {
				checkWhole(t, topic.ID+"."+lang, commands.Press(t.Context(), env, commands.Call{Lang: lang}, "1/topic", base.ID+"/"+topic.ID))
			}
		}
		for _, name := range []string{"topics", "timeline", "compare", "sources", "help", "about", "privacy"} {
			checkWhole(t, name+"."+lang, call(t, env, name, lang, nil))
		}
	}
}

func call(t *testing.T, env *commands.Env, name, lang string, options map[string]string) commands.Reply {
	t.Helper()
	c, ok := commands.FindCommand(name)
	if !ok {
		t.Fatalf("there is no command %q", name)
	}
	return c.Run(t.Context(), env, commands.Call{Lang: lang, Options: options})
}

func checkWhole(t *testing.T, name string, r commands.Reply) {
	t.Helper()
	m := Discord(r)
	checkMessage(t, m)
	if m.Cut {
		t.Errorf("%s does not fit", name)
	}
}

// TestButtons leaves out what Discord would refuse, and keeps ids apart.
func TestButtons(t *testing.T) {
	fact := commands.Action{Verb: "fact", Args: []string{"fair", "fair-day"}}
	r := commands.Reply{Title: "t", Buttons: [][]commands.Button{
		{{Label: "one", Emoji: "📰", Does: fact}, {Label: "the same", Does: fact}},
		{{Label: "again", Does: fact}},
		{{Label: "open", URL: "https://example.org/"}, {Label: "long", URL: "https://example.org/" + strings.Repeat("a", 500)}},
		{{Label: "long id", Does: commands.Action{Verb: "fact", Args: []string{"fair", strings.Repeat("a", 100)}}}},
	}}
	m := Discord(r)
	checkMessage(t, m)
	var labels []string
	for _, row := range m.Components {
		for _, c := range row.(discordgo.ActionsRow).Components {
			labels = append(labels, c.(discordgo.Button).Label)
		}
	}
	if got := strings.Join(labels, " "); got != "one open" {
		t.Errorf("got %q", got)
	}
	if b := Discord(r).Components[1].(discordgo.ActionsRow).Components[0].(discordgo.Button); b.CustomID != "" || b.Style != discordgo.LinkButton {
		t.Errorf("a link with an id: %+v", b)
	}
}

func TestForms(t *testing.T) {
	long := strings.Repeat("가", 5000)
	for _, in := range []commands.Input{
		{Label: "l", Longest: 400, Text: long},
		{Label: long, Hint: long, Text: long, Longest: 9000},
		{Label: "l", Text: long, Short: true},
		{Label: "l", Longest: 1, Text: "ab", Required: true},
	} {
		f := commands.Form{Title: long, Does: commands.Action{Verb: "passed"}}
		for i := range 6 {
			in.Name = strconv.Itoa(i)
			f.Inputs = append(f.Inputs, in, in)
		}
		m := DiscordForm(f)
		checkForm(t, m)
		if len(m.Components) != 5 || m.Components[4].Component.CustomID != "4" {
			t.Errorf("got %d inputs, the last is %s", len(m.Components), m.Components[4].Component.CustomID)
		}
	}
	lines := commands.Form{Inputs: []commands.Input{{Name: "a", Short: true, Text: "one\ntwo"}, {Name: "b", Text: "one\ntwo"}}}
	if m := DiscordForm(lines); m.Components[0].Component.Value != "one two" || m.Components[1].Component.Value != "one\ntwo" {
		t.Errorf("got %+v", m.Components)
	}
}

// TestNobodyIsPinged writes mentions wherever text comes from: only the one
// whom a reply points at may be pinged.
func TestNobodyIsPinged(t *testing.T) {
	evil := "@everyone @here <@1100000000000000001> <@!1> <@&2> <#3> </ask:4>"
	r := commands.Reply{Outcome: facts.Answer, Asked: evil, Title: evil, Notes: []string{evil}, Facts: []commands.Fact{{Title: evil, Text: evil, Standing: evil}}}
	for _, person := range []string{"", "1100000000000000002", "1> @everyone", "-1", strings.Repeat("1", 3000), "0x10"} {
		r.For = person
		m := Discord(r)
		checkMessage(t, m)
		if pointed := person == "1100000000000000002"; pointed != (len(m.AllowedMentions.Users) == 1) || pointed != (m.Content == "<@"+person+">") {
			t.Errorf("for %.30q: content %.30q, allowed %v", person, m.Content, m.AllowedMentions.Users)
		}
		if text := m.Embeds[0].Title + m.Embeds[0].Description; strings.Contains(text, "@e") || strings.Contains(text, "@h") {
			t.Errorf("a mention as it was written: %.80s", text)
		}
		var sent map[string]map[string]any
		data, err := json.Marshal(m)
		_ = json.Unmarshal(data, &sent) // other fields are no objects
		if parse := sent["allowed_mentions"]["parse"]; err != nil || !reflect.DeepEqual(parse, []any{}) {
			t.Errorf("parse is sent as %v, %v", parse, err)
		}
	}
}

// TestAsked repeats a question and reads it back.
func TestAsked(t *testing.T) {
	tests := []struct{ name, question, want string }{
		{"plain", "Where was it held?", "Where was it held?"},
		{"markup stays as it is, since a name has none", "**Where** was <@1> `held`?", "**Where** was <@1> `held`?"},
		{"lines become one", " Where\n\twas  it ", "Where was it"},
		{"the mark itself", "💬 💬 what", "💬 💬 what"},
		{"Korean", "어디서 열렸나요?", "어디서 열렸나요?"},
		{"as long as fits", strings.Repeat("가", 254), strings.Repeat("가", 254)}, // 256 less the mark and a space
		{"longer", strings.Repeat("가", 2000), strings.Repeat("가", 253) + "…"},
		{"nothing to show", " \x00\n", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := Discord(commands.Reply{Outcome: facts.Decline, Headline: "no", Asked: tt.question})
			checkMessage(t, m)
			got := ""
			if m.Embeds[0].Author != nil {
				got = Asked(m.Embeds[0].Author.Name)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	for _, other := range []string{"", "What the facts say about this", "💬"} {
		if got := Asked(other); got != "" {
			t.Errorf("%q repeats %q", other, got)
		}
	}
}
