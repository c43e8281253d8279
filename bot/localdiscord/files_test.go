package localdiscord

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// form makes a multipart body and its Content-Type. Files go by the names of
// their parts.
func form(t *testing.T, payload string, files map[string]string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("payload_json", payload); err != nil {
		t.Fatal(err)
	}
	for part, data := range files {
		f, err := w.CreateFormFile(part, "ignored.bin")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(f, data)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

// upload makes one call with files.
func (r *rest) upload(status, code int, method, path, payload string, files map[string]string) any {
	r.t.Helper()
	body, contentType := form(r.t, payload, files)
	resp, data, err := r.typed(method, path, body, contentType)
	if err != nil {
		r.t.Fatal(err)
	}
	v, err := decode(data)
	if err != nil || resp.StatusCode != status || status >= 400 && number(v, "code") != code {
		r.t.Errorf("%s %s = %d %s, want %d with code %d", method, path, resp.StatusCode, data, status, code)
	}
	return v
}

const announced = `{"attachments":[{"id":"0","filename":"a.yaml"}]}`

func TestFilesOfMessages(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	general := s.Channel("general")
	path := "/channels/" + general.ID + "/messages"
	sent := r.upload(200, 0, "POST", path, announced, map[string]string{"files[0]": "one"})
	m := s.Messages(general)[0]
	if len(m.Files) != 1 || m.Files[0].Name != "a.yaml" || string(m.Files[0].Data) != "one" {
		t.Fatalf("files %+v", m.Files)
	}
	resp, err := r.http.Get(m.Files[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	data, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if string(data) != "one" || resp.StatusCode != http.StatusOK {
		t.Errorf("got %d %q", resp.StatusCode, data)
	}
	path += "/" + str(sent, "id")
	r.want(200, 0, "PATCH", path, `{"content":"with it"}`)
	kept := `{"id":"` + m.Files[0].ID + `"}`
	r.upload(200, 0, "PATCH", path, `{"attachments":[`+kept+`,{"id":0,"filename":"b.yaml"}]}`, map[string]string{"files[0]": "two"})
	if m = s.Refresh(m); len(m.Files) != 2 || m.Files[0].Name != "a.yaml" || string(m.Files[1].Data) != "two" {
		t.Errorf("files %+v", m.Files)
	}
	r.want(200, 0, "PATCH", path, `{"attachments":[]}`)
	if m = s.Refresh(m); len(m.Files) != 0 || m.Content != "with it" {
		t.Errorf("files %+v", m.Files)
	}
	if v := s.Violations(); len(v) > 0 {
		t.Error(v)
	}
	if body := s.Log().To("POST", "/channels/{id}/messages")[0].Body; string(body) != announced {
		t.Errorf("the log has %s", body)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	path := "/channels/" + s.Channel("general").ID + "/messages"
	one := map[string]string{"files[0]": "x"}
	r.upload(400, 50035, "POST", path, `{"content":"x"}`, one)
	r.upload(400, 50035, "POST", path, `{"content":"x","attachments":[{"id":"1","filename":"a"}]}`, one)
	r.upload(400, 50035, "POST", path, `{"content":"x","attachments":[{"id":"0"}]}`, one)
	r.upload(400, 50035, "POST", path, `{"content":"x","attachments":[{"id":"0","filename":"a"},{"id":"0","filename":"b"}]}`, one)
	r.upload(400, 50035, "POST", path, `{"content":"`+x(2001)+`","attachments":[{"id":"0","filename":"a"}]}`, one)
	r.upload(400, 50109, "POST", path, announced, map[string]string{"file": "x"})
	r.upload(400, 50109, "POST", path, `{`, one)
	r.upload(413, 40005, "POST", path, announced, map[string]string{"files[0]": strings.Repeat("x", 10<<20+1)})
	resp, _, err := r.typed("POST", path, "--x", "multipart/form-data; boundary=x")
	if err != nil || resp.StatusCode != 400 {
		t.Errorf("a broken form: %v, %v", resp, err)
	}
}

// A response to an interaction gets its files by an edit.
func TestFilesOfInteractions(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	gatewayBot(t, s, func(b *bot, i any) {
		b.callback(i, `{"type":5,"data":{"flags":64}}`)
		b.upload(200, 0, "PATCH", b.webhook(i)+"/messages/@original", announced, map[string]string{"files[0]": "one"})
		b.upload(200, 0, "POST", b.webhook(i), announced, map[string]string{"files[0]": "two"})
	})
	i := s.Member("mina").Slash(t.Context(), s.Channel("general"), "ask", Opt("question", "x"))
	m, err := i.Message(soon(t))
	if err != nil || len(m.Files) != 1 || string(m.Files[0].Data) != "one" || !m.Ephemeral() {
		t.Fatalf("%+v, %v", m.Files, err)
	}
	f, err := i.WaitFollowups(soon(t), 1)
	if err != nil || len(f[0].Files) != 1 || string(f[0].Files[0].Data) != "two" {
		t.Errorf("%+v, %v", f, err)
	}
	for _, v := range s.Violations() {
		t.Error(v)
	}
}

func TestClosedDMs(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	r := newREST(t, s)
	shy := s.AddMember(MemberOptions{Name: "shy", ClosedDMs: true})
	open := func() string {
		return "/channels/" + str(r.want(200, 0, "POST", "/users/@me/channels", `{"recipient_id":"`+shy.ID+`"}`), "id") + "/messages"
	}
	r.want(403, 50007, "POST", open(), `{"content":"x"}`)
	shy.CloseDMs(false)
	r.want(200, 0, "POST", open(), `{"content":"x"}`)
	if all := s.Messages(s.DM(shy)); len(all) != 1 {
		t.Errorf("%d messages", len(all))
	}
}

// Forge delivers what Discord would not.
func TestForge(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	delivered := make(chan any, 10)
	gatewayBot(t, s, func(b *bot, i any) {
		delivered <- i
		kind := 4
		if number(i, "type") == InteractionAutocomplete {
			b.callback(i, `{"type":8,"data":{"choices":[]}}`)
			return
		}
		if obj(i, "message") != nil {
			kind = 7
		}
		b.callback(i, `{"type":`+string(rune('0'+kind))+`,"data":{"content":"done"}}`)
	})
	general, mina := s.Channel("general"), s.Member("mina")
	secret, err := s.Member("cora").Slash(t.Context(), general, "teach").Message(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	<-delivered
	for name, i := range map[string]*Interaction{
		`"name":"teach"`: mina.Forge().Slash(t.Context(), general, "teach"),
		`"options":[{"name":"show","options":[{"name":"who","type":6,"value":"` + mina.ID + `"}],"type":1}]`: mina.Forge().Slash(t.Context(), general, "facts show", Opt("who", mina)),
		`"focused":true,"name":"x","type":3,"value":"typed"`:                                                 mina.Forge().Autocomplete(t.Context(), general, "nothing", "x", "typed"),
		`"custom_id":"1/never"`: mina.Forge().Press(t.Context(), secret, "1/never"),
		`"values":["a"]`:        mina.Forge().Press(t.Context(), secret, "1/menu", "a"),
		`"component":{"custom_id":"f","id":100,"type":4,"value":"v"}`: mina.Forge().Submit(t.Context(), secret, "1/form", map[string]string{"f": "v"}),
		`"custom_id":"1/alone"`: mina.Forge().Submit(t.Context(), Message{ChannelID: general.ID}, "1/alone", nil),
	} {
		if _, err := i.Response(soon(t)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		<-delivered
		if !strings.Contains(string(i.Payload()), name) || !strings.Contains(string(i.Payload()), `"roles":[]`) {
			t.Errorf("%s is not in %s", name, i.Payload())
		}
	}
	if i := (*Member)(nil).Forge().Slash(t.Context(), general, "x"); i.Err() == nil {
		t.Error("nobody did something")
	}
	if cora := s.Member("cora"); !slices.Contains(cora.Roles, s.CuratorRole().ID) || !strings.Contains(string(cora.Forge().Slash(t.Context(), general, "teach").Payload()), `"roles":["`+s.CuratorRole().ID+`"]`) {
		t.Error("the curator has not the role")
	}
}
