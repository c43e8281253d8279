package state

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Reach reports whether a database could be opened, without making or changing
// anything in it.
func Reach(ctx context.Context, address string) error {
	u, err := ParseURL(address)
	switch {
	case err != nil:
		return err
	case u.scheme == postgresScheme:
		return reachPostgres(ctx, u)
	case u.path == inMemory:
		return nil
	}
	return reachFile(u.path)
}

func reachPostgres(ctx context.Context, u URL) error {
	ctx, cancel := context.WithTimeout(ctx, DefaultTimeout)
	defer cancel()
	s, err := openPostgres(u)
	if err != nil {
		return err
	}
	return errors.Join(s.write.PingContext(ctx), s.write.Close())
}

// reachFile looks whether a file can be written, or made where there is none.
func reachFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		return errors.Join(checkHeader(path, f), f.Close())
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return withoutPath(path, err)
	}
	folder := filepath.Dir(path)
	f, err = os.CreateTemp(folder, ".summitbot-*")
	if err != nil {
		return withoutPath(folder, err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// header opens every file of SQLite that holds anything
// (https://www.sqlite.org/fileformat.html).
const header = "SQLite format 3\x00"

// checkHeader returns an error for a file of another kind.
func checkHeader(path string, f io.Reader) error {
	begins := make([]byte, len(header))
	n, err := io.ReadFull(f, begins)
	switch {
	case n > 0 && string(begins) != header:
		return fmt.Errorf("%s is no database of SQLite", path)
	case n > 0 || err == io.EOF: // an empty one is filled at the start
		return nil
	}
	return withoutPath(path, err)
}

// withoutPath is an error of the file system with the path said once.
func withoutPath(path string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", path, at.Err)
	}
	return err
}
