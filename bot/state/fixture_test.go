package state

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"summitbot/bot/state/throwaway"
)

// A place is where a test may make databases.
type place struct {
	name string
	// url returns the address of an empty database for a test.
	url func(t testing.TB) string
}

// places are the databases that each test runs on.
var places = []place{{"sqlite", sqliteURL}, {"postgres", postgresURL}}

// onEach runs a test on an empty store in each database.
func onEach(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t, p.url(t)))
		})
	}
}

// open opens a store until the test ends.
func open(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func sqliteURL(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "state.db")
}

// postgresURL is a schema of its own in the Postgres that is there for tests.
func postgresURL(t testing.TB) string {
	t.Helper()
	address := os.Getenv(throwaway.Variable)
	if address == "" {
		without(t, throwaway.Variable+" is not set, which `make test` does")
	}
	return schemaIn(t, address)
}

// without skips a test that needs Postgres, or fails it in CI.
func without(t testing.TB, why string) {
	t.Helper()
	if throwaway.Required() {
		t.Fatal("postgres: did not run: " + why)
	}
	t.Skip("postgres: did not run: " + why)
}

// schemaIn makes an empty schema and returns its address.
func schemaIn(t testing.TB, address string) string {
	t.Helper()
	schema, err := throwaway.Schema(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// ownServer is a Postgres that a test may stop and kill.
func ownServer(t *testing.T) *throwaway.Server {
	t.Helper()
	s, err := throwaway.Start()
	if err != nil {
		without(t, err.Error())
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// count runs a query for a number.
func count(t testing.TB, s *Store, query string, args ...any) int {
	t.Helper()
	n, err := one(context.WithoutCancel(t.Context()), s, "count", scanInt, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

// day is a time that every database can keep as it is.
var day = time.Date(2025, 10, 1, 12, 0, 0, 0, time.UTC)

// must stops a test at an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got stops a test at an error, and returns what came with none.
func got[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// counted holds what is counted on writing against what is there.
func counted(t testing.TB, s *Store) {
	t.Helper()
	for what, query := range map[string]string{
		"ratings":      `SELECT COUNT(*) FROM ratings r WHERE r.n_right <> (SELECT COUNT(*) FROM votes v WHERE v.fact = r.fact AND v.revision = r.revision AND v.is_right = 1) OR r.n_wrong <> (SELECT COUNT(*) FROM votes v WHERE v.fact = r.fact AND v.revision = r.revision AND v.is_right = 0)`,
		"votes":        `SELECT COUNT(*) FROM votes v WHERE NOT EXISTS (SELECT 1 FROM ratings r WHERE v.fact = r.fact AND v.revision = r.revision)`,
		"open":         `SELECT COUNT(*) FROM open_questions o WHERE o.n <> (SELECT COUNT(*) FROM questions q WHERE q.lang = o.lang AND q.state = 'open')`,
		"waiting":      `SELECT COUNT(*) FROM questions q WHERE q.waiting <> (SELECT COUNT(*) FROM waiters w WHERE w.question = q.id)`,
		"asked":        `SELECT COUNT(*) FROM questions q WHERE q.asked <> (SELECT COALESCE(SUM(p.asked), 0) FROM phrasings p WHERE p.question = q.id)`,
		"who is owed":  `SELECT COUNT(*) FROM waiters w JOIN questions q ON q.id = w.question WHERE q.state = 'answered' AND w.due = 0`,
		"without text": `SELECT COUNT(*) FROM questions q WHERE NOT EXISTS (SELECT 1 FROM phrasings p WHERE p.question = q.id)`,
	} {
		if n := count(t, s, query); n != 0 {
			t.Errorf("%s: %d rows are counted wrongly", what, n)
		}
	}
}
