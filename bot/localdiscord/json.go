package localdiscord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// An object is a JSON object. Numbers are json.Number when it was decoded.
type object = map[string]any

// decode reads one JSON value and nothing after it.
func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("more than one value")
	}
	return v, nil
}

// encode writes a value that came from decode or is made of plain ones.
func encode(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil { // a float that is not a number, from a caller's own data
		return json.RawMessage("null")
	}
	return data
}

// clone copies a value deeply, as it would look after a journey.
func clone(v any) any {
	c, _ := decode(encode(v)) // what encode wrote can be read
	return c
}

// merge returns a with the fields of b.
func merge(a, b object) object {
	for k, v := range b {
		a[k] = v
	}
	return a
}

func obj(v any, key string) object {
	o, _ := field(v, key).(object)
	return o
}

func list(v any, key string) []any {
	l, _ := field(v, key).([]any)
	return l
}

func str(v any, key string) string {
	s, _ := field(v, key).(string)
	return s
}

func boolean(v any, key string) bool {
	b, _ := field(v, key).(bool)
	return b
}

// number reads an integer, or 0.
func number(v any, key string) int {
	n, _ := integer(field(v, key))
	return n
}

// integer reads an integer of either origin: decoded, or set by this package.
func integer(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case json.Number:
		i, err := n.Int64()
		return int(i), err == nil
	}
	return 0, false
}

// field is a field of an object, nil when there is none.
func field(v any, key string) any {
	o, _ := v.(object)
	return o[key]
}

// has reports whether a field is there and not null.
func has(v any, key string) bool { return field(v, key) != nil }

// length counts characters as Discord does: code points.
func length(s string) int { return utf8.RuneCountInString(s) }
