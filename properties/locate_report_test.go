package properties

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"tieout/calc"
	"tieout/reconcile"
)

var (
	locateReport = flag.Bool("locate-report", false, "plant errors of every class in documents of every source, and print what became of them")
	locateRuns   = flag.Int("locate-runs", 12, "records of every source, size and class with planted errors, one and two each")
	locateEach   = flag.Bool("locate-each", false, "print every class of every size, not only their sums")
)

// form is a kind of document in which errors are planted.
type form struct {
	source, size string
	desk         *desk
	write        func(r *rand.Rand) string
}

// forms of documents of every source.
func forms(t testing.TB) []form {
	var all []form
	add := func(source, size string, d *desk, write func(r *rand.Rand) string) {
		all = append(all, form{source, size, d, write})
	}
	add("arifmetika.contracts", "1 contract", newDesk(t, "arifmetika.contracts"), randomContract)
	schedules := newDesk(t, "arifmetika.schedule")
	for _, totals := range []bool{true, false} {
		for _, payments := range []string{paid, unlisted, unpaid} {
			name := "schedule, " + payments + map[bool]string{true: ", totals", false: ", chains only"}[totals]
			for _, rows := range []int{2, 3, 6, 12, 24, 60} {
				add(name, fmt.Sprintf("%2d rows", rows), schedules, func(r *rand.Rand) string {
					return randomSchedule(r, plan{rows: rows, totals: totals, payments: payments})
				})
				if payments == paid {
					add(name+", begins filled", fmt.Sprintf("%2d rows", rows), schedules, func(r *rand.Rand) string {
						return randomSchedule(r, plan{rows: rows, totals: totals, payments: payments, filled: true})
					})
				}
			}
		}
	}
	facilities := newDesk(t, "finnotech.facility")
	for _, loans := range []int{1, 3} {
		for _, both := range []bool{true, false} {
			size := fmt.Sprintf("%d loans, %s", loans, map[bool]string{true: "both names", false: "one name"}[both])
			add("finnotech.facility", size, facilities, func(r *rand.Rand) string { return randomFacilities(r, loans, both) })
		}
	}
	add("vakifbank.limit", "1 limit", newDesk(t, "vakifbank.limit"), randomLimit)
	tranches := newDesk(t, "brainysoft.contract")
	for _, rows := range []int{2, 3, 6, 12, 24, 60} {
		add("brainysoft.contract", fmt.Sprintf("%2d tranches", rows), tranches, func(r *rand.Rand) string { return randomTranches(r, rows) })
	}
	leasing := newDesk(t, "../testdata/sources/leasing.yaml")
	for _, vehicles := range []int{1, 3, 12} {
		add("user's leasing", fmt.Sprintf("%2d vehicles", vehicles), leasing, func(r *rand.Rand) string { return randomStatement(r, vehicles) })
	}
	add("user's account", "11 figures", describedDesk(t, profitAndLoss), randomAccount)
	for i := range all {
		switch f := &all[i]; f.source + " " + strings.TrimSpace(f.size) {
		case "arifmetika.contracts 1 contract", "schedule, paid, totals 6 rows", "brainysoft.contract 6 tranches", "user's leasing 3 vehicles":
			add(f.source, f.size+", a null", f.desk, withNull(t, *f))
		}
	}
	slices.SortStableFunc(all, func(a, b form) int { return strings.Compare(a.source, b.source) })
	return all
}

// withNull writes the documents of a form with null for one figure.
func withNull(t testing.TB, f form) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c := newClean(t, f.desk, f.write(r))
		return c.with(map[int]string{c.bound[r.Intn(len(c.bound))]: "null"})
	}
}

// score counts what became of planted errors. All but the first four count
// wrong figures, of which a record has one or more.
type score struct {
	records, detected int
	// confident findings say where the error is; wrong ones of them name a
	// figure that was right, or a wrong value for it. Misled findings do not
	// claim to have located it, but call a wrong set of figures the answer.
	confident, wrong, misled                          int
	figures, located, among, first, few, value, class int
	times                                             []time.Duration
}

func (s *score) add(o *score) {
	s.records, s.detected = s.records+o.records, s.detected+o.detected
	s.confident, s.wrong, s.misled = s.confident+o.confident, s.wrong+o.wrong, s.misled+o.misled
	s.figures, s.located, s.among, s.first = s.figures+o.figures, s.located+o.located, s.among+o.among, s.first+o.first
	s.few, s.value, s.class = s.few+o.few, s.value+o.value, s.class+o.class
	s.times = append(s.times, o.times...)
}

const scoreHead = "      n detected  located    right    among    first   first/≤3    value    class  WRONG misled  median"

// String is a row of the table.
func (s *score) String() string {
	share := func(n, of int) string {
		if of == 0 {
			return "      -"
		}
		return fmt.Sprintf("%6.2f%%", 100*float64(n)/float64(of))
	}
	var median time.Duration
	if len(s.times) > 0 {
		slices.Sort(s.times)
		median = s.times[len(s.times)/2]
	}
	return fmt.Sprintf("%7d  %s  %s  %s  %s  %s    %s  %s  %s %6d %6d %7s", s.records, share(s.detected, s.records),
		share(s.located, s.figures), share(s.confident-s.wrong, s.confident), share(s.among, s.figures), share(s.first, s.figures),
		share(s.few, s.figures), share(s.value, s.figures), share(s.class, s.figures), s.wrong, s.misled, median.Round(time.Microsecond))
}

// answer is one figure that a finding offers.
type answer struct {
	set, rank int
	pointer   string
	expected  calc.Amount
	class     reconcile.Class
}

// answers of a finding, its own figure first when it is located.
func answers(f *reconcile.Finding) []answer {
	var all []answer
	if f.Located {
		all = append(all, answer{1, 1, f.Place.Pointer, f.Expected, f.Diagnosis.Class})
	}
	for i := range f.Candidates {
		c := &f.Candidates[i]
		all = append(all, answer{c.Set, c.Rank, c.Pointer, c.Expected, c.Class})
	}
	return all
}

// sets counts the sets of answers, and those of rank 1.
func sets(all []answer) (count, best int) {
	seen := map[int]bool{}
	for _, a := range all {
		if !seen[a.set] {
			seen[a.set] = true
			count++
			if a.rank == 1 {
				best++
			}
		}
	}
	return count, best
}

// judge compares findings with what was planted.
func judge(c *clean, p *planted, findings []reconcile.Finding) *score {
	s := &score{records: 1, figures: len(p.text), detected: min(1, len(findings))}
	truth := map[string]int{}
	for i := range p.text {
		truth[c.figures[i].pointer] = i
	}
	type told struct{ located, among, first, few, value, class bool }
	of := map[int]*told{}
	for i := range p.text {
		of[i] = &told{}
	}
	for k := range findings {
		f := &findings[k]
		all := answers(f)
		count, best := sets(all)
		misled := false
		for _, a := range all {
			i, wrong := truth[a.pointer]
			right := wrong && a.expected.Equal(c.figures[i].value)
			misled = misled || a.set == 1 && !right
			if !wrong {
				continue
			}
			o := of[i]
			o.among = true
			o.first = o.first || a.rank == 1 && best == 1
			o.few = o.few || a.rank == 1 && best == 1 || count <= 3
			o.value = o.value || right
			o.class = o.class || right && a.class == p.kind[i]
			o.located = o.located || right && f.Located && a.set == 1
		}
		if f.Located {
			s.confident++
			i, wrong := truth[f.Place.Pointer]
			if !wrong || !f.Expected.Equal(c.figures[i].value) {
				s.wrong++
			}
		} else if strings.HasPrefix(f.Diagnosis.Text, "located") && misled {
			s.misled++
		}
	}
	for _, o := range of {
		s.located, s.among, s.first = s.located+count(o.located), s.among+count(o.among), s.first+count(o.first)
		s.few, s.value, s.class = s.few+count(o.few), s.value+count(o.value), s.class+count(o.class)
	}
	return s
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// trial plants so many errors in a new document of a form, the first of a kind;
// nil when the kind does not fit the document.
func trial(t testing.TB, r *rand.Rand, f *form, kind reconcile.Class, errors int) (*clean, *planted) {
	t.Helper()
	c, p := newClean(t, f.desk, f.write(r)), newPlanted()
	if !p.plant(r, c, kind) {
		return nil, nil
	}
	for range errors - 1 {
		if !p.plant(r, c, kinds[r.Intn(len(kinds)-1)]) {
			return nil, nil
		}
	}
	return c, p
}

// check the document with its errors; the time is that of checking it and of
// diagnosing it, not of reading it.
func (p *planted) check(t testing.TB, c *clean) ([]reconcile.Finding, time.Duration) {
	t.Helper()
	docs := c.desk.read(t, c.with(p.text))
	run := c.desk.begin()
	begun := time.Now() //nolint:forbidigo // a measurement reads the clock
	run.Document(c.desk.checker, docs[0])
	took := time.Since(begun) //nolint:forbidigo // a measurement reads the clock
	return aboutFigures(run.Result()), took
}

// told is a finding in a line.
func told(f *reconcile.Finding) string {
	var rivals []string
	for i := range f.Candidates {
		c := &f.Candidates[i]
		rivals = append(rivals, fmt.Sprintf("[%d/%d] %s %s->%s %s", c.Set, c.Rank, c.Pointer, c.Actual, c.Expected, c.Class))
	}
	return fmt.Sprintf("%t %s %s %s->%s %s: %s | %s", f.Located, f.Rule.ID, f.Place.Pointer, f.Actual, f.Expected,
		f.Diagnosis.Class, f.Diagnosis.Text, strings.Join(rivals[:min(4, len(rivals))], ", "))
}

// TestLocateReport is no test but a measurement: it plants errors of every
// class, one and two to a record, in documents of every source, reads and
// checks them, and prints what became of them. A figure located that was right,
// or with a wrong value, is the worst result there is. Make target
// locate-report runs it.
func TestLocateReport(t *testing.T) {
	if !*locateReport {
		t.Skip("asked for with -locate-report")
	}
	type cell struct {
		errors       int
		source, size string
		kind         reconcile.Class
	}
	scores := map[cell]*score{}
	at := func(c cell, s *score) {
		if scores[c] == nil {
			scores[c] = &score{}
		}
		scores[c].add(s)
	}
	stories := 0
	for n, f := range forms(t) {
		r := rand.New(rand.NewSource(seed + int64(n)))
		for errors := 1; errors <= 2; errors++ {
			for _, kind := range kinds {
				for range *locateRuns {
					c, p := trial(t, r, &f, kind, errors)
					if c == nil {
						continue
					}
					findings, took := p.check(t, c)
					s := judge(c, p, findings)
					s.times = append(s.times, took)
					if (s.wrong > 0 || s.misled > 0) && stories < 60 {
						stories++
						t.Logf("wrong in %s, %s, planted %s", f.source, f.size, p.story(c))
						for i := range findings {
							t.Logf("    %s", told(&findings[i]))
						}
					}
					if *locateEach {
						at(cell{errors, f.source, f.size, kind}, s)
					}
					at(cell{errors, f.source, f.size, ""}, s)
					at(cell{errors, f.source, "", kind}, s)
					at(cell{errors, f.source, "", ""}, s)
					at(cell{errors, "", "", kind}, s)
					at(cell{errors, "", "", ""}, s)
				}
			}
		}
	}
	var cells []cell
	for c := range scores {
		cells = append(cells, c)
	}
	slices.SortFunc(cells, func(a, b cell) int {
		return cmp.Or(
			cmp.Compare(a.errors, b.errors), strings.Compare(a.source, b.source),
			cmp.Compare(count(a.size == "" && a.kind != ""), count(b.size == "" && b.kind != "")),
			strings.Compare(a.size, b.size), cmp.Compare(slices.Index(kinds, a.kind), slices.Index(kinds, b.kind)),
		)
	})
	var out strings.Builder
	before := ""
	for _, c := range cells {
		head := fmt.Sprintf("%d error(s) to a record: %s", c.errors, cmp.Or(c.source, "all sources"))
		if head != before {
			fmt.Fprintf(&out, "\n%-46s %s\n", head, scoreHead)
			before = head
		}
		fmt.Fprintf(&out, "  %-24s %-19s %s\n", cmp.Or(c.size, "all sizes"), cmp.Or(c.kind, "all classes"), scores[c])
	}
	fmt.Print(out.String(), "\n")
	for errors := 1; errors <= 2; errors++ {
		s := scores[cell{errors, "", "", ""}]
		fmt.Printf("%d error(s) to a record: %d records, wrong `located` %d = %.2f in 10 000 records\n",
			errors, s.records, s.wrong, 10_000*float64(s.wrong)/float64(s.records))
	}
}
