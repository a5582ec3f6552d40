package main

import (
	"strings"
	"testing"
	"time"

	"tieout/ingest/fetch"
)

// While a host is left in peace nothing else happens: that is said, instead of a pace
// that is none.
func TestAPauseIsTold(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.Local)
	pause := fetch.Event{Kind: fetch.Paused, Host: "api.example", At: at, Wait: 30 * time.Second, Class: fetch.Unreachable, Reason: "no connection: refused"}
	for _, test := range []struct {
		name          string
		alive         bool
		events        []fetch.Event
		says, saysNot string
	}{
		{
			"in a log", false,
			[]fetch.Event{pause},
			"tieout: api.example does not answer (no connection: refused); it is left in peace for 30s, until 12:00:30\n", "\r",
		},
		{
			"to a person", true,
			[]fetch.Event{{Kind: fetch.Ended, At: at.Add(-time.Millisecond)}, pause},
			"\r\x1b[K1 of 40 keys, paused until 12:00:30", "",
		},
		{
			"when it is over", true,
			[]fetch.Event{pause, {Kind: fetch.Ended, At: at.Add(31 * time.Second)}},
			"\r\x1b[K1 of 40 keys, 0.0/s", "",
		},
		{
			"that the API asks for", false,
			[]fetch.Event{{Kind: fetch.Paused, Host: "api.example", At: at, Wait: time.Second, Class: fetch.Throttled, Reason: "HTTP 429"}},
			"", "tieout",
		},
	} {
		var b strings.Builder
		w := &watcher{err: &b, alive: test.alive, total: 40, start: at.Add(-time.Minute), told: map[fetch.Class]int{}}
		for _, e := range test.events {
			w.watch(e)
		}
		if !strings.Contains(b.String(), test.says) || test.saysNot != "" && strings.Contains(b.String(), test.saysNot) {
			t.Errorf("%s: %q", test.name, b.String())
		}
	}
}
