package calendar

import (
	"embed"
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
func Countries() []string {
	entries, err := data.ReadDir("data") // sorted by their names
	if err != nil {
		panic(err)
	}
	var codes []string
	for _, entry := range entries {
		codes = append(codes, strings.ToUpper(strings.TrimSuffix(entry.Name(), ".txt")))
	}
	return codes
}

// countries are the built-in calendars, read when the first of them is asked for. They
// are part of the program, so a mistake in one is a fault of the program.
var countries = sync.OnceValue(func() map[string]*Calendar {
	all := map[string]*Calendar{}
	for _, code := range Countries() {
		c, err := parse(fileOf(code), textOf(code), nil)
		if err != nil {
			panic(err)
		}
		c.country = code
		all[code] = c
	}
	return all
})

func fileOf(code string) string { return strings.ToLower(code) + ".txt" }

func textOf(code string) []byte {
	text, err := data.ReadFile("data/" + fileOf(code))
	if err != nil {
		panic(err)
	}
	return text
}

// Name of the built-in calendars as reports have it.
const Name = "calendars of working days"

// Digest of the built-in calendars.
func Digest() string { return digest() }

var digest = sync.OnceValue(func() string {
	var texts []string
	for _, code := range Countries() {
		texts = append(texts, "data/"+fileOf(code), string(textOf(code)))
	}
	return calc.Digest(texts...)
})
