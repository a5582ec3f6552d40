package main

import (
	"errors"
	"fmt"
	"slices"

	"tieout/calc/loan"
)

// accrualInputs are the terms of interest that accrues day by day.
type accrualInputs struct{ loan.AccrualTerms }

func (a *accrualInputs) params(p *penaltyInputs) []param {
	a.Rounding.To = kopecks
	return []param{
		{name: "interest-rate", what: "percent", usage: "interest accrues day by day at this rate on the principal left; the rows then state none", set: percentTo(&a.Percent)},
		{name: "interest-per", what: "time", usage: "what that rate is for: " + choiceWords(penaltyBases), set: choiceTo(&a.Basis, penaltyBases)},
		{name: "interest-from", what: "date", usage: "the day from which interest accrues, that of the issue", set: dateTo(&p.debt.Start)},
		{name: "interest-on-overdue", isSwitch: true, usage: "overdue principal bears interest too", set: switchTo(&a.OnOverdue)},
		{name: "interest-after-end", isSwitch: true, usage: "interest goes on after the last due date", set: switchTo(&a.AfterEnd)},
		{name: "delinquency-rate", what: "percent", usage: "the rate in place of --interest-rate while an earlier row is overdue", set: percentTo(&a.DelinquencyPercent)},
		{name: "delinquency-delay", what: "days", usage: "so many days of a row's time the regular rate goes on before (default 0)", set: countTo(&a.DelinquencyDelay)},
		{
			name: "delinquency-till-next", isSwitch: true,
			usage: "once charged, the delinquency rate holds to the end of the row's time, though what was overdue " +
				"is paid",
			set: switchTo(&a.TillNextRow),
		},
		{name: "delinquency-keep", isSwitch: true, usage: "once a row was overdue the delinquency rate holds to the end of the loan", set: switchTo(&a.KeepDelinquency)},
		{name: "interest-rounding", what: "rounding", usage: "rounding of that interest (default half up to 0.01)", set: roundingTo(&a.Rounding.To)},
		{
			name: "interest-round-per", what: "time",
			usage: "how often it is rounded: " + choiceWords(roundingTimes) + " (default row; band: the days at one rate)",
			set:   choiceTo(&a.Rounding.When, roundingTimes),
		},
	}
}

// take sets the terms of interest of a debt, if there are any.
func (a *accrualInputs) take(in *inputs, p *penaltyInputs) error {
	if !in.has["interest-rate"] {
		return in.useless("goes with --interest-rate", "interest-per", "interest-from", "interest-on-overdue", "interest-after-end",
			"delinquency-rate", "delinquency-delay", "delinquency-till-next", "delinquency-keep", "interest-rounding", "interest-round-per")
	}
	switch {
	case !in.has["interest-per"] || !in.has["interest-from"]:
		return fmt.Errorf("--interest-rate needs --interest-per, to know what it is for (%s), and --interest-from", choiceWords(penaltyBases))
	case slices.ContainsFunc(p.debt.Rows, func(r loan.DebtRow) bool { return r.Interest.Sign() != 0 }):
		return errors.New("the rows of --due state their interest; with --interest-rate it accrues, and they state principal and fees alone")
	}
	if !in.has["delinquency-rate"] {
		if err := in.useless("goes with --delinquency-rate", "delinquency-delay", "delinquency-till-next", "delinquency-keep"); err != nil {
			return err
		}
	}
	p.terms.Interest = &a.AccrualTerms
	return nil
}
