package text_test

import (
	"testing"

	"tieout/calc/text"
)

func TestNamesThatAreNearlyOne(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		near       bool
	}{
		{"a letter replaced", "main_debt_balance", "main_dept_balance", true},
		{"two letters exchanged", "amountOrginal", "amountOrgnial", true},
		{"a letter dropped", "amountOriginal", "amountOrginal", true},
		{"words parted otherwise", "main_debt_balance", "MainDebtBalance", true},
		{"a letter of another alphabet", "status", "st\u0430tus", true},
		{"the same name", "status", "status", false},
		{"another name", "main_debt_balance", "main_debt_overdue", false},
		{"a short name that is another", "sum", "num", false},
		{"three slips", "main_debt_balance", "mein_dept_balamce", false},
		{"no name", "", "id", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if text.Near(test.a, test.b) != test.near || text.Near(test.b, test.a) != test.near {
				t.Errorf("%q and %q: want %t", test.a, test.b, test.near)
			}
		})
	}
}
