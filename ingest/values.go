package ingest

import (
	"bytes"
	"cmp"
	"errors"

	"tieout/calc/schema"
)

// Stretch is a part of an input that is read by itself.
type Stretch struct {
	Input *schema.Input
	// From and End of the values in the text of the input; what stands around them is
	// for excerpts. The first character behind them opens a value.
	From, End int
	// Until is where the first value begins that is not read though it is there; 0 when all are.
	Until int
	// Last tells that nothing stands behind the stretch in its file.
	Last bool
	// Custom of the file.
	Custom Custom
	// Unnamed tells how many records do not name themselves, of those before the stretch
	// and those that were skipped in it; it is asked when there is one that does not. A
	// nil one stands for none.
	Unnamed func() int
	// List is the array of which the values are elements; nil for none. Opens tells
	// that it begins with the stretch, and Number is that of the next element.
	List   *List
	Opens  bool
	Number int
}

// Values reads the top-level values of a stretch, one after the other.
type Values struct {
	reader  *Reader
	stretch *Stretch
	text    []byte // up to the end of the values
	until   int    // no value is read that begins there or behind
	at      int    // where the next value is looked for
	parser  *parser
	extents extents
	unnamed int   // records that did not name themselves
	list    *List // that is being read
	opens   bool
	comma   bool // stands before the next element
	number  int  // of the next element
	begun   bool
	stopped bool // too little of the next value is there
	taken   taken
}

// Values of a stretch.
func (r *Reader) Values(s *Stretch) *Values {
	until := s.Until
	if until == 0 {
		until = s.End
	}
	return &Values{
		until: until, reader: r, stretch: s, text: s.Input.Text[:s.End], at: s.From,
		extents: extents{text: s.Input.Text, custom: s.Custom},
		list:    s.List, opens: s.Opens, comma: true, number: s.Number,
	}
}

// At is the offset behind the values that were read, blanks skipped: where the next
// begins.
func (v *Values) At() int {
	v.at = skip(v.text, v.at, blanks)
	return v.at
}

// Until is where the first value begins that is not read.
func (v *Values) Until() int { return v.until }

// Skip goes on behind a value that somebody else has read.
func (v *Values) Skip(end int) {
	if v.at = end; v.list != nil {
		v.comma = false
		v.number++
	}
}

// Unnamed counts the records that were read and do not name themselves.
func (v *Values) Unnamed() int { return v.unnamed }

// Rest is where reading stopped before the end of the stretch: what stands from there
// cannot be told without the text behind the stretch. Without a rest it is the end.
func (v *Values) Rest() int {
	if v.stopped {
		return v.at
	}
	return v.stretch.End
}

// Next is what comes of the next value; ok is false when there is none, or when the
// stretch has too little of it to tell.
func (v *Values) Next() (item Item, ok bool) {
	if v.isEmptyInput() {
		return rejected(v.stretch.Input, &syntaxError{reason: "the input is empty"}).item, true
	}
	if v.list != nil {
		if item, is := v.element(); is {
			return item, true
		}
	}
	if v.stopped || v.At() >= v.until {
		return Item{}, false
	}
	n, how, end := v.next()
	if end < 0 {
		v.stopped = true
		return Item{}, false
	}
	if v.at = end; n == nil {
		return how.item, true
	}
	item = v.reader.document(v.stretch.Input, n, how)
	v.reader.name(item.Document, v.unnamedNumber)
	return item, true
}

// isEmptyInput tells, once, that the whole input holds nothing.
func (v *Values) isEmptyInput() bool {
	s := v.stretch
	if v.begun || !s.Last || s.Input.Start.Offset > 0 || s.From > 0 || len(bytes.TrimSpace(v.text)) > 0 {
		v.begun = true
		return false
	}
	v.begun, v.at = true, s.End
	return true
}

// unnamedNumber is that of the next record that does not name itself, from 1.
func (v *Values) unnamedNumber() int {
	v.unnamed++
	if v.stretch.Unnamed == nil {
		return v.unnamed
	}
	return v.stretch.Unnamed() + v.unnamed
}

// found is how a top-level value was read.
type found struct {
	copied *mended // the text that the value was read from
	faults []local // of parts of the value
	item   Item    // of a value that could not be read
}

// next reads a value, nil for one that is not JSON, and tells where it ends; a negative
// end tells that the stretch has not enough of it.
func (v *Values) next() (n *node, how found, end int) {
	if v.parser == nil || skip(v.text, v.parser.offset(), blanks) != v.at {
		v.parser = newParser(v.text, v.at)
	}
	n, err := v.parser.next()
	var fault *syntaxError
	if !errors.As(err, &fault) {
		return n, found{copied: &mended{}, faults: v.parser.faults}, v.parser.offset()
	}
	v.parser = nil
	bound, told := v.extents.bound(v.at)
	return v.broken(v.at, bound, told, fault, "")
}

// longestFault is how many bytes tell the fault of a text, from its place on.
const longestFault = 16

// broken reads a document that is not JSON from a mended copy, or rejects it; next is
// where reading goes on. It is negative when that takes text behind the stretch. The
// document reaches up to its bound, if that is told, and stands within a list, if it has a
// pointer there.
func (v *Values) broken(from, bound int, told bool, fault *syntaxError, within string) (n *node, how found, next int) {
	in, whole, last := v.stretch.Input, v.text, v.stretch.Last
	if !last && (fault.cut || fault.offset+longestFault > len(whole) || told && bound > len(whole)) {
		return nil, found{}, -1
	}
	text := whole[:min(bound, len(whole))]
	if fault.offset > len(text) || fault.offset == len(text) && scan(in.Text, len(text)).opens() { // its end is missing
		p := newParser(text, from)
		p.within = within
		if _, err := p.next(); !errors.As(err, &fault) {
			fault = &syntaxError{offset: from, reason: "not JSON"}
		}
	}
	n, how, next, reached := v.reader.recover(in, text, from, fault, within)
	if !last && !told && max(next, reached) >= len(whole) {
		return nil, found{}, -1
	}
	return n, how, next
}

// recover reads a document that is not JSON from a mended copy, or rejects it, in a text
// that it does not reach over. It tells where reading goes on, and how far it has looked.
func (r *Reader) recover(
	in *schema.Input, text []byte, from int, fault *syntaxError, within string,
) (n *node, how found, next, reached int) {
	m := mender{text: text, sources: r.Layouts}
	end, ok := m.mend(from, fault.offset)
	if len(m.slips) > 0 && m.slips[0].fault == fault.offset {
		fault.reason = m.slips[0].reason
	} else {
		fault.reason = cmp.Or(slipAt(text, fault.offset), fault.reason)
		ok = false
	}
	if ok {
		copied := newMended(text, from, end, m.edits)
		var faults []local
		if n, faults, ok = onlyValue(copied.text, within); ok && r.Repair {
			return n, found{copied: copied, faults: faults}, end, m.reached
		}
	}
	if ok {
		fault.reason += "; --repair mends it on a copy"
		return nil, rejected(in, fault), end, m.reached
	}
	if n, faults, end := withBadValues(text, from, fault.offset, within); n != nil {
		return n, found{copied: &mended{}, faults: faults}, end, m.reached
	}
	return nil, rejected(in, fault), resume(text, from, fault.offset, len(text)), m.reached
}
