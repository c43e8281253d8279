// Package state keeps what members and curators tell the bot, in SQLite or in
// Postgres. Both are asked with the same SQL, but for the few pieces that a
// dialect holds, and have the same tables: see migrations.
package state

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"summitbot/commands"
)

// A Store is a commands.Store in a database. It is safe for concurrent use.
//
// Every call ends within the time-out. What a method has returned without an
// error is on the disk; after an error it may or may not be.
type Store struct {
	write, read *sql.DB // the same one, but for SQLite in a file
	dialect     dialect
	timeout     time.Duration
	health      health
}

var _ commands.Store = (*Store)(nil)

// Options are what can be left out.
type Options struct {
	Timeout time.Duration // of every call; 0: DefaultTimeout
	Log     *slog.Logger  // told of migrations; nil: nobody is
}

// DefaultTimeout is how long a call takes at most. Discord gives up on an
// interaction after three seconds.
const DefaultTimeout = 3 * time.Second

// A dialect is what the databases do not have in common.
type dialect struct {
	name string

	// lock waits until no other transaction holds the lock with the name $1,
	// and holds it until the end of this one. Empty: only one transaction
	// writes at a time anyway.
	lock string

	// again reports whether a transaction that failed so has left nothing
	// behind and is likely to succeed when it is run again.
	again func(error) bool
}

// Open opens the database at an address (see ParseURL), and brings its tables
// up to date. It returns ErrURL for an address that it does not understand.
// The deadline of ctx is the only bound: a migration can take long.
func Open(ctx context.Context, address string, o Options) (*Store, error) {
	url, err := ParseURL(address)
	if err != nil {
		return nil, err
	}
	o.Timeout = cmp.Or(o.Timeout, DefaultTimeout)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	open := openPostgres
	if url.scheme == sqliteScheme {
		open = openSQLite
	}
	s, err := open(url)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	s.timeout = o.Timeout
	if err := migrate(ctx, s, url, o.Log); err != nil {
		return nil, fmt.Errorf("open the database: %w", errors.Join(err, s.Close()))
	}
	return s, nil
}

// Close closes the database. Calls after it fail.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}

// A health is what was found when the database was tried last.
type health struct {
	sync.Mutex
	at  time.Time
	err error
}

// healthyFor is how long a finding holds: whoever asks often must not keep the
// disk busy.
const healthyFor = time.Second

// Healthy writes to the database and reads it back, and returns why that does
// not work. What was found holds for a second.
func (s *Store) Healthy(ctx context.Context) error {
	s.health.Lock()
	defer s.health.Unlock()
	if time.Since(s.health.at) > healthyFor {
		// Another caller, who is given this result as well, may have more time.
		s.health.err = s.tryOut(context.WithoutCancel(ctx))
		s.health.at = time.Now()
	}
	return s.health.err
}

// tryOut writes and reads.
func (s *Store) tryOut(ctx context.Context) error {
	const what, set = "try the database", "INSERT INTO health (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
	now := time.Now().UnixMicro()
	if _, err := s.exec(ctx, what, set, now); err != nil {
		return err
	}
	_, err := one(ctx, s, what, scanInt, "SELECT at FROM health WHERE id = 1")
	return err
}
