// Package catalogue joins the built-in sources with their rules, and finds the
// sources that a user names.
package catalogue

import (
	"fmt"
	"os"
	"path/filepath"
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
		c, err := reconcile.NewChecker(layout, reconcile.WithCommon(layout, entry.rules))
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

// Joints compiles the joins between the sources of some checkers, the built-in ones and
// those of the user's files. A built-in join of which fewer than two parts are among
// them is left out; a user's speaks of no other sources.
func Joints(checkers []*reconcile.Checker, files ...string) ([]*reconcile.Joint, error) {
	sources := map[string]*schema.Source{}
	for _, entry := range builtIn() {
		sources[entry.source.Name] = entry.source
	}
	given := map[string]*schema.Source{}
	for _, c := range checkers {
		sources[c.Layout.Source.Name] = c.Layout.Source
		given[c.Layout.Source.Name] = c.Layout.Source
	}
	var all []*reconcile.Joint
	joins := across.Joins()
	for _, file := range files {
		own, err := described(file, func(text []byte) ([]schema.Join, error) {
			return ingest.DescribeJoins(file, text, given)
		})
		if err != nil {
			return nil, err
		}
		joins = append(joins, own...)
	}
	names := map[string]bool{}
	for i := range joins {
		parts := 0
		for _, p := range joins[i].Parts {
			if given[p.Source] != nil {
				parts++
			}
		}
		if names[joins[i].Name] {
			return nil, fmt.Errorf("there are two joins of the name %s", joins[i].Name)
		}
		names[joins[i].Name] = true
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
	source, err := described(name, func(text []byte) (*ingest.Description, error) { return ingest.Describe(name, text) })
	if err != nil {
		return nil, err
	}
	return reconcile.NewChecker(source.Layout, reconcile.WithCommon(source.Layout, source.Rules))
}

// described is what a file of the user describes.
func described[T any](file string, read func(text []byte) (T, error)) (described T, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return described, err
	}
	return read(text)
}

// Events reads the user's files of events that explain broken relations of the rules
// of some checkers and joints.
func Events(files []string, checkers []*reconcile.Checker, joints []*reconcile.Joint) ([]schema.Event, error) {
	var rules []*schema.Rule
	for _, c := range checkers {
		rules = append(rules, c.Rules()...)
	}
	for _, j := range joints {
		rules = append(rules, j.Checker.Rules()...)
	}
	var all []schema.Event
	for _, file := range files {
		events, err := described(file, func(text []byte) ([]schema.Event, error) {
			return ingest.DescribeEvents(file, text, rules)
		})
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}
