package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"summitbot/facts"
	"summitbot/facts/edit"
	"summitbot/facts/sheet"
)

// exportFlags are the flags of facts export.
type exportFlags struct {
	baseChoice
	csv   bool
	out   string
	force bool
}

func newFactsExport(a *app) *cobra.Command {
	var flags exportFlags
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write facts as a spreadsheet, or copy their files",
		Long: `Write the facts of a base as a sheet in CSV that Excel, LibreOffice and Google
Sheets open: a row a fact, a column for each field and language. Without --csv,
copy the facts files into a folder, to edit them there.

In a sheet, phrasings and sources stand one a line; a source is its id, the
paragraph and the quote. Cells that a spreadsheet would take for a formula, a
date or a number begin with an apostrophe, which import takes away again.

Nothing is written over without --force.`,
		Example: `  summitbot facts export --csv -o facts.csv
  summitbot facts export --csv --facts my-facts.yaml > facts.csv
  summitbot facts export -o my-facts/     # the files of the embedded base`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return a.exportFacts(flags) },
	}
	flags.addTo(a, cmd)
	f := cmd.Flags()
	f.BoolVar(&flags.csv, "csv", false, "write a sheet")
	f.StringVarP(&flags.out, "out", "o", "", "write to `PATH`: a file with --csv (default standard output), else a folder")
	f.BoolVar(&flags.force, "force", false, "write over files that are there")
	return cmd
}

// exportFacts carries out the command.
func (a *app) exportFacts(flags exportFlags) error {
	if !flags.csv && flags.out == "" {
		return usage("for a sheet: --csv; for a copy of the files: -o FOLDER", "facts export needs --csv or -o")
	}
	bases, paths, err := a.bases(flags.baseChoice)
	if err != nil {
		return err
	}
	if flags.csv {
		return a.exportSheet(flags, bases)
	}
	files, err := factsContents(flags.baseChoice, bases, paths)
	if err != nil {
		return err
	}
	return a.exportFiles(flags, files)
}

// exportSheet writes a base as a sheet.
func (a *app) exportSheet(flags exportFlags, bases []*facts.Base) error {
	b, err := flags.choose(bases)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	long, err := sheet.Write(&out, b)
	if err != nil {
		return err
	}
	if err := a.deliver(flags.out, out.Bytes(), flags.force, count(len(b.Facts), "fact")); err != nil {
		return err
	}
	for _, cell := range long {
		fmt.Fprintf(a.err, "summitbot: warning: %s has more than %d characters, which Excel and LibreOffice cut; leave that cell as it is\n", cell, sheet.MaxCell)
	}
	return nil
}

// factsContents returns the files of the base that is meant, or of all, by the
// names that they will have.
func factsContents(choice baseChoice, bases []*facts.Base, paths []string) (map[string][]byte, error) {
	if choice.base != "" {
		b, err := choice.choose(bases)
		if err != nil {
			return nil, err
		}
		if len(paths) == len(bases) {
			at := slices.Index(bases, b)
			paths = paths[at : at+1]
		}
	}
	if len(paths) == 0 {
		return embeddedContents()
	}
	files, err := edit.Read(paths...)
	if err != nil {
		return nil, editFault(err)
	}
	named := map[string][]byte{}
	for path, data := range files.Contents() {
		name := filepath.Base(path)
		if _, taken := named[name]; taken {
			return nil, usage("export one base at a time, with --base", "two files are called %s", name)
		}
		named[name] = data
	}
	return named, nil
}

// embeddedContents returns the files that the binary carries.
func embeddedContents() (map[string][]byte, error) {
	folder, names, err := facts.EmbeddedFiles()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = fs.ReadFile(folder, name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// exportFiles writes files into a folder: none of them when one is there.
func (a *app) exportFiles(flags exportFlags, files map[string][]byte) error {
	if err := os.MkdirAll(flags.out, 0o755); err != nil {
		return fileFault(flags.out, err)
	}
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(flags.out, name)); err == nil && !flags.force {
			return existsFault(filepath.Join(flags.out, name), false)
		}
	}
	for _, name := range names {
		path := filepath.Join(flags.out, name)
		if err := writeNew(path, files[name], flags.force); err != nil {
			return err
		}
		if err := a.write(path + "\n"); err != nil {
			return err
		}
	}
	return nil
}
