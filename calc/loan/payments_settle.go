package loan

import (
	"cmp"
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/date"
)

// debtAccount is a due row while its debt is settled. The last account, of no due
// row, takes interest after the end.
type debtAccount struct {
	DebtStanding
	index    int
	delay    penaltyDelay
	penalty  accrualAccount
	interest accrualAccount
	lastPaid date.Date // when principal, interest or fees were paid last
}

// debtRun settles a debt from one event to the next.
type debtRun struct {
	terms    *DebtTerms
	start    date.Date
	end      date.Date // the last due date of the schedule
	rows     []*debtAccount
	after    *debtAccount
	regime   accrualRegime
	lines    []AccrualLine
	open     map[[2]int]int // the index of the last line of a row and kind
	postings []DebtPosting
	rest     calc.Amount // received when nothing was left to pay
}

func settle(debt Debt, payments []DebtPayment, terms DebtTerms, on, end date.Date) (Settlement, error) {
	err := terms.check()
	if err == nil {
		err = debt.check(&terms, on)
	}
	if err != nil {
		return Settlement{}, err
	}
	received, err := debtReceipts(payments, debt.Start)
	if err != nil {
		return Settlement{}, err
	}
	run := newDebtRun(debt, &terms, end)
	days := debtEvents(debt, received, on)
	for i, day := range days {
		run.pay(day, received[day])
		if i+1 < len(days) {
			if err := run.accrue(day, days[i+1]); err != nil {
				return Settlement{}, err
			}
		}
	}
	return run.settlement(debt, on), nil
}

func newDebtRun(debt Debt, terms *DebtTerms, end date.Date) *debtRun {
	run := &debtRun{terms: terms, start: debt.Start, end: end, open: map[[2]int]int{}}
	if terms.Order == nil {
		terms.Order = LegalOrder()
	}
	run.regime.terms = terms.Interest
	for i, r := range debt.Rows {
		owes := DebtSums{Principal: r.Principal, Fees: r.Fees}
		if terms.Interest == nil {
			owes.Interest = r.Interest
		}
		a := newDebtAccount(i, terms)
		a.Due, a.Owes, a.Left = r.Due, owes, owes
		a.delay = penaltyDelay{terms: &terms.Penalty, end: end, free: terms.Penalty.FirstDaysOffFree}
		run.rows = append(run.rows, a)
	}
	run.after = newDebtAccount(len(debt.Rows), terms)
	run.after.Due = end
	return run
}

func newDebtAccount(index int, terms *DebtTerms) *debtAccount {
	a := &debtAccount{index: index, penalty: accrualAccount{rounding: terms.Penalty.Rounding}}
	a.Bands = make([]calc.Amount, len(terms.Penalty.Bands))
	if terms.Interest != nil {
		a.interest.rounding = terms.Interest.Rounding
	}
	return a
}

// debtReceipts are the sums received by day.
func debtReceipts(payments []DebtPayment, start date.Date) (map[date.Date]calc.Amount, error) {
	received := map[date.Date]calc.Amount{}
	for _, p := range payments {
		if p.Date.IsZero() || p.Amount.Sign() < 0 || !start.IsZero() && p.Date.Before(start) {
			return nil, fmt.Errorf("%w: %s on %q", ErrPayments, p.Amount, p.Date)
		}
		received[p.Date] = received[p.Date].Plus(p.Amount)
	}
	return received, nil
}

// debtEvents are the days on which what accrues changes, in order; the last is the
// day that is asked about.
func debtEvents(debt Debt, received map[date.Date]calc.Amount, on date.Date) []date.Date {
	days := []date.Date{on}
	add := func(d date.Date) {
		if !d.IsZero() && d.Before(on) {
			days = append(days, d)
		}
	}
	add(debt.Start)
	for _, r := range debt.Rows {
		add(r.Due)
	}
	for d := range received {
		add(d)
	}
	slices.SortFunc(days, date.Date.Compare)
	return slices.Compact(days)
}

// accrue closes the days from one event up to another.
func (run *debtRun) accrue(from, to date.Date) error {
	run.accrueInterest(from, to)
	for _, a := range run.rows {
		if a.Due.After(from) {
			break
		}
		if a.Left.unpaid() {
			if err := run.accruePenalty(a, from, to); err != nil {
				return err
			}
		}
	}
	return nil
}

func (run *debtRun) accruePenalty(a *debtAccount, from, to date.Date) error {
	t := &run.terms.Penalty
	var spans []accrualSpan
	for d := from; d.Before(to); d = d.AddDays(1) {
		band, fixed, err := a.delay.close(d)
		if err != nil {
			return err
		}
		if fixed {
			a.charge(t.Fixed)
			a.Fixed = t.Fixed
			run.add(AccrualLine{
				Row: a.index, Kind: PenaltyFixed, From: d, To: d.AddDays(1), Days: 1, FirstDay: a.delay.day,
				Base: t.Fixed, Percent: hundred, Basis: PerUnit,
			})
		}
		if band >= 0 {
			spans = appendAccrualDay(spans, d, band, t.Basis.on(d), a.delay.day)
		}
	}
	for _, span := range spans {
		lines := t.lines(a.index, span, a.Left)
		grown := a.penalty.charge(span.rate, lines)
		a.charge(grown)
		a.Bands[span.rate] = a.Bands[span.rate].Plus(grown)
		for _, l := range lines {
			run.add(l)
		}
	}
	return nil
}

func (a *debtAccount) charge(penalty calc.Amount) {
	a.Owes.Penalty = a.Owes.Penalty.Plus(penalty)
	a.Left.Penalty = a.Left.Penalty.Plus(penalty)
}

// accrueInterest accrues interest on the principal left, to the row whose time it
// is or the next that is not done with.
func (run *debtRun) accrueInterest(from, to date.Date) {
	t := run.terms.Interest
	if t == nil || from.Before(run.start) {
		return
	}
	var base calc.Amount
	row, since, overdue := len(run.rows), run.start, false
	for i, a := range run.rows {
		late := !a.Due.After(from)
		if !late || t.OnOverdue {
			base = base.Plus(a.Left.Principal)
		}
		if late {
			since, overdue = a.Due, overdue || a.Left.unpaid()
		} else if row == len(run.rows) {
			row = i
		}
	}
	after := row == len(run.rows)
	spans := run.regime.spans(row, since, from, to, overdue)
	if base.Sign() == 0 || after && !t.AfterEnd {
		return
	}
	a := run.after
	if !after {
		a = run.accruing(row)
	}
	for _, span := range spans {
		line := AccrualLine{
			Row: a.index, Kind: RegularInterest, From: span.from, To: span.to, Days: span.days,
			Base: base, Percent: t.Percent, Basis: span.basis,
		}
		if span.rate == 1 {
			line.Kind, line.Percent = DelinquencyInterest, t.DelinquencyPercent
		}
		grown := a.interest.charge(span.rate, []AccrualLine{line})
		a.Owes.Interest = a.Owes.Interest.Plus(grown)
		a.Left.Interest = a.Left.Interest.Plus(grown)
		run.add(line)
	}
}

// accruing is a row or the first after it that is not done with before its time;
// when all are, the row.
func (run *debtRun) accruing(row int) *debtAccount {
	for _, a := range run.rows[row:] {
		if a.Owes.Principal.Sign() == 0 || a.Left.Principal.Sign() > 0 || a.Left.Interest.Sign() > 0 {
			return a
		}
	}
	return run.rows[row]
}

// add keeps a line, as part of the one before it where it goes on.
func (run *debtRun) add(l AccrualLine) {
	key := [2]int{l.Row, int(l.Kind)}
	if at, has := run.open[key]; has && l.continues(run.lines[at]) {
		run.lines[at].To = l.To
		run.lines[at].Days += l.Days
		return
	}
	run.open[key] = len(run.lines)
	run.lines = append(run.lines, l)
}

// pay applies what is received on a day. Which row is the current one depends on
// the day alone: paid in advance, it leaves its place to no other.
func (run *debtRun) pay(day date.Date, money calc.Amount) {
	if money.Sign() == 0 {
		return
	}
	current := slices.IndexFunc(run.rows, func(a *debtAccount) bool { return !a.Due.Before(day) })
	if current < 0 {
		current = len(run.rows)
	}
	past, coming := run.rows[:current], run.rows[current:]
	overdue := append(slices.Clone(past), run.after)
	if run.terms.OldestRowFirst {
		for _, a := range overdue {
			money = run.apply(day, money, []*debtAccount{a}, nil)
		}
		overdue = nil
	}
	money = run.apply(day, money, overdue, coming[:min(1, len(coming))])
	for i := 1; i < len(coming); i++ {
		money = run.apply(day, money, nil, coming[i:i+1])
	}
	run.rest = run.rest.Plus(money)
}

// apply pays overdue and current rows part by part, and returns what remains.
func (run *debtRun) apply(day date.Date, money calc.Amount, overdue, current []*debtAccount) calc.Amount {
	for _, part := range run.terms.Order {
		rows := overdue
		if part == CurrentInterest || part == CurrentPrincipal || part == CurrentFees {
			rows = current
		}
		for _, a := range rows {
			left, paid := part.of(&a.Left), part.of(&a.Paid)
			amount := *left
			if money.Cmp(amount) < 0 {
				amount = money
			}
			if amount.Sign() == 0 {
				continue
			}
			*left, *paid, money = left.Minus(amount), paid.Plus(amount), money.Minus(amount)
			if part != PenaltyPart {
				a.lastPaid = day
			}
			run.postings = append(run.postings, DebtPosting{day, a.index, part, amount})
		}
	}
	return money
}

// of is the sum that a part is paid from.
func (p DebtPart) of(s *DebtSums) *calc.Amount {
	switch p {
	case OverdueInterest, CurrentInterest:
		return &s.Interest
	case OverduePrincipal, CurrentPrincipal:
		return &s.Principal
	case PenaltyPart:
		return &s.Penalty
	}
	return &s.Fees
}

func (run *debtRun) settlement(debt Debt, on date.Date) Settlement {
	s := Settlement{On: on, Lines: run.lines, Postings: run.postings, Unapplied: run.rest}
	slices.SortStableFunc(s.Lines, func(a, b AccrualLine) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Kind, b.Kind), a.From.Compare(b.From))
	})
	for i, r := range debt.Rows {
		due := DebtSums{Principal: r.Principal, Fees: r.Fees}
		if run.terms.Interest == nil {
			due.Interest = r.Interest
		}
		s.Due = s.Due.plus(due)
		s.Rows = append(s.Rows, run.rows[i].standing(on))
	}
	s.AfterEnd = run.after.standing(on)
	for _, a := range append(slices.Clone(run.rows), run.after) {
		s.Accrued.Penalty = s.Accrued.Penalty.Plus(a.Owes.Penalty)
		if run.terms.Interest != nil {
			s.Accrued.Interest = s.Accrued.Interest.Plus(a.Owes.Interest)
		}
		s.Paid, s.Owed = s.Paid.plus(a.Paid), s.Owed.plus(a.Left)
		if a.Due.Before(on) {
			s.Overdue = s.Overdue.plus(a.Left)
		}
	}
	return s
}

func (a *debtAccount) standing(on date.Date) DebtStanding {
	s := a.DebtStanding
	until := on
	if !s.Left.unpaid() {
		s.Settled, until = a.lastPaid, a.lastPaid
	}
	if !until.IsZero() {
		s.DaysLate = max(0, until.DaysSince(s.Due))
	}
	s.Overdue = s.Left.unpaid() && s.Due.Before(on)
	return s
}
