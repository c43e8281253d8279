package state

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// ErrURL tells of an address of a database that is not understood.
var ErrURL = errors.New("a database is sqlite:FILE or postgres://USER@HOST/NAME")

// A URL is the address of a database.
type URL struct {
	scheme string
	path   string // of the file, or inMemory
	whole  string // for Postgres
}

const (
	sqliteScheme   = "sqlite"
	postgresScheme = "postgres"
	inMemory       = ":memory:"
)

// ParseURL reads the address of a database: sqlite:FILE; sqlite::memory:, which
// is gone when it is closed; or postgres://…, with all that libpq takes. It
// returns ErrURL for anything else. The error does not repeat the address,
// which may hold a password.
func ParseURL(address string) (URL, error) {
	scheme, rest, ok := strings.Cut(address, ":")
	switch {
	case !ok:
		return URL{}, fmt.Errorf("%w, and this has no scheme", ErrURL)
	case scheme == sqliteScheme:
		path := strings.TrimPrefix(rest, "//")
		if path == "" {
			return URL{}, fmt.Errorf("%w, and this names no file", ErrURL)
		}
		return URL{scheme: scheme, path: path}, nil
	case scheme == postgresScheme || scheme == "postgresql":
		return URL{scheme: postgresScheme, whole: address}, nil
	}
	return URL{}, fmt.Errorf("%w, not %q", ErrURL, scheme)
}

// Within returns the address with a relative path of a file made to start from
// a folder. Other addresses it returns as they are.
func Within(folder, address string) string {
	url, err := ParseURL(address)
	if err != nil || url.scheme != sqliteScheme || url.path == inMemory || filepath.IsAbs(url.path) {
		return address
	}
	return sqliteScheme + ":" + filepath.Join(folder, url.path)
}

// File returns the path of a database in a file, and "" for others.
func (u URL) File() string {
	if u.scheme != sqliteScheme || u.path == inMemory {
		return ""
	}
	return u.path
}
