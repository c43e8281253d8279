package state

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"summitbot/commands"
)

// rowsOf are rows that a version of the tables can hold, and what counts them.
// A new version gets rows here.
var rowsOf = map[int64][]struct{ insert, count string }{
	1: {
		{`INSERT INTO votes (person, fact, revision, is_right, reason, at) VALUES ('1', 'f', 'a', 0, 'why', 5), ('2', 'f', 'a', 1, '', 6)`,
			`SELECT COUNT(*) FROM votes WHERE reason IN ('why', '')`},
		{`INSERT INTO questions (text, lang, asked, wrong, first_at, last_at, near, gap) VALUES ('q1', 'en', 2, 1, 1, 2, '["n"]', ''), ('q2', 'ko', 1, 0, 1, 1, 'null', 'g')`,
			`SELECT COUNT(*) FROM questions WHERE text IN ('q1', 'q2')`},
		{`INSERT INTO phrasings (lang, words, question, text, asked, last_at) VALUES ('en', 'q1', 1, 'q1', 2, 2), ('ko', 'q2', 2, 'q2', 1, 1)`,
			`SELECT COUNT(*) FROM phrasings`},
	},
	2: {
		{`INSERT INTO suggestions (person, text, link, fact, lang, guild, channel, at) VALUES ('1', 's', '', '', 'en', '', '', 1), ('', 's', '', '', 'en', '', '', 1)`,
			`SELECT COUNT(*) FROM suggestions`},
		{`INSERT INTO drafts (id, person, body, at) VALUES ('a', '1', $1, 1), ('b', '1', $1, 1)`, `SELECT COUNT(*) FROM drafts`},
		{`INSERT INTO changes (at, person, kind, fact, before, after, undoes) VALUES (1, '9', 'add', 'f', NULL, '{}', 0), (2, '9', 'remove', 'f', '{}', NULL, 0)`,
			`SELECT COUNT(*) FROM changes`},
		{`INSERT INTO postings (message, fact, revision, lang, guild, channel, at) VALUES ('1', 'f', 'a', 'en', '', '', 1), ('2', 'f', 'a', 'en', '', '', 1)`,
			`SELECT COUNT(*) FROM postings`},
	},
	3: {
		{`INSERT INTO waiters (question, person, channel, guild, lang, asked, at) VALUES (1, '1', '', '', 'en', 'q1', 1), (1, '2', '', '', 'en', 'q1', 1)`,
			`SELECT COUNT(*) FROM waiters`},
	},
}

// at makes a database with the tables of a version, and with rows in them.
func at(t *testing.T, address string, version int64) {
	t.Helper()
	s := raw(t, address)
	m, err := migrator(s)
	must(t, err)
	if version == 0 { // it has no tables at all
		must(t, s.Close())
		return
	}
	if _, err := m.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	for v := range version {
		for _, r := range rowsOf[v+1] {
			var args []any
			if strings.Contains(r.insert, "$1") {
				args = append(args, []byte("{}"))
			}
			if _, err := s.write.ExecContext(t.Context(), r.insert, args...); err != nil {
				t.Fatalf("%s: %v", r.insert, err)
			}
		}
	}
	must(t, s.Close())
}

// raw opens a database without migrating it.
func raw(t testing.TB, address string) *Store {
	t.Helper()
	u, err := ParseURL(address)
	must(t, err)
	open := openPostgres
	if u.scheme == sqliteScheme {
		open = openSQLite
	}
	s, err := open(u)
	must(t, err)
	s.timeout = DefaultTimeout
	return s
}

// latest is the version of the tables that this program makes.
func latest(t testing.TB) int64 {
	t.Helper()
	files, err := filepath.Glob("migrations/sqlite/*.sql")
	must(t, err)
	return int64(len(files))
}

// TestMigrate: from every version on, everything is still there, counted, and
// of use.
func TestMigrate(t *testing.T) {
	for _, p := range places {
		for version := range latest(t) + 1 {
			t.Run(fmt.Sprint(p.name, " from ", version), func(t *testing.T) {
				t.Parallel()
				address := p.url(t)
				at(t, address, version)
				s := open(t, address)
				for v := range version {
					if len(rowsOf[v+1]) == 0 {
						t.Errorf("there are no rows for version %d", v+1)
					}
					for _, r := range rowsOf[v+1] {
						if n := count(t, s, r.count); n != 2 {
							t.Errorf("%s: got %d", r.count, n)
						}
					}
				}
				counted(t, s)
				must(t, s.Vote(t.Context(), commands.Vote{User: "3", Fact: "f", Revision: "a"}))
				got[int64](t)(s.Miss(t.Context(), commands.Miss{Text: "q1", Lang: "en"}))
				counted(t, s)
				if p.name == sqliteScheme {
					backedUp(t, address, version)
				}
			})
		}
	}
}

// backedUp looks for the copy of a file that had a version, and for what it
// held.
func backedUp(t *testing.T, address string, version int64) {
	t.Helper()
	files, err := filepath.Glob(strings.TrimPrefix(address, "sqlite:") + ".before-*")
	must(t, err)
	if version == 0 || version == latest(t) {
		if len(files) != 0 {
			t.Errorf("there are copies: %q", files)
		}
		return
	}
	if len(files) != 1 || !strings.HasSuffix(files[0], fmt.Sprint(".before-v", latest(t))) {
		t.Fatalf("got %q", files)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
	s := raw(t, "sqlite:"+files[0])
	defer s.Close()
	for v := range version {
		for _, r := range rowsOf[v+1] {
			if n := count(t, s, r.count); n != 2 {
				t.Errorf("in the copy: %s: got %d", r.count, n)
			}
		}
	}
}

// TestNewer: the tables of a newer program are left alone.
func TestNewer(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		_, err := s.write.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, $1)", true)
		must(t, err)
		u := URL{scheme: s.dialect.name}
		err = migrate(t.Context(), s, u, nil)
		if err == nil || !strings.Contains(err.Error(), "it has version 99, and this summitbot knows only those up to 3: run a newer summitbot") {
			t.Errorf("got %v", err)
		}
	})
}

// TestStartTogether: several processes start on one Postgres at once.
func TestStartTogether(t *testing.T) {
	address := postgresURL(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := Open(t.Context(), address, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	counted(t, open(t, address))
}

// TestFile: the file is the owner's, its name may hold anything, and it opens
// again.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a ?%41#b.db")
	for range 2 {
		s, err := Open(t.Context(), "sqlite:"+path, Options{})
		must(t, err)
		must(t, s.Vote(t.Context(), commands.Vote{User: "1"}))
		for _, file := range []string{path, path + "-wal"} {
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: got %v, %v", file, info, err)
			}
		}
		for pragma, want := range map[string]int64{"synchronous": 2, "foreign_keys": 1, "busy_timeout": 2000, "mmap_size": 0, "cache_size": -512} {
			for _, db := range []*sql.DB{s.read, s.write} {
				if n, err := scanInt(db.QueryRowContext(t.Context(), "PRAGMA "+pragma)); err != nil || n != want {
					t.Errorf("%s: got %d, %v", pragma, n, err)
				}
			}
		}
		must(t, s.Close())
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("got %v", entries)
	}
	_, err = Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "none", "a.db"), Options{})
	if err == nil || !strings.Contains(err.Error(), "a.db: no such file or directory") {
		t.Errorf("got %v", err)
	}
}

// TestMemory: a database in memory is one database.
func TestMemory(t *testing.T) {
	s := open(t, "sqlite::memory:")
	must(t, s.Vote(t.Context(), commands.Vote{User: "1", Fact: "f"}))
	if worst := got[[]commands.Rating](t)(s.Worst(t.Context(), 1)); len(worst) != 1 {
		t.Errorf("got %+v", worst)
	}
	must(t, s.Healthy(t.Context()))
}

func TestURL(t *testing.T) {
	for address, wrong := range map[string]string{
		"sqlite:a.db":               "",
		"sqlite:///var/a.db":        "",
		"sqlite::memory:":           "",
		"postgres://bot@db/bot":     "",
		"postgresql://bot:x@db/bot": "",
		"mysql://bot:secret@db/bot": "a database is sqlite:FILE or postgres://USER@HOST/NAME, not \"mysql\"",
		"a.db":                      "has no scheme",
		"sqlite:":                   "names no file",
		"":                          "has no scheme",
		`C:\bot.db`:                 `not "C"`,
	} {
		_, err := ParseURL(address)
		if wrong == "" && err != nil || wrong != "" && (err == nil || !strings.Contains(err.Error(), wrong) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: got %v", address, err)
		}
	}
	for address, want := range map[string]string{
		"sqlite:a.db": "sqlite:etc/a.db", "sqlite:///a.db": "sqlite:///a.db", "sqlite::memory:": "sqlite::memory:",
		"postgres://db/a": "postgres://db/a", "nonsense": "nonsense",
	} {
		if got := Within("etc", address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
	if _, err := Open(t.Context(), "postgres://bot:secret@127.0.0.1:1/bot?connect_timeout=2", Options{}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}
