package localdiscord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// contractURL names the OpenAPI file among the resources of the compiler.
const contractURL = "local:openapi.json"

// A Contract holds Discord's OpenAPI file against bodies. Schemas are compiled
// when they are first needed.
type Contract struct {
	mu       sync.Mutex
	doc      object
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema // by JSON pointer
}

// LoadContract reads Discord's openapi.json. Where the file is stricter or
// laxer than the documentation, the copy in memory is changed: see relax.
func LoadContract(path string) (*Contract, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("localdiscord: contract: %w", err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("localdiscord: contract %s: %w", path, err)
	}
	doc, _ := v.(object)
	if obj(doc, "paths") == nil || obj(obj(doc, "components"), "schemas") == nil {
		return nil, fmt.Errorf("localdiscord: contract %s: not an OpenAPI file", path)
	}
	relax(doc)
	c := &Contract{doc: doc, compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}}
	if err := c.compiler.AddResource(contractURL, doc); err != nil {
		return nil, fmt.Errorf("localdiscord: contract %s: %w", path, err)
	}
	return c, nil
}

// relax makes the file say what the documentation does.
func relax(doc object) {
	schemas := obj(obj(doc, "components"), "schemas")
	for _, name := range []string{"ApplicationCommandUpdateRequest", "ApplicationCommandCreateRequest"} {
		properties := obj(obj(schemas, name), "properties")
		properties["default_member_permissions"] = object{"type": []any{"integer", "string", "null"}} // libraries send a string
		properties["nsfw"], properties["default_permission"] = true, true                             // documented, not in the file
	}
	for _, name := range []string{"MessageCreateRequest", "MessageEditRequestPartial"} {
		setLimit(obj(obj(obj(schemas, name), "properties"), "content"), "maxLength", maxContent) // the file says 4,000
	}
	setLimit(obj(obj(obj(schemas, "ModalInteractionCallbackRequestData"), "properties"), "components"), "maxItems", maxModalComponents) // the file says 40
	// Codes of single fields are words, such as BASE_TYPE_REQUIRED.
	obj(obj(obj(schemas, "InnerErrors"), "properties"), "_errors")["items"] = object{"type": "object", "required": []any{"code", "message"}}
	obj(obj(schemas, "ComponentEmojiForRequest"), "properties")["animated"] = true                                 // documented for emoji in general
	obj(obj(schemas, "MessageAttachmentRequest"), "properties")["id"] = object{"type": []any{"integer", "string"}} // documented with numbers for new files
	for name, schema := range schemas {
		if optionSchema.MatchString(name) { // libraries send the fields of all types of options, empty
			for _, key := range optionKeys {
				setDefault(obj(schema, "properties"), key, true)
			}
		}
		if isRequest(name) && has(schema, "properties") && !has(schema, "allOf") {
			setDefault(schema.(object), "additionalProperties", false)
		}
	}
}

var optionSchema = regexp.MustCompile(`^ApplicationCommand\w*Option$`)

// isRequest reports whether a schema is for what the bot sends.
func isRequest(name string) bool {
	return strings.Contains(name, "Request") || strings.HasPrefix(name, "RichEmbed") || strings.HasSuffix(name, "CallbackIntegerData") ||
		optionSchema.MatchString(name) || strings.HasPrefix(name, "ApplicationCommandOption") && !strings.HasSuffix(name, "Response")
}

func setLimit(schema object, key string, limit int) {
	if schema != nil {
		schema[key] = json.Number(strconv.Itoa(limit))
	}
}

// request checks the body of a request.
func (c *Contract) request(method, template string, body any) []problem {
	pointer := operation(method, template) + "/requestBody/content/application~1json/schema"
	if template == callbackRoute {
		pointer = callbackSchema(number(body, "type"))
	}
	return c.check(pointer, body)
}

// callbackSchema picks the schema of a callback by its type: tried against all
// of them, a body gets errors about all of them.
func callbackSchema(response int) string {
	name := map[int]string{
		ResponsePong:           "PongInteractionCallbackRequest",
		ResponseMessage:        "CreateMessageInteractionCallbackRequest",
		ResponseDeferred:       "CreateMessageInteractionCallbackRequest",
		ResponseDeferredUpdate: "UpdateMessageInteractionCallbackRequest",
		ResponseUpdate:         "UpdateMessageInteractionCallbackRequest",
		ResponseAutocomplete:   "ApplicationCommandAutocompleteCallbackRequest",
		ResponseModal:          "ModalInteractionCallbackRequest",
	}[response]
	if name == "" {
		name = "PongInteractionCallbackRequest"
	}
	return "/components/schemas/" + name
}

// response checks what this Discord itself answers.
func (c *Contract) response(method, template string, r reply) []problem {
	if r.body == nil {
		return nil
	}
	responses := operation(method, template) + "/responses/"
	pointer := responses + strconv.Itoa(r.status) + "/content/application~1json/schema"
	switch {
	case r.status == http.StatusTooManyRequests:
		pointer = "/components/responses/ClientRatelimitedResponse/content/application~1json/schema"
	case r.status >= http.StatusBadRequest:
		pointer = "/components/responses/ClientErrorResponse/content/application~1json/schema"
	}
	problems := c.check(pointer, clone(r.body))
	for i := range problems {
		problems[i].message = "this Discord answered against the contract: " + problems[i].message
	}
	return problems
}

// operation is the JSON pointer of an operation.
func operation(method, template string) string {
	return "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(template) + "/" + strings.ToLower(method)
}

// check holds a value against the schema at a JSON pointer.
func (c *Contract) check(pointer string, v any) []problem {
	schema, err := c.schema(pointer)
	if err != nil {
		return []problem{{code: "CONTRACT", message: err.Error()}}
	}
	err = schema.Validate(v)
	if err == nil {
		return nil
	}
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return []problem{{code: "CONTRACT", message: err.Error()}}
	}
	var problems []problem
	for _, leaf := range leaves(invalid) {
		problems = append(problems, problem{strings.Join(leaf.InstanceLocation, "."), "CONTRACT", lastLine(leaf.Error())})
	}
	return problems
}

// schema compiles a schema once.
func (c *Contract) schema(pointer string) (*jsonschema.Schema, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if schema, ok := c.compiled[pointer]; ok {
		return schema, nil
	}
	schema, err := c.compiler.Compile(contractURL + "#" + (&url.URL{Path: pointer}).EscapedPath())
	if err != nil {
		return nil, fmt.Errorf("no schema at %s: %w", pointer, err)
	}
	c.compiled[pointer] = schema
	return schema, nil
}

// leaves are the causes of a validation error that have no causes themselves.
// Of the branches of a union only the one that came nearest to fitting counts.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var all, nearest []*jsonschema.ValidationError
	for n, cause := range e.Causes {
		branch := leaves(cause)
		all = append(all, branch...)
		if n == 0 || distance(e, branch) < distance(e, nearest) {
			nearest = branch
		}
	}
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
		return nearest
	}
	return all
}

// distance says how far a branch of a union is from fitting: by its errors,
// and farthest when it is for values of another type altogether.
func distance(union *jsonschema.ValidationError, branch []*jsonschema.ValidationError) int {
	const another = 1000
	n := len(branch)
	own := union.InstanceLocation
	for _, e := range branch {
		_, wrongType := e.ErrorKind.(*kind.Type)
		if at := e.InstanceLocation; wrongType && len(at) == len(own) || len(at) == len(own)+1 && at[len(own)] == "type" {
			n += another
		}
	}
	return n
}

// lastLine drops the heading that names the schema.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimPrefix(strings.TrimSpace(lines[len(lines)-1]), "- ")
}
