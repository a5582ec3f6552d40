package main

import (
	crand "crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
)

// fetchOptions are the flags of tieout fetch.
type fetchOptions struct {
	output, keys, keysFrom          string
	address, config, secrets, ca    string
	tokenFile, log, rate, maxAge    string
	concurrency, retries            int
	timeout                         time.Duration
	refresh, dryRun, verbose, login bool
	quiet                           bool

	// asked are the keys of the run.
	asked map[capturedKey]bool
	// dropped tells that nothing is kept of the answers once they are checked.
	dropped bool
	// summary takes the last lines when the documents are checked next; nil means the
	// standard output.
	summary io.Writer
	// What validate makes of them.
	every, everyHere time.Duration
	age              time.Duration
}

// capturedKey is what entries of a capture are about.
type capturedKey struct{ source, key string }

func fetchCommand() *cobra.Command {
	var o fetchOptions
	cmd := &cobra.Command{
		Use:   "fetch SOURCE [KEY]...",
		Short: "Ask an API for documents and keep its answers in a capture",
		Long: "fetch asks an API for one document per key and keeps every answer as it came in a capture, which\n" +
			"tieout check reads. Run again, it goes on: what the capture has is not asked for again.\n\n" +
			"Secrets come from the environment, or from a file that only you can read (--secrets). docs/fetch.md\n" +
			"lists the settings of each source. tieout mock runs servers to try it without an account.\n\n" +
			"Exit codes: 0 all is there; 2 wrong use, or a setting is missing; 3 something could not be fetched;\n130 interrupted.",
		Example: "  tieout fetch finnotech.facility --keys codes.txt -o answers.ndjson\n" +
			"  tieout fetch arifmetika.schedule --config arifmetika.yaml --keys-from contracts.ndjson -o schedules.ndjson.zst\n" +
			"  tieout fetch my-api.yaml 4711 --dry-run",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0], args[1:]) },
	}
	o.flags(cmd.Flags())
	f := cmd.Flags()
	f.StringVarP(&o.output, "output", "o", "", "the capture to add to, such as answers.ndjson or answers.ndjson.zst")
	f.BoolVar(&o.login, "login", false, "vakifbank: log in with a browser first")
	f.BoolVar(&o.dryRun, "dry-run", false, "print the requests, with secrets and personal data masked, and send nothing")
	f.StringVar(&o.log, "log", "", "write what happens to this file as lines of JSON, or - for the standard error")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print what happens to the standard error")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress on the standard error")
	return cmd
}

// flags of fetch that check --fetch has too.
func (o *fetchOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.keys, "keys", "", "a file with one key a line, or - for the standard input")
	f.StringVar(&o.keysFrom, "keys-from", "", "a capture whose keys are asked for too, and those that its answers name (docs/fetch.md)")
	f.StringVar(&o.address, "address", "", "the address of the API, such as https://api.example.com")
	f.StringVar(&o.config, "config", "", "a .yaml file with the settings of the API that are no secrets")
	f.StringVar(&o.secrets, "secrets", "", "a file of lines VARIABLE=secret that only its owner can read (mode 0600)")
	f.StringVar(&o.tokenFile, "token-file", "", "vakifbank: the file that keeps the refresh token between runs (mode 0600)")
	f.StringVar(&o.rate, "rate", "", "requests to a host per second, minute or hour at most, such as 100/m (default 5/s; a server on this machine 200/s)")
	f.IntVar(&o.concurrency, "concurrency", 4, "requests to a host under way at once at most")
	f.DurationVar(&o.timeout, "timeout", 30*time.Second, "how long a request may take with its answer")
	f.IntVar(&o.retries, "retries", 4, "how often a request is sent again at most, when that can do no harm")
	f.BoolVar(&o.refresh, "refresh", false, "ask again for what the capture has")
	f.StringVar(&o.maxAge, "max-age", "", "ask again for what the capture has when it is older, such as 12h or 7d")
	f.StringVar(&o.ca, "ca", "", "a PEM file of certificate authorities to trust too")
}

// validate refuses options before anything is read.
func (o *fetchOptions) validate() (err error) {
	if err := o.readRate(); err != nil {
		return err
	}
	if o.maxAge != "" {
		if o.age, err = parseAge(o.maxAge); err != nil {
			return err
		}
	}
	switch {
	case o.refresh && o.maxAge != "":
		return errors.New("--refresh asks for everything again, --max-age for what is older; give one of them")
	case o.concurrency < 1 || o.concurrency > 256:
		return fmt.Errorf("--concurrency is a number from 1 to 256, not %d", o.concurrency)
	case o.retries < 0 || o.retries > 100:
		return fmt.Errorf("--retries is a number from 0 to 100, not %d", o.retries)
	case o.timeout <= 0:
		return fmt.Errorf("--timeout is a time such as 30s, not %s", o.timeout)
	case o.output == "" && !o.dryRun:
		return errors.New("where the answers go is not given: -o answers.ndjson (or --dry-run to see the requests)")
	case o.output == "-":
		return errors.New("a capture is a file that the next run adds to, such as answers.ndjson; - is none")
	case isForeign(o.output):
		return fmt.Errorf("%s: a capture is lines of JSON; let its name end in .ndjson, or in .ndjson.zst when it is to be compressed", o.output)
	case o.login && o.keys == "-":
		return errors.New("--login asks on the standard input, which --keys - reads; put the keys into a file")
	}
	return nil
}

// isForeign tells whether a file would be taken for something else than a capture by its
// ending: a report, a document, or what another program has packed.
func isForeign(file string) bool {
	ending := strings.ToLower(filepath.Ext(file))
	return ending != ".ndjson" && slices.Contains(append(endings(), ".gz", ".bz2", ".xz", ".zip"), ending)
}

// Requests to a host unless --rate says otherwise: a server that others use is asked
// gently, one on this machine need not be.
const gentleRate, hereRate = time.Second / 5, time.Second / 200

func (o *fetchOptions) readRate() (err error) {
	if o.rate == "" {
		o.every, o.everyHere = gentleRate, hereRate
		return nil
	}
	if o.every, err = fetch.ParseRate(o.rate); err != nil {
		return fmt.Errorf("--rate: %w", err)
	}
	o.everyHere = o.every
	return nil
}

// parseAge reads a time such as 90m, 12h or 7d.
func parseAge(text string) (time.Duration, error) {
	if days, is := strings.CutSuffix(text, "d"); is {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n < 100_000 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return d, nil
	}
	return 0, fmt.Errorf("--max-age is a time such as 90m, 12h or 7d, not %q", text)
}

func (o *fetchOptions) run(cmd *cobra.Command, source string, args []string) error {
	if err := o.validate(); err != nil {
		return err
	}
	a, err := findAPI(source)
	if err != nil {
		return err
	}
	release, err := o.holdToken(a)
	if err != nil {
		return err
	}
	defer func() { _ = release() }() // the end of the program does it too
	v, err := o.read(a)
	if err != nil {
		return err
	}
	if err := o.readToken(a, v); err != nil {
		return err
	}
	if o.login {
		if err := logIn(cmd, a, v); err != nil {
			return err
		}
	}
	if o.dryRun {
		a.pretend(v)
	}
	if err := a.demand(source, v); err != nil {
		return err
	}
	p, err := a.build(source, v)
	if err != nil {
		return named(err, a.name)
	}
	o.keepToken(cmd, p)
	all, err := o.keysOf(cmd, a, source, args)
	if err != nil {
		return err
	}
	if o.dryRun {
		return o.pretend(cmd, p, all)
	}
	o.asked = map[capturedKey]bool{}
	for _, k := range all.keys {
		o.asked[capturedKey{p.Source(), k.Name()}] = true
	}
	return o.fetch(cmd, a, source, v, p, all)
}

// pretend prints the requests. A key that cannot be asked for is told as a run tells it.
func (o *fetchOptions) pretend(cmd *cobra.Command, p fetch.Protocol, all *askedFor) error {
	w := &watcher{err: cmd.ErrOrStderr(), places: all.places, told: map[fetch.Class]int{}}
	if err := fetch.DryRun(cmd.OutOrStdout(), p, slices.Values(all.keys), w.watch); err != nil {
		return err
	}
	if all.tell(w.err, o.keysFrom); w.failed > 0 || len(all.faults) > 0 {
		return exitError(exitUnread)
	}
	return nil
}

// tell what of a capture could not be read.
func (all *askedFor) tell(w io.Writer, file string) {
	for _, fault := range all.faults {
		fmt.Fprintf(w, "tieout: --keys-from %s: %s\n", file, fault)
	}
}

// named begins an error with what it is about.
func named(err error, name string) error {
	if strings.HasPrefix(err.Error(), name+":") || name == "own" {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// fetch asks for the keys and tells what came of it.
func (o *fetchOptions) fetch(cmd *cobra.Command, a *api, source string, v values, p fetch.Protocol, all *askedFor) (err error) {
	options, err := o.options(v)
	if err != nil {
		return err
	}
	w := &watcher{
		err: cmd.ErrOrStderr(), verbose: o.verbose, total: distinct(all.keys), places: all.places, start: time.Now(), told: map[fetch.Class]int{},
		alive: !o.quiet && !o.verbose && o.log != "-" && isTerminal(cmd.ErrOrStderr()),
	}
	if o.log != "" {
		to, closing, err := o.openLog(cmd)
		if err != nil {
			return err
		}
		defer closing()
		w.log = slog.NewJSONHandler(to, nil)
	}
	log, err := capture.Open(o.output)
	if errors.Is(err, capture.ErrLocked) {
		return fmt.Errorf("%s: another tieout is writing it", o.output)
	} else if err != nil {
		return o.unopened(err)
	}
	for _, file := range []string{o.output, o.log} {
		if others(file) {
			fmt.Fprintf(w.err, "tieout: others may read %s, which holds personal data; make its mode 0600\n", file)
		}
	}
	all.tell(w.err, o.keysFrom)
	if log.Cut() > 0 {
		fmt.Fprintf(w.err, "tieout: %s: the last entry was not finished; it is dropped and asked for again\n", o.output)
	}
	for _, fault := range log.Faults() {
		fmt.Fprintf(w.err, "tieout: %s: %s\n", o.output, fault)
	}
	s := fetch.Run(cmd.Context(), options, p, slices.Values(all.keys), log, w.watch)
	w.clear()
	if err := log.Close(); err != nil && s.Stopped == nil {
		s.Stopped = err
	}
	if o.summary != nil {
		summarise(o.summary, p.Source(), len(all.keys), w.total, &s)
	} else {
		summarise(cmd.OutOrStdout(), p.Source(), len(all.keys), w.total, &s)
		if s.Answered+s.Kept > 0 {
			fmt.Fprintf(cmd.OutOrStdout(), "  next: tieout check %s\n", o.next(source))
		}
	}
	return o.exit(w.err, a, source, v, &s, len(all.faults))
}

// unopened says that the capture cannot be written, or read.
func (o *fetchOptions) unopened(err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return unwritable("capture", o.output, err)
	}
	return err
}

// options of the run.
func (o *fetchOptions) options(v values) (fetch.Options, error) {
	var authorities []byte
	if o.ca != "" {
		var err error
		if authorities, err = os.ReadFile(o.ca); err != nil {
			return fetch.Options{}, fmt.Errorf("--ca: %w", err)
		}
	}
	transport, err := fetch.NewTransport(authorities, http.ProxyFromEnvironment)
	if err != nil {
		return fetch.Options{}, fmt.Errorf("--ca %s: %w", o.ca, err)
	}
	options := fetch.Options{
		Concurrency: o.concurrency, Every: o.every, EveryHere: o.everyHere, Timeout: o.timeout, Attempts: o.retries + 1,
		Now: time.Now, Random: dice(), Transport: transport,
	}
	for name, to := range map[string]*time.Duration{
		"poll_every": &options.PollEvery, "poll_max": &options.PollMax, "poll_for": &options.PollFor,
	} {
		if v[name] == "" {
			continue
		}
		if *to, err = time.ParseDuration(v[name]); err != nil || *to <= 0 {
			return options, fmt.Errorf("%s is a time such as 2s, not %q", name, v[name])
		}
	}
	switch start := time.Now(); {
	case o.refresh:
		options.Stale = func(capture.Entry) bool { return true }
	case o.maxAge != "":
		options.Stale = func(e capture.Entry) bool { return start.Sub(e.Ended) > o.age }
	}
	return options, nil
}

// dice is a source of random numbers that nobody can foresee.
func dice() rand.Source {
	var seed [16]byte
	_, _ = crand.Read(seed[:]) // it never fails
	return rand.NewPCG(binary.LittleEndian.Uint64(seed[:8]), binary.LittleEndian.Uint64(seed[8:]))
}

// openLog opens what --log names; only its owner can read it.
func (o *fetchOptions) openLog(cmd *cobra.Command) (to io.Writer, closing func(), err error) {
	if o.log == "-" {
		return cmd.ErrOrStderr(), func() {}, nil
	}
	if sameFile(o.log, o.output) {
		return nil, nil, fmt.Errorf("--log: %s is the capture", o.log)
	}
	f, err := os.OpenFile(o.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("--log: %w", err)
	}
	return f, func() { _ = f.Close() }, nil // a log that fails stops nothing
}
