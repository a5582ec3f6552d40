package fetch_test

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tieout/ingest/fetch"
)

// A host that is not there is told of, asked once more after a pause, and given up: its
// address is as likely wrong.
func TestAHostThatHasNeverAnsweredIsGivenUpSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, err := leasing("https://api.example", `
fetch: {url: "{host}/statements/{key}"}
`)
		if err != nil {
			t.Fatal(err)
		}
		var pauses []fetch.Event
		sum := fetch.Run(t.Context(), fetch.Options{
			Now: time.Now, Random: rand.NewPCG(1, 2),
			Transport: roundTripper(func(*http.Request) (*http.Response, error) { return nil, errors.New("nobody there") }),
		}, p, keysOf("generic", 40), &journal{}, func(e fetch.Event) {
			if e.Kind == fetch.Paused {
				pauses = append(pauses, e)
			}
		})
		if sum.Stopped == nil || !strings.Contains(sum.Stopped.Error(), "api.example does not answer: the connection failed") {
			t.Errorf("%+v", sum)
		}
		if sum.Elapsed > time.Minute || sum.Requests > 15 {
			t.Errorf("given up after %v and %d requests", sum.Elapsed, sum.Requests)
		}
		if len(pauses) != 1 || pauses[0].Host != "api.example" || pauses[0].Wait != 30*time.Second || pauses[0].Reason == "" {
			t.Errorf("pauses: %v", pauses)
		}
	})
}
