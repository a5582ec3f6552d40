package law

import (
	"strings"
	"testing"

	"tieout/calc"
	"tieout/calc/date"
)

// text is an amount, and "" for none.
func text(a *calc.Amount) string {
	if a == nil {
		return ""
	}
	return a.String()
}

func TestTheCeilingOfTheContractsDateApplies(t *testing.T) {
	tests := map[string]struct{ date, from, daily, fullCost, multiple, overdue, counts string }{
		"the first day of all":               {"2016-03-29", "2016-03-29", "", "", "4", "", "interest"},
		"the last day of four times":         {"2016-12-31", "2016-03-29", "", "", "4", "", "interest"},
		"three times, twice what is overdue": {"2017-01-01", "2017-01-01", "", "", "3", "2", "interest"},
		"the last day without a daily rate":  {"2019-01-27", "2017-01-01", "", "", "3", "2", "interest"},
		"one and a half percent a day":       {"2019-01-28", "2019-01-28", "1.5", "", "2.5", "", "charges"},
		"the last day of it":                 {"2019-06-30", "2019-01-28", "1.5", "", "2.5", "", "charges"},
		"one percent a day":                  {"2019-07-01", "2019-07-01", "1", "365", "2", "", "charges"},
		"one and a half times":               {"2020-01-01", "2020-01-01", "1", "365", "1.5", "", "charges"},
		"the last day of one percent":        {"2023-06-30", "2020-01-01", "1", "365", "1.5", "", "charges"},
		"0.8 percent a day":                  {"2023-07-01", "2023-07-01", "0.8", "292", "1.3", "", "charges"},
		"the last day of 1.3 times":          {"2026-03-31", "2023-07-01", "0.8", "292", "1.3", "", "charges"},
		"no more than the sum again":         {"2026-04-01", "2026-04-01", "0.8", "292", "1", "", "charges"},
		"long after":                         {"9999-12-31", "2026-04-01", "0.8", "292", "1", "", "charges"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, ok := CeilingOn(date.MustParse(test.date))
			if !ok || c.From.String() != test.from || text(c.DailyPercent) != test.daily || text(c.FullCostPercent) != test.fullCost ||
				c.Multiple.String() != test.multiple || text(c.OverdueMultiple) != test.overdue || string(c.Counts) != test.counts {
				t.Errorf("%+v, %t; want %+v", c, ok, test)
			}
		})
	}
}

func TestBeforeTheFirstLineThereIsNoLaw(t *testing.T) {
	if c, ok := CeilingOn(date.MustParse("2016-03-28")); ok {
		t.Errorf("a ceiling: %+v", c)
	}
	if s, ok := SmallLoanOn(date.MustParse("2019-01-27")); ok {
		t.Errorf("a small loan: %+v", s)
	}
	if p, ok := PenaltyOn(date.MustParse("2014-06-30")); ok {
		t.Errorf("a penalty: %+v", p)
	}
	if c, ok := CeilingOn(date.Date{}); ok {
		t.Errorf("no date has a ceiling: %+v", c)
	}
}

func TestSmallLoansAndPenaltiesHaveTheirOwnCeilings(t *testing.T) {
	for day, charges := range map[string]string{"2019-01-28": "30", "2023-06-30": "30", "2023-07-01": "15"} {
		s, ok := SmallLoanOn(date.MustParse(day))
		if !ok || s.ChargesPercent.String() != charges || s.PenaltyDailyPercent.String() != "0.1" {
			t.Errorf("%s: %+v, %t", day, s, ok)
		}
		for _, test := range []struct {
			sum  string
			days int
			want bool
		}{{"10000", 15, true}, {"10000.00", 1, true}, {"10000.01", 15, false}, {"10000", 16, false}, {"3000", 7, true}} {
			if got := s.Covers(calc.MustAmount(test.sum), test.days); got != test.want {
				t.Errorf("%s: %s for %d days: %t", day, test.sum, test.days, got)
			}
		}
	}
	p, ok := PenaltyOn(date.MustParse("2020-04-17"))
	if !ok || p.YearlyPercent.String() != "20" || p.DailyPercent.String() != "0.1" || !p.Verified {
		t.Errorf("%+v, %t", p, ok)
	}
}

// A finding quotes the source, so a line must have one, and say when nobody read it.
func TestEveryLineHasItsSource(t *testing.T) {
	var all []Basis
	for _, c := range ceilings() {
		all = append(all, c.Basis)
	}
	for _, s := range smallLoans() {
		all = append(all, s.Basis)
	}
	for _, p := range penalties() {
		all = append(all, p.Basis)
	}
	for _, b := range all {
		if !strings.Contains(b.Source, "-FZ art. ") || b.Verified == strings.Contains(b.Source, "not verified") {
			t.Errorf("%s: verified %t, source %q", b.From, b.Verified, b.Source)
		}
	}
	if len(all) != 10 {
		t.Errorf("%d lines", len(all))
	}
}

func TestTablesThatAreWrong(t *testing.T) {
	const head = "from,yearly_percent,daily_percent,verified,source\n"
	for name, test := range map[string]struct{ table, want string }{
		"nothing":                     {"", "no lines"},
		"column names alone":          {head, "no lines"},
		"a column missing":            {"from,yearly_percent,verified,source\n2014-07-01,20,yes,x\n", `no column "daily_percent"`},
		"a column too many":           {"from,yearly_percent,daily_percent,weekly,verified,source\n2014-07-01,20,0.1,1,yes,x\n", `nothing reads: ["weekly"]`},
		"a cell missing":              {head + "2014-07-01,20,yes,x\n", "wrong number of fields"},
		"no date":                     {head + "2014-07-32,20,0.1,yes,x\n", "not a date"},
		"a decimal comma":             {head + "2014-07-01,20,\"0,1\",yes,x\n", "daily_percent"},
		"a rate of zero":              {head + "2014-07-01,0,0.1,yes,x\n", "yearly_percent"},
		"an amount that must be":      {head + "2014-07-01,,0.1,yes,x\n", "yearly_percent is empty"},
		"no source":                   {head + "2014-07-01,20,0.1,yes,\n", "source is empty"},
		"verified by another word":    {head + "2014-07-01,20,0.1,maybe,x\n", `"maybe"`},
		"dates that do not rise":      {head + "2014-07-01,20,0.1,yes,x\n2014-07-01,20,0.1,yes,x\n", "follows"},
		"a quote that is not closed":  {head + "2014-07-01,20,0.1,yes,\"x\n", "quote"},
		"the mistake names its line":  {head + "2014-07-01,20,x,yes,x\n", "line of 2014-07-01"},
		"the same column twice, read": {"from,from,yearly_percent,daily_percent,verified,source\n2014-07-01,,20,0.1,yes,x\n", "not a date"},
	} {
		lines, err := table(test.table, penaltyOf)
		if err == nil || !strings.Contains(err.Error(), test.want) || lines != nil {
			t.Errorf("%s: %v, %v; want %q", name, lines, err, test.want)
		}
	}
	const small = "from,max_sum,max_days,charges_percent,penalty_daily_percent,verified,source\n2019-01-28,10000,half,30,0.1,yes,x\n"
	if _, err := table(small, smallLoanOf); err == nil || !strings.Contains(err.Error(), "max_days") {
		t.Error(err)
	}
	wrong := strings.Replace(ceilingsTable, ",charges,", ",everything,", 1)
	if _, err := table(wrong, ceilingOf); err == nil || !strings.Contains(err.Error(), "everything") {
		t.Error(err)
	}
}

// FuzzTable: whatever a table holds, what is read from it is in order and whole.
func FuzzTable(f *testing.F) {
	f.Add(ceilingsTable)
	f.Add(strings.ReplaceAll(ceilingsTable, "\n", "\r\n"))
	f.Add("from,multiple\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := table(text, ceilingOf)
		if (err == nil) != (len(lines) > 0) {
			t.Fatalf("%d lines with %v", len(lines), err)
		}
		for i, l := range lines {
			if l.From.IsZero() || l.Source == "" || l.Multiple.Sign() <= 0 || l.Counts == "" || i > 0 && !lines[i-1].From.Before(l.From) {
				t.Fatalf("line %d: %+v", i, l)
			}
		}
	})
}
