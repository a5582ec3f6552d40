package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

// mockOptions are the flags of tieout mock.
type mockOptions struct {
	listen, faults string
	seed           uint64
	missing, polls int
	records, wrong int
}

func mockCommand() *cobra.Command {
	var o mockOptions
	cmd := &cobra.Command{
		Use:   "mock [PROTOCOL]...",
		Short: "Run servers that answer as the APIs do, to try fetch without an account",
		Long: "mock answers on this machine as the APIs do, with invented documents: on one day the same seed gives the\n" +
			"same answers to the same keys. It prints what to set and what to call. Protocols: " + strings.Join(mock.Protocols(), ", ") + ";\n" +
			"naming none means all. Ctrl-C ends it.",
		Example: "  tieout mock\n  tieout mock finnotech --listen 127.0.0.1:8080 --faults 10%",
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
	}
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:0", "the address to answer at, on this machine; port 0 means any that is free")
	f.StringVar(&o.faults, "faults", "0%", "how many requests go wrong, in one of all ways (10%), or by kind in thousandths (cut=50,html=20)")
	f.Uint64Var(&o.seed, "seed", 1, "decides the documents, and which request goes wrong in which way")
	f.IntVar(&o.missing, "missing", 0, "of how many keys in a thousand nothing is known")
	f.IntVar(&o.wrong, "wrong", 50, "of how many Arifmetika contracts in a thousand one figure is wrong")
	f.IntVar(&o.records, "records", 2, "how many contracts, facilities, invoices or vehicles an answer has")
	f.IntVar(&o.polls, "polls", 1, "how often a job is asked for before it is done")
	return cmd
}

func (o *mockOptions) run(cmd *cobra.Command, protocols []string) error {
	if len(protocols) == 0 {
		protocols = mock.Protocols()
	}
	if err := onLoopback(o.listen); err != nil {
		return err
	}
	faults, err := parseFaults(o.faults)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	slices.Sort(protocols)
	protocols = slices.Compact(protocols)
	servers := map[string]*mock.Server{}
	for _, protocol := range protocols {
		s, err := mock.New(protocol, mock.Options{
			Faults: faults, Seed: o.seed, Missing: o.missing, Wrong: o.wrong, Records: o.records, Polls: o.polls,
			Hold: 2 * time.Second, Now: time.Now, Secrets: mockSecrets(protocol),
		})
		if err != nil {
			return err
		}
		servers[protocol] = s
		for _, path := range mocks[protocol].paths {
			mux.Handle(path, s)
		}
	}
	listener, err := (&net.ListenConfig{}).Listen(cmd.Context(), "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", o.listen, reasonOf(err))
	}
	address := "http://" + listener.Addr().String()
	for _, protocol := range protocols {
		fmt.Fprintf(cmd.OutOrStdout(), "%s at %s\n%s\n", protocol, address, strings.ReplaceAll(mocks[protocol].try, "ADDRESS", address))
	}
	if err := serve(cmd.Context(), listener, mux); err != nil {
		return err
	}
	for _, protocol := range protocols {
		seen := servers[protocol].Counts()
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %s, at most %s in a second\n",
			protocol, counted(seen.Requests, "request"), counted(seen.Logins, "login"), counted(seen.Peak(), "request"))
	}
	return nil
}

// mockSecret is the value of every secret that callers must show.
const mockSecret = "mock-secret"

// mockSecrets are those of a protocol by name: all that the API has, but for the
// client's secret of the bank, which it may do without.
func mockSecrets(protocol string) map[string]string {
	secrets := map[string]string{"password": mockSecret} // of a description
	for _, a := range apis() {
		if a.name != protocol {
			continue
		}
		for _, s := range a.settings {
			if s.secret && (protocol != "vakifbank" || s.name == "refresh_token") {
				secrets[s.name] = mockSecret
			}
		}
	}
	return secrets
}

// served is a mock as the command runs it: the beginnings of its paths, which tell its
// requests from those of others, and how to ask it.
type served struct {
	paths []string
	try   string
}

var mocks = map[string]served{
	"finnotech": {[]string{"/dev/", "/credit/"}, `  export TIEOUT_FINNOTECH_CLIENT_ID=mock TIEOUT_FINNOTECH_CLIENT_SECRET=mock-secret TIEOUT_FINNOTECH_NID=0012345679
  tieout fetch finnotech.facility --address ADDRESS -o facilities.ndjson 0012345679
`},
	"arifmetika": {[]string{"/submit", "/result"}, `  export TIEOUT_ARIFMETIKA_APIKEY=mock-secret
  tieout fetch arifmetika.contracts --address ADDRESS -o contracts.ndjson 9161234562/1990-01-31
  tieout fetch arifmetika.schedule --address ADDRESS -o schedules.ndjson --keys-from contracts.ndjson
  tieout check contracts.ndjson schedules.ndjson
`},
	"brainysoft": {[]string{"/bs-core/"}, `  export TIEOUT_BRAINYSOFT_CUSTOMER_KEY=mock-secret TIEOUT_BRAINYSOFT_USER_NAME=mock TIEOUT_BRAINYSOFT_PASSWORD=mock-secret
  tieout fetch brainysoft.contract --address ADDRESS -o terms.ndjson name=З24ПрИР935506851
`},
	"vakifbank": {[]string{"/auth/", "/inquireDDSLimitRisk", "/inquireDDSInvoice"}, `  export TIEOUT_VAKIFBANK_CLIENT_ID=mock TIEOUT_VAKIFBANK_REFRESH_TOKEN=mock-secret
  tieout fetch vakifbank.limit --address ADDRESS --token-file vakifbank.token -o limits.ndjson 371004/apitest1
  tieout fetch vakifbank.invoices --address ADDRESS --token-file vakifbank.token -o invoices.ndjson --keys-from limits.ndjson
`},
	"generic": {[]string{"/token", "/statements/", "/jobs", "/jobs/"}, `  export TIEOUT_OWN_PASSWORD=mock-secret
  tieout fetch testdata/sources/leasing-api.yaml --address ADDRESS -o statements.ndjson L-1
`},
}

// onLoopback refuses addresses that others can reach.
func onLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("--listen is an address such as 127.0.0.1:8080, not %q", address)
	}
	if !fetch.IsHere(address) {
		return fmt.Errorf("--listen: the mock answers on this machine alone, at 127.0.0.1 or localhost, not at %q", host)
	}
	return nil
}

// parseFaults reads a share of all kinds, such as 10%, or thousandths by kind.
func parseFaults(text string) (mock.Faults, error) {
	percent, is := strings.CutSuffix(text, "%")
	if !is {
		return mock.ParseFaults(text)
	}
	n, err := strconv.Atoi(percent)
	if err != nil || n < 0 || n > 100 {
		return nil, fmt.Errorf("--faults is a share such as 10%%, or thousandths by kind such as cut=50,html=20, not %q", text)
	}
	return mock.Every(10*n, mock.AllFaults()...), nil
}

// serve until the context ends.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// reasonOf is the reason of a network error without its address.
func reasonOf(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
