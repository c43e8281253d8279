package library

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

// A reading is the files as they were read at one moment.
type reading struct {
	bases    []*facts.Base
	snapshot *facts.Snapshot // of the embedded base, when the files are as it
	problems facts.Problems
	files    stamps
	atRest   bool // nobody wrote meanwhile
	began    time.Time
}

// read reads the files whole.
func (l *Library) read() (r reading) {
	r.began = l.config.Now()
	if l.readEmbedded(&r) {
		return r
	}
	files := newRecorder()
	r.bases, r.problems = load(files, l.paths)
	r.files, r.atRest = files.end()
	return r
}

// readEmbedded takes the embedded base in the place of files that are the
// same, since it is compiled.
func (l *Library) readEmbedded(r *reading) bool {
	if l.embedded == nil {
		return false
	}
	files := stampsOf(l.embedded.paths)
	if !files.have(l.embedded.sums) {
		return false
	}
	snapshot, err := l.compiled()
	if err != nil {
		return false
	}
	r.bases, r.snapshot, r.files, r.atRest = snapshot.Bases(), snapshot, files, true
	return true
}

// compiled reads the embedded base. Nothing else holds it, so that it goes when
// it is no longer served.
func compiled() (*facts.Snapshot, error) {
	snapshot, err := facts.OpenEmbedded()
	if err == nil {
		snapshot.Ready()
	}
	return snapshot, err
}

// load reads bases. Files are what anybody may have written, so a panic is
// their fault, not the end of the program.
func load(disk *recorder, paths []string) (bases []*facts.Base, problems facts.Problems) {
	defer func() {
		if cause := recover(); cause != nil {
			bases, problems = nil, facts.Problems{{File: paths[0], Message: fmt.Sprintf("the facts could not be read: a panic of kind %T; please report it", cause)}}
		}
	}()
	return facts.LoadFS(disk, paths...)
}

// first reads the files when nothing is served yet.
func (l *Library) first() error {
	r := l.read()
	l.files = r.files
	errs := r.problems.Errors()
	l.config.Loaded(len(errs) == 0)
	if len(errs) > 0 {
		return errs
	}
	l.change(r)
	return nil
}

// reload reads the files until they are at rest.
func (l *Library) reload(ctx context.Context) error {
	for range 50 {
		if r := l.read(); r.atRest {
			return l.take(r)
		}
		select {
		case <-time.After(l.config.Debounce):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errRestless
}

// look reads the files if they have changed, and returns after which time it
// has to look again, or 0. What looks wrong counts only when it still does
// after the grace.
func (l *Library) look() (again time.Duration) {
	now := l.files.again()
	if now.same(l.files) {
		l.files, l.doubted = now, nil
		return 0
	}
	if now.shrunk(l.files) {
		if wait := l.doubt(now); wait > 0 {
			return wait
		}
	}
	r := l.read()
	if !r.atRest {
		return l.config.Debounce
	}
	if len(r.problems.Errors()) > 0 {
		if wait := l.doubt(now); wait > 0 {
			return wait
		}
	}
	_ = l.take(r) // its faults are told
	return 0
}

// doubt returns how much of the grace is left to files that look wrong.
func (l *Library) doubt(now stamps) time.Duration {
	if !now.same(l.doubted) {
		l.doubted, l.since = now, time.Now()
	}
	return grace - time.Since(l.since)
}

// take makes of a reading what it is: faults, a change, or what is served
// already.
func (l *Library) take(r reading) error {
	errs := r.problems.Errors()
	l.files, l.doubted = r.files, nil
	l.config.Loaded(len(errs) == 0)
	if len(errs) > 0 {
		l.fault(r, errs)
		return errs
	}
	l.mended()
	if r.files.same(l.good) {
		l.good = r.files
		return nil
	}
	before := l.Snapshot().Bases()
	l.change(r)
	s := l.status.Load()
	changes := facts.Changes(before, r.bases)
	l.config.Log.Info("the facts have changed", append(counts(changes), "warnings", len(r.problems.Warnings()), "took", s.Took.Round(time.Millisecond))...)
	l.config.Changed(Report{Before: before, After: r.bases, Changes: changes, Published: l.publishing, Loaded: s.Loaded, Took: s.Took})
	return nil
}

// counts are what happened to how many facts and gaps, for the log.
func counts(changes []facts.BaseChange) (list []any) {
	done, gaps := map[facts.ChangeKind]int{}, 0
	for _, b := range changes {
		for _, f := range b.Facts {
			done[f.Kind]++
		}
		for _, n := range b.Gaps {
			gaps += n
		}
	}
	for _, kind := range []facts.ChangeKind{facts.Added, facts.Changed, facts.Retired, facts.Restored, facts.Removed} {
		if done[kind] > 0 {
			list = append(list, string(kind), done[kind])
		}
	}
	if gaps > 0 {
		list = append(list, "gaps", gaps)
	}
	return list
}

// fault keeps serving what is served, and tells faults that it has not told.
func (l *Library) fault(r reading, errs facts.Problems) {
	s := l.Status()
	if s.Faults == nil {
		s.Since = r.began
	}
	s.Faults = errs
	l.status.Store(&s)
	all := sha256.Sum256([]byte(errs.Error()))
	if l.told[string(all[:])] {
		return
	}
	l.told[string(all[:])] = true
	l.config.Log.Warn("the facts files have faults; what was good last is served on", "faults", len(errs), "first", errs[0].Error())
	l.config.Faulty(Report{Before: l.Snapshot().Bases(), Faults: errs, Loaded: r.began, Took: l.config.Now().Sub(r.began)})
}

// mended tells that there are no faults any more.
func (l *Library) mended() {
	s := l.Status()
	if s.Faults == nil {
		return
	}
	l.config.Log.Info("the facts files are mended", "after", l.config.Now().Sub(s.Since).Round(time.Millisecond))
	s.Faults, s.Since = nil, time.Time{}
	l.status.Store(&s)
	clear(l.told)
}

// change serves what was read.
func (l *Library) change(r reading) {
	l.drop()
	l.drop = func() {}
	l.good = r.files
	if r.snapshot != nil {
		l.serve(r.snapshot, r.began)
		return
	}
	quick, rest := l.build(l.Snapshot(), r.bases)
	l.serve(quick, r.began)
	if rest != nil {
		l.leave(quick, rest)
	}
}

// serve puts a snapshot in the place of the one before.
func (l *Library) serve(snapshot *facts.Snapshot, began time.Time) {
	l.served.Store(snapshot)
	now := l.config.Now()
	l.status.Store(&commands.LibraryStatus{Paths: l.paths, Loaded: now, Took: now.Sub(began)})
}

// settling is what is left of building a snapshot, which takes its time. It
// returns nil when ctx is done first.
type settling func(ctx context.Context) *facts.Snapshot

// build makes a snapshot that can answer, from the one before where there is
// one, and what is left to be done to it; nil: nothing.
func build(previous *facts.Snapshot, bases []*facts.Base) (quick *facts.Snapshot, rest settling) {
	if previous != nil {
		return previous.Next(bases...)
	}
	quick = facts.NewSnapshot(bases...)
	quick.Ready()
	return quick, nil
}

// A settle is what is left to be done to a snapshot that is served.
type settle struct {
	quick *facts.Snapshot
	rest  settling
	ctx   context.Context // done when it is no longer served
}

// leave has a snapshot settled in the background, in the place of any that was
// to be settled before.
func (l *Library) leave(quick *facts.Snapshot, rest settling) {
	ctx, cancel := context.WithCancel(context.Background())
	l.drop = cancel
	select {
	case <-l.settle:
	default:
	}
	l.settle <- settle{quick, rest, ctx}
}

// settleAll settles one snapshot after the other until ctx is done.
func (l *Library) settleAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-l.settle:
			l.finish(ctx, s)
		}
	}
}

// finish settles a snapshot, and serves the result if the snapshot still is.
func (l *Library) finish(ctx context.Context, s settle) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	if settled := s.rest(ctx); settled != nil {
		l.served.CompareAndSwap(s.quick, settled)
	}
}
