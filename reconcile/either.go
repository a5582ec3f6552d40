package reconcile

import "tieout/calc/schema"

// breachAt is the place that a breach tells wrong.
type breachAt struct {
	home    *schema.Record
	pointer string
}

func placeOf(b *schema.Breach) breachAt { return breachAt{b.Home, b.Pointer} }

// decideTwins makes breaches of two values of which one is wrong speak of that one,
// where another rule that is a function tells just one of them wrong, or a relation
// does that would have it as the other is. What is left open stays told of the row.
func (s *subject) decideTwins(found []Finding) {
	accused := map[breachAt]bool{}
	for i := range s.breaches {
		if b := &s.breaches[i]; len(b.Either) == 0 && b.Value != nil {
			accused[placeOf(&b.Breach)] = true
		}
	}
	for i := range s.breaches {
		b := &s.breaches[i]
		var wrong []schema.Breach
		for _, one := range b.Either {
			if accused[placeOf(&one)] || isLocated(found, &one) {
				wrong = append(wrong, one)
			}
		}
		if len(wrong) == 1 {
			wrong[0].Read, wrong[0].Severity = b.Read, b.Severity
			b.Breach = wrong[0]
		}
	}
}

// isLocated tells whether a finding has located the figure of a breach, and has it as
// the breach does.
func isLocated(found []Finding, b *schema.Breach) bool {
	for i := range found {
		f := &found[i]
		if f.Located && f.home == b.Home && f.Place.Pointer == b.Pointer && b.Figure && f.Expected.Equal(b.Amount) {
			return true
		}
	}
	return false
}
