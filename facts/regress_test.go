package facts

import (
	"bytes"
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestSoftmax(t *testing.T) {
	tests := []struct{ in, want []float32 }{
		{[]float32{0, 0}, []float32{.5, .5}},
		{[]float32{float32(math.Log(3)), 0}, []float32{.75, .25}}, // 3/(3+1), 1/(3+1)
		{[]float32{1000, 1000, -1000}, []float32{.5, .5, 0}},      // no overflow
		{[]float32{7}, []float32{1}},
	}
	for _, tt := range tests {
		got := slices.Clone(tt.in)
		softmax(got)
		for i := range got {
			if !near(float64(got[i]), float64(tt.want[i])) {
				t.Errorf("%v: got %v, want %v", tt.in, got, tt.want)
				break
			}
		}
	}
}

// Three facts whose phrasings share nothing but one word each, here *.
var (
	subjects  = []string{"parcel", "refund", "card"}
	templates = [][]string{
		{"when does my * come", "* still not here", "follow a * on the map", "my * was left with a neighbour", "* to another address", "wrong * in the box"},
		{"how long until the * is paid", "* for a late delivery", "get a * into my account", "half a * only", "* in euros", "who decides about a *"},
		{"my * does not work", "* stolen on holiday", "the machine kept my *", "forgot the number of my *", "a new * for my wife", "* with a photo"},
	}
	parcels = func() (rows [][]string) {
		for i, subject := range subjects {
			var row []string
			for _, t := range templates[i] {
				row = append(row, strings.ReplaceAll(t, "*", subject))
			}
			rows = append(rows, row)
		}
		return rows
	}()
)

// fitted indexes phrasings and fits a model. The document frequencies are
// still there, as while a base is built.
func fitted(t testing.TB, rows ...[]string) *index {
	t.Helper()
	x := indexOf("en", rows...)
	if x.model = x.fit(); x.model == nil {
		t.Fatal("no model was fitted")
	}
	return x
}

// logitsOf returns what the model makes of a question.
func logitsOf(x *index, question string) []float32 {
	s := x.newScratch()
	s.read(question)
	s.rank(asksNothing)
	return slices.Clone(s.logits)
}

// TestFitLearns: the model gives every phrasing it was fitted on to its fact.
func TestFitLearns(t *testing.T) {
	x := fitted(t, parcels...)
	for e, asks := range parcels {
		for _, text := range asks {
			logits := logitsOf(x, text)
			for other, z := range logits {
				if other != e && z >= logits[e] {
					t.Errorf("%q: fact %d has %v, fact %d has %v", text, e, logits[e], other, z)
				}
			}
		}
	}
}

// TestModelBeatsNone asks about a parcel in the words of a refund, and so on.
// Each question differs from a phrasing of another fact in one word and shares
// nothing but that word with those of its own, of all of which it is a part.
// What it is a part of only the model knows.
func TestModelBeatsNone(t *testing.T) {
	without, with := indexOf("en", parcels...), fitted(t, parcels...)
	right := map[*index]int{}
	for own, subject := range subjects {
		for other := range templates {
			for _, template := range templates[other] {
				for _, x := range []*index{without, with} {
					ranked := rankAll(x, strings.ReplaceAll(template, "*", subject))
					if other != own && len(ranked) > 0 && int(ranked[0].entry) == own {
						right[x]++
					}
				}
			}
		}
	}
	if right[with] <= right[without] {
		t.Errorf("right, of 36: %d with a model, %d without", right[with], right[without])
	}
}

// TestFitIsDeterministic: the same base gives the same weights.
func TestFitIsDeterministic(t *testing.T) {
	if !reflect.DeepEqual(fitted(t, parcels...).model, fitted(t, parcels...).model) {
		t.Error("two fits differ")
	}
}

// TestNoModel: without phrasings there is nothing to learn from.
func TestNoModel(t *testing.T) {
	b := newBuilder("en", nil)
	b.beginEntry(0, 0, false)
	b.addPhrase("a sentence that nobody asks for", answerPhrase)
	x := b.finish()
	if m := x.fit(); m != nil {
		t.Errorf("got %+v", m)
	}
	if out := x.writeModel(); out != nil {
		t.Errorf("got %d bytes of weights", len(out))
	}
}

// TestLearn takes one step from nothing: two facts are as likely, ½ each. The
// right one is off by -½, the other by ½; the step is 2, the feature is 3.
func TestLearn(t *testing.T) {
	tr := trainer{regression: &regression{entries: 2}, weights: make([]float32, 4), logits: make([]float32, 2)}
	tr.learn([]feature{{row: 1, value: 3}}, 0, 2)
	if want := []float32{0, 0, 3, -3}; !slices.Equal(tr.weights, want) {
		t.Errorf("got %v, want %v", tr.weights, want)
	}
	// Now the logits are 9 and -9, and there is nothing left to learn.
	tr.learn([]feature{{row: 1, value: 3}}, 0, 2)
	if want := []float32{0, 0, 3, -3}; !slices.Equal(tr.weights, want) {
		t.Errorf("again: got %v, want %v", tr.weights, want)
	}
}

// TestQuantise rounds to 127 steps of the largest weight: with 2.54 as the
// largest a step is .02, so that -1 is -50 steps and .009 is none.
func TestQuantise(t *testing.T) {
	m := &regression{entries: 3, rowAt: make([]uint32, 3)}
	tr := trainer{regression: m, weights: []float32{2.54, 0, -1, 0, .009, .03001}}
	tr.quantise()
	if !near(float64(m.unit), .02) {
		t.Errorf("the unit is %v", m.unit)
	}
	if want := []cell{{0, 127}, {2, -50}, {2, 2}}; !slices.Equal(m.cells, want) { // .03001/.02 = 1.5005
		t.Errorf("cells: got %v, want %v", m.cells, want)
	}
	if want := []uint32{0, 2, 3}; !slices.Equal(m.rowAt, want) {
		t.Errorf("rows: got %v, want %v", m.rowAt, want)
	}
	// 2·(2.54, 0, -1) + 1·(0, 0, .04)
	logits := []float32{9, 9, 9}
	m.apply([]feature{{0, 2}, {1, 1}}, logits)
	for i, want := range []float64{5.08, 0, -1.96} {
		if !near(float64(logits[i]), want) {
			t.Errorf("logits: got %v", logits)
		}
	}
}

// TestVectorOf: each view has the root of its weight as its length, so that
// the whole vector has the sum of the weights of the views it has.
func TestVectorOf(t *testing.T) {
	x := gems()
	m := x.newRegression()
	s := x.newScratch()
	s.read("amber birch amber")
	var square, want float64
	for _, f := range m.vectorOf(s.counts(nil), nil) {
		square += float64(f.value) * float64(f.value)
	}
	for v := range view(wordViews) {
		want += float64(viewWeights[v])
	}
	if !near(square, want) {
		t.Errorf("got %v, want %v", square, want)
	}
	// Two words of the same rarity, one of them twice: 1 + ln 2 to 1.
	amber, _ := x.termIDs[content].id("amber")
	birch, _ := x.termIDs[content].id("birch")
	v := m.vectorOf([]termCount{{content, amber, 2}, {content, birch, 1}}, nil)
	if ratio := float64(v[0].value / v[1].value); !near(ratio, 1+math.Ln2) {
		t.Errorf("twice counts %v times as much as once", ratio)
	}
}

// TestWeightsSurvive writes weights, reads them and compares.
func TestWeightsSurvive(t *testing.T) {
	x := fitted(t, parcels...)
	got := x.readModel(x.writeModel())
	if got == nil {
		t.Fatal("not read")
	}
	for _, list := range [][2]any{{got.rowAt, x.model.rowAt}, {got.cells, x.model.cells}, {got.unit, x.model.unit}, {got.scale, x.model.scale}, {got.offset, x.model.offset}} {
		if !reflect.DeepEqual(list[0], list[1]) {
			t.Errorf("got %v, want %v", list[0], list[1])
		}
	}
	before := logitsOf(x, "wrong parcel")
	x.model = got
	if after := logitsOf(x, "wrong parcel"); !slices.Equal(after, before) {
		t.Errorf("got %v, want %v", after, before)
	}
}

func TestWeightsRefused(t *testing.T) {
	x := fitted(t, parcels...)
	good := x.writeModel()
	for n := range good {
		if x.readModel(good[:n]) != nil {
			t.Fatalf("the first %d of %d bytes were accepted", n, len(good))
		}
	}
	for i := range 8 {
		bad := bytes.Clone(good)
		bad[i]++
		if x.readModel(bad) != nil {
			t.Errorf("a wrong byte %d of the seal was accepted", i)
		}
	}
	// Behind the seal and the unit: a row of one weight, of an entry that is not there.
	bad := append(bytes.Clone(good[:12]), 1, byte(len(parcels)), 1)
	if x.readModel(append(bad, make([]byte, len(good))...)) != nil {
		t.Error("a weight of an unknown entry was accepted")
	}
}

// TestSeal: what would make weights wrong breaks the seal.
func TestSeal(t *testing.T) {
	seal := func(rows ...[]string) uint64 { return indexOf("en", rows...).seal() }
	base := seal([]string{"amber birch", "cedar"}, []string{"dunes"})
	if base != seal([]string{"amber birch", "cedar"}, []string{"dunes"}) {
		t.Error("the same base has another seal")
	}
	tests := []struct {
		name  string
		other uint64
	}{
		{"a word", seal([]string{"amber birch", "cedars"}, []string{"dunes"})},
		{"the order of words", seal([]string{"birch amber", "cedar"}, []string{"dunes"})},
		{"where a phrase ends", seal([]string{"amber", "birch cedar"}, []string{"dunes"})},
		{"a phrase more", seal([]string{"amber birch", "cedar"}, []string{"dunes", "ember"})},
		{"a fact more", seal([]string{"amber birch", "cedar"}, []string{"dunes"}, nil)},
	}
	for _, tt := range tests {
		if tt.other == base {
			t.Errorf("%s: the same seal", tt.name)
		}
	}
	lexical := newBuilder("en", newLexicon("en", []*Base{{ID: "b", Terms: []TermGroup{{"en", []string{"amber", "cedar"}}}}}))
	lexical.beginEntry(0, 0, false)
	lexical.addPhrase("amber birch", askPhrase)
	lexical.addPhrase("cedar", askPhrase)
	lexical.beginEntry(0, 1, false)
	lexical.addPhrase("dunes", askPhrase)
	if lexical.finish().seal() == base {
		t.Error("a term: the same seal")
	}
}

// FuzzReadModel: bytes behind a right seal are refused or make a model that
// can be applied.
func FuzzReadModel(f *testing.F) {
	x := fitted(f, parcels...)
	good := x.writeModel()
	f.Add(good[8:])
	f.Add(good[8 : len(good)/2])
	f.Add(append(bytes.Clone(good[8:12]), bytes.Repeat([]byte{0xff}, 40)...))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, payload []byte) {
		m := x.readModel(append(binary.LittleEndian.AppendUint64(nil, x.seal()), payload...))
		if m == nil {
			return
		}
		if int(m.rowAt[len(m.rowAt)-1]) != len(m.cells) || !slices.IsSorted(m.rowAt) {
			t.Fatalf("rows do not fit: %d cells, %v", len(m.cells), m.rowAt)
		}
		logits := make([]float32, m.entries)
		for row := range len(m.rowAt) - 1 {
			m.apply([]feature{{uint32(row), 1}}, logits)
		}
	})
}
