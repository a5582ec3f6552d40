package report

import (
	"slices"
	"strings"

	"tieout/calc/schema"
	"tieout/reconcile"
)

const (
	summaryName = "Summary"
	reportTitle = "Reconciliation report"
)

// The columns of the summary are those of its tables, behind a margin.
var summaryColumns = []column{
	{Width: marginWidth},
	{Width: codeWidth},
	{Width: phraseWidth},
	{Width: nameWidth},
	{Width: codeWidth},
	{Width: codeWidth},
	{Width: codeWidth},
	{Width: codeWidth},
	{Width: amountWidth},
	{Width: amountWidth},
	{Width: amountWidth},
	{Width: codeWidth},
}

// rowsOnePage is how many rows are still legible on one printed page.
const rowsOnePage = 70

// summaryPage is the summary under construction.
type summaryPage struct {
	rows []cellRow
	// keyRow is the row of the key numbers, beside which the chart stands.
	keyRow int
	chart  *barChart
}

// summarySheet is the page that says how the check came out.
func summarySheet(r *survey) sheet {
	p := &summaryPage{}
	p.head(r)
	p.keyNumbers(r)
	p.ruleTable(r.byRule)
	p.sourceTable(r.bySource)
	p.legend()
	return sheet{
		Name: summaryName, Columns: summaryColumns, Page: true, Tab: verdict(r).Tone,
		OnePage: len(p.rows) <= rowsOnePage, Rows: rowsOf(p.rows...), Chart: p.chart,
	}
}

// add appends a row behind the margin.
func (p *summaryPage) add(height rowHeight, cells ...cell) {
	p.rows = append(p.rows, cellRow{Cells: append([]cell{{}}, cells...), Height: height})
}

// band appends a row whose one text runs over the whole page.
func (p *summaryPage) band(height rowHeight, c cell) { p.add(height, c.spans(len(summaryColumns)-2)) }

func (p *summaryPage) head(r *survey) {
	p.add(doubleHeight, phrase(reportTitle).looks(nameLook))
	asOf := "as-of date not given"
	if r.AsOf != "" {
		asOf = "figures as of " + oneLine(r.AsOf)
	}
	about := []string{asOf, r.Tool.Name + " " + r.Tool.Version, "rule set " + r.Tool.RuleSet}
	p.add(fitHeight, phrase(strings.Join(about, "  ·  ")).looks(noteLook))
	p.add(fitHeight)
	v := verdict(r)
	p.band(verdictHeight, phrase(v.Text).looks(verdictLook).toned(v.Tone))
	p.patterns(r.Patterns)
	for _, s := range reservations(r) {
		p.band(doubleHeight, prose(s.Text).looks(bandLook).indented().toned(s.Tone))
	}
	p.add(fitHeight)
}

// keyNumbers lists what was read, how the checks came out and what was found.
func (p *summaryPage) keyNumbers(r *survey) {
	p.keyRow = len(p.rows) + 1
	p.add(fitHeight, phrase("Key numbers").looks(headingLook))
	number := func(name string, n int, t tone) {
		count := whole(n)
		label := phrase(name).spans(1)
		if n > 0 && t != noTone {
			count, label = count.toned(t), label.toned(t)
		}
		p.add(fitHeight, label, cell{}, count)
	}
	number("Documents read", r.Documents, noTone)
	number("Records read", r.Records, noTone)
	number("Figures in them", r.Figures, noTone)
	if r.Joined > 0 || r.Unmatched.Len() > 0 {
		number("Records joined with other documents", r.Joined, noTone)
		number("Records without a counterpart", r.Unmatched.Len(), infoTone)
	}
	if r.Replaced > 0 {
		number("Earlier answers with a later one to the same question", r.Replaced, noTone)
	}
	number("Documents or records not read in whole", rejectedCount(r.Result), errorTone)
	total := func(name string, n int) {
		p.add(fitHeight, phrase(name).looks(totalLook).spans(1), cell{}, whole(n).looks(totalLook))
	}
	total("Checks", r.Checks.Total())
	tones := map[reconcile.Outcome]tone{reconcile.Broken: errorTone, reconcile.NotEvaluable: warningTone}
	for o, n := range r.Checks {
		number("     "+reconcile.Outcome(o).String(), n, tones[reconcile.Outcome(o)])
	}
	total("Findings (causes)", r.Findings.Len())
	counts := r.Severities()
	for s := schema.Error; s >= schema.Info; s-- {
		number("     "+s.String(), counts[s], severityTone(s))
	}
	number("     located: one figure explains all of it", r.located, noTone)
	p.add(fitHeight)
}

// ruleTable lists the rules with findings and sets the chart over them.
func (p *summaryPage) ruleTable(tallies []*tally) {
	if len(tallies) == 0 {
		return
	}
	p.add(fitHeight, phrase("What is wrong, by rule").looks(headingLook))
	p.tableTitles([]string{"Rule", "What is wrong", "Source"}, countTitles, differenceTitles)
	first := len(p.rows) + 1
	for _, t := range tallies {
		p.add(fitHeight, slices.Concat(
			[]cell{phrase(t.Rule.ID), prose(t.Rule.Title), prose(t.Source)}, t.counts(), t.differences())...)
	}
	last := min(len(p.rows), first+maxBars-1)
	p.add(fitHeight)
	title := "Findings by rule"
	if len(tallies) > maxBars {
		title += " (the first of the table below)"
	}
	p.chart = &barChart{
		Title: title, At: reportCell("E", p.keyRow), Width: 780, Height: 300,
		FirstRow: first, LastRow: last, TitleRow: first - 1, NameColumn: "B",
		Parts: []chartPart{{"E", errorTone}, {"F", warningTone}, {"G", infoTone}},
	}
}

// maxBars is how many rules the chart shows.
const maxBars = 12

// sourceTable lists the sources with what was read and found in them.
func (p *summaryPage) sourceTable(tallies []*tally) {
	if len(tallies) == 0 {
		return
	}
	p.add(fitHeight, phrase("By source").looks(headingLook))
	p.tableTitles([]string{"Source", "", "Records"}, countTitles)
	for _, t := range tallies {
		p.add(fitHeight, slices.Concat(
			[]cell{phrase(t.Source).spans(1), {}, whole(t.Records)}, t.counts())...)
	}
	p.add(fitHeight)
}

// The titles of what a tally tells.
var (
	countTitles      = []string{"Errors", "Warnings", "Remarks", "Findings"}
	differenceTitles = []string{"Too high by", "Too low by", "Sum of differences", "Unit"}
)

// tableTitles are the titles of a table: three of its own, then those of a tally.
func (p *summaryPage) tableTitles(own []string, tally ...[]string) {
	var cells []cell
	title := func(s string, right bool) {
		style := cellStyle{Look: titleLook, Wrap: true, Right: right}
		cells = append(cells, cell{Kind: textCell, Text: s, Style: style})
	}
	for _, s := range own {
		title(s, s == "Records")
	}
	for _, s := range slices.Concat(tally...) {
		title(s, s != "Unit")
	}
	p.add(doubleHeight, cells...)
}

// counts are the findings of a tally, by severity and in all.
func (t *tally) counts() []cell {
	var cells []cell
	for s := schema.Error; s >= schema.Info; s-- {
		count := whole(t.Severities[s])
		if t.Severities[s] == 0 {
			count = count.looks(faintLook)
		} else {
			count = count.toned(severityTone(s))
		}
		cells = append(cells, count)
	}
	return append(cells, whole(t.Total()))
}

// differences of a tally's findings, which have one unit.
func (t *tally) differences() []cell {
	if t.Figures == 0 {
		none := phrase("–").looks(faintLook).right()
		return []cell{none, none, none, {}}
	}
	return []cell{signed(t.TooHigh), signed(t.TooLow), signed(t.Net), phrase(oneLine(t.Unit))}
}

// legend explains what a reader may wonder about.
func (p *summaryPage) legend() {
	p.add(fitHeight, phrase("How to read this").looks(headingLook))
	for _, note := range []string{
		"A finding is one cause. The broken relations it explains are its evidence; " +
			"the number in the column Evidence leads to them, and the one before it to the record as its document has it.",
		"Located: changing this one figure makes everything agree, and no other figure explains it as well. Where a finding is " +
			"not located, the column \u201cCould also be\u201d lists what would explain it, the likeliest first.",
		"Differences are actual minus should be. They are added up per rule and unit, never across rules, sources or " +
			"currencies, and nothing is netted off: what is too high and what is too low stand beside their sum.",
		"Error: two figures of one document cannot both be right. Warning: a rule that has exceptions is broken. " +
			"Remark (severity info): something is not plausible, though no law is broken.",
		"A spreadsheet holds 15 significant digits. An amount with more digits is written as text, with every digit, " +
			"and takes no part in live formulas.",
		"Not applicable: the rule does not concern the record. Not evaluable: it does, and a figure it needs is missing or " +
			"unreadable. Neither counts as agreement.",
	} {
		p.band(fitHeight, prose(note).looks(noteLook))
	}
}
