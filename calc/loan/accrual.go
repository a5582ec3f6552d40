package loan

import (
	"errors"
	"fmt"
	"time"

	"tieout/calc"
	"tieout/calc/date"
)

// YearActual is the basis of a yearly rate whose days are each a 365th of their
// year, or a 366th of a leap year. Only accruals know it; an AccrualLine never
// crosses a year's end under it, and states the basis of its year.
const YearActual Basis = -1

// maxAccrualBasis keeps common denominators small.
const maxAccrualBasis = 36_525

// MaxAccrualDays is the longest time that is accrued over: a hundred years.
const MaxAccrualDays = 36_525

// ErrAccrualTerms means that a rate or a number of days is negative, or that the
// terms do not say what the rate is per.
var ErrAccrualTerms = errors.New("terms of interest that make no sense")

// AccrualWhen says how often accruals are rounded. What is rounded is always a
// sum: charged on a day is what the rounded sum grew by.
type AccrualWhen uint8

// The times of rounding.
const (
	RoundPerRow  AccrualWhen = iota // the whole sum of a due row, once
	RoundPerBand                    // the sum of a row's days at one rate: in one band, or at the regular or the delinquency rate
	RoundPerDay                     // the sum of a row's day
)

var accrualWhenWords = [...]string{"per row", "per band", "per day"}

// String is the time in words: per row, per band, per day.
func (w AccrualWhen) String() string {
	if int(w) < len(accrualWhenWords) {
		return accrualWhenWords[w]
	}
	return fmt.Sprintf("time of rounding %d", uint8(w))
}

// AccrualRounding is a policy of rounding accruals. The zero value, the default,
// rounds each row's sum once, half up to whole units.
type AccrualRounding struct {
	When AccrualWhen
	To   calc.Rounding
}

// String is the policy in words: per day, down to 0.01.
func (r AccrualRounding) String() string { return r.When.String() + ", " + r.To.String() }

// AccrualKind says what accrues on what.
type AccrualKind uint8

// The kinds of accruals.
const (
	RegularInterest     AccrualKind = iota // interest at the regular rate, on principal
	DelinquencyInterest                    // interest at the rate for loans with overdue rows, on principal
	PenaltyOnPrincipal                     // penalty on overdue principal
	PenaltyOnInterest                      // penalty on overdue interest
	PenaltyOnFees                          // penalty on overdue fees
	PenaltyFixed                           // the penalty that a delay costs once
)

var accrualKindWords = [...]string{
	"interest", "interest at the delinquency rate", "penalty on principal", "penalty on interest",
	"penalty on fees", "fixed penalty",
}

// String is the kind in words: penalty on principal.
func (k AccrualKind) String() string {
	if int(k) < len(accrualKindWords) {
		return accrualKindWords[k]
	}
	return fmt.Sprintf("kind of accrual %d", uint8(k))
}

// AccrualLine explains an accrual: so many days at one rate on one sum. A day
// accrues when it closes, so the days are those from From up to To, To not
// counted; where only working days count, there are fewer of them.
type AccrualLine struct {
	Row      int // index of the due row; one past the last for interest after the end
	Kind     AccrualKind
	From, To date.Date
	Days     int
	FirstDay int         // the day of delay on which a penalty's line begins, from 1; 0 for interest
	Band     int         // index of the band of a penalty; 0 otherwise
	Base     calc.Amount // the sum that bears the accrual; of a fixed penalty the penalty itself
	Percent  calc.Amount // 100 for a fixed penalty
	Basis    Basis       // the rate is percent per so many days; positive
}

// Fraction is the accrual with all its digits, as a fraction:
//
//	Base * Percent * Days / (100 * Basis)
func (l AccrualLine) Fraction() (num, den calc.Amount) {
	return l.Base.Product(l.Percent).Times(int64(l.Days)), calc.AmountOf(l.den())
}

// Amount is the accrual rounded once. The amounts of lines need not add up to
// what was charged, which is the rounding of a sum of fractions.
func (l AccrualLine) Amount(r calc.Rounding) calc.Amount {
	return Interest(l.Base, l.Percent, l.Days, l.Basis, r)
}

// String is the line as it is calculated, such as
//
//	2020-04-17 to 2020-04-23: penalty on principal, 1667 * 20 % / 366 * 6 days
func (l AccrualLine) String() string {
	if l.Kind == PenaltyFixed {
		return fmt.Sprintf("%s: fixed penalty, %s on day %d", l.From, l.Base, l.FirstDay)
	}
	per := ""
	if l.Basis != PerUnit {
		per = fmt.Sprintf(" / %d", l.Basis)
	}
	days := "days"
	if l.Days == 1 {
		days = "day"
	}
	return fmt.Sprintf("%s to %s: %s, %s * %s %%%s * %d %s", l.From, l.To, l.Kind, l.Base, l.Percent, per, l.Days, days)
}

func (l AccrualLine) den() int64 { return 100 * int64(l.Basis) }

// continues tells whether l goes on where the line before it ended. A penalty's
// line goes on over days that do not count.
func (l AccrualLine) continues(before AccrualLine) bool {
	joined := before.To == l.From || l.Kind >= PenaltyOnPrincipal
	return joined && l.Kind != PenaltyFixed && l.Row == before.Row && l.Kind == before.Kind && l.Band == before.Band &&
		l.Basis == before.Basis && l.Base.Equal(before.Base) && l.Percent.Equal(before.Percent)
}

// accrualSum is a sum of lines as a fraction; the zero value is 0.
type accrualSum struct {
	num calc.Amount
	den int64 // 0 stands for 1
}

// plus adds so many days of a line.
func (s accrualSum) plus(l AccrualLine, days int) accrualSum {
	num, den := l.Base.Product(l.Percent).Times(int64(days)), l.den()
	if s.den == 0 || s.den == den {
		return accrualSum{s.num.Plus(num), den}
	}
	common := den / greatestDivisor(s.den, den) * s.den
	return accrualSum{s.num.Times(common / s.den).Plus(num.Times(common / den)), common}
}

func (s accrualSum) rounded(r calc.Rounding) calc.Amount {
	return over(s.num, calc.AmountOf(max(1, s.den)), r)
}

func greatestDivisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// accrualAccount turns the lines of a row, in order of time, into what is charged.
type accrualAccount struct {
	rounding AccrualRounding
	rate     int // which band or which of the two rates the open sum is of
	sum      accrualSum
	charged  calc.Amount // of the open sum
}

// charge is by how much the rounded sum grows with lines of the same days.
func (a *accrualAccount) charge(rate int, lines []AccrualLine) calc.Amount {
	if len(lines) == 0 {
		return calc.Amount{}
	}
	if a.rounding.When == RoundPerDay {
		var day accrualSum
		for _, l := range lines {
			day = day.plus(l, 1)
		}
		return day.rounded(a.rounding.To).Times(int64(lines[0].Days))
	}
	if a.rounding.When == RoundPerBand && rate != a.rate {
		*a = accrualAccount{rounding: a.rounding, rate: rate}
	}
	for _, l := range lines {
		a.sum = a.sum.plus(l, l.Days)
	}
	before := a.charged
	a.charged = a.sum.rounded(a.rounding.To)
	return a.charged.Minus(before)
}

// AccrualTerms say how interest accrues on the principal day by day. The rates are
// percents for Basis days; the names in brackets are bs-core's.
type AccrualTerms struct {
	Percent calc.Amount
	Basis   Basis // positive, or YearActual
	// OnOverdue charges overdue principal too (calcInterestOnDelinqBalance).
	OnOverdue bool
	// AfterEnd goes on after the last due date (chargeExtraInterest).
	AfterEnd bool
	// DelinquencyPercent replaces Percent while an earlier row is overdue
	// (delinquencyIntRate); 0 stands for no such rate.
	DelinquencyPercent calc.Amount
	// DelinquencyDelay is how many days of a row's time the regular rate goes on
	// before (delinqIntRateDelay); with 0 the other holds from the row's first day.
	DelinquencyDelay int
	// TillNextRow keeps the delinquency rate, once charged, to the end of the row's
	// time (useDelinqIntRateTillNextTranche). Without it the regular rate is back on
	// the day after what was overdue is paid.
	TillNextRow bool
	// KeepDelinquency keeps the delinquency rate to the end of the loan once a row
	// was overdue (keepUsingDelinqIntRate). The delay counts until it is first charged.
	KeepDelinquency bool
	Rounding        AccrualRounding
}

func (a *AccrualTerms) check() error {
	switch {
	case !accrualBasis(a.Basis):
		return fmt.Errorf("%w: a rate per %d days", ErrAccrualTerms, a.Basis)
	case a.Percent.Sign() < 0 || a.DelinquencyPercent.Sign() < 0:
		return fmt.Errorf("%w: %s %% and %s %%", ErrAccrualTerms, a.Percent, a.DelinquencyPercent)
	case a.DelinquencyDelay < 0:
		return fmt.Errorf("%w: the delinquency rate after %d days", ErrAccrualTerms, a.DelinquencyDelay)
	case int(a.Rounding.When) >= len(accrualWhenWords):
		return fmt.Errorf("%w: %s", ErrAccrualTerms, a.Rounding.When)
	}
	return nil
}

// accrualBasis tells whether accruals know a basis.
func accrualBasis(b Basis) bool { return b == YearActual || b >= 1 && b <= maxAccrualBasis }

// on is the basis on a day.
func (b Basis) on(d date.Date) Basis {
	if b != YearActual {
		return b
	}
	if date.DaysIn(d.Year(), time.February) == 29 {
		return Year366
	}
	return Year365
}

// accrualSpan is days at one rate.
type accrualSpan struct {
	rate     int // a band, or 0 for the regular and 1 for the delinquency rate
	basis    Basis
	from, to date.Date
	days     int
	firstDay int
}

// appendAccrualDay adds a day to the last span, or begins another.
func appendAccrualDay(spans []accrualSpan, d date.Date, rate int, basis Basis, number int) []accrualSpan {
	if n := len(spans); n > 0 && spans[n-1].rate == rate && spans[n-1].basis == basis {
		spans[n-1].to = d.AddDays(1)
		spans[n-1].days++
		return spans
	}
	return append(spans, accrualSpan{rate, basis, d, d.AddDays(1), 1, number})
}

// accrualRegime decides day by day which rate interest accrues at.
type accrualRegime struct {
	terms   *AccrualTerms
	row     int
	inRow   bool // the delinquency rate was charged in this row's time
	overdue bool // a row was overdue, ever
	kept    bool // the delinquency rate stays
}

// spans are the rates from one day up to another; in this time the same rows are
// overdue, and the accruing row's time began on start.
func (g *accrualRegime) spans(row int, start, from, to date.Date, overdue bool) []accrualSpan {
	if row != g.row {
		g.row, g.inRow = row, false
	}
	g.overdue = g.overdue || overdue
	var spans []accrualSpan
	for d := from; d.Before(to); d = d.AddDays(1) {
		rate := 0
		if g.delinquent(d.DaysSince(start), overdue) {
			rate, g.inRow, g.kept = 1, true, g.terms.KeepDelinquency
		}
		spans = appendAccrualDay(spans, d, rate, g.terms.Basis.on(d), 0)
	}
	return spans
}

func (g *accrualRegime) delinquent(days int, overdue bool) bool {
	t := g.terms
	if t.DelinquencyPercent.Sign() == 0 {
		return false
	}
	return g.kept || days >= t.DelinquencyDelay &&
		(overdue || t.KeepDelinquency && g.overdue || t.TillNextRow && g.inRow)
}
