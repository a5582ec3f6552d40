// Package calc holds the exact arithmetic of tieout: amounts as the documents
// state them, without I/O, without a clock and without floating point.
//
// Sub-packages hold the vocabulary that reading and checking share
// ([tieout/calc/schema]) and the language in which relations between figures
// are written ([tieout/calc/formula]).
package calc
