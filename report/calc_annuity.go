package report

import (
	"fmt"

	"tieout/calc"
)

// Inferred says what of an annuity was not given, but found.
type Inferred uint8

// What can be found.
const (
	InferredNothing Inferred = iota // payment and benefit are calculated
	InferredRates                   // the rate
	InferredMonths                  // the term
)

// Annuity is an annuity, or the rate or the term that its benefit or payment reveals.
type Annuity struct {
	Principal calc.Amount
	// Months is the term; of several that fit the shortest, and MostMonths the longest.
	Months, MostMonths int
	// MonthsBetween is how many months lie between the two dates given; 0 when the
	// months were given.
	MonthsBetween int
	Rate          calc.Amount
	Inferred      Inferred
	ByPayment     bool // from the payment, otherwise from the benefit
	Fits          bool // nothing had to be found, or it was
	// Low and High are the rates between which all lie that fit, when no round one does
	// and they are Enclosed.
	Low, High       calc.Amount
	Enclosed        bool
	Benefit         calc.Amount
	Payment         calc.Amount
	Rounding        calc.Rounding // of the payment
	BenefitRounding calc.Rounding
}

// Calculation shows the annuity.
func (a *Annuity) Calculation() *Calculation {
	c := &Calculation{Kind: "annuity", Title: "Annuity: equal monthly payments"}
	switch a.Inferred {
	case InferredRates:
		c.Title = "Annuity: the rate that a " + a.figure() + " reveals"
		a.rate(c)
	case InferredMonths:
		c.Title = "Annuity: the months that a " + a.figure() + " reveals"
		a.months(c)
	}
	missing := noValue("without a rate")
	if a.Inferred == InferredMonths {
		missing = noValue("without a term")
	}
	payment, benefit, total := amountValue(a.Payment), amountValue(a.Benefit), amountValue(a.Principal.Plus(a.Benefit))
	if !a.Fits && a.ByPayment {
		benefit, total = missing, missing
	} else if !a.Fits {
		payment = missing
	}
	c.result("payment", "Monthly payment", payment, "")
	c.result("benefit", "Benefit (all interest)", benefit, "")
	c.result("total", "Principal and benefit", total, "")
	c.result("principal", "Principal", amountValue(a.Principal), "")
	if a.Inferred != InferredRates {
		c.result("rate_percent", "Rate", amountValue(a.Rate), "% a year")
	}
	if a.Inferred != InferredMonths {
		c.result("months", "Months", countValue(a.Months), "")
	}
	a.read(c)
	return c
}

func (a *Annuity) figure() string {
	if a.ByPayment {
		return "payment"
	}
	return "benefit"
}

// rate is the rate found, or where it lies.
func (a *Annuity) rate(c *Calculation) {
	if a.Fits {
		c.result("rate_percent", "Rate", amountValue(a.Rate), "% a year")
		return
	}
	c.result("rate_percent", "Rate", noValue("no rate of whole, half or quarter percents up to 60 gives this "+a.figure()+" to the last digit"), "")
	if a.Enclosed {
		c.result("above_percent", "All that give it lie from", amountValue(a.Low), "% a year")
		c.result("below_percent", "to", amountValue(a.High), "% a year")
		return
	}
	c.result("above_percent", "Other rates", noValue("none from 0 to 1000 % gives it"), "")
}

func (a *Annuity) months(c *Calculation) {
	if !a.Fits {
		c.result("months", "Months", noValue("no term of up to 1200 months gives this "+a.figure()+" to the last digit"), "")
		return
	}
	c.result("months", "Months", countValue(a.Months), "")
	if a.MostMonths > a.Months {
		c.result("most_months", "or more, up to", countValue(a.MostMonths), "")
	}
}

func (a *Annuity) read(c *Calculation) {
	c.Reads("Payment: P r / (1 - (1 + r)^-n), where r is a twelfth of the yearly rate and n the months, rounded " + a.Rounding.String() + "; P/n without interest.")
	c.Reads("Benefit: n times the payment with all its digits, less the principal, rounded " + a.BenefitRounding.String() + ". Iranian banks state it cut to whole units.")
	if a.MonthsBetween > 0 {
		words := fmt.Sprintf("Months: between the two dates lie %d whole months, counted in the calendar of the dates", a.MonthsBetween)
		if a.Months != a.MonthsBetween {
			words += fmt.Sprintf("; the %s fits %d, one month less", a.figure(), a.Months)
		}
		c.Reads(words + ".")
	}
	switch a.Inferred {
	case InferredRates:
		c.Reads("Rate: of whole percents up to 60, then halves, then quarters, the first that gives the " + a.figure() + " to the last digit.")
	case InferredMonths:
		c.Reads("Months: of all terms up to 1200 months those that give the " + a.figure() + " to the last digit.")
	}
	if a.Enclosed {
		c.Reads("The two rates have three decimals and lie outside of the interval by less than 0.001.")
	}
}
