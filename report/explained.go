package report

import "tieout/reconcile"

// explained tells the events that explain a broken relation, and what they leave.
func (t *textWriter) explained(indent string, e *reconcile.Evidence) {
	for i := range e.Explained {
		t.say("%s %s %s\n", indent, t.in(green, "= explained:"), e.Explained[i].String())
	}
	if len(e.Explained) > 0 && e.Residue.Sign() != 0 {
		t.say("%s %s %s\n", indent, t.in(blue, "= not explained:"), e.Residue.String())
	}
}

// unused lists the events of the user that explain nothing.
func (t *textWriter) unused(r *reconcile.Result) {
	for _, e := range r.UnusedEvents {
		t.say("%s %s %s of %s, %s: %s (%s)\n", t.in(yellow, "adjustment not used:"), e.Name, e.Amount.String(), e.Record, e.Rule, e.Why, e.From)
	}
}
