package loan

import (
	"errors"
	"fmt"
	"slices"

	"tieout/calc"
	"tieout/calc/date"
)

// Flow is a sum that changes hands on a day, seen by the lender: lent with a
// minus, paid back with none.
type Flow struct {
	Date   date.Date
	Amount calc.Amount
}

// The reasons why flows have no rate.
var (
	// ErrFlows: a flow has no date, or all have the same.
	ErrFlows = errors.New("not the flows of a loan")
	// ErrNoRate: no rate in the range searched makes the flows add up to 0.
	ErrNoRate = errors.New("no rate fits the flows")
	// ErrSeveralRates: more than one rate makes the flows add up to 0.
	ErrSeveralRates = errors.New("several rates fit the flows")
	// ErrUnsettled: it could not be proved whether a rate fits, because over a range
	// of rates the flows add up to almost 0.
	ErrUnsettled = errors.New("whether a rate fits the flows cannot be told")
)

// paymentDates are the dates of the flows, in order, each once: two or more.
func paymentDates(flows []Flow) ([]date.Date, error) {
	var dates []date.Date
	for _, f := range flows {
		if f.Date.IsZero() {
			return nil, fmt.Errorf("%w: a flow has no date", ErrFlows)
		}
		dates = append(dates, f.Date)
	}
	slices.SortFunc(dates, date.Date.Compare)
	if dates = slices.Compact(dates); len(dates) < 2 {
		return nil, fmt.Errorf("%w: all flows are on one date", ErrFlows)
	}
	return dates, nil
}

// equationOf adds up the flows of each day and tells their times in periods since
// the first.
func equationOf(flows []Flow, base Period) (equation, error) {
	dates, err := paymentDates(flows)
	if err != nil {
		return nil, err
	}
	sums := map[date.Date]calc.Amount{}
	for _, f := range flows {
		sums[f.Date] = sums[f.Date].Plus(f.Amount)
	}
	e := make(equation, 0, len(dates))
	for _, d := range dates {
		whole, rest, of := base.count(dates[0], d)
		e = append(e, term{sums[d], whole, rest, of})
	}
	return e, nil
}
