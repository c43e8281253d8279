// Package edit changes facts files as an editor would: only what is changed
// differs afterwards, comments, order and layout of all else stay as they are,
// and what is on the disk is at every moment the old state or the new one.
package edit

import (
	"errors"

	"summitbot/facts"
)

// ErrChanged tells that a file is not as it was when it was read: somebody
// else has saved it meanwhile.
var ErrChanged = errors.New("the file has changed since it was read")

// Files are facts files as they were read at one moment, with the changes made
// to them since. They are for one goroutine.
type Files struct{}

// Read reads bases and their parts.
func Read(paths ...string) (*Files, error) { panic("not written yet") }

// Load reads and checks the files with their changes, as facts.LoadFiles does.
func (f *Files) Load() ([]*facts.Base, facts.Problems) { panic("not written yet") }

// Sum is a short sum over the files as they were read.
func (f *Files) Sum() string { panic("not written yet") }

// A Fields holds the fields of a fact that are to be set. What is nil stays as
// it is; what is empty but not nil is taken out of the file.
type Fields struct {
	Title        facts.Text
	Answer       facts.Text
	Asks         map[string][]string // by language: all phrasings in it
	About        []string
	Topics       []string
	When         *string
	Sources      []facts.Citation
	Status       *facts.Status
	SupersededBy *string
	Related      []string
	Covers       []string
	Tests        map[string][]string
	Updated      *string
}

// All are the fields that make a fact what it is, for adding it again or
// setting it back.
func All(fact *facts.Fact) Fields { panic("not written yet") }

// Add adds a fact to a base, behind its last.
func (f *Files) Add(base, id string, fields Fields) error { panic("not written yet") }

// Set sets fields of a fact.
func (f *Files) Set(base, id string, fields Fields) error { panic("not written yet") }

// Remove takes a fact out, with its phrasings in the parts.
func (f *Files) Remove(base, id string) error { panic("not written yet") }

// AddAsk adds a phrasing to a fact or a gap, where its others in that language
// are.
func (f *Files) AddAsk(base, id, lang, text string) error { panic("not written yet") }

// Contents are the files with their changes, by path.
func (f *Files) Contents() map[string][]byte { panic("not written yet") }

// Diff shows the changes as a unified diff.
func (f *Files) Diff() string { panic("not written yet") }

// Write writes what has changed, all of it or nothing, and returns ErrChanged
// when a file is not as it was read.
func (f *Files) Write() error { panic("not written yet") }
