package loan

import (
	"time"

	"tieout/calc"
	"tieout/calc/date"
)

// Basis is the number of units that a rate is stated for: 1 when 0.7 % accrue
// each day, 360 or 365 when 16 % accrue in a year that counts as so many days, 12
// when they accrue in twelve months. A rate for each tranche of 30 days is of basis
// 30, or of basis 1 with tranches as the units. A basis is positive.
type Basis int

// The bases in use.
const (
	PerUnit Basis = 1 // each day, month or tranche
	Year12  Basis = 12
	Year360 Basis = 360
	Year365 Basis = 365
	Year366 Basis = 366
)

var hundred = calc.AmountOf(100)

// Interest is what a principal earns in so many units (days, months, tranches; a
// negative number takes interest back) at a rate in percent, rounded once:
//
//	P * p/100 * units/basis
//
// It panics on a basis that is not positive.
func Interest(principal, percent calc.Amount, units int, basis Basis, r calc.Rounding) calc.Amount {
	if basis <= 0 {
		panic("loan: a basis that is not positive")
	}
	return over(principal.Product(percent).Times(int64(units)), calc.AmountOf(100*int64(basis)), r)
}

// InterestActual is the interest of the days from one date up to another, that
// one not counted, at a yearly rate in percent, where each day is a 365th of its
// year or a 366th of a leap year, rounded once (actual/actual, ISDA 2006
// Definitions, section 4.16(b)). Where the day of issue earns nothing and the day
// of repayment does, give both dates a day later.
func InterestActual(principal, percent calc.Amount, from, to date.Date, r calc.Rounding) calc.Amount {
	if to.Before(from) {
		return InterestActual(principal.Neg(), percent, to, from, r)
	}
	common, leap := calendarDays(from, to)
	return over(principal.Product(percent).Times(366*common+365*leap), calc.AmountOf(365*366*100), r)
}

// calendarDays counts the days from one date up to another that is not before it,
// those of common years and those of leap years.
func calendarDays(from, to date.Date) (common, leap int64) {
	for from.Before(to) {
		end := to
		if next, ok := date.Of(from.Year()+1, time.January, 1); ok && next.Before(to) {
			end = next
		}
		if days := int64(end.DaysSince(from)); isLeap(from) {
			leap += days
		} else {
			common += days
		}
		from = end
	}
	return common, leap
}

func isLeap(d date.Date) bool { return date.DaysIn(d.Year(), time.February) == 29 }
