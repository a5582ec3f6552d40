package law

import (
	"tieout/calc"
	"tieout/calc/date"
)

// Scope is what a ceiling of the total counts.
type Scope string

// The scopes.
const (
	Interest Scope = "interest" // interest alone
	Charges  Scope = "charges"  // interest, penalties, fees and paid services
)

// Basis is where a line of law comes from.
type Basis struct {
	From     date.Date // the first day of contracts under it
	Source   string    // law and article, and who reported it
	Verified bool      // whether that source was read
}

// Ceiling is what a consumer microloan for up to a year may cost. Rates and
// multiples that the law does not set are nil.
type Ceiling struct {
	Basis
	DailyPercent    *calc.Amount // interest, percent a day
	FullCostPercent *calc.Amount // full cost of the credit, percent a year
	Multiple        calc.Amount  // the total, as a multiple of the sum lent
	OverdueMultiple *calc.Amount // once overdue, as a multiple of the part not repaid
	Counts          Scope        // what the total counts
}

// CeilingOn is the ceiling for contracts of a date; ok is false before the first.
func CeilingOn(d date.Date) (c Ceiling, ok bool) { return latest(ceilings(), d) }

// SmallLoan is the kind of loan that has ceilings of its own, for small sums and
// few days.
type SmallLoan struct {
	Basis
	MaxSum              calc.Amount // roubles
	MaxDays             int
	ChargesPercent      calc.Amount // all charges, percent of the sum lent
	PenaltyDailyPercent calc.Amount // of what is overdue, percent a day
}

// SmallLoanOn is the kind as it was for contracts of a date; ok is false before
// there was one.
func SmallLoanOn(d date.Date) (s SmallLoan, ok bool) { return latest(smallLoans(), d) }

// Covers tells whether a loan is small and short enough to be of the kind. Whether
// it is one, its contract says.
func (s SmallLoan) Covers(sum calc.Amount, days int) bool {
	return sum.Cmp(s.MaxSum) <= 0 && days <= s.MaxDays
}

// Penalty is what may be charged on an overdue sum.
type Penalty struct {
	Basis
	YearlyPercent calc.Amount // while interest runs on, percent a year
	DailyPercent  calc.Amount // where none runs, percent a day
}

// PenaltyOn is the ceiling of the penalty for contracts of a date; ok is false
// before the first.
func PenaltyOn(d date.Date) (p Penalty, ok bool) { return latest(penalties(), d) }

func (b Basis) from() date.Date { return b.From }

// latest is the last line in force on a date; lines are in order.
func latest[T interface{ from() date.Date }](lines []T, d date.Date) (line T, ok bool) {
	for _, l := range lines {
		if d.IsZero() || l.from().After(d) {
			break
		}
		line, ok = l, true
	}
	return line, ok
}
