package edit

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"summitbot/facts"
)

// Recover finishes what a crash has interrupted: the files at paths and their
// parts are then as they were before a Write or as they were to be after it. It
// removes what a Write has left behind. Read does it too; whoever reads the
// files in another way does it first.
func Recover(paths ...string) error { return recoverFiles(paths, func(string) {}) }

func recoverFiles(paths []string, step func(string)) error {
	_, recovery, _ := readLocked(paths, step)
	return recovery
}

func readFiles(paths []string, step func(string)) (*Files, error) {
	files, recovery, err := readLocked(paths, step)
	if err := errors.Join(recovery, err); err != nil {
		return nil, err
	}
	return files, nil
}

// readLocked reads files while nobody writes. Which folders that takes is
// known only when the parts are: they may be links to elsewhere.
func readLocked(paths []string, step func(string)) (files *Files, recovery, err error) {
	folders := map[string]bool{}
	for _, path := range paths {
		folders[realFolder(path)] = true
	}
	for {
		known := len(folders)
		names := slices.Sorted(maps.Keys(folders))
		unlock, err := lock(names)
		if err != nil {
			return nil, err, nil
		}
		recovery := recoverFolders(names, step)
		files, err := readAll(paths, step)
		unlock()
		for _, file := range files.files {
			folders[realFolder(file.path)] = true
		}
		if recovery != nil || err != nil || len(folders) == known {
			return files, recovery, err
		}
	}
}

// realFolder returns the folder in which a file really is, after links.
func realFolder(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return filepath.Dir(path)
}

// readAll reads bases and parts. With an error it returns what it has read.
func readAll(paths []string, step func(string)) (*Files, error) {
	f := &Files{paths: slices.Clone(paths), step: step}
	for _, path := range paths {
		if err := f.read(path); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *Files) read(path string) error {
	main, err := f.readFile(path)
	if err != nil || main == nil {
		return err
	}
	if main.isJSONL() {
		return f.readHeader(main)
	}
	if err := main.parse(); err != nil {
		return err
	}
	if main.root.child("language") != nil && main.root.child("languages") == nil {
		return nil // a part that was named beside its base
	}
	b := newBase(main, main.root)
	f.bases = append(f.bases, b)
	parts := main.root.child("parts")
	if parts == nil {
		return nil
	}
	for _, name := range parts.kids {
		part, err := f.readFile(beside(path, name.text))
		if err != nil {
			return facts.Problem{File: path, Line: name.line, Column: name.column, Message: "the part `" + name.text + "` cannot be read: " + err.Error()}
		}
		b.parts = append(b.parts, part)
	}
	return nil
}

// readHeader reads the first line of a base in JSONL.
func (f *Files) readHeader(main *file) error {
	for l := range linesOf(main.now) {
		header, err := parseLine(main.path, main.now, l)
		if err != nil {
			return err
		}
		f.bases = append(f.bases, newBase(main, header))
		return nil
	}
	return facts.Problem{File: main.path, Message: "the file is empty"}
}

// beside returns the path of a part. It stands in the folder of the main file,
// and is joined to it as the loader joins it.
func beside(path, name string) string {
	end := strings.LastIndexAny(path, "/"+string(filepath.Separator))
	return path[:end+1] + name
}

// readFile reads a file, unless it has been.
func (f *Files) readFile(path string) (*file, error) {
	if i := slices.IndexFunc(f.files, func(known *file) bool { return known.path == path }); i >= 0 {
		return f.files[i], nil
	}
	text, err := readRegular(path)
	if err != nil {
		return nil, err
	}
	read := &file{path: path, was: text, now: text}
	f.files = append(f.files, read)
	return read, nil
}

// readRegular reads a file that is not a device or a pipe, at which reading
// might wait for ever.
func readRegular(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", facts.Problem{File: path, Message: "this is not a regular file"}
	case info.Size() > facts.MaxJSONLSize:
		return "", facts.Problem{File: path, Message: "the file is too large"}
	}
	data, err := os.ReadFile(path)
	return string(data), err
}

// memory is files as they were read and changed, by path, as an fs.FS.
type memory []*file

// Open returns a file by the very path that it was read by.
func (m memory) Open(path string) (fs.File, error) {
	i := slices.IndexFunc(m, func(f *file) bool { return f.path == path })
	if i < 0 {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	return &memoryFile{strings.NewReader(m[i].now), path}, nil
}

// A memoryFile is an open file and what there is to know about it.
type memoryFile struct {
	*strings.Reader
	path string
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memoryFile) Close() error               { return nil }
func (f *memoryFile) Name() string               { return filepath.Base(f.path) }
func (f *memoryFile) Mode() fs.FileMode          { return 0o444 }
func (f *memoryFile) ModTime() time.Time         { return time.Time{} }
func (f *memoryFile) IsDir() bool                { return false }
func (f *memoryFile) Sys() any                   { return nil }
