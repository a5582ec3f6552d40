package report

import (
	"iter"

	"tieout/calc"
)

// A workbook is made in two steps: the sheet_ files turn a result into typed
// cells, and the workbook files write cells. Every decision about content lies
// in the first step, so tests look at cells.

// cellKind says what a cell holds.
type cellKind uint8

// The kinds of cells.
const (
	blankCell   cellKind = iota
	textCell             // any text; it can never become a formula
	amountCell           // an exact amount, a number where a spreadsheet can hold it
	integerCell          // a count or a position
	answerCell           // yes; with a formula that gives 1 or 0, yes or no
	excerptCell          // a line of the input with a part of it marked
)

// cell is one typed cell.
type cell struct {
	Kind   cellKind
	Text   string
	Amount calc.Amount
	Number int64
	// Formula without its equals sign; the value is then what it gives when a
	// program does not calculate. Never made from text of the input.
	Formula string
	// MarkFrom and MarkTo bound the marked characters of an excerpt.
	MarkFrom, MarkTo int
	// Span is how many further columns the cell is merged with.
	Span  int
	Style cellStyle
}

// cellRow is one row of a sheet.
type cellRow struct {
	Cells  []cell
	Height rowHeight
}

// column of a sheet.
type column struct {
	Title string
	Width columnWidth
	// Right aligns the title as the amounts below it.
	Right bool
}

// sheet is one sheet of the workbook.
type sheet struct {
	Name    string
	Columns []column
	// Titled sheets begin with a row of the columns' titles, which stays in
	// sight and is repeated on every printed page.
	Titled bool
	// Top is the first row of a titled sheet in place of the columns' titles.
	Top *cellRow
	// Frozen is how many columns stay in sight.
	Frozen int
	// Filtered is how many rows below the titles can be filtered; 0 for none.
	Filtered int
	// Page is true for a sheet laid out as a page, without grid lines.
	Page bool
	// OnePage is true for a sheet to be printed on one page; others are printed
	// PagesWide pages wide, or one when that is 0.
	OnePage   bool
	PagesWide int
	// Tab colours the sheet's tab.
	Tab  tone
	Rows iter.Seq[cellRow]
	// Chart drawn over the sheet, or nil.
	Chart *barChart
}

// allRows are the rows of the sheet with its titles.
func (s *sheet) allRows() iter.Seq[cellRow] {
	return func(yield func(cellRow) bool) {
		if s.Titled && !yield(s.top()) {
			return
		}
		s.Rows(yield)
	}
}

// top is the first row of a titled sheet.
func (s *sheet) top() cellRow {
	if s.Top != nil {
		return *s.Top
	}
	return titleRow(s.Columns)
}

// titleRow is the row of the columns' titles.
func titleRow(columns []column) cellRow {
	row := cellRow{Height: doubleHeight}
	for _, c := range columns {
		style := cellStyle{Look: titleLook, Wrap: true, Right: c.Right}
		row.Cells = append(row.Cells, cell{Kind: textCell, Text: c.Title, Style: style})
	}
	return row
}

// phrase is a cell of one line of text.
func phrase(s string) cell {
	if s == "" {
		return cell{}
	}
	return cell{Kind: textCell, Text: s}
}

// prose is a cell of text that wraps.
func prose(s string) cell {
	c := phrase(s)
	c.Style.Wrap = true
	return c
}

// whole is a cell of a whole number.
func whole(n int) cell {
	return cell{Kind: integerCell, Number: int64(n), Style: cellStyle{Right: true}}
}

// money is a cell of an amount.
func money(a calc.Amount) cell {
	c := cell{Kind: amountCell, Amount: a, Style: cellStyle{Right: true}}
	if fitsNumber(a) {
		c.Style.Scale = a.Scale()
	}
	return c
}

// count is a cell of a number that is no amount: its digits are not grouped.
func count(a calc.Amount) cell {
	c := money(a)
	c.Style.Ungrouped = true
	return c
}

// signed is a cell of an amount that shows its plus sign too.
func signed(a calc.Amount) cell {
	c := money(a)
	c.Style.Signed = fitsNumber(a)
	return c
}

// pointed is a cell of an amount behind a sign or words.
func pointed(sign string, a calc.Amount) cell {
	c := money(a)
	if !fitsNumber(a) {
		return phrase(sign + a.String()).right()
	}
	c.Style.Sign = sign
	return c
}

// looks is the cell with another look.
func (c cell) looks(l look) cell {
	c.Style.Look = l
	return c
}

// toned is the cell in the colours of a tone.
func (c cell) toned(t tone) cell {
	c.Style.Tone = t
	return c
}

// right is the cell aligned to the right.
func (c cell) right() cell {
	c.Style.Right = true
	return c
}

// indented is the cell with its text away from the edge.
func (c cell) indented() cell {
	c.Style.Indent = true
	return c
}

// spans is the cell merged with n further columns.
func (c cell) spans(n int) cell {
	c.Span = n
	return c
}

// gives is the cell with a formula whose value the cell holds.
func (c cell) gives(formula string) cell {
	c.Formula = formula
	return c
}

// What a spreadsheet can hold: a number keeps 15 significant digits, and a
// number format shows 30 digits after the decimal point.
const maxNumberDigits, maxNumberScale = 15, 30

// fitsNumber tells whether a spreadsheet holds every digit of the amount.
func fitsNumber(a calc.Amount) bool {
	return a.SignificantDigits() <= maxNumberDigits && a.Scale() <= maxNumberScale
}
