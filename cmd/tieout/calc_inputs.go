package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tieout/ingest"
	"tieout/report"
)

// param is something that a calculation is told by a flag, or under the same name in
// a terms file. It is the value of its flag.
type param struct {
	name, usage string
	what        string // as the help calls the value: amount, date
	many        bool
	isSwitch    bool
	isFile      bool
	// fields of a value that has several, such as date and amount, in the order in
	// which they may stand without their names. A value of two fields may be
	// written FIRST=SECOND as well.
	fields []string
	set    func(v *given) error

	texts []string // by flag, in order
}

// given is one value for a param, with the place it comes from.
type given struct {
	place  string
	text   string
	fields map[string]field
}

type field struct{ place, text string }

// placedError is a mistake that tells its place.
type placedError struct {
	place string
	err   error
}

func (e *placedError) Error() string { return e.place + ": " + e.err.Error() }
func (e *placedError) Unwrap() error { return e.err }

// fail is a mistake in the value, unless it is placed already.
func (g *given) fail(err error) error {
	var placed *placedError
	if errors.As(err, &placed) {
		return err
	}
	return &placedError{g.place, err}
}

// String is the flag's default, none.
func (p *param) String() string { return "" }

// Set takes a value of the flag.
func (p *param) Set(text string) error {
	if len(p.texts) > 0 && !p.many {
		return fmt.Errorf("it is given twice")
	}
	p.texts = append(p.texts, text)
	return nil
}

// Type is how the help calls the flag's value.
func (p *param) Type() string {
	if p.isSwitch {
		return "bool" // whose name the help leaves out
	}
	return p.what
}

// inputs are all that a calculation is told.
type inputs struct {
	command string
	params  []param
	args    []string
	terms   string
	stated  map[string]*ingest.Setting // in the terms file
	read    map[string]string          // digests of the files read
	has     map[string]bool
	told    []report.GivenValue
}

// readTerms reads the terms file.
func (in *inputs) readTerms(file string) error {
	s, err := in.readSettings(file)
	if err != nil {
		return err
	}
	if s.Kind != ingest.SettingMapping {
		return s.Fail("terms are expected to be a mapping of names to values, such as principal: 5000")
	}
	in.terms, in.stated = file, map[string]*ingest.Setting{}
	for i := range s.Values {
		v := &s.Values[i]
		if !slices.ContainsFunc(in.params, func(p param) bool { return p.name == v.Key }) {
			names := make([]string, len(in.params))
			for i, p := range in.params {
				names[i] = p.name
			}
			return v.FailKey("%s has no term %q; there are %s", in.command, v.Key, strings.Join(names, ", "))
		}
		in.stated[v.Key] = v
	}
	return nil
}

// set hands each param its values: those of its flag, or else those of the file.
func (in *inputs) set() error {
	in.has = map[string]bool{}
	for i := range in.params {
		p := &in.params[i]
		values, err := in.valuesOf(p)
		if err != nil {
			return err
		}
		told := report.GivenValue{Name: p.name, Many: p.many}
		for k := range values {
			if err := p.set(&values[k]); err != nil {
				return values[k].fail(err)
			}
			told.Texts = append(told.Texts, values[k].words(p))
			if digest := in.read[values[k].text]; p.isFile && digest != "" {
				told.Texts[k] += " (SHA-256 " + digest + ")"
			}
		}
		if in.has[p.name] = len(values) > 0; in.has[p.name] {
			in.told = append(in.told, told)
		}
	}
	return nil
}

// given lists what the calculation was told.
func (in *inputs) given() []report.GivenValue {
	all := in.told
	if in.terms != "" {
		all = append(all, report.GivenValue{Name: "terms", Texts: []string{in.terms + " (SHA-256 " + in.read[in.terms] + ")"}})
	}
	if len(in.args) > 0 {
		all = append(all, report.GivenValue{Name: "dates", Texts: in.args, Many: true})
	}
	return all
}

// words are the value as it was given.
func (g *given) words(p *param) string {
	if g.fields == nil {
		return g.text
	}
	var parts []string
	for _, name := range p.fields {
		if f, has := g.fields[name]; has {
			parts = append(parts, name+"="+f.text)
		}
	}
	return strings.Join(parts, ",")
}

func (in *inputs) valuesOf(p *param) ([]given, error) {
	var values []given
	for _, text := range p.texts {
		v := given{place: "--" + p.name, text: text}
		if p.fields != nil {
			v.place += " " + text
			if err := p.split(&v); err != nil {
				return nil, v.fail(err)
			}
		}
		values = append(values, v)
	}
	if s := in.stated[p.name]; values == nil && s != nil {
		return p.items(s)
	}
	return values, nil
}

// items are the values that a setting states.
func (p *param) items(s *ingest.Setting) ([]given, error) {
	switch {
	case s.Kind == ingest.SettingList && !p.many && p.fields == nil:
		return nil, s.Fail("%s is one value, not a list", p.name)
	case s.Kind == ingest.SettingList && p.many:
		var all []given
		for i := range s.Values {
			items, err := p.item(&s.Values[i])
			if err != nil {
				return nil, err
			}
			all = append(all, items...)
		}
		return all, nil
	}
	return p.item(s)
}

// item is a value of the param: a text, or fields as a mapping or a list; a mapping of
// first fields to second ones is several.
func (p *param) item(s *ingest.Setting) ([]given, error) {
	v := given{place: placeOf(s) + ": " + p.name, text: s.Text}
	switch {
	case s.Kind == ingest.SettingText && p.fields == nil:
		return []given{v}, nil
	case s.Kind == ingest.SettingText:
		if err := p.split(&v); err != nil {
			return nil, v.fail(err)
		}
		return []given{v}, nil
	case p.fields == nil:
		return nil, s.Fail("%s is expected to be a single value", p.name)
	}
	for i := range s.Values {
		if inner := &s.Values[i]; inner.Kind != ingest.SettingText {
			return nil, inner.Fail("%s is expected to be a single value", p.name)
		}
	}
	if s.Kind == ingest.SettingMapping && len(p.fields) == 2 && len(s.Values) > 0 && !slices.Contains(p.fields, s.Values[0].Key) {
		return p.pairs(s), nil
	}
	v.fields = map[string]field{}
	for i := range s.Values {
		inner := &s.Values[i]
		name := inner.Key
		if s.Kind == ingest.SettingList && i < len(p.fields) {
			name = p.fields[i]
		}
		if !slices.Contains(p.fields, name) {
			return nil, inner.Fail("%s has no %q; it has %s", p.name, cmpText(name, inner.Text), strings.Join(p.fields, ", "))
		}
		v.fields[name] = field{placeOf(inner) + ": " + name, inner.Text}
	}
	return []given{v}, nil
}

func cmpText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// pairs are the values of a mapping of first fields to second ones.
func (p *param) pairs(s *ingest.Setting) []given {
	var all []given
	for i := range s.Values {
		inner := &s.Values[i]
		place := placeOf(inner) + ": " + p.name
		all = append(all, given{place: place, fields: map[string]field{
			p.fields[0]: {place, inner.Key}, p.fields[1]: {place, inner.Text},
		}})
	}
	return all
}

func placeOf(s *ingest.Setting) string {
	return s.File + ":" + strconv.Itoa(s.Line) + ":" + strconv.Itoa(s.Column)
}

// split reads the fields of a value from its text: name=value,name=value, or the values
// in their order, or FIRST=SECOND.
func (p *param) split(g *given) error {
	g.fields = map[string]field{}
	first, rest, paired := strings.Cut(g.text, "=")
	if paired && len(p.fields) == 2 && !slices.Contains(p.fields, strings.TrimSpace(first)) {
		g.fields[p.fields[0]] = field{g.place, strings.TrimSpace(first)}
		g.fields[p.fields[1]] = field{g.place, strings.TrimSpace(rest)}
		return nil
	}
	for i, part := range strings.Split(g.text, ",") {
		name, text, named := strings.Cut(part, "=")
		if name = strings.TrimSpace(name); !named {
			if text = name; i >= len(p.fields) {
				return fmt.Errorf("%q is one value too many; they are %s", text, strings.Join(p.fields, ", "))
			}
			name = p.fields[i]
		}
		if !slices.Contains(p.fields, name) {
			return fmt.Errorf("there is no %q; there are %s", name, strings.Join(p.fields, ", "))
		}
		if _, twice := g.fields[name]; twice {
			return fmt.Errorf("%s stands twice", name)
		}
		g.fields[name] = field{g.place, strings.TrimSpace(text)}
	}
	return nil
}

// need demands params.
func (in *inputs) need(names ...string) error {
	var missing []string
	for _, name := range names {
		if !in.has[name] {
			missing = append(missing, "--"+name)
		}
	}
	switch len(missing) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s needs %s%s", in.command, missing[0], in.orInTerms())
	}
	last := len(missing) - 1
	return fmt.Errorf("%s needs %s and %s%s", in.command, strings.Join(missing[:last], ", "), missing[last], in.orInTerms())
}

func (in *inputs) orInTerms() string {
	if in.terms != "" {
		return ", which " + in.terms + " does not state either"
	}
	return " (see tieout calc " + in.command + " --help)"
}

// notBoth refuses two params that contradict each other.
func (in *inputs) notBoth(a, b, why string) error {
	if in.has[a] && in.has[b] {
		return fmt.Errorf("--%s does not go with --%s: %s", a, b, why)
	}
	return nil
}

// useless refuses params that mean nothing here.
func (in *inputs) useless(why string, names ...string) error {
	for _, name := range names {
		if in.has[name] {
			return fmt.Errorf("--%s %s", name, why)
		}
	}
	return nil
}
