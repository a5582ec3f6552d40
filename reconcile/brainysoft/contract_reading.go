package brainysoft

import (
	"strconv"

	"tieout/calc"
	"tieout/calc/loan"
	"tieout/calc/schema"
)

// charges are what interest is printed for, without the rows, behind others.
func charges(all []installment, charged []loan.Charged) []loan.Charged {
	for i := range all {
		charged = append(charged, all[i].Charged)
	}
	return charged
}

// accuse the installments whose interest the reading of the rate does not give.
func accuse(c *schema.Case, rows []schema.Case, all []installment, fit *loan.ChargeFit) {
	for n := range all {
		i := &all[n]
		if fit.Gives(&i.Charged) {
			continue
		}
		if day := begin(c, rows, i, fit); day != "" {
			rows[i.row].Broken("issueDate", day, "the interest is that of the days from "+day+
				", by the reading by which the other interest follows from the rate")
			continue
		}
		rows[i.row].Off("interest", fit.Interest(&i.Charged), i.Percent.String()+" "+fit.For.String()+" on "+
			i.Principal.String()+" for "+strconv.Itoa(i.Days())+
			" days, the reading by which the other interest follows from the rate")
	}
}

// begin is the day of issue from which the first installment has the interest
// printed, when it begins on another; "" when there is none.
func begin(c *schema.Case, rows []schema.Case, i *installment, fit *loan.ChargeFit) string {
	if i.row > 0 {
		return ""
	}
	begun := rows[0].Date("issueDate")
	for _, path := range [...]string{"issueDate", issuePlan} {
		issue := c.Value(path).Date
		if issue.IsZero() || issue == begun {
			continue
		}
		longer := i.Charged
		longer.From = issue
		if fit.Gives(&longer) {
			return issue.String()
		}
	}
	return ""
}

// follows is the rate a day from which the interest of a schedule follows, when it
// is a plain one; "" when there is none.
func follows(all []installment) string {
	const fewest, decimals = 2, 2 // installments that prove a rate, and places of a plain one
	if len(all) < fewest {
		return ""
	}
	stretches := make([]loan.Stretch, len(all))
	for i := range all {
		stretches[i] = loan.Stretch{Principal: all[i].Principal, Days: all[i].Days(), Interest: all[i].Interest}
	}
	for _, to := range [...]calc.Rounding{toHundredths, toUnits} {
		if _, _, rate, ok := loan.InferDailyRate(stretches, to); ok && rate.Sign() > 0 && rate.Scale() <= decimals {
			return rate.String()
		}
	}
	return ""
}
