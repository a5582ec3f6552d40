package report

import (
	"strconv"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// tableRow is a row of a hand-made record: values by their texts. A figure that
// is no number is a state: null, missing, empty or unreadable.
func tableRow(name, pointer string, columns []string, texts ...string) reconcile.TableRow {
	row := reconcile.TableRow{Name: name}
	for i, text := range texts {
		field := strings.ReplaceAll(columns[i], ".", "/")
		v := reconcile.TableValue{Pointer: pointer + "/" + field, Figure: !strings.HasSuffix(field, "date") && !strings.HasSuffix(field, "number")}
		v.Value = schema.Value{State: schema.Present, Text: text}
		switch text {
		case "missing":
			v.Value = schema.Value{State: schema.Missing}
		case "waived":
			v.Value = schema.Value{State: schema.Missing, Waived: true}
		case "null":
			v.Value = schema.Value{State: schema.Null}
		case "empty":
			v.Value = schema.Value{State: schema.Empty}
		case "unreadable":
			v.Value = schema.Value{State: schema.Unreadable, Text: "1 0 0"}
		default:
			if v.Figure {
				v.Value.Amount = calc.MustAmount(text)
			}
		}
		row.Values = append(row.Values, v)
	}
	return row
}

// scheduleRecord is the record of the schedule's findings.
func scheduleRecord() *reconcile.Snapshot {
	own := []string{"Total.percent.begin_balance", "Total.percent.payment_sum", "contract_number"}
	rows := []string{
		"plan_payment_number", "fact_payment_date", "percent.begin_balance", "percent.payment_sum", "percent.end_balance",
	}
	paid := []string{"date", "payment_sum", "comment"}
	return &reconcile.Snapshot{
		Source: "arifmetika.schedule", Record: "З20НвАР007200054", File: "schedule.json",
		Tables: []reconcile.Table{
			{Columns: own, Rows: []reconcile.TableRow{tableRow("", "", own, "3785", "3785", "missing")}},
			{Name: "Details", Columns: rows, Rows: []reconcile.TableRow{
				tableRow("Details[0]", "/Details/0", rows, "1", "yyyy-MM-dd", "3136", "3136", "0"),
				tableRow("Details[1]", "/Details/1", rows, "2", "2020-02-11", "649", "694", "0"),
			}},
			{Name: "Details.percent.fact_payment", Columns: paid, Rows: []reconcile.TableRow{
				tableRow("Details[1].percent.fact_payment[0]", "/Details/1/percent/fact_payment/0", paid, "2020-02-05", "479", "missing"),
				tableRow("Details[1].percent.fact_payment[1]", "/Details/1/percent/fact_payment/1", paid, "2020-02-11", "170", "null"),
			}},
			{Name: "Details.penalty.fact_payment", Columns: paid},
		},
	}
}

// contractRecord is the record of the contract's findings, with values of all
// states.
func contractRecord() *reconcile.Snapshot {
	own := []string{
		"contract_number", "contract_date", "total_balance", "main_debt_balance", "interest_balance", "penalty",
		"main_debt_overdue", "interest_overdue", "total_overdue", "commission", "insurance", "repayment_date", "tranche.sum",
	}
	return &reconcile.Snapshot{
		Source: "arifmetika.contracts", Record: "А99АААА999999999", File: "contracts.json",
		Tables: []reconcile.Table{{Columns: own, Rows: []reconcile.TableRow{tableRow("", "/0", own,
			"=1+1", "2020-02-17", "12450.10", "10000.00", "2350.1", "0.30", "10000.07", "null", "missing",
			"unreadable", "0", "empty", "waived")}}},
	}
}

// snapshots gives findings of a rich result their records, and a missing figure
// of one of them the value it must have.
func snapshots(r *reconcile.Result) {
	schedule, contract := scheduleRecord(), contractRecord()
	for i := range r.Findings.All() {
		switch f := listed(r.Findings.All())[i]; f.Source {
		case "arifmetika.schedule":
			f.Snapshot = schedule
		case "arifmetika.contracts":
			f.Snapshot = contract
		}
	}
	must := calc.MustAmount("12.50")
	r.NotEvaluable.Add(reconcile.Missing{
		Rule: ac01, Source: contract.Source, Record: contract.Record, Pointer: "/0/interest_overdue",
		Field: "interest_overdue", Reason: "interest_overdue is null", Implied: &must,
	})
	r.Patterns = []reconcile.Pattern{
		{Source: contract.Source, Rule: ac01, Field: "total_balance", Class: "component_omitted", Text: "penalty left out", Records: 34, Findings: 34},
		{Source: schedule.Source, Rule: as06, Field: "Details[].percent.payment_sum", Class: "factor_of_ten", Text: "100 times too large", Records: 3, Findings: 7},
	}
}

func TestRecordsShowTheWrongFigureBesideWhatItShouldBe(t *testing.T) {
	type pair struct {
		value, should look
		sign, amount  string
	}
	got := map[string]pair{}
	var last *cell
	eachCell(t, workbookSheets(richResult(), maxSheetRows-1), func(s *sheet, _ string, c *cell) {
		if s.Name != recordsName {
			return
		}
		if c.Kind == amountCell && c.Style.Sign != "" {
			got[last.Text+last.Amount.String()] = pair{last.Style.Look, c.Style.Look, c.Style.Sign, c.Amount.String()}
		}
		last = c
	})
	for value, want := range map[string]pair{
		"694":      {wrongLook, rightLook, "→ ", "649"},
		"12450.10": {suspectLook, guessLook, "? ", "12350.40"},
		"10000.00": {suspectLook, guessLook, "? ", "10099.70"},
		"10000.07": {wrongLook, rightLook, "→ at most ", "10000.00"},
		"null0":    {absentLook, guessLook, "must be ", "12.50"},
	} {
		if got[value] != want {
			t.Errorf("%s: got %+v, want %+v", value, got[value], want)
		}
	}
}

func TestRecordsBeyondTheLimitAreCounted(t *testing.T) {
	plan := planRecords(surveyOf(richResult()), maxSheetRows-1)
	if len(plan.blocks) != 2 || plan.more != 2 {
		t.Errorf("%d blocks, %d more", len(plan.blocks), plan.more)
	}
	if got := recordsTop(plan).Cells[1].Text; got != "The records with findings, as sent (2 further ones are not shown)" {
		t.Errorf("got %q", got)
	}
}

func TestLongAndWideArraysAreShownInParts(t *testing.T) {
	r := richResult()
	var columns, texts []string
	for i := range 30 {
		columns, texts = append(columns, "sum"+strconv.Itoa(i)), append(texts, "1.50")
	}
	s := listed(r.Findings.All())[2].Snapshot
	wide := reconcile.Table{Name: "Wide", Columns: columns}
	for i := range 1000 {
		wide.Rows = append(wide.Rows, tableRow("Wide["+strconv.Itoa(i)+"]", "/Wide/"+strconv.Itoa(i), columns, texts...))
	}
	s.Tables = append(s.Tables, wide)
	listed(r.Findings.All())[2].Place.Pointer = "/Wide/700/sum13"
	for _, limit := range []pageRows{9, 40, maxSheetRows - 1} {
		names, left, used := map[string]int{}, map[string]int{}, 0
		sheets := workbookSheets(r, limit)
		eachCell(t, sheets, func(s *sheet, _ string, c *cell) {
			switch {
			case !strings.HasPrefix(s.Name, recordsName):
			case strings.HasPrefix(c.Text, "Wide["):
				names[c.Text]++
			case strings.HasSuffix(c.Text, "not shown here"):
				left[c.Text]++
			case c.Amount.Equal(calc.MustAmount("1.50")) && c.Style.Sign == "":
				used++
			}
		})
		if len(names) != 405 || names["Wide[399]"] != 3 || names["Wide[700]"] != 3 || names["Wide[703]"] != 0 {
			t.Errorf("limit %d: %d rows, %v", limit, len(names), names["Wide[700]"])
		}
		if left["298 rows are not shown here"] != 3 || left["297 rows are not shown here"] != 3 {
			t.Errorf("limit %d: %v", limit, left)
		}
		if used != 405*30 {
			t.Errorf("limit %d: %d values", limit, used)
		}
		for i := range sheets {
			checkPage(t, &sheets[i], limit)
		}
	}
}

func TestRivalsAreListedInWords(t *testing.T) {
	f := contractFindings()[0]
	want := "one of equals: total_balance 12450.10 → 12350.40\n" +
		"as likely: main_debt_balance 10000.00 → 10099.70 (digits 0 and 9 exchanged)\n" +
		"less likely: penalty 0.30 → 100.00 together with interest_balance 2350.1 → 2350.10 (rounding)"
	if got := rivalWords(&f); got != want {
		t.Errorf("got %s", got)
	}
	for range 7 {
		f.Candidates = append(f.Candidates, reconcile.Candidate{Set: len(f.Candidates) + 1, Rank: 3, Field: "x"})
	}
	if lines := strings.Split(rivalWords(&f), "\n"); len(lines) != maxRivals+1 || lines[maxRivals] != "and 5 more" {
		t.Errorf("got %q", lines)
	}
	f.Located, f.Candidates = true, f.Candidates[2:4]
	if got := rivalWords(&f); !strings.HasPrefix(got, "less likely: penalty") {
		t.Errorf("got %s", got)
	}
}

func TestEveryClassOfSlipHasWords(t *testing.T) {
	for class, words := range slipNames {
		if words == "" || strings.Contains(words, "_") || slipWords(class) != words {
			t.Errorf("%s: %q", class, words)
		}
	}
	if got := slipWords("moon_phase"); got != "moon phase" {
		t.Errorf("got %q", got)
	}
}

func TestSystemicCausesStandUnderTheVerdict(t *testing.T) {
	file := writeAndOpen(t, richResult())
	for name, want := range map[string]string{
		"B5": "Systemic causes",
		"B6": "In 34 records: penalty left out of total_balance (AC-01, arifmetika.contracts)",
		"B7": "In 3 records: Details[].percent.payment_sum: 100 times too large (AS-06, arifmetika.schedule)",
	} {
		if got, _ := file.GetCellValue(summaryName, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestInequalitiesComeLastInTheEvidence(t *testing.T) {
	f := contractFindings()[0]
	f.Evidence = append(contractFindings()[1].Evidence, f.Evidence...)
	for i, want := range []*schema.Rule{ac01, ac07} {
		if e, follows := inOrder(&f, i); e.Rule != want || follows != (i == 1) {
			t.Errorf("%d: %s, follows %t", i, e.Rule.ID, follows)
		}
	}
	f.Evidence = contractFindings()[1].Evidence
	if e, follows := inOrder(&f, 0); e.Rule != ac07 || follows {
		t.Error("an inequality alone is evidence")
	}
}
