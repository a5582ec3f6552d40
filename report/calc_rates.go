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
	Err      error           // why there is no full cost
	Proof    *loan.CostProof // the bracket of the full cost, nil when it is not asked for
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
	f.proof(c)
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
	c.Reads("Full cost: article 6 of the Russian law 353-FZ. It is i times the base periods of a year of " +
		"365 days, in percent, half up to 0.001, where i is the least positive root of: sum of flow / " +
		"((1 + e i) (1 + i)^q) = 0; q are the whole base periods since the first flow and e the rest, " +
		"as a fraction of one.")
	if f.Chosen {
		c.Reads("Base period: the interval that lies most often between one payment and the next, of equally " +
			"frequent ones the shortest, and twelve months before 365 days; when none occurs twice, their " +
			"mean, rounded half up to whole days (353-FZ article 6; general knowledge, not verified).")
	} else {
		c.Reads("Base period: as given.")
	}
	if f.Base.Months > 0 {
		c.Reads("Days left over after whole months count as a fraction of the month they lie in; the law does not say.")
	}
	c.Reads("Effective rate: the yearly rate R with: sum of flow / (1 + R)^(days/365) = 0, " + f.Rounding.String() + ".")
	c.Reads("What is lent has a minus, what is paid back none; flows of one day count as their sum.")
}

// proof shows the bracket of the full cost.
func (f *FullCost) proof(c *Calculation) {
	if f.Proof == nil {
		return
	}
	signs := [...]string{"below 0", "not told from 0", "above 0"}
	t := calcTable{key: "proof", title: "Proof of the full cost", columns: []calcColumn{
		{key: "end", title: "End", kind: calcText, width: wordWidth},
		{key: "i", title: "i of a base period", kind: calcText, width: nameWidth},
		{key: "sum", title: "Sum of the flows at i", kind: calcText, width: nameWidth},
	}}
	t.rows = [][]calcValue{
		{textValue("low"), textValue(f.Proof.Low.String()), textValue(signs[f.Proof.SignLow+1])},
		{textValue("high"), textValue(f.Proof.High.String()), textValue(signs[f.Proof.SignHigh+1])},
	}
	c.table(t)
	if f.Proof.Proved() {
		c.Reads("Proof: the sum has opposite signs at the two ends, so a root lies between, and every rate between is stated as this full cost.")
	} else {
		c.Reads("Proof: none. The root cannot be told from an end of what is stated as this full cost, or several roots lie close together.")
	}
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
