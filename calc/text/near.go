package text

import "strings"

// Near tells whether two different names are likely meant to be one: they have the same
// letters and digits, or one is the other with a slip or two in it.
func Near(a, b string) bool {
	if a == b {
		return false
	}
	a, b = letters(a), letters(b)
	if a == b {
		return true
	}
	one, other := []rune(a), []rune(b)
	slips := max(len(one), len(other)) / lettersPerSlip
	return slips > 0 && distance(one, other) <= min(slips, maxSlips)
}

// Of short names a slip makes other names: of four letters one may differ.
const lettersPerSlip, maxSlips = 4, 2

// letters is a name without what only parts its words, and without capitals.
func letters(name string) string {
	return strings.NewReplacer("_", "", "-", "", ".", "", " ", "").Replace(strings.ToLower(Fold(name)))
}

// distance counts the letters to add, drop, replace, or exchange with the next, that
// make one text of another.
func distance(a, b []rune) int {
	if d := len(a) - len(b); d > maxSlips || d < -maxSlips {
		return maxSlips + 1
	}
	var before, last []int
	row := make([]int, len(b)+1)
	for k := range row {
		row[k] = k
	}
	for i := range a {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i + 1
		for k := range b {
			cost := 1
			if a[i] == b[k] {
				cost = 0
			}
			row[k+1] = min(last[k+1]+1, row[k]+1, last[k]+cost)
			if i > 0 && k > 0 && a[i] == b[k-1] && a[i-1] == b[k] {
				row[k+1] = min(row[k+1], before[k-1]+1)
			}
		}
	}
	return row[len(b)]
}
