package report

import (
	"fmt"
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile"
)

const (
	coverageName     = "Coverage"
	notEvaluableName = "Not evaluable"
)

// countLetters are the columns of Coverage that hold all checks of a rule and
// then those of each outcome.
var countLetters = [...]string{"F", "G", "H", "I", "J", "K"}

var coverageColumns = []column{
	{Title: "Source", Width: nameWidth},
	{Title: "Rule", Width: codeWidth},
	{Title: "What the rule finds", Width: phraseWidth},
	{Title: "Severity", Width: codeWidth},
	{Title: "Basis", Width: codeWidth},
	{Title: "Checks", Width: codeWidth, Right: true},
	{Title: "Holds", Width: codeWidth, Right: true},
	{Title: "Within tolerance", Width: codeWidth, Right: true},
	{Title: "Broken", Width: codeWidth, Right: true},
	{Title: "Not applicable", Width: codeWidth, Right: true},
	{Title: "Not evaluable", Width: codeWidth, Right: true},
	{Title: "Why not applicable or not evaluable", Width: proseWidth},
	{Title: "Law", Width: proseWidth},
	{Title: "Where it comes from", Width: phraseWidth},
}

// coverageSheet shows for every rule how its checks came out.
func coverageSheet(r *reconcile.Result) sheet {
	s := sheet{Name: coverageName, Columns: coverageColumns, Titled: true, Frozen: 2, Filtered: len(r.Rules)}
	if len(r.Rules) == 0 {
		s.Rows = rowsOf(cellRow{Cells: []cell{phrase("No rules took part.").looks(noteLook)}})
		return s
	}
	var rows []cellRow
	var sum reconcile.Counts
	for i := range r.Rules {
		rows = append(rows, cellRow{Cells: coverageCells(&r.Rules[i])})
		for o, n := range r.Rules[i].Counts {
			sum[o] += n
		}
	}
	total := []cell{phrase("Total").looks(totalLook)}
	for range 4 {
		total = append(total, cell{Style: cellStyle{Look: totalLook}})
	}
	for i, n := range countsAll(sum) {
		live := fmt.Sprintf("SUM(%s2:%s%d)", countLetters[i], countLetters[i], len(r.Rules)+1)
		total = append(total, whole(n).looks(totalLook).gives(live))
	}
	s.Rows = rowsOf(append(rows, cellRow{Cells: total})...)
	return s
}

// countsAll are the number of all checks and that of each outcome.
func countsAll(c reconcile.Counts) []int { return append([]int{c.Total()}, c[:]...) }

func coverageCells(c *reconcile.RuleCount) []cell {
	cells := []cell{
		prose(c.Source), phrase(c.Rule.ID), prose(c.Rule.Title),
		phrase(c.Rule.Severity.String()), phrase(c.Rule.Basis.String()),
		whole(c.Counts.Total()),
	}
	for o, n := range c.Counts {
		count := whole(n)
		switch {
		case n == 0:
			count = count.looks(faintLook)
		case reconcile.Outcome(o) == reconcile.Broken:
			count = count.toned(severityTone(c.Rule.Severity))
		case reconcile.Outcome(o) == reconcile.NotEvaluable:
			count = count.toned(warningTone)
		}
		cells = append(cells, count)
	}
	return append(cells, prose(reasonWords(c.Reasons)), prose(lawWords(c.Rule)), prose(c.Rule.Cites))
}

// lawWords are the law of a rule: its formula, those with a severity of their own,
// and what its function demands.
func lawWords(r *schema.Rule) string {
	var laws []string
	if r.Formula != "" {
		laws = append(laws, r.Formula)
	}
	for _, c := range r.Clauses {
		laws = append(laws, c.Severity.String()+": "+c.Formula)
	}
	if r.Law != "" {
		laws = append(laws, r.Law)
	}
	return strings.Join(laws, "\n")
}

// maxReasons is how many reasons a cell lists.
const maxReasons = 6

// reasonWords lists reasons with their counts, one on a line.
func reasonWords(reasons []reconcile.Reason) string {
	var lines []string
	rest := 0
	for i, reason := range reasons {
		if i >= maxReasons {
			rest += reason.Count
			continue
		}
		lines = append(lines, fmt.Sprintf("%s × %s: %s", grouped(reason.Count), reason.Outcome, oneLine(reason.Text)))
	}
	if rest > 0 {
		lines = append(lines, fmt.Sprintf("%s × other reasons (%d more)", grouped(rest), len(reasons)-maxReasons))
	}
	return strings.Join(lines, "\n")
}

var notEvaluableColumns = []column{
	{Title: "Rule", Width: codeWidth},
	{Title: "What the rule finds", Width: phraseWidth},
	{Title: "Source", Width: nameWidth},
	{Title: "Record", Width: nameWidth},
	{Title: "Missing figure", Width: phraseWidth},
	{Title: "Must be", Width: amountWidth, Right: true},
	{Title: "JSON pointer", Width: phraseWidth},
	{Title: "Why", Width: proseWidth},
}

// notEvaluableSheets list the checks that could not be made; no sheet when all
// could.
func notEvaluableSheets(r *reconcile.Result, limit pageRows) []sheet {
	if r.NotEvaluable.Len() == 0 {
		return nil
	}
	pattern := sheet{Name: notEvaluableName, Columns: notEvaluableColumns, Frozen: 1, Tab: warningTone}
	return limit.table(pattern, r.NotEvaluable.Len(), "", rowOfEach(r.NotEvaluable.All(), func(_ int, m *reconcile.Missing) cellRow {
		return cellRow{Cells: []cell{
			phrase(m.Rule.ID), prose(m.Rule.Title), prose(m.Source), prose(oneLine(m.Record)),
			prose(oneLine(m.Field)), impliedCell(m), prose(oneLine(m.Pointer)), prose(m.Reason),
		}}
	}))
}

// impliedCell is the value that a missing figure must have, where it is known.
func impliedCell(m *reconcile.Missing) cell {
	if m.Implied == nil {
		return phrase("not known").looks(absentLook).right()
	}
	return money(*m.Implied).looks(rightLook)
}
