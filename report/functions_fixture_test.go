package report

import (
	"strconv"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// Rules that are functions, and one between documents.
var (
	statusRule = &schema.Rule{
		ID: "T-2", Title: "the status contradicts the balances", Severity: schema.Error, Basis: schema.Stated,
		Law:   "a contract is completed when total_balance <= 0, else expired when total_overdue > 0, else active",
		Check: func(*schema.Case) {}, Why: "The document defines the statuses by what is owed.",
	}
	overdueRule = &schema.Rule{
		ID: "T-3", Title: "an overdue contract has no date of repayment", Severity: schema.Warning, Basis: schema.Inferred,
		Law: "an expired contract names the day it was due", Check: func(*schema.Case) {},
	}
	penaltyRule = &schema.Rule{
		ID: "T-4", Title: "the penalty is not what the rate gives", Severity: schema.Warning, Basis: schema.ByLaw,
		Law: "penalty is at most 20 percent a year of what is overdue", Check: func(*schema.Case) {},
	}
	rowRule = &schema.Rule{
		ID: "T-5", Title: "an installment is listed twice", Severity: schema.Warning, Basis: schema.Inferred,
		Law: "each installment has a number of its own", Check: func(*schema.Case) {},
	}
	dayRule = &schema.Rule{
		ID: "T-6", Title: "the last day is not the first day and the months", Severity: schema.Error, Basis: schema.Inferred,
		Law: "end = start and as many months of the Iranian calendar as the loan runs", Check: func(*schema.Case) {},
	}
	acrossRule = &schema.Rule{
		ID: "T-7", Title: "contract and schedule disagree about what is owed", Severity: schema.Error, Basis: schema.Inferred,
		Formula: "contract.main_debt_balance = schedule.Total.main_debt.end_balance",
	}
)

// given is a value that a function has read.
func given(field, pointer, text string) reconcile.Given {
	return reconcile.Given{Field: field, Pointer: pointer, State: schema.Present, Text: text}
}

// jalali is a day of the Iranian calendar that a function has read.
func jalali(field, pointer, text string) reconcile.Given {
	g := given(field, pointer, text)
	g.Date = date.MustParseJalali(text).Date()
	return g
}

// joinedContract and joinedSchedule are the records of one loan, and facility is
// one with dates of the Iranian calendar.
func joinedContract() *reconcile.Snapshot {
	own := []string{"contract_number", "status_number", "main_debt_balance", "penalty", "repayment_date"}
	return &reconcile.Snapshot{
		Source: "arifmetika.contracts", Record: "З20УфАР123456789", File: "contracts.json",
		Tables: []reconcile.Table{{Columns: own, Rows: []reconcile.TableRow{tableRow("", "/0", own,
			"З20УфАР123456789", "active", "8333", "5", "missing")}}},
	}
}

func joinedSchedule() *reconcile.Snapshot {
	own, rows := []string{"Total.main_debt.end_balance", "main_debt_balance"}, []string{"plan_payment_number", "payment_sum"}
	first, second := tableRow("Details[0]", "/Details/0", rows, "1", "7440"), tableRow("Details[1]", "/Details/1", rows, "1", "8560")
	first.Pointer, second.Pointer = "/Details/0", "/Details/1"
	return &reconcile.Snapshot{ // with a Latin A in its key
		Source: "arifmetika.schedule", Record: "З20УфAР123456789", File: "schedule.json",
		Tables: []reconcile.Table{
			{Columns: own, Rows: []reconcile.TableRow{tableRow("", "/0", own, "0", "8333")}},
			{Name: "Details", Columns: rows, Rows: []reconcile.TableRow{first, second}},
		},
	}
}

func jalaliFacility() *reconcile.Snapshot {
	own := []string{"start_date", "end_date", "months"}
	row := tableRow("", "/result", own, "13970430", "13980430", "24")
	for i := range 2 {
		row.Values[i].Value.Date = date.MustParseJalali(row.Values[i].Value.Text).Date()
	}
	return &reconcile.Snapshot{
		Source: "finnotech.facility", Record: "0012345678", File: "facility.json",
		Tables: []reconcile.Table{{Columns: own, Rows: []reconcile.TableRow{row}}},
	}
}

// functionsResult has findings of functions, of joined documents and of dates of
// the Iranian calendar, and records without a counterpart.
func functionsResult() *reconcile.Result {
	contract, schedule, facility := joinedContract(), joinedSchedule(), jalaliFacility()
	at := func(s *reconcile.Snapshot, rule *schema.Rule, line int, field, pointer string) reconcile.Finding {
		return reconcile.Finding{
			ID: "f-" + rule.ID, Rule: rule, Severity: rule.Severity, Source: s.Source, Record: s.Record, KeyFrom: "document",
			Place: schema.Place{File: s.File, Line: line, Column: 5, Offset: line * 40, Pointer: pointer},
			Field: field, Snapshot: s, Diagnosis: reconcile.Diagnosis{Class: reconcile.Unknown},
		}
	}
	said := func(f *reconcile.Finding, reason, text string) {
		f.Diagnosis.Reason, f.Diagnosis.Text, f.Text = reason, reason, text
	}

	status := at(contract, statusRule, 4, "status_number", "/0/status_number")
	status.Raw, status.Wanted, status.Excerpt = "active", "expired", schema.Excerpt{Line: `    "status": "active",`, Caret: 14, Width: 8}
	value := given(status.Field, status.Place.Pointer, "active")
	status.Value = &value
	said(&status, "money is overdue", `status_number is "active" and should be "expired": money is overdue; and by T-3, no day is named`)
	status.Grounds = []reconcile.Ground{
		{Rule: statusRule, Reason: "money is overdue", Read: []reconcile.Given{
			value, given("total_balance", "/0/total_balance", "9625"), given("total_overdue", "/0/total_overdue", "2759"),
		}},
		{Rule: overdueRule, Reason: "no day is named", Read: []reconcile.Given{
			value,
			{Field: "repayment_date", Pointer: "/0/repayment_date", State: schema.Missing},
			{Field: "repay_before", Pointer: "/0/repay_before", State: schema.Null},
			{Field: "comment", Pointer: "/0/comment", State: schema.Empty},
			{Field: "days", Pointer: "/0/days", State: schema.Unreadable, Text: "1 0"},
			{Field: "schedule.Details[1].plan_payment_date", Pointer: "/Details/1/plan_payment_date", File: schedule.File, State: schema.Present, Text: "2020-02-29 "},
		}},
	}

	across := at(contract, acrossRule, 14, "contract.main_debt_balance", "/0/main_debt_balance")
	other := figure(1, "schedule.Total.main_debt.end_balance", "0")
	other.Pointer, other.File = "/0/Total/main_debt/end_balance", schedule.File
	own := figure(1, "contract.main_debt_balance", "8333")
	own.Pointer = "/0/main_debt_balance"
	e := relation(acrossRule, acrossRule.Formula, formula.Equal, []reconcile.Figure{own}, []reconcile.Figure{other})
	across.HasFigures, across.Raw, across.Evidence = true, "8333", []reconcile.Evidence{e}
	across.Actual, across.Expected, across.Difference = e.Actual, e.Expected, e.Difference
	said(&across, "either can be wrong", "contract.main_debt_balance is 8333; it should be 0 (difference 8333)")
	across.Candidates = []reconcile.Candidate{{
		Set: 1, Rank: 1, Field: "main_debt_balance", Pointer: "/0/main_debt_balance", Actual: e.Actual, Expected: e.Expected,
		Reason: "no known slip",
	}, {
		Set: 2, Rank: 1, Field: "Total.main_debt.end_balance", Pointer: other.Pointer, Source: schedule.Source, File: schedule.File,
		Actual: e.Expected, Expected: e.Actual, Reason: "no known slip",
	}, {
		Set: 3, Rank: 2, Field: "payment_sum", Pointer: "/0/penalty", Source: "brainysoft.contract", File: "terms.json",
		Actual: calc.MustAmount("7"), Expected: calc.MustAmount("8"), Reason: "no known slip",
	}}

	penalty := at(contract, penaltyRule, 15, "penalty", "/0/penalty")
	penalty.HasFigures, penalty.Raw, penalty.Op = true, "5", formula.AtMost
	penalty.Actual, penalty.Expected, penalty.Difference = calc.MustAmount("5"), calc.MustAmount("3.02"), calc.MustAmount("1.98")
	said(&penalty, "20 percent of 2759 for 2 days", "penalty is 5 and should be at most 3.02: 20 percent of 2759 for 2 days")
	penalty.Evidence = []reconcile.Evidence{{
		Rule: penaltyRule, Formula: "penalty <= 3.02", Field: "penalty", Pointer: "/0/penalty", Op: formula.AtMost,
		Actual: penalty.Actual, Expected: penalty.Expected, Difference: penalty.Difference, Numbers: "3.02",
		Subject: []reconcile.Figure{{Field: "penalty", Pointer: "/0/penalty", Raw: "5", Amount: penalty.Actual, Coef: 1}},
	}}
	penalty.Grounds = []reconcile.Ground{{Rule: penaltyRule, Reason: penalty.Diagnosis.Reason, Read: []reconcile.Given{
		given("penalty", "/0/penalty", "5"), given("total_overdue", "/0/total_overdue", "2759"),
	}}}

	row := at(schedule, rowRule, 40, "Details[1]", "/Details/1")
	said(&row, "Details[0] has it too", "Details[1]: Details[0] has it too")
	row.Grounds = []reconcile.Ground{{Rule: rowRule, Reason: row.Diagnosis.Reason, Read: []reconcile.Given{
		given("Details[1].plan_payment_number", "/Details/1/plan_payment_number", "1"),
		given("Details[0].plan_payment_number", "/Details/0/plan_payment_number", "1"),
	}}}

	day := at(facility, dayRule, 9, "end_date", "/result/end_date")
	end := jalali("end_date", "/result/end_date", "13980430")
	day.Raw, day.Value, day.Wanted = end.Text, &end, "13990430"
	day.WantedDate = date.MustParseJalali(day.Wanted).Date()
	said(&day, "the loan runs for 24 months", `end_date is "13980430" (2019-07-21) and should be "13990430" (2020-07-20): the loan runs for 24 months`)
	day.Grounds = []reconcile.Ground{{Rule: dayRule, Reason: day.Diagnosis.Reason, Read: []reconcile.Given{
		end, jalali("start_date", "/result/start_date", "13970430"), given("months", "/result/months", "24"),
	}}}

	r := &reconcile.Result{
		Tool: reconcile.Tool{Name: "tieout", Version: "1.4.0", RuleSet: "b5f2c9a01d7e"}, AsOf: "2020-04-23",
		Documents: 3, Records: 4, Figures: 12, Checks: reconcile.Counts{2, 0, 6, 1, 0},
		Findings: reconcile.FindingsOf(status, across, penalty, row, day), Joined: 2,
	}
	for _, c := range []struct {
		source string
		rule   *schema.Rule
	}{{"arifmetika.contracts", statusRule}, {"loan", acrossRule}} {
		r.Rules = append(r.Rules, reconcile.RuleCount{Source: c.source, Rule: c.rule, Counts: reconcile.Counts{1, 0, 1, 0, 0}})
	}
	for i := range maxUnmatched + 2 {
		r.Unmatched.Add(reconcile.Unmatched{
			Source: "arifmetika.contracts", Record: "Р20ПмОР1234567" + strconv.Itoa(10+i), File: "contracts.json",
			Lacks: []string{"arifmetika.schedule", "brainysoft.contract"},
		})
	}
	listed(r.Unmatched.All())[1].Reason = "there are several records of this key in one source"
	return r
}
