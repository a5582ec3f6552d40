package loan_test

import (
	"errors"
	"fmt"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

func TestPeriodsInAYear(t *testing.T) {
	for want, period := range map[string]loan.Period{
		"365/30": {Days: 30}, "365": {Days: 1}, "12": {Months: 1}, "12/5": {Months: 5}, "4": {Months: 3}, "5": {Days: 73}, "": {},
	} {
		if got := period.PerYear(); got != want {
			t.Errorf("%s: %q, want %q", period, got, want)
		}
	}
}

// 2020-01-31 and 19 days are 2020-02-19, in the month from 31 January to 29 February.
func TestTimeInPeriods(t *testing.T) {
	from := date.MustParse("2020-01-31")
	for want, test := range map[string]struct {
		period loan.Period
		to     string
	}{
		"0 19 29": {loan.Period{Months: 1}, "2020-02-19"},
		"1 0 31":  {loan.Period{Months: 1}, "2020-02-29"},
		"1 10 30": {loan.Period{Days: 30}, "2020-03-11"},
	} {
		whole, rest, of, err := test.period.Count(from, date.MustParse(test.to))
		if got := fmt.Sprint(whole, rest, of); got != want || err != nil {
			t.Errorf("%s: %s %v, want %s", test.to, got, err, want)
		}
	}
	if _, _, _, err := (loan.Period{Days: 30}).Count(from, from.AddDays(-1)); !errors.Is(err, loan.ErrFlows) {
		t.Error(err)
	}
	if _, _, _, err := (loan.Period{}).Count(from, from); !errors.Is(err, loan.ErrPeriod) {
		t.Error(err)
	}
}

// Of the payments of one day a year 2021 to 2024 there are two intervals of 365 days
// and three of twelve months; of those of 2021 to 2023 and a last one in August 2024
// two of each. Whichever was met first used to win. A chosen period is the same a
// hundred times.
func TestOfAsLongPeriodsTheMonthsAreTheBase(t *testing.T) {
	tests := map[string][]string{
		"three years, two of 365 days":            {"2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01"},
		"as often 365 days as twelve months":      {"2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01", "2024-08-01"},
		"twelve months, once over a leap day":     {"2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01", "2025-01-01"},
		"two years, none of them with a leap day": {"2021-03-01", "2022-03-01", "2023-03-01"},
	}
	for name, dates := range tests {
		for range 100 {
			if base, err := loan.BasePeriod(flowsOn(dates...)); err != nil || base != (loan.Period{Months: 12}) {
				t.Fatalf("%s: %s %v", name, base, err)
			}
		}
	}
}

// Four intervals are of thirty days and four of a month; three of them are both.
func TestOfEquallyFrequentPeriodsTheShortestIsTheBase(t *testing.T) {
	flows := flowsOn("2021-04-01", "2021-05-01", "2021-05-31", "2021-06-30", "2021-07-30", "2021-08-30")
	for range 100 {
		if base, err := loan.BasePeriod(flows); err != nil || base != (loan.Period{Days: 30}) {
			t.Fatalf("%s %v", base, err)
		}
	}
}

// flowsOn are a loan on the first of some dates and payments on the others.
func flowsOn(dates ...string) []loan.Flow {
	flows := make([]loan.Flow, len(dates))
	for i, d := range dates {
		flows[i] = loan.Flow{Date: date.MustParse(d), Amount: calc.AmountOf(400)}
	}
	flows[0].Amount = calc.AmountOf(-1000)
	return flows
}
