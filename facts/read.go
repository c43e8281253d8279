package facts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// disk is the operating system's files as an fs.FS that takes any path.
type disk struct{}

func (disk) Open(path string) (fs.File, error)     { return os.Open(path) }
func (disk) Stat(path string) (fs.FileInfo, error) { return os.Stat(path) }

// beside returns the path of a file in the same folder as path.
func beside(path, name string) string {
	end := strings.LastIndexByte(path, '/')
	if os.PathSeparator != '/' {
		end = max(end, strings.LastIndexByte(path, os.PathSeparator))
	}
	return path[:end+1] + name
}

// openRegular opens a file of at most limit bytes. It looks before it opens,
// since opening a FIFO waits for a writer, and a device may never end.
func openRegular(fsys fs.FS, path string, limit int64) (fs.File, error) {
	info, err := fs.Stat(fsys, path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("this is a folder; name a .yaml or .jsonl file in it")
	case !info.Mode().IsRegular():
		return nil, errors.New("this is not a regular file; a device or pipe cannot be read as facts")
	case info.Size() > limit:
		return nil, tooLarge(limit)
	}
	return fsys.Open(path)
}

func tooLarge(limit int64) error {
	return fmt.Errorf("the file is larger than %d MiB; split the base, or write it as JSONL (at most %d MiB)", limit>>20, MaxJSONLSize>>20)
}

// readRegular returns the whole of a file of at most limit bytes. Some files,
// as in /proc, are longer than they say.
func readRegular(fsys fs.FS, path string, limit int64) ([]byte, error) {
	f, err := openRegular(fsys, path, limit)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, tooLarge(limit)
	}
	return data, err
}

// readMessage puts an error of reading a file into words.
func readMessage(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read the file"
	case errors.Is(err, fs.ErrInvalid):
		return "not a valid path"
	}
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathErr.Err
	}
	return err.Error()
}

var byteOrderMark = []byte("\ufeff")

// A fault is a problem in the bytes of a file.
type fault struct {
	at      place
	message string
}

// Error returns the message alone; the place is told beside it.
func (f *fault) Error() string { return f.message }

// checkBytes returns the first byte on each line that no text file has:
// invalid UTF-8, NUL and other control characters, tabs included: YAML allows
// them in few places, and the lexer's time is quadratic in them.
func checkBytes(data []byte) (faults []*fault) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return []*fault{{message: "the file is UTF-16; save it as UTF-8"}}
	}
	for line := uint32(1); len(data) > 0; line++ {
		text, rest, _ := bytes.Cut(data, []byte("\n"))
		if f := checkLine(text, false); f != nil && len(faults) < MaxProblems {
			f.at.line = line
			faults = append(faults, f)
		}
		data = rest
	}
	return faults
}

func checkLine(text []byte, tabs bool) *fault {
	column := uint32(1)
	for i := 0; i < len(text); column++ {
		if c := text[i]; c < utf8.RuneSelf {
			if c == '\t' && !tabs {
				return &fault{place{column: column}, "a tab; write spaces"}
			}
			if c < ' ' && c != '\t' || c == 0x7f {
				return &fault{place{column: column}, "control character " + codePoint(rune(c)) + "; delete it"}
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return &fault{place{column: column}, fmt.Sprintf("byte 0x%02X is not valid UTF-8; save the file as UTF-8", text[i])}
		}
		i += size
	}
	return nil
}

// codePoint names a character that cannot be shown.
func codePoint(r rune) string {
	if r == 0 {
		return "NUL (U+0000)"
	}
	return fmt.Sprintf("U+%04X", r)
}
