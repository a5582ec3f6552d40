package ingest_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
	"tieout/ingest/cells"
	"tieout/ingest/vakifbank"
)

// FuzzScanner compares the fast reader with the strict one: what the fast one reads, the
// strict one accepts without a remark and reads the same. An input is a text of documents
// that are read one after the other, so that what is learned of one meets the next.
func FuzzScanner(f *testing.F) {
	seeds(f)
	for _, text := range awkward {
		f.Add([]byte(text))
	}
	pairs := pairsOf(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, p := range pairs {
			if p.alone.start(t, nil); !p.alone.compareAll(t, text) {
				continue // and neither is it one among others
			}
			p.alone.compareAll(t, text) // as the layouts seen last
			p.among.start(t, p.sample)
			p.among.compareAll(t, text)
			p.among.compareAll(t, text)
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
	// No member at all, and before any document; more digits than amounts have.
	`{}`, `{"data":{}}`, `{"result":{},"status":"DONE"}`, `{"contracts":[{}]}`, `{"Data":{"LimitInfo":{}}}`,
	`{"penalty":123456789012345678901234567890e39}`, `{"penalty":"1234567890123456789012345678901234567e30"}`, `{"penalty":1e40,"total_balance":1e24}`,
	`{"penalty":72057594037927936,"total_balance":720575940379279.36}`, `{"penalty":720575940379279.37,"total_balance":7205759403792793.60}`,
	`{"penalty":1234567,"total_balance":12345678}`, `{"penalty":1234567.89,"total_balance":12345678.9}`, `{"penalty":1.23e2,"total_balance":1.2E-2}`,
	`{"penalty":-1.50,"total_balance":-0}`, `{"penalty":1e+2,"total_balance":1e002}`, `{"penalty":0.10,"total_balance":00.1}`, `{"penalty":1.2.3}`,
	`{"penalty":1234567}`, `{"penalty":1}`, `{"status":"a"}`, `{"status":"a`, `{"penalty":1`, `{"penalty":nul`, `{"contract_num":"a","penalty":`,
	// What was learned of one document meets another.
	"{\"contract_num\":\"a\",\"penalty\":1,\"status\":\"b\"}\n{\"contract_num\":\"a\",\"penalty\":1,\"penalty\":2}\n{\"penalty\":1 ,\"contract_num\":\"a\"}",
	"{\"contract_num\":\"a\",\"penalty\":1}\n{\"contract_num\":\"a\",\"penalty\":\"1\"}\n{\"contract_num\":null,\"penalty\":\"\"}\n{\"contract_num\":\"a\",\"penalty\": 1}",
	"{\"contract_num\":\"a\",\"x\":{\"a\":1},\"penalty\":1}{\"contract_num\":\"a\",\"x\":[1],\"penalty\":1}{\"contract_num\":\"a\",\"penalty\":1,}",
	"{\"status\":\"ok\",\"data\":{\"id\":1}}\n{\"status\":\"error\",\"data\":{\"id\":1}}\n{\"data\":[{\"id\":1}],\"status\":\"ok\"}\n{\"data\":[{\"id\":1},{\"id\":1}],\"status\":\"ok\"}",
	"{\"Header\":{\"StatusCode\":\"APIGW000000\"},\"Data\":{\"LimitInfo\":{\"CashRisk\":1}}}\n{\"Header\":null,\"Data\":{\"LimitInfo\":[{\"CashRisk\":1}]}}",
	// Odd sources.
	oddDocuments[0] + "\n" + strings.ReplaceAll(oddDocuments[0], `{"c":"x","d":{"e":1}}`, `null`) + strings.ReplaceAll(oddDocuments[0], `,"d":{"e":1}`, `,"d":null`),
	oddDocuments[0] + "\n" + strings.ReplaceAll(oddDocuments[0], `"rows":[{`, `"rows":[{},{"part":null,"sub":null},{`) + strings.ReplaceAll(oddDocuments[0], `"data"`, `"list"`),
	`{"way":{"to":{"it":{"id":"i","sum":1}}}}{"way":{"to":{"it":[{"id":"i","opt":{}}]}}}{"id":"i","opt":{"b":{}},"req":null}{"list":[{"id":1}],"data":null}`,
	`{"data":{"id":"1"},"ok":null}{"data":{"id":"1"},"ok":true}{"data":{"id":"1"},"ok":false}{"data":{"id":"1","no":"c"}}{"data":{"id":"1","none":1}}`,
	oddDocuments[1] + `{"status":null,"data":{"id":"i","sum":1}}{"data":{"id":"i","sum":1,"schema_version":1},"tool":{"name":"tieout"}}`,
	oddDocuments[2] + `{"schema_version":1,"tool":{"name":"x"}}{"schema_version":1,"tool":{"name":"tieout"}}{"schema_version":1,"tool":null}`,
}

// scannerOf is a fast reader with the strict one that knows the same.
type scannerOf struct {
	layout *schema.Layout
	strict ingest.Reader
	fast   *cells.Scanner
	record *schema.Record
	beside *schema.Record
	// strictly are the documents that the strict reader has read of the text, by where
	// they begin and end.
	strictly map[[2]int]*schema.Document
}

// pair are the readers of one source: one that knows no other, and one among others.
type pair struct {
	alone, among *scannerOf
	sample       []byte // a document of the source
}

// pairsOf are readers of the sources that come with tieout, and of odd ones.
func pairsOf(tb testing.TB) []pair {
	tb.Helper()
	invoices, err := schema.NewLayout(vakifbank.Invoices())
	if err != nil {
		tb.Fatal(err)
	}
	all := append(layouts(tb), invoices)
	samples := []string{"arifmetika-contracts-overdue", "arifmetika-schedule", "brainysoft-contract", "finnotech-facility", "vakifbank-limit", ""}
	var pairs []pair
	for i, l := range all {
		p := pair{alone: newScannerOf(l, all[i:i+1]), among: newScannerOf(l, all)}
		if samples[i] != "" {
			if p.sample, err = os.ReadFile(filepath.Join("..", "testdata", "samples", samples[i]+".json")); err != nil {
				tb.Fatal(err)
			}
		}
		pairs = append(pairs, p)
	}
	odd := described(tb, oddSources...)
	for i, l := range odd {
		pairs = append(pairs, pair{alone: newScannerOf(l, odd[i:i+1]), among: newScannerOf(l, odd), sample: []byte(oddDocuments[i])})
	}
	return pairs
}

// oddSources have what the sources that come with tieout have not.
var oddSources = []string{`
source: odd.all
records: [data, list, way.to.it, ""]
key: id
failed: [{path: status, is: [bad, "null"]}, {path: ok, is: ["false"]}, {path: data.no, is_not: [a, b]}]
nothing: [{path: data.none, is: ["1", x]}]
context:
  status: code
  ok: flag optional
  extra: text optional
  head: {kind: object, presence: optional, fields: {n: money, l: {kind: list, fields: {v: code}}}}
fields:
  id: code
  sum: money
  rate: rate optional
  count: count
  day: {kind: date, none: "0"}
  jal: jalali
  flag: flag
  txt: text empty-is-none
  no: code optional
  opt: {kind: object, presence: optional, fields: {
    a: money, b: {kind: object, fields: {c: text, d: {kind: object, presence: optional, fields: {e: count}}}},
    r: {kind: rows, fields: {p: money, o: {kind: object, presence: optional, fields: {x: money}}}}, l: {kind: list, fields: {v: money}}}}
  req: {kind: object, fields: {a: rate, b: {kind: object, presence: optional, fields: {c: code}}}}
  rows: {kind: rows, fields: {part: money, sub: {kind: rows, presence: optional, fields: {q: text, l: {kind: list, fields: {v: {kind: code, none: "-"}}}}}}}
  list: {kind: list, fields: {v: money}}
  ents: {kind: entries, presence: optional, fields: {name: code, x: money}}
`, `
source: odd.other
records: [data]
failed: [{path: status, is_not: [ok]}]
nothing: [{path: head.n, is: ["5"]}]
context: {status: code}
fields:
  id: code
  sum: money
  "a.b": money optional
  "schön": text optional
  schema_version: code optional
`, `
source: odd.none
records: [""]
fields: {schema_version: money, tool: {kind: object, fields: {name: text}}, contract_number: code, status: text}
`}

// oddDocuments are one of each of the odd sources.
var oddDocuments = []string{
	`{"status":"ok","ok":true,"extra":"e","head":{"n":1.5,"l":["a",2]},"data":{"id":"i","sum":1,"rate":2.5,"count":3,` +
		`"day":"2020-01-31","jal":"13970430","flag":false,"txt":"t","no":"a","opt":{"a":1,"b":{"c":"x","d":{"e":1}},` +
		`"r":[{"p":1,"o":{"x":2}}],"l":[1,"2"]},"req":{"a":1,"b":{"c":1}},"rows":[{"part":1,"sub":[{"q":"a","l":["b","-"]}]}],"list":[1,2.5]}}`,
	`{"status":"ok","data":{"id":"i","sum":1,"a.b":2,"schön":"ja"}}`,
	`{"tool":{"name":"x"},"contract_number":1,"status":"ok"}`,
}

// newScannerOf is a fast reader of a layout that knows some.
func newScannerOf(l *schema.Layout, known []*schema.Layout) *scannerOf {
	r := &scannerOf{layout: l, strict: ingest.Reader{Layouts: known}, record: schema.NewRecord(l, nil)}
	if l.Context != nil {
		r.beside = schema.NewRecord(l.Context, nil)
	}
	return r
}

// start makes the fast reader anew, and lets it learn from a document if there is one.
func (r *scannerOf) start(t testing.TB, sample []byte) {
	t.Helper()
	r.fast, r.strictly = r.strict.Scanner(r.layout), map[[2]int]*schema.Document{}
	if from := bytes.IndexByte(sample, '{'); from >= 0 {
		r.fast.Document(sample, from)
	}
}

// compareAll reads the documents of a text with both readers, and tells whether the fast
// one could read any.
func (r *scannerOf) compareAll(t testing.TB, text []byte) (any bool) {
	t.Helper()
	const between = " \t\r\n[,]"
	for at := 0; at < len(text); {
		switch end, ok := r.compare(t, text, at); {
		case ok:
			any, at = true, end
		case strings.IndexByte(between, text[at]) >= 0:
			at++
		default:
			line := bytes.Index(text[at:], []byte("\n{"))
			if line < 0 {
				return any
			}
			at += line + 1
		}
	}
	return any
}

// compare reads the document at an offset of a text with both readers.
func (r *scannerOf) compare(t testing.TB, text []byte, from int) (end int, ok bool) {
	t.Helper()
	if end, ok = r.fast.Document(text, from); !ok {
		return end, false
	}
	doc, one := text[from:end], &ingest.Stretch{Input: &schema.Input{File: "f", Text: text}, From: from, End: end, Last: true}
	strictly := r.strictly[[2]int{from, end}]
	if strictly == nil {
		values := r.strict.Values(one)
		item, _ := values.Next()
		if len(item.Rejects) > 0 || item.Document == nil || len(item.Document.Records) != 1 || values.At() != end {
			t.Fatalf("read what the strict reader does not: %s\n%+v", doc, item)
		}
		strictly = item.Document
		r.strictly[[2]int{from, end}] = strictly
	}
	strict := strictly.Records[0]
	if strict.Layout != r.fast.Record.Layout {
		t.Fatalf("read as %s, and is %s: %s", r.fast.Record.Layout.Source.Name, strict.Layout.Source.Name, doc)
	}
	sameCells(t, doc, r.record, strict, r.fast.Record)
	beside := strict.Payload.Context
	if (beside == nil) != (r.fast.Beside == nil) {
		t.Fatalf("what stands beside the record is there for one reader only: %s", doc)
	} else if beside != nil {
		sameCells(t, doc, r.beside, beside, r.fast.Beside)
	}
	if a, b := placed(strictly), placed(r.strict.Values(one).Take(r.fast, end).Document); a != b {
		t.Fatalf("taken otherwise: %s\nstrict: %s\nfast: %s", doc, a, b)
	}
	return end, true
}

// placed is where a document and its record stand, and what they are called.
func placed(d *schema.Document) string {
	r := d.Records[0]
	text := fmt.Sprint(d.Source.Name, d.Offset, len(d.Records), len(d.Repairs), " ", r.Key, r.KeyFrom, r.Pointer, r.Offset, r.Nothing, r.Partial, len(r.Payload.Records), r.Payload.Lost)
	if beside := r.Payload.Context; beside != nil {
		text += fmt.Sprint(" ", beside.Key, beside.KeyFrom, beside.Pointer, beside.Offset)
	}
	return text
}

// sameCells compares the record of the strict reader with the cells of the fast one.
func sameCells(t testing.TB, text []byte, record, strict *schema.Record, fast *schema.Cells) {
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
	pairs := pairsOf(t)
	err := filepath.WalkDir(filepath.Join("..", "testdata", "samples"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, p := range pairs {
			for _, r := range []*scannerOf{p.alone, p.among} {
				if r.start(t, nil); r.compareAll(t, text) {
					read[filepath.Base(path)] = true
				}
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

func TestTheFastReaderReadsDocumentsOfOddSources(t *testing.T) {
	for i, p := range pairsOf(t)[len(layouts(t))+1:] {
		for _, r := range []*scannerOf{p.alone, p.among} {
			if r.start(t, nil); !r.compareAll(t, []byte(oddDocuments[i])) {
				t.Errorf("left to the strict reader: %s", oddDocuments[i])
			}
		}
	}
}

func TestWhatTheStrictReaderFindsIsLeftToIt(t *testing.T) {
	many := "source: a\nfields:\n"
	for i := range 600 {
		many += fmt.Sprintf("  f%d: money\n", i)
	}
	for _, test := range []struct {
		name, doc    string
		descriptions []string // the document is of the last
	}{
		{"more fields than a set of members holds", `{"f1":1,"f300":1}`, []string{many}},
		{"a report with a figure for its mark", `{"schema_version":1,"tool":{"name":"tieout"}}`, []string{"source: a\nfields: {schema_version: money}\n"}},
		{"a report with its mark on the way", `{"schema_version":{"x":{"a":1}},"tool":{"name":"tieout"}}`, []string{"source: a\nrecords: [schema_version.x]\nfields: {a: money}\n"}},
		{"a failed answer of another source", `{"status":"success","x":{"a":1}}`, []string{
			"source: other\nrecords: [y]\nfailed: [{path: status, is_not: [ok]}]\nfields: {b: money}\n",
			"source: a\nrecords: [x]\nfailed: [{path: status, is_not: [success]}]\nfields: {a: money}\n",
		}},
		{"a null that tells", `{"status":null,"x":{"a":1}}`, []string{"source: a\nrecords: [x]\nfailed: [{path: status, is: ['null']}]\nfields: {a: money}\n"}},
		{"a null that tells instead of an object", `{"status":null,"x":{"a":1}}`, []string{
			"source: a\nrecords: [x]\nfailed: [{path: status, is: ['null']}]\ncontext: {status: {kind: object, fields: {b: money}}}\nfields: {a: money}\n",
		}},
		{"a record around the record", `{"x":{"y":[{"a":1}]}}`, []string{"source: a\nrecords: [x, x.y]\nfields: {a: money}\n"}},
		{"a document that is the record", `{"x":{"a":1}}`, []string{"source: a\nrecords: ['', x]\nfields: {a: money}\n"}},
		{"a cut word that tells", `{"ok":fal`, []string{"source: a\nrecords: [x]\nfailed: [{path: ok, is: ['false']}]\ncontext: {ok: flag}\nfields: {a: money}\n"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			known := described(t, test.descriptions...)
			r := newScannerOf(known[len(known)-1], known)
			if r.start(t, nil); r.compareAll(t, []byte(test.doc)[:len(test.doc):len(test.doc)]) {
				t.Error("read")
			}
		})
	}
}

// Whatever it has learned before, the fast reader takes no name twice.
func TestANameThatStandsTwiceIsLeftToTheStrictReader(t *testing.T) {
	for count := 1; count <= 5; count++ {
		var names, members []string
		for i := range count {
			names = append(names, fmt.Sprintf("f%d: money", i))
			members = append(members, fmt.Sprintf(`"f%d":%d.00`, i, i))
		}
		known := described(t, "source: a\nfields: {"+strings.Join(names, ", ")+"}\n")
		usual := "{" + strings.Join(members, ",") + "}\n"
		for often := range 4 {
			for i, twice := range members {
				for at := range count + 1 {
					doubled := "{" + strings.Join(slices.Insert(slices.Clone(members), at, twice), ",") + "}\n"
					text := strings.Repeat(usual, often) + doubled
					r := newScannerOf(known[0], known)
					r.start(t, nil)
					far := []byte(text + strings.Repeat(usual, 20)) // near the end little is learned
					for from := 0; from < len(text); {
						end, read := r.fast.Document(far, from)
						if isDoubled := from == len(text)-len(doubled); read == isDoubled {
							t.Fatalf("f%d at %d behind %d others, read %v: %s", i, at, often, read, text[from:])
						}
						if !read {
							break
						}
						from = end + 1
					}
				}
			}
		}
	}
}

// Objects in any order, with members left out, twice, written in several ways: long enough
// that the fast reader gives up to expect an order, and tries again.
func TestTheFastReaderLearnsNothingWrong(t *testing.T) {
	const fields = "{a: money, bb: text, c: date, rows: {kind: rows, fields: {a: money, d: money}}}"
	known := described(t, "source: a\nfields: "+fields+"\n")
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 1))
		one := func(of ...string) string { return of[random.IntN(len(of))] }
		figure := func() string { return one("0.00", "12.5", "7", "-3.10", "1234567.89", "12345678.90", `"4.20"`, "null") }
		object := func(members []string) string {
			if random.IntN(20) < int(seed) { // from none to many
				random.Shuffle(len(members), func(i, k int) { members[i], members[k] = members[k], members[i] })
			}
			if i := random.IntN(4 * len(members)); i < len(members) {
				members = slices.Delete(members, i, i+1)
			}
			if random.IntN(30) == 0 && len(members) > 0 {
				members = slices.Insert(members, random.IntN(len(members)+1), one(members...))
			}
			return "{" + strings.Join(members, ",") + "}"
		}
		var text strings.Builder
		for range 400 {
			var rows []string
			for range random.IntN(4) {
				rows = append(rows, object([]string{`"a":` + figure(), `"d":` + figure()}))
			}
			text.WriteString(object([]string{
				`"a":` + figure(), `"bb":` + one(`"x"`, `"Договор №7"`, `"a longer text \n of two lines"`, `""`),
				`"c":"2024-0` + one("1", "2", "9") + `-11"`, one(`"rows":`, `"rows": `) + "[" + strings.Join(rows, ",") + "]",
			}) + "\n")
		}
		r := newScannerOf(known[0], known)
		r.start(t, nil)
		read := 0
		all := text.String()
		for at := 0; at < len(all); at += strings.IndexByte(all[at:], '\n') + 1 {
			if _, ok := r.compare(t, []byte(all), at); ok {
				read++
			}
		}
		if read < 300 {
			t.Errorf("seed %d: only %d of 400 documents are read fast", seed, read)
		}
	}
}
