package facts

import (
	"strings"
	"unicode/utf8"
)

// suggestFrom bounds the ids that a misspelt one is compared with.
const suggestFrom = 10_000

// suggestion returns "; did you mean `topics`?" for the known word that is
// most like word, or "" when none is.
func suggestion(word string, known []string) string {
	best, fewest := "", 3
	if utf8.RuneCountInString(word) < 5 {
		fewest = 2
	}
	for _, k := range known[:min(len(known), suggestFrom)] {
		if edits := editDistance(word, k, fewest); edits < min(fewest, len(word)) {
			best, fewest = k, edits
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean `" + best + "`?"
}

// editDistance returns how many letters must be put in, left out, changed or
// swapped to make b of a, or limit when it is not less.
func editDistance(a, b string, limit int) int {
	if abs(len(a)-len(b)) >= limit || len(a) > MaxID || len(b) > MaxID {
		return limit
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		fewest := i
		for j := 1; j <= len(b); j++ {
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+differs(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			fewest = min(fewest, next[j])
		}
		if fewest >= limit {
			return limit
		}
		before, row = row, next
	}
	return min(row[len(b)], limit)
}

func differs(a, b byte) int {
	if a == b {
		return 0
	}
	return 1
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
