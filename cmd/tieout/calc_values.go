package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/loan"
)

// parseAmount reads an amount as people give it to the calculator.
func parseAmount(text string) (calc.Amount, error) {
	a, err := calc.ParseAmount(text)
	if errors.Is(err, calc.ErrAmountSyntax) {
		return a, fmt.Errorf("%q is not an amount; write it with digits and a decimal point, without grouping: 5000 or 5000.50", text)
	}
	return a, err
}

// parsePercent is parseAmount for rates, with or without a percent sign.
func parsePercent(text string) (calc.Amount, error) {
	a, err := parseAmount(strings.TrimSpace(strings.TrimSuffix(text, "%")))
	if err == nil && a.Sign() < 0 {
		err = fmt.Errorf("a rate of %s is below 0", text)
	}
	return a, err
}

// parseDate reads a date of either calendar: one of a year from 1300 to 1500 is of the
// Iranian calendar, in any of its forms.
func parseDate(text string) (d date.Date, iranian bool, err error) {
	j, wrong := date.ParseJalali(text)
	if wrong == nil {
		return j.Date(), true, nil
	}
	d, err = date.Parse(text)
	inRange := err == nil && d.Year() >= date.FirstJalaliYear && d.Year() <= date.LastJalaliYear
	if inRange || err != nil && !errors.Is(wrong, date.ErrJalaliForm) && !errors.Is(wrong, date.ErrJalaliYear) {
		return date.Date{}, true, wrong
	}
	if err != nil {
		err = fmt.Errorf("%q is not a date; write 2020-04-23, or 1399/02/04 for the Iranian calendar", text)
	}
	return d, false, err
}

// parseCount reads a whole number that is not below 0.
func parseCount(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%q is not a whole number from 0 on", text)
	}
	return n, nil
}

// parseSwitch reads yes or no.
func parseSwitch(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "yes":
		return true, nil
	case "false", "no":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither true nor false", text)
}

// parseRounding reads a policy such as "half up to 0.01", or 0.01 alone, which means
// half up.
func parseRounding(text string) (r calc.Rounding, err error) {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(text, "-", " ")))
	wrong := fmt.Errorf("%q is not a rounding; write 0.01, or one of half up, half even, down, up, floor and ceiling with the unit: down to 1", text)
	if len(words) == 0 {
		return r, wrong
	}
	unit := words[len(words)-1]
	mode := strings.TrimSuffix(strings.Join(words[:len(words)-1], " "), " to")
	found := mode == ""
	for m := calc.HalfUp; m <= calc.Ceiling; m++ {
		if m.String() == mode {
			r.Mode, found = m, true
		}
	}
	a, err := calc.ParseAmount(unit)
	if err != nil || !found {
		return r, wrong
	}
	for r.Scale = -12; r.Scale <= loan.MaxRateScale; r.Scale++ {
		if r.Unit().Equal(a) {
			return r, nil
		}
	}
	return r, fmt.Errorf("%q rounds to %s, which is not a unit such as 100, 1 or 0.01", text, unit)
}

// parsePeriod reads a base period: month, 30 days, 2 months, a year.
func parsePeriod(text string) (loan.Period, error) {
	wrong := fmt.Errorf("%q is not a base period; write auto, month, year, 30 days or 2 months", text)
	words := strings.Fields(strings.ToLower(text))
	n := 1
	if len(words) == 2 {
		var err error
		if n, err = strconv.Atoi(words[0]); err != nil {
			return loan.Period{}, wrong
		}
		words = words[1:]
	}
	if len(words) != 1 {
		return loan.Period{}, wrong
	}
	var p loan.Period
	switch strings.TrimSuffix(words[0], "s") {
	case "day":
		p.Days = n
	case "month":
		p.Months = n
	case "year":
		p.Months = 12 * n
	default:
		return p, wrong
	}
	if p.Days < 0 || p.Days > 365 || p.Months < 0 || p.Months > 12 || n < 1 {
		return p, fmt.Errorf("%q: %w", text, loan.ErrPeriod)
	}
	return p, nil
}

// choice is a word of a list, and what it stands for.
type choice[T any] struct {
	word  string
	value T
}

func parseChoice[T any](text string, choices []choice[T]) (value T, err error) {
	for _, c := range choices {
		if c.word == text {
			return c.value, nil
		}
	}
	return value, fmt.Errorf("%q is none of %s", text, choiceWords(choices))
}

func choiceWords[T any](choices []choice[T]) string {
	words := make([]string, len(choices))
	for i, c := range choices {
		words[i] = c.word
	}
	return strings.Join(words, ", ")
}

// The ways to set a variable from a value.

func into[T any](to *T, parse func(string) (T, error)) func(*given) error {
	return func(g *given) (err error) {
		*to, err = parse(g.text)
		return err
	}
}

func amountTo(to *calc.Amount) func(*given) error     { return into(to, parseAmount) }
func percentTo(to *calc.Amount) func(*given) error    { return into(to, parsePercent) }
func countTo(to *int) func(*given) error              { return into(to, parseCount) }
func switchTo(to *bool) func(*given) error            { return into(to, parseSwitch) }
func roundingTo(to *calc.Rounding) func(*given) error { return into(to, parseRounding) }

func dateTo(to *date.Date) func(*given) error {
	return into(to, func(text string) (date.Date, error) {
		d, _, err := parseDate(text)
		return d, err
	})
}

func choiceTo[T any](to *T, choices []choice[T]) func(*given) error {
	return into(to, func(text string) (T, error) { return parseChoice(text, choices) })
}

// listTo appends each value to a list.
func listTo[T any](to *[]T, parse func(string) (T, error)) func(*given) error {
	return func(g *given) error {
		v, err := parse(g.text)
		*to = append(*to, v)
		return err
	}
}

// positive refuses a sum of nothing.
func positive(name string, a calc.Amount) error {
	if a.Sign() <= 0 {
		return fmt.Errorf("--%s is %s; it has to be above 0", name, a)
	}
	return nil
}

// part reads a field of a value; one that is not given stays as it is, unless it is
// needed.
func part[T any](g *given, name string, needed bool, to *T, parse func(string) (T, error)) error {
	f, has := g.fields[name]
	if !has {
		if needed {
			return fmt.Errorf("the %s is missing", name)
		}
		return nil
	}
	v, err := parse(f.text)
	if err != nil && f.place != g.place {
		return &placedError{f.place, err}
	}
	*to = v
	return err
}

func plainDate(text string) (date.Date, error) {
	d, _, err := parseDate(text)
	return d, err
}
