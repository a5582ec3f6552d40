package fetch_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tieout/ingest/fetch"
)

func must[P fetch.Protocol](t *testing.T) func(p P, err error) fetch.Protocol {
	return func(p P, err error) fetch.Protocol {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}

const jsonType = "application/json"

func TestWhatAnswersMean(t *testing.T) {
	const at = "https://x.example"
	finnotech := must[*fetch.Finnotech](t)(fetch.NewFinnotech(fetch.Finnotech{ClientID: "me", NID: "0499370899", Secrets: secrets}))
	brainy := must[*fetch.BrainySoft](t)(fetch.NewBrainySoft(fetch.BrainySoft{Address: at, UserName: "me", Secrets: secrets}))
	vakif := must[*fetch.VakifBank](t)(fetch.NewVakifBank(fetch.VakifBank{ClientID: "me", Secrets: secrets}))
	invoices := must[*fetch.VakifBank](t)(fetch.NewVakifBank(fetch.VakifBank{ClientID: "me", Invoices: true, Secrets: secrets}))
	contracts := must[*fetch.Arifmetika](t)(fetch.NewArifmetika(fetch.Arifmetika{SubmitURL: at, PollURL: at + "/{id}", Secrets: secrets}))
	person := "9131234567/1985-12-01"
	for _, test := range []struct {
		name   string
		p      fetch.Protocol
		key    string
		job    string // polled for
		status int
		header map[string]string
		body   string
		want   fetch.Outcome
		reason string
	}{
		{"no facility", finnotech, "1000000001", "", 200, nil, `{"result":{"result":120,"message":"none"},"status":"DONE","trackId":"T"}`, fetch.Empty, ""},
		{"no guaranty", finnotech, "1000000001", "", 200, nil, `{"result":{"result":110},"status":"DONE","trackId":"T"}`, fetch.Empty, ""},
		{"an error at the top", finnotech, "1000000001", "", 400, nil, `{"status":"FAILED","trackId":"T","error":{"code":"VALIDATION_ERROR","message":"bad"}}`, fetch.Refused, "the API reports FAILED: VALIDATION_ERROR: bad"},
		{"an error inside", finnotech, "1000000001", "", 200, nil, `{"result":{"status":"FAILED","error":{"code":"SERVICE_CALL_ERROR","message":"bad"}}}`, fetch.Refused, "the API reports FAILED: SERVICE_CALL_ERROR: bad"},
		{"another trackId", finnotech, "1000000001", "", 200, nil, `{"result":{},"status":"DONE","trackId":"U"}`, fetch.Foreign, "the answer has another request's trackId"},
		{"a slip in the middle is kept", finnotech, "1000000001", "", 200, nil, `{"result":{"a":1 "b":2}}`, fetch.Answered, ""},
		{"404 without JSON", finnotech, "1000000001", "", 404, map[string]string{"Content-Type": "text/html"}, `<html>`, fetch.Refused, "HTTP 404 Not Found"},
		{"403 with JSON", finnotech, "1000000001", "", 403, nil, `{"trackId":"T"}`, fetch.Refused, "HTTP 403 Forbidden"},

		{"a contract", brainy, "17", "", 200, nil, `{"status":"ok","data":{"id":17}}`, fetch.Answered, ""},
		{"a contract in an array", brainy, "17", "", 200, nil, `{"status":"ok","data":[{"id":17}]}`, fetch.Answered, ""},
		{"another contract", brainy, "17", "", 200, nil, `{"status":"ok","data":{"id":18}}`, fetch.Foreign, "the answer is about a contract of another id"},
		{"another name", brainy, "name=000684", "", 200, nil, `{"status":"ok","data":{"name":"000685"}}`, fetch.Foreign, "the answer is about a contract of another name"},
		{"a client's id may differ, as in the page", brainy, "client.id=101321493", "", 200, nil, `{"status":"ok","data":{"clientId":10132989}}`, fetch.Answered, ""},
		{"no contract", brainy, "17", "", 200, nil, `{"status":"ok","data":[]}`, fetch.Empty, ""},
		{"an error", brainy, "17", "", 200, nil, `{"status":"error","message":"no right"}`, fetch.Refused, "the API reports error: no right"},

		{"a limit as an object", vakif, "371004/a", "", 200, nil, `{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":{"MainCompanyID":371004,"MainCompanyDealerCode":"a"}}}`, fetch.Answered, ""},
		{"a limit in a list", vakif, "371004/a", "", 200, nil, `{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":[{"MainCompanyID":371004}]}}`, fetch.Answered, ""},
		{"no limit", vakif, "371004/a", "", 200, nil, `{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":[]}}`, fetch.Empty, ""},
		{"another dealer's", vakif, "371004/a", "", 200, nil, `{"Header":{"StatusCode":"APIGW000000"},"Data":{"LimitInfo":{"MainCompanyDealerCode":"b"}}}`, fetch.Foreign, "the answer is about another MainCompanyDealerCode"},
		{"a message code", vakif, "371004/a", "", 200, nil, `{"Header":{"StatusCode":"ACBH000250","StatusDescription":"Döviz kodu TL olmalıdır."}}`, fetch.Refused, "the API reports ACBH000250: the currency must be TL"},
		{"an unknown code", vakif, "371004/a", "", 200, nil, `{"Header":{"StatusCode":"X1","StatusDescription":"Hata"}}`, fetch.Refused, "the API reports X1: Hata"},
		{"invoices", invoices, "371004/a", "", 200, nil, `{"Header":{"StatusCode":"APIGW000000"},"Data":{"InvoiceInfo":[{"MainCompanyID":371004}]}}`, fetch.Answered, ""},

		{"a job by its header", contracts, person, "", 202, map[string]string{"Mq-Jrb-Id": "7"}, ``, fetch.Accepted, ""},
		{"a job in the body", contracts, person, "", 200, nil, `{"id":7}`, fetch.Accepted, ""},
		{"no job", contracts, person, "", 200, nil, `{}`, fetch.Refused, "the answer to the submission names no job (header Mq-Jrb-Id or id)"},
		{"not yet", contracts, person, "7", 202, nil, ``, fetch.Waiting, ""},
		{"nothing yet", contracts, person, "7", 204, nil, ``, fetch.Waiting, ""},
		{"the result", contracts, person, "7", 200, map[string]string{"Mq-Jrb-Id": "7", "Mq-Jrb-Id-Result": "8"}, `[{"contract_num":"x"}]`, fetch.Answered, ""},
		{"no contracts", contracts, person, "7", 200, map[string]string{"Mq-Jrb-Id": "7", "Mq-Jrb-Id-Result": "8"}, `[]`, fetch.Empty, ""},
		{"another job's result", contracts, person, "7", 200, map[string]string{"Mq-Jrb-Id": "6"}, `[]`, fetch.Foreign, "the answer is the result of another job (Mq-Jrb-Id)"},
		{"a job that is not known", contracts, person, "7", 404, nil, ``, fetch.Lost, ""},
	} {
		call, err := test.p.Begin(fetch.Key{Text: test.key}, "T")
		if test.job != "" {
			call, err = test.p.(fetch.Poller).Poll(fetch.Key{Text: test.key}, test.job, "T")
		}
		if err != nil {
			t.Fatal(err)
		}
		reply := fetch.Reply{Status: test.status, Header: http.Header{"Content-Type": {jsonType}}, Body: []byte(test.body)}
		for name, value := range test.header {
			reply.Header.Set(name, value)
		}
		if v := test.p.Read(call, reply); v.Outcome != test.want || v.Reason != test.reason {
			t.Errorf("%s: %d %q", test.name, v.Outcome, v.Reason)
		}
	}
}

func TestWhatKeysAskFor(t *testing.T) {
	const at = "https://x.example"
	contracts := must[*fetch.Arifmetika](t)(fetch.NewArifmetika(fetch.Arifmetika{SubmitURL: at, PollURL: at, Secrets: secrets}))
	schedule := must[*fetch.Arifmetika](t)(fetch.NewArifmetika(fetch.Arifmetika{Schedule: true, SubmitURL: at, PollURL: at, Secrets: secrets}))
	vakif := must[*fetch.VakifBank](t)(fetch.NewVakifBank(fetch.VakifBank{ClientID: "me", Secrets: secrets}))
	brainy := must[*fetch.BrainySoft](t)(fetch.NewBrainySoft(fetch.BrainySoft{Address: at, UserName: "me", Secrets: secrets}))
	sms := must[*fetch.FinnotechSMS](t)(fetch.NewFinnotechSMS(fetch.FinnotechSMS{ClientID: "me", Secrets: fetch.NewSecrets(map[string]string{"token": "granted-by-sms"})}))
	for _, test := range []struct {
		name string
		p    fetch.Protocol
		key  string
		want string // in the request
		says string
	}{
		{"phone and birthdate", contracts, "9131234567/1985-12-01", `{"personal_account":"lk_arifmetika","phone":"9131234567","birthdate":"1985-12-01"}`, ""},
		{"passport and birthdate", contracts, "1234/123456/1985-12-01", `"passport_series":"1234","passport_number":"123456"`, ""},
		{"an object", contracts, `{"phone":"9131234567","birthdate":"1985-12-01","surname":"Иванов","gender":"мужской"}`, `"surname":"Иванов","gender":"мужской"`, ""},
		{"a phone alone", contracts, "9131234567", "", "a key needs phone and birthdate, or passport_series, passport_number and birthdate"},
		{"half a passport", contracts, `{"passport_series":"1234","birthdate":"1985-12-01"}`, "", "a key needs phone and birthdate"},
		{"a phone with +7", contracts, "+79131234567/1985-12-01", "", "the key's phone is not 10 digits, without +7 or 8"},
		{"a date that is none", contracts, "9131234567/1985-13-01", "", "the key's birthdate is not a date, yyyy-MM-dd"},
		{"a gender", contracts, `{"phone":"9131234567","birthdate":"1985-12-01","gender":"m"}`, "", "the key's gender is not мужской or женский"},
		{"a contract", schedule, "З20НвАР007200054", `{"contract_num":"З20НвАР007200054"}`, ""},
		{"too long a contract", schedule, strings.Repeat("З", 21), "", "a key is a contract number of up to 20 characters"},
		{"a dealer", vakif, "371004/apitest1", `{"MainCompanyID":371004,"MainCompanyDealerCode":"apitest1","CurrencyCode":"TL"}`, ""},
		{"in TRY", vakif, `{"MainCompanyID":371004,"CurrencyCode":"TRY","ParentCompanyID":703017}`, `{"MainCompanyID":371004,"CurrencyCode":"TL","ParentCompanyID":703017}`, ""},
		{"a currency", vakif, `{"MainCompanyID":371004,"CurrencyCode":"XXX"}`, "", "the key's CurrencyCode is none of TL (TRY), USD, EUR, JPY and GBP"},
		{"a number that is JSON of its own", vakif, `{"MainCompanyID":"1,\"x\":2"}`, "", "the key's MainCompanyID is not a whole number of up to 19 digits"},
		{"a stroke in a value", brainy, "name=../../a", "GET https://x.example/bs-core/main/contracts/find/field/name/value/..%2F..%2Fa", ""},
		{"a field", brainy, "client.passport.no=123456", "/field/client.passport.no/value/123456", ""},
		{"the later path", sms, "1000000001", "/users/1000000001/sms/facilityInquiry?trackId=T", ""},
	} {
		key, err := fetch.ParseKey(test.key)
		if err != nil {
			t.Fatal(err)
		}
		call, err := test.p.Begin(key, "T")
		call.Private = nil // to see the request as it is sent
		var b strings.Builder
		if _, failed := call.WriteTo(&b); failed != nil {
			t.Fatal(failed)
		}
		if test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) || test.says == "" && err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if test.says == "" && !strings.Contains(b.String(), test.want) {
			t.Errorf("%s: %s", test.name, b.String())
		}
	}
}

func TestKeysAreReadFromLines(t *testing.T) {
	for _, test := range []struct{ line, name, shown, says string }{
		{" З20НвАР007200054 ", "З20НвАР007200054", "**************54", ""},
		{`{"b":"2","a":1}`, "a=1&b=2", "*=*&*=*", ""},
		{`{"key":"client 17","phone":"9131234567"}`, "client 17", "****nt **", ""},
		{"", "", "", "the key is empty"},
		{"a\x00b", "", "", "the key has a control character"},
		{"\xff", "", "", "the key is not UTF-8"},
		{`{"a":[1]}`, "", "", "the key's member a is neither a text nor a number"},
		{`{"a":1`, "", "", "the key begins as a JSON object and is none"},
		{`{}`, "", "", "the key has no members"},
	} {
		k, err := fetch.ParseKey(test.line)
		if test.says != "" {
			if err == nil || err.Error() != test.says {
				t.Errorf("%q: %v", test.line, err)
			}
			continue
		}
		if err != nil || k.Name() != test.name || k.String() != test.shown {
			t.Errorf("%q: %q, shown %q, %v", test.line, k.Name(), k, err)
		}
	}
}

func TestACaptureNamesKeys(t *testing.T) {
	for _, test := range []struct{ name, text, fields, says string }{
		{"З20НвАР007200054", "З20НвАР007200054", "map[]", ""},
		{"name=000684", "name=000684", "map[]", ""},
		{"field=client.id&value=101", "", "map[field:client.id value:101]", ""},
		{"value=1&field=id", "value=1&field=id", "map[]", ""}, // no object is named so
		{"field=id&value=1&other=2", "field=id&value=1&other=2", "map[]", ""},
		{"", "", "map[]", "the key is empty"},
		{"a\tb", "", "map[]", "the key has a control character"},
	} {
		k, err := fetch.KeyNamed(test.name, "field", "value")
		if fmt.Sprint(k.Fields) != test.fields || k.Text != test.text || (err == nil) != (test.says == "") || err != nil && err.Error() != test.says {
			t.Errorf("%q: %q, %v, %v", test.name, k.Text, k.Fields, err)
		}
	}
}

func TestRatesAreRead(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"5/s": 200 * time.Millisecond, "100/m": 600 * time.Millisecond, "3600/h": time.Second,
		"5": 0, "0/s": 0, "x/s": 0, "5/d": 0, "-1/s": 0,
	} {
		if got, err := fetch.ParseRate(text); got != want || (err == nil) != (want > 0) {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
}
