package fetch

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"tieout/ingest"
)

// ReadRecipe reads the key "fetch" of a description. It errs when there is none, and
// with the line and column of what is wrong.
func ReadRecipe(file string, text []byte) (*Recipe, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("%s: %s", file, strings.TrimPrefix(strings.Join(strings.Fields(err.Error()), " "), "yaml: "))
	}
	r := &recipeReader{file: file, recipe: &Recipe{places: map[string]*yaml.Node{}}}
	if len(root.Content) == 1 {
		for i, n := 0, aimed(root.Content[0]).Content; i+1 < len(n); i += 2 {
			if n[i].Value == "fetch" {
				return r.recipe, r.whole(aimed(n[i+1]))
			}
		}
	}
	return nil, fmt.Errorf("%s: the description does not say how to fetch (the key fetch)", file)
}

// Placed is an error of NewGeneric about the recipe, with the line and column of the
// key that it begins with.
func (r *Recipe) Placed(err error) error {
	if err == nil {
		return nil
	}
	reason := err.Error()
	for at := strings.TrimRight(strings.Fields(reason + " .")[0], ":"); at != ""; at = at[:max(strings.LastIndexByte(at, '.'), 0)] {
		if n := r.places[at]; n != nil {
			return &ingest.DescriptionError{File: r.file, Line: n.Line, Column: n.Column, Reason: reason}
		}
	}
	return err
}

// recipeReader reads a recipe from the tree of a description.
type recipeReader struct {
	file   string
	recipe *Recipe
}

// recipeKey handles the value of one key of a mapping.
type recipeKey struct {
	name string
	set  func(*yaml.Node) error
}

func (r *recipeReader) whole(n *yaml.Node) error {
	to := r.recipe
	to.file = r.file
	return r.mapping(n, "fetch", append(
		r.call(&to.RecipeCall),
		recipeKey{"not_found", r.statuses(&to.NotFound)},
		recipeKey{"echo", func(n *yaml.Node) error {
			return r.mapping(n, "fetch.echo", []recipeKey{{"path", r.text(&to.Echo.Path)}, {"of", r.text(&to.Echo.Of)}})
		}},
		recipeKey{"login", func(n *yaml.Node) error {
			to.Login = &RecipeLogin{}
			return r.mapping(n, "fetch.login", append(r.call(&to.Login.RecipeCall),
				recipeKey{"value", r.text(&to.Login.Value)}, recipeKey{"seconds", r.text(&to.Login.Seconds)}))
		}},
		recipeKey{"pages", func(n *yaml.Node) error {
			to.Pages = &RecipePages{}
			return r.mapping(n, "fetch.pages", []recipeKey{
				{"next", r.text(&to.Pages.Next)}, {"url", r.holdsNone(r.text(&to.Pages.URL), &to.Pages.URL, literalQuery)},
			})
		}},
		recipeKey{"poll", func(n *yaml.Node) error {
			to.Poll = &RecipePoll{}
			return r.mapping(n, "fetch.poll", append(r.call(&to.Poll.RecipeCall),
				recipeKey{"job", r.text(&to.Poll.Job)}, recipeKey{"done", r.text(&to.Poll.Done)},
				recipeKey{"is", r.texts(&to.Poll.Is)}, recipeKey{"failed", r.texts(&to.Poll.Failed)}))
		}},
	))
}

// call are the keys of a request.
func (r *recipeReader) call(to *RecipeCall) []recipeKey {
	return []recipeKey{
		{"url", r.holdsNone(r.text(&to.URL), &to.URL, literalQuery)},
		{"method", r.text(&to.Method)},
		{"headers", r.headers(&to.Header)},
		{"body", r.holdsNone(r.text(&to.Body), &to.Body, literalBody)},
		{"repeat", r.flag(&to.Repeat)},
	}
}

func (r *recipeReader) fail(n *yaml.Node, format string, values ...any) error {
	return &ingest.DescriptionError{File: r.file, Line: n.Line, Column: n.Column, Reason: fmt.Sprintf(format, values...)}
}

// mapping hands the values of a mapping to the keys that it may have.
func (r *recipeReader) mapping(n *yaml.Node, at string, keys []recipeKey) error {
	if n.Kind != yaml.MappingNode {
		return r.fail(n, "%s is expected to be a mapping of keys to values", at)
	}
	r.recipe.places[at] = n
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], aimed(n.Content[i+1])
		k := slices.IndexFunc(keys, func(k recipeKey) bool { return k.name == name.Value })
		if k < 0 {
			names := make([]string, len(keys))
			for i, k := range keys {
				names[i] = k.name
			}
			return r.fail(name, "%s has no key %q; there are %s", at, name.Value, strings.Join(names, ", "))
		}
		if seen[name.Value] {
			return r.fail(name, "the key %q stands twice", name.Value)
		}
		seen[name.Value] = true
		r.recipe.places[at+"."+name.Value] = value
		if err := keys[k].set(value); err != nil {
			return err
		}
	}
	return nil
}

// aimed follows an alias to its anchor.
func aimed(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func (r *recipeReader) text(to *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			return r.fail(n, "expected a text")
		}
		*to = n.Value
		return nil
	}
}

// holdsNone refuses a text, once it is set, that spells out a credential.
func (r *recipeReader) holdsNone(set func(*yaml.Node) error, to *string, literal func(string) error) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := set(n); err != nil {
			return err
		}
		if err := literal(*to); err != nil {
			return r.fail(n, "%v", err)
		}
		return nil
	}
}

// texts are a list of texts, or one alone.
func (r *recipeReader) texts(to *[]string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		*to = nil
		for _, item := range items(n) {
			var one string
			if err := r.text(&one)(item); err != nil {
				return err
			}
			*to = append(*to, one)
		}
		return nil
	}
}

// items of a list, or a value alone.
func items(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return []*yaml.Node{n}
	}
	all := make([]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		all[i] = aimed(item)
	}
	return all
}

// statuses are a list of them, or one alone; an empty list is none.
func (r *recipeReader) statuses(to *[]int) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		*to = []int{}
		for _, item := range items(n) {
			status, err := strconv.Atoi(item.Value)
			if item.Kind != yaml.ScalarNode || err != nil || status < 100 || status > 599 {
				return r.fail(item, "expected an HTTP status such as 404")
			}
			*to = append(*to, status)
		}
		return nil
	}
}

func (r *recipeReader) flag(to *bool) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
			return r.fail(n, "expected true or false")
		}
		*to = strings.EqualFold(n.Value, "true")
		return nil
	}
}

// headers are texts by name.
func (r *recipeReader) headers(to *map[string]string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.MappingNode {
			return r.fail(n, "headers are expected to be a mapping of names to texts")
		}
		*to = map[string]string{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, value := n.Content[i].Value, aimed(n.Content[i+1])
			var text string
			if err := r.text(&text)(value); err != nil {
				return err
			}
			if err := literalHeader(name, text); err != nil {
				return r.fail(value, "%v", err)
			}
			(*to)[name] = text
		}
		return nil
	}
}
