package localdiscord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// x is n characters of more than one byte: Discord counts characters.
func x(n int) string { return strings.Repeat("あ", n) }

// many joins what f makes of 0 to n-1.
func many(n int, f func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = f(i)
	}
	return strings.Join(all, ",")
}

// button is a button whose custom id is its number.
func button(i int) string {
	return fmt.Sprintf(`{"type":2,"style":1,"label":"b","custom_id":"%d"}`, i)
}

func buttonRow(i int) string { return fmt.Sprintf(`{"type":1,"components":[%s]}`, button(i)) }

func components(json string) string { return `{"content":"x","components":[` + json + `]}` }

func row(json string) string { return components(`{"type":1,"components":[` + json + `]}`) }

func v2(json string) string { return `{"flags":32768,"components":[` + json + `]}` }

func text(n int) string { return fmt.Sprintf(`{"type":10,"content":"%s"}`, strings.Repeat("a", n)) }

func embed(fields string) string { return `{"embeds":[{` + fields + `}]}` }

// A ruleCase is a body and where it is wrong; "" is a good body.
type ruleCase struct {
	name string
	body string
	path string // of the problem; "*": anywhere
}

var messageCases = []ruleCase{
	{"longest content", `{"content":"` + x(2000) + `"}`, ""},
	{"content too long", `{"content":"` + x(2001) + `"}`, "content"},
	{"misspelt key", `{"content":"x","embed":{}}`, "embed"},
	{"flag of another world", `{"content":"x","flags":2}`, "flags"},
	{"suppress embeds", `{"content":"x","flags":4}`, ""},
	{"content is a number", `{"content":5}`, "content"},

	{"ten embeds", `{"embeds":[` + many(10, func(int) string { return `{"title":"t"}` }) + `]}`, ""},
	{"eleven embeds", `{"embeds":[` + many(11, func(int) string { return `{"title":"t"}` }) + `]}`, "embeds"},
	{"6,000 in embeds", `{"embeds":[{"description":"` + x(4096) + `"},{"description":"` + x(1904) + `"}]}`, ""},
	{"6,001 in embeds", `{"embeds":[{"description":"` + x(4096) + `"},{"description":"` + x(1904) + `","title":"t"}]}`, "embeds"},
	{"embed title", embed(`"title":"` + x(257) + `"`), "embeds.0.title"},
	{"embed description", embed(`"description":"` + x(4097) + `"`), "embeds.0.description"},
	{"embed key", embed(`"titel":"x"`), "embeds.0.titel"},
	{"embed url", embed(`"title":"x","url":"example.com"`), "embeds.0.url"},
	{"embed colour", embed(`"title":"x","color":16777216`), "embeds.0.color"},
	{"footer", embed(`"footer":{"text":"` + x(2049) + `"}`), "embeds.0.footer.text"},
	{"author", embed(`"author":{"name":"` + x(257) + `"}`), "embeds.0.author.name"},
	{"footer without text", embed(`"footer":{}`), "embeds.0.footer.text"},
	{"25 fields", embed(`"fields":[` + many(25, func(int) string { return `{"name":"n","value":"v"}` }) + `]`), ""},
	{"26 fields", embed(`"fields":[` + many(26, func(int) string { return `{"name":"n","value":"v"}` }) + `]`), "embeds.0.fields"},
	{"field name", embed(`"fields":[{"name":"` + x(257) + `","value":"v"}]`), "embeds.0.fields.0.name"},
	{"field value", embed(`"fields":[{"name":"n","value":"` + x(1025) + `"}]`), "embeds.0.fields.0.value"},
	{"field without value", embed(`"fields":[{"name":"n"}]`), "embeds.0.fields.0.value"},

	{"five rows", components(many(5, buttonRow)), ""},
	{"six rows", components(many(6, buttonRow)), "components"},
	{"five buttons", row(many(5, button)), ""},
	{"six buttons", row(many(6, button)), "components.0.components"},
	{"empty row", row(``), "components.0.components"},
	{"button without row", components(button(1)), "components.0.type"},
	{"same custom id", row(button(1) + "," + button(1)), "components.0.components.1.custom_id"},
	{"button without custom id", row(`{"type":2,"style":1,"label":"b"}`), "components.0.components.0.custom_id"},
	{"button with both", row(`{"type":2,"style":1,"label":"b","custom_id":"a","url":"https://example.com"}`), "components.0.components.0.url"},
	{"link without url", row(`{"type":2,"style":5,"label":"b"}`), "components.0.components.0.url"},
	{"link with both", row(`{"type":2,"style":5,"label":"b","url":"https://example.com","custom_id":"a"}`), "components.0.components.0.custom_id"},
	{"longest link", row(`{"type":2,"style":5,"label":"b","url":"https://example.com/` + strings.Repeat("a", 512-20) + `"}`), ""},
	{"link too long", row(`{"type":2,"style":5,"label":"b","url":"https://example.com/` + strings.Repeat("a", 512-19) + `"}`), "components.0.components.0.url"},
	{"link to nothing", row(`{"type":2,"style":5,"label":"b","url":"javascript:x"}`), "components.0.components.0.url"},
	{"label too long", row(`{"type":2,"style":1,"label":"` + x(81) + `","custom_id":"a"}`), "components.0.components.0.label"},
	{"neither label nor emoji", row(`{"type":2,"style":1,"custom_id":"a"}`), "components.0.components.0"},
	{"emoji alone", row(`{"type":2,"style":1,"custom_id":"a","emoji":{"name":"👍"}}`), ""},
	{"no such style", row(`{"type":2,"style":7,"label":"b","custom_id":"a"}`), "components.0.components.0.style"},
	{"custom id too long", row(`{"type":2,"style":1,"label":"b","custom_id":"` + x(101) + `"}`), "components.0.components.0.custom_id"},
	{"button key", row(`{"type":2,"style":1,"label":"b","customid":"a","custom_id":"a"}`), "components.0.components.0.customid"},
	{"menu", row(`{"type":3,"custom_id":"a","options":[` + many(25, func(i int) string { return fmt.Sprintf(`{"label":"o","value":"%d"}`, i) }) + `]}`), ""},
	{"26 options", row(`{"type":3,"custom_id":"a","options":[` + many(26, func(i int) string { return fmt.Sprintf(`{"label":"o","value":"%d"}`, i) }) + `]}`), "components.0.components.0.options"},
	{"same option", row(`{"type":3,"custom_id":"a","options":[{"label":"o","value":"1"},{"label":"p","value":"1"}]}`), "components.0.components.0.options.1.value"},
	{"option label", row(`{"type":3,"custom_id":"a","options":[{"label":"` + x(101) + `","value":"1"}]}`), "components.0.components.0.options.0.label"},
	{"option description", row(`{"type":3,"custom_id":"a","options":[{"label":"a","value":"1","description":"` + x(101) + `"}]}`), "components.0.components.0.options.0.description"},
	{"no options", row(`{"type":3,"custom_id":"a","options":[]}`), "components.0.components.0.options"},
	{"placeholder", row(`{"type":3,"custom_id":"a","placeholder":"` + x(151) + `","options":[{"label":"o","value":"1"}]}`), "components.0.components.0.placeholder"},
	{"two menus", row(`{"type":5,"custom_id":"a"},{"type":6,"custom_id":"b"}`), "components.0.components"},
	{"min above max", row(`{"type":5,"custom_id":"a","min_values":3,"max_values":2}`), "components.0.components.0.max_values"},
	{"text input in a message", row(`{"type":4,"custom_id":"a","style":1,"label":"l"}`), "components.0.components.0.type"},

	{"v2", v2(text(4000)), ""},
	{"v2 without the flag", components(text(1)), "components.0.type"},
	{"v2 with content", `{"flags":32768,"content":"x","components":[` + text(1) + `]}`, "content"},
	{"v2 with embeds", `{"flags":32768,"embeds":[{"title":"x"}],"components":[` + text(1) + `]}`, "embeds"},
	{"v2 40", v2(many(40, func(int) string { return text(1) })), ""},
	{"v2 41, nested included", v2(`{"type":17,"components":[` + many(39, func(int) string { return text(1) }) + `]},` + text(1)), "components"},
	{"v2 4,001 characters", v2(text(2000) + "," + text(2001)), "components"},
	{"v2 10,000 bytes", v2(`{"type":10,"content":"` + x(3334) + `"}`), "components"}, // 3 bytes each
	{"v2 same id", v2(`{"type":10,"content":"a","id":1},{"type":10,"content":"b","id":1}`), "components.1.id"},
	{"v2 container in container", v2(`{"type":17,"components":[{"type":17,"components":[` + text(1) + `]}]}`), "components.0.components.0.type"},
	{"v2 section without accessory", v2(`{"type":9,"components":[` + text(1) + `]}`), "components.0.accessory.type"},
	{"v2 four texts in a section", v2(`{"type":9,"components":[` + many(4, func(int) string { return text(1) }) + `],"accessory":` + button(1) + `}`), "components.0.components"},
	{"v2 gallery", v2(`{"type":12,"items":[]}`), "components.0.items"},
	{"v2 media", v2(`{"type":12,"items":[{"media":{"url":"x"}}]}`), "components.0.items.0.media.url"},
	{"v2 without text", v2(`{"type":10,"content":""}`), "*"},
	{"v2 spacing", v2(`{"type":14,"spacing":3}`), "components.0.spacing"},

	{"no mentions", `{"content":"x","allowed_mentions":{"parse":[]}}`, ""},
	{"parse and users", `{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}`, "allowed_mentions"},
	{"parse and other ids", `{"content":"x","allowed_mentions":{"parse":["users"],"roles":["1"]}}`, ""},
	{"parse what", `{"content":"x","allowed_mentions":{"parse":["members"]}}`, "allowed_mentions.parse.0"},
	{"mention of no id", `{"content":"x","allowed_mentions":{"users":["mina"]}}`, "allowed_mentions.users.0"},
	{"mentioned twice", `{"content":"x","allowed_mentions":{"users":["1","1"]}}`, "allowed_mentions.users.1"},
	{"101 users", `{"content":"x","allowed_mentions":{"users":[` + many(101, func(i int) string { return fmt.Sprintf(`"%d"`, i+1) }) + `]}}`, "allowed_mentions.users"},
	{"mention key", `{"content":"x","allowed_mentions":{"user":["1"]}}`, "allowed_mentions.user"},
}

var createCases = []ruleCase{
	{"longest nonce", `{"content":"x","nonce":"` + strings.Repeat("n", 25) + `"}`, ""},
	{"nonce too long", `{"content":"x","nonce":"` + strings.Repeat("n", 26) + `"}`, "nonce"},
	{"nonce is a number", `{"content":"x","nonce":123}`, ""},
	{"ephemeral", `{"content":"x","flags":64}`, "flags"},
	{"reference key", `{"content":"x","message_reference":{"id":"1"}}`, "message_reference.id"},
}

var callbackCases = []ruleCase{
	{"deferred", `{"type":5}`, ""},
	{"deferred, ephemeral", `{"type":5,"data":{"flags":64}}`, ""},
	{"deferred, v2", `{"type":5,"data":{"flags":32768}}`, "data.flags"},
	{"deferred with content", `{"type":5,"data":{"content":"x"}}`, "data.content"},
	{"message", `{"type":4,"data":{"content":"x","flags":64}}`, ""},
	{"message without data", `{"type":4}`, "data"},
	{"message too long", `{"type":4,"data":{"content":"` + x(2001) + `"}}`, "data.content"},
	{"no such type", `{"type":3}`, "type"},
	{"misspelt", `{"type":5,"dat":{}}`, "dat"},
	{"pong", `{"type":1}`, "type"},
	{"choices for a command", `{"type":8,"data":{"choices":[]}}`, "type"},
	{"update of nothing", `{"type":7,"data":{"content":"x"}}`, "type"},
	{"deferred update of nothing", `{"type":6}`, "type"},
}

var autocompleteCases = []ruleCase{
	{"25 choices", `{"type":8,"data":{"choices":[` + many(25, func(i int) string { return fmt.Sprintf(`{"name":"%d","value":"v"}`, i) }) + `]}}`, ""},
	{"26 choices", `{"type":8,"data":{"choices":[` + many(26, func(i int) string { return fmt.Sprintf(`{"name":"%d","value":"v"}`, i) }) + `]}}`, "data.choices"},
	{"longest choice", `{"type":8,"data":{"choices":[{"name":"` + x(100) + `","value":"` + x(100) + `"}]}}`, ""},
	{"choice name", `{"type":8,"data":{"choices":[{"name":"` + x(101) + `","value":"v"}]}}`, "data.choices.0.name"},
	{"choice value", `{"type":8,"data":{"choices":[{"name":"n","value":"` + x(101) + `"}]}}`, "data.choices.0.value"},
	{"choice without value", `{"type":8,"data":{"choices":[{"name":"n"}]}}`, "data.choices.0.value"},
	{"number for a text", `{"type":8,"data":{"choices":[{"name":"n","value":1}]}}`, "data.choices.0.value"},
	{"no choices key", `{"type":8,"data":{}}`, "data.choices"},
	{"message", `{"type":4,"data":{"content":"x"}}`, "type"},
}

func modal(title, components string) string {
	return `{"type":9,"data":{"custom_id":"m","title":"` + title + `","components":[` + components + `]}}`
}

func label(i int) string {
	return fmt.Sprintf(`{"type":18,"label":"l","component":{"type":4,"custom_id":"%d","style":1}}`, i)
}

var modalCases = []ruleCase{
	{"five", modal(x(45), many(5, label)), ""},
	{"six", modal("t", many(6, label)), "data.components"},
	{"none", modal("t", ""), "data.components"},
	{"title", modal(x(46), label(1)), "data.title"},
	{"same id", modal("t", label(1)+","+label(1)), "data.components.1.component.custom_id"},
	{"label", modal("t", `{"type":18,"label":"`+x(46)+`","component":{"type":4,"custom_id":"a","style":1}}`), "data.components.0.label"},
	{"description", modal("t", `{"type":18,"label":"l","description":"`+x(101)+`","component":{"type":4,"custom_id":"a","style":1}}`), "data.components.0.description"},
	{"placeholder", modal("t", `{"type":18,"label":"l","component":{"type":4,"custom_id":"a","style":1,"placeholder":"`+x(101)+`"}}`), "data.components.0.component.placeholder"},
	{"value", modal("t", `{"type":18,"label":"l","component":{"type":4,"custom_id":"a","style":1,"value":"`+x(4001)+`"}}`), "data.components.0.component.value"},
	{"without style", modal("t", `{"type":18,"label":"l","component":{"type":4,"custom_id":"a"}}`), "data.components.0.component.style"},
	{"row", modal("t", `{"type":1,"components":[{"type":4,"custom_id":"a","style":1,"label":"l"}]}`), ""},
	{"row without label", modal("t", `{"type":1,"components":[{"type":4,"custom_id":"a","style":1}]}`), "data.components.0.components.0.label"},
	{"row of two", modal("t", `{"type":1,"components":[{"type":4,"custom_id":"a","style":1,"label":"l"},{"type":4,"custom_id":"b","style":1,"label":"l"}]}`), "data.components.0.components"},
	{"button", modal("t", buttonRow(1)), "data.components.0.components.0.type"},
	{"radio", modal("t", `{"type":18,"label":"l","component":{"type":21,"custom_id":"a","options":[{"label":"a","value":"1"},{"label":"b","value":"2"}]}}`), ""},
	{"radio of one", modal("t", `{"type":18,"label":"l","component":{"type":21,"custom_id":"a","options":[{"label":"a","value":"1"}]}}`), "data.components.0.component.options"},
}

func command(fields string) string { return `[{"name":"a","description":"d",` + fields + `}]` }

func option(fields string) string {
	return command(`"options":[{"type":3,"name":"o","description":"d",` + fields + `}]`)
}

func named(name string) string { return `[{"name":"` + name + `","description":"d"}]` }

func commands(n, kind int) string {
	return "[" + many(n, func(i int) string {
		if kind == CommandChat {
			return fmt.Sprintf(`{"name":"c%d","description":"d"}`, i)
		}
		return fmt.Sprintf(`{"name":"C %d","type":%d}`, i, kind)
	}) + "]"
}

// large is a command of 1 + 1 + 25·(1 + 25·(1+choice)) characters and rest.
func large(rest int) string {
	options := many(25, func(i int) string {
		return fmt.Sprintf(`{"type":3,"name":"%c","description":"%s"}`, 'a'+i, strings.Repeat("d", 100))
	})
	// 1 + 100 for itself and 25·101 for options of each of three subcommands,
	// whose names and descriptions are 1 + 1: 101 + 3·(2 + 2525) = 7682
	subcommands := many(3, func(i int) string {
		return fmt.Sprintf(`{"type":1,"name":"%c","description":"d","options":[%s]}`, 'a'+i, options)
	})
	last := fmt.Sprintf(`{"type":1,"name":"z","description":"d","description_localizations":{"ko":"%s"},"options":[{"type":3,"name":"a","description":"%s"},{"type":3,"name":"b","description":"%s"}]}`,
		x(rest), strings.Repeat("d", 100), strings.Repeat("d", 100)) // 1 + rest + 2·101 = 203 + rest
	return fmt.Sprintf(`[{"name":"a","description":"%s","options":[%s,%s]}]`, strings.Repeat("d", 100), subcommands, last)
}

var commandCases = []ruleCase{
	{"good", named("ask"), ""}, {"Korean", named("질문"), ""}, {"Thai", named("ถาม"), ""}, {"Hindi", named("पूछें"), ""}, {"32", named(x(32)), ""},
	{"33", named(x(33)), "0.name"}, {"capitals", named("Ask"), "0.name"}, {"space", named("a b"), "0.name"}, {"dot", named("a.b"), "0.name"}, {"empty", named(""), "0.name"},
	{"no description", `[{"name":"a"}]`, "0.description"},
	{"description", `[{"name":"a","description":"` + x(101) + `"}]`, "0.description"},
	{"misspelt", command(`"option":[]`), "0.option"},
	{"same name", `[{"name":"a","description":"d"},{"name":"a","description":"d"}]`, "1.name"},
	{"same name, other type", `[{"name":"a","description":"d"},{"name":"a","type":2}]`, ""},
	{"message command", `[{"name":"Check this","type":3}]`, ""},
	{"message command with description", `[{"name":"Check","type":3,"description":"d"}]`, "0.description"},
	{"locale", command(`"name_localizations":{"kr":"a"}`), "0.name_localizations.kr"},
	{"localised name", command(`"name_localizations":{"ko":"A B"}`), "0.name_localizations.ko"},
	{"localised description", command(`"description_localizations":{"ko":"` + x(101) + `"}`), "0.description_localizations.ko"},
	{"all locales", command(`"description_localizations":{` + many(len(locales), func(i int) string { return `"` + locales[i] + `":"d"` }) + `}`), ""},
	{"100 chat", commands(100, CommandChat), ""}, {"101 chat", commands(101, CommandChat), "*"},
	{"15 user", commands(15, CommandUser), ""}, {"16 user", commands(16, CommandUser), "*"},
	{"15 message", commands(15, CommandMessage), ""}, {"16 message", commands(16, CommandMessage), "*"},
	{"8,000", large(100), ""}, // 7682 + 203 + 100 = 7985
	{"more than 8,000", strings.Replace(large(100), `"name":"z"`, `"name":"`+strings.Repeat("z", 17)+`"`, 1), "0"}, // 7985 + 16
	{"required first", command(`"options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]`), "0.options.1.required"},
	{"same option", command(`"options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"a","description":"d"}]`), "0.options.1.name"},
	{"26 options", command(`"options":[` + many(26, func(i int) string { return fmt.Sprintf(`{"type":3,"name":"a%d","description":"d"}`, i) }) + `]`), "0.options"},
	{"option key", option(`"require":true`), "0.options.0.require"},
	{"option name", command(`"options":[{"type":3,"name":"A","description":"d"}]`), "0.options.0.name"},
	{"no such option type", command(`"options":[{"type":12,"name":"a","description":"d"}]`), "0.options.0.type"},
	{"longest text", option(`"max_length":6000`), ""}, {"too long a text", option(`"max_length":6001`), "0.options.0.max_length"},
	{"choices and autocomplete", option(`"autocomplete":true,"choices":[{"name":"a","value":"b"}]`), "0.options.0.autocomplete"},
	{"26 choices", option(`"choices":[` + many(26, func(i int) string { return fmt.Sprintf(`{"name":"%d","value":"v"}`, i) }) + `]`), "0.options.0.choices"},
	{"same choice", option(`"choices":[{"name":"a","value":"b"},{"name":"a","value":"c"}]`), "0.options.0.choices.1.name"},
	{"choice of another type", option(`"choices":[{"name":"a","value":1}]`), "0.options.0.choices.0.value"},
	{"choice of a user", command(`"options":[{"type":6,"name":"a","description":"d","autocomplete":true}]`), "0.options.0"},
	{"subcommand beside", command(`"options":[{"type":1,"name":"a","description":"d"},{"type":3,"name":"b","description":"d"}]`), "0.options"},
	{"subcommand in subcommand", command(`"options":[{"type":1,"name":"a","description":"d","options":[{"type":1,"name":"b","description":"d"}]}]`), "0.options.0.options.0.type"},
	{"group", command(`"options":[{"type":2,"name":"a","description":"d","options":[{"type":1,"name":"b","description":"d"}]}]`), ""},
	{"permissions", command(`"default_member_permissions":"8192"`), ""},
	{"permissions as words", command(`"default_member_permissions":"MANAGE"`), "0.default_member_permissions"},
	{"contexts", command(`"contexts":[0,1,2],"integration_types":[0,1]`), ""},
	{"no such context", command(`"contexts":[3]`), "0.contexts"},
	{"private without user install", command(`"contexts":[2]`), "0.contexts"},
	{"no such type", `[{"name":"a","type":9}]`, "0.type"},
}

// judge runs cases through one route, under the rules alone and with the
// contract, and compares where problems are found.
func judge(t *testing.T, rt string, method string, cases []ruleCase, rules func(s *Server, body any) []problem) {
	t.Helper()
	s := start(t, Options{})
	for _, c := range cases {
		body, err := decode([]byte(c.body))
		if err != nil {
			t.Fatalf("%s: %v in %s", c.name, err, c.body)
		}
		var paths []string
		for _, p := range rules(s, body) {
			paths = append(paths, p.path)
		}
		joined := "," + strings.Join(paths, ",") + ","
		switch {
		case c.path == "" && len(paths) > 0:
			t.Errorf("%s: a good body has problems at %q", c.name, paths)
		case c.path == "*" && len(paths) == 0, c.path != "" && c.path != "*" && !strings.Contains(joined, ","+c.path+","):
			t.Errorf("%s: problems at %q, want %q", c.name, paths, c.path)
		}
		if s.opts.Contract == nil || c.path != "" {
			continue
		}
		for _, p := range s.opts.Contract.request(method, rt, body) {
			t.Errorf("%s: the contract refuses a good body: %s: %s", c.name, p.path, p.message)
		}
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	onCommand := &Interaction{Type: InteractionCommand}
	onModal := &Interaction{Type: InteractionModal}
	typing := &Interaction{Type: InteractionAutocomplete, focused: object{"type": optionString}}
	const channel, app = "/channels/{channel_id}/messages", "/applications/{application_id}"
	body := func(rules func(*Server, *call) []problem) func(*Server, any) []problem {
		return func(s *Server, body any) []problem { return rules(s, &call{Request: &http.Request{}, body: body}) }
	}
	judge(t, channel, "POST", append(messageCases, createCases...), body(createMessageRules))
	judge(t, channel+"/{message_id}", "PATCH", without(messageCases, "flag of another world"), body(editMessageRules))
	judge(t, "/webhooks/{webhook_id}/{webhook_token}", "POST", messageCases, body(followupRules))
	judge(t, "/webhooks/{webhook_id}/{webhook_token}/messages/@original", "PATCH", without(messageCases, "flag of another world"), body(editResponseRules))
	judge(t, app+"/commands", "PUT", commandCases, body(commandRules))
	judge(t, callbackRoute, "POST", callbackCases, func(_ *Server, b any) []problem { return onCommand.problems(b, nil) })
	judge(t, callbackRoute, "POST", autocompleteCases, func(_ *Server, b any) []problem { return typing.problems(b, nil) })
	judge(t, callbackRoute, "POST", modalCases, func(_ *Server, b any) []problem { return onCommand.problems(b, nil) })
	judge(t, callbackRoute, "POST", []ruleCase{{"modal after modal", modal("t", label(1)), "type"}}, func(_ *Server, b any) []problem { return onModal.problems(b, nil) })
}

func without(cases []ruleCase, name string) []ruleCase {
	var left []ruleCase
	for _, c := range cases {
		if c.name != name {
			left = append(left, c)
		}
	}
	return left
}

// What a broken rule looks like over HTTP, and in Violations.
func TestViolation(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	v := newREST(t, s).want(400, 50035, "POST", "/channels/"+s.Channel("general").ID+"/messages", row(`{"type":2,"style":1,"label":"b"}`))
	at := obj(v, "errors")
	for _, key := range []string{"components", "0", "components", "0", "custom_id"} {
		at = obj(at, key)
	}
	if str(list(at, "_errors")[0], "code") != requiredKey {
		t.Errorf("errors: %s", encode(v))
	}
	all := s.Violations()
	if want := "POST /channels/{channel_id}/messages: components.0.components.0.custom_id: This field is required"; len(all) == 0 || all[0].String() != want {
		t.Errorf("violations: %v", all)
	}
}

// What the library makes of its structs is taken.
func TestLibraryBodies(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	command := []*discordgo.ApplicationCommand{{
		Name: "ask", Description: "Ask", NameLocalizations: &map[discordgo.Locale]string{discordgo.Korean: "질문"},
		DefaultMemberPermissions: new(int64), Contexts: &[]discordgo.InteractionContextType{0, 1, 2},
		IntegrationTypes: &[]discordgo.ApplicationIntegrationType{0, 1},
		Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "show", Description: "d", Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionString, Name: "q", Description: "d", Required: true, Autocomplete: true},
				{Type: discordgo.ApplicationCommandOptionInteger, Name: "n", Description: "d", Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "a", Value: 1}}},
				{Type: discordgo.ApplicationCommandOptionUser, Name: "u", Description: "d"},
			}},
		},
	}, {Name: "Check", Type: discordgo.MessageApplicationCommand}}
	message := discordgo.MessageSend{
		Content:         "x",
		Embeds:          []*discordgo.MessageEmbed{{Title: "t", Footer: &discordgo.MessageEmbedFooter{Text: "f"}, Fields: []*discordgo.MessageEmbedField{{Name: "n", Value: "v"}}}},
		AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
		Components: []discordgo.MessageComponent{
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.Button{Label: "a", Style: discordgo.PrimaryButton, CustomID: "a", Emoji: &discordgo.ComponentEmoji{Name: "👍"}},
				discordgo.Button{Label: "b", Style: discordgo.LinkButton, URL: "https://example.com"}}},
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{CustomID: "s", Options: []discordgo.SelectMenuOption{{Label: "l", Value: "v"}}}}},
		},
	}
	for path, body := range map[string]any{
		"PUT /applications/" + s.ApplicationID() + "/commands":    command,
		"POST /channels/" + s.Channel("general").ID + "/messages": message,
	} {
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		method, path, _ := strings.Cut(path, " ")
		r.want(200, 0, method, path, string(data))
	}
	for _, v := range s.Violations() {
		t.Error(v)
	}
}
