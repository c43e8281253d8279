// Package library has the facts files of this process as they are served. It
// watches the files, and when they have changed it reads all of them and puts
// the new state in the place of the old in one step: a question sees one state
// and never waits. Files with faults change nothing until they are mended.
package library

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"

	"summitbot/commands"
	"summitbot/facts"
	"summitbot/facts/edit"
)

// A Config says which files are served and who wants to know of changes. The
// functions are called one at a time and in order, while nothing else is read
// or written: they must not wait for the library's other methods than Snapshot
// and Status.
type Config struct {
	Paths    []string      // main files; none: Folder, or else the embedded base
	Folder   string        // where the embedded base is copied, so that it can be changed; "": nowhere
	Log      *slog.Logger  // nil: no log
	Poll     time.Duration // between looks at the files when nothing is heard of them; 0: 30 s
	Debounce time.Duration // of quiet before files are read; 0: 100 ms

	Changed func(Report)     // after a change is served; may be nil
	Faulty  func(Report)     // once for each state of the files with other faults; may be nil
	Loaded  func(ok bool)    // after each time that changed files were read; may be nil
	Now     func() time.Time // nil: time.Now
}

// A Report tells of files that were read.
type Report struct {
	Before    []*facts.Base      // what was served until then
	After     []*facts.Base      // what is served now; none when there are faults
	Changes   []facts.BaseChange // what differs between the two
	Published bool               // by Publish rather than in the files themselves
	Faults    facts.Problems     // none when After is served
	Loaded    time.Time
	Took      time.Duration // from reading to serving
}

// What a Config leaves open.
const (
	defaultPoll     = 30 * time.Second
	defaultDebounce = 100 * time.Millisecond
)

// grace is how long files may look wrong before that is told: editors empty,
// remove and rename them while they save.
const grace = 300 * time.Millisecond

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Poll <= 0 {
		c.Poll = defaultPoll
	}
	if c.Debounce <= 0 {
		c.Debounce = defaultDebounce
	}
	if c.Changed == nil {
		c.Changed = func(Report) {}
	}
	if c.Faulty == nil {
		c.Faulty = func(Report) {}
	}
	if c.Loaded == nil {
		c.Loaded = func(bool) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// A Library is the facts files of this process. It is safe for any number of
// goroutines.
type Library struct {
	config     Config
	editing    editing
	newWatcher func() (*fsnotify.Watcher, error)
	compiled   func() (*facts.Snapshot, error)
	build      func(previous *facts.Snapshot, bases []*facts.Base) (quick *facts.Snapshot, settle settling)

	paths    []string  // main files on the disk; none: the embedded base
	embedded *embedded // what the files are while nobody has changed them; may be nil

	served atomic.Pointer[facts.Snapshot]
	status atomic.Pointer[commands.LibraryStatus]
	settle chan settle   // the one to be done next
	turn   chan struct{} // holds a token while files are read or written

	// What follows belongs to whose turn it is.
	files   stamps // as they were read last
	good    stamps // of what is served
	doubted stamps // as they looked wrong
	since   time.Time
	told    map[string]bool // faults, since the last good state
	drop    func()          // gives up settling what is no longer served

	publishing bool // the files are read because of Publish
}

var _ commands.Library = (*Library)(nil)

// editing is what package edit does with files.
type editing struct {
	recover func(paths ...string) error // ends what a crash has broken off
	read    func(paths ...string) (*edit.Files, error)
	load    func(*edit.Files) ([]*facts.Base, facts.Problems)
	write   func(*edit.Files) error
}

func filesEditing() editing {
	return editing{
		recover: edit.Recover,
		read:    edit.Read,
		load:    (*edit.Files).Load,
		write:   (*edit.Files).Write,
	}
}

// Open reads the files and builds what answering needs. Of faulty files it
// returns the facts.Problems.
func Open(c Config) (*Library, error) { return openWith(c, filesEditing()) }

func openWith(c Config, e editing) (*Library, error) {
	l := &Library{
		config: c.withDefaults(), editing: e, newWatcher: fsnotify.NewWatcher, compiled: compiled, build: build,
		paths: slices.Clone(c.Paths), settle: make(chan settle, 1), turn: make(chan struct{}, 1),
		told: map[string]bool{}, drop: func() {},
	}
	if err := l.start(); err != nil {
		return nil, err
	}
	return l, nil
}

// start serves the files for the first time.
func (l *Library) start() error {
	if len(l.paths) == 0 && l.config.Folder == "" {
		return l.serveEmbedded()
	}
	if err := l.prepare(); err != nil {
		return err
	}
	return l.first()
}

// serveEmbedded serves what the binary carries, for good.
func (l *Library) serveEmbedded() error {
	began := l.config.Now()
	snapshot, err := facts.Embedded()
	if err != nil {
		return fmt.Errorf("the embedded facts are broken: %w", err)
	}
	snapshot.Ready()
	l.serve(snapshot, began)
	return nil
}

// prepare brings the files into a state in which they can be read: nothing of
// a change that was broken off, and something where there was nothing.
func (l *Library) prepare() (err error) {
	if len(l.paths) == 0 {
		if l.embedded, err = embeddedIn(l.config.Folder); err != nil {
			return err
		}
		l.paths = l.embedded.paths[:1]
		if err := copyEmbedded(l.config.Folder); err != nil {
			return fmt.Errorf("copy the embedded facts: %w", err)
		}
	}
	if err := l.editing.recover(l.paths...); err != nil {
		// A folder that cannot be written to has nothing to be ended, and may
		// refuse all the same. Broken files are found when they are read.
		l.config.Log.Warn("a change of the facts files that was broken off, if there is one, could not be ended", "error", err)
	}
	return nil
}

// Snapshot returns the facts as they are served now. It never waits.
func (l *Library) Snapshot() *facts.Snapshot { return l.served.Load() }

// Status tells what is served and since when.
func (l *Library) Status() commands.LibraryStatus {
	s := *l.status.Load()
	s.Paths, s.Faults = slices.Clone(s.Paths), slices.Clone(s.Faults)
	return s
}

// Reload reads the files now. Of faulty ones it returns the facts.Problems.
func (l *Library) Reload(ctx context.Context) error {
	if len(l.paths) == 0 {
		return nil
	}
	return l.inTurn(ctx, func() error { return l.reload(ctx) })
}

// Files reads the files for a change, or returns commands.ErrReadOnly.
func (l *Library) Files(ctx context.Context) (files *edit.Files, err error) {
	if len(l.paths) == 0 {
		return nil, commands.ErrReadOnly
	}
	err = l.inTurn(ctx, func() error {
		files, err = l.editing.read(l.paths...)
		return err
	})
	return files, err
}

// Publish writes changed files and serves them before it returns. It returns
// facts.Problems when they have faults and edit.ErrChanged when somebody else
// has saved them meanwhile; then nothing is written. Any other error may come
// after writing. Once it has begun to write, it does not heed ctx.
func (l *Library) Publish(ctx context.Context, files *edit.Files) error {
	if len(l.paths) == 0 {
		return commands.ErrReadOnly
	}
	return l.inTurn(ctx, func() error {
		if _, problems := l.editing.load(files); len(problems.Errors()) > 0 {
			return problems.Errors()
		}
		if err := l.editing.write(files); err != nil {
			return err
		}
		l.publishing = true
		defer func() { l.publishing = false }()
		if err := l.reload(context.WithoutCancel(ctx)); err != nil {
			// Not to be told apart by callers: they would say that nothing was written.
			return fmt.Errorf("the change is written, but not served yet: %v", err)
		}
		return nil
	})
}

// inTurn does something while nothing else is read or written.
func (l *Library) inTurn(ctx context.Context, do func() error) error {
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.turn }()
	if err := ctx.Err(); err != nil { // both were ready
		return err
	}
	return do()
}

// errRestless tells of files that change faster than they can be read.
var errRestless = errors.New("the facts files do not come to rest")
