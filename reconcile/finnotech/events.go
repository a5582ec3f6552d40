package finnotech

import "tieout/calc/schema"

// debtEvents make more owed on a loan than principal, interest and penalty.
var debtEvents = []schema.Adjustment{
	{Event: "restructuring", Meaning: "the debt was stated anew and is larger by the amount than the old terms allow"},
	{Event: "prolongation", Meaning: "the term was extended and the interest of it is in the debt only"},
	{Event: "other-debt", Meaning: "court costs or fees are in the debt"},
}
