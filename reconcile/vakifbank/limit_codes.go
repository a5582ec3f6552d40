package vakifbank

import (
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/schema"
)

// codeRules are the laws of what an answer says beside its sums: of values that are
// no sums, of what is left out, and of its codes.
func codeRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "DB-09", Title: "the limit is a row of nines: there is none",
			Cites: inquiry + "TotalGuaranteedLimit, TotalNonGuaranteedLimit", Basis: schema.Inferred,
			Law:  "a limit is an amount of money, not nine nines or more, which say that there is no limit",
			Each: limits, Reads: limits, Check: checkNines,
			Severity: schema.Info,
			Why: "The published sample has 9.99999999999999E14 for a dealer without such a limit. " +
				"What is left of it is no money either.",
		},
		{
			ID: "DB-10", Title: "documented figures are not sent",
			Cites: inquiry + "CashRisk, GuaranteedInvoiceTotal2, DepositAccountBalance", Basis: schema.Stated,
			Law:   "CashRisk, GuaranteedInvoiceTotal2 and DepositAccountBalance are sent",
			Reads: seldom, Check: checkSent,
			Severity: schema.Info,
			Why: "The document lists the three among the figures of an answer and its sample leaves them out. " +
				"Without them it cannot be told which of the readings of DB-03 is meant.",
		},
		{
			ID: "DB-11", Title: "the currency is not in the list, or not the one asked for",
			Cites: inquiry + "CurrencyCode, ACBH000028, ACBH000250", Basis: schema.Stated,
			Law:   "CurrencyCode is TL or TRY, which are the same, USD, EUR, JPY or GBP, and the one asked for",
			Reads: []string{"CurrencyCode"}, Asks: []string{"CurrencyCode"}, Check: checkCurrency,
			Severity: schema.Warning,
			Why:      "The bank names the lira TL and, in its English documents, TRY. It rejects other codes with ACBH000028.",
		},
		{
			ID: "DB-12", Title: "the answer does not say that the call succeeded",
			Cites: inquiry + "Header.StatusCode", Basis: schema.Inferred,
			Law:    "Header.StatusCode is APIGW000000",
			Beside: []string{"Header.StatusCode"}, Check: checkHeader,
			Severity: schema.Error,
			Why:      "It is the code of success in all published answers; limits beside another are not to be trusted.",
		},
	}
}

var (
	limits = []string{"TotalGuaranteedLimit", "TotalNonGuaranteedLimit"}
	seldom = []string{"CashRisk", "GuaranteedInvoiceTotal2", "DepositAccountBalance"}
)

func checkNines(c *schema.Case) {
	if isNines(c.Amount("")) {
		c.Broken("", "", "a row of nines says that there is no limit, and what is left of it is no amount")
	}
}

// isNines tells whether an amount is nine nines or more before the decimal point,
// and nothing but nines or zeros behind it.
func isNines(a calc.Amount) bool {
	if a.Cmp(fewestNines) < 0 {
		return false
	}
	if n, small := a.Int64(); small {
		for ; n > 0; n /= 10 {
			if n%10 != 9 {
				return false
			}
		}
	}
	whole, fraction, _ := strings.Cut(a.String(), ".")
	return strings.Trim(whole, "9") == "" && strings.Trim(fraction, "09") == ""
}

// fewestNines that are no amount.
var fewestNines = calc.AmountOf(999_999_999)

func checkSent(c *schema.Case) {
	var lacking []string
	for _, field := range seldom {
		if !c.Given(field) {
			lacking = append(lacking, field)
		}
	}
	if len(lacking) > 0 {
		c.BrokenRow("without " + strings.Join(lacking, ", "))
	}
}

var currencies = []string{"TRY", "USD", "EUR", "JPY", "GBP"}

// currency is a code with the two for the lira made one.
func currency(code string) string {
	if code == "TL" {
		return "TRY"
	}
	return code
}

func checkCurrency(c *schema.Case) {
	code := c.Text("CurrencyCode")
	if !slices.Contains(currencies, currency(code)) {
		c.Broken("CurrencyCode", "", "the currencies are TL or "+strings.Join(currencies, ", "))
		return
	}
	c.AnswersFor("CurrencyCode", "CurrencyCode", func(asked string) bool { return currency(asked) == currency(code) })
}

func checkHeader(c *schema.Case) {
	const success = "APIGW000000"
	if !c.IsFirst() {
		return
	}
	header, _ := c.Context()
	if header.Text("Header.StatusCode") != success {
		header.Broken("Header.StatusCode", success, "the bank answers success with it")
	}
}
