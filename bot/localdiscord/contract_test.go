package localdiscord

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// needContract skips where the file is not there, and says so.
func needContract(t *testing.T) *Contract {
	t.Helper()
	c := contract(t)
	if c == nil {
		t.Skip("did not run: no ../shared/discord/openapi.json")
	}
	return c
}

// Every route of this Discord is in the contract, and its schemas compile.
func TestContractCoversRoutes(t *testing.T) {
	t.Parallel()
	c := needContract(t)
	for _, rt := range routes() {
		if field(obj(obj(c.doc, "paths"), rt.template), strings.ToLower(rt.method)) == nil {
			if rt.template != "/channels/{channel_id}/typing" {
				t.Errorf("the contract has no %s %s", rt.method, rt.template)
			}
			continue
		}
		if rt.rules == nil {
			continue
		}
		if _, err := c.schema(operation(rt.method, rt.template) + "/requestBody/content/application~1json/schema"); err != nil {
			t.Errorf("%s %s: %v", rt.method, rt.template, err)
		}
	}
	if p := c.check("/nowhere", nil); len(p) != 1 {
		t.Errorf("a schema that is not there: %v", p)
	}
}

func TestContractRequests(t *testing.T) {
	t.Parallel()
	c := needContract(t)
	const messages = "/channels/{channel_id}/messages"
	for _, k := range []struct {
		name, method, route, body string
		path                      string // of the problem; "-": none
	}{
		{"content of 2,000", "POST", messages, `{"content":"` + x(2000) + `"}`, "-"},
		{"content of 2,001", "POST", messages, `{"content":"` + x(2001) + `"}`, "content"},
		{"misspelt", "POST", messages, `{"contents":"x"}`, ""},
		{"misspelt deep down", "POST", messages, `{"embeds":[{"titel":"x"}]}`, "embeds.0"},
		{"eleven embeds", "POST", messages, `{"embeds":[` + many(11, func(int) string { return `{}` }) + `]}`, "embeds"},
		{"bad snowflake", "POST", messages, `{"message_reference":{"message_id":"x"}}`, "message_reference.message_id"},
		{"label of 81", "POST", messages, row(`{"type":2,"style":1,"label":"` + x(81) + `","custom_id":"a"}`), "components.0.components.0.label"},
		{"permissions as a string", "PUT", "/applications/{application_id}/commands", `[{"name":"a","default_member_permissions":"8","nsfw":false}]`, "-"},
		{"modal of five", "POST", callbackRoute, modal("t", many(5, label)), "-"},
		{"modal of six", "POST", callbackRoute, modal("t", many(6, label)), "data.components"},
		{"title of 46", "POST", callbackRoute, modal(x(46), label(1)), "data.title"},
		{"no such response", "POST", callbackRoute, `{"type":99}`, "type"},
		{"26 choices", "POST", callbackRoute, `{"type":8,"data":{"choices":[` + many(26, func(int) string { return `{"name":"a","value":"b"}` }) + `]}}`, "data.choices"},
	} {
		t.Run(k.name, func(t *testing.T) {
			body, err := decode([]byte(k.body))
			if err != nil {
				t.Fatal(err)
			}
			problems := c.request(k.method, k.route, body)
			if k.path == "-" {
				if len(problems) > 0 {
					t.Errorf("problems %v", problems)
				}
				return
			}
			for _, p := range problems {
				if p.path == k.path {
					return
				}
			}
			t.Errorf("problems %v, want one at %q", problems, k.path)
		})
	}
}

func TestContractResponses(t *testing.T) {
	t.Parallel()
	c := needContract(t)
	if p := c.response("GET", "/users/@me", reply{200, object{"id": "1"}}); len(p) == 0 {
		t.Error("a user without a name passes")
	}
	if p := c.response("GET", "/users/@me", reply{404, failure(codeUnknownUser).body()}); len(p) != 0 {
		t.Errorf("an error: %v", p)
	}
	if p := c.response("GET", "/users/@me", reply{status: 204}); len(p) != 0 {
		t.Errorf("no body: %v", p)
	}
}

func TestLoadContractErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{"not.json": "{", "other.json": `{"a":1}`, "list.json": "[]"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadContract(path); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := LoadContract(filepath.Join(dir, "none")); err == nil {
		t.Error("a file that is not there is taken")
	}
}
