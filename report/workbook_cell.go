package report

import "strconv"

// lines is the row's height in lines.
func (r *cellRow) lines(columns []column) rowHeight {
	if r.Height != fitHeight {
		return r.Height
	}
	return r.fit(columns)
}

// arranged is the cell as its place wants it: indented in tables and where an
// amount stands to its left, and running over its span without wrapping when it
// takes one line.
func (b *workbook) arranged(s *sheet, i int, c cell) cell {
	apart := i > 0 && (s.Titled || s.Columns[i-1].Right)
	if apart && !c.Style.Right && c.Kind != blankCell {
		c.Style.Indent = true
	}
	if c.Span > 0 && !c.isMerged(s.Columns, i) {
		c.Style.Wrap = false
	}
	return c
}

// isMerged tells whether the cell at column i takes more lines than one and must
// be merged with its span for it. Merging is left to those: it costs time that
// is quadratic in their number.
func (c *cell) isMerged(columns []column, i int) bool {
	width := 0
	for _, under := range columns[i : i+1+c.Span] {
		width += charactersIn[under.Width]
	}
	return c.Span > 0 && c.Style.Wrap && wrappedLines(c.Text, width) > 1
}

// prepare makes everything that rows need: the styles and the merged cells. It
// returns the number of rows.
func (b *workbook) prepare(s *sheet) (rows int, err error) {
	for row := range s.allRows() {
		rows++
		for i := range row.Cells {
			c := b.arranged(s, i, row.Cells[i])
			if err := b.style(&c); err != nil {
				return rows, err
			}
			if !c.isMerged(s.Columns, i) {
				continue
			}
			number := strconv.Itoa(rows)
			err := b.file.MergeCell(s.Name, columnLetters[i]+number, columnLetters[i+c.Span]+number)
			if err != nil {
				return rows, err
			}
		}
	}
	return rows, nil
}

// columnCharacters are the widths of columns in characters.
var columnCharacters = measures(2.5, 7, 10, 14, 20, 25, 38, 64)

// measures are lengths in the type that the library wants them in.
func measures[T any](lengths ...T) []T { return lengths }
