package calc_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"tieout/calc"
)

var modes = []calc.Mode{calc.HalfUp, calc.HalfEven, calc.Down, calc.Up, calc.Floor, calc.Ceiling}

func TestEachModeRoundsAsItsNameSays(t *testing.T) {
	for _, test := range []struct {
		text  string
		scale int32
		want  string // half up, half even, down, up, floor, ceiling
	}{
		{"2.5", 0, "3 2 2 3 2 3"},
		{"-2.5", 0, "-3 -2 -2 -3 -3 -2"},
		{"3.5", 0, "4 4 3 4 3 4"},
		{"-3.5", 0, "-4 -4 -3 -4 -4 -3"},
		{"0.5", 0, "1 0 0 1 0 1"},
		{"-0.5", 0, "-1 0 0 -1 -1 0"},
		{"2.4999", 0, "2 2 2 3 2 3"},
		{"-2.5001", 0, "-3 -3 -2 -3 -3 -2"},
		{"2", 0, "2 2 2 2 2 2"},
		{"0", 0, "0 0 0 0 0 0"},
		{"479.36", 0, "479 479 479 480 479 480"},
		{"169.638", 2, "169.64 169.64 169.63 169.64 169.63 169.64"},
		{"1.005", 2, "1.01 1.00 1.00 1.01 1.00 1.01"},
		{"-1.015", 2, "-1.02 -1.02 -1.01 -1.02 -1.02 -1.01"},
		{"0.0001", 2, "0.00 0.00 0.00 0.01 0.00 0.01"},
		{"-0.0001", 2, "0.00 0.00 0.00 -0.01 -0.01 0.00"},
		{"479", 2, "479.00 479.00 479.00 479.00 479.00 479.00"},
		{"1500", -3, "2000 2000 1000 2000 1000 2000"},
		{"2500", -3, "3000 2000 2000 3000 2000 3000"},
		{"-499.99", -3, "0 0 0 -1000 -1000 0"},
		{"9.99E14", -3, "999000000000000 999000000000000 999000000000000 999000000000000 999000000000000 999000000000000"},
		{"1e63", 1, strings.TrimSpace(strings.Repeat(" 1"+strings.Repeat("0", 63)+".0", 6))},
		{"1e-64", 60, strings.Join([]string{zeros(60), zeros(60), zeros(60), zeros(59) + "1", zeros(60), zeros(59) + "1"}, " ")},
	} {
		var got []string
		for _, mode := range modes {
			got = append(got, calc.MustAmount(test.text).Round(calc.Rounding{Mode: mode, Scale: test.scale}).String())
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s to scale %d: %s; want %s", test.text, test.scale, strings.Join(got, " "), test.want)
		}
	}
}

// zeros is 0 with so many decimals.
func zeros(decimals int) string { return "0." + strings.Repeat("0", decimals) }

func TestAQuotientIsRoundedOnce(t *testing.T) {
	of := calc.MustAmount
	half, even := calc.HalfUp, calc.HalfEven
	for name, test := range map[string]struct {
		num, den string
		rounding calc.Rounding
		want     string
	}{
		"a third":                              {"1", "3", calc.Rounding{Mode: half, Scale: 2}, "0.33"},
		"two thirds":                           {"2", "3", calc.Rounding{Mode: half, Scale: 2}, "0.67"},
		"minus two thirds":                     {"-2", "3", calc.Rounding{Mode: half, Scale: 2}, "-0.67"},
		"two negatives":                        {"-2", "-3", calc.Rounding{Mode: half, Scale: 2}, "0.67"},
		"a sixth of a loan in whole roubles":   {"10000", "6", calc.Rounding{Mode: half}, "1667"},
		"a tie goes up":                        {"1", "8", calc.Rounding{Mode: half, Scale: 2}, "0.13"},
		"a tie goes to the even":               {"1", "8", calc.Rounding{Mode: even, Scale: 2}, "0.12"},
		"hardly under a tie":                   {"1", "8.000000000000000000000000000000001", calc.Rounding{Mode: half, Scale: 2}, "0.12"},
		"hardly over a tie":                    {"1", "7.999999999999999999999999999999999", calc.Rounding{Mode: even, Scale: 2}, "0.13"},
		"0.4999...: twice rounded it were 1":   {"4.9999999999999999999999999999999999999999", "10", calc.Rounding{Mode: half}, "0"},
		"nothing by something":                 {"0.00", "7", calc.Rounding{Mode: calc.Up, Scale: 3}, "0.000"},
		"a fraction below":                     {"1", "0.004", calc.Rounding{Mode: half}, "250"},
		"large by small":                       {"1e63", "1e-63", calc.Rounding{Mode: half}, "1" + strings.Repeat("0", 126)},
		"small by large, up":                   {"1e-63", "1e63", calc.Rounding{Mode: calc.Up, Scale: 2}, "0.01"},
		"to thousands":                         {"4500", "1", calc.Rounding{Mode: even, Scale: -3}, "4000"},
		"the largest scale, to its last place": {"2", "3", calc.Rounding{Mode: half, Scale: calc.MaxScale}, "0." + strings.Repeat("6", calc.MaxScale-1) + "7"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := calc.Quotient(of(test.num), of(test.den), test.rounding)
			if err != nil || got.String() != test.want {
				t.Errorf("%s, %v; want %s", got, err, test.want)
			}
		})
	}
	for _, den := range []string{"0", "-0.00"} {
		if _, err := calc.Quotient(of("1"), of(den), calc.Rounding{}); !errors.Is(err, calc.ErrDivisionByZero) {
			t.Errorf("1 by %s: %v", den, err)
		}
	}
}

func TestPoliciesHaveWords(t *testing.T) {
	for want, r := range map[string]calc.Rounding{
		"half up to 1":      {},
		"half up to 0.01":   {Mode: calc.HalfUp, Scale: 2},
		"half even to 0.01": {Mode: calc.HalfEven, Scale: 2},
		"down to 0.001":     {Mode: calc.Down, Scale: 3},
		"up to 10":          {Mode: calc.Up, Scale: -1},
		"floor to 1":        {Mode: calc.Floor},
		"ceiling to 1000":   {Mode: calc.Ceiling, Scale: -3},
	} {
		if r.String() != want {
			t.Errorf("%s, want %s", r, want)
		}
	}
	if got := calc.Mode(99).String(); got != "mode 99" {
		t.Error(got)
	}
}

// A scale without bound would write a number of as many digits.
func TestAPolicyThatIsNonePanics(t *testing.T) {
	for _, r := range []calc.Rounding{{Scale: calc.MaxScale + 1}, {Scale: -calc.MaxScale - 1}, {Scale: 1 << 30}, {Scale: -1 << 31}, {Mode: 99}} {
		for name, round := range map[string]func(){
			"Round":    func() { calc.AmountOf(7).Round(r) },
			"Quotient": func() { _, _ = calc.Quotient(calc.AmountOf(7), calc.AmountOf(3), r) },
			"Unit":     func() { r.Unit() },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s with %v, %d: no panic", name, r.Mode, r.Scale)
					}
				}()
				round()
			}()
		}
	}
}

func TestAnAmountIsRoundedFromItsPreimage(t *testing.T) {
	tiny := calc.MustAmount("0.0000001")
	for _, mode := range modes {
		for _, scale := range []int32{-1, 0, 2} {
			r := calc.Rounding{Mode: mode, Scale: scale}
			for n := int64(-5); n <= 5; n++ {
				a := r.Unit().Times(n)
				lo, hi := r.Preimage(a)
				if lo.Cmp(hi) > 0 || lo.Cmp(a) > 0 || hi.Cmp(a) < 0 {
					t.Fatalf("%s: %s comes from %s to %s", r, a, lo, hi)
				}
				for _, outside := range []calc.Amount{lo.Minus(tiny), hi.Plus(tiny)} {
					if outside.Round(r).Equal(a) {
						t.Errorf("%s: %s gives %s, which comes from %s to %s", r, outside, a, lo, hi)
					}
				}
				for _, inside := range []calc.Amount{lo.Plus(tiny), hi.Minus(tiny)} {
					if lo.Cmp(hi) < 0 && !inside.Round(r).Equal(a) {
						t.Errorf("%s: %s gives %s, and %s comes from %s to %s", r, inside, inside.Round(r), a, lo, hi)
					}
				}
			}
		}
	}
}

func TestAProductIsExact(t *testing.T) {
	of := calc.MustAmount
	for _, test := range [][3]string{
		{"1.5", "2.50", "3.750"},
		{"-0.35", "3", "-1.05"},
		{"1e63", "1e-64", "0.1"},
		{"0.00", "7", "0.00"},
		{"9999999999999999.99", "9999999999999999.99", "99999999999999999800000000000000.0001"},
	} {
		if got := of(test[0]).Product(of(test[1])); !got.Equal(of(test[2])) || got.Text() != got.String() {
			t.Errorf("%s by %s is %s, want %s", test[0], test[1], got, test[2])
		}
	}
	if got := of("1.5").Product(of("2.50")).String(); got != "3.750" {
		t.Errorf("%s has not the sum of the scales", got)
	}
}

// FuzzQuotient holds rounding against rational numbers: the neighbours of the
// exact quotient are found by their distance, not by a remainder.
func FuzzQuotient(f *testing.F) {
	for _, texts := range [][2]string{{"1", "8"}, {"-2.5", "1"}, {"1e63", "3e-60"}, {"-7.5", "-0.3"}, {"0.00", "1"}, {"169.638", "1"}} {
		for mode := range modes {
			f.Add(texts[0], texts[1], uint8(mode), int8(2))
		}
	}
	f.Fuzz(func(t *testing.T, num, den string, mode uint8, scale int8) {
		n, err := calc.ParseAmount(num)
		if err != nil {
			return
		}
		d, err := calc.ParseAmount(den)
		if err != nil || d.Sign() == 0 {
			return
		}
		r := calc.Rounding{Mode: modes[int(mode)%len(modes)], Scale: int32(scale)}
		got, err := calc.Quotient(n, d, r)
		if err != nil {
			t.Fatal(err)
		}
		if got.Scale() != max(0, r.Scale) {
			t.Fatalf("%s by %s, %s: scale %d", num, den, r, got.Scale())
		}
		exact := new(big.Rat).Quo(rational(t, n), rational(t, d))
		if want := roundRational(exact, rational(t, r.Unit()), r.Mode); rational(t, got).Cmp(want) != 0 {
			t.Fatalf("%s by %s, %s: %s, want %s", num, den, r, got, want)
		}
		if d.Equal(calc.AmountOf(1)) && !n.Round(r).Equal(got) {
			t.Fatalf("%s, %s: rounded %s, divided by one %s", num, r, n.Round(r), got)
		}
	})
}

// roundRational finds the multiples of the unit around x and takes one of them.
func roundRational(x, unit *big.Rat, mode calc.Mode) *big.Rat {
	units := new(big.Rat).Quo(x, unit)
	floor := new(big.Int).Div(units.Num(), units.Denom())
	low := new(big.Rat).Mul(new(big.Rat).SetInt(floor), unit)
	if low.Cmp(x) == 0 {
		return low
	}
	high := new(big.Rat).Add(low, unit)
	nearer := new(big.Rat).Sub(x, low).Cmp(new(big.Rat).Sub(high, x))
	choose := func(takeHigh bool) *big.Rat {
		if takeHigh {
			return high
		}
		return low
	}
	switch mode {
	case calc.Floor:
		return low
	case calc.Ceiling:
		return high
	case calc.Down:
		return choose(x.Sign() < 0)
	case calc.Up:
		return choose(x.Sign() > 0)
	case calc.HalfEven:
		return choose(nearer > 0 || nearer == 0 && floor.Bit(0) == 1)
	}
	return choose(nearer > 0 || nearer == 0 && x.Sign() > 0)
}
