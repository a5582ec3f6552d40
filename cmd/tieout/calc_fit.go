package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/loan"
	"tieout/ingest"
	"tieout/report"
)

// rowFields are what a row of a printed schedule can tell.
var rowFields = []string{"number", "due", "interest", "principal", "payment", "closing"}

// fitInputs are the printed rows and what of the terms is known.
type fitInputs struct {
	scheduleInputs
	rows []loan.Printed
	file string
}

// questions are what is tried, and the flags that answer it.
var questions = []struct {
	ask   loan.Question
	flags []string
}{
	{loan.AskRate, []string{"rate-per"}},
	{loan.AskBalance, []string{"on-loan"}},
	{loan.AskRepayment, []string{"repayment"}},
	{loan.AskInterestRounding, []string{"interest-rounding"}},
	{loan.AskPaymentRounding, []string{"payment-rounding", "search"}},
}

func fitCalculation() calculation {
	f := &fitInputs{}
	f.Rounding = loan.Roundings{Interest: kopecks, Payment: kopecks, Fee: kopecks}
	row := param{
		name: "row", what: "number,due,...", many: true, fields: rowFields, set: f.row,
		usage: "a row as it is printed, such as number=1,due=2019-02-22,payment=3312; " + strings.Join(rowFields, ", ") + ", of which any can be missing (several)",
	}
	return calculation{
		use:   "fit",
		short: "Which readings of the terms reproduce a printed schedule",
		long: "fit tries the readings of what documents leave open: what the rate is for (--rate-per), what\n" +
			"interest is charged on (--on-loan), how is repaid (--repayment) and how is rounded. It lists\n" +
			"those that give every printed figure or, where none does, the rows that the nearest does not\n" +
			"give. What is given by these flags is not tried. A file of rows is CSV with titles, or YAML or\n" +
			"JSON with a list of mappings; due dates that all rows print need no method.",
		example: "  tieout calc fit --rows testdata/calc/printed.csv --principal 5000 --issue 2019-01-23 --rate 0.7\n" +
			"  tieout calc fit --row number=1,payment=3312 --row number=2,payment=3313 --principal 5000 \\\n" +
			"    --issue 2019-01-23 --rate 0.7 --method days --every 30 --repayment annuity --on-loan=no",
		params: slices.Concat([]param{
			{name: "rows", what: "file", isFile: true, usage: "a .csv, .yaml or .json file of printed rows", set: func(g *given) error { f.file = g.text; return nil }},
			row,
		}, f.params(), f.dates.params(), f.roundings()),
		answers: func(in *inputs) (*report.Calculation, error) { return f.fit(in, &row) },
	}
}

// row takes a printed row; an empty cell is not printed. Rows without numbers are
// numbered as they come.
func (f *fitInputs) row(g *given) error {
	printed := loan.Printed{Number: len(f.rows) + 1}
	for name, cell := range g.fields {
		if cell.text == "" {
			delete(g.fields, name)
		}
	}
	err := part(g, "number", false, &printed.Number, parseCount)
	if err == nil {
		err = part(g, "due", false, &printed.Due, plainDate)
	}
	for _, sum := range []struct {
		name string
		to   **calc.Amount
	}{{"interest", &printed.Interest}, {"principal", &printed.Principal}, {"payment", &printed.Payment}, {"closing", &printed.Closing}} {
		if err == nil {
			err = part(g, sum.name, false, sum.to, func(text string) (*calc.Amount, error) {
				a, err := parseAmount(text)
				return &a, err
			})
		}
	}
	f.rows = append(f.rows, printed)
	return err
}

func (f *fitInputs) fit(in *inputs, row *param) (*report.Calculation, error) {
	if f.file != "" {
		if err := in.notBoth("row", "rows", "give the rows by flags or in a file"); err != nil {
			return nil, err
		}
		if err := readRows(in, row, f.file); err != nil {
			return nil, err
		}
	}
	if len(f.rows) == 0 {
		return nil, errors.New("fit needs the printed rows: --rows with a file, or --row number=1,payment=3312")
	}
	if err := f.checkFit(in); err != nil {
		return nil, err
	}
	answer := report.Fit{Terms: f.Terms, Printed: len(f.rows), Monthly: !in.has["method"]}
	for _, q := range questions {
		if !slices.ContainsFunc(q.flags, func(flag string) bool { return in.has[flag] }) {
			answer.Open = append(answer.Open, q.ask)
		}
	}
	if len(answer.Open) == 0 {
		return nil, errors.New("nothing is left to try: --rate-per, --on-loan, --repayment and the roundings are all given")
	}
	if answer.Readings = loan.Fit(f.rows, f.Terms, answer.Open...); len(answer.Readings) == 0 {
		return nil, errors.New("no reading of these terms makes a schedule")
	}
	return answer.Calculation(), nil
}

// checkFit refuses what is missing; the dates come from the rows or from a method.
func (f *fitInputs) checkFit(in *inputs) error {
	err := in.need("principal", "issue", "rate")
	if err != nil {
		return err
	}
	if f.Installments > loan.MaxInstallments {
		return fmt.Errorf("--installments %d: a schedule has at most %d", f.Installments, loan.MaxInstallments)
	}
	undated := func(p loan.Printed) bool { return p.Due.IsZero() }
	complete := !in.has["installments"] || f.Installments == len(f.rows)
	if !in.has["method"] && !in.has["due"] && (!complete || slices.ContainsFunc(f.rows, undated)) {
		return errors.New("fit needs --method (and --every), or the due date of every installment in the rows")
	}
	if in.has["method"] && f.Installments == 0 && !in.has["due"] {
		for _, r := range f.rows {
			f.Installments = max(f.Installments, r.Number)
		}
	}
	f.Step, err = f.dates.stepping(in)
	return err
}

// readRows reads a file of rows, each a value of a param: flows, or a printed schedule.
func readRows(in *inputs, p *param, file string) error {
	s, err := in.readSettings(file)
	if err != nil {
		return err
	}
	known := strings.Join(p.fields, ", ")
	if s.Kind == ingest.SettingText || len(s.Values) == 0 {
		return s.Fail("a list of rows is expected, each with %s", known)
	}
	if titled := &s.Values[0]; isTable(file) && titled.Kind == ingest.SettingMapping {
		for i := range titled.Values {
			if title := titled.Values[i].Key; !slices.Contains(p.fields, title) {
				return s.Fail("the first line names the columns, and %q is no title that is known; there are %s", title, known)
			}
		}
	}
	values, err := p.items(&s)
	if err != nil {
		return err
	}
	for i := range values {
		if err := p.set(&values[i]); err != nil {
			return values[i].fail(err)
		}
	}
	return nil
}
