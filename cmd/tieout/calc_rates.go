package main

import (
	"errors"
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
	"tieout/ingest"
	"tieout/report"
)

// kopecks is the rounding of sums unless another is given.
var kopecks = calc.Rounding{Mode: calc.HalfUp, Scale: loan.Kopeck}

// costOptions say how the full cost and the effective rate are stated.
type costOptions struct {
	base     loan.Period
	rounding calc.Rounding
}

func (o *costOptions) params() []param {
	o.rounding = calc.Rounding{Mode: calc.HalfUp, Scale: 3}
	return []param{
		{name: "base-period", what: "period", usage: "base period of the full cost: auto (chosen from the payments), month, year, 30 days, 2 months", set: func(g *given) (err error) {
			if o.base = (loan.Period{}); g.text != "auto" {
				o.base, err = parsePeriod(g.text)
			}
			return err
		}},
		{name: "rate-rounding", what: "rounding", usage: "rounding of the effective rate (default half up to 0.001)", set: roundingTo(&o.rounding)},
	}
}

// cost calculates the full cost and the effective rate of flows.
func (o *costOptions) cost(flows []loan.Flow) (report.FullCost, error) {
	f := report.FullCost{Flows: flows, Base: o.base, Rounding: o.rounding}
	if o.rounding.Scale > loan.MaxRateScale {
		return f, fmt.Errorf("--rate-rounding: a rate has at most %d decimals", loan.MaxRateScale)
	}
	if f.Base == (loan.Period{}) {
		var err error
		f.Chosen = true
		if f.Base, err = loan.BasePeriod(flows); err != nil {
			return f, err
		}
	}
	if f.Percent, f.Err = loan.FullCost(flows, f.Base); errors.Is(f.Err, loan.ErrPeriod) || errors.Is(f.Err, loan.ErrFlows) {
		return f, f.Err
	}
	f.Rate, f.RateErr = loan.EffectiveRate(flows, o.rounding)
	return f, nil
}

// flowFields are the fields of a flow and of a payment.
var flowFields = []string{"date", "amount"}

func parseFlow(g *given) (f loan.Flow, err error) {
	if err = part(g, "date", true, &f.Date, plainDate); err == nil {
		err = part(g, "amount", true, &f.Amount, parseAmount)
	}
	return f, err
}

func fullCostCalculation() calculation {
	var o costOptions
	var flows []loan.Flow
	var file string
	flow := param{
		name: "flow", what: "date=amount", many: true, fields: flowFields,
		usage: "what changes hands on a day; what is lent has a minus (several)",
		set: func(g *given) error {
			f, err := parseFlow(g)
			flows = append(flows, f)
			return err
		},
	}
	return calculation{
		use:   "fullcost",
		short: "The full cost of a credit, and the effective rate, of dated flows",
		long: "fullcost calculates the full cost of a credit (полная стоимость кредита, ПСК) by article 6\n" +
			"of the Russian law 353-FZ, and the effective yearly rate for the lender (XIRR), of the\n" +
			"sums that change hands: what is lent with a minus, what is paid back with none.\n" +
			"A file of flows is CSV with the titles date and amount, or YAML or JSON: a list of\n" +
			"{date: 2020-01-01, amount: -5000}, or a mapping of dates to amounts.",
		example: "  tieout calc fullcost --flow 2019-01-23=-5000 --flow 2019-02-22=3312 --flow 2019-03-24=3313\n" +
			"  tieout calc fullcost --flows testdata/calc/flows.csv --base-period month -o cost.xlsx",
		params: slices.Concat([]param{
			flow,
			{name: "flows", what: "file", isFile: true, usage: "a .csv, .yaml or .json file of flows", set: func(g *given) error { file = g.text; return nil }},
		}, o.params()),
		answers: func(in *inputs) (*report.Calculation, error) {
			if file != "" {
				if err := in.notBoth("flow", "flows", "give the flows by flags or in a file"); err != nil {
					return nil, err
				}
				if err := readFlows(in, &flow, file); err != nil {
					return nil, err
				}
			}
			if len(flows) == 0 {
				return nil, errors.New("fullcost needs the flows: --flow 2020-01-01=-5000 for what is lent and --flow 2020-02-01=5600 for what is paid back, or --flows with a file")
			}
			lent := func(f loan.Flow) bool { return f.Amount.Sign() < 0 }
			if !slices.ContainsFunc(flows, lent) {
				return nil, errors.New("no flow has a minus: what is lent is written with one, such as 2020-01-01=-5000")
			}
			cost, err := o.cost(flows)
			if err != nil {
				return nil, err
			}
			return cost.Calculation(), nil
		},
	}
}

// readFlows reads a file of flows.
func readFlows(in *inputs, flow *param, file string) error {
	s, err := in.readSettings(file)
	if err != nil {
		return err
	}
	if s.Kind == ingest.SettingText || len(s.Values) == 0 {
		return &unreadError{s.Fail("flows are expected: a list of dates and amounts")}
	}
	values, err := flow.items(&s)
	if err != nil {
		return &unreadError{err}
	}
	for i := range values {
		if err := flow.set(&values[i]); err != nil {
			return &unreadError{values[i].fail(err)}
		}
	}
	return nil
}

func annuityCalculation() calculation {
	a := report.Annuity{Rounding: kopecks, Fits: true}
	var from, to jalaliDate
	return calculation{
		use:   "annuity",
		short: "The equal monthly payment of a loan, or the rate that its benefit reveals",
		long: "annuity calculates the payment and the benefit (all interest) of a loan that is repaid in\n" +
			"equal monthly payments; or, given the benefit in place of the rate, the rate.\n" +
			"In place of the months two dates may be given; those of the Iranian calendar are counted\n" +
			"in its months.",
		example: "  tieout calc annuity --principal 600000000 --rate 16 --months 144 --rounding 1\n" +
			"  tieout calc annuity --principal 600000000 --benefit 752873056 --from 1397/02/30 --to 1409/02/30",
		params: []param{
			{name: "principal", what: "amount", usage: "the sum lent", set: amountTo(&a.Principal)},
			{name: "rate", what: "percent", usage: "the yearly rate, of which each month charges a twelfth", set: percentTo(&a.Rate)},
			{name: "benefit", what: "amount", usage: "all interest together, to find the rate", set: amountTo(&a.Benefit)},
			{name: "months", what: "count", usage: "how many payments", set: countTo(&a.Months)},
			{name: "from", what: "date", usage: "the day of issue, 2018-05-20 or 1397/02/30, in place of the months", set: from.set},
			{name: "to", what: "date", usage: "the day of the last payment", set: to.set},
			{name: "rounding", what: "rounding", usage: "rounding of the payment (default half up to 0.01)", set: roundingTo(&a.Rounding)},
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

func annuity(in *inputs, a *report.Annuity, from, to jalaliDate) (*report.Calculation, error) {
	err := errors.Join(in.need("principal"),
		in.notBoth("rate", "benefit", "the one follows from the other"),
		in.notBoth("months", "from", "the months follow from the dates"),
		in.notBoth("months", "to", "the months follow from the dates"))
	if err == nil {
		err = positive("principal", a.Principal)
	}
	if err != nil {
		return nil, err
	}
	if !in.has["rate"] && !in.has["benefit"] {
		return nil, errors.New("annuity needs --rate, to find the payment, or --benefit, to find the rate")
	}
	if in.has["from"] || in.has["to"] {
		if err := in.need("from", "to"); err != nil {
			return nil, err
		}
		if a.MonthsBetween, err = from.monthsUntil(to); err != nil {
			return nil, err
		}
		a.Months = a.MonthsBetween
	} else if !in.has["months"] {
		return nil, errors.New("annuity needs --months, or --from and --to")
	}
	if a.Inferred = in.has["benefit"]; a.Inferred {
		inferRate(a)
	} else if a.Benefit, err = loan.AnnuityBenefit(a.Principal, a.Rate, a.Months); err != nil {
		return nil, err
	}
	if a.Fits {
		if a.Payment, err = loan.Annuity(a.Principal, a.Rate, a.Months, a.Rounding); err != nil {
			return nil, err
		}
	} else if a.Months < 1 || a.Months > loan.MaxMonths {
		return nil, fmt.Errorf("%w: %d", loan.ErrTerm, a.Months)
	}
	return a.Calculation(), nil
}

// inferRate finds the rate of the benefit. Between two dates there can be a payment
// less than months, when the first falls due after two.
func inferRate(a *report.Annuity) {
	if a.Rate, a.Fits = loan.InferAnnuityRate(a.Principal, a.Benefit, a.Months); a.Fits || a.MonthsBetween == 0 {
		return
	}
	if rate, fits := loan.InferAnnuityRate(a.Principal, a.Benefit, a.Months-1); fits {
		a.Rate, a.Fits = rate, true
		a.Months--
	}
}

func rateCalculation() calculation {
	var r report.InferredRate
	return calculation{
		use:   "rate",
		short: "The daily rate that printed interest reveals",
		long: "rate finds the daily rate in percent from interest as it is printed: each stretch is a time\n" +
			"in which the principal owed did not change, with its days and the interest for it.",
		example: "  tieout calc rate --stretch 16000,28,3136 --stretch 8560,8,479 --stretch 4039,6,170",
		params: []param{
			{
				name: "stretch", what: "principal,days,interest", many: true, fields: []string{"principal", "days", "interest"},
				usage: "principal owed, days, interest printed for them (several)",
				set: func(g *given) error {
					var s loan.Stretch
					err := part(g, "principal", true, &s.Principal, parseAmount)
					if err == nil {
						err = part(g, "days", true, &s.Days, parseCount)
					}
					if err == nil {
						err = part(g, "interest", true, &s.Interest, parseAmount)
					}
					r.Stretches = append(r.Stretches, s)
					return err
				},
			},
			{name: "rounding", what: "rounding", usage: "rounding of the printed interest (default half up to the decimals printed)", set: roundingTo(&r.Rounding)},
		},
		answers: func(in *inputs) (*report.Calculation, error) {
			if err := in.need("stretch"); err != nil {
				return nil, err
			}
			if !in.has["rounding"] {
				for _, s := range r.Stretches {
					r.Rounding.Scale = max(r.Rounding.Scale, s.Interest.Scale())
				}
			}
			r.Low, r.High, r.Daily, r.Fits = loan.InferDailyRate(r.Stretches, r.Rounding)
			return r.Calculation(), nil
		},
	}
}
