package arifmetika

import (
	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/law"
	"tieout/calc/schema"
)

// charges of a loan, and the sum lent.
type charges struct{ lent, interest, penalty calc.Amount }

// counted are the charges that a ceiling counts.
func (l *charges) counted(of *law.Ceiling) calc.Amount {
	if of.Counts == law.Interest {
		return l.interest
	}
	return l.interest.Plus(l.penalty)
}

func checkCeiling(c *schema.Case) {
	loan := charges{c.Amount("Total.main_debt.begin_balance"), c.Amount("Total.percent.begin_balance"), c.Amount("Total.penalty.begin_balance")}
	earliest, latest := contractDays(c)
	switch {
	case loan.lent.Sign() <= 0 || latest.IsZero():
		c.NotApplicable("nothing was lent")
		return
	case latest.Before(earliest):
		c.NotApplicable("the loan is longer than a year")
		return
	}
	mildest, ok := law.CeilingOn(latest)
	if !ok {
		c.NotApplicable("the law set no ceiling when the contract was made")
		return
	}
	broken, kept := 0, 0
	for on := latest; !on.Before(earliest); {
		ceiling, is := law.CeilingOn(on)
		if !is {
			kept++
			break
		}
		if loan.counted(&ceiling).Cmp(ceiling.Multiple.Product(loan.lent)) > 0 {
			broken++
		} else {
			kept++
		}
		if ceiling.Multiple.Cmp(mildest.Multiple) > 0 {
			mildest = ceiling
		}
		on = ceiling.From.AddDays(-1)
	}
	switch {
	case broken > 0 && kept > 0:
		c.NotEvaluable("the date of the contract, which the document does not tell, decides")
	case broken > 0:
		loan.tell(c, &mildest)
	}
}

// contractDays are the first and last day on which the contract of a loan for up
// to a year can be made: a year before its last installment, and the earliest day
// that the document tells. The last is no date when there is none.
func contractDays(c *schema.Case) (earliest, latest date.Date) {
	sooner := func(d date.Date) {
		if latest.IsZero() || !d.IsZero() && d.Before(latest) {
			latest = d
		}
	}
	rows := c.Rows("Details")
	for i := range rows {
		due := rows[i].Date("plan_payment_date")
		if due.After(earliest) {
			earliest = due
		}
		sooner(due)
		for _, paid := range paymentsOf(&rows[i]) {
			for j := range paid {
				sooner(paid[j].Date("date"))
			}
		}
	}
	return earliest.AddMonths(-12, earliest.Day()), latest
}

// tell that the charges are above a ceiling, by the larger of them.
func (l *charges) tell(c *schema.Case, above *law.Ceiling) {
	counted, what := l.counted(above), "interest"
	limit := above.Multiple.Product(l.lent)
	path, rest := "Total.percent.begin_balance", counted.Minus(l.interest)
	if above.Counts == law.Charges {
		what = "interest and penalty"
		if l.penalty.Cmp(l.interest) > 0 {
			path, rest = "Total.penalty.begin_balance", l.interest
		}
	}
	most := limit.Minus(rest)
	if most.Sign() < 0 {
		most = calc.Amount{}
	}
	c.Off(path, most, what+" of "+counted.String()+" are more than "+above.Multiple.String()+" times the "+l.lent.String()+
		" lent, the ceiling for contracts from "+above.From.String()+": "+above.Source).AtMost = true
}
