package properties

import (
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tieout/calc/schema"
	"tieout/ingest/capture"
	"tieout/ingest/fetch"
	"tieout/ingest/mock"
)

// bodies is a journal that keeps answers as documents.
type bodies struct{ inputs []*schema.Input }

func (b *bodies) Append(all ...capture.Entry) error {
	for _, e := range all {
		if e.Kind == capture.Answer {
			b.inputs = append(b.inputs, &schema.Input{File: e.Key + ".json", Text: e.Body})
		}
	}
	return nil
}
func (b *bodies) State(_, _ string, _ int) capture.State { return capture.State{} }

// The documents of the mocks are fetched and checked as they are: there is nothing to
// find in them.
func TestTheMocksDocumentsAgree(t *testing.T) {
	secrets := fetch.NewSecrets(map[string]string{
		"client_secret": "x", "apikey": "x", "customer_key": "x", "password": "x", "refresh_token": "x",
	})
	for _, test := range []struct {
		name string
		mock string
		of   func(address string) (fetch.Protocol, error)
		key  func(n int) string
	}{
		{"arifmetika.contracts", "arifmetika", func(at string) (fetch.Protocol, error) {
			return fetch.NewArifmetika(fetch.Arifmetika{SubmitURL: at + "/submit", PollURL: at + "/result", Secrets: secrets})
		}, func(n int) string { return fmt.Sprintf("913%07d/1985-12-01", n) }},
		{"arifmetika.schedule", "arifmetika", func(at string) (fetch.Protocol, error) {
			return fetch.NewArifmetika(fetch.Arifmetika{Schedule: true, SubmitURL: at + "/submit", PollURL: at + "/result", Secrets: secrets})
		}, func(n int) string { return fmt.Sprintf("З24ПрИР%09d", n) }},
		{"finnotech.facility", "finnotech", func(at string) (fetch.Protocol, error) {
			return fetch.NewFinnotech(fetch.Finnotech{Address: at, ClientID: "me", NID: "0499370899", Secrets: secrets})
		}, nationalCode},
		{"brainysoft.contract", "brainysoft", func(at string) (fetch.Protocol, error) {
			return fetch.NewBrainySoft(fetch.BrainySoft{Address: at, UserName: "me", Secrets: secrets})
		}, func(n int) string { return fmt.Sprint(10_000_000 + n) }},
		{"vakifbank.limit", "vakifbank", func(at string) (fetch.Protocol, error) {
			return fetch.NewVakifBank(fetch.VakifBank{Address: at, ClientID: "me", Secrets: secrets})
		}, func(n int) string { return fmt.Sprintf("371004/dealer%d", n) }},
		{"vakifbank.invoices", "vakifbank", func(at string) (fetch.Protocol, error) {
			return fetch.NewVakifBank(fetch.VakifBank{Address: at, ClientID: "me", Invoices: true, Secrets: secrets})
		}, func(n int) string { return fmt.Sprintf("371004/dealer%d", n) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, err := mock.New(test.mock, mock.Options{Seed: 1, Now: time.Now, Records: 4})
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(m)
			defer server.Close()
			p, err := test.of(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			const keys = 40
			var all bodies
			sum := fetch.Run(t.Context(), fetch.Options{
				Now: time.Now, Random: rand.NewPCG(1, 1), Transport: server.Client().Transport, PollEvery: time.Millisecond,
			}, p, func(yield func(fetch.Key) bool) {
				for n := range keys {
					if !yield(fetch.Key{Text: test.key(n)}) {
						return
					}
				}
			}, &all, nil)
			if sum.Answered != keys {
				t.Fatalf("%+v", sum)
			}
			slices.SortFunc(all.inputs, func(a, b *schema.Input) int { return strings.Compare(a.File, b.File) })
			for _, in := range all.inputs {
				result := checkAbout(t, schema.Circumstances{}, []*schema.Input{in}, nil)
				for _, f := range result.Findings.All() {
					t.Errorf("%s: %s %v %s", in.File, f.Rule.ID, f.Severity, f.Text)
				}
				if result.Rejects.Len() > 0 || result.Records == 0 || result.NotEvaluable.Len() > 0 {
					t.Errorf("%s: %+v %+v", in.File, result.Rejects, result.NotEvaluable)
				}
				if t.Failed() {
					t.Fatalf("%s", in.Text)
				}
			}
		})
	}
}

// nationalCode is the nth of Iran, with its check digit.
func nationalCode(n int) string {
	text := fmt.Sprintf("%09d", 100_000_000+n)
	sum := 0
	for i, d := range text {
		sum += int(d-'0') * (10 - i)
	}
	check := sum % 11
	if check > 1 {
		check = 11 - check
	}
	return text + fmt.Sprint(check)
}
