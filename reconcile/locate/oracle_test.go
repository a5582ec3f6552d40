package locate_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/reconcile/locate"
)

// reach bounds the figures of a small net: -reach to reach, and its relations
// say so, which makes trying all values a complete search.
const reach = 6

// smallNet is a random net of up to 8 figures with sums, differences,
// inequalities and tolerances.
func smallNet(r *rand.Rand) *locate.Net {
	var net locate.Net
	figures := 3 + r.Intn(6)
	for range figures {
		value := calc.AmountOf(int64(r.Intn(2*reach+1) - reach))
		net.Figures = append(net.Figures, locate.Figure{Value: value, Fixed: r.Intn(10) == 0})
	}
	for range 1 + r.Intn(5) {
		var relation locate.Relation
		for i, figure := range r.Perm(figures)[:2+r.Intn(min(3, figures-1))] {
			relation.Terms = append(relation.Terms, locate.Term{Figure: figure, Coef: []int64{-1, 1, 1, 2}[(i*3+r.Intn(2))%4]})
		}
		if r.Intn(4) == 0 {
			relation.Op = locate.AtMost
		}
		if r.Intn(5) == 0 {
			relation.Tolerance = calc.AmountOf(1)
		}
		if r.Intn(4) == 0 {
			relation.Constant = calc.AmountOf(int64(r.Intn(5) - 2))
		}
		net.Relations = append(net.Relations, relation)
	}
	for figure := range figures {
		for _, coef := range []int64{1, -1} {
			net.Relations = append(net.Relations, locate.Relation{
				Terms: []locate.Term{{Figure: figure, Coef: coef}}, Constant: calc.AmountOf(-reach), Op: locate.AtMost,
			})
		}
	}
	return &net
}

// satisfied evaluates all relations without missing figures in amounts.
func satisfied(net *locate.Net, values []calc.Amount) bool {
	for i := range net.Relations {
		if !holds(net, &net.Relations[i], values) {
			return false
		}
	}
	return true
}

func holds(net *locate.Net, r *locate.Relation, values []calc.Amount) bool {
	left := r.Constant
	for _, term := range r.Terms {
		if net.Figures[term.Figure].Missing {
			return true
		}
		left = left.Plus(values[term.Figure].Times(term.Coef))
	}
	if r.Op == locate.Equal {
		left = left.Abs()
	}
	return left.Cmp(r.Tolerance) <= 0
}

func actuals(net *locate.Net) []calc.Amount {
	values := make([]calc.Amount, len(net.Figures))
	for i := range net.Figures {
		values[i] = net.Figures[i].Value
	}
	return values
}

// tryAll finds by trial all smallest sets of whole-numbered changes, up to a
// size.
func tryAll(net *locate.Net, limit int) [][]int {
	values := make([]int64, len(net.Figures))
	for i := range values {
		values[i] = whole(net.Figures[i].Value)
	}
	for size := 1; size <= limit; size++ {
		var found [][]int
		for _, set := range subsets(len(values), size) {
			if !slices.ContainsFunc(set, func(i int) bool { return net.Figures[i].Fixed }) && trySet(net, values, set) {
				found = append(found, set)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func whole(a calc.Amount) (n int64) {
	if _, err := fmt.Sscan(a.String(), &n); err != nil {
		panic(err)
	}
	return n
}

func trySet(net *locate.Net, values []int64, set []int) bool {
	if len(set) == 0 {
		return satisfiedWhole(net, values)
	}
	saved := values[set[0]]
	defer func() { values[set[0]] = saved }()
	for v := int64(-reach); v <= reach; v++ {
		values[set[0]] = v
		if trySet(net, values, set[1:]) {
			return true
		}
	}
	return false
}

func satisfiedWhole(net *locate.Net, values []int64) bool {
	for i := range net.Relations {
		r := &net.Relations[i]
		left := int64(0)
		if r.Constant.Sign() != 0 {
			left = whole(r.Constant)
		}
		for _, term := range r.Terms {
			left += term.Coef * values[term.Figure]
		}
		if r.Op == locate.Equal {
			left = max(left, -left)
		}
		tolerance := int64(r.Tolerance.Sign()) // 0 or 1
		if left > tolerance {
			return false
		}
	}
	return true
}

func subsets(n, size int) [][]int {
	if size == 0 {
		return [][]int{{}}
	}
	var all [][]int
	for last := size - 1; last < n; last++ {
		for _, head := range subsets(last, size-1) {
			all = append(all, append(slices.Clone(head), last))
		}
	}
	return all
}

// combinations puts the smallest sets of the causes together again. Slips of
// several figures that are no smallest set are left out.
func combinations(e locate.Explanation) (sets [][]locate.Change) {
	sets = [][]locate.Change{{}}
	for i := range e.Causes {
		var next [][]locate.Change
		for _, candidate := range e.Causes[i].Candidates {
			if len(candidate.Changes) != e.Causes[i].AtLeast {
				continue
			}
			for _, set := range sets {
				next = append(next, append(slices.Clone(set), candidate.Changes...))
			}
		}
		sets = next
	}
	return sets
}

func applied(net *locate.Net, changes []locate.Change) (values []calc.Amount, known bool) {
	values, known = actuals(net), true
	for _, c := range changes {
		values[c.Figure] = c.Implied
		known = known && c.Known
	}
	return values, known
}

func figureSet(changes []locate.Change) []int {
	var set []int
	for _, c := range changes {
		set = append(set, c.Figure)
	}
	slices.Sort(set)
	return set
}

func TestEverySmallestSetIsFoundAndExplains(t *testing.T) {
	const seed = 20090119
	r := rand.New(rand.NewSource(seed))
	bySize := map[int]int{}
	for n := range 700 {
		net := smallNet(r)
		e, err := locate.Explain(net, locate.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		where := fmt.Sprintf("seed %d net %d", seed, n)
		if satisfied(net, actuals(net)) {
			if len(e.Causes) != 0 {
				t.Fatalf("%s: causes without a broken relation", where)
			}
			continue
		}
		ours := checkCandidates(t, where, net, e)
		truth := tryAll(net, 3)
		if truth != nil {
			bySize[len(truth[0])]++
		}
		compareSets(t, where, net, ours, truth)
	}
	t.Logf("nets by the size of their smallest sets: %v", bySize)
}

// checkCandidates applies every combination of candidates and returns the
// sets; those with a value that is no whole number are marked.
func checkCandidates(t *testing.T, where string, net *locate.Net, e locate.Explanation) map[string]bool {
	ours := map[string]bool{}
	for i := range e.Causes {
		if len(e.Causes[i].Candidates) == 0 {
			return nil
		}
	}
	for _, set := range combinations(e) {
		values, known := applied(net, set)
		if known && !satisfied(net, values) {
			t.Fatalf("%s: %v does not make the relations hold", where, figureSet(set))
		}
		fraction := !known
		for _, c := range set {
			fraction = fraction || c.Implied.Scale() > 0
		}
		ours[fmt.Sprint(figureSet(set))] = fraction
	}
	return ours
}

// compareSets holds the sets found against those found by trial. Trials use
// whole numbers only, so a set with a fraction may be smaller, or one more.
func compareSets(t *testing.T, where string, net *locate.Net, ours map[string]bool, truth [][]int) {
	known := map[string]bool{}
	size := 4
	for _, set := range truth {
		known[fmt.Sprint(set)] = true
		size = len(set)
	}
	smaller := false
	for set, fraction := range ours {
		n := strings.Count(set, " ") + 1
		if n > size && truth != nil {
			t.Fatalf("%s: %s is larger than %v\n%s", where, set, truth, dump(net))
		}
		if n <= 3 && !known[set] && !fraction {
			t.Fatalf("%s: %s explains but no trial did; trials %v\n%s", where, set, truth, dump(net))
		}
		smaller = smaller || n < size
	}
	for _, set := range truth {
		if _, found := ours[fmt.Sprint(set)]; !found && !smaller {
			t.Fatalf("%s: %v explains but was not found: %v\n%s", where, set, ours, dump(net))
		}
	}
}

func dump(net *locate.Net) string {
	var b strings.Builder
	for i, f := range net.Figures {
		fmt.Fprintf(&b, "x%d=%s fixed=%v\n", i, f.Value.Text(), f.Fixed)
	}
	for _, r := range net.Relations {
		if len(r.Terms) > 1 {
			fmt.Fprintf(&b, "%v %s op %d tol %s\n", r.Terms, r.Constant.Text(), r.Op, r.Tolerance.Text())
		}
	}
	return b.String()
}
