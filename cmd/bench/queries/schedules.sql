-- The sums and balances of a schedule, for principal, interest and penalty: AS-01 to AS-03
-- over the installments, AS-05 and AS-06 in each. Only schedules that break one are looked
-- at rule by rule.
CREATE MACRO made(component) AS coalesce(list_sum(list_transform(component.fact_payment, lambda p : p.payment_sum)), 0::DECIMAL(38,2));
CREATE MACRO left_over(component) AS component.begin_balance - component.payment_sum;
CREATE MACRO disagrees(component) AS component.end_balance <> left_over(component) OR component.payment_sum <> made(component);

COPY (
  WITH document AS (
    FROM read_json('{{.In}}', format = '{{.Format}}', columns = {
      contract_num: 'VARCHAR',
      Total: 'STRUCT({{range $i, $c := .Components}}{{if $i}}, {{end}}{{$c}} STRUCT(begin_balance DECIMAL(15,2), payment_sum DECIMAL(15,2), end_balance DECIMAL(15,2)){{end}})',
      Details: 'STRUCT(plan_payment_number INTEGER{{range .Components}}, {{.}} STRUCT(fact_payment STRUCT(payment_sum DECIMAL(15,2))[], begin_balance DECIMAL(15,2), payment_sum DECIMAL(15,2), end_balance DECIMAL(15,2)){{end}})[]'
    })
  ), broken AS MATERIALIZED (
    FROM document
    WHERE len(list_filter(Details, lambda d : {{range $i, $c := .Components}}{{if $i}} OR {{end}}disagrees(d.{{$c}}){{end}})) > 0
{{- range $c := .Components}}{{range $f := $.Figures}}
       OR list_sum(list_transform(Details, lambda d : d.{{$c}}.{{$f}})) <> Total.{{$c}}.{{$f}}
{{- end}}{{end}}
  ), installment AS (
    SELECT contract_num, unnest(Details) AS d FROM broken
  ), account AS (
{{- range $i, $c := .Components}}
    {{if $i}}UNION ALL {{end}}SELECT contract_num, d.plan_payment_number AS number, d.{{$c}} AS a FROM installment
{{- end}}
  ), total AS (
{{- range $i, $c := .Components}}{{range $k, $f := $.Figures}}
    {{if or $i $k}}UNION ALL {{end}}SELECT contract_num, '{{$f}}' AS figure, Total.{{$c}}.{{$f}} AS printed, list_sum(list_transform(Details, lambda d : d.{{$c}}.{{$f}})) AS parts FROM broken
{{- end}}{{end}}
  )
  SELECT contract_num, number, 'AS-05' AS rule, a.end_balance AS printed, left_over(a) AS parts FROM account WHERE a.end_balance <> left_over(a)
  UNION ALL
  SELECT contract_num, number, 'AS-06', a.payment_sum, made(a) FROM account WHERE a.payment_sum <> made(a)
  UNION ALL
  SELECT contract_num, 0, CASE figure WHEN 'begin_balance' THEN 'AS-01' WHEN 'payment_sum' THEN 'AS-02' ELSE 'AS-03' END, printed, parts
  FROM total WHERE printed <> parts
) TO '{{.Out}}' (FORMAT csv, HEADER);
