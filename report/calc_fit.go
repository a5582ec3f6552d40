package report

import (
	"fmt"

	"tieout/calc/loan"
)

// Fit is what the readings of terms make of printed rows.
type Fit struct {
	Terms    loan.Terms // as far as they are known
	Printed  int        // rows
	Open     []loan.Question
	Readings []loan.Reading // as loan.Fit returns them, one or more
	// Monthly tells that no method was given and a step counts as a month, which a
	// rate in twelfths depends on.
	Monthly bool
}

// Calculation shows the readings, and what the nearest one does not give.
func (f *Fit) Calculation() *Calculation {
	c := &Calculation{Kind: "fit", Title: "Readings that reproduce a printed schedule"}
	nearest := &f.Readings[0]
	c.result("fits", "A reading gives all that is printed", yesValue(nearest.Exact(), true), "")
	c.result("rows", "Rows printed", countValue(f.Printed), "")
	if nearest.Exact() {
		c.result("readings", "Readings that do", countValue(len(f.Readings)), "")
		c.result("reading", "The first", textValue(nearest.String()), "")
	} else {
		c.result("rows_off", "Rows that the nearest does not give", countValue(nearest.RowsOff), "")
		c.result("reading", "The nearest", textValue(nearest.String()), "")
	}
	c.table(f.readings())
	c.table(f.differences())
	f.read(c)
	return c
}

func (f *Fit) readings() calcTable {
	t := calcTable{key: "readings", title: "Readings", columns: []calcColumn{
		{key: "rate", title: "The rate is", kind: calcText, width: nameWidth},
		{key: "on", title: "charged on", kind: calcText, width: wordWidth},
		{key: "repayment", title: "Repayment", kind: calcText, width: nameWidth},
		{key: "interest_rounding", title: "Interest", kind: calcText, width: nameWidth},
		{key: "payment_rounding", title: "Payment or principal", kind: calcText, width: nameWidth},
		{key: "search", title: "found", kind: calcText, width: wordWidth},
		{key: "rows_off", title: "Rows off", kind: calcCount, width: codeWidth},
	}}
	for i := range f.Readings {
		r := &f.Readings[i]
		on, payment, search := "the balance", noValue(""), noValue("")
		if r.Terms.OnLoan {
			on = "the loan"
		}
		switch r.Terms.Repayment {
		case loan.ByAnnuity:
			search = textValue(r.Schedule.Search.String())
			payment = textValue(loan.RoundingWords(r.Terms.Rounding.Payment))
		case loan.ByEqualPrincipal, loan.ByShares:
			payment = textValue(loan.RoundingWords(r.Terms.Rounding.Payment))
		}
		t.rows = append(t.rows, []calcValue{
			textValue(r.Terms.RateFor.String()), textValue(on), textValue(r.Terms.Repayment.String()),
			textValue(loan.RoundingWords(r.Terms.Rounding.Interest)), payment, search, countValue(r.RowsOff),
		})
	}
	return t
}

// differences are those of the nearest reading; none where one fits.
func (f *Fit) differences() calcTable {
	t := calcTable{key: "differences", title: "What the nearest does not give", columns: []calcColumn{
		{key: "number", title: "No.", kind: calcCount, width: tinyWidth},
		{key: "figure", title: "Figure", kind: calcText, width: wordWidth},
		{key: "printed", title: "Printed", kind: calcText, width: nameWidth},
		{key: "planned", title: "By the reading", kind: calcText, width: nameWidth},
	}}
	for _, d := range f.Readings[0].Off {
		t.rows = append(t.rows, []calcValue{countValue(d.Number), textValue(d.Figure), textValue(d.Printed), textValue(d.Planned)})
	}
	t.implied = len(t.rows) == 0
	return t
}

func (f *Fit) read(c *Calculation) {
	words := [...]string{
		loan.AskRate:             "what the rate is for",
		loan.AskBalance:          "what interest is charged on",
		loan.AskRepayment:        "how is repaid: annuity, equal principal and all at the end, and given payments or shares where the terms list them",
		loan.AskInterestRounding: "how interest is rounded",
		loan.AskPaymentRounding:  "how the payment of an annuity, or the part of the principal, is rounded and found",
	}
	for _, q := range f.Open {
		c.Reads("Tried: " + words[q] + ".")
	}
	c.Reads("Roundings are tried half up, half even, down and up, to the decimals printed, to 0.01 and to 1, and none at all.")
	c.Reads("Of readings that do not fit the nearest has the fewest rows off, and of those the fewest figures.")
	if f.Monthly {
		c.Reads("A step is a month, for a rate in twelfths: no method is given.")
	}
	c.Reads(fmt.Sprintf("Taken as given: the rate of %s %%, which days earn interest, and that %s.", f.Terms.Percent, f.Terms.Residue))
}
