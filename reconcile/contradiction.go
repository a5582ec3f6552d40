package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/reconcile/locate"
)

// contradiction is the finding of a missing figure of which the relations demand
// different values: none of them can be evaluated, yet they cannot all hold.
func (n *recordNet) contradiction(cause *locate.Cause) (f Finding, is bool) {
	missing := -1
	var demands []string
	for _, k := range cause.Evidence {
		if k >= len(n.stated) {
			continue
		}
		figure, value, ok := n.demanded(k)
		if !ok || missing >= 0 && figure != missing {
			continue
		}
		s := &n.stated[k]
		if missing < 0 {
			missing = figure
			f.Rule = s.law.rule
		}
		f.Severity = max(f.Severity, s.law.rule.Severity)
		if demand := fmt.Sprintf("%s by %s", value, s.law.rule.ID); !slices.Contains(demands, demand) {
			demands = append(demands, demand)
		}
	}
	if len(demands) < 2 {
		return f, false
	}
	f.home = n.figures[missing].rec
	in := f.home.Document.Input
	f.Source, f.Record, f.KeyFrom = f.home.Layout.Source.Name, f.home.Key, f.home.KeyFrom
	f.Field = n.name(missing)
	f.Place, f.Excerpt = in.Place(f.home.Offset, n.pointer(missing)), in.Excerpt(f.home.Offset, f.home.Offset+1)
	f.Diagnosis = Diagnosis{Class: Unknown, Text: "the figure is " + n.value(missing).State.String() + ", and so others must be wrong"}
	f.Text = fmt.Sprintf("%s is %s, and would have to be %s at once", f.Field, n.value(missing).State, strings.Join(demands, " and "))
	f.rivals(n, cause, false)
	return f, true
}

// demanded is the value that a relation demands of the one figure that is
// missing in it.
func (n *recordNet) demanded(k int) (figure int, value calc.Amount, ok bool) {
	r := &n.net.Relations[k]
	figure = -1
	sum, coef := r.Constant, int64(0)
	for _, term := range r.Terms {
		f := &n.net.Figures[term.Figure]
		switch {
		case !f.Missing:
			sum = sum.Plus(f.Value.Times(term.Coef))
		case figure >= 0:
			return 0, value, false
		default:
			figure, coef = term.Figure, term.Coef
		}
	}
	switch {
	case r.Op != locate.Equal:
	case coef == 1:
		return figure, sum.Neg(), true
	case coef == -1:
		return figure, sum, true
	}
	return 0, value, false
}
