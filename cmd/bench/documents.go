package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// documents describe a file of generated records. The same description gives the same
// bytes.
type documents struct {
	shape    string // contracts or schedules
	count    int
	seed     uint64
	wrong    float64 // share of the records with one wrong figure
	variant  string  // how a record is written
	wrapping string  // how records become a file
}

// shapes are the records that can be generated, by name.
var shapes = map[string]func(r *rand.Rand, number int, wrong bool) object{
	"contracts": contract,
	"schedules": schedule,
}

// variants are the ways to write a record, by name.
var variants = map[string]printer{
	"plain":     {},
	"spaced":    {spaced: true},
	"floats":    {floats: true},
	"reordered": {reordered: true},
	"missing":   {missing: true},
}

// compressors of a file, by wrapping; the others are plain.
var compressors = map[string]func(io.Writer) (io.WriteCloser, error){
	"gzip": func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil },
	"zstd": func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) },
}

// wrappings of records, with the endings of their files.
var wrappings = map[string]string{"lines": ".ndjson", "array": ".json", "gzip": ".ndjson.gz", "zstd": ".ndjson.zst"}

func (d *documents) writeTo(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	var out io.Writer = file
	var compressed io.WriteCloser
	if compress := compressors[d.wrapping]; compress != nil {
		if compressed, err = compress(file); err != nil {
			return err
		}
		out = compressed
	}
	if err := d.write(out); err != nil {
		return err
	}
	if compressed != nil {
		if err := compressed.Close(); err != nil {
			return err
		}
	}
	return file.Close()
}

func (d *documents) write(to io.Writer) error {
	record, known := shapes[d.shape]
	p, knownVariant := variants[d.variant]
	if _, knownWrapping := wrappings[d.wrapping]; !known || !knownVariant || !knownWrapping {
		return fmt.Errorf("there are no %s, %s, in %s", d.shape, d.variant, d.wrapping)
	}
	begin, between, end := "", "\n", "\n"
	if d.wrapping == "array" {
		begin, between, end = "[\n", ",\n", "\n]\n"
	}
	out := bufio.NewWriterSize(to, 1<<20)
	figures := rand.New(rand.NewPCG(d.seed, 1))
	p.random = rand.New(rand.NewPCG(d.seed, 2)) // of its own: every variant has the same figures
	line := []byte(begin)
	for number := range d.count {
		if number > 0 {
			line = append(line, between...)
		}
		line = p.value(line, record(figures, number, figures.Float64() < d.wrong))
		if _, err := out.Write(line); err != nil {
			return err
		}
		line = line[:0]
	}
	if _, err := out.WriteString(end); err != nil {
		return err
	}
	return out.Flush()
}

// object is a JSON object as it is going to be written.
type object []member

type member struct {
	name  string
	value any // an object, []object, text, kopecks, int or nil for null
	// optional members are left out of some records in the variant missing.
	optional bool
}

// text is a JSON string.
type text string

// kopecks are an amount of roubles.
type kopecks int64

// printer writes values in one of the variants.
type printer struct {
	spaced, floats, reordered, missing bool
	random                             *rand.Rand
}

func (p *printer) value(to []byte, v any) []byte {
	switch v := v.(type) {
	case object:
		return p.object(to, v)
	case []object:
		return p.array(to, v)
	case text:
		return quoted(to, string(v))
	case kopecks:
		return p.amount(to, v)
	case int:
		return fmt.Appendf(to, "%d", v)
	}
	return append(to, "null"...)
}

func (p *printer) object(to []byte, o object) []byte {
	if p.missing {
		o = slices.DeleteFunc(o, func(m member) bool { return m.optional && p.random.IntN(2) == 0 })
	}
	if p.reordered {
		p.random.Shuffle(len(o), func(i, k int) { o[i], o[k] = o[k], o[i] })
	}
	to = append(to, '{')
	for i, m := range o {
		to = p.mark(to, ',', i > 0)
		to = p.mark(quoted(to, m.name), ':', true)
		to = p.value(to, m.value)
	}
	return append(to, '}')
}

func (p *printer) array(to []byte, all []object) []byte {
	to = append(to, '[')
	for i, o := range all {
		to = p.object(p.mark(to, ',', i > 0), o)
	}
	return append(to, ']')
}

// mark writes a comma or a colon where one is due.
func (p *printer) mark(to []byte, mark byte, due bool) []byte {
	switch {
	case !due:
		return to
	case p.spaced:
		return append(to, mark, ' ')
	}
	return append(to, mark)
}

// amount has two decimals, or no more than it needs as a program prints a float.
func (p *printer) amount(to []byte, k kopecks) []byte {
	if k < 0 {
		to, k = append(to, '-'), -k
	}
	to = fmt.Appendf(to, "%d", k/100)
	switch cents := k % 100; {
	case p.floats && cents == 0:
		return to
	case p.floats && cents%10 == 0:
		return fmt.Appendf(to, ".%d", cents/10)
	default:
		return fmt.Appendf(to, ".%02d", cents)
	}
}

// quoted writes a text in which nothing but quotes needs a backslash.
func quoted(to []byte, s string) []byte {
	to = append(to, '"')
	for i := range len(s) {
		if s[i] == '"' {
			to = append(to, '\\')
		}
		to = append(to, s[i])
	}
	return append(to, '"')
}
