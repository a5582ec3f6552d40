package finnotech

import (
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// generationRules are the laws of what a loan states in two generations of fields.
func generationRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-07", Title: "a loan is stated in two ways that differ",
			Cites: inquiry + "facilityList", Basis: schema.Stated,
			Law: "bankCode = FacilityBankCode, branchCode = FacilityBranchCode, branchDescription = FacilityBranch, " +
				"pastExpiredAmount = FacilityPastExpiredAmount, and so on for the amounts deferred, doubtful, owed, lent and " +
				"charged, and for the type",
			Each: []string{"facilityList"}, Reads: pairFields(), Check: checkGenerations,
			Severity: schema.Warning,
			Why: "The document explains both fields of a pair with the same words. Where several pairs differ, the record " +
				"has been put together from two loans.",
		},
		{
			ID: "FT-10", Title: "the interest of a loan repeats its debt",
			Cites: inquiry + "benefitAmount, FacilityBenefitAmount", Basis: schema.Inferred,
			Law:   "benefitAmount is not debtorTotalAmount, nor FacilityBenefitAmount FacilityDebtorTotalAmount, unless both are 0",
			Each:  []string{"facilityList.benefitAmount", "facilityList.FacilityBenefitAmount"},
			Reads: ofLoans([]string{older.benefit, older.debt, newer.benefit, newer.debt}), Check: checkNotTheDebt,
			Severity: schema.Warning,
			Why:      "The interest of the whole term and what is owed today are the same to the last rial only when one is copied.",
		},
	}
}

// generation names the amounts of a loan in one generation of fields.
type generation struct{ principal, benefit, debt string }

var (
	older = generation{"amountOrginal", "benefitAmount", "debtorTotalAmount"}
	newer = generation{"FacilityAmountOrginal", "FacilityBenefitAmount", "FacilityDebtorTotalAmount"}
)

// generationOf the value of a case, which is an interest.
func generationOf(c *schema.Case) generation {
	if c.Field().Name == older.benefit {
		return older
	}
	return newer
}

// pair is one statement in both generations.
type pair struct {
	older, newer string
	differs      func(older, newer *schema.Value) bool
}

var pairs = []pair{
	{"bankCode", "FacilityBankCode", otherCode},
	{"branchCode", "FacilityBranchCode", otherCode},
	{"branchDescription", "FacilityBranch", otherText},
	{"pastExpiredAmount", "FacilityPastExpiredAmount", otherAmount},
	{"deferredAmount", "FacilityDeferredAmount", otherAmount},
	{"suspiciousAmount", "FacilitySuspiciousAmount", otherAmount},
	{older.debt, newer.debt, otherAmount},
	{"type", "FacilityType", otherCode},
	{older.principal, newer.principal, otherAmount},
	{older.benefit, newer.benefit, otherAmount},
}

func otherCode(a, b *schema.Value) bool   { return !sameCode(a.Text, b.Text) }
func otherAmount(a, b *schema.Value) bool { return !a.Amount.Equal(b.Amount) }
func otherText(a, b *schema.Value) bool {
	same, _ := text.Same(a.Text, b.Text)
	return !same
}

func pairFields() []string {
	var all []string
	for _, p := range pairs {
		all = append(all, "facilityList."+p.older, "facilityList."+p.newer)
	}
	return all
}

func checkGenerations(c *schema.Case) {
	stated := 0
	var unequal []*pair
	var said, shown []string
	for i := range pairs {
		p := &pairs[i]
		if !c.Given(p.older) || !c.Given(p.newer) {
			continue
		}
		stated++
		a, b := c.Value(p.older), c.Value(p.newer)
		if p.differs(a, b) {
			unequal = append(unequal, p)
			said = append(said, p.older+" "+a.Text+" and "+p.newer+" "+b.Text)
			shown = append(shown, p.older, p.newer)
		}
	}
	reason := "these differ: " + strings.Join(said, ", ")
	var b *schema.Breach
	switch {
	case stated == 0:
		c.NotApplicable("the loan is stated in one generation of fields")
		return
	case len(unequal) == 0:
		return
	case len(unequal) > 1: // of two loans
		b = c.BrokenRow(reason)
	case unequal[0].older == "branchDescription": // a branch can be called in two ways
		b = c.BrokenRow(reason)
		b.Severity = schema.Info
	default:
		b = c.Differ(unequal[0].older, unequal[0].newer, reason)
	}
	c.ShowOnly(b, shown...)
}

func checkNotTheDebt(c *schema.Case) {
	debt := generationOf(c).debt
	if benefit := c.Amount(""); benefit.Sign() != 0 && benefit.Equal(c.Amount(debt)) {
		c.Broken("", "", "it is the debt, "+debt+", to the last digit").Copied = true
	}
}
