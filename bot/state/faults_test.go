package state

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitbot/commands"
)

// bound is how long a call may take beyond its time-out, on a busy machine.
const bound = DefaultTimeout + 2*time.Second

// refused runs a call that must fail in time, with these words in its error.
func refused(t *testing.T, call func() error, says string) {
	t.Helper()
	begun := time.Now()
	err := call()
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want an error with %q", err, says)
	}
	if took := time.Since(begun); took > bound {
		t.Errorf("it took %v", took)
	}
}

// eventually waits until a call succeeds.
func eventually(t *testing.T, call func() error) {
	t.Helper()
	var err error
	for begun := time.Now(); time.Since(begun) < 20*time.Second; time.Sleep(50 * time.Millisecond) {
		if err = call(); err == nil {
			return
		}
	}
	t.Fatalf("it does not work again: %v", err)
}

// fillUp writes until that fails, and returns who was acknowledged.
func fillUp(t *testing.T, s *Store) (people []string) {
	t.Helper()
	for i := range 20_000 {
		user := fmt.Sprint("p", i)
		err := s.Vote(t.Context(), commands.Vote{User: user, Fact: "f", Revision: "a", Reason: strings.Repeat("why ", 200)})
		if err != nil {
			if !strings.Contains(err.Error(), "full") {
				t.Errorf("got %v, want that the disk is full", err)
			}
			return people
		}
		people = append(people, user)
	}
	t.Fatal("it is never full")
	return nil
}

// TestFullDatabase: where there is no room the store says so, loses nothing,
// and goes on when there is room.
func TestFullDatabase(t *testing.T) {
	t.Parallel()
	s := open(t, sqliteURL(t))
	limit := func(pages int) {
		t.Helper()
		_, err := s.write.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		must(t, err)
	}
	limit(150)
	people := fillUp(t, s)
	_, err := s.Miss(t.Context(), commands.Miss{Text: strings.Repeat("long ", 5000), Lang: "en"})
	if err == nil {
		t.Error("a question was kept without room")
	}
	if n := count(t, s, "SELECT COUNT(*) FROM votes"); n != len(people) {
		t.Errorf("%d votes were acknowledged, %d are there", len(people), n)
	}
	limit(1_000_000)
	must(t, s.Vote(t.Context(), commands.Vote{User: "last", Fact: "f", Revision: "a"}))
	got[int64](t)(s.Miss(t.Context(), commands.Miss{Text: "a", Lang: "en"}))
	counted(t, s)
}

// TestFullDisk is the same on a disk that is full indeed.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("did not run: no small disk can be made here: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	address := "sqlite:" + filepath.Join(folder, "state.db")
	s, err := Open(t.Context(), address, Options{})
	must(t, err)
	people := fillUp(t, s)
	if n := count(t, s, "SELECT COUNT(*) FROM votes"); n != len(people) || n == 0 {
		t.Errorf("%d votes were acknowledged, %d are there", len(people), n)
	}
	must(t, s.Close())
	if out, err := exec.Command("mount", "-o", "remount,size=8m", folder).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s = open(t, address)
	must(t, s.Vote(t.Context(), commands.Vote{User: "last", Fact: "f", Revision: "a"}))
	if n := count(t, s, "SELECT COUNT(*) FROM votes"); n != len(people)+1 {
		t.Errorf("%d votes were acknowledged, %d are there", len(people)+1, n)
	}
	counted(t, s)
}

// TestLocked: another program holds the file; what was not kept is said in
// time, also to those who queue.
func TestLocked(t *testing.T) {
	t.Parallel()
	address := sqliteURL(t)
	s, other := open(t, address), raw(t, address)
	t.Cleanup(func() { must(t, other.Close()) })
	tx, err := other.write.BeginTx(t.Context(), nil) // which begins to write at once
	must(t, err)
	failed := make(chan error, 4)
	begun := time.Now()
	for i := range cap(failed) {
		go func() { failed <- s.Vote(t.Context(), commands.Vote{User: fmt.Sprint(i), Fact: "f"}) }()
	}
	for range cap(failed) {
		if err := <-failed; err == nil || !strings.HasPrefix(err.Error(), "keep a vote: ") {
			t.Errorf("got %v", err)
		}
	}
	if took := time.Since(begun); took > bound {
		t.Errorf("it took %v", took)
	}
	got[[]commands.Rating](t)(s.Worst(t.Context(), 1)) // reading goes on
	must(t, tx.Rollback())
	must(t, s.Vote(t.Context(), commands.Vote{User: "1", Fact: "f"}))
	if n := count(t, s, "SELECT COUNT(*) FROM votes"); n != 1 {
		t.Errorf("%d votes are there", n)
	}
}

// TestServerGone: Postgres is away for a while.
func TestServerGone(t *testing.T) {
	t.Parallel()
	server := ownServer(t)
	s := open(t, schemaIn(t, server.URL()))
	vote := func(user string) func() error {
		return func() error { return s.Vote(t.Context(), commands.Vote{User: user, Fact: "f"}) }
	}
	must(t, vote("1")())
	must(t, server.Stop())
	refused(t, vote("2"), "keep a vote: ")
	refused(t, func() error { _, err := s.Worst(t.Context(), 1); return err }, "list ratings: ")
	eventually(t, func() error {
		if s.Healthy(t.Context()) == nil {
			return errors.New("it is healthy without a server")
		}
		return nil
	})
	must(t, server.Start())
	eventually(t, vote("3"))
	eventually(t, func() error { return s.Healthy(t.Context()) })
	counted(t, s)
}

// TestServerHangs: Postgres is there and does not answer.
func TestServerHangs(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		if s.dialect.name == sqliteScheme {
			t.Skip("did not run: SQLite has no server")
		}
		must(t, s.Vote(t.Context(), commands.Vote{User: "1", Fact: "f"}))
		tx, err := s.write.BeginTx(t.Context(), nil)
		must(t, err)
		_, err = tx.ExecContext(t.Context(), "LOCK TABLE votes")
		must(t, err)
		refused(t, func() error { return s.Vote(t.Context(), commands.Vote{User: "2", Fact: "f"}) }, "keep a vote: the database did not answer within 3s")
		must(t, tx.Rollback())
		must(t, s.Vote(t.Context(), commands.Vote{User: "3", Fact: "f"}))
	})
}

// TestReadOnly: a file that cannot be written is refused at once.
func TestReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("did not run: root can write everything")
	}
	path := filepath.Join(t.TempDir(), "state.db")
	must(t, os.WriteFile(path, nil, 0o400))
	if _, err := Open(t.Context(), "sqlite:"+path, Options{}); err == nil {
		t.Error("it was opened")
	}
}
