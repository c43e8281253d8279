package main

import (
	"strings"
	"unicode/utf8"
)

// closest returns the known word that word was most likely meant to be, or ""
// when none is near.
func closest(word string, known []string) string {
	letters := utf8.RuneCountInString(word)
	best, fewest := "", min(letters-1, max(2, letters/3))
	for _, k := range known {
		if n := edits(strings.ToLower(word), strings.ToLower(k)); n <= fewest && (n < fewest || best == "") {
			best, fewest = k, n
		}
	}
	return best
}

// didYouMean puts closest into words: "did you mean --jsonl?", or "".
func didYouMean(prefix, word string, known []string) string {
	if best := closest(word, known); best != "" {
		return "did you mean " + prefix + best + "?"
	}
	return ""
}

// edits is the Levenshtein distance: how many letters must be put in, left
// out or changed to make b of a. Swapped neighbours count as two.
func edits(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			change := diagonal
			if r != s {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
