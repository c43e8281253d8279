package edit

// align returns for each item that is wanted the index of the one it is to be
// made of, or -1 for a new one. Equal items stay; between them one changes
// into the other as long as there are both.
func align(old, want []*node) (from []int) {
	from = make([]int, len(want))
	head := 0
	for head < len(old) && head < len(want) && equal(old[head], want[head]) {
		from[head] = head
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(want)-head && equal(old[len(old)-1-tail], want[len(want)-1-tail]) {
		tail++
		from[len(want)-tail] = len(old) - tail
	}
	same := common(old[head:len(old)-tail], want[head:len(want)-tail])
	same = append(same, [2]int{len(old) - tail - head, len(want) - tail - head})
	o, w := head, head
	for _, pair := range same {
		for ; w < head+pair[1]; w++ {
			if from[w] = -1; o < head+pair[0] {
				from[w] = o
				o++
			}
		}
		if o = head + pair[0]; w < len(want)-tail {
			from[w] = o
			w, o = w+1, o+1
		}
	}
	return from
}

// mostCompared bounds the table of common. Beyond it nothing is held for equal.
const mostCompared = 4 << 20

// common returns the pairs of a longest common subsequence.
func common(a, b []*node) (pairs [][2]int) {
	if len(a)*len(b) > mostCompared {
		return nil
	}
	length := make([][]int, len(a)+1) // of what a[i:] and b[j:] have in common
	length[len(a)] = make([]int, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		length[i] = make([]int, len(b)+1)
		for j := len(b) - 1; j >= 0; j-- {
			if length[i][j] = max(length[i+1][j], length[i][j+1]); equal(a[i], b[j]) {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case equal(a[i], b[j]):
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
