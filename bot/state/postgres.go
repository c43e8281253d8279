package state

import (
	"database/sql/driver"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// Bounds on connections.
const (
	postgresMost    = 8
	postgresIdle    = 2
	postgresIdleFor = 5 * time.Minute
)

// Codes of errors after which Postgres has undone the whole transaction.
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
)

// openPostgres connects when it is used first.
func openPostgres(u URL) (*Store, error) {
	config, err := pgx.ParseConfig(u.whole)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["application_name"] = "summitbot"
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(postgresMost)
	db.SetMaxIdleConns(postgresIdle)
	db.SetConnMaxIdleTime(postgresIdleFor)
	return &Store{write: db, read: db, dialect: dialect{
		name:  postgresScheme,
		lock:  "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
		again: postgresAgain,
	}}, nil
}

// postgresAgain reports whether nothing of a transaction was done: two stood in
// each other's way, or the connection was broken before it began.
func postgresAgain(err error) bool {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return p.Code == serializationFailure || p.Code == deadlockDetected
	}
	return errors.Is(err, driver.ErrBadConn)
}
