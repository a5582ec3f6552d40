package loan

import (
	"errors"
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
)

// The reasons why a debt cannot be settled.
var (
	// ErrDebt: no due rows or more than MaxDueDates, dates that are missing, do not
	// rise or lie more than MaxAccrualDays apart, or a negative sum.
	ErrDebt = errors.New("not a debt by due dates")
	// ErrPayments: a payment without a date, before the debt began, or of less than 0.
	ErrPayments = errors.New("not payments of the debt")
	// ErrOrder: an order of application that does not name every part once.
	ErrOrder = errors.New("not an order of application")
)

// DebtRow is what falls due on a date.
type DebtRow struct {
	Due                       date.Date
	Principal, Interest, Fees calc.Amount
}

// Debt is a schedule of due rows, their dates rising. Start is the day from which
// interest accrues; without terms of interest it may be missing.
type Debt struct {
	Start date.Date
	Rows  []DebtRow
}

// DebtPayment is money received on a day. The order of payments in a list does not
// matter, and those of one day count as one.
type DebtPayment struct {
	Date   date.Date
	Amount calc.Amount
}

// DebtSums are sums by what they are for.
type DebtSums struct{ Principal, Interest, Fees, Penalty calc.Amount }

// Total is all of them.
func (s DebtSums) Total() calc.Amount {
	return s.Principal.Plus(s.Interest).Plus(s.Fees).Plus(s.Penalty)
}

func (s DebtSums) plus(t DebtSums) DebtSums {
	return DebtSums{
		s.Principal.Plus(t.Principal), s.Interest.Plus(t.Interest), s.Fees.Plus(t.Fees), s.Penalty.Plus(t.Penalty),
	}
}

// unpaid tells whether anything but penalty is left: that makes a row late.
func (s DebtSums) unpaid() bool {
	return s.Principal.Sign() > 0 || s.Interest.Sign() > 0 || s.Fees.Sign() > 0
}

// DebtPart is a part of a debt that a payment is applied to.
type DebtPart uint8

// The parts. A row is overdue from the day after its due date; of the others the
// nearest is the current one.
const (
	OverdueInterest DebtPart = iota
	OverduePrincipal
	PenaltyPart
	CurrentInterest
	CurrentPrincipal
	OverdueFees
	CurrentFees
)

var debtPartWords = [...]string{
	"overdue interest", "overdue principal", "penalty", "current interest", "current principal",
	"overdue fees", "current fees",
}

// String is the part in words: overdue interest.
func (p DebtPart) String() string {
	if int(p) < len(debtPartWords) {
		return debtPartWords[p]
	}
	return fmt.Sprintf("part %d", uint8(p))
}

// LegalOrder is the order in which a payment that is too small is applied to a
// consumer credit (353-FZ article 5 part 20): interest overdue, principal overdue,
// penalty, interest and principal of the current period, the rest.
func LegalOrder() []DebtPart {
	return []DebtPart{
		OverdueInterest, OverduePrincipal, PenaltyPart, CurrentInterest, CurrentPrincipal, OverdueFees, CurrentFees,
	}
}

// DebtTerms say how a debt grows and is paid off.
type DebtTerms struct {
	// Interest nil: each row's interest is as the row states it. Otherwise it
	// accrues day by day, what the rows state is not read, and a row owes what
	// accrued until its due date.
	Interest *AccrualTerms
	Penalty  PenaltyTerms
	Order    []DebtPart // every part once; nil for LegalOrder
	// OldestRowFirst pays an overdue row with its penalty in the order of the parts
	// before the next one. Without it a part of all overdue rows is paid, the oldest
	// first, before the next part.
	OldestRowFirst bool
}

// DebtStanding is what became of a due row.
type DebtStanding struct {
	Due      date.Date
	Owes     DebtSums // what is due by the schedule, and what accrued so far
	Paid     DebtSums
	Left     DebtSums
	Overdue  bool          // due before the day, and more than penalty is left
	DaysLate int           // calendar days from Due to Settled, or to the day when overdue
	Settled  date.Date     // when the last of principal, interest and fees was paid; no date while some is left, and when nothing was owed
	Bands    []calc.Amount // the penalty charged in each band of the terms
	Fixed    calc.Amount   // the fixed penalty; with Bands it adds up to Owes.Penalty
}

// DebtPosting is where money went.
type DebtPosting struct {
	Date   date.Date
	Row    int // index of the due row; one past the last for interest after the end
	Part   DebtPart
	Amount calc.Amount
}

// Settlement is a debt as of a day: its payments are in, its close is not.
//
// For each of principal, interest, fees and penalty Paid + Owed = Due + Accrued,
// and Paid with Unapplied is all that was received.
type Settlement struct {
	On        date.Date
	Rows      []DebtStanding
	AfterEnd  DebtStanding  // interest after the last due date; it bears no penalty
	Lines     []AccrualLine // by row, kind and day
	Postings  []DebtPosting // in order of time and application
	Due       DebtSums      // by the schedule, on all dates
	Accrued   DebtSums      // penalty, and with terms of interest that too
	Paid      DebtSums
	Owed      DebtSums
	Overdue   DebtSums    // of Owed what rows due before the day owe, and all penalty
	Unapplied calc.Amount // what was received when nothing was left to pay
}

// Settle applies payments to a debt and lets interest and penalty accrue day by
// day, up to a day with its payments; later ones are not read. A day accrues when
// it closes, on what its payments left. So what
// is paid on a day no longer accrues on it, a row paid on its due date was paid in
// time, and one paid on the next day was late for one day. A row that a lender's
// nightly run calls overdue at the close of its due date is overdue here as of the
// next day.
//
// A payment goes to overdue rows, penalty and the current row in the order of the
// terms; what remains pays the coming rows in advance, the nearest first. With
// terms of interest a row whose principal and accrued interest are paid before its
// date is done with, and the days left of its time accrue to the next row.
//
// It errs with
//   - ErrDebt, ErrPayments and ErrOrder,
//   - ErrAccrualTerms and ErrPenaltyTerms,
//   - ErrUnknownDay when the terms ask whether a day is off and the calendar does
//     not know.
func Settle(debt Debt, payments []DebtPayment, terms DebtTerms, on date.Date) (Settlement, error) {
	var end date.Date
	if n := len(debt.Rows); n > 0 {
		end = debt.Rows[n-1].Due
	}
	return settle(debt, payments, terms, on, end)
}

func (d Debt) check(terms *DebtTerms, on date.Date) error {
	if len(d.Rows) == 0 || len(d.Rows) > MaxDueDates || on.IsZero() {
		return fmt.Errorf("%w: %d due dates, as of %q", ErrDebt, len(d.Rows), on)
	}
	before := d.Start
	if terms.Interest != nil && before.IsZero() {
		return fmt.Errorf("%w: interest from no date", ErrDebt)
	}
	for i, r := range d.Rows {
		if r.Due.IsZero() || !before.IsZero() && !before.Before(r.Due) {
			return fmt.Errorf("%w: due date %d, %q after %q", ErrDebt, i+1, r.Due, before)
		}
		if r.Principal.Sign() < 0 || r.Interest.Sign() < 0 || r.Fees.Sign() < 0 {
			return fmt.Errorf("%w: a negative sum due on %s", ErrDebt, r.Due)
		}
		before = r.Due
	}
	first := d.Start
	if first.IsZero() {
		first = d.Rows[0].Due
	}
	if on.DaysSince(first) > MaxAccrualDays || before.DaysSince(first) > MaxAccrualDays {
		return fmt.Errorf("%w: more than %d days from %s", ErrDebt, MaxAccrualDays, first)
	}
	return nil
}

func (t *DebtTerms) check() error {
	if t.Interest != nil {
		if err := t.Interest.check(); err != nil {
			return err
		}
	}
	if err := t.Penalty.check(); err != nil {
		return err
	}
	if t.Order == nil {
		return nil
	}
	var seen [len(debtPartWords)]bool
	for _, p := range t.Order {
		if int(p) >= len(seen) || seen[p] {
			return fmt.Errorf("%w: %v", ErrOrder, t.Order)
		}
		seen[p] = true
	}
	if len(t.Order) != len(seen) {
		return fmt.Errorf("%w: %v", ErrOrder, t.Order)
	}
	return nil
}
