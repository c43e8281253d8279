//go:build !unix

package edit

import (
	"io/fs"
	"os"
)

// lock does nothing where folders cannot be locked: there only one bot may
// write.
func lock([]string) (unlock func(), err error) { return func() {}, nil }

func keepOwner(*os.File, fs.FileInfo) {}

// syncFolder does nothing where folders cannot be synced.
func syncFolder(string) error { return nil }
