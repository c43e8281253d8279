package localdiscord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// These rules are documented and enforced by Discord, and for the most part
// missing in its OpenAPI file. The other files called rules_ hold them by
// subject.

// emptyMessage marks the one broken rule that has an error code of its own.
const emptyMessage = "EMPTY_MESSAGE"

// Codes of problems, as Discord calls them.
const (
	tooLong     = "BASE_TYPE_BAD_LENGTH"
	requiredKey = "BASE_TYPE_REQUIRED"
	badChoice   = "BASE_TYPE_CHOICES"
	badValue    = "BASE_TYPE_INVALID"
	duplicate   = "DUPLICATE_VALUE"
	unknownKey  = "UNKNOWN_KEY"
)

// A checker collects broken rules.
type checker struct {
	problems []problem
}

func (k *checker) fail(path, code, format string, args ...any) {
	k.problems = append(k.problems, problem{path, code, fmt.Sprintf(format, args...)})
}

// at joins a path.
func at(path string, keys ...any) string {
	for _, key := range keys {
		path += fmt.Sprintf(".%v", key)
	}
	return strings.TrimPrefix(path, ".")
}

// object checks that a value is an object of known keys, which catches
// misspelt ones.
func (k *checker) object(path string, v any, known ...string) bool {
	o, ok := v.(object)
	if !ok {
		k.fail(path, badValue, "Only dictionaries may be used in a DictType")
		return false
	}
	for key := range o {
		if !slices.Contains(known, key) {
			k.fail(at(path, key), unknownKey, "There is no field %q", key)
		}
	}
	return true
}

func (k *checker) required(path string, v any, keys ...string) {
	for _, key := range keys {
		if !has(v, key) {
			k.fail(at(path, key), requiredKey, "This field is required")
		}
	}
}

// text checks the length of a string in characters. A field that is not there
// is fine unless it has a minimum.
func (k *checker) text(path string, v any, key string, shortest, longest int) {
	value, isText := field(v, key).(string)
	switch n := length(value); {
	case !has(v, key) && shortest > 0:
		k.fail(at(path, key), requiredKey, "This field is required")
	case has(v, key) && !isText:
		k.fail(at(path, key), badValue, "Must be a string")
	case n < shortest || n > longest:
		k.fail(at(path, key), tooLong, "Must be between %d and %d in length", shortest, longest)
	}
}

// count checks how many entries a list has.
func (k *checker) count(path string, v any, key string, fewest, most int) []any {
	all, isList := field(v, key).([]any)
	switch {
	case has(v, key) && !isList:
		k.fail(at(path, key), badValue, "Only iterables may be used in a ListType")
	case len(all) < fewest || len(all) > most:
		k.fail(at(path, key), tooLong, "Must be between %d and %d in length", fewest, most)
	}
	return all
}

// within checks an integer that may be left out.
func (k *checker) within(path string, v any, key string, lowest, highest int) {
	if n, ok := integer(field(v, key)); has(v, key) && (!ok || n < lowest || n > highest) {
		k.fail(at(path, key), badValue, "int value should be between %d and %d", lowest, highest)
	}
}

// unique fails for entries that occurred before. Empty ones do not count.
func (k *checker) unique(path, what string, seen map[string]bool, value string) {
	if value != "" && seen[value] {
		k.fail(path, duplicate, "%s %q is used twice", what, value)
	}
	seen[value] = true
}

// link checks that a URL can be followed.
func (k *checker) link(path string, v any, key string, longest int, schemes ...string) {
	url := str(v, key)
	if !has(v, key) {
		return
	}
	k.text(path, v, key, 0, longest)
	scheme, rest, found := strings.Cut(url, "://")
	if !found || rest == "" || !slices.Contains(schemes, scheme) {
		k.fail(at(path, key), "URL_TYPE_INVALID_URL", "Not a well formed URL of %s", strings.Join(schemes, ", "))
	}
}

// snowflake checks an id.
func (k *checker) snowflake(path string, v any) {
	s, ok := v.(string)
	if _, err := strconv.ParseUint(s, 10, 64); !ok || err != nil {
		k.fail(path, "NUMBER_TYPE_COERCE", "Value is not snowflake.")
	}
}
