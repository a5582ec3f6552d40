package main

import (
	"errors"
	"fmt"
	"slices"

	"tieout/calc/loan"
	"tieout/report"
)

var repayments = []choice[loan.Repayment]{
	{"annuity", loan.ByAnnuity},
	{"payments", loan.ByPayments},
	{"equal-principal", loan.ByEqualPrincipal},
	{"at-end", loan.AtTheEnd},
	{"shares", loan.ByShares},
}

var residues = []choice[loan.Residue]{{"last", loan.ResidueLast}, {"first", loan.ResidueFirst}}

var searches = []choice[loan.Search]{{"best", loan.BestSearch}, {"formula", loan.ByFormula}, {"trial", loan.ByTrial}}

var ratesFor = []choice[loan.RateFor]{
	{"day", loan.PerDay},
	{"installment", loan.PerInstallment},
	{"step", loan.PerStep},
	{"month", loan.PerMonthOf12},
	{"year-360", loan.PerYear360},
	{"year-365", loan.PerYear365},
	{"year-366", loan.PerYear366},
	{"year-actual", loan.PerYearActual},
}

var chargings = []choice[loan.Charging]{
	{"withheld", loan.Withheld}, {"added", loan.Added}, {"each", loan.EachRepayment},
}

// scheduleInputs are the terms under construction.
type scheduleInputs struct {
	loan.Terms
	dates dueDates
	cost  costOptions
}

func scheduleCalculation() calculation {
	s := &scheduleInputs{}
	s.Rounding = loan.Roundings{Interest: kopecks, Payment: kopecks, Fee: kopecks}
	return calculation{
		use:   "schedule",
		short: "The payment schedule of a loan, with its full cost",
		long: "schedule makes the payment schedule of a loan from its terms: each installment with its\n" +
			"interest, principal and fees, the totals, the full cost and the effective rate.\n" +
			"How the rate is meant (--rate-per) and how is repaid (--repayment) has to be said; the\n" +
			"roundings are half up to 0.01 unless others are given.",
		example: "  tieout calc schedule --principal 5000 --issue 2019-01-23 --installments 2 \\\n" +
			"    --method days --every 30 --rate 0.7 --rate-per day --repayment annuity \\\n" +
			"    --interest-rounding 1 --payment-rounding 1\n" +
			"  tieout calc schedule --terms testdata/calc/terms.yaml -o schedule.xlsx",
		params:  slices.Concat(s.params(), s.dates.params(), s.roundings(), s.cost.params()),
		answers: s.schedule,
	}
}

func (s *scheduleInputs) params() []param {
	return []param{
		{name: "principal", what: "amount", usage: "the sum lent", set: amountTo(&s.Principal)},
		{name: "issue", what: "date", usage: "the day of issue", set: dateTo(&s.Issue)},
		{name: "installments", what: "count", usage: "how many installments", set: countTo(&s.Installments)},
		{name: "rate", what: "percent", usage: "the rate of interest", set: percentTo(&s.Percent)},
		{
			name: "rate-per", what: "time",
			usage: "what the rate is for: " + choiceWords(ratesFor) + " (month: a yearly rate of which a month is a twelfth)",
			set:   choiceTo(&s.RateFor, ratesFor),
		},
		{name: "repayment", what: "way", usage: "how is repaid: " + choiceWords(repayments), set: choiceTo(&s.Repayment, repayments)},
		{
			name: "payment", what: "amount", many: true,
			usage: "for --repayment payments: one for all installments but the last, or each of those (several)",
			set:   listTo(&s.Payments, parseAmount),
		},
		{name: "share", what: "percent", many: true, usage: "for --repayment shares: the part of the principal of each installment (several)", set: listTo(&s.Shares, parsePercent)},
		{name: "residue", what: "installment", usage: "which installment takes what roundings leave: last (default) or first", set: choiceTo(&s.Residue, residues)},
		{name: "search", what: "way", usage: "how the payment of an annuity is found: best (default), formula or trial", set: choiceTo(&s.Search, searches)},
		{
			name: "rate-period", what: "installments=percent", many: true, fields: []string{"installments", "rate"},
			usage: "another rate for the first so many installments, then for the next (several)",
			set:   s.ratePeriod,
		},
		{name: "on-loan", isSwitch: true, usage: "interest on the whole loan instead of what is left of it", set: switchTo(&s.OnLoan)},
		{name: "both-ends", isSwitch: true, usage: "the first day of an installment earns interest, as the last does", set: switchTo(&s.BothEnds)},
		{name: "free-days", what: "count", usage: "the first so many days earn no interest", set: countTo(&s.FreeDays)},
		{name: "grace-days", what: "count", usage: "a loan repaid within so many days costs no interest", set: countTo(&s.GraceDays)},
		{
			name: "fee", what: "when,percent,fixed", many: true, fields: []string{"when", "percent", "fixed", "in-full-cost"}, set: s.fee,
			usage: "a fee: when it is paid (" + choiceWords(chargings) + "), its percent of the principal and a fixed sum, " +
				"such as when=each,fixed=50; in-full-cost=no leaves it out of the full cost (several)",
		},
		{name: "due", what: "date", many: true, usage: "the due dates, where they are known (several)", set: listTo(&s.Due, plainDate)},
	}
}

func (s *scheduleInputs) roundings() []param {
	r := &s.Rounding
	return []param{
		{name: "interest-rounding", what: "rounding", usage: "rounding of interest (default half up to 0.01)", set: roundingTo(&r.Interest)},
		{
			name: "payment-rounding", what: "rounding",
			usage: "rounding of the payment of an annuity, or of the part of the principal (default half up to " +
				"0.01)",
			set: roundingTo(&r.Payment),
		},
		{name: "fee-rounding", what: "rounding", usage: "rounding of fees in percent (default half up to 0.01)", set: roundingTo(&r.Fee)},
	}
}

func (s *scheduleInputs) ratePeriod(g *given) error {
	var p loan.RatePeriod
	err := part(g, "installments", true, &p.Installments, parseCount)
	if err == nil {
		err = part(g, "rate", true, &p.Percent, parsePercent)
	}
	s.RatePeriods = append(s.RatePeriods, p)
	return err
}

func (s *scheduleInputs) fee(g *given) error {
	var f loan.Fee
	counts := true
	err := part(g, "when", true, &f.Charging, func(text string) (loan.Charging, error) { return parseChoice(text, chargings) })
	if err == nil {
		err = part(g, "percent", false, &f.Percent, parsePercent)
	}
	if err == nil {
		err = part(g, "fixed", false, &f.Fixed, parseAmount)
	}
	if err == nil {
		err = part(g, "in-full-cost", false, &counts, parseSwitch)
	}
	if err == nil && f.Percent.Sign() == 0 && f.Fixed.Sign() == 0 {
		err = errors.New("the fee is neither a percent nor a fixed sum")
	}
	f.NotInFullCost = !counts
	s.Fees = append(s.Fees, f)
	return err
}

// check refuses terms that are missing or contradict each other.
func (s *scheduleInputs) check(in *inputs) error {
	if err := in.need("principal", "issue", "rate", "rate-per", "repayment"); err != nil {
		return err
	}
	if in.has["due"] {
		if !in.has["installments"] {
			s.Installments = len(s.Due)
		}
		if err := s.checkDue(in); err != nil {
			return err
		}
	} else if err := in.need("installments", "method"); err != nil {
		return err
	} else if s.dates.daysOff == "keep" {
		if err := in.useless("is of use only with --days-off move or carry", "country", "calendar", "weekends-only"); err != nil {
			return err
		}
	}
	if s.Installments > loan.MaxInstallments {
		return fmt.Errorf("--installments %d: a schedule has at most %d", s.Installments, loan.MaxInstallments)
	}
	if s.BothEnds && (s.RateFor == loan.PerMonthOf12 || s.RateFor == loan.PerInstallment) {
		return errors.New("--both-ends counts days, which a rate for a month or an installment does not")
	}
	for _, only := range []struct {
		name string
		with loan.Repayment
	}{{"payment", loan.ByPayments}, {"share", loan.ByShares}, {"search", loan.ByAnnuity}} {
		if in.has[only.name] && s.Repayment != only.with {
			return fmt.Errorf("--%s is for --repayment %s", only.name, repaymentWord(only.with))
		}
		if only.name != "search" && !in.has[only.name] && s.Repayment == only.with {
			return fmt.Errorf("--repayment %s needs --%s", repaymentWord(only.with), only.name)
		}
	}
	if s.Repayment == loan.AtTheEnd {
		return in.useless("means nothing with --repayment at-end: only the last installment repays", "residue", "payment-rounding")
	}
	return nil
}

// checkDue refuses what means nothing beside given dates. They tell how long a step
// is to nobody: where the rate is for a step, that has to be said.
func (s *scheduleInputs) checkDue(in *inputs) error {
	err := in.useless("does not go with --due: the dates are given", "days-off", "country", "calendar", "weekends-only")
	switch {
	case err != nil:
		return err
	case s.RateFor == loan.PerMonthOf12 || s.RateFor == loan.PerStep:
		if !in.has["method"] || !in.has["every"] {
			return errors.New("--due with --rate-per month or step needs --method and --every, to know how many months or days an installment is charged for")
		}
		return nil
	}
	return in.useless("sets no dates beside --due, and only --rate-per month and step ask what a step is", "method", "every")
}

func repaymentWord(r loan.Repayment) string {
	for _, c := range repayments {
		if c.value == r {
			return c.word
		}
	}
	return ""
}

func (s *scheduleInputs) schedule(in *inputs) (*report.Calculation, error) {
	if err := s.check(in); err != nil {
		return nil, err
	}
	var err error
	if s.Step, err = s.dates.stepping(in); err != nil {
		return nil, err
	}
	answer := report.Schedule{Terms: s.Terms, Calendar: s.dates.name}
	if answer.Plan, err = loan.Plan(s.Terms); err != nil {
		return nil, advised(err)
	}
	if answer.Cost, err = s.cost.cost(answer.Plan.Flows()); err != nil {
		return nil, err
	}
	return answer.Calculation(), nil
}

// advised adds what can be done about an error that the terms lead to.
func advised(err error) error {
	switch {
	case errors.Is(err, loan.ErrUnknownDay):
		return fmt.Errorf("%w; a file for --calendar can add years to a country's calendar", err)
	case errors.Is(err, loan.ErrOrder):
		return fmt.Errorf("%w: --order names every part once: %s", err, choiceWords(debtParts))
	case errors.Is(err, loan.ErrRateStep):
		return fmt.Errorf("%w: --rate-per step is for --method days and days-from-issue, and --rate-per month is for --method calendar-months, month-ends and jalali-months", err)
	}
	return err
}
