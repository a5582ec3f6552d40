package mock

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is a way to misbehave.
type Fault string

// The faults.
const (
	TooManySeconds Fault = "429-seconds"  // 429, Retry-After in seconds
	TooManyDate    Fault = "429-date"     // 429, Retry-After as a date
	ServerError    Fault = "500"          // an error that is not asked about again
	BadGateway     Fault = "502"          //
	Unavailable    Fault = "503"          //
	GatewayTimeout Fault = "504"          //
	Slow           Fault = "slow"         // half of the answer, and then nothing for long
	Cut            Fault = "cut"          // the connection breaks before the answer
	CutBody        Fault = "cut-body"     // and in the middle of it
	Truncated      Fault = "truncated"    // half of the answer, as if it were whole
	ContentType    Fault = "content-type" // text/plain
	HTML           Fault = "html"         // a page instead of JSON
	Empty          Fault = "empty"        // an answer without a body
	Large          Fault = "large"        // an answer that is far too large
	ExpiredToken   Fault = "expired"      // 401: the token is not good any more
	Foreign        Fault = "foreign"      // the answer to another request
	Duplicate      Fault = "duplicate"    // an answer that was given before
	Late           Fault = "late"         // a job that takes five times as long
	Redirect       Fault = "redirect"     // to another host
)

// AllFaults lists the faults.
func AllFaults() []Fault {
	return []Fault{
		TooManySeconds, TooManyDate, ServerError, BadGateway, Unavailable, GatewayTimeout, Slow, Cut, CutBody, Truncated,
		ContentType, HTML, Empty, Large, ExpiredToken, Foreign, Duplicate, Late, Redirect,
	}
}

// faultNames are those of the faults.
func faultNames() (all []string) {
	for _, kind := range AllFaults() {
		all = append(all, string(kind))
	}
	return all
}

// Faults by kind, in thousandths.
type Faults map[Fault]int

// Every is so many thousandths of faults in all, of every kind as often.
func Every(thousandths int, kinds ...Fault) Faults {
	f := Faults{}
	for i, kind := range kinds {
		f[kind] = (i+1)*thousandths/len(kinds) - i*thousandths/len(kinds)
	}
	return f
}

// ParseFaults reads "cut=10,html=5": thousandths of requests by kind.
func ParseFaults(text string) (Faults, error) {
	f := Faults{}
	for part := range strings.SplitSeq(text, ",") {
		kind, share, _ := strings.Cut(strings.TrimSpace(part), "=")
		n, err := strconv.Atoi(share)
		if err != nil {
			return nil, fmt.Errorf("a fault is kind=thousandths, such as cut=10, not %q", part)
		}
		f[Fault(kind)] = n
	}
	return f, f.check()
}

// check errs on kinds that do not exist and on shares that cannot be.
func (f Faults) check() error {
	sum := 0
	for _, kind := range slices.Sorted(maps.Keys(f)) {
		if !slices.Contains(AllFaults(), kind) {
			return fmt.Errorf("there is no fault %q; there are %s", kind, strings.Join(faultNames(), ", "))
		}
		if f[kind] < 0 {
			return fmt.Errorf("the fault %s cannot befall %d of 1000 requests", kind, f[kind])
		}
		sum += f[kind]
	}
	if sum > 1000 {
		return fmt.Errorf("the faults befall %d of 1000 requests", sum)
	}
	return nil
}

// draw decides which fault befalls the nth request for a key.
func (s *Server) draw(key string, n int) Fault {
	at := s.random("fault", key, strconv.Itoa(n)).IntN(1000)
	for _, kind := range AllFaults() {
		if at -= s.o.Faults[kind]; at < 0 {
			return kind
		}
	}
	return ""
}

// document gives the answer to a request for a document, or what a fault makes of it.
// build makes the answer; other tells that it is to be about something else.
func (s *Server) document(w http.ResponseWriter, r *http.Request, key, token string, build func(other bool) answer) {
	s.mu.Lock()
	s.counts.PerKey[key]++
	fault := s.draw(key, s.counts.PerKey[key])
	past := s.past
	if fault == Late { // that is for the job to be
		fault = ""
	}
	if fault != "" {
		s.counts.Faults[fault]++
	}
	s.mu.Unlock()
	a := build(fault == Foreign || fault == Duplicate && past == nil)
	if fault == Duplicate && past != nil {
		a = *past
	}
	if s.misbehave(w, r, fault, token, a) {
		return
	}
	if fault == "" {
		s.mu.Lock()
		s.counts.Served[key]++
		s.past = &a
		s.mu.Unlock()
	}
	a.write(w)
}

// misbehave answers as a fault has it, and tells whether it has answered.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, fault Fault, token string, a answer) bool {
	fail := func(status int, header ...string) bool {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		http.Error(w, http.StatusText(status), status)
		return true
	}
	half := a.body[:len(a.body)/2]
	switch fault {
	case TooManySeconds:
		return fail(http.StatusTooManyRequests, "Retry-After", "2")
	case TooManyDate:
		return fail(http.StatusTooManyRequests, "Retry-After", s.o.Now().Add(3*time.Second).UTC().Format(http.TimeFormat))
	case ServerError:
		return fail(http.StatusInternalServerError)
	case BadGateway:
		return fail(http.StatusBadGateway)
	case Unavailable:
		return fail(http.StatusServiceUnavailable)
	case GatewayTimeout:
		return fail(http.StatusGatewayTimeout)
	case ExpiredToken:
		s.forget(token)
		return fail(http.StatusUnauthorized)
	case Redirect:
		return fail(http.StatusFound, "Location", "https://elsewhere.invalid/login")
	case Cut:
		panic(http.ErrAbortHandler)
	case CutBody, Slow:
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)+1))
		_, _ = w.Write([]byte(half))
		_ = http.NewResponseController(w).Flush()
		if fault == Slow {
			hold(r, s.o.Hold)
		}
		panic(http.ErrAbortHandler)
	case Truncated:
		(&answer{header: a.header, body: half}).write(w)
		return true
	case Empty:
		(&answer{header: a.header}).write(w)
		return true
	case ContentType:
		(&answer{header: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, body: a.body}).write(w)
		return true
	case HTML:
		(&answer{header: map[string]string{"Content-Type": "text/html"}, body: "<html><body>Please log in</body></html>"}).write(w)
		return true
	case Large:
		(&answer{body: "[" + strings.Repeat(" ", s.o.Large) + "]"}).write(w)
		return true
	}
	return false
}

// hold waits, or until the caller is gone.
func hold(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	}
}
