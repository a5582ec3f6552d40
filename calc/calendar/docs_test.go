package calendar_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"tieout/calc/calendar"
)

// The page for users tells which years the built-in calendars cover.
func TestThePageTellsTheYearsCovered(t *testing.T) {
	page, err := os.ReadFile("../../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range calendar.Countries() {
		c, _ := calendar.Country(code)
		first, last := c.Years()
		if row := fmt.Sprintf("| %s | %d-%d |", code, first, last); !strings.Contains(string(page), row) {
			t.Errorf("docs/sources.md lacks %q", row)
		}
	}
}
