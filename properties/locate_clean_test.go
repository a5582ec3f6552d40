package properties

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/reconcile"
)

// desk reads and checks the documents of one source.
type desk struct {
	checker *reconcile.Checker
	reader  ingest.Reader
}

// newDesk is for a built-in source or a description file.
func newDesk(t testing.TB, source string) *desk {
	t.Helper()
	checkers, err := catalogue.Checkers([]string{source})
	if err != nil {
		t.Fatal(err)
	}
	return deskOf(checkers[0])
}

// describedDesk is for a source described by a text.
func describedDesk(t testing.TB, yaml string) *desk {
	t.Helper()
	described, err := ingest.Describe("source.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	checker, err := reconcile.NewChecker(described.Layout, described.Rules)
	if err != nil {
		t.Fatal(err)
	}
	return deskOf(checker)
}

func deskOf(c *reconcile.Checker) *desk {
	return &desk{c, ingest.Reader{Layouts: []*schema.Layout{c.Layout}}}
}

// read the documents of a text; nothing in it may be rejected.
func (d *desk) read(t testing.TB, text string) []*schema.Document {
	t.Helper()
	var all []*schema.Document
	for item := range d.reader.Read(input("a.json", text)) {
		if item.Document == nil || len(item.Rejects) > 0 {
			t.Fatalf("rejected: %v in\n%s", item.Rejects, text)
		}
		all = append(all, item.Document)
	}
	return all
}

// begin a run of the desk's checker with one input.
func (d *desk) begin() *reconcile.Run {
	run := reconcile.NewRun(reconcile.Tool{Name: "tieout"}, schema.Circumstances{}, nil, []*reconcile.Checker{d.checker})
	run.BeginInput(reconcile.Input{File: "a.json"})
	return run
}

// findings of a text.
func (d *desk) findings(t testing.TB, text string) []reconcile.Finding {
	t.Helper()
	run := d.begin()
	for _, doc := range d.read(t, text) {
		run.Document(d.checker, doc)
	}
	return aboutFigures(run.Result())
}

// aboutFigures leaves out what is told of dates, codes and what is not sent.
func aboutFigures(r *reconcile.Result) []reconcile.Finding {
	var findings []reconcile.Finding
	for _, f := range r.Findings.All() {
		if f.HasFigures && f.Severity > schema.Info {
			findings = append(findings, *f)
		}
	}
	return findings
}

// clean is a document of one record without a finding, with the places of its
// figures.
type clean struct {
	desk    *desk
	text    string
	figures []figure
	// bound figures stand in a relation of the document, loose ones in none.
	bound, loose []int
}

// figure of a clean document.
type figure struct {
	pointer string
	value   calc.Amount
	// at and end are the bytes of its digits.
	at, end int
	// parts of the sums that define it: the figure is the sum of each.
	parts [][]part
}

type part struct {
	figure int
	coef   int64
}

type slot struct{ group, instance, slot int }

// newClean reads a document, which must have no finding, by its own layout.
func newClean(t testing.TB, d *desk, text string) *clean {
	t.Helper()
	c := &clean{desk: d, text: text}
	docs := d.read(t, text)
	if len(docs) != 1 || len(docs[0].Records) != 1 {
		t.Fatalf("not one record:\n%s", text)
	}
	if found := d.findings(t, text); len(found) > 0 {
		t.Fatalf("not clean: %s\n%s", found[0].Text, text)
	}
	rec := docs[0].Records[0]
	at := map[slot]int{}
	for g := range rec.Layout.Groups {
		for instance := range rec.Instances(g) {
			for s := range rec.Layout.Groups[g].Slots {
				v := rec.Value(g, instance, s)
				if v.State != schema.Present || !rec.Layout.Groups[g].Slots[s].Field.Kind.IsNumber() {
					continue
				}
				first := v.Offset + strings.Index(text[v.Offset:v.End], v.Text)
				at[slot{g, instance, s}] = len(c.figures)
				c.figures = append(c.figures, figure{
					pointer: rec.SlotPointer(g, instance, s), value: v.Amount, at: first, end: first + len(v.Text),
				})
			}
		}
	}
	seen := map[int]bool{}
	for _, rule := range d.checker.Rules() {
		relations := d.checker.Relations(rule.ID)
		for k := range relations {
			c.relate(rec, &relations[k], at, seen)
		}
	}
	for i := range c.figures {
		switch {
		case seen[i]:
			c.bound = append(c.bound, i)
		case c.figures[i].value.Sign() != 0:
			c.loose = append(c.loose, i)
		}
	}
	return c
}

// relate notes the figures of the readings that hold.
func (c *clean) relate(rec *schema.Record, rel *formula.Relation, at map[slot]int, seen map[int]bool) {
	instances, _ := rel.Instances(rec)
	for n := range instances {
		if rel.Guard(rec, n) != nil {
			continue
		}
		for k := range rel.Readings {
			e, gap := rel.Readings[k].Equation(rec, n)
			if gap != nil || !c.all(e.Coefficients, at) {
				continue
			}
			sum := e.Constant
			for _, o := range e.Coefficients {
				sum = sum.Plus(rec.Value(o.Group, o.Instance, o.Slot).Amount.Times(o.Coef))
			}
			if e.Op == formula.Equal && sum.Sign() != 0 && len(rel.Readings) > 1 {
				continue // this reading does not hold
			}
			c.define(&e, at, seen)
			break
		}
	}
}

// all tells whether all figures of an equation are given.
func (c *clean) all(figures []formula.Coefficient, at map[slot]int) bool {
	for _, o := range figures {
		if _, given := at[slot{o.Group, o.Instance, o.Slot}]; !given {
			return false
		}
	}
	return true
}

func (c *clean) define(e *formula.Equation, at map[slot]int, seen map[int]bool) {
	var parts []part
	for k, o := range e.Coefficients {
		i := at[slot{o.Group, o.Instance, o.Slot}]
		seen[i] = true
		if k > 0 {
			parts = append(parts, part{i, -o.Coef})
		}
	}
	if e.Op == formula.Equal && len(parts) > 1 && e.Coefficients[0].Coef == 1 {
		first := e.Coefficients[0]
		f := &c.figures[at[slot{first.Group, first.Instance, first.Slot}]]
		f.parts = append(f.parts, parts)
	}
}

// figureAt is the figure of that pointer.
func (c *clean) figureAt(t testing.TB, pointer string) int {
	t.Helper()
	for i := range c.figures {
		if c.figures[i].pointer == pointer {
			return i
		}
	}
	t.Fatalf("no figure at %s in\n%s", pointer, c.text)
	return -1
}

// with is the document's text with other digits for some figures.
func (c *clean) with(changed map[int]string) string {
	order := slices.SortedFunc(maps.Keys(changed), func(i, j int) int { return cmp.Compare(c.figures[i].at, c.figures[j].at) })
	var b strings.Builder
	from := 0
	for _, i := range order {
		b.WriteString(c.text[from:c.figures[i].at] + changed[i])
		from = c.figures[i].end
	}
	return b.String() + c.text[from:]
}
