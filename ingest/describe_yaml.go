package ingest

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"tieout/calc"
)

// describer walks the tree of a description.
type describer struct {
	file   string
	text   []byte
	starts []int // where lines begin; made at first use
	// described counts the fields, and depth those inside each other.
	described, depth int
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
		name, value := resolve(n.Content[i]), resolve(n.Content[i+1])
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value })
		if at < 0 {
			names := make([]string, len(keys))
			for i, k := range keys {
				names[i] = k.name
			}
			return d.fail(n.Content[i], "%s has no key %q; there are %s", what, name.Value, strings.Join(names, ", "))
		}
		if seen[name.Value] {
			return d.fail(n.Content[i], "the key %q stands twice", name.Value)
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

// name sets the name of a source or join, which file names and reports can hold.
func (d *describer) name(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := d.filled(to)(n); err != nil {
			return err
		}
		for _, r := range *to {
			if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789._-", r) {
				return d.fail(n, "a name has lower-case letters, digits, dots and dashes, not %q", r)
			}
		}
		return nil
	}
}

// country sets the code of a country.
func (d *describer) country(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := d.word(to)(n); err != nil {
			return err
		}
		if len(*to) != 2 || strings.Trim(*to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return d.fail(n, "a country is a code of two capitals, such as RU, not %q", *to)
		}
		return nil
	}
}

// weight sets how much a figure is trusted.
func (d *describer) weight(to *int) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		w, err := strconv.Atoi(n.Value)
		if n.Tag != "!!int" || err != nil || w < 1 || w > maxWeight {
			return d.fail(n, "a weight is a whole number from 1 to %d, not %q", maxWeight, n.Value)
		}
		*to = w
		return nil
	}
}

// decimals sets how many decimals amounts may have.
func (d *describer) decimals(to **int32) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		most, err := strconv.ParseInt(n.Value, 10, 32)
		if n.Tag != "!!int" || err != nil || most < 0 || most > calc.MaxAmountDigits {
			return d.fail(n, "decimals are a whole number from 0 to %d, not %q", calc.MaxAmountDigits, n.Value)
		}
		*to = new(int32(most))
		return nil
	}
}

// maxWeight is the largest weight of a figure.
const maxWeight = 1000

// word sets a text; the line feed that ends a block of text is not part of it.
func (d *describer) word(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			return d.fail(n, "expected a text")
		}
		*to = strings.TrimRight(n.Value, "\n")
		return nil
	}
}

// filled sets a text that is not empty.
func (d *describer) filled(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := d.word(to)(n); err != nil {
			return err
		}
		if strings.TrimSpace(*to) == "" {
			return d.fail(n, "expected a text that is not empty")
		}
		return nil
	}
}

// path sets a dotted path; the empty one is the document itself.
func (d *describer) path(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := d.word(to)(n); err != nil {
			return err
		}
		if *to != "" && slices.Contains(strings.Split(*to, "."), "") {
			return d.fail(n, "the path %q has a step without a name", *to)
		}
		return nil
	}
}

func (d *describer) paths(to *[]string) func(*yaml.Node) error { return d.list(to, d.path) }
func (d *describer) texts(to *[]string) func(*yaml.Node) error { return d.list(to, d.word) }

// list sets a list of texts, or one text alone.
func (d *describer) list(to *[]string, set func(*string) func(*yaml.Node) error) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		*to = nil
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		for _, item := range items {
			var one string
			if err := set(&one)(resolve(item)); err != nil {
				return err
			}
			*to = append(*to, one)
		}
		if len(*to) == 0 {
			return d.fail(n, "the list is empty")
		}
		return nil
	}
}

func (d *describer) flag(to *bool) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		is, err := strconv.ParseBool(strings.ToLower(n.Value))
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" || err != nil {
			return d.fail(n, "expected true or false")
		}
		*to = is
		return nil
	}
}

// choice sets a value that is one of a list of words.
func choice[T any](d *describer, to *T, what string, parse func(string) (T, bool), words []string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		v, known := parse(n.Value)
		if n.Kind != yaml.ScalarNode || !known {
			return d.fail(n, "unknown %s %q; there are %s", what, n.Value, strings.Join(words, ", "))
		}
		*to = v
		return nil
	}
}
