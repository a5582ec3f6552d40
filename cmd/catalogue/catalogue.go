// Package catalogue joins the built-in sources with their rules, and finds the
// sources that a user names.
package catalogue

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tieout/calc/schema"
	"tieout/ingest"
	ingestarifmetika "tieout/ingest/arifmetika"
	ingestbrainysoft "tieout/ingest/brainysoft"
	ingestfinnotech "tieout/ingest/finnotech"
	ingestvakifbank "tieout/ingest/vakifbank"
	"tieout/reconcile"
	"tieout/reconcile/across"
	"tieout/reconcile/arifmetika"
	"tieout/reconcile/brainysoft"
	"tieout/reconcile/finnotech"
	"tieout/reconcile/vakifbank"
)

// builtIn lists the sources that need no description file, with their laws.
func builtIn() []struct {
	source *schema.Source
	rules  []schema.Rule
} {
	return []struct {
		source *schema.Source
		rules  []schema.Rule
	}{
		{ingestarifmetika.Contracts(), arifmetika.ContractRules()},
		{ingestarifmetika.Schedule(), arifmetika.ScheduleRules()},
		{ingestbrainysoft.Contract(), brainysoft.Rules()},
		{ingestfinnotech.Facility(), finnotech.Rules()},
		{ingestvakifbank.Limit(), vakifbank.Rules()},
		{ingestvakifbank.Invoices(), nil},
	}
}

// Checkers compiles the sources named by the user: built-in names or
// description files. Naming none means all that are built in.
func Checkers(named []string) ([]*reconcile.Checker, error) {
	var all []*reconcile.Checker
	var names []string
	for _, entry := range builtIn() {
		layout, err := schema.NewLayout(entry.source)
		if err != nil {
			return nil, err
		}
		c, err := reconcile.NewChecker(layout, withTextRules(entry.rules))
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", entry.source.Name, err)
		}
		all = append(all, c)
		names = append(names, entry.source.Name)
	}
	if len(named) == 0 {
		return all, nil
	}
	var chosen []*reconcile.Checker
	for _, name := range named {
		c, err := find(all, name)
		if err != nil {
			return nil, err
		}
		if c == nil {
			return nil, fmt.Errorf("unknown source %q; there are %s, and description files that end in .yaml",
				name, strings.Join(names, ", "))
		}
		for _, other := range chosen {
			if other.Layout.Source.Name == c.Layout.Source.Name {
				return nil, fmt.Errorf("the source %s is named twice", c.Layout.Source.Name)
			}
		}
		chosen = append(chosen, c)
	}
	return chosen, nil
}

// Joints compiles the joins between the sources of some checkers. A join of which
// fewer than two parts are among them is left out.
func Joints(checkers []*reconcile.Checker) ([]*reconcile.Joint, error) {
	sources := map[string]*schema.Source{}
	for _, entry := range builtIn() {
		sources[entry.source.Name] = entry.source
	}
	given := map[string]bool{}
	for _, c := range checkers {
		sources[c.Layout.Source.Name] = c.Layout.Source
		given[c.Layout.Source.Name] = true
	}
	var all []*reconcile.Joint
	joins := across.Joins()
	for i := range joins {
		parts := 0
		for _, p := range joins[i].Parts {
			if given[p.Source] {
				parts++
			}
		}
		if parts < 2 {
			continue
		}
		j, err := reconcile.NewJoint(&joins[i], sources)
		if err != nil {
			return nil, err
		}
		all = append(all, j)
	}
	return all, nil
}

// IsDescription tells whether a source is named by a description file.
func IsDescription(name string) bool {
	ending := filepath.Ext(name)
	return ending == ".yaml" || ending == ".yml"
}

// find is the built-in source of that name or the source that a description
// file describes; nil when there is neither.
func find(all []*reconcile.Checker, name string) (*reconcile.Checker, error) {
	for _, c := range all {
		if c.Layout.Source.Name == name {
			return c, nil
		}
	}
	if !IsDescription(name) {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	described, err := ingest.Describe(name, text)
	if err != nil {
		return nil, err
	}
	return reconcile.NewChecker(described.Layout, withTextRules(described.Rules))
}

// withTextRules adds the laws of texts to those of a source, but for a law that
// the source has itself.
func withTextRules(rules []schema.Rule) []schema.Rule {
	all := slices.Clone(rules)
	for _, rule := range reconcile.TextRules() {
		if !slices.ContainsFunc(rules, func(r schema.Rule) bool { return r.Replaces == rule.ID }) {
			all = append(all, rule)
		}
	}
	return all
}
