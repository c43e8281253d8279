package edit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A journal lists the files of one Write. It stands in the folder of the first;
// in every other folder stands one that points to it, so that it is found from
// there. It comes into being by a rename, when all that it lists is lasting.
type journal struct {
	ID    string `json:"id"`              // the same in those that point to it
	Moves []move `json:"moves,omitempty"` // none: this one points to another
	Main  string `json:"main,omitempty"`  // the path of that
}

// A move puts a file that was written beside its target in its place.
type move struct {
	Target string `json:"target"` // absolute
	Was    string `json:"was"`    // SHA-256 of the contents before
	Now    string `json:"now"`    // and after
}

// Names that begin with a dot and end in no facts file's ending: nothing takes
// these files for facts.
const (
	journalName = ".summitbot-journal"
	newSuffix   = ".summitbot-new"
)

func (m move) newPath() string { return newPath(m.Target) }

// newPath returns where the new contents of a file are written.
func newPath(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+newSuffix)
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}

func sumOf(path string) (string, error) {
	data, err := os.ReadFile(path)
	return sum(string(data)), err
}

func newJournal(moves []move) journal {
	var all strings.Builder
	for _, m := range moves {
		all.WriteString(m.Target + m.Was + m.Now)
	}
	return journal{ID: sum(all.String()), Moves: moves}
}

// folders returns those of the files, that of the first first.
func (j journal) folders() (folders []string) {
	for _, m := range j.Moves {
		if dir := filepath.Dir(m.Target); !slices.Contains(folders, dir) {
			folders = append(folders, dir)
		}
	}
	return folders
}

func (j journal) syncFolders() error {
	for _, folder := range j.folders() {
		if err := syncFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

// write writes the journal, after those that point to it.
func (j journal) write(step func(string)) error {
	folders := j.folders()
	main := filepath.Join(folders[0], journalName)
	for _, folder := range folders[1:] {
		if err := writeJournal(folder, journal{ID: j.ID, Main: main}, step); err != nil {
			return err
		}
	}
	return writeJournal(folders[0], j, step)
}

func writeJournal(folder string, j journal, step func(string)) error {
	data, err := json.Marshal(j)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, journalName)
	if err := writeNew(newPath(path), string(data), nil); err != nil {
		return err
	}
	step("journal written")
	if err := os.Rename(newPath(path), path); err != nil {
		return err
	}
	step("journal in place")
	if err := syncFolder(folder); err != nil {
		return err
	}
	step("journal lasting")
	return nil
}

// drop removes what was written so far: the journal first, since while it
// stands the rest must.
func (j journal) drop() {
	for _, folder := range j.folders() {
		os.Remove(filepath.Join(folder, journalName))
		os.Remove(newPath(filepath.Join(folder, journalName)))
		_ = syncFolder(folder) // an error came before this one
	}
	for _, m := range j.Moves {
		os.Remove(m.newPath())
	}
}

// stopped is for a rename that failed after done others.
func (j journal) stopped(done int, err error) error {
	if done == 0 {
		j.drop()
		return err
	}
	return fmt.Errorf("%d of %d files are written, the rest will follow when the facts are read next: %w", done, len(j.Moves), err)
}

// finish makes the renames lasting and removes the journal. Those that point to
// it go first: none may ever point to the journal of another Write.
func (j journal) finish(step func(string)) error {
	if err := j.syncFolders(); err != nil {
		return err
	}
	step("renames lasting")
	for _, folder := range slices.Backward(j.folders()) {
		if err := os.Remove(filepath.Join(folder, journalName)); err != nil && !os.IsNotExist(err) {
			return err
		}
		step("journal removed")
		if err := syncFolder(folder); err != nil {
			return err
		}
		step("folder lasting")
	}
	return nil
}

// recoverFolders finishes or drops what a crash has left in folders, which are
// locked.
func recoverFolders(folders []string, step func(string)) error {
	for _, folder := range folders {
		if err := recoverFolder(folder, step); err != nil {
			return fmt.Errorf("finishing an interrupted write in %s: %w", folder, err)
		}
	}
	return nil
}

func recoverFolder(folder string, step func(string)) error {
	path := filepath.Join(folder, journalName)
	j, err := readJournal(path)
	if err == nil && j.Main != "" {
		err = recoverPointer(path, j, step)
	} else if err == nil {
		err = j.rollForward(step)
	}
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	return removeStrays(folder, step)
}

// recoverPointer follows a journal that points to another. Without that one the
// Write had not come to the point from which it counts.
func recoverPointer(path string, pointer journal, step func(string)) error {
	j, err := readJournal(pointer.Main)
	switch {
	case err == nil && j.ID == pointer.ID:
		return j.rollForward(step)
	case err != nil && !os.IsNotExist(err):
		return err
	}
	return os.Remove(path)
}

func readJournal(path string) (j journal, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return j, err
	}
	err = json.Unmarshal(data, &j)
	if err == nil && j.Main == "" && len(j.Moves) == 0 {
		err = errors.New("it lists nothing")
	}
	if err != nil {
		err = fmt.Errorf("%s is broken: %w", path, err)
	}
	return j, err
}

// rollForward puts all files in place that are not yet. It touches none when
// one of them has been changed since by somebody else.
func (j journal) rollForward(step func(string)) error {
	var left []move
	for _, m := range j.Moves {
		done, err := m.isDone()
		if err != nil {
			return err
		}
		if !done {
			left = append(left, m)
		}
	}
	for _, m := range left {
		if err := os.Rename(m.newPath(), m.Target); err != nil {
			return err
		}
		step("renamed")
	}
	return j.finish(step)
}

// isDone reports whether a file is in place already.
func (m move) isDone() (bool, error) {
	is, err := sumOf(m.Target)
	switch {
	case err != nil && !os.IsNotExist(err):
		return false, err
	case err == nil && is == m.Now:
		return true, nil
	case err == nil && is == m.Was:
		if next, err := sumOf(m.newPath()); err != nil || next != m.Now {
			return false, fmt.Errorf("%s is not as it was written (%v)", m.newPath(), err)
		}
		return false, nil
	}
	if _, err := os.Lstat(m.newPath()); os.IsNotExist(err) {
		return true, nil // it was in place, and somebody has gone on from there
	}
	return false, fmt.Errorf("%s was changed by somebody else before the write was finished; what was to be written is in %s: "+
		"take from it what is needed, and delete %s", m.Target, m.newPath(), journalName)
}

// removeStrays removes new files that no journal lists.
func removeStrays(folder string, step func(string)) error {
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, ".") && strings.HasSuffix(name, newSuffix) {
			if err := os.Remove(filepath.Join(folder, name)); err != nil && !os.IsNotExist(err) {
				return err
			}
			step("stray removed")
		}
	}
	return nil
}
