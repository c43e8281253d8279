package localdiscord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Limits of files.
// https://discord.com/developers/docs/reference#uploading-files
const (
	maxFiles    = 10   // of a message
	maxFileName = 1024 // characters
	maxKept     = 100  // files that this Discord keeps; the oldest go first
)

// A File is attached to a message.
type File struct {
	ID   string
	Name string
	URL  string // where this Discord serves it
	Data []byte
}

// An upload is a file of a request, before it belongs to a message.
type upload struct {
	number int // of files[number]
	data   []byte
}

// partName is what the part with the JSON is called.
const partName = "payload_json"

// decodeBody reads the JSON of a request and the files beside it.
func decodeBody(contentType string, raw []byte) (body any, uploads []upload, problems []problem) {
	media, params, err := mime.ParseMediaType(contentType)
	switch {
	case err == nil && media == "multipart/form-data":
		raw, uploads, err = parts(params["boundary"], raw)
	case err != nil || media != "application/json":
		err = errors.New("Content-Type is neither application/json nor multipart/form-data")
	}
	if err != nil {
		return nil, nil, []problem{{message: err.Error()}}
	}
	if body, err = decode(raw); err != nil {
		return nil, nil, []problem{{message: "invalid JSON: " + err.Error()}}
	}
	return body, uploads, nil
}

// parts takes a form apart into its JSON and its files.
func parts(boundary string, raw []byte) (payload []byte, uploads []upload, err error) {
	r := multipart.NewReader(bytes.NewReader(raw), boundary)
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			return payload, uploads, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("the form is broken: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, nil, fmt.Errorf("the form is broken: %w", err)
		}
		if part.FormName() == partName {
			payload = data
			continue
		}
		n, err := fileNumber(part.FormName())
		if err != nil || part.FileName() == "" {
			return nil, nil, fmt.Errorf("the form has a part %q, which is no file", part.FormName())
		}
		uploads = append(uploads, upload{n, data})
	}
}

// fileNumber reads the name of a part: files[0].
func fileNumber(name string) (int, error) {
	text, ok := strings.CutPrefix(name, "files[")
	digits, end := strings.CutSuffix(text, "]")
	if !ok || !end {
		return 0, errors.New("no file")
	}
	return strconv.Atoi(digits)
}

// requestJSON is the JSON of a body as the log keeps it.
func requestJSON(contentType string, raw []byte) json.RawMessage {
	if media, params, err := mime.ParseMediaType(contentType); err == nil && media == "multipart/form-data" {
		raw, _, _ = parts(params["boundary"], raw)
	} else if !strings.HasPrefix(contentType, "application/json") {
		return nil
	}
	if len(raw) == 0 || !json.Valid(raw) {
		return nil
	}
	return raw
}

// attachments checks that every file is announced once, and that nothing else
// is but files which the message has.
func (k *checker) attachments(path string, body any, kind bodyKind) {
	announced := map[string]bool{}
	for n, a := range k.count(path, body, "attachments", 0, maxFiles) {
		p := at(path, "attachments", n)
		if !k.object(p, a, "id", "filename", "title", "description", "duration_secs", "waveform", "is_spoiler", "is_remix") {
			continue
		}
		id := idText(field(a, "id"))
		k.unique(at(p, "id"), "attachment", announced, id)
		isNew := slices.ContainsFunc(kind.uploads, func(u upload) bool { return strconv.Itoa(u.number) == id })
		switch {
		case isNew:
			k.text(p, a, "filename", 1, maxFileName)
		case !slices.Contains(kind.kept, id):
			k.fail(at(p, "id"), badValue, "There is no file %q", id)
		}
	}
	for _, u := range kind.uploads {
		if id := strconv.Itoa(u.number); !announced[id] {
			k.fail(at(path, "files", id), requiredKey, "It is not announced in attachments")
		}
	}
}

// idText is an id as a text: a number will do for that of a file.
func idText(v any) string {
	if n, ok := integer(v); ok {
		return strconv.Itoa(n)
	}
	text, _ := v.(string)
	return text
}

// keepFiles takes the files of a call and gives them ids, by which the body
// names them from here on.
func (s *Server) keepFiles(c *call) *apiError {
	for _, u := range c.uploads {
		if len(u.data) > attachmentSizeLimit {
			return failure(codeTooLarge)
		}
	}
	announced := append(list(c.body, "attachments"), list(obj(c.body, "data"), "attachments")...)
	for _, u := range c.uploads {
		for _, a := range announced {
			if idText(field(a, "id")) == strconv.Itoa(u.number) {
				f := File{ID: s.ids.next(), Name: str(a, "filename"), Data: u.data}
				f.URL = s.url + "/attachments/" + f.ID
				a.(object)["id"] = f.ID
				s.files = keepLast(append(s.files, f), maxKept)
			}
		}
	}
	return nil
}

// filesOf are the files with ids, so far as they are kept.
func (s *Server) filesOf(ids []string) []File {
	var found []File
	for _, id := range ids {
		if i := slices.IndexFunc(s.files, func(f File) bool { return f.ID == id }); i >= 0 {
			found = append(found, s.files[i])
		}
	}
	return found
}

// attachmentsJSON is how a message shows its files.
func (s *Server) attachmentsJSON(m *message) []any {
	all := []any{}
	for _, f := range s.filesOf(m.files) {
		all = append(all, object{"id": f.ID, "filename": f.Name, "size": len(f.Data), "url": f.URL, "proxy_url": f.URL})
	}
	return all
}

// serveFile gives out a file to whoever has its address.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	found := s.filesOf([]string{r.PathValue("id")})
	s.mu.Unlock()
	if len(found) == 0 {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(found[0].Data) // whoever asked may be gone
}
