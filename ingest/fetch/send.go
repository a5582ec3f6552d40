package fetch

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// maxHops is how many redirects of one request are followed.
const maxHops = 3

var errTimeout = errors.New("the deadline of the request")

// sent is what came of one request.
type sent struct {
	reply Reply
	// fault is what kept an answer from coming; Outcome 0 when there is a reply.
	fault Verdict
	// written tells that the upstream may have seen the request.
	written bool
}

// send sends a call once, following redirects on its host. The error ends the run: it
// was cancelled, the host is given up, or nothing sent there can be trusted.
func (e *engine) send(ctx context.Context, c Call) (sent, error) {
	for hop := 0; ; hop++ {
		at, err := safeURL(c.URL)
		if err != nil {
			return sent{}, err
		}
		g := e.gate(at.Host)
		if err := g.enter(ctx); err != nil {
			return sent{}, err
		}
		s, fatal := e.exchange(ctx, g, c)
		if fatal != nil {
			_ = g.leave(unknown, "", 0) // it only gives the place back
			return sent{}, fatal
		}
		if err := g.leave(signOf(ctx, s), cmp.Or(s.fault.Reason, statusLine(s.reply.Status)), e.pauseFor(s)); err != nil {
			return sent{}, err
		}
		if s.fault.Outcome != 0 || !isRedirect(s.reply.Status) {
			return s, nil
		}
		if c.URL, s.fault = redirect(c, at, s.reply); s.fault.Outcome == 0 && hop == maxHops {
			s.fault = refused(Redirected, fmt.Sprintf("it redirects more than %d times", maxHops))
		}
		if s.fault.Outcome != 0 {
			return s, nil
		}
	}
}

// safeURL errs on an address to which no secret may be sent.
func safeURL(text string) (*url.URL, error) {
	at, err := url.Parse(text)
	switch {
	case err != nil || at.Host == "":
		return nil, errors.New("the address is not a URL such as https://api.example.com")
	case at.User != nil:
		return nil, errors.New("the address holds a user or password; secrets are given apart")
	case at.Scheme == "https", at.Scheme == "http" && isLoopback(at.Hostname()):
		return at, nil
	}
	return nil, fmt.Errorf("%s://%s is refused: only https is spoken, and http with this machine alone", at.Scheme, at.Host)
}

// IsHere tells whether a host, with its port or without, is this machine, as its name or
// address alone says.
func IsHere(host string) bool {
	at := url.URL{Host: host}
	return isLoopback(at.Hostname())
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// hostOf a call, with its port.
func hostOf(c Call) string {
	at, err := url.Parse(c.URL)
	if err != nil {
		return "the host"
	}
	return at.Host
}

func isRedirect(status int) bool {
	return status >= 300 && status < 400 && status != http.StatusNotModified
}

// redirect is where a call goes on, or why it does not. A redirect to another host is
// not followed, since that would get the token too; a temporary one, such as to the page
// of a gateway that is being repaired, may be gone when the call is sent again.
func redirect(c Call, from *url.URL, r Reply) (next string, fault Verdict) {
	location := r.Header.Get("Location")
	to, err := from.Parse(location)
	switch {
	case location == "" || err != nil:
		return "", refused(Redirected, "it redirects to no address")
	case to.Scheme != from.Scheme || to.Host != from.Host:
		reason := fmt.Sprintf("it redirects to another host, %s://%s, which is not followed: that host would get the login", to.Scheme, to.Host)
		if r.Status == http.StatusMovedPermanently || r.Status == http.StatusPermanentRedirect {
			return "", refused(Redirected, reason)
		}
		return "", again(Redirected, reason)
	case c.Method != http.MethodGet:
		return "", refused(Redirected, "it redirects a "+c.Method)
	}
	return to.String(), Verdict{}
}

// exchange sends one request and reads its answer.
func (e *engine) exchange(ctx context.Context, g *gate, c Call) (sent, error) {
	ctx, cancel := e.linger(ctx)
	defer cancel()
	ctx, done := context.WithTimeoutCause(ctx, e.o.Timeout, errTimeout)
	defer done()
	var wrote atomic.Bool
	var connections atomic.Int32
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { wrote.Store(true) },
		GotConn: func(httptrace.GotConnInfo) {
			// The transport sends a request anew when a kept connection turns out
			// to be closed. That counts too.
			if connections.Add(1) > 1 {
				g.limiter.ReserveN(e.o.Now(), 1)
			}
		},
	})
	request, err := http.NewRequestWithContext(ctx, c.Method, c.URL, bytes.NewReader(c.real()))
	if err != nil {
		return sent{}, errors.New("the request cannot be built from this address and method")
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "tieout")
	for name, value := range c.Header {
		request.Header.Set(name, value)
	}
	for name, s := range c.secrets {
		request.Header.Set(name, s.before+s.secret.Reveal())
	}
	e.count(func(s *Summary) { s.Requests++ })
	response, err := e.client.Do(request)
	if err != nil {
		return sent{fault: connectionFault(ctx, err), written: wrote.Load()}, fatalTLS(err)
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	s := sent{reply: Reply{Status: response.StatusCode, Header: response.Header}, written: true}
	body, err := io.ReadAll(io.LimitReader(response.Body, e.o.MaxAnswer+1))
	switch {
	case err != nil:
		s.fault = connectionFault(ctx, err)
	case int64(len(body)) > e.o.MaxAnswer:
		s.fault = refused(TooLarge, "the answer is larger than "+inBytes(e.o.MaxAnswer))
	}
	s.reply.Body = body
	if s.fault.Outcome != 0 {
		s.reply.Body = nil
	}
	return s, nil
}

// inBytes is a size as people know it.
func inBytes(n int64) string {
	if n > 0 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// linger is a context that outlives its parent by the grace that requests under way
// have: what the upstream has begun to answer should not be asked for twice.
func (e *engine) linger(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(parent))
	var timer atomic.Pointer[time.Timer]
	stop := context.AfterFunc(parent, func() {
		timer.Store(time.AfterFunc(e.o.Grace, func() { cancel(context.Cause(parent)) }))
	})
	return ctx, func() {
		stop()
		if t := timer.Load(); t != nil {
			t.Stop()
		}
		cancel(nil)
	}
}

// noHost lists the statuses that say that what stands before the API cannot reach it.
var noHost = []int{http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}

// signOf tells what a request shows of its host. One that reports an error of its own,
// with whatever status, is alive: what it says of one key says nothing of the others.
func signOf(ctx context.Context, s sent) sign {
	switch {
	case s.fault.Class == Unreachable && ctx.Err() != nil:
		return unknown
	case s.fault.Class == Unreachable, s.fault.Class == TooSlow, slices.Contains(noHost, s.reply.Status):
		return silent
	}
	return alive
}

// pauseFor is how long a host has asked to be left in peace by all.
func (e *engine) pauseFor(s sent) time.Duration {
	if s.reply.Status == http.StatusTooManyRequests || s.reply.Status == http.StatusServiceUnavailable {
		return e.retryAfter(s.reply.Header)
	}
	return 0
}

// connectionFault says why there is no answer, without the address that net/http puts
// into its errors.
func connectionFault(ctx context.Context, err error) Verdict {
	var timeout net.Error
	if errors.Is(context.Cause(ctx), errTimeout) || errors.As(err, &timeout) && timeout.Timeout() {
		return again(TooSlow, "no answer in time")
	}
	var inURL *url.Error
	if errors.As(err, &inURL) {
		err = inURL.Err
	}
	var dns *net.DNSError
	var dial *net.OpError
	switch {
	case errors.As(err, &dns):
		return again(Unreachable, "the name of the host is not known")
	case errors.As(err, &dial) && dial.Op == "dial":
		return again(Unreachable, "no connection: "+dial.Err.Error())
	case errors.Is(err, io.ErrUnexpectedEOF):
		return again(Unreachable, "the connection broke in the middle of the answer")
	case errors.Is(err, io.EOF), errors.As(err, &dial), strings.Contains(err.Error(), "EOF"):
		return again(Unreachable, "the connection broke before an answer came")
	}
	return again(Unreachable, "the connection failed: "+err.Error())
}

// ErrAuthority says that nobody known vouches for a host. It ends a run.
var ErrAuthority = errors.New("the host's certificate is signed by an authority that is not known")

// fatalTLS is the error of a host that cannot prove who it is. Asking it for other
// keys would not help.
func fatalTLS(err error) error {
	var certificate *tls.CertificateVerificationError
	if !errors.As(err, &certificate) {
		return nil
	}
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch err := certificate.Err; {
	case errors.As(err, &unknown):
		return ErrAuthority
	case errors.As(err, &name):
		return errors.New("the host's certificate is for another name")
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return errors.New("the host's certificate has expired, or is not valid yet")
	}
	return errors.New("the host's certificate cannot be verified")
}
