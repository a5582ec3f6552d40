package capture_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tieout/calc/schema"
	"tieout/ingest/arifmetika"
	"tieout/ingest/capture"
)

// page is one of an answer that comes in several.
func page(n int, body string) capture.Entry {
	e := answer("a", body)
	e.Page = n
	return e
}

func TestPagesOfAnAnswerHoldEachForItself(t *testing.T) {
	path := t.TempDir() + "/c.ndjson"
	gone := page(3, "")
	gone.Kind, gone.Body = capture.Nothing, nil
	written(t, path, page(0, "1"), page(2, "2"), page(3, "3"), answer("a#2", "other"), page(2, "2, anew"), gone)
	var got []string
	for item := range capture.Latest("c", contents(t, path)) {
		got = append(got, said(item))
	}
	want := []string{
		"c[line 1: a] 1 of arifmetika.schedule asked a on 2020-04-23",
		"replaced",
		"replaced",
		"c[line 4: a#2] other of arifmetika.schedule asked a#2 on 2020-04-23",
		"c[line 5: a, page 2] 2, anew of arifmetika.schedule asked a, page 2 on 2020-04-23",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	log := open(t, path)
	for n, kind := range map[int]string{0: capture.Answer, 2: capture.Answer, 3: capture.Nothing, 4: ""} {
		if e := log.State("arifmetika.schedule", "a", n).Last; e.Kind != kind || kind != "" && e.Page != n {
			t.Errorf("page %d: %+v", n, e)
		}
	}
}

func TestKeysAreTakenFromEveryPage(t *testing.T) {
	path := t.TempDir() + "/c.ndjson"
	list := func(n int, number string) capture.Entry {
		e := page(n, `[{"contract_num":"`+number+`"}]`)
		e.Source = "arifmetika.contracts"
		return e
	}
	written(t, path, list(0, "C-1"), list(2, "C-2"))
	layout, err := schema.NewLayout(arifmetika.Contracts())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := capture.Keys(capture.Read(bytes.NewReader(contents(t, path))), layout, "contract_num")
	if err != nil || !slices.Equal(keys, []string{"C-1", "C-2"}) {
		t.Errorf("%q, %v", keys, err)
	}
}

// A capture may have millions of entries: of each only what a run has to know is kept.
func TestAStateHoldsNothingOfWhatWasSentAndAnswered(t *testing.T) {
	log := open(t, t.TempDir()+"/c.ndjson")
	e := whole()
	e.Job = ""
	if err := log.Append(e); err != nil {
		t.Fatal(err)
	}
	want := capture.Entry{
		Version: capture.Version, Source: e.Source, Key: e.Key, Page: 2, Kind: capture.Answer,
		Question: "5f", Ended: noon, Next: "/a?page=3", Line: 1,
	}
	if diff := cmp.Diff(want, log.State(e.Source, e.Key, e.Page).Last); diff != "" {
		t.Error(diff)
	}
}
