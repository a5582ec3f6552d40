package report

import (
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/loan"
)

// FullCost is the full cost of a credit and the investor's rate, as calculated.
type FullCost struct {
	Flows    []loan.Flow
	Base     loan.Period
	Chosen   bool // the base period follows from the flows
	Percent  calc.Amount
	Err      error // why there is no full cost
	Rate     calc.Amount
	RateErr  error // why there is no effective rate
	Rounding calc.Rounding
}

// Calculation shows the full cost with its flows.
func (f *FullCost) Calculation() *Calculation {
	c := &Calculation{Kind: "fullcost", Title: "Full cost of a credit"}
	f.results(c)
	var lent, paid calc.Amount
	for _, flow := range f.Flows {
		if flow.Amount.Sign() < 0 {
			lent = lent.Minus(flow.Amount)
		} else {
			paid = paid.Plus(flow.Amount)
		}
	}
	c.result("lent", "Lent", amountValue(lent), "")
	c.result("paid_back", "Paid back", amountValue(paid), "")
	c.result("overpaid", "Paid back above the loan", amountValue(paid.Minus(lent)), "")
	c.level()
	c.table(flowTable(f.Flows, f.Base))
	f.read(c)
	return c
}

// results are the two rates, which a schedule shows as well.
func (f *FullCost) results(c *Calculation) {
	c.result("full_cost_percent", "Full cost", found(f.Percent, f.Err), "% a year")
	c.result("base_period", "Base period", textValue(f.Base.String()), "")
	c.result("base_periods_per_year", "Base periods a year", textValue(f.Base.PerYear()), "")
	c.result("effective_rate_percent", "Effective rate for the lender", found(f.Rate, f.RateErr), "% a year")
}

func (f *FullCost) read(c *Calculation) {
	c.Reads("Full cost: article 6 of the Russian law 353-FZ. It is i times the base periods of a year of 365 days, in percent, half up to 0.001, where i is the least positive root of: sum of flow / ((1 + e i) (1 + i)^q) = 0; q are the whole base periods since the first flow and e the rest, as a fraction of one.")
	if f.Chosen {
		c.Reads("Base period: the interval that lies most often between one payment and the next, of equally frequent ones the shortest; when none occurs twice, their mean in days.")
	} else {
		c.Reads("Base period: as given.")
	}
	if f.Base.Months > 0 {
		c.Reads("Days left over after whole months count as a fraction of the month they lie in; the law does not say.")
	}
	c.Reads("Effective rate: the yearly rate R with: sum of flow / (1 + R)^(days/365) = 0, " + f.Rounding.String() + ".")
	c.Reads("What is lent has a minus, what is paid back none; flows of one day count as their sum.")
}

// flowTable lists flows by date, each with its time in base periods.
func flowTable(flows []loan.Flow, base loan.Period) calcTable {
	flows = slices.Clone(flows)
	slices.SortStableFunc(flows, func(a, b loan.Flow) int { return a.Date.Compare(b.Date) })
	t := calcTable{key: "flows", title: "Flows", totalled: true, columns: []calcColumn{
		{key: "date", title: "Date", kind: calcText, width: wordWidth},
		{key: "days", title: "Days since the first", kind: calcCount, width: wordWidth},
		{key: "periods", title: "Whole periods (q)", kind: calcCount, width: wordWidth},
		{key: "rest", title: "Rest (e)", kind: calcText, width: wordWidth},
		{key: "amount", title: "Amount", kind: calcAmount, width: amountWidth, summed: true},
	}}
	for _, f := range flows {
		q, rest, of, err := base.Count(flows[0].Date, f.Date)
		e := noValue("")
		if err == nil {
			e = textValue(fmt.Sprintf("%d/%d", rest, of))
		}
		t.rows = append(t.rows, []calcValue{
			dateValue(f.Date), countValue(f.Date.DaysSince(flows[0].Date)), countValue(q), e, amountValue(f.Amount),
		})
	}
	return t
}

// Annuity is an annuity, or the rate that its benefit reveals.
type Annuity struct {
	Principal calc.Amount
	Months    int
	// MonthsBetween is how many months lie between the two dates given; 0 when the
	// months were given.
	MonthsBetween int
	Rate          calc.Amount
	Inferred      bool // the rate follows from the benefit
	Fits          bool // a rate was given or found
	Benefit       calc.Amount
	Payment       calc.Amount
	Rounding      calc.Rounding
}

// Calculation shows the annuity.
func (a *Annuity) Calculation() *Calculation {
	c := &Calculation{Kind: "annuity", Title: "Annuity: equal monthly payments"}
	rate, payment := amountValue(a.Rate), amountValue(a.Payment)
	if !a.Fits {
		rate = noValue("no rate of whole, half or quarter percents up to 60 gives this benefit to the last digit")
		payment = noValue("without a rate")
	}
	if a.Inferred {
		c.Title = "Annuity: the rate that a benefit reveals"
		c.result("rate_percent", "Rate", rate, "% a year")
	}
	c.result("payment", "Monthly payment", payment, "")
	c.result("benefit", "Benefit (all interest)", amountValue(a.Benefit), "")
	c.result("total", "Principal and benefit", amountValue(a.Principal.Plus(a.Benefit)), "")
	c.result("principal", "Principal", amountValue(a.Principal), "")
	if !a.Inferred {
		c.result("rate_percent", "Rate", rate, "% a year")
	}
	c.result("months", "Months", countValue(a.Months), "")
	c.Reads("Payment: P r / (1 - (1 + r)^-n), where r is a twelfth of the yearly rate and n the months, rounded " + a.Rounding.String() + "; P/n without interest.")
	c.Reads("Benefit: n times the payment with all its digits, cut to whole units, less the principal, as Iranian banks state it.")
	if a.MonthsBetween > 0 {
		words := fmt.Sprintf("Months: between the two dates lie %d whole months, counted in the calendar of the dates", a.MonthsBetween)
		if a.Months != a.MonthsBetween {
			words += fmt.Sprintf("; the benefit fits %d, one month less", a.Months)
		}
		c.Reads(words + ".")
	}
	if a.Inferred {
		c.Reads("Rate: of whole percents up to 60, then halves, then quarters, the first that gives the benefit to the last digit.")
	}
	return c
}

// InferredRate is the daily rate that printed interest reveals.
type InferredRate struct {
	Stretches        []loan.Stretch
	Low, High, Daily calc.Amount
	Fits             bool
	Rounding         calc.Rounding
}

// Calculation shows the rate, and the interest it gives beside what is printed; or the
// rates that each stretch allows, when none reproduces all.
func (r *InferredRate) Calculation() *Calculation {
	c := &Calculation{Kind: "rate", Title: "Daily rate behind printed interest"}
	if r.Fits {
		c.result("daily_rate_percent", "Rate", amountValue(r.Daily), "% a day")
		c.result("yearly_rate_percent", "in a year of 365 days", amountValue(r.Daily.Times(365)), "% a year")
		low, high := inward(r.Low, r.High)
		c.result("lowest_percent", "Lowest that fits", low, "% a day")
		c.result("highest_percent", "Highest that fits", high, "% a day")
	} else {
		c.result("daily_rate_percent", "Rate", noValue("no daily rate gives all the printed interest, rounded "+r.Rounding.String()), "")
	}
	t := calcTable{key: "stretches", title: "Stretches", columns: []calcColumn{
		{key: "principal", title: "Principal", kind: calcAmount, width: amountWidth},
		{key: "days", title: "Days", kind: calcCount, width: wordWidth},
		{key: "interest", title: "Interest printed", kind: calcAmount, width: amountWidth},
	}}
	if r.Fits {
		t.columns = append(t.columns, calcColumn{key: "recomputed", title: "Interest at the rate", kind: calcAmount, width: amountWidth})
	}
	t.columns = append(t.columns,
		calcColumn{key: "lowest_percent", title: "Lowest % a day", kind: calcAmount, width: nameWidth},
		calcColumn{key: "highest_percent", title: "Highest % a day", kind: calcAmount, width: nameWidth})
	for _, s := range r.Stretches {
		row := []calcValue{amountValue(s.Principal), countValue(s.Days), amountValue(s.Interest)}
		if r.Fits {
			row = append(row, amountValue(loan.Interest(s.Principal, r.Daily, s.Days, loan.PerUnit, r.Rounding)))
		}
		low, high, _, ok := loan.InferDailyRate([]loan.Stretch{s}, r.Rounding)
		from, to := inward(low, high)
		if !ok {
			from, to = noValue("any or none"), noValue("any or none")
		}
		t.rows = append(t.rows, append(row, from, to))
	}
	c.table(t)
	c.Reads("Interest: principal * rate / 100 * days, rounded " + r.Rounding.String() + ".")
	c.Reads("Rate: of the rates that give every printed interest, the one with the fewest decimals; of equals the one in the middle.")
	c.Reads("The lowest and the highest rate are rounded into their interval, to twelve decimals.")
	return c
}

// inward are the bounds of an interval, rounded into it; as they are when it is too
// narrow for that.
func inward(low, high calc.Amount) (from, to calcValue) {
	const decimals = 12
	l := low.Round(calc.Rounding{Mode: calc.Ceiling, Scale: decimals})
	h := high.Round(calc.Rounding{Mode: calc.Floor, Scale: decimals})
	if l.Cmp(h) > 0 {
		l, h = low, high
	}
	return amountValue(l), amountValue(h)
}
