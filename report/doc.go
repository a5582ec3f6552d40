// Package report renders the result of a run: as a workbook, as JSON for
// machines, and as text for people. It decides nothing and computes nothing.
package report
