package library

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"summitbot/commands"
	"summitbot/facts"
	"summitbot/facts/edit"
)

// editingTo stands in for package edit: files become what text says.
func editingTo(path string, text func() string) editing {
	e := filesEditing()
	e.read = func(...string) (*edit.Files, error) { return &edit.Files{}, nil }
	e.load = func(*edit.Files) ([]*facts.Base, facts.Problems) {
		if strings.Contains(text(), "nonsense") {
			return nil, facts.Problems{{File: path, Message: "nonsense"}}
		}
		return nil, facts.Problems{{File: path, Message: "might be better", Warning: true}}
	}
	e.write = func(*edit.Files) error {
		if strings.Contains(text(), "changed") {
			return edit.ErrChanged
		}
		return os.WriteFile(path, []byte(text()), 0o600)
	}
	return e
}

func TestPublish(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	path := in(dir, "talks.yaml")
	next := ""
	b := opened(t, Config{Paths: []string{path}}, editingTo(path, func() string { return next })).run()
	files, err := b.Files(t.Context())
	check(t, err)
	for n := 2; n < 5; n++ {
		next = mainText("talks", n)
		check(t, b.Publish(t.Context(), files))
		if got := number(b.Snapshot(), "talks"); got != n {
			t.Errorf("published %d, %d is served", n, got)
		}
		quiet()
		if changed, faulty := b.told(); changed != n-1 || faulty > 0 {
			t.Errorf("published %d times: told %d changes and %d faults", n-1, changed, faulty)
		}
	}
	next = "nonsense"
	if problems, ok := errors.AsType[facts.Problems](b.Publish(t.Context(), files)); !ok || len(problems) != 1 {
		t.Errorf("a faulty change: got %v", problems)
	}
	next = "changed"
	if err := b.Publish(t.Context(), files); !errors.Is(err, edit.ErrChanged) {
		t.Errorf("changed meanwhile: got %v", err)
	}
	if got := number(b.Snapshot(), "talks"); got != 4 {
		t.Errorf("%d is served", got)
	}
	next = "broken on the way to the disk"
	err = b.Publish(t.Context(), files)
	if _, ok := errors.AsType[facts.Problems](err); ok || err == nil || !strings.Contains(err.Error(), "is written") {
		t.Errorf("somebody broke it just then: got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Publish(ctx, files); !errors.Is(err, context.Canceled) {
		t.Errorf("too late: got %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	b := opened(t, Config{}, filesEditing()).run()
	_, err := b.Files(t.Context())
	if published := b.Publish(t.Context(), &edit.Files{}); !errors.Is(err, commands.ErrReadOnly) || !errors.Is(published, commands.ErrReadOnly) {
		t.Errorf("got %v and %v", err, published)
	}
	if s := b.Status(); len(s.Paths) > 0 || s.Loaded.IsZero() || b.Reload(t.Context()) != nil {
		t.Errorf("got %+v", s)
	}
}

// TestFolder serves the embedded base from a folder, and changes it there.
func TestFolder(t *testing.T) {
	t.Parallel()
	dir := in(t.TempDir(), "a/facts")
	b := opened(t, Config{Folder: dir}, filesEditing())
	from, names, err := facts.EmbeddedFiles()
	check(t, err)
	for _, name := range names {
		want, err := fs.ReadFile(from, name)
		check(t, err)
		if got, err := os.ReadFile(in(dir, name)); err != nil || string(got) != string(want) {
			t.Errorf("%s: not as it is embedded: %v", name, err)
		}
	}
	if left, _ := filepath.Glob(in(dir, ".copy-*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if s := b.Status(); len(s.Paths) != 1 || s.Paths[0] != in(dir, names[0]) {
		t.Errorf("served: %v", s.Paths)
	}
	if p := b.Snapshot().Bases()[0].Position(facts.Item{}); p.Line != 0 {
		t.Error("it was read from the files, not from its compiled form")
	}
	b.build = func(_ *facts.Snapshot, bases []*facts.Base) (*facts.Snapshot, settling) {
		return facts.NewSnapshot(bases...), nil // fitting all of it takes a minute here
	}
	b.compiled = facts.Embedded
	b.run()
	embedded := b.Snapshot()
	path := in(dir, names[0])
	text, err := os.ReadFile(path)
	check(t, err)
	write(t, path, string(text)+"# a remark\n")
	b.until("the change is served", func() bool { return b.Snapshot() != embedded })
	if p := b.Snapshot().Bases()[0].Position(facts.Item{}); p.File != path || p.Line == 0 {
		t.Errorf("the first fact stands in %v", p)
	}
	write(t, path, string(text))
	b.until("the compiled form is served again", func() bool { return b.Snapshot().Bases()[0].Position(facts.Item{}).Line == 0 })
}

// TestCopy copies over nothing, and ends what was broken off.
func TestCopy(t *testing.T) {
	t.Parallel()
	from, names, err := facts.EmbeddedFiles()
	check(t, err)
	part, err := fs.ReadFile(from, names[1])
	check(t, err)
	tests := []struct {
		name  string
		found map[string]string
		wrong string
		main  bool // it is written
	}{
		{"an empty folder", nil, "", true},
		{"a copy that was broken off", map[string]string{names[1]: string(part)}, "", true},
		{"another part", map[string]string{names[1]: "mine"}, "is there already", false},
		{"a main file", map[string]string{names[0]: "mine"}, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range tt.found {
				write(t, in(dir, name), text)
			}
			err := copyEmbedded(dir)
			if (err != nil) != (tt.wrong != "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("got %v", err)
			}
			for name, text := range tt.found {
				if got, err := os.ReadFile(in(dir, name)); err != nil || string(got) != text {
					t.Errorf("%s was written over: %v", name, err)
				}
			}
			data, _ := os.ReadFile(in(dir, names[0]))
			if written := strings.HasPrefix(string(data), "#"); written != tt.main {
				t.Errorf("the main file was written: %t", written)
			}
			if left, _ := filepath.Glob(in(dir, ".copy-*")); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

// TestSettle has snapshots that are settled after they are served.
func TestSettle(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	b := opened(t, Config{Paths: []string{in(dir, "talks.yaml")}}, filesEditing())
	var running, most, dropped atomic.Int32
	release := make(chan struct{})
	b.build = func(_ *facts.Snapshot, bases []*facts.Base) (*facts.Snapshot, settling) {
		return facts.NewSnapshot(bases...), func(ctx context.Context) *facts.Snapshot {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			select {
			case <-release:
				return facts.NewSnapshot(bases...)
			case <-ctx.Done():
				dropped.Add(1)
				return nil
			}
		}
	}
	b.run()
	for n := 2; n < 12; n++ {
		writeBases(t, dir, n, "talks")
		check(t, b.Reload(t.Context()))
		if n%3 == 0 {
			b.until("it is being settled", func() bool { return running.Load() == 1 })
		}
	}
	quick := b.Snapshot()
	close(release)
	b.until("it is settled", func() bool { return b.Snapshot() != quick })
	if s := b.Snapshot(); number(s, "talks") != 11 || asked(s, "talks") != 11 || s.Bases()[0] != quick.Bases()[0] {
		t.Error("what was settled is not what was served")
	}
	if most.Load() != 1 || dropped.Load() < 2 {
		t.Errorf("%d were settled at a time, %d dropped", most.Load(), dropped.Load())
	}
}

// TestLateSettle has a snapshot that is settled, heedless of being dropped,
// when another is served.
func TestLateSettle(t *testing.T) {
	t.Parallel()
	old, next := facts.NewSnapshot(), facts.NewSnapshot()
	l := &Library{}
	l.served.Store(next)
	l.finish(t.Context(), settle{old, func(context.Context) *facts.Snapshot { return facts.NewSnapshot() }, t.Context()})
	if l.Snapshot() != next {
		t.Error("the old facts are served again")
	}
}

// TestDebounce waits for quiet, but not for ever.
func TestDebounce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDebounce(100 * time.Millisecond)
		began := time.Now()
		for range 3 {
			d.sign()
			time.Sleep(50 * time.Millisecond)
		}
		if <-d.timer.C; time.Since(began) != 200*time.Millisecond {
			t.Errorf("quiet after 100 ms: it took %v", time.Since(began))
		}
		d.fired()
		began = time.Now()
		for fired := false; !fired; {
			d.sign()
			select {
			case <-d.timer.C:
				fired = true
			case <-time.After(50 * time.Millisecond):
			}
		}
		if time.Since(began) != debounceMost {
			t.Errorf("never quiet: it took %v", time.Since(began))
		}
	})
}
