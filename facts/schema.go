package facts

import _ "embed" // for schema.json

//go:embed schema.json
var schemaJSON []byte

// Schema returns the JSON Schema of a facts file, for editors and other
// programs. What it cannot say, such as that an id exists, Load checks alone.
func Schema() []byte { return schemaJSON }
