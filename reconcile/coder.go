package reconcile

import (
	"encoding/binary"
	"strconv"
	"strings"

	"tieout/calc"
	"tieout/calc/date"
	"tieout/calc/schema"
)

// maxCoded bounds the bytes of one thing that is read back; more is a broken file.
const maxCoded = 1 << 30

// coder writes things as bytes, or reads them back. A function of the coder names the
// members of a thing in their order, once for both ways: what is written is what is
// read.
type coder struct {
	tables  tables
	reading bool
	out     []byte // what is written
	in      string // what is still to be read
	bad     bool   // it is not what was written
}

// tables are what many things share, which is written as a number.
type tables struct {
	rules     table[*schema.Rule]
	names     table[string] // of files and sources
	snapshots table[*Snapshot]
}

// table numbers things from 0.
type table[T comparable] struct {
	all []T
	at  map[T]int
	// define codes a thing where it comes for the first time; nil when the reader has
	// the table of the writer.
	define func(*coder, *T)
}

func (t *table[T]) number(one T) int {
	n, known := t.at[one]
	if !known {
		if t.at == nil {
			t.at = map[T]int{}
		}
		n = len(t.all)
		t.at[one] = n
		t.all = append(t.all, one)
	}
	return n
}

// write gives the bytes of something, which stay until the next call.
func (c *coder) write(code func(*coder)) []byte {
	c.reading, c.out = false, c.out[:0]
	code(c)
	return c.out
}

// read reads something from its bytes; it tells whether they were such.
func (c *coder) read(text string, code func(*coder)) bool {
	c.reading, c.in, c.bad = true, text, false
	code(c)
	return !c.bad && c.in == ""
}

// whole codes a whole number.
func whole[N ~int | ~int64 | ~uint8](c *coder, n *N) {
	if !c.reading {
		c.out = binary.AppendVarint(c.out, int64(*n))
		return
	}
	*n = N(c.readWhole())
}

func (c *coder) readWhole() int64 {
	var bits uint64
	for i := 0; i < len(c.in) && i < binary.MaxVarintLen64; i++ {
		bits |= uint64(c.in[i]&0x7f) << (7 * i)
		if c.in[i] < 0x80 {
			c.in = c.in[i+1:]
			return int64(bits>>1) ^ -int64(bits&1)
		}
	}
	c.in, c.bad = "", true
	return 0
}

// size reads the number of the bytes or things that follow, of which each has a byte
// at least.
func (c *coder) size() int {
	n := c.readWhole()
	if n < 0 || n > int64(len(c.in)) {
		c.in, c.bad = "", true
		return 0
	}
	return int(n)
}

// bits codes a number of 64 bits.
func (c *coder) bits(n *uint64) {
	if !c.reading {
		c.out = binary.LittleEndian.AppendUint64(c.out, *n)
		return
	}
	if len(c.in) < 8 {
		c.in, c.bad = "", true
		return
	}
	*n = binary.LittleEndian.Uint64([]byte(c.in[:8]))
	c.in = c.in[8:]
}

// words codes a text.
func words[S ~string](c *coder, s *S) {
	if !c.reading {
		c.out = binary.AppendVarint(c.out, int64(len(*s)))
		c.out = append(c.out, *s...)
		return
	}
	n := c.size()
	*s, c.in = S(c.in[:n]), c.in[n:]
}

func (c *coder) flag(b *bool) {
	n := uint8(0)
	if *b {
		n = 1
	}
	whole(c, &n)
	*b = n == 1
}

// of codes one of a table by its number.
func of[T comparable](c *coder, t *table[T], one *T) {
	n, known := 0, len(t.all)
	if !c.reading {
		n = t.number(*one)
	}
	whole(c, &n)
	switch {
	case n == known && t.define != nil:
		t.define(c, one)
		if c.reading {
			t.number(*one)
		}
	case !c.reading:
	case n < 0 || n >= known:
		c.in, c.bad = "", true
	default:
		*one = t.all[n]
	}
}

func (c *coder) rule(r **schema.Rule) { of(c, &c.tables.rules, r) }

// name codes the name of a file or source, which many things share.
func (c *coder) name(s *string) { of(c, &c.tables.names, s) }

// amount codes an amount by its text.
func (c *coder) amount(a *calc.Amount) {
	if !c.reading {
		text := ""
		if a.Sign() != 0 || a.Scale() != 0 || a.Text() != "0" {
			text = a.Text()
		}
		words(c, &text)
		return
	}
	text := ""
	words(c, &text)
	if text == "" || c.bad {
		*a = calc.Amount{}
		return
	}
	made, err := calc.ParseAmount(text)
	if err != nil {
		made = longAmount(text)
	}
	*a = made
}

// longAmount reads the plain form of a computed amount that has more digits than a
// document may send.
func longAmount(text string) calc.Amount {
	const digitsAtOnce = 32
	digits, isNegative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	sum := calc.Amount{}
	for rest := whole + fraction; rest != ""; {
		n := min(len(rest), digitsAtOnce)
		part, err := calc.ParseAmount(rest[:n])
		if err != nil {
			return calc.Amount{}
		}
		sum = sum.Product(power(n)).Plus(part)
		rest = rest[n:]
	}
	for scale := len(fraction); scale > 0; scale -= digitsAtOnce {
		sum = sum.Product(power(-min(scale, digitsAtOnce)))
	}
	if isNegative {
		sum = sum.Neg()
	}
	return sum
}

// power of ten.
func power(n int) calc.Amount { return calc.MustAmount("1E" + strconv.Itoa(n)) }

// day codes a date.
func (c *coder) day(d *date.Date) {
	text := ""
	if !c.reading && !d.IsZero() {
		text = d.String()
	}
	words(c, &text)
	if c.reading && text != "" {
		made, err := date.Parse(text)
		*d, c.bad = made, c.bad || err != nil
	}
}

// list codes a list by the code of one.
func list[T any](c *coder, all *[]T, one func(*coder, *T)) {
	if !c.reading {
		c.out = binary.AppendVarint(c.out, int64(len(*all)))
		for i := range *all {
			one(c, &(*all)[i])
		}
		return
	}
	n := c.size()
	if n == 0 {
		*all = nil
		return
	}
	*all = make([]T, n)
	for i := range *all {
		one(c, &(*all)[i])
	}
}

// optional codes what can be nil.
func optional[T any](c *coder, p **T, one func(*coder, *T)) {
	there := *p != nil
	c.flag(&there)
	if !there {
		return
	}
	if c.reading {
		*p = new(T)
	}
	one(c, *p)
}
