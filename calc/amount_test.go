package calc_test

import (
	"errors"
	"math/big"
	"runtime"
	"strings"
	"testing"

	"tieout/calc"
)

func TestAmountsKeepTextAndScale(t *testing.T) {
	tests := map[string]struct {
		text, plain string
		scale       int32
		digits      int // significant
		whole       bool
	}{
		"a whole number":                      {"1250", "1250", 0, 4, true},
		"zero":                                {"0", "0", 0, 1, true},
		"a negative zero has no sign":         {"-0", "0", 0, 1, true},
		"a negative zero with a scale":        {"-0.00", "0.00", 2, 1, true},
		"trailing zeros stay":                 {"-60.00", "-60.00", 2, 2, true},
		"a fraction":                          {"1.05", "1.05", 2, 3, false},
		"a small fraction":                    {"0.0030", "0.0030", 4, 1, false},
		"whole with a written fraction":       {"600000000.0", "600000000.0", 1, 9, true},
		"zeros before the point count":        {"1000", "1000", 0, 4, true},
		"zeros in front do not":               {"007.10", "7.10", 2, 2, false},
		"a row of nines in scientific form":   {"9.99999999999999E14", "999999999999999", 0, 15, true},
		"sixteen digits in scientific form":   {"1.000000000000059E15", "1000000000000059", 0, 16, true},
		"an exponent beyond the digits":       {"1E3", "1000", 0, 4, true},
		"an exponent with plus":               {"1.5e+1", "15", 0, 2, true},
		"an exponent that leaves a fraction":  {"12345e-2", "123.45", 2, 5, false},
		"an exponent that leaves zeros":       {"1.50E1", "15.0", 1, 2, true},
		"zero with an exponent":               {"0e5", "0", 0, 1, true},
		"an exponent with zeros in front":     {"1e0000000000000000000000000000000001", "10", 0, 2, true},
		"the most digits before the point":    {strings.Repeat("9", 64), strings.Repeat("9", 64), 0, 64, true},
		"the largest exponent":                {"1e63", "1" + strings.Repeat("0", 63), 0, 64, true},
		"the smallest exponent":               {"1e-64", "0." + strings.Repeat("0", 63) + "1", 64, 1, false},
		"as many digits as the text can hold": {"-0." + strings.Repeat("1", 61), "-0." + strings.Repeat("1", 61), 61, 61, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := calc.ParseAmount(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if a.Text() != test.text || a.String() != test.plain || a.Scale() != test.scale {
				t.Errorf("text %q, plain %q, scale %d; want %q, %q, %d", a.Text(), a.String(), a.Scale(), test.text, test.plain, test.scale)
			}
			if a.SignificantDigits() != test.digits || a.IsWhole() != test.whole {
				t.Errorf("%d significant digits, whole %t; want %d, %t", a.SignificantDigits(), a.IsWhole(), test.digits, test.whole)
			}
		})
	}
}

func TestTextsThatAreNoAmounts(t *testing.T) {
	tests := map[string]struct {
		text string
		want error
	}{
		"nothing":                         {"", calc.ErrAmountSyntax},
		"a minus alone":                   {"-", calc.ErrAmountSyntax},
		"a leading plus":                  {"+1", calc.ErrAmountSyntax},
		"two signs":                       {"--1", calc.ErrAmountSyntax},
		"no digit before the point":       {".5", calc.ErrAmountSyntax},
		"no digit after the point":        {"1.", calc.ErrAmountSyntax},
		"no digit after the point, e":     {"1.e2", calc.ErrAmountSyntax},
		"two points":                      {"1.2.3", calc.ErrAmountSyntax},
		"a decimal comma":                 {"1,5", calc.ErrAmountSyntax},
		"grouped digits":                  {"1,000.00", calc.ErrAmountSyntax},
		"digits grouped by blanks":        {"1 000", calc.ErrAmountSyntax},
		"a blank before":                  {" 1", calc.ErrAmountSyntax},
		"a blank after":                   {"1 ", calc.ErrAmountSyntax},
		"a line break after":              {"1\n", calc.ErrAmountSyntax},
		"a no-break space":                {"1\u00a0000", calc.ErrAmountSyntax},
		"an underscore":                   {"1_000", calc.ErrAmountSyntax},
		"a hexadecimal number":            {"0x10", calc.ErrAmountSyntax},
		"a mathematical minus":            {"\u22121", calc.ErrAmountSyntax},
		"Persian digits":                  {"۱۲۳", calc.ErrAmountSyntax},
		"Arabic digits":                   {"١٢٣", calc.ErrAmountSyntax},
		"a digit in full width":           {"１", calc.ErrAmountSyntax},
		"a currency":                      {"5 RUB", calc.ErrAmountSyntax},
		"not a number":                    {"NaN", calc.ErrAmountSyntax},
		"infinity":                        {"Infinity", calc.ErrAmountSyntax},
		"an exponent without digits":      {"1e", calc.ErrAmountSyntax},
		"an exponent of a sign":           {"1e-", calc.ErrAmountSyntax},
		"an exponent with a fraction":     {"1e1.5", calc.ErrAmountSyntax},
		"an exponent alone":               {"e5", calc.ErrAmountSyntax},
		"a zero byte":                     {"1\x00", calc.ErrAmountSyntax},
		"bytes that are not UTF-8":        {"1\xff", calc.ErrAmountSyntax},
		"65 characters":                   {strings.Repeat("9", 65), calc.ErrAmountLength},
		"a million digits":                {strings.Repeat("9", 1_000_000), calc.ErrAmountLength},
		"65 digits written out":           {"1e64", calc.ErrAmountRange},
		"65 digits written out, in parts": {"123456e59", calc.ErrAmountRange},
		"65 decimals":                     {"1e-65", calc.ErrAmountRange},
		"65 decimals with a written zero": {"1.0e-64", calc.ErrAmountRange},
		"an exponent of nine digits":      {"1e999999999", calc.ErrAmountRange},
		"a negative one":                  {"1e-999999999", calc.ErrAmountRange},
		"an exponent beyond 32 bits":      {"1e2147483648", calc.ErrAmountRange},
		"an exponent beyond 64 bits":      {"1e99999999999999999999", calc.ErrAmountRange},
		"zero with a large exponent":      {"0e999999999", calc.ErrAmountRange},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := calc.ParseAmount(test.text)
			if !errors.Is(err, test.want) || a.Text() != "0" {
				t.Errorf("%s, %v; want 0, %v", a.Text(), err, test.want)
			}
			if err != nil && len(err.Error()) > 200 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
}

// A short text must not make a large number.
func TestALargeExponentTakesNoMemory(t *testing.T) {
	for _, text := range []string{"1e999999999", "9.9e-2000000000", "1e10000", "1e-10000", strings.Repeat("9", 55) + "e999999"} {
		const runs = 100
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range runs {
			if _, err := calc.ParseAmount(text); err == nil {
				t.Errorf("%s is no error", text)
			}
		}
		runtime.ReadMemStats(&after)
		if each := (after.TotalAlloc - before.TotalAlloc) / runs; each > 4096 {
			t.Errorf("%s takes %d bytes", text, each)
		}
	}
}

func TestArithmeticIsExact(t *testing.T) {
	of := calc.MustAmount
	for name, test := range map[string]struct {
		got  calc.Amount
		want string
	}{
		"tenths add up":                  {of("0.1").Plus(of("0.2")), "0.3"},
		"a sum has the larger scale":     {of("1.5").Plus(of("2.500")), "4.000"},
		"large and small do not swallow": {of("1e63").Plus(of("1e-64")), "1" + strings.Repeat("0", 63) + "." + strings.Repeat("0", 63) + "1"},
		"sixteen digits keep the last":   {of("1.000000000000059E15").Minus(of("9.99999999999999E14")), "60"},
		"a difference with its sign":     {of("649").Minus(of("694")), "-45"},
		"nothing is left of equals":      {of("1.10").Minus(of("1.1")), "0.00"},
		"a multiple":                     {of("0.35").Times(3), "1.05"},
		"a negative multiple":            {of("0.35").Times(-3), "-1.05"},
		"a multiple of nothing":          {of("1.5").Times(0), "0.0"},
		"the smallest machine number":    {of("1").Times(-9223372036854775808), "-9223372036854775808"},
		"the opposite":                   {of("-1.50").Neg(), "1.50"},
		"the opposite of nothing":        {of("0.0").Neg(), "0.0"},
		"without its sign":               {of("-1.50").Abs(), "1.50"},
		"of a machine number":            {calc.AmountOf(-7), "-7"},
		"the zero value is 0":            {calc.Amount{}, "0"},
		"the zero value adds":            {calc.Amount{}.Plus(of("1.0")), "1.0"},
		"the zero value is subtracted":   {of("1.0").Minus(calc.Amount{}), "1.0"},
		"the zero value multiplies":      {calc.Amount{}.Times(3), "0"},
		"the opposite of the zero value": {calc.Amount{}.Neg().Abs(), "0"},
	} {
		if test.got.String() != test.want || test.got.Text() != test.want {
			t.Errorf("%s: %s, want %s", name, test.got, test.want)
		}
	}
	if zero := (calc.Amount{}); zero.Sign() != 0 || zero.Scale() != 0 || !zero.IsWhole() || zero.SignificantDigits() != 1 || !zero.Equal(of("-0.0")) {
		t.Error("the zero value is not 0")
	}
}

func TestComparisonsSeeTheValue(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"1.0", "1.00", 0},
		{"1e3", "1000", 0},
		{"-0", "0", 0},
		{"007", "7", 0},
		{"-1", "1", -1},
		{"0.1", "0.11", -1},
		{"1e63", "-1e63", 1},
		{"1e-64", "0", 1},
	} {
		a, b := calc.MustAmount(test.a), calc.MustAmount(test.b)
		if a.Cmp(b) != test.want || b.Cmp(a) != -test.want || a.Equal(b) != (test.want == 0) || a.Minus(b).Sign() != test.want {
			t.Errorf("%s and %s: %d, want %d", a, b, a.Cmp(b), test.want)
		}
	}
}

func TestMustAmountPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	calc.MustAmount("x")
}

// FuzzParseAmount holds amounts against rational numbers, which read texts and
// calculate on their own.
func FuzzParseAmount(f *testing.F) {
	for _, text := range []string{
		"0", "-0", "1250", "-60.00", "9.99999999999999E14", "1.000000000000059E15", "1e999999999", "0e64", "1e-64", "1.0e-64",
		"+1", ".5", "1.", "01", " 1", "1_000", "\u22121", "۱۲۳", "0x10", "NaN", strings.Repeat("9", 64), strings.Repeat("9", 65),
	} {
		f.Add(text, "0.30", int64(-3))
	}
	f.Fuzz(func(t *testing.T, text, other string, n int64) {
		a, err := calc.ParseAmount(text)
		if err != nil {
			if a.Text() != "0" || len(err.Error()) > 400 {
				t.Fatalf("%q: %s with the error %v", text, a.Text(), err)
			}
			return
		}
		if len(text) > calc.MaxAmountText || a.Text() != text {
			t.Fatalf("%q: the text became %q", text, a.Text())
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok || rational(t, a).Cmp(want) != 0 {
			t.Fatalf("%q is read as %s", text, a)
		}
		plain := a.String()
		whole, fraction, _ := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
		if len(whole) > calc.MaxAmountDigits || len(fraction) > calc.MaxAmountDigits || len(fraction) != int(a.Scale()) {
			t.Fatalf("%q: written out as %s, scale %d", text, plain, a.Scale())
		}
		if again, err := calc.ParseAmount(plain); len(plain) <= calc.MaxAmountText && (err != nil || !again.Equal(a) || again.String() != plain) {
			t.Fatalf("%q: %s reads back as %s, %v", text, plain, again, err)
		}
		if a.IsWhole() != want.IsInt() || a.Sign() != want.Sign() || a.SignificantDigits() > len(whole)+len(fraction) {
			t.Fatalf("%q: whole %t, sign %d, %d significant digits", text, a.IsWhole(), a.Sign(), a.SignificantDigits())
		}
		if b, err := calc.ParseAmount(other); err == nil {
			checkArithmetic(t, a, b, n)
		}
	})
}

func rational(t *testing.T, a calc.Amount) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(a.String())
	if !ok {
		t.Fatalf("%s is no number", a)
	}
	return r
}

func checkArithmetic(t *testing.T, a, b calc.Amount, n int64) {
	t.Helper()
	ra, rb := rational(t, a), rational(t, b)
	for what, pair := range map[string][2]*big.Rat{
		"plus":  {rational(t, a.Plus(b)), new(big.Rat).Add(ra, rb)},
		"minus": {rational(t, a.Minus(b)), new(big.Rat).Sub(ra, rb)},
		"times": {rational(t, a.Times(n)), new(big.Rat).Mul(ra, new(big.Rat).SetInt64(n))},
		"neg":   {rational(t, a.Neg()), new(big.Rat).Neg(ra)},
		"abs":   {rational(t, a.Abs()), new(big.Rat).Abs(ra)},
	} {
		if pair[0].Cmp(pair[1]) != 0 {
			t.Fatalf("%s %s %s (%d) is %s, want %s", a, what, b, n, pair[0], pair[1])
		}
	}
	if a.Cmp(b) != ra.Cmp(rb) || a.Equal(b) != (ra.Cmp(rb) == 0) {
		t.Fatalf("%s and %s compare as %d", a, b, a.Cmp(b))
	}
}

func BenchmarkParseAmount(b *testing.B) {
	for name, text := range map[string]string{
		"short": "479", "two decimals": "10205.50", "scientific": "9.99999999999999E14", "64 digits": strings.Repeat("9", 64),
		"no amount": "1,000.00",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = calc.ParseAmount(text)
			}
		})
	}
}

func TestDecimalsAreThoseThatTheValueNeeds(t *testing.T) {
	for text, want := range map[string]int32{"0": 0, "1500": 0, "1.50": 1, "1.505": 3, "-0.010": 2, "1.5E1": 0, "15E-3": 3} {
		if got := calc.MustAmount(text).Decimals(); got != want {
			t.Errorf("%s has %d decimals, want %d", text, got, want)
		}
	}
}
