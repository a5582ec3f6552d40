package fetch_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The secrets of the tests, none of which may show anywhere.
var secretTexts = map[string]string{
	"client_secret": "client-secret-5f2c", "apikey": "apikey-secret-77aa", "customer_key": "customer-key-secret-31",
	"password": "pass word&secret/9", "refresh_token": "refresh-secret-0001", "token": "granted-secret-42",
}

var secrets = fetch.NewSecrets(secretTexts)

// journal is a capture in memory.
type journal struct {
	mu      sync.Mutex
	entries []capture.Entry
	states  map[about]capture.State
	after   func() // each entry
}

type about struct {
	key  string
	page int
}

func (j *journal) Append(all ...capture.Entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, all...)
	if j.states == nil {
		j.states = map[about]capture.State{}
	}
	for _, e := range all {
		at := about{e.Key, e.Page}
		s := j.states[at]
		s.Last = e
		switch {
		case e.Kind == capture.Submitted:
			s.Pending = e
		case e.Settles() || e.Job != "" && e.Job == s.Pending.Job:
			s.Pending = capture.Entry{}
		}
		j.states[at] = s
	}
	if j.after != nil {
		j.after()
	}
	return nil
}

func (j *journal) State(_, key string, page int) capture.State {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.states[about{key, page}]
}

// ends counts the entries of each page of a key that are no submissions.
func (j *journal) ends() map[about]int {
	perKey := map[about]int{}
	for _, e := range j.entries {
		if e.Kind != capture.Submitted {
			perKey[about{e.Key, e.Page}]++
		}
	}
	return perKey
}

// text of all that is kept, but for the answers.
func (j *journal) text(t *testing.T) string {
	t.Helper()
	text, err := json.Marshal(j.entries)
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + fmt.Sprintf("%+v", j.entries)
}

// clock is one that sleeping moves on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// setting is a mock with a protocol that asks it.
type setting struct {
	mock     *mock.Server
	protocol fetch.Protocol
	options  fetch.Options
	journal  *journal
	log      strings.Builder
}

// newSetting is one of the mock's protocols over the loopback.
func newSetting(t *testing.T, name string, o mock.Options) *setting {
	t.Helper()
	c := newClock()
	o.Now, o.Secrets = c.Now, secretTexts
	m, err := mock.New(name, o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(m)
	server.Config.ErrorLog = quiet
	server.Start()
	t.Cleanup(server.Close)
	p, err := protocolOf(name, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	transport := server.Client().Transport.(*http.Transport)
	transport.MaxIdleConnsPerHost = 64
	return &setting{mock: m, protocol: p, journal: &journal{}, options: fetch.Options{
		Now: c.Now, Sleep: c.Sleep, Random: rand.NewPCG(o.Seed, 7), Transport: transport,
		Concurrency: 16, MaxAnswer: 1 << 20, Timeout: 10 * time.Second,
	}}
}

func protocolOf(name, at string) (fetch.Protocol, error) {
	switch name {
	case "finnotech":
		return fetch.NewFinnotech(fetch.Finnotech{Address: at, ClientID: "me", NID: "0499370899", Secrets: secrets})
	case "arifmetika":
		return fetch.NewArifmetika(fetch.Arifmetika{Schedule: true, SubmitURL: at + "/submit", PollURL: at + "/result", Secrets: secrets})
	case "brainysoft":
		return fetch.NewBrainySoft(fetch.BrainySoft{Address: at, UserName: "me", Secrets: secrets})
	case "vakifbank":
		return fetch.NewVakifBank(fetch.VakifBank{Address: at, ClientID: "me", Secrets: secrets})
	}
	return leasing(at, leasingPages)
}

// keysOf are n keys of a protocol.
func keysOf(name string, n int) iter.Seq[fetch.Key] {
	return func(yield func(fetch.Key) bool) {
		for i := range n {
			text := fmt.Sprintf("1%09d", i)
			switch name {
			case "vakifbank":
				text = fmt.Sprintf("371004/dealer%d", i)
			case "generic":
				text = fmt.Sprintf("L-%d", i)
			}
			if !yield(fetch.Key{Text: text}) {
				return
			}
		}
	}
}

func (s *setting) run(ctx context.Context, keys iter.Seq[fetch.Key]) fetch.Summary {
	return fetch.Run(ctx, s.options, s.protocol, keys, s.journal, func(e fetch.Event) { s.log.WriteString(e.String() + "\n") })
}

// noSecrets fails when anything secret is in a text.
func noSecrets(t *testing.T, what, text string) {
	t.Helper()
	for name, secret := range secretTexts {
		if strings.Contains(text, secret) {
			t.Errorf("%s hold the secret %s", what, name)
		}
	}
	if strings.Contains(text, "token-") {
		t.Errorf("%s hold a token", what)
	}
}

// memory is a network inside the process, for a bubble of virtual time.
type memory struct {
	calls  chan net.Conn
	closed chan struct{}
}

func newMemory() *memory { return &memory{make(chan net.Conn), make(chan struct{})} }

func (m *memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.calls:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}
func (m *memory) Close() error   { close(m.closed); return nil }
func (m *memory) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

func (m *memory) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	m.calls <- there
	return here, nil
}

var quiet = log.New(io.Discard, "", 0)

var protocols = []string{"finnotech", "arifmetika", "brainysoft", "vakifbank", "generic"}

// pagesOf is how many entries a key of a protocol ends in.
func pagesOf(name string) int {
	if name == "generic" {
		return 3
	}
	return 1
}

// bubble runs a mock and a run in virtual time, over a network in memory.
func bubble(t *testing.T, name string, o mock.Options, change func(*fetch.Options), keys int) (fetch.Summary, mock.Counts, *journal, string) {
	t.Helper()
	network := newMemory()
	o.Now, o.Secrets = time.Now, secretTexts
	m, err := mock.New(name, o)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: m, ErrorLog: quiet}
	go func() { _ = server.Serve(network) }()
	transport := &http.Transport{DialContext: network.dial, MaxIdleConnsPerHost: 64}
	p, err := protocolOf(name, "http://127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	options := fetch.Options{Now: time.Now, Random: rand.NewPCG(1, 2), Transport: transport, MaxAnswer: 1 << 20}
	change(&options)
	j := &journal{}
	var log strings.Builder
	sum := fetch.Run(t.Context(), options, p, keysOf(name, keys), j, func(e fetch.Event) { log.WriteString(e.String() + "\n") })
	transport.CloseIdleConnections()
	_ = server.Close()
	return sum, m.Counts(), j, log.String()
}
