package loan_test

import (
	"errors"
	"math/big"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// every gives flows that follow each other by so many days.
func every(days int, sums ...string) []loan.Flow {
	var flows []loan.Flow
	for i, sum := range sums {
		flows = append(flows, loan.Flow{Date: on("2019-01-23").AddDays(i * days), Amount: of(sum)})
	}
	return flows
}

// dated reads dates and sums by turns.
func dated(texts ...string) []loan.Flow {
	var flows []loan.Flow
	for i := 0; i < len(texts); i += 2 {
		flows = append(flows, loan.Flow{Date: on(texts[i]), Amount: of(texts[i+1])})
	}
	return flows
}

// The first is published in a contract; the values with a plain formula can be
// worked out by hand, the others were calculated apart from this package.
func TestTheFullCostOfACredit(t *testing.T) {
	year, month, thirty := loan.Period{Months: 12}, loan.Period{Months: 1}, loan.Period{Days: 30}
	tests := map[string]struct {
		flows []loan.Flow
		base  loan.Period
		want  string
	}{
		"tranches of 30 days, as published":          {every(30, "-5000", "3312", "3313"), loan.Period{}, "255.503"},
		"the base period given":                      {every(30, "-5000", "3312", "3313"), thirty, "255.503"},
		"in any order":                               {dated("2019-03-24", "3313", "2019-01-23", "-5000", "2019-02-22", "3312"), loan.Period{}, "255.503"},
		"seen by the borrower":                       {every(30, "5000", "-3312", "-3313"), loan.Period{}, "255.503"},
		"one payment: 11.2 % in 16 days, times 365":  {every(16, "-10000", "11120"), loan.Period{}, "255.500"},
		"one payment after a year":                   {dated("2019-01-01", "-10000", "2020-01-01", "11200"), loan.Period{}, "12.000"},
		"one payment after two years: the root of":   {dated("2019-01-01", "-10000", "2021-01-01", "12100"), year, "10.000"},
		"a fee on the day of the issue":              {dated("2019-01-01", "-10000", "2019-01-01", "500", "2019-01-31", "4000", "2019-03-02", "4000", "2019-03-17", "4000"), thirty, "167.328"},
		"ten of the 31 days of a month are left":     {dated("2020-01-31", "-10000", "2020-02-29", "3000", "2020-03-31", "3000", "2020-04-30", "3000", "2020-05-10", "2000"), month, "52.545"},
		"a credit that costs nothing":                {every(30, "-10000", "5000", "5000"), loan.Period{}, "0.000"},
		"0.0005 is exactly in the middle":            {dated("2019-01-01", "-200000", "2020-01-01", "200001"), year, "0.001"},
		"0.0005 of a month, thirds that do not end":  {dated("2019-01-01", "-2400000", "2019-02-01", "2400001"), month, "0.001"},
		"hardly below the middle":                    {dated("2019-01-01", "-200000", "2020-01-01", "200000.9999999999999999999999"), year, "0.000"},
		"one day at 1000 %":                          {every(1, "-1", "11"), loan.Period{}, "365000.000"},
		"kopecks on billions":                        {every(365, "-9999999999999.99", "10999999999999.99"), loan.Period{}, "10.000"},
		"lent twice":                                 {dated("2019-01-01", "-100", "2020-01-01", "-100", "2021-01-01", "231"), year, "10.000"},
		"paid, lent again, paid: the least positive": {dated("2018-01-01", "-1000", "2019-01-01", "2300", "2020-01-01", "-1320"), year, "10.000"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := loan.FullCost(test.flows, test.base)
			if err != nil || got.String() != test.want {
				t.Errorf("%s, %v; want %s", got, err, test.want)
			}
		})
	}
}

func TestFlowsWithoutARate(t *testing.T) {
	for name, test := range map[string]struct {
		flows              []loan.Flow
		base               loan.Period
		fullCost, investor error
	}{
		"no flows":                {nil, loan.Period{}, loan.ErrFlows, loan.ErrFlows},
		"one flow":                {every(30, "-5000"), loan.Period{}, loan.ErrFlows, loan.ErrFlows},
		"all on one day":          {every(0, "-5000", "5001"), loan.Period{Days: 1}, loan.ErrFlows, loan.ErrFlows},
		"a flow without a date":   {append(every(30, "-5000", "5001"), loan.Flow{Amount: of("1")}), loan.Period{}, loan.ErrFlows, loan.ErrFlows},
		"only lent":               {every(30, "-5000", "-1"), loan.Period{}, loan.ErrNoRate, loan.ErrNoRate},
		"only paid":               {every(30, "5000", "1"), loan.Period{}, loan.ErrNoRate, loan.ErrNoRate},
		"nothing but zeros":       {every(30, "0", "0.00"), loan.Period{}, loan.ErrNoRate, loan.ErrNoRate},
		"less paid than lent":     {every(30, "-5000", "4999"), loan.Period{}, loan.ErrNoRate, nil},
		"more than it can be":     {every(1, "-1", "2000000"), loan.Period{}, loan.ErrNoRate, loan.ErrNoRate},
		"never zero":              {every(365, "-100", "210", "-150"), loan.Period{}, loan.ErrNoRate, loan.ErrNoRate},
		"touching zero":           {every(365, "-100", "220", "-121"), loan.Period{}, loan.ErrUnsettled, loan.ErrUnsettled},
		"a base of 366 days":      {every(30, "-5000", "5001"), loan.Period{Days: 366}, loan.ErrPeriod, nil},
		"a base of 13 months":     {every(30, "-5000", "5001"), loan.Period{Months: 13}, loan.ErrPeriod, nil},
		"a base of both":          {every(30, "-5000", "5001"), loan.Period{Days: 1, Months: 1}, loan.ErrPeriod, nil},
		"a base before the start": {every(30, "-5000", "5001"), loan.Period{Days: -30}, loan.ErrPeriod, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := loan.FullCost(test.flows, test.base); !errors.Is(err, test.fullCost) {
				t.Errorf("full cost %s, %v; want %v", got, err, test.fullCost)
			}
			if got, err := loan.EffectiveRate(test.flows, cents); !errors.Is(err, test.investor) {
				t.Errorf("investor's rate %s, %v; want %v", got, err, test.investor)
			}
		})
	}
}

func TestTheBasePeriodIsTheMostFrequentInterval(t *testing.T) {
	ones := func(dates ...string) (flows []loan.Flow) {
		for _, d := range dates {
			flows = append(flows, loan.Flow{Date: on(d), Amount: of("1")})
		}
		return flows
	}
	for name, test := range map[string]struct {
		flows []loan.Flow
		want  string
	}{
		"every 30 days":                        {every(30, "-1", "1", "1"), "30 days"},
		"every month":                          {ones("2019-01-15", "2019-02-15", "2019-03-15", "2019-04-15"), "1 month"},
		"month ends":                           {ones("2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"), "1 month"},
		"every 30 days, once a month as well":  {ones("2019-01-23", "2019-02-22", "2019-03-24", "2019-04-23", "2019-05-23"), "30 days"},
		"each quarter":                         {ones("2019-01-31", "2019-04-30", "2019-07-31", "2019-10-31"), "3 months"},
		"each year":                            {ones("2019-01-01", "2020-01-01", "2021-01-01"), "12 months"},
		"equally often: the shortest":          {ones("2019-01-01", "2019-01-08", "2019-01-15", "2019-01-25", "2019-02-04"), "7 days"},
		"30 days are shorter than a month":     {ones("2019-04-15", "2019-05-15", "2019-06-15", "2019-07-15", "2019-08-14", "2019-09-13"), "30 days"},
		"31 days are longer than a month":      {ones("2019-07-15", "2019-08-15", "2019-09-15"), "1 month"},
		"31 days three times, a month twice":   {ones("2019-07-15", "2019-08-15", "2019-09-15", "2019-10-16"), "31 days"},
		"one interval":                         {ones("2019-01-01", "2019-01-17"), "16 days"},
		"one interval of a month":              {ones("2019-01-01", "2019-02-01"), "31 days"},
		"none twice: the mean":                 {ones("2019-01-01", "2019-01-11", "2019-02-01"), "16 days"},
		"none twice: half a day is rounded up": {ones("2019-01-01", "2019-01-02", "2019-01-04"), "2 days"},
		"the mean over a year":                 {ones("2019-01-01", "2021-06-01"), "12 months"},
		"intervals over a year do not count":   {ones("2019-01-01", "2020-01-02", "2021-01-02", "2022-01-04"), "12 months"},
		"payments on one day are one":          {ones("2019-01-01", "2019-01-31", "2019-01-31", "2019-03-02"), "30 days"},
		"days one after the other":             {ones("2019-01-01", "2019-01-02", "2019-01-03"), "1 day"},
	} {
		if got, err := loan.BasePeriod(test.flows); err != nil || got.String() != test.want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, test.want)
		}
	}
	if _, err := loan.BasePeriod(ones("2019-01-01")); !errors.Is(err, loan.ErrFlows) {
		t.Error(err)
	}
	if got := (loan.Period{}).String(); got != "" {
		t.Errorf("no period is %q", got)
	}
}

// The first is the example of Excel's documentation of XIRR, 0.373362535 there.
func TestTheInvestorsRate(t *testing.T) {
	fine := calc.Rounding{Mode: calc.HalfUp, Scale: 6}
	for name, test := range map[string]struct {
		flows []loan.Flow
		r     calc.Rounding
		want  string
	}{
		"the example of Excel": {
			dated("2008-01-01", "-10000", "2008-03-01", "2750", "2008-10-30", "4250", "2009-02-15", "3250", "2009-04-01", "2750"), fine, "37.336253",
		},
		"a year":                       {every(365, "-100", "110"), fine, "10.000000"},
		"two years":                    {every(365, "-100", "0", "121"), fine, "10.000000"},
		"a leap year has a day more":   {dated("2020-01-01", "-100", "2021-01-01", "110"), fine, "9.971359"},
		"nothing earned":               {every(30, "-100", "50", "50"), fine, "0.000000"},
		"a loss":                       {every(365, "-100", "90"), fine, "-10.000000"},
		"nearly all lost":              {every(365, "-1000000", "1"), fine, "-99.999900"},
		"0.7 % a day: 1.007^365":       {every(1, "-1000", "1007"), cents, "1175.72"},
		"rounded down":                 {every(1, "-1000", "1007"), calc.Rounding{Mode: calc.Down}, "1175"},
		"exactly in the middle":        {every(365, "-200", "201"), whole, "1"},
		"the middle to the even":       {every(365, "-200", "201"), calc.Rounding{Mode: calc.HalfEven}, "0"},
		"exactly ten, rounded up":      {every(365, "-100", "110"), calc.Rounding{Mode: calc.Ceiling, Scale: 2}, "10.00"},
		"exactly minus ten, down":      {every(365, "-100", "90"), calc.Rounding{Mode: calc.Floor, Scale: 2}, "-10.00"},
		"to twenty decimals":           {every(365, "-300", "400"), calc.Rounding{Mode: calc.HalfUp, Scale: loan.MaxRateScale}, "33.33333333333333333333"},
		"drawn twice":                  {every(365, "-100", "-110", "242"), fine, "10.000000"},
		"seen by the borrower":         {every(365, "100", "-110"), fine, "10.000000"},
		"drawn again, with one rate":   {every(365, "-100", "160", "-50", "11"), fine, "27.563786"},
		"a fee at the end, and a loss": {every(30, "-100", "50", "-1", "45"), fine, "-31.856900"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := loan.EffectiveRate(test.flows, test.r)
			if err != nil || got.String() != test.want {
				t.Errorf("%s, %v; want %s", got, err, test.want)
			}
		})
	}
	if _, err := loan.EffectiveRate(every(365, "-1000", "2300", "-1320"), cents); !errors.Is(err, loan.ErrSeveralRates) {
		t.Errorf("10 %% and 20 %%: %v", err)
	}
}

func TestARateOfTooManyDecimalsPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	_, _ = loan.EffectiveRate(every(365, "-100", "110"), calc.Rounding{Scale: loan.MaxRateScale + 1})
}

// FuzzFullCost_Rational holds the printed digits against rational numbers: half a
// unit below and above, the sum must have opposite signs.
func FuzzFullCost_Rational(f *testing.F) {
	f.Add(int64(500000), int64(331200), int64(331300), 30, 60, 30)
	f.Add(int64(1000000), int64(1), int64(1112000), 3, 16, 16)
	f.Add(int64(1), int64(0), int64(999), 1, 2, 365)
	f.Fuzz(func(t *testing.T, lent, first, second int64, m, n, base int) {
		lent, first, second = lent%1_000_000_000, first%1_000_000_000, second%1_000_000_000
		m, n, base = m%2000, n%2000, base%366
		if lent <= 0 || first < 0 || second < 0 || m <= 0 || n <= m || base <= 0 {
			return
		}
		start := on("2019-01-23")
		sums, days := []int64{-lent, first, second}, []int{0, m, n}
		var flows []loan.Flow
		for i, sum := range sums {
			flows = append(flows, loan.Flow{Date: start.AddDays(days[i]), Amount: calc.AmountOf(sum)})
		}
		percent, err := loan.FullCost(flows, loan.Period{Days: base})
		if (err == nil) != (first+second >= lent) && !errors.Is(err, loan.ErrNoRate) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		sign := func(percent calc.Amount) int {
			i, _ := new(big.Rat).SetString(percent.String())
			i.Mul(i, big.NewRat(int64(base), 36500))
			grown, sum := new(big.Rat).Add(i, big.NewRat(1, 1)), new(big.Rat)
			for k, amount := range sums {
				value := new(big.Rat).SetInt64(amount)
				for range days[k] / base {
					value.Quo(value, grown)
				}
				rest := new(big.Rat).Mul(i, big.NewRat(int64(days[k]%base), int64(base)))
				sum.Add(sum, value.Quo(value, rest.Add(rest, big.NewRat(1, 1))))
			}
			return sum.Sign()
		}
		if days[2]/base > 60 { // rational numbers of too many digits
			return
		}
		half := of("0.0005")
		below, above := sign(percent.Minus(half)), sign(percent.Plus(half))
		if percent.Sign() > 0 && below < 0 || above >= 0 {
			t.Fatalf("%v after %v days, base %d: %s %%, signs %d and %d", sums, days, base, percent, below, above)
		}
	})
}

func BenchmarkFullCost(b *testing.B) {
	flows := []loan.Flow{{Date: on("2020-01-31"), Amount: of("-100000")}}
	dates, err := loan.DueDates(on("2020-01-31"), 60, loan.Stepping{Method: loan.CalendarMonths, Every: 1})
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range dates {
		flows = append(flows, loan.Flow{Date: d, Amount: of("2539.34")})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := loan.FullCost(flows, loan.Period{}); err != nil {
			b.Fatal(err)
		}
	}
}

var _ loan.WorkingDays = feast{}

// feast is a calendar of one holiday, 2018-01-01 to 08, and of the year 2017; of
// other years it knows nothing.
type feast struct{}

func (feast) Off(d date.Date) (off, known bool) {
	if d.Year() == 2018 && d.Month() == 1 {
		return d.Day() <= 8, true
	}
	off, _ = loan.WeekendsOnly{}.Off(d)
	return off, d.Year() == 2017
}
