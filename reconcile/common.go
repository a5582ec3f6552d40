package reconcile

import (
	"slices"

	"tieout/calc/schema"
)

// CommonRules are the laws of every source: of its texts, its dates and the names of
// its records.
func CommonRules() []schema.Rule {
	return slices.Concat(textRules(), []schema.Rule{
		{
			ID: "IN-06", Title: "a date is not a real date", Basis: schema.Inferred,
			Law:        "every date is a day of the calendar; a time of day may stand behind it",
			ReadsKinds: dates, Check: checkDates, Severity: schema.Warning,
			Why: "No rule about a date can be checked by a text that names no day.",
		},
		{
			ID: "IN-07", Title: "two records of a list have the same name", Basis: schema.Inferred,
			Law:   "no two records of a list have the same values in the fields that name them",
			Check: checkNamesake, Namesakes: true, Severity: schema.Warning,
			Why: "One is a copy and counts twice, or has lost its own name. No program that looks for the name finds both.",
		},
		{
			ID: "IN-08", Title: "a record has no name", Basis: schema.Inferred,
			Law:   "a field by which the source names its records has a value where the source always sends it",
			Check: checkName, Severity: schema.Warning,
			Why: "Without it the record cannot be found again, nor joined with other documents about it.",
		},
	})
}

// dates are the kinds of fields that hold dates.
var dates = []schema.Kind{schema.Date, schema.JalaliDate}

// WithCommon are the rules of a source and the laws of every source that it has no
// rule of its own for, and something to look at.
func WithCommon(layout *schema.Layout, own []schema.Rule) []schema.Rule {
	all := slices.Clone(own)
	for _, rule := range CommonRules() {
		replaced := slices.ContainsFunc(own, func(r schema.Rule) bool { return r.Replaces == rule.ID })
		if !replaced && concerns(&rule, layout) {
			all = append(all, rule)
		}
	}
	return all
}

// concerns tells whether a source has what a law of every source looks at.
func concerns(rule *schema.Rule, layout *schema.Layout) bool {
	switch rule.ID {
	case "IN-06":
		return slices.ContainsFunc(layout.Groups, func(g schema.Group) bool {
			return slices.ContainsFunc(g.Slots, func(s schema.Slot) bool { return s.Field.Kind.IsDate() })
		})
	case "IN-07":
		return len(layout.Source.Keys) > 0
	case "IN-08":
		return layout.HasNames()
	}
	return true
}

func checkDates(c *schema.Case) {
	given := false
	c.Each(schema.Kind.IsDate, func(c *schema.Case) {
		given = true
		if meant, reason := c.NoDay(""); reason != "" && meant == "" {
			c.Broken("", "", reason)
		}
	})
	if !given {
		c.NotApplicable("the record has no dates")
	}
}

func checkNamesake(c *schema.Case) {
	switch first, is := c.Namesake(); {
	case c.IsAlone():
		c.NotApplicable("the list has one record")
	case !c.IsNamed():
		c.NotApplicable("the record has no name")
	case is:
		reason := "the record at " + first.Pointer + " has the same name, " + c.Record.Key
		if fields := c.NameFields(); len(fields) > 0 { // the last tells the records of one owner apart
			fields[len(fields)-1].Broken("", "", reason)
		} else {
			c.BrokenRow(reason)
		}
	}
}

func checkName(c *schema.Case) {
	if c.IsNamed() {
		return
	}
	for _, field := range c.NameFields() {
		if field.Peek("").State != schema.Present {
			field.Broken("", "", "the source names its records by it")
		}
	}
}
