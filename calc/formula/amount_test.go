package formula_test

import (
	"errors"
	"strings"
	"testing"

	"tieout/calc/formula"
	"tieout/calc/schema"
)

// bank is a layout with rows of rows, and one record of it.
func bank(t *testing.T) (*schema.Layout, *schema.Record) {
	t.Helper()
	l, err := schema.NewLayout(&schema.Source{Name: "bank", Fields: []schema.Field{
		{Name: "open", Kind: schema.Money, Unit: "EUR"},
		{Name: "close", Kind: schema.Money, Unit: "EUR"},
		{Name: "rate", Kind: schema.Rate, Unit: "%"},
		{Name: "cars", Kind: schema.Rows, Fields: []schema.Field{
			{Name: "rent", Kind: schema.Money, Unit: "EUR"},
			{Name: "paid", Kind: schema.Money, Unit: "EUR"},
			{Name: "fees", Kind: schema.Rows, Fields: []schema.Field{
				{Name: "kind", Kind: schema.Code}, {Name: "sum", Kind: schema.Money, Unit: "EUR"},
			}},
		}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return l, recordOf(t, l, `{"open": 1, "close": 2, "rate": 3, "cars": [
		{"rent": 10, "paid": 9, "fees": [{"kind": "back", "sum": 4}, {"kind": "fee", "sum": 8}]},
		{"rent": 20, "paid": 19, "fees": [{"kind": "back", "sum": 16}]},
		{"rent": 30, "paid": 29, "fees": [{"kind": "back"}]}
	]}`)
}

func TestAmountsHaveTheNamesThatTheirFormulaBinds(t *testing.T) {
	l, rec := bank(t)
	tests := []struct {
		name, formula, amount string
		relation, instance    int
		want, text            string
	}{
		{"a sum of the record", "close = open", "sum(cars.paid)", 0, 0, "57", "sum(cars.paid)"},
		{"a sum with signs", "close = open", "-open + 2 * close", 0, 0, "3", "-open + 2 * close"},
		{"a sum below the row", "for car in cars: car.rent = car.paid", "sum(car.fees.sum where kind is back)", 0, 1, "16", "sum(cars[1].fees.sum where kind is back)"},
		{"a row's figure and the record's", "for car in cars: car.rent = car.paid", "car.rent + open", 0, 0, "11", "cars[0].rent + open"},
		{"no bound name at all", "for car in cars: car.rent = car.paid", "open", 0, 2, "1", "open"},
		{"the name of a set", "for x in {open, close}: x = 0", "x", 1, 0, "2", "close"},
		{"each relation of several", "open = 1 and close = 2", "close", 1, 0, "2", "close"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := formula.Compile(l, test.formula)
			if err != nil {
				t.Fatal(err)
			}
			all, err := formula.CompileAmounts(f, test.amount)
			if err != nil || len(all) != len(f.Relations) {
				t.Fatalf("%d amounts of %d relations, %v", len(all), len(f.Relations), err)
			}
			a := &all[test.relation]
			value, gap := a.Value(rec, test.instance)
			if gap != nil || value.String() != test.want || a.Text(rec, test.instance) != test.text {
				t.Errorf("%s = %s, gap %v", a.Text(rec, test.instance), value, gap)
			}
		})
	}
}

func TestAnAmountOfWhichAFigureIsMissingHasNone(t *testing.T) {
	l, rec := bank(t)
	f, err := formula.Compile(l, "for car in cars: car.rent = car.paid")
	if err != nil {
		t.Fatal(err)
	}
	all, err := formula.CompileAmounts(f, "sum(car.fees.sum where kind is back)")
	if err != nil {
		t.Fatal(err)
	}
	if value, gap := all[0].Value(rec, 2); gap == nil || gap.Pointer() != "/cars/2/fees/0/sum" {
		t.Errorf("%s, gap %v", value, gap)
	}
}

func TestMistakesInAmounts(t *testing.T) {
	l, _ := bank(t)
	f, err := formula.Compile(l, "for car in cars: car.rent = car.paid")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, amount string
		offset       int
		reason       string
	}{
		{"a relation where a sum belongs", "open = close", 5, "expected the end of the sum"},
		{"an unknown field", "open + opne", 7, `unknown field "opne"`},
		{"an unknown field of a bound row", "car.fee", 4, `unknown field "fee"`},
		{"rows as a figure", "cars.rent", 0, "cars.rent"},
		{"another unit than that of the relation", "rate", 0, "rate is rate % and the relation is in money EUR"},
		{"two units", "open + rate", 7, "they do not add"},
		{"a number alone", "45", 0, "reads no figure"},
		{"nothing", "", 0, "expected"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := formula.CompileAmounts(f, test.amount)
			var fault *formula.Error
			if !errors.As(err, &fault) || fault.Offset != test.offset || !strings.Contains(fault.Reason, test.reason) {
				t.Errorf("%v", err)
			}
		})
	}
}
