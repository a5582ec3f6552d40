// Package brainysoft lists the laws of the BrainySoft contract.
package brainysoft

import (
	"slices"

	"tieout/calc/schema"
)

const contract = "BrainySoft bs-core, Поиск контрактов по указанному полю, "

// Rules are the laws of a contract with its terms and schedules.
func Rules() []schema.Rule {
	// Where several rules tell a date wrong, the first says what it should be. The
	// days off come last: they know the next working day, not the day meant.
	return slices.Concat(answerRules(), dateRules(), dueDateRules(), stateRules(), termRules(), scheduleRules(),
		periodRules(), interestRules(), costRules(), dayOffRules())
}

// The terms that several laws read.
const (
	issuePlan  = "issuePlanDate"
	firstDue   = "firstRepaymentDate"
	lastDue    = "repaymentPlanDate"
	dateMethod = "creditFieldReq.dateCalcMethodId"
	onHolidays = "creditFieldReq.allowHolidaysPayment"
	duration   = "creditFieldReq.trancheDuration"
	tranches   = "creditFieldReq.trancheCount"
)
