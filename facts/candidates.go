package facts

import (
	"cmp"
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
		list := s.x.postings[s.x.postingsAt[term]:s.x.postingsAt[term+1]]
		if len(s.touched) >= maxPhrasings && len(list) > common && len(list) > 200 {
			continue
		}
		for _, p := range list {
			if s.found[p] == 0 {
				s.touched = append(s.touched, p)
			}
			s.found[p] += weight
		}
	}
	s.pickBest()
}

// pickBest keeps the best of the touched phrases.
func (s *scratch) pickBest() {
	s.picked = append(s.picked[:0], s.touched...)
	most := maxBare
	if s.x.phrased {
		most = maxPhrasings
	}
	if len(s.picked) <= most {
		return
	}
	selectTop(s.picked, most, s.better)
	s.picked = s.picked[:most]
}

// better orders phrases by shared weight; the shorter one first among equals.
func (s *scratch) better(a, b uint32) bool {
	if s.found[a] != s.found[b] {
		return s.found[a] > s.found[b]
	}
	la, lb := s.x.phraseAt[a+1]-s.x.phraseAt[a], s.x.phraseAt[b+1]-s.x.phraseAt[b]
	if la != lb {
		return la < lb
	}
	return a < b
}

// selectTop moves the k first elements by less to the front (quickselect).
func selectTop(a []uint32, k int, less func(a, b uint32) bool) {
	lo, hi := 0, len(a)-1
	for lo < hi {
		pivot := a[lo+(hi-lo)/2]
		i, j := lo, hi
		for i <= j {
			for less(a[i], pivot) {
				i++
			}
			for less(pivot, a[j]) {
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
