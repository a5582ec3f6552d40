package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"tieout/reconcile"
)

// mergeOptions are the flags of tieout merge.
type mergeOptions struct {
	reportOptions
	lawOptions
}

func mergeCommand() *cobra.Command {
	var o mergeOptions
	cmd := &cobra.Command{
		Use:   "merge PART...",
		Short: "Make one report of the parts of a check",
		Long: "merge reads the results of all parts of a check and makes the reports that one check of everything would have\n" +
			"made. The rules are those of the check: give the same --source, --rules, --skip-rules and --join-file.\n\n" +
			"Exit codes: those of tieout check; 2 also for a part that is missing, there twice, cut or of another check.",
		Example: "  tieout merge part-1.tieout part-2.tieout -o report.xlsx",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
	}
	o.reportOptions.flags(cmd.Flags())
	o.lawOptions.flags(cmd.Flags())
	return cmd
}

func (o *mergeOptions) run(cmd *cobra.Command, files []string) error {
	if err := o.validate(files); err != nil {
		return err
	}
	known, joins, err := o.laws()
	if err != nil {
		return err
	}
	joints, err := joins.Compiled()
	if err != nil {
		return err
	}
	joined := slices.Clone(known)
	for _, j := range joints {
		joined = append(joined, j.Checker)
	}
	result, err := unlessEnded(cmd.Context(), func() (*reconcile.Result, error) {
		return mergeParts(cmd.Context(), files, known, joined)
	})
	if err != nil {
		return err
	}
	defer func() { _ = result.Close() }() // what is left of temporary files belongs to the system
	return o.report(cmd, result, nil)
}

// mergeParts reads all parts, and tells of all that cannot be read.
func mergeParts(ctx context.Context, files []string, ruleSets ...[]*reconcile.Checker) (*reconcile.Result, error) {
	var parts []*reconcile.Part
	var wrong error
	for _, file := range files {
		part, err := readPart(ctx, file, ruleSets...)
		if err != nil {
			wrong = errors.Join(wrong, fmt.Errorf("the part %s: %w", file, err))
			continue
		}
		defer func() { _ = part.Result.Close() }()
		parts = append(parts, part)
	}
	if wrong != nil {
		return nil, wrong
	}
	return reconcile.Merge(parts)
}

func readPart(ctx context.Context, file string, ruleSets ...[]*reconcile.Checker) (*reconcile.Part, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, errors.Unwrap(err) // its text names the file again
	}
	defer func() { _ = opened.Close() }()
	part, err := reconcile.ReadPart(&untilEnded{ctx: ctx, from: opened}, ruleSets...)
	if err != nil {
		return nil, err
	}
	if of := part.Result.Tool.Version; of != version {
		return nil, errors.Join(fmt.Errorf("it was written by version %s of tieout, and this is %s", of, version), part.Result.Close())
	}
	return part, nil
}

// untilEnded reads until its context ends.
type untilEnded struct {
	ctx  context.Context
	from io.Reader
}

func (r *untilEnded) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
