package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxLine is the longest line of input that is read, in bytes.
const maxLine = 4 << 20

// errLongLine is returned for a line that was skipped for its length.
var errLongLine = fmt.Errorf("the line is longer than %d MiB", maxLine>>20)

// A lineReader reads lines of bounded length and knows when the next read
// would wait for more input.
type lineReader struct {
	in   *bufio.Reader
	line []byte
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, 64<<10)}
}

// next returns the next line without its end, valid until the next call. It
// returns errLongLine for a line beyond maxLine, after which reading goes on,
// and io.EOF after the last.
func (r *lineReader) next() ([]byte, error) {
	r.line = r.line[:0]
	tooLong := false
	for {
		part, err := r.in.ReadSlice('\n')
		if tooLong = tooLong || len(r.line)+len(part) > maxLine+len("\r\n"); !tooLong {
			r.line = append(r.line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return r.finish(err, tooLong)
	}
}

// finish ends a line that was read to err.
func (r *lineReader) finish(err error, tooLong bool) ([]byte, error) {
	line := bytes.TrimSuffix(bytes.TrimSuffix(r.line, []byte("\n")), []byte("\r"))
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case tooLong, len(line) > maxLine:
		return nil, errLongLine
	case err != nil && len(r.line) == 0:
		return nil, io.EOF
	}
	return line, nil
}

// pauses reports whether no whole line is at hand, so that next may wait.
func (r *lineReader) pauses() bool {
	waiting, _ := r.in.Peek(r.in.Buffered())
	return bytes.IndexByte(waiting, '\n') < 0
}
