package formula_test

import (
	"fmt"

	"tieout/calc"
	"tieout/calc/formula"
	"tieout/calc/schema"
)

// A law is compiled once and evaluated in every record.
func Example() {
	layout, err := schema.NewLayout(&schema.Source{Name: "contracts", Fields: []schema.Field{
		{Name: "balance", Kind: schema.Money, Unit: "EUR"},
		{Name: "principal", Kind: schema.Money, Unit: "EUR"},
		{Name: "interest", Kind: schema.Money, Unit: "EUR"},
	}})
	if err != nil {
		panic(err)
	}
	law, err := formula.Compile(layout, "balance = principal + interest")
	if err != nil {
		panic(err)
	}

	record := schema.NewRecord(layout, nil)
	for slot, text := range []string{"649", "479.00", "1.7E2"} {
		record.Set(0, 0, slot, schema.Value{State: schema.Present, Text: text, Amount: calc.MustAmount(text)})
	}
	reading := &law.Relations[0].Readings[0]
	left, _ := reading.Operands(record, 0, reading.Left)
	right, _ := reading.Operands(record, 0, reading.Right)
	fmt.Println(reading)
	fmt.Println(formula.Numbers(left), reading.Op, formula.Numbers(right))
	fmt.Println("off by", reading.Op.Violation(formula.Value(left), formula.Value(right)))

	_, err = formula.Compile(layout, "balance = principle + interest")
	fmt.Println(err)
	// Output:
	// balance = principal + interest
	// 649 = 479.00 + 170
	// off by 0.00
	// column 11: unknown field "principle"; the record has balance, principal, interest
	// 	balance = principle + interest
	// 	          ^
}
