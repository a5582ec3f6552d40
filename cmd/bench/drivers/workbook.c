/* workbook ROWS FILE: the rows of `bench workbook`, by libxlsxwriter in constant memory. */
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

int main(int count, char **arguments) {
  if (count != 3) { fprintf(stderr, "usage: workbook ROWS FILE\n"); return 2; }
  long rows = atol(arguments[1]);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  lxw_workbook *book = workbook_new_opt(arguments[2], &options);
  lxw_worksheet *sheet = workbook_add_worksheet(book, "Findings");
  lxw_format *money = workbook_add_format(book);
  format_set_num_format(money, "#,##0.00");
  char record[64], place[96];
  for (long row = 0; row < rows; row++) {
    double printed = (double)((row * 7919) % 100000000) / 100;
    snprintf(record, sizeof record, "З20УфАР%09ld", row);
    snprintf(place, sizeof place, "/contracts/%ld/total_balance", row);
    worksheet_write_number(sheet, row, 0, row + 1, NULL);
    worksheet_write_string(sheet, row, 1, "error", NULL);
    worksheet_write_string(sheet, row, 2, "AC-01", NULL);
    worksheet_write_string(sheet, row, 3, record, NULL);
    worksheet_write_string(sheet, row, 4, "total_balance", NULL);
    worksheet_write_number(sheet, row, 5, printed, money);
    worksheet_write_number(sheet, row, 6, printed + 45, money);
    worksheet_write_number(sheet, row, 7, -45, money);
    worksheet_write_string(sheet, row, 8, "слагаемое пропущено: <penalty> & interest", NULL);
    worksheet_write_string(sheet, row, 9, place, NULL);
  }
  return workbook_close(book);
}
