package locate

import (
	"slices"

	"tieout/calc"
)

// A part with more errors than the search may try as one set is mostly several
// errors far from each other, tied together by totals. Such a part is taken
// apart: the broken relations of few figures fall into clusters that share no
// figure, each is searched alone among the relations that hold around it, and
// the totals then show whether the answers are right together.

// localTerms is the number of figures up to which a relation counts as local;
// a longer one is a total over many rows.
const localTerms = 8

// clusterChanges is the size of the largest sets looked for in one cluster.
const clusterChanges = 3

// clusters explains the broken relations of a cause one cluster at a time; nil
// when they do not fall into several, or when one of them has no explanation.
func (n *Net) clusters(whole *Cause, limits Limits) []Cause {
	groups, totals := n.localGroups(whole.Evidence)
	if len(groups) < 2 {
		return nil
	}
	around := n.relationsByFigure()
	broken := map[int]bool{}
	for _, k := range whole.Evidence {
		broken[k] = true
	}
	limits.Changes = clusterChanges
	var causes []Cause
	for _, group := range groups {
		found := n.cluster(group, around, broken, limits)
		if found == nil {
			return nil
		}
		causes = append(causes, found...)
	}
	if !n.agreeTogether(causes, totals, around) {
		for i := range causes {
			causes[i].Located = false
		}
	}
	return n.shareTotals(causes, totals)
}

// localGroups splits broken relations into groups that share no figure that may
// be wrong, and the totals and inequalities among them.
func (n *Net) localGroups(evidence []int) (groups [][]int, totals []int) {
	groupOf := map[int]int{} // by figure
	for _, k := range evidence {
		r := &n.Relations[k]
		if r.Op != Equal || len(r.Terms) > localTerms {
			totals = append(totals, k)
			continue
		}
		joined := []int{k}
		for _, term := range r.Terms {
			if g, seen := groupOf[term.Figure]; seen && groups[g] != nil {
				joined = append(joined, groups[g]...)
				groups[g] = nil
			}
		}
		for _, member := range joined {
			for _, term := range n.Relations[member].Terms {
				if f := &n.Figures[term.Figure]; !f.Fixed && !f.Missing {
					groupOf[term.Figure] = len(groups)
				}
			}
		}
		slices.Sort(joined)
		groups = append(groups, joined)
	}
	return slices.DeleteFunc(groups, func(g []int) bool { return g == nil }), totals
}

// relationsByFigure lists the relations in which each figure stands.
func (n *Net) relationsByFigure() [][]int {
	around := make([][]int, len(n.Figures))
	for k := range n.Relations {
		for _, term := range n.Relations[k].Terms {
			around[term.Figure] = append(around[term.Figure], k)
		}
	}
	return around
}

// cluster explains one group of broken relations among those that hold around
// its figures; nil when there is no explanation.
func (n *Net) cluster(group []int, around [][]int, broken map[int]bool, limits Limits) []Cause {
	taken := map[int]bool{}
	kept := slices.Clone(group)
	for _, k := range group {
		taken[k] = true
	}
	for _, k := range group {
		for _, term := range n.Relations[k].Terms {
			for _, other := range around[term.Figure] {
				if !taken[other] && !broken[other] {
					taken[other] = true
					kept = append(kept, other)
				}
			}
		}
	}
	slices.Sort(kept)
	sub, figures := n.part(kept)
	explanation, err := explainOnce(sub, limits)
	if err != nil {
		return nil
	}
	slices.SortStableFunc(explanation.Causes, func(a, b Cause) int { return a.Evidence[0] - b.Evidence[0] })
	for i := range explanation.Causes {
		c := &explanation.Causes[i]
		if len(c.Candidates) == 0 {
			return nil
		}
		for _, list := range [][]int{c.Evidence, c.Consequences} {
			for j := range list {
				list[j] = kept[list[j]]
			}
		}
		c.renumber(figures)
	}
	return explanation.Causes
}

// part is the net of some relations, with the number in the whole of each of its
// figures.
func (n *Net) part(kept []int) (sub *Net, figures []int) {
	sub = &Net{}
	numbers := map[int]int{}
	for _, k := range kept {
		r := n.Relations[k]
		r.Terms = slices.Clone(r.Terms)
		for i := range r.Terms {
			term := &r.Terms[i]
			number, seen := numbers[term.Figure]
			if !seen {
				number = len(figures)
				numbers[term.Figure] = number
				figures = append(figures, term.Figure)
				sub.Figures = append(sub.Figures, n.Figures[term.Figure])
			}
			term.Figure = number
		}
		sub.Relations = append(sub.Relations, r)
	}
	return sub, figures
}

// renumber gives the figures of a cause their numbers in the whole net.
func (c *Cause) renumber(figures []int) {
	for i := range c.Candidates {
		for k := range c.Candidates[i].Changes {
			ch := &c.Candidates[i].Changes[k]
			ch.Figure = figures[ch.Figure]
			if ch.Slip.Other >= 0 {
				ch.Slip.Other = figures[ch.Slip.Other]
			}
		}
	}
}

// agreeTogether tells whether the likeliest answers of all clusters, made
// together, satisfy every relation they touch, and no two of them change by the
// same amount: two such could stand for each other's neighbours. Where a cluster
// has several likeliest answers, only its totals could tell, so there may be none.
func (n *Net) agreeTogether(causes []Cause, totals []int, around [][]int) bool {
	change := map[int]calc.Amount{}
	var sizes []calc.Amount
	touched := slices.Clone(totals)
	for i := range causes {
		best := causes[i].Best()
		if len(best) != 1 || !best[0].stated() {
			if len(totals) > 0 {
				return false
			}
			continue
		}
		for _, ch := range best[0].Changes {
			difference := ch.Implied.Minus(ch.Actual)
			if slices.ContainsFunc(sizes, difference.Abs().Equal) {
				return false
			}
			sizes = append(sizes, difference.Abs())
			change[ch.Figure] = difference
			touched = append(touched, around[ch.Figure]...)
		}
	}
	return !slices.ContainsFunc(touched, func(k int) bool { return !n.Relations[k].holdsWith(n.Figures, change) })
}

// stated tells whether every change of the candidate has its value.
func (c *Candidate) stated() bool {
	return !slices.ContainsFunc(c.Changes, func(ch Change) bool { return !ch.Known || !ch.Determined })
}

// holdsWith tells whether a relation holds once figures are changed.
func (r *Relation) holdsWith(figures []Figure, change map[int]calc.Amount) bool {
	left := r.Constant
	for _, term := range r.Terms {
		f := &figures[term.Figure]
		if f.Missing {
			return true
		}
		left = left.Plus(f.Value.Plus(change[term.Figure]).Times(term.Coef))
	}
	if r.Op == AtMost {
		return left.Cmp(r.Tolerance) <= 0
	}
	return left.Abs().Cmp(r.Tolerance) <= 0
}

// shareTotals makes the totals evidence of the causes whose figures stand in
// them, or of the first where there is none.
func (n *Net) shareTotals(causes []Cause, totals []int) []Cause {
	for _, k := range totals {
		shared := false
		for i := range causes {
			c := &causes[i]
			if c.changes(n.Relations[k].Terms) {
				c.Evidence = append(c.Evidence, k)
				shared = true
			}
		}
		if !shared {
			causes[0].Evidence = append(causes[0].Evidence, k)
		}
	}
	for i := range causes {
		slices.Sort(causes[i].Evidence)
	}
	return causes
}

// changes tells whether a candidate of the cause changes one of the figures.
func (c *Cause) changes(terms []Term) bool {
	for i := range c.Candidates {
		for _, ch := range c.Candidates[i].Changes {
			if slices.ContainsFunc(terms, func(t Term) bool { return t.Figure == ch.Figure }) {
				return true
			}
		}
	}
	return false
}
