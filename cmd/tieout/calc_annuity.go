package main

import (
	"errors"
	"fmt"

	"tieout/calc/date"
	"tieout/calc/loan"
	"tieout/report"
)

func annuityCalculation() calculation {
	a := report.Annuity{Rounding: kopecks, Fits: true}
	var from, to jalaliDate
	return calculation{
		use:   "annuity",
		short: "The equal payment of a loan, or the rate or months that its benefit reveals",
		long: "annuity calculates the payment and the benefit (all interest) of a loan that is repaid in\n" +
			"equal monthly payments; or, given the benefit or the payment in place of the rate or of the\n" +
			"months, the rate or the months. Where no round rate fits it tells between which rates all\n" +
			"that fit lie. The benefit of Iranian banks is cut to whole units: --rounding down-to-1.\n" +
			"In place of the months two dates may be given; those of the Iranian calendar are counted\n" +
			"in its months.",
		example: "  tieout calc annuity --principal 600000000 --rate 16 --months 144 --rounding 1\n" +
			"  tieout calc annuity --principal 600000000 --benefit 752873056 --from 1397/02/30 --to 1409/02/30\n" +
			"  tieout calc annuity --principal 600000000 --rate 16 --benefit 752873056 --rounding down-to-1",
		params: []param{
			{name: "principal", what: "amount", usage: "the sum lent", set: amountTo(&a.Principal)},
			{name: "rate", what: "percent", usage: "the yearly rate, of which each month charges a twelfth", set: percentTo(&a.Rate)},
			{name: "benefit", what: "amount", usage: "all interest together, to find the rate or the months", set: amountTo(&a.Benefit)},
			{name: "payment", what: "amount", usage: "the monthly payment, to find the rate or the months", set: amountTo(&a.Payment)},
			{name: "months", what: "count", usage: "how many payments", set: countTo(&a.Months)},
			{name: "from", what: "date", usage: "the day of issue, 2018-05-20 or 1397/02/30, in place of the months", set: from.set},
			{name: "to", what: "date", usage: "the day of the last payment", set: to.set},
			{
				name: "rounding", what: "rounding",
				usage: "rounding of the payment and of the benefit (default half up to 0.01; a whole benefit given is " +
					"tried cut to whole units too)",
				set: roundingTo(&a.Rounding),
			},
		},
		answers: func(in *inputs) (*report.Calculation, error) { return annuity(in, &a, from, to) },
	}
}

// jalaliDate is a date with the calendar it was written in.
type jalaliDate struct {
	date.Date
	iranian bool
}

func (d *jalaliDate) set(g *given) (err error) {
	d.Date, d.iranian, err = parseDate(g.text)
	return err
}

// monthsUntil counts whole months in the calendar of the two dates.
func (d jalaliDate) monthsUntil(e jalaliDate) (int, error) {
	if d.iranian != e.iranian {
		return 0, fmt.Errorf("--from and --to are of two calendars; give both in one")
	}
	if !d.Before(e.Date) {
		return 0, fmt.Errorf("--to is not after --from")
	}
	if d.iranian {
		from, _ := d.Jalali()
		to, _ := e.Jalali()
		return from.MonthsUntil(to), nil
	}
	return d.MonthsUntil(e.Date), nil
}

// annuity finds what is not given: the payment and the benefit, the rate or the months.
func annuity(in *inputs, a *report.Annuity, from, to jalaliDate) (*report.Calculation, error) {
	if err := checkAnnuity(in, a); err != nil {
		return nil, err
	}
	if in.has["from"] {
		var err error
		if a.MonthsBetween, err = from.monthsUntil(to); err != nil {
			return nil, err
		}
		a.Months = a.MonthsBetween
	}
	if (in.has["months"] || in.has["from"]) && (a.Months < 1 || a.Months > loan.MaxMonths) {
		return nil, fmt.Errorf("%w: %d", loan.ErrTerm, a.Months)
	}
	a.BenefitRounding = a.Rounding
	switch printed := in.has["benefit"] || in.has["payment"]; {
	case printed && in.has["rate"]:
		a.Inferred = report.InferredMonths
	case printed:
		a.Inferred = report.InferredRates
	}
	if a.Inferred != report.InferredNothing {
		inferAnnuity(in, a)
	}
	if !a.Fits {
		return a.Calculation(), nil
	}
	return calculateAnnuity(in, a)
}

// calculateAnnuity finds the payment and the benefit, but for the one given.
func calculateAnnuity(in *inputs, a *report.Annuity) (*report.Calculation, error) {
	var err error
	if !in.has["payment"] {
		if a.Payment, err = loan.Annuity(a.Principal, a.Rate, a.Months, a.Rounding); err != nil {
			return nil, err
		}
	}
	if !in.has["benefit"] {
		if a.Benefit, err = loan.AnnuityBenefit(a.Principal, a.Rate, a.Months, a.BenefitRounding); err != nil {
			return nil, err
		}
	}
	return a.Calculation(), nil
}

// checkAnnuity refuses what is missing, contradicts each other, or is no sum.
func checkAnnuity(in *inputs, a *report.Annuity) error {
	err := errors.Join(in.need("principal"),
		in.notBoth("benefit", "payment", "the one follows from the other"),
		in.notBoth("months", "from", "the months follow from the dates"),
		in.notBoth("months", "to", "the months follow from the dates"))
	if err == nil {
		err = positive("principal", a.Principal)
	}
	if err == nil && in.has["payment"] {
		err = positive("payment", a.Payment)
	}
	if err == nil && (in.has["from"] || in.has["to"]) {
		err = in.need("from", "to")
	}
	if err != nil {
		return err
	}
	printed, term := in.has["benefit"] || in.has["payment"], in.has["months"] || in.has["from"]
	switch {
	case a.Benefit.Sign() < 0:
		return fmt.Errorf("--benefit is %s; it cannot be below 0", a.Benefit)
	case !in.has["rate"] && !printed:
		return errors.New("annuity needs --rate, to find the payment, or --benefit or --payment, to find the rate")
	case in.has["rate"] && printed && term:
		return errors.New("the rate, the term and the benefit or payment are all given: leave out the one to be found")
	case !term && (!in.has["rate"] || !printed):
		return errors.New("annuity needs --months, or --from and --to; or --rate with --benefit or --payment, to find the months")
	case in.has["rate"] && a.Rate.Sign() == 0 && in.has["benefit"]:
		return errors.New("without interest the benefit is 0 over any term: --rate 0 finds no months")
	}
	return nil
}

// inferAnnuity finds the rate, or the months, of a printed benefit or payment. Where no
// rounding is given it is that of kopecks, and of a benefit in whole units, as Iranian
// banks print it, that too.
func inferAnnuity(in *inputs, a *report.Annuity) {
	printed := loan.PrintedAnnuity{Principal: a.Principal, Sum: a.Benefit, Rounding: a.Rounding}
	if a.ByPayment = in.has["payment"]; a.ByPayment {
		printed.Sum, printed.IsPayment = a.Payment, true
	}
	if a.Fits = fitAnnuity(a, printed); a.Fits {
		return
	}
	if !in.has["rounding"] && in.has["benefit"] && a.Benefit.IsWhole() {
		printed.Rounding, a.BenefitRounding = loan.WholeDown, loan.WholeDown
		if a.Fits = fitAnnuity(a, printed); a.Fits {
			return
		}
	}
	if a.Inferred == report.InferredRates {
		a.Low, a.High, a.Enclosed = printed.Rates(a.Months)
	}
}

// fitAnnuity finds what is asked for with one rounding.
func fitAnnuity(a *report.Annuity, printed loan.PrintedAnnuity) (fits bool) {
	if a.Inferred == report.InferredMonths {
		a.Months, a.MostMonths, fits = printed.Months(a.Rate)
		return fits
	}
	if a.MonthsBetween == 0 {
		a.Rate, fits = printed.Rate(a.Months)
		return fits
	}
	rate, over, fits := printed.RateBetween(a.MonthsBetween)
	if fits {
		a.Rate, a.Months = rate, over
	}
	return fits
}
