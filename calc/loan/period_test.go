package loan_test

import (
	"errors"
	"fmt"
	"testing"

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
