package loan

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
)

// Row is an installment of a schedule.
type Row struct {
	Number    int // from 1
	From, Due date.Date
	// Days are the days that earn interest: without interest-free ones, with the
	// first day where both ends count.
	Days      int
	Opening   calc.Amount // principal owed before it
	Interest  calc.Amount
	Principal calc.Amount
	Fees      calc.Amount
	Payment   calc.Amount // interest, principal and fees
	Closing   calc.Amount // principal owed after it
}

// Schedule is what Plan makes of terms.
type Schedule struct {
	Issue     date.Date
	Loan      calc.Amount // what is repaid as principal: the principal and the added fees
	PaidOut   calc.Amount // what the borrower gets: the principal without the withheld fees
	IssueFees calc.Amount // withheld and added
	Rows      []Row
	// Search is how the payment of an annuity was found, by formula or by trial; of
	// other repayments nothing is said.
	Search Search

	// The sums of the rows.
	Interest, Principal, Fees, Payment calc.Amount

	issueAside, eachAside calc.Amount // fees that are not in the full cost
}

// Flows are the payments of a schedule as FullCost and EffectiveRate read them:
// what is paid out, with a minus, and what each installment pays, with the fees
// that count in the full cost.
func (s *Schedule) Flows() []Flow {
	flows := make([]Flow, 0, len(s.Rows)+1)
	flows = append(flows, Flow{Date: s.Issue, Amount: s.PaidOut.Plus(s.issueAside).Neg()})
	for i := range s.Rows {
		flows = append(flows, Flow{Date: s.Rows[i].Due, Amount: s.Rows[i].Payment.Minus(s.eachAside)})
	}
	return flows
}

// Plan makes the schedule of terms. Each installment charges the interest of its
// days on what was owed before it, rounded once, and repays what Terms.Repayment
// says; the last repays what is left, so that the principal repaid is the loan to
// the last digit. The first day of an installment is the due date of the one
// before it.
//
// It errs with
//   - ErrTerms, ErrRate and ErrShares for terms that are incomplete or impossible,
//   - ErrInterest when a payment does not cover the interest of its installment,
//   - ErrRepaid when an installment would repay more than is owed,
//   - the errors of DueDates.
func Plan(t Terms) (Schedule, error) {
	if err := t.check(); err != nil {
		return Schedule{}, err
	}
	s := Schedule{Issue: t.Issue, Loan: t.Principal, PaidOut: t.Principal}
	each := s.charge(&t)
	if s.PaidOut.Sign() <= 0 {
		return Schedule{}, fmt.Errorf("%w: fees of %s are withheld from %s", ErrTerms, s.IssueFees, t.Principal)
	}
	spans, err := t.spans()
	if err != nil {
		return Schedule{}, err
	}
	p := plan{Terms: &t, loan: s.Loan, spans: spans}
	if t.Repayment == ByAnnuity {
		s.Search = p.search()
	}
	repay, err := p.repaying()
	if err != nil {
		return Schedule{}, err
	}
	balance := s.Loan
	for k, span := range spans {
		interest := p.interest(k, balance)
		principal, err := repay(k, balance, interest)
		if err != nil {
			return Schedule{}, fmt.Errorf("installment %d: %w", k+1, err)
		}
		row := Row{
			Number: k + 1, From: span.from, Due: span.due, Days: span.days,
			Opening: balance, Interest: interest, Principal: principal, Fees: each,
			Payment: interest.Plus(principal).Plus(each), Closing: balance.Minus(principal),
		}
		s.add(row)
		balance = row.Closing
	}
	return s, nil
}

// charge takes the fees of the issue and returns those of each installment.
func (s *Schedule) charge(t *Terms) (each calc.Amount) {
	for _, f := range t.Fees {
		fee := f.of(t.Principal, t.Rounding.Fee)
		aside := calc.Amount{}
		if f.NotInFullCost {
			aside = fee
		}
		switch f.Charging {
		case Withheld:
			s.PaidOut = s.PaidOut.Minus(fee)
			s.IssueFees = s.IssueFees.Plus(fee)
			s.issueAside = s.issueAside.Plus(aside)
		case Added:
			s.Loan = s.Loan.Plus(fee)
			s.IssueFees = s.IssueFees.Plus(fee)
		case EachRepayment:
			each = each.Plus(fee)
			s.eachAside = s.eachAside.Plus(aside)
		}
	}
	return each
}

// add appends a row and counts it in the totals.
func (s *Schedule) add(r Row) {
	s.Rows = append(s.Rows, r)
	s.Interest = s.Interest.Plus(r.Interest)
	s.Principal = s.Principal.Plus(r.Principal)
	s.Fees = s.Fees.Plus(r.Fees)
	s.Payment = s.Payment.Plus(r.Payment)
}

// plan is a loan whose dates are known.
type plan struct {
	*Terms
	loan  calc.Amount
	spans []span
}

// interest is that of the k-th installment, from 0, on what is owed before it.
func (p *plan) interest(k int, balance calc.Amount) calc.Amount {
	s := &p.spans[k]
	if p.OnLoan {
		balance = p.loan
	}
	return Interest(balance, s.percent, s.units, s.basis, p.Rounding.Interest)
}

// repayer is the principal that an installment repays.
type repayer func(k int, balance, interest calc.Amount) (calc.Amount, error)

// repaying is what the terms say about it.
func (p *plan) repaying() (repayer, error) {
	switch p.Repayment {
	case ByAnnuity, ByPayments:
		payments, err := p.payments()
		return p.byPayments(payments), err
	case ByEqualPrincipal:
		return byParts(p.parts(func(int) calc.Amount {
			return over(p.loan, calc.AmountOf(int64(len(p.spans))), p.Rounding.Payment)
		})), nil
	case ByShares:
		return byParts(p.parts(func(k int) calc.Amount {
			return Interest(p.loan, p.Shares[k], 1, PerUnit, p.Rounding.Payment)
		})), nil
	}
	return p.byPayments(nil), nil // at the end
}

// byPayments repays what the payments leave after interest, and with the last
// installment all; without payments, interest only.
func (p *plan) byPayments(payments []calc.Amount) repayer {
	return func(k int, balance, interest calc.Amount) (principal calc.Amount, err error) {
		switch {
		case k == len(p.spans)-1:
			return balance, nil
		case payments == nil:
			return principal, nil
		}
		if principal = payments[k].Minus(interest); principal.Sign() < 0 {
			return principal, fmt.Errorf("%w: %s against %s", ErrInterest, payments[k], interest)
		}
		return principal, owed(principal, balance)
	}
}

// byParts repays parts that add up to the loan.
func byParts(parts []calc.Amount) repayer {
	return func(k int, balance, _ calc.Amount) (calc.Amount, error) {
		if parts[k].Sign() < 0 {
			return parts[k], fmt.Errorf("%w: the others repay %s more than the loan", ErrRepaid, parts[k].Neg())
		}
		return parts[k], owed(parts[k], balance)
	}
}

func owed(principal, balance calc.Amount) error {
	if principal.Cmp(balance) > 0 {
		return fmt.Errorf("%w: %s of %s", ErrRepaid, principal, balance)
	}
	return nil
}

// parts are the parts of the principal, of which one takes the residue.
func (p *plan) parts(of func(k int) calc.Amount) []calc.Amount {
	parts := make([]calc.Amount, len(p.spans))
	taker := len(parts) - 1
	if p.Residue == ResidueFirst {
		taker = 0
	}
	residue := p.loan
	for k := range parts {
		if k != taker {
			parts[k] = of(k)
			residue = residue.Minus(parts[k])
		}
	}
	parts[taker] = residue
	return parts
}
