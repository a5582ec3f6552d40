package vakifbank

import "tieout/calc/schema"

// failed recognises answers of the bank's portal that say that the call failed.
func failed() []schema.Answer {
	return []schema.Answer{{
		Path:  "Header.StatusCode",
		IsNot: []string{"APIGW000000"},
		Tell:  []string{"Header.StatusDescription"},
	}}
}

// header is what every answer of the portal has beside its records.
func header() []schema.Field {
	return []schema.Field{
		{Name: "Header", Kind: schema.Object, Meaning: "status of the call", Fields: []schema.Field{
			{Name: "StatusCode", Kind: schema.Code},
			{Name: "StatusDescription", Kind: schema.Text, Presence: schema.Optional},
			{Name: "ObjectID", Kind: schema.Code, Presence: schema.Optional},
		}},
	}
}
