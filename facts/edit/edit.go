// Package edit changes facts files as an editor would: only what is changed
// differs afterwards, comments, order and layout of all else stay as they are,
// and what is on the disk is at every moment the old state or the new one.
//
// A change is made to the tree of a file first. What differs is then spliced
// into the text, the text is parsed again, and the change is refused unless
// that gives the very tree that was wanted.
package edit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"summitbot/facts"
)

// ErrChanged tells that a file is not as it was when it was read: somebody
// else has saved it meanwhile.
var ErrChanged = errors.New("the file has changed since it was read")

// Files are facts files as they were read at one moment, with the changes made
// to them since. They are for one goroutine.
type Files struct {
	paths []string // as they were named
	files []*file  // main files and parts
	bases []*base
	step  func(string) // told what was done last; for tests
	last  loading
}

// A loading is what the files were read as, when their texts were these.
type loading struct {
	texts    []string
	bases    []*facts.Base
	problems facts.Problems
}

// Read reads bases and their parts. It finishes first what a crash has
// interrupted, and waits while another program writes. The error is a
// facts.Problem or of the file system.
func Read(paths ...string) (*Files, error) { return readFiles(paths, func(string) {}) }

// Load reads and checks the files with their changes, as facts.LoadFiles does.
// It does so once for each state of them: what is checked and then published is
// asked for twice.
func (f *Files) Load() ([]*facts.Base, facts.Problems) {
	var texts []string
	for _, file := range f.files {
		texts = append(texts, file.now)
	}
	if f.last.texts == nil || !slices.Equal(texts, f.last.texts) {
		bases, problems := facts.LoadFS(memory(f.files), f.paths...)
		f.last = loading{texts, bases, problems}
	}
	return f.last.bases, f.last.problems
}

// Sum is a short sum over the files as they were read: 16 hexadecimal digits
// of the SHA-256 of their contents.
func (f *Files) Sum() string {
	h := sha256.New()
	for _, file := range f.files {
		fmt.Fprintf(h, "%d\n%s", len(file.was), file.was)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Add adds a fact to a base, behind its last and in the style of those before
// it. It returns an error when the id is taken; whether the fact is good is for
// Load to tell.
func (f *Files) Add(base, id string, fields Fields) error {
	b, err := f.base(base)
	if err != nil {
		return err
	}
	if _, err := b.owner(id); err == nil {
		return fmt.Errorf("the id `%s` is taken in `%s`", id, base)
	}
	p, err := b.add(id, fields)
	if err != nil {
		return err
	}
	return p.run()
}

// Set sets fields of a fact. When one of them cannot be changed safely, as a
// value that an alias gives, it returns a facts.Problem that tells where, and
// nothing is changed.
func (f *Files) Set(base, id string, fields Fields) error {
	b, fact, err := f.fact(base, id)
	if err != nil {
		return err
	}
	p, err := b.set(fact, id, fields)
	if err != nil {
		return err
	}
	return p.run()
}

// Remove takes a fact out, with the comments directly above it and its
// phrasings and tests in the parts. What refers to it is for Load to tell.
func (f *Files) Remove(base, id string) error {
	b, fact, err := f.fact(base, id)
	if err != nil {
		return err
	}
	p, err := b.remove(fact, id)
	if err != nil {
		return err
	}
	return p.run()
}

// AddAsk adds a phrasing to a fact or a gap, where its others in that language
// are.
func (f *Files) AddAsk(base, id, lang, text string) error {
	b, err := f.base(base)
	if err != nil {
		return err
	}
	o, err := b.owner(id)
	if err != nil {
		return err
	}
	p, err := b.addAsk(o, id, lang, text)
	if err != nil {
		return err
	}
	return p.run()
}

// Contents are the files with their changes, by path.
func (f *Files) Contents() map[string][]byte {
	contents := map[string][]byte{}
	for _, file := range f.files {
		contents[file.path] = []byte(file.now)
	}
	return contents
}

// Diff shows the changes as a unified diff. File names are relative to the
// folder that holds all files.
func (f *Files) Diff() string {
	var b strings.Builder
	top := f.folder()
	for _, file := range f.changed() {
		name := file.path
		if rel, err := filepath.Rel(top, file.path); err == nil {
			name = filepath.ToSlash(rel)
		}
		b.WriteString(udiff.Unified("a/"+name, "b/"+name, file.was, file.now))
	}
	return b.String()
}

// folder returns the deepest folder that holds all files.
func (f *Files) folder() string {
	top := filepath.Dir(f.files[0].path)
	for _, file := range f.files {
		for !within(top, file.path) && top != filepath.Dir(top) {
			top = filepath.Dir(top)
		}
	}
	return top
}

func within(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (f *Files) changed() (files []*file) {
	for _, file := range f.files {
		if file.now != file.was {
			files = append(files, file)
		}
	}
	return files
}

func (f *Files) base(id string) (*base, error) {
	i := slices.IndexFunc(f.bases, func(b *base) bool { return b.id == id })
	if i < 0 {
		return nil, fmt.Errorf("no base `%s` is loaded", id)
	}
	return f.bases[i], nil
}

func (f *Files) fact(base, id string) (*base, owner, error) {
	b, err := f.base(base)
	if err != nil {
		return nil, owner{}, err
	}
	o, err := b.owner(id)
	if err == nil && o.isGap {
		err = fmt.Errorf("`%s` of `%s` is a gap, not a fact", id, base)
	}
	return b, o, err
}
