package reconcile

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile/locate"
)

// function is where a rule that is a function is checked, and what it may read.
type function struct {
	places []functionPlace
	paths  *schema.Paths
}

// functionPlace is a group, or the values in a slot of it when slot is not
// negative.
type functionPlace struct{ group, slot int }

// newFunction resolves the places and the reads of a rule.
func newFunction(layout *schema.Layout, r *schema.Rule) (*function, error) {
	if r.Law == "" {
		return nil, errors.New("a rule that is a function has its law in words")
	}
	fn := &function{}
	for _, name := range r.Each {
		n := layout.Find(name)
		switch {
		case n == nil:
			return nil, fmt.Errorf("%q is no field of %s", name, layout.Source.Name)
		case n.Rows >= 0:
			fn.places = append(fn.places, functionPlace{n.Rows, -1})
		case n.Slot >= 0 || name == "":
			fn.places = append(fn.places, functionPlace{n.Group, n.Slot})
		default:
			return nil, fmt.Errorf("%q is an object; a rule is checked in rows and values", name)
		}
	}
	if len(fn.places) == 0 {
		fn.places = []functionPlace{{0, -1}}
	}
	var err error
	if fn.paths, err = schema.NewPaths(layout, r.Reads); err != nil {
		return nil, err
	}
	fn.paths.Asks, fn.paths.Namesakes = r.Asks, r.Namesakes
	for _, name := range r.Compares {
		n := layout.Find(name)
		if n == nil || n.Group != 0 || n.Slot < 0 {
			return nil, fmt.Errorf("%q is no plain field of a record of %s, by which records are compared", name, layout.Source.Name)
		}
		fn.paths.Compares = append(fn.paths.Compares, n.Slot)
	}
	if len(r.Beside) > 0 {
		if layout.Context == nil {
			return nil, fmt.Errorf("%s has nothing beside its records", layout.Source.Name)
		}
		fn.paths.Context, err = schema.NewPaths(layout.Context, r.Beside)
	}
	return fn, err
}

// function checks a rule that is one wherever it applies in a record.
func (r *Run) function(l *law, rec *schema.Record) []breach {
	var all []breach
	for _, p := range l.function.places {
		n := rec.Instances(p.group)
		if n == 0 {
			r.count(l.rule, NotApplicable, rec.Layout.NoRows(p.group))
		}
		for instance := range n {
			c := r.session.Case(l.function.paths, p.group, instance, p.slot)
			l.rule.Check(c)
			said := c.Verdict()
			if said.Outcome != Broken {
				r.count(l.rule, said.Outcome, said.Reason)
				switch {
				case said.Outcome != NotEvaluable:
				case said.Gap.Apart:
					r.setApart(l.rule, rec.Layout.Source.Name, said.Gap.Reason)
				default:
					r.unreadable(l.rule, rec, said.Gap.Pointer, said.Gap.Name, said.Gap.Reason)
				}
				continue
			}
			// What it has read is evidence; only now is it worth remembering.
			c = schema.NewCase(rec, &r.about, l.function.paths, p.group, instance, p.slot, true)
			l.rule.Check(c)
			broken := c.Verdict().Broken
			together := make([]breachAt, len(broken))
			for i := range broken {
				together[i] = placeOf(&broken[i])
			}
			for i := range broken {
				r.count(l.rule, Broken, "")
				all = append(all, breach{Breach: broken[i], rule: l.rule, law: l, place: p, instance: instance, together: together})
			}
		}
	}
	return all
}

// unreadable lists a check that could not be made.
func (r *Run) unreadable(rule *schema.Rule, rec *schema.Record, pointer, field, reason string) {
	r.missing++
	r.unread = append(r.unread, Missing{
		turn: r.turn, number: r.missing, Rule: rule, Source: rec.Layout.Source.Name, Record: rec.Key,
		Pointer: pointer, Field: field, Reason: reason,
	})
}

// setApart notes that a rule could not compare the records of a list of the current input.
func (r *Run) setApart(rule *schema.Rule, source, reason string) {
	m := Missing{Rule: rule, Source: source, Record: r.result.Inputs[r.input].File, Reason: reason}
	if !slices.Contains(r.apart, m) {
		r.apart = append(r.apart, m)
	}
}

// tellApart lists, once for each input and rule, where records were not compared.
func (r *Run) tellApart() {
	inputs := map[string]int{}
	for i := range r.result.Inputs {
		inputs[r.result.Inputs[i].File] = i
	}
	slices.SortFunc(r.apart, func(a, b Missing) int {
		return cmp.Or(cmp.Compare(inputs[a.Record], inputs[b.Record]), cmp.Compare(a.Rule.ID, b.Rule.ID))
	})
	for i := range r.apart {
		r.missing++
		r.apart[i].number = r.missing
		r.result.NotEvaluable.Add(r.apart[i])
	}
	r.apart = nil
}

// breach is a place at which a rule is broken that is a function.
type breach struct {
	schema.Breach
	rule *schema.Rule
	// law that was checked in an instance of a place, and all that it told there.
	law      *law
	place    functionPlace
	instance int
	together []breachAt
}

// op tells how the value should compare with what is expected.
func (b *breach) op() formula.Op {
	switch {
	case b.AtMost:
		return formula.AtMost
	case b.AtLeast:
		return formula.AtLeast
	}
	return formula.Equal
}

func (b *breach) severity() schema.Severity { return cmp.Or(b.Severity, b.rule.Severity) }

// breaches adds findings of the broken functions of a record to those that its
// figures have told, one for each value or row that is told wrong. Where there is
// one about the same value already, they add to it; what follows from it alone is
// told with it.
func breaches(s *subject, found []Finding) []Finding {
	if len(s.breaches) == 0 {
		return found
	}
	type key struct {
		home          *schema.Record
		pointer, rule string
	}
	at := map[key]int{}
	told := len(found)
	for i := range found {
		if f := &found[i]; f.Located || !f.HasFigures {
			at[key{home: f.home, pointer: f.Place.Pointer}] = i
		}
	}
	for i := range s.breaches {
		b := &s.breaches[i]
		k := key{home: b.Home, pointer: b.Pointer}
		if b.Value == nil { // a row can be wrong in several ways
			k.rule = b.rule.ID
		}
		if same, is := at[k]; is {
			found[same].also(b)
			continue
		}
		at[k] = len(found)
		found = append(found, breachFinding(b))
	}
	for i := range s.breaches {
		if b := &s.breaches[i]; b.Figure {
			found[at[key{home: b.Home, pointer: b.Pointer}]].absorb(b, found[:told])
		}
	}
	return slices.DeleteFunc(found, func(f Finding) bool { return f.absorbed })
}

// absorb takes over the evidence of findings of which no figure is located, when
// nothing but the figure that a function tells wrong breaks their relations.
func (f *Finding) absorb(b *breach, told []Finding) {
	for i := range told {
		if g := &told[i]; !g.absorbed && g.follows(b) {
			f.Severity = max(f.Severity, g.Severity)
			f.Evidence = append(f.Evidence, g.Evidence...)
			g.absorbed = true
		}
	}
}

// follows tells whether all the relations of a finding would hold if the figure of
// a breach were what it should be. Equalities are not followed: to them, another
// figure can be wrong as well.
func (f *Finding) follows(b *breach) bool {
	if f.Located || f.home != b.Home || len(f.Evidence) == 0 {
		return false
	}
	for i := range f.Evidence {
		if !f.Evidence[i].mendedBy(b) {
			return false
		}
	}
	return true
}

// mendedBy tells whether an inequality holds with the figure of a breach as it
// should be.
func (e *Evidence) mendedBy(b *breach) bool {
	if e.Op == formula.Equal {
		return false
	}
	difference := e.Difference
	for side, figures := range [][]Figure{e.Subject, e.Terms} {
		for _, g := range figures {
			if g.Pointer != b.Pointer || g.File != fileOf(b.Home) {
				continue
			}
			change := b.Amount.Minus(g.Amount).Times(g.Coef)
			if side > 0 {
				change = change.Neg()
			}
			difference = difference.Plus(change)
		}
	}
	return e.Op.Violation(difference, calc.Amount{}).Abs().Cmp(e.Allowed) <= 0
}

// breachFinding is the finding of one broken function.
func breachFinding(b *breach) Finding {
	rec := b.Home
	in := rec.Document.Input
	f := Finding{
		home: rec,
		Rule: b.rule, Severity: b.severity(), Source: rec.Layout.Source.Name, Record: rec.Key, KeyFrom: rec.KeyFrom,
		Place: in.Place(b.Offset, b.Pointer), Excerpt: in.Excerpt(b.Offset, b.End),
		Field: b.Name, Unit: b.Unit, Wanted: b.Expected,
		Diagnosis: Diagnosis{Class: Unknown, Reason: b.Reason, Text: b.Reason},
	}
	if b.Value != nil {
		value := given(b.Home, b.Name, b.Pointer, b.Value)
		f.Raw, f.Value, f.WantedDate = b.Value.Text, &value, b.wantedDate()
	}
	if b.Copied {
		f.Diagnosis.Class = locate.Copied
	}
	f.Grounds = []Ground{b.ground()}
	if b.Figure {
		f.figure(b)
	}
	f.Text = f.said(b)
	return f
}

// figure makes the finding one about amounts.
func (f *Finding) figure(b *breach) {
	e := Evidence{
		Rule: b.rule, Field: b.Name, Pointer: b.Pointer, Op: b.op(),
		Formula: b.Name + " " + b.op().String() + " " + b.Expected,
		Actual:  b.Value.Amount, Expected: b.Amount, Difference: b.Value.Amount.Minus(b.Amount), Numbers: b.Expected,
		Subject: []Figure{{Field: b.Name, Pointer: b.Pointer, Raw: b.Value.Text, Amount: b.Value.Amount, Coef: 1}},
	}
	f.HasFigures, f.Wanted, f.WantedDate, f.Value = true, "", date.Date{}, nil
	f.Actual, f.Expected, f.Difference, f.Op = e.Actual, e.Expected, e.Difference, e.Op
	f.Evidence = []Evidence{e}
	if slip := locate.Compare(e.Actual, e.Expected); f.Diagnosis.Class == Unknown && e.Op == formula.Equal && slip.Class != Unknown {
		f.Diagnosis = Diagnosis{Class: slip.Class, Reason: slip.Reason, Text: slip.Text() + "; " + b.Reason}
	}
}

// said is the finding in one sentence.
func (f *Finding) said(b *breach) string {
	text := f.Field
	if text == "" {
		text = "the record"
	}
	if b.Value != nil {
		switch b.Value.State {
		case schema.Present, schema.Empty, schema.Unreadable:
			text += " is " + dated(strconv.Quote(b.Value.Text), f.Value)
			if b.Figure {
				text = f.Field + " is " + f.Actual.String()
			}
		default:
			text += " is " + b.Value.State.String()
		}
	}
	if b.Expected != "" {
		text += " and should be " + strings.TrimSpace(b.op().Bound()+" "+quoted(b))
	}
	return text + ": " + b.Reason
}

// quoted is what should stand in the place of a breach.
func quoted(b *breach) string {
	if b.Figure {
		return b.Expected
	}
	return dated(strconv.Quote(b.Expected), &Given{Text: b.Expected, Date: b.wantedDate()})
}

// dated is a text with the day of the Gregorian calendar behind it when it names
// one in another calendar.
func dated(text string, g *Given) string {
	if g == nil || g.Elsewhen() == "" {
		return text
	}
	return text + " (" + g.Elsewhen() + ")"
}

// given is a value of a record as it was sent.
func given(home *schema.Record, name, pointer string, v *schema.Value) Given {
	return Given{Field: name, Pointer: pointer, File: fileOf(home), State: v.State, Text: v.Text, Date: v.Date}
}

// wantedDate is the day that the expected text names; zero when it names none.
func (b *breach) wantedDate() (d date.Date) {
	switch b.Kind {
	case schema.Date:
		d, _ = date.Parse(b.Expected)
	case schema.JalaliDate:
		if j, err := date.ParseJalali(b.Expected); err == nil {
			d = j.Date()
		}
	}
	return d
}

// ground of a finding.
func (b *breach) ground() Ground {
	g := Ground{Rule: b.rule, Reason: b.Reason}
	for _, v := range b.Read {
		g.Read = append(g.Read, given(v.Home, v.Name, v.Pointer, v.Value))
	}
	return g
}

// also adds another broken function to a finding about the same value. The first
// that knows what the figure should be makes the finding one about amounts.
func (f *Finding) also(b *breach) {
	if s := b.severity(); s > f.Severity && !f.HasFigures {
		f.Severity, f.Rule = s, b.rule
	}
	f.Severity = max(f.Severity, b.severity())
	f.Grounds = append(f.Grounds, b.ground())
	f.Text += "; and by " + b.rule.ID + ", "
	if b.Figure && !f.HasFigures {
		f.figure(b)
		f.Text += strings.TrimSpace("it should be "+b.op().Bound()) + " " + b.Expected + ": "
	}
	if f.Wanted == "" && b.Expected != "" && !f.HasFigures {
		f.Wanted, f.WantedDate = b.Expected, b.wantedDate()
		f.Text += "it should be " + quoted(b) + ": "
	}
	f.Text += b.Reason
}
