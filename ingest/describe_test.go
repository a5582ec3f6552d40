package ingest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest"
)

const head = "source: a.b\nfields:\n  x: money RUB\n  y: money RUB\n  r: {kind: rows, fields: {z: money RUB}}\nrules:\n"

// bomb doubles the fields nine times over, ten at a time.
func bomb() string {
	var b strings.Builder
	b.WriteString("source: a\ncontext: {c0: &f0 {kind: object, fields: {x: money}}")
	for i := range 9 {
		fmt.Fprintf(&b, ", c%d: &f%d {kind: object, fields: {", i+1, i+1)
		for k := range 10 {
			fmt.Fprintf(&b, "x%d: *f%d,", k, i)
		}
		b.WriteString("}}")
	}
	return b.String() + "}\nfields: {x: money}\n"
}

// mistakes in descriptions, each with its place and a part of its reason.
var mistakes = []struct {
	name, yaml   string
	line, column int
	reason       string
}{
	{"nothing", "", 1, 1, "the file is empty"},
	{"only a comment", "# later\n", 1, 1, "the file is empty"},
	{"a text at the root", "hello", 1, 1, "a description is expected to be a mapping"},
	{"a list at the root", "- a\n- b\n", 1, 1, "a description is expected to be a mapping"},
	{"null at the root", "~\n", 1, 1, "a description is expected to be a mapping"},
	{"two documents", "source: a\nfields: {x: money}\n---\nsource: b\n", 3, 1, "a second YAML document"},
	{"a broken second document", "source: a\nfields: {x: money}\n---\n{", 4, 1, "did not find"},
	{"an unknown key", "source: a\nfields: {x: money}\ncurency: RUB\n", 3, 1, `a description has no key "curency"`},
	{"a currency that is no field", "source: a\nfields: {x: money}\ncurrency: RUB\n", 3, 11, `the currency "RUB" is not a plain field of the record`},
	{"an answer that nothing decides", "source: a\nfields: {x: money}\nfailed: [{path: x}]\n", 3, 10, `lacks the key "is" or "is_not"`},
	{"a weight of nothing", "source: a\nfields: {x: {kind: money, weight: 0}}\n", 2, 35, `a weight is a whole number from 1 to 1000, not "0"`},
	{"a fixed that is a word", "source: a\nfields: {x: {kind: money, fixed: sure}}\n", 2, 34, "expected true or false"},
	{"a key twice", "source: a\nfields: {x: money}\nsource: b\n", 3, 1, `the key "source" stands twice`},
	{"no source", "fields: {x: money}\n", 1, 1, `a description lacks the key "source"`},
	{"no fields", "title: t\nsource: a\n", 1, 1, `a description lacks the key "fields"`},
	{"an empty source", "source: ''\nfields: {x: money}\n", 1, 9, "a text that is not empty"},
	{"a source of null", "source:\nfields: {x: money}\n", 1, 8, "expected a text"},
	{"a source with capitals", "source: My API\nfields: {x: money}\n", 1, 9, "lower-case letters"},
	{"a list where a text belongs", "source: a\ntitle: [x]\nfields: {x: money}\n", 2, 8, "expected a text"},
	{"an unknown kind", "source: a\nfields:\n  x: mony RUB\n", 3, 6, `unknown kind "mony"`},
	{"an unknown kind in full", "source: a\nfields:\n  x: {kind: mony}\n", 3, 13, `unknown kind "mony"`},
	{"no kind", "source: a\nfields:\n  x: ''\n", 3, 6, `the field "x" has no kind`},
	{"too many words", "source: a\nfields:\n  x: money RUB USD\n", 3, 6, `"USD" is one word too many`},
	{"rows in short", "source: a\nfields:\n  x: rows\n", 3, 6, "object, rows, list and entries have fields"},
	{"rows without fields", "source: a\nfields:\n  x: {kind: rows}\n", 3, 6, "object, rows, list and entries have fields"},
	{"money with fields", "source: a\nfields:\n  x: {kind: money, fields: {y: money}}\n", 3, 6, "object, rows, list and entries have fields"},
	{"a field of a field unknown", "source: a\nfields:\n  x: {kind: rows, fields: {y: {kind: money, sort: 1}}}\n", 3, 45, `the field "y" has no key "sort"`},
	{"an unknown presence", "source: a\nfields:\n  x: {kind: money, presence: sometimes}\n", 3, 30, `unknown presence "sometimes"`},
	{"a field twice", "source: a\nfields:\n  x: money\n  y: money\n  x: rate\n", 5, 3, `the field "x" is described twice`},
	{"a field without a name", "source: a\nfields:\n  ? [a]\n  : money\n", 3, 5, "a field's name"},
	{"fields in a list", "source: a\nfields: [x]\n", 2, 9, "fields are expected to be a mapping"},
	{"no field at all", "source: a\nfields: {}\nkey: x\n", 3, 6, `the key "x" is not a plain field`},
	{"a merge", "source: a\ncontext: &c {x: money}\nfields:\n  <<: *c\n", 4, 3, "merged with <<"},
	{"a key that is no field", "source: a\nkey: num\nfields: {x: money}\n", 2, 6, `the key "num" is not a plain field`},
	{"a key that is rows", "source: a\nkey: x\nfields: {x: {kind: rows, fields: {y: money}}}\n", 2, 6, `the key "x" is not a plain field`},
	{"an empty list of keys", "source: a\nkey: [[]]\nfields: {x: money}\n", 2, 7, "the list is empty"},
	{"an empty list of records", "source: a\nrecords: []\nfields: {x: money}\n", 2, 10, "the list is empty"},
	{"a path without a step", "source: a\nrecords: data..list\nfields: {x: money}\n", 2, 10, "a step without a name"},
	{"a flag that is a word", "source: a\nempty_means_none: perhaps\nfields: {x: money}\n", 2, 19, "expected true or false"},
	{"a flag by tag", "source: a\nempty_means_none: !!bool perhaps\nfields: {x: money}\n", 2, 19, "expected true or false"},
	{"answers that are no list", "source: a\nfailed: {path: x, is: y}\nfields: {x: money}\n", 2, 9, "a list of answers"},
	{"an answer without is", "source: a\nfailed:\n  - path: x\nfields: {x: money}\n", 3, 5, `an answer lacks the key "is"`},
	{"rules that are no list", head + "  a: b\n", 7, 3, "rules are expected to be a list"},
	{"a rule without a formula", head + "  - id: R1\n    title: t\n", 7, 5, `a rule lacks the key "formula"`},
	{"an empty id", head + "  - {id: '', title: t, formula: x = y}\n", 7, 10, "not empty"},
	{"a rule twice", head + "  - {id: R1, title: t, formula: x = y}\n  - {id: R1, title: t, formula: x = y}\n", 8, 5, "the rule R1 stands twice"},
	{"an unknown severity", head + "  - {id: R1, title: t, formula: x = y, severity: fatal}\n", 7, 50, `unknown severity "fatal"`},
	{"a tolerance that is a word", head + "  - {id: R1, title: t, formula: x = y, tolerance: some}\n", 7, 51, `a tolerance is an amount of 0 or more, not "some"`},
	{"a tolerance below zero", head + "  - {id: R1, title: t, formula: x = y, tolerance: -0.01}\n", 7, 51, "a tolerance is an amount"},
	{"a tolerance of null", head + "  - {id: R1, title: t, formula: x = y, tolerance: }\n", 7, 51, "a tolerance is an amount"},
	{"a tolerance with a wrong key", head + "  - {id: R1, title: t, formula: x = y, tolerance: {row: 1}}\n", 7, 52, `a tolerance has no key "row"`},
	{"a tolerance in a list", head + "  - {id: R1, title: t, formula: x = y, tolerance: [1]}\n", 7, 51, "a tolerance is expected to be a mapping"},
	{"an unknown field in a formula", head + "  - id: R1\n    title: t\n    formula: x = y + w\n", 9, 22, `unknown field "w"`},
	{"a fault in a quoted formula", head + "  - id: R1\n    title: t\n    formula: \"x = y + w\"\n", 9, 23, `unknown field "w"`},
	{"a fault behind quotes in quotes", head + "  - id: R1\n    title: t\n    formula: \"\\\"x\\\" = y + w\"\n", 9, 27, `unknown field "w"`},
	{"a fault in a block", head + "  - id: R1\n    title: t\n    formula: |\n      x =\n        y + w\n", 11, 13, `unknown field "w"`},
	{"a fault in a folded block", head + "  - id: R1\n    title: t\n    formula: >-\n      x =\n      y + w\n", 11, 11, `unknown field "w"`},
	{"a fault in a formula of two lines", head + "  - id: R1\n    title: t\n    formula: x =\n      y + w\n", 10, 11, `unknown field "w"`},
	{"a fault behind an anchor", head + "  - id: R1\n    title: t\n    formula: &f x = y + w\n", 9, 25, `unknown field "w"`},
	{"a fault behind a tag", head + "  - id: R1\n    title: t\n    formula: !!str 'x = w'\n", 9, 25, `unknown field "w"`},
	{"a formula that ends early", head + "  - id: R1\n    title: t\n    formula: x =\n", 9, 17, "expected a field name"},
	{"a formula of nothing", head + "  - id: R1\n    title: t\n    formula: ''\n", 9, 14, "not empty"},
	{"a formula too long", head + "  - id: R1\n    title: t\n    formula: x" + strings.Repeat(" ", 4096) + "= y\n", 9, 14, ""},
	{"a tab", "source: a\nfields:\n\tx: money\n", 3, 1, "a tab in the indentation"},
	{"a colon too many", "source: a: b\n", 1, 1, "mapping values are not allowed"},
	{"a line that stands wrong", "source: a\nfields:\n    x: money\n  y: money\n", 4, 3, "did not find expected key"},
	{"a quote that is open", "source: a\ntitle: \"x\nfields: {x: money}\n", 2, 1, "unexpected end of stream"},
	{"a brace that is open", "source: a\nfields: {x: money\n", 2, 1, "did not find expected"},
	{"an alias of nothing", "source: a\nfields:\n  x: *nothing\n", 3, 6, "no anchor &nothing stands before this"},
	{"bad UTF-8", "source: a\ntitle: ж\xff\n", 2, 9, "not valid UTF-8"},
	{"a control character", "source: a\ntitle: a\x00b\n", 2, 9, "U+0000"},
	{"fields inside themselves", "source: a\nfields: &f\n  x: {kind: object, fields: *f}\n", 2, 9, "more than 64 fields inside each other"},
	{"too many fields by aliases", bomb(), 2, 127, "more than 10000 fields"},
	{"a file too large", "#" + strings.Repeat("x", 1<<20) + "\n", 1, 1, "1048578 bytes"},
	{"brackets without end", strings.Repeat("[", 20000), 1, 1, ""},
	{"a list of two fields", "source: a\nfields:\n  x: {kind: list, fields: {y: money, z: money}}\n", 3, 6, "a list has one plain field, its value"},
	{"a list of rows", "source: a\nfields:\n  x: {kind: list, fields: {y: {kind: rows, fields: {z: money}}}}\n", 3, 6, "a list has one plain field, its value"},
	{"a list of nothing", "source: a\nfields:\n  x: {kind: list}\n", 3, 6, "object, rows, list and entries have fields"},
	{"entries in short", "source: a\nfields:\n  x: entries\n", 3, 6, "object, rows, list and entries have fields"},
	{"entries that begin with no code", "source: a\nfields:\n  x: {kind: entries, fields: {y: money}}\n", 3, 6, "the first field of entries is their name, a code"},
	{"a none of nothing", "source: a\nfields:\n  x: {kind: date, none: ''}\n", 3, 25, "not empty"},
	{"a none in a list", "source: a\nfields:\n  x: {kind: date, none: [a]}\n", 3, 25, "expected a text"},
	{"decimals below none", "source: a\ndecimals: -1\nfields: {x: money}\n", 2, 11, `decimals are a whole number from 0 to 64, not "-1"`},
	{"decimals in words", "source: a\ndecimals: two\nfields: {x: money}\n", 2, 11, "a whole number"},
	{"a country in words", "source: a\ncountry: Russia\nfields: {x: money}\n", 2, 10, `a country is a code of two capitals, such as RU, not "Russia"`},
	{"a country in small letters", "source: a\ncountry: ru\nfields: {x: money}\n", 2, 10, "two capitals"},
	{"a country in a list", "source: a\ncountry: [RU]\nfields: {x: money}\n", 2, 10, "expected a text"},
	{"adjustments in a list", head + "  - {id: R1, title: t, formula: x = y, adjustments: [waiver]}\n", 7, 53, "a mapping of events to sums"},
	{"an adjustment of an unknown field", head + "  - {id: R1, title: t, formula: x = y, adjustments: {waiver: x - w}}\n", 7, 66, `unknown field "w"`},
	{"an adjustment before its formula", head + "  - {id: R1, adjustments: {waiver: x - w}, title: t, formula: x = y}\n", 7, 40, `unknown field "w"`},
	{"an adjustment that is a relation", head + "  - {id: R1, title: t, formula: x = y, adjustments: {waiver: x = y}}\n", 7, 64, "expected the end of the sum"},
	{"an adjustment with an unknown key", head + "  - {id: R1, title: t, formula: x = y, adjustments: {waiver: {why: x}}}\n", 7, 63, `the event "waiver" has no key "why"`},
	{"an adjustment twice", head + "  - {id: R1, title: t, formula: x = y, adjustments: {waiver: x, waiver: y}}\n", 7, 65, `"waiver" stands twice`},
	{"an adjustment without a name", head + "  - {id: R1, title: t, formula: x = y, adjustments: {'': x}}\n", 7, 54, "not empty"},
	{"a byte-order mark", "\ufeffsource: A\nfields: {x: money}\n", 1, 9, "lower-case letters"},
}

func TestMistakesInDescriptions(t *testing.T) {
	for _, test := range mistakes {
		t.Run(test.name, func(t *testing.T) {
			_, err := ingest.Describe("d.yaml", []byte(test.yaml))
			var mistake *ingest.DescriptionError
			if !errors.As(err, &mistake) {
				t.Fatalf("error %v", err)
			}
			if !strings.Contains(mistake.Reason, test.reason) || mistake.Line != test.line || mistake.Column != test.column {
				t.Errorf("%v\nwant %d:%d: … %s …", err, test.line, test.column, test.reason)
			}
		})
	}
}

func TestADescription(t *testing.T) {
	d, err := ingest.Describe("d.yaml", []byte(`
source: my.loans
title: >
  loans of
  a client
publisher: Моя компания
records: [data.loans, ""]
empty_means_none: True
decimals: 2
country: RU
key: [[branch, number], id]
failed:
  - {path: status, is: [error, 500], tell: message}
context: {status: code}
fields:
  id: code optional
  branch: code
  number: code
  total: money RUB
  rate: rate % optional
  closed: date empty-is-none
  terms:
    kind: object
    presence: optional
    fields: &parts
      principal: {kind: money, unit: RUB, meaning: principal}
      interest: money RUB
  payments: {kind: rows, fields: *parts}
rules:
  - id: ML-1
    title: the total is not the sum of the payments
    formula: |
      total = sum(payments.principal)
        + sum(payments.interest)
    severity: warning
    surplus: info
    basis: stated
    cites: API, page 3
    tolerance: {relation: 0.01, figure: 0.005}
    once_per_record: true
    adjustments:
      waiver: {meaning: a part was forgiven}
      fee: sum(payments.interest)
    why: Payments make up the total.
  - {id: ML-2, title: t, formula: terms.principal <= total, tolerance: 1}
`))
	if err != nil {
		t.Fatal(err)
	}
	s := d.Layout.Source
	if s.Title != "loans of a client" || strings.Join(s.Records, "|") != "data.loans|" || !s.EmptyMeansNone || len(s.Keys) != 2 ||
		strings.Join(s.Keys[0], "/") != "branch/number" || len(s.Failed) != 1 || s.Failed[0].Is[1] != "500" || s.Failed[0].Tell[0] != "message" {
		t.Errorf("source %+v", s)
	}
	if s.Country != "RU" || s.Decimals == nil || *s.Decimals != 2 {
		t.Errorf("country %q, decimals %v", s.Country, s.Decimals)
	}
	if f := s.Fields[4]; f.Kind != schema.Rate || f.Unit != "%" || f.Presence != schema.Optional {
		t.Errorf("field %+v", f)
	}
	r := d.Rules[0]
	if r.Formula != "total = sum(payments.principal)\n  + sum(payments.interest)" || r.Severity != schema.Warning || r.Surplus != schema.Info ||
		r.Basis != schema.Stated || r.Tolerance.Relation.Text() != "0.01" || r.Tolerance.Figure.Text() != "0.005" || !r.OncePerRecord {
		t.Errorf("rule %+v", r)
	}
	if a := r.Adjustments; len(a) != 2 || a[0] != (schema.Adjustment{Event: "waiver", Meaning: "a part was forgiven"}) ||
		a[1] != (schema.Adjustment{Event: "fee", Formula: "sum(payments.interest)"}) {
		t.Errorf("adjustments %+v", a)
	}
	if r := d.Rules[1]; r.Severity != schema.Error || r.Basis != schema.Inferred || r.Tolerance.Relation.Text() != "1" {
		t.Errorf("rule %+v", r)
	}
	o := read(ingest.Reader{Layouts: []*schema.Layout{d.Layout}}, "f", `{"data":{"loans":[{"branch":1,"number":"7","total":2,"payments":[]}]}}`)
	if o.keys() != "1/7" || o.records[0].Pointer != "/data/loans/0" {
		t.Errorf("records %q\n%s", o.keys(), o.told())
	}
}

func TestListsEntriesAndWordsForNoneOfADescription(t *testing.T) {
	d, err := ingest.Describe("d.yaml", []byte(`
source: my.loans
fields:
  closed: {kind: date, none: "0"}
  tags: {kind: list, fields: {tag: code}}
  fees: {kind: entries, fields: {name: code, sum: money EUR}}
  total: money EUR
rules:
  - {id: ML-1, title: t, formula: total = sum(fees.sum)}
`))
	if err != nil {
		t.Fatal(err)
	}
	o := read(ingest.Reader{Layouts: []*schema.Layout{d.Layout}}, "f",
		`{"closed": "0", "tags": ["a", "b"], "fees": {"entry": {"sum": 5}, "exit": {"sum": 7}}, "total": 12}`)
	if len(o.records) != 1 || o.records[0].Partial {
		t.Fatalf("%d records\n%s", len(o.records), o.told())
	}
	rec := o.records[0]
	tags, fees := d.Layout.Find("tags").Rows, d.Layout.Find("fees").Rows
	if rec.Instances(tags) != 2 || rec.Value(tags, 1, 0).Text != "b" || rec.SlotPointer(tags, 1, 0) != "/tags/1" {
		t.Errorf("%d tags, %+v", rec.Instances(tags), rec.Value(tags, 1, 0))
	}
	if rec.Instances(fees) != 2 || rec.Value(fees, 1, 0).Text != "exit" || rec.Value(fees, 1, 1).Text != "7" || rec.SlotPointer(fees, 1, 1) != "/fees/exit/sum" {
		t.Errorf("%d fees", rec.Instances(fees))
	}
	if v := rec.Value(0, 0, d.Layout.Find("closed").Slot); v.State != schema.Empty {
		t.Errorf("closed is %s", v.State)
	}
}
