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
			ID: "FT-11", Title: "a date of a loan is none or has another form, or the loan ends before it begins",
			Cites: inquiry + "FacilitySetDate, FacilityEndDate, FacilityMoratoriumDate", Basis: schema.Stated,
			Law: "the dates are days of the Iranian calendar in the form yyyyMMdd, FacilitySetDate is one of them, not 0, " +
				"and is before FacilityEndDate",
			Each: []string{"facilityList"}, Reads: ofLoans(loanDates), Check: checkDates,
			Severity: schema.Error, Replaces: "IN-06",
			Why: "The document has the date of the contract and the final due date, yyyyMMdd; 0 says that there is none. " +
				"Another form, and a loan without the date of its contract, are remarks.",
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
		checkDay(c, field)
	}
	if !given {
		c.NotApplicable("the loan has no dates")
		return
	}
	if set := c.Value("FacilitySetDate"); set.State == schema.Empty {
		c.Broken("FacilitySetDate", "", "a loan has a date of its contract").Severity = schema.Info
	}
	set, end := c.Value("FacilitySetDate"), c.Value("FacilityEndDate")
	if !set.Date.IsZero() && !end.Date.IsZero() && !set.Date.Before(end.Date) {
		c.Broken("FacilityEndDate", "", "the contract is of "+set.Text)
	}
}

// checkDay tells a date that is none, or is written in another form than the
// document's.
func checkDay(c *schema.Case, field string) {
	if _, reason := c.NoDay(field); reason != "" {
		c.Broken(field, "", reason)
		return
	}
	v := c.Value(field)
	if day, ok := v.Date.Jalali(); ok && !day.IsCompact(v.Text) {
		c.Broken(field, day.Compact(), "it is written yyyyMMdd in this document").Severity = schema.Info
	}
}

// beginsWithMonth tells whether a text begins with the two digits of a day's year and
// the two of its month.
func beginsWithMonth(text string, day date.Jalali) bool {
	month := day.Year%100*100 + day.Month
	for i := 3; i >= 0; i-- {
		if len(text) < 4 || text[i] != byte('0'+month%10) {
			return false
		}
		month /= 10
	}
	return true
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
		branch = "00000"[len(branch):] + branch
	}
	if day, begins := strings.CutPrefix(number, branch); !begins || !beginsWithMonth(day, set) {
		c.Broken("", "", "by branch and month of the contract it begins with "+branch+set.Compact()[2:6])
	} else if len(number) != digits {
		c.Broken("", "", "it does not have sixteen digits")
	}
}
