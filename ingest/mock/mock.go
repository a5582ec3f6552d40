package mock

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options of a server.
type Options struct {
	// Faults by kind, in thousandths of the requests for documents.
	Faults Faults
	// Seed decides the documents and what befalls which request.
	Seed uint64
	// Records is how many contracts, facilities, invoices or vehicles an answer has (2),
	// Missing of how many keys in a thousand nothing is known.
	Records, Missing int
	// Wrong is of how many loans in a thousand one figure is wrong: the sum of the
	// contract in the list of Arifmetika, or the principal paid with the first
	// installment in the schedule.
	Wrong int
	// Polls is how often a job is asked for before it is done (1).
	Polls int
	// TokenLife is what logins promise (10 days).
	TokenLife time.Duration
	// Secrets that callers must show, by name; one that is not here may be anything.
	Secrets map[string]string
	// Hold is how long a slow answer takes (1 min), and Large how many bytes one that
	// is too large has (80 MiB).
	Hold  time.Duration
	Large int
	// Now is the clock, for Retry-After and for counting by seconds.
	Now func() time.Time
}

// Protocols lists the names that New knows.
func Protocols() []string { return slices.Sorted(maps.Keys(handlers)) }

var handlers = map[string]func(*Server) http.HandlerFunc{
	"finnotech": finnotech, "arifmetika": arifmetika, "brainysoft": brainysoft,
	"vakifbank": vakifbank, "generic": generic,
}

// Server is a mock of one protocol.
type Server struct {
	o      Options
	handle http.HandlerFunc

	mu     sync.Mutex
	counts Counts
	tokens map[string]bool // those that are good
	jobs   map[string]*job
	serial int
	past   *answer // the last result that was delivered
}

// Counts is what a server has seen.
type Counts struct {
	Requests, Logins, Submits int
	// PerKey counts the requests for documents, submissions left out when they are
	// not, and SubmitsPerKey the submissions.
	PerKey, SubmitsPerKey map[string]int
	// Served counts the documents given in full.
	Served map[string]int
	// PerSecond counts all requests by the second.
	PerSecond map[int64]int
	Faults    Faults
}

// New is a server of a protocol, by the name that Protocols lists.
func New(protocol string, o Options) (*Server, error) {
	of, known := handlers[protocol]
	if !known {
		return nil, fmt.Errorf("there is no mock of %q; there are %s", protocol, strings.Join(Protocols(), ", "))
	}
	if o.Now == nil {
		return nil, fmt.Errorf("mock: Now must be given")
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	o.Records = cmp.Or(o.Records, 2)
	o.Polls = cmp.Or(o.Polls, 1)
	o.TokenLife = cmp.Or(o.TokenLife, 240*time.Hour)
	o.Hold = cmp.Or(o.Hold, time.Minute)
	o.Large = cmp.Or(o.Large, 80<<20)
	s := &Server{o: o, tokens: map[string]bool{}, jobs: map[string]*job{}}
	s.counts = Counts{
		PerKey: map[string]int{}, SubmitsPerKey: map[string]int{}, Served: map[string]int{},
		PerSecond: map[int64]int{}, Faults: Faults{},
	}
	s.handle = of(s)
	return s, nil
}

// check errs on options that cannot be.
func (o *Options) check() error {
	switch {
	case o.Missing < 0 || o.Missing > 1000:
		return fmt.Errorf("keys of which nothing is known are 0 to 1000 of 1000, not %d", o.Missing)
	case o.Wrong < 0 || o.Wrong > 1000:
		return fmt.Errorf("loans with a wrong figure are 0 to 1000 of 1000, not %d", o.Wrong)
	case o.Records < 0:
		return fmt.Errorf("an answer cannot have %d records", o.Records)
	case o.Polls < 0:
		return fmt.Errorf("a job cannot be asked for %d times", o.Polls)
	}
	return o.Faults.check()
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.counts.Requests++
	s.counts.PerSecond[s.o.Now().Unix()]++
	s.mu.Unlock()
	s.handle(w, r)
}

// Counts is what the server has seen so far.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counts
	c.PerKey, c.SubmitsPerKey, c.Served = maps.Clone(c.PerKey), maps.Clone(c.SubmitsPerKey), maps.Clone(c.Served)
	c.PerSecond, c.Faults = maps.Clone(c.PerSecond), maps.Clone(c.Faults)
	return c
}

// Peak is the most requests of one second.
func (c *Counts) Peak() int {
	most := 0
	for _, n := range c.PerSecond {
		most = max(most, n)
	}
	return most
}

// answer to be given.
type answer struct {
	status int
	header map[string]string
	body   string
}

func (a *answer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(cmp.Or(a.status, http.StatusOK))
	_, _ = w.Write([]byte(a.body)) // the caller may be gone
}

// quote is a text in JSON.
func quote(text string) string {
	q, _ := json.Marshal(text) // a text always can
	return string(q)
}

// random is a source of what belongs to a key.
func (s *Server) random(of ...string) *rand.Rand {
	return rand.New(rand.NewPCG(s.o.Seed, hash(of...)))
}

func hash(of ...string) uint64 {
	h := fnv.New64a()
	for _, text := range of {
		_, _ = h.Write([]byte(text + "\x00")) // it cannot fail
	}
	return h.Sum64()
}

// missing tells whether nothing is known of a key.
func (s *Server) missing(key string) bool {
	return s.random("missing", key).IntN(1000) < s.o.Missing
}

// shows tells whether a caller knows a secret.
func (s *Server) shows(name, value string) bool {
	expected, set := s.o.Secrets[name]
	return value != "" && (!set || value == expected)
}

// token issues one.
func (s *Server) token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts.Logins++
	s.serial++
	t := fmt.Sprintf("token-%d-%016x", s.serial, hash("token", fmt.Sprint(s.o.Seed, s.serial)))
	s.tokens[t] = true
	return t
}

// good tells whether a token is; forget makes it none.
func (s *Server) good(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens[token]
}

func (s *Server) forget(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tokens, token)
}

// bearer is the token that a request shows.
func bearer(r *http.Request) string {
	text, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return text
}
