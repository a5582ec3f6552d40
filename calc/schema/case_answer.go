package schema

import "tieout/calc"

// What rules of several sources ask about an answer.

// AnswersFor tells the value at a path when the record is not what a parameter of
// the request asked for: is tells whether it is. Asked is false when it is not
// known what was asked for.
func (c *Case) AnswersFor(parameter, path string, is func(asked string) bool) (right, asked bool) {
	value, asked := c.Asked(parameter)
	if right = !asked || is(value); !right {
		c.Broken(path, value, parameter+" "+value+" was asked for")
	}
	return right, asked
}

// IsFirst tells whether the record is the first of its payload, with which a rule
// about what stands beside the records is checked. With the others it does not
// apply.
func (c *Case) IsFirst() bool {
	first := c.Record.Payload == nil || c.Record.Payload.Records[0] == c.Record
	if !first {
		c.NotApplicable("told with the first record of the answer")
	}
	return first
}

// IsNegative tells whether the figure of the case is negative, which it then is
// told to be.
func (c *Case) IsNegative() bool {
	negative := c.Amount("").Sign() < 0
	if negative {
		c.Off("", calc.Amount{}, "no amount is owed or paid the other way").AtLeast = true
	}
	return negative
}
