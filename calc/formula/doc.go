// Package formula is the language in which the laws of figures are written. A law
// is one line of text in the names of the API document:
//
//	total_balance = main_debt_balance + interest_balance + penalty
//
// [Compile] looks its names up in the [schema.Layout] of a source. From the one
// [Formula] come the check ([Reading.Operands], [Value], [Op.Violation]), the text
// for people ([Reading.Side], [Numbers]), the live formula of a workbook
// ([SheetFormula]) and the equation for whoever looks for the wrong figure
// ([Reading.Equation]).
//
// # Grammar
//
//	formula  = [ "for" binding { "," binding } ":" ]
//	           relation { "and" relation } | relation { "or" relation }
//	           [ "when" guard { "and" guard } ]
//	binding  = NAME "in" path | NAME "in" "{" path { "," path } "}"
//	relation = sum ( "=" | "<=" | ">=" ) sum
//	sum      = [ "-" ] term { ( "+" | "-" ) term }
//	term     = [ INTEGER "*" ] ( NUMBER | path | call | "(" sum ")" )
//	call     = "sum" "(" sum ")" | "last" "(" path ")" | "prev" "(" path [ "," sum ] ")"
//	path     = step { "." step }
//	step     = NAME | "{" NAME { "," NAME } "}"
//	guard    = [ "some" ] path "is" [ "not" ] [ "one" "of" ] word { "," word }
//	word     = NAME | NUMBER
//
// A NAME is letters, digits and underscores of any alphabet, not beginning with a
// digit 0 to 9, or any text in double quotes: "due-date amount". Words of the
// language are names where the grammar expects a name; in quotes they are nothing
// else. A NUMBER is digits, with a fraction perhaps (100, 0.5), an INTEGER one
// without. Blanks and line breaks separate and mean nothing else.
//
// # Figures and sums
//
// A path leads from the record through its objects: Total.percent.end_balance. It
// names a figure: a field of kind money, rate or count. All figures of a relation
// are of one kind and unit; numbers go with any of them. A coefficient is a whole
// number before a star; there is no other multiplication and no division. Rates
// multiply both sides: 100 * vat = 19 * net.
//
//	total_overdue = main_debt_overdue + interest_overdue + penalty
//	main_debt_overdue + main_debt_planned_payment <= main_debt_balance
//	profit = income - 2 * (fees - refunds)
//
// Arithmetic is exact. Nothing is rounded; what a rule forgives is its tolerance.
//
// # Rows
//
// sum() adds a figure of all rows below, through as many arrays as its path leads,
// the fields of a set, or both; last() takes that of the last row directly below.
// The sum over an array without rows is 0.
//
//	closing = opening + sum(vehicles.bookings.amount)
//	sum(Details.{main_debt, percent}.payment_sum) = paid
//	closing = last(bookings.end)
//
// A name bound to an array makes the relation one of each of its rows. Rows of rows
// are bound one after the other. The figures of the record, and of the rows bound
// before, are at hand in each row.
//
//	for row in bookings: row.end = row.begin - row.paid
//	for car in vehicles, entry in car.bookings: entry.amount <= car.limit
//
// prev() is a figure of the row before, among the rows below one parent. For the
// first row it is its second argument; without one the relation does not apply to
// the first row.
//
//	for row in Details, fact in row.fact_payment:
//	    fact.end_balance = prev(fact.end_balance, row.begin_balance) - fact.payment_sum
//
// # Sets
//
// A name bound to a set stands for each of its paths in turn, wherever a step of a
// path is that name; the formula states a relation for each. Several sets give
// every combination.
//
//	for c in {main_debt, percent, penalty}: Total.c.payment_sum = sum(Details.c.payment_sum)
//
// # Several relations
//
// Relations joined by "and" are checked on their own. Relations joined by "or" are
// readings of one law that its document leaves open: the law holds when one of them
// does.
//
//	remaining = limit - invoices or remaining = limit - invoices - cash_risk
//
// # Conditions
//
// A relation with "when" applies only where all its conditions hold. Figures
// compare with numbers by value, everything else as text, letter by letter. A
// negative number, and a word that is no plain name, stand in quotes. "some" holds
// when one of many values does.
//
//	… when status is one of active, expired
//	… when fees is not 0 and type is "consumer loan"
//	… when some Details.fact_payment.begin_balance is not 0
//
// # What is not there
//
// A relation is evaluated where everything that it reads is there. Otherwise a [Gap]
// says why not, and whether the relation still applies:
//
//	what it reads is …                      not applicable   not evaluable
//	missing, null or "" and optional               x
//	"" of presence empty-is-none                   x
//	below an optional object not given             x
//	missing, null or "" otherwise                                  x
//	unreadable                                                     x
//	given by some rows of a sum only                               x
//	the last row of no rows                        x
//	the row before the first, without start        x
//
// This goes for figures, for arrays and for the value of a condition. A condition
// that does not hold makes the relation not applicable; one of "some" is not
// evaluable when no value meets it and one that should be there cannot be read. A
// relation of rows is told once for each array that is not there, and once as not
// applicable when there are no rows at all. Where reasons of both sorts meet, the
// relation is not applicable: nothing is missing from what does not concern the
// record.
//
// # Errors
//
// Compile errs with an [*Error], which tells the place and the reason. Among what
// it refuses are unknown fields, with the fields that there are; figures that do
// not add; a path through many rows or fields where one figure is meant; a bound
// name that is a field as well, so that its meaning is in doubt, or that a relation
// does not use; and a field twice in a set. It refuses texts of more than [MaxText]
// bytes, 33 parentheses inside each other, coefficients above 1000000000 and sets
// that expand to more than 256 relations.
package formula
