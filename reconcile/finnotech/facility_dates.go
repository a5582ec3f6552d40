package finnotech

import (
	"strings"

	"tieout/calc/date"
	"tieout/calc/schema"
)

// dateRules are the laws of a loan's dates.
func dateRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-11", Title: "a date of a loan is none, or the loan ends before it begins",
			Cites: inquiry + "FacilitySetDate, FacilityEndDate, FacilityMoratoriumDate", Basis: schema.Stated,
			Law:  "the dates are days of the Iranian calendar, and FacilitySetDate is before FacilityEndDate",
			Each: []string{"facilityList"}, Reads: ofLoans(loanDates), Check: checkDates,
			Severity: schema.Error,
			Why:      "The document has the date of the contract and the final due date, yyyyMMdd; 0 says that there is none.",
		},
		{
			ID: "FT-14", Title: "the request number does not begin with branch, year and month",
			Cites: inquiry + "FacilityRequestNo", Basis: schema.Inferred,
			Law: "FacilityRequestNo has 16 digits: five of FacilityBranchCode, two of the year and two of the month " +
				"of FacilitySetDate, seven of a serial number",
			Each:  []string{"facilityList.FacilityRequestNo"},
			Reads: []string{"facilityList.FacilityBranchCode", "facilityList.FacilitySetDate", "facilityList.FacilityRequestNo"},
			Check: checkRequestNumber, Severity: schema.Info,
			Why: "It is so in the one published sample: 02159, 97, 04 and a serial number.",
		},
	}
}

var loanDates = []string{"FacilitySetDate", "FacilityEndDate", "FacilityMoratoriumDate"}

// ofLoans are some fields of the loans, by their whole names.
func ofLoans(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = "facilityList." + name
	}
	return all
}

func checkDates(c *schema.Case) {
	given := false
	for _, field := range loanDates {
		if !c.Given(field) {
			continue
		}
		given = true
		if v := c.Value(field); v.Date.IsZero() {
			_, err := date.ParseJalali(v.Text)
			c.Broken(field, "", reasonOf(err))
		}
	}
	if !given {
		c.NotApplicable("the loan has no dates")
		return
	}
	set, end := c.Value("FacilitySetDate"), c.Value("FacilityEndDate")
	if !set.Date.IsZero() && !end.Date.IsZero() && !set.Date.Before(end.Date) {
		c.Broken("FacilityEndDate", "", "the contract is of "+set.Text)
	}
}

// reasonOf an error without the text that it quotes at its end.
func reasonOf(err error) string {
	reason, _, _ := strings.Cut(err.Error(), ": ")
	return reason
}

func checkRequestNumber(c *schema.Case) {
	const (
		branchDigits = 5
		digits       = 16
	)
	number, branch := c.Text(""), c.Text("FacilityBranchCode")
	set, ok := c.Date("FacilitySetDate").Jalali()
	switch {
	case !ok: // the gap is noted
		return
	case len(branch) > branchDigits:
		c.NotApplicable("the branch code has more than five digits")
		return
	case len(branch) < branchDigits:
		branch = strings.Repeat("0", branchDigits-len(branch)) + branch
	}
	if begin := branch + set.Compact()[2:6]; !strings.HasPrefix(number, begin) {
		c.Broken("", "", "by branch and month of the contract it begins with "+begin)
	} else if len(number) != digits {
		c.Broken("", "", "it does not have sixteen digits")
	}
}
