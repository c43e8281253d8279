package facts

import (
	"cmp"
	"math"
	"slices"
)

// pick finds the phrases worth scoring: those that share the weightiest
// content words with the question.
func (s *scratch) pick() {
	s.order = s.order[:0]
	for i, v := range s.viewOf {
		if v == content {
			s.order = append(s.order, uint32(i))
		}
	}
	slices.SortFunc(s.order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(s.weight[b], s.weight[a]), cmp.Compare(a, b))
	})
	common := len(s.x.owner) / 8
	for _, i := range s.order {
		term, weight := s.ids[i], s.weight[i]
		from, to := s.x.postingsAt[term], s.x.postingsAt[term+1]
		if n := int(to - from); len(s.touched) >= maxPhrasings && n > common && n > 200 {
			continue
		}
		if s.x.postings.long != nil {
			s.touched = addWeight(s.found, s.touched, s.x.postings.long[from:to], weight)
		} else {
			s.touched = addWeight(s.found, s.touched, s.x.postings.short[from:to], weight)
		}
	}
	s.pickBest()
}

// addWeight adds a weight to phrases, and appends those that had none to
// touched.
func addWeight[P uint16 | uint32](found []float32, touched []uint32, phrases []P, weight float32) []uint32 {
	for _, p := range phrases {
		sum := &found[p]
		if *sum == 0 {
			touched = append(touched, uint32(p))
		}
		*sum += weight
	}
	return touched
}

// A pick is a phrase with what it is picked by.
type pick struct {
	key    uint64 // smaller for a larger shared weight, then for fewer words
	phrase uint32
}

func (a pick) before(b pick) bool {
	if a.key != b.key {
		return a.key < b.key
	}
	return a.phrase < b.phrase
}

// pickBest keeps the best of the touched phrases.
func (s *scratch) pickBest() {
	most := maxBare
	if s.x.phrased {
		most = maxPhrasings
	}
	if len(s.touched) <= most {
		s.picked = append(s.picked[:0], s.touched...)
		return
	}
	s.picks = s.picks[:0]
	for _, p := range s.touched {
		key := uint64(^math.Float32bits(s.found[p]))<<32 | uint64(s.x.phraseAt[p+1]-s.x.phraseAt[p])
		s.picks = append(s.picks, pick{key, p})
	}
	selectTop(s.picks, most)
	s.picked = s.picked[:0]
	for _, p := range s.picks[:most] {
		s.picked = append(s.picked, p.phrase)
	}
}

// selectTop moves the k first elements to the front (quickselect).
func selectTop(a []pick, k int) {
	lo, hi := 0, len(a)-1
	for lo < hi {
		pivot := a[lo+(hi-lo)/2]
		i, j := lo, hi
		for i <= j {
			for a[i].before(pivot) {
				i++
			}
			for pivot.before(a[j]) {
				j--
			}
			if i <= j {
				a[i], a[j] = a[j], a[i]
				i++
				j--
			}
		}
		switch {
		case k-1 <= j:
			hi = j
		case k-1 >= i:
			lo = i
		default:
			return
		}
	}
}
