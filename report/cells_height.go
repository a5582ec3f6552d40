package report

import "strings"

// Spreadsheets differ in when they fit a row's height to wrapped text, and none
// does so for merged cells. So the height is estimated here from the widths of
// letters, and set where a row has more than one line.

// Widths of letters in tenths of a digit, and of a column's character, which is
// a digit of the somewhat larger default font.
const narrowLetter, commonLetter, wideLetter, columnCharacter = 5, 10, 14, 11

// letterWidth is the width of a letter in tenths of a digit.
func letterWidth(r rune) int {
	switch {
	case strings.ContainsRune(" iljtfrI.,:;'|!()[]/-", r):
		return narrowLetter
	case strings.ContainsRune("mwMWОЖШЩЮФМ@%", r) || 'A' <= r && r <= 'Z':
		return wideLetter
	case r > 0x2fff:
		return 2 * commonLetter
	case r > 0x7f:
		return commonLetter + 1
	}
	return commonLetter
}

// wrappedLines is how many lines a text takes in a column of that many
// characters, words kept whole where they fit.
func wrappedLines(s string, characters int) int {
	width, lines := max(1, characters-1)*columnCharacter, 0 // one for the indent
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines++
		used := 0
		for word := range strings.SplitAfterSeq(paragraph, " ") {
			size := 0
			for _, r := range word {
				size += letterWidth(r)
			}
			if used > 0 && used+size-narrowLetter > width {
				lines++
				used = 0
			}
			if over := max(0, size-narrowLetter-1) / width; over > 0 {
				lines += over
				size -= over * width
			}
			used += size
		}
	}
	return lines
}

// fit is the height that shows the whole text of every wrapped cell of the row.
func (r *cellRow) fit(columns []column) rowHeight {
	lines := 1
	for i := range r.Cells {
		c := &r.Cells[i]
		if !c.Style.Wrap || c.Text == "" {
			continue
		}
		width := 0
		for _, under := range columns[i:min(len(columns), i+1+c.Span)] {
			width += charactersIn[under.Width]
		}
		lines = max(lines, wrappedLines(c.Text, width))
	}
	return min(rowHeight(lines), tallestRow)
}
