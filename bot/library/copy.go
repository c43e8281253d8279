package library

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"summitbot/facts"
)

// embedded is the embedded base as files in a folder.
type embedded struct {
	paths []string       // the main file first
	sums  map[string]sum // by path
}

// embeddedIn is the embedded base as files in a folder, which may not be there
// yet.
func embeddedIn(folder string) (*embedded, error) {
	from, names, err := facts.EmbeddedFiles()
	if err != nil {
		return nil, err
	}
	e := &embedded{sums: map[string]sum{}}
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(folder, name)
		e.paths, e.sums[path] = append(e.paths, path), sha256.Sum256(data)
	}
	return e, nil
}

// copyEmbedded puts the embedded base's files into a folder that has no main
// file yet. The main file comes last, so that it is there only when all are,
// and no file that is there is written over.
func copyEmbedded(folder string) error {
	from, names, err := facts.EmbeddedFiles()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(folder, names[0])); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return fill(folder, from, names)
}

// fill copies files into a folder, the first of them last: whole and safe on
// the disk in a folder within, then each by one step.
func fill(folder string, from fs.FS, names []string) (err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	beside, err := os.MkdirTemp(folder, ".copy-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(beside)) }()
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		if err := writeSafe(filepath.Join(beside, name), data); err != nil {
			return err
		}
	}
	for _, name := range slices.Backward(names) {
		if err := place(filepath.Join(beside, name), filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return syncFolder(folder)
}

// writeSafe writes a new file and waits until it is on the disk.
func writeSafe(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// place gives a file its name, unless another has it. One with the same bytes
// is left from a copy that was broken off.
func place(from, to string) error {
	err := os.Link(from, to)
	if err == nil {
		return nil
	}
	if _, missing := os.Lstat(to); errors.Is(missing, fs.ErrNotExist) {
		return os.Rename(from, to) // a file system without links
	}
	if same, err := sameBytes(from, to); err != nil || same {
		return err
	}
	return fmt.Errorf("%s is there already and is another file; move it away, or name another folder", to)
}

func sameBytes(a, b string) (bool, error) {
	first, err := os.ReadFile(a)
	if err != nil {
		return false, err
	}
	second, err := os.ReadFile(b)
	return bytes.Equal(first, second), err
}

// syncFolder waits until the names in a folder are on the disk. Windows has no
// such thing.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
