package report

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tieout/calc"
	"tieout/reconcile"
)

// resultName is the first sheet of a calculation's workbook.
const resultName = "Result"

var resultColumns = []column{
	{Width: marginWidth}, {Width: phraseWidth}, {Width: amountWidth}, {Width: proseWidth},
}

// Workbook writes the calculation as an Excel workbook: a page with the results and
// what they rest on, and a sheet for each table, with live formulas for its sums.
// Amounts are written digit by digit. The same calculation gives the same bytes.
func (c *Calculation) Workbook(w io.Writer) (err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	book := &workbook{file: file, styles: map[styleKey]int{}}
	sheets := []sheet{c.resultSheet()}
	for i := range c.tables {
		if !c.tables[i].implied {
			sheets = append(sheets, c.tables[i].sheet())
		}
	}
	about := &reconcile.Result{Tool: reconcile.Tool{Name: c.Program, Version: c.Version}}
	if err := book.write(about, sheets); err != nil {
		return err
	}
	err = file.SetDocProps(&excelize.DocProperties{
		Title: visibleText(c.Title), Creator: visibleText(c.Program), LastModifiedBy: visibleText(c.Program),
		Version: visibleText(c.Version), Created: workbookMade, Modified: workbookMade, Language: "en",
	})
	if err != nil {
		return err
	}
	book.orderParts()
	file.SetZipWriter(book.rowsInto(sheets, w))
	return file.Write(io.Discard)
}

// resultSheet is the page with the results, the readings and what was given.
func (c *Calculation) resultSheet() sheet {
	var rows []cellRow
	add := func(height rowHeight, cells ...cell) {
		rows = append(rows, cellRow{Cells: append([]cell{{}}, cells...), Height: height})
	}
	heading := func(text string) {
		add(fitHeight)
		add(doubleHeight, phrase(text).looks(headingLook))
	}
	add(doubleHeight, phrase(c.Title).looks(nameLook))
	add(fitHeight)
	for i, f := range c.results {
		value := f.value.cell()
		if i == 0 {
			value = value.looks(resultLook)
		}
		if f.value.kind != calcNone && f.value.kind != calcUnknown && utf16Length(f.value.String()) <= maxFigure {
			add(fitHeight, phrase(f.label), value.right(), phrase(oneLine(f.unit)).looks(noteLook))
			continue
		}
		add(fitHeight, phrase(f.label), prose(oneLine(f.words())).spans(1))
	}
	heading("How it was read and rounded")
	for _, r := range c.readings {
		add(fitHeight, prose(oneLine(r)).spans(2))
	}
	heading("What was given")
	for _, g := range c.Given {
		add(fitHeight, phrase(g.Name), prose(oneLine(textsGiven(g))).spans(1))
	}
	add(fitHeight)
	add(fitHeight, phrase(oneLine(c.Program+" "+c.Version)).looks(noteLook))
	return sheet{
		Name: resultName, Columns: resultColumns, Page: true, OnePage: len(rows) <= rowsOnePage, Rows: rowsOf(rows...),
	}
}

// maxFigure is the longest value that stands in the column of figures.
const maxFigure = 18

// maxGiven is how many values of one name the page lists; the tables hold all.
const maxGiven = 12

// textsGiven are the values under one name.
func textsGiven(g GivenValue) string {
	texts := g.Texts
	if more := len(texts) - maxGiven; more > 0 {
		texts = append(append([]string{}, texts[:maxGiven]...), "and "+grouped(more)+" more")
	}
	return strings.Join(texts, "; ")
}

// cell is the value in a workbook.
func (v calcValue) cell() cell {
	switch v.kind {
	case calcAmount:
		return money(v.amount)
	case calcCount:
		return whole(v.number)
	case calcNone, calcUnknown:
		return prose(oneLine(v.text)).looks(absentLook)
	}
	return prose(oneLine(v.text))
}

// sheet is the table with its totals below.
func (t *calcTable) sheet() sheet {
	s := sheet{Name: t.title, Titled: true, Filtered: len(t.rows), Frozen: 1}
	for _, c := range t.columns {
		s.Columns = append(s.Columns, column{Title: c.title, Width: c.width, Right: c.kind.right()})
	}
	var rows []cellRow
	for i, values := range t.rows {
		row := cellRow{Cells: make([]cell, len(values))}
		for k, v := range values {
			row.Cells[k] = v.cell()
			if f := t.rowFormula(k, i); f != "" {
				row.Cells[k] = row.Cells[k].gives(f)
			}
		}
		rows = append(rows, row)
	}
	if totals := t.totals(); totals != nil {
		rows = append(rows, cellRow{Cells: t.totalCells(totals)})
	}
	if len(rows) == 0 {
		rows = append(rows, cellRow{Cells: []cell{phrase("none").looks(noteLook)}})
	}
	s.Rows = rowsOf(rows...)
	return s
}

// rowFormula is the formula of a cell, "" when a spreadsheet could not calculate it to
// the last digit.
func (t *calcTable) rowFormula(column, row int) string {
	c := &t.columns[column]
	values := t.rows[row]
	if c.formula == "" || values[column].kind != calcAmount {
		return ""
	}
	scale, text := int32(0), c.formula
	for k := range t.columns {
		name := "{" + t.columns[k].key + "}"
		if !strings.Contains(text, name) && k != column {
			continue
		}
		if !addsInSheet(values[k].amount) {
			return ""
		}
		scale = max(scale, values[k].amount.Scale())
		text = strings.ReplaceAll(text, name, reportCell(columnLetters[k], row+2))
	}
	return rounded(text, scale)
}

// totalCells are the sums, with formulas over the rows.
func (t *calcTable) totalCells(totals []calcValue) []cell {
	cells := make([]cell, len(totals))
	for k, v := range totals {
		if !t.columns[k].summed {
			continue
		}
		cells[k] = v.cell().looks(totalLook)
		if f := t.totalFormula(k, v); f != "" {
			cells[k] = cells[k].gives(f)
		}
	}
	if cells[0].Kind == blankCell {
		cells[0] = phrase("total")
	}
	for k := range cells {
		cells[k] = cells[k].looks(totalLook)
	}
	return cells
}

func (t *calcTable) totalFormula(column int, total calcValue) string {
	sum := "SUM(" + reportCell(columnLetters[column], 2) + ":" + reportCell(columnLetters[column], len(t.rows)+1) + ")"
	if total.kind == calcCount {
		return sum
	}
	for _, row := range t.rows {
		if !addsInSheet(row[column].amount) {
			return ""
		}
	}
	if !addsInSheet(total.amount) {
		return ""
	}
	return rounded(sum, total.amount.Scale())
}

func rounded(formula string, scale int32) string {
	return "ROUND(" + formula + "," + strconv.Itoa(int(scale)) + ")"
}

// maxSummedDigits leaves room for the carries of long sums: a binary number holds
// fifteen digits and a bit.
const maxSummedDigits = 13

// addsInSheet tells whether a spreadsheet adds such amounts to the last digit, once
// the sum is rounded to their decimals.
func addsInSheet(a calc.Amount) bool {
	return fitsNumber(a) && len(strings.Trim(a.String(), "-")) <= maxSummedDigits+1
}
