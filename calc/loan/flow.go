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

// areSettled tells whether flows are those of a day each, in order: two or more.
func areSettled(flows []Flow) bool {
	for i := range flows {
		if flows[i].Date.IsZero() || i > 0 && !flows[i-1].Date.Before(flows[i].Date) {
			return false
		}
	}
	return len(flows) > 1
}

// settled adds up the flows of each day, in order: two or more.
func settled(flows []Flow) ([]Flow, error) {
	if areSettled(flows) {
		return flows, nil
	}
	days := slices.Clone(flows)
	slices.SortStableFunc(days, func(a, b Flow) int { return a.Date.Compare(b.Date) })
	n := 0
	for _, f := range days {
		switch {
		case f.Date.IsZero():
			return nil, fmt.Errorf("%w: a flow has no date", ErrFlows)
		case n > 0 && days[n-1].Date == f.Date:
			days[n-1].Amount = days[n-1].Amount.Plus(f.Amount)
		default:
			days[n] = f
			n++
		}
	}
	if n < 2 {
		return nil, fmt.Errorf("%w: all flows are on one date", ErrFlows)
	}
	return days[:n], nil
}

// equationOf adds up the flows of each day and tells their times in periods since
// the first.
func equationOf(flows []Flow, base Period) (equation, error) {
	days, err := settled(flows)
	if err != nil {
		return nil, err
	}
	e := make(equation, 0, len(days))
	for _, f := range days {
		whole, rest, of := base.count(days[0].Date, f.Date)
		e = append(e, term{f.Amount, whole, rest, of})
	}
	return e, nil
}
