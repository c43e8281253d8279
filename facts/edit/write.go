package edit

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Write writes what has changed, all of it or nothing, and returns ErrChanged
// when a file is not as it was read. When it returns nil, all is lasting. With
// another error nothing is changed, unless the error says that the rest will
// follow: then the next Read or Recover finishes it.
func (f *Files) Write() error {
	folders := f.folders()
	unlock, err := lock(folders)
	if err != nil {
		return err
	}
	defer unlock()
	if err := recoverFolders(folders, f.step); err != nil {
		return err
	}
	if err := f.checkUnchanged(); err != nil {
		return err
	}
	changed := f.changed()
	if err := write(changed, f.step); err != nil {
		return err
	}
	for _, file := range changed {
		file.was = file.now
	}
	return nil
}

// folders returns where the files are, after links, sorted.
func (f *Files) folders() []string {
	set := map[string]bool{}
	for _, file := range f.files {
		set[realFolder(file.path)] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// checkUnchanged compares all files, not only those that are to be written: a
// change may rest on what the others say.
func (f *Files) checkUnchanged() error {
	for _, file := range f.files {
		text, err := readRegular(file.path)
		if err != nil {
			return fmt.Errorf("%s: %w (%w)", file.path, ErrChanged, err)
		}
		if text != file.was {
			return fmt.Errorf("%s: %w", file.path, ErrChanged)
		}
	}
	return nil
}

// write puts the changed files in their places. That of a single file is
// atomic by itself; several have a journal, which decides: from when it is
// there they are as good as written.
func write(changed []*file, step func(string)) error {
	var moves []move
	var err error
	for _, file := range changed {
		var m move
		if m, err = prepare(file); err != nil {
			break
		}
		moves = append(moves, m)
		step("new file written")
	}
	j := newJournal(moves)
	if err == nil {
		err = j.syncFolders()
		step("new files lasting")
	}
	if err == nil && len(moves) > 1 {
		err = j.write(step)
	}
	if err != nil {
		j.drop()
		return err
	}
	for i, m := range moves {
		if err := os.Rename(m.newPath(), m.Target); err != nil {
			return j.stopped(i, err)
		}
		step("renamed")
	}
	return j.finish(step)
}

// prepare writes the new contents of a file beside it.
func prepare(f *file) (m move, err error) {
	target, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return m, err
	}
	if target, err = filepath.Abs(target); err != nil {
		return m, err
	}
	info, err := os.Stat(target)
	if err != nil {
		return m, err
	}
	m = move{Target: target, Was: sum(f.was), Now: sum(f.now)}
	return m, writeNew(m.newPath(), f.now, info)
}

// writeNew writes a file that is not there yet and makes it lasting. Owner and
// permissions are those of another.
func writeNew(path, text string, like fs.FileInfo) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = fill(out, text, like); err != nil {
		os.Remove(path)
	}
	return err
}

// fill writes and closes a file.
func fill(out *os.File, text string, like fs.FileInfo) error {
	defer out.Close()
	if like != nil {
		keepOwner(out, like)
		if err := out.Chmod(like.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := out.WriteString(text); err != nil {
		return err
	}
	if err := out.Sync(); err != nil {
		return err
	}
	return out.Close()
}
