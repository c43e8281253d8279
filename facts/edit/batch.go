package edit

import (
	"cmp"
	"slices"
)

// A Change is fields of one fact that are to be set.
type Change struct {
	ID     string
	Fields Fields
}

// SetAll does what Set does, for many facts of a base at once: large files take
// hardly longer than for one. When one of the facts cannot be changed, nothing
// is.
func (f *Files) SetAll(base string, changes []Change) error {
	b, err := f.base(base)
	if err != nil {
		return err
	}
	if err := b.parse(); err != nil {
		return err
	}
	undo := f.remember()
	if b.main.isJSONL() { // line by line is fast enough
		for _, c := range changes {
			if err := f.Set(base, c.ID, c.Fields); err != nil {
				undo()
				return err
			}
		}
		return nil
	}
	all, err := f.plan(b, changes)
	undo()
	if err != nil {
		return err
	}
	return all.run()
}

// plan puts changes into one plan. The trees of the files are meanwhile the
// ones that are wanted, so that each change builds on those before it.
//
// The last fact comes first: what is new in a fact looks like the facts before
// it, and those should be as they stand in the file.
func (f *Files) plan(b *base, changes []Change) (*plan, error) {
	type found struct {
		Change
		index int
	}
	var order []found
	for _, c := range changes {
		_, o, err := f.fact(b.id, c.ID)
		if err != nil {
			return nil, err
		}
		order = append(order, found{c, o.index})
	}
	slices.SortStableFunc(order, func(a, b found) int { return cmp.Compare(b.index, a.index) })
	all := &plan{base: b}
	for _, c := range order {
		_, o, err := f.fact(b.id, c.ID)
		if err != nil {
			return nil, err
		}
		p, err := b.set(o, c.ID, c.Fields)
		if err != nil {
			return nil, err
		}
		for _, w := range p.wants {
			all.setRoot(w.file, w.root)
			w.file.root = w.root
		}
	}
	return all, nil
}

// parse makes the trees of all files in YAML: what is put back after planning
// has to be there before.
func (b *base) parse() error {
	for _, file := range append([]*file{b.main}, b.parts...) {
		if file.isJSONL() {
			continue
		}
		if err := file.parse(); err != nil {
			return err
		}
	}
	return nil
}

// remember returns a function that puts the files back to how they are now.
func (f *Files) remember() (undo func()) {
	type state struct {
		now  string
		root *node
	}
	states := make([]state, len(f.files))
	for i, file := range f.files {
		states[i] = state{file.now, file.root}
	}
	return func() {
		for i, file := range f.files {
			file.now, file.root = states[i].now, states[i].root
		}
	}
}
