package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"go.uber.org/goleak"

	"summitbot/facts"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// mainText is a base whose facts all say the same number, with number%3 facts
// more than two.
func mainText(id string, number int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `base: %s
title: {en: "The %s"}
languages: [en]
parts: [%s.en.yaml]
sources:
  paper: {title: "Numbers", publisher: "The Paper", url: "https://example.org/numbers", language: en}
facts:
`, id, id, id)
	for i := range 2 + number%3 {
		fmt.Fprintf(&b, "  - {id: fact-%d, title: {en: \"Fact %d of the %s\"}, answer: {en: \"The number is %d.\"}, sources: [{ref: paper}]}\n", i, i, id, number)
	}
	return b.String()
}

// partText has phrasings, and the number once more.
func partText(id string, number int) string {
	return fmt.Sprintf("base: %s\nlanguage: en\nasks:\n  fact-0: [\"what is the first number of the %s\", \"tell me number %d\"]\n  fact-1: [\"what comes second in the %s\"]\n", id, id, number, id)
}

// number is what the first fact of a base says, or -1.
func number(s *facts.Snapshot, id string) int {
	r, ok := s.Lookup(id + "/fact-0")
	if !ok {
		return -1
	}
	text, _ := r.Fact.Answer.In("en")
	return parsed(text)
}

func parsed(text string) (n int) {
	if _, err := fmt.Sscanf(text, "The number is %d.", &n); err != nil {
		return -1
	}
	return n
}

// asked is the number in the phrasings of a base, or -1.
func asked(s *facts.Snapshot, id string) (n int) {
	n = -1
	if r, ok := s.Lookup(id + "/fact-0"); ok {
		for _, p := range r.Fact.Asks {
			_, _ = fmt.Sscanf(p.Text, "tell me number %d", &n)
		}
	}
	return n
}

func write(t testing.TB, path, text string) {
	t.Helper()
	check(t, os.WriteFile(path, []byte(text), 0o600))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// folder is a folder with a base.
func folder(t testing.TB, ids ...string) string {
	t.Helper()
	dir := t.TempDir()
	writeBases(t, dir, 1, ids...)
	return dir
}

func writeBases(t testing.TB, dir string, number int, ids ...string) {
	t.Helper()
	for _, id := range ids {
		write(t, filepath.Join(dir, id+".en.yaml"), partText(id, number))
		write(t, filepath.Join(dir, id+".yaml"), mainText(id, number))
	}
}

// A bench is a library under test, with what it has told.
type bench struct {
	*Library
	t       testing.TB
	mu      sync.Mutex
	changed []Report
	faulty  []Report
	loads   map[bool]int
	log     bytes.Buffer
}

// opened opens a library over files.
func opened(t testing.TB, c Config, e editing) *bench {
	t.Helper()
	b := &bench{t: t, loads: map[bool]int{}}
	locked := func(do func()) { b.mu.Lock(); defer b.mu.Unlock(); do() }
	c.Changed = func(r Report) { locked(func() { b.changed = append(b.changed, r) }) }
	c.Faulty = func(r Report) { locked(func() { b.faulty = append(b.faulty, r) }) }
	c.Loaded = func(ok bool) { locked(func() { b.loads[ok]++ }) }
	c.Log = slog.New(slog.NewTextHandler(writerFunc(func(p []byte) { locked(func() { b.log.Write(p) }) }), nil))
	var err error
	b.Library, err = openWith(c, e)
	check(t, err)
	return b
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) { f(p); return len(p), nil }

// run watches until the test ends.
func (b *bench) run() *bench {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); b.Run(ctx) }()
	b.t.Cleanup(func() { cancel(); <-done })
	return b
}

// told returns how many changes and faults were told.
func (b *bench) told() (changed, faulty int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.changed), len(b.faulty)
}

func (b *bench) logged(text string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Count(b.log.String(), text)
}

func (b *bench) until(what string, ok func() bool) {
	b.t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.t.Fatalf("never: %s\n%s", what, b.log.String())
		}
	}
}

// serves waits until a number is served.
func (b *bench) serves(id string, n int) {
	b.t.Helper()
	b.until(fmt.Sprintf("%s says %d", id, n), func() bool { return number(b.Snapshot(), id) == n })
}

// quiet waits so long that any change would have been noticed.
func quiet() { time.Sleep(defaultDebounce + grace + 300*time.Millisecond) }

func TestOpen(t *testing.T) {
	dir := folder(t, "talks")
	b := opened(t, Config{Paths: []string{filepath.Join(dir, "talks.yaml")}}, filesEditing())
	s := b.Status()
	if number(b.Snapshot(), "talks") != 1 || len(s.Paths) != 1 || s.Loaded.IsZero() || s.Faults != nil || b.loads[true] != 1 {
		t.Errorf("got %+v, %v", s, b.loads)
	}
	write(t, filepath.Join(dir, "talks.yaml"), "base: talks\nfacts: 3\n")
	_, err := Open(Config{Paths: s.Paths})
	if problems, ok := errors.AsType[facts.Problems](err); !ok || problems[0].Line == 0 {
		t.Errorf("a faulty file: got %v", err)
	}
	if _, err := Open(Config{Paths: []string{filepath.Join(dir, "nowhere.yaml")}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: got %v", err)
	}
	broken := filesEditing()
	broken.recover = func(...string) error { return os.ErrPermission }
	writeBases(t, dir, 1, "talks")
	if b := opened(t, Config{Paths: s.Paths}, broken); b.logged("could not be ended") != 1 {
		t.Error("nothing warns that recovering has failed")
	}
}

// TestFaults breaks a file in two ways, and mends it.
func TestFaults(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	path := filepath.Join(dir, "talks.yaml")
	b := opened(t, Config{Paths: []string{path}}, filesEditing()).run()
	served := b.Snapshot()
	first := mainText("talks", 1) + "  - {id: fact-9}\n"
	second := strings.Replace(mainText("talks", 1), "languages", "langauges", 1)
	for i, text := range []string{first, second, first} {
		write(t, path, text)
		b.until("a fault is told", func() bool { _, faulty := b.told(); return faulty >= min(i+1, 2) && b.Status().Faults != nil })
		quiet()
	}
	s := b.Status()
	if len(s.Faults) == 0 || s.Faults[0].File != path || s.Faults[0].Line == 0 || s.Faults[0].Column == 0 || s.Since.IsZero() {
		t.Errorf("got %+v", s)
	}
	changed, faulty := b.told()
	if changed != 0 || faulty != 2 || b.logged("have faults") != 2 {
		t.Errorf("told %d changes and %d faults, want 0 and 2", changed, faulty)
	}
	if r := b.faulty[0]; len(r.Faults) == 0 || r.After != nil || r.Before[0] != served.Bases()[0] {
		t.Errorf("told %+v", r)
	}
	if b.Snapshot() != served {
		t.Error("what was good is not served on")
	}
	write(t, path, mainText("talks", 1))
	b.until("mended", func() bool { return b.Status().Faults == nil })
	if b.Snapshot() != served || b.logged("mended") != 1 || b.logged("have changed") != 0 {
		t.Errorf("mended to what is served: it is read anew, or not told:\n%s", b.log.String())
	}
	write(t, path, first)
	b.until("the same fault is told, since it was mended", func() bool { _, faulty := b.told(); return faulty == 3 })
	write(t, path, mainText("talks", 2))
	b.serves("talks", 2)
	b.until("mended again", func() bool { return b.logged("mended") == 2 })
	if b.logged("The number") > 0 {
		t.Error("the log holds an answer")
	}
}

// TestMissingPart names a part that is not there yet.
func TestMissingPart(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	path := filepath.Join(dir, "talks.yaml")
	b := opened(t, Config{Paths: []string{path}}, filesEditing()).run()
	write(t, path, strings.Replace(mainText("talks", 2), "talks.en.yaml", "other.yaml", 1))
	b.until("the part is missed", func() bool { return len(b.Status().Faults) == 1 })
	write(t, filepath.Join(dir, "other.yaml"), partText("talks", 2))
	b.serves("talks", 2)
	write(t, filepath.Join(dir, "other.yaml"), partText("talks", 3))
	b.until("the new part is watched", func() bool { return asked(b.Snapshot(), "talks") == 3 })
}

func TestTwoBases(t *testing.T) {
	t.Parallel()
	one, two := folder(t, "talks"), folder(t, "visits")
	b := opened(t, Config{Paths: []string{filepath.Join(one, "talks.yaml"), filepath.Join(two, "visits.yaml")}}, filesEditing()).run()
	writeBases(t, two, 2, "visits")
	b.serves("visits", 2)
	writeBases(t, one, 3, "talks")
	b.serves("talks", 3)
	write(t, filepath.Join(two, "visits.yaml"), "nonsense")
	b.until("one is faulty", func() bool { return b.Status().Faults != nil })
	if s := b.Snapshot(); number(s, "talks") != 3 || number(s, "visits") != 2 {
		t.Error("a fault in one base has changed what is served")
	}
	writeBases(t, one, 4, "talks")
	quiet()
	if number(b.Snapshot(), "talks") != 3 {
		t.Error("half of what is on the disk is served")
	}
	writeBases(t, two, 5, "visits")
	b.serves("visits", 5)
	b.serves("talks", 4)
	b.until("all changes are told", func() bool { n, _ := b.told(); return n >= 3 })
	last := b.changed[len(b.changed)-1]
	if len(last.Before) != 2 || len(last.After) != 2 || last.Loaded.IsZero() || last.Took <= 0 {
		t.Errorf("told %+v", last)
	}
}

// TestBlind does without the system's help.
func TestBlind(t *testing.T) {
	t.Parallel()
	closed := func() (*fsnotify.Watcher, error) {
		w, err := fsnotify.NewWatcher()
		if err == nil {
			err = w.Close()
		}
		return w, err
	}
	for name, open := range map[string]func() (*fsnotify.Watcher, error){
		"no watcher":      func() (*fsnotify.Watcher, error) { return nil, errors.New("too many open files") },
		"it cannot watch": closed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, "talks")
			b := opened(t, Config{Paths: []string{filepath.Join(dir, "talks.yaml")}, Poll: 50 * time.Millisecond}, filesEditing())
			b.newWatcher = open
			b.run()
			for n := 2; n < 5; n++ {
				writeBases(t, dir, n, "talks")
				b.serves("talks", n)
			}
			if n := b.logged("level=WARN"); n != 1 {
				t.Errorf("%d warnings, want one:\n%s", n, b.log.String())
			}
		})
	}
}

func TestReload(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	b := opened(t, Config{Paths: []string{filepath.Join(dir, "talks.yaml")}}, filesEditing())
	served := b.Snapshot()
	check(t, b.Reload(t.Context()))
	if b.Snapshot() != served {
		t.Error("the same files are served anew")
	}
	writeBases(t, dir, 2, "talks")
	check(t, b.Reload(t.Context()))
	if number(b.Snapshot(), "talks") != 2 {
		t.Error("the change is not served")
	}
	write(t, filepath.Join(dir, "talks.yaml"), "nonsense")
	if _, ok := errors.AsType[facts.Problems](b.Reload(t.Context())); !ok || b.Status().Faults == nil {
		t.Error("faults are not told")
	}
	b.turn <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := b.Reload(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it is another's turn: got %v", err)
	}
}
