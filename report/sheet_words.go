package report

import (
	"fmt"
	"strings"

	"tieout/reconcile"
	"tieout/reconcile/locate"
)

// slipNames are the classes of slips in plain words, all in this one place.
var slipNames = map[reconcile.Class]string{
	locate.Transposed:       "digits exchanged",
	locate.DigitReplaced:    "wrong digit",
	locate.DigitAdded:       "digit too many",
	locate.DigitDropped:     "digit lost",
	locate.Sign:             "wrong sign",
	locate.FactorOfTen:      "decimal point or unit",
	locate.ComponentOmitted: "part left out",
	locate.ComponentDoubled: "part counted twice",
	locate.Swapped:          "two figures exchanged",
	locate.Copied:           "copied from another place",
	locate.Rounding:         "rounding",
	locate.Stale:            "value of an older document",
	locate.Unknown:          "no known slip",
}

// slipWords is a class of slips in words.
func slipWords(c reconcile.Class) string {
	if words, known := slipNames[c]; known {
		return words
	}
	return strings.ReplaceAll(string(c), "_", " ")
}

// changeWords say what a candidate changes, and why where a slip is known:
// total_balance 9620 → 9625 (penalty left out).
func changeWords(c *reconcile.Candidate) string {
	words := fmt.Sprintf("%s %s → %s", oneLine(candidateName(c)), c.Actual, c.Expected)
	if c.Class == locate.Unknown || c.Class == "" {
		return words
	}
	return words + " (" + slipReason(c) + ")"
}

// slipReason is what may have happened to a candidate, without its figures.
func slipReason(c *reconcile.Candidate) string {
	if c.Reason != "" {
		return oneLine(c.Reason)
	}
	return slipWords(c.Class)
}

// explanations are the candidates of a finding, those that are wrong together
// in one piece, in the order given: the likeliest first.
func explanations(all []reconcile.Candidate) [][]reconcile.Candidate {
	var sets [][]reconcile.Candidate
	for i := range all {
		last := len(sets) - 1
		if i > 0 && all[i].Set == all[i-1].Set && all[i].Set != 0 {
			sets[last] = append(sets[last], all[i])
		} else {
			sets = append(sets, all[i:i+1:i+1])
		}
	}
	return sets
}

// maxRivals is how many rival explanations a cell lists.
const maxRivals = 5

// rivalWords list what else could be wrong, one explanation on a line.
func rivalWords(f *reconcile.Finding) string {
	sets := explanations(f.Candidates)
	var lines []string
	for i, set := range sets[:min(len(sets), maxRivals)] {
		var changes []string
		for k := range set {
			changes = append(changes, changeWords(&set[k]))
		}
		lines = append(lines, standing(f, sets, i)+": "+strings.Join(changes, " together with "))
	}
	if rest := len(sets) - maxRivals; rest > 0 {
		lines = append(lines, fmt.Sprintf("and %s more", grouped(rest)))
	}
	return strings.Join(lines, "\n")
}

// standing says how an explanation compares with those before it.
func standing(f *reconcile.Finding, sets [][]reconcile.Candidate, i int) string {
	rank := func(k int) int { return sets[k][0].Rank }
	switch {
	case i > 0 && rank(i) == rank(i-1):
		return "as likely"
	case i > 0 || f.Located && rank(0) > 1:
		return "less likely"
	case f.Located:
		return "as likely"
	case len(sets) > 1 && rank(1) == rank(0):
		return "one of equals"
	case len(sets) == 1:
		return "likely"
	}
	return "likeliest"
}

// patternWords say a systemic cause in one line.
func patternWords(p *reconcile.Pattern) string {
	what := p.Text
	if !strings.Contains(p.Text, p.Field) {
		switch p.Class {
		case locate.ComponentOmitted:
			what += " of " + p.Field
		case locate.ComponentDoubled:
			what += " in " + p.Field
		default:
			what = p.Field + ": " + p.Text
		}
	}
	return fmt.Sprintf("In %s: %s (%s, %s)",
		counted(p.Records, "record", "records"), oneLine(what), p.Rule.ID, p.Source)
}
