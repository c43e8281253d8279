package facts

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
)

// Revision names the state of a fact: eight hexadecimal digits that change
// with what members read of it, its texts, sources and standing.
func (f *Fact) Revision() string {
	h := fnv.New32a()
	fmt.Fprintf(h, "%q %q %q %q %v", f.Title, f.Answer, f.Status, f.When, f.Sources)
	return hex.EncodeToString(h.Sum(nil))
}
