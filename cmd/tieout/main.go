// Command tieout tells whether the figures of a lender's or bank's documents
// agree, and if not, which are wrong and what they should be.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"
)

// version of the program.
const version = "0.1.0"

// The exit codes. Something unread outranks findings.
const (
	exitClean       = 0
	exitFindings    = 1
	exitUsage       = 2
	exitUnread      = 3
	exitInterrupted = 130
	exitClosed      = 141 // as of a program that SIGPIPE ends
)

// exitError ends the program with a code, after its output is complete.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// How much garbage there may be before it is collected, in percent of what is in use. A
// run in pieces has little in use, and would be collecting all the time; more than this
// takes memory and saves nothing that can be measured. One that sorts documents has some
// of them in use. The first collection comes at 16 MB: a run over some thousand records is
// at its end by then, and collects nothing.
const (
	collectedFirst     = 400
	collectedAt        = 200
	collectedInSorting = 100
)

// collected is the percentage from the first collection on.
var collected atomic.Int64

// collectAt sets that percentage.
func collectAt(percent int) {
	collected.Store(int64(percent))
	setCollected(percent)
}

// setCollected says when garbage is collected, unless the user does with GOGC. GOMEMLIMIT
// holds whatever the percentage.
func setCollected(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// collectRarely sets it for the beginning of a run.
func collectRarely() {
	collected.Store(collectedAt)
	setCollected(collectedFirst)
	runtime.AddCleanup(new([64]byte), func(percent *atomic.Int64) { setCollected(int(percent.Load())) }, &collected)
}

func main() {
	collectRarely()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program, with its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:   "tieout",
		Short: "Check that the figures of contracts, schedules, facilities and limits agree",
		Long: "tieout recomputes every figure that a lender's or bank's documents state more than once,\n" +
			"and tells which do not agree and what they should be.",
		SilenceUsage: true, SilenceErrors: true,
		Version: version,
	}
	root.AddCommand(checkCommand(), mergeCommand(), fetchCommand(), mockCommand(), calcCommand(), rulesCommand(), sourcesCommand(), explainCommand(), versionCommand())
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var code exitError
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &code):
		return int(code)
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "tieout: interrupted; no report was written")
		return exitInterrupted
	}
	fmt.Fprintln(stderr, "tieout:", err)
	return exitUsage
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "tieout", version)
			return err
		},
	}
}
