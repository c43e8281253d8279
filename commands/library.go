package commands

import (
	"context"
	"errors"
	"time"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// A Library is the facts files of this process: what is served, and how it is
// changed. Package bot/library has it.
type Library interface {
	// Status tells what is served and since when.
	Status() LibraryStatus

	// Files reads the files for a change, or returns ErrReadOnly. The embedded
	// base is copied to where it can be changed first.
	Files(ctx context.Context) (*edit.Files, error)

	// Publish writes changed files and serves them before it returns. It
	// returns edit.ErrChanged when they are not as they were read, and
	// facts.Problems when they have faults.
	Publish(ctx context.Context, files *edit.Files) error
}

// ErrReadOnly tells that there is no file to which a change could be written.
var ErrReadOnly = errors.New("the facts have no file that could be changed")

// A LibraryStatus is what is served.
type LibraryStatus struct {
	Paths  []string // main files; none: the embedded base
	Loaded time.Time
	Took   time.Duration  // from reading to serving
	Faults facts.Problems // of the files as they are on the disk, which are not served while there are any
	Since  time.Time      // since when there are faults
}
