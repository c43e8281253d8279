package facts

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// LoadFiles reads and checks files, each one base in YAML (.yaml, .yml) or
// JSONL (.jsonl, .ndjson). It returns all problems, sorted by file, line and
// column, and the bases in the order of paths, but those only when no problem
// is an error.
func LoadFiles(paths ...string) ([]*Base, Problems) { return load(disk{}, paths) }

// LoadFS does the same with the files of fsys.
func LoadFS(fsys fs.FS, paths ...string) ([]*Base, Problems) { return load(fsys, paths) }

func load(fsys fs.FS, paths []string) ([]*Base, Problems) {
	l := &loader{fsys: fsys, partOf: map[string]string{}}
	for _, path := range paths {
		l.load(path)
	}
	l.checkStrays()
	l.checkSameID()
	if len(l.report.errors) > 0 {
		return nil, l.report.problems()
	}
	var bases []*Base
	for _, d := range l.loaded {
		bases = append(bases, d.base)
	}
	return bases, l.report.problems()
}

// A loader reads files into bases, one decoder each.
type loader struct {
	fsys   fs.FS
	report report
	loaded []*decoder
	partOf map[string]string // part file to main file
	strays []string          // part files that were named like bases
}

func (l *loader) load(path string) {
	switch {
	case isYAML(path):
		l.loadYAML(path)
	case hasExtension(path, ".jsonl", ".ndjson"):
		l.loadJSONL(path)
	default:
		l.refuse(path)
	}
}

func isYAML(path string) bool { return hasExtension(path, ".yaml", ".yml") }

func hasExtension(path string, extensions ...string) bool {
	return slices.Contains(extensions, strings.ToLower(filepath.Ext(path)))
}

// refuse says why a file of another kind cannot be read.
func (l *loader) refuse(path string) {
	f, err := openRegular(l.fsys, path, MaxJSONLSize)
	if err == nil {
		f.Close()
		err = errors.New("a facts file ends in .yaml, .yml, .jsonl or .ndjson")
	}
	l.unreadable(path, err)
}

func (l *loader) unreadable(path string, err error) {
	l.report.add(Problem{File: path, Message: readMessage(err), cause: err})
}

func (l *loader) loadYAML(path string) {
	data, err := readRegular(l.fsys, path, MaxYAMLSize)
	if err != nil {
		l.unreadable(path, err)
		return
	}
	root, faults := parseYAML(data, 0)
	if root != nil && isPart(root) {
		l.strays = append(l.strays, path)
		return
	}
	d := newDecoder(&l.report, path, false)
	d.reportFaults(faults)
	if root == nil {
		return
	}
	d.readBase(root, &baseObject)
	parsed := l.parseParts(path, d.parts)
	for i, p := range d.parts {
		l.loadPart(d, beside(path, p.name), p.at, <-parsed[i])
	}
	l.finish(d)
}

// A parsedPart is what a file beside the main one holds.
type parsedPart struct {
	root   *node
	faults []*fault
	err    error // of reading it
}

// partsAtOnce is how many parts are parsed at a time: a tree takes some thirty
// times the memory of its file.
const partsAtOnce = 2

// parseParts parses the parts of a base beside each other, and gives each in its
// turn.
func (l *loader) parseParts(path string, parts []partName) []chan parsedPart {
	parsed := make([]chan parsedPart, len(parts))
	for i := range parsed {
		parsed[i] = make(chan parsedPart)
	}
	for first := range min(partsAtOnce, len(parts)) {
		go func() {
			for i := first; i < len(parts); i += partsAtOnce {
				parsed[i] <- l.parsePart(beside(path, parts[i].name), uint16(i+1))
			}
		}()
	}
	return parsed
}

func (l *loader) parsePart(path string, file uint16) (p parsedPart) {
	data, err := readRegular(l.fsys, path, MaxYAMLSize)
	if err != nil {
		return parsedPart{err: err}
	}
	p.root, p.faults = parseYAML(data, file)
	return p
}

// loadPart adds a file beside the main one to its base.
func (l *loader) loadPart(d *decoder, path string, named place, parsed parsedPart) {
	l.partOf[path] = d.places.files[0]
	d.places.files = append(d.places.files, path)
	if parsed.err != nil {
		p := d.problem(named, "parts", path, "the part "+excerpt(path)+": "+readMessage(parsed.err))
		p.cause = parsed.err
		l.report.add(p)
		return
	}
	d.reportFaults(parsed.faults)
	if parsed.root != nil {
		d.path = d.path[:0]
		partObject.read(d, parsed.root, &part{})
	}
}

// isPart reports whether a file is a part rather than a base.
func isPart(root *node) bool {
	return root.child("language") != nil && root.child("languages") == nil && root.child("facts") == nil
}

// checkStrays refuses parts that were named like bases, except those that
// came with their base: so a whole folder can be named.
func (l *loader) checkStrays() {
	for _, path := range l.strays {
		if _, ok := l.partOf[path]; !ok {
			l.report.add(Problem{File: path, Message: "this is a part of a base; name it under `parts` of the main file, and load that"})
		}
	}
}

// loadJSONL reads a file line by line, so that what it needs does not grow
// with the file beyond the facts themselves.
func (l *loader) loadJSONL(path string) {
	f, err := openRegular(l.fsys, path, MaxJSONLSize)
	if err != nil {
		l.unreadable(path, err)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		l.unreadable(path, err)
		return
	}
	d := newDecoder(&l.report, path, true)
	if err := d.readLines(io.LimitReader(f, MaxJSONLSize), info.Size()); err != nil {
		l.unreadable(path, err)
		return
	}
	l.finish(d)
}

// finish makes the last checks of a base and keeps it.
func (l *loader) finish(d *decoder) {
	d.finish()
	l.loaded = append(l.loaded, d)
}

// checkSameID refuses two bases with one id.
func (l *loader) checkSameID() {
	first := map[string]*decoder{}
	for _, d := range l.loaded {
		id := d.base.ID
		if before := first[id]; before != nil && id != "" {
			d.errorAt(d.baseAt, "base", id, "the base `"+id+"` is loaded already, from "+before.position(before.baseAt)+"; every base has its own id")
			continue
		}
		first[id] = d
	}
}
