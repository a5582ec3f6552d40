package main

import (
	"strings"
	"testing"
)

const oneLoan = "schedule --principal 1000 --issue 2020-01-01 --repayment annuity --rate 12 "

const onePenalty = "penalty --due 2020-04-17,100 --as-of 2020-05-01 "

// What a calculation refuses is named, and ends with exit code 2.
func TestWhatTheCalculatorRefuses(t *testing.T) {
	for name, test := range map[string]struct{ line, want string }{
		"swapped signs": {
			"fullcost --flow 2020-01-01=1000 --flow 2020-02-01=-1100",
			"the first flow, of 2020-01-01, is 1000, a payment",
		},
		"swapped signs, out of order": {"fullcost --flow 2020-02-01=-1100 --flow 2020-01-01=1000", "are the signs the other way round?"},
		"given dates and a rate in twelfths, without a step": {
			oneLoan + "--rate-per month --due 2020-02-01 --due 2020-03-01", "--due with --rate-per month or step needs --method and --every",
		},
		"given dates and a method that sets none": {
			oneLoan + "--rate-per day --due 2020-02-01 --method days --every 30", "--method sets no dates beside --due",
		},
		"a country that no date asks": {
			oneLoan + "--rate-per day --installments 2 --method calendar-months --country RU", "--country is of use only with --days-off move or carry",
		},
		"a country that no penalty asks": {
			"penalty --due 2020-04-17,1667 --fixed 5 --fixed-day 1 --as-of 2020-04-30 --country RU", "--country is of use only with --working-days-only",
		},
		"days of both ends in a rate without days": {
			oneLoan + "--rate-per month --installments 2 --method calendar-months --both-ends", "--both-ends counts days",
		},
		"a benefit below 0":       {"annuity --principal 1000 --benefit -5 --months 12", "--benefit is -5; it cannot be below 0"},
		"all of an annuity":       {"annuity --principal 1000 --benefit 5 --rate 12 --months 12", "leave out the one to be found"},
		"an annuity of one sum":   {"annuity --principal 1000 --rate 12", "annuity needs --months, or --from and --to"},
		"a payment of an annuity": {"annuity --principal 1000 --payment 0 --months 12", "--payment is 0; it has to be above 0"},
		"no printed rows":         {"fit --principal 5000 --issue 2019-01-23 --rate 0.7", "fit needs the printed rows"},
		"rows without dates, and no method": {
			"fit --principal 5000 --issue 2019-01-23 --rate 0.7 --row number=1,payment=3312", "fit needs --method",
		},
		"nothing to try": {
			"fit --principal 5000 --issue 2019-01-23 --rate 0.7 --row number=1,due=2019-02-22 --rate-per day --on-loan=no" +
				" --repayment annuity --interest-rounding 1 --payment-rounding 1", "nothing is left to try",
		},
		"interest without its unit":  {onePenalty + "--interest-rate 10", "--interest-rate needs --interest-per"},
		"delinquency without a rate": {onePenalty + "--delinquency-rate 20", "--delinquency-rate goes with --interest-rate"},
		"a delay of no rate": {
			onePenalty + "--interest-rate 1 --interest-per day --interest-from 2020-01-01 --delinquency-delay 3",
			"--delinquency-delay goes with --delinquency-rate",
		},
		"interest told and accruing": {
			"penalty --due 2020-04-17,100,5 --as-of 2020-05-01 --interest-rate 1 --interest-per day --interest-from 2020-01-01",
			"state their interest",
		},
		"a switch with a value apart": {oneLoan + "--on-loan false", "a switch takes it with an equals sign, such as --on-loan=false"},
		"no small loan": {
			"penalty --due 2020-04-17,100 --as-of 2020-05-01 --ceiling 2020-01-01 --small-loan 10001,15",
			"10001 for 15 days is no small short loan; by the law of 2019-01-28 that is up to 10000 for up to 15 days",
		},
		"a small loan of a time that knew none": {
			"penalty --due 2020-04-17,100 --as-of 2020-05-01 --ceiling 2018-01-01 --small-loan 100,15",
			"no ceiling is known for contracts of that date",
		},
		"a stretch of no days": {"rate --stretch 100,0,5", "--stretch 100,0,5: the days are 0"},
		"a stretch of nothing": {"rate --stretch 0,3,5", "--stretch 0,3,5: the principal is 0"},
		"a band of one number": {
			onePenalty + "--rate-per day --band 20",
			"--band 20: the percent is missing; write first=1,last=30,percent=20",
		},
		"a band from day 0":       {onePenalty + "--rate-per day --band first=0,percent=1", "the first day of a delay is 1"},
		"a band that ends before": {onePenalty + "--rate-per day --band 5,4,1", "the last day, 4, is before the first, 5"},
		"an added fee left out": {
			oneLoan + "--rate-per month --installments 2 --method calendar-months --fee when=added,percent=1,in-full-cost=no",
			"a fee added to the loan of 1 % and 0 is repaid with the loan",
		},
		"a rate for a step of months": {
			oneLoan + "--rate-per step --installments 2 --method calendar-months",
			"--rate-per step is for --method days",
		},
		"too many installments": {
			oneLoan + "--rate-per month --installments 100000 --method calendar-months", "at most 1200",
		},
	} {
		stdout, stderr, code := inAClone(t, "tieout calc "+test.line)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit code %d, %q, %q; want %q", name, code, stderr, stdout, test.want)
		}
	}
}
