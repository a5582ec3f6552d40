package properties

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"
	"github.com/shopspring/decimal"

	"tieout/calc"
)

// described is all that can be told of an amount.
func described(a calc.Amount) string {
	n, fits := a.Int64()
	return fmt.Sprint(a.String(), " scale ", a.Scale(), " sign ", a.Sign(), " decimals ", a.Decimals(),
		" digits ", a.SignificantDigits(), " whole ", a.IsWhole(), " int64 ", n, fits)
}

// describedDecimal tells the same of a decimal.
func describedDecimal(d decimal.Decimal) string {
	plain := d.StringFixed(max(0, -d.Exponent()))
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
	fraction = strings.TrimRight(fraction, "0")
	n := d.Truncate(0).BigInt()
	return fmt.Sprint(plain, " scale ", max(0, -d.Exponent()), " sign ", d.Sign(), " decimals ", len(fraction),
		" digits ", max(1, len(strings.TrimLeft(whole+fraction, "0"))), " whole ", d.IsInteger(), " int64 ", n.Int64(), n.IsInt64())
}

// quotient of two decimals at a scale, by the remainder of their division.
func quotient(n, d decimal.Decimal, r calc.Rounding) decimal.Decimal {
	q, rest := n.QuoRem(d, r.Scale)
	q = q.Add(decimal.New(0, -r.Scale)) // a quotient of 0 has that scale too
	if rest.IsZero() {
		return q
	}
	away := decimal.New(int64(n.Sign()*d.Sign()), -r.Scale)
	half := rest.Abs().Mul(decimal.New(2, 0)).Cmp(d.Abs().Mul(decimal.New(1, -r.Scale)))
	leaves := false
	switch r.Mode {
	case calc.HalfUp:
		leaves = half >= 0
	case calc.HalfEven:
		leaves = half > 0 || half == 0 && q.Coefficient().Bit(0) == 1
	case calc.Up:
		leaves = true
	case calc.Floor:
		leaves = away.Sign() < 0
	case calc.Ceiling:
		leaves = away.Sign() > 0
	}
	if leaves {
		return q.Add(away)
	}
	return q
}

// disagreement is where amounts of the texts and decimals of them part, in what they
// are and in all that can be done with them, and nothing when they agree.
func disagreement(x, y string, n int64, mode calc.Mode, scale int32) string {
	a, errA := calc.ParseAmount(x)
	b, errB := calc.ParseAmount(y)
	if errA != nil || errB != nil {
		return ""
	}
	da, db := decimal.RequireFromString(x), decimal.RequireFromString(y)
	r := calc.Rounding{Mode: mode, Scale: scale}
	type pair struct {
		amount  calc.Amount
		decimal decimal.Decimal
	}
	results := map[string]pair{
		"a": {a, da}, "plus": {a.Plus(b), da.Add(db)}, "minus": {a.Minus(b), da.Sub(db)}, "product": {a.Product(b), da.Mul(db)},
		"times": {a.Times(n), da.Mul(decimal.NewFromInt(n))}, "of n": {calc.AmountOf(n), decimal.NewFromInt(n)},
		"neg": {a.Neg(), da.Neg()}, "abs": {a.Abs(), da.Abs()}, "round": {a.Round(r), quotient(da, decimal.NewFromInt(1), r)},
		"plus minus": {a.Plus(b).Minus(b), da.Add(db).Sub(db)}, "minus neg": {a.Minus(b).Neg(), da.Sub(db).Neg()},
		"square": {a.Minus(b).Product(a.Plus(b)), da.Sub(db).Mul(da.Add(db))},
	}
	if b.Sign() != 0 {
		q, err := calc.Quotient(a, b, r)
		if err != nil {
			return err.Error()
		}
		results["quotient"] = pair{q, quotient(da, db, r)}
	}
	for name, got := range results {
		if is, want := described(got.amount), describedDecimal(got.decimal); is != want {
			return fmt.Sprintf("%s of %s, %s, %d, %s: %s, want %s", name, x, y, n, r, is, want)
		}
		if c := got.amount.Cmp(b); c != got.decimal.Cmp(db) || got.amount.Equal(b) != (c == 0) || b.Cmp(got.amount) != -c {
			return fmt.Sprintf("%s of %s, %s, %d, %s compares as %d", name, x, y, n, r, c)
		}
	}
	return ""
}

// boundaries are whole numbers at which an int64 and its powers of ten end.
func boundaries() []any {
	all := []any{
		"0", "-0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
		"9223372036854775810", "-4611686018427387904", "4611686018427387904", "3037000500", "-3037000499", "18446744073709551616",
	}
	for n, ten := range []int64{1, 10, 1_000_000_000, 922337203685477580, 1_000_000_000_000_000_000} {
		all = append(all, strconv.FormatInt(ten, 10), strconv.FormatInt(-ten+int64(n), 10), strconv.FormatInt(5*(ten/10), 10))
	}
	return all
}

func TestAmountsAreWhatDecimalsAre(t *testing.T) {
	properties := gopter.NewProperties(parameters())
	whole := gen.OneGenOf(gen.OneConstOf(boundaries()...),
		gen.Int64().Map(func(n int64) string { return strconv.FormatInt(n, 10) }),
		gen.Int64Range(-100_000, 100_000).Map(func(n int64) string { return strconv.FormatInt(n, 10) }))
	exponent := gen.OneGenOf(gen.IntRange(-3, 0), gen.IntRange(-20, 20))
	number := gen.OneGenOf(gen.Const(int64(0)), gen.Const(int64(-1)), gen.Const(int64(math.MinInt64)), gen.Const(int64(math.MaxInt64)),
		gen.Int64Range(-100, 100), gen.Int64())
	mode := gen.IntRange(int(calc.HalfUp), int(calc.Ceiling))
	properties.Property("all that is done with amounts is done with decimals, also where an int64 ends", prop.ForAll(
		func(x, y string, p, q int, n int64, mode, scale int) string {
			return disagreement(x+"e"+strconv.Itoa(p), y+"e"+strconv.Itoa(q), n, calc.Mode(mode), int32(scale))
		}, whole, whole, exponent, exponent, number, mode, exponent))
	properties.Property("the text that an amount prints is the same amount by its digits", prop.ForAll(
		func(n int64, scale uint8) bool {
			a := calc.SmallAmount(n, scale, "as sent")
			return described(a) == describedDecimal(decimal.New(n, -int32(scale))) && a.Text() == "as sent" &&
				calc.SmallAmount(n, scale, "").Text() == a.String()
		}, number, gen.UInt8Range(0, 40)))
	properties.TestingRun(t)
}

func FuzzAmount_Decimal(f *testing.F) {
	for _, whole := range boundaries() {
		f.Add(whole.(string), "-0.30", int64(math.MinInt64), uint8(0), int8(2))
		f.Add("1e-18", whole.(string), int64(-1), uint8(1), int8(-18))
		f.Add(whole.(string)+".5e1", whole.(string), int64(10), uint8(4), int8(0))
	}
	f.Add("9.99999999999999E14", "0e5", int64(3), uint8(2), int8(1))
	f.Fuzz(func(t *testing.T, x, y string, n int64, mode uint8, scale int8) {
		if what := disagreement(x, y, n, calc.Mode(mode%6), int32(scale)); what != "" {
			t.Error(what)
		}
	})
}
