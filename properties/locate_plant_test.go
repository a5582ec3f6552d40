package properties

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"

	"tieout/calc"
	"tieout/reconcile"
	"tieout/reconcile/locate"
)

// outside is the kind of an error in a figure that stands in no relation.
const outside reconcile.Class = "in no relation"

// kinds are the errors planted, by the class that should be named.
var kinds = []reconcile.Class{
	locate.Transposed, locate.DigitReplaced, locate.DigitAdded, locate.DigitDropped, locate.Sign, locate.FactorOfTen,
	locate.ComponentOmitted, locate.ComponentDoubled, locate.Swapped, locate.Copied, locate.Rounding, locate.Unknown, outside,
}

// planted errors: the figures that differ from the clean document, how they are
// written, and the kind of the error in each.
type planted struct {
	text map[int]string
	kind map[int]reconcile.Class
}

func newPlanted() *planted { return &planted{map[int]string{}, map[int]reconcile.Class{}} }

// plant makes one more error of a kind, in figures without one; it fails when
// the kind fits none of the figures it tries.
func (p *planted) plant(r *rand.Rand, c *clean, kind reconcile.Class) bool {
	pool := c.bound
	if kind == outside {
		pool = c.loose
	}
	for range 40 {
		if len(pool) == 0 {
			return false
		}
		i := pool[r.Intn(len(pool))]
		texts := map[int]string{}
		switch kind {
		case locate.Swapped:
			j := pool[r.Intn(len(pool))]
			texts[i], texts[j] = c.figures[j].value.String(), c.figures[i].value.String()
		case outside:
			texts[i] = slipOf(r, c, i, kinds[r.Intn(4)])
		default:
			texts[i] = slipOf(r, c, i, kind)
		}
		if p.accept(c, texts, kind) {
			return true
		}
	}
	return false
}

// accept an error when it changes figures that have none yet.
func (p *planted) accept(c *clean, texts map[int]string, kind reconcile.Class) bool {
	for i, text := range texts {
		_, taken := p.text[i]
		if text == "" || taken || calc.MustAmount(text).Equal(c.figures[i].value) {
			return false
		}
	}
	for i, text := range texts {
		p.text[i], p.kind[i] = text, kind
	}
	return true
}

// story tells what was planted.
func (p *planted) story(c *clean) string {
	var all []string
	for i, text := range p.text {
		all = append(all, fmt.Sprintf("%s: %s -> %s (%s)", c.figures[i].pointer, c.figures[i].value, text, p.kind[i]))
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// slipOf is a figure with an error of a kind; empty when the kind does not fit.
func slipOf(r *rand.Rand, c *clean, i int, kind reconcile.Class) string {
	value := c.figures[i].value
	text := value.String()
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	k := r.Intn(len(text))
	if text[k] == '.' {
		k--
	}
	switch kind {
	case locate.Transposed:
		next := k + 1
		if next < len(text) && text[next] == '.' {
			next++
		}
		if next >= len(text) {
			return ""
		}
		b := []byte(text)
		b[k], b[next] = b[next], b[k]
		return sign + trim(string(b))
	case locate.DigitReplaced:
		return sign + trim(text[:k]+digit(r)+text[k+1:])
	case locate.DigitAdded:
		return sign + trim(text[:k]+digit(r)+text[k:])
	case locate.DigitDropped:
		return sign + trim(text[:k]+text[k+1:])
	case locate.Sign:
		return value.Neg().String()
	case locate.FactorOfTen:
		return factor(r, value)
	case locate.ComponentOmitted, locate.ComponentDoubled:
		return component(r, c, i, kind)
	case locate.Copied:
		return c.figures[c.bound[r.Intn(len(c.bound))]].value.String()
	case locate.Rounding:
		return sign + round(r, text)
	case locate.Unknown:
		return sign + unrelated(r, text)
	}
	return ""
}

func digit(r *rand.Rand) string { return string(rune('0' + r.Intn(10))) }

// trim the zeros in front, which an amount in JSON cannot have, and a point
// with nothing behind it.
func trim(text string) string {
	text = strings.TrimSuffix(strings.TrimLeft(text, "0"), ".")
	if text == "" || text[0] == '.' {
		return "0" + text
	}
	return text
}

// factor is the value times 10, 100 or 1000, or divided where that leaves as
// many decimals.
func factor(r *rand.Rand, value calc.Amount) string {
	n := 1 + r.Intn(3)
	if r.Intn(2) == 0 {
		less := calc.MustAmount(fmt.Sprintf("%se-%d", value, n))
		if scale := max(value.Scale(), 2); value.Scale() > 0 || less.IsWhole() {
			text := less.String()
			if whole, fraction, _ := strings.Cut(text, "."); len(strings.TrimRight(fraction, "0")) <= int(scale) {
				return trim(strings.TrimRight(whole+"."+strings.TrimRight(fraction, "0"), "."))
			}
		}
	}
	return value.Times([]int64{10, 100, 1000}[n-1]).String()
}

// component is a defined figure with one of its parts left out or counted twice.
func component(r *rand.Rand, c *clean, i int, kind reconcile.Class) string {
	f := &c.figures[i]
	if len(f.parts) == 0 {
		return ""
	}
	parts := f.parts[r.Intn(len(f.parts))]
	one := parts[r.Intn(len(parts))]
	n := one.coef
	if kind == locate.ComponentOmitted {
		n = -n
	}
	return f.value.Plus(c.figures[one.figure].value.Times(n)).String()
}

// round half up to whole units or one decimal, whole units to tens or hundreds.
func round(r *rand.Rand, text string) string {
	whole, fraction, _ := strings.Cut(text, ".")
	n := calc.MustAmount(whole + fraction)
	cut := 1 + r.Intn(2)
	digits := n.String()
	if len(digits) <= cut {
		return ""
	}
	kept := calc.MustAmount(digits[:len(digits)-cut])
	if digits[len(digits)-cut] >= '5' {
		kept = kept.Plus(calc.AmountOf(1))
	}
	if len(fraction) == 0 {
		return calc.MustAmount(kept.String() + strings.Repeat("0", cut)).String()
	}
	return trim(calc.MustAmount(fmt.Sprintf("%se-%d", kept, len(fraction)-cut)).String())
}

// unrelated is an amount of as many digits, or of any smaller or twice the size.
func unrelated(r *rand.Rand, text string) string {
	b := []byte(text)
	for i := range b {
		if b[i] != '.' {
			b[i] = digit(r)[0]
		}
	}
	if b[0] == '0' || r.Intn(2) == 0 {
		return trim(digit(r) + string(b))
	}
	return trim(string(b))
}
