package finnotech

import (
	"errors"

	"tieout/calc/identifier"
	"tieout/calc/schema"
)

// identityRules are the laws of whom an answer is about.
func identityRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-01", Title: "the national code or legal id cannot be right, or is not the one asked for",
			Cites: inquiry + "user, nid", Basis: schema.Stated,
			Law: "nid and user have 10 digits (11 of a company) and legalId 11, with a right check digit; " +
				"one of them is the user or nid asked for",
			Reads: whom, Asks: []string{"user", "nid"}, Always: true, Check: checkIdentity,
			Severity: schema.Warning,
			Why: "The document demands 10 digits for a person and 11 for a company. " +
				"A code that lost its zeros in front or has a digit wrong is another's or nobody's.",
		},
	}
}

// answerRules are the laws of whether an answer has anything to tell.
func answerRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "FT-22", Title: "a result code and a list of loans exclude each other",
			Cites: inquiry + "result", Basis: schema.Stated,
			Law:   "an answer has a result code and no loans in facilityList, or no code and a facilityList",
			Reads: []string{"result", "facilityList.FacilityDebtorTotalAmount"}, Always: true, Check: checkResult,
			Severity: schema.Error,
			Why:      "The code says that no facility was found. An answer with neither says nothing about its person.",
		},
	}
}

// whom lists the fields that name the person or company, in the order of trust.
var whom = []string{"nid", "user", "legalId"}

func checkIdentity(c *schema.Case) {
	first := ""
	for _, field := range whom {
		if !c.Given(field) {
			continue
		}
		if first == "" {
			first = field
		}
		if right, reason := faultOf(c, field); reason != "" {
			c.Broken(field, right, reason)
		}
	}
	if first == "" {
		c.NotApplicable("the answer does not say whom it is about")
		return
	}
	for _, parameter := range []string{"user", "nid"} {
		if right, _ := c.AnswersFor(parameter, first, func(asked string) bool { return isAbout(c, asked) }); !right {
			return
		}
	}
}

// faultOf an identifier, in a clause, and what it was before it lost its zeros.
func faultOf(c *schema.Case, field string) (right, reason string) {
	const lengthOfLegalID = 11
	id := c.Text(field)
	check := identifier.NationalCode
	if field == "legalId" || len(id) == lengthOfLegalID {
		check = identifier.LegalID
	}
	err := check(id)
	if err == nil {
		return "", ""
	}
	if padded, ok := identifier.PadNationalCode(id); ok && errors.Is(err, identifier.ErrLength) && identifier.NationalCode(padded) == nil {
		return padded, "it has lost its zeros in front"
	}
	return "", err.Error()
}

// isAbout tells whether an answer names whom was asked for.
func isAbout(c *schema.Case, asked string) bool {
	for _, field := range whom {
		if c.Given(field) && c.Text(field) == asked {
			return true
		}
	}
	return false
}

func checkResult(c *schema.Case) {
	listed := c.HasRows("facilityList")
	switch {
	case !c.Given("result"):
		if !listed {
			c.BrokenRow("there is neither a result code nor a facilityList")
		}
	case listed && len(c.Rows("facilityList")) > 0:
		c.Broken("result", "", "the code says that no facility was found, and facilityList has some")
	}
}
