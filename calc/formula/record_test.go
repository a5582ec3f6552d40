package formula_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// The layout of most tests: figures of the record, rows, rows of rows, objects
// and arrays that may be left out, and the documents of the built-in sources as
// far as their formulas read them.
var layout = func() *schema.Layout {
	l, err := schema.NewLayout(&schema.Source{Name: "test", Fields: append(ownFields(), builtInFields()...)})
	if err != nil {
		panic(err)
	}
	return l
}()

func field(kind schema.Kind, unit, names string, presence ...schema.Presence) []schema.Field {
	var all []schema.Field
	for name := range strings.SplitSeq(names, " ") {
		f := schema.Field{Name: name, Kind: kind, Unit: unit}
		for _, f.Presence = range presence {
		}
		all = append(all, f)
	}
	return all
}

func money(names string, presence ...schema.Presence) []schema.Field {
	return field(schema.Money, "EUR", names, presence...)
}

// nest makes an object or an array of rows from lists of fields.
func nest(kind schema.Kind, name string, presence schema.Presence, fields ...[]schema.Field) []schema.Field {
	f := schema.Field{Name: name, Kind: kind, Presence: presence}
	for _, some := range fields {
		f.Fields = append(f.Fields, some...)
	}
	return []schema.Field{f}
}

func join(fields ...[]schema.Field) []schema.Field {
	return nest(schema.Object, "", schema.Required, fields...)[0].Fields
}

func ownFields() []schema.Field {
	const must, may = schema.Required, schema.Optional
	return join(
		money("total principal interest a b c d сумма net-sum for"),
		money("fee", may), money("none", schema.EmptyIsNone),
		field(schema.Money, "USD", "dollars"), field(schema.Rate, "%", "rate"), field(schema.Count, "", "count"),
		field(schema.Code, "", "status"), field(schema.Code, "", "type", may), field(schema.Flag, "", "open"),
		field(schema.Date, "", "opened"), field(schema.Date, "", "closed", schema.EmptyIsNone), field(schema.Date, "", "as-of", may),
		field(schema.JalaliDate, "", "taken"), field(schema.Count, "pieces", "pieces"),
		nest(schema.Object, "extra", may, money("amount"), nest(schema.Rows, "lines", must, money("amount"))),
		nest(schema.Rows, "rows", must,
			money("begin paid end"), money("bonus", may), field(schema.Code, "", "mark", may),
			nest(schema.Object, "side", may, money("amount")),
			nest(schema.Rows, "parts", must, money("paid end"), nest(schema.Rows, "bits", must, money("amount")),
				field(schema.Date, "", "day"), field(schema.Code, "", "type", may)),
			nest(schema.Rows, "gifts", may, money("amount"), field(schema.Code, "", "mark", may)),
			field(schema.Date, "", "due"), field(schema.Date, "", "settled", schema.EmptyIsNone), field(schema.Date, "", "noted", may),
			field(schema.JalaliDate, "", "booked")),
		nest(schema.Rows, "others", may, money("amount")),
	)
}

func builtInFields() []schema.Field {
	const must = schema.Required
	balances := money("begin_balance payment_sum end_balance")
	component := func(name string) []schema.Field {
		return nest(schema.Object, name, must, balances, nest(schema.Rows, "fact_payment", must, balances))
	}
	return join(
		money("penalty total_balance main_debt_balance interest_balance total_overdue main_debt_overdue interest_overdue "+
			"total_planned_payment main_debt_planned_payment interest_planned_payment interest_planned_payment_today total_today_sum"),
		nest(schema.Object, "Total", must, nest(schema.Object, "main_debt", must, balances),
			nest(schema.Object, "percent", must, balances), nest(schema.Object, "penalty", must, balances)),
		nest(schema.Rows, "Details", must, component("main_debt"), component("percent"), component("penalty")),
		field(schema.Money, "", "loanAmount"),
		nest(schema.Object, "creditFieldReq", must, nest(schema.Rows, "principalParts", must,
			field(schema.Rate, "%", "part"), field(schema.Count, "", "trancheNo"))),
		nest(schema.Rows, "schedules", must, field(schema.Money, "", "amount"),
			nest(schema.Rows, "tranches", must, field(schema.Money, "", "principal rest"))),
		field(schema.Money, "IRR", "facilityTotalAmount facilityDebtTotalAmount"),
		nest(schema.Rows, "facilityList", must, field(schema.Money, "IRR", "FacilityAmountOrginal FacilityBenefitAmount "+
			"FacilityDebtorTotalAmount FacilityPastExpiredAmount FacilityDeferredAmount FacilitySuspiciousAmount"),
			field(schema.Money, "IRR", "debtorTotalAmount amountOrginal benefitAmount", schema.Optional)),
		money("TotalGuaranteedLimit RemainingGuaranteedLimit GuaranteedInvoiceTotal RemainingNonGuaranteeLimit"),
		money("CashRisk GuaranteedInvoiceTotal2", schema.Optional),
	)
}

// builtIn are formulas of the built-in sources, one of each shape.
var builtIn = []string{
	"total_balance = main_debt_balance + interest_balance + penalty",
	"total_overdue = main_debt_overdue + interest_overdue + penalty",
	"total_today_sum = main_debt_overdue + interest_overdue + penalty + main_debt_planned_payment + interest_planned_payment_today",
	"main_debt_overdue + main_debt_planned_payment <= main_debt_balance",
	"for k in {main_debt, percent, penalty}: Total.k.begin_balance = sum(Details.k.begin_balance)",
	"for k in {main_debt, percent, penalty}: Total.k.payment_sum = sum(Details.k.payment_sum)",
	"for k in {main_debt, percent, penalty}: Total.k.end_balance = sum(Details.k.end_balance)",
	"for k in {main_debt, percent, penalty}: Total.k.end_balance = Total.k.begin_balance - Total.k.payment_sum",
	"for row in Details, k in {main_debt, percent, penalty}: row.k.end_balance = row.k.begin_balance - row.k.payment_sum",
	"for row in Details, k in {main_debt, percent, penalty}: row.k.payment_sum = sum(row.k.fact_payment.payment_sum)",
	"for row in Details, k in {main_debt, percent, penalty}, fact in row.k.fact_payment: " +
		"fact.end_balance = prev(fact.end_balance, row.k.begin_balance) - fact.payment_sum",
	"for row in Details, k in {main_debt, percent, penalty}, fact in row.k.fact_payment: " +
		"fact.begin_balance = prev(fact.end_balance, row.k.begin_balance) " +
		"when some Details.{main_debt, percent, penalty}.fact_payment.begin_balance is not 0",
	"for row in Details, k in {main_debt, percent, penalty}: row.k.end_balance = last(row.k.fact_payment.end_balance)",
	"sum(creditFieldReq.principalParts.part) = 100 when some creditFieldReq.principalParts.trancheNo is not 0",
	"for plan in schedules: plan.amount = loanAmount",
	"for plan in schedules: plan.amount = sum(plan.tranches.principal)",
	"for plan in schedules, tranche in plan.tranches: tranche.rest = prev(tranche.rest, plan.amount) - tranche.principal",
	"for plan in schedules: last(plan.tranches.rest) = 0",
	"for debt in {debtorTotalAmount, FacilityDebtorTotalAmount}: facilityDebtTotalAmount = sum(facilityList.debt)",
	"facilityTotalAmount = sum(facilityList.FacilityAmountOrginal + facilityList.FacilityBenefitAmount)" +
		" or facilityTotalAmount = sum(facilityList.FacilityAmountOrginal)" +
		" or facilityTotalAmount = sum(facilityList.amountOrginal + facilityList.benefitAmount)",
	"for loan in facilityList: loan.FacilityPastExpiredAmount + loan.FacilityDeferredAmount + loan.FacilitySuspiciousAmount" +
		" <= loan.FacilityDebtorTotalAmount",
	"RemainingGuaranteedLimit = TotalGuaranteedLimit - GuaranteedInvoiceTotal" +
		" or RemainingGuaranteedLimit = TotalGuaranteedLimit - GuaranteedInvoiceTotal - CashRisk + GuaranteedInvoiceTotal2",
	"for left in {RemainingGuaranteedLimit, RemainingNonGuaranteeLimit}: left >= 0",
}

// recordOf decodes a record of the layout from JSON, as reading does.
func recordOf(t testing.TB, l *schema.Layout, text string) *schema.Record {
	t.Helper()
	var tree map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		t.Fatalf("the record of the test, %v: %s", err, text)
	}
	r := schema.NewRecord(l, nil)
	fill(r, tree, l.Root(), 0)
	return r
}

func fill(r *schema.Record, tree map[string]any, at *schema.Node, instance int) {
	for _, name := range at.Names(r.Layout) {
		child := at.Child(name)
		given, has := tree[name]
		state := stateOf(given, has)
		switch child.Field.Kind {
		case schema.Object:
			if members, is := given.(map[string]any); is {
				fill(r, members, child, instance)
			} else {
				if state == schema.Present {
					state = schema.Unreadable
				}
				absent(r, child, instance, state, child.Field.Presence == schema.Optional && state != schema.Unreadable)
			}
		case schema.Rows:
			rows, is := given.([]any)
			if state == schema.Present && !is {
				state = schema.Unreadable
			}
			r.OpenRows(child.Rows, instance, schema.Span{State: state, Offset: -1})
			for _, row := range rows {
				fill(r, row.(map[string]any), child, r.AddInstance(child.Rows, instance))
			}
		default:
			r.Set(child.Group, instance, child.Slot, valueOf(child.Field, given, state))
		}
	}
}

func absent(r *schema.Record, at *schema.Node, instance int, state schema.State, waived bool) {
	for _, name := range at.Names(r.Layout) {
		switch child := at.Child(name); child.Field.Kind {
		case schema.Object:
			absent(r, child, instance, state, waived || child.Field.Presence == schema.Optional)
		case schema.Rows:
			r.OpenRows(child.Rows, instance, schema.Span{State: state, Waived: waived, Offset: -1})
		default:
			r.Set(child.Group, instance, child.Slot, schema.Value{State: state, Waived: waived})
		}
	}
}

func stateOf(given any, has bool) schema.State {
	switch {
	case !has:
		return schema.Missing
	case given == nil:
		return schema.Null
	case given == "":
		return schema.Empty
	}
	return schema.Present
}

func valueOf(f *schema.Field, given any, state schema.State) schema.Value {
	v := schema.Value{State: state, Text: fmt.Sprint(given)}
	if state == schema.Present && f.Kind.IsNumber() {
		var err error
		if v.Amount, err = calc.ParseAmount(v.Text); err != nil {
			v.State = schema.Unreadable
		}
	}
	if state == schema.Present && f.Kind.IsDate() {
		v.Date = dateOf(f.Kind, v.Text)
	}
	return v
}

// dateOf reads a date as reading does, of the Iranian calendar a few days only.
func dateOf(kind schema.Kind, text string) date.Date {
	if kind == schema.JalaliDate {
		text = map[string]string{"13990203": "2020-04-22", "13990204": "2020-04-23", "13990205": "2020-04-24"}[text]
	}
	d, _ := date.Parse(text)
	return d
}

func compile(t testing.TB, text string) *formula.Formula {
	t.Helper()
	f, err := formula.Compile(layout, text)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return f
}

// outcomes evaluates a formula: one line for each instance of each relation, with
// the sides in figures and the difference, and one for each gap.
func outcomes(t testing.TB, f *formula.Formula, rec *schema.Record) []string {
	t.Helper()
	var all []string
	for i := range f.Relations {
		rel := &f.Relations[i]
		instances, gaps := rel.Instances(rec)
		for _, gap := range gaps {
			all = append(all, gapText(gap))
		}
		for n := range instances {
			if gap := rel.Guard(rec, n); gap != nil {
				all = append(all, gapText(gap))
				continue
			}
			for k := range rel.Readings {
				all = append(all, outcome(&rel.Readings[k], rec, n))
			}
		}
	}
	return all
}

func outcome(r *formula.Reading, rec *schema.Record, n int) string {
	left, gap := r.Operands(rec, n, r.Left)
	if gap != nil {
		return gapText(gap)
	}
	right, gap := r.Operands(rec, n, r.Right)
	if gap != nil {
		return gapText(gap)
	}
	off := r.Op.Violation(formula.Value(left), formula.Value(right))
	return fmt.Sprintf("%s %s %s: %s", formula.Numbers(left), r.Op, formula.Numbers(right), off)
}

func gapText(g *formula.Gap) string {
	if g.Applies {
		return "not evaluable: " + g.Reason + " at " + g.Pointer()
	}
	return "not applicable: " + g.Reason
}
