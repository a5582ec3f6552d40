package reconcile

import (
	"cmp"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
)

// kept is a store of numbered things that keeps few in memory.
func kept(t *testing.T, order func(a, b *Missing) int) *Store[Missing] {
	t.Helper()
	files := &spills{}
	t.Cleanup(func() {
		if err := files.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Store[Missing]{storing: &storing[Missing]{files, &coder{}, codeMissing, order, 3}}
}

func TestAStoreGivesBackWhatItWasGivenInOrder(t *testing.T) {
	random := rand.New(rand.NewSource(7))
	for _, size := range []int{0, 1, 2, 3, 4, 7, 200, 2000} { // with pieces of 3, more than are merged at once
		for name, number := range map[string]func(i int) int{
			"in order": func(i int) int { return i }, "backwards": func(i int) int { return -i },
			"at random": func(int) int { return random.Intn(size) }, "all equal": func(int) int { return 0 },
		} {
			s := kept(t, missingOrder)
			var want []Missing
			for i := range size {
				want = append(want, Missing{number: number(i), Record: fmt.Sprint(i)})
				s.Add(want[i])
			}
			slices.SortStableFunc(want, func(a, b Missing) int { return cmp.Compare(a.number, b.number) })
			for range 2 { // it can be read again, and added to
				var got []Missing
				for i, m := range s.All() {
					if i != len(got) {
						t.Fatalf("%s, %d: number %d in place %d", name, size, i, len(got))
					}
					got = append(got, *m)
				}
				if s.Err() != nil || s.Len() != len(want) || !reflect.DeepEqual(got, want) {
					t.Fatalf("%s, %d: %v\ngot  %v\nwant %v", name, size, s.Err(), got, want)
				}
				last := Missing{number: size, Record: "last"}
				s.Add(last)
				want = append(want, last)
			}
		}
	}
}

func TestAStoreCanBeReadInPart(t *testing.T) {
	s := kept(t, nil)
	for i := range 20 {
		s.Add(Missing{Record: fmt.Sprint(i)})
	}
	for i, m := range s.All() {
		if i == 7 {
			if m.Record != "7" {
				t.Errorf("got %s", m.Record)
			}
			break
		}
	}
}

func TestNothingIsLostInSilenceWhenAFileCannotBeWritten(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	t.Setenv("TMP", filepath.Join(t.TempDir(), "none"))
	r := newResult()
	for range keptInMemory - 1 {
		r.Rejects.Add(schema.Reject{})
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	r.Rejects.Add(schema.Reject{})
	if err := r.Err(); err == nil || !strings.Contains(err.Error(), "temporary file") {
		t.Errorf("got %v", err)
	}
}

func TestATemporaryFileThatWasCutIsAnError(t *testing.T) {
	s := kept(t, nil)
	for i := range 10 {
		s.Add(Missing{Record: fmt.Sprint(i)})
	}
	if err := s.file.Truncate(s.pieces[0].to - 1); err != nil {
		t.Fatal(err)
	}
	for range s.All() {
	}
	if s.Err() == nil {
		t.Error("no error")
	}
}

func TestTemporaryFilesAreGoneWhenTheRunIsClosed(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	s := kept(t, missingOrder)
	for i := range 20 {
		s.Add(Missing{number: -i})
	}
	for range s.All() { // they are merged into another file
	}
	if err := s.files.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if s.Add(Missing{}); s.Err() != nil {
		t.Error("two things need no file")
	}
	for range s.All() {
	}
	if s.Err() == nil {
		t.Error("a closed run has been read")
	}
}

// filled gives every member of a thing a value of its own.
func filled(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch value := v.Addr().Interface().(type) {
	case *calc.Amount:
		*value = calc.MustAmount(fmt.Sprintf("-%d.50", *n))
		return
	case *date.Date:
		*value = date.MustParse("2020-02-29")
		return
	case **schema.Rule:
		*value = repairRule
		return
	case **Snapshot:
		*value = &Snapshot{}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				filled(t, v.Field(i), n)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(t, v.Index(0), n)
		filled(t, v.Index(1), n)
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(-int64(*n))
	case reflect.Uint8:
		v.SetUint(uint64(*n%2 + 1))
	default:
		t.Fatalf("a member of the kind %v", v.Kind())
	}
}

// A member that is added to a thing, and not to its code, would be lost.
func TestEveryMemberIsCoded(t *testing.T) {
	c, n := &coder{}, 0
	f, x, m, u := Finding{}, schema.Reject{}, Missing{}, Unmatched{}
	for _, one := range []any{&f, &x, &m, &u} {
		filled(t, reflect.ValueOf(one).Elem(), &n)
	}
	f.input, f.identity, f.shared, m.number = 3, 1<<63, 5, 6
	var g Finding
	var y schema.Reject
	var k Missing
	var v Unmatched
	codedAgain(t, c, codeFinding, &f, &g)
	codedAgain(t, c, codeReject, &x, &y)
	codedAgain(t, c, codeMissing, &m, &k)
	codedAgain(t, c, codeUnmatched, &u, &v)
}

func codedAgain[T any](t *testing.T, c *coder, code func(*coder, *T), one, again *T) {
	t.Helper()
	text := string(c.write(func(c *coder) { code(c, one) }))
	if !c.read(text, func(c *coder) { code(c, again) }) {
		t.Fatalf("%T cannot be read", *one)
	}
	if !reflect.DeepEqual(*again, *one) {
		t.Errorf("got  %+v\nwant %+v", *again, *one)
	}
	for cut := range len(text) {
		var broken T
		if c.read(text[:cut], func(c *coder) { code(c, &broken) }) {
			t.Fatalf("%T is read from %d of %d bytes", *one, cut, len(text))
		}
	}
}

func TestAmountsAreCodedWithTheirTexts(t *testing.T) {
	long := calc.MustAmount("1E63").Product(calc.MustAmount("1E63")).Plus(calc.MustAmount("-7"))
	tiny := calc.MustAmount("-12345E-40").Product(calc.MustAmount("1E-60"))
	for _, a := range []calc.Amount{
		{},
		calc.MustAmount("0"), calc.MustAmount("-0"), calc.MustAmount("0.00"), calc.MustAmount("9.99E14"), calc.MustAmount("-45.00"),
		calc.MustAmount("1.50").Plus(calc.MustAmount("1.5")), calc.AmountOf(7), long, long.Neg(), tiny, tiny.Neg(),
	} {
		c, got := &coder{}, calc.Amount{}
		text := string(c.write(func(c *coder) { c.amount(&a) }))
		if !c.read(text, func(c *coder) { c.amount(&got) }) || !got.Equal(a) || got.Text() != a.Text() || got.String() != a.String() || got.Scale() != a.Scale() {
			t.Errorf("%s: got %s", a.Text(), got.Text())
		}
	}
}

// ordinary is a finding with one relation and two candidates.
func ordinary() Finding {
	amount := calc.MustAmount
	figure := Figure{Field: "main_debt_balance", Pointer: "/0/main_debt_balance", Raw: "9091", Amount: amount("9091"), Coef: 1}
	candidate := Candidate{
		Set: 1, Rank: 1, Field: "total_balance", Pointer: "/0/total_balance", Actual: amount("9046"), Expected: amount("9091"),
		Class: Unknown, Text: "total_balance would be 9091",
	}
	return Finding{
		Rule: repairRule, Severity: schema.Error, Source: "arifmetika.contracts", Record: "Р20ПмОР123456780", KeyFrom: "document",
		Place:   schema.Place{File: "contracts.ndjson", Line: 19, Column: 274, Offset: 11000, Pointer: "/0/total_balance"},
		Excerpt: schema.Excerpt{Line: strings.Repeat("x", 100), Caret: 50, Width: 4},
		Field:   "total_balance", Raw: "9046", HasFigures: true, Actual: amount("9046"), Expected: amount("9091"), Difference: amount("-45"),
		Diagnosis: Diagnosis{Class: Unknown, Text: "2 explanations are possible"}, Candidates: []Candidate{candidate, candidate},
		Evidence: []Evidence{{
			Rule: repairRule, Formula: "total_balance = main_debt_balance + interest_balance + penalty", Field: "total_balance",
			Pointer: "/0/total_balance", Actual: amount("9046"), Expected: amount("9091"), Difference: amount("-45"),
			Numbers: "9091 + 0 + 0", Subject: []Figure{figure}, Terms: []Figure{figure, figure, figure},
		}},
		Text: "total_balance is 9046; by AC-01 the other side gives 9091 + 0 + 0 = 9091 (difference -45)",
	}
}

func BenchmarkWriteFinding(b *testing.B) {
	c, f := &coder{}, ordinary()
	c.tables.snapshots.number(nil)
	b.ReportAllocs()
	for b.Loop() {
		c.write(func(c *coder) { codeFinding(c, &f) })
	}
	b.ReportMetric(float64(len(c.out)), "bytes/finding")
}

func BenchmarkReadFinding(b *testing.B) {
	c, f := &coder{}, ordinary()
	c.tables.snapshots.number(nil)
	text := c.write(func(c *coder) { codeFinding(c, &f) })
	b.ReportAllocs()
	for b.Loop() {
		var g Finding
		if !c.read(string(text), func(c *coder) { codeFinding(c, &g) }) {
			b.Fatal("not read")
		}
	}
}
