package calc_test

import (
	"math"
	"testing"

	"tieout/calc"
)

func TestSmallAmountsTakeNoMemory(t *testing.T) {
	a, b := calc.MustAmount("12345.67"), calc.MustAmount("-0.3")
	large := calc.MustAmount("9223372036854775808")
	var amount calc.Amount
	var number int64
	for name, do := range map[string]func(){
		"reading":                   func() { amount, _ = calc.ParseAmount("12345.67") },
		"reading an exponent":       func() { amount, _ = calc.ParseAmount("-9.99999999999999E14") },
		"reading the lowest":        func() { amount, _ = calc.ParseAmount("-922337203685477580.8") },
		"a number from its digits":  func() { amount = calc.SmallAmount(1234567, 2, "12345.67") },
		"plus":                      func() { amount = a.Plus(b) },
		"minus":                     func() { amount = a.Minus(b) },
		"times":                     func() { amount = a.Times(-12) },
		"product":                   func() { amount = a.Product(b) },
		"neg":                       func() { amount = a.Neg() },
		"abs":                       func() { amount = b.Abs() },
		"round":                     func() { amount = a.Round(calc.Rounding{Scale: 1}) },
		"sign":                      func() { number = int64(a.Sign()) },
		"cmp":                       func() { number = int64(a.Cmp(b)) },
		"equal":                     func() { _ = a.Equal(b) },
		"is whole":                  func() { _ = a.IsWhole() },
		"scale":                     func() { number = int64(a.Scale()) },
		"decimals":                  func() { number = int64(a.Decimals()) },
		"int64":                     func() { number, _ = a.Int64() },
		"sign of a large number":    func() { number = int64(large.Sign()) },
		"large and small, by signs": func() { number = int64(b.Cmp(large)) },
	} {
		if allocs := testing.AllocsPerRun(100, do); allocs != 0 {
			t.Errorf("%s: %v allocations", name, allocs)
		}
	}
	_, _ = amount, number
}

func TestSmallAmountsAreThoseOfTheirTexts(t *testing.T) {
	for text, a := range map[string]calc.Amount{
		"12.50":                  calc.SmallAmount(1250, 2, "12.50"),
		"0.00":                   calc.SmallAmount(0, 2, "0.00"),
		"-9223372036854775808":   calc.SmallAmount(math.MinInt64, 0, "-9223372036854775808"),
		"9.223372036854775807":   calc.SmallAmount(math.MaxInt64, 18, "9.223372036854775807"),
		"0.00000000000000000007": calc.SmallAmount(7, 20, "0.00000000000000000007"),
	} {
		want := calc.MustAmount(text)
		if a.Text() != text || a.String() != want.String() || a.Scale() != want.Scale() || !a.Equal(want) {
			t.Errorf("%s is %s, scale %d, sent as %s", text, a, a.Scale(), a.Text())
		}
	}
	if got := calc.SmallAmount(1250, 2, "").Text(); got != "12.50" {
		t.Errorf("computed, it is written %s", got)
	}
}

func TestUnitsAreTheDigitsOfThePlainForm(t *testing.T) {
	for text, want := range map[string]int64{"12.50": 1250, "-0.5": -5, "0.00": 0, "1.5E3": 1500, "9.99999999999999E14": 999999999999999} {
		if got, ok := calc.MustAmount(text).Units(); got != want || !ok {
			t.Errorf("%s has the units %d, %t; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"9223372036854775808", "1e-19", "12E18"} {
		if got, ok := calc.MustAmount(text).Units(); ok {
			t.Errorf("%s has the units %d", text, got)
		}
	}
}

func BenchmarkAmount(b *testing.B) {
	x, y := calc.MustAmount("12345.67"), calc.MustAmount("-0.3")
	var sum calc.Amount
	for name, do := range map[string]func(){
		"parse": func() { sum, _ = calc.ParseAmount("12345.67") },
		"plus":  func() { sum = x.Plus(y) },
		"cmp":   func() { _ = x.Cmp(y) },
		"round": func() { sum = x.Round(calc.Rounding{Scale: 1}) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				do()
			}
		})
	}
	_ = sum
}

func TestAmountsAreAppendedAsTheyAreWritten(t *testing.T) {
	for _, text := range []string{"0", "-0.50", "12.50", "9.99E14", "1e-20", "-123456789012345678901234567890.5"} {
		a := calc.MustAmount(text)
		if got, want := string(a.Append([]byte("x"))), "x"+a.String(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		if got, want := string(a.AppendText(nil)), a.Text(); got != want {
			t.Errorf("%s: text %s, want %s", text, got, want)
		}
	}
}
