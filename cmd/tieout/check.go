package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"tieout/calc/date"
	"tieout/calc/schema"
	"tieout/cmd/catalogue"
	"tieout/ingest"
	"tieout/reconcile"
	"tieout/report"
)

// checkOptions are the flags of tieout check.
type checkOptions struct {
	sources   []string
	outputs   []string
	format    string
	color     string
	failOn    string
	most      int
	key       string
	asOf      string
	asked     []string
	join      string
	before    []string
	dayBefore string
	joinFiles []string
	events    []string
	calendars []string
	choice    catalogue.Choice
	repair    bool
	missing   bool
	quiet     bool
	jobs      int

	from    string // the source that is fetched first; empty for none
	capture string // where its answers go
	asking  fetchOptions
}

func checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [FILE|DIR|-]...",
		Short: "Check documents and report the figures that do not agree",
		Long: "check reads JSON documents and captured answers from files, from folders (.json, .ndjson and\n" +
			".jsonl below them) or from the standard input (-), tells their sources by their shapes, and checks every figure\n" +
			"that they state more than once.\n\n" +
			"Exit codes: 0 clean; 1 findings at or above --fail-on; 2 wrong use; 3 something could not be read;\n130 interrupted.",
		Example: "  tieout check answers/ -o report.xlsx\n" +
			"  tieout check --source my-api.yaml data.json\n" +
			"  tieout check --rules AS-05,AS-06 answers/\n" +
			"  curl … | tieout check --source arifmetika.schedule --key З20НвАР007200054 --format json -",
		RunE: func(cmd *cobra.Command, args []string) error { return o.start(cmd, args) },
	}
	f := cmd.Flags()
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "write a report to this file; its ending tells the format: "+strings.Join(endings(), ", ")+" (may be given several times)")
	f.StringVar(&o.format, "format", "text", "what to print: text, json, ndjson or none")
	f.StringArrayVarP(&o.sources, "source", "s", nil, "read the documents as this source, built in or described in a .yaml file (several: their shapes decide)")
	f.StringSliceVar(&o.choice.Only, "rules", nil, "check only these rules, by id or by the beginning of ids: AS-05,AS-06 or AC-*")
	f.StringSliceVar(&o.choice.Skip, "skip-rules", nil, "do not check these rules, by id or by the beginning of ids")
	f.IntVar(&o.most, "max-findings", 0, "write out no more findings than this in each report; all are counted (0: no bound)")
	f.StringVar(&o.failOn, "fail-on", "error", "exit with 1 when a finding is at least this bad: error, warning, info or none")
	f.BoolVar(&o.missing, "fail-on-missing", false, "exit with 1 also when a check could not be made because a figure is missing")
	f.StringVar(&o.key, "key", "", "name of the records that do not name themselves (else what was asked for, or the file's name)")
	f.StringVar(&o.asOf, "as-of", "", "the day the figures speak of, yyyy-MM-dd (else the day a captured answer came); the reports state it")
	f.StringVar(&o.join, "join", "auto", "check documents of one contract against each other: auto (when there are several files, or a capture), always or never")
	f.StringArrayVar(&o.before, "previous", nil, "a file or folder of an earlier snapshot: what changed since must follow from what happened (several)")
	f.StringArrayVar(&o.joinFiles, "join-file", nil, "a .yaml file that says which documents belong together, and the laws between them (several)")
	f.StringArrayVar(&o.events, "adjustments", nil, "a .yaml file of events, such as charge-backs, that explain broken relations (several)")
	f.StringArrayVar(&o.calendars, "calendar", nil, "a file with the working days of a country, instead of the built-in ones (several)")
	f.StringVar(&o.dayBefore, "previous-as-of", "", "the day that the earlier snapshot speaks of, yyyy-MM-dd")
	f.StringArrayVar(&o.asked, "asked", nil, "what the documents answer, parameter=value as in the request: the answer should be about it (several)")
	f.BoolVar(&o.repair, "repair", false, "read documents that are not JSON from a copy with missing commas and the like mended; every edit is reported")
	f.StringVar(&o.color, "color", "auto", "color the text: auto, always or never")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress on the standard error")
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "how many parts of a file are checked at the same time")
	o.fetchFlags(f)
	return cmd
}

// validate refuses options before anything is read.
func (o *checkOptions) validate(args []string) error {
	if _, err := date.Parse(o.asOf); o.asOf != "" && err != nil {
		return fmt.Errorf("--as-of is a date such as 2020-04-23, not %q", o.asOf)
	}
	if _, err := date.Parse(o.dayBefore); o.dayBefore != "" && err != nil {
		return fmt.Errorf("--previous-as-of is a date such as 2020-04-23, not %q", o.dayBefore)
	}
	if asOf, before := o.days(); !asOf.IsZero() && asOf.Before(before) {
		return fmt.Errorf("--previous-as-of %s is after --as-of %s: the earlier snapshot comes first", before, asOf)
	}
	if err := oneOf("--join", o.join, "auto", "always", "never"); err != nil {
		return err
	}
	if o.join == "never" && len(o.joinFiles) > 0 {
		return errors.New("--join-file joins documents; it does not go with --join never")
	}
	if o.join == "never" && len(o.before) > 0 {
		return errors.New("--previous compares two snapshots by joining them; it does not go with --join never")
	}
	for _, asked := range o.asked {
		if name, _, has := strings.Cut(asked, "="); !has || name == "" {
			return fmt.Errorf("--asked is a parameter of the request and its value, such as client.id=101321493, not %q", asked)
		}
	}
	if err := oneOf("--format", o.format, "text", "json", "ndjson", "none"); err != nil {
		return err
	}
	if err := oneOf("--color", o.color, "auto", "always", "never"); err != nil {
		return err
	}
	if err := oneOf("--fail-on", o.failOn, "error", "warning", "info", "none"); err != nil {
		return err
	}
	if o.jobs < 1 {
		return fmt.Errorf("--jobs is at least 1, not %d", o.jobs)
	}
	if o.most < 0 {
		return fmt.Errorf("--max-findings is a number of findings, not %d", o.most)
	}
	for i, file := range o.outputs {
		if _, err := formatOf(file); err != nil {
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

// days are those of the snapshots, validated; zero when not given.
func (o *checkOptions) days() (asOf, before date.Date) {
	asOf, _ = date.Parse(o.asOf)
	before, _ = date.Parse(o.dayBefore)
	return asOf, before
}

// knows refuses what was asked for when no rule compares it with an answer.
func (o *checkOptions) knows(known []*reconcile.Checker) error {
	var parameters []string
	for _, c := range known {
		parameters = append(parameters, c.Asks()...)
	}
	slices.Sort(parameters)
	parameters = slices.Compact(parameters)
	for _, asked := range o.asked {
		name, _, _ := strings.Cut(asked, "=")
		switch {
		case slices.Contains(parameters, name):
		case len(parameters) == 0:
			return fmt.Errorf("--asked %s: no rule of these sources compares the answer with the request", asked)
		default:
			return fmt.Errorf("--asked %s: no rule knows the parameter %q; there are %s", asked, name, strings.Join(parameters, ", "))
		}
	}
	return nil
}

// withoutReports leaves out of what folders hold the reports that this run
// writes: they are no documents, and were not there at the first run.
func (o *checkOptions) withoutReports(files []string) []string {
	return slices.DeleteFunc(files, func(file string) bool {
		return slices.ContainsFunc(o.outputs, func(report string) bool { return sameFile(file, report) })
	})
}

func oneOf(flag, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s is one of %s, not %q", flag, strings.Join(allowed, ", "), value)
}

// laws are the rules that take part: those of the sources, and of the joins between
// them.
func (o *checkOptions) laws() (known []*reconcile.Checker, joints []*reconcile.Joint, err error) {
	if known, err = o.choice.Checkers(o.sources); err != nil {
		return nil, nil, err
	}
	joints, err = o.choice.Joints(known, o.joinFiles...)
	return known, joints, err
}

func (o *checkOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.validate(args); err != nil {
		return err
	}
	known, joints, err := o.laws()
	if err != nil {
		return err
	}
	if err := o.knows(known); err != nil {
		return err
	}
	about, err := o.about()
	if err != nil {
		return err
	}
	run := reconcile.NewRun(reconcile.Tool{Name: "tieout", Version: version}, about, o.given(), known)
	defer func() { _ = run.Close() }() // what is left of temporary files belongs to the system
	result, err := unlessEnded(cmd.Context(), func() (*reconcile.Result, error) { return o.check(cmd, run, known, joints, args) })
	if err != nil {
		return err
	}
	result.MaxFindings = o.most
	for _, file := range o.outputs {
		if err := writeReport(cmd.Context(), file, result); err != nil {
			return err
		}
	}
	out := &ending{ctx: cmd.Context(), to: cmd.OutOrStdout()}
	switch o.format {
	case "text":
		err = report.Screen(out, result, wantsColor(o.color, cmd.OutOrStdout()))
	case "json":
		err = report.JSON(out, result)
	case "ndjson":
		err = report.NDJSON(out, result)
	}
	if err != nil {
		return err
	}
	return o.exit(result)
}

// exit is the exit code of a result, nil when it is clean.
func (o *checkOptions) exit(r *reconcile.Result) error {
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

// given lists the options that bear on the result, for the report's manifest.
func (o *checkOptions) given() []string {
	var all []string
	for _, s := range o.sources {
		if catalogue.IsDescription(s) {
			all = append(all, "--source "+withDigest(s))
		} else {
			all = append(all, "--source "+s)
		}
	}
	if len(o.choice.Only) > 0 {
		all = append(all, "--rules "+strings.Join(o.choice.Only, ","))
	}
	if len(o.choice.Skip) > 0 {
		all = append(all, "--skip-rules "+strings.Join(o.choice.Skip, ","))
	}
	for _, file := range o.joinFiles {
		all = append(all, "--join-file "+withDigest(file))
	}
	for _, file := range o.events {
		all = append(all, "--adjustments "+withDigest(file))
	}
	for _, file := range o.calendars {
		all = append(all, "--calendar "+withDigest(file))
	}
	if o.key != "" {
		all = append(all, "--key "+o.key)
	}
	for _, asked := range o.asked {
		all = append(all, "--asked "+asked)
	}
	if o.join != "auto" {
		all = append(all, "--join "+o.join)
	}
	for _, file := range o.before {
		all = append(all, "--previous "+file)
	}
	if o.dayBefore != "" {
		all = append(all, "--previous-as-of "+o.dayBefore)
	}
	if o.repair {
		all = append(all, "--repair")
	}
	if o.missing {
		all = append(all, "--fail-on-missing")
	}
	return append(all, "--fail-on "+o.failOn)
}

// withDigest is the name of a file with the digest of what it says, which belongs to
// the result.
func withDigest(file string) string {
	text, err := os.ReadFile(file)
	if err != nil { // it has been read before
		return file
	}
	return file + " (SHA-256 " + sha256Of(text) + ")"
}

// about is what the flags say about the documents.
func (o *checkOptions) about() (about schema.Circumstances, err error) {
	about.Asked = map[string]string{}
	about.AsOf, about.PreviousAsOf = o.days()
	for _, asked := range o.asked {
		name, value, _ := strings.Cut(asked, "=")
		about.Asked[name] = value
	}
	about.Calendar, err = catalogue.Calendars(o.calendars...)
	return about, err
}

// check reads all inputs and checks what they hold.
func (o *checkOptions) check(
	cmd *cobra.Command, run *reconcile.Run, known []*reconcile.Checker, joints []*reconcile.Joint, args []string,
) (*reconcile.Result, error) {
	desk := catalogue.NewDesk(known)
	desk.Reader.Repair, desk.Reader.Key = o.repair, o.key
	files, missing := ingest.Files(args)
	files = o.withoutReports(files)
	before, missingBefore := ingest.Files(o.before)
	for _, m := range slices.Concat(missing, missingBefore) {
		run.BeginInput(reconcile.Input{File: m.Place.File})
		run.Reject([]schema.Reject{m}, 1)
	}
	events, err := o.choice.Events(o.events, known, joints)
	if err != nil {
		return nil, err
	}
	run.Adjust(events)
	progress := newProgress(cmd.ErrOrStderr(), o.quiet)
	defer progress.done()
	in := &reading{
		ctx: cmd.Context(), desk: desk, run: run, progress: progress, stdin: cmd.InOrStdin(),
		how:     catalogue.Streaming{Jobs: o.jobs, ChunkSize: ingest.ChunkSize, Went: progress.add},
		digests: slices.ContainsFunc(o.outputs, statesDigests),
	}
	if o.join != "never" {
		in.join = sync.OnceFunc(func() { run.Join(joints...) })
	}
	if o.joins(files) {
		if err := in.keep(slices.Concat(files, before)...); err != nil {
			return nil, err
		}
	}
	defer in.close()
	if o.join == "always" {
		run.DemandCounterparts()
	}
	for _, file := range files {
		if err := in.today(file); err != nil {
			return nil, err
		}
	}
	for _, file := range before {
		if err := in.previous(file); err != nil {
			return nil, err
		}
	}
	if in.trays != nil {
		if err := in.trays.Join(cmd.Context(), o.jobs); err != nil {
			return nil, err
		}
	}
	result := run.Result()
	return result, result.Err()
}

// joins tells whether documents are checked against each other, for which their
// records have to be kept until all are read.
func (o *checkOptions) joins(files []string) bool {
	return o.join == "always" || o.join == "auto" && (len(files) > 1 || len(o.before) > 0 || len(o.joinFiles) > 0)
}

// sha256Of a text, in hexadecimal digits.
func sha256Of(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
