package report

import (
	"github.com/xuri/excelize/v2"
)

// row writes one row of a sheet.
func (b *workbook) row(s *sheet, number int, row cellRow) error {
	lines := row.Height
	if lines == fitHeight {
		lines = row.fit(s.Columns)
	}
	if lines > 1 {
		if err := b.file.SetRowHeight(s.Name, number, rowPoints[lines]); err != nil {
			return err
		}
	}
	for i := range row.Cells {
		c := row.Cells[i]
		if i > 0 && s.Columns[i-1].Right && !c.Style.Right && c.Kind != blankCell {
			c.Style.Indent = true
		}
		if err := b.cell(s.Name, i+1, number, &c); err != nil {
			return err
		}
	}
	return nil
}

// cell writes one cell with its style.
func (b *workbook) cell(sheet string, column, row int, c *cell) error {
	if c.Kind == blankCell && c.Style == (cellStyle{}) && c.Span == 0 {
		return nil
	}
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	if err := b.value(sheet, name, c); err != nil {
		return err
	}
	if c.Formula != "" {
		if err := b.formula(sheet, name, c.Formula); err != nil {
			return err
		}
	}
	end := name
	if c.Span > 0 {
		if end, err = excelize.CoordinatesToCellName(column+c.Span, row); err != nil {
			return err
		}
		if err := b.file.MergeCell(sheet, name, end); err != nil {
			return err
		}
	}
	style, err := b.style(c)
	if err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, name, end, style)
}

// value writes what the cell holds.
func (b *workbook) value(sheet, name string, c *cell) error {
	switch c.Kind {
	case textCell:
		return b.file.SetCellStr(sheet, name, cellText(c.Text))
	case amountCell:
		if !fitsNumber(c.Amount) {
			return b.file.SetCellStr(sheet, name, c.Amount.String())
		}
		// The raw setter puts the digits into the file as they are. It does not
		// escape, so no other text may come here.
		return b.file.SetCellDefault(sheet, name, c.Amount.String())
	case integerCell:
		return b.file.SetCellInt(sheet, name, c.Number)
	case answerCell:
		return b.file.SetCellInt(sheet, name, 1)
	case excerptCell:
		return b.file.SetCellRichText(sheet, name, excerptRuns(c))
	}
	return nil
}

// formula adds a formula to a cell that holds a value, and keeps the value with
// its type: programs that do not calculate show it. Without the formula type
// excelize would mark the value as text.
func (b *workbook) formula(sheet, name, text string) error {
	keepValue := excelize.STCellFormulaTypeDataTable
	return b.file.SetCellFormula(sheet, name, text, excelize.FormulaOpts{Type: &keepValue})
}

// excerptRuns are the parts of an excerpt, the marked one in its own colour.
func excerptRuns(c *cell) []excelize.RichTextRun {
	line := []rune(c.Text)
	from := min(max(c.MarkFrom, 0), len(line))
	to := min(max(c.MarkTo, from), len(line))
	plain := &excelize.Font{Family: monoName, Size: 9, Color: inkColor}
	marked := &excelize.Font{Family: monoName, Size: 9, Color: toneColors[errorTone].ink, Bold: true, Underline: "single"}
	var runs []excelize.RichTextRun
	for _, part := range []struct {
		text []rune
		font *excelize.Font
	}{{line[:from], plain}, {line[from:to], marked}, {line[to:], plain}} {
		if len(part.text) > 0 {
			runs = append(runs, excelize.RichTextRun{Text: oneLine(visibleText(string(part.text))), Font: part.font})
		}
	}
	return runs
}

// rowPoints are the heights of rows in points, by their number of lines.
var rowPoints = measures(
	0, 15.0, 28, 41, 54, 67, 80, 93, 106, 119, 132, 145, 158, 171, 184, 197, 210, 223, 236, 249, 262, 275, 288, 301,
	314, 327, 340, 353, 366, 379, 392, 405,
)

// columnCharacters are the widths of columns in characters.
var columnCharacters = measures(2.5, 7, 10, 14, 20, 25, 38, 64)

// measures are lengths in the type that the library wants them in.
func measures[T any](lengths ...T) []T { return lengths }
