package ingest_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/cells"
)

// FuzzScanner compares the fast reader with the strict one: what the fast one reads, the
// strict one accepts without a remark and reads the same.
func FuzzScanner(f *testing.F) {
	seeds(f)
	for _, text := range awkward {
		f.Add([]byte(text))
	}
	readers := scannersOf(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, r := range readers {
			r.compare(t, text)
			r.compare(t, text) // as the layout seen last
		}
	})
}

// awkward documents are read right by few readers.
var awkward = []string{
	`{"contract_num":"a","contract_num":"b","penalty":1}`, `{"penalty":01}`, `{"penalty":1.}`, `{"penalty":-}`, `{"penalty":1e}`,
	`{"penalty":12345678901234567890.12}`, `{"penalty":1.005}`, `{"penalty":-0.00}`, `{"penalty":1E2,"total_balance":1.5e-1}`,
	`{"penalty":"007.5"}`, `{"penalty":""}`, `{"penalty":null}`, `{"penalty":true}`, `{"penalty":[]}`, `{"penalty":{}}`,
	`{"penalty":1,}`, `{"penalty":1 "x":2}`, `{,"penalty":1}`, `{"penalty":1}}`, `{ "penalty" : 1 , "status" : "a\u0041\"\\" }`,
	`{"penalty":1,"extra":{"a":1,"a":2}}`, `{"penalty":1,"extra":{"a":[1,{"b":null}]}}`, `{"penalty":1,"extra":1,"extra":2}`,
	`{"penalti":1,"contract_num":"a"}`, `{"status":"FAILED","penalty":1}`, `{"contracts":[{"penalty":1}],"penalty":2}`,
	`{"Total":{"main_debt":null},"Details":[{"main_debt":{"fact_payment":null}},{}]}`, `{"Total":null,"Details":[]}`, `{"Details":{}}`,
	`{"tranche":{"sum":1},"transfer":null,"categories":["a",null,"",1],"penalty":3}`, `{"tool":{"name":"tieout"},"schema_version":1,"penalty":1}`,
	`{"status":"Просрочен","payment_receiver":"ООО \"Ромашка\""}`, "{\"status\":\"\xd0\"}", "{\"status\":\"\xc0\x80\"}", "{\"status\":\"\xed\xa0\x80\"}",
	`{"status":"\ud83d\ude00"}`, `{"status":"\ud83d"}`, "{\"status\":\"a\tb\"}", "{\"penalty\":1}\x00", `{"contract_num":5,"penalty":1}`,
	`{"data":{"id":1},"status":"ok"}`, `{"data":[{"id":1}],"status":"error"}`, `{"data":[],"status":"ok"}`, `{"data":[{"id":1},{"id":2}]}`,
	`{"result":{"result":"120"}}`, `{"Data":{"LimitInfo":{"CashRisk":1}},"Header":{"StatusCode":"X"}}`,
}

// scannerOf is a fast reader with the strict one that knows the same.
type scannerOf struct {
	strict ingest.Reader
	fast   *cells.Scanner
	record *schema.Record
	beside *schema.Record
}

// scannersOf are fast readers for each of the sources, alone and among the others, that
// have each read documents of their source.
func scannersOf(tb testing.TB) []*scannerOf {
	tb.Helper()
	all := layouts(tb)
	var readers []*scannerOf
	for i, l := range all {
		for _, known := range [][]*schema.Layout{all[i : i+1], all} {
			r := &scannerOf{strict: ingest.Reader{Layouts: known}, record: schema.NewRecord(l, nil)}
			r.fast = r.strict.Scanner(l)
			if l.Context != nil {
				r.beside = schema.NewRecord(l.Context, nil)
			}
			readers = append(readers, r)
		}
	}
	return readers
}

// compare reads one text with both readers.
func (r *scannerOf) compare(t *testing.T, text []byte) bool {
	t.Helper()
	from := 0
	for from < len(text) && strings.IndexByte(" \t\r\n", text[from]) >= 0 {
		from++
	}
	end, ok := r.fast.Document(text, from)
	if !ok {
		return false
	}
	var items []ingest.Item
	for item := range r.strict.Read(&schema.Input{File: "f", Text: text[:end]}) {
		items = append(items, item)
	}
	if len(items) != 1 || len(items[0].Rejects) > 0 || items[0].Document == nil || len(items[0].Document.Records) != 1 {
		t.Fatalf("read what the strict reader does not: %s\n%+v", text[:end], items)
	}
	strict := items[0].Document.Records[0]
	if strict.Layout != r.fast.Record.Layout {
		t.Fatalf("read as %s, and is %s: %s", r.fast.Record.Layout.Source.Name, strict.Layout.Source.Name, text[:end])
	}
	sameCells(t, text[:end], r.record, strict, r.fast.Record)
	if beside := strict.Payload.Context; (beside == nil) != (r.fast.Beside == nil) {
		t.Fatalf("what stands beside the record is there for one reader only: %s", text[:end])
	} else if beside != nil {
		sameCells(t, text[:end], r.beside, beside, r.fast.Beside)
	}
	return true
}

// sameCells compares the record of the strict reader with the cells of the fast one.
func sameCells(t *testing.T, text []byte, record, strict *schema.Record, fast *schema.Cells) {
	t.Helper()
	record.Fill(fast)
	if a, b := image(strict), image(record); a != b {
		t.Fatalf("read otherwise:\n%s\nstrict:\n%s\nfast:\n%s", text, a, b)
	}
	if strict.Figures() != fast.Figures || strict.Offset != fast.Start {
		t.Fatalf("%d figures at %d, and %d at %d: %s", strict.Figures(), strict.Offset, fast.Figures, fast.Start, text)
	}
	for g := range strict.Layout.Groups {
		for i := range strict.Instances(g) {
			for slot := range strict.Layout.Groups[g].Slots {
				v, c := strict.Value(g, i, slot), fast.At(g, i, slot)
				if c.Flags&schema.Exact != 0 && fmt.Sprint(v.Amount.Times(100).Int64()) != fmt.Sprint(c.Units, true) {
					t.Fatalf("%s is read as %d", v.Text, c.Units)
				}
			}
		}
	}
}

// image is all that a record holds.
func image(r *schema.Record) string {
	var b strings.Builder
	for g := range r.Layout.Groups {
		fmt.Fprintf(&b, "group %d\n", g)
		if g > 0 {
			for p := range r.Instances(r.Layout.Groups[g].Parent) {
				fmt.Fprintf(&b, "  span %+v\n", r.Rows(g, p))
			}
		}
		for i := range r.Instances(g) {
			fmt.Fprintf(&b, "  of %d:", r.Parent(g, i))
			for slot := range r.Layout.Groups[g].Slots {
				v := r.Value(g, i, slot)
				fmt.Fprintf(&b, " [%v %t %q %s %s %d-%d]", v.State, v.Waived, v.Text, v.Amount, v.Date, v.Offset, v.End)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func TestTheFastReaderReadsTheSamplesOfOneRecord(t *testing.T) {
	read := map[string]bool{}
	readers := scannersOf(t)
	err := filepath.WalkDir(filepath.Join("..", "testdata", "samples"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, r := range readers {
			if r.compare(t, text) {
				read[filepath.Base(path)] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"arifmetika-schedule.json", "brainysoft-contract.json", "finnotech-facility.json", "vakifbank-limit.json"} {
		if !read[file] {
			t.Errorf("%s is left to the strict reader", file)
		}
	}
}
