package reconcile

import "tieout/calc/schema"

// tally counts the outcomes of one rule.
type tally struct {
	counts Counts
	// reasons are the first ones, which are compared faster than hashed; more are the
	// others, with the Count 0 in the keys.
	reasons []Reason
	more    map[Reason]int
}

// lastTally is the one that was counted in last: a rule has many outcomes in a row.
type lastTally struct {
	rule *schema.Rule
	*tally
}

// fewReasons is how many reasons of a rule are looked through.
const fewReasons = 8

// add another tally of the rule.
func (t *tally) add(other *tally) {
	for outcome, n := range other.counts {
		t.counts[outcome] += n
	}
	for _, reason := range other.reasons {
		t.because(Reason{Outcome: reason.Outcome, Text: reason.Text}, reason.Count)
	}
	for reason, n := range other.more {
		t.because(reason, n)
	}
}

// because counts a reason, of which the Count is 0.
func (t *tally) because(reason Reason, n int) {
	for i := range t.reasons {
		if known := &t.reasons[i]; known.Text == reason.Text && known.Outcome == reason.Outcome {
			known.Count += n
			return
		}
	}
	if len(t.reasons) < fewReasons {
		reason.Count = n
		t.reasons = append(t.reasons, reason)
		return
	}
	if t.more == nil {
		t.more = map[Reason]int{}
	}
	t.more[reason] += n
}
