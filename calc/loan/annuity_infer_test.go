package loan_test

import (
	"testing"

	"tieout/calc"
	"tieout/calc/loan"
)

func TestABenefitRevealsTheTerm(t *testing.T) {
	for name, test := range map[string]struct {
		printed      loan.PrintedAnnuity
		percent      string
		fewest, most int
		ok           bool
	}{
		"the published benefit": {benefit("600000000", "752873056"), "16", 144, 144, true},
		"one rial off":          {benefit("600000000", "752873057"), "16", 0, 0, false},
		// 100 at 12 % costs 1.5025 over two months, 2.0066 over three and 2.5124 over four.
		"a benefit in cents":   {loan.PrintedAnnuity{Principal: of("100"), Sum: of("1.50"), Rounding: cents}, "12", 2, 2, true},
		"coarse, two terms":    {loan.PrintedAnnuity{Principal: of("100"), Sum: of("2"), Rounding: whole}, "12", 2, 3, true},
		"a payment":            {loan.PrintedAnnuity{Principal: of("1200"), Sum: of("1212"), IsPayment: true, Rounding: cents}, "12", 1, 1, true},
		"a payment, rate 0":    {loan.PrintedAnnuity{Principal: of("1000"), Sum: of("333.33"), IsPayment: true, Rounding: cents}, "0", 3, 3, true},
		"a benefit, rate 0":    {benefit("100", "0"), "0", 0, 0, false},
		"a negative rate":      {benefit("100", "1"), "-1", 0, 0, false},
		"beyond a hundred yrs": {benefit("100", "1000000"), "1", 0, 0, false},
	} {
		fewest, most, ok := test.printed.Months(of(test.percent))
		if ok != test.ok || ok && (fewest != test.fewest || most != test.most) {
			t.Errorf("%s: %d to %d, %t; want %d to %d", name, fewest, most, ok, test.fewest, test.most)
		}
	}
}

// The issue of 20 May and the end of the same day twelve years later are 144 months
// apart; where the first payment is due after two, 143 are paid.
func TestTheTermBetweenTwoDatesIsTheMonthsOrOneLess(t *testing.T) {
	for months, want := range map[int]bool{143: false, 144: true, 145: true, 146: false} {
		rate, over, ok := benefit("600000000", "752873056").RateBetween(months)
		if ok != want || ok && (over != 144 || rate.String() != "16") {
			t.Errorf("%d months: %s %% over %d, %t", months, rate, over, ok)
		}
	}
}

// One month at r % a year on 1200 costs r: the figures follow from that.
func TestTheRatesOfAPrintedFigureAreEnclosed(t *testing.T) {
	for name, test := range map[string]struct {
		sum       string
		isPayment bool
		rounding  calc.Rounding
		lo, hi    string
		ok        bool
	}{
		// 12.345 to 12.355 print 12.35; 12.345 does, 12.355 does not.
		"a benefit in cents":           {"12.35", false, cents, "12.344", "12.355", true},
		"its payment":                  {"1212.35", true, cents, "12.344", "12.355", true},
		"cut to whole units":           {"16", false, loan.WholeDown, "15.999", "17.000", true},
		"nothing":                      {"0", false, loan.WholeDown, "0.000", "1.000", true},
		"between two thousandths":      {"12.34567", false, calc.Rounding{Scale: 5}, "12.345", "12.346", true},
		"more decimals than are kept":  {"12.345", false, cents, "", "", false},
		"less than no rate would cost": {"1100", true, cents, "", "", false},
		"above a thousand percent":     {"1001", false, cents, "", "", false},
	} {
		p := loan.PrintedAnnuity{Principal: of("1200"), Sum: of(test.sum), IsPayment: test.isPayment, Rounding: test.rounding}
		lo, hi, ok := p.Rates(1)
		if ok != test.ok || ok && (lo.String() != test.lo || hi.String() != test.hi) {
			t.Errorf("%s: %s to %s, %t; want %s to %s", name, lo, hi, ok, test.lo, test.hi)
		}
	}
}
