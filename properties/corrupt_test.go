package properties

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/reconcile"
)

// corrupted is a value of a fixture with what stands there instead.
type corrupted struct {
	file, source, field, pointer string
	value                        json.RawMessage
	// names tells whether the field is part of the record's name, by which
	// documents are joined.
	names bool
}

// A rule reacts to a wrong value only when it reads it; a finding so never
// speaks of a rule that the figure has no part in.
func TestOnlyRulesThatReadAValueReactToIt(t *testing.T) {
	readers := readersOf(t)
	for name, f := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			clean := countsOf(t, f.check(t, &ruleCase{}))
			values := f.values(t)
			if len(values) < 5 {
				t.Fatalf("only %d values found", len(values))
			}
			reacted := 0
			for _, v := range values {
				pointer := v.pointer
				if len(f.Files) > 1 {
					pointer = v.file + "#" + pointer
				}
				found := countsOf(t, f.check(t, &ruleCase{Set: map[string]json.RawMessage{pointer: v.value}}))
				for rule, counts := range found {
					if counts == clean[rule] {
						continue
					}
					reacted++
					joined := v.names && strings.HasPrefix(rule, "join ")
					if !joined && !readers[rule][v.source+" "+v.field] {
						t.Errorf("%s reacts to %s of %s, which it does not read", rule, v.field, v.source)
					}
				}
			}
			if reacted == 0 {
				t.Error("no rule reacts to anything")
			}
		})
	}
}

// readersOf tells, by source and rule, the values that a rule reads: the source of
// their document and the dotted name.
func readersOf(t *testing.T) map[string]map[string]bool {
	t.Helper()
	h := builtIn(t)
	all := map[string]map[string]bool{}
	for _, c := range h.checkers {
		for _, rule := range c.Rules() {
			reads := map[string]bool{}
			for _, field := range c.Reads(rule.ID) {
				reads[c.Layout.Source.Name+" "+field] = true
			}
			all[c.Layout.Source.Name+" "+rule.ID] = reads
		}
	}
	for _, j := range h.joints {
		for _, rule := range j.Checker.Rules() {
			reads := map[string]bool{}
			for _, field := range j.Checker.Reads(rule.ID) {
				part, rest, _ := strings.Cut(field, ".")
				at := slices.IndexFunc(j.Parts, func(p schema.Part) bool { return p.Name == part })
				reads[j.Parts[at].Source+" "+rest] = true
			}
			all["join "+j.Checker.Layout.Source.Name+" "+rule.ID] = reads
		}
	}
	return all
}

// countsOf each rule of a result, by source and rule.
func countsOf(t *testing.T, r *reconcile.Result) map[string]reconcile.Counts {
	t.Helper()
	joins := map[string]bool{}
	for _, j := range builtIn(t).joints {
		joins[j.Checker.Layout.Source.Name] = true
	}
	all := map[string]reconcile.Counts{}
	for _, c := range r.Rules {
		name := c.Source + " " + c.Rule.ID
		if joins[c.Source] {
			name = "join " + name
		}
		all[name] = c.Counts
	}
	return all
}

// values lists every value of the fixtures' records with a wrong one in its place.
func (f *ruleFixtures) values(t *testing.T) []corrupted {
	t.Helper()
	desk := catalogue.NewDesk(builtIn(t).checkers)
	var all []corrupted
	for name := range f.Files {
		for item := range desk.Reader.Read(input(name, f.changed(t, &ruleCase{}, name))) {
			if item.Document == nil {
				t.Fatalf("%s: %v", name, item.Rejects)
			}
			for _, rec := range item.Document.Records {
				all = append(all, valuesOf(rec, name)...)
			}
		}
	}
	slices.SortFunc(all, func(a, b corrupted) int { return strings.Compare(a.file+a.pointer, b.file+b.pointer) })
	return all
}

func valuesOf(rec *schema.Record, file string) []corrupted {
	var all []corrupted
	for g := range rec.Layout.Groups {
		for slot := range rec.Layout.Groups[g].Slots {
			s := &rec.Layout.Groups[g].Slots[slot]
			for instance := range rec.Instances(g) {
				v := rec.Value(g, instance, slot)
				if v.State != schema.Present || s.Bare {
					continue
				}
				field := rec.Layout.SlotName(g, slot)
				all = append(all, corrupted{
					file: file, source: rec.Layout.Source.Name, field: field,
					pointer: rec.SlotPointer(g, instance, slot), value: wrong(rec, v, s.Field),
					names: slices.ContainsFunc(rec.Layout.Source.Keys, func(key []string) bool { return slices.Contains(key, field) }),
				})
			}
		}
	}
	return all
}

// wrong is another value of the kind, in the form in which the document has it.
func wrong(rec *schema.Record, v *schema.Value, field *schema.Field) json.RawMessage {
	text := v.Text
	switch {
	case field.Kind == schema.Flag:
		return json.RawMessage(fmt.Sprint(text != "true"))
	case field.Kind.IsNumber():
		text = v.Amount.Plus(calc.AmountOf(1)).String()
	case field.Kind == schema.Date && !v.Date.IsZero():
		text = v.Date.AddDays(1).String()
	case field.Kind == schema.JalaliDate && !v.Date.IsZero():
		next, _ := v.Date.AddDays(1).Jalali()
		text = next.Compact()
	default:
		text += "9"
	}
	if rec.Document.Input.Text[v.Offset] == '"' {
		quoted, _ := json.Marshal(text) // a string has no error
		return quoted
	}
	return json.RawMessage(text)
}
