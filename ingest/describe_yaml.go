package ingest

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// describer walks the tree of a description.
type describer struct{ file string }

func (d *describer) fail(n *yaml.Node, format string, args ...any) error {
	return &DescriptionError{d.file, max(1, n.Line), max(1, n.Column), fmt.Sprintf(format, args...)}
}

// key handles the value of one key of a mapping.
type key struct {
	name     string
	required bool
	set      func(*yaml.Node) error
}

// mapping hands the values of a mapping to the keys that it may have.
func (d *describer) mapping(n *yaml.Node, what string, keys []key) error {
	if n.Kind != yaml.MappingNode {
		return d.fail(n, "%s is expected to be a mapping of keys to values", what)
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		name, value := n.Content[i], resolve(n.Content[i+1])
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value })
		if at < 0 {
			names := make([]string, len(keys))
			for i, k := range keys {
				names[i] = k.name
			}
			return d.fail(name, "%s has no key %q; there are %s", what, name.Value, strings.Join(names, ", "))
		}
		if seen[name.Value] {
			return d.fail(name, "the key %q stands twice", name.Value)
		}
		seen[name.Value] = true
		if err := keys[at].set(value); err != nil {
			return err
		}
	}
	for _, k := range keys {
		if k.required && !seen[k.name] {
			return d.fail(n, "%s lacks the key %q", what, k.name)
		}
	}
	return nil
}

// resolve follows an alias to its anchor.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// name sets a source's name, which file names and reports can hold.
func (d *describer) name(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := d.text(to)(n); err != nil {
			return err
		}
		for _, r := range *to {
			if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789._-", r) {
				return d.fail(n, "a source's name has lower-case letters, digits, dots and dashes, not %q", r)
			}
		}
		return nil
	}
}

func (d *describer) text(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			return d.fail(n, "expected a text")
		}
		*to = n.Value
		return nil
	}
}

// texts sets a list of texts, or one text alone.
func (d *describer) texts(to *[]string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		*to = nil
		if n.Kind != yaml.SequenceNode {
			var one string
			err := d.text(&one)(n)
			*to = []string{one}
			return err
		}
		for _, item := range n.Content {
			var one string
			if err := d.text(&one)(resolve(item)); err != nil {
				return err
			}
			*to = append(*to, one)
		}
		return nil
	}
}

func (d *describer) flag(to *bool) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Tag != "!!bool" {
			return d.fail(n, "expected true or false")
		}
		*to = strings.EqualFold(n.Value, "true")
		return nil
	}
}

// word sets a value that is one of a list of words.
func word[T any](d *describer, to *T, what string, parse func(string) (T, bool), words []string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		v, known := parse(n.Value)
		if n.Kind != yaml.ScalarNode || !known {
			return d.fail(n, "unknown %s %q; there are %s", what, n.Value, strings.Join(words, ", "))
		}
		*to = v
		return nil
	}
}
