package loan_test

import (
	"errors"
	"testing"

	"tieout/calc"
	"tieout/calc/loan"
)

// 1000 lent and 1100 paid back a month later cost exactly 10 % a month, 120 % a year;
// 119.9995 to 120.0005 a year are stated so.
func TestTheBracketOfAFullCost(t *testing.T) {
	flows := []loan.Flow{{Date: on("2021-01-01"), Amount: of("-1000")}, {Date: on("2021-02-01"), Amount: of("1100")}}
	month := loan.Period{Months: 1}
	for percent, proved := range map[string]bool{"120.000": true, "119.999": false, "120.001": false} {
		p, err := loan.ProveFullCost(flows, month, of(percent))
		if err != nil || p.Proved() != proved {
			t.Errorf("%s: %+v, %v", percent, p, err)
		}
	}
	p, err := loan.ProveFullCost(flows, month, of("120.000"))
	wide := calc.Rounding{Scale: 10}
	if err != nil || p.Low.Round(wide).String() != "0.0999995833" || p.High.Round(wide).String() != "0.1000004167" || p.SignLow != 1 || p.SignHigh != -1 {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := loan.ProveFullCost(flows, loan.Period{}, of("1")); !errors.Is(err, loan.ErrPeriod) {
		t.Error(err)
	}
	if _, err := loan.ProveFullCost(flows[:1], month, of("1")); !errors.Is(err, loan.ErrFlows) {
		t.Error(err)
	}
}
