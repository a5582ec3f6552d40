package main

import (
	"slices"
	"testing"

	"tieout/cmd/catalogue"
)

func TestTheReportsTellTheChoiceOfRules(t *testing.T) {
	o := checkOptions{
		reportOptions: reportOptions{failOn: "none"}, join: "auto",
		lawOptions: lawOptions{choice: catalogue.Choice{Only: []string{"AC-*", "XD-01"}, Skip: []string{"AC-37"}}},
	}
	want := []string{"--rules AC-*,XD-01", "--skip-rules AC-37", "--fail-on none"}
	if got := o.given(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
