package facts

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// definition is what the drift test reads of a definition in schema.json.
type definition struct {
	Properties           map[string]definition `json:"properties"`
	Required             []string              `json:"required"`
	AdditionalProperties any                   `json:"additionalProperties"`
	Ref                  string                `json:"$ref"`
	Enum                 []string              `json:"enum"`
	MaxLength            int                   `json:"maxLength"`
	MaxItems             int                   `json:"maxItems"`
	OneOf                []definition          `json:"oneOf"`
	Description          string                `json:"description"`
	Title                string                `json:"title"`
}

func schemaDefinitions(t *testing.T) map[string]definition {
	t.Helper()
	var schema struct {
		Defs map[string]definition `json:"$defs"`
	}
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	return schema.Defs
}

// TestSchemaMatchesTables fails when schema.json and the tables of fields.go
// differ, in either direction.
func TestSchemaMatchesTables(t *testing.T) {
	defs := schemaDefinitions(t)
	compareObject(t, defs, &baseObject)
	compareObject(t, defs, &headerObject)
	compareObject(t, defs, &partObject)
	compareObject(t, defs, &sourceObject)
	compareObject(t, defs, &nameObject)
	compareObject(t, defs, &factObject)
	compareObject(t, defs, &citationObject)
	compareObject(t, defs, &gapObject)
}

func compareObject[T any](t *testing.T, defs map[string]definition, o *object[T]) {
	t.Helper()
	def, ok := defs[o.name]
	if !ok {
		t.Errorf("schema.json defines no %q", o.name)
		return
	}
	if def.AdditionalProperties != false {
		t.Errorf("%s: schema.json allows unknown keys", o.name)
	}
	if len(o.fields) > maxFields {
		t.Errorf("%s has %d fields; raise maxFields", o.name, len(o.fields))
	}
	var required []string
	for _, f := range o.fields {
		property, ok := def.Properties[f.key]
		if !ok {
			t.Errorf("%s.%s is missing from schema.json", o.name, f.key)
			continue
		}
		if want := "#/$defs/" + f.shape; property.Ref != want {
			t.Errorf("%s.%s: schema.json has %q, fields.go wants %q", o.name, f.key, property.Ref, want)
		}
		if defs[f.shape].Title == "" {
			t.Errorf("schema.json gives no title to %q", f.shape)
		}
		if property.Description == "" && defs[f.shape].Description == "" && defs[f.shape].Title == "" {
			t.Errorf("%s.%s: schema.json says nothing about it", o.name, f.key)
		}
		if f.required {
			required = append(required, f.key)
		}
	}
	for key := range def.Properties {
		if o.index(key) < 0 {
			t.Errorf("%s.%s is in schema.json only", o.name, key)
		}
	}
	slices.Sort(required)
	slices.Sort(def.Required)
	if !slices.Equal(required, def.Required) {
		t.Errorf("%s: schema.json requires %q, fields.go %q", o.name, def.Required, required)
	}
}

// TestSchemaMatchesLimits holds the schema's words and numbers against the
// constants.
func TestSchemaMatchesLimits(t *testing.T) {
	defs := schemaDefinitions(t)
	for shape, want := range map[string]int{"title": MaxTitle, "answer": MaxAnswer, "text": MaxAsk} {
		if got := defs[shape].OneOf[0].MaxLength; got != want {
			t.Errorf("%s: maxLength %d, want %d", shape, got, want)
		}
	}
	for shape, want := range map[string]int{"id": MaxID, "url": MaxURL, "short": MaxAsk} {
		if got := defs[shape].MaxLength; got != want {
			t.Errorf("%s: maxLength %d, want %d", shape, got, want)
		}
	}
	for shape, want := range map[string]int{"ids": MaxRefs, "languages": MaxLanguages, "parts": MaxParts} {
		if got := defs[shape].MaxItems; got != want {
			t.Errorf("%s: maxItems %d, want %d", shape, got, want)
		}
	}
	if got := defs["kind"].Enum; !slices.Equal(got, NameKinds) {
		t.Errorf("kinds %q, want %q", got, NameKinds)
	}
	if got := defs["status"].Enum; !slices.Equal(got, statusNames) {
		t.Errorf("statuses %q, want %q", got, statusNames)
	}
}

// TestTablesFillTypes fails when a field of a type is filled by no key.
func TestTablesFillTypes(t *testing.T) {
	fillsType[Source](t, &sourceObject, "ID")
	fillsType[Name](t, &nameObject, "ID")
	fillsType[Fact](t, &factObject)
	fillsType[Citation](t, &citationObject)
	fillsType[Gap](t, &gapObject)
	fillsType[Base](t, &baseObject)
}

func fillsType[T any](t *testing.T, o *object[T], others ...string) {
	t.Helper()
	typ := reflect.TypeFor[T]()
	for i := range typ.NumField() {
		f := typ.Field(i)
		key := func(name string) bool {
			plain := strings.ReplaceAll(name, "_", "")
			return strings.EqualFold(plain, f.Name) || name == "base" && f.Name == "ID"
		}
		if f.IsExported() && !slices.Contains(others, f.Name) && !slices.ContainsFunc(o.keys(), key) {
			t.Errorf("no key of a %s fills %s", o.name, f.Name)
		}
	}
}

func compileSchema(t *testing.T, pointer string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	const id = "https://summitbot.example/facts.schema.json"
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(id + pointer)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validate checks a YAML or JSONL file against the schema.
func validate(t *testing.T, path string) error {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	if isYAML(path) {
		return compileSchema(t, "").Validate(fromYAML(t, data))
	}
	line := compileSchema(t, "#/$defs/line")
	for text := range bytes.Lines(data) {
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return err
		}
		if err := line.Validate(value); err != nil {
			return err
		}
	}
	return nil
}

// fromYAML decodes YAML as the validator wants it.
func fromYAML(t *testing.T, data []byte) any {
	t.Helper()
	asJSON, err := yaml.YAMLToJSON(data)
	if err != nil {
		return err.Error() // the schema will refuse a text
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		return err.Error()
	}
	return value
}

func TestSchemaAccepts(t *testing.T) {
	paths := testFilesWithParts(t, "testdata/valid/*", "data/*.yaml")
	for _, path := range paths {
		if err := validate(t, path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// testFilesWithParts returns all facts files that match.
func testFilesWithParts(t *testing.T, patterns ...string) (paths []string) {
	t.Helper()
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, slices.DeleteFunc(found, func(p string) bool { return strings.HasSuffix(p, ".want") })...)
	}
	return paths
}

// onlyLoadRefuses are invalid files whose fault a schema cannot see.
var onlyLoadRefuses = []string{
	"circles.yaml", "dangling_stands_for.yaml", "duplicate_ids.yaml", "duplicate_phrasings.yaml", "no_translation.yaml",
	"empty.jsonl", "invalid_utf8.jsonl", "no_header.jsonl", "tags.yaml", "two_documents.yaml",
}

func TestSchemaRefuses(t *testing.T) {
	for _, path := range testFiles(t, "invalid") {
		if strings.Contains(path, "alias_bomb") {
			continue // the library that decodes it here would go off
		}
		err := validate(t, path)
		expected := !slices.Contains(onlyLoadRefuses, filepath.Base(path))
		if refused := err != nil; refused != expected {
			t.Errorf("%s: refused %t, want %t", path, refused, expected)
		}
	}
}
