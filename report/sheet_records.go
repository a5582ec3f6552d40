package report

import (
	"strings"

	"tieout/reconcile"
)

const recordsName = "Records"

// The columns of the sheet of records: a number, a name, and values. A table
// that has more columns than that goes on below.
const firstValue, fewestValues, maxValues = 2, 8, 14

// recordsSheets show the records with findings as their documents have them, a
// wrong figure in colour and beside it what it should be; no sheet when no
// record was kept.
func recordsSheets(r *reconcile.Result, limit pageRows, plan *recordPlan) []sheet {
	if len(plan.pages) == 0 {
		return nil
	}
	top := recordsTop(plan)
	pattern := sheet{Name: recordsName, Titled: true, Top: &top, Page: true, Frozen: firstValue, Tab: worstTone(r)}
	pattern.Columns = recordColumns(plan, limit)
	var sheets []sheet
	for page, pieces := range plan.pages {
		s := pattern
		s.Name = sheetName(recordsName, page)
		s.Rows = func(yield func(cellRow) bool) {
			for _, p := range pieces {
				for _, row := range p.rows(limit) {
					if !yield(row) {
						return
					}
				}
			}
		}
		sheets = append(sheets, s)
	}
	return sheets
}

// recordsTop explains the colours and signs; it stays in sight.
func recordsTop(plan *recordPlan) cellRow {
	words := "The records with findings, as sent"
	if plan.more > 0 {
		words += " (" + counted(plan.more, "further one is", "further ones are") + " not shown)"
	}
	cells := []cell{
		{},
		prose(words).looks(titleLook),
		phrase("wrong").looks(wrongLook).right(), phrase("→ should be").looks(rightLook).right(),
		phrase("suspect").looks(suspectLook).right(), phrase("? would be").looks(guessLook).right(),
		phrase("no value").looks(absentLook).right(),
	}
	cells[0].Style.Look = titleLook
	for len(cells) < firstValue+plan.values {
		cells = append(cells, cells[0])
	}
	return cellRow{Cells: cells, Height: doubleHeight}
}

// recordColumns are as wide as the figures and titles in them need.
func recordColumns(plan *recordPlan, limit pageRows) []column {
	columns := []column{{Width: tinyWidth, Right: true}, {Width: phraseWidth}}
	for range plan.values {
		columns = append(columns, column{Width: wordWidth})
	}
	for _, pieces := range plan.pages {
		for _, p := range pieces {
			for _, row := range p.rows(limit) {
				for i := firstValue; i < len(row.Cells); i++ {
					columns[i].Width = max(columns[i].Width, row.Cells[i].widthNeeded())
				}
			}
		}
	}
	return columns
}

// widthNeeded is the width of column in which a value or a title of a table
// stands well; texts wrap.
func (c *cell) widthNeeded() columnWidth {
	size := 0
	switch {
	case c.Kind == amountCell || c.Style.Right && !c.Style.Wrap:
		text := c.Text
		if c.Kind == amountCell {
			digits := c.Amount.String()
			text = c.Style.Sign + digits + strings.Repeat(",", max(0, len(digits)-int(c.Style.Scale)-1)/3)
		}
		size = len([]rune(text)) + 1
	case c.Style.Look == titleLook:
		for part := range strings.SplitSeq(c.Text, "\n") {
			size = max(size, len([]rune(part))+2)
		}
	}
	switch {
	case size <= charactersIn[wordWidth]:
		return wordWidth
	case size <= charactersIn[amountWidth]:
		return amountWidth
	}
	return nameWidth
}

// rows of a piece of a record.
func (p *recordPiece) rows(limit pageRows) []cellRow {
	b := p.block
	switch p.kind {
	case blockHead:
		return []cellRow{b.headRow()}
	case blockFindings:
		var rows []cellRow
		for _, i := range b.findings[p.from:p.to] {
			rows = append(rows, b.findingRow(i, limit))
		}
		if p.to == len(b.findings) {
			rows = append(rows, cellRow{})
		}
		return rows
	case ownFields:
		return b.ownRows(p)
	}
	return b.arrayRows(p)
}

// headRow names the record.
func (b *recordBlock) headRow() cellRow {
	s, worst := b.snapshot, noTone
	for _, i := range b.findings {
		worst = max(worst, severityTone(b.plan.told[i].Severity))
	}
	about := []string{
		oneLine(s.Record), s.Source, oneLine(s.File), counted(len(b.findings), "finding", "findings"),
	}
	return cellRow{Cells: []cell{
		whole(b.number).looks(bandLook).toned(worst),
		prose(strings.Join(about, "  ·  ")).looks(bandLook).toned(worst).spans(b.plan.values),
	}}
}

// findingRow says a finding of the record and leads to it.
func (b *recordBlock) findingRow(i int, limit pageRows) cellRow {
	f := b.plan.told[i]
	page, row := limit.place(i)
	words := f.Text
	if words == "" {
		words = f.Rule.Title
	}
	return cellRow{Cells: []cell{
		link(reference(findingsName, page, row), i+1),
		phrase("finding " + grouped(i+1) + ": " + f.Severity.String() + " " + f.Rule.ID),
		prose(oneLine(words)).spans(b.plan.values - 1),
	}}
}
