package finnotech

import "tieout/calc/schema"

// listRules are the laws of the loans of a list, side by side, and of their banks.
func listRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-21", Title: "two loans have one request number, or the bank is not the one of the branch",
			Cites: inquiry + "FacilityRequestNo, FacilityBankCode, FacilityBranch", Basis: schema.Inferred,
			Law: "FacilityRequestNo is in the list once; bankCode and FacilityBankCode are the code of the bank that " +
				"branchDescription and FacilityBranch name",
			Reads: ofLoans([]string{
				"FacilityRequestNo", "bankCode", "branchDescription", "FacilityBankCode", "FacilityBranch",
			}),
			Data: bankData, Check: checkList, Severity: schema.Warning,
			Why: "A request leads to one loan: a number that stands twice is a loan listed twice. Bank and branch are of one loan.",
		},
	}
}

func checkList(c *schema.Case) {
	loans := c.Rows("facilityList")
	said := false
	for i := range loans {
		loan := &loans[i]
		if loan.Given("FacilityRequestNo") {
			said = true
			number := loan.Text("FacilityRequestNo")
			if first, _ := c.RowWith("facilityList", "FacilityRequestNo", number); first.Number() != loan.Number() {
				loan.Broken("FacilityRequestNo", "", "it is the request number of "+first.Name()+" as well").Copied = true
			}
		}
		older := checkBank(loan, "bankCode", "branchDescription")
		newer := checkBank(loan, "FacilityBankCode", "FacilityBranch")
		said = said || older || newer
	}
	if !said {
		c.NotApplicable("no loan has a request number, or a bank and a branch")
	}
}

// checkBank compares the code of a bank with the name before that of the branch;
// stated is false when one of them is not given.
func checkBank(loan *schema.Case, code, branch string) (stated bool) {
	if !loan.Given(code) || !loan.Given(branch) {
		return false
	}
	given := loan.Text(code)
	first := firstPart(loan.Text(branch))
	if isBank(first, given) {
		return true
	}
	named := banksNamed(first)
	if len(named) == 0 {
		return true
	}
	expected := ""
	if len(named) == 1 {
		expected = named[0]
	}
	loan.Broken(code, expected, branch+" names another bank")
	return true
}
