package state

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrations bring the tables of each database forward. A published one is
// never changed; what is to be different goes into the next.
//
//go:embed migrations/*/*.sql
var migrations embed.FS

// How often, a second apart, another process is waited for that is migrating
// the same Postgres.
const migrationTries = 300

// migrator returns what runs the migrations.
func migrator(s *Store) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+s.dialect.name)
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger())}
	if s.dialect.name == sqliteScheme {
		return goose.NewProvider(goose.DialectSQLite3, s.write, files, options...)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, migrationTries))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, s.write, files, append(options, goose.WithSessionLocker(locker))...)
}

// migrate brings the tables up to date. Before it changes a file that has
// something in it, it makes a copy.
func migrate(ctx context.Context, s *Store, u URL, log *slog.Logger) error {
	m, err := migrator(s)
	if err != nil {
		return err
	}
	from, to, err := m.GetVersions(ctx)
	switch {
	case err != nil:
		return err
	case from == to:
		return nil
	case from > to:
		return fmt.Errorf("it has version %d, and this summitbot knows only those up to %d: run a newer summitbot, or go back to a backup", from, to)
	}
	if from > 0 && s.dialect.name == sqliteScheme && u.path != inMemory {
		copied := fmt.Sprintf("%s.before-v%d", u.path, to)
		if err := backUp(ctx, s, copied); err != nil {
			return fmt.Errorf("back it up to %s: %w", copied, err)
		}
		log.Info("database backed up", "file", copied)
	}
	if _, err := m.Up(ctx); err != nil {
		return err
	}
	log.Info("database migrated", "from", from, "to", to)
	return nil
}

// backUp copies an SQLite database into a file, in place of one that an
// earlier attempt left. Either the whole copy is there or none.
func backUp(ctx context.Context, s *Store, path string) error {
	unfinished := path + ".tmp"
	if err := os.Remove(unfinished); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := touch(unfinished); err != nil { // SQLite would let others read it
		return err
	}
	defer os.Remove(unfinished)
	if _, err := s.write.ExecContext(ctx, "VACUUM INTO $1", unfinished); err != nil {
		return err
	}
	if err := syncFile(unfinished); err != nil {
		return err
	}
	if err := os.Rename(unfinished, path); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

// syncFile waits until a file, or what a folder lists, is on the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
