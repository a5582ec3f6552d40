package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tieout/calc"
	"tieout/calc/law"
	"tieout/calc/loan"
)

// Penalty is what late payments cost, as of a day.
type Penalty struct {
	Debt     loan.Debt
	Terms    loan.DebtTerms
	Settled  loan.Settlement
	Received calc.Amount // all payments up to the day
	Later    int         // payments after the day, which are not read
	// Law is the ceiling that was taken for the terms, nil when they were given.
	Law *law.Penalty
	// SmallLoan is the kind whose ceiling it is; nil when it is that of all loans.
	SmallLoan    *law.SmallLoan
	InterestRuns bool
	Calendar     string
}

// Calculation shows the penalty with the lines that explain it.
func (p *Penalty) Calculation() *Calculation {
	c := &Calculation{Kind: "penalty", Title: "Penalty as of " + p.Settled.On.String()}
	s := &p.Settled
	c.result("penalty", "Penalty charged", amountValue(s.Accrued.Penalty), "")
	c.result("penalty_paid", "of it paid", amountValue(s.Paid.Penalty), "")
	c.result("penalty_owed", "of it owed", amountValue(s.Owed.Penalty), "")
	if p.Terms.Interest != nil {
		c.result("interest", "Interest accrued", amountValue(s.Accrued.Interest), "")
	}
	c.result("overdue", "Overdue without penalty", amountValue(s.Overdue.Principal.Plus(s.Overdue.Interest).Plus(s.Overdue.Fees)), "")
	c.result("owed", "Owed in all, due or not", amountValue(s.Owed.Total()), "")
	c.result("received", "Received", amountValue(p.Received), "")
	c.result("unapplied", "Received when nothing was left to pay", amountValue(s.Unapplied), "")
	c.level()
	c.table(p.lines())
	c.table(p.rows())
	c.table(p.postings())
	p.read(c)
	return c
}

// rowWords name a due row by its place in the list.
func (p *Penalty) rowWords(i int) calcValue {
	if i < len(p.Debt.Rows) {
		return dateValue(p.Debt.Rows[i].Due)
	}
	return textValue("after the end")
}

// lines explain the penalty: so many days at one rate on one sum.
func (p *Penalty) lines() calcTable {
	t := calcTable{key: "lines", title: "Accruals", columns: []calcColumn{
		{key: "due", title: "Row due", kind: calcText, width: wordWidth},
		{key: "kind", title: "What accrues", kind: calcText, width: nameWidth},
		{key: "from", title: "From", kind: calcText, width: wordWidth},
		{key: "until", title: "Until (not counted)", kind: calcText, width: wordWidth},
		{key: "first_day", title: "First day of delay", kind: calcCount, width: codeWidth},
		{key: "days", title: "Days", kind: calcCount, width: codeWidth},
		{key: "base", title: "On", kind: calcAmount, width: amountWidth},
		{key: "percent", title: "Percent", kind: calcAmount, width: wordWidth},
		{key: "per_days", title: "per days", kind: calcCount, width: codeWidth},
		{key: "accrues", title: "Before rounding", kind: calcAmount, width: amountWidth, unrounded: true},
	}}
	shown := p.Terms.Penalty.Rounding.To
	shown.Mode, shown.Scale = calc.HalfUp, max(0, shown.Scale)+4
	for _, l := range p.Settled.Lines {
		row := []calcValue{
			p.rowWords(l.Row), textValue(l.Kind.String()), dateValue(l.From), dateValue(l.To), countValue(l.FirstDay),
			countValue(l.Days), amountValue(l.Base), amountValue(l.Percent), countValue(int(l.Basis)), amountValue(l.Amount(shown)),
		}
		if l.Kind == loan.PenaltyFixed {
			row[5], row[7], row[8] = noValue(""), noValue(""), noValue("")
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// rows tell what became of each due row.
func (p *Penalty) rows() calcTable {
	t := calcTable{key: "rows", title: "Due rows", totalled: true, columns: []calcColumn{
		{key: "due", title: "Due", kind: calcText, width: wordWidth},
		{key: "principal", title: "Principal", kind: calcAmount, width: amountWidth, summed: true},
		{key: "interest", title: "Interest", kind: calcAmount, width: amountWidth, summed: true},
		{key: "fees", title: "Fees", kind: calcAmount, width: amountWidth, summed: true},
		{key: "penalty", title: "Penalty", kind: calcAmount, width: amountWidth, summed: true},
		{key: "paid", title: "Paid", kind: calcAmount, width: amountWidth, summed: true},
		{key: "left", title: "Left", kind: calcAmount, width: amountWidth, summed: true, formula: "{principal}+{interest}+{fees}+{penalty}-{paid}"},
		{key: "days_late", title: "Days late", kind: calcCount, width: codeWidth},
		{key: "settled", title: "Paid up on", kind: calcText, width: wordWidth},
	}}
	rows := p.Settled.Rows
	if p.Settled.AfterEnd.Owes.Total().Sign() != 0 {
		rows = append(slices.Clone(rows), p.Settled.AfterEnd)
	}
	for i := range rows {
		r := &rows[i]
		settled := dateValue(r.Settled)
		if r.Settled.IsZero() {
			settled = noValue("open")
		}
		t.rows = append(t.rows, []calcValue{
			p.rowWords(i), amountValue(r.Owes.Principal), amountValue(r.Owes.Interest), amountValue(r.Owes.Fees),
			amountValue(r.Owes.Penalty), amountValue(r.Paid.Total()), amountValue(r.Left.Total()), countValue(r.DaysLate), settled,
		})
	}
	return t
}

// postings tell where the payments went.
func (p *Penalty) postings() calcTable {
	t := calcTable{key: "postings", title: "Payments", totalled: true, columns: []calcColumn{
		{key: "date", title: "Date", kind: calcText, width: wordWidth},
		{key: "due", title: "To the row due", kind: calcText, width: nameWidth},
		{key: "part", title: "For", kind: calcText, width: nameWidth},
		{key: "amount", title: "Amount", kind: calcAmount, width: amountWidth, summed: true},
	}}
	for _, post := range p.Settled.Postings {
		t.rows = append(t.rows, []calcValue{
			dateValue(post.Date), p.rowWords(post.Row), textValue(post.Part.String()), amountValue(post.Amount),
		})
	}
	return t
}

func (p *Penalty) read(c *Calculation) {
	t := &p.Terms.Penalty
	if p.Law != nil {
		most := fmt.Sprintf("%s %% a day where no interest runs", p.Law.DailyPercent)
		switch {
		case p.SmallLoan != nil:
			most = fmt.Sprintf("%s %% a day for a loan of up to %s for up to %d days, all charges of which may be %s %% of the sum lent",
				p.Law.DailyPercent, p.SmallLoan.MaxSum, p.SmallLoan.MaxDays, p.SmallLoan.ChargesPercent)
		case p.InterestRuns:
			most = fmt.Sprintf("%s %% a calendar year while interest runs on", p.Law.YearlyPercent)
		}
		c.Reads(fmt.Sprintf("Penalty: the most that the law allows for contracts from %s on, %s (%s).", p.Law.From, most, p.Law.Source) + unverified(p.Law.Basis))
	} else {
		for _, b := range t.Bands {
			c.Reads("Penalty: " + bandWords(b, basisWords(t.Basis)) + ".")
		}
	}
	if t.Fixed.Sign() > 0 {
		c.Reads(fmt.Sprintf("Fixed penalty: %s, once a delay, when its day %d closes.", t.Fixed, t.FixedDay))
	}
	c.Reads("Days: the due date is day 1 of a delay. A day costs when it closes unpaid: a row due on the " +
		"4th and paid on the 6th is late for two days, the 4th and the 5th; the day of a payment costs " +
		"nothing on what it paid.")
	if t.WorkingDaysOnly {
		c.Reads("Only working days count and cost.")
	}
	if t.FirstDaysOffFree {
		c.Reads("When a row is due on a day off, nothing is charged before the next working day; the days count all the same.")
	}
	if t.StopAfterEnd {
		c.Reads(fmt.Sprintf("No day costs from %d days after the last due date on.", t.StopDays))
	}
	if p.Calendar != "" {
		c.Reads("Working days: " + p.Calendar + ".")
	}
	c.Reads("Rounding: the penalty of a row is rounded " + t.Rounding.String() + "; what is charged is by how much the rounded sum grows.")
	p.readInterest(c)
	order := p.Terms.Order
	words, source := make([]string, 0, len(order)), ""
	if order == nil {
		order, source = loan.LegalOrder(), " (353-FZ article 5 part 20; general knowledge, not verified)"
	}
	for _, part := range order {
		words = append(words, part.String())
	}
	c.Reads("A payment goes to: " + strings.Join(words, ", ") + source + ".")
	if p.Terms.OldestRowFirst {
		c.Reads("An overdue row is paid with its penalty before the next one.")
	} else {
		c.Reads("A part is paid for all overdue rows, the oldest first, before the next part.")
	}
	if p.Later > 0 {
		c.Reads(counted(p.Later, "payment", "payments") + " after the day not counted.")
	}
}

// unverified says so of a law that was not read.
func unverified(b law.Basis) string {
	if b.Verified {
		return ""
	}
	return " This is general knowledge and was not verified."
}

// readInterest tells how interest accrued.
func (p *Penalty) readInterest(c *Calculation) {
	t := p.Terms.Interest
	if t == nil {
		c.Reads("Interest: as the rows state it.")
		return
	}
	on := "principal that is not overdue"
	if t.OnOverdue {
		on = "all principal left"
	}
	until := "until the last due date"
	if t.AfterEnd {
		until = "after the last due date too"
	}
	c.Reads(fmt.Sprintf("Interest: %s %% %s, day by day from %s on %s, %s; rounded %s.", t.Percent, basisWords(t.Basis), p.Debt.Start, on, until, t.Rounding))
	if t.DelinquencyPercent.Sign() == 0 {
		return
	}
	back := "until the day after what was overdue is paid"
	switch {
	case t.KeepDelinquency:
		back = "and once a row was overdue to the end of the loan"
	case t.TillNextRow:
		back = "and, once charged, to the end of the row's time"
	}
	words := fmt.Sprintf("Delinquency rate: %s %% in its place while an earlier row is overdue, %s", t.DelinquencyPercent, back)
	if t.DelinquencyDelay > 0 {
		words += fmt.Sprintf("; the regular rate goes on for the first %s of a row's time", counted(t.DelinquencyDelay, "day", "days"))
	}
	c.Reads(words + ".")
}

// bandWords are the rates of some days of a delay.
func bandWords(b loan.PenaltyBand, per string) string {
	days := "from day " + strconv.Itoa(b.First) + " of a delay on"
	if b.Last > 0 {
		days = fmt.Sprintf("days %d to %d of a delay", b.First, b.Last)
	}
	if b.Principal.Equal(b.Interest) && b.Principal.Equal(b.Fees) {
		return fmt.Sprintf("%s, %s %% %s of what is overdue", days, b.Principal, per)
	}
	return fmt.Sprintf("%s, %s %% of principal, %s %% of interest and %s %% of fees that are overdue, %s", days, b.Principal, b.Interest, b.Fees, per)
}

// basisWords say what a rate of days is per.
func basisWords(b loan.Basis) string {
	switch b {
	case loan.PerUnit:
		return "a day"
	case loan.YearActual:
		return "a calendar year"
	}
	return fmt.Sprintf("a year of %d days", b)
}
