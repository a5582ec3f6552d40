// Command bench measures tieout beside DuckDB: both make the same checks on the same
// generated documents, have to find the same number of broken relations, and are timed in
// turn.
//
//	go run ./cmd/bench                                  the comparison
//	go run ./cmd/bench generate -shape contracts -o x   documents alone
//	go run ./cmd/bench workbook -rows 1000000 -o x.xlsx a workbook of findings, by excelize
//
// The comparison needs npm and either a C compiler or Node.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "generate":
			return generateCommand(args[1:])
		case "workbook":
			return workbookCommand(args[1:])
		}
	}
	return compareCommand(ctx, args)
}

// generateCommand writes documents. The comparison runs it as a process of its own: the
// peak memory of a process that is started counts what the one that starts it has.
func generateCommand(args []string) error {
	var d documents
	f := flag.NewFlagSet("generate", flag.ExitOnError)
	f.StringVar(&d.shape, "shape", "contracts", "contracts or schedules")
	f.IntVar(&d.count, "n", 1000, "number of records")
	f.Uint64Var(&d.seed, "seed", 1, "the same seed gives the same bytes")
	f.Float64Var(&d.wrong, "wrong", 0.01, "share of the records with one wrong figure")
	f.StringVar(&d.variant, "variant", "plain", "plain, spaced, floats, reordered or missing")
	f.StringVar(&d.wrapping, "wrapping", "lines", "lines, array, gzip or zstd")
	out := f.String("o", "", "the file to write")
	if err := f.Parse(args); err != nil {
		return err
	}
	return d.writeTo(*out)
}
