package state

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	_ "modernc.org/sqlite" // registers the driver
)

// Bounds on connections. Only one can write at a time, so a second writer would
// do nothing but wait; each holds a cache of its own.
const (
	sqliteReaders   = 2
	sqliteReaderFor = time.Minute // a reader is closed when it was idle for so long
)

// sqlitePragmas are set on each connection. FULL makes a commit wait for the
// disk. The sizes are in KiB: the operating system caches the file anyway.
var sqlitePragmas = []string{"busy_timeout(2000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)", "cache_size(-512)", "mmap_size(0)"}

// openSQLite opens a file, which only the owner can read if it is made here.
func openSQLite(u URL) (*Store, error) {
	s := &Store{dialect: dialect{name: sqliteScheme, again: func(error) bool { return false }}}
	if u.path == inMemory { // each connection has a memory of its own
		db, err := sql.Open("sqlite", inMemory+"?"+sqliteQuery(nil))
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(1)
		s.write, s.read = db, db
		return s, nil
	}
	if err := touch(u.path); err != nil {
		return nil, err
	}
	var err error
	if s.write, err = sql.Open("sqlite", sqliteDSN(u.path, nil)); err != nil {
		return nil, err
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", sqliteDSN(u.path, []string{"query_only(1)"})); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	s.read.SetMaxOpenConns(sqliteReaders)
	s.read.SetConnMaxIdleTime(sqliteReaderFor)
	return s, nil
}

// sqliteDSN is a file as the driver wants it named.
func sqliteDSN(path string, pragmas []string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + sqliteQuery(pragmas)
}

// sqliteQuery is the settings of a connection. A transaction locks from its
// start: one that has read and then wants to write may have to fail.
func sqliteQuery(pragmas []string) string {
	return url.Values{"_pragma": append(append([]string{}, sqlitePragmas...), pragmas...), "_txlock": {"immediate"}}.Encode()
}

// touch makes a file if there is none. SQLite gives the files beside it the
// same permissions.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		if at, ok := errors.AsType[*fs.PathError](err); ok {
			return fmt.Errorf("%s: %w", path, at.Err)
		}
		return err
	}
	return f.Close()
}
