package properties

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/reconcile"
)

// ruleFixtures is a file of testdata/rules: documents that agree with each other
// and with themselves, and cases that change a few values of them.
type ruleFixtures struct {
	// Files by name; the names of an earlier snapshot begin with "previous/".
	Files map[string]json.RawMessage `json:"files"`
	// AsOf is the day that the files speak of, unless a case says otherwise, and
	// PreviousAsOf that of the earlier snapshot.
	AsOf         string `json:"as_of"`
	PreviousAsOf string `json:"previous_as_of"`
	// Impossible tells, by rule and kind of case, why there can be no such case.
	Impossible map[string]map[string]string `json:"impossible"`
	Cases      []ruleCase                   `json:"cases"`
}

// ruleCase is one case of one rule.
type ruleCase struct {
	Rule string `json:"rule"`
	// Case is a sentence that says what the case is.
	Case string `json:"case"`
	// Outcome that the rule has: holds, broken, not applicable or not evaluable.
	Outcome string `json:"outcome"`
	// Boundary is true for a case that would have another outcome with the
	// smallest change.
	Boundary bool `json:"boundary"`
	// Set and Remove change values of the files, by JSON pointer; where there are
	// several files, the pointer stands behind the file's name and #.
	Set    map[string]json.RawMessage `json:"set"`
	Remove []string                   `json:"remove"`
	AsOf   *string                    `json:"as_of"`
	Asked  map[string]string          `json:"asked"`
	// At is the pointer of the finding of a broken rule, and Expected what it says
	// should be there.
	At       string `json:"at"`
	Expected string `json:"expected"`
	// Severity of the finding, where it is not always the rule's.
	Severity string `json:"severity"`
}

// kindOfCase lists the kinds of cases that every rule has.
var kindsOfCases = []string{"holds", "broken", "boundary", "not applicable", "not evaluable"}

// fixtures reads all files of testdata/rules.
func fixtures(t testing.TB) map[string]*ruleFixtures {
	t.Helper()
	names, err := filepath.Glob("../testdata/rules/*.json")
	if err != nil || len(names) == 0 {
		t.Fatal("no fixtures", err)
	}
	all := map[string]*ruleFixtures{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		var f ruleFixtures
		if err := decoder.Decode(&f); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".json")] = &f
	}
	return all
}

func TestTheDocumentsOfTheFixturesAreClean(t *testing.T) {
	for name, f := range fixtures(t) {
		r := f.check(t, &ruleCase{})
		for _, finding := range r.Findings.All() {
			t.Errorf("%s: %s at %s: %s", name, finding.Rule.ID, finding.Place.Pointer, finding.Text)
		}
		for _, reject := range r.Rejects.All() {
			t.Errorf("%s: rejected: %s at %s", name, reject.Reason, reject.Place.Pointer)
		}
	}
}

func TestEveryRuleBehavesAsItsFixturesSay(t *testing.T) {
	for name, f := range fixtures(t) {
		for i := range f.Cases {
			c := &f.Cases[i]
			t.Run(name+"/"+c.Rule+"/"+c.Case, func(t *testing.T) {
				r := f.check(t, c)
				if got := outcomeOf(r, c.Rule); got != c.Outcome {
					t.Fatalf("%s: the outcome is %s, want %s\n%s", c.Rule, got, c.Outcome, said(r, c.Rule))
				}
				if c.Outcome == "broken" {
					c.finding(t, r)
				}
			})
		}
	}
}

func TestEveryRuleHasFixturesOfEveryKind(t *testing.T) {
	has := map[string]map[string]bool{}
	mark := func(rule, kind string) {
		if has[rule] == nil {
			has[rule] = map[string]bool{}
		}
		has[rule][kind] = true
	}
	for name, f := range fixtures(t) {
		for i, c := range f.Cases {
			mark(c.Rule, c.Outcome)
			if c.Boundary {
				mark(c.Rule, "boundary")
			}
			for _, other := range f.Cases[:i] {
				if other.Rule == c.Rule && other.Case == c.Case {
					t.Errorf("%s: two cases of %s are called %q", name, c.Rule, c.Case)
				}
			}
		}
		for rule, kinds := range f.Impossible {
			for kind, why := range kinds {
				if why == "" || has[rule][kind] {
					t.Errorf("%s: %s says that %s is impossible without a reason, or in spite of a case", name, rule, kind)
				}
				mark(rule, kind)
			}
		}
	}
	known := map[string]bool{}
	for _, rule := range everyRule(t) {
		known[rule.ID] = true
		for _, kind := range kindsOfCases {
			if !has[rule.ID][kind] {
				t.Errorf("%s has no case of the kind %q", rule.ID, kind)
			}
		}
	}
	for rule := range has {
		if !known[rule] {
			t.Errorf("there are fixtures of %s, which is no rule", rule)
		}
	}
}

// everyRule of the built-in sources, once.
func everyRule(t *testing.T) []*schema.Rule {
	t.Helper()
	h := builtIn(t)
	checkers := slices.Clone(h.checkers)
	for _, j := range h.joints {
		checkers = append(checkers, j.Checker)
	}
	var all []*schema.Rule
	seen := map[string]bool{}
	for _, c := range checkers {
		for _, rule := range c.Rules() {
			if !seen[rule.ID] {
				seen[rule.ID] = true
				all = append(all, rule)
			}
		}
	}
	return all
}

// check the files as a case changes them.
func (f *ruleFixtures) check(t *testing.T, c *ruleCase) *reconcile.Result {
	t.Helper()
	about := schema.Circumstances{Asked: c.Asked}
	asOf := f.AsOf
	if c.AsOf != nil {
		asOf = *c.AsOf
	}
	about.AsOf, _ = date.Parse(asOf)
	about.PreviousAsOf, _ = date.Parse(f.PreviousAsOf)
	names := make([]string, 0, len(f.Files))
	for name := range f.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	var inputs, previous []*schema.Input
	for _, name := range names {
		in := input(name, f.changed(t, c, name))
		if strings.HasPrefix(name, "previous/") {
			previous = append(previous, in)
		} else {
			inputs = append(inputs, in)
		}
	}
	return checkAbout(t, about, inputs, previous)
}

// changed is the text of a file with the changes of a case.
func (f *ruleFixtures) changed(t *testing.T, c *ruleCase, name string) string {
	t.Helper()
	var tree any
	decoder := json.NewDecoder(bytes.NewReader(f.Files[name]))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	ours := func(pointer string) (string, bool) {
		if len(f.Files) == 1 {
			return pointer, true
		}
		return strings.CutPrefix(pointer, name+"#")
	}
	for _, pointer := range c.Remove {
		if at, is := ours(pointer); is {
			tree = patched(t, tree, at, nil)
		}
	}
	pointers := make([]string, 0, len(c.Set))
	for pointer := range c.Set {
		pointers = append(pointers, pointer)
	}
	slices.Sort(pointers)
	for _, pointer := range pointers {
		if at, is := ours(pointer); is {
			tree = patched(t, tree, at, c.Set[pointer])
		}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(tree); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// patched is a tree with the value at a pointer set, or removed when value is
// nil. A pointer that ends in - appends to an array.
func patched(t *testing.T, tree any, pointer string, value json.RawMessage) any {
	t.Helper()
	if pointer == "" {
		return value
	}
	step, rest, _ := strings.Cut(pointer[1:], "/")
	if rest != "" || strings.Count(pointer, "/") > 1 {
		rest = "/" + rest
	}
	step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
	switch at := tree.(type) {
	case map[string]any:
		if rest == "" && value == nil {
			if _, is := at[step]; !is {
				t.Fatalf("nothing to remove at %s", step)
			}
			delete(at, step)
			return at
		}
		at[step] = patched(t, at[step], rest, value)
		return at
	case []any:
		if step == "-" {
			return append(at, value)
		}
		i, err := strconv.Atoi(step)
		if err != nil || i >= len(at) {
			t.Fatalf("no element %s in an array of %d", step, len(at))
		}
		if rest == "" && value == nil {
			return slices.Delete(at, i, i+1)
		}
		at[i] = patched(t, at[i], rest, value)
		return at
	}
	t.Fatalf("the pointer goes on at %s, where nothing is", step)
	return nil
}

// outcomeOf a rule: the worst of its checks.
func outcomeOf(r *reconcile.Result, rule string) string {
	var counts reconcile.Counts
	for _, c := range r.Rules {
		if c.Rule.ID == rule {
			for o, n := range c.Counts {
				counts[o] += n
			}
		}
	}
	for _, o := range []reconcile.Outcome{
		reconcile.Broken, reconcile.NotEvaluable, reconcile.WithinTolerance, reconcile.Holds, reconcile.NotApplicable,
	} {
		if counts[o] > 0 {
			return o.String()
		}
	}
	return "not checked"
}

// said is all that a result says about a rule.
func said(r *reconcile.Result, rule string) string {
	var b strings.Builder
	for _, f := range r.Findings.All() {
		fmt.Fprintf(&b, "  %s at %s: %s\n", f.Rule.ID, f.Place.Pointer, f.Text)
	}
	for _, m := range r.NotEvaluable.All() {
		if m.Rule.ID == rule {
			fmt.Fprintf(&b, "  not evaluable: %s (%s)\n", m.Reason, m.Pointer)
		}
	}
	for _, c := range r.Rules {
		if c.Rule.ID == rule {
			fmt.Fprintf(&b, "  %v %v\n", c.Counts, c.Reasons)
		}
	}
	for _, x := range r.Rejects.All() {
		fmt.Fprintf(&b, "  rejected: %s\n", x.Reason)
	}
	return b.String()
}

// finding demands that a broken rule is told where and as the case says.
func (c *ruleCase) finding(t *testing.T, r *reconcile.Result) {
	t.Helper()
	for i := range r.Findings.All() {
		f := listed(r.Findings.All())[i]
		if !tells(f, c.Rule) || c.At != "" && f.Place.Pointer != c.At {
			continue
		}
		if (c.Expected == "" || wants(f, c.Expected)) && (c.Severity == "" || f.Severity.String() == c.Severity) {
			return
		}
	}
	t.Errorf("no finding of %s at %q that expects %q\n%s", c.Rule, c.At, c.Expected, said(r, c.Rule))
}

// wants tells whether a finding expects a text, or an amount of that value.
func wants(f *reconcile.Finding, expected string) bool {
	if !f.HasFigures {
		return f.Wanted == expected
	}
	a, err := calc.ParseAmount(expected)
	return err == nil && a.Equal(f.Expected)
}

// tells tells whether a finding is about a broken rule.
func tells(f *reconcile.Finding, rule string) bool {
	return f.Rule.ID == rule ||
		slices.ContainsFunc(f.Evidence, func(e reconcile.Evidence) bool { return e.Rule.ID == rule }) ||
		slices.ContainsFunc(f.Grounds, func(g reconcile.Ground) bool { return g.Rule.ID == rule })
}
