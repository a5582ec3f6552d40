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
)

// checkOptions are the flags of tieout check.
type checkOptions struct {
	reportOptions
	lawOptions
	key       string
	asOf      string
	asked     []string
	join      string
	before    []string
	dayBefore string
	events    []string
	calendars []string
	repair    bool
	quiet     bool
	jobs      int

	sharding string // which part of the inputs is checked; empty for all of them

	from    string // the source that is fetched first; empty for none
	capture string // where its answers go
	asking  fetchOptions
	shown   map[string]string // how reports call files that are not the user's
}

func checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [FILE|DIR|-]...",
		Short: "Check documents and report the figures that do not agree",
		Long: "check reads JSON documents and captured answers from files, from folders (.json, .ndjson and\n" +
			".jsonl below them) or from the standard input (-), tells their sources by their shapes, and checks every figure\n" +
			"that they state more than once.\n\n" +
			"Exit codes: 0 clean; 1 findings at or above --fail-on; 2 wrong use; 3 something could not be read;\n130 interrupted; 141 nobody reads the lines of --format ndjson any more.",
		Example: "  tieout check answers/ -o report.xlsx\n" +
			"  tieout check --source my-api.yaml data.json\n" +
			"  tieout check --rules AS-05,AS-06 answers/\n" +
			"  curl … | tieout check --source arifmetika.schedule --key З20НвАР007200054 --format json -",
		RunE: func(cmd *cobra.Command, args []string) error { return o.start(cmd, args) },
	}
	f := cmd.Flags()
	o.reportOptions.flags(f)
	o.lawOptions.flags(f)
	f.StringVar(&o.key, "key", "", "name of the records that do not name themselves (else what was asked for, or the file's name)")
	f.StringVar(&o.asOf, "as-of", "", "the day the figures speak of, yyyy-MM-dd (else the day a captured answer came); the reports state it")
	f.StringVar(&o.join, "join", "auto", "check documents of one contract against each other: auto (when there are several files, or a capture), always or never")
	f.StringArrayVar(&o.before, "previous", nil, "a file or folder of an earlier snapshot: what changed since must follow from what happened (several)")
	f.StringArrayVar(&o.events, "adjustments", nil, "a .yaml file of events, such as charge-backs, that explain broken relations (several)")
	f.StringArrayVar(&o.calendars, "calendar", nil, "a file with the working days of a country, instead of the built-in ones (several)")
	f.StringVar(&o.dayBefore, "previous-as-of", "", "the day that the earlier snapshot speaks of, yyyy-MM-dd")
	f.StringArrayVar(&o.asked, "asked", nil, "what the documents answer, parameter=value as in the request: the answer should be about it (several)")
	f.BoolVar(&o.repair, "repair", false, "read documents that are not JSON from a copy with missing commas and the like mended; every edit is reported")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress on the standard error")
	f.StringVar(&o.sharding, "shard", "", "check only one of several parts of the files, 2/4 the second of four, and write its result to the -o part.tieout, for tieout merge")
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
	if err := o.readShard(args); err != nil {
		return err
	}
	return o.reportOptions.validate(args)
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

func (o *checkOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.validate(args); err != nil {
		return err
	}
	known, joins, err := o.laws()
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
	begun := &early{}
	defer begun.drop()
	in := &reading{
		ctx: cmd.Context(), run: run, stdin: cmd.InOrStdin(),
		follow: sync.OnceValue(func() error { return begun.begin(&o.reportOptions, run, cmd.OutOrStdout()) }),
	}
	result, err := unlessEnded(in.patience(), func() (*reconcile.Result, error) { return o.check(cmd, in, known, joins, args) })
	if err != nil {
		return err
	}
	return o.report(cmd, result, begun)
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
	cmd *cobra.Command, in *reading, known []*reconcile.Checker, joins *catalogue.Joins, args []string,
) (*reconcile.Result, error) {
	desk := catalogue.NewDesk(known)
	desk.Reader.Repair, desk.Reader.Key = o.repair, o.key
	files, missing := ingest.Files(args)
	files = o.withoutReports(files)
	before, missingBefore := ingest.Files(o.before)
	if o.shard.Of > 0 {
		if err := o.planShard(in, files); err != nil {
			return nil, err
		}
	}
	for _, m := range slices.Concat(missing, missingBefore) {
		in.run.BeginInput(reconcile.Input{File: m.Place.File})
		if o.shard.Number <= 1 { // faults of whole files are told by one part only
			in.run.Reject([]schema.Reject{m}, 1)
		}
	}
	events, err := o.choice.Events(o.events, known, joins)
	if err != nil {
		return nil, err
	}
	in.run.Adjust(events)
	in.desk, in.shown, in.progress = desk, o.shown, newProgress(cmd.ErrOrStderr(), o.quiet, in.run, files)
	if in.shard != nil {
		in.progress.total = o.shard.To - o.shard.From
	}
	defer in.progress.done()
	in.how = catalogue.Streaming{
		Jobs: o.jobs, ChunkSize: ingest.ChunkSize, Went: in.progress.add, Ahead: in.progress.ahead,
	}
	in.digests = slices.ContainsFunc(o.outputs, statesDigests)
	if o.join != "never" {
		in.join = sync.OnceValue(func() error { return join(in.run, joins) })
	}
	if o.joins(files) {
		if err := in.keep(slices.Concat(files, before)...); err != nil {
			return nil, err
		}
	}
	defer in.close()
	if o.join == "always" {
		in.run.DemandCounterparts()
	}
	today := in.today
	if in.shard != nil {
		today = in.shared
	}
	for _, file := range files {
		if err := today(file); err != nil {
			return nil, err
		}
		if in.ctx.Err() != nil {
			break
		}
	}
	for _, file := range before {
		if err := in.previous(file); err != nil {
			return nil, err
		}
	}
	if in.trays != nil {
		if err := in.trays.Join(cmd.Context(), in.how); err != nil {
			return nil, err
		}
	}
	result := in.run.Result()
	return result, result.Err()
}

// join makes a run check documents against each other.
func join(run *reconcile.Run, joins *catalogue.Joins) error {
	joints, err := joins.Compiled()
	if err == nil {
		run.Join(joints...)
	}
	return err
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
