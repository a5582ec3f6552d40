package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
)

// rulesOf a shape that the queries check too.
var rulesOf = map[string]string{
	"contracts": "AC-01,AC-02,AC-03,AC-04",
	"schedules": "AS-01,AS-02,AS-03,AS-05,AS-06",
}

// workload is documents that both programs check.
type workload struct {
	name string
	documents
	// described tells that tieout knows the documents by a user's description only.
	described bool
}

// workloads are those of the comparison, of a number of contracts.
func workloads(contracts int, seed uint64) []workload {
	schedules := max(contracts/10, 1) // as many bytes, nearly
	plain := func(shape string, count int) documents {
		return documents{shape: shape, count: count, seed: seed, wrong: 0.01, variant: "plain", wrapping: "lines"}
	}
	all := []workload{
		{"contracts", plain("contracts", contracts), false},
		{"schedules", plain("schedules", schedules), false},
	}
	for _, variant := range []string{"spaced", "floats", "reordered", "missing"} {
		d := plain("contracts", contracts)
		d.variant = variant
		all = append(all, workload{"contracts " + variant, d, false})
	}
	for _, wrapping := range []string{"array", "gzip", "zstd"} {
		for _, d := range []documents{plain("contracts", contracts), plain("schedules", schedules)} {
			d.wrapping = wrapping
			all = append(all, workload{d.shape + " " + wrapping, d, false})
		}
	}
	return append(all,
		workload{"1000 contracts", plain("contracts", 1000), false},
		workload{"contracts described", plain("contracts", contracts), true},
		workload{"schedules described", plain("schedules", schedules), true},
	)
}

// comparison of the programs.
type comparison struct {
	folder string // for all that it writes
	self   string // this program
	runs   int
	tieout *tieout
	duckDB *duckDB
	table  *table
}

func compareCommand(ctx context.Context, args []string) (err error) {
	f := flag.NewFlagSet("bench", flag.ExitOnError)
	records := f.Int("records", 1_000_000, "number of contracts; of schedules there are a tenth")
	runs := f.Int("runs", 9, "timed runs of each program")
	threads := f.Int("threads", 2, "threads of DuckDB, and processors of tieout")
	seed := f.Uint64("seed", 1, "seed of the documents")
	only := f.String("only", "", "only the workloads whose names match this regular expression")
	installed := f.String("duckdb", "", "a folder in which npm has installed @duckdb/node-api (else it is installed)")
	if err := f.Parse(args); err != nil {
		return err
	}
	chosen, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	c := &comparison{runs: *runs, table: &table{out: os.Stdout}}
	if c.self, err = os.Executable(); err != nil {
		return err
	}
	if c.folder, err = os.MkdirTemp("", "tieout-bench"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(c.folder)) }()
	if c.tieout, err = buildTieout(ctx, c.folder, *threads); err != nil {
		return err
	}
	if c.duckDB, err = newDuckDB(ctx, c.folder, *installed, *threads); err != nil {
		return err
	}
	// tieout is held to as many processors as DuckDB.
	if err := os.Setenv("GOMAXPROCS", strconv.Itoa(*threads)); err != nil {
		return err
	}
	fmt.Printf("%s/%s, %d threads of %d; DuckDB driven from %s; medians of %d runs in turn\n",
		runtime.GOOS, runtime.GOARCH, *threads, runtime.NumCPU(), c.duckDB.through, *runs)
	c.table.head()
	return c.all(ctx, chosen, *records, *seed)
}

// all compares every workload that is chosen. One that fails keeps no other from being
// compared.
func (c *comparison) all(ctx context.Context, chosen *regexp.Regexp, records int, seed uint64) error {
	var faults []error
	for _, w := range workloads(records, seed) {
		if !chosen.MatchString(w.name) {
			continue
		}
		if err := c.compare(ctx, &w); err != nil {
			c.table.failed(w.name)
			faults = append(faults, fmt.Errorf("%s: %w", w.name, err))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if chosen.MatchString("xlsx") {
		faults = append(faults, c.compareWorkbooks(ctx, min(records, 1_000_000)))
	}
	return errors.Join(faults...)
}

// compare one workload: first what the programs find, which also brings the documents
// into memory, then what it costs.
func (c *comparison) compare(ctx context.Context, w *workload) error {
	in, report, list := c.file("documents"+wrappings[w.wrapping]), c.file("report.ndjson"), c.file("list.csv")
	defer func() { _ = os.Remove(in) }() // the folder is removed in the end
	if err := c.generate(ctx, w, in); err != nil {
		return err
	}
	ours := c.tieout.command(w, in, report)
	theirs, err := c.duckDB.command(w, in, list)
	if err != nil {
		return err
	}
	if _, err := alternate(ctx, 1, ours, theirs); err != nil {
		return err
	}
	found, err := agreed(report, list)
	if err != nil {
		return err
	}
	size, err := os.Stat(in)
	if err != nil {
		return err
	}
	costs, err := alternate(ctx, c.runs, ours, theirs)
	if err != nil {
		return err
	}
	c.table.row(w.name, size.Size(), found, costs)
	return nil
}

func (c *comparison) file(name string) string { return filepath.Join(c.folder, name) }

// generate writes the documents of a workload in a process of its own.
func (c *comparison) generate(ctx context.Context, w *workload, to string) error {
	cmd := exec.CommandContext(ctx, c.self, "generate", "-shape", w.shape, "-n", strconv.Itoa(w.count),
		"-seed", strconv.FormatUint(w.seed, 10), "-wrong", fmt.Sprint(w.wrong), "-variant", w.variant, "-wrapping", w.wrapping, "-o", to)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// agreed is the number of broken relations that both programs find. It errs when they do
// not find the same, and when they find none.
func agreed(report, list string) (int, error) {
	ours, err := broken(report)
	if err != nil {
		return 0, err
	}
	theirs, err := rowsOf(list)
	switch {
	case err != nil:
		return 0, err
	case ours != theirs:
		return 0, fmt.Errorf("tieout finds %d broken relations, DuckDB %d", ours, theirs)
	case ours == 0:
		return 0, errors.New("nothing is broken")
	}
	return ours, nil
}

// table of what the workloads cost.
type table struct{ out io.Writer }

const (
	columnHeads = "%-52s %8s %8s | %24s | %24s | %20s\n"
	columns     = "%-52s %8.1f %8d | %8.3f %7.3f %7.1f | %8.3f %7.3f %7.1f | %6.3f %6.3f %6.3f\n"
)

func (t *table) head() {
	fmt.Fprintf(t.out, columnHeads, "", "", "", "tieout", "DuckDB", "tieout / DuckDB")
	fmt.Fprintf(t.out, columnHeads, "documents", "MB", "broken", "wall s   CPU s     MiB", "wall s   CPU s     MiB", "wall    CPU memory")
}

// row tells what one workload costs; the second of the programs may be missing.
func (t *table) row(name string, size int64, broken int, costs [][]cost) {
	a := costs[0]
	if len(costs) == 1 {
		fmt.Fprintf(t.out, "%-52s %8s %8s | %8.3f %7.3f %7.1f |\n", name, "", "", median(a, wall), median(a, cpu), median(a, peak))
		return
	}
	b := costs[1]
	fmt.Fprintf(t.out, columns, name, float64(size)/1e6, broken,
		median(a, wall), median(a, cpu), median(a, peak), median(b, wall), median(b, cpu), median(b, peak),
		ratio(a, b, wall), ratio(a, b, cpu), ratio(a, b, peak))
}

// failed tells that a workload has no costs; why stands at the end.
func (t *table) failed(name string) { fmt.Fprintf(t.out, "%-52s failed\n", name) }
