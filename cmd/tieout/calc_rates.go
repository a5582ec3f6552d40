package main

import (
	"errors"
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/loan"
	"tieout/report"
)

// kopecks is the rounding of sums unless another is given.
var kopecks = calc.Rounding{Mode: calc.HalfUp, Scale: loan.Kopeck}

// costOptions say how the full cost and the effective rate are stated.
type costOptions struct {
	base     loan.Period
	rounding calc.Rounding
	proof    bool
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
		{name: "proof", isSwitch: true, usage: "show the rates of a base period between which the full cost is proved to lie", set: switchTo(&o.proof)},
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
	if o.proof && f.Err == nil {
		proof, err := loan.ProveFullCost(flows, f.Base, f.Percent)
		if err != nil {
			return f, err
		}
		f.Proof = &proof
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
				if err := readRows(in, &flow, file); err != nil {
					return nil, err
				}
			}
			if len(flows) == 0 {
				return nil, errors.New("fullcost needs the flows: --flow 2020-01-01=-5000 for what is lent and --flow 2020-02-01=5600 for what is paid back, or --flows with a file")
			}
			if err := lentFirst(flows); err != nil {
				return nil, err
			}
			cost, err := o.cost(flows)
			if err != nil {
				return nil, err
			}
			return cost.Calculation(), nil
		},
	}
}

// lentFirst refuses flows that do not begin with what is lent. The sums of the first
// day count together: a fee can be paid on the day of issue.
func lentFirst(flows []loan.Flow) error {
	lent := func(f loan.Flow) bool { return f.Amount.Sign() < 0 }
	if !slices.ContainsFunc(flows, lent) {
		return errors.New("no flow has a minus: what is lent is written with one, such as 2020-01-01=-5000")
	}
	first := slices.MinFunc(flows, func(a, b loan.Flow) int { return a.Date.Compare(b.Date) }).Date
	var sum calc.Amount
	for _, f := range flows {
		if f.Date == first {
			sum = sum.Plus(f.Amount)
		}
	}
	if sum.Sign() > 0 {
		return fmt.Errorf("the first flow, of %s, is %s, a payment, before anything is lent: "+
			"what is lent has a minus and what is paid back has none; are the signs the other way round?", first, sum)
	}
	return nil
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
					switch {
					case err == nil && s.Days == 0:
						err = errors.New("the days are 0; interest is of one day or more")
					case err == nil && s.Principal.Sign() <= 0:
						err = fmt.Errorf("the principal is %s; it has to be above 0", s.Principal)
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
