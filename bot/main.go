// Command summitbot answers questions from a base of curated facts.
package main

import "os"

func main() {
	os.Exit(run(processConsole(), os.Args[1:]))
}

// run carries out one command line and returns the exit code.
func run(c *console, args []string) int {
	root := newRoot(c)
	root.SetArgs(args)
	return finish(c.err, root.Execute())
}
