package library

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Times of watching.
const (
	debounceMost = 500 * time.Millisecond // files are read so long after the first sign even when more come
	pollBlind    = 2 * time.Second        // between looks when the system tells nothing
)

// Run watches the files until ctx is done.
func (l *Library) Run(ctx context.Context) {
	var work sync.WaitGroup
	work.Go(func() { l.settleAll(ctx) })
	defer work.Wait()
	if len(l.paths) == 0 {
		<-ctx.Done()
		return
	}
	w := newWatch(l.newWatcher, l.config.Log)
	defer w.close()
	l.watch(ctx, w)
}

// watch looks at the files whenever something is heard of them, and now and
// then when nothing is: network file systems tell nothing of what others write.
func (l *Library) watch(ctx context.Context, w *watch) {
	due := newDebounce(l.config.Debounce)
	defer due.timer.Stop()
	due.sign() // what happened before anybody watched
	poll := time.NewTicker(l.config.Poll)
	defer poll.Stop()
	blind := false
	for {
		if w.blind && !blind {
			blind = true
			poll.Reset(min(l.config.Poll, pollBlind))
		}
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.events:
			if !ok {
				w.events = nil
			}
			if w.concerns(e) {
				due.sign()
			}
		case err, ok := <-w.errors:
			if !ok {
				w.errors, err = nil, fsnotify.ErrClosed
			}
			w.trouble(err)
			due.sign()
		case <-poll.C:
			due.sign()
		case <-due.timer.C:
			due.fired()
			if again := l.lookWatched(ctx, w); again > 0 {
				due.in(again)
			}
		}
	}
}

// lookWatched looks at the files. They are watched before, so that nothing is
// missed that happens in between, and those that came to light after.
func (l *Library) lookWatched(ctx context.Context, w *watch) (again time.Duration) {
	_ = l.inTurn(ctx, func() error { // the error is that ctx is done
		w.follow(l.files)
		again = l.look()
		if w.follow(l.files) && again == 0 {
			again = l.config.Debounce
		}
		return nil
	})
	return again
}

// A debounce waits until files are quiet.
type debounce struct {
	quiet time.Duration
	first time.Time // of the signs since it fired last
	timer *time.Timer
}

func newDebounce(quiet time.Duration) *debounce {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return &debounce{quiet: quiet, timer: t}
}

// sign tells of a change: the timer fires once there are no more.
func (d *debounce) sign() {
	if d.first.IsZero() {
		d.first = time.Now()
	}
	d.timer.Reset(min(d.quiet, max(0, debounceMost-time.Since(d.first))))
}

func (d *debounce) fired() { d.first = time.Time{} }

// in fires after a time, if no sign comes before.
func (d *debounce) in(wait time.Duration) { d.timer.Reset(wait) }

// A watch has the system tell of changes in folders: not of files, since
// editors put new ones in their place.
type watch struct {
	watcher *fsnotify.Watcher // nil: there is none
	events  <-chan fsnotify.Event
	errors  <-chan error
	log     *slog.Logger
	blind   bool // the system does not tell of everything
	folders map[string]os.FileInfo
	names   map[string]bool // what matters in the folders
}

func newWatch(open func() (*fsnotify.Watcher, error), log *slog.Logger) *watch {
	w := &watch{log: log, folders: map[string]os.FileInfo{}}
	watcher, err := open()
	if err != nil {
		w.trouble(err)
		return w
	}
	w.watcher, w.events, w.errors = watcher, watcher.Events, watcher.Errors
	return w
}

func (w *watch) close() {
	if w.watcher != nil {
		_ = w.watcher.Close()
	}
}

// trouble warns once that the system does not tell of all changes. Events that
// were lost are no trouble: the files are looked at.
func (w *watch) trouble(err error) {
	if w.blind || errors.Is(err, fsnotify.ErrEventOverflow) {
		return
	}
	w.blind = true
	w.log.Warn("the facts files cannot be watched; they are looked at now and then", "every", pollBlind, "error", err)
}

// concerns reports whether an event may be a change of a file that is read.
func (w *watch) concerns(e fsnotify.Event) bool {
	_, folder := w.folders[e.Name]
	if folder && (e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename)) {
		delete(w.folders, e.Name) // the system has given up watching it
	}
	return folder || w.names[e.Name]
}

// follow watches the folders on the way to files as it is now. It reports
// whether any of them was not watched before.
func (w *watch) follow(files stamps) (more bool) {
	if w.watcher == nil {
		return false
	}
	wanted := map[string]bool{}
	w.names = map[string]bool{}
	for path := range files {
		for _, name := range trail(path) {
			w.names[name], wanted[filepath.Dir(name)] = true, true
		}
	}
	for folder := range maps.Clone(w.folders) {
		if !wanted[folder] {
			w.leave(folder)
		}
	}
	known := w.watcher.WatchList()
	for folder := range wanted {
		more = w.enter(folder, slices.Contains(known, folder)) || more
	}
	return more
}

func (w *watch) leave(folder string) {
	delete(w.folders, folder)
	_ = w.watcher.Remove(folder) // it may be gone
}

// enter watches a folder, unless it is watched: the very one, not one of that
// name that was there before.
func (w *watch) enter(folder string, known bool) (entered bool) {
	info, err := os.Stat(folder)
	if err != nil {
		return false // gone since; the next look finds another way
	}
	if was := w.folders[folder]; known && was != nil && os.SameFile(was, info) {
		return false
	}
	if known {
		w.leave(folder)
	}
	if err := w.watcher.Add(folder); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			w.trouble(err)
		}
		return false
	}
	w.folders[folder] = info
	return true
}

// maxLinks bounds the symbolic links on the way to a file, as systems do.
const maxLinks = 40

// trail lists what leads to a file: itself where it really is, and each
// symbolic link on the way. When something is missing, that is the last.
func trail(path string) (names []string) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil
	}
	at, rest := root(path)
	for links := 0; len(rest) > 0 && links <= maxLinks; {
		next := filepath.Join(at, rest[0])
		info, err := os.Lstat(next)
		if err != nil {
			return append(names, next)
		}
		if rest = rest[1:]; info.Mode()&fs.ModeSymlink == 0 {
			at = next
			continue
		}
		names = append(names, next)
		links++
		target, err := os.Readlink(next)
		if err != nil {
			return names
		}
		var more []string
		if filepath.IsAbs(target) {
			at, more = root(target)
		} else {
			more = split(target)
		}
		rest = slices.Concat(more, rest)
	}
	return append(names, at)
}

// root cuts an absolute path into the root and the names below it.
func root(path string) (top string, names []string) {
	volume := filepath.VolumeName(path)
	return volume + string(filepath.Separator), split(path[len(volume):])
}

// split cuts a path into names, without empty ones.
func split(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(uint8(r)) })
}
