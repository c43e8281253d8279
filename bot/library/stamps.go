package library

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"summitbot/facts"
)

// A sum is the SHA-256 of a file's bytes.
type sum [sha256.Size]byte

// A stamp tells whether a file has changed since it was read.
type stamp struct {
	sum   sum
	wrong string      // why it could not be read; ""
	info  os.FileInfo // nil when there is no file
	doubt bool        // it was written so shortly before that info alone proves nothing
}

// A file can be written twice within one tick of the clock that its file
// system keeps, which on some has two seconds.
const tick = 2 * time.Second

// newStamp is the stamp of a file with this info, read just now.
func newStamp(info os.FileInfo) stamp {
	return stamp{info: info, doubt: time.Since(info.ModTime()) < tick}
}

// unread is the stamp of a file that cannot be read.
func unread(info os.FileInfo, why string) stamp { return stamp{info: info, wrong: why} }

// stampOf reads a file for its stamp.
func stampOf(path string) stamp {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return unread(nil, err.Error())
	case !info.Mode().IsRegular(): // opening a FIFO would wait for a writer
		return unread(info, "not a regular file")
	case info.Size() > facts.MaxJSONLSize:
		return unread(info, fmt.Sprintf("%d bytes", info.Size()))
	}
	f, err := open(path)
	if err != nil {
		return unread(info, err.Error())
	}
	if err := f.Close(); err != nil {
		return unread(info, err.Error())
	}
	return f.stamp
}

// again is the stamp of the file as it is now. It is read only where its info
// leaves a doubt.
func (s stamp) again(path string) stamp {
	if s.info != nil && s.wrong == "" && !s.doubt {
		if info, err := os.Stat(path); err == nil && sameInfo(info, s.info) {
			return s
		}
	}
	return stampOf(path)
}

// sameInfo reports whether two looks found one file, not written in between.
func sameInfo(a, b os.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// size is the size of the file in bytes, or -1 when there is none.
func (s stamp) size() int64 {
	if s.info == nil {
		return -1
	}
	return s.info.Size()
}

// Stamps are those of all files that were looked for, by path.
type stamps map[string]stamp

// stampsOf looks at files for the first time.
func stampsOf(paths []string) stamps {
	s := stamps{}
	for _, path := range paths {
		s[path] = stampOf(path)
	}
	return s
}

// again looks at the same files again.
func (s stamps) again() stamps {
	now := make(stamps, len(s))
	for path, was := range s {
		now[path] = was.again(path)
	}
	return now
}

// same reports whether both are of the same files with the same bytes.
func (s stamps) same(t stamps) bool {
	if len(s) != len(t) {
		return false
	}
	for path, a := range s {
		if b, ok := t[path]; !ok || a.sum != b.sum || a.wrong != b.wrong {
			return false
		}
	}
	return true
}

// have reports whether the files have these bytes.
func (s stamps) have(sums map[string]sum) bool {
	for path, want := range sums {
		if got, ok := s[path]; !ok || got.sum != want {
			return false
		}
	}
	return true
}

// shrunk reports whether a file is smaller than it was, or gone: an editor
// that empties a file before it writes may not be done.
func (s stamps) shrunk(before stamps) bool {
	for path, now := range s {
		if was, ok := before[path]; ok && now.size() < was.size() {
			return true
		}
	}
	return false
}

// A file takes its stamp while it is read.
type file struct {
	*os.File
	path  string
	hash  hash.Hash
	stamp stamp       // once it is closed
	done  func(*file) // may be nil
}

// open opens a file to be read through.
func open(path string) (*file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &file{File: f, path: path, hash: sha256.New(), stamp: newStamp(info)}, nil
}

// Read reads on.
func (f *file) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.hash.Write(p[:n])
	return n, err
}

// Close reads what is left, for the sum, and closes the file.
func (f *file) Close() error {
	_, err := io.Copy(f.hash, f.File)
	f.hash.Sum(f.stamp.sum[:0])
	if err = errors.Join(err, f.File.Close()); err == nil && f.done != nil {
		f.done(f)
	}
	return err
}

// A recorder is the disk for the loader. It keeps the stamps of what is read,
// and of what is looked for and not there.
type recorder struct {
	mu    sync.Mutex             // parts are read beside each other
	asked map[string]os.FileInfo // nil: there is none
	read  stamps
}

func newRecorder() *recorder { return &recorder{asked: map[string]os.FileInfo{}, read: stamps{}} }

// Stat looks for a file.
func (r *recorder) Stat(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked[path] = info
	return info, err
}

// Open opens a file.
func (r *recorder) Open(path string) (fs.File, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	f.done = func(f *file) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.read[f.path] = f.stamp
	}
	return f, nil
}

// end returns the stamps of all files, and whether they were at rest all the
// while: if not, what was read may be half of one state and half of another.
func (r *recorder) end() (files stamps, atRest bool) {
	files, atRest = stamps{}, true
	for path, before := range r.asked {
		s, ok := r.read[path]
		if ok {
			before = s.info
		}
		now, err := os.Stat(path)
		if (err == nil) != (before != nil) || err == nil && !sameInfo(now, before) {
			atRest = false
		}
		if !ok {
			s = stampOf(path)
		}
		files[path] = s
	}
	return files, atRest
}
