package loan

import (
	"errors"
	"fmt"

	"tieout/calc"
)

// MaxInstallments bounds a schedule; the exact formula of an annuity has as many
// digits as installments times the digits of the rate.
const MaxInstallments = MaxMonths

// The reasons why terms have no schedule.
var (
	// ErrTerms: the terms are incomplete or contradict each other; the message says
	// which.
	ErrTerms = errors.New("terms of no loan")
	// ErrRateStep: the rate is for a step of days or a month of the step, and the
	// method makes other steps.
	ErrRateStep = fmt.Errorf("%w: the rate does not go with the steps", ErrTerms)
	// ErrShares: the shares are not as many as the installments, or not 100 percent.
	ErrShares = errors.New("shares that do not divide the principal")
	// ErrInterest: a payment does not cover the interest of its installment.
	ErrInterest = errors.New("the payment does not cover the interest")
	// ErrRepaid: an installment would repay more than is left, as when a unit of
	// rounding is too coarse for the loan.
	ErrRepaid = errors.New("more is repaid than is owed")
)

// check errs with ErrTerms, ErrRate and ErrShares.
func (t *Terms) check() error {
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("%w: "+format, append([]any{ErrTerms}, args...)...)
	}
	switch {
	case t.Principal.Sign() <= 0:
		return wrong("a principal of %s", t.Principal)
	case t.Issue.IsZero():
		return wrong("no date of issue")
	case t.Installments < 1 || t.Installments > MaxInstallments:
		return wrong("%d installments", t.Installments)
	case t.FreeDays < 0 || t.FreeDays > MaxStep || t.GraceDays < 0 || t.GraceDays > MaxStep:
		return wrong("%d days without interest, %d of grace", t.FreeDays, t.GraceDays)
	case t.Repayment < ByAnnuity || t.Repayment > ByShares:
		return wrong("%s", t.Repayment)
	case t.Residue > ResidueFirst || t.Search > ByTrial:
		return wrong("%s, %s", t.Residue, t.Search)
	}
	for _, check := range []func() error{t.checkRate, t.checkParts, t.checkFees} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (t *Terms) checkRate() error {
	months := t.Step.Method.byMonths()
	switch {
	case t.RateFor < PerDay || t.RateFor > PerYearActual:
		return fmt.Errorf("%w: %s", ErrTerms, t.RateFor)
	case t.RateFor == PerStep && (months || t.Step.Every < 1), t.RateFor == PerMonthOf12 && (!months || t.Step.Every < 1):
		return fmt.Errorf("%w: %s, with steps of %d %s", ErrRateStep, t.RateFor, t.Step.Every, t.Step.Method)
	case t.Percent.Sign() < 0:
		return fmt.Errorf("%w: %s %%", ErrRate, t.Percent)
	}
	n := 0
	for _, p := range t.RatePeriods {
		if p.Percent.Sign() < 0 {
			return fmt.Errorf("%w: %s %%", ErrRate, p.Percent)
		}
		if n += p.Installments; p.Installments < 0 || n > t.Installments {
			return fmt.Errorf("%w: rates for %d of %d installments", ErrTerms, n, t.Installments)
		}
	}
	return nil
}

func (t *Terms) checkParts() error {
	if n := len(t.Payments); t.Repayment == ByPayments && n != 1 && n != t.Installments-1 {
		return fmt.Errorf("%w: %d payments for %d installments", ErrTerms, n, t.Installments)
	}
	if t.Repayment != ByShares {
		return nil
	}
	if len(t.Shares) != t.Installments {
		return fmt.Errorf("%w: %d of %d installments", ErrShares, len(t.Shares), t.Installments)
	}
	var sum calc.Amount
	for _, share := range t.Shares {
		if share.Sign() < 0 {
			return fmt.Errorf("%w: %s %%", ErrShares, share)
		}
		sum = sum.Plus(share)
	}
	if !sum.Equal(hundred) {
		return fmt.Errorf("%w: %s %% together", ErrShares, sum)
	}
	return nil
}

func (t *Terms) checkFees() error {
	for _, f := range t.Fees {
		known := f.Charging >= Withheld && f.Charging < chargingBehind
		switch {
		case !known || f.Percent.Sign() < 0 || f.Fixed.Sign() < 0:
			return fmt.Errorf("%w: a fee %s of %s %% and %s", ErrTerms, f.Charging, f.Percent, f.Fixed)
		case f.NotInFullCost && f.Charging == Added:
			return fmt.Errorf("%w: a fee %s of %s %% and %s is repaid with the loan and cannot be left out of the full cost",
				ErrTerms, f.Charging, f.Percent, f.Fixed)
		}
	}
	return nil
}
