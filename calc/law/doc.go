// Package law holds the ceilings that Russian law sets for consumer loans, each
// from the date on which it came into force. The figures stand in tables
// (*.csv), one line a date, each with its source; they are read once, at the
// start of the program. The date of the contract decides which line applies.
//
// A line whose source was not read is marked as not verified, and a finding that
// rests on it should say so.
package law
