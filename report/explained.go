package report

import "tieout/reconcile"

// jsonExplained is an event that explains a difference or a part of it.
type jsonExplained struct {
	Rule   string  `json:"rule"`
	Event  string  `json:"event"`
	Amount string  `json:"amount"`
	Date   *string `json:"date"`
	Reason *string `json:"reason"`
	// From is the place in the user's file, or the sum of the document.
	From string `json:"from"`
}

// jsonUnused is an event of the user that explains nothing.
type jsonUnused struct {
	Record string `json:"record"`
	Rule   string `json:"rule"`
	Event  string `json:"event"`
	Amount string `json:"amount"`
	From   string `json:"from"`
	Why    string `json:"why"`
}

func explainedOf(f *reconcile.Finding) (all []jsonExplained, residue *string) {
	all = []jsonExplained{}
	for _, e := range f.Explained {
		all = append(all, jsonExplained{e.Rule.ID, e.Event, e.Amount.String(), orNull(e.Date), orNull(e.Reason), e.From})
	}
	if len(all) > 0 {
		residue = text(f.Residue)
	}
	return all, residue
}

func unusedOf(r *reconcile.Result) []jsonUnused {
	all := []jsonUnused{}
	for _, e := range r.UnusedEvents {
		all = append(all, jsonUnused{e.Record, e.Rule, e.Name, e.Amount.String(), e.From, e.Why})
	}
	return all
}

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
