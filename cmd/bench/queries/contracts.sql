-- The four totals of a contract: AC-01 to AC-04. Only contracts that break one are looked
-- at rule by rule.
COPY (
  WITH contract AS (
    SELECT *,
      main_debt_balance + interest_balance + penalty AS balance_parts,
      main_debt_overdue + interest_overdue + penalty AS overdue_parts,
      main_debt_planned_payment + interest_planned_payment AS planned_parts,
      main_debt_overdue + interest_overdue + penalty + main_debt_planned_payment + interest_planned_payment_today AS today_parts
    FROM read_json('{{.In}}', format = '{{.Format}}', columns = {
      contract_num: 'VARCHAR',
      penalty: 'DECIMAL(15,2)',
      total_balance: 'DECIMAL(15,2)', main_debt_balance: 'DECIMAL(15,2)', interest_balance: 'DECIMAL(15,2)',
      total_overdue: 'DECIMAL(15,2)', main_debt_overdue: 'DECIMAL(15,2)', interest_overdue: 'DECIMAL(15,2)',
      total_planned_payment: 'DECIMAL(15,2)', main_debt_planned_payment: 'DECIMAL(15,2)', interest_planned_payment: 'DECIMAL(15,2)',
      interest_planned_payment_today: 'DECIMAL(15,2)', total_today_sum: 'DECIMAL(15,2)'
    })
  ), broken AS MATERIALIZED (
    FROM contract
    WHERE total_balance <> balance_parts OR total_overdue <> overdue_parts
       OR total_planned_payment <> planned_parts OR total_today_sum <> today_parts
  )
  SELECT contract_num, 'AC-01' AS rule, total_balance AS printed, balance_parts AS parts FROM broken WHERE total_balance <> balance_parts
  UNION ALL
  SELECT contract_num, 'AC-02', total_overdue, overdue_parts FROM broken WHERE total_overdue <> overdue_parts
  UNION ALL
  SELECT contract_num, 'AC-03', total_planned_payment, planned_parts FROM broken WHERE total_planned_payment <> planned_parts
  UNION ALL
  SELECT contract_num, 'AC-04', total_today_sum, today_parts FROM broken WHERE total_today_sum <> today_parts
) TO '{{.Out}}' (FORMAT csv, HEADER);
