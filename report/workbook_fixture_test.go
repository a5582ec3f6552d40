package report

import (
	"iter"
	"strconv"
	"strings"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile"
	"tieout/reconcile/arifmetika"
	"tieout/reconcile/finnotech"
	"tieout/reconcile/vakifbank"
)

// figure is a figure of a document in a hand-made result.
func figure(coef int64, field, raw string) reconcile.Figure {
	pointer := "/" + strings.NewReplacer("[", "/", "]", "", ".", "/").Replace(field)
	return reconcile.Figure{Field: field, Pointer: pointer, Raw: raw, Amount: calc.MustAmount(raw), Coef: coef}
}

// relation is evidence whose values are worked out from its figures.
func relation(rule *schema.Rule, law string, op formula.Op, subject, terms []reconcile.Figure) reconcile.Evidence {
	sum := func(side []reconcile.Figure) (total calc.Amount) {
		for _, f := range side {
			total = total.Plus(f.Amount.Times(f.Coef))
		}
		return total
	}
	actual, expected := sum(subject), sum(terms)
	return reconcile.Evidence{
		Rule: rule, Formula: law, Field: subject[0].Field, Pointer: subject[0].Pointer, Op: op,
		Actual: actual, Expected: expected, Difference: actual.Minus(expected), Subject: subject, Terms: terms,
		Numbers: numbers(terms),
	}
}

// numbers is a side in figures.
func numbers(side []reconcile.Figure) string {
	var operands []formula.Operand
	for _, f := range side {
		operands = append(operands, formula.Operand{Coef: f.Coef, Amount: f.Amount})
	}
	return formula.Numbers(operands)
}

// rule is a rule of the built-in sources.
func rule(id string) *schema.Rule {
	for _, rules := range [][]schema.Rule{
		arifmetika.ContractRules(), arifmetika.ScheduleRules(), finnotech.Rules(), vakifbank.Rules(),
	} {
		for i := range rules {
			if rules[i].ID == id {
				return &rules[i]
			}
		}
	}
	panic("no rule " + id)
}

// The rules of the hand-made results.
var (
	as02, as05, as06 = rule("AS-02"), rule("AS-05"), rule("AS-06")
	ac01, ac07       = rule("AC-01"), rule("AC-07")
	db04, db07, db08 = rule("DB-04"), rule("DB-07"), rule("DB-08")
	ft06             = rule("FT-06")
	// A rule about something else than figures.
	placeholder = &schema.Rule{
		ID: "T-1", Title: "the date of payment is a placeholder", Severity: schema.Warning, Basis: schema.Inferred,
		Cites: "График платежей по договору, описание полей",
	}
)

// scheduleFinding is one wrong figure of a payment schedule: 694 for 649.
func scheduleFinding() reconcile.Finding {
	payment := "Details[1].percent.payment_sum"
	return reconcile.Finding{
		ID: "f-3c1a90e2", Rule: as05, Severity: schema.Error, Source: "arifmetika.schedule",
		Record: "З20НвАР007200054", KeyFrom: "document",
		Place: schema.Place{
			File: "schedule.json", Line: 46, Column: 28, Offset: 1182, Pointer: "/Details/1/percent/payment_sum",
		},
		Field: payment, Raw: "694", HasFigures: true,
		Actual: calc.MustAmount("694"), Expected: calc.MustAmount("649"), Difference: calc.AmountOf(45), Located: true,
		Diagnosis: reconcile.Diagnosis{Class: "transposed_digits", Text: "two digits are exchanged: 694 for 649"},
		Text:      payment + " is 694 and should be 649: three relations agree on it, and two digits are exchanged.",
		Evidence: []reconcile.Evidence{
			relation(as02, "Total.percent.payment_sum = sum(Details.percent.payment_sum)", formula.Equal,
				[]reconcile.Figure{figure(1, "Total.percent.payment_sum", "3785")},
				[]reconcile.Figure{figure(1, "Details[0].percent.payment_sum", "3136"), figure(1, payment, "694")}),
			relation(as05, "Details[1].percent.end_balance = Details[1].percent.begin_balance - Details[1].percent.payment_sum",
				formula.Equal, []reconcile.Figure{figure(1, "Details[1].percent.end_balance", "0")},
				[]reconcile.Figure{figure(1, "Details[1].percent.begin_balance", "649"), figure(-1, payment, "694")}),
			relation(as06, payment+" = sum(Details[1].percent.fact_payment.payment_sum)", formula.Equal,
				[]reconcile.Figure{figure(1, payment, "694")}, []reconcile.Figure{
					figure(1, "Details[1].percent.fact_payment[0].payment_sum", "479"),
					figure(1, "Details[1].percent.fact_payment[1].payment_sum", "170"),
				}),
		},
	}
}

// limitFindings are two findings about a limit of 16 digits.
func limitFindings() []reconcile.Finding {
	remaining := figure(1, "RemainingNonGuaranteeLimit", "1.000000000000059E15")
	limit, invoices := figure(1, "TotalNonGuaranteedLimit", "9.99999999999999E14"), figure(-1, "NonGuaranteedInvoiceTotal", "60.00")
	place := schema.Place{File: "dbs/limit.json", Line: 12, Column: 5, Offset: 301, Pointer: "/RemainingNonGuaranteeLimit"}
	sum := relation(db04, "RemainingNonGuaranteeLimit = TotalNonGuaranteedLimit - NonGuaranteedInvoiceTotal", formula.Equal,
		[]reconcile.Figure{remaining}, []reconcile.Figure{limit, invoices})
	bound := relation(db07, "RemainingNonGuaranteeLimit <= TotalNonGuaranteedLimit", formula.AtMost, []reconcile.Figure{remaining}, []reconcile.Figure{limit})
	twin := sum
	twin.Reading, sum.Reading = 2, 1
	finding := func(id string, rule *schema.Rule, severity schema.Severity, evidence ...reconcile.Evidence) reconcile.Finding {
		e := &evidence[0]
		return reconcile.Finding{
			ID: id, Rule: rule, Severity: severity, Source: "vakifbank.limit", Record: "=1+1", KeyFrom: "document",
			Place: place, Field: remaining.Field, Raw: remaining.Raw, HasFigures: true, Op: e.Op,
			Actual: e.Actual, Expected: e.Expected, Difference: e.Difference,
			Diagnosis: reconcile.Diagnosis{Class: reconcile.Unknown, Text: "Bayi limiti: İşlem tutarı değil, şüpheli artış"},
			Text:      "RemainingNonGuaranteeLimit does not follow from the limit of dealer =1+1.", Evidence: evidence,
		}
	}
	return []reconcile.Finding{
		finding("=1+1", db04, schema.Error, sum, twin),
		finding("f-55e01bd7", db07, schema.Warning, bound),
	}
}

// contractFindings are an ambiguous cause, an inequality with kopecks, and a
// finding that is not about amounts.
func contractFindings() []reconcile.Finding {
	balance := relation(ac01, "total_balance = main_debt_balance + interest_balance + penalty", formula.Equal,
		[]reconcile.Figure{figure(1, "total_balance", "12450.10")}, []reconcile.Figure{
			figure(1, "main_debt_balance", "10000.00"), figure(1, "interest_balance", "2350.1"), figure(1, "penalty", "0.30"),
		})
	balance.Allowed = calc.MustAmount("0.01")
	overdue := relation(ac07, "main_debt_overdue <= main_debt_balance", formula.AtMost,
		[]reconcile.Figure{figure(1, "main_debt_overdue", "10000.07")}, []reconcile.Figure{figure(1, "main_debt_balance", "10000.00")})
	place := func(line int, pointer string) schema.Place {
		return schema.Place{File: "contracts.json", Line: line, Column: 7, Offset: line * 40, Pointer: pointer}
	}
	return []reconcile.Finding{{
		ID: "f-0b7712aa", Rule: ac01, Severity: schema.Error, Source: "arifmetika.contracts", Record: "А99АААА999999999",
		KeyFrom: "document", Place: place(7, "/0/total_balance"), Field: "total_balance", Raw: "12450.10", HasFigures: true,
		Actual: balance.Actual, Expected: balance.Expected, Difference: balance.Difference,
		Diagnosis: reconcile.Diagnosis{Class: reconcile.Unknown, Text: "two figures explain it equally well"},
		Text:      "total_balance is 12450.10, and its parts add up to 12350.40.",
		Evidence:  []reconcile.Evidence{balance},
		Candidates: []reconcile.Candidate{
			{
				Set: 1, Rank: 1, Field: "total_balance", Pointer: "/0/total_balance", Class: reconcile.Unknown,
				Actual: balance.Actual, Expected: balance.Expected, Reason: "no known slip", Text: "no known slip: 12450.10 for 12350.40",
			}, {
				Set: 2, Rank: 1, Field: "main_debt_balance", Pointer: "/0/main_debt_balance", Class: "transposed_digits",
				Actual: calc.MustAmount("10000.00"), Expected: calc.MustAmount("10099.70"),
				Reason: "digits 0 and 9 exchanged", Text: "digits 0 and 9 exchanged: 10000.00 for 10099.70",
			}, {
				Set: 3, Rank: 2, Field: "penalty", Pointer: "/0/penalty", Class: reconcile.Unknown,
				Actual: calc.MustAmount("0.30"), Expected: calc.MustAmount("100.00"),
			}, {
				Set: 3, Rank: 2, Field: "interest_balance", Pointer: "/0/interest_balance", Class: "rounding",
				Actual: calc.MustAmount("2350.1"), Expected: calc.MustAmount("2350.10"),
			},
		},
	}, {
		ID: "f-0b7712ab", Rule: ac07, Severity: schema.Error, Source: "arifmetika.contracts", Record: "А99АААА999999999",
		KeyFrom: "document", Place: place(9, "/0/main_debt_overdue"), Field: "main_debt_overdue", Raw: "10000.07",
		HasFigures: true, Op: formula.AtMost, Actual: overdue.Actual, Expected: overdue.Expected, Difference: overdue.Difference,
		Located: true, Diagnosis: reconcile.Diagnosis{Class: "rounding", Text: "seven kopecks"},
		Text: "main_debt_overdue is 10000.07 and may be at most 10000.00.", Evidence: []reconcile.Evidence{overdue},
	}, {
		ID: "f-77d0c3f1", Rule: placeholder, Severity: schema.Warning, Source: "arifmetika.schedule", Record: "З20НвАР007200054",
		KeyFrom: "document", Place: schema.Place{File: "schedule.json", Line: 21, Column: 26, Offset: 512, Pointer: "/Details/0/fact_payment_date"},
		Field: "Details[0].fact_payment_date", Raw: "yyyy-MM-dd",
		Text: "fact_payment_date is the placeholder yyyy-MM-dd, and the last payment is of 2020-01-28.",
	}}
}

// facilityFinding is about a Persian facility list with a negative difference.
func facilityFinding() reconcile.Finding {
	e := relation(ft06, "facilityTotalAmount = sum(facilityList.FacilityAmountOrginal)", formula.Equal,
		[]reconcile.Figure{figure(1, "facilityTotalAmount", "324921522")}, []reconcile.Figure{
			figure(1, "facilityList[0].FacilityAmountOrginal", "180000000"),
			figure(1, "facilityList[1].FacilityAmountOrginal", "300000000"),
			figure(1, "facilityList[2].FacilityAmountOrginal", "120000000"),
		})
	return reconcile.Finding{
		ID: "f-9e0d1c44", Rule: ft06, Severity: schema.Error, Source: "finnotech.facility", Record: "0012345678", KeyFrom: "user",
		Place: schema.Place{File: "تسهیلات.json", Line: 3, Column: 9, Offset: 88, Pointer: "/result/facilityTotalAmount"},
		Field: "facilityTotalAmount", Raw: "324921522", HasFigures: true,
		Actual: e.Actual, Expected: e.Expected, Difference: e.Difference, Evidence: []reconcile.Evidence{e},
		Diagnosis: reconcile.Diagnosis{Class: "component_omitted", Text: "یکی از تسهیلات در جمع نیامده است (بانک ملّی)"},
		Text:      "facilityTotalAmount is 324921522, and the loans add up to 600000000.",
	}
}

// richResult has a finding of every kind, rejects and checks that could not be
// made.
func richResult() *reconcile.Result {
	r := &reconcile.Result{
		Tool: reconcile.Tool{Name: "tieout", Version: "1.4.0", RuleSet: "b5f2c9a01d7e"},
		AsOf: "2020-02-29", Options: []string{"--fail-on=warning", "--source=auto"},
		Documents: 5, Records: 9, Figures: 214, Rejected: 2,
	}
	contracts := contractFindings()
	limits := limitFindings()
	r.Findings = reconcile.FindingsOf(
		contracts[0], contracts[1], scheduleFinding(), contracts[2], limits[0], limits[1], facilityFinding(),
	)
	for i, in := range []struct {
		file, source       string
		documents, records int
		rejected           int
	}{
		{"contracts.json", "arifmetika.contracts", 1, 5, 0},
		{"schedule.json", "arifmetika.schedule", 2, 2, 0},
		{"dbs/limit.json", "vakifbank.limit", 1, 1, 0},
		{"تسهیلات.json", "finnotech.facility", 1, 1, 1},
		{"broken.json", "", 0, 0, 1},
	} {
		r.Inputs = append(r.Inputs, reconcile.Input{
			File: in.file, Source: in.source, Documents: in.documents, Records: in.records, Rejected: in.rejected,
			Size: int64(1000 + 37*i), SHA256: strings.Repeat(strconv.Itoa(i+1)+"f", 32),
		})
	}
	r.Rejects = reconcile.StoreOf(schema.Reject{
		Place:  schema.Place{File: "broken.json", Line: 4, Column: 17, Offset: 96, Pointer: "/Details/0"},
		Reason: "a comma is missing after plan_payment_number",
		Excerpt: schema.Excerpt{
			Line: `   "plan_payment_number": "1" "plan_payment_date": "2020-01-31",`, Caret: 30, Width: 19,
		},
	}, schema.Reject{
		Place:  schema.Place{File: "تسهیلات.json", Line: 30, Column: 11, Offset: 2040, Pointer: "/result/facilityList/3"},
		Reason: "FacilityDebtTotalAmount is not a decimal number: \"نامشخص\"",
	})
	r.NotEvaluable = reconcile.StoreOf(reconcile.Missing{
		Rule: ac01, Source: "arifmetika.contracts", Record: "З19ПмАР123456789", Pointer: "/2/penalty", Field: "penalty",
		Reason: "penalty is missing",
	})
	snapshots(r)
	coverage(r)
	return r
}

// coverage adds the counts of the rules to a result.
func coverage(r *reconcile.Result) {
	for _, c := range []struct {
		source string
		rule   *schema.Rule
		counts reconcile.Counts
	}{
		{"arifmetika.contracts", ac01, reconcile.Counts{3, 0, 1, 0, 1}},
		{"arifmetika.contracts", ac07, reconcile.Counts{1, 0, 1, 3, 0}},
		{"arifmetika.schedule", as02, reconcile.Counts{5, 0, 1, 0, 0}},
		{"arifmetika.schedule", as05, reconcile.Counts{17, 0, 1, 0, 0}},
		{"arifmetika.schedule", as06, reconcile.Counts{8, 2, 1, 1, 0}},
		{"arifmetika.schedule", placeholder, reconcile.Counts{3, 0, 1, 0, 0}},
		{"vakifbank.limit", db04, reconcile.Counts{2, 0, 1, 0, 0}},
		{"vakifbank.limit", db07, reconcile.Counts{0, 0, 1, 0, 0}},
		{"vakifbank.limit", db08, reconcile.Counts{0, 0, 0, 1, 0}},
		{"finnotech.facility", ft06, reconcile.Counts{0, 0, 1, 0, 0}},
	} {
		count := reconcile.RuleCount{Source: c.source, Rule: c.rule, Counts: c.counts}
		if n := c.counts[reconcile.NotApplicable]; n > 0 {
			count.Reasons = append(count.Reasons, reconcile.Reason{Outcome: reconcile.NotApplicable, Text: "main_debt_overdue is missing", Count: n})
		}
		if n := c.counts[reconcile.NotEvaluable]; n > 0 {
			count.Reasons = append(count.Reasons, reconcile.Reason{Outcome: reconcile.NotEvaluable, Text: "penalty is missing", Count: n})
		}
		r.Rules = append(r.Rules, count)
		for o, n := range c.counts {
			r.Checks[o] += n
		}
	}
}

// cleanResult is a result in which everything agrees.
func cleanResult() *reconcile.Result {
	r := richResult()
	r.Findings, r.Rejects, r.NotEvaluable = reconcile.Findings{}, reconcile.Store[schema.Reject]{}, reconcile.Store[reconcile.Missing]{}
	r.Rejected, r.Patterns = 0, nil
	r.Inputs = r.Inputs[:3]
	r.Checks = reconcile.Counts{}
	for i := range r.Rules {
		c := &r.Rules[i].Counts
		c[reconcile.Holds] += c[reconcile.Broken] + c[reconcile.NotEvaluable]
		c[reconcile.Broken], c[reconcile.NotEvaluable] = 0, 0
		r.Rules[i].Reasons = nil
		for o, n := range c {
			r.Checks[o] += n
		}
	}
	return r
}

// listed are the things of a store.
func listed[T any](store iter.Seq2[int, *T]) []*T {
	var all []*T
	for _, one := range store {
		all = append(all, one)
	}
	return all
}
