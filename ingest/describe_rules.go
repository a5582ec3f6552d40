package ingest

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

func (d *describer) rules(n *yaml.Node, layout *schema.Layout) ([]schema.Rule, error) {
	if n.Kind != yaml.SequenceNode {
		return nil, d.fail(n, "rules are expected to be a list")
	}
	var rules []schema.Rule
	seen := map[string]bool{}
	for _, item := range n.Content {
		item = resolve(item)
		rule, err := d.rule(item, layout)
		if err != nil {
			return nil, err
		}
		if seen[rule.ID] {
			return nil, d.fail(item, "the rule %s stands twice", rule.ID)
		}
		seen[rule.ID] = true
		rules = append(rules, rule)
	}
	return rules, nil
}

func (d *describer) rule(n *yaml.Node, layout *schema.Layout) (schema.Rule, error) {
	r := schema.Rule{Severity: schema.Error, Basis: schema.Inferred}
	severity := func(to *schema.Severity) func(*yaml.Node) error {
		return choice(d, to, "severity", schema.ParseSeverity, schema.SeverityNames())
	}
	var adjustments *yaml.Node
	err := d.mapping(n, "a rule", []key{
		{"id", true, d.filled(&r.ID)},
		{"title", true, d.filled(&r.Title)},
		{"formula", true, func(n *yaml.Node) error { return d.formula(n, layout, &r.Formula) }},
		{"severity", false, severity(&r.Severity)},
		{"surplus", false, severity(&r.Surplus)},
		{"basis", false, choice(d, &r.Basis, "basis", schema.ParseBasis, schema.BasisNames())},
		{"cites", false, d.word(&r.Cites)},
		{"tolerance", false, func(n *yaml.Node) error { return d.tolerance(n, &r.Tolerance) }},
		{"adjustments", false, func(n *yaml.Node) error { adjustments = n; return nil }},
		{"once_per_record", false, d.flag(&r.OncePerRecord)},
		{"why", false, d.word(&r.Why)},
	})
	if err == nil && adjustments != nil {
		r.Adjustments, err = d.adjustments(adjustments, layout, r.Formula)
	}
	return r, err
}

// formula sets a rule's formula once it compiles; its fault is told at its
// place in the file.
func (d *describer) formula(n *yaml.Node, layout *schema.Layout, to *string) error {
	if err := d.filled(to)(n); err != nil {
		return err
	}
	_, err := formula.Compile(layout, *to)
	return d.compiled(n, *to, err)
}

// compiled tells the fault of a formula at its place in the file.
func (d *describer) compiled(n *yaml.Node, text string, err error) error {
	var fault *formula.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &fault):
		return d.fail(n, "the formula: %v", err)
	case strings.Contains(text, "\n"): // it is no line to put a caret under
		return d.failAt(d.inside(n, fault.Offset), "the formula: %s", fault.Reason)
	}
	return d.failAt(d.inside(n, fault.Offset), "the formula, %v", err)
}

// tolerance sets the differences forgiven: one amount for each relation, or a
// mapping of relation and figure.
func (d *describer) tolerance(n *yaml.Node, to *schema.Tolerance) error {
	amount := func(to *calc.Amount) func(*yaml.Node) error {
		return func(n *yaml.Node) error {
			a, err := calc.ParseAmount(n.Value)
			if err != nil || a.Sign() < 0 {
				return d.fail(n, "a tolerance is an amount of 0 or more, not %q", n.Value)
			}
			*to = a
			return nil
		}
	}
	if n.Kind == yaml.ScalarNode {
		return amount(&to.Relation)(n)
	}
	return d.mapping(n, "a tolerance", []key{
		{"relation", false, amount(&to.Relation)}, {"figure", false, amount(&to.Figure)},
	})
}
