package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"summitbot/commands"
)

// mostTries is how often a transaction is tried that others keep undoing.
const mostTries = 5

// tx runs what must happen together or not at all. fn may be run more than
// once.
func (s *Store) tx(ctx context.Context, what string, fn func(context.Context, *sql.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	for try := 1; ; try++ {
		err := s.tryTx(ctx, fn)
		if err == nil || try == mostTries || !s.dialect.again(err) {
			return s.wrap(what, err)
		}
	}
}

func (s *Store) tryTx(ctx context.Context, fn func(context.Context, *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(ctx, tx); err != nil {
		_ = tx.Rollback() // what matters is the first error
		return err
	}
	return tx.Commit()
}

// lock keeps other transactions out that take the lock of the same name, until
// the end of this one.
func (s *Store) lock(ctx context.Context, tx *sql.Tx, name string) error {
	if s.dialect.lock == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, s.dialect.lock, name)
	return err
}

// exec runs one statement that writes, and returns how many rows it changed. A
// statement that returns rows needs tx: SQLite commits it when the rows are
// closed, where a failure goes unseen.
func (s *Store) exec(ctx context.Context, what, statement string, args ...any) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	for try := 1; ; try++ {
		n, err := changed(s.write.ExecContext(ctx, statement, args...))
		if err == nil || try == mostTries || !s.dialect.again(err) {
			return n, s.wrap(what, err)
		}
	}
}

// changed returns how many rows a statement changed.
func changed(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// wrap says once what could not be done.
func (s *Store) wrap(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: the database did not answer within %v: %w", what, s.timeout, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// A row is what can be scanned: sql.Row or sql.Rows.
type row interface{ Scan(...any) error }

// list runs a query and returns all rows.
func list[T any](ctx context.Context, s *Store, what string, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.wrap(what, err)
	}
	found, err := collect(rows, scan)
	return found, s.wrap(what, err)
}

// collect reads all rows and closes them.
func collect[T any](rows *sql.Rows, scan func(row) (T, error)) ([]T, error) {
	defer rows.Close()
	var found []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	return found, rows.Err()
}

// one runs a query and returns its row, or commands.ErrGone.
func one[T any](ctx context.Context, s *Store, what string, scan func(row) (T, error), query string, args ...any) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	v, err := scan(s.read.QueryRowContext(ctx, query, args...))
	return v, s.wrap(what, gone(err))
}

// gone turns a missing row into commands.ErrGone.
func gone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return commands.ErrGone
	}
	return err
}

func scanInt(r row) (n int64, err error)      { err = r.Scan(&n); return n, err }
func scanText(r row) (text string, err error) { err = r.Scan(&text); return text, err }

// micro is a time as it is kept: microseconds since 1970. The zero time stands
// for now.
func micro(t time.Time) int64 {
	if t.IsZero() {
		t = time.Now()
	}
	return t.UnixMicro()
}

// moment is a time that was kept.
func moment(micro int64) time.Time { return time.UnixMicro(micro).UTC() }

// bit is a truth as it is kept: SQLite has no other.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// clean drops from what people wrote what Postgres does not take.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}
