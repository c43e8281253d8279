package facts

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// carry fills m, the empty regression of x, with the weights that old has: rows
// by the text of their term, columns by from, which is by entry of x the one of
// old or -1. It returns which rows old knew.
func (m *regression) carry(x, old *index, from []int32) (known []bool) {
	to := make([]int32, len(old.entries))
	for i := range to {
		to[i] = -1
	}
	for e, o := range from {
		if o >= 0 {
			to[o] = int32(e)
		}
	}
	rows := x.rowsFrom(old)
	known = make([]bool, len(rows))
	m.unit = old.model.unit
	m.cells = make([]cell, 0, len(old.model.cells))
	var levels []entryLevel
	for r, o := range rows {
		if known[r] = o >= 0; known[r] {
			levels = old.model.levelsOf(uint32(o), to, levels[:0])
			m.appendRow(levels)
		}
		m.rowAt[r+1] = uint32(len(m.cells))
	}
	return known
}

// An entryLevel is the weight of an entry in units.
type entryLevel struct {
	entry int32
	level int8
}

// levelsOf appends the weights of a row to buf, with the numbers that their
// entries have in to, ascending; -1 leaves one out.
func (m *regression) levelsOf(row uint32, to []int32, buf []entryLevel) []entryLevel {
	e, ascending := 0, true
	for _, c := range m.cells[m.rowAt[row]:m.rowAt[row+1]] {
		e += int(c.step)
		if c.level == 0 || to[e] < 0 {
			continue
		}
		ascending = ascending && (len(buf) == 0 || buf[len(buf)-1].entry < to[e])
		buf = append(buf, entryLevel{to[e], c.level})
	}
	if !ascending {
		sortLevels(buf)
	}
	return buf
}

func sortLevels(levels []entryLevel) {
	slices.SortFunc(levels, func(a, b entryLevel) int { return cmp.Compare(a.entry, b.entry) })
}

// appendRow appends the cells of a row.
func (m *regression) appendRow(levels []entryLevel) {
	last := 0
	for _, l := range levels {
		m.cells = appendCell(m.cells, last, int(l.entry), l.level)
		last = int(l.entry)
	}
}

// rowsFrom returns, by row of a regression of x, the row in one of old, or -1.
func (x *index) rowsFrom(old *index) []int32 {
	n := 0
	for v := range x.grade {
		n += len(x.grade[v])
	}
	from := make([]int32, n)
	for i := range from {
		from[i] = -1
	}
	rest, offset := from, int32(0)
	for v := range x.grade {
		for t := range uint32(x.termIDs[v].len()) {
			if id, ok := old.termIDs[v].id(x.termIDs[v].text(t)); ok {
				rest[t] = offset + int32(id)
			}
		}
		if view(v) == sequence {
			x.pairsFrom(old, rest, offset)
		}
		rest, offset = rest[len(x.grade[v]):], offset+int32(len(old.grade[v]))
	}
	return from
}

// pairsFrom does the same for the pairs among the rows of the sequence view,
// which start at offset in old.
func (x *index) pairsFrom(old *index, from []int32, offset int32) {
	stems := make([]uint32, x.stems.len(), x.stems.len()+1)
	for i := range stems {
		stems[i] = unknownWord
		if id, ok := old.stems.id(x.stems.text(uint32(i))); ok {
			stems[i] = id
		}
	}
	stems = append(stems, stemMark) // the last row
	p := &x.pairs
	for row, left := range stems {
		for i := p.at[row]; left != unknownWord && i < p.at[row+1]; i++ {
			right := stems[min(int(p.right[i]), len(stems)-1)]
			if id, ok := old.pairs.id(left, right); ok && right != unknownWord {
				from[p.first+i] = offset + int32(id)
			}
		}
	}
}

// Bounds on fitting in short, in products of a feature and a weight, of which
// a core does some thousand in a microsecond.
const (
	hurriedWork  = 80e6 // in a language
	fewestPasses = 2
)

// refit fits the columns of some entries anew while the others stay as they
// are: of each phrasing, of whichever entry, that is a softmax over these
// entries and one rest.
func (m *regression) refit(anew []bool, vectors [][]feature, targets []int32) {
	var entries []int32
	for e, is := range anew {
		if is {
			entries = append(entries, int32(e))
		}
	}
	if entries == nil {
		return
	}
	c := m.columnsOf(entries)
	rest := make([]float32, len(vectors))
	logits, loud := make([]float32, m.entries), m.loud()
	for i, v := range vectors {
		loud.apply(v, logits)
		rest[i] = c.restOf(logits)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	order := make([]int, len(vectors))
	for i := range order {
		order[i] = i
	}
	passes := min(max(hurriedWork/work(vectors, len(entries)), fewestPasses), epochs)
	calm := make([]bool, len(vectors)) // nothing was to be learnt from it last
	for pass := range passes {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		step := float32(firstStep * (1 - float64(pass)/float64(passes)))
		for _, i := range order {
			if !calm[i] || (i+pass)%calmEvery == 0 {
				calm[i] = !c.learn(vectors[i], c.place[targets[i]], rest[i], step)
			}
		}
	}
	m.put(c)
}

// calmEvery is in how many passes a phrasing is looked at once from which
// nothing was to be learnt.
const calmEvery = 3

// loudest is the level from which a weight counts for the sum over the others:
// two of three are smaller, and as many of them add as take away.
const loudest = 3

// loud is m without small weights.
func (m *regression) loud() *regression {
	l := *m
	l.cells, l.rowAt = make([]cell, 0, len(m.cells)/2), make([]uint32, len(m.rowAt))
	for row := range len(m.rowAt) - 1 {
		e, last := 0, 0
		for _, c := range m.cells[m.rowAt[row]:m.rowAt[row+1]] {
			if e += int(c.step); c.level >= loudest || c.level <= -loudest {
				l.cells = appendCell(l.cells, last, e, c.level)
				last = e
			}
		}
		l.rowAt[row+1] = uint32(len(l.cells))
	}
	return &l
}

// work is how many products one pass over vectors takes for so many entries.
func work(vectors [][]feature, entries int) int {
	n := 0
	for _, v := range vectors {
		n += len(v)
	}
	return max(1, n*entries)
}

// columns are some columns of a regression while they are fitted.
type columns struct {
	trainer         // of these columns alone
	of      []int32 // the entries
	place   []int32 // by entry of the whole: its column, or -1
}

func (m *regression) columnsOf(entries []int32) *columns {
	rows, k := len(m.rowAt)-1, len(entries)
	c := &columns{of: entries, place: make([]int32, m.entries)}
	c.trainer = trainer{regression: &regression{entries: k}, weights: make([]float32, rows*k), logits: make([]float32, k+1)}
	for i := range c.place {
		c.place[i] = -1
	}
	for i, e := range entries {
		c.place[e] = int32(i)
	}
	var levels []entryLevel
	for row := range rows {
		levels = m.levelsOf(uint32(row), c.place, levels[:0])
		for _, l := range levels {
			c.weights[row*k+int(l.entry)] = float32(l.level) * m.unit
		}
	}
	return c
}

// negligible is the lead in logits behind which an entry adds nothing to a sum.
const negligible = 12

// restOf is ln Σ exp z over the logits z of all but these columns.
func (c *columns) restOf(logits []float32) float32 {
	top := float32(math.Inf(-1))
	for e, z := range logits {
		if c.place[e] < 0 {
			top = max(top, z)
		}
	}
	var sum float64
	for e, z := range logits {
		if c.place[e] < 0 && top-z < negligible {
			sum += math.Exp(float64(z - top))
		}
	}
	return top + float32(math.Log(sum))
}

// learn takes one gradient step. Target is a column, or -1 for the rest, whose
// logit is given. It reports whether there was something to learn.
func (c *columns) learn(vector []feature, target int32, rest, step float32) bool {
	c.multiply(vector)
	c.logits[c.entries] = rest
	softmax(c.logits)
	if target >= 0 {
		c.logits[target]--
	}
	return c.descend(vector, c.logits[:c.entries], step)
}

// put takes over columns that were fitted. If they have a weight of more levels
// than there are, the unit grows.
func (m *regression) put(c *columns) {
	var top float32
	for _, w := range c.weights {
		top = max(top, w, -w)
	}
	before := *m
	m.unit = max(m.unit, top/levels, 1e-9/levels)
	m.cells, m.rowAt = make([]cell, 0, len(m.cells)), make([]uint32, len(m.rowAt))
	others := make([]int32, m.entries)
	for e := range others {
		if others[e] = int32(e); c.place[e] >= 0 {
			others[e] = -1
		}
	}
	var row []entryLevel
	for r := range len(m.rowAt) - 1 {
		row = before.levelsOf(uint32(r), others, row[:0])
		for i := range row {
			row[i].level = levelOf(float32(row[i].level)*before.unit, m.unit)
		}
		m.appendRow(c.mergeRow(r, row, m.unit))
		m.rowAt[r+1] = uint32(len(m.cells))
	}
}

// mergeRow adds the weights of a row that are not zero to those of the others.
func (c *columns) mergeRow(row int, others []entryLevel, unit float32) []entryLevel {
	n := len(others)
	for i, w := range c.weights[row*c.entries:][:c.entries] {
		if level := levelOf(w, unit); level != 0 {
			others = append(others, entryLevel{c.of[i], level})
		}
	}
	if n > 0 && len(others) > n {
		sortLevels(others)
	}
	return others
}

// levelOf is a weight in units, rounded.
func levelOf(weight, unit float32) int8 { return int8(math.RoundToEven(float64(weight / unit))) }
