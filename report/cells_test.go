package report

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
	"tieout/reconcile"
)

func TestVisibleText(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"plain text stays":             {"З20НвАР007200054", "З20НвАР007200054"},
		"a bell is written out":        {"a\x07b", "a<U+0007>b"},
		"a tab is written out":         {"a\tb", "a<U+0009>b"},
		"a line break stays":           {"a\nb", "a\nb"},
		"a carriage return does not":   {"a\r\nb", "a<U+000D>\nb"},
		"C1 controls are written out":  {"a\u0085b", "a<U+0085>b"},
		"reordering is written out":    {"a\u202eb", "a<U+202E>b"},
		"a zero-width blank too":       {"a\u200bb\ufeff", "a<U+200B>b<U+FEFF>"},
		"a soft hyphen too":            {"a\u00adb", "a<U+00AD>b"},
		"the Persian joiner stays":     {"می\u200cشود", "می\u200cشود"},
		"bytes that are no UTF-8":      {"a\xffb\xef\xbf", "a<0xFF>b<0xEF><0xBF>"},
		"the replacement letter stays": {"a\ufffdb", "a\ufffdb"},
		"no character":                 {"a\uffffb", "a<U+FFFF>b"},
	} {
		if got := visibleText(test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestLongTextIsCutVisibly(t *testing.T) {
	if s := strings.Repeat("й", maxCellText); cellText(s) != s {
		t.Error("the longest text that fits was changed")
	}
	for _, letter := range []string{"x", "й", "😀"} {
		s := strings.Repeat(letter, maxCellText+1)
		got := cellText(s)
		if n := utf16Length(got); n > maxCellText || n < maxCellText-1 {
			t.Errorf("%s: cut to %d units", letter, n)
		}
		if !strings.HasSuffix(got, " … [cut: 32768 characters in all]") || !utf8.ValidString(got) {
			t.Errorf("%s: ends in %q", letter, got[len(got)-40:])
		}
	}
}

func TestNumberFormatKeepsTheScale(t *testing.T) {
	for amount, want := range map[string]string{
		"694": "#,##0", "0.30": "#,##0.00", "-60.000": "#,##0.000", "9.99999999999999E14": "#,##0",
		"1.000000000000059E15": "", "0.0000000000000000000000000000001": "", "123456789012345.6": "",
	} {
		c := money(calc.MustAmount(amount))
		if got := c.numberFormat(); got != want {
			t.Errorf("%s: got %q, want %q", amount, got, want)
		}
	}
}

func TestWrappedLines(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"one word":                  {"word", 1},
		"fits":                      {"a short line", 1},
		"two lines":                 {"this line is longer than twenty letters", 2},
		"a word longer than a line": {strings.Repeat("x", 50), 3},
		"paragraphs":                {"a\nb\nc", 3},
	} {
		if got := wrappedLines(test.text, 20); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
}

// The rows of a page and the links to them must agree wherever the pages end.
func TestLinksLeadToTheirRowsOnEveryPage(t *testing.T) {
	r := richResult()
	for i := range 8 {
		f := scheduleFinding()
		f.ID = "f-" + strconv.Itoa(i)
		r.Findings.Add(f)
	}
	for limit := pageRows(9); limit < 60; limit++ {
		sheets := workbookSheets(r, limit)
		first := map[string]*cell{} // by reference, the cells of the first column
		eachCell(t, sheets, func(s *sheet, name string, c *cell) {
			if row, found := strings.CutPrefix(name, "A"); found {
				first["#'"+s.Name+"'!A"+row] = c
			}
		})
		links := 0
		eachCell(t, sheets, func(s *sheet, name string, c *cell) {
			rest, found := strings.CutPrefix(c.Formula, `HYPERLINK("`)
			if !found {
				return
			}
			links++
			target, _, _ := strings.Cut(rest, `"`)
			number := c.Number // of the finding, or the count of its evidence
			if evidence := strings.HasPrefix(target, "#'"+evidenceName); evidence {
				row, page := 0, 0
				row, _ = strconv.Atoi(strings.TrimLeft(name, "V"))
				if _, p, more := strings.Cut(s.Name, " "); more {
					page, _ = strconv.Atoi(p)
					page--
				}
				number = int64(page)*int64(limit) + int64(row) - 1
			}
			if to := first[target]; to == nil || to.Number != number {
				t.Errorf("limit %d: %s!%s leads to %s: %+v", limit, s.Name, name, target, to)
			}
		})
		// To the evidence of all but one finding and back, and to the records of
		// four findings and back.
		if want := 2*(r.Findings.Len()-1) + 2*4; links != want {
			t.Errorf("limit %d: %d links, want %d", limit, links, want)
		}
		for i := range sheets {
			checkPage(t, &sheets[i], limit)
		}
	}
}

// checkPage checks that a table keeps within the rows of a sheet.
func checkPage(t *testing.T, s *sheet, limit pageRows) {
	rows := 0
	for range s.allRows() {
		rows++
	}
	if name := strings.Fields(s.Name)[0]; rows > int(limit)+1 && name != summaryName && name != coverageName && name != manifestName {
		t.Errorf("limit %d: %s has %d rows", limit, s.Name, rows)
	}
}

func TestManifestRunsOverToFurtherSheets(t *testing.T) {
	r := richResult()
	sheets := manifestSheets(r, 13)
	if len(sheets) != 2 || sheets[1].Name != "Manifest 2" {
		t.Fatalf("got %d sheets", len(sheets))
	}
	files := 0
	eachCell(t, sheets, func(_ *sheet, _ string, c *cell) {
		if len(c.Text) == 64 && c.Style.Look == rawLook {
			files++
		}
	})
	if files != len(r.Inputs) {
		t.Errorf("%d files, want %d", files, len(r.Inputs))
	}
}

// evidenceOf is evidence that the terms add up to another sum than the subject.
func evidenceOf(subject string, terms ...string) *reconcile.Evidence {
	var figures []reconcile.Figure
	for _, term := range terms {
		figures = append(figures, figure(1, "term", term))
	}
	e := relation(as02, "law", formula.Equal, []reconcile.Figure{figure(1, "subject", subject)}, figures)
	return &e
}

func TestRelationsAreLiveOnlyWhereASpreadsheetIsExact(t *testing.T) {
	many := make([]string, 4000)
	for i := range many {
		many[i] = "1.11"
	}
	for name, test := range map[string]struct {
		evidence *reconcile.Evidence
		want     string
	}{
		"kopecks":                         {evidenceOf("0.30", "0.10", "0.10"), ""},
		"many kopecks":                    {evidenceOf("4440.01", many...), ""},
		"sixteen digits":                  {evidenceOf("1.000000000000059E15", "1"), whyDigits},
		"fifteen digits, whole":           {evidenceOf("999999999999999", "999999999999999", "1"), whyDigits},
		"fifteen digits, whole, few":      {evidenceOf("999999999999999", "999999999999997", "1"), ""},
		"whole numbers beyond 2^53":       {evidenceOf("1", "900000000000000", "900000000000000", "900000000000000", "900000000000000", "900000000000000", "900000000000000", "900000000000000", "900000000000000", "900000000000000", "900000000000000", "-9000000000000000"), whyDigits},
		"fifteen digits with two decimal": {evidenceOf("9999999999999.99", "9999999999999.97", "0.01"), whyLoss},
		"no figures":                      {&reconcile.Evidence{Rule: as02}, whyNoFigure},
	} {
		if _, why := liveFormulas(test.evidence, plannedTerms(maxSheetRows-1), 2); why != test.want {
			t.Errorf("%s: got %q, want %q", name, why, test.want)
		}
	}
}

func TestMoreFiguresThanASheetHasRows(t *testing.T) {
	r := richResult()
	terms := make([]string, 50)
	for i := range terms {
		terms[i] = "1.50"
	}
	r.Findings = reconcile.FindingsOf(*listed(r.Findings.All())[0])
	listed(r.Findings.All())[0].Evidence = []reconcile.Evidence{*evidenceOf("80", terms...)}
	seen := ""
	eachCell(t, evidenceSheets(r, 30, planEvidence(r, 30)), func(s *sheet, _ string, c *cell) {
		if strings.Contains(c.Text, "do not fit") {
			seen = c.Text
		}
	})
	if want := "51 figures do not fit on a sheet, 25 are shown: exact values only."; seen != want {
		t.Errorf("got %q, want %q", seen, want)
	}
}

func TestReasonsBeyondThoseListedAreCounted(t *testing.T) {
	var reasons []reconcile.Reason
	for i := range maxReasons + 3 {
		reasons = append(reasons, reconcile.Reason{Outcome: reconcile.NotApplicable, Text: "no rows " + strconv.Itoa(i), Count: 2})
	}
	lines := strings.Split(reasonWords(reasons), "\n")
	if got, want := lines[len(lines)-1], "6 × other reasons (3 more)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -12345: "-12,345"} {
		if got := grouped(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func TestCountsAreNoMoney(t *testing.T) {
	moment := reconcile.TableValue{Figure: true, Value: schema.Value{State: schema.Present, Amount: calc.MustAmount("1462821143198")}}
	for isCount, want := range map[bool]string{false: "#,##0", true: "0"} {
		moment.Count = isCount
		if c := plainValue(&moment); c.numberFormat() != want {
			t.Errorf("count %t: format %q, want %q", isCount, c.numberFormat(), want)
		}
	}
}
