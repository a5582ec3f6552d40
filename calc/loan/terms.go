package loan

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/date"
)

// Terms are what a contract says about its repayment; Plan makes the schedule of
// them. Sums are in the unit of the loan's currency, rates and shares in percent.
//
// What documents leave open (how the rate is meant, how is rounded, how is repaid)
// has no default: it is configuration, or the question that Fit answers.
type Terms struct {
	Principal    calc.Amount
	Issue        date.Date
	Installments int // 1 to MaxInstallments

	// Step makes the due dates; Due are the dates where documents state them, one
	// an installment, and Step then only says what a step is.
	Step Stepping
	Due  []date.Date

	Repayment Repayment
	// Payments are the sums of ByPayments without fees: one for each installment
	// but the last, or one for all of them.
	Payments []calc.Amount
	// Shares are the parts of the principal of ByShares in percent, one for each
	// installment, 100 together (principalParts).
	Shares  []calc.Amount
	Residue Residue
	Search  Search

	Percent calc.Amount
	RateFor RateFor
	// RatePeriods are the rates of the first installments, one period after the
	// other; Percent is the rate of the rest (intRateFirstPeriod of
	// qtyTranchesFirstPeriod installments, then the second).
	RatePeriods []RatePeriod
	// OnLoan charges interest on the loan instead of on what is left of it
	// (interestOnLoanAmount).
	OnLoan bool
	// BothEnds charges the first and the last day of each installment, so that it
	// has a day more (calcIntOnIssueDate). Otherwise the first earns nothing. Rates
	// for an installment or a month do not change by it.
	BothEnds bool
	// FreeDays are the first days of the loan, which earn nothing
	// (interestFreePeriod, "Беспроцентный период в днях").
	FreeDays int
	// GraceDays: a loan that is repaid within so many days of its issue costs no
	// interest, a later one costs it from the first day, as with a card
	// (interestGracePeriod, "Беспроцентный льготный период (в днях)": inferred, no
	// published sample uses it).
	GraceDays int

	Fees     []Fee
	Rounding Roundings
}

// Roundings are the policies of a loan, each with its own unit.
type Roundings struct {
	Interest calc.Rounding // of the interest of an installment
	// Payment rounds what an installment repays by formula: the payment of an
	// annuity, the principal of equal parts and of shares. The installment that takes
	// the residue is not rounded.
	Payment calc.Rounding
	Fee     calc.Rounding // of a fee in percent
}

// The decimals that roundings of sums in some currencies keep.
const (
	Kopeck int32 = 2
	Rouble int32 = 0
	Rial   int32 = 0
)

// Repayment says what each installment repays.
type Repayment uint8

// The ways to repay.
const (
	ByAnnuity        Repayment = iota + 1 // equal payments of interest and principal
	ByPayments                            // payments of given sums, the last of what is left (repaymentNorm)
	ByEqualPrincipal                      // equal parts of the principal
	AtTheEnd                              // interest only, and all principal with the last
	ByShares                              // given parts of the principal
)

var repaymentWords = [...]string{"", "annuity", "given payments", "equal principal", "all at the end", "shares of the principal"}

// String is the way in words.
func (r Repayment) String() string { return worded("repayment", repaymentWords[:], uint8(r)) }

// Residue says which installment takes what roundings leave.
type Residue uint8

// The policies. With an annuity ResidueFirst changes the first payment so that the
// last differs least from the others; where no first payment makes them equal, the
// last differs by what is then left.
const (
	ResidueLast Residue = iota
	ResidueFirst
)

var residueWords = [...]string{"the last takes the residue", "the first takes the residue"}

// String is the policy in words.
func (r Residue) String() string { return worded("residue", residueWords[:], uint8(r)) }

// Search says how the payment of an annuity is found.
type Search uint8

// The ways to find it.
const (
	// BestSearch is the formula where all installments charge the same part of the
	// balance, or interest is charged on the loan, and the trial otherwise.
	BestSearch Search = iota
	// ByFormula rounds the payment that would repay the loan exactly if nothing else
	// were rounded.
	ByFormula
	// ByTrial tries all installments with their roundings: of the payments in units
	// of its rounding (the mode does not matter) the one from which the last
	// installment differs least; of two the lower, as in a published schedule of 3312
	// and 3313 for 5000 at 0.7 % a day, twice 30 days.
	ByTrial
)

var searchWords = [...]string{"by formula or trial", "by formula", "by trial"}

// String is the way in words.
func (s Search) String() string { return worded("search", searchWords[:], uint8(s)) }

// RateFor is the time that a rate is stated for, and how time is counted.
type RateFor uint8

// The readings of a rate. BrainySoft's interestForTranche is just called "interest
// rate"; which of them it is, a dictionary of the installation says.
const (
	PerDay         RateFor = iota + 1 // a day
	PerInstallment                    // an installment, however long it is
	PerStep                           // so many days as a step has; more days cost more
	PerMonthOf12                      // a year, of which each month of the step is a twelfth
	PerYear360                        // a year of 360 days
	PerYear365                        // a year of 365 days
	PerYear366                        // a year of 366 days
	PerYearActual                     // a year of as many days as it has (actual/actual)
)

var rateWords = [...]string{
	"", "percent a day", "percent an installment", "percent a step of days", "percent a year, in twelfths",
	"percent a year of 360 days", "percent a year of 365 days", "percent a year of 366 days", "percent a calendar year",
}

// String is the reading in words.
func (r RateFor) String() string { return worded("rate", rateWords[:], uint8(r)) }

// RatePeriod is a rate for so many installments.
type RatePeriod struct {
	Installments int
	Percent      calc.Amount
}

// Charging says when a fee is paid and from what.
type Charging uint8

// The moments of a fee.
const (
	Withheld       Charging = iota + 1 // at issue, from the sum paid out
	Added                              // at issue, lent with the loan and repaid like it
	EachRepayment                      // with each installment
	chargingBehind                     // none
)

var chargingWords = [...]string{"", "withheld at issue", "added to the loan", "with each installment"}

// String is the moment in words.
func (c Charging) String() string { return worded("charging", chargingWords[:], uint8(c)) }

// Fee is a percentage of the principal, rounded, and a fixed sum; either can be 0.
type Fee struct {
	Charging Charging
	Percent  calc.Amount
	Fixed    calc.Amount
	// NotInFullCost leaves the fee out of the flows (involvedInFullCostCalc is
	// false). A fee that is Added is in the payments and cannot be left out.
	NotInFullCost bool
}

// of is the fee on a principal.
func (f Fee) of(principal calc.Amount, r calc.Rounding) calc.Amount {
	return Interest(principal, f.Percent, 1, PerUnit, r).Plus(f.Fixed)
}

func worded(what string, words []string, n uint8) string {
	if int(n) < len(words) && words[n] != "" {
		return words[n]
	}
	return fmt.Sprintf("%s %d", what, n)
}
