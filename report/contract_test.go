package report

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tieout/reconcile/locate"
)

// What programs read of a report is described, member by member.
func TestEveryMemberOfTheJSONReportIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/report.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	member := regexp.MustCompile(`\.(?:key|object|array|string|orNull|ifAny|number|bool|amount|sent)\("([a-z_]+)"|listJSON\(d, "([a-z_]+)"`)
	var names []string
	for _, file := range files {
		if strings.HasPrefix(file, "calc") { // what tieout calc prints has a page of its own
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range member.FindAllStringSubmatch(string(text), -1) {
			names = append(names, m[1]+m[2])
		}
	}
	if len(names) < 50 {
		t.Fatalf("only %d members found", len(names))
	}
	for class := range slipNames {
		names = append(names, string(class))
	}
	names = append(names, string(locate.Unknown))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/report.md does not tell of %q", name)
		}
	}
}
