package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// twoRows is 1000 at 10 % an installment, repaid in two halves.
func twoRows(t *testing.T, principal string) *Calculation {
	t.Helper()
	terms := loan.Terms{
		Principal: calc.MustAmount(principal), Issue: date.MustParse("2020-01-01"), Installments: 2,
		Step:      loan.Stepping{Method: loan.Days, Every: 30},
		Repayment: loan.ByEqualPrincipal, Percent: calc.MustAmount("10"), RateFor: loan.PerInstallment,
		Rounding: loan.Roundings{Interest: calc.Rounding{Scale: 2}, Payment: calc.Rounding{Scale: 2}},
	}
	plan, err := loan.Plan(terms)
	if err != nil {
		t.Fatal(err)
	}
	s := Schedule{Terms: terms, Plan: plan, Cost: FullCost{Base: loan.Period{Days: 30}, Err: errors.New("not asked"), RateErr: errors.New("not asked")}}
	c := s.Calculation()
	c.Program, c.Version = "tieout", "test"
	c.Given = []GivenValue{{Name: "principal", Texts: []string{principal}}, {Name: "due", Texts: []string{"a", "<b>"}, Many: true}}
	return c
}

func TestTheWorkbookOfACalculationIsLive(t *testing.T) {
	var bytesOf [2]bytes.Buffer
	for i := range bytesOf {
		if err := twoRows(t, "1000").Workbook(&bytesOf[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(bytesOf[0].Bytes(), bytesOf[1].Bytes()) {
		t.Error("the same calculation gives other bytes")
	}
	f, err := excelize.OpenReader(&bytesOf[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, want := range map[string]string{
		"E2": "", "H2": "ROUND(E2+F2+G2,2)", "I3": "ROUND(D3-F3,2)", "H4": "ROUND(SUM(H2:H3),2)", "C4": "SUM(C2:C3)", "I4": "",
	} {
		if got, err := f.GetCellFormula("Schedule", cell); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", cell, got, err, want)
		}
	}
	// What stands in the file, and what a spreadsheet calculates from it.
	for cell, want := range map[string]string{"H2": "600.00", "I3": "0.00", "H4": "1150.00", "C4": "60", "A4": "total"} {
		if got, err := f.GetCellValue("Schedule", cell, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", cell, got, err, want)
		}
		if formula, _ := f.GetCellFormula("Schedule", cell); formula != "" {
			got, err := f.CalcCellValue("Schedule", cell, excelize.Options{RawCellValue: true})
			if a, parsed := calc.ParseAmount(got); err != nil || parsed != nil || !a.Equal(calc.MustAmount(want)) {
				t.Errorf("%s calculates %q, %v; want %q", cell, got, err, want)
			}
		}
	}
	if got, _ := f.GetCellValue(resultName, "B1"); got != "Payment schedule" {
		t.Errorf("the page is called %q", got)
	}
}

// A spreadsheet has 15 digits; these sums have 17, and stay exact as text.
func TestSumsThatASpreadsheetCannotAddAreNotLive(t *testing.T) {
	var b bytes.Buffer
	if err := twoRows(t, "999999999999999.99").Workbook(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, want := range map[string]string{"D2": "999999999999999.99", "F4": "999999999999999.99"} {
		formula, _ := f.GetCellFormula("Schedule", cell)
		if got, err := f.GetCellValue("Schedule", cell); err != nil || got != want || formula != "" {
			t.Errorf("%s: %q, formula %q, %v; want %q", cell, got, formula, err, want)
		}
	}
}

func TestTheJSONOfACalculation(t *testing.T) {
	var b bytes.Buffer
	if err := twoRows(t, "1000").JSON(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"given": {
    "principal": "1000",
    "due": [
      "a",
      "<b>"
    ]
  }`,
		`"interest": "150.00"`, `"full_cost_percent": null,
    "full_cost_percent_reason": "not asked"`, `"days": 30,`, `"payment": "600.00"`, `"rows_total": {`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %s", want)
		}
	}
	var any map[string]json.RawMessage
	if err := json.Unmarshal(b.Bytes(), &any); err != nil || len(any) != 7 {
		t.Errorf("%d members, %v", len(any), err)
	}
}

// An empty table, and text that would steer a terminal.
func TestTheTextOfACalculation(t *testing.T) {
	c := &Calculation{Title: "Title"}
	c.result("a", "Figure", amountValue(calc.MustAmount("1.50")), "% a year")
	c.result("b", "Other", textValue("x\x1b[2J"), "")
	c.table(calcTable{key: "t", title: "Table", columns: []calcColumn{{key: "a", title: "A"}}})
	c.Reads(strings.Repeat("word ", 30))
	var b strings.Builder
	if err := c.Text(&b); err != nil {
		t.Fatal(err)
	}
	want := "Title\n\n  Figure  1.50 % a year\n  Other   x<U+001B>[2J\n\nTable\n  none\n\nHow it was read and rounded\n  - " +
		strings.Repeat("word ", 17) + "word\n    " + strings.Repeat("word ", 11) + "word\n"
	if b.String() != want {
		t.Errorf("%q\nwant\n%q", b.String(), want)
	}
}

// A workbook of each calculation can be made, also where tables are empty.
func TestEveryCalculationHasAWorkbook(t *testing.T) {
	day := date.MustParse("2020-04-17")
	debt := loan.Debt{Rows: []loan.DebtRow{{Due: day, Principal: calc.AmountOf(1667)}}}
	settled, err := loan.Settle(debt, nil, loan.DebtTerms{}, day)
	if err != nil {
		t.Fatal(err)
	}
	flows := []loan.Flow{{Date: day, Amount: calc.AmountOf(-1)}, {Date: day.AddDays(30), Amount: calc.AmountOf(1)}}
	for name, c := range map[string]*Calculation{
		"penalty":   (&Penalty{Debt: debt, Settled: settled}).Calculation(),
		"full cost": (&FullCost{Flows: flows, Base: loan.Period{Days: 30}}).Calculation(),
		"annuity":   (&Annuity{Inferred: InferredRates}).Calculation(),
		"rate":      (&InferredRate{Stretches: []loan.Stretch{{Principal: calc.AmountOf(5)}}}).Calculation(),
		"date":      (&Dates{Days: []loan.DueDate{{Planned: day, Due: day}}, DaysOff: loan.WeekendsOnly{}}).Calculation(),
		"dates":     (&Dates{Stepped: true, Start: day, By: loan.Stepping{Every: 2}}).Calculation(),
	} {
		var book, text bytes.Buffer
		if err := errors.Join(c.Workbook(&book), c.Text(&text), c.JSON(&text)); err != nil || len(c.readings) == 0 {
			t.Errorf("%s: %v, %d readings", name, err, len(c.readings))
		}
	}
}
