package loan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/date"
)

// Printed is an installment as a document prints it; what it does not print is nil
// or no date.
type Printed struct {
	Number                                int // from 1
	Due                                   date.Date
	Interest, Principal, Payment, Closing *calc.Amount
}

// Printed is the row as a document prints it that prints all.
func (r Row) Printed() Printed {
	return Printed{Number: r.Number, Due: r.Due, Interest: &r.Interest, Principal: &r.Principal, Payment: &r.Payment, Closing: &r.Closing}
}

// Question is something that documents leave open.
type Question uint8

// The questions, in the order in which Fit asks them.
const (
	AskRate             Question = iota // Terms.RateFor
	AskBalance                          // Terms.OnLoan
	AskRepayment                        // Terms.Repayment
	AskInterestRounding                 // Terms.Rounding.Interest
	AskPaymentRounding                  // Terms.Rounding.Payment and Terms.Search
	questions
)

// Unrounded is the scale from which sums count as not rounded: such a reading is
// compared as the document would print it, half up to its decimals.
const Unrounded int32 = 20

// Reading is an answer to all questions, and what it makes of the printed rows.
type Reading struct {
	Terms    Terms
	Schedule Schedule
	Off      []Difference // by installment
	RowsOff  int
}

// Exact tells whether the reading gives everything that is printed.
func (r *Reading) Exact() bool { return len(r.Off) == 0 }

// String is the reading in words.
func (r *Reading) String() string {
	t := &r.Terms
	words := []string{t.RateFor.String(), "on the balance", t.Repayment.String(), "interest " + RoundingWords(t.Rounding.Interest)}
	if t.OnLoan {
		words[1] = "on the loan"
	}
	switch t.Repayment {
	case ByAnnuity:
		words = append(words, "payment "+RoundingWords(t.Rounding.Payment)+" "+t.Search.String())
	case ByEqualPrincipal, ByShares:
		words = append(words, "principal "+RoundingWords(t.Rounding.Payment))
	}
	return strings.Join(words, ", ")
}

// RoundingWords are a policy in words; from the scale Unrounded on it is none.
func RoundingWords(r calc.Rounding) string {
	if r.Scale >= Unrounded {
		return "not rounded"
	}
	return r.String()
}

// Difference is a figure that a reading does not give.
type Difference struct {
	Number           int    // of the installment
	Figure           string // due, interest, principal, payment, closing
	Printed, Planned string
}

// String is the difference in words.
func (d Difference) String() string {
	return fmt.Sprintf("installment %d: %s printed %s, should be %s", d.Number, d.Figure, d.Printed, d.Planned)
}

// Fit tries the readings of what documents leave open, and tells those that give
// the printed rows exactly; if none does, the one with the fewest rows off, of
// those with the fewest figures off. Without questions all are open; what is not
// asked is taken from the terms. The order is fixed: the questions and their
// answers come as they are declared, of roundings the decimals that are printed
// first. Ways to repay are tried where the terms have what they need: shares and
// given payments only when the terms list them. Roundings are tried half up, half
// even, down and up, to kopecks, to whole units, to the decimals printed, and not
// rounded at all.
//
// Terms without a number of installments have as many as the last row printed;
// where all rows print their dates and the terms have none, those are taken.
// There is no reading when none of them makes a schedule or nothing is printed.
func Fit(printed []Printed, partial Terms, open ...Question) []Reading {
	t := completed(printed, partial)
	if len(printed) == 0 {
		return nil
	}
	decimals := printedDecimals(printed)
	readings := []Terms{t}
	for _, q := range asked(open) {
		var next []Terms
		for _, t := range readings {
			next = append(next, q.answers(t, decimals)...)
		}
		readings = next
	}
	var exact []Reading
	var best *Reading
	for _, t := range readings {
		s, err := Plan(t)
		if err != nil {
			continue
		}
		r := Reading{Terms: t, Schedule: s}
		r.compare(printed, decimals)
		if r.Exact() {
			exact = append(exact, r)
		}
		if best == nil || cmp.Or(cmp.Compare(r.RowsOff, best.RowsOff), cmp.Compare(len(r.Off), len(best.Off))) < 0 {
			best = &r
		}
	}
	if exact == nil && best != nil {
		return []Reading{*best}
	}
	return exact
}

// completed takes from the printed rows how many there are and when.
func completed(printed []Printed, t Terms) Terms {
	last := 0
	for i := range printed {
		last = max(last, printed[i].Number)
	}
	if t.Installments == 0 {
		t.Installments = last
	}
	if t.Due != nil || len(printed) != t.Installments {
		return t
	}
	dates := make([]date.Date, len(printed))
	for i := range printed {
		if n := printed[i].Number; n >= 1 && n <= len(dates) {
			dates[n-1] = printed[i].Due
		}
	}
	if !slices.ContainsFunc(dates, date.Date.IsZero) {
		t.Due = dates
	}
	return t
}

// asked are the questions in their order, each once; all when none is named.
func asked(open []Question) []Question {
	all := make([]Question, 0, questions)
	for q := range questions {
		if len(open) == 0 || slices.Contains(open, q) {
			all = append(all, q)
		}
	}
	return all
}

// answers are the terms with every answer to a question.
func (q Question) answers(t Terms, decimals int32) []Terms {
	var all []Terms
	with := func(change func(t *Terms)) {
		other := t
		change(&other)
		all = append(all, other)
	}
	switch q {
	case AskRate:
		for r := PerDay; r <= PerYearActual; r++ {
			with(func(t *Terms) { t.RateFor = r })
		}
	case AskBalance:
		with(func(t *Terms) { t.OnLoan = false })
		with(func(t *Terms) { t.OnLoan = true })
	case AskRepayment:
		for r := ByAnnuity; r <= ByShares; r++ {
			if r == ByPayments && len(t.Payments) == 0 || r == ByShares && len(t.Shares) == 0 {
				continue
			}
			with(func(t *Terms) { t.Repayment = r })
		}
	case AskInterestRounding:
		for _, r := range roundings(decimals) {
			with(func(t *Terms) { t.Rounding.Interest = r })
		}
	case AskPaymentRounding:
		if t.Repayment == ByPayments || t.Repayment == AtTheEnd {
			return []Terms{t} // nothing else is rounded
		}
		for _, r := range roundings(decimals) {
			with(func(t *Terms) { t.Rounding.Payment, t.Search = r, ByFormula })
		}
		for _, scale := range scales(decimals) {
			if t.Repayment == ByAnnuity {
				with(func(t *Terms) { t.Rounding.Payment, t.Search = calc.Rounding{Scale: scale}, ByTrial })
			}
		}
	}
	return all
}

func scales(decimals int32) []int32 {
	all := []int32{decimals}
	for _, s := range []int32{Kopeck, Rouble} {
		if s != decimals {
			all = append(all, s)
		}
	}
	return all
}

func roundings(decimals int32) []calc.Rounding {
	var all []calc.Rounding
	for _, scale := range scales(decimals) {
		for _, mode := range []calc.Mode{calc.HalfUp, calc.HalfEven, calc.Down, calc.Up} {
			all = append(all, calc.Rounding{Mode: mode, Scale: scale})
		}
	}
	return append(all, calc.Rounding{Mode: calc.HalfEven, Scale: Unrounded})
}

// sums are the printed sums with their names; nil where one is not printed.
func (p *Printed) sums() [4]*calc.Amount {
	return [...]*calc.Amount{p.Interest, p.Principal, p.Payment, p.Closing}
}

var sumNames = [...]string{"interest", "principal", "payment", "closing"}

// printedDecimals are the most decimals of a printed sum; a number such as 1.5 can
// be 1.50 without its zero.
func printedDecimals(printed []Printed) (decimals int32) {
	for i := range printed {
		for _, sum := range printed[i].sums() {
			if sum != nil {
				decimals = max(decimals, sum.Scale())
			}
		}
	}
	return decimals
}

// compare lists what the schedule of a reading does not give.
func (r *Reading) compare(printed []Printed, decimals int32) {
	unrounded := r.Terms.Rounding.Interest.Scale >= Unrounded || r.Terms.Rounding.Payment.Scale >= Unrounded
	for i := range printed {
		p, before := &printed[i], len(r.Off)
		off := func(figure, printed, planned string) {
			r.Off = append(r.Off, Difference{p.Number, figure, printed, planned})
		}
		if p.Number < 1 || p.Number > len(r.Schedule.Rows) {
			off("number", fmt.Sprint(p.Number), fmt.Sprintf("1 to %d", len(r.Schedule.Rows)))
			r.RowsOff++
			continue
		}
		row := &r.Schedule.Rows[p.Number-1]
		if !p.Due.IsZero() && p.Due != row.Due {
			off("due", p.Due.String(), row.Due.String())
		}
		planned := [...]calc.Amount{row.Interest, row.Principal, row.Payment, row.Closing}
		for k, sum := range p.sums() {
			if sum == nil {
				continue
			}
			if unrounded {
				planned[k] = planned[k].Round(calc.Rounding{Scale: decimals})
			}
			if !sum.Equal(planned[k]) {
				off(sumNames[k], sum.String(), planned[k].String())
			}
		}
		if len(r.Off) > before {
			r.RowsOff++
		}
	}
	slices.SortStableFunc(r.Off, func(a, b Difference) int { return a.Number - b.Number })
}
