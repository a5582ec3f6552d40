package ingest

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tieout/calc/schema"
)

// DescribeJoins reads which documents of some sources belong together, and the laws
// between them, from YAML text: one join or a list of them. Every mistake is a
// *DescriptionError.
func DescribeJoins(file string, text []byte, sources map[string]*schema.Source) ([]schema.Join, error) {
	d, root, err := openDescription(file, text)
	if err != nil {
		return nil, err
	}
	items := []*yaml.Node{root}
	if root.Kind == yaml.SequenceNode {
		items = root.Content
	}
	var all []schema.Join
	for _, item := range items {
		item = resolve(item)
		j, err := d.join(item, sources)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(other schema.Join) bool { return other.Name == j.Name }) {
			return nil, d.fail(item, "the join %s stands twice", j.Name)
		}
		all = append(all, j)
	}
	if len(all) == 0 {
		return nil, d.fail(root, "the list is empty")
	}
	return all, nil
}

func (d *describer) join(n *yaml.Node, sources map[string]*schema.Source) (schema.Join, error) {
	var j schema.Join
	var parts, rules *yaml.Node
	err := d.mapping(n, "a join", []key{
		{"name", true, d.name(&j.Name)},
		{"title", false, d.word(&j.Title)},
		{"parts", true, func(n *yaml.Node) error { parts = n; return d.parts(&j.Parts, sources)(n) }},
		{"rules", true, func(n *yaml.Node) error { rules = n; return nil }},
	})
	if err != nil {
		return j, err
	}
	layout, err := schema.JoinLayout(&j, sources)
	if err != nil {
		return j, d.fail(parts, "%v", err)
	}
	j.Rules, err = d.rules(rules, layout)
	return j, err
}

// parts sets the documents of a join.
func (d *describer) parts(to *[]schema.Part, sources map[string]*schema.Source) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.SequenceNode || len(n.Content) < 2 {
			return d.fail(n, "parts are expected to be a list of two or more, each with name and source")
		}
		for _, item := range n.Content {
			var p schema.Part
			item = resolve(item)
			err := d.mapping(item, "a part", []key{
				{"name", true, d.filled(&p.Name)},
				{"source", true, func(n *yaml.Node) error { return d.known(&p.Source, sources)(n) }},
				{"before", false, d.flag(&p.Before)},
			})
			if err != nil {
				return err
			}
			for _, other := range *to {
				switch {
				case other.Name == p.Name:
					return d.fail(item, "the part %q stands twice", p.Name)
				case other.Source == p.Source && other.Before == p.Before:
					return d.fail(item, "the parts %s and %s are the same document", other.Name, p.Name)
				}
			}
			*to = append(*to, p)
		}
		return nil
	}
}

// known sets the name of a source that there is.
func (d *describer) known(to *string, sources map[string]*schema.Source) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := d.name(to)(n); err != nil {
			return err
		}
		if sources[*to] == nil {
			var names []string
			for name := range sources {
				names = append(names, name)
			}
			slices.Sort(names)
			return d.fail(n, "there is no source %q; there are %s", *to, strings.Join(names, ", "))
		}
		return nil
	}
}
