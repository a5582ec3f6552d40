package ingest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"tieout/calc/schema"
	"tieout/ingest"
)

// seeds adds every JSON fixture, and inputs that once read badly.
func seeds(f *testing.F) {
	err := filepath.WalkDir(filepath.Join("..", "testdata"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		f.Add(text)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{
		"", "5", "[]", "{}", `{"a":1,}`, `{"a":1 "b":2}`, `[{"a":1}{"b":2}]`, "\ufeff{}", "{\"a\":1}\n{\"b\":\n{\"c\":3}\n",
		`[{"contract_num":"a"}, "payment_systems": {"loans": ""}]`, `{"Total":{"main_debt":{"begin_balance":1e999999999}}}`,
		`[00012]`, `[2020-01-31]`, `{"Data":{"LimitInfo":{"CashRisk":"1.50","CashRisk":2}}}`, "{\"a\":\"\xff\"}", `{"a":"\ud800"}`,
	} {
		f.Add([]byte(text))
	}
}

func FuzzRead(f *testing.F) {
	seeds(f)
	all := layouts(f)
	modes := [][]*schema.Layout{all}
	for i := range all {
		modes = append(modes, all[i:i+1])
	}
	tiny := smallLayout(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, known := range modes {
			strict := read(ingest.Reader{Layouts: known}, "f", string(text))
			mending := read(ingest.Reader{Layouts: known, Repair: true}, "f", string(text))
			sound(t, text, strict)
			sound(t, text, mending)
			if len(repaired(strict)) > 0 {
				t.Fatal("a strict reader repaired")
			}
			if strict.rejected == 0 && (len(repaired(mending)) > 0 || story(strict) != story(mending)) {
				t.Fatalf("repair changed what was read without it:\n%s\n%s", story(strict), story(mending))
			}
			if len(mending.records) < len(strict.records) {
				t.Fatalf("repair lost records: %d, without it %d", len(mending.records), len(strict.records))
			}
		}
		standard(t, text, tiny)
	})
}

func repaired(o outcome) (all []schema.Repair) {
	for _, d := range o.documents {
		all = append(all, d.Repairs...)
	}
	return all
}

// story is all that was read, as text.
func story(o outcome) string {
	var b strings.Builder
	for _, r := range o.records {
		fmt.Fprintln(&b, r.Pointer, r.Key, r.KeyFrom, r.Partial, texts(r))
	}
	return b.String() + o.told()
}

// sound fails when a place lies outside the input, when a figure is not the text
// at its place, or when something is left without an account.
func sound(t *testing.T, text []byte, o outcome) {
	t.Helper()
	for _, r := range o.rejects {
		inside(t, text, r.Place)
		if r.Reason == "" || r.Excerpt.Caret > utf8.RuneCountInString(r.Excerpt.Line) || utf8.RuneCountInString(r.Excerpt.Line) > 200 {
			t.Fatalf("reject %+v", r)
		}
	}
	partial := 0
	for _, r := range o.records {
		if r.Key == "" || r.KeyFrom == "" {
			t.Fatalf("a record without a name: %+v", r)
		}
		if r.Partial {
			partial++
		}
		values(r, func(v *schema.Value) {
			if v.State == schema.Missing || v.Offset == 0 && v.End == 0 {
				return
			}
			atItsPlace(t, text[v.Offset:v.End], v)
		})
	}
	if o.rejected < partial || (o.rejected == 0) != (len(o.rejects) == 0) || len(o.documents) == 0 && o.rejected == 0 {
		t.Fatalf("%d rejected with %d partial records and %d rejects", o.rejected, partial, len(o.rejects))
	}
	for _, e := range repaired(o) {
		inside(t, text, e.Place)
		if strings.ContainsAny(e.Inserted+e.Removed, "0123456789") || !bytes.HasPrefix(text[e.Place.Offset:], []byte(e.Removed)) {
			t.Fatalf("repair %+v", e)
		}
	}
}

func values(r *schema.Record, each func(*schema.Value)) {
	for g := range r.Layout.Groups {
		for i := range r.Instances(g) {
			for s := range r.Layout.Groups[g].Slots {
				each(r.Value(g, i, s))
			}
		}
	}
}

func atItsPlace(t *testing.T, raw []byte, v *schema.Value) {
	t.Helper()
	got := string(raw)
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
	}
	container := len(raw) > 0 && (raw[0] == '{' || raw[0] == '[')
	if got != v.Text && !container {
		t.Fatalf("text %q stands at %q", v.Text, raw)
	}
	if v.State == schema.Present && v.Amount.Text() != "0" && v.Amount.Text() != v.Text {
		t.Fatalf("amount %q of text %q", v.Amount.Text(), v.Text)
	}
}

// inside fails when a place is not one of the input.
func inside(t *testing.T, text []byte, p schema.Place) {
	t.Helper()
	if p.Offset < 0 || p.Offset > len(text) || p.Line != 1+bytes.Count(text[:p.Offset], []byte("\n")) {
		t.Fatalf("place %+v in %d bytes", p, len(text))
	}
	start := bytes.LastIndexByte(text[:p.Offset], '\n') + 1
	if p.Column != 1+utf8.RuneCount(text[start:p.Offset]) {
		t.Fatalf("column of %+v", p)
	}
}

func FuzzDescribe(f *testing.F) {
	f.Add([]byte(small))
	for _, text := range mistakes {
		f.Add([]byte(text.yaml))
	}
	f.Add([]byte("- {record: A, rule: R-1, event: waiver, amount: 5, date: 2020-02-11, reason: x}\n"))
	f.Add([]byte("name: j\nparts: [{name: a, source: my.terms}, {name: b, source: my.plan}]\nrules:\n- {id: R, title: t, formula: a.sum = sum(b.rows.principal)}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := ingest.Describe("f.yaml", text)
		if err == nil && (d.Layout == nil || d.Layout.Source.Name == "") {
			t.Fatal("a description without a source")
		}
		told(t, text, err)
		_, err = ingest.DescribeEvents("f.yaml", text, eventRules)
		told(t, text, err)
		_, err = ingest.DescribeJoins("f.yaml", text, joinSources())
		told(t, text, err)
	})
}

// told demands that an error is a mistake at a place of the text.
func told(t *testing.T, text []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var mistake *ingest.DescriptionError
	if !errors.As(err, &mistake) || mistake.Reason == "" || mistake.File != "f.yaml" {
		t.Fatalf("%T %v", err, err)
	}
	lines := yamlLines(strings.TrimPrefix(string(text), "\ufeff"))
	if mistake.Line < 1 || mistake.Line > len(lines) || mistake.Column < 1 || mistake.Column > utf8.RuneCountInString(lines[mistake.Line-1])+1 {
		t.Fatalf("%v in %d lines", err, len(lines))
	}
}

// yamlLines cuts a text into lines as YAML 1.1 does.
func yamlLines(text string) []string {
	breaks := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")
	return strings.Split(breaks.Replace(text), "\n")
}
