package facts

import (
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ./compile

//go:embed data
var data embed.FS

const (
	embeddedBase = "data/busan-summit.yaml"     // the base that the binary carries
	compiledBase = "data/busan-summit.compiled" // the same, read and fitted ahead of time
)

//go:embed data/busan-summit.compiled
var compiledFile string

// Embedded returns the base that the binary carries. It is read from its
// compiled form, or, where that is stale, from its files: the answers are the
// same, it only takes longer.
var Embedded = sync.OnceValues(OpenEmbedded)

// OpenEmbedded does the same anew each time, so that nothing holds the result
// but the caller.
func OpenEmbedded() (*Snapshot, error) {
	if c, err := readCompiled(); err == nil {
		return newSnapshot(c.Bases, c.Ahead), nil
	}
	bases, problems := LoadEmbedded()
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return NewSnapshot(bases...), nil
}

// EmbeddedFiles returns the files that the binary carries, to be copied: their
// names, the main file first, and the folder that holds them.
func EmbeddedFiles() (folder fs.FS, names []string, err error) {
	if folder, err = fs.Sub(data, path.Dir(embeddedBase)); err != nil {
		return nil, nil, err
	}
	if names, err = fs.Glob(folder, "*.yaml"); err != nil {
		return nil, nil, err
	}
	main := path.Base(embeddedBase)
	parts := slices.DeleteFunc(names, func(name string) bool { return name == main })
	return folder, append([]string{main}, parts...), nil
}

// LoadEmbedded reads and checks the files that the binary carries, so that
// problems and positions are known.
func LoadEmbedded() ([]*Base, Problems) { return LoadFS(data, embeddedBase) }

// A compiled base is what starting fast needs: the facts in a form that is
// read quickly, and for each language what takes time to read and fit, which
// is read when the first question in it comes.
type compiled struct {
	Sum   string // of the files it was made from
	Bases []*Base
	Ahead map[string]prepare // by language
}

// Compile reads the embedded files and returns their compiled form: one
// block with the facts and one for each language, each compressed and led by
// its length. The result depends on nothing else.
func Compile() ([]byte, error) {
	bases, problems := LoadEmbedded()
	if err := problems.Err(); err != nil {
		return nil, err
	}
	sum, err := sumOfFiles()
	if err != nil {
		return nil, err
	}
	out, err := appendBlock(nil, compiled{Sum: sum, Bases: bases}.write)
	for _, lang := range bases[0].Languages {
		book := addBases(lang, bases, nil).concordance()
		ahead := prepared{book, buildIndex(lang, bases, func() prepared { return prepared{Book: book} }).writeModel()}
		var failed error
		out, failed = appendBlock(out, func(w io.Writer) error { return gob.NewEncoder(w).Encode(ahead) })
		err = errors.Join(err, failed)
	}
	if err != nil {
		return nil, fmt.Errorf("compile the base: %w", err)
	}
	return out, nil
}

// appendBlock appends what write writes, compressed, behind its length.
func appendBlock(file []byte, write func(io.Writer) error) ([]byte, error) {
	var block bytes.Buffer
	z, err := flate.NewWriter(&block, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(write(z), z.Close()); err != nil {
		return nil, err
	}
	return append(binary.LittleEndian.AppendUint32(file, uint32(block.Len())), block.Bytes()...), nil
}

// errNoBlock tells of a compiled base that is cut short.
var errNoBlock = errors.New(compiledBase + " is cut short")

// cutBlock returns the first block of a file and what follows it.
func cutBlock(file string) (block, rest string, err error) {
	const header = 4
	if len(file) < header {
		return "", "", errNoBlock
	}
	n := int(binary.LittleEndian.Uint32([]byte(file[:header])))
	if file = file[header:]; n > len(file) {
		return "", "", errNoBlock
	}
	return file[:n], file[n:], nil
}

// readCompiled returns the compiled base if it was made from these files.
func readCompiled() (*compiled, error) {
	c, err := readBlocks(compiledFile)
	if err != nil || isRelease() {
		return c, err
	}
	sum, err := sumOfFiles()
	if err != nil {
		return nil, err
	}
	if c.Sum != sum {
		return nil, fmt.Errorf("%s was made from other files", compiledBase)
	}
	return c, nil
}

// isRelease reports whether the program was built with -trimpath, as make build
// does from a tree that is tested: TestFresh has then compared the compiled
// base with its files, and reading those megabytes again at each start would
// only say so.
func isRelease() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == "-trimpath" && s.Value == "true" })
}

// readBlocks reads the facts; the languages' blocks are only found.
func readBlocks(file string) (*compiled, error) {
	first, rest, err := cutBlock(file)
	if err != nil {
		return nil, err
	}
	c, err := readPieces(flate.NewReader(strings.NewReader(first)))
	if err != nil {
		return nil, err
	}
	for _, lang := range c.Bases[0].Languages {
		block, more, err := cutBlock(rest)
		if err != nil {
			return nil, err
		}
		c.Ahead[lang], rest = func() prepared { return readAhead(block) }, more
	}
	return c, nil
}

// readAhead reads a language's block; a broken one is as good as none.
func readAhead(block string) (p prepared) {
	if gob.NewDecoder(bufio.NewReader(flate.NewReader(strings.NewReader(block)))).Decode(&p) != nil {
		return prepared{}
	}
	return p
}

// A frame opens the block of facts: all but the facts and gaps, which come in
// pieces behind it, since gob holds each piece in memory whole.
type frame struct {
	Sum         string
	Bases       []Base // without facts and gaps
	Facts, Gaps []int  // how many, by base
}

// write writes the base in pieces, in an order that depends on nothing else.
func (c compiled) write(w io.Writer) error {
	f := frame{Sum: c.Sum}
	for _, b := range c.Bases {
		bare := *b
		bare.Facts, bare.Gaps, bare.Declines = nil, nil, nil
		f.Bases, f.Facts, f.Gaps = append(f.Bases, bare), append(f.Facts, len(b.Facts)), append(f.Gaps, len(b.Gaps))
	}
	out := gob.NewEncoder(w)
	err := out.Encode(f)
	for _, b := range c.Bases {
		err = errors.Join(err, out.Encode(pack(b.Declines)))
		for i := range b.Facts {
			f := b.Facts[i]
			lists := []packed{pack(f.Asks), pack(f.Tests)}
			f.Asks, f.Tests = nil, nil
			err = errors.Join(err, out.Encode(&f), out.Encode(lists))
		}
		for i := range b.Gaps {
			g := b.Gaps[i]
			lists := []packed{pack(g.Asks), pack(g.Tests)}
			g.Asks, g.Tests = nil, nil
			err = errors.Join(err, out.Encode(&g), out.Encode(lists))
		}
	}
	return err
}

// A packed list of phrases is one text for each run of a language, a phrase a
// line, so that thousands are read as a few strings.
type packed struct {
	Langs, Texts []string
}

func pack(list []Phrase) packed {
	var p packed
	for i, phrase := range list {
		if i == 0 || phrase.Lang != list[i-1].Lang {
			p.Langs, p.Texts = append(p.Langs, phrase.Lang), append(p.Texts, phrase.Text)
			continue
		}
		p.Texts[len(p.Texts)-1] += "\n" + phrase.Text
	}
	return p
}

func (p packed) unpack() []Phrase {
	n := 0
	for _, text := range p.Texts {
		n += 1 + strings.Count(text, "\n")
	}
	if n == 0 {
		return nil
	}
	list := make([]Phrase, 0, n)
	for i, text := range p.Texts {
		for line := range strings.SplitSeq(text, "\n") {
			list = append(list, Phrase{p.Langs[i], line})
		}
	}
	return list
}

// readPieces reads what write has written.
func readPieces(r io.Reader) (*compiled, error) {
	in := gob.NewDecoder(bufio.NewReader(r))
	var f frame
	if err := in.Decode(&f); err != nil {
		return nil, err
	}
	c := &compiled{Sum: f.Sum, Ahead: map[string]prepare{}}
	for i := range f.Bases {
		b := &f.Bases[i]
		b.Facts, b.Gaps = make([]Fact, f.Facts[i]), make([]Gap, f.Gaps[i])
		var declines packed
		if err := in.Decode(&declines); err != nil {
			return nil, err
		}
		b.Declines = declines.unpack()
		for j := range b.Facts {
			f := &b.Facts[j]
			if err := readItem(in, f, &f.Asks, &f.Tests); err != nil {
				return nil, err
			}
		}
		for j := range b.Gaps {
			g := &b.Gaps[j]
			if err := readItem(in, g, &g.Asks, &g.Tests); err != nil {
				return nil, err
			}
		}
		c.Bases = append(c.Bases, b)
	}
	return c, nil
}

// readItem reads a fact or a gap and its lists of phrases.
func readItem(in *gob.Decoder, item any, asks, tests *[]Phrase) error {
	var lists []packed
	if err := errors.Join(in.Decode(item), in.Decode(&lists)); err != nil {
		return err
	}
	if len(lists) != 2 {
		return fmt.Errorf("%s: %d lists of phrases", compiledBase, len(lists))
	}
	*asks, *tests = lists[0].unpack(), lists[1].unpack()
	return nil
}

// sumOfFiles is the SHA-256 over names and contents of the embedded files.
func sumOfFiles() (string, error) {
	paths, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, path := range paths {
		if err := addFile(h, path); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

func addFile(h io.Writer, path string) error {
	file, err := data.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	fmt.Fprintf(h, "%s\n", path)
	_, err = io.Copy(h, file)
	return err
}
