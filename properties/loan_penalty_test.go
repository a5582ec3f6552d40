package properties

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"tieout/calc"
	"tieout/calc/calendar"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// lateLoan is a loan drawn from lists of numbers that may have any length, so that
// gopter can shrink them to a case that a person can follow.
type lateLoan struct {
	debt     loan.Debt
	payments []loan.DebtPayment
	terms    loan.DebtTerms
	day      date.Date
}

var lentOn = date.MustParse("2019-11-15")

// lateLoanOf makes due rows a month apart of sums, payments of pairs of a day and
// kopecks, and terms of a number whose bits choose.
func lateLoanOf(sums, payments []int, choice, day int) lateLoan {
	l := lateLoan{debt: loan.Debt{Start: lentOn}, day: lentOn.AddDays(day), terms: lateTerms(choice)}
	for i, sum := range sums {
		l.debt.Rows = append(l.debt.Rows, loan.DebtRow{
			Due: lentOn.AddMonths(i+1, lentOn.Day()), Principal: amount(int64(sum), 2),
			Interest: amount(int64(sum/7), 2), Fees: amount(int64(sum%100), 2),
		})
	}
	for i := 0; i+1 < len(payments); i += 2 {
		l.payments = append(l.payments, loan.DebtPayment{Date: lentOn.AddDays(payments[i] % 300), Amount: amount(int64(payments[i+1]), 2)})
	}
	return l
}

func lateTerms(choice int) loan.DebtTerms {
	bit := func(n int) bool { return choice>>n&1 == 1 }
	russia, _ := calendar.Country("RU")
	penalty := lateBands(10, 10, 25)
	penalty.Rounding = loan.AccrualRounding{When: loan.AccrualWhen(choice % 3), To: calc.Rounding{Mode: calc.Mode(choice % 6), Scale: int32(choice % 4)}}
	penalty.FirstDaysOffFree, penalty.WorkingDaysOnly, penalty.DaysOff = bit(0), bit(1), russia
	penalty.StopAfterEnd, penalty.StopDays = bit(2), choice%50
	if bit(3) {
		penalty.Basis = loan.YearActual
	}
	if bit(4) {
		penalty.Fixed, penalty.FixedDay = amount(70000, 2), 1+choice%20
	}
	terms := loan.DebtTerms{Penalty: penalty, OldestRowFirst: bit(5)}
	if bit(6) {
		terms.Interest = &loan.AccrualTerms{
			Percent: amount(7, 1), Basis: loan.PerUnit, OnOverdue: bit(7), AfterEnd: bit(8),
			DelinquencyPercent: amount(int64(choice%3), 0), DelinquencyDelay: choice % 7, TillNextRow: bit(9), KeepDelinquency: bit(10),
			Rounding: penalty.Rounding,
		}
	}
	if bit(11) {
		terms.Order = loan.LegalOrder()
		slices.Reverse(terms.Order)
	}
	return terms
}

// lateBands are two bands of rates in hundredths of a percent a day, without a gap.
func lateBands(last, rate, later int) loan.PenaltyTerms {
	of := func(n int) calc.Amount { return amount(int64(n), 2) }
	return loan.PenaltyTerms{Basis: loan.PerUnit, Bands: []loan.PenaltyBand{
		{First: 1, Last: last, Principal: of(rate), Interest: of(rate), Fees: of(later)},
		{First: last + 1, Principal: of(later), Interest: of(rate), Fees: of(rate)},
	}}
}

func (l lateLoan) settle() loan.Settlement {
	s, err := loan.Settle(l.debt, l.payments, l.terms, l.day)
	if err != nil {
		panic(err)
	}
	return s
}

// String tells a case as a person would.
func (l lateLoan) String() string {
	text := fmt.Sprintf("as of %s", l.day)
	for _, r := range l.debt.Rows {
		text += fmt.Sprintf("\n  due %s: %s + %s + %s", r.Due, r.Principal, r.Interest, r.Fees)
	}
	for _, p := range l.payments {
		text += fmt.Sprintf("\n  paid %s: %s", p.Date, p.Amount)
	}
	return text + fmt.Sprintf("\n  %+v\n  %+v", l.terms.Penalty, l.terms.Interest)
}

// standings is all that a settlement says, as text.
func standings(s loan.Settlement) string {
	text := fmt.Sprint(s.Due, s.Accrued, s.Paid, s.Owed, s.Overdue, s.Unapplied, s.Lines)
	for _, r := range append(s.Rows, s.AfterEnd) {
		text += fmt.Sprint("\n", r)
	}
	return text
}

// exactSum adds lines up as fractions, by another route than the package's own.
func exactSum(lines []loan.AccrualLine) *big.Rat {
	sum := new(big.Rat)
	for _, l := range lines {
		num, den := l.Fraction()
		sum.Add(sum, new(big.Rat).Quo(ratio(num), ratio(den)))
	}
	return sum
}

func TestLatePayments(t *testing.T) {
	drawn := parameters()
	drawn.MinSuccessfulTests = 500
	properties := gopter.NewProperties(drawn)
	t.Logf("seed %d", int64(seed))
	sums := gen.SliceOfN(5, gen.IntRange(0, 2_000_000)).SuchThat(func(v []int) bool { return len(v) > 0 })
	paid := gen.SliceOfN(10, gen.IntRange(0, 3_000_000))
	choice, day := gen.IntRange(0, 1<<12-1), gen.IntRange(0, 400)

	properties.Property("nothing is lost", prop.ForAll(func(sums, paid []int, choice, day int) string {
		l := lateLoanOf(sums, paid, choice, day)
		return l.lost()
	}, sums, paid, choice, day))

	properties.Property("a payment split in two on its day changes nothing", prop.ForAll(
		func(sums, paid []int, choice, day, percent int) string {
			l := lateLoanOf(sums, paid, choice, day)
			before := standings(l.settle())
			var split []loan.DebtPayment
			for _, p := range l.payments {
				part := p.Amount.Product(amount(int64(percent), 2)).Round(calc.Rounding{Scale: 2})
				split = append(split, loan.DebtPayment{Date: p.Date, Amount: part}, loan.DebtPayment{Date: p.Date, Amount: p.Amount.Minus(part)})
			}
			l.payments = split
			return differs(before, standings(l.settle()), l)
		}, sums, paid, choice, day, gen.IntRange(0, 100)))

	properties.Property("the order of the list of payments changes nothing", prop.ForAll(
		func(sums, paid []int, choice, day int) string {
			l := lateLoanOf(sums, paid, choice, day)
			before := standings(l.settle())
			slices.Reverse(l.payments)
			return differs(before, standings(l.settle()), l)
		}, sums, paid, choice, day))

	properties.Property("what is paid in time costs no penalty", prop.ForAll(
		func(sums []int, choice, day, early int) string {
			l := lateLoanOf(sums, nil, choice&^(1<<6), day)
			for _, r := range l.debt.Rows {
				l.payments = append(l.payments, loan.DebtPayment{
					Date: r.Due.AddDays(-early), Amount: r.Principal.Plus(r.Interest).Plus(r.Fees),
				})
			}
			if s := l.settle(); s.Accrued.Total().Sign() != 0 || len(s.Lines) != 0 || s.Overdue.Total().Sign() != 0 {
				return l.String()
			}
			return ""
		}, sums, choice, day, gen.IntRange(0, 20)))

	properties.Property("no row's penalty is above the bound of its terms", prop.ForAll(
		func(sums, paid []int, choice, day int) string {
			return lateLoanOf(sums, paid, choice, day).aboveBound(t)
		}, sums, paid, choice, day))

	properties.Property("a day adds its rates on what its payments left", prop.ForAll(
		func(sums, paid []int, day, rate, later int) string {
			l := lateLoanOf(sums, paid, 0, day)
			l.terms = loan.DebtTerms{Penalty: lateBands(10, rate, later)}
			today := l.settle()
			added := l.dayOfPenalty(today)
			l.day = l.day.AddDays(1)
			l.payments = slices.DeleteFunc(l.payments, func(p loan.DebtPayment) bool { return p.Date == l.day })
			if tomorrow := l.settle(); exactSum(tomorrow.Lines).Cmp(added.Add(added, exactSum(today.Lines))) != 0 {
				return fmt.Sprintf("%s\n%s\n%s", l, today.Lines, tomorrow.Lines)
			}
			return ""
		}, sums, paid, day, gen.IntRange(0, 300), gen.IntRange(0, 300)))

	properties.TestingRun(t)
}

// dayOfPenalty is what the close of a settlement's day costs, by its two bands of
// rates a day, from what the rows have left.
func (l lateLoan) dayOfPenalty(s loan.Settlement) *big.Rat {
	sum := new(big.Rat)
	for _, r := range s.Rows {
		day := l.day.DaysSince(r.Due) + 1
		if day < 1 {
			continue
		}
		band := l.terms.Penalty.Bands[0]
		if day > band.Last {
			band = l.terms.Penalty.Bands[1]
		}
		cost := r.Left.Principal.Product(band.Principal).Plus(r.Left.Interest.Product(band.Interest)).Plus(r.Left.Fees.Product(band.Fees))
		sum.Add(sum, new(big.Rat).Quo(ratio(cost), big.NewRat(100, 1)))
	}
	return sum
}

func differs(before, after string, l lateLoan) string {
	if before == after {
		return ""
	}
	return fmt.Sprintf("%s\n%s\n%s", l, before, after)
}

// lost says which sums do not add up.
func (l lateLoan) lost() string {
	s := l.settle()
	for _, part := range [][4]calc.Amount{
		{s.Paid.Principal, s.Owed.Principal, s.Due.Principal, s.Accrued.Principal},
		{s.Paid.Interest, s.Owed.Interest, s.Due.Interest, s.Accrued.Interest},
		{s.Paid.Fees, s.Owed.Fees, s.Due.Fees, s.Accrued.Fees},
		{s.Paid.Penalty, s.Owed.Penalty, s.Due.Penalty, s.Accrued.Penalty},
	} {
		if !part[0].Plus(part[1]).Equal(part[2].Plus(part[3])) || part[1].Sign() < 0 {
			return fmt.Sprintf("%s\npaid, owed, due, accrued: %s", l, part)
		}
	}
	var received, posted calc.Amount
	for _, p := range l.payments {
		if !p.Date.After(l.day) {
			received = received.Plus(p.Amount)
		}
	}
	for _, p := range s.Postings {
		posted = posted.Plus(p.Amount)
	}
	if !posted.Equal(s.Paid.Total()) || !received.Equal(posted.Plus(s.Unapplied)) {
		return fmt.Sprintf("%s\nreceived %s, posted %s, over %s", l, received, posted, s.Unapplied)
	}
	for i, r := range s.Rows {
		bands := r.Fixed
		for _, b := range r.Bands {
			bands = bands.Plus(b)
		}
		if !bands.Equal(r.Owes.Penalty) || !r.Owes.Total().Equal(r.Paid.Total().Plus(r.Left.Total())) {
			return fmt.Sprintf("%s\nrow %d: %+v", l, i, r)
		}
	}
	return ""
}

// aboveBound says which row was charged more than its terms allow.
func (l lateLoan) aboveBound(t *testing.T) string {
	s := l.settle()
	end := s.Rows[len(s.Rows)-1].Due
	for _, r := range s.Rows {
		row := loan.DebtRow{Due: r.Due, Principal: r.Owes.Principal, Interest: r.Owes.Interest, Fees: r.Owes.Fees}
		bound, _, err := loan.PenaltyBound(row, r.DaysLate, end, l.terms.Penalty)
		if err != nil {
			t.Fatal(err)
		}
		if r.Owes.Penalty.Cmp(bound) > 0 {
			return fmt.Sprintf("%s\nrow of %s: %s above %s", l, r.Due, r.Owes.Penalty, bound)
		}
	}
	return ""
}

func TestPenaltyBounds(t *testing.T) {
	properties := gopter.NewProperties(parameters())
	t.Logf("seed %d", int64(seed))
	sum, days, rate := gen.IntRange(0, 10_000_000), gen.IntRange(0, 500), gen.IntRange(0, 300)
	lines := func(sum, days int, terms loan.PenaltyTerms) (calc.Amount, []loan.AccrualLine) {
		row := loan.DebtRow{Due: lentOn, Principal: amount(int64(sum), 2), Interest: amount(int64(sum/3), 2), Fees: amount(500, 2)}
		bound, lines, err := loan.PenaltyBound(row, days, date.Date{}, terms)
		if err != nil {
			t.Fatal(err)
		}
		return bound, lines
	}

	properties.Property("the exact penalty is the sum of its days", prop.ForAll(
		func(sum, days, last, rate, later int) bool {
			terms := lateBands(last, rate, later)
			_, all := lines(sum, days, terms)
			perDay := new(big.Rat)
			for day := 1; day <= days; day++ {
				one := terms
				one.Bands = []loan.PenaltyBand{terms.Bands[0]}
				if day > last {
					one.Bands[0] = terms.Bands[1]
				}
				one.Bands[0].First, one.Bands[0].Last = day, day
				_, only := lines(sum, days, one)
				perDay.Add(perDay, exactSum(only))
			}
			return perDay.Cmp(exactSum(all)) == 0
		}, sum, gen.IntRange(0, 60), gen.IntRange(1, 60), rate, rate))

	properties.Property("a band cut in two at the same rates changes nothing before rounding", prop.ForAll(
		func(sum, days, cut, rate int) bool {
			whole, cutTerms := lateBands(500, rate, rate), lateBands(cut, rate, rate)
			whole.Basis, cutTerms.Basis = loan.YearActual, loan.YearActual
			_, a := lines(sum, days, whole)
			_, b := lines(sum, days, cutTerms)
			return exactSum(a).Cmp(exactSum(b)) == 0
		}, sum, days, gen.IntRange(1, 400), rate))

	properties.Property("more days and higher rates never cost less, with any rounding", prop.ForAll(
		func(sum, days, more, rate, higher, choice int) bool {
			terms := lateTerms(choice).Penalty
			terms.Bands = lateBands(20, rate, rate).Bands
			least, _ := lines(sum, days, terms)
			longer, _ := lines(sum, days+more, terms)
			terms.Bands = lateBands(20, rate+higher, rate+higher).Bands
			dearer, _ := lines(sum, days, terms)
			return least.Sign() >= 0 && least.Cmp(longer) <= 0 && least.Cmp(dearer) <= 0
		}, sum, days, gen.IntRange(0, 100), rate, rate, gen.IntRange(0, 1<<12-1)))

	properties.Property("no delay, no penalty", prop.ForAll(
		func(sum, choice int) bool {
			bound, explained := lines(sum, 0, lateTerms(choice).Penalty)
			return bound.Sign() == 0 && len(explained) == 0
		}, sum, gen.IntRange(0, 1<<12-1)))

	properties.TestingRun(t)
}
