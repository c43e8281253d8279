package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime/multipart"
	"net/http"
	"strconv"

	"summitbot/commands"
)

// Limits on files (https://docs.discord.com/developers/reference#uploading-files).
const (
	// MaxFiles bounds the files of one message together, in bytes: what Discord
	// takes of each without a boost of the server.
	MaxFiles = 10 << 20

	mostFiles = 10 // of a message
)

// fit reports whether Discord takes the files of one message.
func fit(files []commands.File) bool {
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	return size <= MaxFiles && len(files) <= mostFiles
}

// isTooLarge reports whether Discord refused a body for its size.
func isTooLarge(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Status == http.StatusRequestEntityTooLarge
}

// An upload is a body with files beside it.
type upload struct {
	body  any // announces the files; see attachmentsOf
	files []commands.File
}

// withFiles is a body with files, if there are any.
func withFiles(body any, files []commands.File) any {
	if len(files) == 0 {
		return body
	}
	return upload{body, files}
}

// An attachment announces a file of an upload by its number.
type attachment struct {
	ID   string `json:"id"`
	Name string `json:"filename"`
}

// attachmentsOf announces files. It is never nil, so that a message which
// takes the place of another has the other's files no longer.
func attachmentsOf(files []commands.File) []attachment {
	list := make([]attachment, 0, len(files))
	for i, f := range files {
		list = append(list, attachment{strconv.Itoa(i), f.Name})
	}
	return list
}

// An encoded body is one as it is sent.
type encoded struct {
	data  []byte
	kind  string // Content-Type; empty: there is no body
	files bool
}

// written writes a body as JSON or, with files, as a form.
func written(body any) (encoded, error) {
	up, ok := body.(upload)
	if !ok {
		data, err := encode(body)
		if err != nil || data == nil {
			return encoded{}, err
		}
		return encoded{data: data, kind: "application/json"}, nil
	}
	data, err := encode(up.body)
	if err != nil {
		return encoded{}, err
	}
	return form(data, up.files)
}

// form puts JSON and files into one body.
func form(data json.RawMessage, files []commands.File) (encoded, error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("payload_json", string(data)); err != nil {
		return encoded{}, errBody
	}
	for i, f := range files {
		part, err := w.CreateFormFile("files["+strconv.Itoa(i)+"]", f.Name)
		if err != nil {
			return encoded{}, errBody
		}
		if _, err := part.Write(f.Data); err != nil {
			return encoded{}, errBody
		}
	}
	if err := w.Close(); err != nil {
		return encoded{}, errBody
	}
	return encoded{b.Bytes(), w.FormDataContentType(), true}, nil
}
