// Package formula is the language in which the laws of figures are written. A law
// is one line of text in the names of the API document:
//
//	total_balance = main_debt_balance + interest_balance + penalty
//
// [Compile] looks its names up in the [schema.Layout] of a source. From the one [Formula] come the check ([Reading.Operands], [Value], [Op.Violation]), the text
// for people ([Reading.Side], [Numbers]), the live formula of a workbook
// ([SheetFormula]), the equation for whoever looks for the wrong figure
// ([Reading.Equation]) and the fields that it reads ([Formula.Reads]).
//
// # Grammar
//
//	formula  = [ "for" binding { "," binding } ":" ]
//	           relation { "and" relation } | relation { "or" relation }
//	           [ "when" conditions ]
//	binding  = NAME "in" path | NAME "in" "{" path { "," path } "}"
//	relation = sum ( "=" | "<=" | ">=" ) sum
//	sum      = [ "-" ] term { ( "+" | "-" ) term }
//	term     = [ INTEGER "*" ] ( NUMBER | path | call | "(" sum ")" )
//	call     = "sum" "(" sum [ where ] ")" | "prev" "(" path [ "," sum ] ")"
//	         | ( "first" | "last" | "count" ) "(" path [ where ] ")"
//	where    = "where" conditions
//	path     = step { "." step }
//	step     = NAME | "{" NAME { "," NAME } "}"
//
//	conditions = condition { "and" condition }
//	condition  = "some" path
//	           | [ "some" ] path "is" [ "not" ] [ "one" "of" ] word { "," word }
//	           | [ "some" ] path ( "<" | "<=" | ">" | ">=" ) ( path | NUMBER )
//	word       = NAME | NUMBER
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
// the fields of a set, or both; first() and last() take that of the first or last
// row directly below. count() is the number of rows below. It goes with counts of
// any unit. The sum over an array without rows is 0, and so is their number.
//
//	closing = opening + sum(vehicles.bookings.amount)
//	sum(Details.{main_debt, percent}.payment_sum) = paid
//	closing = last(bookings.end)
//	tranches = count(schedule.Details)
//
// "where" chooses among the rows:
//
//	overdue = sum(Details.main_debt.end_balance where plan_payment_date < as_of)
//	left = sum(invoices.left where status is one of 3, 4)
//	next_payment = first(Details.payment_sum where plan_payment_date >= as_of)
//	late = count(Details where state is late)
//
// A name after "where" is a field of the row at hand, that is, of the innermost row
// that the figure is of; or of a row that holds it, up to where the path of the
// figure begins; or of the record. A name that two of them have is in doubt and
// refused; the path of the rows before it says that the row's is meant. Such a path
// always means the row at hand, not all rows. Bound rows go by their names.
//
//	total = sum(invoices.lines.net where invoices.lines.state is open and currency is EUR)
//	for row in Details: row.paid = sum(row.fact_payment.sum where date <= row.due)
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
// A relation with "when" applies only where all its conditions hold, and "where"
// takes the rows in which all of its hold. "is" compares figures with numbers by
// value, everything else as text, letter by letter. A negative number, and a word
// that is no plain name, stand in quotes. "some" holds when one of many values
// does, and when an array has rows.
//
//	… when status is one of active, expired
//	… when fees is not 0 and type is "consumer loan"
//	… when some Details.fact_payment.begin_balance is not 0
//	… when some Details
//
// "<", "<=", ">" and ">=" compare figures with numbers, and dates, by the days of
// the Gregorian calendar, with
//
//   - a date in quotes, yyyy-MM-dd;
//   - as_of, the day that the figures speak of, and previous_as_of, that of the
//     earlier snapshot that the record is compared with;
//   - another date, of the record or of a row above.
//
// In quotes, what is no date is the name of a field. A field whose own name is one
// of these words stands on the left, where they do not.
//
//	… when contract_date >= "2019-07-01" and rate > 0.5
//	… when some invoices.paid_on < as_of
//
// # Amounts of events
//
// [CompileAmounts] compiles a sum that stands by itself and belongs to a formula: the
// amount of an event that explains a difference. It knows the names that the formula
// binds and is evaluated in the same instances.
//
//	sum(bookings.amount where kind is chargeback)
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
//	compared as a date and no real one                             x
//	as_of or previous_as_of, and not known                         x
//	the first or last row of no rows               x
//	the row before the first, without start        x
//
// This goes for figures, for arrays and for the value of a condition. A condition
// of a "when" that does not hold makes the relation not applicable; one of "some" is
// not evaluable when no value meets it and one that should be there cannot be read.
// A relation of rows is told once for each array that is not there, and once as not
// applicable when there are no rows at all. Where reasons of both sorts meet, the
// relation is not applicable: nothing is missing from what does not concern the
// record.
//
// What a condition after "where" cannot read is missing from the whole sum, number
// or choice of rows, unless another condition does not hold in that row, or first()
// or last() has met its row before. The figures of rows that are not chosen may be
// missing. A value that is "" and of presence empty-is-none meets no comparison by
// "<", "<=", ">" or ">=" after "where", on either side, and nothing is missing then.
//
// # Errors
//
// Compile errs with an [*Error], which tells the place and the reason. Among what
// it refuses are unknown fields, with the fields that there are; figures that do
// not add; a path through many rows or fields where one figure is meant; a bound
// name that is a field as well, so that its meaning is in doubt, or that a relation
// does not use; a name after "where" that two objects have; and a field twice in a
// set. It refuses texts of more than [MaxText]
// bytes, 33 parentheses inside each other, coefficients above 1000000000 and sets
// that expand to more than 256 relations.
package formula
