package reconcile

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// explain turns the broken relations of some records that speak of the same thing
// into findings, one for each cause: it says which figure is wrong where the
// relations tell it.
func (r *Run) explain(subjects []*subject) []Finding {
	found := r.concluded[:0]
	room := nets.Get().(*recordNet)
	defer nets.Put(room)
	n := room.restate(subjects)
	n.memory = r.memory()
	explanation, err := locate.Explain(&n.net, locate.Limits{})
	if err != nil {
		// Formulas bound their coefficients and tolerances are not negative: a
		// net made of a record's own figures is well-formed.
		panic(err)
	}
	inferred := infer(subjects)
	for _, s := range subjects {
		imply(n, s.rec, explanation.Missing, s.unread)
	}
	at := faultsOf(subjects)
	evidence := n.evidence(explanation.Causes, at)
	var gathered map[*law]int // causes of a rule that is told once
	for i := range evidence {
		if l := toldOnce(evidence[i]); l != nil {
			if gathered == nil {
				gathered = map[*law]int{}
			}
			gathered[l]++
		}
	}
	for _, s := range subjects {
		found = append(found, listFindings(s, evidence)...)
	}
	for i := range explanation.Causes {
		if len(evidence[i]) > 0 && evidence[i][0].ofArray {
			continue
		}
		if len(evidence[i]) == 0 {
			if f, is := n.contradiction(&explanation.Causes[i]); is {
				found = append(found, f)
			}
			continue
		}
		if gathered != nil && gathered[toldOnce(evidence[i])] > 1 {
			continue
		}
		found = append(found, Finding{})
		found[len(found)-1].tellCause(n, &explanation.Causes[i], evidence[i], inferred)
		for _, f := range evidence[i] {
			f.told = true
		}
	}
	for _, s := range subjects {
		found = append(found, unexplained(n, s)...)
	}
	return found
}

// place is where a relation is checked.
type place struct {
	rec      *schema.Record
	relation *formula.Relation
	instance int
}

// faults are the broken relations of some records.
type faults struct {
	few  []checked          // of one record
	many map[place]*checked // else
}

// fewFaults are looked through faster than looked up.
const fewFaults = 8

func faultsOf(subjects []*subject) faults {
	if len(subjects) == 1 && len(subjects[0].faults) <= fewFaults {
		return faults{few: subjects[0].faults}
	}
	all := faults{many: map[place]*checked{}}
	for _, s := range subjects {
		for i := range s.faults {
			all.many[place{s.rec, s.faults[i].relation, s.faults[i].instance}] = &s.faults[i]
		}
	}
	return all
}

// at is the broken relation at a place; nil when there is none.
func (all faults) at(p place) *checked {
	for i := range all.few {
		if f := &all.few[i]; f.relation == p.relation && f.instance == p.instance && f.rec == p.rec {
			return f
		}
	}
	return all.many[p]
}

// evidence of causes: the broken relations that each explains. It is that of the next
// record when this is asked again.
func (n *recordNet) evidence(causes []locate.Cause, faults faults) [][]*checked {
	all, found := n.causes[:0], n.checked[:0]
	for i := range causes {
		start := len(found)
		for _, k := range causes[i].Evidence {
			if k < len(n.stated) { // behind them stand bounds, which are no rule's
				if f := faults.at(place{n.stated[k].rec, n.stated[k].relation, n.stated[k].instance}); f != nil {
					found = append(found, f)
				}
			}
		}
		all = append(all, found[start:len(found):len(found)])
	}
	n.causes, n.checked = all, found
	return all
}

// toldOnce is the rule whose breaks are gathered into one finding, when all the
// evidence is of one such rule; else nil.
func toldOnce(evidence []*checked) *law {
	for _, f := range evidence {
		if f.law != evidence[0].law || !f.law.rule.OncePerRecord {
			return nil
		}
	}
	if len(evidence) == 0 {
		return nil
	}
	return evidence[0].law
}

// unexplained tells the broken relations that no cause has told: laws of
// several readings of which none holds, and rules told once for a record.
func unexplained(n *recordNet, s *subject) []Finding {
	var found []Finding
	var gathered map[*law][]broken
	var order []*law
	for i := range s.faults {
		f := &s.faults[i]
		switch {
		case f.told:
		case f.explainedBy() >= 0:
			found = append(found, explainedFinding(f))
		case f.law.rule.OncePerRecord:
			if gathered[f.law] == nil {
				order = append(order, f.law)
				if gathered == nil {
					gathered = map[*law][]broken{}
				}
			}
			gathered[f.law] = append(gathered[f.law], f.evidence...)
		default:
			finding := newFinding(f.evidence, nearest(f.evidence))
			finding.readings(n, f.evidence, s.rec.Layout.Source.NotNegative)
			finding.tellExplained()
			found = append(found, finding)
		}
	}
	for _, l := range order {
		finding := newFinding(gathered[l], 0)
		if n := len(gathered[l]) - 1; n > 0 {
			finding.Text += "; the same " + otherPlaces(n)
		}
		finding.tellExplained()
		found = append(found, finding)
	}
	return found
}

func otherPlaces(n int) string {
	if n == 1 {
		return "in 1 other place of this record"
	}
	return fmt.Sprintf("in %d other places of this record", n)
}

// imply tells the value that each missing figure must have, in the checks that
// could not be made for want of it.
func imply(n *recordNet, rec *schema.Record, missing []locate.Missing, unread []Missing) {
	if len(missing) == 0 || len(unread) == 0 {
		return
	}
	implied := map[string]*calc.Amount{}
	for i := range missing {
		if m := &missing[i]; m.Determined && (n.figures[m.Figure].rec == rec || rec.IsJoined()) {
			implied[n.pointer(m.Figure)] = &m.Implied
		}
	}
	for k := range unread {
		unread[k].Implied = implied[unread[k].Pointer]
	}
}
