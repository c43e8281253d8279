// Command compile writes the compiled form of the embedded base, from which
// the program starts fast. Run it after every change to facts/data or to the
// engine; a test fails while it is stale.
//
//	go generate ./facts
package main

import (
	"fmt"
	"os"

	"summitbot/facts"
)

func main() {
	out, err := facts.Compile()
	if err == nil {
		err = os.WriteFile("data/busan-summit.compiled", out, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
	fmt.Printf("data/busan-summit.compiled: %d bytes\n", len(out))
}
