package formula

import (
	"strings"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
)

// conditions compiles what stands after 'when' or 'where'.
func (c *compiler) conditions(trees []conditionTree) ([]condition, error) {
	var all []condition
	for i := range trees {
		one, err := c.condition(&trees[i])
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (c *compiler) condition(t *conditionTree) (condition, error) {
	one := condition{some: t.some, not: t.not, op: t.op}
	targets, err := c.resolve(t.path)
	if err != nil {
		return one, err
	}
	one.name = c.spellPath(t.path)
	offset := t.path[0][0].offset
	if t.words == nil && t.right == nil {
		return one, c.someRows(&one, offset, targets)
	}
	if err := c.values(&one, offset, targets); err != nil {
		return one, err
	}
	left := targets[0]
	if t.op == is {
		return one, c.words(&one, left, t.words)
	}
	one.right, err = c.right(left, t)
	return one, err
}

// someRows compiles the condition that an array has rows.
func (c *compiler) someRows(one *condition, offset int, targets []target) error {
	for _, t := range targets {
		if t.node.Rows < 0 {
			return fault(c.text, offset, "%s is no array of rows; say what it is to be: some %s is …", t.name, t.name)
		}
		one.places = append(one.places, place{group: t.node.Rows, slot: -1, from: t.from, own: t.own})
	}
	return nil
}

// values compiles the left side of a condition: one value, or some of many.
func (c *compiler) values(one *condition, offset int, targets []target) error {
	first := targets[0]
	for _, t := range targets {
		if t.node.Slot < 0 {
			return fault(c.text, offset, "%s has fields of its own; name one of them", t.name)
		}
		if !one.some && (len(targets) > 1 || t.from != t.node.Group) {
			return fault(c.text, offset, "%s is ambiguous: it means many values; write 'some' before it", t.name)
		}
		kind, other := first.node.Field.Kind, t.node.Field.Kind
		if kind != other && (one.op == is || !kind.IsDate() || !other.IsDate()) {
			return fault(c.text, offset, "%s is a %s and %s is a %s: they do not compare with the same words",
				first.name, kind, t.name, other)
		}
		one.places = append(one.places, placeOf(t))
	}
	return nil
}

func placeOf(t target) place {
	return place{group: t.node.Group, slot: t.node.Slot, from: t.from, own: t.own}
}

// words compiles what follows 'is'.
func (c *compiler) words(one *condition, left target, words []token) error {
	kind := left.node.Field.Kind
	written := make([]string, len(words))
	for i, w := range words {
		one.words, written[i] = append(one.words, w.text), w.written()
		if _, day := knownDays[w.text]; day && w.kind == name && kind.IsDate() {
			return fault(c.text, w.offset, "'is' compares letter by letter; compare with %s by <, <=, > or >=", w)
		}
		if !kind.IsNumber() {
			continue
		}
		amount, err := calc.ParseAmount(w.text)
		if err != nil {
			return c.notNumber(left, w)
		}
		one.numbers = append(one.numbers, amount)
	}
	one.right.text = strings.Join(written, ", ")
	return nil
}

func (c *compiler) notNumber(left target, w token) error {
	return fault(c.text, w.offset, "%s is a %s; compare it with a number", left.name, left.node.Field.Kind)
}

// right compiles what a date or a figure is compared with.
func (c *compiler) right(left target, t *conditionTree) (operand, error) {
	kind := left.node.Field.Kind
	lone := t.right.lone()
	literal := lone.kind == number || lone.kind == quoted
	switch {
	case kind.IsDate():
		return c.day(left, t.right)
	case !kind.IsNumber():
		return operand{}, fault(c.text, t.path[0][0].offset, "%s is a %s; only dates and figures are before or after each other", left.name, kind)
	}
	amount, err := calc.ParseAmount(lone.text)
	if !literal || err != nil {
		return operand{}, c.notNumber(left, t.right[0][0])
	}
	return operand{number: amount, text: lone.written()}, nil
}

// knownDay is a day that every record knows.
type knownDay struct {
	called string // for people
	of     func(*schema.Record) date.Date
}

var knownDays = map[string]*knownDay{
	"as_of":          {"as-of", func(rec *schema.Record) date.Date { return rec.AsOf }},
	"previous_as_of": {"previous as-of", func(rec *schema.Record) date.Date { return rec.PreviousAsOf }},
}

// day compiles what a date is compared with: a date in quotes, a day that the
// record knows, or another date.
func (c *compiler) day(left target, right path) (operand, error) {
	lone := right.lone()
	if lone.kind == number {
		return operand{}, fault(c.text, lone.offset, "%s is a %s; compare it with a date in quotes, as_of or another date",
			left.name, left.node.Field.Kind)
	}
	if word, is := dayWord(lone.written()); is {
		return word, c.noOtherMeaning(lone)
	}
	if lone.kind == quoted && !c.isField(lone.text) {
		return operand{}, fault(c.text, lone.offset, "%s is no date yyyy-MM-dd, and no field", lone)
	}
	return c.otherDate(right)
}

// dayWord is the day that a word stands for by itself.
func dayWord(written string) (operand, bool) {
	if known, is := knownDays[written]; is {
		return operand{known: known, text: written}, true
	}
	inside, quoted := strings.CutPrefix(written, `"`)
	day, err := date.Parse(strings.TrimSuffix(inside, `"`))
	return operand{day: day, text: written}, quoted && err == nil
}

// noOtherMeaning demands that a word for a day is no field and not bound.
func (c *compiler) noOtherMeaning(t token) error {
	_, row := c.rows[t.text]
	_, value := c.names[t.text]
	if row || value || c.isField(t.text) {
		return fault(c.text, t.offset, "%s is ambiguous: it is a day and also a name of the record", t)
	}
	return nil
}

// isField tells whether a name alone is a field.
func (c *compiler) isField(field string) bool {
	for _, o := range c.objects() {
		if o.node.Child(field) != nil {
			return true
		}
	}
	return false
}

// otherDate is a date of the record that another one is compared with.
func (c *compiler) otherDate(p path) (operand, error) {
	targets, err := c.resolve(p)
	if err != nil {
		return operand{}, err
	}
	one, first := targets[0], p[0][0]
	_, day := dayWord(one.name)
	switch {
	case day:
		return operand{}, fault(c.text, first.offset, "%s is ambiguous: it is a day and also a name of the record", one.name)
	case one.node.Slot < 0 || !one.node.Field.Kind.IsDate():
		return operand{}, fault(c.text, first.offset, "%s is a %s, not a date", one.name, one.node.Field.Kind)
	case len(targets) > 1 || one.from != one.node.Group:
		return operand{}, fault(c.text, first.offset, "%s is ambiguous: it means many values", one.name)
	}
	at := placeOf(one)
	return operand{field: &at, text: c.spellPath(p)}, nil
}

// spellPath writes the path of a condition. That of a 'where' is part of the
// relation's text and reads as it was written, bound names replaced by what they
// stand for; that of a 'when' is for people: a row is called by its rows.
func (c *compiler) spellPath(p path) string {
	start, rest, _ := c.begin(p)
	if c.where != nil {
		return rest.write(start.name, c.spellToken)
	}
	if _, bound := c.boundRow(p[0]); bound {
		start.name = c.layout.Name(start.from)
	}
	return rest.write(start.name, func(t token) string {
		if value, bound := c.names[t.text]; bound && t.kind == name {
			return value.String()
		}
		return t.text
	})
}

// spellToken writes a name of a 'where' so that it means the same alone.
func (c *compiler) spellToken(t token) string {
	if value, bound := c.names[t.text]; bound && t.kind == name {
		return value.write("", func(t token) string { return c.field(t.text) })
	}
	return c.field(t.text)
}

// field writes the name of a field, in quotes where it could be taken for a row.
func (c *compiler) field(text string) string {
	if _, row := c.rows[text]; row {
		return `"` + text + `"`
	}
	return spell(text)
}
