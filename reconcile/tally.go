package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"tieout/calc/schema"
)

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
		if reason.Count == 0 {
			continue // it was taken back
		}
		t.because(Reason{Outcome: reason.Outcome, Text: reason.Text}, reason.Count)
	}
	for reason, n := range other.more {
		if n == 0 {
			continue
		}
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
		reason.Count, reason.Text = n, strings.Clone(reason.Text) // it may be of a document's text
		t.reasons = append(t.reasons, reason)
		return
	}
	if t.more == nil {
		t.more = map[Reason]int{}
	}
	if known, is := t.more[reason]; is {
		t.more[reason] = known + n
		return
	}
	reason.Text = strings.Clone(reason.Text)
	t.more[reason] = n
}

// of the rule of a source is the tally, the commonest reasons of an outcome first.
func (t *tally) of(source string, rule *schema.Rule) RuleCount {
	rc := RuleCount{Source: source, Rule: rule, Counts: t.counts, Reasons: slices.Clone(t.reasons)}
	for reason, n := range t.more {
		reason.Count = n
		rc.Reasons = append(rc.Reasons, reason)
	}
	slices.SortFunc(rc.Reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
	})
	return rc
}
