package calendar

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"tieout/calc"
)

//go:embed data/*.txt
var data embed.FS

// Country is the built-in calendar of a country by its ISO 3166 code in capitals: IR,
// RU or TR. Each file states its sources and what it does not list.
func Country(code string) (*Calendar, bool) {
	c, ok := countries()[code]
	return c, ok
}

// Countries are the codes of the built-in calendars, sorted.
func Countries() []string { return slices.Sorted(maps.Keys(countries())) }

var (
	builtIn map[string]*Calendar
	reading sync.Once
)

// countries reads the built-in files when the first of them is asked for. They are
// part of the program, so a mistake in one is a fault of the program.
func countries() map[string]*Calendar {
	reading.Do(func() {
		builtIn = map[string]*Calendar{}
		entries, err := data.ReadDir("data")
		if err != nil {
			panic(err)
		}
		for _, entry := range entries {
			code := strings.ToUpper(strings.TrimSuffix(entry.Name(), ".txt"))
			if builtIn[code], err = readBuiltIn(entry.Name()); err != nil {
				panic(err)
			}
			builtIn[code].country = code
		}
	})
	return builtIn
}

// Name of the built-in calendars as reports have it.
const Name = "calendars of working days"

// Digest of the built-in calendars.
func Digest() string {
	var texts []string
	for _, code := range Countries() {
		name := "data/" + strings.ToLower(code) + ".txt"
		text, err := data.ReadFile(name)
		if err != nil {
			panic(err)
		}
		texts = append(texts, name, string(text))
	}
	return calc.Digest(texts...)
}

func readBuiltIn(name string) (*Calendar, error) {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		return nil, err
	}
	return parse(name, text, nil)
}
