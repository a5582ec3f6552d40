package report

import (
	"cmp"
	"strings"

	"tieout/reconcile"
)

const findingsName = "Findings"

var findingsColumns = []column{
	{Title: "No.", Width: tinyWidth, Right: true},
	{Title: "Severity", Width: codeWidth},
	{Title: "Rule", Width: codeWidth},
	{Title: "What is wrong", Width: phraseWidth},
	{Title: "Source", Width: nameWidth},
	{Title: "Record", Width: nameWidth},
	{Title: "Shown in Records at", Width: codeWidth, Right: true},
	{Title: "Record named by", Width: wordWidth},
	{Title: "Field", Width: phraseWidth},
	{Title: "Printed (as sent)", Width: amountWidth, Right: true},
	{Title: "Actual", Width: amountWidth, Right: true},
	{Title: "Subject to", Width: wordWidth},
	{Title: "Should be, or the rule gives", Width: amountWidth, Right: true},
	{Title: "Difference (actual less that)", Width: amountWidth, Right: true},
	{Title: "Unit", Width: codeWidth},
	{Title: "Located", Width: codeWidth},
	{Title: "Kind of slip", Width: wordWidth},
	{Title: "What happened", Width: phraseWidth},
	{Title: "Systemic cause", Width: phraseWidth},
	{Title: "Could also be", Width: proseWidth},
	{Title: "Explanation", Width: proseWidth},
	{Title: "Evidence", Width: codeWidth, Right: true},
	{Title: "File", Width: nameWidth},
	{Title: "Line", Width: tinyWidth, Right: true},
	{Title: "Column", Width: codeWidth, Right: true},
	{Title: "JSON pointer", Width: phraseWidth},
	{Title: "Id", Width: nameWidth},
}

// findingsSheets list the findings, one row for each cause.
func findingsSheets(r *reconcile.Result, limit pageRows, evidence *evidencePlan, records *recordPlan) []sheet {
	pattern := sheet{Name: findingsName, Columns: findingsColumns, Frozen: 3, PagesWide: 2, Tab: worstTone(r)}
	return limit.table(pattern, written(r), "No findings.", rowOfEach(writtenFindings(r), func(i int, f *reconcile.Finding) cellRow {
		return cellRow{Cells: findingCells(f, i+1, evidence.target(i), records.link(i))}
	}))
}

// findingCells are the cells of one finding; evidence is where its evidence
// stands, "" when it has none, and record leads to its record.
func findingCells(f *reconcile.Finding, number int, evidence string, record cell) []cell {
	var actual, expected, difference cell
	if f.HasFigures {
		actual, expected, difference = money(f.Actual), money(f.Expected).looks(shouldLook(f)), signed(f.Difference)
	}
	printed, slip := phrase(oneLine(f.Raw)).right(), slipWords(f.Diagnosis.Class)
	if !f.HasFigures {
		printed, expected = textCells(f)
		if f.Diagnosis.Class == reconcile.Unknown { // there are slips of figures only
			slip = ""
		}
	}
	relations := whole(evidenceCount(f))
	if evidence != "" {
		relations = link(evidence, evidenceCount(f))
	}
	return []cell{
		whole(number),
		phrase(f.Severity.String()).toned(severityTone(f.Severity)),
		phrase(f.Rule.ID),
		prose(cmp.Or(f.Array, f.Rule.Title)),
		prose(f.Source),
		prose(oneLine(f.Record)),
		record,
		prose(f.KeyFrom),
		prose(oneLine(f.Field)),
		printed,
		actual.looks(actualLook(f)),
		prose(limitWords(f)),
		expected,
		difference,
		phrase(oneLine(f.Unit)),
		located(f),
		prose(slip),
		prose(f.Diagnosis.Text),
		prose(oneLine(f.Pattern)),
		prose(rivalWords(f)),
		prose(f.Text),
		relations,
		prose(f.Place.File),
		position(f.Place.Line),
		position(f.Place.Column),
		prose(oneLine(f.Place.Pointer)),
		phrase(oneLine(f.ID)),
	}
}

// textCells are what stands in the place of a finding that is not about amounts,
// and what should.
func textCells(f *reconcile.Finding) (printed, expected cell) {
	words, absent := printedWords(f)
	printed = prose(oneLine(cutText(words, longestCell))).right()
	wanted := wantedWords(f)
	switch {
	case absent:
		printed = printed.looks(absentLook)
	case wanted != "":
		printed = printed.looks(wrongLook)
	}
	if wanted != "" {
		expected = prose(oneLine(cutText(wanted, longestCell))).right().looks(rightLook)
	}
	return printed, expected
}

// longestCell is how many characters of a text a cell among others shows.
const longestCell = 400

// limitWords say what the expected value of a finding is subject to: that it is
// only a bound, and, where the wrong figure is not located, that it is what the
// rule demands of this figure if all others are right.
func limitWords(f *reconcile.Finding) string {
	if !f.HasFigures {
		return ""
	}
	words := f.Op.Bound()
	if !f.Located {
		words = strings.TrimSpace(words + " if the rest is right")
	}
	return words
}

// located says whether one figure explains the finding; blank for a finding that
// is not about figures.
func located(f *reconcile.Finding) cell {
	if !f.HasFigures {
		return cell{}
	}
	return phrase(yesNo(f.Located))
}

// actualLook and shouldLook colour the two values of a located finding as the
// sheet of records does.
func actualLook(f *reconcile.Finding) look {
	if f.Located {
		return wrongLook
	}
	return plainLook
}

func shouldLook(f *reconcile.Finding) look {
	if f.Located {
		return rightLook
	}
	return plainLook
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// position is a cell of a line or column, blank when there is none.
func position(n int) cell {
	if n == 0 {
		return cell{}
	}
	return whole(n)
}

// worstTone is the tone of the result as a whole.
func worstTone(r *reconcile.Result) tone {
	worst := noTone
	for severity := range r.Severities() {
		worst = max(worst, severityTone(severity))
	}
	return worst
}
