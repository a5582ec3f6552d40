package arifmetika

import (
	"slices"
	"strings"

	"tieout/calc/schema"
	"tieout/calc/text"
)

// issued are the statuses of contracts whose money was paid out, and statuses
// those and all others.
var (
	issued   = []string{"active", "completed", "expired"}
	statuses = append([]string{
		"in_process", "client_rejection", "denied", "transfer_process", "transfer_not_success", "latent", "on_check",
	}, issued...)
)

const notIssued = "the contract is not issued"

// statusRules are the laws of a contract's status, and of whether it is repaid.
func statusRules() []schema.Rule {
	return []schema.Rule{
		{
			ID: "AC-15", Title: "the status is none that the document lists",
			Cites: contractList + "status", Basis: schema.Stated,
			Law:   "status is one of " + strings.Join(statuses, ", "),
			Reads: []string{"status"}, Check: checkWord("status", statuses, schema.Error),
			Severity: schema.Error,
			Why:      "The document lists the statuses and what may be done in each.",
		},
		{
			ID: "AC-16", Title: "the status contradicts the balances",
			Cites: contractList + "status", Basis: schema.Stated,
			Law:   "an issued contract is completed when total_balance <= 0, else expired when total_overdue > 0, else active",
			Reads: []string{"status", "total_balance", "total_overdue"}, Check: checkStatusByBalances,
			Severity: schema.Error,
			Why:      "The document defines the three statuses of issued contracts by what is owed and what is overdue.",
		},
		{
			ID: "AC-17", Title: "a contract that is not issued owes money",
			Cites: contractList + "status", Basis: schema.Inferred,
			Law:   "penalty and all balance and overdue sums are 0 unless status is one of " + strings.Join(issued, ", "),
			Reads: append([]string{"status"}, owed...), Check: checkNothingOwed,
			Severity: schema.Warning,
			Why:      "Before its money is paid out nothing can be owed. Where one sum is not 0 that sum is told, else the status.",
		},
		{
			ID: "AC-18", Title: "the date of the last planned payment contradicts the balance",
			Cites: contractList + "repay_before", Basis: schema.Stated,
			Law:   `repay_before of an issued contract is "" when total_balance <= 0, and a date otherwise`,
			Reads: []string{"status", "total_balance", "repay_before"}, Check: checkRepayBefore,
			Severity: schema.Error,
			Why:      `The document says that it is "" for a repaid contract.`,
		},
		{
			ID: "AC-19", Title: "the date of repayment contradicts the balance",
			Cites: contractList + "repayment_date", Basis: schema.Stated,
			Law:   `repayment_date of an issued contract is "" when total_balance > 0, and a date otherwise`,
			Reads: []string{"status", "total_balance", "repayment_date"}, Check: checkRepaymentDate,
			Severity: schema.Error,
			Why:      `The document defines it as the day on which the whole debt became 0 or less, and as "" while it has not.`,
		},
		{
			ID: "AC-20", Title: "the status contradicts the date of repayment",
			Cites: contractList + "status, repayment_date", Basis: schema.Stated,
			Law:   `status is completed exactly when repayment_date is not ""`,
			Reads: []string{"status", "repayment_date", "total_balance", "total_overdue"}, Check: checkCompleted,
			Severity: schema.Error,
			Why:      "Both say that the contract is repaid. The one that the balance contradicts is told wrong.",
		},
	}
}

// checkWord demands that a value is one of the words. One that only looks like
// one of them has a severity of its own.
func checkWord(path string, words []string, lookAlike schema.Severity) func(*schema.Case) {
	return func(c *schema.Case) {
		word := c.Text(path)
		meant, known := listed(words, word)
		switch {
		case !known:
			c.Broken(path, "", "the document lists "+strings.Join(words, ", "))
		case meant != word:
			c.Broken(path, meant, looksLike(word, meant)).Severity = lookAlike
		}
	}
}

// looksLike says why a text is not the one that it looks like.
func looksLike(seen, meant string) string {
	why := "it only looks like it"
	for _, difference := range text.Differences(seen, meant) {
		return why + ": " + difference.Text
	}
	return why
}

// listed finds the word that a text is, or looks like.
func listed(words []string, word string) (meant string, known bool) {
	if i := slices.Index(words, word); i >= 0 {
		return words[i], true
	}
	for _, w := range words {
		if same, _ := text.Same(word, w); same {
			return w, true
		}
	}
	return "", false
}

// status of a contract, as the document writes it; a gap when it is none.
func status(c *schema.Case) string {
	word, known := listed(statuses, c.Text("status"))
	if !known {
		c.NotEvaluable("status is none that the document lists")
	}
	return word
}

func isIssued(status string) bool { return slices.Contains(issued, status) }

// onlyIssued tells whether a contract is issued, and says that the rule does not
// concern it when it is not.
func onlyIssued(c *schema.Case) bool {
	is := isIssued(status(c))
	if !is {
		c.NotApplicable(notIssued)
	}
	return is
}

func checkStatusByBalances(c *schema.Case) {
	if !onlyIssued(c) {
		return
	}
	want, because := statusByBalances(c)
	if status(c) != want {
		c.Broken("status", want, because)
	}
}

// statusByBalances is the status of an issued contract, and why.
func statusByBalances(c *schema.Case) (want, because string) {
	switch {
	case c.Amount("total_balance").Sign() <= 0:
		return "completed", "nothing is owed"
	case c.Amount("total_overdue").Sign() > 0:
		return "expired", "money is overdue"
	}
	return "active", "money is owed and nothing is overdue"
}

func checkNothingOwed(c *schema.Case) {
	word := status(c)
	if isIssued(word) {
		c.NotApplicable("the contract is issued")
		return
	}
	wrong, sums := "", 0
	for _, path := range owed {
		if c.Amount(path).Sign() != 0 {
			wrong = path
			sums++
		}
	}
	switch {
	case sums == 1:
		c.Off(wrong, zero, "the contract is not issued, its status is "+word)
	case sums > 1:
		want, _ := statusByBalances(c)
		c.Broken("status", want, "money is owed, which is so of issued contracts only")
	}
}

func checkRepayBefore(c *schema.Case) {
	if !onlyIssued(c) {
		return
	}
	balance, none := c.Amount("total_balance"), isNone(c, "repay_before")
	switch {
	case balance.Sign() > 0 && none:
		c.Broken("repay_before", "", balance.String()+" is owed, and an open contract has a date of its last payment")
	case balance.Sign() <= 0 && !none:
		c.Broken("repay_before", "", `nothing is owed, and it is "" in a repaid contract`)
	}
}

func checkRepaymentDate(c *schema.Case) {
	if !onlyIssued(c) {
		return
	}
	balance, none := c.Amount("total_balance"), isNone(c, "repayment_date")
	switch {
	case balance.Sign() > 0 && !none:
		c.Broken("repayment_date", "", balance.String()+` is owed, and it is "" in an open contract`)
	case balance.Sign() <= 0 && none:
		c.Broken("repayment_date", "", "nothing is owed, and a repaid contract has the day of its repayment")
	}
}

func checkCompleted(c *schema.Case) {
	word, none := status(c), isNone(c, "repayment_date")
	completed := word == "completed"
	balance := c.Value("total_balance")
	known := balance.State == schema.Present
	switch {
	case none && !isIssued(word):
		c.NotApplicable(notIssued)
	case completed != none:
	case completed && known && balance.Amount.Sign() > 0:
		want, because := statusByBalances(c)
		c.Broken("status", want, because+`, and repayment_date is ""`)
	case completed:
		c.Broken("repayment_date", "", "the status is completed")
	case isIssued(word) && known && balance.Amount.Sign() <= 0:
		c.Broken("status", "completed", "nothing is owed since "+c.Date("repayment_date").String())
	default:
		c.Broken("repayment_date", "", `it is "" unless the contract is completed, and the status is `+word)
	}
}

// isNone tells whether a date is "", which says that there is none; a gap when it
// is neither that nor a date.
func isNone(c *schema.Case, path string) bool {
	if c.Value(path).State == schema.Empty {
		return true
	}
	c.Date(path)
	return false
}
