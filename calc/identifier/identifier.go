// Package identifier tells whether the numbers by which states name persons and
// companies can be right: their length, their digits and their check digits. It
// knows no register; a number that passes need not have been issued.
package identifier

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The reasons why a text is not an identifier, besides its check digit.
var (
	// ErrDigits: something other than the digits 0 to 9, such as Persian ones.
	ErrDigits = errors.New("not only digits 0 to 9")
	// ErrLength: digits, but too few or too many.
	ErrLength = errors.New("wrong number of digits")
	// ErrEqualDigits: one digit repeated. Some of these have the right check
	// digit, but they stand for "unknown" and are never issued.
	ErrEqualDigits = errors.New("all digits are equal")
)

// CheckDigitError says that the last digits of an identifier do not follow from
// those before them. Any of its digits can be the wrong one.
type CheckDigitError struct {
	// Got are the check digits as printed and Want those that follow from the
	// digits before them: one digit each, two for an INN of a person.
	Got, Want string
}

func (e *CheckDigitError) Error() string {
	if len(e.Want) > 1 {
		return "the check digits are " + e.Got + ", they should be " + e.Want
	}
	return "the check digit is " + e.Got + ", it should be " + e.Want
}

// INN checks a Russian taxpayer number: 10 digits of a company or 12 of a person.
// It errs with ErrDigits, ErrLength, ErrEqualDigits or a *CheckDigitError.
//
// A remainder of 10 is written 0 like one of 0, so a wrong digit of a company's
// number that ends in 0 can go unseen. In a person's number it cannot.
func INN(text string) error {
	if err := digits(text, 10, 12); err != nil {
		return err
	}
	if len(text) == 10 {
		return check(text, sum(text, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10)
	}
	tenth := sum(text, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10
	// The last digit follows from the right digit before it, not the printed one.
	last := (sum(text, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6) + 8*tenth) % 11 % 10
	return check(text, tenth, last)
}

// NationalCode checks the 10 digits of an Iranian person. It errs with ErrDigits,
// ErrLength, ErrEqualDigits or a *CheckDigitError.
//
// The remainders 1 and 10 have the same check digit, so a wrong digit of a code
// that ends in 1 can go unseen.
func NationalCode(text string) error {
	if err := digits(text, 10); err != nil {
		return err
	}
	rest := sum(text, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11
	if rest >= 2 {
		rest = 11 - rest
	}
	return check(text, rest)
}

// PadNationalCode puts back the zeros in front that a national code of 8 or 9
// digits may have lost, as codes do that were stored as numbers. It is false for
// texts that are not 8 or 9 digits. Whether that is what happened is for
// NationalCode to tell of the result.
func PadNationalCode(text string) (padded string, ok bool) {
	if len(text) != 8 && len(text) != 9 || !isDigits(text) {
		return "", false
	}
	return strings.Repeat("0", 10-len(text)) + text, true
}

// LegalID checks the 11 digits of an Iranian legal person. It errs with ErrDigits,
// ErrLength, ErrEqualDigits or a *CheckDigitError.
//
// A remainder of 10 is written 0 like one of 0, so a wrong digit of an id that
// ends in 0 can go unseen.
func LegalID(text string) error {
	if err := digits(text, 11); err != nil {
		return err
	}
	// To each of the ten digits the tenth plus 2 is added; 230 is the sum of the
	// weights.
	tenth := int(text[9]-'0') + 2
	return check(text, (sum(text, 29, 27, 23, 19, 17, 29, 27, 23, 19, 17)+230*tenth)%11%10)
}

// UUID tells whether a text has the form of a UUID: 8, 4, 4, 4 and 12 hexadecimal
// digits of either case with hyphens between. Its version does not matter.
func UUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		allowed := "0123456789abcdefABCDEF"
		if i == 8 || i == 13 || i == 18 || i == 23 {
			allowed = "-"
		}
		if strings.IndexByte(allowed, text[i]) < 0 {
			return false
		}
	}
	return true
}

// digits checks what all identifiers have in common: digits, one of some lengths,
// not all equal.
func digits(text string, lengths ...int) error {
	if !isDigits(text) {
		return ErrDigits
	}
	if slices.Contains(lengths, len(text)) {
		if strings.Count(text, text[:1]) == len(text) {
			return ErrEqualDigits
		}
		return nil
	}
	var wanted []string
	for _, n := range lengths {
		wanted = append(wanted, fmt.Sprint(n))
	}
	return fmt.Errorf("%w: %d, not %s", ErrLength, len(text), strings.Join(wanted, " or "))
}

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// sum of the leading digits, each times its weight.
func sum(text string, weights ...int) int {
	n := 0
	for i, weight := range weights {
		n += int(text[i]-'0') * weight
	}
	return n
}

// check compares the last digits with those that they should be.
func check(text string, want ...int) error {
	got := text[len(text)-len(want):]
	for i := range want {
		if int(got[i]-'0') != want[i] {
			return &CheckDigitError{Got: got, Want: digitsOf(want)}
		}
	}
	return nil
}

func digitsOf(numbers []int) string {
	var b strings.Builder
	for _, n := range numbers {
		b.WriteByte(byte('0' + n))
	}
	return b.String()
}
