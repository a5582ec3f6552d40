package schema

import (
	"tieout/calc"
	"tieout/calc/date"
)

// Adjustment is an event that may break a rule's relation and be legitimate all the
// same: a charge-back, a waiver, a restructuring. A relation is never adjusted by
// itself: an event counts where the user states it or the document does.
type Adjustment struct {
	// Event is its name, and Meaning what it is, with what a positive amount says.
	// An amount is always how much larger the left side of the relation, as the
	// formula has it, is than the right side because of the event.
	Event, Meaning string
	// Formula is the amount as the document states it: a sum in the notation of
	// package formula, with the names that the rule binds. Empty where documents
	// do not state it.
	Formula string
}

// Event is one event that the user states.
type Event struct {
	// Record is the key of the record, Rule the id of the law that the event broke,
	// and Name that of the event in the law's adjustments.
	Record, Rule, Name string
	// Amount is how much larger the left side of the law is because of the event.
	Amount calc.Amount
	// At is the figure or row of the relation, by its name or JSON pointer; empty
	// where only one relation of the law is broken.
	At     string
	Date   date.Date
	Reason string
	// From is the place in the user's file.
	From string
}
