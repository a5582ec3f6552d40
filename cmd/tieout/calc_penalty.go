package main

import (
	"errors"
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/law"
	"tieout/calc/loan"
	"tieout/report"
)

var penaltyBases = []choice[loan.Basis]{
	{"day", loan.PerUnit},
	{"year-360", loan.Year360},
	{"year-365", loan.Year365},
	{"year-366", loan.Year366},
	{"year-actual", loan.YearActual},
}

var roundingTimes = []choice[loan.AccrualWhen]{
	{"row", loan.RoundPerRow}, {"band", loan.RoundPerBand}, {"day", loan.RoundPerDay},
}

var debtParts = []choice[loan.DebtPart]{
	{"overdue-interest", loan.OverdueInterest},
	{"overdue-principal", loan.OverduePrincipal},
	{"penalty", loan.PenaltyPart},
	{"current-interest", loan.CurrentInterest},
	{"current-principal", loan.CurrentPrincipal},
	{"overdue-fees", loan.OverdueFees},
	{"current-fees", loan.CurrentFees},
}

// penaltyInputs are the debt and its terms under construction.
type penaltyInputs struct {
	debt     loan.Debt
	payments []loan.DebtPayment
	terms    loan.DebtTerms
	asOf     date.Date
	ceiling  date.Date
	stopped  bool
	small    struct {
		principal calc.Amount
		days      int
	}
	days     workingDays
	interest accrualInputs
}

func penaltyCalculation() calculation {
	p := &penaltyInputs{}
	p.terms.Penalty.Rounding.To = kopecks
	return calculation{
		use:   "penalty",
		short: "What late payments cost as of a day, line by line",
		long: "penalty applies payments to what was due and charges the days of delay, up to a day. The\n" +
			"rates are given as bands of days of a delay, or --ceiling takes the most that Russian law\n" +
			"allows for a consumer credit. Interest can accrue day by day with it (--interest-rate), at\n" +
			"another rate while a row is overdue (--delinquency-rate). What was due and what was paid is best told in a terms file.",
		example: "  tieout calc penalty --due 2020-04-17,1667,332 --payment 2020-04-23=1999 \\\n" +
			"    --band first=1,percent=20 --rate-per year-actual --as-of 2020-04-30\n" +
			"  tieout calc penalty --terms testdata/calc/penalty.yaml --as-of 2020-06-30 -o penalty.xlsx",
		params:  slices.Concat(p.params(), p.interest.params(p), p.days.params()),
		answers: p.answers,
	}
}

func (p *penaltyInputs) params() []param {
	t := &p.terms.Penalty
	return []param{
		{name: "as-of", what: "date", usage: "the day whose state is asked for, with its payments", set: dateTo(&p.asOf)},
		{
			name: "due", what: "date,principal,interest,fees", many: true, fields: []string{"date", "principal", "interest", "fees"},
			usage: "what was due on a day (several, in the order of their dates)",
			set:   p.due,
		},
		{name: "payment", what: "date=amount", many: true, fields: flowFields, usage: "money received on a day (several)", set: func(g *given) error {
			f, err := parseFlow(g)
			p.payments = append(p.payments, loan.DebtPayment(f))
			return err
		}},
		{
			name: "band", what: "first,last,percent", many: true, fields: []string{"first", "last", "percent", "principal", "interest", "fees"},
			usage: "the rate from the first to the last day of a delay, such as first=1,last=30,percent=20; " +
				"principal, interest and fees can have rates of their own; without last it has no end (several)",
			set: p.band,
		},
		{name: "rate-per", what: "time", usage: "what the rates of the bands are for: " + choiceWords(penaltyBases), set: choiceTo(&t.Basis, penaltyBases)},
		{name: "ceiling", what: "date", usage: "in place of bands: the most that Russian law allows for a contract of this date", set: dateTo(&p.ceiling)},
		{name: "interest-stopped", isSwitch: true, usage: "with --ceiling: no interest runs on in a delay, and the law allows the higher rate", set: switchTo(&p.stopped)},
		{
			name: "small-loan", what: "principal,days", fields: []string{"principal", "days"},
			usage: "with --ceiling: the contract is of the small short kind that has a ceiling of its own, with " +
				"this sum and these days",
			set: p.smallLoan,
		},
		{name: "fixed", what: "amount", usage: "a sum that each delay costs once", set: amountTo(&t.Fixed)},
		{name: "fixed-day", what: "count", usage: "the day of the delay on which it is charged", set: countTo(&t.FixedDay)},
		{name: "working-days-only", isSwitch: true, usage: "only working days count and cost", set: switchTo(&t.WorkingDaysOnly)},
		{name: "first-days-off-free", isSwitch: true, usage: "a row due on a day off costs nothing before the next working day", set: switchTo(&t.FirstDaysOffFree)},
		{name: "stop-after", what: "days", usage: "no day costs from so many days after the last due date on", set: func(g *given) (err error) {
			t.StopAfterEnd = true
			t.StopDays, err = parseCount(g.text)
			return err
		}},
		{name: "rounding", what: "rounding", usage: "rounding of the penalty (default half up to 0.01)", set: roundingTo(&t.Rounding.To)},
		{
			name: "round-per", what: "time",
			usage: "how often is rounded: the sum of a row (default), of a row's days in a band, or of a row's " +
				"day: " + choiceWords(roundingTimes),
			set: choiceTo(&t.Rounding.When, roundingTimes),
		},
		{
			name: "order", what: "part", many: true,
			usage: "the order in which payments are applied, every part once: " + choiceWords(debtParts) + " (default: the legal order)",
			set:   listTo(&p.terms.Order, func(text string) (loan.DebtPart, error) { return parseChoice(text, debtParts) }),
		},
		{name: "oldest-first", isSwitch: true, usage: "an overdue row is paid with its penalty before the next one", set: switchTo(&p.terms.OldestRowFirst)},
	}
}

func (p *penaltyInputs) smallLoan(g *given) error {
	err := part(g, "principal", true, &p.small.principal, parseAmount)
	if err == nil {
		err = part(g, "days", true, &p.small.days, parseCount)
	}
	return err
}

func (p *penaltyInputs) due(g *given) error {
	var r loan.DebtRow
	err := part(g, "date", true, &r.Due, plainDate)
	for _, sum := range []struct {
		name string
		to   *calc.Amount
	}{{"principal", &r.Principal}, {"interest", &r.Interest}, {"fees", &r.Fees}} {
		if err == nil {
			err = part(g, sum.name, false, sum.to, parseAmount)
		}
	}
	if err == nil && len(g.fields) == 1 {
		err = errors.New("nothing is due: the principal, interest or fees are missing")
	}
	p.debt.Rows = append(p.debt.Rows, r)
	return err
}

func (p *penaltyInputs) band(g *given) error {
	b := loan.PenaltyBand{First: 1}
	err := part(g, "first", false, &b.First, parseCount)
	if err == nil {
		err = part(g, "last", false, &b.Last, parseCount)
	}
	var all calc.Amount
	if err == nil {
		err = part(g, "percent", false, &all, parsePercent)
	}
	rates := 0
	for _, rate := range []struct {
		name string
		to   *calc.Amount
	}{{"principal", &b.Principal}, {"interest", &b.Interest}, {"fees", &b.Fees}} {
		*rate.to = all
		if err == nil {
			err = part(g, rate.name, false, rate.to, parsePercent)
		}
		if _, has := g.fields[rate.name]; has {
			rates++
		}
	}
	if _, has := g.fields["percent"]; err == nil && !has && rates == 0 {
		err = errors.New("the percent is missing; write first=1,last=30,percent=20")
	}
	switch {
	case err == nil && b.First < 1:
		err = errors.New("the first day of a delay is 1")
	case err == nil && b.Last != 0 && b.Last < b.First:
		err = fmt.Errorf("the last day, %d, is before the first, %d", b.Last, b.First)
	}
	p.terms.Penalty.Bands = append(p.terms.Penalty.Bands, b)
	return err
}

// check refuses what is missing or contradicts each other.
func (p *penaltyInputs) check(in *inputs) error {
	err := in.need("as-of", "due")
	for _, name := range []string{"band", "rate-per", "fixed"} {
		if err == nil {
			err = in.notBoth("ceiling", name, "the law says what a delay may cost")
		}
	}
	if err != nil {
		return err
	}
	t := &p.terms.Penalty
	if !t.WorkingDaysOnly && !t.FirstDaysOffFree {
		err := in.useless("is of use only with --working-days-only or --first-days-off-free", "country", "calendar", "weekends-only")
		if err != nil {
			return err
		}
	}
	switch {
	case in.has["band"] && !in.has["rate-per"]:
		return fmt.Errorf("--band needs --rate-per, to know what the rates are for: %s", choiceWords(penaltyBases))
	case !in.has["band"] && !in.has["ceiling"] && !in.has["fixed"] && !in.has["interest-rate"]:
		return errors.New("penalty needs to know what a delay costs: --band, --fixed or --ceiling, or --interest-rate for interest alone")
	case in.has["fixed"] != in.has["fixed-day"]:
		return errors.New("--fixed and --fixed-day go together: the sum, and the day of the delay on which it is charged")
	case in.has["interest-stopped"] && !in.has["ceiling"]:
		return errors.New("--interest-stopped goes with --ceiling")
	case in.has["small-loan"] && !in.has["ceiling"]:
		return errors.New("--small-loan goes with --ceiling, the date of the contract")
	case in.has["small-loan"] && in.has["interest-stopped"]:
		return errors.New("--interest-stopped does not go with --small-loan, which has one rate")
	case (t.WorkingDaysOnly || t.FirstDaysOffFree) && t.DaysOff == nil:
		return errors.New("--working-days-only and --first-days-off-free need to know the days off: --country, --calendar or --weekends-only")
	}
	return nil
}

func (p *penaltyInputs) answers(in *inputs) (*report.Calculation, error) {
	err := p.days.load(in)
	if err != nil {
		return nil, err
	}
	t := &p.terms.Penalty
	t.DaysOff = p.days.days
	if err := p.interest.take(in, p); err != nil {
		return nil, err
	}
	if err := p.check(in); err != nil {
		return nil, err
	}
	answer := report.Penalty{Debt: p.debt, InterestRuns: !p.stopped, Calendar: p.days.name}
	if in.has["ceiling"] {
		if err := p.takeCeiling(in, &answer); err != nil {
			return nil, err
		}
	}
	answer.Terms = p.terms
	if answer.Settled, err = loan.Settle(p.debt, p.payments, p.terms, p.asOf); err != nil {
		return nil, advised(err)
	}
	for _, payment := range p.payments {
		if payment.Date.After(p.asOf) {
			answer.Later++
		} else {
			answer.Received = answer.Received.Plus(payment.Amount)
		}
	}
	return answer.Calculation(), nil
}

// takeCeiling takes the rates of the law in place of bands.
func (p *penaltyInputs) takeCeiling(in *inputs, answer *report.Penalty) error {
	limit, known := law.PenaltyOn(p.ceiling)
	runs := !p.stopped
	if in.has["small-loan"] {
		var small law.SmallLoan
		if small, known = law.SmallLoanOn(p.ceiling); known && !small.Covers(p.small.principal, p.small.days) {
			return fmt.Errorf("--small-loan: %s for %d days is no small short loan; by the law of %s that is up to %s for up to %d days",
				p.small.principal, p.small.days, small.From, small.MaxSum, small.MaxDays)
		}
		limit, runs = law.Penalty{Basis: small.Basis, DailyPercent: small.PenaltyDailyPercent}, false
		answer.SmallLoan = &small
	}
	if !known {
		return fmt.Errorf("--ceiling %s: no ceiling is known for contracts of that date", p.ceiling)
	}
	answer.Law = &limit
	most := loan.PenaltyCeiling(limit, runs, p.terms.Penalty.Rounding)
	p.terms.Penalty.Bands, p.terms.Penalty.Basis = most.Bands, most.Basis
	return nil
}
