package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tieout/calc/date"
)

// Error is a mistake in a calendar file.
type Error struct {
	File   string // the name given to Parse
	Line   int    // from 1; 0 when the whole file lacks something
	Reason string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// maxErrors bounds the mistakes told of one file.
const maxErrors = 20

// Parse reads a calendar file, whose form the package comment describes. name stands
// for the file in errors. The error joins an *Error for every mistake, at most 20.
func Parse(name string, text []byte) (*Calendar, error) { return parse(name, text, Country) }

// reader reads one file.
type reader struct {
	file    string
	line    int
	base    func(code string) (*Calendar, bool)
	c       *Calendar
	headers map[string]bool
	seen    map[date.Date]int // the line of each day
	opened  bool              // the headers are complete and allow reading days
	errs    []error
}

// parse reads a file that may extend what base knows; base is nil for built-in ones.
func parse(name string, text []byte, base func(string) (*Calendar, bool)) (*Calendar, error) {
	r := &reader{
		file: name, base: base, headers: map[string]bool{}, seen: map[date.Date]int{},
		c: &Calendar{days: map[date.Date]day{}},
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	for raw := range bytes.Lines(text) {
		r.line++
		if !r.read(strings.TrimSpace(strings.ReplaceAll(string(raw), "\t", " "))) {
			return nil, errors.Join(r.errs...)
		}
	}
	r.line = 0
	if !r.opened {
		r.open()
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	return r.c, nil
}

// read reads one line. It is false when reading on would only add mistakes that
// follow from those found.
func (r *reader) read(line string) bool {
	switch {
	case !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl):
		r.fail("has control characters or bytes that are no text in UTF-8")
	case line == "" || line[0] == '#':
	case '0' <= line[0] && line[0] <= '9':
		if !r.opened && !r.open() {
			return false
		}
		r.day(line)
	case r.opened:
		r.fail("a header stands after the first day")
	default:
		r.header(line)
	}
	return len(r.errs) < maxErrors
}

func (r *reader) fail(format string, args ...any) {
	r.errs = append(r.errs, &Error{r.file, r.line, fmt.Sprintf(format, args...)})
}

// header reads a line "key: value".
func (r *reader) header(line string) {
	key, value, found := strings.Cut(line, ":")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	if !found || value == "" {
		r.fail("neither a day (2024-01-01 holiday Name) nor a header (key: value)")
		return
	}
	if years, is := strings.CutPrefix(key, "source "); is {
		r.source(years, value)
		return
	}
	if r.headers[key] {
		r.fail("a second header %q", key)
		return
	}
	r.headers[key] = true
	switch key {
	case "calendar":
		r.c.name = value
	case "weekend":
		r.weekend(value)
	case "years":
		r.years(value)
	case "extends":
		r.extends(value)
	case "country":
		r.country(value)
	default:
		r.fail("no header is called %q; there are extends, calendar, country, weekend, years and source", key)
	}
}

// extends takes over a built-in calendar. It comes before other headers, which add to
// it or replace what it states.
func (r *reader) extends(code string) {
	if len(r.headers) > 1 || len(r.c.sources) > 0 {
		r.fail("extends must be the first header")
		return
	}
	if r.base == nil {
		r.fail("a built-in calendar extends no other")
		return
	}
	c, ok := r.base(code)
	if !ok {
		r.fail("extends %q, which is none of %s", code, strings.Join(Countries(), ", "))
		return
	}
	extended := *c
	extended.days, extended.sources = maps.Clone(c.days), slices.Clone(c.sources)
	r.c = &extended
}

// country reads the code of a country.
func (r *reader) country(code string) {
	if len(code) != 2 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		r.fail("country: %q is not a code of two capitals, such as RU", code)
		return
	}
	r.c.country = code
}

// weekdays stand at their own numbers.
var weekdays = []time.Weekday{
	time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday,
}

func (r *reader) weekend(value string) {
	r.c.weekend = [7]bool{}
	days := strings.Fields(value)
	for _, name := range days {
		at := slices.IndexFunc(weekdays, func(d time.Weekday) bool { return d.String() == name })
		if at < 0 || r.c.weekend[at] {
			r.fail("weekend: %q is not a day from Monday to Sunday, or is named twice", name)
			return
		}
		r.c.weekend[at] = true
	}
	if len(days) == len(r.c.weekend) {
		r.fail("weekend: no day of the week is left to work on")
	}
}

// years reads the years covered and adds them to those of an extended calendar.
func (r *reader) years(value string) {
	first, last, ok := span(value)
	if !ok {
		r.fail("years: %q is neither a year nor a span such as 2014-2027", value)
		return
	}
	if r.c.first != 0 {
		if first > r.c.last+1 || last < r.c.first-1 {
			r.fail("years: a gap is left between %s and the %d-%d of the calendar it extends", value, r.c.first, r.c.last)
			return
		}
		first, last = min(first, r.c.first), max(last, r.c.last)
	}
	r.c.first, r.c.last = first, last
}

func (r *reader) source(years, text string) {
	first, last, ok := span(strings.TrimSpace(years))
	if !ok {
		r.fail("source: %q is neither a year nor a span such as 2014-2027", years)
		return
	}
	r.c.sources = append(r.c.sources, Source{first, last, text})
}

// span reads a year of four digits or two of them, as 2014-2027.
func span(text string) (first, last int, ok bool) {
	from, to, two := strings.Cut(text, "-")
	if !two {
		to = from
	}
	first, ok = year(from)
	last, ok2 := year(to)
	return first, last, ok && ok2 && first <= last
}

func year(text string) (int, bool) {
	n, err := strconv.ParseUint(text, 10, 16)
	return int(n), err == nil && len(text) == 4 && n > 0
}

// open checks the headers; it is false when they do not suffice to read days.
func (r *reader) open() bool {
	r.opened = true
	before := len(r.errs)
	for _, key := range []string{"calendar", "weekend", "years"} {
		if !r.headers[key] && !r.headers["extends"] {
			r.fail("the header %s is missing", key)
		}
	}
	if r.c.first == 0 { // missing or mistaken, and told
		return false
	}
	for y := r.c.first; y <= r.c.last; y++ {
		if !slices.ContainsFunc(r.c.sources, func(s Source) bool { return s.First <= y && y <= s.Last }) {
			r.fail("the year %d has no source", y)
			break
		}
	}
	return len(r.errs) == before
}

// day reads a line "2024-01-01 holiday Name".
func (r *reader) day(line string) {
	first, rest, _ := strings.Cut(line, " ")
	word, note, _ := strings.Cut(strings.TrimSpace(rest), " ")
	d, err := date.Parse(first)
	k := kind(word)
	note = strings.TrimSpace(note)
	switch {
	case err != nil:
		r.fail("%v", err)
	case k != holiday && k != dayoff && k != workday:
		r.fail("%s: %q is none of holiday, dayoff and workday", d, word)
	case note == "":
		r.fail("%s: what the day is is missing", d)
	case r.seen[d] > 0:
		r.fail("%s stands already in line %d", d, r.seen[d])
	case !r.c.covers(d):
		r.fail("%s is outside the years %d-%d", d, r.c.first, r.c.last)
	case k == workday && !r.c.off(d):
		r.fail("%s is a working day already", d)
	case k == dayoff && r.c.off(d):
		r.fail("%s is a day off already", d)
	default:
		r.seen[d] = r.line
		r.c.days[d] = day{k, note}
	}
}
