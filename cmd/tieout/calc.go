package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tieout/ingest"
	"tieout/report"
)

// calculation is one command of tieout calc: what it has to be told, and how it
// answers.
type calculation struct {
	use, short, long, example string
	params                    []param
	// answers computes the answer once all params are set. The arguments are those
	// behind the flags.
	answers func(in *inputs) (*report.Calculation, error)
	args    cobra.PositionalArgs
}

func calcCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "calc",
		Short: "Calculate: schedules, penalties, full cost, annuities, rates, dates",
		Long: "calc is the calculator by itself. What it has to know is given by flags, or under the\n" +
			"names of the flags in a terms file (YAML), or both; a flag outranks the file.\n" +
			"Amounts are exact decimals, and every answer says how it was read and rounded.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, of := range []func() calculation{
		scheduleCalculation, penaltyCalculation, fullCostCalculation, annuityCalculation, rateCalculation, dateCalculation, fitCalculation,
	} {
		cmd.AddCommand(of().command())
	}
	return cmd
}

// noArguments refuses what stands behind the flags.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if _, err := parseSwitch(args[0]); err == nil {
		return fmt.Errorf("%q belongs to no flag: a switch takes it with an equals sign, such as --on-loan=%s", args[0], args[0])
	}
	return fmt.Errorf("%q belongs to no flag; see tieout calc %s --help", args[0], cmd.Name())
}

// calcOptions are the flags that all calculations have.
type calcOptions struct {
	terms   string
	outputs []string
	format  string
}

func (c calculation) command() *cobra.Command {
	var o calcOptions
	cmd := &cobra.Command{
		Use: c.use, Short: c.short, Example: c.example, Args: c.args,
		Long: c.long + "\n\nExit codes: 0 done, also when the answer is that nothing fits; 2 wrong use, a value that makes\n" +
			"no sense or terms that make no loan; 3 a file could not be read.",
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd, args, &o) },
	}
	if c.args == nil {
		cmd.Args = noArguments
	}
	f := cmd.Flags()
	f.SortFlags = false
	for i := range c.params {
		f.Var(&c.params[i], c.params[i].name, c.params[i].usage)
		if c.params[i].isSwitch {
			f.Lookup(c.params[i].name).NoOptDefVal = "true"
		}
	}
	f.StringVarP(&o.terms, "terms", "t", "", "a YAML `file` with any of the above under the same names, without the dashes")
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "write the answer to this `file`; its ending tells the format: "+strings.Join(calcEndings(), ", ")+" (several)")
	f.StringVar(&o.format, "format", "text", "what to print: text, json or none")
	return cmd
}

func (c calculation) run(cmd *cobra.Command, args []string, o *calcOptions) error {
	if err := oneOf("--format", o.format, "text", "json", "none"); err != nil {
		return err
	}
	in := &inputs{command: cmd.Name(), params: c.params, args: args, read: map[string]string{}}
	answer, err := c.answer(in, o)
	var unread *unreadError
	if errors.As(err, &unread) {
		fmt.Fprintln(cmd.ErrOrStderr(), "tieout:", err)
		return exitError(exitUnread)
	}
	if err != nil {
		return err
	}
	for _, file := range o.outputs {
		write, err := calcFormatOf(file)
		if err != nil {
			return err
		}
		if err := writeCalculation(cmd.Context(), file, func(w io.Writer) error { return write(answer, w) }); err != nil {
			return err
		}
	}
	switch o.format {
	case "text":
		return answer.Text(cmd.OutOrStdout())
	case "json":
		return answer.JSON(cmd.OutOrStdout())
	}
	return nil
}

// answer reads what was given and calculates.
func (c calculation) answer(in *inputs, o *calcOptions) (*report.Calculation, error) {
	for i, file := range o.outputs {
		if _, err := calcFormatOf(file); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(o.outputs[:i], func(other string) bool { return sameFile(file, other) }) {
			return nil, fmt.Errorf("two answers would be written to %s", file)
		}
	}
	if o.terms != "" {
		if err := in.readTerms(o.terms); err != nil {
			return nil, err
		}
	}
	if err := in.set(); err != nil {
		return nil, err
	}
	answer, err := c.answers(in)
	if err != nil {
		return nil, err
	}
	for file := range in.read {
		if slices.ContainsFunc(o.outputs, func(output string) bool { return sameFile(file, output) }) {
			return nil, fmt.Errorf("the answer would be written over the input %s", file)
		}
	}
	answer.Program, answer.Version, answer.Given = "tieout", version, in.given()
	return answer, nil
}

// calcFormats are the answers that -o writes, by the ending of the file.
var calcFormats = []struct {
	ending string
	write  func(*report.Calculation, io.Writer) error
}{
	{".xlsx", (*report.Calculation).Workbook},
	{".json", (*report.Calculation).JSON},
	{".txt", (*report.Calculation).Text},
}

func calcEndings() []string {
	all := make([]string, len(calcFormats))
	for i, f := range calcFormats {
		all[i] = f.ending
	}
	return all
}

func calcFormatOf(file string) (func(*report.Calculation, io.Writer) error, error) {
	for _, f := range calcFormats {
		if strings.EqualFold(filepath.Ext(file), f.ending) {
			return f.write, nil
		}
	}
	return nil, fmt.Errorf("no answer has the ending of %q; there are %s", file, strings.Join(calcEndings(), ", "))
}

func writeCalculation(ctx context.Context, file string, write func(io.Writer) error) error {
	return writeWhole(ctx, file, "answer", write)
}

// unreadError is a file that could not be read, which has an exit code of its own.
type unreadError struct{ err error }

func (e *unreadError) Error() string { return e.err.Error() }
func (e *unreadError) Unwrap() error { return e.err }

// readFile reads a file that the user names.
func (in *inputs) readFile(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, &unreadError{fmt.Errorf("%s cannot be read: %w", file, err)}
	}
	in.read[file] = sha256Of(text)
	return text, nil
}

// isTable tells a table in CSV by its ending.
func isTable(file string) bool { return strings.EqualFold(filepath.Ext(file), ".csv") }

// readSettings reads a file of values: CSV by its ending, else YAML or JSON.
func (in *inputs) readSettings(file string) (ingest.Setting, error) {
	text, err := in.readFile(file)
	if err != nil {
		return ingest.Setting{}, err
	}
	read := ingest.Settings
	if isTable(file) {
		read = ingest.TableSettings
	}
	s, err := read(file, text)
	if err != nil {
		return s, &unreadError{err}
	}
	return s, nil
}
