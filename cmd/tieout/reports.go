package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/reconcile"
	"tieout/report"
)

// reportOptions are the flags about the reports of a result and the exit code.
type reportOptions struct {
	outputs []string
	format  string
	color   string
	failOn  string
	most    int
	missing bool
	shard   reconcile.Shard // that the result is of; zero for the whole
}

func (o *reportOptions) flags(f *pflag.FlagSet) {
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "write a report to this file; its ending tells the format: "+strings.Join(endings(), ", ")+" (may be given several times)")
	f.StringVar(&o.format, "format", "text", "what to print: text, json, ndjson or none")
	f.IntVar(&o.most, "max-findings", 0, "write out no more findings than this in each report; all are counted (0: no bound)")
	f.StringVar(&o.failOn, "fail-on", "error", "exit with 1 when a finding is at least this bad: error, warning, info or none")
	f.BoolVar(&o.missing, "fail-on-missing", false, "exit with 1 also when a check could not be made because a figure is missing")
	f.StringVar(&o.color, "color", "auto", "color the text: auto, always or never")
}

// validate refuses options before anything is read; args are the inputs.
func (o *reportOptions) validate(args []string) error {
	if err := oneOf("--format", o.format, "text", "json", "ndjson", "none"); err != nil {
		return err
	}
	if err := oneOf("--color", o.color, "auto", "always", "never"); err != nil {
		return err
	}
	if err := oneOf("--fail-on", o.failOn, "error", "warning", "info", "none"); err != nil {
		return err
	}
	if o.most < 0 {
		return fmt.Errorf("--max-findings is a number of findings, not %d", o.most)
	}
	for i, file := range o.outputs {
		if _, err := formatOf(file); err != nil && (o.shard.Of == 0 || !isPart(file)) {
			return err
		}
		for _, other := range o.outputs[:i] {
			if sameFile(file, other) {
				return fmt.Errorf("two reports would be written to %s", file)
			}
		}
		for _, arg := range args {
			if sameFile(file, arg) {
				return fmt.Errorf("the report would be written over the input %s", arg)
			}
		}
	}
	return nil
}

// report writes the reports of a result, of which some may have been begun, and gives its
// exit code as an error.
func (o *reportOptions) report(cmd *cobra.Command, result *reconcile.Result, begun *early) (err error) {
	ctx := cmd.Context()
	if result.Incomplete {
		fmt.Fprintln(cmd.ErrOrStderr(), "tieout: interrupted; the report tells what was checked until then")
		ctx = context.WithoutCancel(ctx) // which has ended already
	}
	result.MaxFindings = o.most
	for _, file := range o.outputs {
		if one := begun.of(file); one != nil {
			err = one.end(ctx, result)
		} else {
			err = writeReport(ctx, file, result, o.shard)
		}
		if err != nil {
			return err
		}
	}
	out := &ending{ctx: ctx, to: cmd.OutOrStdout()}
	switch o.format {
	case "text":
		err = report.Screen(out, result, wantsColor(o.color, cmd.OutOrStdout()))
	case "json":
		err = report.JSON(out, result)
	case "ndjson":
		if one := begun.of(""); one != nil {
			err = one.end(ctx, result)
		} else {
			err = report.NDJSON(out, result)
		}
	}
	if err != nil {
		return err
	}
	return o.exit(result)
}

// exit is the exit code of a result, nil when it is clean.
func (o *reportOptions) exit(r *reconcile.Result) error {
	if r.Incomplete {
		return exitError(exitInterrupted)
	}
	if r.Rejects.Len() > 0 {
		return exitError(exitUnread)
	}
	threshold, counts := schema.ParseSeverity(o.failOn)
	for severity := range r.Severities() {
		if counts && severity >= threshold {
			return exitError(exitFindings)
		}
	}
	if o.missing && r.Checks[reconcile.NotEvaluable] > 0 {
		return exitError(exitFindings)
	}
	return nil
}

// lawOptions are the flags that say by which rules is checked.
type lawOptions struct {
	sources   []string
	joinFiles []string
	choice    catalogue.Choice
}

func (o *lawOptions) flags(f *pflag.FlagSet) {
	f.StringArrayVarP(&o.sources, "source", "s", nil, "read the documents as this source, built in or described in a .yaml file (several: their shapes decide)")
	f.StringSliceVar(&o.choice.Only, "rules", nil, "check only these rules, by id or by the beginning of ids: AS-05,AS-06 or AC-*")
	f.StringSliceVar(&o.choice.Skip, "skip-rules", nil, "do not check these rules, by id or by the beginning of ids")
	f.StringArrayVar(&o.joinFiles, "join-file", nil, "a .yaml file that says which documents belong together, and the laws between them (several)")
}

// laws are the rules that take part: those of the sources, and of the joins between
// them.
func (o *lawOptions) laws() (known []*reconcile.Checker, joins *catalogue.Joins, err error) {
	if known, err = o.choice.Checkers(o.sources); err != nil {
		return nil, nil, err
	}
	joins, err = o.choice.Joins(known, o.joinFiles...)
	return known, joins, err
}
