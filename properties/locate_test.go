package properties

import (
	"fmt"
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/reconcile"
	"tieout/reconcile/locate"
)

// sample plants one error of the kinds in so many documents and adds up what
// became of them; look, when given, sees each.
func sample(t *testing.T, f *form, n int, of []reconcile.Class, look func(c *clean, p *planted, findings []reconcile.Finding)) *score {
	t.Helper()
	r := rand.New(rand.NewSource(seed))
	total := &score{}
	for i := range n {
		c, p := trial(t, r, f, of[i%len(of)], 1)
		if c == nil {
			continue
		}
		findings, _ := p.check(t, c)
		s := judge(c, p, findings)
		if s.wrong > 0 || s.misled > 0 {
			t.Errorf("seed %d: %s, %s: wrongly located; planted %s", seed, f.source, f.size, p.story(c))
			for i := range findings {
				t.Log(told(&findings[i]))
			}
		}
		total.add(s)
		if look != nil {
			look(c, p, findings)
		}
	}
	return total
}

// schedules of 2 to 24 rows, of each way to state payments in turn.
func schedules(t *testing.T, totals bool) *form {
	ways := []string{paid, unlisted, unpaid}
	n := 0
	return &form{"schedule", fmt.Sprint("totals ", totals), newDesk(t, "arifmetika.schedule"), func(r *rand.Rand) string {
		n++
		return randomSchedule(r, plan{rows: []int{2, 3, 6, 12, 24}[n%5], totals: totals, payments: ways[n%3]})
	}}
}

func TestDigitsExchangedInAScheduleAreLocated(t *testing.T) {
	swap := []reconcile.Class{locate.Transposed}
	s := sample(t, schedules(t, true), 150, swap, nil)
	if s.detected != s.records || 100*s.located < 99*s.figures {
		t.Errorf("with totals, of %d errors %d are detected and %d located; want all and 99 %%", s.figures, s.detected, s.located)
	}
	s = sample(t, schedules(t, false), 150, swap, nil)
	if s.detected != s.records || 100*s.few < 95*s.figures {
		t.Errorf("with chains only, of %d errors %d are detected and %d come first or among three; want all and 95 %%", s.figures, s.detected, s.few)
	}
}

// One error of any class in documents of every source is never located where it
// is not, and every set of figures that a finding offers does what it says:
// written into the document, it leaves none of the relations broken that the
// finding has as evidence.
func TestWhatIsOfferedMendsTheDocument(t *testing.T) {
	records := 0
	all := forms(t)
	for i := range all {
		f := &all[i]
		if rows, _, _ := strings.Cut(strings.TrimSpace(f.size), " "); slices.Contains([]string{"12", "24", "60"}, rows) {
			continue
		}
		s := sample(t, f, 2*len(kinds), kinds, func(c *clean, p *planted, findings []reconcile.Finding) {
			for k := range findings {
				mends(t, c, p, &findings[k])
			}
		})
		records += s.records
	}
	t.Logf("%d records", records)
}

// mends applies each set of a finding to the text and checks that again.
func mends(t *testing.T, c *clean, p *planted, f *reconcile.Finding) {
	t.Helper()
	broken := map[string]bool{}
	for i := range f.Evidence {
		broken[f.Evidence[i].Rule.ID+" "+f.Evidence[i].Formula] = true
	}
	all := answers(f)
	for _, a := range all {
		text := map[int]string{}
		for i, wrong := range p.text {
			text[i] = wrong
		}
		for _, b := range all {
			if b.set == a.set {
				text[c.figureAt(t, b.pointer)] = b.expected.String()
			}
		}
		for _, again := range c.desk.findings(t, c.with(text)) {
			for i := range again.Evidence {
				if e := &again.Evidence[i]; broken[e.Rule.ID+" "+e.Formula] {
					t.Errorf("%s: planted %s; set %d of the finding\n%s\nleaves %s broken", f.Source, p.story(c), a.set, told(f), e.Formula)
					return
				}
			}
		}
	}
}

func TestTheMisprintOfTheScheduleIsLocated(t *testing.T) {
	var errors []reconcile.Finding
	for _, f := range check(t, load(t, "samples/arifmetika-schedule.json")).Findings.All() {
		if f.Severity == schema.Error {
			errors = append(errors, *f)
		}
	}
	if len(errors) != 1 {
		t.Fatalf("%d error findings, want one", len(errors))
	}
	f := &errors[0]
	var rules []string
	for i := range f.Evidence {
		rules = append(rules, f.Evidence[i].Rule.ID)
	}
	slices.Sort(rules)
	if !slices.Contains([]string{"AS-05", "AS-06"}, f.Rule.ID) || strings.Join(rules, " ") != "AS-02 AS-05 AS-06" ||
		f.Place.Pointer != "/Details/1/percent/payment_sum" || f.Expected.String() != "649" || f.Actual.String() != "694" ||
		f.Diagnosis.Class != locate.Transposed || !f.Located || len(f.Candidates) != 0 {
		t.Errorf("%s with evidence %v: %s", f.Rule.ID, rules, told(f))
	}
}

// Pairs of figures that stand in one equality only, and in the same: an error in
// either that no slip explains could be in both.
func TestAmbiguousPairsAreTwoCandidates(t *testing.T) {
	overdue := "[" + contract([]int64{512, 166_711, 9_731, 166_723, 10_319, 13_017, 666_671}, writer{}.amount, "", 0) + "]"
	limit := `{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":{"MainCompanyID":371004,"MainCompanyDealerCode":"a1",` +
		`"CurrencyCode":"TL","TotalGuaranteedLimit":918273,"GuaranteedInvoiceTotal":56799,"RemainingGuaranteedLimit":861474,` +
		`"TotalNonGuaranteedLimit":771359,"NonGuaranteedInvoiceTotal":60713,"RemainingNonGuaranteeLimit":710646,"TotalInvoiceAmount":117512}}}`
	for _, test := range []struct{ source, text, base, one, other string }{
		{"arifmetika.contracts", overdue, "/0/", "total_balance", "main_debt_balance"},
		{"arifmetika.contracts", overdue, "/0/", "total_planned_payment", "interest_planned_payment"},
		{"vakifbank.limit", limit, "/Data/LimitInfo/", "TotalGuaranteedLimit", "RemainingGuaranteedLimit"},
		{"vakifbank.limit", limit, "/Data/LimitInfo/", "TotalNonGuaranteedLimit", "RemainingNonGuaranteeLimit"},
	} {
		c := newClean(t, newDesk(t, test.source), test.text)
		for _, wrong := range []string{test.one, test.other} {
			t.Run(wrong, func(t *testing.T) {
				i := c.figureAt(t, test.base+wrong)
				text := c.figures[i].value.Plus(amount(1357, 0)).String()
				found := c.desk.findings(t, c.with(map[int]string{i: text}))
				if len(found) != 1 {
					t.Fatalf("%d findings", len(found))
				}
				f := &found[0]
				var offered []string
				for _, a := range answers(f) {
					offered = append(offered, fmt.Sprint(a.rank, " ", strings.TrimPrefix(a.pointer, test.base)))
				}
				slices.Sort(offered)
				want := []string{"1 " + test.one, "1 " + test.other}
				slices.Sort(want)
				if f.Located || !slices.Equal(offered, want) {
					t.Errorf("want %v as equals: %s", want, told(f))
				}
			})
		}
	}
}

// whole tells all of a finding but where in its input it stands.
func whole(f *reconcile.Finding) string {
	var b strings.Builder
	fmt.Fprintln(&b, f.ID, f.Severity, f.Record, f.Field, f.Place.Pointer, f.Text, told(f), len(f.Candidates))
	for i := range f.Evidence {
		fmt.Fprintln(&b, f.Evidence[i].Rule.ID, f.Evidence[i].Formula, f.Evidence[i].Numbers, f.Evidence[i].Difference)
	}
	return b.String()
}

func TestACleanRecordChangesNothingForOthers(t *testing.T) {
	r := rand.New(rand.NewSource(seed))
	contracts := &form{"arifmetika.contracts", "", newDesk(t, "arifmetika.contracts"), randomContract}
	of := func(inputs ...*schema.Input) string {
		var b strings.Builder
		result := check(t, inputs...)
		for i := range result.Findings.All() {
			b.WriteString(whole(listed(result.Findings.All())[i]))
		}
		return b.String()
	}
	for n := range 60 {
		c, p := trial(t, r, contracts, kinds[n%(len(kinds)-1)], 1+n%2)
		if c == nil {
			continue
		}
		broken := c.with(p.text)
		other := strings.Replace(randomContract(r), "000000001", "000000002", 1)
		alone := of(input("a.json", broken))
		behind := of(input("a.json", strings.TrimSuffix(broken, "]")+","+strings.TrimPrefix(other, "[")))
		before := of(input("0.json", randomSchedule(r, plan{rows: 2, totals: true, payments: paid})), input("1.json", other), input("a.json", broken))
		if alone == "" || behind != alone || before != alone {
			t.Errorf("planted %s:\n%s\nwith a clean record behind it\n%s\nand before it\n%s", p.story(c), alone, behind, before)
		}
	}
}

func TestOneComponentLeftOutOfManyRecordsIsOnePattern(t *testing.T) {
	var records []string
	for n := range int64(5) {
		text := contract([]int64{5_231 + 877*n, 166_711 + n, 9_731, 166_723, 10_319, 13_017, 666_671}, writer{}.amount, "total_balance", -5_231-877*n)
		records = append(records, strings.Replace(text, "000000001", "00000000"+strconv.FormatInt(n, 10), 1))
	}
	r := check(t, input("a.json", "["+strings.Join(records, ",")+"]"))
	if r.Findings.Len() != 5 {
		t.Errorf("%d findings, want 5", r.Findings.Len())
	}
	if len(r.Patterns) != 1 {
		t.Fatalf("%d patterns, want one: %+v", len(r.Patterns), r.Patterns)
	}
	p := r.Patterns[0]
	if p.Records != 5 || p.Class != locate.ComponentOmitted || p.Field != "total_balance" || p.Rule.ID != "AC-01" || !strings.Contains(p.Text, "penalty") {
		t.Errorf("%+v", p)
	}
}

// The worked example of Scholtus (2009), section 4, as a user's source.
func TestTheAccountOfScholtusAsADescribedSource(t *testing.T) {
	d := describedDesk(t, profitAndLoss)
	truth := []int64{1452, 116, 1568, 116, 323, 76, 12, 411, 1979, 1842, 137}
	with := func(x map[int]int64) string {
		seen := slices.Clone(truth)
		for i, n := range x {
			seen[i-1] = n
		}
		return account(seen...)
	}
	for _, test := range []struct {
		name string
		seen map[int]int64
		want []string
	}{
		{"true", nil, nil},
		{"x4", map[int]int64{4: 161}, []string{"located /x4 116 transposed_digits"}},
		{"x4 and x9", map[int]int64{4: 161, 9: 19979}, []string{
			"located /x4 116 transposed_digits", "located /x9 1979 digit_added",
		}},
		{"x4, x9 and three parts empty", map[int]int64{4: 161, 9: 19979, 5: 0, 6: 0, 7: 0}, []string{
			"/x5 411 unknown or /x6 411 unknown or /x7 411 unknown",
			"located /x4 116 transposed_digits", "located /x9 1979 digit_added",
		}},
		{"x4, x9 and the subtotal empty", map[int]int64{4: 161, 9: 19979, 8: 0}, []string{
			"located /x4 116 transposed_digits", "located /x8 411 unknown", "located /x9 1979 digit_added",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range d.findings(t, with(test.seen)) {
				var offered []string
				for _, a := range answers(&f) {
					offered = append(offered, fmt.Sprintf("%s %s %s", a.pointer, a.expected, a.class))
				}
				said := strings.Join(offered, " or ")
				if f.Located {
					said = "located " + said
				}
				got = append(got, said)
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// BenchmarkDiagnosis checks one record, with the diagnosis when it is broken,
// but does not read it. Every thousand records begin a new run, as a run gathers
// its findings.
func BenchmarkDiagnosis(b *testing.B) {
	r := rand.New(rand.NewSource(seed))
	for _, bench := range []struct {
		name, source, text, pointer string
	}{
		{"contract", "arifmetika.contracts", randomContract(r), "/0/total_overdue"},
		{
			"schedule of 12 rows", "arifmetika.schedule",
			randomSchedule(r, plan{rows: 12, totals: true, payments: paid}), "/Details/0/percent/payment_sum",
		},
	} {
		c := newClean(b, newDesk(b, bench.source), bench.text)
		i := c.figureAt(b, bench.pointer)
		broken := c.with(map[int]string{i: c.figures[i].value.Plus(calc.MustAmount("45")).String()})
		for _, state := range []struct{ name, text string }{{"clean", c.text}, {"broken", broken}} {
			b.Run(bench.name+"/"+state.name, func(b *testing.B) {
				doc := c.desk.read(b, state.text)[0]
				run := c.desk.begin()
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					if n++; n%1000 == 0 {
						run = c.desk.begin()
					}
					run.Document(c.desk.checker, doc)
				}
			})
		}
	}
}
