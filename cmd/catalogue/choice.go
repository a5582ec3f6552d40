package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
	"tieout/reconcile"
)

// Choice is which rules take part. The zero Choice leaves none out. Rules are chosen
// before they are compiled: those that are left out cost nothing.
type Choice struct {
	// Only and Skip name the rules that are checked, and those that are not, by id or
	// by the beginning of ids: AC-01, AC-*. Without Only all are checked but for Skip.
	Only, Skip []string
	// known are the ids of the rules that there are to choose from, and left the rules
	// that were not chosen, both of the sources and joins that were asked for so far.
	known []string
	left  []*schema.Rule
}

// of some rules those that take part.
func (c *Choice) of(rules []schema.Rule) []schema.Rule {
	var chosen []schema.Rule
	for i := range rules {
		r := &rules[i]
		c.known = append(c.known, r.ID)
		if c.takes(r.ID) {
			chosen = append(chosen, *r)
		} else {
			c.left = append(c.left, r)
		}
	}
	return chosen
}

func (c *Choice) takes(id string) bool {
	return (len(c.Only) == 0 || names(c.Only, id)) && !names(c.Skip, id)
}

// names tells whether one of some patterns is of a rule.
func names(patterns []string, id string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, id) })
}

// matches tells whether a pattern is an id or the beginning of it; the ids of the
// built-in rules may be written in small letters.
func matches(pattern, id string) bool {
	for _, p := range []string{pattern, strings.ToUpper(pattern)} {
		beginning, open := strings.CutSuffix(p, "*")
		if p == id || open && strings.HasPrefix(id, beginning) {
			return true
		}
	}
	return false
}

// verify refuses a pattern that is of no rule, and one that would keep from the user
// how documents were read or joined.
func (c *Choice) verify() error {
	disclosed := []string{reconcile.RepairRule().ID, reconcile.JoinKeyRule().ID}
	known := slices.Concat(c.known, disclosed)
	for _, pattern := range slices.Concat(c.Only, c.Skip) {
		if !slices.ContainsFunc(known, func(id string) bool { return matches(pattern, id) }) {
			return fmt.Errorf("there is no rule %q among those of the sources; %s", pattern, near(pattern, known))
		}
	}
	for _, pattern := range c.Skip {
		if slices.ContainsFunc(disclosed, func(id string) bool { return strings.EqualFold(pattern, id) }) {
			return fmt.Errorf("%s is not left out: it tells how the documents were read or joined", strings.ToUpper(pattern))
		}
	}
	return nil
}

// maxNear bounds the ids that are offered for one that is unknown.
const maxNear = 5

// near says which ids may be meant by an unknown one.
func near(unknown string, known []string) string {
	var meant []string
	for _, id := range known {
		if text.Near(unknown, id) && !slices.Contains(meant, id) {
			meant = append(meant, id)
		}
	}
	if len(meant) == 0 {
		return "see tieout rules"
	}
	slices.Sort(meant)
	return "there is " + strings.Join(meant[:min(len(meant), maxNear)], ", ")
}
