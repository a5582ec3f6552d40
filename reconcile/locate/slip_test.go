package locate_test

import (
	"testing"

	"tieout/reconcile/locate"
)

func TestCompareNamesTheSlip(t *testing.T) {
	for _, test := range []struct {
		name            string
		actual, implied string
		class           locate.Class
		text            string
	}{
		{"neighbouring digits", "694", "649", locate.Transposed, "digits 9 and 4 exchanged: 694 for 649"},
		{"digits across the point", "13.24", "12.34", locate.Transposed, "digits 3 and 2 exchanged: 13.24 for 12.34"},
		{"a leading zero lost by the exchange", "49", "409", locate.Transposed, "digits 0 and 4 exchanged: 49 for 409"},
		{"a trailing zero lost by the exchange", "12.5", "12.05", locate.Transposed, "digits 5 and 0 exchanged: 12.5 for 12.05"},
		{"an exponent is written out", "1.32E3", "1230", locate.Transposed, "digits 3 and 2 exchanged: 1.32E3 for 1230"},
		{"both negative", "-694", "-649", locate.Transposed, "digits 9 and 4 exchanged: -694 for -649"},
		{"nine divides the difference but no digits moved", "658", "649", locate.Unknown, "no known slip: 658 for 649"},
		{"digits further apart are no exchange of neighbours", "946", "649", locate.Unknown, "no known slip: 946 for 649"},
		{"two digits are too few", "21", "12", locate.Unknown, "no known slip: 21 for 12"},
		{"one digit replaced", "685", "655", locate.DigitReplaced, "digit 5 replaced by 8: 685 for 655"},
		{"one digit added", "19979", "1979", locate.DigitAdded, "digit 9 added: 19979 for 1979"},
		{"one digit added to the fraction", "1234.56", "1234.5", locate.DigitAdded, "digit 6 added: 1234.56 for 1234.5"},
		{"one digit dropped", "1979", "19979", locate.DigitDropped, "digit 9 dropped: 1979 for 19979"},
		{"the first digit dropped before zeros", "49", "20049", locate.DigitDropped, "digit 2 dropped: 49 for 20049"},
		{"sign", "-60", "60", locate.Sign, "sign reversed: -60 for 60"},
		{"rial for toman", "128000", "1280", locate.FactorOfTen, "100 times too large: 128000 for 1280"},
		{"kopeck for rouble", "12.34", "1234", locate.FactorOfTen, "100 times too small: 12.34 for 1234"},
		{"no factor of 10 000", "1230000", "123", locate.Unknown, "no known slip: 1230000 for 123"},
		{
			"rounded to the nearest", "5", "5.47", locate.Rounding,
			"rounded half up or half even or down to units of 1: 5 for 5.47",
		},
		{"rounded up", "6", "5.47", locate.Rounding, "rounded up to units of 1: 6 for 5.47"},
		{"a half rounded to even", "4.00", "4.50", locate.Rounding, "rounded half even or down to units of 1: 4.00 for 4.50"},
		{"a half rounded up", "5.00", "4.50", locate.Rounding, "rounded half up or up to units of 1: 5.00 for 4.50"},
		{"only other figures tell whether hundreds are rounded", "2100", "2087", locate.Unknown, "no known slip: 2100 for 2087"},
		{"a zero has no digit to replace", "0", "0.09", locate.Unknown, "no known slip: 0 for 0.09"},
		{"a tenth of a kopeck", "1.24", "1.236", locate.Rounding, "rounded half up or half even or up to units of 0.01: 1.24 for 1.236"},
		{"nothing is named where nothing differs", "5", "5.00", locate.Unknown, "no known slip: 5 for 5.00"},
		{"nothing is named for zero", "5", "0", locate.Unknown, "no known slip: 5 for 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := locate.Compare(amount(test.actual), amount(test.implied))
			if got.Class != test.class || got.Text() != test.text || got.Other != -1 {
				t.Errorf("%s %q other %d", got.Class, got.Text(), got.Other)
			}
		})
	}
}

// firstSlip is the slip of the best candidate's first change.
func firstSlip(t *testing.T, b *builder) locate.Slip {
	t.Helper()
	e := b.explain(t)
	if len(e.Causes) != 1 {
		t.Fatalf("causes:\n%s", b.render(e))
	}
	return e.Causes[0].Candidates[0].Changes[0].Slip
}

func TestSlipsThatNeedTheNet(t *testing.T) {
	for _, test := range []struct {
		name   string
		errors string
		class  locate.Class
		text   string
	}{
		{"a component omitted", "total_overdue 1672", locate.ComponentOmitted, "component 97 omitted: 1672 for 1769"},
		{"a component counted twice", "total_overdue 1866", locate.ComponentDoubled, "component 97 counted twice: 1866 for 1769"},
		{"a component with the wrong sign", "total_overdue 1575", locate.Sign, "component 97 taken with the wrong sign: 1575 for 1769"},
		{
			"another figure's value", "main_debt_balance 123456 total_balance 123661 total_overdue 123456 contract_sum 200000",
			locate.Copied, "copied from another figure: 123456 for 1769",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := contract()
			b.values(test.errors)
			if got := firstSlip(t, b); got.Class != test.class || got.Text() != test.text {
				t.Errorf("%s %q", got.Class, got.Text())
			}
		})
	}
}

func TestAFigureIsRoundedOnlyWhereOthersAreNot(t *testing.T) {
	for _, test := range []struct {
		name, figures string
		relations     []string
		class         locate.Class
		text          string
	}{
		{
			"figures in hundreds are hundreds by nature", "opening 1000 paid 300 closing 690",
			[]string{"closing = opening - paid"},
			locate.DigitReplaced, "digit 1 replaced by 0: 300 for 310",
		},
		{
			"one in thousands among others in hundreds", "opening 5100 paid 2000 closing 3000",
			[]string{"closing = opening - paid"},
			locate.DigitReplaced, "digit 0 replaced by 1: 5100 for 5000",
		},
		{
			"one in hundreds among others to the unit", "total 2100 a 1046 b 1041 check 2087",
			[]string{"total = a + b", "check = a + b", "total = check"},
			locate.Rounding, "rounded half up or half even or up to units of 100: 2100 for 2087",
		},
		{
			"whole units among kopecks", "total 7 a 5 b 1.55 check 6.55",
			[]string{"total = a + b", "check = a + b", "total = check"},
			locate.Rounding, "rounded half up or half even or up to units of 1: 7 for 6.55",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBuilder()
			b.values(test.figures)
			b.relations(test.relations...)
			if got := firstSlip(t, b); got.Class != test.class || got.Text() != test.text {
				t.Errorf("%s %q", got.Class, got.Text())
			}
		})
	}
}

// A pair with a zero, or of two short figures, fits by chance; a slip that one
// figure shows comes before it.
func TestAnExchangeWithAZeroIsNoEvidence(t *testing.T) {
	for _, test := range []struct{ name, errors, first string }{
		{
			"a component left out, with overdue figures of 0",
			"total_balance 8533 total_overdue 5 main_debt_overdue 0 interest_overdue 0 total_today 1775 interest_planned_today 103 interest_balance 103 main_debt_balance 8430",
			"total_balance",
		},
		{
			"the same with a short figure in place of 0",
			"total_balance 8533 total_overdue 15 main_debt_overdue 10 interest_overdue 0 total_today 1785 interest_planned_today 103 interest_balance 103 main_debt_balance 8430",
			"total_balance",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := contract()
			b.values(test.errors)
			e := b.explain(t)
			if len(e.Causes) != 1 {
				t.Fatalf("causes:\n%s", b.render(e))
			}
			best := e.Causes[0].Best()
			if len(best) != 1 || len(best[0].Changes) != 1 || b.names[best[0].Changes[0].Figure] != test.first ||
				best[0].Changes[0].Slip.Class != locate.ComponentOmitted {
				t.Errorf("got:\n%s", b.render(e))
			}
		})
	}
}

// A source says how many decimals its money has. A figure that has more is the
// first suspect, and none is looked for that would have more.
func TestFiguresHaveAsManyDecimalsAsTheyMay(t *testing.T) {
	for _, test := range []struct{ name, figures, first, implied, reason string }{
		{"a part has too many", "total 6300.42 debt 6000.401 interest 300.02", "debt", "6000.40", "not rounded to 2 decimals"},
		{"the total has a float's", "total 6300.420000000001 debt 6000.4 interest 300.02", "total", "6300.42", "not rounded to 2 decimals"},
		{"none has too many", "total 63004.2 debt 6000.4 interest 300.02", "total", "6300.42", "10 times too large"},
		{"zeros behind the decimals are none", "total 63004.200 debt 6000.400 interest 300.020", "total", "6300.42", "10 times too large"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBuilder()
			b.values(test.figures)
			b.relations("total = debt + interest")
			for i := range b.net.Figures {
				b.net.Figures[i].Decimals = new(int32(2))
			}
			e := b.explain(t)
			best := e.Causes[0].Best()
			if len(best) != 1 || b.names[best[0].Changes[0].Figure] != test.first ||
				best[0].Changes[0].Implied.String() != test.implied || best[0].Changes[0].Slip.Reason != test.reason {
				t.Errorf("got:\n%s", b.render(e))
			}
		})
	}
}

func TestStaleFigure(t *testing.T) {
	b := contract()
	earlier := amount("1487")
	b.figure("total_overdue", "1487").Earlier = &earlier
	if got := firstSlip(t, b); got.Class != locate.Stale || got.Text() != "value of the earlier document: 1487 for 1769" {
		t.Errorf("%s %q", got.Class, got.Text())
	}
}

// A figure that stands as it stood has no slip, and comes behind its rivals; what
// stands in an earlier document is no slip that keeps digits from deciding.
func TestFiguresOfAnEarlierDocument(t *testing.T) {
	limit := func() *builder {
		b := newBuilder()
		b.values("left 7832 limit 9000 used 1618")
		b.relation("left = limit - used")
		b.figure("used", "1618").Fixed = true
		return b
	}
	first := func(b *builder) (string, bool) {
		t.Helper()
		e, err := locate.Explain(&b.net, locate.Limits{})
		if err != nil || len(e.Causes) != 1 {
			t.Fatal(err, len(e.Causes))
		}
		return b.names[e.Causes[0].Candidates[0].Changes[0].Figure], e.Causes[0].Located
	}
	if name, located := first(limit()); name != "left" || located {
		t.Errorf("alone: %s first, located %t", name, located)
	}
	b := limit()
	b.figure("left", "7001")
	if name, located := first(b); name != "limit" || located {
		t.Errorf("a limit in thousands: %s first, located %t", name, located)
	}
	b.figure("limit", "9000").Confirmed = true
	if name, located := first(b); name != "left" || located {
		t.Errorf("a limit that stands as it stood: %s first, located %t", name, located)
	}
}

func TestTotalOffByTheRoundingOfItsParts(t *testing.T) {
	b := newBuilder()
	b.values("total 100.01 a 33.33 b 33.33 c 33.33 d 0 check 99.99")
	b.relations("total = a + b + c + d", "check = a + b + c + d", "check = total")
	if got := firstSlip(t, b); got.Class != locate.Rounding {
		t.Errorf("%s %q", got.Class, got.Text())
	}
}
