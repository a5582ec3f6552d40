package loan_test

import (
	"encoding/json"
	"errors"
	"os"
	"testing"

	"tieout/calc"
	"tieout/calc/loan"
)

func TestAnnuities(t *testing.T) {
	for name, test := range map[string]struct {
		principal, percent string
		months             int
		rounding           calc.Rounding
		want               string
	}{
		"one month is the principal and its interest": {"1200", "12", 1, cents, "1212.00"},
		"two months: 100 / (1/1.01 + 1/1.01²)":        {"100", "12", 2, calc.Rounding{Scale: 6}, "50.751244"},
		"no interest":                                 {"1000", "0", 3, cents, "333.33"},
		"no interest, rounded up":                     {"1000", "0.00", 3, calc.Rounding{Mode: calc.Up, Scale: 2}, "333.34"},
		"no principal":                                {"0", "12", 12, cents, "0.00"},
		"a hundred years":                             {"100000", "12", 1200, cents, "1000.01"},
		"a rate in many decimals":                     {"100000", "11.99999999999999999999", 12, cents, "8884.88"},
	} {
		got, err := loan.Annuity(of(test.principal), of(test.percent), test.months, test.rounding)
		if err != nil || got.String() != test.want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, test.want)
		}
	}
	for _, months := range []int{0, -1, loan.MaxMonths + 1} {
		if _, err := loan.Annuity(of("1"), of("1"), months, cents); !errors.Is(err, loan.ErrTerm) {
			t.Errorf("%d months: %v", months, err)
		}
		if _, ok := benefit("1", "1").Rate(months); ok {
			t.Errorf("%d months have a rate", months)
		}
	}
	if _, err := loan.AnnuityBenefit(of("1"), of("-0.01"), 1, cents); !errors.Is(err, loan.ErrRate) {
		t.Error(err)
	}
}

// The first is printed in the inquiry's documentation, the second follows from it;
// the others were calculated apart from this package.
func TestTheBenefitOfAnAnnuityRevealsItsRate(t *testing.T) {
	for _, test := range []struct {
		principal string
		months    int
		percent   string
		benefit   string
	}{
		{"600000000", 144, "16", "752873056"},
		{"180000000", 144, "11", "144921522"},
		{"180000000", 144, "11.5", "152635658"},
		{"180000000", 144, "11.25", "148767443"},
		{"180000000", 144, "0", "0"},
		{"180000000", 144, "60", "1117152741"},
	} {
		sum, err := loan.AnnuityBenefit(of(test.principal), of(test.percent), test.months, loan.WholeDown)
		if err != nil || sum.String() != test.benefit {
			t.Errorf("%s over %d months at %s %%: %s, %v; want %s", test.principal, test.months, test.percent, sum, err, test.benefit)
		}
		rate, ok := benefit(test.principal, sum.String()).Rate(test.months)
		if !ok || rate.String() != test.percent {
			t.Errorf("%s on %s over %d months: %s %%, %t; want %s", sum, test.principal, test.months, rate, ok, test.percent)
		}
	}
	for name, test := range map[string]struct{ principal, benefit string }{
		"one rial off":             {"600000000", "752873057"},
		"a copied debt":            {"180000000", "101017180"},
		"above sixty percent":      {"180000000", "2000000000"},
		"not whole":                {"600000000", "752873056.5"},
		"a benefit below zero":     {"600000000", "-1"},
		"nothing lent":             {"0", "0"},
		"a principal below zero":   {"-600000000", "752873056"},
		"a rate of a tenth, 16.1%": {"600000000", "758539928"},
	} {
		if rate, ok := benefit(test.principal, test.benefit).Rate(144); ok {
			t.Errorf("%s: %s %%", name, rate)
		}
	}
}

// benefit is a benefit as Iranian banks print it.
func benefit(principal, sum string) loan.PrintedAnnuity {
	return loan.PrintedAnnuity{Principal: of(principal), Sum: of(sum), Rounding: loan.WholeDown}
}

// published are the figures of testdata/schedules.json.
type published struct {
	ID, Principal, Payment string
	AnnualRatePercent      string `json:"annual_rate_percent"`
	Periods                int
	Rows                   [][]any // number, principal, interest, balance after
	TotalInterest          string  `json:"total_interest"`
	TotalPayment           string  `json:"total_payment"`
	LeftOver               string  `json:"left_over_at_end_with_cent_rounding"`
}

func schedules(t *testing.T) map[string]published {
	t.Helper()
	data, err := os.ReadFile("testdata/schedules.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Schedules []published }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	byID := map[string]published{}
	for _, s := range file.Schedules {
		byID[s.ID] = s
	}
	return byID
}

// The rows are shown in cents, calculated with all digits.
func TestAScheduleInUnroundedFigures(t *testing.T) {
	s := schedules(t)["numpy-financial-ipmt"]
	wide := calc.Rounding{Mode: calc.HalfEven, Scale: 30}
	payment, err := loan.Annuity(of(s.Principal), of(s.AnnualRatePercent), s.Periods, wide)
	if err != nil {
		t.Fatal(err)
	}
	balance, total := of(s.Principal), calc.Amount{}
	for _, row := range s.Rows {
		interest := loan.Interest(balance, of(s.AnnualRatePercent), 1, loan.Year12, wide)
		principal := payment.Minus(interest)
		balance, total = balance.Minus(principal), total.Plus(interest)
		for i, got := range []calc.Amount{principal, interest, balance} {
			if want := row[i+1]; got.Round(cents).String() != want {
				t.Errorf("row %v, column %d: %s, want %s", row[0], i+1, got.Round(cents), want)
			}
		}
	}
	if got := total.Round(cents).String(); got != s.TotalInterest || len(s.Rows) != s.Periods {
		t.Errorf("interest of %d rows: %s, want %s", len(s.Rows), got, s.TotalInterest)
	}
}

// Sixty payments rounded to cents do not repay a loan exactly.
func TestCentsAreLeftOver(t *testing.T) {
	s := schedules(t)["oca-account-loan-826"]
	payment, err := loan.Annuity(of(s.Principal), of(s.AnnualRatePercent), s.Periods, cents)
	if err != nil {
		t.Fatal(err)
	}
	balance := of(s.Principal)
	for range s.Periods {
		interest := loan.Interest(balance, of(s.AnnualRatePercent), 1, loan.Year12, cents)
		balance = balance.Plus(interest).Minus(payment)
	}
	if balance.String() != s.LeftOver {
		t.Errorf("%s is left over, want %s", balance, s.LeftOver)
	}
}

func TestAScheduleInWholeUnits(t *testing.T) {
	s := schedules(t)["frappe-lending-280000"]
	payment, err := loan.Annuity(of(s.Principal), of(s.AnnualRatePercent), s.Periods, whole)
	if err != nil || payment.String() != s.Payment {
		t.Fatalf("payment %s, %v; want %s", payment, err, s.Payment)
	}
	if got := of(s.Principal).Plus(of(s.TotalInterest)); !got.Equal(of(s.TotalPayment)) {
		t.Errorf("principal and interest are %s, printed %s", got, s.TotalPayment)
	}
	for _, row := range s.Rows {
		principal, printed, after := of(row[1].(string)), of(row[2].(string)), of(row[3].(string))
		if got := loan.Interest(after.Plus(principal), of(s.AnnualRatePercent), 1, loan.Year12, whole); !got.Equal(printed) {
			t.Errorf("row %v: interest %s, want %s", row[0], got, printed)
		}
	}
}
