// Package catalogue joins the built-in sources with their rules, and finds the
// sources that a user names.
package catalogue

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

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

// provided is a source that needs no description file, with its laws.
type provided struct {
	source *schema.Source
	rules  []schema.Rule
}

// builtIn lists them.
var builtIn = sync.OnceValue(func() []provided {
	return []provided{
		{ingestarifmetika.Contracts(), arifmetika.ContractRules()},
		{ingestarifmetika.Schedule(), arifmetika.ScheduleRules()},
		{ingestbrainysoft.Contract(), brainysoft.Rules()},
		{ingestfinnotech.Facility(), finnotech.Rules()},
		{ingestvakifbank.Limit(), vakifbank.Rules()},
		{ingestvakifbank.Invoices(), nil},
	}
})

// Checkers compiles the sources named by the user: built-in names or
// description files. Naming none means all that are built in.
func Checkers(named []string) ([]*reconcile.Checker, error) { return new(Choice).Checkers(named) }

// Checkers are those of the package function, of the rules that take part.
func (c *Choice) Checkers(named []string) ([]*reconcile.Checker, error) {
	if len(named) == 0 {
		for _, entry := range builtIn() {
			named = append(named, entry.source.Name)
		}
	}
	var all []*reconcile.Checker
	for _, name := range named {
		layout, rules, err := find(name)
		if err != nil {
			return nil, err
		}
		for _, other := range all {
			if other.Layout.Source.Name == layout.Source.Name {
				return nil, fmt.Errorf("the source %s is named twice", layout.Source.Name)
			}
		}
		checker, err := reconcile.NewChecker(layout, c.of(reconcile.WithCommon(layout, rules)))
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", layout.Source.Name, err)
		}
		all = append(all, checker)
	}
	return all, nil
}

// Joins are the joins between some sources. They are compiled when it is known that
// documents are joined: most runs join none. The mistakes of the user's files have been
// told before.
type Joins struct {
	all      []schema.Join
	compiled func() ([]*reconcile.Joint, error)
}

// Compiled are the joins, compiled once.
func (j *Joins) Compiled() ([]*reconcile.Joint, error) { return j.compiled() }

// Joints compiles the joins between the sources of some checkers, the built-in ones and
// those of the user's files. A built-in join of which fewer than two parts are among
// them is left out; a user's speaks of no other sources.
func Joints(checkers []*reconcile.Checker, files ...string) ([]*reconcile.Joint, error) {
	joins, err := new(Choice).Joins(checkers, files...)
	if err != nil {
		return nil, err
	}
	return joins.Compiled()
}

// Joins are those that the package function compiles, of the rules that take part; a join
// of which none does is left out. It errs on a choice of rules that neither these joins
// have nor the checkers, which are the choice's own.
func (c *Choice) Joins(checkers []*reconcile.Checker, files ...string) (*Joins, error) {
	sources := map[string]*schema.Source{}
	for _, entry := range builtIn() {
		sources[entry.source.Name] = entry.source
	}
	given := map[string]*schema.Source{}
	for _, checker := range checkers {
		sources[checker.Layout.Source.Name] = checker.Layout.Source
		given[checker.Layout.Source.Name] = checker.Layout.Source
	}
	joins, err := joinsOf(given, files)
	if err != nil {
		return nil, err
	}
	chosen := &Joins{}
	for _, j := range joins {
		rules := j.Rules
		if j.Rules = c.of(rules); len(j.Rules) > 0 || len(rules) == 0 {
			chosen.all = append(chosen.all, j)
		}
	}
	chosen.compiled = sync.OnceValues(func() ([]*reconcile.Joint, error) { return compile(chosen.all, sources) })
	return chosen, c.verify()
}

func compile(joins []schema.Join, sources map[string]*schema.Source) ([]*reconcile.Joint, error) {
	var all []*reconcile.Joint
	for i := range joins {
		j, err := reconcile.NewJoint(&joins[i], sources)
		if err != nil {
			return nil, err
		}
		all = append(all, j)
	}
	return all, nil
}

// joinsOf some sources, built in and of the user's files, that have two parts or more
// among them.
func joinsOf(given map[string]*schema.Source, files []string) ([]schema.Join, error) {
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
	seen := map[string]bool{}
	for i := range joins {
		if seen[joins[i].Name] {
			return nil, fmt.Errorf("there are two joins of the name %s", joins[i].Name)
		}
		seen[joins[i].Name] = true
	}
	return slices.DeleteFunc(joins, func(j schema.Join) bool {
		parts := 0
		for _, p := range j.Parts {
			if given[p.Source] != nil {
				parts++
			}
		}
		return parts < 2
	}), nil
}

// IsDescription tells whether a source is named by a description file.
func IsDescription(name string) bool {
	ending := filepath.Ext(name)
	return ending == ".yaml" || ending == ".yml"
}

// find is the built-in source of that name or the one that a description file
// describes, with the rules of its own.
func find(name string) (*schema.Layout, []schema.Rule, error) {
	var names []string
	for _, entry := range builtIn() {
		if entry.source.Name == name {
			layout, err := schema.NewLayout(entry.source)
			return layout, entry.rules, err
		}
		names = append(names, entry.source.Name)
	}
	if !IsDescription(name) {
		return nil, nil, fmt.Errorf("unknown source %q; there are %s, and description files that end in .yaml",
			name, strings.Join(names, ", "))
	}
	own, err := described(name, func(text []byte) (*ingest.Description, error) { return ingest.Describe(name, text) })
	if err != nil {
		return nil, nil, err
	}
	return own.Layout, own.Rules, nil
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
// of the choice's checkers and joins. Events of rules that were left out are read, and
// explain nothing.
func (c *Choice) Events(files []string, checkers []*reconcile.Checker, joins *Joins) ([]schema.Event, error) {
	rules := slices.Clone(c.left)
	for _, checker := range checkers {
		rules = append(rules, checker.Rules()...)
	}
	for i := range joins.all {
		for k := range joins.all[i].Rules {
			rules = append(rules, &joins.all[i].Rules[k])
		}
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
	return slices.DeleteFunc(all, func(e schema.Event) bool { return !c.takes(e.Rule) }), nil
}
