package locate_test

import (
	"fmt"
	"strings"
	"testing"

	"tieout/calc"
	"tieout/reconcile/locate"
)

// builder puts a net together from named figures and lines of text such as
// "total = a + b" and "a <= b".
type builder struct {
	net   locate.Net
	index map[string]int
	names []string
	lines []string
}

func newBuilder() *builder { return &builder{index: map[string]int{}} }

// figure adds a figure, or gives it another value.
func (b *builder) figure(name, text string) *locate.Figure {
	i, ok := b.index[name]
	if !ok {
		i = len(b.names)
		b.index[name] = i
		b.names = append(b.names, name)
		b.net.Figures = append(b.net.Figures, locate.Figure{})
	}
	b.net.Figures[i].Value = calc.MustAmount(text)
	return &b.net.Figures[i]
}

func amount(text string) calc.Amount { return calc.MustAmount(text) }

// values adds figures from "name text name text".
func (b *builder) values(pairs string) {
	fields := strings.Fields(pairs)
	for i := 0; i < len(fields); i += 2 {
		b.figure(fields[i], fields[i+1])
	}
}

// relation adds a relation from its line: a figure, = or <=, and a sum; the
// numbers in it are constants, 0 alone is no term.
func (b *builder) relation(line string) {
	var r locate.Relation
	side, sign := int64(1), int64(1)
	for _, token := range strings.Fields(line) {
		switch token {
		case "=":
			side, sign = -1, 1
		case "<=":
			side, sign, r.Op = -1, 1, locate.AtMost
		case "+":
			sign = 1
		case "-":
			sign = -1
		default:
			if amount, err := calc.ParseAmount(token); err == nil {
				r.Constant = r.Constant.Plus(amount.Times(side * sign))
				continue
			}
			i, ok := b.index[token]
			if !ok {
				panic("no figure " + token)
			}
			r.Terms = append(r.Terms, locate.Term{Figure: i, Coef: side * sign})
		}
	}
	b.net.Relations = append(b.net.Relations, r)
	b.lines = append(b.lines, line)
}

func (b *builder) relations(lines ...string) {
	for _, line := range lines {
		b.relation(line)
	}
}

// nonNegative demands that every figure is 0 or more.
func (b *builder) nonNegative() {
	for _, name := range b.names {
		b.relation("0 <= " + name)
	}
}

// explain locates with the default limits.
func (b *builder) explain(t testing.TB) locate.Explanation {
	t.Helper()
	e, err := locate.Explain(&b.net, locate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// render writes an explanation in a line for each candidate:
// "cause evidence [...] located: rank 1 name 694->649 class".
func (b *builder) render(e locate.Explanation) string {
	var out strings.Builder
	for i := range e.Causes {
		c := &e.Causes[i]
		fmt.Fprintf(&out, "%s %v", c.Statement(), c.Evidence)
		if len(c.Consequences) > 0 {
			fmt.Fprintf(&out, " consequences %v", c.Consequences)
		}
		out.WriteString("\n")
		for _, candidate := range c.Candidates {
			fmt.Fprintf(&out, "  %d", candidate.Rank)
			for _, ch := range candidate.Changes {
				fmt.Fprintf(&out, " | %s %s", b.names[ch.Figure], b.implied(ch))
			}
			out.WriteString("\n")
		}
	}
	for _, m := range e.Missing {
		value := "open"
		if m.Determined {
			value = m.Implied.String()
		}
		fmt.Fprintf(&out, "missing %s %s\n", b.names[m.Figure], value)
	}
	return out.String()
}

func (b *builder) implied(c locate.Change) string {
	text := c.Actual.Text() + "->"
	switch {
	case c.Determined:
		text += c.Implied.String()
	case c.Known:
		text += "~" + c.Implied.String()
	default:
		text += "?"
	}
	return text + " " + string(c.Slip.Class)
}

// want compares a rendered explanation with the lines expected.
func want(t *testing.T, got string, lines ...string) {
	t.Helper()
	expected := strings.Join(lines, "\n") + "\n"
	if len(lines) == 0 {
		expected = ""
	}
	if got != expected {
		t.Errorf("got\n%swant\n%s", got, expected)
	}
}
