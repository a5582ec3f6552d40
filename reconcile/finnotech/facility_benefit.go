package finnotech

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// benefitRules are the laws of a loan's interest.
func benefitRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-12", Title: "no round yearly rate explains the interest of a loan",
			Cites: inquiry + "benefitAmount, FacilityBenefitAmount", Basis: schema.Inferred,
			Law: "the interest is that of an annuity on the principal at a round yearly rate, over the months from " +
				"FacilitySetDate to FacilityEndDate or one less, cut to whole rials",
			Each:  []string{"facilityList.benefitAmount", "facilityList.FacilityBenefitAmount"},
			Reads: benefitReads(), Check: checkBenefit,
			Severity: schema.Info,
			Why: "Published figures follow it to the last rial: 16 % over 144 months on 600000000 make 752873056. " +
				"Where the total of the facilities leaves an amount for the interest that a round rate explains, it should be that one.",
		},
	}
}

func benefitReads() []string {
	return append([]string{"facilityTotalAmount"}, ofLoans(append([]string{
		older.principal, older.benefit, newer.principal, newer.benefit,
	}, loanDates...))...)
}

func checkBenefit(c *schema.Case) {
	of := generationOf(c)
	benefit, principal := c.Amount(""), c.Amount(of.principal)
	months := term(c)
	switch {
	case c.Given("FacilityMoratoriumDate"):
		c.NotApplicable("the loan has a moratorium")
	case months < 1:
		c.NotApplicable("the term is not a month long")
	case principal.Sign() <= 0:
		c.NotApplicable("no principal was lent")
	default:
		if !printed(principal, benefit).HasRoundRate(months) {
			tellBenefit(c, of, principal, months)
		}
	}
}

// term of a loan in whole months; 0 when a date is missing, which is noted.
func term(c *schema.Case) int {
	set, isSet := c.Date("FacilitySetDate").Jalali()
	end, isEnd := c.Date("FacilityEndDate").Jalali()
	if !isSet || !isEnd {
		return 0
	}
	return set.MonthsUntil(end)
}

// explain finds the round yearly rate of an annuity over the months of a term, or
// one less, that gives an interest in whole rials.
func explain(principal, benefit calc.Amount, months int) (percent calc.Amount, over int, ok bool) {
	return printed(principal, benefit).RateBetween(months)
}

// printed is the interest of an annuity as the document has it.
func printed(principal, benefit calc.Amount) loan.PrintedAnnuity {
	return loan.PrintedAnnuity{Principal: principal, Sum: benefit, Rounding: loan.WholeDown}
}

func tellBenefit(c *schema.Case, of generation, principal calc.Amount, months int) {
	if left, ok := leftFor(c, of); ok {
		if percent, over, ok := explain(principal, left, months); ok {
			c.Off("", left, fmt.Sprintf("that is what facilityTotalAmount leaves for it, and the interest at %s %% a year over %d months",
				percent, over))
			return
		}
	}
	c.Broken("", "", fmt.Sprintf("no annuity on %s over %d months, or one less, has it at a round rate", principal, months))
}

// maxLoans bounds the lists in which the total is asked about an interest, since
// each is asked about with all the others; nobody has as many loans.
const maxLoans = 100

// leftFor an interest is what the total of the facilities has beside the other
// amounts of its generation; ok is false when one of them is not there.
func leftFor(c *schema.Case, of generation) (left calc.Amount, ok bool) {
	list := c.Record.Layout.Find("facilityList").Rows
	if c.Record.Instances(list) > maxLoans || !c.Given("facilityTotalAmount") {
		return left, false
	}
	left = c.Amount("facilityTotalAmount").Plus(c.Amount(""))
	loans := c.Rows("facilityList")
	for i := range loans {
		for _, field := range []string{of.principal, of.benefit} {
			if !loans[i].Given(field) {
				return left, false
			}
			left = left.Minus(loans[i].Amount(field))
		}
	}
	return left, true
}
