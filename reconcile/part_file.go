package reconcile

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"slices"

	"tieout/calc/schema"
)

// Shard says which part of the inputs a result is of: one of Of parts, counted from 1,
// and the bytes that it has of the inputs, one behind the other.
type Shard struct {
	Number, Of int
	From, To   int64
}

// Part is a result of a part of the inputs.
type Part struct {
	Shard  Shard
	Result *Result
}

// partMagic begins a part file: another layout has another number.
const partMagic = "tieout part 1\n"

// Why a part file cannot be read.
var (
	// ErrNoPart: the file is no part file, or one of another version of the program.
	ErrNoPart = errors.New("it is no part that this version of tieout has written")
	// ErrPartCut: the file ends too early, or is not as it was written.
	ErrPartCut = errors.New("it is cut or damaged")
	// ErrPartRules: the part was checked by other rules than those at hand.
	ErrPartRules = errors.New("it was checked by other rules")
)

// WritePart writes the result of a part of the inputs, to be merged with those of the
// others. Every part begins all inputs, in the same order; what is wrong with an input
// as a whole is told by one of the parts only.
func WritePart(w io.Writer, r *Result, s Shard) error {
	p := &partWriter{w: bufio.NewWriterSize(w, 1<<16), sum: sha256.New(), coder: partCoder(rulesOf(r))}
	p.bytes([]byte(partMagic))
	counts := storeCounts{r.Findings.Len(), r.Rejects.Len(), r.NotEvaluable.Len(), r.Unmatched.Len()}
	p.frame(func(c *coder) { codePartHead(c, &s, &r.Tool) })
	p.frame(func(c *coder) { codePartBody(c, r, &counts) })
	writeFrames(p, r.Findings.Store.All(), codeFinding)
	writeFrames(p, r.Rejects.All(), codeReject)
	writeFrames(p, r.NotEvaluable.All(), codeMissing)
	writeFrames(p, r.Unmatched.All(), codeUnmatched)
	if err := r.Err(); err != nil {
		return err
	}
	_, _ = p.w.Write(p.sum.Sum(nil)) // the first error stays with the writer
	return p.w.Flush()
}

// ReadPart reads what WritePart wrote. The rules are those of one of some sets of
// checkers; which, the part tells. It errs with ErrNoPart, ErrPartCut and ErrPartRules.
// The result of the part is closed by whoever reads it.
func ReadPart(from io.Reader, ruleSets ...[]*Checker) (part *Part, err error) {
	p := &partReader{r: bufio.NewReaderSize(from, 1<<16), sum: sha256.New()}
	if magic := p.bytes(len(partMagic)); string(magic) != partMagic {
		return nil, ErrNoPart
	}
	result := newResult()
	part = &Part{Result: &result}
	defer func() {
		if err != nil {
			err = errors.Join(err, result.Close())
		}
	}()
	p.coder = partCoder(nil)
	p.frame(func(c *coder) { codePartHead(c, &part.Shard, &result.Tool) })
	if p.err != nil {
		return nil, p.err
	}
	at := slices.IndexFunc(ruleSets, func(set []*Checker) bool { return fingerprint(set) == result.Tool.RuleSet })
	if at < 0 {
		return nil, fmt.Errorf("%w (%s)", ErrPartRules, result.Tool.RuleSet)
	}
	p.coder = partCoder(rulesBy(ruleSets[at]))
	var counts storeCounts
	p.frame(func(c *coder) { codePartBody(c, &result, &counts) })
	readFrames(p, counts.findings, codeFinding, func(f Finding) { result.Findings.keep(&f) })
	readFrames(p, counts.rejects, codeReject, result.Rejects.Add)
	readFrames(p, counts.missing, codeMissing, result.NotEvaluable.Add)
	readFrames(p, counts.unmatched, codeUnmatched, result.Unmatched.Add)
	if p.err == nil {
		p.checksum()
	}
	if p.err == nil {
		p.err = result.Err()
	}
	if p.err != nil {
		return nil, p.err
	}
	return part, nil
}

// storeCounts are how many things of each kind a part holds.
type storeCounts struct{ findings, rejects, missing, unmatched int }

// rulesOf are the rules that a result may tell of, each with its source.
func rulesOf(r *Result) []sourceRule {
	rules := []sourceRule{{"", repairRule}, {"", joinKeyRule}}
	for i := range r.Rules {
		rules = append(rules, sourceRule{r.Rules[i].Source, r.Rules[i].Rule})
	}
	return rules
}

// rulesBy are those that the result of some checkers may tell of.
func rulesBy(checkers []*Checker) []sourceRule {
	rules := []sourceRule{{"", repairRule}, {"", joinKeyRule}}
	for _, c := range checkers {
		for _, rule := range c.Rules() {
			rules = append(rules, sourceRule{c.Layout.Source.Name, rule})
		}
	}
	return rules
}

type sourceRule struct {
	source string
	rule   *schema.Rule
}

// partCoder is a coder whose texts another process reads: what things share is
// written out where it comes first, and a rule is known by its source and id.
func partCoder(rules []sourceRule) *coder {
	type name struct{ source, id string }
	names, byName := map[*schema.Rule]name{}, map[name]*schema.Rule{}
	for _, r := range rules {
		n := name{r.source, r.rule.ID}
		names[r.rule], byName[n] = n, r.rule
	}
	c := &coder{}
	c.tables.names.define = words
	c.tables.rules.define = func(c *coder, r **schema.Rule) {
		n := names[*r]
		words(c, &n.source)
		words(c, &n.id)
		if c.reading {
			*r = byName[n]
			c.bad = c.bad || *r == nil
		}
	}
	c.tables.snapshots.number(nil)
	c.tables.snapshots.define = func(c *coder, s **Snapshot) {
		if c.reading {
			*s = &Snapshot{}
		}
		codeSnapshot(c, *s)
	}
	return c
}

// partWriter writes frames, each with its length before it, and their checksum.
type partWriter struct {
	w     *bufio.Writer
	sum   hash.Hash
	coder *coder
}

func (p *partWriter) bytes(text []byte) {
	_, _ = p.sum.Write(text)
	_, _ = p.w.Write(text) // the first error stays with the writer
}

func (p *partWriter) frame(code func(*coder)) {
	text := p.coder.write(code)
	p.bytes(binary.AppendUvarint(nil, uint64(len(text))))
	p.bytes(text)
}

func writeFrames[T any](p *partWriter, all iter.Seq2[int, *T], code func(*coder, *T)) {
	for _, one := range all {
		p.frame(func(c *coder) { code(c, one) })
	}
}

// partReader reads what a partWriter wrote.
type partReader struct {
	r     *bufio.Reader
	sum   hash.Hash
	coder *coder
	err   error
}

// bytes are the next n; nil when there are no more so many.
func (p *partReader) bytes(n int) []byte {
	if p.err != nil {
		return nil
	}
	var text bytes.Buffer // grows as there is something to read, whatever n says
	if _, err := io.CopyN(&text, p.r, int64(n)); err != nil {
		p.fail(err)
		return nil
	}
	_, _ = p.sum.Write(text.Bytes())
	return text.Bytes()
}

// fail notes why the file cannot be read.
func (p *partReader) fail(err error) {
	if p.err != nil {
		return
	}
	p.err = ErrPartCut
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		p.err = err
	}
}

func (p *partReader) frame(code func(*coder)) {
	if p.err != nil {
		return
	}
	size, err := binary.ReadUvarint(p.r)
	if err != nil || size > maxCoded {
		p.fail(err)
		return
	}
	_, _ = p.sum.Write(binary.AppendUvarint(nil, size))
	text := p.bytes(int(size))
	if p.err == nil && !p.coder.read(string(text), code) {
		p.fail(nil)
	}
}

func readFrames[T any](p *partReader, n int, code func(*coder, *T), add func(T)) {
	for range n {
		var one T
		p.frame(func(c *coder) { code(c, &one) })
		if p.err != nil {
			return
		}
		add(one)
	}
}

// checksum compares the checksum, behind which there is nothing.
func (p *partReader) checksum() {
	want := p.sum.Sum(nil)
	got := p.bytes(len(want))
	if p.err == nil && !bytes.Equal(got, want) {
		p.fail(nil)
	}
	if _, err := p.r.ReadByte(); p.err == nil && !errors.Is(err, io.EOF) {
		p.fail(err)
	}
}
