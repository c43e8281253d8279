package facts

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"embed"
	"encoding/gob"
	"fmt"
	"io/fs"
	"sync"
)

//go:generate go run ./compile

//go:embed data
var data embed.FS

const (
	embeddedBase = "data/busan-summit.yaml"     // the base that the binary carries
	compiledBase = "data/busan-summit.compiled" // the same, read and fitted ahead of time
)

// Embedded returns the base that the binary carries. It is read from its
// compiled form, or, where that is stale, from its files: the answers are the
// same, it only takes longer.
var Embedded = sync.OnceValues(func() (*Snapshot, error) {
	if c, err := readCompiled(); err == nil {
		return newSnapshot(c.Bases, c.Weights), nil
	}
	bases, problems := LoadEmbedded()
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return NewSnapshot(bases...), nil
})

// LoadEmbedded reads and checks the files that the binary carries, so that
// problems and positions are known.
func LoadEmbedded() ([]*Base, Problems) { return LoadFS(data, embeddedBase) }

// A compiled base is what starting fast needs: the facts in a form that is
// read quickly and the weights that take time to fit.
type compiled struct {
	Sum     string // of the files it was made from
	Bases   []*Base
	Weights map[string][]byte // by language
}

// Compile reads the embedded files and returns their compiled form. The
// result depends on nothing else.
func Compile() ([]byte, error) {
	bases, problems := LoadEmbedded()
	if err := problems.Err(); err != nil {
		return nil, err
	}
	sum, err := sumOfFiles()
	if err != nil {
		return nil, err
	}
	c := compiled{Sum: sum, Bases: bases, Weights: map[string][]byte{}}
	for _, lang := range bases[0].Languages {
		c.Weights[lang] = buildIndex(lang, bases, nil).writeModel()
	}
	var out bytes.Buffer
	z, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if err := gob.NewEncoder(z).Encode(c.ordered()); err != nil {
		return nil, fmt.Errorf("compile the base: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// readCompiled returns the compiled base if it was made from these files.
func readCompiled() (*compiled, error) {
	content, err := data.ReadFile(compiledBase)
	if err != nil {
		return nil, err
	}
	var file compiledFile
	if err := gob.NewDecoder(flate.NewReader(bytes.NewReader(content))).Decode(&file); err != nil {
		return nil, err
	}
	sum, err := sumOfFiles()
	if err != nil {
		return nil, err
	}
	if file.Sum != sum {
		return nil, fmt.Errorf("%s was made from other files", compiledBase)
	}
	return file.compiled(), nil
}

// A compiledFile is a compiled base without maps, whose order gob leaves open.
type compiledFile struct {
	Sum       string
	Bases     []*Base
	Languages []string
	Weights   [][]byte
}

func (c compiled) ordered() compiledFile {
	f := compiledFile{Sum: c.Sum, Bases: c.Bases, Languages: c.Bases[0].Languages}
	for _, lang := range f.Languages {
		f.Weights = append(f.Weights, c.Weights[lang])
	}
	return f
}

func (f compiledFile) compiled() *compiled {
	c := &compiled{Sum: f.Sum, Bases: f.Bases, Weights: map[string][]byte{}}
	for i, lang := range f.Languages {
		c.Weights[lang] = f.Weights[i]
	}
	return c
}

// sumOfFiles is the SHA-256 over names and contents of the embedded files.
func sumOfFiles() (string, error) {
	paths, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, path := range paths {
		content, err := data.ReadFile(path)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", path, len(content))
		h.Write(content)
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}
