package facts

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
)

// Training of the softmax regression from phrasing to entry.
const (
	epochs    = 8
	firstStep = 3    // falls linearly to 0
	tolerance = .001 // entries this close to their target are not updated
	maxCells  = 60e6 // features × entries: beyond, no model is fitted

	yieldEvery = 64 // examples, of some 20 µs each, after which others may go first
)

// A regression maps the terms of a question to a logit for each entry. It is
// linear and has no bias. Nearly all its weights are as good as zero, so the
// others are kept row by row, in two bytes each.
type regression struct {
	entries int
	offset  [views]uint32   // row of a view's first term
	grade   [views][]uint16 // of the index
	scale   []float32       // by grade: what a term weighs in a text
	rowAt   []uint32        // where a row's cells start
	cells   []cell
	unit    float32
}

// A cell is the weight of an entry in units. The entry is so many after the one
// of the cell before, or after entry 0. Level 0 only leads further.
type cell struct {
	step  uint8
	level int8
}

// appendCell appends the weight of an entry behind that of the entry last.
func appendCell(cells []cell, last, entry int, level int8) []cell {
	for ; entry-last > math.MaxUint8; last += math.MaxUint8 {
		cells = append(cells, cell{step: math.MaxUint8})
	}
	return append(cells, cell{uint8(entry - last), level})
}

// levels is how many steps of size unit the largest weight has.
const levels = 127

// A feature is one term of a text with its weight.
type feature struct {
	row   uint32
	value float32
}

// newRegression lays out the rows for an index; nil when the index has no
// phrasings or is too large.
func (x *index) newRegression() *regression {
	m := &regression{entries: len(x.entries), grade: x.grade}
	rows := 0
	for v := range x.grade {
		m.offset[v] = uint32(rows)
		rows += len(x.grade[v])
	}
	if !x.phrased || rows*m.entries > maxCells || m.entries > math.MaxUint16 {
		return nil
	}
	m.rowAt = make([]uint32, rows+1)
	m.weigh(x)
	return m
}

// A trainer fits the weights of a regression.
type trainer struct {
	*regression
	weights []float32 // [row][entry]
	logits  []float32
}

// fit trains a regression on the phrasings of the index.
func (x *index) fit() *regression { return x.fitUnder(context.Background()) }

// fitUnder is fit that lets other goroutines go first, and gives nil when ctx
// ends before it does.
func (x *index) fitUnder(ctx context.Context) *regression {
	m := x.newRegression()
	if m == nil {
		return nil
	}
	t := trainer{regression: m, weights: make([]float32, (len(m.rowAt)-1)*m.entries), logits: make([]float32, m.entries)}
	examples, targets := m.examples(x)
	rng := rand.New(rand.NewPCG(1, 2))
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	for epoch := range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		step := float32(firstStep * (1 - float64(epoch)/epochs))
		for n, i := range order {
			if n%yieldEvery == 0 {
				if ctx.Err() != nil {
					return nil
				}
				runtime.Gosched()
			}
			t.learn(examples[i], targets[i], step)
		}
	}
	t.quantise()
	return m
}

// learn takes one gradient step.
func (t *trainer) learn(vector []feature, target int32, step float32) {
	t.multiply(vector)
	softmax(t.logits)
	t.logits[target]--
	t.descend(vector, t.logits, step)
}

// descend moves the weights against the gradient, which is by entry. It reports
// whether any was worth a move.
func (t *trainer) descend(vector []feature, gradient []float32, step float32) (moved bool) {
	for e, g := range gradient {
		if g < tolerance && g > -tolerance {
			continue
		}
		moved = true
		g *= step
		for _, f := range vector {
			t.weights[int(f.row)*t.entries+e] -= g * f.value
		}
	}
	return moved
}

// multiply sets the logits to vector · weights. Four rows at a time add up in
// the same order as one at a time, and read and write the logits less often.
func (t *trainer) multiply(vector []feature) {
	logits := t.logits[:t.entries]
	clear(logits)
	for ; len(vector) >= 4; vector = vector[4:] {
		a, b, c, d := t.row(vector[0]), t.row(vector[1]), t.row(vector[2]), t.row(vector[3])
		va, vb, vc, vd := vector[0].value, vector[1].value, vector[2].value, vector[3].value
		for e, z := range logits {
			z += va * a[e]
			z += vb * b[e]
			z += vc * c[e]
			z += vd * d[e]
			logits[e] = z
		}
	}
	for _, f := range vector {
		for e, w := range t.row(f) {
			logits[e] += f.value * w
		}
	}
}

// row is the weights of a feature, by entry.
func (t *trainer) row(f feature) []float32 {
	at := int(f.row) * t.entries
	return t.weights[at:][:t.entries:t.entries]
}

// quantise rounds the weights to units and keeps those that are not zero.
func (t *trainer) quantise() {
	var top float32
	for _, w := range t.weights {
		top = max(top, w, -w)
	}
	t.unit = max(top, 1e-9) / levels
	for row := range len(t.rowAt) - 1 {
		last := 0
		for e, w := range t.weights[row*t.entries : (row+1)*t.entries] {
			if q := levelOf(w, t.unit); q != 0 {
				t.cells = appendCell(t.cells, last, e, q)
				last = e
			}
		}
		t.rowAt[row+1] = uint32(len(t.cells))
	}
}

// apply sets logits to vector · weights.
func (m *regression) apply(vector []feature, logits []float32) {
	clear(logits)
	for _, f := range vector {
		value := f.value * m.unit
		e := 0
		for _, c := range m.cells[m.rowAt[f.row]:m.rowAt[f.row+1]] {
			e += int(c.step)
			logits[e] += value * float32(c.level)
		}
	}
}

// weigh precomputes the weight of a term: (ln((F+1)/(df+1)) + .5)^.6.
func (m *regression) weigh(x *index) {
	f := float64(len(x.entries))
	m.scale = make([]float32, len(x.dfs))
	for i, df := range x.dfs {
		m.scale[i] = float32(math.Pow(math.Log((f+1)/(float64(df)+1))+.5, .6))
	}
}

// examples turns every phrasing into a vector. An entry without phrasings is
// represented by its texts.
func (m *regression) examples(x *index) (vectors [][]feature, targets []int32) {
	s := x.newScratch()
	for p := range x.owner {
		e := x.owner[p]
		if x.kinds[p] != askPhrase && x.entries[e].asks > 0 {
			continue
		}
		vectors = append(vectors, append([]feature(nil), m.vectorOf(s.phraseTerms(uint32(p)), nil)...))
		targets = append(targets, e)
	}
	return vectors, targets
}

// softmax turns logits into probabilities in place.
func softmax(z []float32) {
	top := z[0]
	for _, v := range z {
		top = max(top, v)
	}
	var sum float32
	for i, v := range z {
		z[i] = float32(math.Exp(float64(v - top)))
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
}

// A termCount is how often a text has a term of a view.
type termCount struct {
	v     view
	id    uint32
	count float32
}

// vectorOf weighs the terms of a text: (1+ln tf) × scale, each view scaled to
// length 1 and multiplied by the root of its weight.
func (m *regression) vectorOf(terms []termCount, buf []feature) []feature {
	var square [views]float32
	buf = buf[:0]
	for _, t := range terms {
		value := m.scale[m.grade[t.v][t.id]] * float32(1+math.Log(float64(t.count)))
		square[t.v] += value * value
		buf = append(buf, feature{m.offset[t.v] + t.id, value})
	}
	var scale [views]float32
	for v, sq := range square {
		if sq > 0 {
			scale[v] = float32(math.Sqrt(float64(viewWeights[v] / sq)))
		}
	}
	for i, t := range terms {
		buf[i].value *= scale[t.v]
	}
	return buf
}

// phraseTerms reads a stored phrase as if it were a question.
func (s *scratch) phraseTerms(p uint32) []termCount {
	x := s.x
	s.tokens, s.resolved = s.tokens[:0], s.resolved[:0]
	s.bare = true
	for i := x.phraseAt[p]; i < x.phraseAt[p+1]; i++ {
		id := x.words.at(i) >> 1
		text := x.vocabulary.text(id)
		stop := x.table[id].traits&isStop != 0
		s.bare = s.bare && stop
		s.tokens = append(s.tokens, token{text: text, cjk: isCJK(text)})
		s.resolved = append(s.resolved, resolved{word: id, stem: x.table[id].stem, stop: stop})
	}
	for i := range s.tokens {
		s.addWord(i)
	}
	s.addPairs()
	for i := x.senseAt[p]; i < x.senseAt[p+1]; i++ {
		s.addTerm(sense, x.senses.at(i))
	}
	terms := s.counts(nil)
	s.forget()
	return terms
}

func isCJK(text string) bool {
	k := scriptAt(text)
	return k != latin && k != other
}

// counts lists the question's known terms.
func (s *scratch) counts(buf []termCount) []termCount {
	buf = buf[:0]
	for i, id := range s.ids {
		if id != noTerm {
			buf = append(buf, termCount{s.viewOf[i], id, s.inQuery[i]})
		}
	}
	return buf
}

// runModel works out every entry's logit and lets the best join the
// candidates through their nearest phrase.
func (s *scratch) runModel() {
	m := s.x.model
	if m == nil {
		return
	}
	s.termCounts = s.counts(s.termCounts)
	s.vector = m.vectorOf(s.termCounts, s.vector)
	s.logits = grow(s.logits, m.entries)
	m.apply(s.vector, s.logits)
	for e := range s.logits {
		s.logits[e] -= s.x.logAsks[e]
	}
	s.joinBest()
}

// joinBest adds the nearest phrase of the entries that the model likes best.
func (s *scratch) joinBest() {
	for _, e := range s.likeliest() {
		entry := &s.x.entries[e]
		best, found := uint32(entry.first), float32(-1)
		for p := entry.first; p < entry.first+entry.n; p++ {
			if s.found[p] > found {
				best, found = uint32(p), s.found[p]
			}
		}
		if entry.n > 0 && !slices.Contains(s.picked, best) {
			s.picked = append(s.picked, best)
		}
	}
}

// likeliest returns the entries with the highest logits, the first ones among
// equals.
func (s *scratch) likeliest() []uint32 {
	s.order = s.order[:0]
	for e, logit := range s.logits {
		if len(s.order) == modelCandidates {
			if logit <= s.logits[s.order[modelCandidates-1]] {
				continue
			}
			s.order = s.order[:modelCandidates-1]
		}
		at := len(s.order)
		for at > 0 && s.logits[s.order[at-1]] < logit {
			at--
		}
		s.order = slices.Insert(s.order, at, uint32(e))
	}
	return s.order
}
