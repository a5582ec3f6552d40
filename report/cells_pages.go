package report

import (
	"iter"
	"strconv"
)

// maxSheetRows is how many rows a sheet can have.
const maxSheetRows = 1_048_576

// pageRows is how many rows of a table one sheet takes below its titles.
type pageRows int

// sheetName of a page of a table, from 0: Findings, Findings 2.
func sheetName(name string, page int) string {
	if page == 0 {
		return name
	}
	return name + " " + strconv.Itoa(page+1)
}

// reference leads to a cell of the first column of a table's page.
func reference(name string, page, row int) string {
	return "#'" + sheetName(name, page) + "'!A" + strconv.Itoa(row)
}

// link is a cell that shows a number and leads to a place of the workbook.
func link(target string, n int) cell {
	c := whole(n).looks(linkLook)
	return c.gives(`HYPERLINK("` + target + `",` + strconv.Itoa(n) + ")")
}

// table lays n rows out on as many sheets like the pattern as they need. When
// there are none, one sheet says so.
func (limit pageRows) table(pattern sheet, n int, none string, rows iter.Seq[cellRow]) []sheet {
	pattern.Titled = true
	if n == 0 {
		pattern.Rows = rowsOf(cellRow{Cells: []cell{phrase(none).looks(noteLook)}})
		return []sheet{pattern}
	}
	var sheets []sheet
	for from := 0; from < n; from += int(limit) {
		to := min(n, from+int(limit))
		s := pattern
		s.Name, s.Filtered = sheetName(pattern.Name, len(sheets)), to-from
		s.Rows = rowsBetween(rows, from, to)
		sheets = append(sheets, s)
	}
	return sheets
}

// rowsBetween are a part of some rows.
func rowsBetween(rows iter.Seq[cellRow], from, to int) iter.Seq[cellRow] {
	return func(yield func(cellRow) bool) {
		i := 0
		for row := range rows {
			if i >= to || i >= from && !yield(row) {
				return
			}
			i++
		}
	}
}

// rowOfEach makes a row of each of what a result lists.
func rowOfEach[T any](all iter.Seq2[int, *T], row func(i int, one *T) cellRow) iter.Seq[cellRow] {
	return func(yield func(cellRow) bool) {
		for i, one := range all {
			if !yield(row(i, one)) {
				return
			}
		}
	}
}

// place of a table's row on its pages, counted as spreadsheets do.
func (limit pageRows) place(i int) (page, row int) {
	return i / int(limit), i%int(limit) + 2
}

// rowsOf are rows made beforehand.
func rowsOf(rows ...cellRow) iter.Seq[cellRow] {
	return func(yield func(cellRow) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	}
}

// reportCell names a cell: E7.
func reportCell(column string, row int) string { return column + strconv.Itoa(row) }
