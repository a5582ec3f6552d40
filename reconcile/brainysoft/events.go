package brainysoft

import "tieout/calc/schema"

// scheduleEvents part a schedule from the loan that it was made for. Amounts say how
// much larger the left side of the relation is because of them.
var scheduleEvents = []schema.Adjustment{
	{Event: "restructuring", Meaning: "the schedule was made anew over another sum than the loan's"},
	{Event: "prolongation", Meaning: "the term was extended, and the schedule is over what was left then"},
	{Event: "waiver", Meaning: "principal was forgiven: the sum is smaller by it (a negative amount)"},
	{Event: "exchange", Meaning: "goods were exchanged or returned: the sum differs by the change of the price"},
}
