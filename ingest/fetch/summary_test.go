package fetch_test

import (
	"context"
	"testing"

	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

// A request that is planned and never sent again is none that was sent again.
func TestOnlyWhatIsSentAgainIsCountedSo(t *testing.T) {
	for _, test := range []struct {
		name    string
		cancel  bool
		retries int
	}{
		{"all attempts", false, 2},
		{"interrupted in the first pause", true, 0},
	} {
		s := newSetting(t, "finnotech", mock.Options{Faults: mock.Faults{mock.BadGateway: 1000}})
		s.options.Attempts = 3
		ctx, cancel := context.WithCancel(t.Context())
		sum := fetch.Run(ctx, s.options, s.protocol, keysOf("finnotech", 1), s.journal, func(e fetch.Event) {
			if e.Kind == fetch.Retrying && test.cancel {
				cancel()
			}
		})
		cancel()
		if sum.Retries != test.retries || sum.Requests != 2+test.retries { // the login, and the first attempt
			t.Errorf("%s: %+v", test.name, sum)
		}
	}
}
