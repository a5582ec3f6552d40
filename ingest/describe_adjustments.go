package ingest

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// adjustments are the events that may legitimately break a rule: a mapping of their
// names to the sum that the document states for each, or to meaning and formula.
func (d *describer) adjustments(n *yaml.Node, layout *schema.Layout, law string) ([]schema.Adjustment, error) {
	if n.Kind != yaml.MappingNode {
		return nil, d.fail(n, "adjustments are expected to be a mapping of events to sums")
	}
	compiled, err := formula.Compile(layout, law)
	if err != nil { // it has been compiled before
		return nil, d.fail(n, "%v", err)
	}
	var all []schema.Adjustment
	for i := 0; i < len(n.Content); i += 2 {
		var a schema.Adjustment
		if err := d.filled(&a.Event)(resolve(n.Content[i])); err != nil {
			return nil, err
		}
		for _, other := range all {
			if other.Event == a.Event {
				return nil, d.fail(n.Content[i], "the event %q stands twice", a.Event)
			}
		}
		sum := func(n *yaml.Node) error {
			if err := d.filled(&a.Formula)(n); err != nil {
				return err
			}
			_, err := formula.CompileAmounts(compiled, a.Formula)
			return d.compiled(n, a.Formula, err)
		}
		value := resolve(n.Content[i+1])
		if value.Kind == yaml.ScalarNode {
			err = sum(value)
		} else {
			err = d.mapping(value, fmt.Sprintf("the event %q", a.Event), []key{
				{"meaning", false, d.filled(&a.Meaning)}, {"formula", false, sum},
			})
		}
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// DescribeEvents reads the events that broke relations of some rules legitimately from
// YAML text. Every mistake is a *DescriptionError, also an event that a rule does not
// know.
func DescribeEvents(file string, text []byte, rules []*schema.Rule) ([]schema.Event, error) {
	d, root, err := openDescription(file, text)
	if err != nil {
		return nil, err
	}
	if root.Kind != yaml.SequenceNode {
		return nil, d.fail(root, "events are expected to be a list, each with record, rule, event, amount, date and reason")
	}
	var all []schema.Event
	for _, item := range root.Content {
		e, err := d.event(resolve(item), rules)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func (d *describer) event(n *yaml.Node, rules []*schema.Rule) (schema.Event, error) {
	e := schema.Event{From: fmt.Sprintf("%s:%d", d.file, n.Line)}
	var rule, name *yaml.Node
	err := d.mapping(n, "an event", []key{
		{"record", true, d.filled(&e.Record)},
		{"rule", true, func(n *yaml.Node) error { rule = n; return d.filled(&e.Rule)(n) }},
		{"event", true, func(n *yaml.Node) error { name = n; return d.filled(&e.Name)(n) }},
		{"amount", true, d.amount(&e.Amount)},
		{"at", false, d.filled(&e.At)},
		{"date", true, d.day(&e.Date)},
		{"reason", true, d.filled(&e.Reason)},
	})
	if err != nil {
		return e, err
	}
	known, found := eventsOf(rules, e.Rule)
	switch {
	case !found:
		return e, d.fail(rule, "there is no rule %q among those of the sources", e.Rule)
	case len(known) == 0:
		return e, d.fail(rule, "%s knows no event that may legitimately break it", e.Rule)
	}
	for _, event := range known {
		if event == e.Name {
			return e, nil
		}
	}
	return e, d.fail(name, "%s knows no event %q; it knows %s", e.Rule, e.Name, strings.Join(known, ", "))
}

// eventsOf a rule, by its id.
func eventsOf(rules []*schema.Rule, id string) (events []string, found bool) {
	for _, r := range rules {
		if r.ID == id {
			found = true
			for _, a := range r.Adjustments {
				events = append(events, a.Event)
			}
		}
	}
	return events, found
}

// amount sets an amount that is not zero.
func (d *describer) amount(to *calc.Amount) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		a, err := calc.ParseAmount(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || a.Sign() == 0 {
			return d.fail(n, "an amount is a number that is not 0, not %q", n.Value)
		}
		*to = a
		return nil
	}
}

// day sets a date.
func (d *describer) day(to *date.Date) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		day, err := date.Parse(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			return d.fail(n, "a date is written as 2020-04-23, not %q", n.Value)
		}
		*to = day
		return nil
	}
}
