package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/reconcile"
)

func sourceFlags(cmd *cobra.Command, sources, joinFiles *[]string) {
	cmd.Flags().StringArrayVarP(sources, "source", "s", nil, "only this source, built in or described in a .yaml file")
	cmd.Flags().StringArrayVar(joinFiles, "join-file", nil, "also the joins that this .yaml file describes")
}

func rulesCommand() *cobra.Command {
	var sources, joinFiles []string
	var format string
	cmd := &cobra.Command{
		Use: "rules", Short: "List the rules", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "text", "markdown"); err != nil {
				return err
			}
			books, err := ruleBooks(sources, joinFiles)
			if err != nil {
				return err
			}
			list := listRules
			if format == "markdown" {
				list = markRules
			}
			return printed(cmd, func(out io.Writer) { list(out, books) })
		},
	}
	sourceFlags(cmd, &sources, &joinFiles)
	cmd.Flags().StringVar(&format, "format", "text", "how to list them: text, or markdown with the laws and the reasons")
	return cmd
}

// ruleBook is the rules of a source, of a join of several, or of neither.
type ruleBook struct {
	name, title string
	rules       []*schema.Rule
	// parts of a join.
	parts []schema.Part
	// relations of a rule's formulas, compiled; nil when the rules have none.
	relations func(id string) []formula.Relation
}

// ruleBooks are those of the sources named by the user, of the joins between them,
// and of what every document obeys.
func ruleBooks(sources, joinFiles []string) ([]ruleBook, error) {
	known, err := catalogue.Checkers(sources)
	if err != nil {
		return nil, err
	}
	joints, err := catalogue.Joints(known, joinFiles...)
	if err != nil {
		return nil, err
	}
	shared := []*schema.Rule{reconcile.RepairRule()}
	for _, r := range reconcile.CommonRules() {
		shared = append(shared, &r)
	}
	var books []ruleBook
	add := func(c *reconcile.Checker, parts []schema.Part) {
		s := c.Layout.Source
		books = append(books, ruleBook{name: s.Name, title: s.Title, rules: ownRules(c), parts: parts, relations: c.Relations})
	}
	for _, c := range known {
		add(c, nil)
	}
	for _, j := range joints {
		add(j.Checker, j.Parts)
	}
	return append(books, ruleBook{
		name: "any source", title: "the document as JSON, its texts, dates and names, and the keys of joined documents",
		rules: append(shared, reconcile.JoinKeyRule()),
	}), nil
}

// ownRules are the rules of a source that not every source has.
func ownRules(c *reconcile.Checker) []*schema.Rule {
	shared := reconcile.CommonRules()
	return slices.DeleteFunc(slices.Clone(c.Rules()), func(r *schema.Rule) bool {
		return slices.ContainsFunc(shared, func(s schema.Rule) bool { return s.ID == r.ID })
	})
}

// partWords says what the name of a part stands for.
func partWords(p *schema.Part) string {
	words := p.Name + ": " + p.Source
	if p.Before {
		words += " of the earlier snapshot"
	}
	return words
}

// printed writes what a command has to say at once, and tells when it could not.
func printed(cmd *cobra.Command, say func(io.Writer)) error {
	var text bytes.Buffer
	say(&text)
	_, err := cmd.OutOrStdout().Write(text.Bytes())
	return err
}

func listRules(out io.Writer, books []ruleBook) {
	for i := range books {
		b := &books[i]
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s: %s\n", b.name, b.title)
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		for _, r := range b.rules {
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", r.ID, severityWords(r), r.Basis, r.Title)
		}
		_ = w.Flush() // into memory
	}
}

// severityWords is a rule's severity, and those of a surplus and of single clauses
// where they differ.
func severityWords(r *schema.Rule) string {
	words := r.Severity.String()
	if r.Surplus != 0 && r.Surplus != r.Severity {
		words += ", " + r.Surplus.String() + " when too high"
	}
	for s := schema.Error; s >= schema.Info; s-- {
		has := slices.ContainsFunc(r.Clauses, func(c schema.Clause) bool { return c.Severity == s })
		if has && s != r.Severity {
			words += ", " + s.String() + " in part"
		}
	}
	return words
}

func sourcesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "sources [SOURCE]...", Short: "List the sources, or the fields of one",
		Example: "  tieout sources\n  tieout sources vakifbank.limit\n  tieout sources my-api.yaml",
		RunE: func(cmd *cobra.Command, args []string) error {
			known, err := catalogue.Checkers(args)
			if err != nil {
				return err
			}
			return printed(cmd, func(out io.Writer) {
				if len(args) == 0 {
					listSources(out, known)
					return
				}
				for _, c := range known {
					describeSource(out, c.Layout.Source)
				}
			})
		},
	}
}

func listSources(out io.Writer, known []*reconcile.Checker) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range known {
		s := c.Layout.Source
		own := len(ownRules(c))
		fmt.Fprintf(w, "%s\t%s: %s\t%d rules and %d of any source\n", s.Name, s.Publisher, s.Title, own, len(c.Rules())-own)
	}
	_ = w.Flush() // into memory
}

func describeSource(out io.Writer, s *schema.Source) {
	fmt.Fprintf(out, "%s: %s\n", s.Name, s.Title)
	if s.Publisher+s.Document != "" {
		fmt.Fprintf(out, "  document  %s, %s\n", s.Publisher, s.Document)
	}
	places := make([]string, len(s.Records))
	for i, p := range s.Records {
		if places[i] = p; p == "" {
			places[i] = "the document itself"
		}
	}
	fmt.Fprintf(out, "  records   at %s; one object or an array\n", strings.Join(places, " or "))
	var keys []string
	for _, k := range s.Keys {
		keys = append(keys, strings.Join(k, "/"))
	}
	if len(keys) > 0 {
		fmt.Fprintf(out, "  key       %s\n", strings.Join(keys, " or "))
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	describeFields(w, s.Fields, "  ")
	_ = w.Flush() // into memory
}

func describeFields(w io.Writer, fields []schema.Field, indent string) {
	for _, f := range fields {
		kind := strings.TrimSpace(f.Kind.String() + " " + f.Unit)
		fmt.Fprintf(w, "%s%s\t%s\t%s\t%s\n", indent, f.Name, kind, f.Presence, f.Meaning)
		describeFields(w, f.Fields, indent+"  ")
	}
}

func explainCommand() *cobra.Command {
	var sources, joinFiles []string
	cmd := &cobra.Command{
		Use: "explain RULE...", Short: "Explain a rule: its law, its source and why it must hold",
		Example: "  tieout explain AS-05", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			books, err := ruleBooks(sources, joinFiles)
			if err != nil {
				return err
			}
			for i, id := range args {
				found := false
				err := printed(cmd, func(out io.Writer) {
					if i > 0 {
						fmt.Fprintln(out)
					}
					found = explain(out, books, strings.ToUpper(id)) || explain(out, books, id)
				})
				if err != nil || !found {
					return cmp.Or(err, fmt.Errorf("unknown rule %q; see tieout rules", id))
				}
			}
			return nil
		},
	}
	sourceFlags(cmd, &sources, &joinFiles)
	return cmd
}

// explain prints a rule; it tells whether there is one of that id.
func explain(out io.Writer, books []ruleBook, id string) bool {
	for i := range books {
		b := &books[i]
		for _, r := range b.rules {
			if r.ID != id {
				continue
			}
			explainRule(out, b, r)
			if b.relations != nil {
				explainFormula(out, b.relations(id))
			}
			if r.Why != "" {
				fmt.Fprintf(out, "\n%s\n", r.Why)
			}
			return true
		}
	}
	return false
}

func explainRule(out io.Writer, b *ruleBook, r *schema.Rule) {
	fmt.Fprintf(out, "%s: %s\n\n", r.ID, r.Title)
	fmt.Fprintf(out, "  source     %s\n", b.name)
	for _, p := range b.parts {
		fmt.Fprintf(out, "  with       %s\n", partWords(&p))
	}
	fmt.Fprintf(out, "  severity   %s", r.Severity)
	if r.Surplus != 0 {
		fmt.Fprintf(out, " (%s when the figure is larger than the law has it)", r.Surplus)
	}
	fmt.Fprintf(out, "\n  basis      %s", r.Basis)
	if r.Cites != "" {
		fmt.Fprintf(out, ": %s", r.Cites)
	}
	fmt.Fprintln(out)
	if r.Law != "" {
		fmt.Fprintf(out, "  law        %s\n", r.Law)
	}
	if comparesFigures(r) {
		fmt.Fprintf(out, "  tolerance  %s\n", toleranceWords(r.Tolerance))
	}
	if r.Formula != "" {
		fmt.Fprintf(out, "  formula    %s\n", r.Formula)
	}
	for _, c := range r.Clauses {
		fmt.Fprintf(out, "  %-9s  %s\n", c.Severity, c.Formula)
	}
	if len(r.Adjustments) > 0 {
		fmt.Fprintln(out, "\nEvents that may explain a difference (left side less right side):")
	}
	for i := range r.Adjustments {
		fmt.Fprintf(out, "  %s\n", eventWords(&r.Adjustments[i]))
	}
}

// eventWords is an event with what it means, or the sum that a document states of it.
func eventWords(a *schema.Adjustment) string {
	words := []string{a.Event, a.Meaning, a.Formula}
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), ": ")
}

// explainFormula lists the relations that a formula stands for.
func explainFormula(out io.Writer, relations []formula.Relation) {
	if len(relations) == 0 {
		return
	}
	fmt.Fprintln(out, "\nIt is checked as:")
	for _, rel := range relations {
		for i := range rel.Readings {
			prefix := "  "
			if i > 0 {
				prefix = "  or "
			}
			fmt.Fprintf(out, "%s%s\n", prefix, rel.Readings[i].String())
		}
		if condition := rel.Condition(); condition != "" {
			fmt.Fprintf(out, "    when %s\n", condition)
		}
	}
}

// comparesFigures tells whether a tolerance means something for a rule.
func comparesFigures(r *schema.Rule) bool {
	return r.Formula != "" || len(r.Clauses) > 0 || !r.Tolerance.IsZero()
}

func toleranceWords(t schema.Tolerance) string {
	switch {
	case t.IsZero():
		return "none: the figures agree exactly"
	case t.Figure.Sign() == 0:
		return t.Relation.String() + " in each relation"
	}
	return t.Relation.String() + " in each relation and " + t.Figure.String() + " for each figure in it"
}
