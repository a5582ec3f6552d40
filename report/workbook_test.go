package report

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tieout/calc"
	"tieout/reconcile"
)

// part reads one part of a workbook as it stands in the file.
func part(t *testing.T, workbook []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWorkbookIsTheSameBytesEachTime(t *testing.T) {
	first := writeBytes(t, richResult())
	for range 5 {
		if !bytes.Equal(first, writeBytes(t, richResult())) {
			t.Fatal("the same result gave different bytes")
		}
	}
}

func TestSheetsStandInTheirOrder(t *testing.T) {
	for name, want := range map[string]string{
		"workbook_rich":  "Summary, Findings, Records, Evidence, Coverage, Not evaluable, Rejected, Manifest",
		"workbook_clean": "Summary, Findings, Evidence, Coverage, Rejected, Manifest",
	} {
		file := writeAndOpen(t, workbookCases[name]())
		if got := strings.Join(file.GetSheetList(), ", "); got != want {
			t.Errorf("%s: got sheets %s, want %s", name, got, want)
		}
		if file.GetActiveSheetIndex() != 0 {
			t.Errorf("%s: the workbook does not open on its summary", name)
		}
	}
}

func TestAmountsStandInTheFileDigitByDigit(t *testing.T) {
	findings := part(t, writeBytes(t, richResult()), "xl/worksheets/sheet2.xml")
	for _, want := range []string{"<v>694</v>", "<v>649</v>", "<v>10000.07</v>", "<v>999999999999999</v>", "<v>999999999999939.00</v>"} {
		if !strings.Contains(findings, want) {
			t.Errorf("no %s in the findings", want)
		}
	}
	if strings.Contains(findings, "<v>1000000000000059") {
		t.Error("an amount of 16 digits was written as a number")
	}
}

func TestFormulaCellsKeepTheirValueAsANumber(t *testing.T) {
	evidence := part(t, writeBytes(t, richResult()), "xl/worksheets/sheet4.xml")
	formulas := regexp.MustCompile(`<c ([^>]*)><f>([^<]*)</f>(<v>-?[0-9.]+</v>)?</c>`).FindAllStringSubmatch(evidence, -1)
	if len(formulas) < 30 {
		t.Fatalf("only %d formulas", len(formulas))
	}
	for _, f := range formulas {
		if strings.Contains(f[1], "t=") || f[3] == "" {
			t.Errorf("the formula %s has no number beside it: %s", f[2], f[0])
		}
	}
	if n := strings.Count(evidence, "<f>"); n != len(formulas) {
		t.Errorf("%d formulas, %d of them as they should be", n, len(formulas))
	}
}

// The library has its own calculator, a second opinion on the live formulas.
func TestLiveFormulasGiveTheExactValues(t *testing.T) {
	file := writeAndOpen(t, richResult())
	live := 0
	eachCell(t, workbookSheets(richResult(), maxSheetRows-1), func(s *sheet, name string, c *cell) {
		if c.Formula == "" || strings.HasPrefix(c.Formula, "HYPERLINK") {
			return
		}
		live++
		got, err := file.CalcCellValue(s.Name, name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Errorf("%s!%s: %v", s.Name, name, err)
			return
		}
		want := cellValue(c)
		if !calc.MustAmount(got).Equal(calc.MustAmount(want)) {
			t.Errorf("%s!%s: =%s gives %s, exactly it is %s", s.Name, name, c.Formula, got, want)
		}
	})
	if live < 30 {
		t.Errorf("only %d live formulas", live)
	}
}

func TestTextNeverBecomesAFormula(t *testing.T) {
	for _, evil := range []string{"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "_x003D_1+1 _x0041_x0042_ <&>\"", "=HYPERLINK(\"http://x\")", "0012345678901234567"} {
		r := richResult()
		f := listed(r.Findings.All())[0]
		f.ID, f.Record, f.KeyFrom, f.Field, f.Raw, f.Text, f.Source = evil, evil, evil, evil, evil, evil, evil
		f.Place.File, f.Place.Pointer, f.Diagnosis.Text = evil, evil, evil
		f.Evidence[0].Formula, f.Evidence[0].Subject[0].Raw = evil, evil
		listed(r.Rejects.All())[0].Excerpt.Line, listed(r.Rejects.All())[0].Reason = evil, evil
		r.Inputs[0].File, r.Tool.Version = evil, evil
		r.Options = []string{evil}
		if diff := firstDifference(dumpFile(t, r), dumpCells(t, r)); diff != "" {
			t.Errorf("%q: %s", evil, diff)
		}
		file := writeAndOpen(t, r)
		if formula, _ := file.GetCellFormula(findingsName, "F2"); formula != "" {
			t.Errorf("%q became the formula %s", evil, formula)
		}
		if kind, _ := file.GetCellType(findingsName, "F2"); kind != excelize.CellTypeInlineString {
			t.Errorf("%q is no text cell but %v", evil, kind)
		}
	}
}

func TestLongHeadsAreMergedAndWrapped(t *testing.T) {
	r := richResult()
	listed(r.Findings.All())[0].Evidence[0].Formula = "total_balance = " + strings.Repeat("a_rather_long_name_of_a_figure + ", 20) + "penalty"
	merged, err := writeAndOpen(t, r).GetMergeCells(evidenceName)
	if err != nil || len(merged) != 1 || merged[0][0] != "C3:K3" {
		t.Errorf("got %v, %v", merged, err)
	}
}

// The evidence of very many findings is cut, and the workbook says so.
func TestTheEvidenceOfTheFirstFindingsIsListed(t *testing.T) {
	r := richResult()
	some := listed(r.Findings.All())
	for i := r.Findings.Len(); i < maxWithEvidence+2; i++ {
		r.Findings.Add(*some[0])
	}
	plan := planEvidence(r, maxSheetRows-1)
	if plan.target(maxWithEvidence-1) == "" || plan.target(maxWithEvidence) != "" {
		t.Error("the evidence does not end where it should")
	}
	var last []string
	for _, s := range evidenceSheets(r, maxSheetRows-1, plan) {
		for row := range s.Rows {
			if len(row.Cells) > 2 {
				last = append(last[:0], row.Cells[2].Text)
			}
		}
	}
	if want := "The evidence of 2 further findings is not listed here; the JSON reports have all of it."; last[0] != want {
		t.Errorf("got %q, want %q", last, want)
	}
	if all := reservations(surveyOf(r)); !strings.Contains(all[len(all)-1].Text, "first 50,000 findings") {
		t.Errorf("the summary says %v", all)
	}
}

func TestManyFindingsAreWrittenInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	r := richResult()
	for r.Findings.Len() < 7000 {
		for _, f := range listed(r.Findings.All())[:7] {
			r.Findings.Add(*f)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := Workbook(io.Discard, r); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if grown := (after.Sys - before.Sys) >> 20; grown > 200 {
		t.Errorf("7,000 findings took %d MB", grown)
	}
}

func TestFindingsRowOfTheSchedule(t *testing.T) {
	file := writeAndOpen(t, richResult())
	for name, want := range map[string]string{
		"B4": "error", "C4": "AS-05", "F4": "З20НвАР007200054", "G4": "2", "I4": "Details[1].percent.payment_sum", "J4": "694", "K4": "694",
		"M4": "649", "N4": "+45", "P4": "yes", "Q4": "digits exchanged", "R4": "two digits are exchanged: 694 for 649", "V4": "3",
		"Z4": "/Details/1/percent/payment_sum", "L3": "at most", "K6": "1000000000000059", "M7": "999,999,999,999,999",
		"K3": "10,000.07", "N8": "-275,078,478", "G6": "",
	} {
		if got, _ := file.GetCellValue(findingsName, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestSummarySaysHowItCameOut(t *testing.T) {
	noComparison := cleanResult()
	noComparison.Checks = reconcile.Counts{reconcile.NotApplicable: 4}
	rejects := cleanResult()
	rejects.Rejected = 3
	for name, test := range map[string]struct {
		result *reconcile.Result
		want   string
		tone   tone
	}{
		"findings":            {richResult(), "5 errors, 2 warnings in 4 of 9 records", errorTone},
		"all agree":           {cleanResult(), "Everything agrees", goodTone},
		"nothing read":        {&reconcile.Result{}, "Nothing was checked: no record could be read", errorTone},
		"nothing to compare":  {noComparison, "Nothing could be compared", warningTone},
		"some could not read": {rejects, "No discrepancy in what could be checked", warningTone},
	} {
		if got := verdict(surveyOf(test.result)); got.Text != test.want || got.Tone != test.tone {
			t.Errorf("%s: got %+v, want %q in tone %d", name, got, test.want, test.tone)
		}
	}
	if got := reservations(surveyOf(rejects)); len(got) != 1 || !strings.HasPrefix(got[0].Text, "3 documents or records could not be read") {
		t.Errorf("rejects: got %+v", got)
	}
}

func TestDifferencesAreNotNettedOff(t *testing.T) {
	r := richResult()
	low := scheduleFinding()
	low.Difference = calc.MustAmount("-44.50")
	r.Findings.Add(low)
	for _, tally := range surveyOf(r).byRule {
		if tally.Rule != as05 {
			continue
		}
		got := tally.TooHigh.String() + " " + tally.TooLow.String() + " " + tally.Net.String()
		if want := "45 -44.50 0.50"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestNoFloatsInThePackage(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	float := regexp.MustCompile(`\bfloat(32|64)\b|ParseFloat`)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if hit := float.Find(text); hit != nil {
			t.Errorf("%s: %s", f.Name(), hit)
		}
	}
}
