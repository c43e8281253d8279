// Command summitbot answers questions from a base of curated facts.
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit(run(context.Background(), processConsole(), os.Args[1:]))
}

// run carries out one command line and returns the exit code. Commands that
// run on end when ctx is done.
func run(ctx context.Context, c *console, args []string) int {
	root := newRoot(c)
	root.SetArgs(args)
	return finish(c.err, root.ExecuteContext(ctx))
}
