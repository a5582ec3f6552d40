package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// workbookCommand writes a workbook with rows like findings, as excelize streams them.
// drivers/workbook.c writes the same rows.
func workbookCommand(args []string) error {
	f := flag.NewFlagSet("workbook", flag.ExitOnError)
	rows := f.Int("rows", 1000, "number of rows")
	out := f.String("o", "", "the file to write")
	if err := f.Parse(args); err != nil {
		return err
	}
	return writeWorkbook(*rows, *out)
}

func writeWorkbook(rows int, path string) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // it is saved before
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	format := "#,##0.00"
	money, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	amount := func(cents int) excelize.Cell { return excelize.Cell{StyleID: money, Value: float64(cents) / 100} }
	for row := range rows {
		printed := row * 7919 % 100_000_000
		err := sheet.SetRow("A"+strconv.Itoa(row+1), []any{
			row + 1, "error", "AC-01", fmt.Sprintf("З20УфАР%09d", row), "total_balance",
			amount(printed), amount(printed + 45_00), amount(-45_00),
			"слагаемое пропущено: <penalty> & interest", fmt.Sprintf("/contracts/%d/total_balance", row),
		})
		if err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return book.SaveAs(path)
}

// compareWorkbooks times a workbook of findings by excelize, and by libxlsxwriter where
// that library is installed.
func (c *comparison) compareWorkbooks(ctx context.Context, rows int) error {
	out, count := filepath.Join(c.folder, "findings.xlsx"), strconv.Itoa(rows)
	commands := [][]string{{c.self, "workbook", "-rows", count, "-o", out}}
	if program, err := compileC(ctx, c.folder, "workbook.c", "-lxlsxwriter"); err == nil {
		commands = append(commands, []string{program, count, out})
	}
	costs, err := alternate(ctx, c.runs, commands...)
	if err != nil {
		return err
	}
	c.table.row(fmt.Sprintf("%d findings to xlsx, excelize and libxlsxwriter", rows), 0, 0, costs)
	return nil
}
