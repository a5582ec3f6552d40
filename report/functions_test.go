package report

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"tieout/calc/formula"
	"tieout/reconcile"
)

// looksOf are the looks of the cells of the sheet of records, by their texts or
// amounts.
func looksOf(t *testing.T, r *reconcile.Result) map[string]look {
	got := map[string]look{}
	eachCell(t, workbookSheets(r, maxSheetRows-1), func(s *sheet, _ string, c *cell) {
		if s.Name == recordsName {
			got[c.Text+c.Style.Sign+cellAmount(c)] = c.Style.Look
		}
	})
	return got
}

func cellAmount(c *cell) string {
	if c.Kind != amountCell {
		return ""
	}
	return c.Amount.String()
}

func TestTextsAndRowsAreMarkedInTheirRecord(t *testing.T) {
	got := looksOf(t, functionsResult())
	for text, want := range map[string]look{
		"active": wrongLook, "→ expired": rightLook,
		"13980430 (2019-07-21)": wrongLook, "→ 13990430 (2020-07-20)": rightLook, "13970430 (2018-07-21)": plainLook,
		"Details[0]": plainLook, "Details[1]": wrongLook,
	} {
		if look, there := got[text]; !there || look != want {
			t.Errorf("%s: look %d, there %t, want %d", text, look, there, want)
		}
	}
}

// The pointers of the two records and of a third are alike.
func TestACandidateIsMarkedOnlyInTheRecordItStandsIn(t *testing.T) {
	r := functionsResult()
	plan := planRecords(surveyOf(r), maxSheetRows-1)
	contract, schedule := plan.blocks[0], plan.blocks[1]
	if m := contract.marks["/0/main_debt_balance"]; m == nil || m.value.String() != "0" {
		t.Error("the contract's candidate is not marked there")
	}
	if m := schedule.marks["/0/Total/main_debt/end_balance"]; m == nil || m.value.String() != "8333" {
		t.Error("the schedule's candidate is not marked there")
	}
	if len(schedule.marks) != 1 || contract.marks["/0/Total/main_debt/end_balance"] != nil || contract.marks["/0/penalty"].value.String() != "3.02" {
		t.Errorf("marked elsewhere: %v, %v", schedule.marks, contract.marks)
	}
	if len(contract.findings) != 3 || len(schedule.findings) != 2 || plan.of[1] != contract {
		t.Errorf("findings %v and %v", contract.findings, schedule.findings)
	}
	f := listed(r.Findings.All())[1]
	f.Candidates = f.Candidates[1:2]
	plan = planRecords(surveyOf(r), maxSheetRows-1)
	if m := plan.blocks[0].marks["/0/main_debt_balance"]; m == nil || m.words != "see the finding" {
		t.Error("what the finding names is not marked when all candidates stand elsewhere")
	}
	f.Candidates[0].File = "another.json"
	plan = planRecords(surveyOf(r), maxSheetRows-1)
	if len(plan.blocks[1].marks) != 0 {
		t.Error("a candidate of another file is marked")
	}
}

func TestTheEvidenceOfFunctionsKeepsToItsPlan(t *testing.T) {
	r := functionsResult()
	f := listed(r.Findings.All())[0]
	for i := range 80 {
		f.Grounds[0].Read = append(f.Grounds[0].Read, given("row", "/rows/"+strconv.Itoa(i), "1"))
	}
	for _, limit := range []pageRows{12, 30, 200} {
		sheets := workbookSheets(r, limit)
		heads, more := 0, map[string]bool{}
		for i := range sheets {
			checkPage(t, &sheets[i], limit)
		}
		plan := planEvidence(r, limit)
		eachCell(t, sheets, func(s *sheet, name string, c *cell) {
			if !strings.HasPrefix(s.Name, evidenceName) {
				return
			}
			for i := range r.Findings.All() {
				if plan.target(i) == "#'"+s.Name+"'!"+name && c.Number == int64(i+1) {
					heads++
				}
			}
			if strings.HasSuffix(c.Text, "not listed") {
				more[c.Text] = true
			}
		})
		if heads != r.Findings.Len() || !more[strconv.Itoa(83-plannedReads(limit))+" more values not listed"] {
			t.Errorf("limit %d: %d heads, %v", limit, heads, more)
		}
	}
}

func TestNothingIsLiveThatARuleHasComputed(t *testing.T) {
	e := listed(functionsResult().Findings.All())[2].Evidence[0]
	if _, why := liveFormulas(&e, plannedTerms(maxSheetRows-1), 2); why != whyComputed {
		t.Errorf("got %q", why)
	}
}

func TestTheFileStandsBehindTheNamesItBelongsTo(t *testing.T) {
	in := func(name, file string) reconcile.Figure {
		f := figure(1, name, "1")
		f.File = file
		return f
	}
	for name, test := range map[string]struct {
		formula string
		figures []reconcile.Figure
		want    string
	}{
		"none":            {"a = b", []reconcile.Figure{in("a", ""), in("b", "")}, "a = b"},
		"one":             {"a = b", []reconcile.Figure{in("a", ""), in("b", "s")}, "a = b (s)"},
		"not part of one": {"s.ab = s.a - 2*s.b", []reconcile.Figure{in("s.a", "s"), in("s.b", "s")}, "s.ab = s.a (s) - 2*s.b (s)"},
		"twice":           {"a = b - b", []reconcile.Figure{in("b", "s"), in("b", "s")}, "a = b (s) - b"},
		"a sum":           {"a = sum(s.rows.x)", []reconcile.Figure{in("a", ""), in("s.rows[0].x", "s"), in("s.rows[1].x", "s")}, "a = sum(s.rows.x) (s)"},
	} {
		e := relation(acrossRule, test.formula, formula.Equal, test.figures[:1], test.figures[1:])
		if got := formulaWords(&e); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// readFinding is a finding of the JSON report as programs read it.
type readFinding struct {
	Actual, Expected, Difference *string
	Evidence                     []struct {
		Read []struct {
			Value       *string
			State, Date string
		}
	}
}

func readJSON(t *testing.T, f *reconcile.Finding) (read readFinding) {
	t.Helper()
	var j jsonText
	j.begin('{')
	j.finding(f)
	j.end('}')
	if err := json.Unmarshal(j.text, &read); err != nil {
		t.Fatal(err)
	}
	return read
}

func TestJSONTellsWhatIsNotThereFromWhatIsEmpty(t *testing.T) {
	all := listed(functionsResult().Findings.All())
	out := readJSON(t, all[0])
	var read []string
	for _, v := range out.Evidence[1].Read {
		text, err := json.Marshal(v.Value)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, string(text)+v.State)
	}
	if got, want := strings.Join(read, " "), `"active" nullmissing nullnull ""empty "1 0"unreadable "2020-02-29 "`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	row := readJSON(t, all[3])
	if row.Actual != nil || row.Expected != nil || row.Difference != nil {
		t.Error("a row has no value")
	}
	missing := *all[0]
	missing.Raw, missing.Value = "", &all[0].Grounds[1].Read[1]
	if out := readJSON(t, &missing); out.Actual != nil {
		t.Error("a missing value is told as one")
	}
	missing.Value = &all[0].Grounds[1].Read[3]
	if out := readJSON(t, &missing); out.Actual == nil || *out.Actual != "" {
		t.Error("an empty text is a value")
	}
	if day := readJSON(t, all[4]).Evidence[0].Read[0].Date; day != "2019-07-21" {
		t.Errorf("the day is %q", day)
	}
}
