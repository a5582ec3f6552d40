// Package brainysoft describes the contract of the BrainySoft bs-core API.
package brainysoft

import "tieout/calc/schema"

// Contract is the answer of main/contracts/find: a contract with its terms and
// schedules. The member data is one contract or an array of them.
//
// Amounts are JSON numbers in units of currencyId, whose meaning is set by the
// installation; rates are in percent; dates are yyyy-MM-dd, null for none.
func Contract() *schema.Source {
	return &schema.Source{
		Name:        "brainysoft.contract",
		Title:       "contract with its terms and schedules",
		Publisher:   "BrainySoft",
		Document:    "Поиск контрактов по указанному полю (bs-core)",
		Records:     []string{"data"},
		NotNegative: true,
		Currency:    "currencyId",
		Country:     "RU",
		Keys:        [][]string{{"name"}, {"id"}},
		Failed:      []schema.Answer{{Path: "status", Is: []string{"error"}, Tell: []string{"message", "data"}}},
		Context: []schema.Field{
			{Name: "status", Kind: schema.Code, Meaning: "status of the call"},
			{Name: "timestamp", Kind: schema.Count, Meaning: "time of the answer, milliseconds"},
		},
		Fields: contract(),
	}
}

func contract() []schema.Field {
	return []schema.Field{
		{Name: "id", Kind: schema.Code, Meaning: "identifier of the contract"},
		{Name: "name", Kind: schema.Code, Meaning: "number of the contract"},
		{Name: "creationDate", Kind: schema.Date, Meaning: "date of creation"},
		{Name: "clientId", Kind: schema.Code, Meaning: "client"},
		{Name: "currencyId", Kind: schema.Code, Meaning: "currency, by an id of the installation"},
		{Name: "loanAmount", Kind: schema.Money, Meaning: "loan amount"},
		{Name: "issuePlanDate", Kind: schema.Date, Meaning: "planned date of issue"},
		{Name: "firstRepaymentDate", Kind: schema.Date, Meaning: "first due date"},
		{Name: "repaymentPlanDate", Kind: schema.Date, Meaning: "last due date"},
		{Name: "underCourtAmount", Kind: schema.Money, Presence: schema.Optional, Meaning: "amount claimed in court"},
		{Name: "creditProductId", Kind: schema.Code, Meaning: "credit product"},
		{Name: "creditProductName", Kind: schema.Text, Presence: schema.Optional, Meaning: "name of the credit product"},
		{Name: "creditFieldReq", Kind: schema.Object, Meaning: "terms", Fields: terms()},
		{Name: "joinFee", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "joining fee"},
		{Name: "fixedJoinFee", Kind: schema.Money, Presence: schema.Optional, Meaning: "fixed joining fee"},
		{Name: "insuranceFee", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "insurance fee"},
		{Name: "fixedInsuranceFee", Kind: schema.Money, Presence: schema.Optional, Meaning: "fixed insurance fee"},
		{Name: "estimateFee", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "appraisal fee"},
		{Name: "fixedEstimateFee", Kind: schema.Money, Presence: schema.Optional, Meaning: "fixed appraisal fee"},
		{Name: "insurancePremiumRate", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "insurance premium"},
		{Name: "insurancePremiumAmount", Kind: schema.Money, Presence: schema.Optional, Meaning: "insurance premium"},
		{Name: "issueDate", Kind: schema.Date, Presence: schema.Optional, Meaning: "date of issue"},
		{Name: "fullCostOfCredit", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "full cost of credit, percent a year; 0 is not computed"},
		{Name: "closeDate", Kind: schema.Date, Presence: schema.Optional, Meaning: "date of closing"},
		{Name: "closedStatusId", Kind: schema.Code, Presence: schema.Optional, Meaning: "how the contract was closed"},
		{Name: "dropOutDate", Kind: schema.Date, Presence: schema.Optional, Meaning: "date the principal was repaid"},
		{Name: "schedules", Kind: schema.Rows, Meaning: "schedules", Fields: []schema.Field{
			{Name: "id", Kind: schema.Code, Presence: schema.Optional},
			{Name: "creationDate", Kind: schema.Code, Presence: schema.Optional, Meaning: "date of creation"},
			{Name: "amount", Kind: schema.Money, Meaning: "sum of the schedule"},
			{Name: "issued", Kind: schema.Flag, Presence: schema.Optional, Meaning: "issued"},
			{Name: "tranches", Kind: schema.Rows, Meaning: "installments", Fields: []schema.Field{
				{Name: "id", Kind: schema.Code, Presence: schema.Optional},
				{Name: "issueDate", Kind: schema.Date, Meaning: "first day"},
				{Name: "repaymentDate", Kind: schema.Date, Meaning: "due date"},
				{Name: "principal", Kind: schema.Money, Meaning: "principal"},
				{Name: "interest", Kind: schema.Money, Meaning: "interest"},
				{Name: "eachRepaymentFee", Kind: schema.Money, Presence: schema.Optional, Meaning: "fees of the installment"},
				{Name: "rest", Kind: schema.Money, Meaning: "principal owed after the installment"},
				{Name: "lgot", Kind: schema.Flag, Presence: schema.Optional, Meaning: "privileged"},
			}},
		}},
	}
}

func terms() []schema.Field {
	return []schema.Field{
		{Name: "id", Kind: schema.Code, Presence: schema.Optional, Meaning: "credit product"},
		{Name: "dateCalcMethodId", Kind: schema.Code, Presence: schema.Optional, Meaning: "method of computing dates"},
		{Name: "allowHolidaysPayment", Kind: schema.Flag, Presence: schema.Optional, Meaning: "dates are not moved off holidays"},
		{Name: "interestChargeMethodId", Kind: schema.Code, Presence: schema.Optional, Meaning: "method of charging interest"},
		{Name: "interestCalcMethodId", Kind: schema.Code, Presence: schema.Optional, Meaning: "method of computing interest"},
		{Name: "calcIntOnIssueDate", Kind: schema.Flag, Presence: schema.Optional, Meaning: "interest is charged on the first and the last day"},
		{Name: "principalDistribMethodId", Kind: schema.Code, Presence: schema.Optional, Meaning: "method of distributing principal"},
		{Name: "trancheDuration", Kind: schema.Count, Presence: schema.Optional, Meaning: "time between due dates"},
		{Name: "interestForTranche", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "interest rate"},
		{Name: "delinquencyIntRate", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "interest rate when overdue"},
		{Name: "delinqIntRateDelay", Kind: schema.Count, Presence: schema.Optional, Meaning: "days until that rate applies"},
		{Name: "interestRateTypeId", Kind: schema.Code, Presence: schema.Optional, Meaning: "type of the interest rate"},
		{Name: "interestFreePeriod", Kind: schema.Count, Presence: schema.Optional, Meaning: "interest-free days"},
		{Name: "interestGracePeriod", Kind: schema.Count, Presence: schema.Optional, Meaning: "interest-free grace days"},
		{Name: "trancheCount", Kind: schema.Count, Presence: schema.Optional, Meaning: "number of installments"},
		{Name: "repaymentSequenceId", Kind: schema.Code, Presence: schema.Optional, Meaning: "order of repayment"},
		{Name: "penaltyTypeId", Kind: schema.Code, Presence: schema.Optional, Meaning: "type of penalty"},
		{Name: "calendarDaysPenalty", Kind: schema.Flag, Presence: schema.Optional, Meaning: "penalty runs on calendar days"},
		{Name: "firstWeekendWithoutPenalty", Kind: schema.Flag, Presence: schema.Optional, Meaning: "no penalty on the first weekend"},
		{Name: "stopPenaltyOnClose", Kind: schema.Flag, Presence: schema.Optional, Meaning: "penalty stops after the schedule"},
		{Name: "qtyDaysStopPenaltyOnClose", Kind: schema.Count, Presence: schema.Optional, Meaning: "days after the schedule until it stops"},
		{Name: "fixedDelayPenalty", Kind: schema.Money, Presence: schema.Optional, Meaning: "fixed penalty for a delay"},
		{Name: "delayPenaltyDay", Kind: schema.Count, Presence: schema.Optional, Meaning: "day of delay on which it is due"},
		{Name: "useDelinqIntRateForPsk", Kind: schema.Flag, Presence: schema.Optional, Meaning: "full cost of credit uses the rate when overdue"},
		{Name: "fees", Kind: schema.Rows, Presence: schema.Optional, Meaning: "fees", Fields: []schema.Field{
			{Name: "id", Kind: schema.Code, Presence: schema.Optional},
			{Name: "amountTypeId", Kind: schema.Code, Presence: schema.Optional, Meaning: "kind of amount"},
			{Name: "value", Kind: schema.Rate, Presence: schema.Optional, Meaning: "value"},
			{Name: "involvedInFullCostCalc", Kind: schema.Flag, Presence: schema.Optional, Meaning: "counts in the full cost of credit"},
		}},
		{Name: "principalParts", Kind: schema.Rows, Presence: schema.Optional, Meaning: "shares of the principal", Fields: []schema.Field{
			{Name: "id", Kind: schema.Code, Presence: schema.Optional},
			{Name: "trancheNo", Kind: schema.Count, Meaning: "number of the installment"},
			{Name: "part", Kind: schema.Rate, Unit: "%", Meaning: "share of the principal"},
		}},
		{Name: "penaltyRates", Kind: schema.Rows, Presence: schema.Optional, Meaning: "penalty rates by day of delay", Fields: []schema.Field{
			{Name: "id", Kind: schema.Code, Presence: schema.Optional},
			{Name: "periodBegin", Kind: schema.Count, Meaning: "first day of delay"},
			{Name: "periodEnd", Kind: schema.Count, Meaning: "last day of delay"},
			{Name: "principalRate", Kind: schema.Rate, Unit: "%", Meaning: "rate on principal"},
			{Name: "interestRate", Kind: schema.Rate, Unit: "%", Meaning: "rate on interest"},
			{Name: "feeRate", Kind: schema.Rate, Unit: "%", Meaning: "rate on fees"},
		}},
		{Name: "qtyTranchesFirstPeriod", Kind: schema.Count, Presence: schema.Optional, Meaning: "installments in period 1"},
		{Name: "intRateFirstPeriod", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "interest rate in period 1"},
		{Name: "qtyTranchesSecondPeriod", Kind: schema.Count, Presence: schema.Optional, Meaning: "installments in period 2"},
		{Name: "intRateSecondPeriod", Kind: schema.Rate, Unit: "%", Presence: schema.Optional, Meaning: "interest rate in period 2"},
		{Name: "interestOnLoanAmount", Kind: schema.Flag, Presence: schema.Optional, Meaning: "interest is charged on the loan amount"},
	}
}
