package finnotech

import (
	_ "embed" // the table of banks is a part of the program
	"slices"
	"strings"
	"sync"

	"tieout/calc"
	"tieout/calc/schema"
	"tieout/calc/text"
)

//go:embed data/banks.txt
var bankTable string

// bankData is the table as rules name it.
var bankData = []schema.Data{{Name: "Iranian banks", Digest: func() string { return calc.Digest(bankTable) }}}

// bank is a name that stands for a code; a code can have several names.
type bank struct{ code, name string }

// banks of the table, with their names folded.
var banks = sync.OnceValue(func() []bank {
	var all []bank
	for line := range strings.Lines(bankTable) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if code != "#" {
			all = append(all, bank{code, text.Fold(name)})
		}
	}
	return all
})

// firstPart of the text of a branch, folded: the bank's name, in full or cut short.
func firstPart(branch string) string {
	first, _, _ := strings.Cut(text.Fold(branch), " - ")
	return first
}

// is tells whether the first part of a branch's text can mean the bank.
func (b *bank) is(first string) bool { return beginsWith(first, b.name) || beginsWith(b.name, first) }

// isBank tells whether it can mean a bank of some code.
func isBank(first, code string) bool {
	return slices.ContainsFunc(banks(), func(b bank) bool { return sameCode(b.code, code) && b.is(first) })
}

// banksNamed are the codes of all banks that it can mean; none where it is no bank of
// the table.
func banksNamed(first string) []string {
	var codes []string
	for _, b := range banks() {
		if b.is(first) && !slices.Contains(codes, b.code) {
			codes = append(codes, b.code)
		}
	}
	return codes
}

// beginsWith tells whether a text begins with some words.
func beginsWith(s, words string) bool {
	rest, is := strings.CutPrefix(s, words)
	return is && words != "" && (rest == "" || rest[0] == ' ')
}

// sameCode tells whether two codes are the same, be it without their zeros in front.
func sameCode(a, b string) bool { return strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0") }
