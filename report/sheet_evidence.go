package report

import (
	"strconv"

	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile"
)

const evidenceName = "Evidence"

// The columns of the evidence sheet that formulas speak of.
const amountLetter, exactLetter = "H", "I"

var evidenceColumns = []column{
	{Title: "No.", Width: tinyWidth, Right: true},
	{Title: "Rule", Width: codeWidth},
	{Title: "Part", Width: amountWidth},
	{Title: "Figure", Width: phraseWidth},
	{Title: "JSON pointer", Width: phraseWidth},
	{Title: "As sent", Width: amountWidth, Right: true},
	{Title: "Times", Width: tinyWidth, Right: true},
	{Title: "Amount (live)", Width: amountWidth, Right: true},
	{Title: "Computed exactly by tieout", Width: amountWidth, Right: true},
	{Title: "Agree", Width: codeWidth},
	{Title: "Remark", Width: phraseWidth},
}

// afterRule is how many columns lie to the right of a head's text.
const afterRule = 8

// evidenceSheets show every broken relation with its terms, so that a reader
// can compute it again. The rows of a relation stay on one sheet.
func evidenceSheets(r *reconcile.Result, limit pageRows, plan *evidencePlan) []sheet {
	pattern := sheet{Name: evidenceName, Columns: evidenceColumns, Titled: true, Page: true}
	if len(plan.pages) == 0 {
		return limit.table(pattern, 0, "No broken relations.", nil)
	}
	var sheets []sheet
	for page, pieces := range plan.pages {
		s := pattern
		s.Name = sheetName(evidenceName, page)
		s.Rows = func(yield func(cellRow) bool) {
			row, rest := 2, pieces
			for i, f := range writtenFindings(r) {
				for len(rest) > 0 && rest[0].finding == i {
					rows := []cellRow{restRow(written(r) - i)}
					if rest[0].part != restPart {
						rows = rest[0].rows(f, limit, row)
					}
					for _, made := range rows {
						if !yield(made) {
							return
						}
						row++
					}
					rest = rest[1:]
				}
				if len(rest) == 0 {
					return
				}
			}
		}
		sheets = append(sheets, s)
	}
	return sheets
}

// rows of a piece of evidence whose first row has that number.
func (p evidencePiece) rows(f *reconcile.Finding, limit pageRows, first int) []cellRow {
	switch {
	case p.part == headPart:
		return []cellRow{headRow(f, p.finding, limit)}
	case p.part < len(f.Evidence):
		e, follows := inOrder(f, p.part)
		rows := relationRows(f, e, follows, plannedTerms(limit), first)
		if g := groundOf(f, e); g != nil {
			rows = append(rows, readRows(g, plannedReads(limit))...)
		}
		return append(rows, p.gap(f)...)
	case p.part < evidenceCount(f):
		g := loneGrounds(f)[p.part-len(f.Evidence)]
		rows := append([]cellRow{lawRow(g.Rule, lawOf(g.Rule))}, readRows(g, plannedReads(limit))...)
		return append(rows, p.gap(f)...)
	}
	return append(candidateRows(f), p.gap(f)...)
}

// restRow says that the evidence of so many findings is left out.
func restRow(n int) cellRow {
	words := "The evidence of " + counted(n, "further finding", "further findings") + " is not listed here; the JSON reports have all of it."
	return cellRow{Cells: []cell{{}, {}, phrase(words).looks(noteLook)}}
}

// headRow introduces the evidence of a finding.
func headRow(f *reconcile.Finding, i int, limit pageRows) cellRow {
	words := f.Text
	if words == "" {
		words = f.Rule.Title
	}
	words = oneLine(f.Record) + ": " + words
	page, row := limit.place(i)
	return cellRow{Cells: []cell{
		link(reference(findingsName, page, row), i+1).toned(severityTone(f.Severity)),
		phrase(f.Severity.String()).looks(bandLook).toned(severityTone(f.Severity)),
		prose(words).looks(bandLook).spans(afterRule),
	}}
}

// relationRows are the head, the figures and the results of one relation.
func relationRows(f *reconcile.Finding, e *reconcile.Evidence, follows bool, most, first int) []cellRow {
	law := formulaWords(e)
	g := groundOf(f, e)
	switch {
	case g != nil:
		law = lawOf(g.Rule)
	case e.Reading > 0:
		law = "reading " + strconv.Itoa(e.Reading) + ":  " + law
	case follows:
		law = "follows from it:  " + law
	}
	rows := []cellRow{lawRow(e.Rule, law)}
	for i := range min(most, len(e.Subject)+len(e.Terms)) {
		if i < len(e.Subject) {
			rows = append(rows, cellRow{Cells: figureCells(&e.Subject[i], "figure checked")})
		} else {
			rows = append(rows, cellRow{Cells: figureCells(&e.Terms[i-len(e.Subject)], "term")})
		}
	}
	return append(rows, resultRows(e, most, first)...)
}

// lawRow is the head of a broken rule.
func lawRow(rule *schema.Rule, law string) cellRow {
	return cellRow{Cells: []cell{
		{Style: cellStyle{Look: ruleLook}},
		phrase(rule.ID).looks(ruleLook),
		prose(law).looks(ruleLook).spans(afterRule),
	}}
}

// figureCells are the cells of one figure of a relation.
func figureCells(f *reconcile.Figure, part string) []cell {
	if f.Pointer == "" {
		part = "constant"
	}
	return []cell{
		{},
		{},
		phrase(part).looks(noteLook), prose(oneLine(inFile(f.Field, f.File))), prose(oneLine(f.Pointer)),
		phrase(oneLine(f.Raw)).right(),
		{Kind: integerCell, Number: f.Coef, Style: cellStyle{Right: true}},
		money(f.Amount),
	}
}

// resultRows are the actual and the expected value and their difference, live
// and as computed exactly.
func resultRows(e *reconcile.Evidence, most, first int) []cellRow {
	live, why := liveFormulas(e, most, first)
	bound := "should be"
	if words := e.Op.Bound(); words != "" {
		bound += " " + words
	}
	remark := why
	if remark == "" && e.Allowed.Sign() != 0 {
		remark = "a difference of up to " + e.Allowed.String() + " would be within tolerance"
	}
	return []cellRow{
		{Cells: resultCells(totalLook, "actual", money(e.Actual), live.actual, live.agreeAt(0), remark)},
		{Cells: resultCells(resultLook, bound, money(e.Expected), live.expected, live.agreeAt(1), "")},
		{Cells: resultCells(resultLook, "difference", signed(e.Difference), live.difference, live.agreeAt(2), "")},
	}
}

// resultCells are the cells of one result: live where there is a formula, and
// exact.
func resultCells(l look, part string, exact cell, formula, agree, remark string) []cell {
	exact = exact.looks(l)
	rule := cell{Style: cellStyle{Look: l}}
	value, same := phrase("not live").right(), rule
	value.Style.Look = l
	if formula != "" {
		value = exact.gives(formula)
		same = cell{Kind: answerCell, Style: cellStyle{Look: l}}.gives(agree)
	}
	return []cell{
		{}, {}, phrase(part).looks(l), rule, rule, rule, rule, value, exact, same, prose(remark).looks(noteLook),
	}
}

// operands are figures as the writer of spreadsheet formulas wants them.
func operands(figures []reconcile.Figure) []formula.Operand {
	made := make([]formula.Operand, len(figures))
	for i := range figures {
		made[i] = formula.Operand{Coef: figures[i].Coef, Amount: figures[i].Amount}
	}
	return made
}
