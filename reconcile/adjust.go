package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// Explained is a part of a difference that a legitimate event accounts for.
type Explained struct {
	// Rule is the law whose difference it is, and Event the event's name in it.
	Rule  *schema.Rule
	Event string
	// Amount is how much of the difference the event explains, with its sign.
	Amount calc.Amount
	// Date of the event, yyyy-MM-dd, and Reason; empty where the document states it.
	Date, Reason string
	// From is the place in the user's file, or the sum of the document.
	From string
}

// String is the event with its amount: charge-back 45 (2020-02-11, case 7).
func (e *Explained) String() string {
	words := slices.DeleteFunc([]string{e.Date, e.Reason}, func(s string) bool { return s == "" })
	if len(words) == 0 {
		words = []string{e.From}
	}
	return fmt.Sprintf("%s %s (%s)", e.Event, e.Amount, strings.Join(words, ", "))
}

// UnusedEvent is an event that the user states and that explains no broken relation.
type UnusedEvent struct {
	schema.Event
	// Why it explains none.
	Why string
	// number of the event, and how much is known about why.
	number, nearer int
}

// userEvent is an event that the user states, with what became of it.
type userEvent struct {
	schema.Event
	used bool
	// why it is not used, and how much is known about that: of what several records
	// say, the most is told.
	why    string
	nearer int
}

// The reasons for which an event is not used, the least specific first.
const (
	noRecord = iota
	notBroken
	elsewhereBroken
	notSmaller
	severalBroken
)

// wasted notes why an event is not used, unless more is known.
func (e *userEvent) wasted(nearer int, format string, args ...any) {
	if nearer >= e.nearer {
		e.nearer, e.why = nearer, fmt.Sprintf(format, args...)
	}
}

// Adjust makes the run explain broken relations by events that the user states.
func (r *Run) Adjust(events []schema.Event) {
	if r.events == nil {
		r.events = map[string][]*userEvent{}
	}
	for _, e := range events {
		one := &userEvent{Event: e}
		one.wasted(noRecord, "no record of that name was checked by %s", e.Rule)
		r.events[e.Record] = append(r.events[e.Record], one)
		r.eventOrder = append(r.eventOrder, one)
	}
}

// unusedEvents lists the events that explain nothing.
func (r *Run) unusedEvents() []UnusedEvent {
	var all []UnusedEvent
	for i, e := range r.eventOrder {
		if !e.used {
			all = append(all, UnusedEvent{Event: e.Event, Why: e.why, number: i, nearer: e.nearer})
		}
	}
	return all
}

// statedEvent is an event whose amount the document states, compiled for each
// relation of a law.
type statedEvent struct {
	name    string
	amounts []formula.Amount
}

// statedEvents compiles the events of a rule whose amounts its documents state.
func statedEvents(r *schema.Rule, f *formula.Formula) ([]statedEvent, error) {
	var all []statedEvent
	for _, a := range r.Adjustments {
		if a.Event == "" {
			return nil, fmt.Errorf("an adjustment has no event")
		}
		if a.Formula == "" {
			continue
		}
		amounts, err := formula.CompileAmounts(f, a.Formula)
		if err != nil {
			return nil, fmt.Errorf("adjustment %s, %w", a.Event, err)
		}
		all = append(all, statedEvent{a.Event, amounts})
	}
	return all, nil
}

// eventOf a broken relation.
type eventOf struct {
	Explained
	user *userEvent // nil for an event that the document states
}

// adjust explains the broken relations of a record by events.
func (r *Run) adjust(c *Checker, s *subject) {
	events := make([][]eventOf, len(s.faults))
	for i := range s.faults {
		events[i] = s.faults[i].documentEvents()
	}
	for _, e := range r.events[s.rec.Key] {
		if at := e.meant(c, s); at >= 0 {
			events[at] = append(events[at], eventOf{
				Explained{s.faults[at].law.rule, e.Name, e.Amount, e.Date.String(), e.Reason, e.From}, e,
			})
		}
	}
	for i := range s.faults {
		s.faults[i].adjust(events[i])
	}
}

// documentEvents are the events of a broken relation that the document states; one
// that cannot be evaluated, or is of nothing, explains nothing.
func (ch *checked) documentEvents() []eventOf {
	var all []eventOf
	for i := range ch.law.stated {
		e := &ch.law.stated[i]
		stated := &e.amounts[ch.number]
		amount, gap := stated.Value(ch.rec, ch.instance)
		if gap == nil && amount.Sign() != 0 {
			all = append(all, eventOf{Explained: Explained{
				Rule: ch.law.rule, Event: e.name, Amount: amount, From: stated.Text(ch.rec, ch.instance),
			}})
		}
	}
	return all
}

// meant is the broken relation that an event speaks of; -1 when there is none, or
// it may be any of several.
func (e *userEvent) meant(c *Checker, s *subject) int {
	if !slices.ContainsFunc(c.rules, func(r *schema.Rule) bool { return r.ID == e.Rule }) {
		return -1
	}
	var all, at []int
	for i := range s.faults {
		if s.faults[i].law.rule.ID != e.Rule {
			continue
		}
		all = append(all, i)
		if e.At == "" || s.faults[i].isAt(e.At) {
			at = append(at, i)
		}
	}
	switch {
	case len(all) == 0:
		e.wasted(notBroken, "%s is not broken there", e.Rule)
	case len(at) == 0:
		e.wasted(elsewhereBroken, "%s is not broken at %s, but at %s", e.Rule, e.At, s.subjects(all))
	case len(at) > 1:
		e.wasted(severalBroken, "several relations of %s are broken there; say at which of %s", e.Rule, s.subjects(at))
	default:
		return at[0]
	}
	return -1
}

// subjects names the figures that some broken relations speak of.
func (s *subject) subjects(faults []int) string {
	const most = 6
	var names []string
	for _, i := range faults {
		names = append(names, s.faults[i].evidence[0].Field)
	}
	if len(names) > most {
		names = append(names[:most], fmt.Sprintf("%d others", len(names)-most))
	}
	return strings.Join(names, ", ")
}

// isAt tells whether a name or JSON pointer is that of the relation's subject, or of
// the row that it is checked in.
func (ch *checked) isAt(at string) bool {
	group := ch.relation.Scope
	if group > 0 && (at == ch.rec.InstanceName(group, ch.instance) || at == ch.rec.InstancePointer(group, ch.instance)) {
		return true
	}
	return slices.ContainsFunc(ch.evidence, func(b broken) bool {
		return at == b.Field || at == b.Pointer && b.subject != nil ||
			slices.ContainsFunc(b.Subject, func(f Figure) bool { return at == f.Field })
	})
}

// adjust explains a broken relation by its events: by those that the document states,
// by those of the user, or by all, whichever leaves least of the difference by any
// reading of the law. What leaves no less than there was explains nothing.
func (ch *checked) adjust(events []eventOf) {
	if len(events) == 0 {
		return
	}
	documents, users := split(events)
	var chosen []eventOf
	least := ch.left(nil)
	for _, some := range [][]eventOf{documents, users, events} {
		if left := ch.left(some); left.Cmp(least) < 0 {
			chosen, least = some, left
		}
	}
	for i := range users {
		users[i].user.wasted(notSmaller, "it leaves no less of the difference of %s, which is %s without it", ch.evidence[0].Field, least)
	}
	for i := range chosen {
		if e := chosen[i].user; e != nil {
			e.used = true
		}
	}
	ch.adjustment = total(chosen)
	for i := range ch.evidence {
		if b := &ch.evidence[i]; b.leaves(chosen).Abs().Cmp(b.Difference.Abs()) < 0 {
			b.explain(chosen)
		}
	}
}

// split parts the events that the document states from those of the user.
func split(events []eventOf) (documents, users []eventOf) {
	for _, e := range events {
		if e.user == nil {
			documents = append(documents, e)
		} else {
			users = append(users, e)
		}
	}
	return documents, users
}

// total of the amounts of some events.
func total(events []eventOf) (sum calc.Amount) {
	for i := range events {
		sum = sum.Plus(events[i].Amount)
	}
	return sum
}

// left is the smallest difference that some events leave by any reading.
func (ch *checked) left(events []eventOf) (least calc.Amount) {
	for i := range ch.evidence {
		if left := ch.evidence[i].leaves(events).Abs(); i == 0 || left.Cmp(least) < 0 {
			least = left
		}
	}
	return least
}

// sign of an event's amount in the difference of the subject from the other side.
func (b *broken) sign() int64 {
	if b.reversed {
		return -1
	}
	return 1
}

// leaves is what some events leave of the difference.
func (b *broken) leaves(events []eventOf) calc.Amount {
	return b.Op.Violation(b.Actual, b.Expected.Plus(total(events).Times(b.sign())))
}

// explain notes the events that explain a part of the difference or all of it.
func (b *broken) explain(events []eventOf) {
	b.Residue = b.leaves(events)
	for i := range events {
		one := events[i].Explained
		one.Amount = one.Amount.Times(b.sign())
		b.Explained = append(b.Explained, one)
	}
}

// explainedBy is the number of the reading whose difference events explain in whole;
// -1 when there is none.
func (ch *checked) explainedBy() int {
	return slices.IndexFunc(ch.evidence, func(b broken) bool { return b.isExplained() })
}

// isExplained tells whether events explain the whole difference, or leave no more of
// it than the rule forgives.
func (e *Evidence) isExplained() bool {
	return len(e.Explained) > 0 && e.Residue.Abs().Cmp(e.Allowed) <= 0
}

// unexplained is what is left of the difference.
func (e *Evidence) unexplained() calc.Amount {
	if len(e.Explained) > 0 {
		return e.Residue
	}
	return e.Difference
}

// explainedFinding tells a broken relation that events explain. It accuses no figure.
func explainedFinding(ch *checked) Finding {
	by := ch.explainedBy()
	f := newFinding(ch.evidence[by:by+1], 0)
	f.Severity = schema.Info
	f.Diagnosis.Text = "events explain the difference; no figure need be wrong"
	f.tellExplained()
	return f
}

// tellExplained gathers what events explain in the evidence of a finding, and says
// how much is left.
func (f *Finding) tellExplained() {
	whole := true
	for i := range f.Evidence {
		e := &f.Evidence[i]
		whole = whole && e.isExplained()
		if len(e.Explained) == 0 {
			continue
		}
		if len(f.Explained) == 0 {
			f.Residue = e.Residue
		}
		f.Explained = append(f.Explained, e.Explained...)
		var names []string
		for k := range e.Explained {
			names = append(names, e.Explained[k].String())
		}
		f.Text += fmt.Sprintf("; explained in %s: %s", e.Rule.ID, strings.Join(names, ", "))
		if e.Residue.Sign() != 0 {
			f.Text += fmt.Sprintf("; of the difference of %s, %s is not explained", e.Difference, e.Residue)
		}
	}
	f.IsExplained = whole && len(f.Explained) > 0
}
