package identifier_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"tieout/calc/identifier"
)

// checks are the identifiers with check digits, by their names in vectors.json,
// each with the check digit that two remainders share; a person's INN has none.
var checks = map[string]struct {
	check  func(string) error
	shared string
}{
	"inn":                   {identifier.INN, "0"},
	"iranian national code": {identifier.NationalCode, "1"},
	"iranian legal id":      {identifier.LegalID, "0"},
}

// known are examples: of other libraries' tests, or computed by hand.
type known struct {
	Origin       string
	Valid, Wrong []string
}

func vectors(t testing.TB) map[string]known {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]known
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != len(checks) {
		t.Fatalf("vectors of %d identifiers, want %d", len(all), len(checks))
	}
	return all
}

func TestKnownIdentifiersPassOrFail(t *testing.T) {
	for name, known := range vectors(t) {
		for _, text := range known.Valid {
			if err := checks[name].check(text); err != nil {
				t.Errorf("%s %s: %v", name, text, err)
			}
		}
		for _, text := range known.Wrong {
			if checks[name].check(text) == nil {
				t.Errorf("%s %s passes", name, text)
			}
		}
	}
}

func TestIdentifiersAndWhyTheyAreNone(t *testing.T) {
	inn, national, legal := identifier.INN, identifier.NationalCode, identifier.LegalID
	for name, test := range map[string]struct {
		check func(string) error
		text  string
		want  error
		said  string
	}{
		// 5*2+4*4+1*10+0*3+0*5+5*9+9*4+5*6+6*8 = 195 = 17*11 + 8
		"an INN of a company": {check: inn, text: "5410059568"},
		// 5*2+4*4+0*10+7*3+2*5+4*9+9*4+8*6+7*8 = 233 = 21*11 + 2
		"another":                     {check: inn, text: "5407249872"},
		"its check digit is wrong":    {inn, "5410059563", &identifier.CheckDigitError{Got: "3", Want: "8"}, "the check digit is 3, it should be 8"},
		"two of its digits exchanged": {inn, "5401059568", &identifier.CheckDigitError{Got: "8", Want: "1"}, "the check digit is 8, it should be 1"},
		// The digits 1 to 9 and 0; README.md of testdata has the check digits.
		"an INN of a person":            {check: inn, text: "123456789047"},
		"its first check digit is off":  {inn, "123456789037", &identifier.CheckDigitError{Got: "37", Want: "47"}, "the check digits are 37, they should be 47"},
		"an INN that lost a digit":      {inn, "541005956", identifier.ErrLength, "wrong number of digits: 9, not 10 or 12"},
		"an INN of zeros passes mod 11": {inn, "0000000000", identifier.ErrEqualDigits, "all digits are equal"},
		"twelve zeros too":              {inn, "000000000000", identifier.ErrEqualDigits, "all digits are equal"},
		"an INN with a blank":           {inn, "5410 059568", identifier.ErrDigits, "not only digits 0 to 9"},
		"an INN with letter O for zero": {inn, "541OO59568", identifier.ErrDigits, "not only digits 0 to 9"},
		"no INN":                        {inn, "", identifier.ErrLength, "wrong number of digits: 0, not 10 or 12"},

		// 9+7+5+3 = 24 = 2*11 + 2, and 11 - 2 = 9
		"a national code": {check: national, text: "0101010109"},
		// 1*8+2*7+3*6+4*5+5*4+6*3+7*2 = 112 = 10*11 + 2, and 11 - 2 = 9
		"digits in a row":             {national, "0012345678", &identifier.CheckDigitError{Got: "8", Want: "9"}, "the check digit is 8, it should be 9"},
		"and with their check digit":  {check: national, text: "0012345679"},
		"a national code of nine":     {national, "001234567", identifier.ErrLength, "wrong number of digits: 9, not 10"},
		"ones have the right digit":   {national, "1111111111", identifier.ErrEqualDigits, "all digits are equal"},
		"digits of the Persian set":   {national, "۰۱۰۱۰۱۰۱۰۹", identifier.ErrDigits, "not only digits 0 to 9"},
		"bytes that are no UTF-8":     {national, "\xff\xfe", identifier.ErrDigits, "not only digits 0 to 9"},
		"a legal id":                  {check: legal, text: "10380284790"},
		"its check digit is off":      {legal, "10380284792", &identifier.CheckDigitError{Got: "2", Want: "0"}, "the check digit is 2, it should be 0"},
		"a legal id of ones":          {legal, "11111111111", identifier.ErrEqualDigits, "all digits are equal"},
		"a national code is no legal": {legal, "0101010109", identifier.ErrLength, "wrong number of digits: 10, not 11"},
	} {
		t.Run(name, func(t *testing.T) {
			err := test.check(test.text)
			if test.want == nil {
				if err != nil {
					t.Errorf("%s: %v", test.text, err)
				}
				return
			}
			if err == nil || err.Error() != test.said {
				t.Fatalf("%s: got %v, want %s", test.text, err, test.said)
			}
			var got, want *identifier.CheckDigitError
			if errors.As(test.want, &want) {
				if !errors.As(err, &got) || *got != *want {
					t.Errorf("%s: got %#v, want %#v", test.text, err, want)
				}
			} else if !errors.Is(err, test.want) {
				t.Errorf("%s: got %v, want %v", test.text, err, test.want)
			}
		})
	}
}

func TestZerosInFrontArePutBack(t *testing.T) {
	for name, test := range map[string]struct {
		text, padded string
		valid        bool
	}{
		"two zeros lost":         {"12345679", "0012345679", true},
		"one zero lost":          {"101010109", "0101010109", true},
		"no code, padded or not": {"001234567", "0001234567", false},
		"seven digits":           {"1234567", "", false},
		"nothing is missing":     {"0101010109", "", false},
		"not digits":             {"10101010x", "", false},
		"nothing":                {"", "", false},
	} {
		padded, ok := identifier.PadNationalCode(test.text)
		if padded != test.padded || ok != (padded != "") {
			t.Errorf("%s: got %q, %t, want %q", name, padded, ok, test.padded)
		}
		if valid := identifier.NationalCode(padded) == nil; valid != test.valid {
			t.Errorf("%s: %q valid %t, want %t", name, padded, valid, test.valid)
		}
	}
}

// A wrong digit is told, unless the check digit is the one that two remainders
// share.
func TestOneWrongDigitIsTold(t *testing.T) {
	for name, known := range vectors(t) {
		for _, text := range known.Valid {
			shares := len(text) != 12 && strings.HasSuffix(text, checks[name].shared)
			for wrong := range substitutions(text) {
				unseen := shares && strings.HasSuffix(wrong, checks[name].shared)
				if checks[name].check(wrong) == nil && !unseen {
					t.Errorf("%s: %s passes for %s", name, wrong, text)
				}
			}
		}
	}
}

func TestSomeWrongDigitsGoUnseen(t *testing.T) {
	for name, test := range map[string]struct {
		check     func(string) error
		one, like string
	}{
		// 165 = 15*11 and 175 = 15*11 + 10
		"INN": {identifier.INN, "5410059060", "5420059060"},
		// 89 = 8*11 + 1 and 98 = 8*11 + 10
		"national code": {identifier.NationalCode, "0012345131", "0012345431"},
		// 2805 = 255*11 and 2881 = 261*11 + 10
		"legal id": {identifier.LegalID, "10380284070", "10380284470"},
	} {
		if a, b := test.check(test.one), test.check(test.like); a != nil || b != nil {
			t.Errorf("%s: %s: %v, %s: %v", name, test.one, a, test.like, b)
		}
	}
}

// substitutions are the texts that differ in one digit.
func substitutions(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := range len(text) {
			for d := byte('0'); d <= '9'; d++ {
				if d != text[i] && !yield(text[:i]+string(rune(d))+text[i+1:]) {
					return
				}
			}
		}
	}
}

func TestUUIDs(t *testing.T) {
	for text, want := range map[string]bool{
		"1f2e3d4c-5b6a-4978-8a9b-acbdcedff001":   true,
		"1F2E3D4C-5B6A-4978-8A9B-ACBDCEDFF001":   true,
		"00000000-0000-0000-0000-000000000000":   true,
		"1f2e3d4c5b6a49788a9bacbdcedff001":       false,
		"1f2e3d4c-5b6a-4978-8a9b-acbdcedff00":    false,
		"1f2e3d4c-5b6a-4978-8a9b-acbdcedff00g":   false,
		"1f2e3d4c-5b6a-4978-8a9b0acbdcedff001":   false,
		"1f2e3d4c-5b6a-4978--a9b-acbdcedff001":   false,
		"{1f2e3d4c-5b6a-4978-8a9b-acbdcedff001}": false,
		"no UUID":                                false,
	} {
		if got := identifier.UUID(text); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

func FuzzIdentifiers(f *testing.F) {
	for _, text := range []string{"5410059568", "123456789047", "12345679", "10380284790", "\xd9", "1f2e3d4c-5b6a-4978-8a9b-acbdcedff001"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, id := range checks {
			err := id.check(text)
			var digit *identifier.CheckDigitError
			if errors.As(err, &digit) {
				// With the check digits that were asked for it is one.
				if err := id.check(strings.TrimSuffix(text, digit.Got) + digit.Want); err != nil && !errors.Is(err, identifier.ErrEqualDigits) {
					t.Errorf("%s: %q mended: %v", name, text, err)
				}
			}
		}
		if padded, ok := identifier.PadNationalCode(text); ok && errors.Is(identifier.NationalCode(padded), identifier.ErrLength) {
			t.Errorf("%q padded to %q", text, padded)
		}
		if identifier.UUID(text) && len(text) != 36 {
			t.Errorf("%q is a UUID", text)
		}
	})
}
