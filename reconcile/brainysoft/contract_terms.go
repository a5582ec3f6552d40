package brainysoft

import "tieout/calc/schema"

// termRules are the laws of the terms of a contract.
func termRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "BC-11", Title: "the terms are not of the contract's credit product",
			Cites: contract + "creditFieldReq.id, creditProductId", Basis: schema.Stated,
			Law:   "creditFieldReq.id = creditProductId",
			Reads: []string{"creditFieldReq.id", "creditProductId"}, Check: checkProduct,
			Severity: schema.Info,
			Why: "The document calls both the identifier of the credit product. In its sample they differ: most likely the " +
				"first names the terms themselves, and the wording is a slip.",
		},
		{
			ID: "BC-12", Title: "the penalty rates overlap, run backward or are negative",
			Cites: contract + "creditFieldReq.penaltyRates", Basis: schema.Inferred,
			Formula: "for rate in creditFieldReq.penaltyRates: rate.periodBegin <= rate.periodEnd" +
				" and rate.periodBegin >= prev(rate.periodEnd) + 1" +
				" and rate.principalRate >= 0 and rate.interestRate >= 0 and rate.feeRate >= 0",
			Severity: schema.Error,
			Why:      "Each day of a delay has one rate, and a penalty is nothing that the lender pays.",
		},
		{
			ID: "BC-13", Title: "the shares of the principal are not 100 percent",
			Cites: contract + "creditFieldReq.principalParts.part", Basis: schema.Stated,
			Formula:  "sum(creditFieldReq.principalParts.part) = 100 when some creditFieldReq.principalParts",
			Severity: schema.Error,
			Why:      "Each part is the share of an installment in the principal, in percent. A contract without parts has other rules for them.",
		},
		{
			ID: "BC-14", Title: "periods 1 and 2 have more installments than the contract",
			Cites: contract + "creditFieldReq.qtyTranchesFirstPeriod, qtyTranchesSecondPeriod", Basis: schema.Inferred,
			Formula:  "creditFieldReq.qtyTranchesFirstPeriod + creditFieldReq.qtyTranchesSecondPeriod <= creditFieldReq.trancheCount",
			Severity: schema.Warning,
			Why:      "The periods with rates of their own are parts of the schedule.",
		},
	}
}

func checkProduct(c *schema.Case) {
	terms, product := c.Text("creditFieldReq.id"), c.Text("creditProductId")
	if terms != product {
		c.Broken("creditFieldReq.id", product, "the document describes it as the identifier of the credit product")
	}
}
