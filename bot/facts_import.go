package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"summitbot/bot/render"
	"summitbot/facts"
	"summitbot/facts/edit"
	"summitbot/facts/sheet"
)

// importFlags are the flags of facts import.
type importFlags struct {
	baseChoice
	csv string
	yes bool
}

func newFactsImport(a *app) *cobra.Command {
	var flags importFlags
	cmd := &cobra.Command{
		Use:   "import --csv FILE",
		Short: "Take over what was changed in a spreadsheet",
		Long: `Compare a sheet that was exported, and changed in a spreadsheet, with the facts
files, show what differs, and write it once you agree. In the files only what
differs changes; comments and layout stay.

A row with a new id is a new fact. Facts without a row stay as they are, and so
do fields without a column; an empty cell empties its field. To retire a fact,
set its status.

All is checked first: a sheet with faults changes nothing. The tests in the files
are left to "summitbot check". Commas, semicolons and tabs are understood, columns in any order.`,
		Example: `  summitbot facts import --csv facts.csv --facts my-facts.yaml          # shows and asks
  summitbot facts import --csv facts.csv --facts my-facts.yaml --yes    # writes`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return a.importFacts(flags) },
	}
	flags.addTo(a, cmd)
	f := cmd.Flags()
	f.StringVar(&flags.csv, "csv", "", "read the sheet in `FILE`")
	f.BoolVarP(&flags.yes, "yes", "y", false, "write without asking")
	must(cmd.RegisterFlagCompletionFunc("csv", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"csv", "tsv", "txt"}, cobra.ShellCompDirectiveFilterFileExt
	}))
	return cmd
}

// importFacts carries out the command.
func (a *app) importFacts(flags importFlags) error {
	im, err := a.startImport(flags)
	if err != nil {
		return err
	}
	if len(im.found.Changes) == 0 {
		return a.write("nothing to change: " + im.summary() + "\n")
	}
	if err := im.apply(); err != nil {
		return err
	}
	if err := im.check(); err != nil {
		return err
	}
	if err := a.write(im.files.Diff() + "\n" + im.summary() + "\n"); err != nil {
		return err
	}
	if agreed, err := a.agreed(flags.yes); !agreed || err != nil {
		return err
	}
	if err := im.files.Write(); err != nil {
		return editFault(err)
	}
	return a.write("written; `summitbot check` runs the tests in the files\n")
}

// An importing is a sheet on its way into facts files.
type importing struct {
	app   *app
	path  string // of the sheet
	sheet *sheet.Sheet
	files *edit.Files
	bases []*facts.Base // as they are on the disk
	base  *facts.Base   // the one of the sheet
	found *sheet.Comparison
}

// startImport reads files and sheet and compares them.
func (a *app) startImport(flags importFlags) (*importing, error) {
	if flags.csv == "" {
		return nil, usage("for example --csv facts.csv; `summitbot facts export --csv` writes one", "facts import needs --csv")
	}
	paths, err := a.paths(flags.baseChoice)
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, usage("`summitbot facts export -o my-facts` copies its files; name the main one with --facts", "the embedded base cannot be changed")
	}
	data, err := readSheet(flags.csv)
	if err != nil {
		return nil, err
	}
	im := &importing{app: a, path: flags.csv}
	if err := im.open(flags.baseChoice, paths); err != nil {
		return nil, err
	}
	var faults []sheet.Fault
	if im.sheet, faults = sheet.Read(data, im.base.Languages); len(faults) == 0 {
		im.found, faults = im.sheet.Compare(im.base)
	}
	return im, im.refuse(faults)
}

// open reads the facts files.
func (im *importing) open(choice baseChoice, paths []string) (err error) {
	if im.files, err = edit.Read(paths...); err != nil {
		if _, problems := facts.LoadFiles(paths...); len(problems.Errors()) > 0 {
			return factsFault(problems.Errors())
		}
		return editFault(err)
	}
	bases, problems := im.files.Load()
	if errs := problems.Errors(); len(errs) > 0 {
		return factsFault(errs)
	}
	im.bases = bases
	im.base, err = choice.choose(bases)
	return err
}

// maxSheet, in bytes, is what a sheet of ten thousand facts with a hundred
// phrasings each needs.
const maxSheet = 128 << 20

func readSheet(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		hint, _ := nearFile(path)
		return nil, &fault{message: path + ": there is no such file", hint: hint, code: exitFault, cause: err}
	}
	if err != nil {
		return nil, fileFault(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSheet+1))
	switch {
	case err != nil:
		return nil, fileFault(path, err)
	case len(data) > maxSheet:
		return nil, &fault{message: fmt.Sprintf("%s: the sheet is larger than %d MiB", path, maxSheet>>20), hint: "import it in pieces", code: exitFault}
	}
	return data, nil
}

// editFault tells why files could not be read or written.
func editFault(err error) error {
	f := &fault{message: err.Error(), code: exitFault, cause: err}
	if errors.Is(err, edit.ErrChanged) {
		f.message, f.hint = "the facts files have changed meanwhile; nothing was written", "run the import again"
	}
	return f
}

// refuse tells all faults of a sheet, each on a line, and then that nothing was
// written; nil when there are none.
func (im *importing) refuse(faults []sheet.Fault) error {
	var lines []string
	hint := ""
	for _, f := range faults {
		lines = append(lines, im.path+": "+f.Error())
		if hint == "" && f.Word != "" {
			if hint = didYouMean("", f.Word, f.Known); hint == "" {
				hint = "the columns are " + strings.Join(f.Known, ", ")
			}
		}
	}
	return im.refuseLines(lines, hint)
}

func (im *importing) refuseLines(lines []string, hint string) error {
	switch len(lines) {
	case 0:
		return nil
	case 1:
		return &fault{message: lines[0], hint: hint, code: exitFault}
	}
	for _, line := range lines {
		fmt.Fprintln(im.app.err, render.OneLine(line))
	}
	return &fault{message: fmt.Sprintf("%s: %s; nothing was written", im.path, count(len(lines), "fault")), hint: hint, code: exitFault}
}

// apply makes the changes in memory.
func (im *importing) apply() error {
	if im.applyAtOnce() {
		return nil
	}
	var lines []string // one by one, to tell which row it is
	for _, c := range im.found.Changes {
		change := im.files.Set
		if c.New {
			change = im.files.Add
		}
		if err := change(im.base.ID, c.ID, c.Fields); err != nil {
			lines = append(lines, fmt.Sprintf("%s: row %d: %v", im.path, c.Row, err))
		}
	}
	return im.refuseLines(lines, "")
}

// applyAtOnce makes all the changes together, which takes hardly longer than
// one; it returns false, and has changed nothing, when one of them cannot be
// made or a fact is new.
func (im *importing) applyAtOnce() bool {
	var all []edit.Change
	for _, c := range im.found.Changes {
		if c.New {
			return false
		}
		all = append(all, edit.Change{ID: c.ID, Fields: c.Fields})
	}
	return im.files.SetAll(im.base.ID, all) == nil
}

// check loads the facts with their changes, and tells what is wrong by its
// place in the sheet where that is known.
func (im *importing) check() error {
	_, problems := im.files.Load()
	var lines []string
	for _, p := range problems.Errors() {
		lines = append(lines, im.placed(p))
	}
	if len(lines) > 0 {
		return im.refuseLines(lines, "")
	}
	im.warn(problems.Warnings())
	return nil
}

// warn tells the warnings about rows that change something.
func (im *importing) warn(warnings facts.Problems) {
	changed := map[int]bool{}
	for _, c := range im.found.Changes {
		changed[c.Row] = true
	}
	for _, p := range warnings {
		if at, ok := im.find(p); ok && changed[at.Row] {
			fmt.Fprintln(im.app.err, render.OneLine(fmt.Sprintf("%s: %s: warning: %s", im.path, at, p.Message)))
		}
	}
}

// placed puts a problem into a line.
func (im *importing) placed(p facts.Problem) string {
	if at, ok := im.find(p); ok {
		return fmt.Sprintf("%s: %s: %s", im.path, at, p.Message)
	}
	return p.Error()
}

// find returns the cell that a problem is about.
func (im *importing) find(p facts.Problem) (sheet.Cell, bool) {
	for _, b := range im.bases {
		if b != im.base && len(b.Facts) > 0 && b.Position(facts.Item{}).File == p.File {
			return sheet.Cell{}, false
		}
	}
	var ids []string
	for _, f := range im.base.Facts {
		ids = append(ids, f.ID)
	}
	for _, c := range im.found.Changes {
		if c.New {
			ids = append(ids, c.ID)
		}
	}
	return im.sheet.Find(p.Path, p.Value, ids)
}

// summary counts, in one line.
func (im *importing) summary() string {
	added, changed := im.found.Count()
	text := fmt.Sprintf("%d added, %d changed, %d the same", added, changed, im.found.Same)
	if n := im.found.Left; n > 0 {
		text += fmt.Sprintf("; %s not in the sheet, left alone", count(n, "fact"))
	}
	return text
}

// agreed asks whether to write, where somebody is there to say so.
func (a *app) agreed(yes bool) (bool, error) {
	if yes {
		return true, nil
	}
	if !a.inTerminal {
		return false, a.write("nothing was written; add --yes to write it\n")
	}
	if _, err := fmt.Fprint(a.err, "Write this? [y/N] "); err != nil {
		return false, err
	}
	line, err := bufio.NewReader(a.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes":
		return true, nil
	}
	return false, a.write("nothing was written\n")
}
