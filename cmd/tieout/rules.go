package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/reconcile"
)

func sourceFlag(cmd *cobra.Command, to *[]string) {
	cmd.Flags().StringArrayVarP(to, "source", "s", nil, "only this source, built in or described in a .yaml file")
}

func rulesCommand() *cobra.Command {
	var sources []string
	cmd := &cobra.Command{
		Use: "rules", Short: "List the rules", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			known, err := catalogue.Checkers(sources)
			if err != nil {
				return err
			}
			return printed(cmd, func(out io.Writer) { listRules(out, known) })
		},
	}
	sourceFlag(cmd, &sources)
	return cmd
}

// printed writes what a command has to say at once, and tells when it could not.
func printed(cmd *cobra.Command, say func(io.Writer)) error {
	var text bytes.Buffer
	say(&text)
	_, err := cmd.OutOrStdout().Write(text.Bytes())
	return err
}

func listRules(out io.Writer, known []*reconcile.Checker) {
	for i, c := range known {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s: %s\n", c.Layout.Source.Name, c.Layout.Source.Title)
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		for _, r := range c.Rules() {
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", r.ID, severityWords(r), r.Basis, r.Title)
		}
		_ = w.Flush() // into memory
	}
	r := reconcile.RepairRule()
	fmt.Fprintf(out, "\nany source, with --repair:\n  %s  %s  %s  %s\n", r.ID, r.Severity, r.Basis, r.Title)
}

// severityWords is a rule's severity, and that of a surplus where it differs.
func severityWords(r *schema.Rule) string {
	if r.Surplus == 0 {
		return r.Severity.String()
	}
	return r.Severity.String() + ", too much: " + r.Surplus.String()
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
		fmt.Fprintf(w, "%s\t%s: %s\t%d rules\n", s.Name, s.Publisher, s.Title, len(c.Rules()))
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
	var sources []string
	cmd := &cobra.Command{
		Use: "explain RULE...", Short: "Explain a rule: its law, its source and why it must hold",
		Example: "  tieout explain AS-05", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			known, err := catalogue.Checkers(sources)
			if err != nil {
				return err
			}
			for i, id := range args {
				found := false
				err := printed(cmd, func(out io.Writer) {
					if i > 0 {
						fmt.Fprintln(out)
					}
					found = explain(out, known, strings.ToUpper(id)) || explain(out, known, id)
				})
				if err != nil || !found {
					return cmp.Or(err, fmt.Errorf("unknown rule %q; see tieout rules", id))
				}
			}
			return nil
		},
	}
	sourceFlag(cmd, &sources)
	return cmd
}

// explain prints a rule; it tells whether there is one of that id.
func explain(out io.Writer, known []*reconcile.Checker, id string) bool {
	for _, c := range known {
		for _, r := range c.Rules() {
			if r.ID == id {
				explainRule(out, c.Layout.Source.Name, r)
				explainFormula(out, c.Relations(id))
				if r.Why != "" {
					fmt.Fprintf(out, "\n%s\n", r.Why)
				}
				return true
			}
		}
	}
	if r := reconcile.RepairRule(); r.ID == id {
		explainRule(out, "any", r)
		fmt.Fprintf(out, "\n%s\n", r.Why)
		return true
	}
	return false
}

func explainRule(out io.Writer, source string, r *schema.Rule) {
	fmt.Fprintf(out, "%s: %s\n\n", r.ID, r.Title)
	fmt.Fprintf(out, "  source     %s\n", source)
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
	if r.Formula != "" {
		fmt.Fprintf(out, "  tolerance  %s\n  formula    %s\n", toleranceWords(r.Tolerance), r.Formula)
	}
	for _, c := range r.Clauses {
		fmt.Fprintf(out, "  %-9s  %s\n", c.Severity, c.Formula)
	}
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

func toleranceWords(t schema.Tolerance) string {
	switch {
	case t.IsZero():
		return "none: the figures agree exactly"
	case t.Figure.Sign() == 0:
		return t.Relation.String() + " in each relation"
	}
	return t.Relation.String() + " in each relation and " + t.Figure.String() + " for each figure in it"
}
